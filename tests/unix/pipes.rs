//! Neighbours in a pipe: live, slow, stopped, killed.

use super::record;
use crate::tool::{TOOLS, command, feed, path, run, shell};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

#[test]
fn live_input_comes_out_before_more_goes_in() {
    for jobs in ["1", "2"] {
        for tool in TOOLS {
            let mut child = command(tool, &["--jobs", jobs]).spawn().unwrap();
            let mut stdin = child.stdin.take().unwrap();
            let mut stdout = BufReader::new(child.stdout.take().unwrap());
            for n in 0..3 {
                stdin.write_all((record(n) + "\n").as_bytes()).unwrap();
                let mut line = String::new();
                stdout.read_line(&mut line).unwrap(); // would block for ever if it waited for more
                assert!(line.contains(&format!("\"id\":{n},")), "{tool}: {line}");
            }
            drop(stdin);
            assert!(child.wait().unwrap().success());
        }
    }
}

/// Waits for a child that should end by itself, and kills one that does not.
fn ends_soon(child: &mut Child) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("still running");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A process that writes one record again and again, until nobody reads them any more.
fn endless_records() -> Child {
    Command::new("yes")
        .arg(record(1))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_closed_pipe_ends_an_endless_run_in_silence() {
    for tool in TOOLS {
        for jobs in ["1", "2", "8"] {
            let mut yes = endless_records();
            let mut child = command(tool, &["--jobs", jobs])
                .stdin(yes.stdout.take().unwrap())
                .spawn()
                .unwrap();
            let mut first = [0];
            child.stdout.take().unwrap().read_exact(&mut first).unwrap(); // and closes it
            assert_eq!(
                ends_soon(&mut child).code(),
                Some(141),
                "{tool} --jobs {jobs}"
            );
            let mut said = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut said)
                .unwrap();
            assert_eq!(said, "");
            ends_soon(&mut yes);
        }
    }
}

/// What a pipe holds on Linux, in bytes (pipe(7)).
const PIPE: usize = 65_536;

/// Where a reader such as `head` may stop: around every power of two up to [`PIPE`], and at steps of a prime between.
fn byte_positions() -> impl Iterator<Item = usize> {
    let around = (0..=16).flat_map(|n| [(1 << n) - 1, 1 << n, (1 << n) + 1]);
    around.chain((0..PIPE).step_by(4_099))
}

#[test]
fn a_pipe_closed_after_any_byte_has_the_first_bytes_of_a_whole_run() {
    let input: String = (0..1500).map(|n| record(n) + "\n").collect();
    let fast = ["--model", "fast"];
    for (tool, model, every) in [
        ("segment", &[][..], 1),
        ("entities", &fast[..], 7),
        ("quotes", &fast[..], 7),
        ("summarize", &[], 7),
    ] {
        for jobs in ["1", "2"] {
            let args = [&["--jobs", jobs], model].concat();
            let whole = run(tool, &args, &input).stdout;
            assert!(whole.len() > 4 * PIPE, "{tool}: more than pipes hold");
            for at in byte_positions().step_by(every) {
                let mut child = command(tool, &args).spawn().unwrap();
                feed(&mut child, input.as_bytes());
                let mut read = vec![0; at];
                let mut stdout = child.stdout.take().unwrap();
                stdout.read_exact(&mut read).unwrap();
                drop(stdout);
                let whole = &whole.as_bytes()[..at];
                assert!(read == whole, "{tool}: other bytes before {at}");
                let output = child.wait_with_output().unwrap();
                assert_eq!(output.status.code(), Some(141), "{tool}: closed at {at}");
                assert!(output.stderr.is_empty());
            }
        }
    }
}

#[test]
fn a_pipe_closed_while_input_waits_does_not_hang() {
    for jobs in ["1", "2"] {
        let mut child = command("segment", &["--jobs", jobs]).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        drop(child.stdout.take());
        stdin.write_all((record(1) + "\n").as_bytes()).unwrap();
        // The input stays open: the tool must not wait for its end.
        assert_eq!(ends_soon(&mut child).code(), Some(141), "--jobs {jobs}");
        drop(stdin);
    }
}

#[test]
fn an_interrupt_ends_it_as_a_shell_expects() {
    for tool in TOOLS {
        // Background jobs of a shell may ignore the signal, and so do their children; `env` restores the default.
        let mut child = Command::new("env")
            .args(["--default-signal=INT", path(tool)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all((record(1) + "\n").as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let kill = format!("kill -INT {}", child.id());
        assert_eq!(shell(&kill).code, Some(0));
        // A shell shows this as exit code 130: 128 + SIGINT.
        assert_eq!(ends_soon(&mut child).signal(), Some(2), "{tool}");
        drop(stdin);
    }
}

#[test]
fn a_record_cut_off_by_a_killed_upstream_is_reported() {
    let half = &record(2)[..25];
    for tool in TOOLS {
        let mut upstream = Command::new("sh")
            .args(["-c", "printf '%s\\n%s' \"$1\" \"$2\"; exec sleep 600", "sh"])
            .args([&record(1), half])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut child = command(tool, &["--jobs", "2"])
            .stdin(upstream.stdout.take().unwrap())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap(); // it has read what there is
        upstream.kill().unwrap();
        upstream.wait().unwrap();
        assert_eq!(ends_soon(&mut child).code(), Some(1), "{tool}");
        assert_eq!(stdout.read_line(&mut line).unwrap(), 0, "{tool}: {line}");
        let mut said = String::new();
        child.stderr.unwrap().read_to_string(&mut said).unwrap();
        let named = format!("{tool}: -:2: truncated record: ");
        assert!(said.starts_with(&named), "{said}");
    }
}

/// Resident memory (KiB) of a running process, where the system has /proc.
fn resident(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn memory_does_not_grow_while_nobody_reads_the_output() {
    if !std::path::Path::new("/proc/self/status").exists() {
        eprintln!("skipped: no /proc here");
        return;
    }
    let stopped = |tool: &str, jobs: &str| {
        let fast = ["--model", "fast"];
        let model = if matches!(tool, "entities" | "quotes") {
            &fast[..]
        } else {
            &[]
        };
        let mut yes = endless_records();
        let mut child = command(tool, &[&["--jobs", jobs], model].concat())
            .stdin(yes.stdout.take().unwrap())
            .spawn()
            .unwrap();
        // Nobody reads its output. It may hold a few MB; without a bound, a debug build would read more than that each second.
        std::thread::sleep(Duration::from_secs(4));
        let before = resident(&child).unwrap();
        std::thread::sleep(Duration::from_secs(4));
        let after = resident(&child).unwrap();
        assert!(after < 64 << 10, "{tool}: {after} KiB");
        assert!(
            after < before + (4 << 10),
            "{tool}: from {before} to {after} KiB"
        );
        drop(child.stdout.take());
        assert_eq!(ends_soon(&mut child).code(), Some(141));
        ends_soon(&mut yes);
    };
    std::thread::scope(|scope| {
        for tool in TOOLS {
            for jobs in ["1", "4"] {
                scope.spawn(move || stopped(tool, jobs));
            }
        }
    });
}

//! What is written: order, formats, a full disk, progress.

use super::record;
use crate::tool::{TOOLS, command, feed, file, path, run, shell};

#[test]
fn any_number_of_jobs_writes_the_same_bytes() {
    let mut input = String::new();
    for n in 0..600 {
        input.push_str(&record(n));
        input.push('\n');
        if n % 50 == 7 {
            input.push_str("{\"text\":3}\nbroken\n\n");
        }
    }
    for tool in TOOLS {
        let one = run(tool, &["--jobs", "1"], &input);
        for jobs in ["2", "3", "8"] {
            let many = run(tool, &["--jobs", jobs], &input);
            assert_eq!(many.stdout, one.stdout, "{tool} --jobs {jobs}");
            assert_eq!(many.stderr, one.stderr, "{tool} --jobs {jobs}");
        }
    }
}

#[test]
fn text_and_tsv_have_one_item_a_line() {
    let line = "{\"id\":\"a\\tb\",\"text\":\"One\\ntwo three. Four\\r\\nfive.\"}";
    let tsv = run("segment", &["--format", "tsv"], line);
    assert!(
        tsv.lines().iter().all(|l| l.starts_with("a b\t")),
        "{}",
        tsv.stdout
    );
    for tool in TOOLS {
        for format in ["text", "tsv"] {
            let ran = run(tool, &["--format", format], line);
            assert_eq!(ran.code, Some(0));
            assert!(!ran.stdout.contains('\r') && !ran.stdout.contains("\n\n"));
        }
    }
}

#[test]
fn text_printed_by_paragraph_has_the_same_sentences() {
    let mut text = String::from("GENEVA, Jan. 5, 2021 (Meridian) — ");
    for n in 0..6000 {
        text.push_str(&format!(
            "Dr. Zoë Ølund counted {n}.5 “birds 🐦”\nin the U.S. on Monday. “Why?” she asked. "
        ));
        if n % 7 == 0 {
            text.push_str("\n\n");
        }
    }
    let whole = run("segment", &["--max-record", "1G"], &text);
    let record = &whole.records()[0];
    let sentences: Vec<String> = record["sentences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["text"].as_str().unwrap().replace('\n', " "))
        .collect();
    assert!(sentences.len() > 11_000);
    for jobs in ["1", "3"] {
        // A limit far below the text's length does not matter: no record is made of it.
        let args = ["--format", "text", "--jobs", jobs, "--max-record", "100K"];
        let printed = run("segment", &args, &text);
        assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
        assert!(
            printed.lines() == sentences,
            "--jobs {jobs}: other sentences"
        );
        let mut broken = text.clone().into_bytes();
        let at = text.floor_char_boundary(broken.len() / 2);
        broken[at] = 0xff;
        let stopped = run("segment", &args, &broken);
        assert_eq!(stopped.code, Some(1));
        assert_eq!(
            stopped.stderr,
            format!("segment: -: invalid UTF-8 at byte {}\n", at + 1)
        );
        assert!(printed.stdout.starts_with(&stopped.stdout) && stopped.stdout.len() > 10_000);
        let lossy = run("segment", &[&args[..], &["--lossy"]].concat(), &broken);
        assert_eq!(lossy.code, Some(0));
        assert_eq!(lossy.stdout.matches('\u{fffd}').count(), 1);
        assert!(lossy.lines().len().abs_diff(sentences.len()) <= 1); // the byte may have ended a sentence
    }
}

#[test]
fn a_full_disk_is_an_error() {
    if !std::path::Path::new("/dev/full").exists() {
        eprintln!("skipped: no /dev/full here");
        return;
    }
    let large = (0..5000).map(|n| record(n) + "\n").collect::<String>();
    for tool in TOOLS {
        for input in [&record(1), &large] {
            let full = std::fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .unwrap();
            let mut child = command(tool, &[]).stdout(full).spawn().unwrap();
            feed(&mut child, input.as_bytes());
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{tool}");
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(
                said,
                format!("{tool}: cannot write: No space left on device\n")
            );
        }
        let help = shell(&format!("{tool} --help > /dev/full; echo $?"));
        assert_eq!(help.stdout, "2\n", "{tool} --help");
    }
    let rejects = run("segment", &["--rejects", "/dev/full"], "{bad\n");
    assert_eq!(rejects.code, Some(2), "{}", rejects.stderr);
}

#[test]
fn progress_is_shown_on_a_terminal_while_results_go_to_a_file() {
    if shell("command -v script").code != Some(0) {
        eprintln!("skipped: no script(1)");
        return;
    }
    let segment = path("segment");
    let results = file("progress.jsonl", "");
    let results = results.display();
    // A run of more than a second.
    let feed =
        "(echo \"{\\\"text\\\":\\\"A.\\\"}\"; sleep 1.3; echo \"{bad\"; echo \"{\\\"text\\\":1}\")";
    let on_terminal = |flags: &str, to: &str| {
        shell(&format!(
            "script -qec '{feed} | {segment} {flags} {to}' /dev/null </dev/null"
        ))
        .stdout
    };
    let shown = on_terminal("", &format!(">{results}"));
    assert!(
        shown.contains("\rsegment: 3 documents, 0.0 MB, "),
        "{shown:?}"
    );
    assert!(
        shown.ends_with("\r\u{1b}[K"),
        "the line is taken away: {shown:?}"
    );
    assert!(
        shown.contains("\nsegment: -:3: ") || shown.contains("[Ksegment: -:3: "),
        "{shown:?}"
    );
    let quiet = on_terminal("--quiet", &format!(">{results}"));
    assert_eq!(quiet, "");
    let piped = on_terminal("--on-error skip", "| cat");
    assert!(!piped.contains("documents"), "{piped:?}");
}

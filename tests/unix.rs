//! Each row of what a Unix tool does, with the real binaries: input, output, order, errors, exit codes, pipes.

#![allow(clippy::unwrap_used)] // a test may panic

mod tool;

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tool::{FIELDS, TOOLS, command, feed, file, path, run, shell};

const TEXT: &str =
    "“It is done”, the minister said on Monday. Ana Roë agreed.\n\nNobody else spoke.";

fn record(id: usize) -> String {
    format!(
        "{{\"id\":{id},\"text\":{}}}",
        serde_json::to_string(TEXT).unwrap()
    )
}

#[test]
fn each_tool_works_alone_and_adds_its_field_only() {
    for (tool, field) in TOOLS.iter().zip(FIELDS) {
        let text = run(tool, &[], TEXT);
        assert_eq!((text.code, text.stderr.as_str()), (Some(0), ""), "{tool}");
        let record = &text.records()[0];
        assert_eq!(record["id"], "-");
        assert_eq!(record["text"], TEXT);
        assert_eq!(record["pipeline"][0]["tool"], *tool);
        assert!(!record[field].is_null(), "{tool}: {record}");
        for other in FIELDS {
            assert!(
                other == field || record.get(other).is_none(),
                "{tool} wrote {other}"
            );
        }
    }
}

#[test]
fn any_order_of_stages_gives_the_same_annotations() {
    let straight = shell(&format!(
        "printf '%s' '{TEXT}' | segment | entities | quotes | summarize"
    ));
    let other = shell(&format!(
        "printf '%s' '{TEXT}' | segment | quotes | entities | quotes | summarize"
    ));
    let (straight, other) = (&straight.records()[0], &other.records()[0]);
    for field in FIELDS {
        assert_eq!(straight[field], other[field], "{field}");
    }
}

#[test]
fn a_stage_only_adds() {
    let odd = r#"{ "k":1e400 ,"id":12345678901234567890123,"text":"Zoë said “no”. 🎉 Yes.","bad":"\ud800","n":-0.0, "k":1.50 }"#;
    let deep = format!(
        "{{\"text\":\"x\",\"deep\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    for tool in TOOLS {
        for line in [odd, &deep] {
            let once = run(tool, &[], line);
            assert_eq!(once.code, Some(0), "{tool} {}", once.stderr);
            let kept = line.trim_end_matches('}').trim_end();
            assert!(
                once.stdout.starts_with(kept),
                "{tool} changed what it does not own"
            );
            let twice = run(tool, &[], &once.stdout);
            assert_eq!(twice.stdout, once.stdout, "{tool}: a rerun changes no byte");
        }
    }
}

#[test]
fn inputs_are_files_dashes_lists_and_stdin() {
    let a = file("inputs-a.txt", "A one.");
    let b = file("inputs-b.jsonl", "{\"id\":\"b\",\"text\":\"B.\"}\n");
    let list = file(
        "inputs-list",
        format!("{}\n\n{}\n", a.display(), b.display()),
    );
    let (a, b, list) = (
        a.to_str().unwrap(),
        b.to_str().unwrap(),
        list.to_str().unwrap(),
    );
    let ids = |args: &[&str], input: &str| -> Vec<String> {
        let ran = run("segment", args, input);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.records()
            .iter()
            .map(|r| r["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&[a, b], ""), [a, "b"]);
    assert_eq!(ids(&[b, "-", a], "Stdin."), ["b", "-", a]);
    assert_eq!(ids(&["--files-from", list], ""), [a, "b"]);
    assert_eq!(ids(&["--files-from", "-", b], &format!("{a}\n")), ["b", a]);
}

#[test]
fn forms_of_text() {
    let text = "One.\r\nTwo.\n\nThree.\n";
    let texts = |form: &str| -> Vec<(String, String)> {
        let ran = run("summarize", &["--from", form], text);
        ran.records()
            .iter()
            .map(|r| {
                (
                    r["id"].as_str().unwrap().into(),
                    r["text"].as_str().unwrap().into(),
                )
            })
            .collect()
    };
    let owned = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter()
            .map(|(a, b)| ((*a).into(), (*b).into()))
            .collect()
    };
    assert_eq!(texts("auto"), owned(&[("-", text)]));
    assert_eq!(texts("text"), owned(&[("-", text)]));
    assert_eq!(
        texts("lines"),
        owned(&[("-:1", "One."), ("-:2", "Two."), ("-:4", "Three.")])
    );
    assert_eq!(
        texts("paragraphs"),
        owned(&[("-:1", "One.\r\nTwo."), ("-:4", "Three.")])
    );
    assert_eq!(run("segment", &["--from", "jsonl"], text).code, Some(1));
    assert_eq!(
        run("segment", &["--from", "text"], "{\"text\":1}").records()[0]["text"],
        "{\"text\":1}"
    );
}

#[test]
fn nothing_in_nothing_out() {
    for tool in TOOLS {
        for input in ["", "\n", " \r\n\n", "\u{feff}", "\u{feff}\n"] {
            let ran = run(tool, &[], input);
            assert_eq!(
                (ran.code, ran.stdout.as_str(), ran.stderr.as_str()),
                (Some(0), "", ""),
                "{tool} {input:?}"
            );
        }
        let blank = run(
            tool,
            &[],
            "{\"text\":\" \\n\\u2028\\u0000\"}\n{\"text\":\"\"}",
        );
        assert_eq!((blank.code, blank.lines().len()), (Some(0), 2), "{tool}");
    }
}

#[test]
fn text_oddities_are_tolerated() {
    for tool in TOOLS {
        let ran = run(
            tool,
            &[],
            "\u{feff}{\"text\":\"a\\u0000b\u{2028}c\"} \t\r\n\r\n{\"text\":\"d\"}",
        );
        assert_eq!(ran.code, Some(0), "{tool}: {}", ran.stderr);
        assert_eq!(ran.stdout.matches('\n').count(), 2, "{tool}");
        assert!(!ran.stdout.contains(['\r', '\u{feff}']));
        assert_eq!(ran.records()[0]["text"], "a\0b\u{2028}c");
    }
    let bom = run("segment", &[], "\u{feff}One.\r\nTwo.");
    assert_eq!(bom.records()[0]["text"], "One.\r\nTwo.");
}

#[test]
fn compressed_input_is_known_by_its_magic_bytes() {
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let zstd = |text: &str| {
        ruzstd::encoding::compress_to_vec(
            text.as_bytes(),
            ruzstd::encoding::CompressionLevel::Fastest,
        )
    };
    let lines: Vec<String> = (0..5000).map(|n| record(n) + "\n").collect();
    let (first, second) = (lines[..2500].concat(), lines[2500..].concat());
    let plain = run("segment", &[], lines.concat());
    let members = [gzip(&first), gzip(&second)].concat();
    // A skippable frame between the two: magic, length, content (RFC 8878, 3.1.2).
    let skippable = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc".to_vec();
    let frames = [zstd(&first), skippable, zstd(&second)].concat();
    for (name, bytes) in [("gzip", members), ("zstd", frames)] {
        let stdin = run("segment", &[], &bytes);
        assert_eq!((stdin.code, stdin.stderr.as_str()), (Some(0), ""), "{name}");
        assert_eq!(stdin.stdout, plain.stdout, "{name}");
        let named = file(&format!("compressed.{name}"), &bytes);
        assert_eq!(
            run("segment", &[named.to_str().unwrap()], "").stdout,
            plain.stdout,
            "{name}"
        );
        let cut = run("segment", &[], &bytes[..bytes.len() - 20]);
        assert_eq!(cut.code, Some(2), "{name} that ends early");
        assert!(cut.stderr.starts_with("segment: -: "), "{}", cut.stderr);
        assert!(
            plain.stdout.starts_with(&cut.stdout),
            "{name}: what was whole came out"
        );
    }
}

#[test]
fn fields_are_taken_from_pointers_where_absent() {
    let line = r#"{"doc":{"body":["Ünd.","x"],"head":"H"},"when":"2024-12-03","id":1}"#;
    let args = [
        "--text-field",
        "/doc/body/0",
        "--title-field",
        "/doc/head",
        "--date-field",
        "when",
    ];
    let first = run("segment", &args, line);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let got = &first.records()[0];
    assert_eq!(
        (&got["text"], &got["title"], &got["date"]),
        (&"Ünd.".into(), &"H".into(), &"2024-12-03".into())
    );
    assert!(first.stdout.starts_with(line.trim_end_matches('}')));
    // Later stages need no flag, and with it they change nothing.
    let plain = run("summarize", &[], &first.stdout);
    assert_eq!(plain.stdout, run("summarize", &args, &first.stdout).stdout);
    assert_eq!(plain.code, Some(0));
    let present = run(
        "segment",
        &args,
        r#"{"text":"Own.","doc":{"body":["Not."]}}"#,
    );
    assert_eq!(present.records()[0]["text"], "Own.");
    let absent = run("segment", &["--text-field", "/nowhere"], line);
    assert_eq!(absent.code, Some(1));
    assert_eq!(absent.records()[0]["errors"][0]["code"], "no-text");
}

#[test]
fn what_is_no_record_is_reported_and_kept_and_its_neighbours_are_unharmed() {
    let mut input = Vec::new();
    for (n, bad) in [
        &b"[1]"[..],
        b"{\"text\":\"\xff\"}",
        b"nonsense",
        b"{\"text\":\"x\"}}",
        b"{\"text\":\"cut",
    ]
    .iter()
    .enumerate()
    {
        input.extend_from_slice(record(n).as_bytes());
        input.push(b'\n');
        input.extend_from_slice(bad);
        input.push(b'\n');
    }
    input.pop(); // the last one is truncated
    for tool in TOOLS {
        let rejects = file(&format!("rejects-{tool}"), "");
        let ran = run(tool, &["--rejects", rejects.to_str().unwrap()], &input);
        assert_eq!(ran.code, Some(1));
        let good: Vec<String> = (0..5).map(|n| record(n) + "\n").collect();
        assert_eq!(ran.stdout, run(tool, &[], good.concat()).stdout, "{tool}");
        let messages: Vec<&str> = ran.stderr.lines().collect();
        let expected = [
            "-:2: not a JSON object",
            "-:4: invalid UTF-8 at byte 10",
            "-:6: not a JSON object",
            "-:8: malformed JSON: trailing characters at byte 13",
            "-:10: truncated record: EOF while parsing a string at byte 12",
        ];
        for (message, expected) in messages.iter().zip(expected) {
            assert_eq!(*message, format!("{tool}: {expected}"));
        }
        assert_eq!(messages.len(), expected.len());
        assert_eq!(
            std::fs::read(&rejects).unwrap(),
            b"[1]\n{\"text\":\"\xff\"}\nnonsense\n{\"text\":\"x\"}}\n{\"text\":\"cut\n"
        );
    }
}

#[test]
fn what_a_stage_cannot_use_goes_on_with_the_reason() {
    let wrong = r#"{"text":"🎉 Zoë","sentences":[{"start":4,"end":8,"text":"🎉"}],"entities":[{"id":"e1","type":"PERSON","name":"Zoë","mentions":[{"start":5,"end":9,"text":"Zoë"}]}]}"#;
    for (tool, line, code, message) in [
        (
            "segment",
            r#"{"id":1}"#,
            "no-text",
            "the record has no `text`",
        ),
        (
            "quotes",
            r#"{"text":[]}"#,
            "bad-text",
            "`text` is no string",
        ),
        (
            "summarize",
            r#"{"text":"\udc00"}"#,
            "bad-text",
            "lone surrogate",
        ),
        (
            "entities",
            wrong,
            "bad-span",
            "`sentences[0]`: 4..8 lies outside the text",
        ),
        (
            "quotes",
            &wrong.replace("4,\"end\":8", "0,\"end\":1"),
            "bad-span",
            "count bytes, the record counts Unicode code points",
        ),
        (
            "quotes",
            r#"{"text":"x","pipeline":"mine"}"#,
            "bad-field",
            "`pipeline`: is no list",
        ),
    ] {
        let ran = run(tool, &[], line);
        assert_eq!(ran.code, Some(1), "{tool} {line}");
        assert!(
            ran.stdout.starts_with(line.trim_end_matches('}')),
            "{}",
            ran.stdout
        );
        // serde_json cannot read the lone surrogate back, which is no part of what is checked here.
        let annotated = ran.stdout.replace("\\udc00", "");
        let error = &serde_json::from_str::<serde_json::Value>(&annotated).unwrap()["errors"][0];
        assert_eq!(
            (&error["tool"], &error["code"]),
            (&tool.into(), &code.into())
        );
        assert!(
            error["message"].as_str().unwrap().contains(message),
            "{error}"
        );
        assert!(ran.stderr.contains(message) && ran.stderr.starts_with(&format!("{tool}: -:1: ")));
        assert_eq!(
            run(tool, &[], &ran.stdout).stdout,
            ran.stdout,
            "a rerun changes no byte"
        );
        // Printed lines have no `pipeline`, so one that is no list hurts nobody there.
        let expected = if line.contains("mine") { 0 } else { 1 };
        let printed = run(tool, &["--format", "tsv"], line);
        assert_eq!(
            (printed.code, printed.stdout.as_str()),
            (Some(expected), "")
        );
    }
    let mended = run(
        "quotes",
        &[],
        r#"{"errors":[{"tool":"quotes","code":"x","message":""}],"text":"y"}"#,
    );
    assert!(mended.records()[0].get("errors").is_none());
}

#[test]
fn on_error() {
    let input = format!("{}\nbad\n{}\n", record(1), record(2));
    for jobs in ["1", "3"] {
        let args = |action| ["--jobs", jobs, "--on-error", action];
        let report = run("segment", &args("report"), &input);
        assert_eq!((report.code, report.lines().len()), (Some(1), 2));
        let skip = run("segment", &args("skip"), &input);
        assert_eq!(
            (skip.code, skip.lines().len(), skip.stderr.as_str()),
            (Some(0), 2, "")
        );
        let fail = run("segment", &args("fail"), &input);
        assert_eq!((fail.code, fail.lines().len()), (Some(1), 1));
        assert_eq!(fail.stderr.lines().count(), 1);
        let quiet = run("segment", &["--quiet"], &input);
        assert_eq!(
            (quiet.code, quiet.lines().len(), quiet.stderr.as_str()),
            (Some(1), 2, "")
        );
    }
}

#[test]
fn invalid_utf8_is_replaced_on_request() {
    let ran = run("segment", &["--lossy"], b"{\"text\":\"a\xffb\"}\n");
    assert_eq!(
        (ran.code, &ran.records()[0]["text"]),
        (Some(0), &"a\u{fffd}b".into())
    );
    let text = run("segment", &[], b"Some text\xe2\x82");
    assert_eq!((text.code, text.stdout.as_str()), (Some(1), ""));
    assert_eq!(text.stderr, "segment: -: invalid UTF-8 at byte 10\n");
    assert_eq!(
        run("segment", &["--lossy"], b"Some\xff").records()[0]["text"],
        "Some\u{fffd}"
    );
}

#[test]
fn a_record_over_the_limit_harms_no_neighbour() {
    let long = format!("{{\"text\":\"{}\"}}", "x ".repeat(400_000));
    let input = format!("{}\n{long}\n{}\n", record(1), record(2));
    for jobs in ["1", "2"] {
        let rejects = file(&format!("too-long-{jobs}"), "");
        let args = [
            "--max-record",
            "10K",
            "--jobs",
            jobs,
            "--rejects",
            rejects.to_str().unwrap(),
        ];
        let ran = run("segment", &args, &input);
        assert_eq!((ran.code, ran.lines().len()), (Some(1), 2));
        assert_eq!(
            ran.stderr,
            "segment: -:2: longer than 10240 bytes, the limit set by --max-record\n"
        );
        assert_eq!(
            std::fs::read_to_string(rejects).unwrap(),
            long.clone() + "\n"
        );
    }
    let text = run("segment", &["--max-record", "1K"], "x ".repeat(400_000));
    assert_eq!((text.code, text.stdout.as_str()), (Some(1), ""));
}

#[test]
fn unreadable_inputs_leave_the_others_alone() {
    let good = file("readable.txt", TEXT);
    for tool in TOOLS {
        for bad in ["/nowhere/at/all", env!("CARGO_TARGET_TMPDIR")] {
            let ran = run(tool, &[bad, good.to_str().unwrap()], "");
            assert_eq!((ran.code, ran.lines().len()), (Some(2), 1), "{tool}");
            assert!(
                ran.stderr.starts_with(&format!("{tool}: {bad}: ")),
                "{}",
                ran.stderr
            );
            assert!(!ran.stderr.contains("os error"));
        }
    }
    for tool in TOOLS {
        let ran = shell(&format!("{tool} <."));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert_eq!(ran.stderr, format!("{tool}: -: Is a directory\n"));
    }
    assert_eq!(
        run("quotes", &["--files-from", "/nowhere"], "").code,
        Some(2)
    );
    assert_eq!(
        run("quotes", &["--rejects", "/nowhere/x"], "").code,
        Some(2)
    );
}

/// Root may read any file, so a file that nobody may read is tried as another user.
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    const NOBODY: u32 = 65_534;
    let root = shell("id -u").stdout == "0\n";
    let secret = file("secret.txt", TEXT);
    std::fs::set_permissions(&secret, PermissionsExt::from_mode(0o000)).unwrap();
    let secret = secret.to_str().unwrap();
    for tool in TOOLS {
        let mut command = command(tool, &[secret, "-"]);
        if root {
            command.uid(NOBODY);
        }
        let Ok(mut child) = command.spawn() else {
            eprintln!("skipped: another user may not run {}", path(tool));
            return;
        };
        feed(&mut child, TEXT.as_bytes());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{tool}");
        assert_eq!(output.stdout.iter().filter(|b| **b == b'\n').count(), 1);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, format!("{tool}: {secret}: Permission denied\n"));
    }
}

#[test]
fn whatever_the_reason_an_input_that_cannot_be_read_is_named_with_it() {
    use std::os::unix::fs::symlink;
    let good = file("readable-too.txt", TEXT);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let link = |name: &str, to: &str| {
        let link = folder.join(name);
        let _ = std::fs::remove_file(&link); // of an earlier run
        symlink(to, &link).unwrap();
        link.display().to_string()
    };
    let mut cases = vec![
        (format!("{}/inside", good.display()), "Not a directory"),
        (link("dangling", "nowhere"), "No such file or directory"),
        (link("round", "round"), "Too many levels of symbolic links"),
        (
            folder.join("x".repeat(5_000)).display().to_string(),
            "File name too long",
        ),
    ];
    // It can be opened, and the first read fails.
    if std::path::Path::new("/proc/self/mem").exists() {
        cases.push(("/proc/self/mem".to_owned(), "Input/output error"));
    }
    let good = good.to_str().unwrap();
    for (bad, why) in &cases {
        for tool in TOOLS {
            for jobs in ["1", "2"] {
                let ran = run(tool, &["--jobs", jobs, good, bad, good], "");
                assert_eq!((ran.code, ran.lines().len()), (Some(2), 2), "{tool}");
                assert_eq!(ran.stderr, format!("{tool}: {bad}: {why}\n"));
            }
        }
    }
}

#[test]
fn the_same_bytes_for_any_number_of_jobs() {
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
fn ends_soon(child: &mut std::process::Child) -> std::process::ExitStatus {
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

#[test]
fn a_closed_pipe_ends_an_endless_run_in_silence() {
    for tool in TOOLS {
        for jobs in ["1", "2", "8"] {
            let mut yes = std::process::Command::new("yes")
                .arg(record(1))
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
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

/// Where a reader such as `head` may stop: around every power of two up to what a pipe holds, and between.
fn byte_positions() -> impl Iterator<Item = usize> {
    let around = (0..=16).flat_map(|n| [(1 << n) - 1, 1 << n, (1 << n) + 1]);
    around.chain((0..65_536).step_by(4_099))
}

#[test]
fn a_pipe_closed_at_any_byte_gets_what_a_whole_run_writes() {
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
            assert!(whole.len() > 4 * 65_536, "{tool}: more than pipes hold");
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
fn an_interrupt_ends_it_as_a_shell_expects() {
    for tool in TOOLS {
        // A shell's background jobs, and what they start, may have been told to ignore the signal; `env` sees to it.
        let mut child = std::process::Command::new("env")
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
        // A shell shows a program that signal 2 ended as 130.
        assert_eq!(ends_soon(&mut child).signal(), Some(2), "{tool}");
        drop(stdin);
    }
}

#[test]
fn a_truncated_stream_is_named() {
    let cut = shell(&format!(
        "printf '%s\\n%s' '{0}' '{1}' | segment",
        record(1),
        &record(2)[..20]
    ));
    assert_eq!((cut.code, cut.lines().len()), (Some(1), 1));
    assert!(
        cut.stderr.starts_with("segment: -:2: truncated record"),
        "{}",
        cut.stderr
    );
    let whole = shell(&format!("printf '%s' '{}' | segment", record(1)));
    assert_eq!(
        whole.code,
        Some(0),
        "a last line without a line feed is whole"
    );
}

#[test]
fn an_upstream_killed_within_a_record_is_named() {
    let half = &record(2)[..25];
    for tool in TOOLS {
        let mut upstream = std::process::Command::new("sh")
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

/// Resident memory (KiB) of a running process, where the system tells.
fn resident(child: &std::process::Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_consumer_that_stops_makes_no_memory_grow() {
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
        let mut yes = std::process::Command::new("yes")
            .arg(record(1))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut child = command(tool, &[&["--jobs", jobs], model].concat())
            .stdin(yes.stdout.take().unwrap())
            .spawn()
            .unwrap();
        // Nobody reads its output. Its chunks are some MB; left unbounded, a debug build reads more than that a second.
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

#[test]
fn little_memory_ends_in_success_or_in_an_error_never_in_other_output() {
    let text = record(1).replace("Nobody", &"“So be it”, Zoë said. ".repeat(15_000));
    let input = file(
        "little-memory.jsonl",
        format!("{}\n{text}\n{}\n", record(0), record(2)),
    );
    let input = input.display();
    // From little more than the program itself takes.
    for (tool, least) in [
        ("segment", 13_000),
        ("summarize", 25_000),
        ("entities --model fast", 45_000),
        ("quotes --model fast", 50_000),
    ] {
        let whole = shell(&format!("{tool} --jobs 2 {input}"));
        assert_eq!((whole.code, whole.lines().len()), (Some(0), 3));
        let mut codes = Vec::new();
        for kilobytes in [1.0, 1.2, 1.4, 1.7, 2.5, 5.0, 50.0].map(|f| (f * f64::from(least)) as u64)
        {
            let ran = shell(&format!(
                "ulimit -v {kilobytes}; exec {tool} --jobs 2 {input}"
            ));
            let lines = ran.stdout.lines().count();
            let complete = whole.stdout.lines().take(lines);
            assert!(ran.stdout.lines().eq(complete), "{tool}, {kilobytes} KiB");
            if ran.code == Some(0) {
                assert_eq!(lines, 3, "{tool}, {kilobytes} KiB");
            } else {
                assert!(
                    !ran.stderr.is_empty(),
                    "{tool}, {kilobytes} KiB: {:?}",
                    ran.code
                );
            }
            codes.push(ran.code);
        }
        assert_eq!(codes.last(), Some(&Some(0)), "{tool}: {codes:?}");
    }
}

#[test]
fn what_unpacks_to_more_than_the_limit_takes_no_memory() {
    const SIZE: usize = 300 << 20;
    let before = format!("{}\n{{\"text\":\"", record(1));
    let after = format!("\"}}\n{}\n", record(2));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let a = vec![b'a'; 1 << 20];
    gzip.write_all(before.as_bytes()).unwrap();
    for _ in 0..SIZE >> 20 {
        gzip.write_all(&a).unwrap();
    }
    gzip.write_all(after.as_bytes()).unwrap();
    // A frame with a window of 1 MiB, of blocks that are a byte said 2^17 times (RFC 8878, 3.1.1).
    const BLOCK: usize = 128 << 10;
    let block = |size: usize, kind: usize, last: bool, bytes: &[u8]| {
        let header = size << 3 | kind << 1 | usize::from(last);
        [&header.to_le_bytes()[..3], bytes].concat()
    };
    let mut zstd = b"\x28\xb5\x2f\xfd\x00\x50".to_vec();
    zstd.extend(block(before.len(), 0, false, before.as_bytes()));
    for _ in 0..SIZE / BLOCK {
        zstd.extend(block(BLOCK, 1, false, b"a"));
    }
    zstd.extend(block(after.len(), 0, true, after.as_bytes()));
    assert!(zstd.len() < 11_000);
    let gzip = file("bomb.gz", gzip.finish().unwrap());
    let zstd = file("bomb.zst", zstd);
    for bomb in [gzip.display(), zstd.display()] {
        for jobs in ["1", "2"] {
            let ran = shell(&format!(
                "ulimit -v 280000; exec segment --max-record 1M --jobs {jobs} {bomb}"
            ));
            let told = &ran.stderr;
            assert_eq!((ran.code, ran.lines().len()), (Some(1), 2), "{told}");
            let said = format!("segment: {bomb}:2: longer than 1048576 bytes");
            assert!(told.starts_with(&said), "{told}");
        }
    }
    // Frames that need a window of 2 TiB, as they say: the first one, and one after another.
    let huge = b"\x28\xb5\x2f\xfd\x00\xf8\x01\x00\x00";
    let small = b"\x28\xb5\x2f\xfd\x00\x00\x01\x00\x00";
    for frames in [&huge[..], &[&small[..], huge].concat()] {
        let window = file("window.zst", frames);
        let window = window.display();
        let ran = shell(&format!("ulimit -v 280000; exec segment {window}"));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("window"), "{}", ran.stderr);
    }
}

#[test]
fn other_languages_are_left_alone() {
    let line = r#"{"lang":"de","text":"„Nein“, sagte Kanzlerin Anna Müller in Berlin."}"#;
    for tool in ["entities", "quotes"] {
        let ran = run(tool, &[], format!("{line}\n{line}\n"));
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(0), format!("{line}\n{line}\n").as_str())
        );
        assert_eq!(ran.stderr.lines().count(), 1, "said once");
        assert!(ran.stderr.contains("--any-lang"));
        assert_eq!(run(tool, &["--quiet"], line).stderr, "");
        assert_eq!(
            run(tool, &["--any-lang"], line).records()[0]["pipeline"][0]["tool"],
            tool
        );
        assert_eq!(run(tool, &["--format", "tsv"], line).stdout, "");
        for english in ["en", "EN-gb", "en_US", ""] {
            let ran = run(tool, &[], line.replace("de", english));
            assert!(ran.records()[0].get("pipeline").is_some(), "{english}");
        }
    }
}

#[test]
fn printed_lines_are_one_item_each() {
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
fn usage_errors_exit_with_2_and_help_with_0() {
    for tool in TOOLS.into_iter().chain(["view"]) {
        for wrong in [
            &["--no-such-flag"][..],
            &["--jobs", "0"],
            &["--max-record", "x"],
            &["--format", "xml"],
        ] {
            let ran = run(tool, wrong, "");
            assert_eq!(
                (ran.code, ran.stdout.as_str()),
                (Some(2), ""),
                "{tool} {wrong:?}"
            );
            assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
        }
        let version = run(tool, &["-V"], "");
        assert!(
            version
                .stdout
                .starts_with(&format!("{tool} {}", env!("CARGO_PKG_VERSION")))
        );
        let (short, long) = (run(tool, &["-h"], ""), run(tool, &["--help"], ""));
        assert_eq!((short.code, long.code), (Some(0), Some(0)));
        assert!(long.stdout.contains("Examples:") && long.stdout.len() > short.stdout.len());
    }
    assert_eq!(run("quotes", &["--speaker", "("], "").code, Some(2));
    assert_eq!(run("quotes", &["--type", "loud"], "").code, Some(2));
    assert_eq!(run("entities", &["--types", "PLANET"], "").code, Some(2));
    for wrong in [
        &["--ratio", "0"][..],
        &["--ratio", "1.5"],
        &["--words", "5", "--sentences", "2"],
    ] {
        assert_eq!(run("summarize", wrong, "").code, Some(2), "{wrong:?}");
    }
}

#[test]
fn man_page_and_completions_are_generated() {
    for tool in TOOLS.into_iter().chain(["view"]) {
        let man = run(tool, &["--generate", "man"], "");
        assert!(
            man.stdout.contains(&format!(".TH {tool} 1")),
            "{}",
            &man.stdout[..200]
        );
        for flag in [
            "\\-\\-on\\-error",
            "\\-\\-max\\-record",
            "EXAMPLES",
            "EXIT STATUS",
        ] {
            assert!(man.stdout.contains(flag), "{flag}");
        }
        for shell in ["bash", "zsh", "fish"] {
            let script = run(tool, &["--generate", shell], "");
            assert_eq!(script.code, Some(0));
            assert!(script.stdout.contains("max-record"), "{tool} {shell}");
        }
    }
}

#[test]
fn messages_do_not_let_control_characters_through() {
    let name = "/nowhere/\u{1b}[31mred\n";
    let ran = run("segment", &[name], "");
    assert_eq!(ran.stderr.matches('\n').count(), 1);
    assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    assert!(path("segment").ends_with("segment"));
}

#[test]
fn a_text_printed_piece_by_piece_has_the_same_sentences() {
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
fn lists_of_the_user_are_heeded() {
    let list = file("abbreviations", "Zzyx\n\n  frob.\n");
    let text = "He met Zzyx. Alba and the frob. Committee. It ended.";
    let plain = run("segment", &["--format", "text"], text);
    let with = run(
        "segment",
        &[
            "--format",
            "text",
            "--abbreviations",
            list.to_str().unwrap(),
        ],
        text,
    );
    assert_eq!(
        (plain.lines().len(), with.lines().len()),
        (4, 2),
        "{}",
        with.stdout
    );

    let names = file(
        "gazetteer.tsv",
        "Quux Ltd\tORG\tQ1\nthe Zorb\tPRODUCT\tQ2\n",
    );
    let found = run(
        "entities",
        &["--format", "tsv", "--gazetteer", names.to_str().unwrap()],
        "They bought Quux Ltd and the Zorb on a whim.",
    );
    assert!(
        found.stdout.contains("\tORG\tQuux Ltd\t1\n"),
        "{}",
        found.stdout
    );
    assert!(
        found.stdout.contains("\tPRODUCT\tthe Zorb\t1\n"),
        "{}",
        found.stdout
    );
    let wrong = file("wrong.tsv", "Quux\tORG\nOne\tPLANET\n");
    let wrong = run("entities", &["--gazetteer", wrong.to_str().unwrap()], "x");
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.stderr.contains("wrong.tsv") && wrong.stderr.contains('2'),
        "{}",
        wrong.stderr
    );
    for (tool, flag) in [("segment", "--abbreviations"), ("entities", "--gazetteer")] {
        let absent = run(tool, &[flag, "/nowhere"], "x");
        assert_eq!((absent.code, absent.stdout.as_str()), (Some(2), ""));
        assert!(
            absent.stderr.contains("/nowhere: No such file"),
            "{}",
            absent.stderr
        );
    }
}

#[test]
fn the_model_is_named_and_checked() {
    for tool in ["entities", "quotes"] {
        let version = run(tool, &["-V"], "").stdout;
        assert!(version.contains("(models accurate, fast)"), "{version}");
        let model =
            |flags: &[&str]| run(tool, flags, TEXT).records()[0]["pipeline"][0]["model"].clone();
        assert_eq!(model(&[]), "accurate");
        assert_eq!(model(&["--model", "accurate"]), "accurate");
        assert_eq!(model(&["--model", "fast"]), "fast");
        for (name, bytes) in [
            ("empty.model", &b""[..]),
            ("text.model", b"not a model at all"),
            ("cut.model", b"NTENCODE\x01\0\0\0"),
        ] {
            let wrong = file(name, bytes);
            let ran = run(tool, &["--model", wrong.to_str().unwrap()], TEXT);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
            assert!(
                ran.stderr.starts_with(&format!("{tool}: --model ")),
                "{}",
                ran.stderr
            );
        }
        assert_eq!(run(tool, &["--model", "/nowhere"], TEXT).code, Some(2));
    }
    for (tool, field, path, same) in [
        (
            "entities",
            "entities",
            "crates/entities/model/names.bin",
            "fast",
        ),
        (
            "quotes",
            "quotes",
            "crates/quotes/model/quotes.model",
            "fast",
        ),
        (
            "entities",
            "entities",
            "crates/encoder/model/encoder.bin",
            "accurate",
        ),
        (
            "quotes",
            "quotes",
            "crates/encoder/model/encoder.bin",
            "accurate",
        ),
    ] {
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        let own = &run(tool, &["--model", &path], TEXT).records()[0];
        let built_in = &run(tool, &["--model", same], TEXT).records()[0];
        assert_eq!(own[field], built_in[field]);
        let name = path.rsplit('/').next().unwrap();
        assert_eq!(own["pipeline"][0]["model"], name);
    }
}

#[test]
fn progress_is_shown_where_results_go_to_a_file_and_a_terminal_looks_on() {
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

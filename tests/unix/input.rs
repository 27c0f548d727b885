//! What is read: files, lists, the standard input, forms of text, compression, and what cannot be read.

use super::{TEXT, record};
use crate::tool::{TOOLS, command, feed, file, path, run, shell};
use std::io::Write;

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
fn text_is_read_whole_by_line_or_by_paragraph() {
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
fn empty_input_gives_empty_output() {
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
fn byte_order_marks_line_ends_and_blank_lines_are_tolerated() {
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
fn json_pointers_give_fields_that_are_absent() {
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
fn compressed_input_is_recognized_by_its_magic_bytes() {
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
fn an_unreadable_input_does_not_stop_the_others() {
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

/// Root may read any file, so root runs the tools as another user.
#[test]
fn a_file_without_read_permission_is_named() {
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
fn the_message_says_why_an_input_cannot_be_read() {
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
    // This file can be opened, but the first read fails.
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

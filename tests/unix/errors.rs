//! Lines and records that are bad: what is reported, what goes on, the exit code.

use super::record;
use crate::tool::{TOOLS, file, path, run, shell};

#[test]
fn a_line_that_is_no_record_is_reported_and_kept_for_rejects() {
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
fn a_record_that_a_stage_cannot_use_goes_on_with_the_reason() {
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
        // serde_json refuses the lone surrogate, which is not checked here.
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
        // `--format tsv` does not print `pipeline`, so a wrong one is no error there.
        let expected = if line.contains("mine") { 0 } else { 1 };
        let printed = run(tool, &["--format", "tsv"], line);
        assert_eq!(
            (printed.code, printed.stdout.as_str()),
            (Some(expected), "")
        );
    }
    let repaired = run(
        "quotes",
        &[],
        r#"{"errors":[{"tool":"quotes","code":"x","message":""}],"text":"y"}"#,
    );
    assert!(repaired.records()[0].get("errors").is_none());
}

#[test]
fn on_error_reports_skips_or_fails() {
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
fn a_record_over_the_limit_does_not_stop_the_others() {
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
fn a_truncated_last_record_is_reported() {
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
fn messages_escape_control_characters() {
    let name = "/nowhere/\u{1b}[31mred\n";
    let ran = run("segment", &[name], "");
    assert_eq!(ran.stderr.matches('\n').count(), 1);
    assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    assert!(path("segment").ends_with("segment"));
}

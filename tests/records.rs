//! What holds for every record that goes through the four stages, in this process: nothing of it is lost or changed,
//! each span has the text at its offsets, a rerun changes no byte, and neither the number of threads nor the sizes of the
//! reads change the output.
//!
//! A run makes 2,000 records, or another number:
//!
//!     NEWSTEXT_RECORDS=1000000 cargo test --release --test records -- --nocapture
//!
//! `NEWSTEXT_STAGES=segment` runs only the stages named, separated by commas.

#![allow(clippy::unwrap_used)] // a test may panic

use cli::Tool;
use document::{Document, Record};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::sync::Arc;
use stream::{Diagnostic, Input, Options, Sink, Stage};

/// Records in a run.
const BATCH: usize = 500;

/// The stage that a tool makes from these flags.
fn stage<T: Tool>(flags: &[&str]) -> Arc<dyn Stage> {
    let matches = T::command().get_matches_from([&["tool"], flags].concat());
    T::from_arg_matches(&matches).unwrap().stage().unwrap()
}

fn stages() -> Vec<Arc<dyn Stage>> {
    let wanted = std::env::var("NEWSTEXT_STAGES");
    let mut all = vec![
        stage::<cli::Segment>(&[]),
        stage::<cli::Entities>(&["--model", "fast"]),
        stage::<cli::Quotes>(&["--model", "fast"]),
        stage::<cli::Summarize>(&["--sentences", "1"]),
    ];
    if let Ok(wanted) = wanted {
        all.retain(|stage| {
            wanted
                .split(',')
                .any(|name| name == stage.provenance().tool)
        });
    }
    all
}

/// Pieces of news, with characters that programs often get wrong.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“We shall open it,” ",
        "said Zoë Roe. ",
        "The mayor told reporters ",
        "that it was over. ",
        "He ",
        "denied it. ",
        "on Monday ",
        "$5 million ",
        "GENEVA, Jan. 5, 2021 (Meridian) — ",
        "U.S. ",
        "Dr. ",
        "\n",
        "\n\n",
        "• ",
        "By Ana Roe\n",
        "🎉",
        "e\u{301}",
        "\u{feff}",
        "\u{2028}",
        "“",
        "”",
        "'",
        "\"",
        "‘",
        "’",
        " ",
        "\0",
        "日本。",
        "İ",
        "ﬁ",
        "-",
        "1,000 ",
    ]);
    let pieces = prop::collection::vec(piece, 0..12).prop_map(|all| all.concat());
    prop_oneof![9 => pieces, 1 => "\\PC{0,40}"]
}

/// Values written in ways that a parser and writer of JSON would change.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "null",
        "1e400",
        "-0.0",
        "12345678901234567890123",
        "1.50",
        r#""\ud800""#,
        r#""\u0041\/é""#,
        "[ ]",
        "{ }",
        "true",
    ]);
    leaf.prop_map(str::to_owned)
        .prop_recursive(2, 6, 3, |inner| {
            prop::collection::vec(inner, 0..3).prop_map(|all| format!("[ {}]", all.join(" ,")))
        })
}

/// A line and whether it is a record.
fn line() -> impl Strategy<Value = (String, bool)> {
    let members = prop::collection::vec(("[a-z]{1,2}|\\\\udfff|\\\\u0061", value()), 0..4);
    let record = (text(), members, 0..5usize, "[ \t]?", any::<bool>()).prop_map(
        |(text, mut members, at, space, dated)| {
            let text = serde_json::to_string(&text).unwrap();
            members.insert(at.min(members.len()), ("text".to_owned(), text));
            if dated {
                members.push(("date".to_owned(), "\"2024-12-03\"".to_owned()));
            }
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("\"{key}\"{space}:{value}{space}"))
                .collect();
            (format!("{{{space}{}}}", members.join(",")), true)
        },
    );
    let bad = prop::sample::select(vec![
        "[1]",
        "{\"text\":\"cut",
        "{\"text\":\"x\"}}",
        "nonsense",
        "{\"text\":7,}",
    ]);
    prop_oneof![40 => record, 1 => bad.prop_map(|line| (line.to_owned(), false))]
}

#[derive(Default, PartialEq, Debug)]
struct Collected {
    output: Vec<u8>,
    diagnostics: Vec<Diagnostic>,
}

impl Sink for Collected {
    fn output(&mut self, lines: &[u8]) -> io::Result<()> {
        self.output.extend_from_slice(lines);
        Ok(())
    }
    fn reject(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let source = "-".into(); // each run reads a pipe of its own
        self.diagnostics.push(Diagnostic {
            source,
            ..diagnostic.clone()
        });
    }
}

/// Runs a stage on a pipe that is filled in writes of these sizes, in turn.
fn run(stage: &Arc<dyn Stage>, jobs: usize, input: &[u8], reads: &[usize]) -> Collected {
    let (reader, mut writer) = io::pipe().unwrap();
    let path = format!("/dev/fd/{}", reader.as_raw_fd());
    let mut kept = Collected::default();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut rest = input;
            for &size in reads.iter().cycle() {
                let (now, after) = rest.split_at(size.min(rest.len()));
                writer.write_all(now).unwrap();
                rest = after;
                if rest.is_empty() {
                    break;
                }
            }
        });
        let options = Options {
            framing: stream::Framing::Records,
            jobs,
            ..Options::default()
        };
        let inputs = std::iter::once(Input::new(path));
        stream::run(inputs, Arc::clone(stage), &options, &mut kept).unwrap();
    });
    kept
}

/// Checks that every record came out with all that it had, and that what was added fits its text.
fn nothing_is_lost(tool: &str, input: &[&str], output: &str) {
    let mut lines = output.lines();
    for before in input {
        let after = lines
            .next()
            .unwrap_or_else(|| panic!("{tool} lost {before}"));
        let (record, annotated) = (
            Record::parse(before).unwrap(),
            Record::parse(after).unwrap(),
        );
        let kept = before.trim_end_matches(['}', ' ', '\t']);
        let stages_own = annotated.get("pipeline").is_some() && record.get("pipeline").is_some();
        assert!(
            stages_own || after.starts_with(kept),
            "{tool} changed {before} to {after}"
        );
        assert_eq!(annotated.get("text"), record.get("text"));
        let text = annotated.text().unwrap();
        let misfits = Document::new(&annotated, &text).fitting().misfits;
        assert!(misfits.is_empty(), "{tool}: {misfits:?} in {after}");
    }
    assert_eq!(lines.next(), None, "{tool}");
}

fn check(stages: &[Arc<dyn Stage>], lines: &[(String, bool)], reads: &[usize]) {
    let good: Vec<&str> = lines.iter().filter(|l| l.1).map(|l| l.0.as_str()).collect();
    let bad: Vec<u64> = (1..)
        .zip(lines)
        .filter(|(_, l)| !l.1)
        .map(|(n, _)| n)
        .collect();
    let all: Vec<&str> = lines.iter().map(|l| l.0.as_str()).collect();
    let mut input = all.join("\n").into_bytes();
    let mut records = good.join("\n");
    for (n, stage) in stages.iter().enumerate() {
        let tool = stage.provenance().tool;
        let alone = run(stage, 1, &input, &[usize::MAX]);
        assert_eq!(run(stage, 1, &input, reads), alone, "{tool}: other reads");
        assert_eq!(run(stage, 8, &input, reads), alone, "{tool}: other jobs");
        let reported: Vec<u64> = alone.diagnostics.iter().filter_map(|d| d.line).collect();
        assert_eq!(reported, if n == 0 { &bad[..] } else { &[] }, "{tool}");
        let output = String::from_utf8(alone.output).unwrap();
        nothing_is_lost(tool, &records.lines().collect::<Vec<_>>(), &output);
        let again = run(stage, 2, output.as_bytes(), &[usize::MAX]);
        assert!(
            again.output == output.as_bytes(),
            "{tool}: a rerun changes something"
        );
        input = output.clone().into_bytes();
        records = output;
    }
}

#[test]
fn records_go_through_all_stages_unchanged() {
    let records = std::env::var("NEWSTEXT_RECORDS").map_or(2_000, |n| n.parse().expect("a number"));
    let config = Config {
        cases: u32::try_from(usize::div_ceil(records, BATCH)).unwrap(),
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let stages = stages();
    let reads = prop::collection::vec(prop_oneof![1..9usize, 1..5_000usize], 1..9);
    TestRunner::new_with_rng(config, rng)
        .run(
            &(prop::collection::vec(line(), BATCH), reads),
            |(lines, reads)| {
                check(&stages, &lines, &reads);
                Ok(())
            },
        )
        .unwrap();
    println!("{records} records through {} stages", stages.len());
}

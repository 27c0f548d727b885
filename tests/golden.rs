//! Golden articles: facts that must be in the tools' output (`tests/golden/README.md`).
//!
//! A fact that the tools still get wrong carries a mark, `[missed by MODEL]`. Once they get it right the mark must be
//! removed, so that a later fault is noticed. `NEWSTEXT_GOLDEN=update cargo test --test golden` sets the marks.

mod facts;
mod tool;

use facts::{FactFile, Outcome, check};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The model that the articles are run with.
const MODEL: &str = "accurate";

/// A folder of `tests/golden`.
struct Case {
    name: String,
    /// The article, relative to the project's folder.
    article: String,
    /// The record that comes out of the pipe.
    line: String,
}

/// Each article goes through the pipe once for all tests.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(Case::all);

impl Case {
    fn all() -> Vec<Self> {
        let mut cases: Vec<Case> = fs::read_dir("tests/golden")
            .expect("tests/golden can be read")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| {
                let article = ["article.txt", "record.json"]
                    .map(|file| format!("tests/golden/{name}/{file}"))
                    .into_iter()
                    .find(|path| Path::new(path).exists())?;
                let line = pipe(&[&article], &[]);
                Some(Self {
                    name,
                    article,
                    line,
                })
            })
            .collect();
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        assert!(cases.len() >= 12, "only {} golden articles", cases.len());
        cases
    }

    fn facts(&self) -> String {
        format!("tests/golden/{}/facts.txt", self.name)
    }

    fn record(&self) -> Value {
        serde_json::from_str(&self.line).expect("a record is JSON")
    }
}

/// What a tool writes to stdout; it must write nothing to stderr and exit with 0.
fn run(tool: &str, args: &[&str], input: &str) -> String {
    let ran = tool::run(tool, args, input);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (Some(0), ""),
        "{tool} {args:?}"
    );
    ran.stdout
}

/// The output of the whole pipe for some files, with the same flags for every tool.
fn pipe(files: &[&str], flags: &[&str]) -> String {
    let [first, others @ ..] = tool::TOOLS;
    let line = run(first, &[flags, files].concat(), "");
    others
        .iter()
        .fold(line, |line, tool| run(tool, flags, &line))
}

#[test]
fn the_facts_hold() {
    let update = std::env::var("NEWSTEXT_GOLDEN").is_ok_and(|v| v == "update");
    let mut complaints = Vec::new();
    // For each tool, its facts and those that are missed.
    let mut counts = BTreeMap::new();
    for case in CASES.iter() {
        let path = case.facts();
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path));
        let mut file = FactFile::parse(&text).unwrap_or_else(|why| panic!("{}: {why}", path));
        let outcome = Outcome::new(case.record());
        assert_model(&outcome.record);
        for fact in file.facts_mut() {
            let place = format!("tests/golden/{}/facts.txt:{}", case.name, fact.number);
            let why =
                check(&fact.claim, &outcome).unwrap_or_else(|bad| panic!("{place}: {}", bad.0));
            let known = fact.missed_by.iter().position(|m| m == MODEL);
            let (all, missed) = counts.entry(fact.claim.tool()).or_insert((0, 0));
            *all += 1;
            *missed += usize::from(why.is_some());
            match (why, known) {
                (Some(_), Some(_)) | (None, None) => {}
                (Some(_), None) if update => fact.missed_by.push(MODEL.to_owned()),
                (None, Some(known)) if update => drop(fact.missed_by.remove(known)),
                (Some(why), None) => {
                    complaints.push(format!("{place}: {}\n    but {why}", fact.statement))
                }
                (None, Some(_)) => complaints.push(format!(
                    "{place}: {}\n    is no longer missed by {MODEL}: remove the mark",
                    fact.statement
                )),
            }
        }
        if update && file.to_string() != text {
            fs::write(&path, file.to_string()).unwrap_or_else(|e| panic!("{}: {e}", path));
        }
    }
    for (tool, (all, missed)) in &counts {
        println!("{tool}: {all} facts, {missed} missed");
    }
    assert!(
        complaints.is_empty(),
        "{}\n{} facts; NEWSTEXT_GOLDEN=update sets the marks",
        complaints.join("\n"),
        complaints.len()
    );
}

/// Checks that this model made the record: the marks are about it.
fn assert_model(record: &Value) {
    let pipeline = record["pipeline"]
        .as_array()
        .expect("a record has a pipeline");
    for tool in ["entities", "quotes"] {
        let entry = pipeline
            .iter()
            .find(|e| e["tool"] == tool)
            .unwrap_or_else(|| panic!("{tool} ran"));
        let name = entry["model"].as_str().unwrap_or_default();
        assert!(
            name.starts_with(MODEL),
            "{tool} ran with {name:?}, not with {MODEL:?}"
        );
    }
}

#[test]
fn the_article_comes_out_unchanged() {
    for case in CASES.iter() {
        let input = fs::read_to_string(&case.article).expect("an article can be read");
        let line = &case.line;
        if case.article.ends_with(".json") {
            let fields = input
                .trim_end()
                .strip_suffix('}')
                .expect("a record ends with a brace");
            assert!(line.starts_with(fields), "{}: {line}", case.name);
        } else {
            let record = case.record();
            let text = record["text"].as_str().expect("a record has a text");
            assert_eq!(text, input.trim_start_matches('\u{feff}'), "{}", case.name);
            assert_eq!(record["id"], *case.article);
        }
        assert_eq!(
            line.matches('\n').count(),
            1,
            "{}: a document is a line",
            case.name
        );
    }
}

#[test]
fn every_span_has_the_text_at_its_offsets() {
    for case in CASES.iter() {
        let record = case.record();
        let text: Vec<char> = record["text"]
            .as_str()
            .expect("a record has a text")
            .chars()
            .collect();
        for field in [
            "sentences",
            "metadata",
            "dateline",
            "entities",
            "quotes",
            "summary",
        ] {
            assert!(record.get(field).is_some(), "{}: no {field}", case.name);
            check_spans(&record[field], &text, &format!("{}: {field}", case.name));
        }
        // A sentence may run over lines; the summary is one line.
        let words = |text: &Value| {
            let text = text.as_str().expect("a text is a string");
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let picks = record["summary"]["sentences"]
            .as_array()
            .expect("a summary has sentences");
        let picked: Vec<String> = picks.iter().flat_map(|p| words(&p["text"])).collect();
        assert_eq!(words(&record["summary"]["text"]), picked, "{}", case.name);
    }
}

#[test]
fn sentences_and_metadata_cover_the_text_once() {
    for case in CASES.iter() {
        let outcome = Outcome::new(case.record());
        let mut covered = 0;
        let mut ranges = outcome.spans(&outcome.record["sentences"]);
        assert!(ranges.is_sorted_by_key(|r| r.start), "{}", case.name);
        ranges.extend(outcome.spans(&outcome.record["metadata"]));
        ranges.sort_by_key(|r| r.start);
        for range in ranges {
            let between = outcome.text.get(covered..range.start);
            let between = between.unwrap_or_else(|| panic!("{}: two overlap", case.name));
            // A colon or dash between header and text belongs to neither.
            assert!(
                !between.contains(char::is_alphanumeric),
                "{}: {between:?} is lost",
                case.name
            );
            covered = range.end;
        }
        assert!(outcome.text[covered..].trim().is_empty(), "{}", case.name);
        let paragraphs = outcome
            .list("sentences")
            .iter()
            .map(|s| s["paragraph"].as_u64());
        assert!(paragraphs.is_sorted(), "{}", case.name);
    }
}

fn check_spans(value: &Value, text: &[char], place: &str) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| check_spans(v, text, place)),
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) {
                let slice: String = text[start as usize..end as usize].iter().collect();
                assert_eq!(value["text"], *slice, "{place}");
                assert_eq!(slice.trim(), slice, "{place}: white space at an edge");
                assert!(!slice.is_empty(), "{place}: an empty span");
            }
            fields.values().for_each(|v| check_spans(v, text, place));
        }
        _ => {}
    }
}

#[test]
fn running_a_tool_again_changes_no_byte() {
    for case in CASES.iter() {
        let line = &case.line;
        for tool in tool::TOOLS {
            let again = run(tool, &[], line);
            assert_eq!(&again, line, "{}: {tool}", case.name);
        }
    }
}

#[test]
fn any_number_of_jobs_writes_the_same_bytes() {
    let articles: Vec<&str> = CASES.iter().map(|c| c.article.as_str()).collect();
    let one = pipe(&articles, &["--jobs", "1"]);
    assert!(one == pipe(&articles, &["--jobs", "3"]));
    let single: String = CASES.iter().map(|c| c.line.as_str()).collect();
    assert_eq!(
        one, single,
        "other documents do not change a document's record"
    );
}

#[test]
fn summaries_keep_to_their_budget() {
    for case in CASES.iter() {
        for (flag, limit) in [
            ("--sentences", 1),
            ("--sentences", 3),
            ("--words", 12),
            ("--words", 40),
            ("--chars", 80),
        ] {
            let output = run("summarize", &[flag, &limit.to_string(), &case.article], "");
            let record: Value = serde_json::from_str(&output).expect("a record is JSON");
            let text = record["summary"]["text"]
                .as_str()
                .expect("a summary is text");
            let size = match flag {
                "--sentences" => record["summary"]["sentences"]
                    .as_array()
                    .map_or(0, Vec::len),
                "--words" => text.split_whitespace().count(),
                _ => text.chars().count(),
            };
            assert!(size <= limit, "{}: {flag} {limit}: {text}", case.name);
        }
    }
}

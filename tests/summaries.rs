//! The options of `summarize`: `--explain`, `--focus` and `--about`, the digest of quotations, one summary of many documents.

mod record_schema;
mod tool;

use record_schema::complaints;
use serde_json::{Value, json};
use tool::{run, shell};

fn wire() -> String {
    std::fs::read_to_string("examples/wire.jsonl").expect("the example can be read")
}

fn picks(record: &Value) -> &[Value] {
    record["summary"]["sentences"]
        .as_array()
        .expect("a summary has sentences")
}

/// The slice of `text` between two code points.
fn slice(text: &Value, start: &Value, end: &Value) -> String {
    let number = |n: &Value| n.as_u64().expect("an offset") as usize;
    let text = text.as_str().expect("a text").chars();
    text.skip(number(start))
        .take(number(end) - number(start))
        .collect()
}

#[test]
fn explain_adds_reasons_and_changes_nothing_else() {
    let plain = run("summarize", &["examples/summit.txt"], "").records();
    let mut explained = run("summarize", &["--explain", "examples/summit.txt"], "").records();
    assert_eq!(complaints(&explained[0]), [""; 0]);
    let picks = explained[0]["summary"]["sentences"].as_array_mut();
    for pick in picks.expect("a summary has sentences") {
        let why = pick["why"].take();
        let weights: Vec<f64> = why
            .as_array()
            .expect("each pick says why")
            .iter()
            .map(|r| r["contribution"].as_f64().expect("a number").abs())
            .collect();
        assert!(!weights.is_empty() && weights.is_sorted_by(|a, b| a >= b));
        pick.as_object_mut().expect("a pick").remove("why");
    }
    assert_eq!(plain, explained);
}

#[test]
fn focus_and_about_choose_the_sentences() {
    let text = "The council of Elmford raised the harbour fees on Monday. Ferry owners protested in the square. \
                A new library opened beside the station with forty thousand books. Ana Lund plays the organ there.";
    let record = json!({ "text": text }).to_string();
    let first = |flags: &[&str]| {
        let ran = run("summarize", flags, &record);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran.records()[0]["summary"]["text"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let focus = first(&["--sentences", "1", "--focus", "library books"]);
    assert!(focus.starts_with("A new library"), "{focus}");
    let about = first(&["--sentences", "1", "--about", "Ana Lund"]);
    assert!(about.starts_with("Ana Lund"), "{about}");
}

#[test]
fn rank_order_has_the_best_first() {
    let ran = run("summarize", &["--order", "rank", "examples/summit.txt"], "");
    let records = ran.records();
    let scores: Vec<f64> = picks(&records[0])
        .iter()
        .map(|p| p["score"].as_f64().expect("a score"))
        .collect();
    assert!(
        scores.len() > 1 && scores.is_sorted_by(|a, b| a >= b),
        "{scores:?}"
    );
}

#[test]
fn the_digest_has_one_line_for_each_speaker() {
    let chain = shell("quotes --model fast examples/summit.txt | summarize --quotes");
    let record = &chain.records()[0];
    assert_eq!(complaints(record), [""; 0]);
    let digest = record["summary"]["quotes"].as_array().expect("a digest");
    let mut speakers: Vec<&Value> = digest.iter().map(|s| &s["speaker"]).collect();
    assert!(speakers.len() > 1, "{digest:?}");
    for said in digest {
        let quotes = record["quotes"].as_array().expect("quotes");
        let quote = quotes.iter().find(|q| q["id"] == said["quote"]);
        assert_eq!(
            quote.expect("the quotation is there")["speaker"]["name"],
            said["speaker"]
        );
        for span in said["content"].as_array().expect("content") {
            assert_eq!(
                slice(&record["text"], &span["start"], &span["end"]),
                span["text"]
            );
        }
    }
    let lines = shell("summarize --quotes --format text examples/summit.txt");
    assert_eq!(lines.lines().len(), speakers.len());
    for (line, speaker) in lines.lines().iter().zip(&speakers) {
        let speaker = speaker.as_str().expect("a name");
        assert!(line.starts_with(&format!("{speaker}:")), "{line}");
    }
    let rows = shell("summarize --quotes --format tsv examples/summit.txt");
    assert!(rows.lines().iter().all(|row| row.split('\t').count() == 4));
    speakers.dedup();
    assert_eq!(speakers.len(), digest.len());
    // Quotations that `summarize` finds itself are not in the record, so there is no id to refer to.
    let alone = run("summarize", &["--quotes", "examples/summit.txt"], "").records();
    assert!(alone[0]["summary"]["quotes"][0].get("quote").is_none());
}

#[test]
fn across_passes_documents_on_and_adds_their_summary() {
    let wire = wire();
    let ran = run("summarize", &["--across", "--words", "60"], &wire);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(
        ran.stdout.starts_with(&wire),
        "documents go on byte for byte"
    );
    let summary = &ran.stdout[wire.len()..];
    assert_eq!(summary.lines().count(), 1);
    let record: Value = serde_json::from_str(summary).expect("a record");
    assert_eq!(complaints(&record), [""; 0]);
    let documents: Vec<Value> = wire
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect();
    assert_eq!(record["documents"], documents.len());
    assert_eq!(record["text"], record["summary"]["text"]);
    let text = record["text"].as_str().expect("a text");
    assert!((1..=60).contains(&text.split_whitespace().count()));
    let folded = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut dates = Vec::new();
    for pick in picks(&record) {
        assert_eq!(
            slice(&record["text"], &pick["start"], &pick["end"]),
            pick["text"]
        );
        let source = &pick["source"];
        let document = documents.iter().find(|d| d["id"] == source["id"]);
        let document = document.expect("the source is a document");
        assert_eq!(document["date"], source["date"]);
        let there = slice(&document["text"], &source["start"], &source["end"]);
        assert_eq!(folded(&there), pick["text"]);
        dates.push(source["date"].as_str());
    }
    assert!(!dates.is_empty() && dates.is_sorted());
    // Other tools can read it.
    let quotes = run("quotes", &[], summary);
    assert_eq!((quotes.code, quotes.stderr.as_str()), (Some(0), ""));
}

#[test]
fn across_is_the_same_for_any_number_of_jobs_and_with_only_summary() {
    let wire = wire().repeat(300);
    let one = run("summarize", &["--across", "--jobs", "1"], &wire);
    let four = run("summarize", &["--across", "--jobs", "4"], &wire);
    assert_eq!(one.stdout, four.stdout);
    let alone = run("summarize", &["--across", "--only-summary"], &wire);
    assert_eq!(one.stdout[wire.len()..], alone.stdout);
    // A sentence that is in all 300 reports is chosen once.
    let records = alone.records();
    let texts: Vec<&Value> = picks(&records[0]).iter().map(|p| &p["text"]).collect();
    assert!(texts.windows(2).all(|w| w[0] != w[1]));
    assert_eq!(picks(&records[0])[0]["source"]["documents"], 300);
    let lines = run("summarize", &["--across", "--format", "tsv"], &wire);
    assert_eq!(lines.lines().len(), texts.len());
    assert!(lines.lines().iter().all(|row| row.split('\t').count() == 4));
}

#[test]
fn across_writes_no_summary_of_a_stream_that_was_stopped() {
    let input = format!("{}not a record\n", wire());
    let ran = run("summarize", &["--across", "--on-error", "fail"], &input);
    assert_eq!(ran.code, Some(1));
    assert!(!ran.stdout.contains(r#""id":"across""#));
    let ran = run("summarize", &["--across"], &input);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains(r#""id":"across""#));
    for wrong in [
        &["--only-summary"][..],
        &["--across", "--quotes"],
        &["--across", "--explain"],
    ] {
        assert_eq!(run("summarize", wrong, "").code, Some(2), "{wrong:?}");
    }
}

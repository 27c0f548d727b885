//! The library `newstext` beside the programs: the same record, to the byte.

mod tool;

use newstext::{Given, Pipeline};
use serde_json::{Value, json};
use std::fs;

/// What the programs write for lines of JSON.
fn piped(lines: &str, model: &str) -> Vec<String> {
    let segmented = tool::run("segment", &[], lines).stdout;
    let entities = tool::run("entities", &["--model", model], segmented).stdout;
    let quotes = tool::run("quotes", &["--model", model], entities).stdout;
    let summaries = tool::run("summarize", &[], quotes).stdout;
    summaries.lines().map(str::to_owned).collect()
}

/// Golden articles and examples with what is known of them, as lines of JSON with `id`, `title`, `date` and `text`.
fn articles() -> Vec<Value> {
    let folders = fs::read_dir("tests/golden").expect("tests/golden can be read");
    let golden = folders.filter_map(|folder| {
        let text = fs::read_to_string(folder.ok()?.path().join("article.txt")).ok()?;
        Some(json!({ "text": text }))
    });
    let wire = fs::read_to_string("examples/wire.jsonl").expect("an example");
    let wire = wire.lines().map(|line| -> Value {
        let record: Value = serde_json::from_str(line).expect("a record");
        let mut known = json!({});
        for field in ["id", "title", "date", "text"] {
            if let Some(value) = record.get(field) {
                known[field] = value.clone();
            }
        }
        known
    });
    golden.chain(wire).collect()
}

/// The record as the library is given it: fields in its own order.
fn line(article: &Value) -> String {
    let fields = ["id", "title", "date", "text"].into_iter();
    let fields = fields.filter_map(|name| Some(format!("\"{name}\":{}", article.get(name)?)));
    format!("{{{}}}\n", fields.collect::<Vec<_>>().join(","))
}

fn given(article: &Value) -> Given<'_> {
    Given {
        id: article["id"].as_str(),
        title: article["title"].as_str(),
        date: article["date"].as_str(),
    }
}

#[test]
fn the_fast_pipeline_writes_what_the_programs_write() {
    let articles = articles();
    assert!(articles.len() >= 20, "{}", articles.len());
    let lines: String = articles.iter().map(line).collect();
    let expected = piped(&lines, "fast");
    let pipeline = Pipeline::fast();
    for (article, expected) in articles.iter().zip(&expected) {
        let text = article["text"].as_str().expect("a text");
        let line = pipeline.read_with(text, given(article)).to_json();
        assert_eq!(line, *expected);
    }
    assert_eq!(expected.len(), articles.len());
}

/// What a record finds, but for scores and ids: mentions with their entity's type and name, and quotations.
#[cfg(feature = "accurate")]
fn findings(line: &str) -> Vec<String> {
    let record: Value = serde_json::from_str(line).expect("a record");
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut all = Vec::new();
    for entity in items(&record["entities"]) {
        for mention in items(&entity["mentions"]) {
            let place = [&mention["start"], &mention["end"]];
            all.push(format!("{} {} {place:?}", entity["type"], entity["name"]));
        }
    }
    for quote in items(&record["quotes"]) {
        let places = [&quote["content"], &quote["cue"], &quote["source"]];
        let speaker = &quote["speaker"]["name"];
        all.push(format!("{} {speaker} {places:?}", quote["type"]));
    }
    all
}

/// The encoder is asked once instead of twice, and reads unsure tokens further: see `Article::to_json`.
#[cfg(feature = "accurate")]
#[test]
fn the_accurate_pipeline_hardly_differs_from_the_programs() {
    let articles = articles();
    let lines: String = articles.iter().map(line).collect();
    let expected = piped(&lines, "accurate");
    let pipeline = Pipeline::accurate();
    let (mut differ, mut total) = (Vec::new(), 0);
    for (article, expected) in articles.iter().zip(&expected) {
        let text = article["text"].as_str().expect("a text");
        let line = pipeline.read_with(text, given(article)).to_json();
        let (found, expected) = (findings(&line), findings(expected));
        total += expected.len();
        differ.extend(found.iter().filter(|f| !expected.contains(f)).cloned());
        differ.extend(expected.iter().filter(|e| !found.contains(e)).cloned());
    }
    assert!(total > 300, "{total}");
    assert!(differ.len() * 50 <= total, "of {total}: {differ:#?}");
}

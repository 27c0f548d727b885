//! Hard cases, kept as data that anyone can add to: the files in `cases/`.
//!
//! A case begins with `== its name`, then comes a text, then a line for each quotation in it, none for a text without:
//! `> type | speaker | source | cue | content`. A content in pieces has ` ... ` between them; the type is followed by
//! `denied` where the source did *not* say it; the speaker is `-` where nobody can be named and `?` where either will
//! do. `== miss: its name` is a case that is known to fail: clearing it takes the `miss: ` away.
//!
//! A case holds where every quotation is found with its type and whole content (marks and punctuation at the ends aside),
//! with a source and a cue that share a word with those given, with the right speaker, and nothing else is
//! found.

#![allow(clippy::unwrap_used)] // a test may panic

use document::{Quote, Span};
use quotes::{Extractor, Input};
use segment::Segmenter;
use std::path::Path;

struct Case {
    name: String,
    /// With which models, of [`MODELS`], it is known to fail.
    misses: Vec<&'static str>,
    text: String,
    expected: Vec<Expected>,
}

const MODELS: [&str; 2] = ["fast", "accurate"];

#[derive(Debug)]
struct Expected {
    kind: String,
    denied: bool,
    speaker: String,
    source: String,
    cue: String,
    content: String,
}

fn read(path: &Path) -> Vec<Case> {
    let file = std::fs::read_to_string(path).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    for line in file.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            // "miss: name", "miss fast: name".
            let marked = name
                .strip_prefix("miss")
                .and_then(|rest| rest.split_once(": "))
                .map(|(of, name)| (of.trim_start(), name))
                .filter(|(of, _)| of.is_empty() || MODELS.contains(of));
            let misses = MODELS
                .into_iter()
                .filter(|model| marked.is_some_and(|(of, _)| of.is_empty() || of == *model));
            cases.push(Case {
                name: marked.map_or(name, |(_, name)| name).to_owned(),
                misses: misses.collect(),
                text: String::new(),
                expected: Vec::new(),
            });
        } else if let Some(case) = cases.last_mut() {
            match line.strip_prefix("> ") {
                Some(quotation) => case.expected.push(expected(quotation)),
                None => {
                    case.text.push_str(line);
                    case.text.push('\n');
                }
            }
        }
    }
    cases
}

fn expected(line: &str) -> Expected {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [kind, speaker, source, cue, content] = fields[..] else {
        panic!("five fields: {line}");
    };
    let (kind, denied) = match kind.strip_suffix(" denied") {
        Some(kind) => (kind, true),
        None => (kind, false),
    };
    Expected {
        kind: kind.to_owned(),
        denied,
        speaker: speaker.to_owned(),
        source: source.to_owned(),
        cue: cue.to_owned(),
        content: words(content).join(" "),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn shares_a_word(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    a.is_empty() && b.is_empty() || a.iter().any(|w| b.contains(w))
}

fn joined(text: &str, spans: &[Span]) -> String {
    let pieces: Vec<&str> = spans.iter().map(|s| &text[*s]).collect();
    pieces.join(" ")
}

/// What is wrong with the quotations found in a case, if anything.
fn fault(case: &Case, found: &[Quote]) -> Option<String> {
    let text = case.text.as_str();
    let mut left: Vec<&Quote> = found.iter().collect();
    for e in &case.expected {
        let same = |q: &&Quote| words(&joined(text, &q.content)).join(" ") == e.content;
        let Some(at) = left.iter().position(same) else {
            return Some(format!("not found: {}", e.content));
        };
        let q = left.remove(at);
        let (source, cue) = (joined(text, &q.source), joined(text, &q.cue));
        let name = q.speaker.as_ref().map_or("", |s| &s.name);
        if q.kind.as_str() != e.kind {
            return Some(format!("type {}", q.kind.as_str()));
        }
        if q.denied != e.denied {
            return Some(format!("denied: {}", q.denied));
        }
        if !shares_a_word(&source, &e.source) {
            return Some(format!("source “{source}”"));
        }
        if !e.cue.is_empty() && !shares_a_word(&cue, &e.cue) {
            return Some(format!("cue “{cue}”"));
        }
        let right = match e.speaker.as_str() {
            "?" => true,
            "-" => name.is_empty(),
            speaker => name == speaker || name.ends_with(speaker),
        };
        if !right {
            return Some(format!("speaker “{name}” of {}", e.content));
        }
    }
    let spurious = left.first()?;
    Some(format!("spurious: {}", joined(text, &spurious.content)))
}

fn hold(model: &str, extractor: &Extractor) {
    let mut folder: Vec<_> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
    folder.sort();
    let (mut all, mut misses, mut failures) = (0, 0, Vec::new());
    for case in folder.iter().flat_map(|path| read(path)) {
        let found = extractor.quotes(&Input::new(&Segmenter::new().read(&case.text)));
        all += 1;
        match (fault(&case, &found), case.misses.contains(&model)) {
            (Some(fault), false) => failures.push(format!("{}: {fault}", case.name)),
            (Some(_), true) => misses += 1,
            (None, true) => println!("no longer missed: {}", case.name),
            (None, false) => {}
        }
    }
    println!("{model}: {all} cases, {misses} known misses");
    assert!(all >= 100);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn hard_cases_with_the_fast_model() {
    hold("fast", &Extractor::fast());
}

#[test]
fn hard_cases_with_the_accurate_model() {
    hold("accurate", &Extractor::accurate());
}

//! Sentences in other languages than English, from `languages.txt`.

use segment::{Input, Segmenter};

const CASES: &str = include_str!("languages.txt");

#[test]
fn every_text_is_split_as_written() {
    let cases = CASES.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for case in cases {
        let (language, case) = case.split_once('\t').expect("a language");
        let case = case.replace('⏎', "\n");
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        let text = case.replace(" | ", " ").replace('|', "");
        let found = Segmenter::new()
            .segment(&Input {
                lang: language.strip_prefix("lang="),
                ..Input::new(&text)
            })
            .sentences;
        let found: Vec<&str> = found.iter().map(|s| &text[s.span]).collect();
        if found != expected {
            wrong.push(found.join("\n  "));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

//! German news whose `lang` says so, from `german.txt`: a part for development, and one that is held out, of which only the
//! share is told.

use segment::{Input, Segmenter};
use text::lists::section;

const TEXTS: &str = include_str!("german.txt");

/// Percent of the texts of one part that are split as written, and what was found in the others.
fn score(part: &str) -> (f64, Vec<String>) {
    let (mut count, mut wrong) = (0, Vec::new());
    for line in section(TEXTS, part) {
        count += 1;
        let expected: Vec<&str> = line.split(" | ").collect();
        let text = line.replace(" | ", " ");
        let input = Input {
            lang: Some("de-AT"),
            ..Input::new(&text)
        };
        let found = Segmenter::new().segment(&input).sentences;
        let found: Vec<&str> = found.iter().map(|s| &text[s.span]).collect();
        if found != expected {
            wrong.push(found.join(" | "));
        }
    }
    (100.0 - 100.0 * wrong.len() as f64 / f64::from(count), wrong)
}

#[test]
fn german_is_split_as_written() {
    let (development, wrong) = score("dev");
    assert!(
        development >= 97.0,
        "{development} %:\n{}",
        wrong.join("\n")
    );
    let (held_out, _) = score("held");
    assert!(held_out >= 95.0, "{held_out} % of what is held out");
}

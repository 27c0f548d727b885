//! Inverted clauses: “…,” said her lawyer, Omar Haddad. The subject comes after the verb, where a content is more usual.

use crate::part::{Part, Role};
use crate::setting::set_off_until;
use document::Span;
use std::sync::LazyLock;
use text::lists::{self, WordSet};
use text::{Reading, fold_mark};

/// A subject with its apposition has at most so many words. (8 and 23 change nothing on PolNeAR's dev part.)
const LONGEST_SUBJECT: usize = 15;

/// Words that end the subject of an inverted clause: what follows tells when, where or how.
static AFTER_SUBJECT: LazyLock<WordSet> =
    LazyLock::new(|| lists::lines(include_str!("../data/after-subjects.txt")).collect());

/// Words that begin an indirect content, and no subject.
const BEGIN_CONTENT: [&str; 7] = ["that", "to", "if", "whether", "how", "why", "what"];

/// “…,” said her lawyer, Omar Haddad: what follows a cue that follows speech is its subject, even where the model takes
/// it for a further content: after a cue it has seen as many contents as subjects. `parts` are ordered and disjoint.
pub(crate) fn name_subjects(reading: &Reading<'_>, parts: &mut [Part]) {
    let sure: Vec<usize> = (0..parts.len()).filter(|&i| !parts[i].fallback).collect();
    for three in sure.windows(3) {
        let [speech, cue, subject] = [three[0], three[1], three[2]].map(|i| &parts[i]);
        if !inverts(reading, speech, cue)
            || subject.role != Role::Content
            || !is_next_word(reading, cue, subject)
        {
            continue;
        }
        let unmarked = reading.quotation_at(subject.span.start).is_none();
        let words = subject.span.get(reading.text()).unwrap_or_default();
        let first = words.split_once(' ').map(|(first, _)| first);
        let clause = first.is_some_and(|first| BEGIN_CONTENT.contains(&first));
        let long = words.split_whitespace().nth(LONGEST_SUBJECT).is_some();
        if unmarked && !clause && !long {
            parts[three[2]].role = Role::Source;
        }
    }
}

/// “This is not over!” shouted one of the striking drivers: what follows the one word between speech and the end of the
/// clause is the source, if nothing else is. `parts` are ordered and disjoint before and after.
pub(crate) fn find_subjects(reading: &Reading<'_>, parts: &mut Vec<Part>) {
    let sure: Vec<&Part> = parts.iter().filter(|p| !p.fallback).collect();
    let mut found: Vec<Part> = Vec::new();
    for (i, two) in sure.windows(2).enumerate() {
        let (speech, cue) = (two[0], two[1]);
        let verb = cue.span.get(reading.text()).unwrap_or_default();
        if !inverts(reading, speech, cue) || !verb.chars().all(char::is_lowercase) {
            continue;
        }
        let limit = sure.get(i + 2);
        let limit = limit.map_or(reading.text().len(), |next| next.span.start);
        if let Some(span) = subject(reading.text(), cue.span.end, limit) {
            found.push(Part {
                span,
                role: Role::Source,
                score: cue.score,
                fallback: false,
            });
        }
    }
    // In place of what the model thought possible there.
    let mut next = 0;
    parts.retain(|p| {
        while found.get(next).is_some_and(|f| f.span.end <= p.span.start) {
            next += 1;
        }
        found.get(next).is_none_or(|f| p.span.end <= f.span.start)
    });
    parts.append(&mut found);
    parts.sort_by_key(|p| p.span.start);
}

/// Whether a cue comes right after speech in marks.
fn inverts(reading: &Reading<'_>, speech: &Part, cue: &Part) -> bool {
    speech.role == Role::Content
        && cue.role == Role::Cue
        && is_next_word(reading, speech, cue)
        && set_off_until(reading, speech.span.end)
}

/// Whether nothing but a space stands between two parts.
fn is_next_word(reading: &Reading<'_>, before: &Part, after: &Part) -> bool {
    reading.text().get(before.span.end..after.span.start) == Some(" ")
}

/// The subject between a verb that ends at byte `verb` and the end of its clause, at byte `limit` at the latest.
fn subject(text: &str, verb: usize, limit: usize) -> Option<Span> {
    let rest = text.get(verb..limit)?.strip_prefix(' ')?;
    let clause = rest
        .split(|c| fold_mark(c) == '"' || ".,;:\n(–—".contains(c))
        .next()?;
    let subject: Vec<&str> = clause
        .split(' ')
        .take_while(|w| !w.is_empty() && w.trim() == *w && !AFTER_SUBJECT.contains(w))
        .collect();
    let start = verb + 1;
    let length = subject.iter().map(|w| w.len() + 1).sum::<usize>();
    (1..=LONGEST_SUBJECT)
        .contains(&subject.len())
        .then(|| Span::new(start, start + length - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_ends_before_what_tells_when_and_where() {
        let of = |text: &str| {
            let verb = text.find(' ').unwrap_or_default();
            subject(text, verb, text.len()).map(|span| text[span].to_owned())
        };
        for (text, expected) in [
            ("said one of the drivers. He left.", "one of the drivers"),
            ("said Ana Brito on Friday.", "Ana Brito"),
            ("said her lawyer, Omar Haddad.", "her lawyer"),
            ("said Ana Brito", "Ana Brito"),
        ] {
            assert_eq!(of(text).as_deref(), Some(expected), "{text}");
        }
        for none in ["said on Friday.", "said, and left", "said"] {
            assert_eq!(of(none), None, "{none}");
        }
        assert_eq!(
            of(&format!("said{}.", " a".repeat(LONGEST_SUBJECT + 1))),
            None
        );
    }
}

//! Finding the parts of quotations by rules: verbs of saying, what stands before and after them, and the marks.

use crate::layout::Layout;
use crate::linking::{Part, Role};
use document::Span;
use std::collections::HashSet;
use std::sync::LazyLock;

static CUES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../data/cues.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// Words between a subject and its verb of saying.
const AUXILIARIES: [&str; 12] = [
    "also",
    "has",
    "had",
    "have",
    "then",
    "later",
    "further",
    "once",
    "again",
    "previously",
    "repeatedly",
    "who",
];

/// A source has at most so many words.
const LONGEST_SOURCE: usize = 14;

/// What the rules are as sure of as a reader would be; there is no model that could say more.
const SURE: f64 = 1.0;

#[derive(Debug)]
struct Word<'t> {
    span: Span,
    /// As it is written.
    text: &'t str,
    /// Whether it stands between quotation marks.
    quoted: bool,
}

impl Word<'_> {
    fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    fn is_mark(&self) -> bool {
        !self.text.starts_with(|c: char| c.is_alphanumeric())
    }
}

/// The parts of all quotations, ordered and disjoint.
pub(crate) fn parts(layout: &Layout) -> Vec<Part> {
    let mut parts = Vec::new();
    for sentence in &layout.sentences {
        sentence_parts(layout, sentence, &mut parts);
    }
    // Quotations that no clause introduces, but long enough to be no title or nickname.
    for q in layout.outermost.iter() {
        let inner = &layout.text[q.inner.clone()];
        let after = &layout.text[q.span.end..];
        let whole = !q.closed
            || inner.ends_with(['.', ',', '!', '?', '…'])
            || after.starts_with([',', '.'])
            || inner.split_whitespace().nth(7).is_some();
        if whole && inner.split_whitespace().nth(3).is_some() {
            parts.push(part(q.span.clone(), Role::Content));
        }
    }
    parts.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end)));
    let mut end = 0;
    parts.retain(|p| {
        let fits = p.span.start >= end && !p.span.is_empty();
        if fits {
            end = p.span.end;
        }
        fits
    });
    parts
}

fn part(span: Span, role: Role) -> Part {
    Part {
        span,
        role,
        score: SURE,
    }
}

fn sentence_parts(layout: &Layout, sentence: &Span, parts: &mut Vec<Part>) {
    let words = words(layout, sentence);
    let mut from = 0;
    for cue in 0..words.len() {
        if cue < from || words[cue].quoted {
            continue;
        }
        let lower = words[cue].text.to_lowercase();
        if lower == "according" && words.get(cue + 1).is_some_and(|w| w.is("to")) {
            let end = clause_end(&words, cue + 2);
            parts.push(part(
                words[cue].span.start..words[cue + 1].span.end,
                Role::Cue,
            ));
            push(parts, &words, cue + 2..end, Role::Source);
            let content = if cue > from {
                from..cue
            } else {
                end..words.len()
            };
            push(parts, &words, content, Role::Content);
            from = end;
        } else if CUES.contains(lower.as_str()) {
            let before = cue.checked_sub(1).map(|i| &words[i]);
            // “to say”, “the claims”: no clause.
            if before.is_some_and(|w| {
                ["to", "the", "a", "his", "her", "their", "its"]
                    .iter()
                    .any(|x| w.is(x))
            }) {
                continue;
            }
            if let Some(next) = clause(&words, from, cue, parts) {
                from = next;
            }
        }
    }
}

/// The parts around the verb of saying at `cue`; the clause before it ended before word `from`. Where the next begins.
fn clause(words: &[Word], from: usize, cue: usize, parts: &mut Vec<Part>) -> Option<usize> {
    let mut subject_end = cue;
    while subject_end > from && AUXILIARIES.iter().any(|a| words[subject_end - 1].is(a)) {
        subject_end -= 1;
    }
    let mut subject = subject_end;
    while subject > from
        && subject_end - subject < LONGEST_SOURCE
        && !words[subject - 1].quoted
        && !words[subject - 1].is_mark()
        && !words[subject - 1].is("that")
    {
        subject -= 1;
    }
    let mut after = cue + 1;
    let source = if subject < subject_end {
        subject..subject_end
    } else if words.get(subject.wrapping_sub(1)).is_some_and(|w| w.quoted) {
        // “…,” said the minister.
        after = clause_end(words, after);
        cue + 1..after
    } else {
        cue..cue
    };
    let before = from..source.start.min(cue);
    let participle = source.is_empty();
    let ends = clause_end(words, after) >= words.len() || words[after..].iter().all(Word::is_mark);
    let rest_end = next_clause(words, after);
    let that = (after..rest_end.min(after + 8)).find(|&i| words[i].is("that"));
    let rest = that.unwrap_or(after);
    let quoted_before = words[before.clone()].iter().any(|w| w.quoted);
    if ends
        && !before.is_empty()
        && !quoted_before
        && words[before.end - 1].text == ","
        && that.is_none()
    {
        push(parts, words, before, Role::Content); // …, X stressed.
    } else if !quoted_before
        && rest < rest_end
        && (that.is_some() || !words[after..rest_end].iter().any(|w| w.quoted))
    {
        if ["about", "in", "on", "to", "at", "of", "for", ","]
            .iter()
            .any(|x| words[after].is(x))
            && that.is_none()
        {
            return None;
        }
        push(parts, words, rest..rest_end, Role::Content);
    } else if !quoted_before && !words[after..rest_end].iter().any(|w| w.quoted) {
        return None;
    } else if that.is_some() {
        push(parts, words, rest..rest_end, Role::Content);
    }
    push(
        parts,
        words,
        subject_end.max(source.end).min(cue)..cue + 1,
        Role::Cue,
    );
    if !participle {
        push(parts, words, source, Role::Source);
    }
    Some(if rest_end > after && that.is_some() {
        rest_end
    } else {
        after
    })
}

/// Where a clause that begins at word `from` ends: at the next comma, mark of quotation or end of sentence.
fn clause_end(words: &[Word], from: usize) -> usize {
    (from..words.len())
        .find(|&i| words[i].quoted || [",", ".", ":", ";", "!", "?"].contains(&words[i].text))
        .unwrap_or(words.len())
}

/// Where the next clause with a verb of saying begins after word `from`: “…, adding that …”.
fn next_clause(words: &[Word], from: usize) -> usize {
    (from + 1..words.len())
        .find(|&i| {
            words[i - 1].text == ","
                && !words[i].quoted
                && words[i].text.ends_with("ing")
                && CUES.contains(words[i].text)
        })
        .unwrap_or(words.len())
}

/// A part of these words without marks at its ends that do not belong to it.
fn push(parts: &mut Vec<Part>, words: &[Word], range: std::ops::Range<usize>, role: Role) {
    let trimmed = |w: &&Word| !w.is_mark() || w.quoted;
    let Some(words) = words.get(range) else {
        return;
    };
    if let (Some(first), Some(last)) =
        (words.iter().find(trimmed), words.iter().rev().find(trimmed))
    {
        parts.push(part(first.span.start..last.span.end, role));
    }
}

/// The words and marks of a sentence.
fn words<'t>(layout: &Layout<'t>, sentence: &Span) -> Vec<Word<'t>> {
    let text = &layout.text[sentence.clone()];
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric() && !"-'’.".contains(c))
                .map_or(rest.len(), |n| n)
        } else {
            c.len_utf8()
        };
        let word = rest[..length].trim_end_matches('.');
        let length = word.len().max(c.len_utf8());
        let start = sentence.start + text.len() - rest.len();
        if !c.is_whitespace() {
            words.push(Word {
                span: start..start + length,
                text: &rest[..length],
                quoted: layout.quotation_at(start).is_some(),
            });
        }
        rest = &rest[length..];
    }
    words
}

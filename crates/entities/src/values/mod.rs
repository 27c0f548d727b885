//! Dates, times, amounts and numbers, found by grammar and normalised.
//!
//! What is what:
//!
//! * A DATE or TIME lies somewhere on the calendar or the clock: `3 December`, `last week`, `the 1990s`, `7 p.m.`.
//! * A length of time ("three years", "a 47-year-old") lies nowhere; it is a QUANTITY with a unit, as ISO-TimeML
//!   (ISO 24617-1) keeps durations apart, and as the Worldwide corpus marks none of them as dates.
//! * Values are plain ISO 8601-1:2019: a day, a month, a year, a week (`2024-W48`), an hour (`T19:30`), and the interval
//!   from the first to the last of its parts for all else (`1990/1999`, `2024-07/2024-09`). Without a reference date,
//!   or where the words do not say ("recent days", "last summer"), a date has no value.

mod amounts;
pub(crate) mod calendar;
#[cfg(test)]
mod cases;
mod dates;
mod lexer;
mod numbers;
mod periods;
mod piece;
mod relative;
mod tense;
mod times;
mod words;

use document::{EntityType, Sentence, Span, Value};
pub(crate) use piece::Known;
use piece::Piece;
use text::Reading;

/// A value in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub span: Span,
    pub kind: EntityType,
    pub value: Option<Value>,
    pub unit: Option<String>,
}

/// A value in a piece, by tokens.
#[derive(Debug, Clone, PartialEq)]
struct Match {
    /// The index of its first token.
    first: usize,
    /// The index of the token after it.
    next: usize,
    kind: EntityType,
    value: Option<Value>,
    unit: Option<String>,
}

impl Match {
    fn date(first: usize, next: usize, value: Option<String>) -> Self {
        Self {
            first,
            next,
            kind: EntityType::Date,
            value: value.map(Value::Iso),
            unit: None,
        }
    }
}

/// The values in those pieces of a text that are `wanted`, in its order, none over another and none in two pieces. Takes
/// linear time: from each token a bounded number of tokens is looked at.
pub(crate) fn find(
    reading: &Reading<'_>,
    known: &Known,
    wanted: impl Fn(Span) -> bool,
) -> Vec<Found> {
    let text = reading.text();
    let mut found = Vec::new();
    for span in pieces(reading).into_iter().filter(|span| wanted(*span)) {
        let piece = Piece {
            document: text,
            tokens: lexer::tokens(&text[span], span.start),
            known,
        };
        let mut i = 0;
        while let Some(token) = piece.token(i) {
            if !token.may_open() {
                i += 1;
                continue;
            }
            let matches = at(&piece, i);
            let next = matches.last().map_or(i + 1, |m| m.next);
            for m in matches {
                let (Some(first), Some(last)) = (piece.token(m.first), piece.token(m.next - 1))
                else {
                    continue;
                };
                found.push(Found {
                    span: Span::new(first.start, last.end()),
                    kind: m.kind,
                    value: m.value,
                    unit: m.unit,
                });
            }
            i = next.max(i + 1);
        }
    }
    found
}

/// What starts at a token: one value, or the two ends of a range ("$5-10 million"). The most telling first.
fn at(piece: &Piece<'_>, i: usize) -> Vec<Match> {
    for grammar in [amounts::money, amounts::percent] {
        let matches = grammar(piece, i);
        if !matches.is_empty() {
            return matches;
        }
    }
    for grammar in [times::time, relative::relative, dates::date] {
        if let Some(m) = grammar(piece, i) {
            return vec![m];
        }
    }
    let matches = amounts::quantity(piece, i);
    if !matches.is_empty() {
        return matches;
    }
    for grammar in [periods::bare_year, numbers::ordinal, numbers::cardinal] {
        if let Some(m) = grammar(piece, i) {
            return vec![m];
        }
    }
    Vec::new()
}

/// The sentences, and what is left between them, line by line.
fn pieces(reading: &Reading<'_>) -> Vec<Span> {
    let text = reading.text();
    let mut pieces = Vec::new();
    let mut at = 0;
    let lines = |from: usize, to: usize, pieces: &mut Vec<Span>| {
        let mut start = from;
        for line in text[from..to].split_inclusive('\n') {
            pieces.push(Span::new(start, start + line.len()));
            start += line.len();
        }
    };
    for Sentence { span, .. } in reading.sentences() {
        lines(at, span.start, &mut pieces);
        pieces.push(*span);
        at = span.end;
    }
    lines(at, text.len(), &mut pieces);
    pieces
}

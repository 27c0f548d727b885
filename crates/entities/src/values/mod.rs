//! Dates, times, amounts and numbers, found by grammar and normalised.
//!
//! What is what:
//!
//! * A DATE is a day, a month, a year or a stretch of them: `3 December`, `last week`, `the 1990s`, `two years later`.
//! * A TIME is a time of the day (`7 p.m.`, `Friday night`), a length of time ("three years"), what recurs ("daily"), and the
//!   words that only point at the present, past or future: `now`, `recently`, `currently`, `nowadays`, `lately`, `the past`,
//!   `the future`. The Worldwide corpus marks none of the last three as dates.
//! * An age ("a 47-year-old") is a QUANTITY with a unit.
//! * What is a date and which value it has follows TimeML's guidelines (Saurí et al., TimeML Annotation Guidelines 1.2.1, 2006)
//!   and TIDES (Ferro et al., 2005); which classes of expressions there are, also HeidelTime (Strötgen and Gertz, 2013).
//! * Values are plain ISO 8601-1:2019: a day, a month, a year, a week (`2024-W48`), a time (`2024-12-03T19:30`, or `T19:30` of no
//!   certain day), a length (`P3Y`), what recurs (`R/P1D`), and the interval from the first to the last of its parts for
//!   all else (`1990/1999`, `2024-07/2024-09`). What ISO 8601 has no sign for takes that of ISO-TimeML (ISO 24617-1): parts of the day
//!   (`2024-12-03TNI`), seasons (`2024-SU`) and fiscal years (`FY2024`). Without a reference date, or where the words do not say
//!   ("recent days"), there is no value: a wrong one is worse than none.

mod amounts;
pub(crate) mod calendar;
#[cfg(test)]
mod cases;
mod counts;
mod currencies;
mod dates;
mod fractions;
mod holidays;
mod lengths;
mod lexer;
mod money;
mod numbers;
mod quarters;
mod recurring;
mod references;
mod relative;
mod seasons;
mod stretches;
mod tense;
mod times;
mod tokens;
mod units;
mod weekdays;
mod words;
mod years;

use document::{EntityType, Sentence, Span};
use stretches::Stretch;
use text::Reading;
pub(crate) use tokens::Context;
use tokens::Tokens;

/// Words beside months, years and "one".
const CONTEXTS: &str = include_str!("../../data/value-contexts.txt");

/// A value in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueMention {
    pub span: Span,
    pub kind: EntityType,
    pub value: Option<String>,
    pub number: Option<f64>,
    pub unit: Option<String>,
}

/// A value as the grammar reads it.
#[derive(Debug, Clone, PartialEq)]
struct Match {
    /// The index of its first token in [`Tokens`].
    first: usize,
    /// The index of the token after its last.
    next: usize,
    kind: EntityType,
    /// ISO 8601, or a decimal number.
    value: Option<String>,
    number: Option<f64>,
    unit: Option<String>,
}

impl Match {
    fn date(first: usize, next: usize, value: Option<String>) -> Self {
        Self {
            first,
            next,
            kind: EntityType::Date,
            value,
            number: None,
            unit: None,
        }
    }

    fn time(first: usize, next: usize, value: Option<String>) -> Self {
        Self {
            kind: EntityType::Time,
            ..Self::date(first, next, value)
        }
    }

    /// An amount, whose value is its number; none where nobody counted.
    fn number(
        kind: EntityType,
        first: usize,
        next: usize,
        number: Option<f64>,
        unit: Option<String>,
    ) -> Self {
        let number = number.map(round);
        Self {
            first,
            next,
            kind,
            value: number.map(|number| number.to_string()),
            number,
            unit,
        }
    }
}

/// 3.8 million is 3,800,000 and not 3,799,999.9999999995. No text has more than twelve significant figures.
fn round(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

/// "That year" counts from a date at most so many sentences back. Chosen by hand.
const ANCHOR_HOLDS: usize = 2;

/// The values of a text in order, without overlap. Each lies in one passage, a sentence or a line outside sentences; only
/// passages whose bytes are `wanted` are searched. Takes linear time: from each token a bounded number of tokens is read.
pub(crate) fn find(
    reading: &Reading<'_>,
    context: &Context,
    wanted: impl Fn(Span) -> bool,
) -> Vec<ValueMention> {
    let text = reading.text();
    let mut found: Vec<ValueMention> = Vec::new();
    let mut anchor_before = None;
    let mut since_anchor = 0;
    for span in passages(reading).into_iter().filter(|span| wanted(*span)) {
        let first = found.len();
        let mut tokens = Tokens {
            document: text,
            all: lexer::tokens(&text[span], span.start),
            context,
            anchor: None,
            anchor_before,
            last_number: Default::default(),
        };
        let mut i = 0;
        while let Some(token) = tokens.get(i) {
            if !token.may_open() {
                i += 1;
                continue;
            }
            let matches = at(&tokens, i);
            let next = matches.last().map_or(i + 1, |m| m.next);
            for m in matches {
                let (Some(first), Some(last)) = (tokens.get(m.first), tokens.get(m.next - 1))
                else {
                    continue;
                };
                found.push(ValueMention {
                    span: Span::new(first.start, last.end()),
                    kind: m.kind,
                    value: m.value,
                    number: m.number,
                    unit: m.unit,
                });
            }
            if let Some(last) = found[first..].last()
                && matches!(last.kind, EntityType::Date | EntityType::Time)
                && let Some(named) = last.value.as_deref().and_then(Stretch::parse)
            {
                tokens.anchor = Some(named);
            }
            i = next.max(i + 1);
        }
        // A line without words is no sentence between two others.
        since_anchor += usize::from(!tokens.all.is_empty());
        if tokens.anchor.is_some() {
            (anchor_before, since_anchor) = (tokens.anchor, 0);
        } else if since_anchor >= ANCHOR_HOLDS {
            anchor_before = None;
        }
        give_days(&tokens, &mut found[first..]);
    }
    found
}

/// Gives a time of the day ("at 10:35 a.m.") the day that its sentence names nearest to it; in a sentence that tells what has
/// happened, else the day of the sentence before or of the report.
fn give_days(tokens: &Tokens<'_>, found: &mut [ValueMention]) {
    // Beside what recurs, "9 a.m. daily", it is of no day.
    let days: Vec<(Span, Option<String>)> = found
        .iter()
        .filter_map(|m| {
            let value = m.value.as_deref()?;
            let day = times::day_of(value);
            (day.is_some() || value.starts_with('R')).then(|| (m.span, day.map(str::to_owned)))
        })
        .collect();
    for time in found {
        let Some(value) = time.value.as_deref().filter(|v| v.starts_with('T')) else {
            continue;
        };
        let at = days.partition_point(|(span, _)| span.start < time.span.start);
        let before = at.checked_sub(1).and_then(|before| days.get(before));
        let nearest = [before, days.get(at)]
            .into_iter()
            .flatten()
            .min_by_key(|(span, _)| span.start.abs_diff(time.span.start));
        let day = match nearest {
            Some((_, day)) => day.clone(),
            None => tokens.untold_day(time.span),
        };
        if let Some(on_day) = day.and_then(|day| times::on_day(&day, value)) {
            time.value = Some(on_day);
        }
    }
}

/// The value that starts at a token, or the two ends of a range ("$5-10 million"). The most specific grammar comes first.
fn at(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    for grammar in [money::money, amounts::percent] {
        let matches = grammar(tokens, i);
        if !matches.is_empty() {
            return matches;
        }
    }
    for grammar in [
        times::time,
        recurring::recurring,
        relative::relative,
        references::reference,
        dates::date,
    ] {
        if let Some(m) = grammar(tokens, i) {
            return vec![m];
        }
    }
    // Nearly all words that may open a value open no amount.
    let counts = tokens.number(i, false).is_some();
    if counts || tokens.is(i, &["a", "an", "half"]) {
        for grammar in [amounts::quantity, numbers::range] {
            let matches = grammar(tokens, i);
            if !matches.is_empty() {
                return matches;
            }
        }
    }
    for grammar in [
        lengths::length,
        fractions::fraction,
        years::bare_year,
        numbers::ordinal,
        numbers::cardinal,
    ] {
        if let Some(m) = grammar(tokens, i) {
            return vec![m];
        }
    }
    Vec::new()
}

/// The sentences, and what is left between them, line by line.
fn passages(reading: &Reading<'_>) -> Vec<Span> {
    let text = reading.text();
    let mut passages = Vec::new();
    let mut at = 0;
    let lines = |from: usize, to: usize, passages: &mut Vec<Span>| {
        let mut start = from;
        for line in text[from..to].split_inclusive('\n') {
            passages.push(Span::new(start, start + line.len()));
            start += line.len();
        }
    };
    for Sentence { span, .. } in reading.sentences() {
        lines(at, span.start, &mut passages);
        passages.push(*span);
        at = span.end;
    }
    lines(at, text.len(), &mut passages);
    passages
}

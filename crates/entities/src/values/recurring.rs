//! What recurs: `daily`, `every week`, `Mondays`.
//!
//! The value is a recurring interval of ISO 8601-1 without an end: `R/P1D`, a TIME; and from a certain day where the words name
//! a weekday, `R/2024-12-02/P1W`, a DATE.

use super::Match;
use super::lengths::iso;
use super::tokens::Tokens;
use super::words::TimeUnit;

pub(super) fn recurring(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    every(tokens, i)
        .or_else(|| adverb(tokens, i))
        .or_else(|| weekdays(tokens, i))
}

fn matched(first: usize, next: usize, count: f64, unit: TimeUnit) -> Match {
    Match::time(first, next, Some(format!("R/{}", iso(count, unit))))
}

/// `every day`, `each year`, `every other week`, `every two years`, `every Monday`, `every night`
fn every(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if !tokens.is(i, &["every", "each"]) {
        return None;
    }
    let (count, at) = if tokens.is(i + 1, &["other", "second"]) {
        (2.0, i + 2)
    } else if let Some(number) = tokens.number(i + 1, false) {
        (number.value, number.next)
    } else {
        (1.0, i + 1)
    };
    if let Some((day, false)) = tokens.weekday(at) {
        return Some(Match::date(i, at + 1, from(tokens, day, count)));
    }
    if tokens.is(at, &["morning", "afternoon", "evening", "night"]) {
        return Some(matched(i, at + 1, count, TimeUnit::Day));
    }
    let unit = match tokens.time_unit(at)?.0 {
        TimeUnit::Weekend => TimeUnit::Week,
        unit => unit,
    };
    Some(matched(i, at + 1, count, unit))
}

/// `daily`, `weekly`; a name ("Daily Mail") is none.
fn adverb(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    const UNITS: &[(&str, TimeUnit)] = &[
        ("hourly", TimeUnit::Hour),
        ("daily", TimeUnit::Day),
        ("nightly", TimeUnit::Day),
        ("weekly", TimeUnit::Week),
        ("monthly", TimeUnit::Month),
        ("quarterly", TimeUnit::Quarter),
        ("annual", TimeUnit::Year),
        ("annually", TimeUnit::Year),
        ("yearly", TimeUnit::Year),
    ];
    let unit = tokens.of(i, UNITS)?;
    let part_of_name = tokens.capital(i) && (i > 0 || tokens.capital(i + 1));
    (!part_of_name).then(|| matched(i, i + 1, 1.0, unit))
}

/// `Mondays`
fn weekdays(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (day, plural) = tokens.weekday(i)?;
    (plural && tokens.capital(i)).then(|| Match::date(i, i + 1, from(tokens, day, 1.0)))
}

/// So many weeks from one weekday to the next, from the last one before the report on.
fn from(tokens: &Tokens<'_>, weekday: i64, weeks: f64) -> Option<String> {
    let first = tokens.context.reference?.on_or_before(weekday);
    Some(format!("R/{}/{}", first.iso(), iso(weeks, TimeUnit::Week)))
}

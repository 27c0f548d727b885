//! Times of the day: `7:30 p.m.`, `19:00 GMT Saturday`, `noon`, `Friday night`.
//!
//! ISO 8601 has no parts of the day; theirs are ISO-TimeML's (ISO 24617-1): `2024-12-06TNI`.

use super::Match;
use super::calendar::Day;
use super::dates::date;
use super::relative::relative;
use super::tokens::Tokens;
use text::calendar::{self, time_zones};

/// The time of day that starts at a token.
pub(super) fn time(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if tokens.is(i, &["noon", "midnight", "midday"]) {
        let value = if tokens.is(i, &["midnight"]) {
            "T00:00"
        } else {
            "T12:00"
        };
        return Some(with_day(
            tokens,
            Match::time(i, i + 1, Some(value.to_owned())),
        ));
    }
    tokens
        .get(i)?
        .digits()
        .or_else(|| point_time(tokens, i).map(|(hour, _)| hour))?;
    if tokens.glued(i) && i > 0 && !tokens.is(i - 1, &["(", "[", "-", "–", "—", "“", "\""]) {
        return None;
    }
    clock(tokens, i).map(|m| with_day(tokens, m))
}

/// The time with the day behind it, "15:00 GMT Saturday".
fn with_day(tokens: &Tokens<'_>, time: Match) -> Match {
    let at = time.next + usize::from(tokens.is(time.next, &[","]));
    let day = relative(tokens, at).or_else(|| date(tokens, at));
    match day {
        Some(Match {
            value: Some(day),
            next,
            ..
        }) if time.value.is_some() && day_of(&day).is_some() => Match {
            next,
            value: time.value.as_deref().and_then(|time| on_day(&day, time)),
            ..time
        },
        _ => time,
    }
}

/// The day of a value that is a day or a time on one.
pub(super) fn day_of(value: &str) -> Option<&str> {
    let day = value.get(..10)?;
    let ends = matches!(value.as_bytes().get(10), None | Some(b'T'));
    (ends && Day::parse(day).is_some()).then_some(day)
}

/// A time of the day (`T15:00`) on the day of another value. Midnight is at either end of its day: only the words say which.
pub(super) fn on_day(value: &str, time: &str) -> Option<String> {
    (time != "T00:00").then(|| Some(format!("{}{time}", day_of(value)?)))?
}

/// The day with the part of it that follows, "Friday night"; that is a TIME.
pub(super) fn with_part(tokens: &Tokens<'_>, day: Match) -> Match {
    let Some(code) = part(tokens, day.next) else {
        return day;
    };
    let value = day
        .value
        .as_deref()
        .filter(|value| day_of(value) == Some(value));
    let value = value.map(|value| format!("{value}{code}"));
    Match::time(day.first, day.next + 1, value)
}

/// The code of a part of the day.
pub(super) fn part(tokens: &Tokens<'_>, i: usize) -> Option<&'static str> {
    const PARTS: &[(&str, &str)] = &[
        ("morning", "TMO"),
        ("afternoon", "TAF"),
        ("evening", "TEV"),
        ("night", "TNI"),
    ];
    tokens.of(i, PARTS)
}

/// `10.30` of "10.30am", which the lexer reads as a fraction: hour and minute.
fn point_time(tokens: &Tokens<'_>, i: usize) -> Option<(i64, i64)> {
    let (hour, minute) = tokens.text(i).split_once('.')?;
    let fits = hour.len() <= 2
        && minute.len() == 2
        && hour
            .bytes()
            .chain(minute.bytes())
            .all(|b| b.is_ascii_digit());
    fits.then_some((hour.parse().ok()?, minute.parse().ok()?))
}

/// A time on the clock; it needs more than a number.
fn clock(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let two = |i: usize| {
        tokens
            .get(i)
            .filter(|t| t.text.len() == 2)
            .and_then(|t| t.digits())
    };
    let colon = tokens.is(i + 1, &[":"]) && tokens.glued(i + 1) && tokens.glued(i + 2);
    let token = tokens.get(i)?;
    let (hour, minute, mut next) = if let Some((hour, minute)) = point_time(tokens, i) {
        (hour, Some(minute), i + 1)
    } else if colon {
        (token.digits()?, Some(two(i + 2)?), i + 3)
    } else if token.text.len() == 4 && zone(tokens, i + 1).is_some() {
        let number = token.digits()?; // 1600 GMT
        (number / 100, Some(number % 100), i + 1)
    } else {
        (token.digits()?, None, i + 1)
    };
    let colon_after = tokens.is(next, &[":"]) && tokens.glued(next);
    if colon_after && two(next + 1).is_some() && colon {
        next += 2; // seconds
    }
    if colon_after && !colon {
        return None;
    }
    let at_clock = minute.is_some()
        || tokens.is_before(
            i,
            &[
                "at", "about", "around", "by", "until", "till", "before", "after",
            ],
        );
    let half =
        half_of_day(tokens, next).or_else(|| half_in_words(tokens, next).filter(|_| at_clock));
    if let Some((_, after)) = half {
        next = after;
    }
    if tokens.is(next, &["o"])
        && tokens.is(next + 1, &["'", "’"])
        && tokens.is(next + 2, &["clock"])
    {
        // Only other words say which half of the day it is.
        return (minute.is_none() && (1..=12).contains(&hour))
            .then(|| Match::time(i, next + 3, None));
    }
    let zone = zone(tokens, next);
    if let Some((_, after)) = zone {
        next = after;
    }
    let hour = match (half, hour) {
        (Some((_, _)), h) if !(1..=12).contains(&h) => return None,
        (Some((true, _)), 12) => 12,
        (Some((true, _)), h) => h + 12,
        (Some((false, _)), 12) => 0,
        (_, h) => h,
    };
    // `7:30` alone may be a score or a verse; `07:30` and `19:30` are times.
    let enough =
        half.is_some() || zone.is_some() && minute.is_some() || colon && token.text.len() == 2;
    if !enough || !(0..=24).contains(&hour) || minute.is_some_and(|m| m > 59) {
        return None;
    }
    let offset = zone.filter(|(utc, _)| *utc).map_or("", |_| "Z");
    Some(Match::time(
        i,
        next,
        Some(format!("T{hour:02}:{:02}{offset}", minute.unwrap_or(0))),
    ))
}

/// `a.m.`, `pm`: whether it is the afternoon, and the token after it.
fn half_of_day(tokens: &Tokens<'_>, i: usize) -> Option<(bool, usize)> {
    let start = tokens.get(i)?.start;
    let (afternoon, length) =
        calendar::half_of_day(tokens.document.get(start..tokens.all.last()?.end())?)?;
    // `amount` and `a.max` begin with the letters, too.
    let last = (i..tokens.all.len()).find(|&n| tokens.all[n].end() >= start + length)?;
    (tokens.all[last].end() == start + length).then_some((afternoon, last + 1))
}

/// `in the morning`, the same.
fn half_in_words(tokens: &Tokens<'_>, i: usize) -> Option<(bool, usize)> {
    if !tokens.is(i, &["in"]) || !tokens.is(i + 1, &["the"]) {
        return None;
    }
    match part(tokens, i + 2)? {
        "TMO" => Some((false, i + 3)),
        "TAF" | "TEV" => Some((true, i + 3)),
        _ => None,
    }
}

/// A time zone, or the "hrs" of the 24-hour clock: whether it is UTC, and the token after it. The offsets of the others depend
/// on the day and the place.
fn zone(tokens: &Tokens<'_>, i: usize) -> Option<(bool, usize)> {
    let word = tokens.text(i);
    let is_utc = matches!(word, "GMT" | "UTC");
    let is_zone = time_zones().contains(word) || matches!(word, "hrs" | "hours");
    is_zone.then_some((is_utc, i + 1))
}

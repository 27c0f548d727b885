//! Dates that name a day or a month.

use super::calendar::{Day, month_iso, month_number};
use super::quarters::quarter;
use super::tense::{Direction, direction};
use super::tokens::Tokens;
use super::years::{century, decade, year_after, year_named_after, years};
use super::{CONTEXTS, Match};
use crate::lists::{WordList, words};
use std::sync::LazyLock;
use text::calendar::ORDINAL_ENDINGS;

static BEFORE_MONTH: WordList = LazyLock::new(|| words(CONTEXTS, "before month"));

/// The date that starts at a token.
pub(super) fn date(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if tokens.get(i)?.digits().is_some() {
        if tokens.part_of_code(i) && !tokens.is(i + 1, &["/"]) {
            return None;
        }
        return numeric(tokens, i)
            .or_else(|| decade(tokens, i))
            .or_else(|| years(tokens, i))
            .or_else(|| century(tokens, i))
            .or_else(|| day_first(tokens, i));
    }
    if tokens.is(i, &["'", "’", "‘"]) {
        return decade(tokens, i + 1)
            .filter(|_| !tokens.glued(i))
            .map(|m| Match { first: i, ..m });
    }
    if !tokens.is_word(i) {
        return None;
    }
    weekday(tokens, i)
        .or_else(|| month_first(tokens, i))
        .or_else(|| century(tokens, i))
        .or_else(|| quarter(tokens, i))
        .or_else(|| holiday(tokens, i))
}

/// `2024-12-03`, `2024/12/03`, `3.12.2024`, `12/31/2024`. `3/12/2024` has no value: half the world reads it as March.
fn numeric(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let separator = tokens.text(i + 1);
    if !["-", "/", "."].contains(&separator) || tokens.text(i + 3) != separator {
        return None;
    }
    if (i + 1..=i + 4).any(|i| !tokens.glued(i)) {
        return None;
    }
    let part = |i: usize| tokens.get(i).and_then(|t| t.digits());
    let (a, b, c) = (part(i)?, part(i + 2)?, part(i + 4)?);
    let day = |y: i64, m: i64, d: i64| Day::of(y, u32::try_from(m).ok()?, u32::try_from(d).ok()?);
    let value = if tokens.year(i).is_some() {
        Some(day(a, b, c)?)
    } else if tokens.year(i + 4).is_some() {
        match separator {
            "." => Some(day(c, b, a)?),
            _ if a == b => Some(day(c, b, a)?),
            _ => match (day(c, b, a), day(c, a, b)) {
                (Some(_), Some(_)) => None,
                (one, other) => Some(one.or(other)?),
            },
        }
    } else {
        return None;
    };
    Some(Match::date(i, i + 5, value.map(Day::iso)))
}

/// `3 December 2024`, `3rd of December`, `8-10 June`, `1 and 2 May`
fn day_first(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (first, mut next) = day_of_month(tokens, i)?;
    let mut last = first;
    if (tokens.dash(next) || tokens.is(next, &["to", "and", "through"]))
        && let Some((second, after)) = day_of_month(tokens, next + 1)
        && second > first
    {
        (last, next) = (second, after);
    }
    next += usize::from(tokens.is(next, &["of"]));
    next = tokens.skip_hyphen(next);
    let (month, next) = month_name(tokens, next)?;
    let (year, next) = year_after(tokens, next);
    Some(days(tokens, i, next, (year, month, first), (month, last)))
}

/// `December 3, 2024`, `Dec. 3`, `March 23-24, 2021`, `January 31-February 6`, `December 2024`, `December`
fn month_first(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (month, after_month) = month_name(tokens, i)?;
    let Some((first, mut next)) =
        day_of_month(tokens, after_month).filter(|_| !tokens.glued(after_month))
    else {
        return month_alone(tokens, i, month, after_month);
    };
    let (mut last_month, mut last) = (month, first);
    let dash = tokens.dash(next);
    if dash || tokens.is(next, &["to", "through", "and", "until"]) {
        if let Some((second, after)) = day_of_month(tokens, next + 1)
            && second > first
            // "on May 5 and 30 people": a number of something
            && (dash
                || !tokens.is(next, &["and"])
                || !tokens.is_word(after)
                || year_after(tokens, after).0.is_some())
        {
            (last, next) = (second, after);
        } else if dash
            && let Some((second_month, after)) = month_name(tokens, next + 1)
            && let Some((second, after)) = day_of_month(tokens, after)
        {
            (last_month, last, next) = (second_month, second, after);
        }
    }
    let (year, next) = year_after(tokens, next);
    Some(days(
        tokens,
        i,
        next,
        (year, month, first),
        (last_month, last),
    ))
}

/// A day, or the days from one to another.
fn days(
    tokens: &Tokens<'_>,
    i: usize,
    next: usize,
    from: (Option<i64>, u32, u32),
    to: (u32, u32),
) -> Match {
    let (year, month, day) = from;
    let start = match year {
        Some(year) => Day::of(year, month, day),
        None => nearest_day(tokens, i, next, month, day),
    };
    let value = start.and_then(|start| {
        let (year, _, _) = start.civil();
        if to == (month, day) {
            return Some(start.iso());
        }
        let end = Day::of(year + i64::from(to.0 < month), to.0, to.1)?;
        Some(format!("{}/{}", start.iso(), end.iso()))
    });
    Match::date(i, next, value)
}

/// Months whose names are also words or persons' names: March, April, May, June, August.
const AMBIGUOUS_MONTHS: [u32; 5] = [3, 4, 5, 6, 8];

/// A month without a day: with its year, or where it cannot be another word.
fn month_alone(tokens: &Tokens<'_>, i: usize, month: u32, next: usize) -> Option<Match> {
    if let (Some(year), next) = year_after(tokens, next) {
        return Some(Match::date(i, next, Some(format!("{year:04}-{month:02}"))));
    }
    if tokens.is(next, &["of"]) && tokens.year(next + 1).is_some() {
        let year = tokens.year(next + 1)?;
        return Some(Match::date(
            i,
            next + 2,
            Some(format!("{year:04}-{month:02}")),
        ));
    }
    // A short form alone is not enough.
    tokens.month(i)?;
    if !tokens.capital(i) {
        return None;
    }
    let after_preposition = tokens.is_before(i, &BEFORE_MONTH);
    let ambiguous = AMBIGUOUS_MONTHS.contains(&month);
    let in_a_name = tokens.is_word(i + 1) && tokens.capital(i + 1) && ambiguous
        || i > 0
            && tokens.capital(i - 1)
            && ambiguous
            && !tokens.is_before(
                i,
                &["in", "by", "of", "last", "early", "late", "since", "from"],
            );
    if in_a_name || ambiguous && !after_preposition {
        return None;
    }
    Some(Match::date(i, next, nearest_month(tokens, i, next, month)))
}

/// The day of this month (1–12) and day of the month that the words point to; the nearest where they point nowhere.
fn nearest_day(tokens: &Tokens<'_>, i: usize, next: usize, month: u32, day: u32) -> Option<Day> {
    let reference = tokens.context.reference?;
    let (year, _, _) = reference.civil();
    let mut candidates = (year - 1..=year + 1).filter_map(|year| Day::of(year, month, day));
    if let Some(year) = year_named_after(tokens, next, year) {
        return Day::of(year, month, day);
    }
    match direction(tokens, i, next) {
        Some(Direction::Past) => candidates.rfind(|&d| d <= reference),
        Some(Direction::Future) => candidates.find(|&d| d >= reference),
        None => candidates.min_by_key(|d| (d.0 - reference.0).abs()),
    }
}

/// A month at most so many months ahead is meant, where no word looks ahead or back.
const NEAR: i64 = 4;

/// The month of this name that the words point to, `2024-12`.
fn nearest_month(tokens: &Tokens<'_>, i: usize, next: usize, month: u32) -> Option<String> {
    let reference = tokens.context.reference?;
    let (year, ..) = reference.civil();
    let now = reference.month();
    let this_year = month_number(year, month);
    if let Some(year) = year_named_after(tokens, next, year) {
        return month_iso(month_number(year, month));
    }
    let month = match direction(tokens, i, next) {
        _ if tokens.is_before(i, &["last"]) => {
            if this_year < now {
                this_year
            } else {
                this_year - 12
            }
        }
        _ if tokens.is_before(i, &["next"]) => {
            if this_year > now {
                this_year
            } else {
                this_year + 12
            }
        }
        Some(Direction::Future) if this_year < now => this_year + 12,
        Some(Direction::Future) => this_year,
        // "In November" is this year's in October, and last year's in March.
        None if this_year > now && this_year - now <= NEAR => this_year,
        _ if this_year > now => this_year - 12,
        _ => this_year,
    };
    month_iso(month)
}

/// `Monday`, `Tuesday, Dec 3`, `Sundays`
fn weekday(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (day, plural, after) = match tokens.weekday(i) {
        Some((day, plural)) => (day, plural, i + 1),
        None => {
            let day = tokens.short_weekday(i).filter(|_| tokens.capital(i))?;
            (day, false, i + 1 + usize::from(tokens.is(i + 1, &["."])))
        }
    };
    let full = tokens.weekday(i).is_some();
    // `Tuesday, 3 December 2024` is one date.
    let comma = after + usize::from(tokens.is(after, &[","]));
    let named_day = month_first(tokens, comma)
        .or_else(|| day_first(tokens, comma))
        .filter(|m| !plural && day_of_month_in(tokens, m));
    if let Some(m) = named_day {
        return Some(Match { first: i, ..m });
    }
    if !full || !tokens.capital(i) && !tokens.is_before(i, &["on", "last", "next", "this"]) {
        return None;
    }
    if plural {
        return Some(Match::date(i, after, None));
    }
    let value = tokens
        .context
        .reference
        .map(|reference| match direction(tokens, i, after) {
            _ if tokens.is_before(i, &["last"]) => Day(reference.0 - 1).on_or_before(day),
            _ if tokens.is_before(i, &["next"]) => Day(reference.0 + 1).on_or_after(day),
            _ if tokens.is_before(i, &["this", "coming"]) => reference.on_or_after(day),
            Some(Direction::Future) => reference.on_or_after(day),
            _ => reference.on_or_before(day),
        });
    Some(Match::date(i, after, value.map(Day::iso)))
}

/// Whether a date names a day, not only a month.
fn day_of_month_in(tokens: &Tokens<'_>, m: &Match) -> bool {
    (m.first..m.next).any(|i| day_of_month(tokens, i).is_some())
}

/// Holidays. Those whose date changes from year to year have no value.
fn holiday(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if !tokens.capital(i) {
        return None;
    }
    if tokens.is(
        i,
        &[
            "Ramadan",
            "Easter",
            "Diwali",
            "Thanksgiving",
            "Hanukkah",
            "Passover",
        ],
    ) {
        return Some(Match::date(i, i + 1, None));
    }
    if !tokens.is(i, &["Christmas"]) || tokens.is(i + 1, &["Island"]) {
        return None;
    }
    let eve = tokens.is(i + 1, &["Eve"]);
    let next = i + 1 + usize::from(eve || tokens.is(i + 1, &["Day"]));
    let (year, next) = year_after(tokens, next);
    Some(days(
        tokens,
        i,
        next,
        (year, 12, 25 - u32::from(eve)),
        (12, 25 - u32::from(eve)),
    ))
}

/// A day of the month (1–31), with or without `st`, `nd`, `rd` or `th`, and the token after it.
fn day_of_month(tokens: &Tokens<'_>, i: usize) -> Option<(u32, usize)> {
    let token = tokens.get(i)?;
    let day = token
        .digits()
        .filter(|d| (1..=31).contains(d) && token.text.len() <= 2)?;
    let suffixed = tokens.glued(i + 1) && tokens.is(i + 1, ORDINAL_ENDINGS);
    let next = i + 1 + usize::from(suffixed);
    // `10:30`, `3.5`, `5%`, `3/4`, `10am`, `10 a.m.`, `5 million`
    let other = tokens.glued(next)
        && (tokens.is(next, &["%", ":", "/"]) || tokens.is_word(next) && !suffixed)
        || tokens.scale(next).is_some()
        || tokens.is(next, &["percent", "per", "a", "p", "am", "pm", "%"])
            && !tokens.is(next + 1, &["cent"])
            && tokens.is(next + 1, &["."])
            && tokens.is(next + 2, &["m"]);
    (!other).then_some((u32::try_from(day).ok()?, next))
}

/// A month (1–12), its name in full or short, and the token after it and its full stop.
fn month_name(tokens: &Tokens<'_>, i: usize) -> Option<(u32, usize)> {
    if let Some(month) = tokens.month(i) {
        // In lower case, "4 june" is a date; "may 3" and "march 10 miles" need not be.
        let clear = tokens.capital(i) || !matches!(month, 3 | 5);
        return clear.then_some((month, i + 1));
    }
    let month = tokens.short_month(i).filter(|_| tokens.capital(i))?;
    let stop = tokens.is(i + 1, &["."]) && tokens.glued(i + 1);
    Some((month, i + 1 + usize::from(stop)))
}

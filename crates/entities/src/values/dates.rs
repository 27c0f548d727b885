//! Dates that name a day or a month.

use super::calendar::{Day, month_iso, month_number};
use super::holidays::holiday;
use super::quarters::{fiscal_year, quarter};
use super::seasons;
use super::tense::{Direction, direction};
use super::times::with_part;
use super::tokens::Tokens;
use super::weekdays::weekday;
use super::years::{
    century, decade, short_year, spelt_year, two_digits, year_after, year_named_after, years,
};
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
            .map(|m| Match { first: i, ..m })
            .or_else(|| short_year(tokens, i));
    }
    if !tokens.is_word(i) {
        return None;
    }
    weekday(tokens, i)
        .or_else(|| holiday(tokens, i))
        .or_else(|| month_first(tokens, i))
        .or_else(|| century(tokens, i))
        .or_else(|| quarter(tokens, i))
        .or_else(|| fiscal_year(tokens, i))
        .or_else(|| seasons::of_year(tokens, i))
        .or_else(|| spelt_year(tokens, i))
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
    } else if let Some(c) = tokens
        .year(i + 4)
        .or_else(|| two_digits(tokens, i + 4).filter(|_| separator == "/"))
    {
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
    let (year, next) = match joined_year(tokens, next) {
        Some(year) => (Some(year), next + 2),
        None => year_after(tokens, next),
    };
    Some(days(tokens, i, next, (year, month, first), (month, last)))
}

/// `-12` of "19-Nov-12", `-2012` of "19-Nov-2012"
fn joined_year(tokens: &Tokens<'_>, at: usize) -> Option<i64> {
    let joined = tokens.dash(at) && tokens.glued(at) && tokens.glued(at + 1);
    joined.then(|| tokens.year(at + 1).or_else(|| two_digits(tokens, at + 1)))?
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
    with_part(tokens, Match::date(i, next, value))
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

/// The day of this month (1–12) and day of the month that the words point to.
fn nearest_day(tokens: &Tokens<'_>, i: usize, next: usize, month: u32, day: u32) -> Option<Day> {
    let (year, _, _) = tokens.context.reference?.civil();
    if let Some(year) = year_named_after(tokens, next, year) {
        return Day::of(year, month, day);
    }
    nearest(tokens, i, next, |year| Day::of(year, month, day))
}

/// A day of every year that is at most so many days from the report is the one that is meant, whatever the tense: "he was
/// told to leave by June 1". Further away the words around it decide. Chosen on the TempEval-3 training sets.
const CLOSE: i64 = 60;

/// The day that is the nearest to the report, of one in every year, unless it is far and the words point the other way.
pub(super) fn nearest(
    tokens: &Tokens<'_>,
    i: usize,
    next: usize,
    day: impl Fn(i64) -> Option<Day>,
) -> Option<Day> {
    let reference = tokens.context.reference?;
    let (year, _, _) = reference.civil();
    let mut days = (year - 1..=year + 1).filter_map(day);
    let distance = |d: &Day| (d.0 - reference.0).abs();
    if tokens.is_before(i, &["last"]) {
        return days.rfind(|&d| d < reference);
    }
    if tokens.is_before(i, &["next"]) {
        return days.find(|&d| d > reference);
    }
    let days: Vec<Day> = days.collect();
    let nearest = days.iter().copied().min_by_key(distance)?;
    if distance(&nearest) <= CLOSE {
        return Some(nearest);
    }
    match direction(tokens, i, next) {
        Some(Direction::Past) => days.into_iter().rfind(|&d| d <= reference),
        Some(Direction::Future) => days.into_iter().find(|&d| d >= reference),
        None => Some(nearest),
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

/// The date with a day and a month that starts here.
pub(super) fn day_with_month(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    month_first(tokens, i)
        .or_else(|| day_first(tokens, i))
        .filter(|m| (m.first..m.next).any(|i| day_of_month(tokens, i).is_some()))
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

//! Dates that count from the day of the report: `today`, `last week`, `five years ago`, `recent days`.

use super::Match;
use super::calendar::{Day, month_iso, months_iso, year_iso};
use super::lengths;
use super::times::{part, with_part};
use super::tokens::Tokens;
use super::words::TimeUnit;

pub(super) fn relative(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    deictic_day(tokens, i)
        .or_else(|| part_of_day(tokens, i))
        .or_else(|| last_or_next(tokens, i))
        .or_else(|| ago(tokens, i))
}

/// `today`, `yesterday`, `the day after tomorrow`
fn deictic_day(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let days = |i: usize| {
        Some(match tokens.text(i) {
            t if t.eq_ignore_ascii_case("today") => 0,
            t if t.eq_ignore_ascii_case("yesterday") => -1,
            t if t.eq_ignore_ascii_case("tomorrow") => 1,
            _ => return None,
        })
    };
    let (next, days) = if tokens.is(i, &["day"]) && tokens.is(i + 1, &["before", "after"]) {
        match days(i + 2)? {
            -1 if tokens.is(i + 1, &["before"]) => (i + 3, -2),
            1 if tokens.is(i + 1, &["after"]) => (i + 3, 2),
            _ => return None,
        }
    } else {
        (i + 1, days(i)?)
    };
    // "USA Today"
    if tokens.capital(i) && i > 0 && tokens.capital(i - 1) {
        return None;
    }
    let value = tokens.context.reference.map(|day| Day(day.0 + days).iso());
    Some(with_part(tokens, Match::date(i, next, value)))
}

/// `tonight`, `this morning`, `last night`
fn part_of_day(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (next, days, code) = if tokens.is(i, &["tonight"]) {
        (i + 1, 0, "TNI")
    } else if tokens.is(i, &["this"]) {
        (i + 2, 0, part(tokens, i + 1)?)
    } else if tokens.is(i, &["last"]) && tokens.is(i + 1, &["night"]) {
        (i + 2, -1, "TNI")
    } else {
        return None;
    };
    let value = tokens
        .context
        .reference
        .map(|day| format!("{}{code}", Day(day.0 + days).iso()));
    Some(Match::time(i, next, value))
}

/// The step from the present that a word makes: "last" one back, "next" one ahead, "this" none.
fn step(tokens: &Tokens<'_>, i: usize) -> Option<i64> {
    const STEPS: &[(&str, i64)] = &[
        ("last", -1),
        ("past", -1),
        ("previous", -1),
        ("recent", -1),
        ("this", 0),
        ("current", 0),
        ("next", 1),
        ("coming", 1),
        ("upcoming", 1),
    ];
    tokens.of(i, STEPS)
}

/// `last week`, `this year`, `the next three months`, `the past few days`, `recent days`. "The last two years" are a length,
/// as in TimeML: its value says how long, the words beside it which way.
fn last_or_next(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let step = step(tokens, i)?;
    let word = |words: &[&str]| tokens.is(i, words);
    // "this past week", "this coming year"
    if word(&["this"]) && tokens.is(i + 1, &["past", "coming"]) {
        return last_or_next(tokens, i + 1).map(|m| Match { first: i, ..m });
    }
    let (count, at) = count(tokens, i + 1);
    // "past midnight", "this is": a unit must follow.
    let (unit, plural) = tokens.time_unit(at)?;
    let next = at + 1;
    let length = |count| Some(lengths::matched(i, next, count, unit));
    match (count, plural) {
        (Count::None, false) => {}
        (Count::Number(n), _) if step != 0 => return length(Some(n)),
        (Count::Some, true) if step != 0 => return length(None),
        (Count::None, true) if step != 0 && !word(&["upcoming"]) => return length(None),
        _ => return None,
    }
    // "The past year" is a length, "last year" the one before.
    let hour = unit == TimeUnit::Hour && step != 0;
    if hour || word(&["past"]) && unit != TimeUnit::Weekend {
        return length(Some(1.0));
    }
    // Other words say which "the last day", "the previous year" and "the last minute" are, and "the last quarter" of a match.
    let other = unit == TimeUnit::Day
        || unit.of_clock()
        || word(&["previous", "recent", "upcoming"])
        || unit == TimeUnit::Quarter && step != 0 && tokens.is(next, &["of", "-"]);
    (!other).then(|| Match::date(i, next, one(tokens, unit, step)))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Count {
    None,
    Number(f64),
    /// `few`, `several`
    Some,
}

/// The count before a unit, and the token after it.
fn count(tokens: &Tokens<'_>, i: usize) -> (Count, usize) {
    if tokens.is(i, &["few", "several", "many"]) {
        return (Count::Some, i + 1);
    }
    if tokens.is(i, &["couple"]) {
        return (Count::Some, i + 1 + usize::from(tokens.is(i + 1, &["of"])));
    }
    match tokens.number(i, false).filter(|n| n.scale < 1e6) {
        Some(number) => (Count::Number(number.value), tokens.skip_hyphen(number.next)),
        None => (Count::None, i),
    }
}

/// The day, week, month or year before, at or after the reference.
fn one(tokens: &Tokens<'_>, unit: TimeUnit, step: i64) -> Option<String> {
    let day = tokens.context.reference?;
    let (year, ..) = day.civil();
    match unit {
        TimeUnit::Day => Some(Day(day.0 + step).iso()),
        TimeUnit::Week => Some(Day(day.0 + 7 * step).week()),
        TimeUnit::Weekend => {
            // Said on a Saturday or Sunday, "last weekend" is the one before.
            let saturday = if step < 0 {
                day.on_or_before(6).on_or_before(5).0 - if day.weekday() == 6 { 7 } else { 0 }
            } else {
                day.on_or_before(0).0 + 5 + 7 * step
            };
            Some(format!(
                "{}/{}",
                Day(saturday).iso(),
                Day(saturday + 1).iso()
            ))
        }
        TimeUnit::Month => month_iso(day.month() + step),
        TimeUnit::Quarter => {
            let first = (day.month().div_euclid(3) + step) * 3;
            months_iso(first, first + 2)
        }
        TimeUnit::Year => Some(format!("{:04}", year + step)),
        TimeUnit::Decade if step == 0 => {
            let first = year - year % 10;
            Some(format!("{}/{}", year_iso(first)?, year_iso(first + 9)?))
        }
        TimeUnit::Century if step == 0 => {
            let first = (year - 1) / 100 * 100 + 1;
            Some(format!("{}/{}", year_iso(first)?, year_iso(first + 99)?))
        }
        // "Last decade" may be the nineties or the past ten years.
        _ => None,
    }
}

/// A count as a whole number that leads to no year beyond the calendar's.
fn whole(count: f64) -> Option<i64> {
    (count.fract() == 0.0 && count.abs() < 10_000.0).then_some(count as i64)
}

/// The day, week, month or year that is so many units from the reference. It is no more exact than the unit.
fn shifted(tokens: &Tokens<'_>, count: f64, unit: TimeUnit, step: i64) -> Option<String> {
    let day = tokens.context.reference?;
    let (year, ..) = day.civil();
    let far = whole(count)? * step;
    match unit {
        TimeUnit::Day => Some(Day(day.0 + far).iso()),
        TimeUnit::Week => Some(Day(day.0 + 7 * far).week()),
        TimeUnit::Weekend => None,
        TimeUnit::Month => month_iso(day.month() + far),
        TimeUnit::Quarter => month_iso(day.month() + 3 * far),
        TimeUnit::Year => year_iso(year + far),
        TimeUnit::Decade => year_iso(year + 10 * far),
        TimeUnit::Century | TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Second => None,
    }
}

/// `five years ago`, `a week ago`, `decades ago`
fn ago(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (count, at) = if tokens.is(i, &["a", "an"])
        && !tokens.is(i + 1, &["few", "couple"])
        && tokens.scale(i + 1).is_none()
    {
        (Count::Number(1.0), i + 1)
    } else if tokens.is(i, &["a"]) && tokens.is(i + 1, &["few", "couple"]) {
        count(tokens, i + 1)
    } else {
        count(tokens, i)
    };
    // A number in words is read once, not again from each of its words.
    if count == Count::None && tokens.small_number(i).is_some() {
        return None;
    }
    let (unit, _) = tokens.time_unit(at)?;
    if !tokens.is(at + 1, &["ago"]) {
        return None;
    }
    let value = match count {
        Count::Number(n) => shifted(tokens, n, unit, -1),
        _ => None,
    };
    Some(unit.point(i, at + 2, value))
}

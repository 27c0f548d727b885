//! Dates that count from the day of the report: `today`, `last week`, `five years ago`, `recent days`.

use super::Match;
use super::calendar::{Day, month_iso};
use super::piece::Piece;
use super::words::Stretch;
use document::EntityType;

pub(super) fn relative(piece: &Piece<'_>, i: usize) -> Option<Match> {
    deictic_day(piece, i)
        .or_else(|| part_of_day(piece, i))
        .or_else(|| last_or_next(piece, i))
        .or_else(|| ago(piece, i))
}

/// `today`, `yesterday`, `the day after tomorrow`
fn deictic_day(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let days = |i: usize| {
        Some(match piece.text(i) {
            t if t.eq_ignore_ascii_case("today") => 0,
            t if t.eq_ignore_ascii_case("yesterday") => -1,
            t if t.eq_ignore_ascii_case("tomorrow") => 1,
            _ => return None,
        })
    };
    let (next, days) = if piece.is(i, &["day"]) && piece.is(i + 1, &["before", "after"]) {
        match days(i + 2)? {
            -1 if piece.is(i + 1, &["before"]) => (i + 3, -2),
            1 if piece.is(i + 1, &["after"]) => (i + 3, 2),
            _ => return None,
        }
    } else {
        (i + 1, days(i)?)
    };
    // "USA Today"
    if piece.capital(i) && i > 0 && piece.capital(i - 1) {
        return None;
    }
    let value = piece.known.reference.map(|day| Day(day.0 + days).iso());
    Some(Match::date(i, next, value))
}

/// `tonight`, `this morning`: a time whose value is its day.
fn part_of_day(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let next = if piece.is(i, &["tonight"]) {
        i + 1
    } else if piece.is(i, &["this"]) && piece.is(i + 1, &["morning", "afternoon", "evening"]) {
        i + 2
    } else {
        return None;
    };
    let value = piece.known.reference.map(Day::iso);
    Some(Match {
        kind: EntityType::Time,
        ..Match::date(i, next, value)
    })
}

/// Which way, and how far: "last" and "next" are one step, "this" none.
fn step(piece: &Piece<'_>, i: usize) -> Option<i64> {
    Some(match piece.text(i).to_ascii_lowercase().as_str() {
        "last" | "past" | "previous" | "recent" => -1,
        "this" | "current" => 0,
        "next" | "coming" | "upcoming" => 1,
        _ => return None,
    })
}

/// `last week`, `this year`, `the next three months`, `the past few days`, `recent days`
fn last_or_next(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let step = step(piece, i)?;
    let word = |words: &[&str]| piece.is(i, words);
    // "this past week", "this coming year"
    if word(&["this"]) && piece.is(i + 1, &["past", "coming"]) {
        return last_or_next(piece, i + 1).map(|m| Match { first: i, ..m });
    }
    let (count, at) = count(piece, i + 1);
    if let Some((stretch, plural)) = piece.stretch(at) {
        let next = at + 1;
        // "past midnight", "this is": a stretch must follow. "The past year" may be a year back or the one before.
        let value = match (count, plural) {
            (Count::None, false) if word(&["previous", "recent", "upcoming"]) => return None,
            (Count::None, false) if word(&["past", "coming"]) => span_of(piece, 1.0, stretch, step),
            (Count::None, false) => one(piece, stretch, step),
            (Count::None, true)
                if word(&["recent", "coming", "past", "last", "next", "previous"]) =>
            {
                None
            }
            (Count::None, true) => return None,
            (Count::Number(n), _) if step != 0 => span_of(piece, n, stretch, step),
            (Count::Number(_), _) => return None,
            (Count::Some, true) if step != 0 => None,
            (Count::Some, _) => return None,
        };
        // "the last day", "this day": which one, other words say.
        if stretch == Stretch::Day && !plural {
            return None;
        }
        // "in the last quarter" of a match, "the next quarter-final"
        if stretch == Stretch::Quarter && step != 0 && piece.is(next, &["of", "-"]) {
            return None;
        }
        return Some(Match::date(i, next, value));
    }
    // "last summer": which months those are depends on where.
    let season = ["spring", "summer", "autumn", "fall", "winter"];
    if count == Count::None
        && word(&["last", "this", "next", "past"])
        && piece.is(i + 1, &season)
        && !(word(&["this"])
            && piece.is(i + 1, &["fall", "spring"])
            && piece.is(i + 2, &["in", "of"]))
    {
        let year = piece.year(i + 2);
        return Some(Match::date(i, i + 2 + usize::from(year.is_some()), None));
    }
    None
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Count {
    None,
    Number(f64),
    /// `few`, `several`
    Some,
}

/// The count before a stretch, and the token after it.
fn count(piece: &Piece<'_>, i: usize) -> (Count, usize) {
    if piece.is(i, &["few", "several", "many"]) {
        return (Count::Some, i + 1);
    }
    if piece.is(i, &["couple"]) {
        return (Count::Some, i + 1 + usize::from(piece.is(i + 1, &["of"])));
    }
    match piece.number(i, false).filter(|n| n.scale < 1e6) {
        Some(number) => (Count::Number(number.value), piece.skip_hyphen(number.next)),
        None => (Count::None, i),
    }
}

/// The week, month, year … before, of or after the reference.
fn one(piece: &Piece<'_>, stretch: Stretch, step: i64) -> Option<String> {
    let day = piece.known.reference?;
    let (year, month, _) = day.civil();
    let months = year * 12 + i64::from(month) - 1;
    match stretch {
        Stretch::Day => Some(Day(day.0 + step).iso()),
        Stretch::Week => Some(Day(day.0 + 7 * step).week()),
        Stretch::Weekend => {
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
        Stretch::Month => month_iso(months + step),
        Stretch::Quarter => {
            let first = (months.div_euclid(3) + step) * 3;
            Some(format!("{}/{}", month_iso(first)?, month_iso(first + 2)?))
        }
        Stretch::Year => Some(format!("{:04}", year + step)),
        // "Last decade" may be the nineties or the past ten years.
        Stretch::Decade | Stretch::Century => None,
    }
}

/// From so long before the reference to it, or from it to so long after.
fn span_of(piece: &Piece<'_>, count: f64, stretch: Stretch, step: i64) -> Option<String> {
    let other = shifted(piece, count, stretch, step)?;
    let (year, month, _) = piece.known.reference?.civil();
    let now = match stretch {
        Stretch::Day | Stretch::Week | Stretch::Weekend => piece.known.reference?.iso(),
        Stretch::Month | Stretch::Quarter => month_iso(year * 12 + i64::from(month) - 1)?,
        _ => format!("{year:04}"),
    };
    let other = match stretch {
        // A span of weeks is one of days.
        Stretch::Week => Day(piece.known.reference?.0 + 7 * step * whole(count)?).iso(),
        _ => other,
    };
    Some(if step < 0 {
        format!("{other}/{now}")
    } else {
        format!("{now}/{other}")
    })
}

fn whole(count: f64) -> Option<i64> {
    (count.fract() == 0.0 && count.abs() < 10_000.0).then_some(count as i64)
}

/// The day, week, month or year so far from the reference, only as exact as the words are.
fn shifted(piece: &Piece<'_>, count: f64, stretch: Stretch, step: i64) -> Option<String> {
    let day = piece.known.reference?;
    let (year, month, _) = day.civil();
    let months = year * 12 + i64::from(month) - 1;
    let far = whole(count)? * step;
    let year_iso = |year: i64| (1..=9999).contains(&year).then(|| format!("{year:04}"));
    match stretch {
        Stretch::Day => Some(Day(day.0 + far).iso()),
        Stretch::Week => Some(Day(day.0 + 7 * far).week()),
        Stretch::Weekend => None,
        Stretch::Month => month_iso(months + far),
        Stretch::Quarter => month_iso(months + 3 * far),
        Stretch::Year => year_iso(year + far),
        Stretch::Decade => year_iso(year + 10 * far),
        Stretch::Century => None,
    }
}

/// `five years ago`, `a week ago`, `decades ago`
fn ago(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let (count, at) = if piece.is(i, &["a", "an"])
        && !piece.is(i + 1, &["few", "couple"])
        && piece.scale(i + 1).is_none()
    {
        (Count::Number(1.0), i + 1)
    } else if piece.is(i, &["a"]) && piece.is(i + 1, &["few", "couple"]) {
        count(piece, i + 1)
    } else {
        count(piece, i)
    };
    // A number that counts something must not be looked for again in each of its words.
    if count == Count::None && piece.small_number(i).is_some() {
        return None;
    }
    let (stretch, _) = piece.stretch(at)?;
    if !piece.is(at + 1, &["ago"]) {
        return None;
    }
    let value = match count {
        Count::Number(n) => shifted(piece, n, stretch, -1),
        _ => None,
    };
    Some(Match::date(i, at + 2, value))
}

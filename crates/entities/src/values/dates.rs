//! Dates that name a day or a month.

use super::Match;
use super::calendar::{Day, month_iso};
use super::periods::{century, decade, quarter, years};
use super::piece::Piece;
use super::tense::{Direction, direction};

pub(super) fn date(piece: &Piece<'_>, i: usize) -> Option<Match> {
    if piece.token(i)?.digits().is_some() {
        if piece.part_of_code(i) && !piece.is(i + 1, &["/"]) {
            return None;
        }
        return numeric(piece, i)
            .or_else(|| decade(piece, i))
            .or_else(|| years(piece, i))
            .or_else(|| century(piece, i))
            .or_else(|| day_first(piece, i));
    }
    if piece.is(i, &["'", "’", "‘"]) {
        return decade(piece, i + 1)
            .filter(|_| !piece.glued(i))
            .map(|m| Match { first: i, ..m });
    }
    if !piece.is_word(i) {
        return None;
    }
    weekday(piece, i)
        .or_else(|| month_first(piece, i))
        .or_else(|| century(piece, i))
        .or_else(|| quarter(piece, i))
        .or_else(|| holiday(piece, i))
}

/// `2024-12-03`, `2024/12/03`, `3.12.2024`, `12/31/2024`. `3/12/2024` has no value: half the world reads it as March.
fn numeric(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let separator = piece.text(i + 1);
    if !["-", "/", "."].contains(&separator) || piece.text(i + 3) != separator {
        return None;
    }
    if (i + 1..=i + 4).any(|i| !piece.glued(i)) {
        return None;
    }
    let part = |i: usize| piece.token(i).and_then(|t| t.digits());
    let (a, b, c) = (part(i)?, part(i + 2)?, part(i + 4)?);
    let day = |y: i64, m: i64, d: i64| Day::of(y, u32::try_from(m).ok()?, u32::try_from(d).ok()?);
    let value = if piece.year(i).is_some() {
        Some(day(a, b, c)?)
    } else if piece.year(i + 4).is_some() {
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
fn day_first(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let (first, mut next) = day_of_month(piece, i)?;
    let mut last = first;
    if (piece.dash(next) || piece.is(next, &["to", "and", "through"]))
        && let Some((second, after)) = day_of_month(piece, next + 1)
        && second > first
    {
        (last, next) = (second, after);
    }
    next += usize::from(piece.is(next, &["of"]));
    next = piece.skip_hyphen(next);
    let (month, next) = month_name(piece, next)?;
    let (year, next) = year_after(piece, next);
    Some(days(piece, i, next, (year, month, first), (month, last)))
}

/// `December 3, 2024`, `Dec. 3`, `March 23-24, 2021`, `January 31-February 6`, `December 2024`, `December`
fn month_first(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let (month, after_month) = month_name(piece, i)?;
    let Some((first, mut next)) =
        day_of_month(piece, after_month).filter(|_| !piece.glued(after_month))
    else {
        return month_alone(piece, i, month, after_month);
    };
    // "in May 30 people died": a number of something.
    let (mut last_month, mut last) = (month, first);
    let dash = piece.dash(next);
    if dash || piece.is(next, &["to", "through", "and", "until"]) {
        if let Some((second, after)) = day_of_month(piece, next + 1)
            && second > first
            && (dash
                || !piece.is(next, &["and"])
                || !piece.is_word(after)
                || year_after(piece, after).0.is_some())
        {
            (last, next) = (second, after);
        } else if dash
            && let Some((second_month, after)) = month_name(piece, next + 1)
            && let Some((second, after)) = day_of_month(piece, after)
        {
            (last_month, last, next) = (second_month, second, after);
        }
    }
    let (year, next) = year_after(piece, next);
    Some(days(
        piece,
        i,
        next,
        (year, month, first),
        (last_month, last),
    ))
}

/// A day, or the days from one to another.
fn days(
    piece: &Piece<'_>,
    i: usize,
    next: usize,
    from: (Option<i64>, u32, u32),
    to: (u32, u32),
) -> Match {
    let (year, month, day) = from;
    let start = match year {
        Some(year) => Day::of(year, month, day),
        None => nearest_day(piece, i, next, month, day),
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

/// A month without a day: with its year, or where it cannot be a person or a verb.
fn month_alone(piece: &Piece<'_>, i: usize, month: u32, next: usize) -> Option<Match> {
    if let (Some(year), next) = year_after(piece, next) {
        return Some(Match::date(i, next, Some(format!("{year:04}-{month:02}"))));
    }
    if piece.is(next, &["of"]) && piece.year(next + 1).is_some() {
        let year = piece.year(next + 1)?;
        return Some(Match::date(
            i,
            next + 2,
            Some(format!("{year:04}-{month:02}")),
        ));
    }
    // `May`, `March`, `August`, `April` and `June` are also words and names; a short form alone is too little.
    piece.month(i)?;
    if !piece.capital(i) {
        return None;
    }
    let after_preposition = piece.is_before(
        i,
        &[
            "in",
            "since",
            "until",
            "till",
            "by",
            "of",
            "between",
            "during",
            "through",
            "early",
            "late",
            "mid",
            "from",
            "for",
            "to",
            "and",
            "or",
            "this",
            "last",
            "next",
            "every",
            "each",
            "before",
            "after",
            "through",
            "-",
            "–",
            "the",
            "month",
            "s",
            "starting",
            "throughout",
            "previous",
        ],
    );
    let ambiguous = matches!(month, 3 | 4 | 5 | 6 | 8);
    let in_a_name = piece.is_word(i + 1) && piece.capital(i + 1) && ambiguous
        || i > 0
            && piece.capital(i - 1)
            && ambiguous
            && !piece.is_before(
                i,
                &["in", "by", "of", "last", "early", "late", "since", "from"],
            );
    if in_a_name || ambiguous && !after_preposition {
        return None;
    }
    Some(Match::date(i, next, nearest_month(piece, i, next, month)))
}

/// The day of this month and day that the words point to: back, unless they look ahead.
fn nearest_day(piece: &Piece<'_>, i: usize, next: usize, month: u32, day: u32) -> Option<Day> {
    let reference = piece.known.reference?;
    let (year, _, _) = reference.civil();
    let mut candidates = (year - 1..=year + 1).filter_map(|year| Day::of(year, month, day));
    if let Some(year) = year_named_after(piece, next, year) {
        return Day::of(year, month, day);
    }
    match direction(piece, i, next) {
        Some(Direction::Past) => candidates.rfind(|&d| d <= reference),
        Some(Direction::Future) => candidates.find(|&d| d >= reference),
        None => candidates.min_by_key(|d| (d.0 - reference.0).abs()),
    }
}

fn nearest_month(piece: &Piece<'_>, i: usize, next: usize, month: u32) -> Option<String> {
    let (year, now, _) = piece.known.reference?.civil();
    let now = year * 12 + i64::from(now) - 1;
    let this_year = year * 12 + i64::from(month) - 1;
    if let Some(year) = year_named_after(piece, next, year) {
        return month_iso(year * 12 + i64::from(month) - 1);
    }
    let month = match direction(piece, i, next) {
        _ if piece.is_before(i, &["last"]) => {
            if this_year < now {
                this_year
            } else {
                this_year - 12
            }
        }
        _ if piece.is_before(i, &["next"]) => {
            if this_year > now {
                this_year
            } else {
                this_year + 12
            }
        }
        Some(Direction::Future) if this_year < now => this_year + 12,
        Some(Direction::Future) => this_year,
        // News speaks of a month ahead mostly when it is near; "in November" in October is this year's.
        None if this_year > now && this_year - now <= 4 => this_year,
        _ if this_year > now => this_year - 12,
        _ => this_year,
    };
    month_iso(month)
}

/// The year that "this year", "last year" or "next year" behind a date gives it.
pub(super) fn year_named_after(piece: &Piece<'_>, next: usize, this_year: i64) -> Option<i64> {
    let next = next + usize::from(piece.is(next, &["of", ","]));
    if !piece.is(next + 1, &["year"]) {
        return None;
    }
    [("this", 0), ("last", -1), ("next", 1)]
        .into_iter()
        .find(|(word, _)| piece.is(next, &[*word]))
        .map(|(_, years)| this_year + years)
}

/// `Monday`, `Tuesday, Dec 3`, `Sundays`
fn weekday(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let (day, plural, after) = match piece.weekday(i) {
        Some((day, plural)) => (day, plural, i + 1),
        None => {
            let day = piece.short_weekday(i).filter(|_| piece.capital(i))?;
            (day, false, i + 1 + usize::from(piece.is(i + 1, &["."])))
        }
    };
    let full = piece.weekday(i).is_some();
    // `Tuesday, 3 December 2024` is one date.
    let comma = after + usize::from(piece.is(after, &[","]));
    let named_day = month_first(piece, comma)
        .or_else(|| day_first(piece, comma))
        .filter(|m| !plural && day_of_month_in(piece, m));
    if let Some(m) = named_day {
        return Some(Match { first: i, ..m });
    }
    if !full || !piece.capital(i) && !piece.is_before(i, &["on", "last", "next", "this"]) {
        return None;
    }
    if plural {
        return Some(Match::date(i, after, None));
    }
    let value = piece
        .known
        .reference
        .map(|reference| match direction(piece, i, after) {
            _ if piece.is_before(i, &["last"]) => Day(reference.0 - 1).on_or_before(day),
            _ if piece.is_before(i, &["next"]) => Day(reference.0 + 1).on_or_after(day),
            _ if piece.is_before(i, &["this", "coming"]) => reference.on_or_after(day),
            Some(Direction::Future) => reference.on_or_after(day),
            _ => reference.on_or_before(day),
        });
    Some(Match::date(i, after, value.map(Day::iso)))
}

/// Whether a match names a day, not only a month.
fn day_of_month_in(piece: &Piece<'_>, m: &Match) -> bool {
    (m.first..m.next).any(|i| day_of_month(piece, i).is_some())
}

/// Days with names. Those that move with the moon or by decree have no value.
fn holiday(piece: &Piece<'_>, i: usize) -> Option<Match> {
    if !piece.capital(i) {
        return None;
    }
    if piece.is(
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
    if !piece.is(i, &["Christmas"]) || piece.is(i + 1, &["Island"]) {
        return None;
    }
    let eve = piece.is(i + 1, &["Eve"]);
    let next = i + 1 + usize::from(eve || piece.is(i + 1, &["Day"]));
    let (year, next) = year_after(piece, next);
    Some(days(
        piece,
        i,
        next,
        (year, 12, 25 - u32::from(eve)),
        (12, 25 - u32::from(eve)),
    ))
}

/// A day of the month, with or without `st`, `nd`, `rd`, `th`: 1–31 and the token after.
fn day_of_month(piece: &Piece<'_>, i: usize) -> Option<(u32, usize)> {
    let token = piece.token(i)?;
    let day = token
        .digits()
        .filter(|d| (1..=31).contains(d) && token.text.len() <= 2)?;
    let suffixed = piece.glued(i + 1) && piece.is(i + 1, &["st", "nd", "rd", "th"]);
    let next = i + 1 + usize::from(suffixed);
    // `10:30`, `3.5`, `5%`, `3/4`, `10am`, `10 a.m.`, `5 million`
    let other = piece.glued(next)
        && (piece.is(next, &["%", ":", "/"]) || piece.is_word(next) && !suffixed)
        || piece.scale(next).is_some()
        || piece.is(next, &["percent", "per", "a", "p", "am", "pm", "%"])
            && !piece.is(next + 1, &["cent"])
            && piece.is(next + 1, &["."])
            && piece.is(next + 2, &["m"]);
    (!other).then_some((u32::try_from(day).ok()?, next))
}

/// A month's name, in full or short, and the token after it and its full stop.
fn month_name(piece: &Piece<'_>, i: usize) -> Option<(u32, usize)> {
    if let Some(month) = piece.month(i) {
        // Lower-case "4 june" is a date, "may 3" and "march 10 miles" need not be.
        let clear = piece.capital(i) || !matches!(month, 3 | 5);
        return clear.then_some((month, i + 1));
    }
    let month = piece.short_month(i).filter(|_| piece.capital(i))?;
    let stop = piece.is(i + 1, &["."]) && piece.glued(i + 1);
    Some((month, i + 1 + usize::from(stop)))
}

/// A year behind a day or month, `, 2024` or ` 2024`.
fn year_after(piece: &Piece<'_>, next: usize) -> (Option<i64>, usize) {
    let at = next + usize::from(piece.is(next, &[","]));
    match piece.year(at) {
        Some(year) if !(piece.glued(at + 1) && piece.is(at + 1, &[":", "%"])) => {
            (Some(year), at + 1)
        }
        _ => (None, next),
    }
}

//! Times of the day: `7:30 p.m.`, `19:00 GMT`, `noon`.

use super::Match;
use super::piece::Piece;
use document::EntityType;

pub(super) fn time(piece: &Piece<'_>, i: usize) -> Option<Match> {
    if piece.is(i, &["noon", "midnight", "midday"]) {
        let value = if piece.is(i, &["midnight"]) {
            "T00:00"
        } else {
            "T12:00"
        };
        return Some(matched(i, i + 1, Some(value.to_owned())));
    }
    piece
        .token(i)?
        .digits()
        .or_else(|| point_time(piece, i).map(|(hour, _)| hour))?;
    if piece.glued(i) && i > 0 && !piece.is(i - 1, &["(", "[", "-", "–", "—", "“", "\""]) {
        return None;
    }
    clock(piece, i)
}

fn matched(first: usize, next: usize, value: Option<String>) -> Match {
    Match {
        kind: EntityType::Time,
        ..Match::date(first, next, value)
    }
}

/// `10.30` of "10.30am", which the lexer reads as a fraction: hour and minute.
fn point_time(piece: &Piece<'_>, i: usize) -> Option<(i64, i64)> {
    let (hour, minute) = piece.text(i).split_once('.')?;
    let fits = hour.len() <= 2
        && minute.len() == 2
        && hour
            .bytes()
            .chain(minute.bytes())
            .all(|b| b.is_ascii_digit());
    fits.then_some((hour.parse().ok()?, minute.parse().ok()?))
}

fn clock(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let two = |i: usize| {
        piece
            .token(i)
            .filter(|t| t.text.len() == 2)
            .and_then(|t| t.digits())
    };
    let colon = piece.is(i + 1, &[":"]) && piece.glued(i + 1) && piece.glued(i + 2);
    let token = piece.token(i)?;
    let (hour, minute, mut next) = if let Some((hour, minute)) = point_time(piece, i) {
        (hour, Some(minute), i + 1)
    } else if colon {
        (token.digits()?, Some(two(i + 2)?), i + 3)
    } else if token.text.len() == 4 && zone(piece, i + 1).is_some() {
        let number = token.digits()?; // 1600 GMT
        (number / 100, Some(number % 100), i + 1)
    } else {
        (token.digits()?, None, i + 1)
    };
    let colon_after = piece.is(next, &[":"]) && piece.glued(next);
    if colon_after && two(next + 1).is_some() && colon {
        next += 2; // seconds
    }
    if colon_after && !colon {
        return None;
    }
    let half = half_of_day(piece, next);
    if let Some((_, after)) = half {
        next = after;
    }
    if piece.is(next, &["o"]) && piece.is(next + 1, &["'", "’"]) && piece.is(next + 2, &["clock"])
    {
        // Which half of the day, the words around it say.
        return (minute.is_none() && (1..=12).contains(&hour)).then(|| matched(i, next + 3, None));
    }
    let zone = zone(piece, next);
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
    // `7:30` alone may be a score or a verse, `07:30` and `19:30` are times.
    let enough =
        half.is_some() || zone.is_some() && minute.is_some() || colon && token.text.len() == 2;
    if !enough || !(0..=24).contains(&hour) || minute.is_some_and(|m| m > 59) {
        return None;
    }
    let offset = zone.filter(|(utc, _)| *utc).map_or("", |_| "Z");
    Some(matched(
        i,
        next,
        Some(format!("T{hour:02}:{:02}{offset}", minute.unwrap_or(0))),
    ))
}

/// `a.m.`, `pm`: whether it is the afternoon, and the token after.
fn half_of_day(piece: &Piece<'_>, i: usize) -> Option<(bool, usize)> {
    if piece.is(i, &["am", "pm"]) {
        return Some((piece.is(i, &["pm"]), i + 1));
    }
    let stops = piece.is(i, &["a", "p"])
        && piece.is(i + 1, &["."])
        && piece.is(i + 2, &["m"])
        && piece.glued(i + 2);
    if !stops {
        return None;
    }
    let last = usize::from(piece.is(i + 3, &["."]) && piece.glued(i + 3));
    Some((piece.is(i, &["p"]), i + 3 + last))
}

/// A time zone: whether it is UTC, and the token after. The others' offsets depend on the day and the place.
fn zone(piece: &Piece<'_>, i: usize) -> Option<(bool, usize)> {
    if matches!(piece.text(i), "GMT" | "UTC") {
        return Some((true, i + 1));
    }
    matches!(
        piece.text(i),
        "EST"
            | "EDT"
            | "ET"
            | "CST"
            | "CDT"
            | "PST"
            | "PDT"
            | "CET"
            | "CEST"
            | "BST"
            | "IST"
            | "JST"
            | "hrs"
            | "hours"
    )
    .then_some((false, i + 1))
}

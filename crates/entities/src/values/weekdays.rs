//! Days of the week: `Monday`, `Tuesday, Dec 3`, `Friday night`.

use super::Match;
use super::calendar::Day;
use super::dates::day_with_month;
use super::tense::{Direction, direction};
use super::times::with_part;
use super::tokens::Tokens;

pub(super) fn weekday(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
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
    if let Some(m) = day_with_month(tokens, comma).filter(|_| !plural) {
        return Some(Match { first: i, ..m });
    }
    if !full || !tokens.capital(i) && !tokens.is_before(i, &["on", "last", "next", "this"]) {
        return None;
    }
    if plural {
        return Some(Match::date(i, after, None));
    }
    // "Black Monday", "Bloody Sunday", "Super Tuesday" are certain days of other years.
    let in_a_name = i > 0
        && tokens.is(
            i - 1,
            &[
                "black", "bloody", "super", "cyber", "giving", "ash", "good", "palm",
            ],
        )
        && tokens.capital(i - 1);
    let value = tokens
        .context
        .reference
        .filter(|_| !in_a_name)
        .map(|reference| match direction(tokens, i, after) {
            _ if tokens.is_before(i, &["last"]) => Day(reference.0 - 1).on_or_before(day),
            _ if tokens.is_before(i, &["next"]) => Day(reference.0 + 1).on_or_after(day),
            _ if tokens.is_before(i, &["this", "coming"]) => reference.on_or_after(day),
            Some(Direction::Future) => reference.on_or_after(day),
            _ => reference.on_or_before(day),
        });
    Some(with_part(
        tokens,
        Match::date(i, after, value.map(Day::iso)),
    ))
}

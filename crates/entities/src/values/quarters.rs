//! Quarters and halves of a year.

use super::Match;
use super::calendar::{month_number, months_iso};
use super::numbers::ordinal_number;
use super::tokens::Tokens;
use super::years::year_named_after;

/// `Q3 2024`, `third quarter of 2024`, `first half of 2023`
pub(super) fn quarter(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (first_month, months, next, sure) =
        if tokens.is(i, &["q", "h"]) && tokens.glued(i + 1) && !tokens.glued(i) {
            let number = tokens.get(i + 1)?.digits()?;
            let months = if tokens.is(i, &["q"]) { 3 } else { 6 };
            if !(1..=12 / months).contains(&number) || tokens.glued(i + 2) && tokens.is_word(i + 2)
            {
                return None;
            }
            ((number - 1) * months, months, i + 2, months == 3)
        } else {
            let (number, next) = ordinal_number(tokens, i)?;
            let next = tokens.skip_hyphen(next);
            let months = match tokens.text(next) {
                "quarter" => 3,
                "half" => 6,
                _ => return None,
            };
            if number > (12 / months) as f64 {
                return None;
            }
            ((number as i64 - 1) * months, months, next + 1, false)
        };
    let of = next + usize::from(tokens.is(next, &["of", ","]));
    let (year, next) = if let Some(year) = tokens.year(of) {
        (Some(year), of + 1)
    } else if let Some(year) = tokens
        .context
        .reference
        .and_then(|day| year_named_after(tokens, next, day.civil().0))
    {
        (Some(year), of + 2)
    } else if sure {
        // The latest quarter of that number that has begun.
        let year = tokens.context.reference.map(|day| {
            let (year, month, _) = day.civil();
            year - i64::from(i64::from(month) <= first_month)
        });
        (year, next)
    } else {
        return None; // "the third quarter" is also a part of a match
    };
    let value = year.and_then(|year| {
        let first = month_number(year, 1) + first_month;
        months_iso(first, first + months - 1)
    });
    Some(Match::date(i, next, value))
}

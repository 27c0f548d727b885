//! Quarters and halves of a year, and fiscal years.

use super::calendar::{month_number, months_iso};
use super::numbers::ordinal_number;
use super::tense::{Direction, direction};
use super::tokens::Tokens;
use super::years::{two_digits, year_named_after};
use super::{CONTEXTS, Match};
use crate::lists::{WordList, words};
use std::sync::LazyLock;

static BUSINESS: WordList = LazyLock::new(|| words(CONTEXTS, "business"));
static SPORT: WordList = LazyLock::new(|| words(CONTEXTS, "sport"));

/// `Q3 2024`, `third quarter of 2024`, `first half of 2023`, `the third quarter`, `Q3 FY25`
pub(super) fn quarter(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (first_month, months, next, sure) = if tokens.is(i, &["q", "h"])
        && tokens.glued(i + 1)
        && !tokens.glued(i)
    {
        let number = tokens.get(i + 1)?.digits()?;
        let months = if tokens.is(i, &["q"]) { 3 } else { 6 };
        if !(1..=12 / months).contains(&number) || tokens.glued(i + 2) && tokens.is_word(i + 2) {
            return None;
        }
        ((number - 1) * months, months, i + 2, months == 3)
    } else {
        let (number, next) = if tokens.is(i, &["final"]) {
            (4.0, i + 1)
        } else {
            ordinal_number(tokens, i)?
        };
        let next = next + usize::from(tokens.is(next, &["fiscal"]));
        let next = tokens.skip_hyphen(next);
        let months = match tokens.text(next) {
            "quarter" => 3,
            "half" => 6,
            _ => return None,
        };
        if number > (12 / months) as f64 || number == 4.0 && tokens.is(i, &["final"]) && months == 6
        {
            return None;
        }
        ((number as i64 - 1) * months, months, next + 1, false)
    };
    let fiscal = tokens.is_before(next - 1, &["fiscal"]) || tokens.is_before(i, &["fiscal"]);
    let of = next + usize::from(tokens.is(next, &["of", ","]));
    if let Some((year, after)) = fiscal_year_number(tokens, of) {
        let part = match months {
            3 => "Q",
            _ => return None,
        };
        let value = format!("FY{year:04}-{part}{}", first_month / 3 + 1);
        return Some(Match::date(i, after, Some(value)));
    }
    let reference = tokens.context.reference.map(|day| day.civil());
    let (year, next) = if let Some(year) = tokens.year(of) {
        (Some(year), of + 1)
    } else if let Some(year) = reference.and_then(|(year, ..)| year_named_after(tokens, of, year)) {
        (Some(year), of + 2 + usize::from(tokens.is(of, &["the"])))
    } else if sure || of_business(tokens, i, next) {
        let year = reference.map(|(year, month, _)| {
            // Counted from the end of the quarter ahead, and back from its beginning.
            let month = i64::from(month);
            match direction(tokens, i, next) {
                Some(Direction::Future) => year + i64::from(month > first_month + months),
                _ => year - i64::from(month <= first_month),
            }
        });
        (year, next)
    } else {
        return None; // "the third quarter" is also a part of a match
    };
    let value = year.filter(|_| !fiscal).and_then(|year| {
        let first = month_number(year, 1) + first_month;
        months_iso(first, first + months - 1)
    });
    Some(Match::date(i, next, value))
}

/// A word of business may be so many tokens from its quarter. Chosen by hand.
const WINDOW: usize = 25;

/// Whether the words around a quarter are of business rather than of a match.
fn of_business(tokens: &Tokens<'_>, first: usize, next: usize) -> bool {
    let near = |list: &[&str]| {
        (first.saturating_sub(WINDOW)..first)
            .chain(next..next + WINDOW)
            .any(|i| tokens.is(i, list))
    };
    near(&BUSINESS) && !near(&SPORT)
}

/// `fiscal 2024`, `fiscal year 2024`, `FY25`: which months those are depends on whose year it is.
pub(super) fn fiscal_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (year, next) = fiscal_year_number(tokens, i)?;
    // `FY2022-23`
    Some(Match::date(i, next, Some(format!("FY{year:04}"))))
}

fn fiscal_year_number(tokens: &Tokens<'_>, i: usize) -> Option<(i64, usize)> {
    let at = if tokens.text(i) == "FY" {
        i + 1
    } else if tokens.is(i, &["fiscal", "financial"]) {
        i + 1 + usize::from(tokens.is(i + 1, &["year"]))
    } else {
        return None;
    };
    let short = tokens.text(i) == "FY";
    let at = at + usize::from(tokens.is(at, &["'", "’"]));
    let year = tokens
        .year(at)
        .or_else(|| two_digits(tokens, at).filter(|_| short))?;
    // `2022-23` is read as the two years that it is.
    let two = tokens.dash(at + 1) && tokens.glued(at + 1) && tokens.glued(at + 2);
    let of_a_year = tokens.is(i, &["financial"]) && at == i + 1; // "financial 2008"
    (!(two || of_a_year)).then_some((year, at + 1))
}

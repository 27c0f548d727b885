//! Years, decades and centuries.

use super::numbers::ordinal_number;
use super::tokens::Tokens;
use super::{CONTEXTS, Match};
use crate::lists::{WordList, words};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

static BEFORE_YEAR: WordList = LazyLock::new(|| words(CONTEXTS, "before year"));
static APPROXIMATE: WordList = LazyLock::new(|| words(CONTEXTS, "approximate"));

/// Four digits in this range are a year even without a word before them that says so.
const CERTAIN_YEARS: RangeInclusive<i64> = 1900..=2060;

/// `1990s`, `'80s`, `80s`
pub(super) fn decade(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let token = tokens.get(i)?;
    let number = token.digits()?;
    let after = i + 1 + usize::from(tokens.is(i + 1, &["'", "’"]));
    if number % 10 != 0 || !tokens.is(after, &["s"]) || !tokens.glued(i + 1) || !tokens.glued(after)
    {
        return None;
    }
    let start = match token.text.len() {
        4 if tokens.year(i).is_some() => number,
        // "In her 30s" is an age; the tens and the 1910s are hardly ever written so.
        2 if number >= 30 && !no_decade(tokens, i) => 1900 + number,
        _ => return None,
    };
    // "The 1900s" are ten years to some and a hundred to others.
    let value = (start % 100 != 0).then(|| format!("{start}/{}", start + 9));
    Some(Match::date(i, after + 1, value))
}

/// Whether two digits and an "s" are an age ("in her late 40s") or a temperature ("highs in the 60s").
fn no_decade(tokens: &Tokens<'_>, i: usize) -> bool {
    let part = (i.saturating_sub(2)..i)
        .rev()
        .take_while(|&i| {
            tokens.dash(i)
                || tokens.is(
                    i,
                    &["early", "mid", "late", "low", "upper", "lower", "high"],
                )
        })
        .last()
        .unwrap_or(i);
    let whose = [
        "his", "her", "their", "my", "our", "your", "age", "aged", "its",
    ];
    tokens.is_before(part, &whose)
        || tokens.is(part, &["low", "upper", "lower", "high"])
        || tokens.is_before(part, &["in", "into"]) && part == i
        || (i.saturating_sub(6)..i).any(|i| {
            tokens.is(
                i,
                &["highs", "lows", "temperatures", "degrees", "shot", "carded"],
            )
        })
}

/// The year that two digits are short for, `12` in "19-Nov-12": the last one, or one of the next ten.
pub(super) fn two_digits(tokens: &Tokens<'_>, i: usize) -> Option<i64> {
    let token = tokens.get(i)?;
    let number = token.digits().filter(|_| token.text.len() == 2)?;
    let latest = tokens.context.reference?.civil().0 + 10;
    Some(latest - (latest - number).rem_euclid(100))
}

/// `’97`
pub(super) fn short_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let year = two_digits(tokens, i + 1).filter(|_| tokens.glued(i + 1) && !tokens.glued(i))?;
    let year_of_something = tokens.is_before(
        i,
        &["in", "since", "of", "summer", "winter", "spring", "fall"],
    );
    let over = tokens.glued(i + 2) && (tokens.is_word(i + 2) || tokens.is(i + 2, &["%", ":"]));
    (year_of_something && !over).then(|| Match::date(i, i + 2, Some(format!("{year:04}"))))
}

/// `nineteen eighty-four`, `nineteen hundred`, `twenty twenty-four`, `two thousand and eight`, behind words like "in" and "since"
pub(super) fn spelt_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if !tokens.is_before(i, &BEFORE_YEAR) {
        return None;
    }
    let (year, next) = if tokens.is(i, &["two"]) && tokens.is(i + 1, &["thousand"]) {
        let number = tokens.number(i, false)?;
        (number.value as i64, number.next)
    } else {
        let century = tokens
            .small_number(i)
            .filter(|n| (15.0..=20.0).contains(n))? as i64;
        let at = tokens.skip_hyphen(i + 1);
        let (rest, next) = if tokens.is(at, &["oh"]) {
            let rest = tokens.skip_hyphen(at + 1);
            (tokens.small_number(rest).filter(|n| *n < 10.0)?, rest + 1)
        } else if tokens.is(at, &["hundred"]) && century < 20 {
            (0.0, at + 1)
        } else {
            let number = tokens.number(at, false)?;
            (number.value, number.next)
        };
        let words_only = tokens.is_word(at)
            && ((10.0..100.0).contains(&rest) || rest == 0.0 || tokens.is(at, &["oh"]));
        (century * 100 + words_only.then_some(rest as i64)?, next)
    };
    let counts = is_plural(tokens, next)
        || tokens.scale(next).is_some()
        || tokens.is(next, &["percent", "per"]);
    (CERTAIN_YEARS.contains(&year) || (1500..1900).contains(&year))
        .then_some(())
        .filter(|()| !counts)
        .map(|()| Match::date(i, next, Some(format!("{year:04}"))))
}

/// `2020/2021`, `2022-23`: a season, a fiscal or school year.
pub(super) fn years(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let first = tokens.year(i)?;
    let joined = tokens.is(i + 1, &["-", "–", "/"]) && tokens.glued(i + 1) && tokens.glued(i + 2);
    if !joined {
        return None;
    }
    let second = match (tokens.year(i + 2), tokens.get(i + 2)?) {
        (Some(year), _) => year,
        (None, token) if token.text.len() == 2 => first - first % 100 + token.digits()?,
        _ => return None,
    };
    // `1999-00` runs into the next century.
    let second = if second < first && first % 100 == 99 {
        second + 100
    } else {
        second
    };
    let more = tokens.is(i + 3, &["-", "/"]) && tokens.glued(i + 3);
    (second > first && !more).then(|| Match::date(i, i + 3, Some(format!("{first}/{second}"))))
}

/// A year by itself, with some evidence that it is one: "2,000" has a comma, "2012 people" a noun in the plural after it.
pub(super) fn bare_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let year = tokens.year(i)?;
    if tokens.part_of_code(i) || tokens.is_before(i, &["$", "€", "£", "No", "#"]) {
        return None;
    }
    let after_preposition = tokens.is_before(i, &BEFORE_YEAR)
        || tokens.is_before(i, &["-", "–"]) && i > 1 && tokens.is(i - 2, &["mid", "pre", "post"])
        || tokens.is_before(i, &["to", "and", "-", "–", "or", ","])
            && i > 1
            && tokens.year(i - 2).is_some();
    if !CERTAIN_YEARS.contains(&year) && !after_preposition {
        return None;
    }
    let approximate = tokens.is_before(i, &APPROXIMATE);
    let counts = !tokens.glued(i + 1) && is_plural(tokens, i + 1);
    // The `s` of a genitive: the apostrophe is a token of its own here. A plural's has none, and looks like a mark.
    let definite = after_preposition || tokens.is_before(i, &["the", "s"]);
    if approximate || counts && !definite {
        return None;
    }
    Some(Match::date(i, i + 1, Some(format!("{year:04}"))))
}

/// Whether a token looks like what a number counts: a noun in the plural, or what stands before one.
pub(super) fn is_plural(tokens: &Tokens<'_>, i: usize) -> bool {
    let singular = &[
        "was", "has", "this", "its", "across", "towards", "always", "thus", "plus",
    ];
    let word = tokens.text(i);
    let by_ending = word.len() > 3
        && word.starts_with(char::is_lowercase)
        && word.ends_with('s')
        && !tokens.is(i, singular);
    by_ending
        || tokens.is(
            i,
            &["people", "men", "women", "children", "other", "more", "new"],
        )
}

/// `19th century`, `the eighteenth and nineteenth centuries`
pub(super) fn century(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (number, mut next) = ordinal_number(tokens, i)?;
    let mut last = number;
    if tokens.is(next, &["and", "to", "or"])
        && let Some((second, after)) = ordinal_number(tokens, next + 1)
    {
        (last, next) = (second, after);
    }
    let next = tokens.skip_hyphen(next);
    if !tokens.is(next, &["century", "centuries"])
        || !(1.0..=21.0).contains(&number)
        || !(number..=21.0).contains(&last)
    {
        return None;
    }
    let mut next = next + 1;
    let mut value = Some(format!(
        "{:04}/{:04}",
        (number - 1.0) * 100.0 + 1.0,
        last * 100.0
    ));
    if tokens.is(next, &["BC", "BCE", "B"]) {
        value = None; // years before 1 have no four digits
        next += usize::from(!tokens.is(next, &["B"]));
    }
    Some(Match::date(i, next, value))
}

/// A year behind a day or month, `, 2024` or ` 2024`.
pub(super) fn year_after(tokens: &Tokens<'_>, next: usize) -> (Option<i64>, usize) {
    let at = next + usize::from(tokens.is(next, &[","]));
    match tokens.year(at) {
        Some(year) if !(tokens.glued(at + 1) && tokens.is(at + 1, &[":", "%"])) => {
            (Some(year), at + 1)
        }
        _ => (None, next),
    }
}

/// The year that "this year", "last year" or "next year" behind a date gives it.
pub(super) fn year_named_after(tokens: &Tokens<'_>, next: usize, this_year: i64) -> Option<i64> {
    let next = next + usize::from(tokens.is(next, &["of", ","]));
    if !tokens.is(next + 1, &["year"]) {
        return None;
    }
    [("this", 0), ("last", -1), ("next", 1)]
        .into_iter()
        .find(|(word, _)| tokens.is(next, &[*word]))
        .map(|(_, years)| this_year + years)
}

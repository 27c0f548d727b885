//! Amounts with a unit: money, percentages, quantities.
//!
//! The two ends of a range are two values. The first has the unit and the scale of the second: "$5-10 million" is five million
//! and ten million dollars.

use super::Match;
use super::currencies::{self, LONGEST_SIGN};
use super::lengths;
use super::tokens::{Number, Tokens};
use super::units;
use super::words::TimeUnit;
use crate::countries;
use document::EntityType;

/// `$3.8bn`, `50 million yuan`, `Rs 500`, `millions of dollars`
pub(super) fn money(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    if let Some((code, at)) = sign(tokens, i) {
        return signed(tokens, i, code, at);
    }
    if tokens.uncounted(i) {
        return uncounted(tokens, i).into_iter().collect();
    }
    let Some(number) = number_before_currency(tokens, i) else {
        return Vec::new();
    };
    if let Some((unit, next)) = currency(tokens, number) {
        return vec![amount(EntityType::Money, i, next, number.value, unit)];
    }
    let Some((at, end)) = range(tokens, i, number, true) else {
        return Vec::new();
    };
    let Some((unit, next)) = currency(tokens, end) else {
        return Vec::new();
    };
    let first = scaled_like(number, end);
    vec![
        amount(EntityType::Money, i, number.next, first, unit.clone()),
        amount(EntityType::Money, at, next, end.value, unit),
    ]
}

fn amount(kind: EntityType, first: usize, next: usize, value: f64, unit: Option<String>) -> Match {
    Match::number(kind, first, next, Some(value), unit)
}

/// The currency sign that starts here, the longest one, and the token where its amount should be.
fn sign(tokens: &Tokens<'_>, i: usize) -> Option<(&'static str, usize)> {
    if tokens.glued(i) && i > 0 && tokens.is_word(i) {
        return None;
    }
    let listed = (1..=LONGEST_SIGN)
        .rev()
        .find_map(|n| Some((currencies::of_sign(tokens.slice(i, i + n)?)?, i + n)));
    // Any country's code right before digits, "BND1,000"; with a space, "TOP 10" and "ALL 5" are headlines.
    let code = || {
        tokens
            .glued(i + 1)
            .then(|| countries::currency(tokens.text(i)))
    };
    listed.or_else(|| Some((code()??, i + 1)))
}

fn signed(tokens: &Tokens<'_>, i: usize, code: &str, at: usize) -> Vec<Match> {
    let at = at + usize::from(tokens.is(at, &["."]) && tokens.glued(at)); // "Rs. 500"
    let in_digits = |at: usize| tokens.text(at).starts_with(|c: char| c.is_ascii_digit());
    let Some(mut number) = tokens.number(at, true).filter(|_| in_digits(at)) else {
        return Vec::new();
    };
    let unit = Some(code.to_owned());
    let mut matches = Vec::new();
    let mut first = i;
    if let Some((end_at, end)) = range(tokens, i, number, true).filter(|(at, _)| in_digits(*at)) {
        matches.push(amount(
            EntityType::Money,
            i,
            number.next,
            scaled_like(number, end),
            unit.clone(),
        ));
        (first, number) = (end_at, end);
    }
    // "$4.9 billion dollars"
    let next = match currency(tokens, number) {
        Some((again, next)) if again.is_none() || again == unit => next,
        _ => number.next,
    };
    matches.push(amount(EntityType::Money, first, next, number.value, unit));
    matches
}

/// At most so many tokens before the currency: `hundreds of thousands of millions of dollars`. Chosen by hand.
const LONGEST_UNCOUNTED: usize = 6;

/// `millions of dollars`, `tens of thousands of Indian rupees`: a currency without a number.
fn uncounted(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let mut at = i;
    while at < i + LONGEST_UNCOUNTED && tokens.uncounted(at) && tokens.is(at + 1, &["of"]) {
        at += 2;
    }
    let (unit, next) = currency_words(tokens, at).filter(|_| at > i)?;
    Some(Match::number(EntityType::Money, i, next, None, unit))
}

fn number_before_currency(tokens: &Tokens<'_>, i: usize) -> Option<Number> {
    if tokens.glued(i) && i > 0 && tokens.is_word(i - 1) {
        return None; // "Dh5" has been tried, "G20" is a code
    }
    let long = tokens.number(i, false)?;
    let short = tokens.number(i, true)?;
    // "5m euros", but "5m" alone is a length
    Some(
        if short.next > long.next && currency(tokens, short).is_some() {
            short
        } else {
            long
        },
    )
}

/// The currency after a number: its code, and the token after it.
fn currency(tokens: &Tokens<'_>, number: Number) -> Option<(Option<String>, usize)> {
    let at = tokens.skip_hyphen(number.next);
    let at = at + usize::from(number.scale > 1.0 && tokens.is(at, &["of"]));
    let (unit, next) = currency_words(tokens, at)?;
    let word = tokens.text(next - 1);
    // "Five won", "he won 3-1": the verb is commoner; "two pounds of flour" are weighed.
    let verb = word.eq_ignore_ascii_case("won") && number.scale < 1e3 && number.value < 1e4;
    let weight = tokens.is(next - 1, &["pound", "pounds"])
        && tokens.is(next, &["of"])
        && number.scale == 1.0;
    (!verb && !weight).then_some((unit, next))
}

/// A currency's word, with or without its country: `yuan`, `Indian rupees`, `US dollars`, `USD`.
fn currency_words(tokens: &Tokens<'_>, at: usize) -> Option<(Option<String>, usize)> {
    if let Some(code) = currencies::of_sign(tokens.text(at))
        && tokens.is_word(at)
        && tokens.text(at).len() == 3
    {
        return Some((Some(code.to_owned()), at + 1));
    }
    let word = |at: usize, length: usize| currencies::of_word(tokens.slice(at, at + length)?);
    for length in [2, 1] {
        if let Some(currency) = word(at, length) {
            let mut among = currency
                .shared
                .iter()
                .filter(|code| tokens.context.currencies.contains(**code));
            let only = among.next().filter(|_| among.next().is_none());
            let code = currency.code.or(only.copied());
            return Some((code.map(str::to_owned), at + length));
        }
    }
    // "U.S. dollars": the country has four tokens.
    (1..=4).find_map(|length| {
        word(at + length, 1)?;
        let (country, _) = countries::lookup(tokens.slice(at, at + length)?)?;
        Some((Some(country.currency.to_owned()), at + length + 1))
    })
}

/// `5%`, `5 per cent`, `two percentage points`
pub(super) fn percent(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    if tokens.glued(i) && i > 0 && tokens.is_word(i - 1) {
        return Vec::new();
    }
    let unit = |number: Number| {
        let at = tokens.skip_hyphen(number.next);
        if tokens.is(at, &["%", "percent", "pct"]) {
            return Some(("%", at + 1));
        }
        if tokens.is(at, &["per"]) && tokens.is(at + 1, &["cent"]) {
            return Some(("%", at + 2));
        }
        let points = tokens.is(at, &["percentage"]) && tokens.is(at + 1, &["point", "points"]);
        points.then_some(("percentage point", at + 2))
    };
    with_unit(tokens, i, EntityType::Percent, unit)
}

/// `350km`, `six months`, `a 47-year-old`. A number of months is a length of time, an age ("47 years old") a quantity.
pub(super) fn quantity(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    if tokens.glued(i)
        && i > 0
        && (tokens.is_word(i - 1) || tokens.is(i - 1, &["-", "/", "'", "’"]))
    {
        return Vec::new();
    }
    let unit = |number: Number| {
        // "two more weeks", "three consecutive quarters"
        let between = &[
            "more",
            "consecutive",
            "straight",
            "additional",
            "further",
            "full",
            "whole",
        ];
        let more = number.next + usize::from(tokens.is(number.next, between));
        let at = tokens.skip_hyphen(more);
        if more > number.next && tokens.time_unit(more).is_none() {
            return None;
        }
        if tokens.is(at, &["quarters"]) {
            return Some(("quarter", at + 1));
        }
        let glued = tokens.glued(number.next) && at == number.next;
        let (symbol, next) = (1..=units::LONGEST).rev().find_map(|n| {
            let form = tokens.slice(at, at + n)?;
            let short = form.chars().count() == 1 && form != "°";
            let symbol = units::symbol(form).filter(|_| !short || glued)?;
            Some((symbol, at + n))
        })?;
        // "One day, …", but "one-day"
        if symbol == "day" && tokens.is(i, &["one"]) && at == number.next {
            return None;
        }
        Some((symbol, next))
    };
    let mut matches = with_unit(tokens, i, EntityType::Quantity, unit);
    let Some(last) = matches.last_mut() else {
        return matches;
    };
    let old = tokens.skip_hyphen(last.next);
    let unit = last.unit.as_deref().and_then(TimeUnit::of_symbol);
    if unit.is_some() && tokens.is(old, &["old", "olds"]) {
        last.next = old + 1;
        return matches;
    }
    if unit.is_some() && tokens.is(last.next, &["of"]) && tokens.is(last.next + 1, &["age"]) {
        return matches;
    }
    if let Some(unit) = unit {
        let long = tokens.skip_hyphen(last.next);
        if tokens.is(long, &["long"]) {
            last.next = long + 1;
        }
        for m in &mut matches {
            *m = lengths::matched(m.first, m.next, m.number, unit);
        }
    }
    matches
}

/// A number and its unit, or a range of them.
fn with_unit(
    tokens: &Tokens<'_>,
    i: usize,
    kind: EntityType,
    unit: impl Fn(Number) -> Option<(&'static str, usize)>,
) -> Vec<Match> {
    let Some(number) = tokens.number(i, false) else {
        return Vec::new();
    };
    if let Some((unit, next)) = unit(number) {
        return vec![amount(kind, i, next, number.value, Some(unit.to_owned()))];
    }
    let Some((at, end)) = range(tokens, i, number, false) else {
        return Vec::new();
    };
    let Some((unit, next)) = unit(end) else {
        return Vec::new();
    };
    let unit = Some(unit.to_owned());
    vec![
        amount(kind, i, number.next, scaled_like(number, end), unit.clone()),
        amount(kind, at, next, end.value, unit),
    ]
}

/// The second end of a range, "-10 million" behind "5": its first token, and the number.
fn range(tokens: &Tokens<'_>, i: usize, number: Number, money: bool) -> Option<(usize, Number)> {
    let at = number.next;
    let joined = tokens.dash(at) && tokens.glued(at) == tokens.glued(at + 1)
        || tokens.is(at, &["to", "or"])
        || tokens.is(at, &["and"]) && tokens.is_before(i, &["between"]);
    let end = tokens.number(at + 1, money).filter(|_| joined)?;
    Some((at + 1, end))
}

/// The value of the first end of a range: in "5-10 million" it is in millions, in "500,000 to 2 million" it is not.
fn scaled_like(number: Number, end: Number) -> f64 {
    let shares = number.scale == 1.0 && number.value < end.value / end.scale;
    if shares {
        number.value * end.scale
    } else {
        number.value
    }
}

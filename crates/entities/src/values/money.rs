//! Money: `$3.8bn`, `50 million yuan`, `Rs 500`, `40 cents`, `millions of dollars`.

use super::Match;
use super::amounts::{amount, below_zero, minus, range, scaled_like};
use super::counts::Number;
use super::currencies::{self, Currency, LONGEST_SIGN};
use super::tokens::Tokens;
use crate::countries;
use document::EntityType;

/// `$3.8bn`, `50 million yuan`, `Rs 500`, `millions of dollars`
pub(super) fn money(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    if let Some((code, at)) = sign(tokens, i) {
        let mut matches = signed(tokens, i, code, at);
        if let (Some(first), Some(m)) = (minus(tokens, i), matches.first_mut()) {
            *m = below_zero(m.clone(), first);
        }
        return matches;
    }
    if tokens.uncounted(i) {
        return uncounted(tokens, i).into_iter().collect();
    }
    let Some(number) = number_before_currency(tokens, i) else {
        return Vec::new();
    };
    if let Some((unit, next)) = currency(tokens, number) {
        let value = number.value * unit.factor;
        return vec![amount(EntityType::Money, i, next, value, unit.code)];
    }
    let Some((at, end)) = range(tokens, i, number, true) else {
        return Vec::new();
    };
    let Some((unit, next)) = currency(tokens, end) else {
        return Vec::new();
    };
    let first = scaled_like(number, end) * unit.factor;
    let second = end.value * unit.factor;
    vec![
        amount(EntityType::Money, i, number.next, first, unit.code.clone()),
        amount(EntityType::Money, at, next, second, unit.code),
    ]
}

/// What is paid with: an ISO 4217 code, if it is clear, and how much of it one is.
struct Unit {
    code: Option<String>,
    factor: f64,
}

impl Unit {
    fn of(currency: &Currency, tokens: &Tokens<'_>) -> Self {
        let code = currency.code(&tokens.context.currencies);
        Self {
            code: code.map(str::to_owned),
            factor: currency.factor,
        }
    }

    fn of_code(code: &str) -> Self {
        Self {
            code: Some(code.to_owned()),
            factor: 1.0,
        }
    }
}

/// The currency sign that starts here, the longest one, and the token where its amount should be.
fn sign(tokens: &Tokens<'_>, i: usize) -> Option<(Unit, usize)> {
    if tokens.glued(i) && i > 0 && tokens.is_word(i) && !tokens.dash(i - 1) {
        return None;
    }
    let listed = (1..=LONGEST_SIGN)
        .rev()
        .find_map(|n| Some((currencies::of_sign(tokens.slice(i, i + n)?)?, i + n)));
    if let Some((currency, at)) = listed {
        return Some((Unit::of(currency, tokens), at));
    }
    // Any country's code right before digits, "BND1,000"; with a space, "TOP 10" and "ALL 5" are headlines.
    let code = tokens
        .glued(i + 1)
        .then(|| countries::currency(tokens.text(i)))??;
    Some((Unit::of_code(code), i + 1))
}

fn signed(tokens: &Tokens<'_>, i: usize, unit: Unit, at: usize) -> Vec<Match> {
    let one_letter = at == i + 1 && tokens.is_word(i) && tokens.text(i).len() == 1;
    let at = at + usize::from(tokens.is(at, &["."]) && tokens.glued(at)); // "Rs. 500"
    let in_digits = |at: usize| tokens.text(at).starts_with(|c: char| c.is_ascii_digit());
    let Some(mut number) = tokens.number(at, true).filter(|_| in_digits(at)) else {
        return Vec::new();
    };
    // "N95" is a mask and "K2" a mountain; "N5 million" and "R20,000" are sums.
    let sum = number.scale >= 1e5 || tokens.text(at).contains(',');
    if one_letter && !(sum && tokens.glued(at)) {
        return Vec::new();
    }
    let unit = unit.code;
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
        Some((again, next)) if again.code.is_none() || again.code == unit => next,
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
    Some(Match::number(EntityType::Money, i, next, None, unit.code))
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
fn currency(tokens: &Tokens<'_>, number: Number) -> Option<(Unit, usize)> {
    let at = tokens.skip_hyphen(number.next);
    let at = at + usize::from(number.scale > 1.0 && tokens.is(at, &["of"]));
    let (unit, next) = currency_words(tokens, at)?;
    let word = tokens.text(next - 1);
    // "Five won", "he won 3-1": the verb is commoner; "two pounds of flour" are weighed.
    let verb = word.eq_ignore_ascii_case("won") && number.scale < 1e3 && number.value < 1e4;
    let weight = tokens.is(next - 1, &["pound", "pounds"])
        && tokens.is(next, &["of"])
        && number.scale == 1.0;
    // "99p", but "720p" and "5 p.m."
    let lines = word == "p"
        && !(tokens.glued(next - 1)
            && number.value < 200.0
            && !(tokens.is(next, &["."]) && tokens.is(next + 1, &["m"])));
    (!verb && !weight && !lines).then_some((unit, next))
}

/// A currency's word, with or without its country: `yuan`, `Indian rupees`, `US dollars`, `USD`.
fn currency_words(tokens: &Tokens<'_>, at: usize) -> Option<(Unit, usize)> {
    if let Some(currency) = currencies::of_sign(tokens.text(at))
        && tokens.is_word(at)
        && tokens.text(at).len() == 3
    {
        return Some((Unit::of(currency, tokens), at + 1));
    }
    // "500€", "20 million US$", but "5 $10 bills"
    let next = at + 1 + usize::from(tokens.is(at + 1, &["$"]) && tokens.glued(at + 1));
    let number =
        || tokens.glued(next) && tokens.text(next).starts_with(|c: char| c.is_ascii_digit());
    if !tokens.is_word(next - 1)
        && !number()
        && let Some(currency) = tokens.slice(at, next).and_then(currencies::of_sign)
    {
        return Some((Unit::of(currency, tokens), next));
    }
    if !tokens.is_word(at) && !tokens.is(at, &["¢"]) {
        return None;
    }
    let word = |at: usize, length: usize| currencies::of_word(tokens.slice(at, at + length)?);
    for length in [2, 1] {
        if let Some(currency) = word(at, length) {
            return Some((Unit::of(currency, tokens), at + length));
        }
    }
    // "U.S. dollars": the country has four tokens.
    (1..=4).find_map(|length| {
        let currency = word(at + length, 1)?;
        let (country, _) = countries::lookup(tokens.slice(at, at + length)?)?;
        let unit = Unit {
            factor: currency.factor,
            ..Unit::of_code(country.currency)
        };
        Some((unit, at + length + 1))
    })
}

//! Amounts with a unit: money, percentages, quantities.
//!
//! The two ends of a range are two values, and the first has the unit and scale of the second: "$5-10 million" is five
//! million and ten million dollars.

use super::Match;
use super::piece::{Number, Piece};
use crate::countries;
use document::{EntityType, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The most tokens of a unit or currency: "square kilometres per hour", "U.S. $".
const LONGEST_UNIT: usize = 5;

struct Units {
    /// From a form to its symbol; forms of more than two letters in lower case.
    symbols: HashMap<String, &'static str>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let mut symbols = HashMap::new();
    for line in lines(include_str!("../../data/units.tsv")) {
        if let Some((symbol, forms)) = line.split_once('\t') {
            for form in forms.split("; ") {
                symbols.insert(unit_key(form), symbol);
            }
        }
    }
    Units { symbols }
});

/// `M` is mega and `m` milli; longer forms are words.
fn unit_key(form: &str) -> String {
    if form.chars().count() <= 2 {
        form.to_owned()
    } else {
        form.to_lowercase()
    }
}

struct Currencies {
    /// Signs before an amount.
    signs: HashMap<&'static str, &'static str>,
    /// Words behind an amount.
    words: HashMap<&'static str, Currency>,
}

struct Currency {
    code: Option<&'static str>,
    /// Whose word it is, where several currencies share it.
    shared: Vec<&'static str>,
}

static CURRENCIES: LazyLock<Currencies> = LazyLock::new(|| {
    let mut currencies = Currencies {
        signs: HashMap::new(),
        words: HashMap::new(),
    };
    for line in lines(include_str!("../../data/currencies.tsv")) {
        let mut columns = line.split('\t').map(|column| {
            column
                .split("; ")
                .filter(|form| !form.is_empty())
                .collect::<Vec<_>>()
        });
        let mut column = || columns.next().unwrap_or_default();
        let (code, signs, words, shared) = (column(), column(), column(), column());
        let code = code.first().copied().filter(|code| *code != "-");
        for sign in signs {
            currencies.signs.insert(sign, code.unwrap_or_default());
        }
        for word in words {
            let shared = shared.clone();
            currencies.words.insert(word, Currency { code, shared });
        }
    }
    currencies
});

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Whether this word by itself is a unit.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.symbols.contains_key(unit_key(word).as_str())
}

/// `$3.8bn`, `50 million yuan`, `Rs 500`, `millions of dollars`
pub(super) fn money(piece: &Piece<'_>, i: usize) -> Vec<Match> {
    if let Some((code, at)) = sign(piece, i) {
        return signed(piece, i, code, at);
    }
    if piece.uncounted(i) || piece.is(i, &["tens"]) {
        return uncounted(piece, i).into_iter().collect();
    }
    let Some(number) = number_before_currency(piece, i) else {
        return Vec::new();
    };
    if let Some((unit, next)) = currency(piece, number) {
        return vec![amount(EntityType::Money, i, next, number.value, unit)];
    }
    let Some((at, end)) = range(piece, i, number, true) else {
        return Vec::new();
    };
    let Some((unit, next)) = currency(piece, end) else {
        return Vec::new();
    };
    let first = scaled_like(number, end);
    vec![
        amount(EntityType::Money, i, number.next, first, unit.clone()),
        amount(EntityType::Money, at, next, end.value, unit),
    ]
}

fn amount(kind: EntityType, first: usize, next: usize, value: f64, unit: Option<String>) -> Match {
    Match {
        first,
        next,
        kind,
        value: Some(Value::Number(round(value))),
        unit,
    }
}

/// 3.8 million is 3,800,000 and not 3,799,999.9999999995: twelve figures are more than any text has.
fn round(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

/// The currency sign that starts here, the longest one, and the token where its amount should be.
fn sign(piece: &Piece<'_>, i: usize) -> Option<(&'static str, usize)> {
    if piece.glued(i) && i > 0 && piece.is_word(i) {
        return None;
    }
    let listed = (1..=LONGEST_UNIT)
        .rev()
        .find_map(|n| Some((*CURRENCIES.signs.get(piece.slice(i, i + n)?)?, i + n)));
    // Any country's code right before digits, "BND1,000"; with a space, "TOP 10" and "ALL 5" are headlines.
    let code = || {
        piece
            .glued(i + 1)
            .then(|| countries::currency(piece.text(i)))
    };
    listed.or_else(|| Some((code()??, i + 1)))
}

fn signed(piece: &Piece<'_>, i: usize, code: &str, at: usize) -> Vec<Match> {
    let at = at + usize::from(piece.is(at, &["."]) && piece.glued(at)); // "Rs. 500"
    let in_digits = |at: usize| piece.text(at).starts_with(|c: char| c.is_ascii_digit());
    let Some(mut number) = piece.number(at, true).filter(|_| in_digits(at)) else {
        return Vec::new();
    };
    let unit = Some(code.to_owned());
    let mut matches = Vec::new();
    let mut first = i;
    if let Some((end_at, end)) = range(piece, i, number, true).filter(|(at, _)| in_digits(*at)) {
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
    let next = match currency(piece, number) {
        Some((again, next)) if again.is_none() || again == unit => next,
        _ => number.next,
    };
    matches.push(amount(EntityType::Money, first, next, number.value, unit));
    matches
}

/// `millions of dollars`, `tens of thousands of Indian rupees`: a currency without a number.
fn uncounted(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let mut at = i;
    while at < i + 6
        && (piece.uncounted(at) || piece.is(at, &["tens"]))
        && piece.is(at + 1, &["of"])
    {
        at += 2;
    }
    let (unit, next) = currency_words(piece, at).filter(|_| at > i)?;
    Some(Match {
        first: i,
        next,
        kind: EntityType::Money,
        value: None,
        unit,
    })
}

fn number_before_currency(piece: &Piece<'_>, i: usize) -> Option<Number> {
    if piece.glued(i) && i > 0 && piece.is_word(i - 1) {
        return None; // "Dh5" has been tried, "G20" is a code
    }
    let long = piece.number(i, false)?;
    let short = piece.number(i, true)?;
    // "5m euros", but "5m" alone is a length
    Some(
        if short.next > long.next && currency(piece, short).is_some() {
            short
        } else {
            long
        },
    )
}

/// The currency after a number: its code, and the token after it.
fn currency(piece: &Piece<'_>, number: Number) -> Option<(Option<String>, usize)> {
    let at = piece.skip_hyphen(number.next);
    let at = at + usize::from(number.scale > 1.0 && piece.is(at, &["of"]));
    let (unit, next) = currency_words(piece, at)?;
    let word = piece.text(next - 1);
    // "Five won", "he won 3-1": the verb is commoner; "two pounds of flour" are weighed.
    let verb = word.eq_ignore_ascii_case("won") && number.scale < 1e3 && number.value < 1e4;
    let weight =
        piece.is(next - 1, &["pound", "pounds"]) && piece.is(next, &["of"]) && number.scale == 1.0;
    (!verb && !weight).then_some((unit, next))
}

/// A currency's word, with or without its country: `yuan`, `Indian rupees`, `US dollars`, `USD`.
fn currency_words(piece: &Piece<'_>, at: usize) -> Option<(Option<String>, usize)> {
    let table = &*CURRENCIES;
    if let Some(code) = table
        .signs
        .get(piece.text(at))
        .filter(|_| piece.is_word(at) && piece.text(at).len() == 3)
    {
        return Some((Some((*code).to_owned()), at + 1));
    }
    let word = |at: usize, tokens: usize| {
        let lower = piece.slice(at, at + tokens)?.to_lowercase();
        table.words.get(lower.as_str())
    };
    for tokens in [2, 1] {
        if let Some(currency) = word(at, tokens) {
            let mut among = currency
                .shared
                .iter()
                .filter(|code| piece.known.currencies.contains(**code));
            let only = among.next().filter(|_| among.next().is_none());
            let code = currency.code.or(only.copied());
            return Some((code.map(str::to_owned), at + tokens));
        }
    }
    // "U.S. dollars" has four tokens of country.
    (1..=4).find_map(|tokens| {
        word(at + tokens, 1)?;
        let (country, _) = countries::lookup(piece.slice(at, at + tokens)?)?;
        Some((Some(country.currency.to_owned()), at + tokens + 1))
    })
}

/// `5%`, `5 per cent`, `two percentage points`
pub(super) fn percent(piece: &Piece<'_>, i: usize) -> Vec<Match> {
    if piece.glued(i) && i > 0 && piece.is_word(i - 1) {
        return Vec::new();
    }
    let unit = |number: Number| {
        let at = piece.skip_hyphen(number.next);
        if piece.is(at, &["%", "percent", "pct"]) {
            return Some(("%", at + 1));
        }
        if piece.is(at, &["per"]) && piece.is(at + 1, &["cent"]) {
            return Some(("%", at + 2));
        }
        let points = piece.is(at, &["percentage"]) && piece.is(at + 1, &["point", "points"]);
        points.then_some(("percentage point", at + 2))
    };
    with_unit(piece, i, EntityType::Percent, unit)
}

/// `350km`, `six months`, `a 47-year-old`
pub(super) fn quantity(piece: &Piece<'_>, i: usize) -> Vec<Match> {
    if piece.glued(i) && i > 0 && (piece.is_word(i - 1) || piece.is(i - 1, &["-", "/", "'", "’"]))
    {
        return Vec::new();
    }
    let unit = |number: Number| {
        let at = piece.skip_hyphen(number.next);
        let glued = piece.glued(number.next) && at == number.next;
        let (symbol, next) = (1..=LONGEST_UNIT).rev().find_map(|n| {
            let form = piece.slice(at, at + n)?;
            let short = form.chars().count() == 1 && form != "°";
            let symbol = UNITS
                .symbols
                .get(unit_key(form).as_str())
                .filter(|_| !short || glued)?;
            Some((*symbol, at + n))
        })?;
        // "One day, …", "two seconds" but "a second"
        if symbol == "day" && piece.is(i, &["one"]) {
            return None;
        }
        let old = piece.skip_hyphen(next);
        let next = if symbol == "year" && piece.is(old, &["old", "olds"]) {
            old + 1
        } else {
            next
        };
        Some((symbol, next))
    };
    with_unit(piece, i, EntityType::Quantity, unit)
}

/// A number and its unit, or a range of them.
fn with_unit(
    piece: &Piece<'_>,
    i: usize,
    kind: EntityType,
    unit: impl Fn(Number) -> Option<(&'static str, usize)>,
) -> Vec<Match> {
    let Some(number) = piece.number(i, false) else {
        return Vec::new();
    };
    if let Some((unit, next)) = unit(number) {
        return vec![amount(kind, i, next, number.value, Some(unit.to_owned()))];
    }
    let Some((at, end)) = range(piece, i, number, false) else {
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

/// The second end of a range: `-10 million` behind `5`, and where it starts.
fn range(piece: &Piece<'_>, i: usize, number: Number, money: bool) -> Option<(usize, Number)> {
    let at = number.next;
    let joined = piece.dash(at) && piece.glued(at) == piece.glued(at + 1)
        || piece.is(at, &["to", "or"])
        || piece.is(at, &["and"]) && piece.is_before(i, &["between"]);
    let end = piece.number(at + 1, money).filter(|_| joined)?;
    Some((at + 1, end))
}

/// In "5-10 million" both are millions; in "500,000 to 2 million" the first is as it stands.
fn scaled_like(number: Number, end: Number) -> f64 {
    let shares = number.scale == 1.0 && number.value < end.value / end.scale;
    if shares {
        number.value * end.scale
    } else {
        number.value
    }
}

//! Amounts with a unit: percentages, quantities.
//!
//! The two ends of a range are two values. The first has the unit and the scale of the second: "5-10 million tonnes" is five
//! million and ten million tonnes.

use super::Match;
use super::counts::Number;
use super::fractions::share_of;
use super::lengths;
use super::numbers::counted;
use super::tokens::Tokens;
use super::units;
use super::words::TimeUnit;
use document::EntityType;

pub(super) fn amount(
    kind: EntityType,
    first: usize,
    next: usize,
    value: f64,
    unit: Option<String>,
) -> Match {
    Match::number(kind, first, next, Some(value), unit)
}

/// Where a number is below zero, the token of its sign or "minus".
pub(super) fn minus(tokens: &Tokens<'_>, i: usize) -> Option<usize> {
    let before = i.checked_sub(1)?;
    let sign = tokens.is(before, &["-", "−", "–"]) && tokens.glued(i) && !tokens.glued(before);
    (sign || tokens.is(before, &["minus"])).then_some(before)
}

/// The amount as it is below zero.
pub(super) fn below_zero(m: Match, first: usize) -> Match {
    let number = m.number.map(|number| -number.abs());
    Match::number(m.kind, first, m.next, number, m.unit)
}

/// `5%`, `5 per cent`, `two percentage points`, `25 basis points`, `-3.5%`
pub(super) fn percent(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    if tokens.glued(i) && i > 0 && tokens.is_word(i - 1) {
        return Vec::new();
    }
    let unit = |number: Number| {
        let at = tokens.skip_hyphen(number.next);
        if tokens.is(at, &["%", "percent", "pct"]) || tokens.is(at, &["pc"]) && tokens.glued(at) {
            return Some(("%", at + 1));
        }
        if tokens.is(at, &["per"]) && tokens.is(at + 1, &["cent"]) {
            return Some(("%", at + 2));
        }
        let points = |word: &[&str]| {
            let point = tokens.skip_hyphen(at + 1);
            (tokens.is(at, word) && tokens.is(point, &["point", "points"])).then_some(point + 1)
        };
        if let Some(next) = points(&["percentage"]) {
            return Some(("percentage point", next));
        }
        if let Some(next) = points(&["basis"]) {
            return Some(("basis point", next));
        }
        tokens
            .is(at, &["bps", "bp"])
            .then_some(("basis point", at + 1))
    };
    let mut matches = with_unit(tokens, i, EntityType::Percent, unit);
    if let (Some(first), [m]) = (minus(tokens, i), &mut matches[..]) {
        *m = below_zero(m.clone(), first);
    }
    matches
}

/// `350km`, `six months`, `a 47-year-old`. A number of months is a length of time, an age ("47 years old") a quantity.
pub(super) fn quantity(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    let minus = minus(tokens, i);
    if tokens.glued(i)
        && i > 0
        && minus.is_none()
        && (tokens.is_word(i - 1) || tokens.is(i - 1, &["-", "/", "'", "’"]))
        || counted(tokens, i).is_some()
    {
        return Vec::new();
    }
    if let Some(m) = part_of_unit(tokens, i) {
        return vec![as_length(m)];
    }
    let mut matches = with_unit(tokens, i, EntityType::Quantity, |number| {
        unit(tokens, i, number)
    });
    let Some(last) = matches.last_mut() else {
        return below(tokens, i).into_iter().collect();
    };
    if let Some(whole) = compound(tokens, last) {
        *last = whole;
        return matches;
    }
    if last
        .unit
        .as_deref()
        .is_some_and(|unit| unit.starts_with('°'))
    {
        let below = tokens.is(last.next, &["below"]);
        if below && tokens.is(last.next + 1, &["freezing"]) {
            // Freezing is at 0 °C and at 32 °F.
            let (kind, first, next) = (last.kind, last.first, last.next + 2);
            return vec![Match::number(kind, first, next, None, last.unit.take())];
        }
        let zero = below && tokens.is(last.next + 1, &["zero"]);
        if zero {
            last.next += 2;
            *last = below_zero(last.clone(), last.first);
        } else if let (Some(first), [m]) = (minus, &mut matches[..]) {
            *m = below_zero(m.clone(), first);
        }
        return matches;
    }
    let old = tokens.skip_hyphen(last.next);
    if tokens.is(old, &["old", "olds"]) {
        last.next = old + 1;
        return matches;
    }
    if tokens.is(last.next, &["of"]) && tokens.is(last.next + 1, &["age"]) {
        return matches;
    }
    if last.unit.as_deref().and_then(TimeUnit::of_symbol).is_some() {
        let long = tokens.skip_hyphen(last.next);
        if tokens.is(long, &["long"]) {
            last.next = long + 1;
        }
    }
    matches.into_iter().map(as_length).collect()
}

/// A number of hours or years is a length of time.
fn as_length(m: Match) -> Match {
    match m.unit.as_deref().and_then(TimeUnit::of_symbol) {
        Some(unit) => lengths::matched(m.first, m.next, m.number, unit),
        None => m,
    }
}

/// The unit behind a number: its symbol, and the token after it.
fn unit(tokens: &Tokens<'_>, i: usize, number: Number) -> Option<(&'static str, usize)> {
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
    if tokens.is(at, &["quarters"]) && !share_of(tokens, at + 1) {
        return Some(("quarter", at + 1));
    }
    let (symbol, next) = symbol_at(tokens, at, tokens.glued(number.next) && at == number.next)?;
    // "104F" and "-3C" are temperatures, "5C" a telephone.
    let letter = tokens.text(at).len() == 1;
    let degrees = minus(tokens, i).is_some() || (10.0..150.0).contains(&number.value);
    if symbol.starts_with('°') && letter && !degrees {
        return None;
    }
    // "One day, …", but "one-day"
    if symbol == "day" && tokens.is(i, &["one"]) && at == number.next {
        return None;
    }
    Some((symbol, next))
}

/// A unit's symbol, and the token after it. One letter and "in" count only right behind their number.
fn symbol_at(tokens: &Tokens<'_>, at: usize, glued: bool) -> Option<(&'static str, usize)> {
    // Most numbers have a comma or a full stop behind them.
    if !tokens.is_word(at) && tokens.text(at) != "°" {
        return None;
    }
    (1..=units::LONGEST).rev().find_map(|n| {
        let form = tokens.slice(at, at + n)?;
        // "5in" is a length, "5 in Rome" is none.
        let short = form.chars().count() == 1 && form != "°" || form == "in";
        let symbol = units::symbol(form).filter(|_| !short || glued)?;
        Some((symbol, at + n))
    })
}

/// `half a mile`, `three-quarters of an hour`, `a mile and a half`
fn part_of_unit(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let matched = |value: f64, next: usize, symbol: &str| {
        amount(
            EntityType::Quantity,
            i,
            next,
            value,
            Some(symbol.to_owned()),
        )
    };
    if let Some((part, at)) = tokens.fraction(i) {
        let at = tokens.skip_hyphen(at);
        let of = tokens.is(at, &["of"]);
        let article = at + usize::from(of);
        // "A second blast and a third an hour later"
        if !tokens.is(article, &["a", "an"]) || !of && !tokens.is(i, &["half"]) {
            return None;
        }
        let (symbol, next) = symbol_at(tokens, tokens.skip_hyphen(article + 1), false)?;
        return Some(matched(part, next, symbol));
    }
    if !tokens.is(i, &["a", "an"]) {
        return None;
    }
    let and = (i + 2..i + 2 + units::LONGEST).find(|&at| tokens.is(at, &["and"]))?;
    let (value, next) = tokens.and_part(1.0, and);
    let symbol = units::symbol(tokens.slice(i + 1, and)?).filter(|_| next > and)?;
    Some(matched(value, next, symbol))
}

/// `10 below zero`
fn below(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let number = tokens.number(i, false)?;
    let zero = tokens.is(number.next, &["below"]) && tokens.is(number.next + 1, &["zero"]);
    let unit = Some("°".to_owned());
    zero.then(|| {
        amount(
            EntityType::Quantity,
            i,
            number.next + 2,
            -number.value,
            unit,
        )
    })
}

/// Units that are counted together, the second so many to the first: "5 ft 11", "7 lb 4 oz", "two hours and ten minutes".
const PARTS: &[(&str, &str, f64)] = &[
    ("ft", "in", 12.0),
    ("lb", "oz", 16.0),
    ("year", "month", 12.0),
    ("hour", "minute", 60.0),
    ("minute", "second", 60.0),
];

/// The amount with its smaller part, in the smaller unit; a length of time has both in its value.
fn compound(tokens: &Tokens<'_>, m: &Match) -> Option<Match> {
    let larger = m.unit.as_deref()?;
    let &(_, smaller, factor) = PARTS.iter().find(|(unit, ..)| *unit == larger)?;
    let hyphen = tokens.skip_hyphen(m.next);
    let at = hyphen + usize::from(tokens.is(hyphen, &["and", ","]));
    let part = tokens.number(at, false)?;
    if part.value >= factor || part.value < 0.0 || m.number?.fract() != 0.0 {
        return None;
    }
    let unit_at = tokens.skip_hyphen(part.next);
    let next = match symbol_at(tokens, unit_at, tokens.glued(unit_at)) {
        Some((symbol, next)) if symbol == smaller => next,
        // "5 ft 11" needs no inches, if nothing else is counted.
        None if larger == "ft"
            && at == hyphen
            && (hyphen > m.next
                || !tokens.is_word(part.next)
                || tokens.is(part.next, &["tall", "and", "in"])) =>
        {
            part.next
        }
        _ => return None,
    };
    let whole = m.number?;
    let number = whole * factor + part.value;
    let unit = Some(smaller.to_owned());
    let units = TimeUnit::of_symbol(larger).zip(TimeUnit::of_symbol(smaller));
    Some(match units {
        Some((larger, smaller)) => Match {
            value: Some(lengths::iso_of_two((whole, larger), (part.value, smaller))),
            ..lengths::matched(m.first, next, Some(number), smaller)
        },
        None => amount(EntityType::Quantity, m.first, next, number, unit),
    })
}

/// A number and its unit, or a range of them.
fn with_unit(
    tokens: &Tokens<'_>,
    i: usize,
    kind: EntityType,
    unit: impl Fn(Number) -> Option<(&'static str, usize)>,
) -> Vec<Match> {
    let Some(mut number) = tokens.number(i, false) else {
        return Vec::new();
    };
    // "2m tonnes": the short scales of money, where a unit follows
    if let Some(short) = tokens
        .number(i, true)
        .filter(|short| short.next > number.next)
        && unit(short).is_some_and(|(_, next)| next > short.next)
    {
        number = short;
    }
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
pub(super) fn range(
    tokens: &Tokens<'_>,
    i: usize,
    number: Number,
    money: bool,
) -> Option<(usize, Number)> {
    let at = number.next;
    let joined = tokens.dash(at) && tokens.glued(at) == tokens.glued(at + 1)
        || tokens.is(at, &["to", "or"])
        || tokens.is(at, &["and"]) && tokens.is_before(i, &["between"]);
    let end = tokens.number(at + 1, money).filter(|_| joined)?;
    Some((at + 1, end))
}

/// The value of the first end of a range: in "5-10 million" it is in millions, in "500,000 to 2 million" it is not.
pub(super) fn scaled_like(number: Number, end: Number) -> f64 {
    let shares = number.scale == 1.0 && number.value < end.value / end.scale;
    if shares {
        number.value * end.scale
    } else {
        number.value
    }
}

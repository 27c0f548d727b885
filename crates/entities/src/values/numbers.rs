//! Ordinals, and the numbers that are nothing else.

use super::amounts;
use super::counts::Number;
use super::lexer::Kind;
use super::tokens::Tokens;
use super::years::is_plural;
use super::{CONTEXTS, Match};
use crate::lists::{WordList, words};
use document::EntityType;
use std::sync::LazyLock;
use text::calendar::ORDINAL_ENDINGS;

static BEFORE_PRONOUN: WordList = LazyLock::new(|| words(CONTEXTS, "before pronoun"));
static COUNTED: WordList = LazyLock::new(|| words(CONTEXTS, "counted"));
static AFTER_PRONOUN: WordList = LazyLock::new(|| words(CONTEXTS, "after pronoun"));

/// `first`, `21st`, `twenty-first`: the number and the token after it.
pub(super) fn ordinal_number(tokens: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    if let Kind::Number(value) = tokens.get(i)?.kind {
        let suffixed = tokens.glued(i + 1) && tokens.is(i + 1, ORDINAL_ENDINGS);
        return (suffixed && value.fract() == 0.0).then_some((value, i + 2));
    }
    if let Some(value) = tokens.ordinal(i) {
        return Some((value, i + 1));
    }
    let tens = tokens
        .small_number(i)
        .filter(|n| (20.0..100.0).contains(n))?;
    let unit = tokens.skip_hyphen(i + 1);
    let value = tokens.ordinal(unit).filter(|n| *n < 10.0)?;
    (unit > i + 1).then_some((tens + value, unit + 1))
}

/// The ordinal that starts at a token.
pub(super) fn ordinal(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if tokens.glued(i) && tokens.is_before(i, &["-", "'", "’"]) {
        return None; // "one-third", "twenty-first" in its middle
    }
    let (value, next) = ordinal_number(tokens, i)?;
    // "First Lady" and "Second Avenue" are names; "at first" and "a second" are no order.
    let in_a_name = tokens.capital(i) && tokens.capital(next) && tokens.is_word(next);
    let no_order = tokens.is(i, &["first"]) && tokens.is_before(i, &["at"])
        || tokens.is(i, &["second"])
            && tokens.is_before(i, &["a", "per", "every", "one", "split"])
            && !tokens.is_word(next);
    let compound = tokens.skip_hyphen(next) > next
        && tokens.is(next + 1, &["hand", "class", "degree", "rate", "floor"]);
    if in_a_name || no_order || compound {
        return None;
    }
    Some(Match::number(
        EntityType::Ordinal,
        i,
        next,
        Some(value),
        None,
    ))
}

/// The number that starts at a token, where it is nothing else.
pub(super) fn cardinal(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let matched = |next: usize, value: Option<f64>| {
        let kind = EntityType::Cardinal;
        Some(Match::number(kind, i, next, value, None))
    };
    if tokens.uncounted(i) {
        // "hundreds of thousands"
        let more = tokens.is(i + 1, &["of"]) && tokens.uncounted(i + 2);
        return matched(i + if more { 3 } else { 1 }, None);
    }
    let number = match counted(tokens, i) {
        Some(number) => number,
        None => tokens.number(i, false)?,
    };
    if matches!(tokens.get(i)?.kind, Kind::Number(_)) {
        if tokens.part_of_code(i) {
            return None;
        }
        // "Flat 3C", "a 10k race": a code, or what is not sure.
        let letter = number.next;
        if tokens.glued(letter)
            && (matches!(tokens.text(letter), "C" | "F")
                || tokens.money_scale(letter).is_some() && !tokens.is(letter, &["m"]))
        {
            return None;
        }
        // `3-1` is a result, `1-800-…` and `12-7-4` are something else.
        let joined =
            |i: usize| tokens.is(i, &["-", "–", ":"]) && tokens.glued(i) && tokens.glued(i + 1);
        let is_number = |i: usize| {
            tokens
                .get(i)
                .is_some_and(|t| matches!(t.kind, Kind::Number(_)))
        };
        if i > 1 && joined(i - 1) && is_number(i - 2) {
            return None;
        }
        if number.next == i + 1 && joined(i + 1) && is_number(i + 2) {
            let alone = !joined(i + 3) && !tokens.part_of_code(i + 2);
            return alone.then(|| matched(i + 3, None))?;
        }
    } else {
        let pronoun = tokens.is(i, &["one"]) && number.next == i + 1 && !counting_one(tokens, i);
        let half_a_word = tokens.glued(i) && tokens.is_before(i, &["-", "'", "’"]);
        if pronoun || half_a_word {
            return None;
        }
    }
    // "Two-thirds", "five-star" and "one-sided" count nothing.
    let joined = tokens.skip_hyphen(number.next);
    // "A 2,000-strong crowd", "2.5-fold"
    if joined > number.next && tokens.is(joined, &["strong", "odd", "plus"]) {
        return matched(number.next, Some(number.value));
    }
    if joined > number.next && tokens.is(joined, &["fold"]) {
        return matched(joined + 1, Some(number.value));
    }
    if joined > number.next && tokens.is_word(joined) && !tokens.is_word(i) {
        return None;
    }
    if joined > number.next && tokens.is_word(i) {
        return None;
    }
    // "Forty Hall", "Seven Sisters"
    if tokens.is_word(i) && tokens.capital(i) && i > 0 && tokens.capital(number.next) {
        return None;
    }
    let m = matched(number.next, Some(number.value))?;
    Some(match amounts::minus(tokens, i) {
        Some(first) => amounts::below_zero(m, first),
        None => m,
    })
}

/// `15k` of "15k fans", `2.3m` of "2.3m people": the short scales of money, before what is counted. A metre is the commoner "m".
pub(super) fn counted(tokens: &Tokens<'_>, i: usize) -> Option<Number> {
    let long = tokens.number(i, false)?;
    let short = tokens
        .number(i, true)
        .filter(|short| short.next > long.next)?;
    let thousands = tokens.is(short.next - 1, &["k"]);
    let noun = tokens.is(short.next, &COUNTED) || thousands && is_plural(tokens, short.next);
    noun.then_some(short)
}

/// `10-15 people`, `two to three million people`: both ends, each with the scale of the second.
pub(super) fn range(tokens: &Tokens<'_>, i: usize) -> Vec<Match> {
    let ends = || {
        if tokens.glued(i) && i > 0 || tokens.year(i).is_some() {
            return None;
        }
        let number = tokens.number(i, false)?;
        let (at, end) = amounts::range(tokens, i, number, false)?;
        let first = amounts::scaled_like(number, end);
        let shared = end.scale > 1.0 && first > number.value;
        let hyphen = tokens.dash(number.next) && tokens.glued(at) && tokens.is_word(end.next);
        let counts = is_plural(tokens, end.next) && (shared || hyphen);
        (counts && first < end.value && tokens.year(at).is_none()).then_some((
            first,
            number.next,
            at,
            end,
        ))
    };
    let Some((first, next, at, end)) = ends() else {
        return Vec::new();
    };
    let kind = EntityType::Cardinal;
    vec![
        Match::number(kind, i, next, Some(first), None),
        Match::number(kind, at, end.next, Some(end.value), None),
    ]
}

/// Whether "one" counts: "one of them", "one man", but not "no one", "this one", "one is led to believe".
fn counting_one(tokens: &Tokens<'_>, i: usize) -> bool {
    let pronoun = tokens.is_before(i, &BEFORE_PRONOUN) || tokens.is(i + 1, &AFTER_PRONOUN);
    !pronoun && tokens.is_word(i + 1)
}

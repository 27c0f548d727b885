//! Ordinals, and the numbers that are nothing else.

use super::Match;
use super::lexer::Kind;
use super::piece::Piece;
use document::{EntityType, Value};

/// `first`, `21st`, `twenty-first`: the number and the token after it.
pub(super) fn ordinal_number(piece: &Piece<'_>, i: usize) -> Option<(f64, usize)> {
    if let Kind::Number(value) = piece.token(i)?.kind {
        let suffixed = piece.glued(i + 1) && piece.is(i + 1, &["st", "nd", "rd", "th"]);
        return (suffixed && value.fract() == 0.0).then_some((value, i + 2));
    }
    if let Some(value) = piece.ordinal(i) {
        return Some((value, i + 1));
    }
    let tens = piece
        .small_number(i)
        .filter(|n| (20.0..100.0).contains(n))?;
    let unit = piece.skip_hyphen(i + 1);
    let value = piece.ordinal(unit).filter(|n| *n < 10.0)?;
    (unit > i + 1).then_some((tens + value, unit + 1))
}

pub(super) fn ordinal(piece: &Piece<'_>, i: usize) -> Option<Match> {
    if piece.glued(i) && piece.is_before(i, &["-", "'", "’"]) {
        return None; // "one-third", "twenty-first" in its middle
    }
    let (value, next) = ordinal_number(piece, i)?;
    // "First Lady", "First Minister" and "Second Avenue" are names, "at first" and "second thoughts" no order.
    let in_a_name = piece.capital(i) && piece.capital(next) && piece.is_word(next);
    let no_order = piece.is(i, &["first"]) && piece.is_before(i, &["at"])
        || piece.is(i, &["second"])
            && piece.is_before(i, &["a", "per", "every", "one", "split"])
            && !piece.is_word(next);
    let compound = piece.skip_hyphen(next) > next
        && piece.is(next + 1, &["hand", "class", "degree", "rate", "floor"]);
    if in_a_name || no_order || compound {
        return None;
    }
    Some(Match {
        first: i,
        next,
        kind: EntityType::Ordinal,
        value: Some(Value::Number(value)),
        unit: None,
    })
}

pub(super) fn cardinal(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let matched = |next: usize, value: Option<f64>| {
        Some(Match {
            first: i,
            next,
            kind: EntityType::Cardinal,
            value: value.map(Value::Number),
            unit: None,
        })
    };
    if piece.uncounted(i) {
        // "hundreds of thousands"
        let more = piece.is(i + 1, &["of"]) && piece.uncounted(i + 2);
        return matched(i + if more { 3 } else { 1 }, None);
    }
    let number = piece.number(i, false)?;
    if matches!(piece.token(i)?.kind, Kind::Number(_)) {
        if piece.part_of_code(i) {
            return None;
        }
        // `3-1` is a result, `1-800-…` and `12-7-4` are something else.
        let joined =
            |i: usize| piece.is(i, &["-", "–", ":"]) && piece.glued(i) && piece.glued(i + 1);
        let is_number = |i: usize| {
            piece
                .token(i)
                .is_some_and(|t| matches!(t.kind, Kind::Number(_)))
        };
        if i > 1 && joined(i - 1) && is_number(i - 2) {
            return None;
        }
        if number.next == i + 1 && joined(i + 1) && is_number(i + 2) {
            let alone = !joined(i + 3) && !piece.part_of_code(i + 2);
            return alone.then(|| matched(i + 3, None))?;
        }
    } else {
        let pronoun = piece.is(i, &["one"]) && number.next == i + 1 && !counting_one(piece, i);
        let half_a_word = piece.glued(i) && piece.is_before(i, &["-", "'", "’"]);
        if pronoun || half_a_word {
            return None;
        }
    }
    // "two-thirds", "five-star", "one-sided": not that many of anything.
    let joined = piece.skip_hyphen(number.next);
    if joined > number.next && piece.is_word(joined) && !piece.is_word(i) {
        return None;
    }
    if joined > number.next && piece.is_word(i) {
        return None;
    }
    // "Forty Hall", "Seven Sisters"
    if piece.is_word(i) && piece.capital(i) && i > 0 && piece.capital(number.next) {
        return None;
    }
    matched(number.next, Some(number.value))
}

/// Whether "one" counts: "one of them", "one man", but not "no one", "this one", "one is led to believe".
fn counting_one(piece: &Piece<'_>, i: usize) -> bool {
    let pronoun = piece.is_before(
        i,
        &[
            "no", "this", "that", "the", "any", "every", "each", "another", "some", "which", "a",
            "other", "good", "only",
        ],
    );
    let verb = piece.is(
        i + 1,
        &[
            "is", "was", "has", "can", "could", "would", "should", "must", "may", "might", "will",
            "who", "that", "which", "another", "day", "and", "to", "in", "at", "on", "for", "with",
            "by", "as", "does", "did", "had",
        ],
    );
    !pronoun && !verb && piece.is_word(i + 1)
}

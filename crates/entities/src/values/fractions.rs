//! Shares of a whole: `two-thirds`, `half of`, `1 in 5`, `nine out of 10`, `3/4`.

use super::Match;
use super::lexer::Kind;
use super::tokens::Tokens;
use super::words::{Sense, TimeUnit, sense};
use document::EntityType;

/// Words behind "half" that it is half of; "half-time" and "the first half" are others.
const WHOLES: &[&str] = &[
    "of", "the", "its", "their", "his", "her", "our", "your", "my", "that", "those", "these", "all",
];

/// Behind "three quarters of" these make them parts of a year.
const OF_YEARS: &[&str] = &[
    "growth",
    "negative",
    "positive",
    "decline",
    "contraction",
    "losses",
    "profit",
];

impl Tokens<'_> {
    /// The fraction in words that starts here, `half`, `two-thirds`, `a quarter`, and the token after it.
    pub(super) fn fraction(&self, i: usize) -> Option<(f64, usize)> {
        if self.is(i, &["half"]) {
            return Some((0.5, i + 1));
        }
        let above = if self.is(i, &["a"]) {
            1.0
        } else {
            self.small_number(i).filter(|n| (1.0..100.0).contains(n))?
        };
        let at = self.skip_hyphen(i + 1);
        let meaning = match self.text(at).strip_suffix('s') {
            Some(singular) if above > 1.0 => sense(singular),
            None if above == 1.0 => self.sense(at),
            // "One and three-quarter hours"
            None if at > i + 1 && self.is(at, &["quarter"]) => self.sense(at),
            _ => None,
        };
        let below = match meaning? {
            Sense::Ordinal(n) if n > 2.0 => n,
            Sense::TimeUnit(TimeUnit::Quarter, false) => 4.0,
            _ => return None,
        };
        (above < below).then_some((above / below, at + 1))
    }
}

/// A share of a whole, as the number that it is.
pub(super) fn fraction(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if tokens.glued(i) && i > 0 && !tokens.is(i - 1, &["(", "\"", "“", "‘", "—"]) {
        return None;
    }
    let (value, next) = in_digits(tokens, i)
        .or_else(|| out_of(tokens, i))
        .or_else(|| in_words(tokens, i))?;
    Some(Match::number(
        EntityType::Cardinal,
        i,
        next,
        Some(value),
        None,
    ))
}

/// `3/4`, unless it may be a date or a score.
fn in_digits(tokens: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    let value = tokens.simple_fraction(i)?;
    let goes_on = tokens.is(i + 3, &["of"]) || tokens.is_word(i + 3) && !tokens.capital(i + 3);
    goes_on.then_some((value, i + 3))
}

/// `1 in 5`, `nine out of 10`, `one in every four`
fn out_of(tokens: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    let whole = |i: usize| {
        let number = tokens.number(i, false)?;
        let plain = number.scale <= 1e3 && number.value.fract() == 0.0 && number.value >= 1.0;
        plain.then_some((number.value, number.next))
    };
    let (above, at) = whole(i)?;
    let (of, out) = if tokens.is(at, &["in"]) {
        (at + 1 + usize::from(tokens.is(at + 1, &["every"])), false)
    } else if tokens.is(at, &["out"]) && tokens.is(at + 1, &["of"]) {
        (at + 2 + usize::from(tokens.is(at + 2, &["every"])), true)
    } else {
        return None;
    };
    let (below, next) = whole(of)?;
    // "1 in 5" and "one in 100" are shares; "12 in 2019" and "3 in 5 games" are not. Those of other wholes say "out of".
    let unit = tokens.time_unit(tokens.skip_hyphen(next)).is_some();
    let round =
        out || matches!(below, 3.0..=10.0) || below % 10.0 == 0.0 && tokens.year(of).is_none();
    (above < below && round && !unit && !tokens.is(next, &["%", "percent", "games", "matches"]))
        .then_some((above / below, next))
}

/// `two-thirds`, `a third of`, `half the`
fn in_words(tokens: &Tokens<'_>, i: usize) -> Option<(f64, usize)> {
    let (value, next) = tokens.fraction(i)?;
    let of = tokens.is(next, &["of"]);
    let sure = match (tokens.is(i, &["half"]), tokens.is(i, &["a", "one"])) {
        (true, _) => {
            tokens.is(next, WHOLES)
                && !tokens.is_before(i, &["first", "second", "other", "last", "and"])
        }
        (_, true) => of || tokens.skip_hyphen(i + 1) > i + 1,
        _ => {
            let quarters = tokens.is(next - 1, &["quarters"]);
            tokens.skip_hyphen(i + 1) > i + 1 || !quarters || share_of(tokens, next)
        }
    };
    let other = tokens.skip_hyphen(next) > next || matches!(tokens.get(i)?.kind, Kind::Number(_));
    (sure && !other).then_some((value, next))
}

/// Whether quarters are of a thing ("three quarters of the town") rather than of a year.
pub(super) fn share_of(tokens: &Tokens<'_>, next: usize) -> bool {
    tokens.is(next, &["of"]) && !tokens.is(next + 1, OF_YEARS)
}

//! The tokens of a sentence, what the grammar asks of them, and the numbers among them.

use super::calendar::Day;
use super::counts::Number;
use super::lexer::{Kind, Token};
use super::stretches::Stretch;
use super::tense::{Direction, direction};
use super::units;
use super::words::{Sense, TimeUnit};
use std::cell::Cell;
use std::collections::BTreeSet;
use text::calendar::ORDINAL_ENDINGS;

/// The tokens of a sentence, or of a line outside sentences. No value goes beyond them.
///
/// Methods take the index of a token, and may be asked for one past the end.
pub(super) struct Tokens<'t> {
    /// The text of the whole document: tokens' offsets are bytes of it.
    pub document: &'t str,
    pub all: Vec<Token<'t>>,
    pub context: &'t Context,
    /// The date that this sentence has named last, and the one that a sentence shortly before has.
    pub anchor: Option<Stretch>,
    pub anchor_before: Option<Stretch>,
    /// The number read last, of those without and with the short scales of money: most grammars ask for it again.
    pub last_number: [Cell<Option<NumberAt>>; 2],
}

/// What the grammar needs of the whole document.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The day of the report, from which "yesterday" and "Monday" count.
    pub reference: Option<Day>,
    /// The currencies of the countries that the text names, as ISO 4217 codes: they settle which rupees "rupees" are.
    pub currencies: BTreeSet<&'static str>,
}

/// A token, and the number that starts there.
type NumberAt = (usize, Option<Number>);

/// Four digits outside of these are no year in news; later ones are sums and house numbers rather than forecasts.
const YEARS_IN_NEWS: std::ops::RangeInclusive<i64> = 1000..=2100;

impl<'t> Tokens<'t> {
    /// The day of what is told to have happened at a time of the day ("it fell at 0800 GMT") in a sentence that names no day.
    pub(super) fn untold_day(&self, time: document::Span) -> Option<String> {
        let first = self.all.partition_point(|token| token.start < time.start);
        let next = self.all.partition_point(|token| token.start < time.end);
        if direction(self, first, next) != Some(Direction::Past) {
            return None;
        }
        let reference = self.context.reference?;
        match self.anchor_before {
            Some(Stretch::Day(day)) if (day.0 - reference.0).abs() < 7 => Some(day.iso()),
            // "In the year to June 30": the day of something else.
            Some(Stretch::Day(_)) => None,
            _ => Some(reference.iso()),
        }
    }

    pub(super) fn get(&self, i: usize) -> Option<&Token<'t>> {
        self.all.get(i)
    }

    /// The token's text, empty after the end.
    pub(super) fn text(&self, i: usize) -> &'t str {
        self.get(i).map_or("", |token| token.text)
    }

    pub(super) fn sense(&self, i: usize) -> Option<Sense> {
        self.get(i)?.sense
    }

    pub(super) fn small_number(&self, i: usize) -> Option<f64> {
        match self.sense(i)? {
            Sense::Small(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn scale(&self, i: usize) -> Option<f64> {
        match self.sense(i)? {
            Sense::Scale(scale) => Some(scale),
            _ => None,
        }
    }

    pub(super) fn money_scale(&self, i: usize) -> Option<f64> {
        match self.sense(i)? {
            Sense::MoneyScale(scale) => Some(scale),
            _ => None,
        }
    }

    pub(super) fn uncounted(&self, i: usize) -> bool {
        self.sense(i) == Some(Sense::Uncounted)
    }

    pub(super) fn ordinal(&self, i: usize) -> Option<f64> {
        match self.sense(i)? {
            Sense::Ordinal(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn month(&self, i: usize) -> Option<u32> {
        match self.sense(i)? {
            Sense::Month(month) => Some(month),
            _ => None,
        }
    }

    pub(super) fn short_month(&self, i: usize) -> Option<u32> {
        match self.sense(i)? {
            Sense::ShortMonth(month) => Some(month),
            _ => None,
        }
    }

    pub(super) fn weekday(&self, i: usize) -> Option<(i64, bool)> {
        match self.sense(i)? {
            Sense::Weekday(day, plural) => Some((day, plural)),
            _ => None,
        }
    }

    pub(super) fn short_weekday(&self, i: usize) -> Option<i64> {
        match self.sense(i)? {
            Sense::ShortWeekday(day) => Some(day),
            _ => None,
        }
    }

    pub(super) fn time_unit(&self, i: usize) -> Option<(TimeUnit, bool)> {
        match self.sense(i)? {
            Sense::TimeUnit(unit, plural) => Some((unit, plural)),
            _ => None,
        }
    }

    /// The text of some tokens, `None` past the end.
    pub(super) fn slice(&self, first: usize, next: usize) -> Option<&'t str> {
        let start = self.get(first)?.start;
        let end = self.get(next.checked_sub(1)?)?.end();
        self.document.get(start..end)
    }

    /// Whether the token is one of these words, in any case.
    pub(super) fn is(&self, i: usize, words: &[&str]) -> bool {
        let text = self.text(i);
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    /// What a table has for the token, in any case.
    pub(super) fn of<T: Copy>(&self, i: usize, table: &[(&str, T)]) -> Option<T> {
        let text = self.text(i);
        let (_, found) = table
            .iter()
            .find(|(word, _)| text.eq_ignore_ascii_case(word))?;
        Some(*found)
    }

    /// Whether the token before is one of these words, in any case.
    pub(super) fn is_before(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && self.is(i - 1, words)
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.get(i).is_some_and(|token| token.kind == Kind::Word)
    }

    /// Whether there is no white space between the token and the one before.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.get(i).is_some_and(|token| token.glued)
    }

    /// Whether this is a hyphen or dash.
    pub(super) fn dash(&self, i: usize) -> bool {
        self.is(i, &["-", "–", "—", "‑"])
    }

    /// The index after a hyphen that joins two words, or `i` itself.
    pub(super) fn skip_hyphen(&self, i: usize) -> usize {
        let joins = self.is(i, &["-", "‑"]) && self.glued(i) && self.glued(i + 1);
        i + usize::from(joins)
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    /// The year that four digits here may be.
    pub(super) fn year(&self, i: usize) -> Option<i64> {
        let token = self.get(i)?;
        let year = token.digits()?;
        (token.text.len() == 4 && YEARS_IN_NEWS.contains(&year)).then_some(year)
    }

    /// Whether the number here is part of a word or a code, such as `G20`, `F-16`, `Covid-19`, `5G`, and no number.
    pub(super) fn part_of_code(&self, i: usize) -> bool {
        let glued_word = |i: usize| self.is_word(i) || self.is(i, &["_", "/", "\\", "#"]);
        if self.glued(i) && i > 0 {
            if glued_word(i - 1) || self.is_before(i, &["."]) {
                return true;
            }
            // `mid-2019` is a year after a word, `Covid-19` a name.
            if i > 1
                && self.dash(i - 1)
                && self.glued(i - 1)
                && self.is_word(i - 2)
                && !self.is(i - 2, &["mid", "pre", "post", "early", "late", "non"])
            {
                return true;
            }
        }
        let after = i + 1;
        self.glued(after)
            && (self.is(after, &["/", "_", "\\"]) && self.glued(after + 1)
                || self.is_word(after) && !self.suffix(after))
    }

    /// Whether a word is one that may follow a number without a space.
    fn suffix(&self, i: usize) -> bool {
        self.is(i, ORDINAL_ENDINGS)
            || self.is(i, &["s", "am", "pm", "h", "pc", "pct", "percent"])
            || self.scale(i).is_some()
            || self.money_scale(i).is_some()
            || units::symbol(self.text(i)).is_some()
    }
}

//! The tokens of a sentence, what the grammar asks of them, and the numbers among them.

use super::calendar::Day;
use super::lexer::{Kind, Token};
use super::stretches::Stretch;
use super::tense::{Direction, direction};
use super::units;
use super::words::{Sense, TimeUnit};
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
    /// The date that this sentence has named last, and the one that the sentence before it has.
    pub anchor: Option<Stretch>,
    pub anchor_before: Option<Stretch>,
}

/// What the grammar needs of the whole document.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The day of the report, from which "yesterday" and "Monday" count.
    pub reference: Option<Day>,
    /// The currencies of the countries that the text names, as ISO 4217 codes: they settle which rupees "rupees" are.
    pub currencies: BTreeSet<&'static str>,
}

/// A number that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub value: f64,
    /// The product of its scales: 1e6 in `5 million`.
    pub scale: f64,
    /// The index of the token after it.
    pub next: usize,
}

/// Four digits outside of these are no year in news; later ones are sums and house numbers rather than forecasts.
const YEARS_IN_NEWS: std::ops::RangeInclusive<i64> = 1000..=2100;

/// The most tokens of one number; "nine hundred and ninety-nine thousand nine hundred and ninety-nine" has twelve.
const LONGEST_NUMBER: usize = 16;

impl<'t> Tokens<'t> {
    /// The day of what is told to have happened at a time of the day ("it fell at 0800 GMT") in a sentence that names no day.
    pub(super) fn untold_day(&self, time: document::Span) -> Option<String> {
        let first = self.all.partition_point(|token| token.start < time.start);
        let next = self.all.partition_point(|token| token.start < time.end);
        if direction(self, first, next) != Some(Direction::Past) {
            return None;
        }
        match self.anchor_before {
            Some(Stretch::Day(day)) => Some(day.iso()),
            _ => self.context.reference.map(Day::iso),
        }
    }

    pub(super) fn get(&self, i: usize) -> Option<&Token<'t>> {
        self.all.get(i)
    }

    /// The token's text, empty after the end.
    pub(super) fn text(&self, i: usize) -> &'t str {
        self.get(i).map_or("", |token| token.text)
    }

    fn sense(&self, i: usize) -> Option<Sense> {
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

    fn money_scale(&self, i: usize) -> Option<f64> {
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

    /// The number that starts here, in digits or words. `money` allows the short scales of money.
    pub(super) fn number(&self, i: usize, money: bool) -> Option<Number> {
        match self.get(i)?.kind {
            Kind::Number(value) => {
                let (value, next) = self.vulgar_fraction(value, i + 1);
                Some(self.scaled(value, next, money))
            }
            Kind::Word => self.number_in_words(i),
            _ => None,
        }
        .map(|number| self.and_a_half(number))
    }

    /// `two and a half`
    fn and_a_half(&self, number: Number) -> Number {
        let half = self.is(number.next, &["and"])
            && self.is(number.next + 1, &["a"])
            && self.is(number.next + 2, &["half"]);
        if !half || number.scale > 1.0 {
            return number;
        }
        Number {
            value: number.value + 0.5,
            next: number.next + 3,
            ..number
        }
    }

    /// `1½`
    fn vulgar_fraction(&self, value: f64, next: usize) -> (f64, usize) {
        let part = match self.text(next) {
            "½" => 0.5,
            "¼" => 0.25,
            "¾" => 0.75,
            _ => return (value, next),
        };
        (value + part, next + 1)
    }

    /// The number times the scales that follow it: `1.5 lakh crore`, `$5m`, `336-million-ringgit`.
    fn scaled(&self, value: f64, mut next: usize, money: bool) -> Number {
        let mut scale = 1.0;
        for _ in 0..2 {
            let at = self.skip_hyphen(next);
            let factor = match self.scale(at) {
                Some(factor) => factor,
                None if money && self.glued(at) && at == next => match self.money_scale(at) {
                    Some(factor) => factor,
                    None => break,
                },
                None => break,
            };
            scale *= factor;
            next = at + 1;
        }
        Number {
            value: value * scale,
            scale,
            next,
        }
    }

    /// `twenty-five`, `two hundred and fifty thousand`, `a million`, `half a billion`, `a dozen`
    fn number_in_words(&self, i: usize) -> Option<Number> {
        if self.is(i, &["half"]) && self.is(i + 1, &["a"]) {
            let scale = self.scale(i + 2)?;
            return Some(Number {
                value: scale / 2.0,
                scale,
                next: i + 3,
            });
        }
        if self.is(i, &["a"]) {
            let scale = self.scale(i + 1)?;
            return Some(self.scaled(1.0, i + 1, false)).filter(|_| scale > 1.0);
        }
        let mut total = 0.0; // what the scales so far have closed
        let mut part = self.small_number(i)?; // below the next scale
        let mut last = part; // the word before, to keep "two three" apart
        let mut largest = 1.0_f64;
        let mut at = i + 1;
        while at < i + LONGEST_NUMBER {
            let word_at = self.skip_hyphen(at);
            let joined = word_at > at;
            if let Some(scale) = self.scale(word_at) {
                if scale == 100.0 && part < 100.0 {
                    part *= 100.0;
                } else if part > 0.0 {
                    total += part * scale;
                    part = 0.0;
                } else {
                    break;
                }
                largest = largest.max(scale);
                last = scale;
                at = word_at + 1;
                continue;
            }
            let word_at = word_at + usize::from(last >= 100.0 && self.is(word_at, &["and"]));
            let Some(small) = self.small_number(word_at) else {
                break;
            };
            // After "twenty" may follow "five", after "hundred" and "thousand" anything smaller.
            let tens = (20.0..100.0).contains(&last) && small < 10.0 && small > 0.0;
            if !(tens || last >= 100.0 && !joined) {
                break;
            }
            part += small;
            last = small;
            at = word_at + 1;
        }
        Some(Number {
            value: total + part,
            scale: largest,
            next: at,
        })
    }
}

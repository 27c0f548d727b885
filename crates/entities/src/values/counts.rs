//! Numbers as a text writes them: `2.5`, `3 1/2`, `two and a half billion`, `one point two million`, `a quarter of a million`.

use super::lexer::Kind;
use super::tokens::Tokens;

/// A number that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub value: f64,
    /// The product of its scales: 1e6 in `5 million`.
    pub scale: f64,
    /// The index of the token after it.
    pub next: usize,
}

/// The most tokens of one number; "nine hundred and ninety-nine thousand nine hundred and ninety-nine" has twelve.
const LONGEST_NUMBER: usize = 16;

/// The characters of Unicode that are fractions in common use.
const VULGAR: &[(&str, f64)] = &[
    ("½", 0.5),
    ("¼", 0.25),
    ("¾", 0.75),
    ("⅓", 1.0 / 3.0),
    ("⅔", 2.0 / 3.0),
    ("⅛", 0.125),
    ("⅜", 0.375),
    ("⅝", 0.625),
    ("⅞", 0.875),
];

/// Denominators of fractions in digits: those of rulers, shares and recipes.
const DENOMINATORS: &[f64] = &[2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0, 32.0];

impl Tokens<'_> {
    /// The number that starts here, in digits or words. `money` allows the short scales of money.
    pub(super) fn number(&self, i: usize, money: bool) -> Option<Number> {
        let last = &self.last_number[usize::from(money)];
        match last.get() {
            Some((at, number)) if at == i => number,
            _ => {
                let number = self.read_number(i, money);
                last.set(Some((i, number)));
                number
            }
        }
    }

    fn read_number(&self, i: usize, money: bool) -> Option<Number> {
        let number = match self.get(i)?.kind {
            Kind::Number(value) => {
                let (value, next) = self.with_fraction(value, i + 1);
                let (value, next) = self.and_part(value, next);
                self.scaled(value, next, money)
            }
            Kind::Word => self.number_in_words(i)?,
            _ => return None,
        };
        // "A million and a half"
        let (part, next) = self.and_part(0.0, number.next);
        Some(if number.scale > 1.0 && next > number.next {
            Number {
                value: number.value + part * number.scale,
                next,
                ..number
            }
        } else {
            number
        })
    }

    /// The fraction in digits behind a whole number: `½` of "1½", `1/2` of "3 1/2".
    fn with_fraction(&self, value: f64, next: usize) -> (f64, usize) {
        if let Some((_, part)) = VULGAR.iter().find(|(sign, _)| self.text(next) == *sign) {
            return (value + part, next + 1);
        }
        let at = self.skip_hyphen(next);
        match self.simple_fraction(at) {
            Some(part) if value.fract() == 0.0 && (at > next || !self.glued(at)) => {
                (value + part, at + 3)
            }
            _ => (value, next),
        }
    }

    /// `1/2`: three tokens, no date and no code.
    pub(super) fn simple_fraction(&self, i: usize) -> Option<f64> {
        let joined = self.is(i + 1, &["/"]) && self.glued(i + 1) && self.glued(i + 2);
        let over = self.glued(i + 3)
            && (self.is_word(i + 3) || self.is(i + 3, &["/", "-"]))
            && self.skip_hyphen(i + 3) == i + 3;
        let part = |i: usize| self.get(i)?.digits().map(|n| n as f64);
        let (above, below) = (part(i)?, part(i + 2)?);
        let fits = joined && !over && above > 0.0 && above < below && DENOMINATORS.contains(&below);
        fits.then_some(above / below)
    }

    /// `two and a half`, `three and a quarter`, `one and two-thirds`, `two-and-a-half`
    pub(super) fn and_part(&self, value: f64, next: usize) -> (f64, usize) {
        let and = self.skip_hyphen(next);
        if !self.is(and, &["and"]) {
            return (value, next);
        }
        let first = self.skip_hyphen(and + 1);
        let a = self.is(first, &["a", "one"]);
        let at = self.skip_hyphen(first + 1);
        let part = match self.fraction(first) {
            Some((part, after)) => Some((value + part, after)),
            None if a && self.is(at, &["half"]) => Some((value + 0.5, at + 1)),
            None => None,
        };
        part.unwrap_or((value, next))
    }

    /// The number times the scales that follow it: `1.5 lakh crore`, `$5m`, `$728 mil`, `336-million-ringgit`.
    fn scaled(&self, value: f64, mut next: usize, money: bool) -> Number {
        let mut scale = 1.0;
        for _ in 0..2 {
            let at = self.skip_hyphen(next);
            let short = money && at == next && (self.glued(at) || self.is(at, &["mil", "mio"]));
            let factor = match self.scale(at) {
                Some(factor) => factor,
                None if short => match self.money_scale(at) {
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

    /// `half a billion`, `a quarter of a million`, `three-quarters of a million`
    fn part_of_scale(&self, i: usize) -> Option<Number> {
        let (part, at) = self.fraction(i)?;
        // "half-million"
        let joined = self.skip_hyphen(at);
        if self.is(i, &["half"])
            && let Some(scale) = self.scale(joined).filter(|scale| *scale >= 1e3)
        {
            return Some(Number {
                value: part * scale,
                scale,
                next: joined + 1,
            });
        }
        let at = at + usize::from(self.is(at, &["of"]));
        if !self.is(at, &["a"]) {
            return None;
        }
        let scale = self.scale(at + 1)?;
        Some(Number {
            value: part * scale,
            scale,
            next: at + 2,
        })
    }

    /// `twenty-five`, `two hundred and fifty thousand`, `a million`, `half a billion`, `a dozen`
    fn number_in_words(&self, i: usize) -> Option<Number> {
        if let Some(number) = self.part_of_scale(i) {
            return Some(number);
        }
        if let Some((value, next)) = self.with_point(i) {
            return Some(self.scaled(value, next, false));
        }
        // "A hundred and one"
        let a = self.is(i, &["a"]) && self.scale(i + 1).is_some();
        let first = if a { 1.0 } else { self.small_number(i)? };
        let (value, next) = self.and_part(first, i + 1);
        if next > i + 1 {
            return Some(self.scaled(value, next, false));
        }
        let mut total = 0.0; // what the scales so far have closed
        let mut part = first; // below the next scale
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
            // "Between one hundred and two hundred"
            let and =
                last >= 100.0 && self.is(word_at, &["and"]) && !self.is_before(i, &["between"]);
            let word_at = word_at + usize::from(and);
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

    /// `one point two`, `three point one four`
    fn with_point(&self, i: usize) -> Option<(f64, usize)> {
        let mut value = self.small_number(i)?;
        if !self.is(i + 1, &["point"]) {
            return None;
        }
        let mut at = i + 2;
        let mut place = 0.1;
        while let Some(digit) = self.small_number(at).filter(|digit| *digit < 10.0)
            && at < i + LONGEST_NUMBER
        {
            value += digit * place;
            place /= 10.0;
            at += 1;
        }
        (at > i + 2).then_some((value, at))
    }
}

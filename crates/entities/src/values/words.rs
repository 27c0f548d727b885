//! What single words mean to the grammar: numbers, months, weekdays; the numbers are in `data/value-words.txt`.
//!
//! Each token is looked up once, when it is read; nearly all words of a text mean nothing to the grammar and are passed
//! over at once.

use crate::lists::words;
use model::Map;
use std::sync::LazyLock;
use text::calendar;
use text::lists::sections;

/// What a word means to the grammar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sense {
    /// `zero` to `ninety`
    Small(f64),
    /// `thousand`, `bn`, `crore`: what it multiplies a number by.
    Scale(f64),
    /// The short forms of money: in `$5m` the m is a million, in `5m` a metre.
    MoneyScale(f64),
    /// `dozens`, `millions`: an amount that nobody counted.
    Uncounted,
    /// `first` to `hundredth`
    Ordinal(f64),
    /// 1–12, by its full name.
    Month(u32),
    /// 1–12, by a short form, which newspapers end with a full stop.
    ShortMonth(u32),
    /// Monday is 0; `true` for the plural.
    Weekday(i64, bool),
    ShortWeekday(i64),
    /// `true` for the plural.
    TimeUnit(TimeUnit, bool),
    /// It has no sense of its own and may be the first word of a value: `last`, `noon`.
    Opens,
}

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

const LIST: &str = include_str!("../../data/value-words.txt");

/// The second of the clock has its plural only: "second" is an ordinal.
const TIME_UNITS: &[(&str, &str, TimeUnit)] = &[
    ("minute", "minutes", TimeUnit::Minute),
    ("hour", "hours", TimeUnit::Hour),
    ("day", "days", TimeUnit::Day),
    ("week", "weeks", TimeUnit::Week),
    ("weekend", "weekends", TimeUnit::Weekend),
    ("month", "months", TimeUnit::Month),
    ("quarter", "quarters", TimeUnit::Quarter),
    ("year", "years", TimeUnit::Year),
    ("decade", "decades", TimeUnit::Decade),
    ("century", "centuries", TimeUnit::Century),
];

static SENSES: LazyLock<Map<String, Sense>> = LazyLock::new(|| {
    let mut senses = Map::default();
    let mut add = |word: &str, sense: Sense| senses.insert(word.to_ascii_lowercase(), sense);
    let mut list = |section, sense: &dyn Fn(f64) -> Sense| {
        for (place, word) in words(LIST, section).into_iter().enumerate() {
            add(word, sense(place as f64));
        }
    };
    list("number", &Sense::Small);
    list("tens", &|n| Sense::Small(20.0 + 10.0 * n));
    list("ordinal", &|n| Sense::Ordinal(1.0 + n));
    list("ordinal tens", &|n| Sense::Ordinal(20.0 + 10.0 * n));
    list("uncounted", &|_| Sense::Uncounted);
    list("opening", &|_| Sense::Opens);
    for (section, line) in sections(LIST) {
        let sense: fn(f64) -> Sense = match section {
            "scale" => Sense::Scale,
            "money scale" => Sense::MoneyScale,
            _ => continue,
        };
        let (factor, words) = line.split_once(' ').expect("a factor and its words");
        let factor = factor.parse().expect("a number");
        for word in words.split_whitespace() {
            add(word, sense(factor));
        }
    }
    for (month, name) in (1..).zip(calendar::months()) {
        add(name.full, Sense::Month(month));
        for short in &name.short {
            add(short.word, Sense::ShortMonth(month));
        }
    }
    for (day, name) in (0..).zip(calendar::weekdays()) {
        add(name.full, Sense::Weekday(day, false));
        add(&format!("{}s", name.full), Sense::Weekday(day, true));
        for short in &name.short {
            add(short.word, Sense::ShortWeekday(day));
        }
    }
    for &(one, many, unit) in TIME_UNITS {
        add(one, Sense::TimeUnit(unit, false));
        add(many, Sense::TimeUnit(unit, true));
    }
    add("seconds", Sense::TimeUnit(TimeUnit::Second, true));
    for first in super::holidays::openings() {
        senses.entry(first.to_owned()).or_insert(Sense::Opens);
    }
    senses
});

/// The sense of a word, in any case.
pub(super) fn sense(word: &str) -> Option<Sense> {
    /// "thanksgiving"
    const LONGEST: usize = 12;
    let mut buffer = [0; LONGEST];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    SENSES.get(std::str::from_utf8(lower).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_sense_of_their_place() {
        assert_eq!(sense("Nineteen"), Some(Sense::Small(19.0)));
        assert_eq!(sense("ninety"), Some(Sense::Small(90.0)));
        assert_eq!(sense("twentieth"), Some(Sense::Ordinal(20.0)));
        assert_eq!(sense("hundredth"), Some(Sense::Ordinal(100.0)));
        assert_eq!(sense("DECEMBER"), Some(Sense::Month(12)));
        assert_eq!(sense("Sundays"), Some(Sense::Weekday(6, true)));
        assert_eq!(sense("extraordinarily"), None);
        assert_eq!(sense("é"), None);
    }
}

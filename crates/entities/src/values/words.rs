//! The words of the grammar: numbers, months, weekdays.
//!
//! Each token is looked up once, when it is read; nearly all words of a text mean nothing to the grammar and are passed
//! over at once.

use model::Map;
use std::sync::LazyLock;
use text::calendar;

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
    Stretch(Stretch, bool),
    /// It can be the first word of a value and has no sense of its own: `last`, `noon`.
    Opens,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
    seventeen eighteen nineteen";
const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth";
const ORDINAL_TENS: &str =
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth";
const SCALES: &[(&str, f64)] = &[
    ("dozen", 12.0),
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("lakh lakhs lac", 1e5),
    ("million mn mln", 1e6),
    ("crore crores", 1e7),
    ("billion bn bln", 1e9),
    ("trillion trn", 1e12),
];
const MONEY_SCALES: &[(&str, f64)] = &[("k", 1e3), ("m mil mio", 1e6), ("b", 1e9), ("tn t", 1e12)];
const UNCOUNTED: &str = "dozens scores hundreds thousands millions billions trillions tens";
const STRETCHES: &[(&str, &str, Stretch)] = &[
    ("day", "days", Stretch::Day),
    ("week", "weeks", Stretch::Week),
    ("weekend", "weekends", Stretch::Weekend),
    ("month", "months", Stretch::Month),
    ("quarter", "quarters", Stretch::Quarter),
    ("year", "years", Stretch::Year),
    ("decade", "decades", Stretch::Decade),
    ("century", "centuries", Stretch::Century),
];
const OPENING: &str = "a an half few several many couple last past previous recent this current next coming upcoming today \
    yesterday tomorrow tonight noon midnight midday q h christmas ramadan easter diwali thanksgiving hanukkah passover";

static SENSES: LazyLock<Map<String, Sense>> = LazyLock::new(|| {
    let mut senses = Map::default();
    let mut add = |words: &str, sense: &dyn Fn(usize) -> Sense| {
        for (place, word) in words.split_whitespace().enumerate() {
            senses.insert(word.to_ascii_lowercase(), sense(place));
        }
    };
    add(SMALL, &|place| Sense::Small(place as f64));
    add(TENS, &|place| Sense::Small(20.0 + 10.0 * place as f64));
    add(ORDINALS, &|place| Sense::Ordinal(1.0 + place as f64));
    add(ORDINAL_TENS, &|place| {
        Sense::Ordinal(20.0 + 10.0 * place as f64)
    });
    for &(words, scale) in SCALES {
        add(words, &|_| Sense::Scale(scale));
    }
    for &(words, scale) in MONEY_SCALES {
        add(words, &|_| Sense::MoneyScale(scale));
    }
    add(UNCOUNTED, &|_| Sense::Uncounted);
    for (month, name) in (1..).zip(calendar::months()) {
        add(name.full, &|_| Sense::Month(month));
        for short in &name.short {
            add(short.word, &|_| Sense::ShortMonth(month));
        }
    }
    for (day, name) in (0..).zip(calendar::weekdays()) {
        add(name.full, &|_| Sense::Weekday(day, false));
        add(&format!("{}s", name.full), &|_| Sense::Weekday(day, true));
        for short in &name.short {
            add(short.word, &|_| Sense::ShortWeekday(day));
        }
    }
    for &(one, many, stretch) in STRETCHES {
        add(one, &|_| Sense::Stretch(stretch, false));
        add(many, &|_| Sense::Stretch(stretch, true));
    }
    add(OPENING, &|_| Sense::Opens);
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

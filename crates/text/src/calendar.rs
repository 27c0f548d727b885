//! What dates and times are written with: the names of months and weekdays, whole and short, the days of a month, the
//! endings of ordinals, halves of the day, and the abbreviations of time zones.

use crate::lists::{self, WordSet};
use std::sync::LazyLock;

const LIST: &str = include_str!("../data/calendar.txt");

/// Names and short forms that are cut off a name have so many letters at least.
const SHORTEST: usize = 3;

/// A month's or a weekday's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// `September`
    pub full: &'static str,
    /// `Sep`, `Sept`: without a full stop; none for `May`.
    pub short: Vec<ShortForm>,
}

/// A short form of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortForm {
    /// Without a full stop.
    pub word: &'static str,
    /// Whether its full stop belongs to its token.
    pub keeps_stop: bool,
}

/// January to December.
///
/// ```
/// let september = &text::calendar::months()[8];
/// assert_eq!(september.full, "September");
/// assert_eq!(september.short[1].word, "Sept");
/// ```
pub fn months() -> &'static [Name] {
    static MONTHS: LazyLock<Vec<Name>> = LazyLock::new(|| read("month"));
    &MONTHS
}

/// Monday to Sunday.
///
/// ```
/// assert_eq!(text::calendar::weekdays()[6].full, "Sunday");
/// ```
pub fn weekdays() -> &'static [Name] {
    static WEEKDAYS: LazyLock<Vec<Name>> = LazyLock::new(|| read("weekday"));
    &WEEKDAYS
}

/// The number (from 0) of the month that a word names, whole or cut to three letters or more, in any case.
///
/// ```
/// use text::calendar::month;
/// assert_eq!((month("SEPT"), month("may")), (Some(8), Some(4)));
/// assert_eq!((month("Ma"), month("mayor")), (None, None));
/// ```
pub fn month(word: &str) -> Option<usize> {
    named(word, months())
}

/// The number (Monday is 0) of the weekday that a word names, whole or cut to three letters or more, in any case.
///
/// ```
/// assert_eq!(text::calendar::weekday("Thurs"), Some(3));
/// ```
pub fn weekday(word: &str) -> Option<usize> {
    named(word, weekdays())
}

/// How many days a month (1 to 12) of a year of the Gregorian calendar has; without a year, how many at most.
///
/// ```
/// use text::calendar::days_in;
/// assert_eq!((days_in(4, None), days_in(2, None)), (30, 29));
/// assert_eq!((days_in(2, Some(1900)), days_in(2, Some(2000))), (28, 29));
/// ```
pub fn days_in(month: u32, year: Option<i64>) -> u32 {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if year.is_none_or(leap) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The endings of ordinals in digits: `1st`, `2nd`, `3rd`, `4th`.
pub const ORDINAL_ENDINGS: &[&str] = &["st", "nd", "rd", "th"];

/// The half of the day that a text begins with, `a.m.` or `PM`: whether it is the afternoon, and its length in bytes.
///
/// ```
/// use text::calendar::half_of_day;
/// assert_eq!(half_of_day("a.m. GMT"), Some((false, 4)));
/// assert_eq!((half_of_day("PM,"), half_of_day("p.m")), (Some((true, 2)), Some((true, 3))));
/// assert_eq!(half_of_day("a. m."), None);
/// ```
pub fn half_of_day(text: &str) -> Option<(bool, usize)> {
    let letter = |at: usize, letter: u8| {
        let byte = text.as_bytes().get(at);
        byte.is_some_and(|byte| byte.eq_ignore_ascii_case(&letter))
    };
    let afternoon = letter(0, b'p');
    let stopped = usize::from(letter(1, b'.'));
    if !(afternoon || letter(0, b'a')) || !letter(1 + stopped, b'm') {
        return None;
    }
    let length = 2 + stopped;
    let last = usize::from(stopped == 1 && letter(length, b'.'));
    Some((afternoon, length + last))
}

/// The abbreviations of time zones, in capitals.
///
/// ```
/// assert!(text::calendar::time_zones().contains("GMT"));
/// ```
pub fn time_zones() -> &'static WordSet {
    static TIME_ZONES: LazyLock<WordSet> = LazyLock::new(|| {
        let zones = include_str!("../data/time-zones.txt");
        lists::lines(zones)
            .flat_map(str::split_whitespace)
            .collect()
    });
    &TIME_ZONES
}

fn read(unit: &str) -> Vec<Name> {
    let names = lists::lines(LIST).filter_map(|line| {
        let mut columns = line.split('\t');
        (columns.next() == Some(unit)).then_some(())?;
        Some(Name {
            full: columns.next()?,
            short: columns
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .map(short_form)
                .collect(),
        })
    });
    names.collect()
}

fn short_form(marked: &'static str) -> ShortForm {
    let word = marked.trim_end_matches('*');
    ShortForm {
        word,
        keeps_stop: word != marked,
    }
}

fn named(word: &str, names: &[Name]) -> Option<usize> {
    let word = word.as_bytes();
    let third = word.get(SHORTEST - 1)?.to_ascii_lowercase();
    names.iter().position(|name| {
        let name = name.full.as_bytes();
        // The third letters tell most of them apart.
        name[SHORTEST - 1] == third
            && name
                .get(..word.len())
                .is_some_and(|cut| cut.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_their_names_cut() {
        assert_eq!((months().len(), weekdays().len()), (12, 7));
        for names in [months(), weekdays()] {
            for (number, name) in names.iter().enumerate() {
                assert!(name.full.len() >= SHORTEST && name.full.is_ascii());
                let short = name.short.iter().map(|short| short.word);
                for word in short.chain([name.full]) {
                    assert_eq!(named(word, names), Some(number), "{word}");
                }
            }
        }
    }

    #[test]
    fn other_words_name_nothing() {
        for word in ["", "Ma", "é", "日", "Marches", "sund ay"] {
            assert_eq!((month(word), weekday(word)), (None, None), "{word}");
        }
    }
}

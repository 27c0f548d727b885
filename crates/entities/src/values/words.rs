//! The words of the grammar: numbers, months, weekdays.

/// Longest word that this file knows, in bytes.
const LONGEST: usize = 12;

/// Calls `known` with the word in lower case; longer and non-ASCII words are none of ours.
fn lower<T>(word: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut buffer = [0; LONGEST];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    known(std::str::from_utf8(lower).ok()?)
}

/// `one` to `ninety`
pub(super) fn small_number(word: &str) -> Option<f64> {
    lower(word, |word| {
        Some(match word {
            "zero" => 0.0,
            "one" => 1.0,
            "two" => 2.0,
            "three" => 3.0,
            "four" => 4.0,
            "five" => 5.0,
            "six" => 6.0,
            "seven" => 7.0,
            "eight" => 8.0,
            "nine" => 9.0,
            "ten" => 10.0,
            "eleven" => 11.0,
            "twelve" => 12.0,
            "thirteen" => 13.0,
            "fourteen" => 14.0,
            "fifteen" => 15.0,
            "sixteen" => 16.0,
            "seventeen" => 17.0,
            "eighteen" => 18.0,
            "nineteen" => 19.0,
            "twenty" => 20.0,
            "thirty" => 30.0,
            "forty" => 40.0,
            "fifty" => 50.0,
            "sixty" => 60.0,
            "seventy" => 70.0,
            "eighty" => 80.0,
            "ninety" => 90.0,
            _ => return None,
        })
    })
}

/// `thousand`, `bn`, `crore`: what it multiplies a number by. Short forms that are units elsewhere are in
/// [`money_scale`].
pub(super) fn scale(word: &str) -> Option<f64> {
    lower(word, |word| {
        Some(match word {
            "dozen" => 12.0,
            "hundred" => 1e2,
            "thousand" => 1e3,
            "lakh" | "lakhs" | "lac" => 1e5,
            "million" | "mn" | "mln" => 1e6,
            "crore" | "crores" => 1e7,
            "billion" | "bn" | "bln" => 1e9,
            "trillion" | "trn" => 1e12,
            _ => return None,
        })
    })
}

/// The short forms of money: in `$5m` the m is a million, in `5m` a metre.
pub(super) fn money_scale(word: &str) -> Option<f64> {
    lower(word, |word| {
        Some(match word {
            "k" => 1e3,
            "m" | "mil" | "mio" => 1e6,
            "b" => 1e9,
            "tn" | "t" => 1e12,
            _ => return None,
        })
    })
}

/// `dozens`, `millions`: an amount that nobody counted.
pub(super) fn uncounted(word: &str) -> bool {
    lower(word, |word| {
        matches!(
            word,
            "dozens" | "scores" | "hundreds" | "thousands" | "millions" | "billions" | "trillions"
        )
        .then_some(())
    })
    .is_some()
}

/// `first` to `ninetieth`
pub(super) fn ordinal(word: &str) -> Option<f64> {
    lower(word, |word| {
        Some(match word {
            "first" => 1.0,
            "second" => 2.0,
            "third" => 3.0,
            "fourth" => 4.0,
            "fifth" => 5.0,
            "sixth" => 6.0,
            "seventh" => 7.0,
            "eighth" => 8.0,
            "ninth" => 9.0,
            "tenth" => 10.0,
            "eleventh" => 11.0,
            "twelfth" => 12.0,
            "thirteenth" => 13.0,
            "fourteenth" => 14.0,
            "fifteenth" => 15.0,
            "sixteenth" => 16.0,
            "seventeenth" => 17.0,
            "eighteenth" => 18.0,
            "nineteenth" => 19.0,
            "twentieth" => 20.0,
            "thirtieth" => 30.0,
            "fortieth" => 40.0,
            "fiftieth" => 50.0,
            "sixtieth" => 60.0,
            "seventieth" => 70.0,
            "eightieth" => 80.0,
            "ninetieth" => 90.0,
            "hundredth" => 100.0,
            _ => return None,
        })
    })
}

/// The month (1–12) of a full name.
pub(super) fn month(word: &str) -> Option<u32> {
    lower(word, |word| {
        Some(match word {
            "january" => 1,
            "february" => 2,
            "march" => 3,
            "april" => 4,
            "may" => 5,
            "june" => 6,
            "july" => 7,
            "august" => 8,
            "september" => 9,
            "october" => 10,
            "november" => 11,
            "december" => 12,
            _ => return None,
        })
    })
}

/// The month (1–12) of a short form, which newspapers end with a full stop.
pub(super) fn short_month(word: &str) -> Option<u32> {
    lower(word, |word| {
        Some(match word {
            "jan" => 1,
            "feb" => 2,
            "mar" => 3,
            "apr" => 4,
            "jun" => 6,
            "jul" => 7,
            "aug" => 8,
            "sep" | "sept" => 9,
            "oct" => 10,
            "nov" => 11,
            "dec" => 12,
            _ => return None,
        })
    })
}

/// The weekday, Monday being 0, and whether it is in the plural.
pub(super) fn weekday(word: &str) -> Option<(i64, bool)> {
    lower(word, |word| {
        let (name, plural) = match word.strip_suffix('s') {
            Some(name) => (name, true),
            None => (word, false),
        };
        let day = match name {
            "monday" => 0,
            "tuesday" => 1,
            "wednesday" => 2,
            "thursday" => 3,
            "friday" => 4,
            "saturday" => 5,
            "sunday" => 6,
            _ => return None,
        };
        Some((day, plural))
    })
}

/// The short forms of weekdays.
pub(super) fn short_weekday(word: &str) -> Option<i64> {
    lower(word, |word| {
        Some(match word {
            "mon" => 0,
            "tue" | "tues" => 1,
            "wed" => 2,
            "thu" | "thur" | "thurs" => 3,
            "fri" => 4,
            "sat" => 5,
            "sun" => 6,
            _ => return None,
        })
    })
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

/// The stretch, and whether it is in the plural.
pub(super) fn stretch(word: &str) -> Option<(Stretch, bool)> {
    lower(word, |word| {
        let (name, plural) = match word.strip_suffix('s') {
            Some(name) => (name, true),
            None => (word, false),
        };
        let stretch = match name {
            "day" => Stretch::Day,
            "week" => Stretch::Week,
            "weekend" => Stretch::Weekend,
            "month" => Stretch::Month,
            "quarter" => Stretch::Quarter,
            "year" => Stretch::Year,
            "decade" => Stretch::Decade,
            "century" | "centurie" => Stretch::Century,
            _ => return None,
        };
        Some((stretch, plural))
    })
}

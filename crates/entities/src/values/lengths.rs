//! Lengths of time: `six months`, `half an hour`, `the past decade`, `decades`.
//!
//! The value is a duration of ISO 8601-1 (`P6M`, `PT30M`), which has no decades or centuries: they are years. A length is a TIME,
//! whatever its unit: it names no date. One that nobody counted ("for weeks") has no value.

use super::Match;
use super::tokens::Tokens;
use super::words::TimeUnit;

impl TimeUnit {
    /// The unit that `data/units.tsv` gives this symbol.
    pub(super) fn of_symbol(symbol: &str) -> Option<Self> {
        Some(match symbol {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "century" => Self::Century,
            _ => return None,
        })
    }

    fn symbol(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day | Self::Weekend => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }

    /// Whether it is shorter than a day.
    pub(super) fn of_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }

    /// A point so many units away ("two hours ago"): a DATE, or a TIME where the unit is one of the clock.
    pub(super) fn point(self, first: usize, next: usize, value: Option<String>) -> Match {
        if self.of_clock() {
            Match::time(first, next, value)
        } else {
            Match::date(first, next, value)
        }
    }
}

/// So many units as ISO 8601 writes them; fractions of an hour as minutes, other fractions as decimals.
pub(super) fn iso(count: f64, unit: TimeUnit) -> String {
    let (factor, designator) = match unit {
        TimeUnit::Second => (1.0, "S"),
        TimeUnit::Minute => (1.0, "M"),
        TimeUnit::Hour => (1.0, "H"),
        TimeUnit::Day => (1.0, "D"),
        TimeUnit::Weekend => (2.0, "D"),
        TimeUnit::Week => (1.0, "W"),
        TimeUnit::Month => (1.0, "M"),
        TimeUnit::Quarter => (3.0, "M"),
        TimeUnit::Year => (1.0, "Y"),
        TimeUnit::Decade => (10.0, "Y"),
        TimeUnit::Century => (100.0, "Y"),
    };
    let count = super::round(count * factor);
    let minutes = super::round(count.fract() * 60.0);
    if unit == TimeUnit::Hour && minutes > 0.0 && minutes.fract() == 0.0 {
        let hours = match count.trunc() {
            0.0 => String::new(),
            hours => format!("{hours}H"),
        };
        return format!("PT{hours}{minutes}M");
    }
    let time = if unit.of_clock() { "T" } else { "" };
    format!("P{time}{count}{designator}")
}

/// A length in two units, `PT2H15M`.
pub(super) fn iso_of_two(larger: (f64, TimeUnit), smaller: (f64, TimeUnit)) -> String {
    let smaller = iso(smaller.0, smaller.1);
    format!(
        "{}{}",
        iso(larger.0, larger.1),
        smaller.trim_start_matches(['P', 'T'])
    )
}

/// A length of so many units; `None` where nobody counted them.
pub(super) fn matched(first: usize, next: usize, count: Option<f64>, unit: TimeUnit) -> Match {
    Match {
        value: count.map(|count| iso(count, unit)),
        number: count,
        unit: count.map(|_| unit.symbol().to_owned()),
        ..Match::time(first, next, None)
    }
}

/// A length without a number in digits or words; those with one are read as quantities.
pub(super) fn length(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    one(tokens, i).or_else(|| some(tokens, i))
}

/// `a month`, `an hour and a half`, `a half hour`, `year-long`, `single-day`
fn one(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if let Some((unit, false)) = tokens.time_unit(i) {
        if i > 1 && tokens.skip_hyphen(i - 1) == i && tokens.is(i - 2, &["single"]) {
            return Some(matched(i - 2, i + 1, Some(1.0), unit));
        }
        let long = tokens.skip_hyphen(i + 1);
        return (long > i + 1 && tokens.is(long, &["long"]))
            .then(|| matched(i, long + 1, Some(1.0), unit));
    }
    if !tokens.is(i, &["a", "an"]) {
        return None;
    }
    if tokens.is(i + 1, &["half"]) {
        let at = tokens.skip_hyphen(i + 2);
        let unit = counted_unit(tokens, at)?;
        return Some(matched(i, at + 1, Some(0.5), unit));
    }
    let unit = counted_unit(tokens, i + 1)?;
    let next = i + 2;
    // "A day when", "a year of", "a weekend trip", "a week-old": a certain one, or part of a longer word.
    let other = matches!(unit, TimeUnit::Weekend)
        || unit == TimeUnit::Minute
        || unit == TimeUnit::Day && tokens.is(next, &DAY_OF_SOMETHING)
        || tokens.skip_hyphen(next) > next && !tokens.is(next + 1, &["long"]);
    if other {
        return None;
    }
    if tokens.skip_hyphen(next) > next {
        return Some(matched(i, next + 2, Some(1.0), unit));
    }
    let and_a_half =
        tokens.is(next, &["and"]) && tokens.is(next + 1, &["a"]) && tokens.is(next + 2, &["half"]);
    Some(if and_a_half {
        matched(i, next + 3, Some(1.5), unit)
    } else {
        matched(i, next, Some(1.0), unit)
    })
}

/// Behind "a day" these say which day it is: no length.
const DAY_OF_SOMETHING: [&str; 14] = [
    "when", "where", "that", "which", "of", "in", "i", "we", "you", "he", "she", "they", "it",
    "anybody",
];

/// A unit in the singular that a length can be counted in.
fn counted_unit(tokens: &Tokens<'_>, at: usize) -> Option<TimeUnit> {
    tokens
        .time_unit(at)
        .filter(|(unit, plural)| !plural && *unit != TimeUnit::Quarter)
        .map(|(unit, _)| unit)
}

/// `several weeks`, `a few hours`, `for years`, `decades-long`: nobody counted.
fn some(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let at = if tokens.is(i, &["several", "many", "few"]) {
        i + 1
    } else if tokens.is(i, &["a"]) && tokens.is(i + 1, &["few"]) {
        i + 2
    } else if tokens.is(i, &["a"]) && tokens.is(i + 1, &["couple"]) {
        i + 2 + usize::from(tokens.is(i + 2, &["of"]))
    } else {
        i
    };
    let (unit, plural) = tokens.time_unit(at)?;
    if !plural || unit == TimeUnit::Quarter {
        return None;
    }
    if at > i {
        return Some(matched(i, at + 1, None, unit));
    }
    let long = tokens.skip_hyphen(i + 1);
    if long > i + 1 {
        return tokens
            .is(long, &["long"])
            .then(|| matched(i, long + 1, None, unit));
    }
    let length = tokens.is_before(
        i,
        &["for", "in", "within", "after", "took", "take", "takes"],
    );
    (length && !tokens.is(i + 1, &["when", "that", "of"])).then(|| matched(i, i + 1, None, unit))
}

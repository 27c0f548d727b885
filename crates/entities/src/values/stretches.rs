//! A day, month, quarter or year that the text has named, from which "that year" and "two days later" count.

use super::calendar::{Day, month_iso, month_number, months_iso, year_iso};
use super::words::TimeUnit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    Day(Day),
    /// A [`month_number`].
    Month(i64),
    /// The [`month_number`] of its first month.
    Quarter(i64),
    Year(i64),
}

impl Stretch {
    /// What a value names, if it is one of these: `2024-12-03` (a time of the day may follow), `2024-12`,
    /// `2024-10/2024-12`, `2024`.
    pub(super) fn parse(value: &str) -> Option<Self> {
        let number = |digits: &str| -> Option<i64> {
            let plain = digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse().ok())?
        };
        let month = |iso: &str| -> Option<i64> {
            let (year, month) = iso.split_once('-')?;
            Some(month_number(number(year)?, number(month)?.try_into().ok()?))
        };
        if let Some((first, last)) = value.split_once('/') {
            let first = month(first).filter(|_| first.len() == 7)?;
            return (month(last)? == first + 2).then_some(Self::Quarter(first));
        }
        match value.len() {
            4 => number(value).map(Self::Year),
            7 => month(value).map(Self::Month),
            _ => Day::parse(value.get(..10)?).map(Self::Day),
        }
    }

    /// The stretch so many units away. It is no more exact than the unit: two years after a day is a year.
    pub(super) fn shifted(self, count: i64, unit: TimeUnit) -> Option<String> {
        let years = match unit {
            TimeUnit::Year => Some(count),
            TimeUnit::Decade => Some(10 * count),
            _ => None,
        };
        match (self, unit, years) {
            (Self::Day(day), TimeUnit::Day, _) => Some(Day(day.0 + count).iso()),
            (Self::Day(day), TimeUnit::Week, _) => Some(Day(day.0 + 7 * count).week()),
            (Self::Day(day), TimeUnit::Month, _) => month_iso(day.month() + count),
            (Self::Month(month), TimeUnit::Month, _) => month_iso(month + count),
            (Self::Month(month), _, Some(years)) => month_iso(month + 12 * years),
            (Self::Quarter(first), _, Some(years)) => {
                months_iso(first + 12 * years, first + 12 * years + 2)
            }
            (Self::Day(day), _, Some(years)) => year_iso(day.civil().0 + years),
            (Self::Year(year), _, Some(years)) => year_iso(year + years),
            _ => None,
        }
    }

    /// The day, week, month or year that it lies in, or the one so many units from there.
    pub(super) fn within(self, unit: TimeUnit, count: i64) -> Option<String> {
        let year = match self {
            Self::Day(day) => day.civil().0,
            Self::Month(month) | Self::Quarter(month) => month.div_euclid(12),
            Self::Year(year) => year,
        };
        match (self, unit) {
            (_, TimeUnit::Year) => year_iso(year + count),
            (Self::Month(month), TimeUnit::Month) => month_iso(month + count),
            (Self::Day(_), _) => self.shifted(count, unit),
            _ => None,
        }
    }
}

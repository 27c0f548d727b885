//! Days, weeks and months of the Gregorian calendar, and how ISO 8601 writes them.

use text::calendar::days_in;

/// A day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub i64);

/// Years that ISO 8601 writes with four digits.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

impl Day {
    /// The day of a year, month (1–12) and day of the month; `None` where the calendar has no such day.
    pub(crate) fn of(year: i64, month: u32, day: u32) -> Option<Self> {
        if !YEARS.contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        if day == 0 || day > days_in(month, Some(year)) {
            return None;
        }
        // Days since 0000-03-01, counting years from March: Hinnant, "chrono-compatible low-level date algorithms".
        let shifted = if month <= 2 { year - 1 } else { year };
        let era = shifted.div_euclid(400);
        let year_of_era = shifted.rem_euclid(400);
        let month_from_march = i64::from((month + 9) % 12);
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// The day at the start of an ISO 8601 date or date and time, `2024-12-03T08:00:00Z`.
    pub(crate) fn parse(iso: &str) -> Option<Self> {
        let bytes = iso.trim().as_bytes();
        let digits = |range: std::ops::Range<usize>| -> Option<i64> {
            bytes.get(range)?.iter().try_fold(0, |n, b| {
                b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0'))
            })
        };
        let (year, month, day) = if bytes.get(4) == Some(&b'-') {
            if bytes.get(7) != Some(&b'-') || bytes.get(10).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            (digits(0..4)?, digits(5..7)?, digits(8..10)?)
        } else {
            if bytes.get(8).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            (digits(0..4)?, digits(4..6)?, digits(6..8)?)
        };
        Self::of(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }

    /// Year, month (1–12), day of the month (1–31).
    pub(crate) fn civil(self) -> (i64, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month as u32, day as u32)
    }

    /// The [`month_number`] of its month.
    pub(crate) fn month(self) -> i64 {
        let (year, month, _) = self.civil();
        month_number(year, month)
    }

    /// 0 is Monday, 6 is Sunday.
    pub(crate) fn weekday(self) -> i64 {
        (self.0 + 3).rem_euclid(7)
    }

    /// `2024-12-03`
    pub(crate) fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The week with this day in it, `2024-W49`.
    pub(crate) fn week(self) -> String {
        // The year of a week is that of its Thursday.
        let thursday = Self(self.0 - self.weekday() + 3);
        let (year, _, _) = thursday.civil();
        let first = Self::of(year, 1, 1).map_or(0, |day| day.0);
        format!("{year:04}-W{:02}", (thursday.0 - first) / 7 + 1)
    }

    /// The first day that is this weekday, from this day on.
    pub(crate) fn on_or_after(self, weekday: i64) -> Self {
        Self(self.0 + (weekday - self.weekday()).rem_euclid(7))
    }

    /// The last day that is this weekday, up to this day.
    pub(crate) fn on_or_before(self, weekday: i64) -> Self {
        Self(self.0 - (self.weekday() - weekday).rem_euclid(7))
    }
}

/// The number of a month (1–12) of a year, counted from January of year 0.
pub(super) fn month_number(year: i64, month: u32) -> i64 {
    year * 12 + i64::from(month) - 1
}

/// A month by its [`month_number`], `2024-12`; `None` outside of four-digit years.
pub(super) fn month_iso(number: i64) -> Option<String> {
    let year = number.div_euclid(12);
    let month = number.rem_euclid(12) + 1;
    Some(format!("{}-{month:02}", year_iso(year)?))
}

/// The months from one to another, both included, by their numbers: `2024-07/2024-09`.
pub(super) fn months_iso(first: i64, last: i64) -> Option<String> {
    Some(format!("{}/{}", month_iso(first)?, month_iso(last)?))
}

/// A year, `2024`; `None` where it has no four digits.
pub(super) fn year_iso(year: i64) -> Option<String> {
    YEARS.contains(&year).then(|| format!("{year:04}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_each_others_inverse() {
        for n in (-700_000..2_900_000).step_by(37) {
            let (year, month, day) = Day(n).civil();
            assert_eq!(Day::of(year, month, day), Some(Day(n)));
        }
    }

    #[test]
    fn weeks_belong_to_the_year_of_their_thursday() {
        let week = |iso: &str| Day::parse(iso).map(Day::week);
        assert_eq!(week("2024-12-03").as_deref(), Some("2024-W49"));
        assert_eq!(week("2024-12-30").as_deref(), Some("2025-W01"));
        assert_eq!(week("2021-01-03").as_deref(), Some("2020-W53"));
    }

    #[test]
    fn only_full_real_dates_are_days() {
        assert!(Day::parse("2024-02-29T10:00:00Z").is_some());
        assert!(Day::parse("20240229").is_some());
        for bad in [
            "2023-02-29",
            "2024-13-01",
            "2024-12",
            "2024",
            "3 Dec 2024",
            "",
            "2024-12-031",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }
}

//! Dates as news writes them: `2024-12-03`, `Dec. 3, 2024`, `3 December`, `Tuesday, Sept 1, 2015`.

use crate::cursor::Cursor;
use text::calendar;

/// A day, with or without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: Option<u16>,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// Years that news writes about with a day; other numbers of four digits are no years.
const YEARS: std::ops::Range<u16> = 1600..2200;

/// Days; months are counted as if all had so many where only the order of days counts.
const LONGEST_MONTH: i32 = 31;

impl Date {
    /// The date at the start of `text` and its length in bytes, an abbreviating full stop and a weekday included.
    pub(crate) fn at_start(text: &str) -> Option<(Self, usize)> {
        // Most words are none.
        if !text.as_bytes().first()?.is_ascii_digit() && !begins_name(text) {
            return None;
        }
        let mut cursor = Cursor::new(text);
        let date = date(&mut cursor)?;
        let days = calendar::days_in(date.month.into(), None);
        let sound = (1..=days).contains(&date.day.into())
            && date.year.is_none_or(|year| YEARS.contains(&year));
        sound.then_some((date, cursor.at()))
    }

    /// The full date that an ISO 8601 text starts with.
    pub(crate) fn from_iso(text: &str) -> Option<Self> {
        Self::at_start(text.trim_start())
            .map(|(date, _)| date)
            .filter(|date| date.year.is_some())
    }

    /// Whether both are the same day; one of them may lack its year.
    pub(crate) fn is_same_day(self, other: Self) -> bool {
        let years = self.year.is_none() || other.year.is_none() || self.year == other.year;
        years && (self.month, self.day) == (other.month, other.day)
    }

    /// The same day in the year that brings it nearest to `document`, whose year must be known.
    ///
    /// A report datelined `Dec 31` in a document of 2 January is of the year before.
    pub(crate) fn completed(self, document: Option<Self>) -> Self {
        let (None, Some(document)) = (self.year, document) else {
            return self;
        };
        let Some(year) = document.year else {
            return self;
        };
        let day_of_year = |d: Self| i32::from(d.month) * LONGEST_MONTH + i32::from(d.day);
        let ahead = day_of_year(self) - day_of_year(document);
        let half = 6 * LONGEST_MONTH;
        let year = match ahead {
            _ if ahead > half => year - 1,
            _ if ahead < -half => year + 1,
            _ => year,
        };
        Self {
            year: Some(year),
            ..self
        }
    }

    /// `2024-12-03`; without a year `--12-03`, as ISO 8601:2000 and XML Schema write it.
    pub(crate) fn iso(self) -> String {
        match self.year {
            Some(year) => format!("{year:04}-{:02}-{:02}", self.month, self.day),
            None => format!("--{:02}-{:02}", self.month, self.day),
        }
    }
}

fn date(cursor: &mut Cursor) -> Option<Date> {
    if let Some(date) = numeric(cursor) {
        return Some(date);
    }
    if eat_weekday(cursor) {
        cursor.blanks();
        cursor.eat(",");
        cursor.blanks();
    }
    month_first(cursor).or_else(|| day_first(cursor))
}

/// Whether a month's or a weekday's name may stand at the start of `text`, by its first three letters.
pub(crate) fn begins_name(text: &str) -> bool {
    const NAMES: &[u8; 57] = b"janfebmaraprmayjunjulaugsepoctnovdecmontuewedthufrisatsun";
    let Some(start) = text.as_bytes().first_chunk::<3>() else {
        return false;
    };
    let start = start.map(|b| b.to_ascii_lowercase());
    NAMES.as_chunks::<3>().0.contains(&start)
}

/// Eats a weekday's name, whole or cut to three letters or more; leaves any other word alone.
pub(crate) fn eat_weekday(cursor: &mut Cursor) -> bool {
    if !begins_name(cursor.rest()) {
        return false;
    }
    let mut ahead = *cursor;
    let found = calendar::weekday(ahead.letters()).is_some();
    if found {
        ahead.eat(".");
        *cursor = ahead;
    }
    found
}

/// `2024-12-03`, `2024/12/03` or `2024.12.03`; with the year last it is [`InDigits`].
fn numeric(cursor: &mut Cursor) -> Option<Date> {
    let mut ahead = *cursor;
    let [year, month, day] = three_numbers(&mut ahead).filter(|[year, ..]| *year > 999)?;
    *cursor = ahead;
    Some(Date {
        year: Some(year),
        month: u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?,
        day: u8::try_from(day).ok()?,
    })
}

/// Three numbers between two hyphens, slashes or full stops.
fn three_numbers(cursor: &mut Cursor) -> Option<[u16; 3]> {
    let mut ahead = *cursor;
    let first = ahead.number(4)?;
    let mark = ["-", "/", "."].into_iter().find(|mark| ahead.eat(mark))?;
    let second = ahead.number(2).filter(|_| ahead.eat(mark))?;
    let third = ahead.number(4)?;
    *cursor = ahead;
    Some([first, second, third])
}

/// A date in digits with the year last, `07/03/2025`: New York reads the month first, most others the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InDigits {
    /// Where there is such a day.
    pub(crate) day_first: Option<Date>,
    /// Where there is such a day.
    pub(crate) month_first: Option<Date>,
}

impl InDigits {
    /// The date at the start of `text` and its length in bytes. A year of two digits leaves the date open.
    pub(crate) fn at_start(text: &str) -> Option<(Self, usize)> {
        let mut cursor = Cursor::new(text);
        let [first, second, year] = three_numbers(&mut cursor)?;
        let of = |day: u16, month: u16| {
            let found = calendar::days_in(month.into(), Some(year.into())) >= day.into();
            (found && day > 0 && (1..=12).contains(&month)).then_some(Date {
                year: Some(year),
                month: u8::try_from(month).ok()?,
                day: u8::try_from(day).ok()?,
            })
        };
        let found = Self {
            day_first: of(first, second),
            month_first: of(second, first),
        };
        let short = (10..100).contains(&year);
        let known = found.day_first.or(found.month_first)?;
        if short {
            let open = Self {
                day_first: None,
                month_first: None,
            };
            return Some((open, cursor.at()));
        }
        known
            .year
            .filter(|year| YEARS.contains(year))
            .map(|_| (found, cursor.at()))
    }

    /// The date, where only one reading is one.
    pub(crate) fn only(self) -> Option<Date> {
        match (self.day_first, self.month_first) {
            (Some(a), Some(b)) => (a == b).then_some(a),
            (a, b) => a.or(b),
        }
    }
}

fn month_first(cursor: &mut Cursor) -> Option<Date> {
    let mut ahead = *cursor;
    let month = month(&mut ahead)?;
    if !ahead.blanks() {
        ahead.eat("-");
    }
    let day = day(&mut ahead)?;
    let year = year(&mut ahead);
    *cursor = ahead;
    Some(Date { year, month, day })
}

fn day_first(cursor: &mut Cursor) -> Option<Date> {
    let mut ahead = *cursor;
    let day = day(&mut ahead)?;
    if !ahead.blanks() && !ahead.one_of("-/") {
        return None;
    }
    if ahead.eat("of ") {
        ahead.blanks();
    }
    let month = month(&mut ahead)?;
    let year = year(&mut ahead);
    *cursor = ahead;
    Some(Date { year, month, day })
}

fn month(cursor: &mut Cursor) -> Option<u8> {
    let number = calendar::month(cursor.letters())?;
    cursor.eat(".");
    u8::try_from(number + 1).ok()
}

fn day(cursor: &mut Cursor) -> Option<u8> {
    let day = cursor.number(2)?;
    let mut ahead = *cursor;
    if calendar::ORDINAL_ENDINGS.contains(&ahead.letters()) {
        *cursor = ahead;
    }
    u8::try_from(day).ok()
}

/// `, 2024`, ` 2024` or `-2024`; a number that goes on (`1,500`, `2024.5`) is no year.
fn year(cursor: &mut Cursor) -> Option<u16> {
    let mut ahead = *cursor;
    let comma = ahead.eat(",") || ahead.eat(" ,");
    if !ahead.blanks() && !comma && !ahead.one_of("-/") {
        return None;
    }
    let year = ahead.number(4).filter(|year| *year > 999)?;
    *cursor = ahead;
    Some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_as_news_writes_them() {
        for (text, iso, len) in [
            ("2024-12-03 He", "2024-12-03", 10),
            ("2024/12/03", "2024-12-03", 10),
            ("Dec. 3 (Reuters)", "--12-03", 6),
            ("Dec 3, 2024 -", "2024-12-03", 11),
            ("December 3rd 2024", "2024-12-03", 17),
            ("3 Sept 2024 10:15", "2024-09-03", 11),
            ("Tuesday, September 1, 2015", "2015-09-01", 26),
            ("Tue 1 September", "--09-01", 15),
            ("MAY 3, 1,500 people", "--05-03", 5),
            ("2024.12.03", "2024-12-03", 10),
            ("4-Mar-2025", "2025-03-04", 10),
            ("Mar-04-2025", "2025-03-04", 11),
            ("4th of March 2025", "2025-03-04", 17),
            ("March 4,2025", "2025-03-04", 12),
            ("Sep 30th 2025", "2025-09-30", 13),
        ] {
            let (date, n) = Date::at_start(text).expect(text);
            assert_eq!((date.iso().as_str(), n), (iso, len), "{text}");
        }
        for text in [
            "",
            "May",
            "May you",
            "12/03/2024",
            "Feb 30",
            "2024-13-01",
            "Ma 3",
            "Marches 3",
        ] {
            assert_eq!(Date::at_start(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_in_digits_may_be_two() {
        for (text, only) in [
            ("07/03/2025", None),
            ("17/03/2025", Some("2025-03-17")),
            ("03/17/2025 at", Some("2025-03-17")),
            ("3.3.2025", Some("2025-03-03")),
            ("17-03-2025", Some("2025-03-17")),
            ("29/02/2024", Some("2024-02-29")),
            ("17/03/25", None),
        ] {
            let (date, len) = InDigits::at_start(text).expect(text);
            assert_eq!(date.only().map(Date::iso).as_deref(), only, "{text}");
            assert!(len >= 8, "{text}");
        }
        for text in [
            "17/13/2025",
            "30/02/2025",
            "0/3/2025",
            "1/2",
            "3.5.1",
            "10.15 GMT",
            "1/2-2025",
            "",
        ] {
            assert_eq!(InDigits::at_start(text), None, "{text}");
        }
    }

    #[test]
    fn a_missing_year_is_the_nearest() {
        let document = Date::from_iso("2025-01-02");
        let of = |text| Date::at_start(text).map(|(d, _)| d.completed(document).iso());
        assert_eq!(of("Dec 31").as_deref(), Some("2024-12-31"));
        assert_eq!(of("Jan 1").as_deref(), Some("2025-01-01"));
        assert_eq!(of("Jan 1, 2020").as_deref(), Some("2020-01-01"));
        let december = Date::from_iso("2024-12-31T23:00:00Z");
        let january = Date {
            year: None,
            month: 1,
            day: 1,
        };
        assert_eq!(january.completed(december).iso(), "2025-01-01");
    }
}

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
        // Most words are none: no month and no weekday begins with another letter.
        let first = text.bytes().next()?.to_ascii_lowercase();
        if !first.is_ascii_digit() && !b"adfjmnostw".contains(&first) {
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

/// Eats a weekday's name, whole or cut to three letters or more; leaves any other word alone.
pub(crate) fn eat_weekday(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    let found = calendar::weekday(ahead.letters()).is_some();
    if found {
        ahead.eat(".");
        *cursor = ahead;
    }
    found
}

/// `2024-12-03` or `2024/12/03`. A slash with the year last is read differently in New York and London: not a date here.
fn numeric(cursor: &mut Cursor) -> Option<Date> {
    let mut ahead = *cursor;
    let year = ahead.number(4).filter(|year| *year > 999)?;
    let separator = if ahead.eat("-") { "-" } else { "/" };
    if separator == "/" && !ahead.eat("/") {
        return None;
    }
    let month = ahead.number(2)?;
    if !ahead.eat(separator) {
        return None;
    }
    let day = ahead.number(2)?;
    *cursor = ahead;
    Some(Date {
        year: Some(year),
        month: u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?,
        day: u8::try_from(day).ok()?,
    })
}

fn month_first(cursor: &mut Cursor) -> Option<Date> {
    let mut ahead = *cursor;
    let month = month(&mut ahead)?;
    ahead.blanks();
    let day = day(&mut ahead)?;
    let year = year(&mut ahead);
    *cursor = ahead;
    Some(Date { year, month, day })
}

fn day_first(cursor: &mut Cursor) -> Option<Date> {
    let mut ahead = *cursor;
    let day = day(&mut ahead)?;
    if !ahead.blanks() {
        return None;
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

/// `, 2024` or ` 2024`; a number that goes on (`1,500`, `2024.5`) is no year.
fn year(cursor: &mut Cursor) -> Option<u16> {
    let mut ahead = *cursor;
    ahead.eat(",");
    if !ahead.blanks() {
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

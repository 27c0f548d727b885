//! Dates as news writes them: `2024-12-03`, `Dec. 3, 2024`, `3 December`, `Tuesday, Sept 1, 2015`.

use crate::cursor::Cursor;

/// A day, with or without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: Option<u16>,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

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
        let days = match date.month {
            4 | 6 | 9 | 11 => 30,
            2 => 29,
            _ => 31,
        };
        let sound = (1..=days).contains(&date.day)
            && date.year.is_none_or(|year| (1600..2200).contains(&year));
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
        let day_of_year = |d: Self| i32::from(d.month) * 31 + i32::from(d.day);
        let ahead = day_of_year(self) - day_of_year(document);
        let half = 6 * 31;
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
    let found = one_of(ahead.letters(), &WEEKDAYS).is_some();
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
    let number = one_of(cursor.letters(), &MONTHS)?;
    cursor.eat(".");
    u8::try_from(number + 1).ok()
}

fn day(cursor: &mut Cursor) -> Option<u8> {
    let day = cursor.number(2)?;
    let mut ahead = *cursor;
    if matches!(ahead.letters(), "st" | "nd" | "rd" | "th") {
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

/// Which of `names` this is, whole or cut to three letters or more (`Sept`), in any case.
fn one_of(word: &str, names: &[&str]) -> Option<usize> {
    if word.len() < 3 {
        return None;
    }
    let word = word.as_bytes();
    let third = word[2].to_ascii_lowercase();
    names.iter().map(|name| name.as_bytes()).position(|name| {
        // The third letters tell most of them apart.
        name[2] == third
            && name
                .get(..word.len())
                .is_some_and(|n| n.eq_ignore_ascii_case(word))
    })
}

/// The length of a time of day at the start of `text`, with its zone: `10:15 GMT`, `at 9 a.m. ET`, `T10:15:00Z`; 0 if
/// there is none.
pub(crate) fn time_len(text: &str) -> usize {
    let mut cursor = Cursor::new(text);
    cursor.eat(",");
    cursor.blanks();
    if cursor.eat("at ") || cursor.eat("T") || cursor.eat("| ") || cursor.eat("- ") {
        cursor.blanks();
    }
    let Some(hour) = cursor.number(2).filter(|hour| *hour < 25) else {
        return 0;
    };
    let mut clock = false;
    let mut end = 0;
    while cursor.eat(":") && cursor.number(2).is_some() {
        clock = true;
        end = cursor.at();
    }
    if !clock && cursor.eat(".") && cursor.number(2).is_none() {
        return 0; // `10.15 a.m.` is British, `3. The` is not a time
    }
    let mut ahead = cursor;
    ahead.run(|c| c.is_ascii_digit() || c == '.'); // fractions of a second
    if ahead.eat("Z") {
        return ahead.at();
    }
    if ahead.one_of("+-") && ahead.number(4).is_some() {
        if ahead.eat(":") {
            ahead.number(2);
        }
        return ahead.at();
    }
    let mut ahead = cursor;
    ahead.blanks();
    for half in [
        "a.m.", "p.m.", "am", "pm", "a.m", "p.m", "AM", "PM", "A.M.", "P.M.",
    ] {
        if hour < 13 && ahead.eat(half) && !ahead.peek().is_some_and(char::is_alphanumeric) {
            clock = true;
            end = ahead.at();
            cursor = ahead;
            break;
        }
    }
    if !clock {
        return 0;
    }
    cursor.blanks();
    let mut offset = cursor; // ` 07:40:00 +0000`, as mails have it
    if offset.one_of("+-") && offset.number(4).is_some_and(|offset| offset <= 1400) {
        return offset.at();
    }
    let zone = cursor.run(|c| c.is_ascii_uppercase());
    if is_zone(zone) {
        end = cursor.at();
        let mut offset = cursor;
        if offset.one_of("+-") && offset.number(2).is_some() {
            end = offset.at();
        }
    }
    end
}

/// Zones that news sites print after a time.
fn is_zone(word: &str) -> bool {
    matches!(
        word,
        "GMT"
            | "UTC"
            | "BST"
            | "CET"
            | "CEST"
            | "EET"
            | "EEST"
            | "MSK"
            | "IST"
            | "ET"
            | "EST"
            | "EDT"
            | "CT"
            | "CST"
            | "CDT"
            | "MT"
            | "MST"
            | "MDT"
            | "PT"
            | "PST"
            | "PDT"
            | "HKT"
            | "SGT"
            | "JST"
            | "KST"
            | "AEST"
            | "AEDT"
            | "NZST"
            | "NZDT"
            | "WIB"
            | "SAST"
            | "EAT"
            | "WAT"
            | "PKT"
            | "IRST"
    )
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

    #[test]
    fn reads_times_with_their_zone() {
        for (text, len) in [
            (" 10:15 GMT.", 10),
            (" at 9 a.m. ET", 13),
            ("T10:15:00Z", 10),
            ("T10:15:00+01:00 x", 15),
            (" 10:15 He", 6),
            (" 10 people", 0),
            (" 3.5 percent", 0),
            ("", 0),
        ] {
            assert_eq!(time_len(text), len, "{text}");
        }
    }
}

//! Lines that say when: `Tue 4 Mar 2025 10.15 GMT`, `Updated 3:15 p.m. ET`, `4h ago 12.15 EST`.

use crate::cursor::Cursor;
use crate::date::{self, Date, InDigits};
use crate::lists::{PUBLISHED, STAMP_JOINS, UPDATED};
use crate::time;
use std::sync::LazyLock;

/// A time stamp has at most so many bytes: publication and update, each with weekday, date, time and zone.
const LONGEST: usize = 120;

/// What follows the last figure of a time stamp has at most so many bytes: ` p.m. Eastern Daylight Time on Wednesday`.
const LONGEST_END: usize = 64;

/// What may stand between the parts, around them, and as the marks of Markdown.
const MARKS: &str = ",;|•·-–—/:()[].*_#>";

/// Units of how long ago something was, in small letters.
const UNITS: [&str; 23] = [
    "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr",
    "hrs", "hour", "hours", "d", "day", "days", "week", "weeks", "month", "months", "year",
];

/// Zones of countries that write the month first, `03/07/2025`.
const MONTH_FIRST: [&str; 10] = [
    "ET", "EST", "EDT", "CT", "CDT", "MT", "MDT", "PT", "PST", "PDT",
];

/// Zones of countries that write the day first.
const DAY_FIRST: [&str; 9] = [
    "BST", "IST", "PKT", "SAST", "WAT", "EAT", "AEST", "AEDT", "NZDT",
];

/// Bit n: a phrase that stands before a date or between the parts begins with the letter that has the number n in ASCII,
/// by its lowest five bits.
static INITIALS: LazyLock<u32> = LazyLock::new(|| {
    let phrases = [&STAMP_JOINS, &PUBLISHED, &UPDATED]
        .into_iter()
        .flat_map(|phrases| phrases.iter());
    let initials = phrases.filter_map(|phrase| phrase.bytes().next());
    initials.fold(0, |bits, initial| bits | 1 << (initial & 31))
});

/// A day that a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// With its year.
    Known(Date),
    /// Without its year.
    Partial(Date),
    /// Read differently in New York and London.
    Open(InDigits),
}

/// What is said to have happened then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Nothing: the line is but a date.
    #[default]
    Bare,
    Published,
    Updated,
}

/// The days that a time stamp names, each with its role; a time alone names none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Stamp {
    pub(crate) days: Vec<(Role, Day)>,
}

impl Stamp {
    /// The stamp that `line` is as a whole.
    pub(crate) fn read(line: &str) -> Option<Self> {
        // Most lines are too long, or have neither a digit near their end nor `an hour ago`.
        let end = &line.as_bytes()[line.len().saturating_sub(LONGEST_END)..];
        let number = end.iter().fold(false, |any, b| any | b.is_ascii_digit());
        if line.len() > LONGEST || !(number || line.ends_with(" ago")) {
            return None;
        }
        // Somebody's life: `(August 30, 1972- )`.
        let inner = line.strip_suffix(')').map(str::trim_end);
        if inner.is_some_and(|inner| inner.ends_with(['-', '–'])) {
            return None;
        }
        let stopped = line.ends_with('.') && !line.ends_with("m.");
        let mut cursor = Cursor::new(line);
        let mut stamp = Self::default();
        let mut role = Role::Bare;
        let mut zone = "";
        let (mut shown, mut number) = (false, false);
        while !cursor.rest().is_empty() {
            if cursor.blanks() || cursor.one_of(MARKS) || eat_phrase(&mut cursor, &STAMP_JOINS) {
                continue;
            }
            if eat_phrase(&mut cursor, &PUBLISHED) {
                role = Role::Published;
            } else if eat_phrase(&mut cursor, &UPDATED) {
                role = Role::Updated;
            } else if eat_ago(&mut cursor) {
                shown = true;
            } else if let Some((day, len)) = day(cursor.rest()) {
                stamp.days.push((role, day));
                cursor.skip(len);
                shown = true;
                if cursor.eat("T") {
                    continue; // `2025-03-04T10:15:00Z`
                }
            } else if let Some(clock) = time::clock(cursor.rest()) {
                cursor.skip(clock.len);
                zone = clock.zone;
                shown |= clock.sure;
                number = true;
            } else if !date::eat_weekday(&mut cursor) && !eat_reading_time(&mut cursor) {
                return None;
            }
            // No word goes on after a part of the stamp.
            if cursor.peek().is_some_and(char::is_alphanumeric) {
                return None;
            }
        }
        for (_, day) in &mut stamp.days {
            if let Day::Open(digits) = day {
                *day = settled(*digits, zone);
            }
        }
        // The last line of a wrapped sentence: `Feb. 26.`
        if stopped && role == Role::Bare {
            return None;
        }
        // `Updated 10.15`, but not `10.15`.
        (shown || (number && role != Role::Bare)).then_some(stamp)
    }

    /// Whether a stamp may begin with the word at the start of `text`: most words of a sentence are in none.
    pub(crate) fn may_begin(text: &str) -> bool {
        let a = |article: &[u8]| {
            let start = text.as_bytes().get(..article.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(article))
        };
        let phrase = || {
            let first = text.as_bytes().first();
            let lists = [&STAMP_JOINS, &PUBLISHED, &UPDATED].into_iter();
            first.is_some_and(|b| *INITIALS >> (b & 31) & 1 == 1)
                && lists
                    .into_iter()
                    .any(|phrases| eat_phrase(&mut Cursor::new(text), phrases))
        };
        !text.starts_with(char::is_alphabetic)
            || date::begins_name(text)
            || a(b"a ")
            || a(b"an ")
            || phrase()
    }

    /// The role that a line without a date gives to the date on the line after it: `Published`, `Last updated:`.
    pub(crate) fn announced(line: &str) -> Option<Role> {
        const LONGEST_PHRASE: usize = 24;
        if line.len() > LONGEST_PHRASE {
            return None;
        }
        let mut cursor = Cursor::new(line);
        let role = match () {
            () if eat_phrase(&mut cursor, &PUBLISHED) => Role::Published,
            () if eat_phrase(&mut cursor, &UPDATED) => Role::Updated,
            () => return None,
        };
        cursor.one_of(":");
        cursor.rest().is_empty().then_some(role)
    }
}

/// A time or a date on its own: `10:15 GMT`, `3 Dec 2024 10:15`, `Thursday, May 7, 2015`, `15m ago`.
pub(crate) fn is_timestamp(line: &str) -> bool {
    Stamp::read(line).is_some()
}

fn day(text: &str) -> Option<(Day, usize)> {
    if let Some((date, len)) = Date::at_start(text) {
        let day = match date.year {
            Some(_) => Day::Known(date),
            None => Day::Partial(date),
        };
        return Some((day, len));
    }
    InDigits::at_start(text).map(|(digits, len)| (Day::Open(digits), len))
}

fn settled(digits: InDigits, zone: &str) -> Day {
    let by_zone = match () {
        () if MONTH_FIRST.contains(&zone) => digits.month_first,
        () if DAY_FIRST.contains(&zone) => digits.day_first,
        () => None,
    };
    digits
        .only()
        .or(by_zone)
        .map_or(Day::Open(digits), Day::Known)
}

/// Eats the longest phrase that the text begins with, in any case, at the end of a word.
fn eat_phrase(cursor: &mut Cursor, phrases: &[String]) -> bool {
    let rest = cursor.rest();
    let Some(first) = rest.bytes().next().map(|b| b.to_ascii_lowercase()) else {
        return false;
    };
    let longest = phrases
        .iter()
        // Most differ in their first letter.
        .filter(|phrase| phrase.as_bytes().first() == Some(&first))
        .filter(|phrase| {
            let len = phrase.len();
            let begins = rest
                .as_bytes()
                .get(..len)
                .is_some_and(|start| start.eq_ignore_ascii_case(phrase.as_bytes()));
            begins
                && !rest
                    .get(len..)
                    .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        })
        .map(String::len)
        .max();
    longest.is_some_and(|len| {
        cursor.skip(len);
        true
    })
}

/// `15m ago`, `2 hours ago`, `an hour ago`, `1 hr 5 min ago`
fn eat_ago(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    for _ in 0..2 {
        if ahead.number(3).is_none() && !["an ", "An ", "a ", "A "].iter().any(|a| ahead.eat(a)) {
            return false;
        }
        ahead.blanks();
        let unit = ahead.letters().to_lowercase();
        let unit = unit.as_str();
        if !UNITS.contains(&unit) && !UNITS.contains(&unit.trim_end_matches('s')) {
            return false;
        }
        ahead.eat(".");
        ahead.blanks();
        ahead.eat(", ");
        if ahead.eat("ago") || ahead.eat("Ago") || ahead.eat("AGO") {
            *cursor = ahead;
            return true;
        }
    }
    false
}

/// `5 min read`, which sites print beside the date.
fn eat_reading_time(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    if ahead.number(3).is_none() {
        return false;
    }
    ahead.one_of(" -");
    let minutes = matches!(
        ahead.letters(),
        "min" | "mins" | "minute" | "minutes" | "MIN"
    );
    ahead.one_of(" -");
    let found = minutes && matches!(ahead.letters(), "read" | "Read" | "READ");
    if found {
        *cursor = ahead;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_or_a_date_on_its_own_is_one() {
        for line in [
            "10:15 GMT",
            "15.10 GMT",
            "1h ago",
            "15m ago",
            "2 days ago",
            "an hour ago",
            "1 hr 5 min ago",
            "4h ago 12.15 EST",
            "Updated 3:15 p.m. ET",
            "UPDATED: 3:15 p.m. ET March 4",
            "Updated 10.15",
            "Published 11 April 2025.",
            "11:15 a.m.",
            "Tue 4 Mar 2025 10.15 GMT",
            "10:42 AM",
            "4 March 2025 • 6:00am",
            "30 July 2024   |   3:07 am",
            "Mar 4, 2025, 7:00 AM ET",
            "April 10, 2025 08:00 AM Eastern Daylight Time",
            "Last modified on Tue 4 Mar 2025 10.15 GMT",
            "First published on Tue 4 Mar 2025 10.15 GMT",
            "Published: 07:00, 19 December 2024",
            "Published 4 March 2025, updated 5 March 2025",
            "Posted: 07/03/2025",
            "2024-10-25 16:42:30",
            "2025-03-04T10:15:00Z",
            "2025-03-04T10:15:00.000+01:00",
            "[Tuesday, March 4, 2025]",
            "**March 4, 2025**",
            "342 AM EST WED MAR 5",
            "11 April",
            "Sep 30th 2025",
            "4 March 2025 · 5 min read",
            "Thu August 15, 2024 at 3:15 PM EDT",
            "Tuesday 4 March 2025 at 10:15 (GMT+1)",
            "01:42",
        ] {
            assert!(is_timestamp(line), "{line}");
        }
    }

    #[test]
    fn what_goes_on_is_none() {
        for line in [
            "",
            "May",
            "Monday",
            "Published",
            "10.15",
            "3.5",
            "3-0",
            "2024",
            "May 2025",
            "March 4–6, 2025",
            "Sat 10am - Repair café, Corn Hall",
            "4 March 2025 in Oslo",
            "Updated March 4 by the desk",
            "10:15 GMT: The ship leaves",
            "7 pm: Council meeting",
            "1 min read",
            "May 3 festival",
            "2 days in Oslo",
            "A year ago today, the dam broke",
            "Ten years ago",
            "1. 10 people",
            "192.168.10.15",
            "Dec 33",
            "Published in 2019",
            "(August 30, 1972- )",
            "Feb. 26.",
            "March 4, 2025.",
        ] {
            assert!(!is_timestamp(line), "{line}");
        }
    }

    #[test]
    fn says_which_day_is_whose() {
        let date = |text| Date::from_iso(text).expect("a date");
        let days = |line| Stamp::read(line).expect(line).days;
        let (fourth, fifth) = (date("2025-03-04"), date("2025-03-05"));
        assert_eq!(
            days("Published 4 March 2025 10:15 | Updated 5 March 2025"),
            [
                (Role::Published, Day::Known(fourth)),
                (Role::Updated, Day::Known(fifth))
            ]
        );
        assert_eq!(days("Tue 4 Mar 2025"), [(Role::Bare, Day::Known(fourth))]);
        assert_eq!(
            days("03/04/2025 10:15 AM ET"),
            [(Role::Bare, Day::Known(fourth))]
        );
        assert_eq!(
            days("04/03/2025 18:05 IST"),
            [(Role::Bare, Day::Known(fourth))]
        );
        assert!(matches!(
            days("04/03/2025")[..],
            [(Role::Bare, Day::Open(_))]
        ));
        assert!(matches!(
            days("4 March")[..],
            [(Role::Bare, Day::Partial(_))]
        ));
        assert_eq!(days("10:15 GMT"), []);
        assert_eq!(Stamp::announced("Published"), Some(Role::Published));
        assert_eq!(Stamp::announced("Last updated:"), Some(Role::Updated));
        assert_eq!(Stamp::announced("Published works"), None);
    }
}

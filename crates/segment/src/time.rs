//! Times of day as news writes them: `10:15 GMT`, `9 a.m. ET`, `10.15 GMT`, `0315 GMT`, `T10:15:00Z`.

use crate::cursor::Cursor;
use text::calendar::{half_of_day, time_zones};

/// Words before `Time` in the long name of a zone: `Eastern Daylight Time`.
const IN_ZONES: [&str; 8] = [
    "Eastern", "Central", "Mountain", "Pacific", "Standard", "Daylight", "Summer", "Mean",
];

/// A time of day at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock<'t> {
    /// In bytes, with its zone.
    pub(crate) len: usize,
    /// A colon, a half of the day or a zone shows it; `10.15` may be any number.
    pub(crate) sure: bool,
    /// The zone's abbreviation; empty where there is none.
    pub(crate) zone: &'t str,
}

/// The length of a time of day at the start of `text`, with its zone: `10:15 GMT`, `at 9 a.m. ET`, `T10:15:00Z`; 0 if
/// there is none.
pub(crate) fn length(text: &str) -> usize {
    let mut cursor = Cursor::new(text);
    cursor.eat(",");
    cursor.blanks();
    if cursor.eat("at ") || cursor.eat("T") || cursor.eat("| ") || cursor.eat("- ") {
        cursor.blanks();
    }
    clock(cursor.rest())
        .filter(|clock| clock.sure)
        .map_or(0, |clock| cursor.at() + clock.len)
}

/// The time of day at the start of `text`.
pub(crate) fn clock(text: &str) -> Option<Clock<'_>> {
    let mut cursor = Cursor::new(text);
    let number = cursor.number(4)?;
    let joined = cursor.at() > 2; // `0315`
    let (hour, minute) = match joined {
        true => (number / 100, number % 100),
        false => (number, 0),
    };
    if hour > 24 || minute > 59 {
        return None;
    }
    let minutes = |cursor: &mut Cursor, mark| {
        let mut ahead = *cursor;
        let found = ahead.eat(mark)
            && ahead
                .rest()
                .as_bytes()
                .get(1)
                .is_some_and(u8::is_ascii_digit)
            && ahead.number(2).is_some_and(|minute| minute < 60);
        if found {
            *cursor = ahead;
        }
        found
    };
    let mut clock = Clock {
        len: 0,
        sure: false,
        zone: "",
    };
    let mut whole = false;
    if !joined {
        while minutes(&mut cursor, ":") {
            clock.sure = true;
        }
        clock.sure |= !clock.sure && minutes(&mut cursor, "h"); // `10h15`, as in Dakar
        whole = clock.sure || minutes(&mut cursor, "."); // `10.15 GMT`, as in London
    }
    clock.len = cursor.at();
    if clock.sure {
        let mut ahead = cursor;
        if ahead.eat(".") {
            ahead.run(|c| c.is_ascii_digit()); // fractions of a second
        }
        if ahead.eat("Z") || eat_offset(&mut ahead) {
            clock.len = ahead.at();
            return Some(clock);
        }
    }
    let mut ahead = cursor;
    ahead.blanks();
    if let Some((_, length)) = half_of_day(ahead.rest()).filter(|_| hour <= 12) {
        ahead.skip(length);
        if !ahead.peek().is_some_and(char::is_alphanumeric) {
            (clock.sure, whole) = (true, true);
            cursor = ahead;
        }
    }
    if !whole && !joined {
        return None;
    }
    clock.len = cursor.at();
    let mut ahead = cursor;
    ahead.blanks();
    let bracket = ahead.eat("(");
    if let Some(zone) = eat_zone(&mut ahead)
        && (!bracket || ahead.eat(")"))
    {
        clock = Clock {
            len: ahead.at(),
            sure: true,
            zone,
        };
    }
    (whole || clock.sure).then_some(clock)
}

/// `+0100`, `+01:00`
fn eat_offset(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    let found = ahead.one_of("+-") && ahead.number(4).is_some_and(|offset| offset <= 1400);
    if found {
        if ahead.eat(":") {
            ahead.number(2);
        }
        *cursor = ahead;
    }
    found
}

/// `GMT`, `UTC+2`, `+0100`, `Eastern Daylight Time`, `Beijing time`, `local time`, `hrs`; gives the abbreviation.
fn eat_zone<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    if eat_offset(cursor) {
        return Some("");
    }
    let mut ahead = *cursor;
    let word = ahead.letters();
    if time_zones().contains(word) {
        *cursor = ahead;
        if ahead.one_of("+-") && ahead.number(2).is_some() {
            *cursor = ahead;
        }
        return Some(word);
    }
    if matches!(word, "hrs" | "hours") {
        *cursor = ahead;
        return Some("");
    }
    // `Eastern Daylight Time` is the longest.
    let mut before = word;
    for _ in 0..2 {
        ahead.blanks();
        let next = ahead.letters();
        if next == "time" || (next == "Time" && IN_ZONES.contains(&before)) {
            *cursor = ahead;
            return Some("");
        }
        before = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_with_their_zone() {
        for (text, len) in [
            (" 10:15 GMT.", 10),
            (" at 9 a.m. ET", 13),
            ("T10:15:00Z", 10),
            ("T10:15:00.123Z", 14),
            ("T10:15:00+01:00 x", 15),
            (" 07:40:00 +0000", 15),
            (" 10:15 He", 6),
            ("17.21 BST", 9),
            ("6.00am", 6),
            ("10h15", 5),
            ("0315 GMT", 8),
            ("342 AM EST WED", 10),
            ("8:00 AM Eastern Daylight Time", 29),
            ("8:00 AM Eastern Time", 20),
            ("10:15 Beijing time", 18),
            ("10:15 (UTC+8)", 13),
            ("18:05 hrs", 9),
            (" 10 people", 0),
            (" 3.5 percent", 0),
            (" 3.50 percent", 0),
            ("10.15", 0),
            ("2024 GM", 0),
            ("25:10", 0),
            ("10:75", 0),
            ("10:15 This Time", 5),
            ("", 0),
        ] {
            assert_eq!(length(text), len, "{text}");
        }
    }
}

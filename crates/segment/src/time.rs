//! Times of day as news writes them: `10:15 GMT`, `9 a.m. ET`, `T10:15:00Z`.

use crate::cursor::Cursor;
use text::calendar::{half_of_day, time_zones};

/// The length of a time of day at the start of `text`, with its zone: `10:15 GMT`, `at 9 a.m. ET`, `T10:15:00Z`; 0 if
/// there is none.
pub(crate) fn length(text: &str) -> usize {
    let mut cursor = Cursor::new(text);
    cursor.eat(",");
    cursor.blanks();
    if cursor.eat("at ") || cursor.eat("T") || cursor.eat("| ") || cursor.eat("- ") {
        cursor.blanks();
    }
    let Some(hour) = cursor.number(2).filter(|hour| *hour <= 24) else {
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
    if let Some((_, length)) = half_of_day(ahead.rest()).filter(|_| hour <= 12) {
        ahead.skip(length);
        if !ahead.peek().is_some_and(char::is_alphanumeric) {
            clock = true;
            end = ahead.at();
            cursor = ahead;
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
    if time_zones().contains(zone) {
        end = cursor.at();
        let mut offset = cursor;
        if offset.one_of("+-") && offset.number(2).is_some() {
            end = offset.at();
        }
    }
    end
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
            ("T10:15:00+01:00 x", 15),
            (" 10:15 He", 6),
            (" 10 people", 0),
            (" 3.5 percent", 0),
            ("", 0),
        ] {
            assert_eq!(length(text), len, "{text}");
        }
    }
}

//! Datelines: `DAMASCUS, Dec 3 (Reuters) —`, `LONDON —`, `(CNN)`, `MOSCOW, March 4. /TASS/.`, `New Delhi:`.
//!
//! Place, region, date and agency come in nearly any order, each optional but not all; a dash closes them, after an agency or
//! a date a colon or nothing as well. A place alone must stand before a running sentence, be in capitals or stand before a
//! dash that a capital follows: else a parenthesis (`Iran — which …`) or a headline (`Storm – What we know`) would pass for one.

mod parts;
#[cfg(test)]
mod tests;

use crate::cursor::Cursor;
use crate::date::Date;
use crate::lists::AGENCIES;
use document::{Dateline, Span};
use parts::{Close, Parts, PlaceName, close, parts};
use text::{is_opening_mark, turns};

/// Bytes of a line in which a dateline is looked for: place, region, date and agency at their longest.
const LONGEST: usize = 120;

/// A place in small letters without region, date and agency has at most so many words: `New York City —`.
const LONGEST_BARE_PLACE: usize = 3;

/// After `Oslo:` so many bytes must follow, or it heads something else.
const SHORTEST_SENTENCE: usize = 40;

/// A place alone before a colon has so many bytes at least: `GOA:`
const SHORTEST_PLACE: usize = 3;

/// What is known of the line in which a dateline is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Setting {
    /// It is running text: it ends as a sentence does, or is too long for a headline.
    pub(crate) running: bool,
    /// It cannot be the headline of the page, in which somebody speaks before a colon.
    pub(crate) below: bool,
}

/// The dateline of the line that begins at byte `at` of `text`.
pub(crate) fn find(text: &str, at: usize, setting: Setting) -> Option<(Dateline, Option<Date>)> {
    let window = &text[at..text.floor_char_boundary((at + LONGEST).min(text.len()))];
    let window = &window[..memchr::memchr(b'\n', window.as_bytes()).unwrap_or(window.len())];
    // Most lines have nothing that could close a dateline, or an agency in it.
    let marks = window.bytes().fold(false, |found, b| {
        found | matches!(b, b'-' | b':' | b'(' | b'/' | b'[' | b'_' | 0xE2)
    });
    if !marks {
        return None;
    }
    let start = lead(window);
    let (mut found, date) = parse(&window[start..], setting)?;
    let at = at + start;
    found.span = Span::new(at + found.span.start, at + found.span.end);
    Some((found, date))
}

/// What may stand before a dateline: a note to editors, the marks of Markdown, `By Ana Roe` before a place in capitals.
fn lead(window: &str) -> usize {
    let notes = ["(Eds:", "(Eds.:", "(EDS:", "(Eds "];
    let note = notes.iter().any(|note| window.starts_with(note));
    let mut start = window.find(')').filter(|_| note).map_or(0, |end| end + 1);
    let rest = window[start..].trim_start_matches(['*', '_', ' ']);
    start = window.len() - rest.len();
    let Some(names) = rest.strip_prefix("By ").or(rest.strip_prefix("by ")) else {
        return start;
    };
    // The name ends where the capitals begin.
    let mut at = window.len() - names.len();
    for word in names.split_inclusive(' ') {
        let name = word.trim_end();
        let capitals = name.trim_end_matches(',');
        if capitals.chars().count() > 2
            && capitals.chars().all(char::is_uppercase)
            && at > start + 3
        {
            return at;
        }
        if !name.starts_with(char::is_uppercase) {
            break;
        }
        at += word.len();
    }
    start
}

fn parse(window: &str, setting: Setting) -> Option<(Dateline, Option<Date>)> {
    let mut cursor = Cursor::new(window);
    let parts = parts(&mut cursor);
    let Parts {
        place,
        date,
        agency,
    } = &parts;
    let marked = agency.is_some() || date.is_some();
    let known = agency.is_some_and(|agency| AGENCIES.contains(agency));
    let close = close(&mut cursor, marked);
    let rest = cursor.rest().trim_start_matches(['*', '_']).trim_start();
    let opens = rest
        .chars()
        .find(|c| !is_opening_mark(*c) && *c != '(')
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let colon = close == Some(Close::Colon);
    let dash = close.is_some() && !colon;
    let sure = match (place, agency, date) {
        // `JOHN DOE (CNBC): …` speaks.
        (Some(_), Some(_), _) if colon => known || date.is_some(),
        // `Hale (Lab) 1,234` is a row of a table.
        (Some(_), Some(_), _) => {
            dash || (opens && (known || (setting.running && !rest.starts_with(char::is_numeric))))
        }
        (None, Some(_), _) => dash || colon || (opens && known),
        (Some(_), None, Some(_)) => dash || (colon && opens),
        (Some((place, _)), None, None) if colon => {
            let sentence = rest.len() >= SHORTEST_SENTENCE
                && place.len >= SHORTEST_PLACE
                && ((setting.below && place.capitals) || !is_title_case(rest))
                && (place.capitals || !rest.starts_with(is_opening_mark));
            setting.running
                && (setting.below || place.capitals)
                && opens
                && sentence
                && place.words <= LONGEST_BARE_PLACE
        }
        (Some((place, _)), None, None) => {
            let short = place.words <= LONGEST_BARE_PLACE || place.region;
            let by_form = place.capitals || (short && close == Some(Close::Dash));
            setting.running && dash && opens && by_form
        }
        _ => false,
    };
    if !sure || rest.is_empty() {
        return None;
    }
    if let Some((place, name)) = place
        && is_no_place(place, name, marked)
        && !known
    {
        return None;
    }
    let mut dateline = Dateline::new(0..cursor.at());
    dateline.place = place.as_ref().map(|(_, name)| (*name).to_owned());
    dateline.agency = agency.map(str::to_owned);
    dateline.date = date.map(Date::iso);
    Some((dateline, *date))
}

/// Most words begin with a capital, as in a headline.
fn is_title_case(text: &str) -> bool {
    let words = text.split_whitespace();
    let small = words
        .clone()
        .filter(|word| word.starts_with(char::is_lowercase));
    3 * small.count() < words.count()
}

/// A person with a title, somebody with a role, or a word that heads a line: `SEN. ROE`, `HOST`, `FILE`.
fn is_no_place(place: &PlaceName, name: &str, marked: bool) -> bool {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let last = words.next_back().unwrap_or(first);
    let heads = [first, last].into_iter().any(turns::is_heading) || matches!(first, "The" | "A");
    let speaks = !place.region && turns::is_role(last);
    turns::is_title(first) || (!marked && (heads || speaks || AGENCIES.contains(name)))
}

//! Datelines: `DAMASCUS, Dec 3 (Reuters) —`, `LONDON —`, `(CNN)`.
//!
//! Place, region, date and agency come in this order, each optional but not all; a dash or, after an agency, a colon
//! or nothing closes it. A place alone must be in capitals or stand before a dash that a capital follows, or a
//! parenthesis (`Iran — which …`) would pass for one.

use crate::cursor::Cursor;
use crate::date::{self, Date};
use crate::lists::{AGENCIES, IN_PLACES};
use document::{Dateline, Span};
use text::is_opening_mark;

/// Bytes of a line in which a dateline is looked for: place, region, date and agency at their longest.
const LONGEST: usize = 120;

/// A word of a place's name that ends in a full stop has at most so many bytes, the stop included: `U.N.`, `Calif.`; a
/// longer one ends a sentence.
const LONGEST_ABBREVIATION: usize = 6;

/// Bytes of an agency's name: `Thomson Reuters Foundation` has 26.
const LONGEST_AGENCY: usize = 48;

/// A place in small letters without region, date and agency has at most so many words: `New York City —`.
const LONGEST_BARE_PLACE: usize = 3;

/// Words of a place's name, at most, region included (`SAN PEDRO SULA, Honduras`).
const WORDS: usize = 7;

/// The dateline that begins at byte `at` of `text`.
pub(crate) fn find(text: &str, at: usize) -> Option<(Dateline, Option<Date>)> {
    let window = &text[at..text.floor_char_boundary((at + LONGEST).min(text.len()))];
    let window = window.split('\n').next()?;
    let (mut found, date) = parse(window)?;
    found.span = Span::new(at + found.span.start, at + found.span.end);
    Some((found, date))
}

fn parse(window: &str) -> Option<(Dateline, Option<Date>)> {
    let mut cursor = Cursor::new(window);
    let place = place(&mut cursor);
    let mut date = None;
    let mut agency = None;
    // Date and agency come in either order; a weekday or an hour says nothing that is kept.
    for _ in 0..3 {
        let mut ahead = cursor;
        ahead.blanks();
        let comma = ahead.eat(",");
        ahead.blanks();
        if agency.is_none()
            && !comma
            && let Some(name) = eat_agency(&mut ahead)
        {
            agency = Some(name);
            cursor = ahead;
            continue;
        }
        if date.is_none() && (comma || place.is_none()) {
            if let Some((day, len)) = Date::at_start(ahead.rest()) {
                date = Some(day);
                ahead.skip(len);
                cursor = ahead;
                continue;
            }
            if comma && date::eat_weekday(&mut ahead) {
                cursor = ahead;
            }
        }
    }
    if place.is_none() && agency.is_none() {
        return None;
    }
    let dash = eat_dash(&mut cursor, agency.is_some() || date.is_some());
    let rest = cursor.rest().trim_start();
    let opens = rest
        .chars()
        .find(|c| !is_opening_mark(*c) && *c != '(')
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let sure = match (&place, agency, date) {
        (Some(_), Some(_), _) => dash || opens,
        (None, Some(agency), _) => dash || (opens && AGENCIES.contains(agency)),
        (Some(_), None, Some(_)) => dash,
        (Some(place), None, None) => {
            dash && opens && (place.capitals || place.words <= LONGEST_BARE_PLACE || place.region)
        }
        _ => false,
    };
    if !sure || rest.is_empty() {
        return None;
    }
    let mut dateline = Dateline::new(0..cursor.at());
    dateline.place = place.map(|place| window[..place.len].to_owned());
    dateline.agency = agency.map(str::to_owned);
    dateline.date = date.map(Date::iso);
    Some((dateline, date))
}

struct PlaceName {
    len: usize,
    words: usize,
    /// Its first word is in capitals.
    capitals: bool,
    /// A comma stands in it (`Kyiv, Ukraine`).
    region: bool,
}

/// Capitalised words, with at most two commas between them; the first part in capitals where the text has them.
fn place(cursor: &mut Cursor) -> Option<PlaceName> {
    let mut found = PlaceName {
        len: 0,
        words: 0,
        capitals: false,
        region: false,
    };
    let mut commas = 0;
    let mut ahead = *cursor;
    loop {
        // A date after the comma ends the place.
        if Date::at_start(ahead.rest()).is_some() {
            break;
        }
        let word = ahead.run(|c| c.is_alphabetic() || "’'-.".contains(c));
        let word = word.strip_suffix("--").unwrap_or(word);
        let particle = found.words > 0 && IN_PLACES.contains(word);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let stopped = word.ends_with('.') && word.len() > LONGEST_ABBREVIATION;
        if word.is_empty() || stopped || !(capital || particle) || found.words == WORDS {
            break;
        }
        let weekday = date::eat_weekday(&mut Cursor::new(word));
        if weekday && found.words > 0 {
            break;
        }
        if found.words == 0 {
            found.capitals = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
        }
        found.words += 1;
        found.len = ahead.at();
        found.region = commas > 0;
        *cursor = ahead;
        let comma = ahead.eat(",");
        commas += usize::from(comma);
        if commas > 2 || !(ahead.blanks() || ahead.eat("/")) {
            break;
        }
    }
    (found.words > 0).then_some(found)
}

/// `(Reuters)`, `(AP)`, `/PRNewswire/`; not `(R)` or `(up from 38)`.
fn eat_agency<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let mut ahead = *cursor;
    let close = match ahead.peek()? {
        '(' => ")",
        '/' => "/",
        '[' => "]",
        _ => return None,
    };
    ahead.one_of("([/");
    let name = ahead.run(|c| c.is_alphanumeric() || " .,&/’'-:".contains(c) && !close.contains(c));
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    if !capital
        || name.ends_with('.')
        || name.chars().count() < 2
        || name.len() > LONGEST_AGENCY
        || !ahead.eat(close)
    {
        return None;
    }
    *cursor = ahead;
    Some(name)
}

/// The dash that closes a dateline; a hyphen or a colon only where an agency or a date stands before it.
fn eat_dash(cursor: &mut Cursor, marked: bool) -> bool {
    let mut ahead = *cursor;
    let hyphen = ahead.blanks() && ahead.rest().starts_with("- ");
    let dash = ["—", "–", "---", "--", "―", "−"]
        .iter()
        .any(|dash| ahead.eat(dash))
        || ((hyphen || marked) && ahead.eat("-"))
        || (marked && ahead.eat(":"));
    if dash {
        *cursor = ahead;
    }
    dash
}

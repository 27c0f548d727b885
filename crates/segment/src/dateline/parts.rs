//! The parts of a dateline: place, date and agency, and what closes it.

use crate::cursor::Cursor;
use crate::date::{self, Date};
use crate::lists::{AGENCIES, IN_PLACES};

/// A word of a place's name that ends in a full stop has at most so many bytes, the stop included: `U.N.`, `Calif.`; a
/// longer one ends a sentence.
const LONGEST_ABBREVIATION: usize = 6;

/// Bytes of an agency's name: `Thomson Reuters Foundation` has 26.
const LONGEST_AGENCY: usize = 48;

/// Words of a place's name, at most, region included (`SAN PEDRO SULA, Honduras`).
const WORDS: usize = 7;

/// The parts that have been read.
#[derive(Default)]
pub(super) struct Parts<'t> {
    pub(super) place: Option<(PlaceName, &'t str)>,
    pub(super) date: Option<Date>,
    pub(super) agency: Option<&'t str>,
}

/// Reads place, date and agency.
pub(super) fn parts<'t>(cursor: &mut Cursor<'t>) -> Parts<'t> {
    /// Place, date, weekday and agency.
    const MOST: usize = 4;
    let mut parts = Parts::default();
    for _ in 0..MOST {
        let found = eat_date(cursor, &mut parts)
            || eat_source(cursor, &mut parts)
            || eat_place(cursor, &mut parts);
        if !found {
            break;
        }
    }
    parts
}

/// A date: at the start or after a comma, `GENEVA (4 March) –`, `OSLO – 4 March 2025 –`. A weekday alone says nothing that is
/// kept.
fn eat_date(cursor: &mut Cursor, parts: &mut Parts) -> bool {
    if parts.date.is_some() {
        return false;
    }
    let mut ahead = *cursor;
    ahead.blanks();
    let comma = ahead.eat(",") && ahead.blanks();
    let bracket = !comma && ahead.eat("(");
    let dash = !comma && !bracket && parts.place.is_some() && {
        let found = ["--", "–", "—", "-", "|"]
            .iter()
            .any(|dash| ahead.eat(dash));
        found && ahead.blanks()
    };
    if !(comma || bracket || dash || parts.place.is_none()) {
        return false;
    }
    let Some((day, len)) = Date::at_start(ahead.rest()) else {
        let weekday = comma && date::eat_weekday(&mut ahead);
        if weekday {
            *cursor = ahead;
        }
        return weekday;
    };
    ahead.skip(len);
    if bracket && !ahead.eat(")") {
        return false;
    }
    // After a dash a date is one of the parts only where another dash follows.
    if dash
        && close(&mut ahead.clone(), true).is_none()
        && eat_agency(&mut after_blanks(ahead)).is_none()
    {
        return false;
    }
    parts.date = Some(day);
    *cursor = ahead;
    // `MOSCOW, March 4. /TASS/`
    if ahead.eat(".") && ahead.blanks() && ahead.peek() == Some('/') {
        *cursor = ahead;
    }
    true
}

/// An agency, and a country in brackets before it: `LAGOS (Nigeria) (AFP)`.
fn eat_source<'t>(cursor: &mut Cursor<'t>, parts: &mut Parts<'t>) -> bool {
    if parts.agency.is_some() {
        return false;
    }
    let mut ahead = after_blanks(*cursor);
    // `LONDON--(BUSINESS WIRE)--`, `LONDON - (AFP) -`
    let dash = parts.place.is_some() && ["--", "–", "—", "-"].iter().any(|dash| ahead.eat(dash));
    let apart = dash && ahead.blanks();
    let Some(name) = eat_agency(&mut ahead).filter(|name| !apart || AGENCIES.contains(name)) else {
        return false;
    };
    parts.agency = Some(name);
    *cursor = ahead;
    let mut ahead = after_blanks(ahead);
    if let Some((place, _)) = &mut parts.place
        && !AGENCIES.contains(name)
        && let Some(agency) = eat_agency(&mut ahead)
    {
        place.region = true;
        parts.agency = Some(agency);
        *cursor = ahead;
    }
    true
}

/// A place: at the start, or after an agency or a date and a dash or a comma, `(ANSA) - ROME, MAR 4 -`.
fn eat_place<'t>(cursor: &mut Cursor<'t>, parts: &mut Parts<'t>) -> bool {
    if parts.place.is_some() {
        return false;
    }
    let first = cursor.at() == 0;
    let mut ahead = *cursor;
    if !first {
        ahead.blanks();
        let joined = ["--", "–", "—", "-", ",", ":", "|"]
            .iter()
            .any(|mark| ahead.eat(mark));
        // `2025-03-04 LAGOS (AFP) –`
        if !ahead.blanks() && !joined {
            return false;
        }
    }
    let rest = ahead.rest();
    let Some(found) = place(&mut ahead) else {
        return false;
    };
    // The dateline must go on behind it: `(CNN) — LONDON is …` does not.
    let behind = after_blanks(ahead).peek();
    let goes_on = behind.is_some_and(|c| ",-–—_(/:".contains(c));
    if !first && !(goes_on && (found.capitals || parts.date.is_some())) {
        return false;
    }
    parts.place = Some((found, &rest[..found.len]));
    *cursor = ahead;
    true
}

fn after_blanks(mut cursor: Cursor<'_>) -> Cursor<'_> {
    cursor.blanks();
    cursor
}

#[derive(Clone, Copy)]
pub(super) struct PlaceName {
    pub(super) len: usize,
    pub(super) words: usize,
    /// Its first word is in capitals.
    pub(super) capitals: bool,
    /// A comma stands in it (`Kyiv, Ukraine`).
    pub(super) region: bool,
}

/// What closes a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Close {
    Dash,
    /// Old agency copy.
    Underscore,
    Colon,
}

/// Capitalised words, with at most two commas between them; the first part in capitals where the text has them.
pub(super) fn place(cursor: &mut Cursor) -> Option<PlaceName> {
    let mut found = PlaceName {
        len: 0,
        words: 0,
        capitals: false,
        region: false,
    };
    let from = cursor.at();
    let mut commas = 0;
    let mut ahead = *cursor;
    loop {
        // A date after the comma ends the place.
        if Date::at_start(ahead.rest()).is_some() {
            break;
        }
        let start = ahead;
        let run = ahead.run(|c| c.is_alphabetic() || "’'-.".contains(c));
        let word = run.trim_end_matches('-');
        if word.len() < run.len() {
            ahead = start;
            ahead.skip(word.len());
        }
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
        found.len = ahead.at() - from;
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
pub(super) fn eat_agency<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
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

/// Eats what closes a dateline; a hyphen without blanks only where an agency or a date stands before it.
pub(super) fn close(cursor: &mut Cursor, marked: bool) -> Option<Close> {
    let mut ahead = *cursor;
    // `/TASS/.`
    if cursor.before() == Some('/') && ahead.eat(".") {
        *cursor = ahead;
        return Some(Close::Dash);
    }
    let blanks = ahead.blanks();
    let hyphen = blanks && ahead.rest().starts_with("- ");
    let dashes = ["—", "–", "---", "--", "―", "−"];
    let close = match () {
        () if blanks && (ahead.eat("__") || ahead.eat("_")) => Close::Underscore,
        () if dashes.iter().any(|dash| ahead.eat(dash)) => Close::Dash,
        () if (hyphen || marked) && ahead.eat("-") => Close::Dash,
        () if (marked || !blanks) && ahead.eat(":") => Close::Colon,
        () => return None,
    };
    *cursor = ahead;
    Some(close)
}

//! Datelines: `DAMASCUS, Dec 3 (Reuters) —`, `LONDON —`, `(CNN)`, `MOSCOW, March 4. /TASS/.`, `New Delhi:`.
//!
//! Place, region, date and agency come in nearly any order, each optional but not all; a dash closes them, after an agency or
//! a date a colon or nothing as well. A place alone must stand before a running sentence, be in capitals or stand before a
//! dash that a capital follows: else a parenthesis (`Iran — which …`) or a headline (`Storm – What we know`) would pass for one.

use crate::cursor::Cursor;
use crate::date::{self, Date};
use crate::lists::{AGENCIES, IN_PLACES};
use document::{Dateline, Span};
use text::{is_opening_mark, turns};

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
    let window = window.split('\n').next()?;
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

/// The parts that have been read.
#[derive(Default)]
struct Parts<'t> {
    place: Option<(PlaceName, &'t str)>,
    date: Option<Date>,
    agency: Option<&'t str>,
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
    if place
        .as_ref()
        .is_some_and(|(place, name)| is_no_place(place, name, marked))
        && !known
    {
        return None;
    }
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
        (Some(_), Some(_), _) => dash || opens,
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

/// Reads place, date and agency.
fn parts<'t>(cursor: &mut Cursor<'t>) -> Parts<'t> {
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
struct PlaceName {
    len: usize,
    words: usize,
    /// Its first word is in capitals.
    capitals: bool,
    /// A comma stands in it (`Kyiv, Ukraine`).
    region: bool,
}

/// What closes a dateline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Dash,
    /// Old agency copy.
    Underscore,
    Colon,
}

/// Capitalised words, with at most two commas between them; the first part in capitals where the text has them.
fn place(cursor: &mut Cursor) -> Option<PlaceName> {
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

/// Eats what closes a dateline; a hyphen without blanks only where an agency or a date stands before it.
fn close(cursor: &mut Cursor, marked: bool) -> Option<Close> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const RUNNING: Setting = Setting {
        running: true,
        below: true,
    };

    #[test]
    fn reads_datelines_as_agencies_write_them() {
        for (dateline, place, agency, date) in [
            (
                "DAMASCUS, Dec 3 (Reuters) -",
                Some("DAMASCUS"),
                Some("Reuters"),
                Some("--12-03"),
            ),
            (
                "NAIROBI, Kenya, Dec 31 (Reuters) —",
                Some("NAIROBI, Kenya"),
                Some("Reuters"),
                Some("--12-31"),
            ),
            ("LONDON —", Some("LONDON"), None, None),
            (
                "Kyiv, Ukraine (CNN) —",
                Some("Kyiv, Ukraine"),
                Some("CNN"),
                None,
            ),
            ("(CNN) —", None, Some("CNN"), None),
            ("(CNN)", None, Some("CNN"), None),
            ("NEW YORK _", Some("NEW YORK"), None, None),
            (
                "BRAYFORD, Tolvane (AP) _",
                Some("BRAYFORD, Tolvane"),
                Some("AP"),
                None,
            ),
            ("LAGOS (Nigeria) (AFP) –", Some("LAGOS"), Some("AFP"), None),
            ("LAGOS (Nigeria) (AFP)", Some("LAGOS"), Some("AFP"), None),
            (
                "MOSCOW, March 4. /TASS/.",
                Some("MOSCOW"),
                Some("TASS"),
                Some("--03-04"),
            ),
            (
                "MOSCOW, March 4 /TASS/.",
                Some("MOSCOW"),
                Some("TASS"),
                Some("--03-04"),
            ),
            (
                "(ANSA) - ROME, MAR 4 -",
                Some("ROME"),
                Some("ANSA"),
                Some("--03-04"),
            ),
            (
                "BEIJING, March 4 (Xinhua) --",
                Some("BEIJING"),
                Some("Xinhua"),
                Some("--03-04"),
            ),
            ("WASHINGTON, D.C. –", Some("WASHINGTON, D.C."), None, None),
            ("PORT ELLERY, Ont. —", Some("PORT ELLERY, Ont."), None, None),
            ("MUMBAI (Reuters) -", Some("MUMBAI"), Some("Reuters"), None),
            ("MUMBAI (PTI):", Some("MUMBAI"), Some("PTI"), None),
            (
                "SAN JOSE, Calif., March 4, 2025 /PRNewswire/ --",
                Some("SAN JOSE, Calif."),
                Some("PRNewswire"),
                Some("2025-03-04"),
            ),
            (
                "MARLOW SPRINGS, Tolvane--(BUSINESS WIRE)--",
                Some("MARLOW SPRINGS, Tolvane"),
                Some("BUSINESS WIRE"),
                None,
            ),
            (
                "LONDON – 4 March 2025 –",
                Some("LONDON"),
                None,
                Some("2025-03-04"),
            ),
            (
                "GENEVA (4 March 2025) –",
                Some("GENEVA"),
                None,
                Some("2025-03-04"),
            ),
            (
                "4 March 2025, Geneva –",
                Some("Geneva"),
                None,
                Some("2025-03-04"),
            ),
            (
                "March 4, 2025 – GENEVA –",
                Some("GENEVA"),
                None,
                Some("2025-03-04"),
            ),
            (
                "Suva Point, 3 March –",
                Some("Suva Point"),
                None,
                Some("--03-03"),
            ),
            (
                "New Delhi, Mar 4 (PTI)",
                Some("New Delhi"),
                Some("PTI"),
                Some("--03-04"),
            ),
            ("New Delhi:", Some("New Delhi"), None, None),
            ("ISLAMABAD:", Some("ISLAMABAD"), None, None),
            ("New York City —", Some("New York City"), None, None),
            (
                "NEW YORK/LONDON, March 4 (Reuters) -",
                Some("NEW YORK/LONDON"),
                Some("Reuters"),
                Some("--03-04"),
            ),
        ] {
            let text = format!("{dateline} The council said on Tuesday that it would meet again.");
            let (found, _) = find(&text, 0, RUNNING).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[found.span], dateline);
            assert_eq!(
                (
                    found.place.as_deref(),
                    found.agency.as_deref(),
                    found.date.as_deref()
                ),
                (place, agency, date),
                "{text}"
            );
        }
    }

    #[test]
    fn what_stands_before_a_dateline_is_none_of_it() {
        for (before, dateline) in [
            ("(Eds: Adds details) ", "New Delhi, Mar 4 (PTI)"),
            ("By Jane Roe ", "LAGOS, March 4 (NAN)"),
            ("**", "PORT ELLERY —"),
        ] {
            let text = format!("{before}{dateline} The council met on Tuesday.");
            let (found, _) = find(&text, 0, RUNNING).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[found.span], dateline);
        }
    }

    #[test]
    fn what_only_looks_like_a_dateline_is_none() {
        for text in [
            "FILE - In this photo of March 4, a ship leaves the port of Oslo.",
            "NOTE: The council met on Tuesday and will meet again in a week.",
            "Note: The council met on Tuesday and will meet again in a week.",
            "SEN. RUTH CALLOWAY (D-OR): Good morning to you and to all who watch.",
            "MR. SMITH: Good morning to you and to all who watch us today.",
            "JOHN DOE (KTVN): Good morning to you and to all who watch us today.",
            "HOST: Good morning to you and to all who watch us on this day.",
            "UPDATE — The council met on Tuesday and will meet again.",
            "Iran — which has said no — will meet the council again on Tuesday.",
            "Ana Roe: “I will not go there again,” she said to the council.",
            "The council – New York's oldest – met on Tuesday.",
            "Tolvane election live: Quaile concedes as results come in tonight.",
            "Acme (up from 38) will meet the council on Tuesday.",
            "March 4, 2025 – The council met on Tuesday.",
            "Oslo: Rain.",
            "The Latest: The council met on Tuesday and will meet again in a week.",
            "Editor’s Note: The council met on Tuesday and will meet again in a week.",
            "",
        ] {
            assert_eq!(find(text, 0, RUNNING), None, "{text}");
        }
        let top = Setting {
            running: true,
            below: false,
        };
        let headline = "BOOM: Council Just Fired A Missile At The Mayor She Won't Want To See.";
        assert_eq!(find(headline, 0, top), None);
        let headline = "Castle Dunmere – Woman charged after swan found in lift";
        assert_eq!(find(headline, 0, Setting::default()), None);
        let headline = "Castle Dunmere: Woman charged after swan found in lift";
        assert_eq!(find(headline, 0, Setting::default()), None);
    }
}

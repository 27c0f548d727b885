//! Seasons: `last summer`, `the winter of 2012`. Their values are those of ISO-TimeML, `2012-SU`.

use super::Match;
use super::tokens::Tokens;
use super::years::year_named_after;

/// The code of a season and its first month, north of the equator.
const SEASONS: &[(&str, (&str, i64))] = &[
    ("spring", ("SP", 3)),
    ("summer", ("SU", 6)),
    ("autumn", ("FA", 9)),
    ("fall", ("FA", 9)),
    ("winter", ("WI", 12)),
];

/// Countries south of the equator, by what they pay with: their summer is another one.
const SOUTHERN: &[&str] = &[
    "AUD", "NZD", "ZAR", "ARS", "CLP", "UYU", "PYG", "BOB", "PEN", "BRL",
];

pub(super) fn of_year(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let before = ["last", "this", "next", "past"];
    if tokens.is(i, &before) {
        return near(tokens, i);
    }
    let (code, _) = tokens.of(i, SEASONS)?;
    let at = i + 1 + usize::from(tokens.is(i + 1, &["of"]));
    if let Some(year) = tokens.year(at) {
        return Some(Match::date(i, at + 1, Some(format!("{year:04}-{code}"))));
    }
    let this_year = tokens.context.reference.map(|day| day.civil().0);
    if let Some(year) = this_year.and_then(|year| year_named_after(tokens, i + 1, year)) {
        return Some(Match::date(i, at + 2, Some(format!("{year:04}-{code}"))));
    }
    // "In the fall of the house" and "a spring" are others.
    let noun = !tokens.capital(i)
        && (tokens.is_before(
            i,
            &["in", "during", "early", "late", "until", "by", "since"],
        ) || tokens.is_before(i, &["the"])
            && i > 1
            && tokens.is(i - 2, &["in", "during", "until", "by", "since"]))
        && !tokens.is(i + 1, &["of", "in"])
        && tokens.skip_hyphen(i + 1) == i + 1;
    noun.then(|| Match::date(i, i + 1, None))
}

/// `last summer`: the last one that is over; `this summer`: the year's; `next summer`: the first to begin.
fn near(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (code, first) = tokens.of(i + 1, SEASONS)?;
    let verb = tokens.is(i, &["this"])
        && tokens.is(i + 1, &["fall", "spring"])
        && tokens.is(i + 2, &["in", "of"]);
    if verb {
        return None;
    }
    if let Some(year) = tokens.year(i + 2) {
        return Some(Match::date(i, i + 3, Some(format!("{year:04}-{code}"))));
    }
    let southern = SOUTHERN
        .iter()
        .any(|code| tokens.context.currencies.contains(code));
    let value = tokens
        .context
        .reference
        .filter(|_| !southern)
        .and_then(|day| {
            let (year, month, _) = day.civil();
            let month = i64::from(month);
            let year = match tokens.text(i).to_ascii_lowercase().as_str() {
                "last" if first + 2 < month => year,
                // Of the winter before last Christmas the end has come by March.
                "last" if code == "WI" && month <= 2 => year - 2,
                "last" => year - 1,
                "this" if code == "WI" && month <= 6 => year - 1,
                "this" => year,
                "next" if first > month => year,
                "next" => year + 1,
                _ => return None,
            };
            Some(format!("{year:04}-{code}"))
        });
    Some(Match::date(i, i + 2, value))
}

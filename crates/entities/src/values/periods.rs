//! Dates that name a year or more, or a part of a year: years, decades, centuries, quarters.

use super::Match;
use super::calendar::month_iso;
use super::numbers::ordinal_number;
use super::piece::Piece;

/// `1990s`, `'80s`, `80s`
pub(super) fn decade(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let token = piece.token(i)?;
    let number = token.digits()?;
    let after = i + 1 + usize::from(piece.is(i + 1, &["'", "’"]));
    if number % 10 != 0 || !piece.is(after, &["s"]) || !piece.glued(i + 1) || !piece.glued(after) {
        return None;
    }
    let start = match token.text.len() {
        4 if piece.year(i).is_some() => number,
        // Nobody's twenties are meant: a bare "in her 30s" is an age.
        2 if number >= 20
            && !piece.is_before(i, &["his", "her", "their", "my", "our", "your", "age"]) =>
        {
            1900 + number
        }
        _ => return None,
    };
    // "The 1900s" are ten years to some and a hundred to others.
    let value = (start % 100 != 0).then(|| format!("{start}/{}", start + 9));
    Some(Match::date(i, after + 1, value))
}

/// `2020/2021`, `2022-23`: a season, a fiscal or school year.
pub(super) fn years(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let first = piece.year(i)?;
    let joined = piece.is(i + 1, &["-", "–", "/"]) && piece.glued(i + 1) && piece.glued(i + 2);
    if !joined {
        return None;
    }
    let second = match (piece.year(i + 2), piece.token(i + 2)?) {
        (Some(year), _) => year,
        (None, token) if token.text.len() == 2 => first - first % 100 + token.digits()?,
        _ => return None,
    };
    // `1999-00` runs into the next century.
    let second = if second < first && first % 100 == 99 {
        second + 100
    } else {
        second
    };
    let more = piece.is(i + 3, &["-", "/"]) && piece.glued(i + 3);
    (second > first && !more).then(|| Match::date(i, i + 3, Some(format!("{first}/{second}"))))
}

/// A year by itself, with some evidence that it is one: "2,000" has a comma, "2012 people" a noun in the plural after it.
pub(super) fn bare_year(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let year = piece.year(i)?;
    if piece.part_of_code(i) || piece.is_before(i, &["$", "€", "£", "No", "#"]) {
        return None;
    }
    let after_preposition =
        piece.is_before(
            i,
            &[
                "in", "since", "from", "until", "till", "by", "of", "between", "year", "years",
                "circa", "before", "after", "during", "through", "fiscal", "late", "early", "mid",
            ],
        ) || piece.is_before(i, &["-", "–"]) && i > 1 && piece.is(i - 2, &["mid", "pre", "post"])
            || piece.is_before(i, &["to", "and", "-", "–", "or", ","])
                && i > 1
                && piece.year(i - 2).is_some();
    if !(1900..=2060).contains(&year) && !after_preposition {
        return None;
    }
    let counted = piece.is_before(
        i,
        &[
            "some",
            "about",
            "nearly",
            "over",
            "than",
            "around",
            "approximately",
            "least",
            "almost",
            "most",
        ],
    );
    let noun = piece.text(i + 1);
    let counts = !piece.glued(i + 1)
        && (noun.len() > 3
            && noun.starts_with(char::is_lowercase)
            && noun.ends_with('s')
            && !piece.is(
                i + 1,
                &[
                    "was", "has", "this", "its", "across", "towards", "always", "thus", "plus",
                ],
            )
            || piece.is(
                i + 1,
                &["people", "men", "women", "children", "other", "more", "new"],
            ));
    let definite = after_preposition || piece.is_before(i, &["the", "'s", "s", "’s"]);
    if counted || counts && !definite {
        return None;
    }
    Some(Match::date(i, i + 1, Some(format!("{year:04}"))))
}

/// `19th century`, `the eighteenth and nineteenth centuries`
pub(super) fn century(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let (number, mut next) = ordinal_number(piece, i)?;
    let mut last = number;
    if piece.is(next, &["and", "to", "or"])
        && let Some((second, after)) = ordinal_number(piece, next + 1)
    {
        (last, next) = (second, after);
    }
    let next = piece.skip_hyphen(next);
    if !piece.is(next, &["century", "centuries"])
        || !(1.0..=21.0).contains(&number)
        || !(number..=21.0).contains(&last)
    {
        return None;
    }
    let mut next = next + 1;
    let mut value = Some(format!(
        "{:04}/{:04}",
        (number - 1.0) * 100.0 + 1.0,
        last * 100.0
    ));
    if piece.is(next, &["BC", "BCE", "B"]) {
        value = None; // years before 1 have no four digits
        next += usize::from(!piece.is(next, &["B"]));
    }
    Some(Match::date(i, next, value))
}

/// `Q3 2024`, `third quarter of 2024`, `first half of 2023`
pub(super) fn quarter(piece: &Piece<'_>, i: usize) -> Option<Match> {
    let (first_month, months, next, sure) =
        if piece.is(i, &["q", "h"]) && piece.glued(i + 1) && !piece.glued(i) {
            let number = piece.token(i + 1)?.digits()?;
            let months = if piece.is(i, &["q"]) { 3 } else { 6 };
            if !(1..=12 / months).contains(&number) || piece.glued(i + 2) && piece.is_word(i + 2) {
                return None;
            }
            ((number - 1) * months, months, i + 2, months == 3)
        } else {
            let (number, next) = ordinal_number(piece, i)?;
            let next = piece.skip_hyphen(next);
            let months = match piece.text(next) {
                "quarter" => 3,
                "half" => 6,
                _ => return None,
            };
            if number > (12 / months) as f64 {
                return None;
            }
            ((number as i64 - 1) * months, months, next + 1, false)
        };
    let of = next + usize::from(piece.is(next, &["of", ","]));
    let (year, next) = if let Some(year) = piece.year(of) {
        (Some(year), of + 1)
    } else if let Some(year) = piece
        .known
        .reference
        .and_then(|day| super::dates::year_named_after(piece, next, day.civil().0))
    {
        (Some(year), of + 2)
    } else if sure {
        // The latest quarter of that number that has begun.
        let year = piece.known.reference.map(|day| {
            let (year, month, _) = day.civil();
            year - i64::from(i64::from(month) <= first_month)
        });
        (year, next)
    } else {
        return None; // "the third quarter" is also a part of a match
    };
    let value = year.and_then(|year| {
        let first = year * 12 + first_month;
        Some(format!(
            "{}/{}",
            month_iso(first)?,
            month_iso(first + months - 1)?
        ))
    });
    Some(Match::date(i, next, value))
}

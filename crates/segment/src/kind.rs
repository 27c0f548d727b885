//! What a line shows itself to be by its form: byline, caption, list item, time stamp.

use crate::cursor::Cursor;
use crate::lists::{BYLINES, CAPTIONS, CREDITS, IN_BYLINES, is_in_list};

/// A byline has at most so many words; longer lines are sentences that lost their full stop. A bound, not a
/// measured value.
const SHORT: usize = 24;

/// Bytes of a line that names an author, `Robin Roe, Courts Correspondent of the Daily Mail`.
const LONGEST_AUTHOR: usize = 60;

/// Words of a name, first and last.
const LONGEST_NAME: usize = 3;

/// Bytes of a title with the line below it, if they were one line that a tool wrapped.
const WRAPPED: std::ops::Range<usize> = 60..110;

/// A byline names at least so much in capitals: a first and a last name.
const FEWEST_CAPITALS: usize = 2;

/// `By Jane Doe and John Q. Public in Bogotá`, `Reporting by …; Editing by …`
pub(crate) fn is_byline(line: &str) -> bool {
    let Some(names) = BYLINES.strip(line) else {
        return false;
    };
    if names.split(' ').count() > SHORT
        || names.trim_end().ends_with(['.', '!', '?', ':', '"', '”'])
            && !line.starts_with('(')
            && !["Jr.", "JR.", "Sr.", "SR."]
                .iter()
                .any(|title| names.trim_end().ends_with(title))
    {
        return false;
    }
    let mut capitals = 0;
    for word in names
        .split([' ', ',', ';', '|', '/'])
        .filter(|word| !word.is_empty())
    {
        let capital = !word.chars().next().is_some_and(char::is_lowercase);
        if !capital && !IN_BYLINES.contains(word) && !word.contains('@') {
            return false;
        }
        capitals += usize::from(capital);
    }
    capitals >= FEWEST_CAPITALS && !names.starts_with("The ") && !names.starts_with("the ")
}

/// Whether a line below a title names its author without `By`: `Jane Roe`, `Jane Roe, Health Editor`, `Our Correspondent`.
///
/// A title may have been wrapped before its last two words, which look like a name. So a name alone is one only where the
/// title is too short to have been wrapped there, or too long to have been wrapped at all.
pub(crate) fn is_author(line: &str, title: &str) -> bool {
    let open = |line: &str| line.ends_with(|c: char| c.is_alphanumeric() || "?!’”'\")".contains(c));
    if line.len() > LONGEST_AUTHOR || !line.ends_with(char::is_alphabetic) || !open(title) {
        return false;
    }
    let words = || line.split([' ', ',']).filter(|word| !word.is_empty());
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    if words().count() < FEWEST_CAPITALS || !words().all(|w| capital(w) || IN_BYLINES.contains(w)) {
        return false;
    }
    let works = words().any(|word| is_in_list(word, "job"));
    let named = || {
        words().count() <= LONGEST_NAME
            && words().all(|word| {
                let mut rest = word.chars().skip(1).filter(|c| c.is_alphabetic());
                capital(word) && (word.ends_with('.') || rest.any(char::is_lowercase))
            })
    };
    works || (!WRAPPED.contains(&(title.len() + 1 + line.len())) && named())
}

/// What a caption begins with, or the credit that it ends with.
pub(crate) fn is_caption(line: &str) -> bool {
    CAPTIONS.strip(line).is_some() || CREDITS.strip(line).is_some()
}

/// `• At least 280 people died`, `- Two trains collided`
pub(crate) fn is_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '⁃' | '▪' | '◦' | '●' | '■' | '‣' | '►') => true,
        Some('*' | '-' | '–' | '·') => chars.next() == Some(' '),
        _ => false,
    }
}

/// Whether an item of a list begins here.
pub(crate) fn begins_item(line: &str) -> bool {
    is_bullet(line) || item_number(line).is_some()
}

/// The number of a numbered item: 3 for `3. Access for aid convoys`, `3) …`, `3.) …`.
pub(crate) fn item_number(line: &str) -> Option<u16> {
    let mut cursor = Cursor::new(line);
    let number = cursor.number(3)?;
    let marked = cursor.eat(".) ") || cursor.eat(") ") || cursor.eat(". ");
    marked.then_some(number)
}

//! What a line is where it is not running text: byline, caption, list item, time stamp, headline.

use crate::cursor::Cursor;
use crate::lists::{BYLINES, CAPTIONS, CREDITS, IN_BYLINES};
use crate::marks::without_closing;
use crate::timestamp::is_timestamp;
use document::SentenceKind;

/// A byline or a headline has at most so many words; longer lines are sentences that lost their full stop. A bound, not a
/// measured value.
const SHORT: usize = 24;

/// A byline names at least so much in capitals: a first and a last name.
const FEWEST_CAPITALS: usize = 2;

/// Who asks in an interview is named by at most so many initials: `Q: Why?`, `NYT: Why?`
const LONGEST_INITIALS: usize = 4;

/// What stands around a paragraph's first sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings {
    /// It is the whole paragraph or line.
    pub(crate) alone: bool,
    /// Text follows it.
    pub(crate) more: bool,
    /// No running text stands before it.
    pub(crate) top: bool,
}

/// The kind of a paragraph's first sentence.
pub(crate) fn of(sentence: &str, around: Surroundings) -> Option<SentenceKind> {
    if is_bullet(sentence) || item_number(sentence).is_some() {
        return Some(SentenceKind::ListItem);
    }
    if !around.alone {
        return None;
    }
    if is_timestamp(sentence) {
        return Some(SentenceKind::Timestamp);
    }
    if is_byline(sentence) {
        return Some(SentenceKind::Byline);
    }
    (around.more && is_headline(sentence, around.top)).then_some(SentenceKind::Headline)
}

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

/// The number of a numbered item: 3 for `3. Access for aid convoys`, `3) …`, `3.) …`.
pub(crate) fn item_number(line: &str) -> Option<u16> {
    let mut cursor = Cursor::new(line);
    let number = cursor.number(3)?;
    let marked = cursor.eat(".) ") || cursor.eat(") ") || cursor.eat(". ");
    marked.then_some(number)
}

/// A short line without an end, that does not begin in lower case. What somebody is asked (`Q: Why?`) is one at the top
/// of the text at most, and not after initials.
fn is_headline(line: &str, top: bool) -> bool {
    let asked = line.ends_with('?')
        && line.split_once(": ").is_some_and(|(who, _)| {
            let initials = who.len() <= LONGEST_INITIALS && who.chars().all(char::is_uppercase);
            initials || (!top && who.starts_with(char::is_uppercase))
        });
    // An interviewer's question; headlines ask no reader.
    let addressed = !top
        && line.ends_with('?')
        && line
            .split(' ')
            .any(|word| matches!(word, "you" | "You" | "your" | "Your"));
    if asked || addressed {
        return false;
    }
    let open = !without_closing(line).ends_with(['.', '…', ':', ',', ';', '-', '—', '–']);
    open && line.split(' ').count() <= SHORT
        && !line.chars().next().is_some_and(char::is_lowercase)
        && line.chars().any(char::is_alphabetic)
}

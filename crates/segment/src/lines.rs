//! Line feeds inside a paragraph: hard wrapping, or lines that are paragraphs of their own?
//!
//! The numbers are bounds taken from how mails and wire services wrap, not fitted: with half and twice of each, the sentences
//! of the development sets of GUM and EWT and of the cases under `wrap` in `tests/newscases.txt` are the same. Hard-wrapped
//! text is rare there, so that they cannot be fitted better either.

use crate::kind;
use crate::lists::LINE_GOES_ON;
use crate::marks::without_closing;
use document::Span;

/// A line longer than this is not hard-wrapped (mail and wire services wrap at 60 to 80, some tools at 132).
const UNWRAPPED: usize = 160;

/// Below this width a short line says nothing: wrapped columns are ragged.
const NARROW: usize = 50;

/// A line without an end that leaves one part in so many of the width free, and more than its next word takes, was not
/// wrapped there.
const FREE_SHARE: usize = 3;

/// Items of a list without markers are lines of so many bytes at most.
const LONGEST_ITEM: usize = 40;

/// A paragraph of more such lines is looked at no further; it bounds the time for hostile text.
const MOST_ITEMS: usize = 100;

/// What a line feed inside a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineFeed {
    /// A blank: the sentence may go on.
    Blank,
    /// The end of a line that stands for itself.
    Break,
}

/// Whether the line feed at byte `at` separates two lines or two words; `block` is the paragraph's end and beginning.
pub(crate) fn line_feed(text: &str, block: Span, at: usize) -> LineFeed {
    let previous = last_line(&text[block.start..at]);
    let mut following = text[at + 1..block.end].split('\n');
    let next = following.next().unwrap_or_default().trim();
    let width = [previous, next, following.next().unwrap_or_default()]
        .iter()
        .map(|line| line.trim().len())
        .max()
        .unwrap_or_default();
    if stands_alone(previous) || begins_alone(previous, next) {
        return LineFeed::Break;
    }
    if next.chars().next().is_some_and(char::is_lowercase) {
        return LineFeed::Blank;
    }
    let word = next.split(' ').next().unwrap_or_default().len();
    let needed = previous.len() + 1 + word;
    let missing = width.saturating_sub(needed);
    let short = match (is_closed(previous), width) {
        (true, UNWRAPPED..) => true,
        (true, NARROW..) => needed < width,
        (false, UNWRAPPED..) => {
            !goes_on(previous) && (missing > width / FREE_SHARE || previous.len() > UNWRAPPED)
        }
        (false, NARROW..) => !goes_on(previous) && missing > width / FREE_SHARE,
        _ => false,
    };
    if short {
        LineFeed::Break
    } else {
        LineFeed::Blank
    }
}

/// Whether the lines of a paragraph are items: three or more, short, and no sentence among them.
pub(crate) fn are_items(block: &str) -> bool {
    let block = block.trim();
    block.len() < MOST_ITEMS * LONGEST_ITEM
        && !block.contains(['.', '!', '?', '…', ':', ';'])
        && block.lines().count() > 2
        && block
            .lines()
            .all(|line| line.len() <= LONGEST_ITEM && !goes_on(line.trim()))
}

fn last_line(text: &str) -> &str {
    let start = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |i| i + 1);
    text[start..].trim()
}

/// A line that is no running text, whatever follows.
fn stands_alone(line: &str) -> bool {
    kind::is_byline(line) || kind::is_timestamp(line) || is_rule(line)
}

/// `--`, or the bracket that closes several lines.
fn is_rule(line: &str) -> bool {
    const LONGEST_RULE: usize = 6;
    (1..=LONGEST_RULE).contains(&line.len())
        && line.chars().all(|c| {
            matches!(
                c,
                '-' | '–' | '—' | '(' | ')' | '[' | ']' | '.' | ',' | ':' | '|'
            )
        })
}

/// A line that does not go on with what stands before it.
fn begins_alone(previous: &str, line: &str) -> bool {
    kind::is_bullet(line)
        || stands_alone(line)
        || kind::item_number(line).is_some_and(|n| match kind::item_number(previous) {
            Some(before) => n == before + 1,
            None => n == 1 && is_closed(previous),
        })
}

/// Ends as a sentence does.
fn is_closed(line: &str) -> bool {
    without_closing(line).ends_with(['.', '!', '?', '…', ':'])
}

/// Ends with a comma or a word that another must follow.
fn goes_on(line: &str) -> bool {
    let word = line.rsplit(' ').next().unwrap_or_default();
    word.ends_with([',', ';', '-', '–', '—', '&']) || LINE_GOES_ON.contains(word)
}

//! Whether a sentence speaks of what was or of what will be, next to a date.
//!
//! News looks back: "on Monday" is the last one, unless the words around it look forward. The nearest cue before the
//! date decides, then the nearest after it (the date may open the sentence).

use super::tokens::Tokens;
use crate::lists::{WordList, words};
use std::sync::LazyLock;

/// Where a date without a year or week lies from the day of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
}

const LIST: &str = include_str!("../../data/tense.txt");
static FUTURE: WordList = LazyLock::new(|| words(LIST, "future"));
static PAST: WordList = LazyLock::new(|| words(LIST, "past"));

/// The most tokens on either side of a date at which a cue still speaks of it.
const WINDOW: usize = 14;

/// The direction that the words around tokens `first..next` give.
pub(super) fn direction(tokens: &Tokens<'_>, first: usize, next: usize) -> Option<Direction> {
    let before = (first.saturating_sub(WINDOW)..first)
        .rev()
        .take_while(|&i| !tokens.is(i, &[";", "“", "”", "\""]))
        .find_map(|i| cue(tokens, i));
    before.or_else(|| {
        (next..next + WINDOW)
            .take_while(|&i| !tokens.is(i, &[";", "“", "”", "\""]))
            .find_map(|i| cue(tokens, i))
    })
}

fn cue(tokens: &Tokens<'_>, i: usize) -> Option<Direction> {
    if !tokens.is_word(i) {
        return None;
    }
    let follows_be = tokens.is_before(i, &["be", "to", "been"]);
    if tokens.is(i, &FUTURE) {
        // "was scheduled", "had planned" and "was due" still lie ahead of what they speak of.
        return Some(Direction::Future);
    }
    if tokens.is(i, &["be"]) && tokens.is_before(i, &["to"]) {
        return Some(Direction::Future);
    }
    let past = tokens.is(i, &PAST)
        || tokens.text(i).len() > 4
            && tokens.text(i).ends_with("ed")
            && !tokens.is(i, &["need", "indeed", "hundred", "speed", "united"]);
    (past && !follows_be).then_some(Direction::Past)
}

//! Whether a sentence speaks of the past or of the future, near a date.
//!
//! News looks back: "on Monday" is the last one, unless the words around it look ahead. The nearest cue before the date
//! decides, else the nearest after it (the date may open the sentence).

use super::tokens::Tokens;
use crate::lists::{WordList, words};
use std::sync::LazyLock;

/// On which side of the day of the report a date lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
}

const LIST: &str = include_str!("../../data/tense.txt");
static FUTURE: WordList = LazyLock::new(|| words(LIST, "future"));
static FUTURE_BEFORE: WordList = LazyLock::new(|| words(LIST, "future before"));
static PAST: WordList = LazyLock::new(|| words(LIST, "past"));

/// A cue may be so many tokens from its date. Chosen by hand.
const WINDOW: usize = 14;

/// A cue beyond one of these tokens is of another clause or another speaker. Single marks are apostrophes too often.
const BOUNDARIES: &[&str] = &[";", "“", "”", "\""];

/// The direction of the words around the tokens `first..next`; `None` where no cue is near.
pub(super) fn direction(tokens: &Tokens<'_>, first: usize, next: usize) -> Option<Direction> {
    // "As early as Tuesday", "no later than Tuesday", "the vote is on Friday", "the game is Friday"
    let soon =
        first > 2 && tokens.is_before(first, &["as"]) && tokens.is(first - 2, &["early", "soon"])
            || tokens.is_before(first, &["than"]) && first > 1 && tokens.is(first - 2, &["later"]);
    let on = first.saturating_sub(usize::from(tokens.is_before(first, &["on"])));
    let is_on = tokens.is_before(on, &["is", "are"]);
    if soon || is_on {
        return Some(Direction::Future);
    }
    let before = (first.saturating_sub(WINDOW)..first)
        .rev()
        .take_while(|&i| !tokens.is(i, BOUNDARIES))
        .find_map(|i| cue(tokens, i));
    before.or_else(|| {
        (next..next + WINDOW)
            .take_while(|&i| !tokens.is(i, BOUNDARIES))
            .find_map(|i| cue(tokens, i))
    })
}

/// A word in `-ed` with fewer letters is not read as a past tense: `need`, `feed`, `shed`. Chosen by hand.
const SHORTEST_IN_ED: usize = 5;

/// The direction of one token, where it is a cue.
fn cue(tokens: &Tokens<'_>, i: usize) -> Option<Direction> {
    if !tokens.is_word(i) {
        return None;
    }
    let follows_be = tokens.is_before(i, &["be", "to", "been"]);
    // "Next to the embassy", "faster than expected"; May is a month.
    let other = tokens.is(i, &["next"]) && tokens.is(i + 1, &["to"])
        || tokens.is(i, &["expected"]) && tokens.is_before(i, &["than", "as"])
        || tokens.text(i) == "May";
    if tokens.is(i, &FUTURE_BEFORE) && tokens.is(i + 1, &["to", "for"]) {
        return Some(Direction::Future);
    }
    if tokens.is(i, &FUTURE) && !other {
        // Also behind "was" and "had": what was due or had been planned was still ahead.
        return Some(Direction::Future);
    }
    let are_to = tokens.is(i, &["to"]) && tokens.is_before(i, &["is", "are", "was", "were"]);
    if are_to || tokens.is(i, &["be"]) && tokens.is_before(i, &["to"]) {
        return Some(Direction::Future);
    }
    let past = tokens.is(i, &PAST)
        || tokens.text(i).len() >= SHORTEST_IN_ED
            && tokens.text(i).ends_with("ed")
            && !tokens.is(i, &["need", "indeed", "hundred", "speed", "united"]);
    (past && !follows_be).then_some(Direction::Past)
}

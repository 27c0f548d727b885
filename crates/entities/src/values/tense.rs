//! Whether a sentence speaks of what was or of what will be, next to a date.
//!
//! News looks back: "on Monday" is the last one, unless the words around it look forward. The nearest cue before the
//! date decides, then the nearest after it (the date may open the sentence).

use super::piece::Piece;

/// Where a date without a year or week lies from the day of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
}

const FUTURE: &[&str] = &[
    "will",
    "shall",
    "ll",
    "scheduled",
    "expected",
    "due",
    "upcoming",
    "plans",
    "planned",
    "plan",
    "planning",
    "set",
    "until",
    "till",
    "forthcoming",
    "intends",
    "hopes",
    "starting",
    "deadline",
    "slated",
    "poised",
    "would",
    "wo",
    "ahead",
    "expects",
    "hopes",
    "next",
    "begins",
    "opens",
    "expires",
    "coming",
    "should",
    "tomorrow",
    "faces",
    "runs",
];

const PAST: &[&str] = &[
    "was", "were", "had", "did", "said", "told", "began", "took", "held", "won", "lost", "came",
    "went", "made", "gave", "met", "sent", "left", "led", "saw", "fell", "rose", "broke", "hit",
    "shot", "struck", "wrote", "spoke", "found", "got", "became", "ran", "sold", "bought", "paid",
    "put", "kept", "stood", "fought", "brought", "sought", "heard", "drew", "grew", "flew", "last",
    "died", "since", "ago", "has", "have", "beat", "been", "died",
];

/// The most tokens on either side of a date at which a cue still speaks of it.
const WINDOW: usize = 14;

/// The direction that the words around tokens `first..next` give.
pub(super) fn direction(piece: &Piece<'_>, first: usize, next: usize) -> Option<Direction> {
    let before = (first.saturating_sub(WINDOW)..first)
        .rev()
        .take_while(|&i| !piece.is(i, &[";", "“", "”", "\""]))
        .find_map(|i| cue(piece, i));
    before.or_else(|| {
        (next..next + WINDOW)
            .take_while(|&i| !piece.is(i, &[";", "“", "”", "\""]))
            .find_map(|i| cue(piece, i))
    })
}

fn cue(piece: &Piece<'_>, i: usize) -> Option<Direction> {
    if !piece.is_word(i) {
        return None;
    }
    let follows_be = piece.is_before(i, &["be", "to", "been"]);
    if piece.is(i, FUTURE) {
        // "was scheduled", "had planned" and "was due" still lie ahead of what they speak of.
        return Some(Direction::Future);
    }
    if piece.is(i, &["be"]) && piece.is_before(i, &["to"]) {
        return Some(Direction::Future);
    }
    let past = piece.is(i, PAST)
        || piece.text(i).len() > 4
            && piece.text(i).ends_with("ed")
            && !piece.is(i, &["need", "indeed", "hundred", "speed", "united"]);
    (past && !follows_be).then_some(Direction::Past)
}

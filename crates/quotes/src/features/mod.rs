//! What the model looks at: the features of each token of a paragraph.
//!
//! One function for training and tagging, so that they cannot drift apart. Beside the window of words, shapes, marks and
//! clusters that any tagger looks at, there are three kinds that this task needs:
//!
//! - the *clause*: how far a likely cue is on either side, which word it is, whether commas or “that” stand between;
//! - the *quotation*: how long the marked stretch is, how it ends, what precedes and follows its marks (a reporting
//!   clause, or the middle of a sentence as with scare quotes);
//! - the *paragraph*: whether the one before ended in a quotation.

mod context;

use crate::words::{ParagraphWords, Word};
use context::Context;
use model::combine;
use tagger::{Rows, Scorer, feature};
use text::Place;

/// Changes with every change of the templates or of what they read, so that a model of other features is refused.
pub const FEATURE_SET: u64 = 0x7175_6f74_6573_0003;

/// How a paragraph ended, for the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Ending {
    /// There was none before.
    Start,
    /// Outside marks.
    Plain,
    /// With a closing mark.
    Closed,
    /// Between marks.
    Open,
}

/// A distance in words as one of ten classes: exact up to three, then coarser.
fn bucket(distance: usize) -> u64 {
    const ENDS: [usize; 9] = [0, 1, 2, 3, 5, 8, 12, 20, 40];
    ENDS.iter().position(|&end| distance <= end).unwrap_or(9) as u64
}

/// Several small numbers as one value.
fn pack<const N: usize>(numbers: [u64; N]) -> u64 {
    numbers.into_iter().fold(N as u64, combine)
}

/// What a neighbour contributes to features that combine several.
fn shape(word: &Word) -> u64 {
    word.shape as u64
}

/// How often a word is a cue, and whether it stands between marks, where it hardly ever is one.
fn cue(word: &Word) -> u64 {
    u64::from(word.known.cue) | u64::from(word.place == Place::Inside) << 3
}

/// Template numbers; `WINDOW` ones have one for each place in the window.
mod template {
    pub(super) const BIAS: u32 = 0;
    pub(super) const EDGE: u32 = 10;
    pub(super) const WORD: u32 = 20;
    pub(super) const CUE: u32 = 30;
    pub(super) const SHAPE: u32 = 40;
    pub(super) const PLACE: u32 = 50;
    pub(super) const CLUSTER: u32 = 60;
    pub(super) const FINE_CLUSTER: u32 = 70;
    pub(super) const OWN: u32 = 80;
    pub(super) const PAIR: u32 = 90;
    pub(super) const TRIPLE: u32 = 100;
    pub(super) const CLAUSE: u32 = 110;
    pub(super) const POSITION: u32 = 140;
    pub(super) const QUOTATION: u32 = 160;
    pub(super) const COMMA: u32 = 180;
}

/// The largest distance in the window of words on either side.
pub(crate) const WINDOW: usize = 3;

/// Appends the features of each word of a paragraph.
#[cfg(feature = "training")]
pub(crate) fn extract(paragraph: &ParagraphWords, before: Ending, rows: &mut Rows) {
    let words = &paragraph.words;
    let combined = Combined::new(paragraph, before);
    for (i, word) in words.iter().enumerate() {
        for at in 0..=2 * WINDOW {
            match in_window(words, i, at) {
                Some(word) => beside(word, at, rows),
                None => edge(at, rows),
            }
        }
        own(word, rows);
        combined.extract(i, rows);
        rows.end_row();
    }
}

/// What the features of each word of a paragraph score, given a scorer with words of reach [`WINDOW`]; `rows` is for the
/// features that are not of one word alone.
pub(crate) fn emissions(
    paragraph: &ParagraphWords,
    before: Ending,
    scorer: &mut Scorer<'_>,
    rows: &mut Rows,
) -> Vec<f32> {
    let words = &paragraph.words;
    let combined = Combined::new(paragraph, before);
    rows.clear();
    scorer.begin(words.len());
    for (i, word) in words.iter().enumerate() {
        scorer.word(i as isize, word.key(), |rows| {
            // For the first word that it reaches it is the last of the window.
            for at in (0..=2 * WINDOW).rev() {
                if at == WINDOW {
                    own(word, rows);
                }
                beside(word, at, rows);
                rows.end_row();
            }
        });
        for at in (0..=2 * WINDOW).filter(|&at| in_window(words, i, at).is_none()) {
            edge(at, rows);
        }
        combined.extract(i, rows);
        rows.end_row();
    }
    scorer.finish(rows)
}

/// The word at a place of the window around word `i`.
fn in_window(words: &[Word], i: usize, at: usize) -> Option<&Word> {
    words.get((i + at).checked_sub(WINDOW)?)
}

fn edge(at: usize, rows: &mut Rows) {
    rows.push(feature(template::EDGE + at as u32, 0));
}

/// What a word by itself says of its label. Here and in [`beside`], nothing that [`Word::key`] does not cover.
fn own(word: &Word, rows: &mut Rows) {
    use template::{BIAS, OWN};
    let place = word.place as u64;
    rows.push(feature(BIAS, 0));
    rows.push(feature(OWN, word.suffix));
    rows.push(feature(OWN + 1, pack([cue(word), place])));
    rows.push(feature(OWN + 2, pack([word.class as u64, place])));
}

/// What a word by itself says of the label of the one in whose window it has this place.
fn beside(word: &Word, at: usize, rows: &mut Rows) {
    use template::{CLUSTER, CUE, FINE_CLUSTER, PLACE, SHAPE, WORD};
    let mut add = |template: u32, value: u64| rows.push(feature(template + at as u32, value));
    let distance = at.abs_diff(WINDOW);
    if distance <= 2 {
        add(WORD, word.lower);
    }
    if distance <= 1 {
        add(FINE_CLUSTER, word.known.clusters[2].into());
    }
    add(CLUSTER, word.known.clusters[1].into());
    add(CUE, cue(word));
    add(SHAPE, shape(word));
    add(PLACE, word.place as u64);
}

/// The features that combine several words.
struct Combined<'w> {
    context: Context<'w>,
    before: Ending,
    /// Whether anything in the paragraph stands between marks.
    marked: bool,
}

impl<'w> Combined<'w> {
    fn new(paragraph: &'w ParagraphWords, before: Ending) -> Self {
        let mut words = paragraph.words.iter();
        Self {
            context: Context::new(paragraph),
            before,
            marked: words.any(|w| w.place == Place::Inside),
        }
    }

    fn extract(&self, i: usize, rows: &mut Rows) {
        use template::{PAIR, POSITION, TRIPLE};
        let paragraph = self.context.paragraph;
        let words = &paragraph.words;
        let word = &words[i];
        let place = word.place as u64;
        let sentence = paragraph.sentence_of(i);
        let mut add = |template: u32, value: u64| rows.push(feature(template, value));
        let cluster = |w: &Word| u64::from(w.known.clusters[1]);
        let coarse = |w: &Word| u64::from(w.known.clusters[0]);
        let previous = i.checked_sub(1).map(|j| &words[j]);
        let next = words.get(i + 1);
        if let Some(p) = previous {
            add(PAIR, pack([p.lower, word.lower]));
            add(PAIR + 1, pack([cue(p), cue(word), shape(word)]));
            add(PAIR + 2, pack([cluster(p), cluster(word)]));
            if let Some(pp) = i.checked_sub(2).map(|j| &words[j]) {
                add(TRIPLE, pack([coarse(pp), coarse(p), coarse(word)]));
            }
        }
        if let Some(n) = next {
            add(PAIR + 3, pack([word.lower, n.lower]));
            add(PAIR + 4, pack([cue(word), shape(word), cue(n), shape(n)]));
            add(PAIR + 5, pack([cluster(word), cluster(n)]));
            if let Some(nn) = words.get(i + 2) {
                add(TRIPLE + 1, pack([coarse(word), coarse(n), coarse(nn)]));
            }
            if let Some(p) = previous {
                add(TRIPLE + 2, pack([coarse(p), coarse(word), coarse(n)]));
            }
        }

        self.context.clause(i, sentence, &mut add);
        self.context.quotation(i, &mut add);

        let from_start = i - sentence.start;
        let to_end = sentence.end - 1 - i;
        add(POSITION, bucket(from_start));
        add(POSITION + 1, bucket(to_end));
        if from_start == 0 {
            add(POSITION + 2, word.lower);
        }
        if word.sentence == 0 {
            add(POSITION + 3, place);
        }
        add(
            POSITION + 4,
            pack([
                self.before as u64,
                place,
                u64::from(words[0].place == Place::Opening),
            ]),
        );
        add(POSITION + 5, pack([words[sentence.end - 1].lower, place]));
        add(POSITION + 6, pack([u64::from(self.marked), place]));
    }
}

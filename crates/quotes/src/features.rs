//! What the model looks at: the features of each token of a paragraph.
//!
//! One function for training and tagging, so that they cannot drift apart. Beside the window of words, shapes, marks and
//! clusters that any tagger looks at, there are three kinds that this task needs:
//!
//! - the *clause*: how far a likely cue is on either side, which word it is, whether commas or “that” stand between;
//! - the *quotation*: how long the marked stretch is, how it ends, what precedes and follows its marks (a reporting
//!   clause, or the middle of a sentence as with scare quotes);
//! - the *paragraph*: whether the one before ended in a quotation.

use crate::words::{Class, Word, Words};
use document::TokenRange;
use model::combine;
use tagger::{Rows, Scorer, feature};
use text::Place;

/// Changes with every change of the templates or of what they read, so that a model of other features is refused.
pub const FEATURE_SET: u64 = 0x7175_6f74_6573_0003;

/// A word that is part of a cue at least three times in ten.
const LIKELY_CUE: u8 = 3;

/// How a paragraph ended, for the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Ending {
    /// There was none before.
    Start,
    /// Outside marks.
    Plain,
    /// With a closing mark.
    Closed,
    /// Between marks.
    Open,
}

/// Distances in six bits: exact up to three, then coarser.
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
    pub const BIAS: u32 = 0;
    pub const EDGE: u32 = 10;
    pub const WORD: u32 = 20;
    pub const CUE: u32 = 30;
    pub const SHAPE: u32 = 40;
    pub const PLACE: u32 = 50;
    pub const CLUSTER: u32 = 60;
    pub const FINE_CLUSTER: u32 = 70;
    pub const OWN: u32 = 80;
    pub const PAIR: u32 = 90;
    pub const TRIPLE: u32 = 100;
    pub const CLAUSE: u32 = 110;
    pub const POSITION: u32 = 140;
    pub const QUOTATION: u32 = 160;
    pub const COMMA: u32 = 180;
}

/// The largest distance in the window of words on either side.
pub(crate) const WINDOW: usize = 3;

/// Appends the features of each word of a paragraph.
#[cfg(feature = "training")]
pub(crate) fn extract(paragraph: &Words, before: Ending, rows: &mut Rows) {
    let words = &paragraph.words;
    let rest = Rest::new(paragraph, before);
    for (i, word) in words.iter().enumerate() {
        for at in 0..=2 * WINDOW {
            match in_window(words, i, at) {
                Some(word) => beside(word, at, rows),
                None => edge(at, rows),
            }
        }
        own(word, rows);
        rest.extract(i, rows);
        rows.end_row();
    }
}

/// What the features of each word of a paragraph score, given a scorer with words of reach [`WINDOW`]; `rows` is for the
/// features that are not of one word alone.
pub(crate) fn emissions(
    paragraph: &Words,
    before: Ending,
    scorer: &mut Scorer<'_>,
    rows: &mut Rows,
) -> Vec<f32> {
    let words = &paragraph.words;
    let rest = Rest::new(paragraph, before);
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
        rest.extract(i, rows);
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

/// What a word alone tells of itself. Here and in [`beside`], nothing that [`Word::key`] does not cover.
fn own(word: &Word, rows: &mut Rows) {
    use template::{BIAS, OWN};
    let place = word.place as u64;
    rows.push(feature(BIAS, 0));
    rows.push(feature(OWN, word.suffix));
    rows.push(feature(OWN + 1, pack([cue(word), place])));
    rows.push(feature(OWN + 2, pack([word.class as u64, place])));
}

/// What a word alone tells of the one in whose window it has this place.
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

/// The features that are not of one word alone.
struct Rest<'w> {
    context: Context<'w>,
    before: Ending,
    /// Whether anything in the paragraph stands between marks.
    marked: bool,
}

impl<'w> Rest<'w> {
    fn new(paragraph: &'w Words, before: Ending) -> Self {
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

/// What stands farther away, found in one pass over the paragraph.
struct Context<'w> {
    paragraph: &'w Words,
    /// For each word the nearest likely cue before it and after it in its sentence, itself not counted.
    cues: Vec<[Option<usize>; 2]>,
    /// How many words before each are commas, “that” …
    commas: Vec<usize>,
    thats: Vec<usize>,
    /// For each word between marks its first and last one.
    quotations: Vec<Option<(usize, usize)>>,
    /// By sentence: likely cues, and whether it has marks.
    counts: Vec<(usize, bool)>,
}

impl<'w> Context<'w> {
    fn new(paragraph: &'w Words) -> Self {
        let words = &paragraph.words;
        let that = model::hash(b"that");
        let likely = |w: &Word| w.known.cue >= LIKELY_CUE && w.place != Place::Inside;
        let mut this = Self {
            paragraph,
            cues: vec![[None; 2]; words.len()],
            commas: Vec::with_capacity(words.len() + 1),
            thats: Vec::with_capacity(words.len() + 1),
            quotations: vec![None; words.len()],
            counts: Vec::with_capacity(paragraph.sentences.len()),
        };
        let (mut commas, mut thats) = (0, 0);
        for w in words {
            this.commas.push(commas);
            this.thats.push(thats);
            commas += usize::from(w.comma && w.place != Place::Inside);
            thats += usize::from(w.lower == that);
        }
        this.commas.push(commas);
        this.thats.push(thats);
        for sentence in &paragraph.sentences {
            let mut nearest = None;
            let mut count = 0;
            for i in *sentence {
                this.cues[i][0] = nearest;
                if likely(&words[i]) {
                    nearest = Some(i);
                    count += 1;
                }
            }
            nearest = None;
            for i in sentence.range().rev() {
                this.cues[i][1] = nearest;
                if likely(&words[i]) {
                    nearest = Some(i);
                }
            }
            let marked = sentence.range().any(|i| words[i].place == Place::Inside);
            this.counts.push((count, marked));
        }
        let mut first = None;
        for i in 0..words.len() {
            match words[i].place {
                Place::Inside => {
                    let start = *first.get_or_insert(i);
                    let ends = words.get(i + 1).is_none_or(|w| w.place != Place::Inside);
                    if ends {
                        for q in &mut this.quotations[start..=i] {
                            *q = Some((start, i));
                        }
                        first = None;
                    }
                }
                _ => first = None,
            }
        }
        this
    }

    /// The likely cues on both sides.
    fn clause(&self, i: usize, sentence: TokenRange, add: &mut impl FnMut(u32, u64)) {
        const T: u32 = template::CLAUSE;
        let words = &self.paragraph.words;
        let word = &words[i];
        let (place, class) = (word.place as u64, word.class as u64);
        let (count, marked) = self.counts[word.sentence.min(self.counts.len() - 1)];
        add(T, count.min(3) as u64);
        add(T + 1, pack([marked.into(), place]));
        let [left, right] = self.cues[i];
        match left {
            Some(j) => {
                let distance = bucket(i - j);
                let comma = u64::from(self.commas[i] > self.commas[j]);
                let that = u64::from(self.thats[(i + 1).min(j + 4)] > self.thats[j]);
                add(T + 2, pack([distance, comma, that, place]));
                add(T + 3, pack([words[j].lower, that]));
                let next = words.get(j + 1).map_or(0, |w| w.lower);
                add(T + 4, pack([words[j].lower, next]));
                add(T + 5, pack([class, distance]));
            }
            None => add(T + 6, place),
        }
        match right {
            Some(j) => {
                let distance = bucket(j - i);
                let commas = (self.commas[j] - self.commas[i]).min(2) as u64;
                let rest = bucket(sentence.end - 1 - j);
                add(T + 7, pack([distance, commas, place]));
                add(T + 8, words[j].lower);
                add(T + 9, pack([class, distance]));
                // The cue ends the sentence: “…, he said.”
                add(T + 10, pack([commas, rest]));
                add(T + 11, pack([rest, words[j].known.cue.into()]));
            }
            None => add(T + 12, place),
        }
        if left.is_none() && right.is_none() {
            add(T + 13, place);
        }
        // How far the clause goes on either side.
        const C: u32 = template::COMMA;
        let before = (sentence.start..i)
            .rev()
            .take(20)
            .position(|j| words[j].comma);
        let after = (i..sentence.end).take(20).position(|j| words[j].comma);
        let near = |d: Option<usize>| d.map_or(15, bucket);
        add(C, pack([near(before), place]));
        add(C + 1, pack([near(after), place]));
    }

    /// The marked stretch that a word stands in or next to.
    fn quotation(&self, i: usize, add: &mut impl FnMut(u32, u64)) {
        const T: u32 = template::QUOTATION;
        let words = &self.paragraph.words;
        let beside = match words[i].place {
            Place::Inside => Some(i),
            Place::Opening => Some(i + 1),
            Place::Closing => i.checked_sub(1),
            Place::Outside | Place::Unclosed => None,
        };
        let Some((first, last)) = beside.and_then(|j| *self.quotations.get(j)?) else {
            return;
        };
        let place = words[i].place as u64;
        let length = bucket(last - first);
        let outside = |j: Option<usize>| j.and_then(|j| words.get(j));
        let before = outside(first.checked_sub(2));
        let after = outside(Some(last + 2));
        let second = outside(Some(last + 3));
        let lower = |w: Option<&Word>| w.map_or(0, |w| w.lower);
        let cluster = |w: Option<&Word>| w.map_or(0, |w| u64::from(w.known.clusters[1]) + 1);
        let class = |w: Option<&Word>| w.map_or(0, |w| w.class as u64 + 1);
        let how = |w: Option<&Word>| w.map_or(9, cue);
        add(T, pack([length, words[last].lower, place]));
        add(T + 1, pack([lower(before), place]));
        add(T + 2, pack([lower(after), place]));
        add(T + 3, pack([length, how(before), how(after), how(second)]));
        add(
            T + 4,
            pack([class(before), class(after), class(second), place]),
        );
        add(T + 5, pack([cluster(after), cluster(second)]));
        add(
            T + 6,
            pack([words[first].class as u64, class(before), length]),
        );
        add(
            T + 7,
            pack([
                length,
                u64::from(before.is_none()),
                u64::from(after.is_none()),
                place,
            ]),
        );
        // Whether the words just beside are the label's is what the place inside says.
        add(T + 8, pack([bucket(i.saturating_sub(first)), length]));
        if words[i].class == Class::Punctuation {
            add(T + 9, pack([u64::from(i == last), place]));
        }
    }
}

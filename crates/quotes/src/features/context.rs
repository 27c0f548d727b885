//! Features of what stands farther away than the window: the clause around the nearest likely cues, and the marked stretch.

use super::{bucket, cue, pack, template};
use crate::class::Class;
use crate::words::{ParagraphWords, Word};
use document::TokenRange;
use model::hash;
use text::Place;

/// A word that is part of a cue more than three times in ten; see [`Known::cue`](crate::lexicon::Known::cue).
const LIKELY_CUE: u8 = 3;

/// A “that” is the cue's if it is among so many words, the cue being the first.
const THAT_REACH: usize = 4;

/// How many words the next comma is looked for, on either side.
const COMMA_REACH: usize = 20;

/// The value where no comma is that near; [`bucket`] gives smaller ones.
const NO_COMMA: u64 = 15;

/// The value of [`cue`] where there is no word; it gives smaller ones between marks and outside.
const NO_WORD: u64 = 9;

/// What stands farther away, found in one pass over the paragraph.
pub(super) struct Context<'w> {
    pub paragraph: &'w ParagraphWords,
    /// For each word the nearest likely cue before it and after it in its sentence, itself not counted.
    cues: Vec<[Option<usize>; 2]>,
    /// How many words before each, and before the end, are commas outside marks.
    commas: Vec<usize>,
    /// How many are “that”.
    thats: Vec<usize>,
    /// For each word between marks its first and last one.
    quotations: Vec<Option<(usize, usize)>>,
    /// By sentence: likely cues, and whether it has marks.
    counts: Vec<(usize, bool)>,
}

impl<'w> Context<'w> {
    pub(super) fn new(paragraph: &'w ParagraphWords) -> Self {
        let words = &paragraph.words;
        let that = hash(b"that");
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
    pub(super) fn clause(&self, i: usize, sentence: TokenRange, add: &mut impl FnMut(u32, u64)) {
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
                let that = u64::from(self.thats[(i + 1).min(j + THAT_REACH)] > self.thats[j]);
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
            .take(COMMA_REACH)
            .position(|j| words[j].comma);
        let after = (i..sentence.end)
            .take(COMMA_REACH)
            .position(|j| words[j].comma);
        let near = |d: Option<usize>| d.map_or(NO_COMMA, bucket);
        add(C, pack([near(before), place]));
        add(C + 1, pack([near(after), place]));
    }

    /// The marked stretch that a word stands in or next to.
    pub(super) fn quotation(&self, i: usize, add: &mut impl FnMut(u32, u64)) {
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
        let how = |w: Option<&Word>| w.map_or(NO_WORD, cue);
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

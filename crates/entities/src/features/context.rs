//! Features of a token that depend on more than one word: its neighbours, its passage and the whole document.

use super::templates::{T, Template, push, shape};
use crate::layout::{LexiconMatch, Mode, Sequence, may_be_named};
use crate::lexicon::Entry;
use crate::observations::Observations;
use crate::words::{Case, Word};
use document::TokenRange;
use model::combine;
use tagger::Rows;
use text::Gap;

/// Longer runs have the feature of this length.
const LONGEST_RUN: usize = 6;

/// A word that is a name more often has the feature of this number.
const MOST_SEEN: u32 = 3;

/// Adds the features of the tokens of a passage.
pub(super) struct PassageFeatures<'d> {
    observed: &'d Observations,
    /// The tokens of the passage: features look no further.
    pub passage: TokenRange,
    pub mode: Mode,
    passage_kind: u64,
    /// The features so far; the last row is the current token's.
    pub rows: &'d mut Rows,
}

impl<'d> PassageFeatures<'d> {
    pub(super) fn new(observed: &'d Observations, sequence: &Sequence, rows: &'d mut Rows) -> Self {
        let passage = &observed.passages[sequence.passage];
        Self {
            observed,
            passage: passage.tokens,
            mode: passage.mode,
            passage_kind: passage.kind,
            rows,
        }
    }

    /// The word so many tokens after a token, before it where `distance` is negative; `None` outside the passage.
    pub(super) fn word(&self, token: usize, distance: isize) -> Option<&'d Word> {
        let at = token.checked_add_signed(distance)?;
        let inside = self.passage.contains(at);
        inside.then(|| self.observed.words.at(at))
    }

    /// The feature of a token that has no word so far from it.
    pub(super) fn edge(&mut self, distance: isize) {
        self.push(T::Edge, distance as u64);
    }

    /// The features of a token that depend on more than one word.
    pub(super) fn context(&mut self, token: usize) {
        self.pairs(token);
        self.gazetteers(token);
        self.place(token);
        if may_be_named(self.observed.words.at(token), self.mode) {
            self.run(token);
            self.evidence(token);
        }
    }

    fn push(&mut self, template: Template, value: u64) {
        push(self.rows, template, value);
    }

    /// The words before and after, together with the token's own.
    fn pairs(&mut self, token: usize) {
        let mode = self.mode;
        let word = self.observed.words.at(token);
        let before = self.word(token, -1);
        let after = self.word(token, 1);
        let cluster = |w: &Word| w.entry.coarse();
        let shape = |w: &Word| shape(w, mode);
        if let Some(before) = before {
            self.push(T::LowerBefore, combine(before.lower, word.lower));
            self.push(T::ShapeBefore, combine(shape(before), shape(word)));
            self.push(T::SuffixNear, combine(before.suffixes[2], 1));
            self.push(T::CoarseBefore, combine(cluster(before), cluster(word)));
        }
        if let Some(after) = after {
            self.push(T::LowerAfter, combine(word.lower, after.lower));
            self.push(T::ShapeAfter, combine(shape(word), shape(after)));
            self.push(T::SuffixNear, combine(after.suffixes[2], 2));
            self.push(T::CoarseAfter, combine(cluster(word), cluster(after)));
        }
        if let (Some(before), Some(after)) = (before, after) {
            let shapes = combine(shape(before), combine(shape(word), shape(after)));
            self.push(T::ShapeAround, shapes);
            let clusters = combine(cluster(before), cluster(after));
            self.push(T::CoarseAround, combine(clusters, shape(word)));
        }
    }

    /// The gazetteers of the lexicon that have the token, or one beside it.
    fn gazetteers(&mut self, token: usize) {
        for distance in [-1, 0, 1] {
            let Some(at) = token.checked_add_signed(distance) else {
                continue;
            };
            if !self.passage.contains(at) {
                continue;
            }
            let LexiconMatch { one, more, begins } = self.observed.matches[at];
            if one | more == 0 {
                continue;
            }
            let place = distance as u64;
            for bit in 0..Entry::GAZETTEERS {
                if one >> bit & 1 == 1 {
                    self.push(T::Gazetteer, combine(place, bit.into()));
                }
                if more >> bit & 1 == 1 {
                    // Numbers from 20 on are those of longer phrases, from 40 on those that begin here.
                    let bit = u64::from(bit) + 20 + 20 * u64::from(begins);
                    self.push(T::Gazetteer, combine(place, bit));
                }
            }
            if distance == 0 {
                let both = u64::from(one) | u64::from(more) << 16;
                self.push(T::GazetteerShape, combine(both, self.passage_kind >> 3));
            }
        }
    }

    /// Where the token stands in its passage, and what the passage is like.
    fn place(&mut self, token: usize) {
        let shape = shape(self.observed.words.at(token), self.mode);
        if token == self.passage.start {
            self.push(T::First, 0);
            self.push(T::FirstShape, shape);
        }
        if token + 1 == self.passage.end {
            self.push(T::Last, 0);
        }
        match self.observed.gaps[token] {
            Gap::None => self.push(T::Joined, 0),
            Gap::Line if token > self.passage.start => self.push(T::LineBreak, 0),
            _ => {}
        }
        if self.observed.gaps.get(token + 1) == Some(&Gap::None) {
            self.push(T::Joined, 1);
        }
        self.push(T::Passage, self.passage_kind);
        self.push(T::PassageShape, combine(self.passage_kind, shape));
    }

    /// The run of capital words that the token is in, and the words around the run.
    fn run(&mut self, token: usize) {
        let run = self.observed.runs[token];
        if run.is_empty() {
            return;
        }
        let words = &self.observed.words;
        let place = u64::from(token == run.start) | u64::from(token + 1 == run.end) << 1;
        let (first, last) = (words.at(run.start), words.at(run.end - 1));
        let side = |at: Option<usize>| {
            let word = at
                .filter(|&at| self.passage.contains(at))
                .map(|at| words.at(at));
            word.map_or((0, 0), |word| (word.lower, word.entry.fine()))
        };
        let (before, before_cluster) = side(run.start.checked_sub(1));
        let (after, after_cluster) = side(Some(run.end));
        self.push(
            T::RunPlace,
            place | (run.len().min(LONGEST_RUN) as u64) << 2,
        );
        if run.len() > 1 {
            self.push(T::RunFirst, combine(first.lower, place));
            self.push(T::RunLast, combine(last.lower, place));
            self.push(T::RunLastCluster, combine(last.entry.fine(), place));
        }
        self.push(T::RunBefore, combine(before, place));
        self.push(T::RunAfter, combine(after, place));
        self.push(T::RunAround, combine(before, after));
        self.push(T::RunBeforeCluster, combine(before_cluster, place));
        self.push(T::RunAfterCluster, combine(after_cluster, place));
    }

    /// What the whole document shows of the word.
    fn evidence(&mut self, token: usize) {
        let observed = self.observed;
        let word = observed.words.at(token);
        let seen = observed.evidence.of(word);
        let first = token == self.passage.start || self.mode != Mode::Normal;
        if seen.lower > 0 {
            self.push(T::SeenLower, first.into());
        }
        if seen.name > 0 {
            self.push(T::SeenName, seen.name.min(MOST_SEEN).into());
            if first {
                self.push(T::SeenNameFirst, 0);
            }
        } else if seen.lower > 0 {
            self.push(T::SeenOnlyLower, first.into());
        }
        let cluster = |word: u32| observed.words.words[word as usize].entry.fine();
        for before in seen.before.iter() {
            self.push(T::SeenBefore, cluster(before));
        }
        for after in seen.after.iter() {
            self.push(T::SeenAfter, cluster(after));
        }
        for before in seen.name_before.iter() {
            let before = &observed.words.words[before as usize];
            self.push(T::NameBefore, before.entry.fine());
            let given = before.entry.bits & Entry::GIVEN_NAME != 0;
            self.push(T::NameBeforeGazetteer, given.into());
        }
        for after in seen.name_after.iter() {
            self.push(T::NameAfter, cluster(after));
        }
        if word.case == Case::Upper
            && self.mode == Mode::Normal
            && let Some(last) = observed.evidence.stands_for(word)
        {
            self.push(T::Acronym, 0);
            self.push(T::Acronym, cluster(last) + 1);
        }
    }
}

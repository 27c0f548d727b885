//! The features that names are found by: the same code in training and in tagging.
//!
//! Words, shapes, affixes and their neighbours as in every tagger since Ratnaparkhi (1996); clusters, gazetteers and
//! what the whole document shows of a word as in Ratinov & Roth (2009). Each is a number, see [`tagger::feature`].

use crate::evidence::Evidence;
use crate::layout::{self, LexiconMatch, Mode, Passage, Sequence, may_be_named};
use crate::lexicon::{self, Entry};
use crate::words::{Case, Word, Words};
use document::TokenRange;
use model::combine;
use std::ops::RangeInclusive;
use tagger::{Rows, Scorer, feature};
use text::{Gap, Reading};

/// What a feature is about. Numbers are part of a model: [`feature_set`] notices a change.
#[derive(Debug, Clone, Copy)]
enum Template {
    Bias,
    Lower,
    Exact,
    Shape,
    Prefix,
    Suffix,
    First,
    FirstShape,
    Last,
    LowerNear,
    ShapeNear,
    Edge,
    LowerBefore,
    LowerAfter,
    ShapeBefore,
    ShapeAfter,
    ShapeAround,
    SuffixNear,
    Cluster,
    CoarseBefore,
    CoarseAfter,
    CoarseAround,
    Unclustered,
    Joined,
    LineBreak,
    Gazetteer,
    GazetteerShape,
    Passage,
    PassageShape,
    RunPlace,
    RunFirst,
    RunLast,
    RunLastCluster,
    RunBefore,
    RunAfter,
    RunAround,
    RunBeforeCluster,
    RunAfterCluster,
    SeenLower,
    SeenName,
    SeenOnlyLower,
    SeenNameFirst,
    SeenBefore,
    SeenAfter,
    NameBefore,
    NameAfter,
    NameBeforeGazetteer,
    Acronym,
}
use Template as T;

/// A word alone tells something of the tokens up to so many places from it.
pub(crate) const WINDOW: usize = 2;

/// Places from a token to the words that tell something of it.
const DISTANCES: RangeInclusive<isize> = -(WINDOW as isize)..=WINDOW as isize;

/// A document as the features see it.
#[derive(Debug)]
pub struct Observations {
    pub(crate) words: Words,
    /// Sentences, or lines outside them: token ranges, in order, with how each is written.
    pub(crate) passages: Vec<Passage>,
    /// The sequences that are labelled, each as one sequence.
    pub sequences: Vec<Sequence>,
    gaps: Vec<Gap>,
    evidence: Evidence,
    /// By token.
    matches: Vec<LexiconMatch>,
    /// By token, the run that it is in; empty for none.
    runs: Vec<TokenRange>,
}

impl Observations {
    /// Text outside sentences is taken line by line.
    pub fn new(reading: &Reading<'_>) -> Self {
        let words = Words::new(reading);
        let passages: Vec<Passage> = layout::passages(reading)
            .into_iter()
            .map(|tokens| Passage {
                mode: layout::mode(&words, tokens),
                kind: layout::passage_kind(&words, tokens),
                tokens,
            })
            .collect();
        Self {
            sequences: layout::sequences(&words, &passages),
            evidence: Evidence::new(&words, &passages),
            matches: layout::matches(&words, &passages),
            runs: layout::runs(&words, &passages),
            gaps: reading.tokens().iter().map(|t| t.gap).collect(),
            words,
            passages,
        }
    }

    /// Whether a token of this sequence may be part of a name by its case.
    #[cfg(feature = "training")]
    pub fn may_be_named(&self, sequence: &Sequence, token: usize) -> bool {
        may_be_named(self.words.at(token), self.passages[sequence.passage].mode)
    }

    /// Whether the document has a word in lower case too.
    pub(crate) fn seen_lower(&self, word: &Word) -> bool {
        self.evidence.of(word).lower > 0
    }

    /// The features of a sequence's tokens.
    pub fn features(&self, sequence: &Sequence, rows: &mut Rows) {
        let mut extractor = self.extractor(sequence, rows);
        for token in sequence.tokens {
            own(self.words.at(token), extractor.mode, extractor.rows);
            for distance in DISTANCES {
                match extractor.near(token, distance) {
                    Some(word) => beside(word, extractor.mode, distance, extractor.rows),
                    None => extractor.edge(distance),
                }
            }
            extractor.rest(token);
            extractor.rows.end_row();
        }
    }

    /// What the features of a sequence's tokens score, given a scorer with words of reach [`WINDOW`]; `rows` is for the
    /// features that are not of one word alone.
    pub(crate) fn emissions(
        &self,
        sequence: &Sequence,
        scorer: &mut Scorer<'_>,
        rows: &mut Rows,
    ) -> Vec<f32> {
        rows.clear();
        let mut extractor = self.extractor(sequence, rows);
        let (passage, tokens) = (&extractor.tokens, &sequence.tokens);
        let mode = extractor.mode;
        scorer.begin(tokens.len());
        let first = tokens.start.saturating_sub(WINDOW).max(passage.start);
        for at in first..(tokens.end + WINDOW).min(passage.end) {
            let word = self.words.at(at);
            let place = at as isize - tokens.start as isize;
            scorer.word(place, word.key(mode as u64), |rows| {
                // The first token that it reaches is the one that it stands farthest behind of.
                for distance in DISTANCES.rev() {
                    if distance == 0 {
                        own(word, mode, rows);
                    }
                    beside(word, mode, distance, rows);
                    rows.end_row();
                }
            });
        }
        for token in *tokens {
            for distance in DISTANCES {
                if extractor.near(token, distance).is_none() {
                    extractor.edge(distance);
                }
            }
            extractor.rest(token);
            extractor.rows.end_row();
        }
        scorer.finish(rows)
    }

    fn extractor<'d>(&'d self, sequence: &Sequence, rows: &'d mut Rows) -> Extractor<'d> {
        let passage = &self.passages[sequence.passage];
        Extractor {
            observed: self,
            tokens: passage.tokens,
            mode: passage.mode,
            passage: passage.kind,
            rows,
        }
    }
}

/// What the templates and resources hash to: the features of a text that uses all of them.
pub fn feature_set() -> u64 {
    let text = "DAMASCUS, Dec 3 (AP) — “Mr. Ali O’Hara of the New York City Bank (NYCB) didn’t go,” \
                the bank’s Ali Hara said in Iran.\nWEATHER IN DELHI\nno capitals here";
    let observed = Observations::new(&Reading::new(text, vec![]));
    let mut rows = Rows::default();
    for sequence in &observed.sequences {
        observed.features(sequence, &mut rows);
    }
    rows.iter()
        .flatten()
        .fold(lexicon::fingerprint(), |h, &f| combine(h, f.into()))
}

fn push(rows: &mut Rows, template: Template, value: u64) {
    rows.push(feature(template as u32, value));
}

/// In capitals, a word's shape is that of every other.
fn shape(word: &Word, mode: Mode) -> u64 {
    match (mode, word.case) {
        (Mode::Capitals, Case::Upper) => 1,
        (Mode::Lower, Case::Lower) => 2,
        _ => word.shape,
    }
}

/// What a word alone tells of its token. Here and in [`beside`], nothing that [`Word::key`] does not cover.
fn own(word: &Word, mode: Mode, rows: &mut Rows) {
    let shape = shape(word, mode);
    push(rows, T::Bias, 0);
    push(rows, T::Lower, word.lower);
    push(rows, T::Shape, shape);
    if mode == Mode::Normal && word.letters > 0 {
        push(rows, T::Exact, word.exact);
    }
    if word.letters > 0 {
        for (n, &prefix) in word.prefixes.iter().enumerate().filter(|(_, p)| **p != 0) {
            push(rows, T::Prefix, prefix.wrapping_add(n as u64));
        }
        for (n, &suffix) in word.suffixes.iter().enumerate().filter(|(_, s)| **s != 0) {
            push(rows, T::Suffix, suffix.wrapping_add(n as u64));
        }
        if word.entry.fine() == 0 {
            push(rows, T::Unclustered, shape);
        }
    }
}

/// What a word alone tells of the token that it stands so far behind of.
fn beside(word: &Word, mode: Mode, distance: isize, rows: &mut Rows) {
    let place = |value: u64| combine(value, distance as u64);
    if distance != 0 {
        push(rows, T::LowerNear, place(word.lower));
        push(rows, T::ShapeNear, place(shape(word, mode)));
    }
    if word.entry.fine() != 0 {
        for (grain, cluster) in word.entry.clusters.into_iter().enumerate() {
            let cluster = combine(cluster.into(), grain as u64);
            push(rows, T::Cluster, place(cluster));
        }
    }
}

struct Extractor<'d> {
    observed: &'d Observations,
    tokens: TokenRange,
    mode: Mode,
    passage: u64,
    rows: &'d mut Rows,
}

impl<'d> Extractor<'d> {
    /// What is not of one word alone.
    fn rest(&mut self, token: usize) {
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

    /// The word some places away, if it is in the passage.
    fn near(&self, token: usize, distance: isize) -> Option<&'d Word> {
        let at = token.checked_add_signed(distance)?;
        self.tokens.contains(at).then(|| self.observed.words.at(at))
    }

    /// The passage has no word so far from a token.
    fn edge(&mut self, distance: isize) {
        self.push(T::Edge, distance as u64);
    }

    fn pairs(&mut self, token: usize) {
        let mode = self.mode;
        let word = self.observed.words.at(token);
        let before = self.near(token, -1);
        let after = self.near(token, 1);
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

    fn gazetteers(&mut self, token: usize) {
        for distance in [-1, 0, 1] {
            let Some(at) = token.checked_add_signed(distance) else {
                continue;
            };
            if !self.tokens.contains(at) {
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
                    let bit = u64::from(bit) + 20 + 20 * u64::from(begins);
                    self.push(T::Gazetteer, combine(place, bit));
                }
            }
            if distance == 0 {
                let both = u64::from(one) | u64::from(more) << 16;
                self.push(T::GazetteerShape, combine(both, self.passage >> 3));
            }
        }
    }

    /// Where in the sentence, the line and the document.
    fn place(&mut self, token: usize) {
        let shape = shape(self.observed.words.at(token), self.mode);
        if token == self.tokens.start {
            self.push(T::First, 0);
            self.push(T::FirstShape, shape);
        }
        if token + 1 == self.tokens.end {
            self.push(T::Last, 0);
        }
        match self.observed.gaps[token] {
            Gap::None => self.push(T::Joined, 0),
            Gap::Line if token > self.tokens.start => self.push(T::LineBreak, 0),
            _ => {}
        }
        if self.observed.gaps.get(token + 1) == Some(&Gap::None) {
            self.push(T::Joined, 1);
        }
        self.push(T::Passage, self.passage);
        self.push(T::PassageShape, combine(self.passage, shape));
    }

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
                .filter(|&at| self.tokens.contains(at))
                .map(|at| words.at(at));
            word.map_or((0, 0), |word| (word.lower, word.entry.fine()))
        };
        let (before, before_cluster) = side(run.start.checked_sub(1));
        let (after, after_cluster) = side(Some(run.end));
        self.push(T::RunPlace, place | (run.len().min(6) as u64) << 2);
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

    /// What the rest of the document shows of the word.
    fn evidence(&mut self, token: usize) {
        let observed = self.observed;
        let word = observed.words.at(token);
        let seen = observed.evidence.of(word);
        let first = token == self.tokens.start || self.mode != Mode::Normal;
        if seen.lower > 0 {
            self.push(T::SeenLower, first.into());
        }
        if seen.name > 0 {
            self.push(T::SeenName, seen.name.min(3).into());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(text: &str) -> Observations {
        Observations::new(&Reading::new(text, vec![]))
    }

    /// What a scorer keeps of words leaves the sums as they are.
    #[test]
    fn emissions_are_those_of_the_features() {
        let model = crate::names::fast_linear();
        let mut scorer = model.scorer(WINDOW);
        for text in [
            "Mr. Ali O’Hara of Oslo said so.\nRAIN IN DELHI TODAY\nin paris or so it goes",
            "“Ali Hara”",
            "Oslo",
        ] {
            let observed = observed(text);
            assert!(!observed.sequences.is_empty());
            for sequence in &observed.sequences {
                let mut rows = Rows::default();
                observed.features(sequence, &mut rows);
                let expected = model.emissions(&rows);
                assert_eq!(
                    observed.emissions(sequence, &mut scorer, &mut rows),
                    expected
                );
            }
        }
    }

    #[test]
    fn stretches_reach_two_words_around_what_may_be_a_name() {
        let observed =
            observed("a b c d Oslo e f g h i j Bergen\nno name at all here, in paris or so");
        let sequences: Vec<_> = observed.sequences.iter().map(|s| s.tokens).collect();
        // The last line is in lower case throughout.
        assert_eq!(sequences, [2..7, 9..12, 12..22]);
    }

    #[test]
    fn case_is_recognised_sentence_by_sentence() {
        let observed =
            observed("Leaders meet in Oslo\nLEADERS MEET IN OSLO\nleaders meet in oslo\nUN");
        let modes: Vec<Mode> = observed.passages.iter().map(|u| u.mode).collect();
        assert_eq!(
            modes,
            [Mode::Normal, Mode::Capitals, Mode::Lower, Mode::Normal]
        );
    }

    #[test]
    fn the_longest_phrase_of_a_gazetteer_is_matched() {
        let observed = observed("In New York City today");
        let more: Vec<bool> = observed.matches.iter().map(|m| m.more != 0).collect();
        assert_eq!(more, [false, true, true, true, false]);
    }

    #[test]
    fn the_style_of_marks_changes_no_feature() {
        let rows = |text: &str| {
            let observed = observed(text);
            let mut rows = Rows::default();
            observed
                .sequences
                .iter()
                .for_each(|s| observed.features(s, &mut rows));
            rows
        };
        assert_eq!(
            rows("\"It's O'Hara's,\" Ali said"),
            rows("“It’s O’Hara’s,” Ali said")
        );
    }

    #[test]
    fn any_text_has_a_row_for_each_token() {
        for text in [
            "",
            "\n",
            "A",
            "‘",
            "é\u{301} 🎉 ’s",
            "A A A A\nB. C.",
            "Of of Of",
        ] {
            let observed = observed(text);
            let mut rows = Rows::default();
            observed
                .sequences
                .iter()
                .for_each(|s| observed.features(s, &mut rows));
            let tokens = observed.sequences.iter().map(|s| s.tokens.len());
            assert_eq!(rows.len(), tokens.sum::<usize>());
        }
    }
}

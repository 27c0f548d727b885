//! The features that names are found by: the same code in training and in tagging.
//!
//! Words, shapes, affixes and their neighbours as in every tagger since Ratnaparkhi (1996); clusters, gazetteers and
//! what the whole document shows of a word as in Ratinov & Roth (2009). Each is a number, see [`tagger::feature`].

use crate::evidence::Evidence;
use crate::lexicon::{self, Entry};
use crate::words::{Case, Word, Words};
use document::Sentence;
use std::ops::Range;
use tagger::{Rows, combine, feature};
use text::{Gap, Token};

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
    Unit,
    UnitShape,
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

/// How a sentence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As sentences are.
    Normal,
    /// In capitals, as a headline may be: case tells nothing.
    Capitals,
    /// Without any capital.
    Lower,
}

/// A document as the features see it.
#[derive(Debug)]
pub struct Document {
    pub(crate) words: Words,
    /// Sentences, or lines outside them: token ranges, in order, with how each is written.
    pub(crate) units: Vec<Unit>,
    /// The stretches that are labelled, each as one sequence.
    pub stretches: Vec<Stretch>,
    gaps: Vec<Gap>,
    evidence: Evidence,
    /// By token.
    matches: Vec<Match>,
    /// By token, the run that it is in; empty for none.
    runs: Vec<Range<usize>>,
}

/// A sentence, or a line outside them.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Token range.
    pub tokens: Range<usize>,
    pub mode: Mode,
    /// A small number, see [`unit_kind`].
    kind: u64,
}

/// Tokens that may be part of a name, and those close to them. The others, more than half of a text, are outside names;
/// no features are made for them.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Token range.
    pub tokens: Range<usize>,
    unit: usize,
}

/// A word that starts no name by its writing may still be part of one this many tokens from one that does: in
/// news, one name in a hundred has such a word further off ("Democratic republic of the Congo" has none).
const REACH: usize = 2;

/// Gazetteers with a phrase of one word, and with a longer one; and whether the longer one begins here.
#[derive(Debug, Clone, Copy, Default)]
struct Match {
    one: u16,
    more: u16,
    begins: bool,
}

impl Document {
    /// `sentences` in order; text outside them is taken line by line.
    pub fn new(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Self {
        let words = Words::new(text, tokens);
        let units: Vec<Unit> = units(tokens, sentences)
            .into_iter()
            .map(|tokens| Unit {
                mode: mode(&words, tokens.clone()),
                kind: unit_kind(&words, tokens.clone()),
                tokens,
            })
            .collect();
        Self {
            stretches: stretches(&words, &units),
            evidence: Evidence::new(&words, &units),
            matches: matches(&words, &units),
            runs: runs(&words, &units),
            gaps: tokens.iter().map(|t| t.gap).collect(),
            words,
            units,
        }
    }

    /// Whether a token of this stretch may be part of a name by its case.
    pub fn may_be_named(&self, stretch: &Stretch, token: usize) -> bool {
        may_be_named(self.words.at(token), self.units[stretch.unit].mode)
    }

    /// Whether the document has a word in lower case too.
    pub(crate) fn seen_lower(&self, word: &Word) -> bool {
        self.evidence.of(word).lower > 0
    }

    /// The features of a stretch's tokens.
    pub fn features(&self, stretch: &Stretch, rows: &mut Rows) {
        let unit = &self.units[stretch.unit];
        Extractor {
            document: self,
            tokens: unit.tokens.clone(),
            mode: unit.mode,
            unit: unit.kind,
            rows,
        }
        .extract(stretch.tokens.clone());
    }
}

/// What the templates and resources hash to: the features of a text that uses all of them.
pub fn feature_set() -> u64 {
    let text = "DAMASCUS, Dec 3 (AP) — “Mr. Ali O’Hara of the New York City Bank (NYCB) didn’t go,” \
                the bank’s Ali Hara said in Iran.\nWEATHER IN DELHI\nno capitals here";
    let document = Document::new(text, &text::tokens(text), &[]);
    let mut rows = Rows::default();
    for stretch in &document.stretches {
        document.features(stretch, &mut rows);
    }
    rows.iter()
        .flatten()
        .fold(lexicon::fingerprint(), |h, &f| combine(h, f.into()))
}

/// A line this long, in bytes, may have been wrapped in the middle of a sentence; a shorter one is a headline, a row of a
/// table or a dateline, and what follows it is apart.
const WRAPPED: usize = 50;

/// Token ranges between the edges of sentences, and between lines outside them or too short to be wrapped.
fn units(tokens: &[Token], sentences: &[Sentence]) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut sentences = sentences.iter().map(|s| &s.span).peekable();
    // The sentence of the token before, by its end.
    let mut previous = None;
    let mut line = 0;
    for (i, token) in tokens.iter().enumerate() {
        while sentences.next_if(|s| s.end <= token.span.start).is_some() {}
        let sentence = sentences
            .peek()
            .filter(|s| s.start <= token.span.start)
            .map(|s| s.end);
        let short = token.span.start - line < WRAPPED;
        if token.gap == Gap::Line {
            line = token.span.start;
        }
        let apart =
            sentence != previous || (token.gap == Gap::Line && (sentence.is_none() || short));
        match units.last_mut() {
            Some(unit) if !apart => unit.end = i + 1,
            _ => units.push(i..i + 1),
        }
        previous = sentence;
    }
    units
}

fn stretches(words: &Words, units: &[Unit]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (number, unit) in units.iter().enumerate() {
        let mut last: Option<Range<usize>> = None;
        for token in unit.tokens.clone() {
            let word = words.at(token);
            let places = Entry::BIG_CITY | Entry::CITY | Entry::COUNTRY | Entry::STATE;
            if !may_be_named(word, unit.mode) && word.entry.bits & places == 0 {
                continue;
            }
            let start = token.saturating_sub(REACH).max(unit.tokens.start);
            let end = (token + REACH + 1).min(unit.tokens.end);
            match &mut last {
                Some(stretch) if start <= stretch.end => stretch.end = end,
                _ => {
                    let done = last.replace(start..end);
                    stretches.extend(done.map(|tokens| Stretch {
                        tokens,
                        unit: number,
                    }));
                }
            }
        }
        stretches.extend(last.map(|tokens| Stretch {
            tokens,
            unit: number,
        }));
    }
    stretches
}

/// Whether a word may be part of a name by its case; in a text without case any word may.
fn may_be_named(word: &Word, mode: Mode) -> bool {
    match mode {
        Mode::Normal => matches!(word.case, Case::Capital | Case::Upper | Case::Mixed),
        Mode::Capitals | Mode::Lower => word.letters > 0,
    }
}

fn mode(words: &Words, unit: Range<usize>) -> Mode {
    let (mut upper, mut capital, mut lower) = (0, 0, 0);
    for word in unit.map(|token| words.at(token)) {
        match word.case {
            Case::Upper => upper += 1,
            Case::Capital | Case::Mixed => capital += 1,
            Case::Lower => lower += 1,
            Case::None => {}
        }
    }
    // As in the prototype: over 70 % in capitals, and more than an acronym alone.
    if upper >= 3 && 10 * upper > 7 * (upper + capital + lower) {
        Mode::Capitals
    } else if upper + capital == 0 && lower >= 4 {
        Mode::Lower
    } else {
        Mode::Normal
    }
}

/// A small number for what kind of line or sentence it is: its length, whether it ends as a sentence does, whether
/// most of its words are capital (a headline or a table).
fn unit_kind(words: &Words, unit: Range<usize>) -> u64 {
    let length = match unit.len() {
        0..=2 => 0,
        3..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    let stops = unit.clone().rev().take(2).any(|t| words.at(t).is_stop);
    let (mut capitals, mut digits) = (0, 0);
    for word in unit.clone().map(|t| words.at(t)) {
        capitals += usize::from(word.is_capital());
        digits += usize::from(word.has_digit);
    }
    let many = |n: usize| u64::from(2 * n > unit.len());
    length | u64::from(stops) << 2 | many(capitals) << 3 | u64::from(3 * digits > unit.len()) << 4
}

/// The longest phrases of the gazetteers; they do not overlap.
fn matches(words: &Words, units: &[Unit]) -> Vec<Match> {
    let mut matches = vec![Match::default(); words.ids.len()];
    for unit in units {
        let mut taken = unit.tokens.start;
        for first in unit.tokens.clone() {
            let word = words.at(first);
            if !may_be_named(word, unit.mode) {
                continue;
            }
            matches[first].one = word.entry.gazetteers();
            if first < taken || !word.entry.is_prefix() {
                continue;
            }
            let (mut phrase, mut longest) = (word.lower, None);
            for next in first + 1..unit.tokens.end.min(first + 5) {
                phrase = lexicon::longer(phrase, words.at(next).lower);
                let entry = lexicon::word(phrase);
                if entry.gazetteers() != 0 {
                    longest = Some((next + 1, entry.gazetteers()));
                }
                if !entry.is_prefix() {
                    break;
                }
            }
            if let Some((end, more)) = longest {
                for (token, found) in matches[first..end].iter_mut().enumerate() {
                    found.more = more;
                    found.begins = token == 0;
                }
                taken = end;
            }
        }
    }
    matches
}

/// For each token the run of words that may be named that it is in, with what joins them, such as "Ministry of Foreign
/// Affairs".
fn runs(words: &Words, units: &[Unit]) -> Vec<Range<usize>> {
    let mut runs = vec![0..0; words.ids.len()];
    // of, for, and, the, de, al, …
    let joins = |token: usize| {
        let word = words.at(token);
        word.case == Case::Lower && word.letters <= 3
    };
    let named = |token: usize| may_be_named(words.at(token), Mode::Normal);
    // In capitals or lower case nothing shows a run.
    for unit in units.iter().filter(|unit| unit.mode == Mode::Normal) {
        let unit = &unit.tokens;
        let mut start = unit.start;
        while start < unit.end {
            if !named(start) {
                start += 1;
                continue;
            }
            let mut end = start + 1;
            loop {
                let mut next = end;
                while next < unit.end && next < end + 2 && joins(next) {
                    next += 1;
                }
                if next < unit.end && named(next) {
                    end = next + 1;
                } else {
                    break;
                }
            }
            runs[start..end].fill(start..end);
            start = end;
        }
    }
    runs
}

struct Extractor<'d> {
    document: &'d Document,
    tokens: Range<usize>,
    mode: Mode,
    unit: u64,
    rows: &'d mut Rows,
}

impl Extractor<'_> {
    fn extract(mut self, tokens: Range<usize>) {
        for token in tokens {
            self.word(token);
            self.neighbours(token);
            self.gazetteers(token);
            self.place(token);
            if may_be_named(self.document.words.at(token), self.mode) {
                self.run(token);
                self.evidence(token);
            }
            self.rows.end_row();
        }
    }

    fn push(&mut self, template: Template, value: u64) {
        self.rows.push(feature(template as u32, value));
    }

    /// The word some places away, if it is in the unit.
    fn near(&self, token: usize, distance: isize) -> Option<&'_ Word> {
        let at = token.checked_add_signed(distance)?;
        self.tokens
            .contains(&at)
            .then(|| self.document.words.at(at))
    }

    /// In capitals, a word's shape is that of every other.
    fn shape(&self, word: &Word) -> u64 {
        match (self.mode, word.case) {
            (Mode::Capitals, Case::Upper) => 1,
            (Mode::Lower, Case::Lower) => 2,
            _ => word.shape,
        }
    }

    fn word(&mut self, token: usize) {
        let document = self.document;
        let word = document.words.at(token);
        let shape = self.shape(word);
        self.push(T::Bias, 0);
        self.push(T::Lower, word.lower);
        self.push(T::Shape, shape);
        if self.mode == Mode::Normal && word.letters > 0 {
            self.push(T::Exact, word.exact);
        }
        if word.letters > 0 {
            for (n, &prefix) in word.prefixes.iter().enumerate().filter(|(_, p)| **p != 0) {
                self.push(T::Prefix, prefix.wrapping_add(n as u64));
            }
            for (n, &suffix) in word.suffixes.iter().enumerate().filter(|(_, s)| **s != 0) {
                self.push(T::Suffix, suffix.wrapping_add(n as u64));
            }
            if word.entry.fine() == 0 {
                self.push(T::Unclustered, shape);
            }
        }
    }

    fn neighbours(&mut self, token: usize) {
        let document = self.document;
        let word = document.words.at(token);
        let shape = self.shape(word);
        for distance in [-2, -1, 0, 1, 2] {
            let place = |value: u64| combine(value, distance as u64);
            let Some(near) = self.near(token, distance) else {
                self.push(T::Edge, distance as u64);
                continue;
            };
            let (lower, near_shape, entry) = (near.lower, self.shape(near), near.entry);
            if distance != 0 {
                self.push(T::LowerNear, place(lower));
                self.push(T::ShapeNear, place(near_shape));
            }
            if entry.fine() != 0 {
                for (grain, cluster) in entry.clusters.into_iter().enumerate() {
                    self.push(T::Cluster, place(combine(cluster.into(), grain as u64)));
                }
            }
        }
        let before = self.near(token, -1).cloned();
        let after = self.near(token, 1).cloned();
        let cluster = |w: &Word| w.entry.coarse();
        if let Some(before) = &before {
            let before_shape = self.shape(before);
            self.push(T::LowerBefore, combine(before.lower, word.lower));
            self.push(T::ShapeBefore, combine(before_shape, shape));
            self.push(T::SuffixNear, combine(before.suffixes[2], 1));
            self.push(T::CoarseBefore, combine(cluster(before), cluster(word)));
        }
        if let Some(after) = &after {
            let after_shape = self.shape(after);
            self.push(T::LowerAfter, combine(word.lower, after.lower));
            self.push(T::ShapeAfter, combine(shape, after_shape));
            self.push(T::SuffixNear, combine(after.suffixes[2], 2));
            self.push(T::CoarseAfter, combine(cluster(word), cluster(after)));
        }
        if let (Some(before), Some(after)) = (&before, &after) {
            let shapes = combine(self.shape(before), combine(shape, self.shape(after)));
            self.push(T::ShapeAround, shapes);
            let clusters = combine(cluster(before), cluster(after));
            self.push(T::CoarseAround, combine(clusters, shape));
        }
    }

    fn gazetteers(&mut self, token: usize) {
        for distance in [-1, 0, 1] {
            let Some(at) = token.checked_add_signed(distance) else {
                continue;
            };
            if !self.tokens.contains(&at) {
                continue;
            }
            let Match { one, more, begins } = self.document.matches[at];
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
                self.push(T::GazetteerShape, combine(both, self.unit >> 3));
            }
        }
    }

    /// Where in the sentence, the line and the document.
    fn place(&mut self, token: usize) {
        let shape = self.shape(self.document.words.at(token));
        if token == self.tokens.start {
            self.push(T::First, 0);
            self.push(T::FirstShape, shape);
        }
        if token + 1 == self.tokens.end {
            self.push(T::Last, 0);
        }
        match self.document.gaps[token] {
            Gap::None => self.push(T::Joined, 0),
            Gap::Line if token > self.tokens.start => self.push(T::LineBreak, 0),
            _ => {}
        }
        if self.document.gaps.get(token + 1) == Some(&Gap::None) {
            self.push(T::Joined, 1);
        }
        self.push(T::Unit, self.unit);
        self.push(T::UnitShape, combine(self.unit, shape));
    }

    fn run(&mut self, token: usize) {
        let run = self.document.runs[token].clone();
        if run.is_empty() {
            return;
        }
        let words = &self.document.words;
        let place = u64::from(token == run.start) | u64::from(token + 1 == run.end) << 1;
        let (first, last) = (words.at(run.start), words.at(run.end - 1));
        let side = |at: Option<usize>| {
            let word = at
                .filter(|at| self.tokens.contains(at))
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
        let document = self.document;
        let word = document.words.at(token);
        let seen = document.evidence.of(word);
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
        let cluster = |word: u32| document.words.words[word as usize].entry.fine();
        for before in seen.before.iter() {
            self.push(T::SeenBefore, cluster(before));
        }
        for after in seen.after.iter() {
            self.push(T::SeenAfter, cluster(after));
        }
        for before in seen.name_before.iter() {
            let before = &document.words.words[before as usize];
            self.push(T::NameBefore, before.entry.fine());
            let given = before.entry.bits & Entry::GIVEN_NAME != 0;
            self.push(T::NameBeforeGazetteer, given.into());
        }
        for after in seen.name_after.iter() {
            self.push(T::NameAfter, cluster(after));
        }
        if word.case == Case::Upper
            && self.mode == Mode::Normal
            && let Some(last) = document.evidence.stands_for(word)
        {
            self.push(T::Acronym, 0);
            self.push(T::Acronym, cluster(last) + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::new(text, &text::tokens(text), &[])
    }

    #[test]
    fn lines_and_sentences_are_units() {
        let long = "Then the rain that had fallen since the morning in Oslo";
        let text = format!("Rain in Oslo\nIt fell. {long}\nstopped. More");
        let sentence = |start: &str, end: &str| Sentence {
            span: text.find(start).unwrap()..text.find(end).unwrap() + end.len(),
            paragraph: None,
            kind: None,
        };
        let tokens = text::tokens(&text);
        assert_eq!(units(&tokens, &[]), [0..3, 3..17, 17..20]);
        // The second sentence runs over a line feed; "More" is in no sentence.
        let sentences = [sentence("It", "fell."), sentence("Then", "stopped.")];
        assert_eq!(units(&tokens, &sentences), [0..3, 3..6, 6..19, 19..20]);
        // What is called a sentence runs on from a headline.
        assert_eq!(
            units(&tokens, &[sentence("Rain", "fell.")]),
            [0..3, 3..6, 6..17, 17..20]
        );
    }

    #[test]
    fn stretches_reach_two_words_around_what_may_be_a_name() {
        let document =
            document("a b c d Oslo e f g h i j Bergen\nno name at all here, in paris or so");
        let stretches: Vec<_> = document
            .stretches
            .iter()
            .map(|s| s.tokens.clone())
            .collect();
        // The last line is in lower case throughout.
        assert_eq!(stretches, [2..7, 9..12, 12..22]);
    }

    #[test]
    fn case_is_recognised_sentence_by_sentence() {
        let document =
            document("Leaders meet in Oslo\nLEADERS MEET IN OSLO\nleaders meet in oslo\nUN");
        let modes: Vec<Mode> = document.units.iter().map(|u| u.mode).collect();
        assert_eq!(
            modes,
            [Mode::Normal, Mode::Capitals, Mode::Lower, Mode::Normal]
        );
    }

    #[test]
    fn the_longest_phrase_of_a_gazetteer_is_matched() {
        let document = document("In New York City today");
        let more: Vec<bool> = document.matches.iter().map(|m| m.more != 0).collect();
        assert_eq!(more, [false, true, true, true, false]);
    }

    #[test]
    fn the_style_of_marks_changes_no_feature() {
        let rows = |text: &str| {
            let document = document(text);
            let mut rows = Rows::default();
            document
                .stretches
                .iter()
                .for_each(|s| document.features(s, &mut rows));
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
            let document = document(text);
            let mut rows = Rows::default();
            document
                .stretches
                .iter()
                .for_each(|s| document.features(s, &mut rows));
            let tokens = document.stretches.iter().map(|s| s.tokens.len());
            assert_eq!(rows.len(), tokens.sum::<usize>());
        }
    }
}

//! What the ranker sees of a sentence.

use crate::graph::{Graph, Vector};
use crate::lexicon::{Traits, traits};
use crate::words::{Word, Words};
use std::ops::Range;

macro_rules! features {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// The features, in the order of a [`Row`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Feature { $($(#[$doc])* $variant),+ }
        /// The features' names; they are what `--explain` prints.
        pub const NAMES: [&str; COUNT] = [$($name),+];
        /// How many features there are.
        pub const COUNT: usize = [$($name),+].len();
    };
}

// Places and counts are capped, so that a long document looks like a long article and not like nothing ever seen.
// A feature `…-relative` is the standard score of another within the document.
features! {
    /// 1 / (1 + place).
    PositionInverse = "position-inverse",
    /// Place / number of sentences.
    PositionShare = "position-share",
    /// How many sentences come before, at most [`FAR`].
    Position = "position",
    /// How many come after, at most [`FAR`].
    PositionFromEnd = "position-from-end",
    /// ln of the number of sentences.
    DocumentLength = "document-length",
    /// ln(1 + words).
    LengthLog = "length-log",
    /// Of `length-log`.
    LengthRelative = "length-relative",
    /// LexRank; the document's mean is 1.
    Centrality = "centrality",
    /// Of `centrality`.
    CentralityRelative = "centrality-relative",
    /// Cosine with the sum of all sentences.
    Centroid = "centroid",
    /// Of `centroid`.
    CentroidRelative = "centroid-relative",
    /// Mean share of its terms in all words, times 20.
    TermFrequency = "term-frequency",
    /// Of `term-frequency`.
    TermFrequencyRelative = "term-frequency-relative",
    /// How rare its terms are in news, on average.
    Specificity = "specificity",
    /// Cosine with the title; 0 without one.
    LikeTitle = "like-title",
    /// Cosine with the first sentence.
    LikeFirst = "like-first",
    /// Cosine with the sum of the first three.
    LikeFirstThree = "like-first-three",
    /// Cosine with the sentence before.
    LikePrevious = "like-previous",
    /// Cosine with the sentence after.
    LikeNext = "like-next",
    /// The greatest cosine with a sentence before.
    LikeEarlier = "like-earlier",
    /// The greatest cosine with a sentence after.
    LikeLater = "like-later",
    /// The share of its terms that no sentence before has.
    NewTerms = "new-terms",
    /// ln(1 + uses in the document) of those terms, summed.
    NewSalience = "new-salience",
    /// Capitalised words inside it, as many as look like names.
    Names = "names",
    /// Those by words.
    NameDensity = "name-density",
    /// ln(1 + further uses of its names in the document).
    NameSalience = "name-salience",
    /// Of `name-salience`.
    NameSalienceRelative = "name-salience-relative",
    /// Names that no sentence before has.
    NewNames = "new-names",
    /// How many of the document's 3 most used names it has.
    TopNames = "top-names",
    /// How many of the document's 10 most used terms it has.
    TopTerms = "top-terms",
    /// Words with a digit.
    Numbers = "numbers",
    /// The share of it in quotation marks.
    QuotedShare = "quoted-share",
    /// The same of the sentence after.
    NextQuotedShare = "next-quoted-share",
    /// Verbs of saying.
    SpeechVerbs = "speech-verbs",
    /// Words that mark what is new.
    CueWords = "cue-words",
    /// *I*, *we* and their forms.
    FirstPerson = "first-person",
    /// Whether it opens on a pronoun.
    OpensOnPronoun = "opens-on-pronoun",
    /// Whether it opens on a connective.
    OpensOnConnective = "opens-on-connective",
    /// Whether the next one opens on a pronoun, and so goes on about this one.
    NextOpensOnPronoun = "next-opens-on-pronoun",
    /// Whether it is a question.
    Question = "question",
    /// Whether it has parentheses.
    Parentheses = "parentheses",
}

/// One sentence's features, in the order of [`NAMES`].
pub type Row = [f32; COUNT];

/// Which features are also compared within the document.
const RELATIVE: [(Feature, Feature); 5] = [
    (Feature::LengthLog, Feature::LengthRelative),
    (Feature::Centrality, Feature::CentralityRelative),
    (Feature::Centroid, Feature::CentroidRelative),
    (Feature::TermFrequency, Feature::TermFrequencyRelative),
    (Feature::NameSalience, Feature::NameSalienceRelative),
];

/// Places beyond the 50th are alike.
const FAR: usize = 50;

/// What is known of the document before its sentences are looked at one by one.
#[derive(Debug)]
pub struct Context<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentences, as byte ranges.
    pub spans: &'a [Range<usize>],
    /// Their words.
    pub words: &'a Words,
    /// Their weighted terms.
    pub vectors: &'a [Vector],
    /// How they resemble each other.
    pub graph: &'a Graph,
    /// How rare each term is in news.
    pub rarity: &'a [f64],
    /// The title's terms, ascending.
    pub title: &'a [u32],
}

/// One sentence's features in the making.
struct Sheet(Row);

impl Sheet {
    fn set(&mut self, feature: Feature, value: f64) {
        self.0[feature as usize] = value as f32;
    }
    fn set_if(&mut self, feature: Feature, is: bool) {
        self.set(feature, f64::from(u8::from(is)));
    }
}

impl Context<'_> {
    /// Every sentence's features.
    pub fn rows(&self) -> Vec<Row> {
        let mut sheets: Vec<Sheet> = self.vectors.iter().map(|_| Sheet([0.0; COUNT])).collect();
        self.place(&mut sheets);
        self.resemblance(&mut sheets);
        self.terms(&mut sheets);
        self.names(&mut sheets);
        self.wording(&mut sheets);
        let mut rows: Vec<Row> = sheets.into_iter().map(|sheet| sheet.0).collect();
        for (from, to) in RELATIVE {
            standardise(&mut rows, from as usize, to as usize);
        }
        rows
    }

    fn place(&self, sheets: &mut [Sheet]) {
        let n = sheets.len();
        for (i, sheet) in sheets.iter_mut().enumerate() {
            let length = self.words.of(i).len() as f64;
            sheet.set(Feature::PositionInverse, 1.0 / (1.0 + i as f64));
            sheet.set(Feature::PositionShare, i as f64 / n as f64);
            sheet.set(Feature::Position, i.min(FAR) as f64);
            sheet.set(Feature::PositionFromEnd, (n - 1 - i).min(FAR) as f64);
            sheet.set(Feature::DocumentLength, libm::log(n as f64));
            sheet.set(Feature::LengthLog, libm::log(1.0 + length));
        }
    }

    fn resemblance(&self, sheets: &mut [Sheet]) {
        let n = sheets.len();
        let centrality = self.graph.centrality();
        let centroid = self.sum(0..n);
        let first = self.sum(0..n.min(1));
        let lead = self.sum(0..n.min(3));
        let mut title = vec![0.0; self.rarity.len()];
        for &term in self.title {
            title[term as usize] = self.rarity[term as usize];
        }
        let title = unit(title);
        for (i, sheet) in sheets.iter_mut().enumerate() {
            let vector = &self.vectors[i];
            let neighbours = self.graph.of(i);
            let (earlier, later) =
                neighbours.split_at(neighbours.partition_point(|n| n.sentence < i));
            let most = |list: &[crate::graph::Neighbour]| {
                list.iter().map(|n| n.cosine).fold(0.0, f64::max)
            };
            sheet.set(Feature::Centrality, centrality[i]);
            sheet.set(Feature::Centroid, cosine(vector, &centroid));
            sheet.set(Feature::LikeTitle, cosine(vector, &title));
            sheet.set(Feature::LikeFirst, cosine(vector, &first));
            sheet.set(Feature::LikeFirstThree, cosine(vector, &lead));
            sheet.set(
                Feature::LikePrevious,
                earlier
                    .last()
                    .filter(|n| n.sentence + 1 == i)
                    .map_or(0.0, |n| n.cosine),
            );
            sheet.set(
                Feature::LikeNext,
                later
                    .first()
                    .filter(|n| n.sentence == i + 1)
                    .map_or(0.0, |n| n.cosine),
            );
            sheet.set(Feature::LikeEarlier, most(earlier));
            sheet.set(Feature::LikeLater, most(later));
        }
    }

    fn terms(&self, sheets: &mut [Sheet]) {
        let mut frequency = vec![0.0_f64; self.rarity.len()];
        for word in self.words.words.iter().filter(|w| w.is_content()) {
            frequency[word.term as usize] += 1.0;
        }
        let total = frequency.iter().sum::<f64>().max(1.0);
        let mut in_top = vec![false; self.rarity.len()];
        top(&frequency, 10)
            .iter()
            .for_each(|&t| in_top[t as usize] = true);
        let mut seen = vec![false; self.rarity.len()];
        for (i, sheet) in sheets.iter_mut().enumerate() {
            let vector = &self.vectors[i];
            let content = || self.words.of(i).iter().filter(|w| w.is_content());
            let shares: f64 = content().map(|w| frequency[w.term as usize] / total).sum();
            let rare: f64 = vector.iter().map(|(t, _)| self.rarity[*t as usize]).sum();
            let mut new = 0.0;
            let mut salience = 0.0;
            for &(term, _) in vector {
                if !std::mem::replace(&mut seen[term as usize], true) {
                    new += 1.0;
                    salience += libm::log(frequency[term as usize]);
                }
            }
            sheet.set(
                Feature::TermFrequency,
                20.0 * shares / (1.0 + content().count() as f64),
            );
            sheet.set(Feature::Specificity, rare / (1.0 + vector.len() as f64));
            sheet.set(Feature::NewTerms, new / (1.0 + vector.len() as f64));
            sheet.set(Feature::NewSalience, salience);
            let hits = vector.iter().filter(|(t, _)| in_top[*t as usize]).count();
            sheet.set(Feature::TopTerms, hits as f64);
        }
    }

    fn names(&self, sheets: &mut [Sheet]) {
        // How often each term is used as a name, where the capital is not the sentence's.
        let mut uses = vec![0.0_f64; self.rarity.len()];
        for i in 0..sheets.len() {
            for word in self.words.of(i).iter().skip(1).filter(|w| is_name(w)) {
                uses[word.term as usize] += 1.0;
            }
        }
        let top = top(&uses, 3);
        let mut seen = vec![false; self.rarity.len()];
        for (i, sheet) in sheets.iter_mut().enumerate() {
            let words = self.words.of(i);
            let mut names: Vec<u32> = words
                .iter()
                .filter(|w| is_name(w) && uses[w.term as usize] > 0.0)
                .map(|w| w.term)
                .collect();
            let count = names.len() as f64;
            names.sort_unstable();
            names.dedup();
            let further: f64 = names.iter().map(|&t| uses[t as usize] - 1.0).sum();
            let new = names
                .iter()
                .filter(|&&t| !std::mem::replace(&mut seen[t as usize], true))
                .count();
            sheet.set(Feature::Names, count);
            sheet.set(Feature::NameDensity, count / (1.0 + words.len() as f64));
            sheet.set(Feature::NameSalience, libm::log(1.0 + further));
            sheet.set(Feature::NewNames, new as f64);
            sheet.set(
                Feature::TopNames,
                top.iter()
                    .filter(|t| names.binary_search(t).is_ok())
                    .count() as f64,
            );
        }
    }

    fn wording(&self, sheets: &mut [Sheet]) {
        for i in 0..sheets.len() {
            let words = self.words.of(i);
            let sentence = self.text.get(self.spans[i].clone()).unwrap_or("");
            let opening = opening(sentence, words, self.text);
            let quoted = quoted_share(sentence);
            let count = |list| words.iter().filter(|w| w.traits.has(list)).count() as f64;
            let sheet = &mut sheets[i];
            sheet.set(
                Feature::Numbers,
                words.iter().filter(|w| w.digit).count() as f64,
            );
            sheet.set(Feature::QuotedShare, quoted);
            sheet.set(Feature::SpeechVerbs, count(Traits::SPEECH));
            sheet.set(Feature::CueWords, count(Traits::CUE));
            sheet.set(Feature::FirstPerson, count(Traits::FIRST_PERSON));
            sheet.set_if(Feature::OpensOnPronoun, opening.pronoun);
            sheet.set_if(Feature::OpensOnConnective, opening.connective);
            sheet.set_if(
                Feature::Question,
                sentence.trim_end_matches(['"', '”']).ends_with('?'),
            );
            sheet.set_if(Feature::Parentheses, sentence.contains('('));
            if i > 0 {
                sheets[i - 1].set(Feature::NextQuotedShare, quoted);
                sheets[i - 1].set_if(Feature::NextOpensOnPronoun, opening.pronoun);
            }
        }
    }

    /// The summed vectors of a run of sentences, at unit length, by term.
    fn sum(&self, sentences: Range<usize>) -> Vec<f64> {
        let mut dense = vec![0.0; self.rarity.len()];
        for &(term, weight) in self.vectors[sentences].iter().flatten() {
            dense[term as usize] += weight;
        }
        unit(dense)
    }
}

/// Whether a word looks like a name; the first word of a sentence only is one if it is used as one elsewhere.
fn is_name(word: &Word) -> bool {
    word.capital && word.is_content()
}

/// Whether a sentence opens on a word that leans on the sentence before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// *He*, *This*, *When she*.
    pub pronoun: bool,
    /// *But*, *In addition*.
    pub connective: bool,
}

/// How a sentence opens; `words` are its words, at their offsets in `text`.
pub fn opening(sentence: &str, words: &[Word], text: &str) -> Opening {
    // A list mark or a dateline before the first word is no opening that leans on anything.
    let plain = sentence.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'(".contains(c));
    let (true, Some(first)) = (plain, words.first()) else {
        return Opening::default();
    };
    let pair = words
        .get(1)
        .and_then(|second| text.get(first.start..second.end));
    let pair = traits(&pair.unwrap_or("").to_lowercase().replace(' ', "-"));
    let reaching = words
        .iter()
        .take(3)
        .enumerate()
        .take_while(|(at, w)| *at == 0 || w.follows)
        .any(|(_, w)| w.traits.has(Traits::REACHING));
    let opens = |list| first.traits.has(list) || pair.has(list);
    Opening {
        pronoun: reaching || opens(Traits::PRONOUN),
        connective: opens(Traits::CONNECTIVE),
    }
}

/// The share of a sentence's bytes that stand in double quotation marks; a mark that is not closed reaches to the end.
pub fn quoted_share(sentence: &str) -> f64 {
    let mut inside = None;
    let mut quoted = 0;
    for (at, c) in sentence.char_indices() {
        match (c, inside) {
            ('"' | '“', None) => inside = Some(at),
            ('"' | '”', Some(from)) => {
                quoted += at + c.len_utf8() - from;
                inside = None;
            }
            _ => {}
        }
    }
    quoted += inside.map_or(0, |from| sentence.len() - from);
    quoted as f64 / (1 + sentence.len()) as f64
}

fn cosine(vector: &Vector, dense: &[f64]) -> f64 {
    vector
        .iter()
        .map(|&(term, weight)| weight * dense[term as usize])
        .sum()
}

/// `dense` at unit length; all 0 stays so.
fn unit(mut dense: Vec<f64>) -> Vec<f64> {
    let length = dense.iter().map(|v| v * v).sum::<f64>().sqrt();
    if length > 0.0 {
        dense.iter_mut().for_each(|v| *v /= length);
    }
    dense
}

/// The `k` most frequent terms that occur more than once; of equals, the ones that come first.
fn top(counts: &[f64], k: usize) -> Vec<u32> {
    let mut terms: Vec<u32> = (0..counts.len() as u32)
        .filter(|&t| counts[t as usize] > 1.0)
        .collect();
    terms.sort_by(|a, b| {
        counts[*b as usize]
            .total_cmp(&counts[*a as usize])
            .then(a.cmp(b))
    });
    terms.truncate(k);
    terms
}

/// Writes the standard scores of feature `from` to feature `to`.
fn standardise(rows: &mut [Row], from: usize, to: usize) {
    let n = rows.len() as f64;
    let mean = rows.iter().map(|r| f64::from(r[from])).sum::<f64>() / n;
    let variance = rows
        .iter()
        .map(|r| (f64::from(r[from]) - mean) * (f64::from(r[from]) - mean))
        .sum::<f64>()
        / n;
    let deviation = variance.sqrt() + 1e-6;
    for row in rows {
        row[to] = ((f64::from(row[from]) - mean) / deviation) as f32;
    }
}

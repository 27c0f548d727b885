//! What the ranker sees of a sentence.

use crate::graph::{Graph, Vector};
use crate::lexicon::{Traits, traits};
use crate::words::{Word, Words};
use std::ops::Range;

/// The features' names, in their order; they are what `--explain` prints.
pub const NAMES: [&str; COUNT] = [
    "position-inverse",
    "position-share",
    "position",
    "position-from-end",
    "document-length",
    "length-log",
    "length",
    "length-relative",
    "centrality",
    "centrality-relative",
    "centroid",
    "centroid-relative",
    "term-frequency",
    "term-frequency-relative",
    "specificity",
    "like-title",
    "like-first",
    "like-first-three",
    "like-previous",
    "like-next",
    "like-earlier",
    "names",
    "name-density",
    "name-salience",
    "name-salience-relative",
    "new-names",
    "top-names",
    "top-terms",
    "numbers",
    "quoted-share",
    "speech-verb",
    "cue-words",
    "first-person",
    "opens-on-pronoun",
    "opens-on-connective",
    "question",
    "parentheses",
];
/// How many features there are.
pub const COUNT: usize = 37;

/// One sentence's features, in the order of [`NAMES`].
pub type Row = [f32; COUNT];

/// The places of those features that are known per sentence and then compared within the document as well: value and
/// standard score stand side by side.
const RELATIVE: [(usize, usize); 5] = [(5, 7), (8, 9), (10, 11), (12, 13), (23, 24)];

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

impl Context<'_> {
    /// Every sentence's features.
    pub fn rows(&self) -> Vec<Row> {
        let centrality = self.graph.centrality();
        let centroid = self.sum(0..self.vectors.len());
        let lead = self.sum(0..self.vectors.len().min(3));
        let title = {
            let mut dense = vec![0.0; self.rarity.len()];
            for &term in self.title {
                dense[term as usize] = self.rarity[term as usize];
            }
            unit(dense)
        };
        let first = self.sum(0..self.vectors.len().min(1));
        let frequency = self.frequency();
        let top_terms = top(&frequency, 10);
        let naming = self.naming();
        let top_names = top(&naming, 3);
        let total = frequency.iter().sum::<f64>().max(1.0);
        let mut named = vec![false; self.rarity.len()];
        let n = self.vectors.len();
        let mut rows: Vec<Row> = (0..n)
            .map(|i| {
                let words = self.words.of(i);
                let vector = &self.vectors[i];
                let sentence = self.text.get(self.spans[i].clone()).unwrap_or("");
                let length = words.len() as f64;
                let names: Vec<u32> = words
                    .iter()
                    .enumerate()
                    .filter(|(at, w)| self.is_name(words, *at) && naming[w.term as usize] > 0.0)
                    .map(|(_, w)| w.term)
                    .collect();
                let mut distinct = names.clone();
                distinct.sort_unstable();
                distinct.dedup();
                let new = distinct.iter().filter(|&&t| !named[t as usize]).count();
                distinct.iter().for_each(|&t| named[t as usize] = true);
                let salience: f64 = distinct.iter().map(|&t| naming[t as usize] - 1.0).sum();
                let content = words.iter().filter(|w| w.is_content()).count() as f64;
                let term_frequency: f64 = words
                    .iter()
                    .filter(|w| w.is_content())
                    .map(|w| frequency[w.term as usize])
                    .sum();
                let rare: f64 = vector.iter().map(|(t, _)| self.rarity[*t as usize]).sum();
                let has = |traits| words.iter().filter(|w| w.traits.has(traits)).count() as f64;
                let share = |top: &[u32]| {
                    let hit = top
                        .iter()
                        .filter(|t| vector.binary_search_by_key(t, |v| &v.0).is_ok());
                    hit.count() as f64
                };
                let opening = opening(sentence, words, self.text);
                let earlier = self.graph.of(i).iter().take_while(|n| n.sentence < i);
                let values = [
                    1.0 / (1.0 + i as f64),
                    i as f64 / n as f64,
                    i.min(FAR) as f64,
                    (n - 1 - i).min(FAR) as f64,
                    libm::log(n as f64),
                    libm::log(1.0 + length),
                    length.min(100.0),
                    0.0,
                    centrality[i],
                    0.0,
                    cosine(vector, &centroid),
                    0.0,
                    20.0 * term_frequency / total / (1.0 + content),
                    0.0,
                    rare / (1.0 + vector.len() as f64),
                    cosine(vector, &title),
                    cosine(vector, &first),
                    cosine(vector, &lead),
                    if i > 0 {
                        self.graph.cosine(i, i - 1)
                    } else {
                        0.0
                    },
                    self.graph.cosine(i, i + 1),
                    earlier.map(|n| n.cosine).fold(0.0, f64::max),
                    names.len() as f64,
                    names.len() as f64 / (1.0 + length),
                    libm::log(1.0 + salience),
                    0.0,
                    new as f64,
                    share(&top_names),
                    share(&top_terms),
                    words.iter().filter(|w| w.digit).count() as f64,
                    quoted_share(sentence),
                    has(Traits::SPEECH),
                    has(Traits::CUE),
                    has(Traits::FIRST_PERSON),
                    f64::from(u8::from(opening.pronoun)),
                    f64::from(u8::from(opening.connective)),
                    f64::from(u8::from(
                        sentence.trim_end_matches(['"', '”']).ends_with('?'),
                    )),
                    f64::from(u8::from(sentence.contains('('))),
                ];
                values.map(|v| v as f32)
            })
            .collect();
        for (from, to) in RELATIVE {
            standardise(&mut rows, from, to);
        }
        rows
    }

    /// The summed vectors of a run of sentences, at unit length, by term.
    fn sum(&self, sentences: Range<usize>) -> Vec<f64> {
        let mut dense = vec![0.0; self.rarity.len()];
        for &(term, weight) in self.vectors[sentences].iter().flatten() {
            dense[term as usize] += weight;
        }
        unit(dense)
    }

    /// How often each term is used.
    fn frequency(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.rarity.len()];
        for word in self.words.words.iter().filter(|w| w.is_content()) {
            counts[word.term as usize] += 1.0;
        }
        counts
    }

    /// How often each term is used as a name, where the capital is not the sentence's.
    fn naming(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.rarity.len()];
        for i in 0..self.vectors.len() {
            let words = self.words.of(i);
            for (at, word) in words.iter().enumerate() {
                if at > 0 && self.is_name(words, at) {
                    counts[word.term as usize] += 1.0;
                }
            }
        }
        counts
    }

    /// Whether a word looks like a name; the first word of a sentence only does if it is used as one elsewhere.
    fn is_name(&self, words: &[Word], at: usize) -> bool {
        let word = &words[at];
        word.capital && word.is_content() && (at == 0 || words[at - 1].end < word.start)
    }
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

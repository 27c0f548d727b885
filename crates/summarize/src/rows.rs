//! Working out what the ranker sees of each sentence.

use crate::features::{COUNT, Feature, Row};
use crate::graph::{Graph, Neighbour, Weighted};
use crate::lexicon::Traits;
use crate::lists::Lists;
use crate::wording::Wording;
use crate::words::Word;
use document::Sentence;
use std::ops::Range;

// Counts and places are capped and compared within the document, so that a long document looks to the ranker like the
// articles that it was trained on.

/// Features, and those that hold their standard scores within the document.
const RELATIVE: [(Feature, Feature); 5] = [
    (Feature::LengthLog, Feature::LengthRelative),
    (Feature::Centrality, Feature::CentralityRelative),
    (Feature::Centroid, Feature::CentroidRelative),
    (Feature::TermFrequency, Feature::TermFrequencyRelative),
    (Feature::NameSalience, Feature::NameSalienceRelative),
];

/// Places are counted up to this one. Of the articles that the ranker was trained on, one in five has more sentences.
const LAST_PLACE: usize = 50;
/// The sentences that count as the lead, as in the usual baseline of summarization, lead-3.
const LEAD: usize = 3;
/// How many of a document's most used names and terms the ranker knows. Chosen by hand, as the card of the model says of
/// all features.
const TOP_NAMES: usize = 3;
const TOP_TERMS: usize = 10;
/// As the ranker was trained; trees only compare values, so any other factor would do.
const FREQUENCY_SCALE: f64 = 20.0;

/// What is known of the document before its sentences are looked at one by one.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Their weighted terms.
    pub vectors: &'a Lists<Weighted>,
    /// How rare each term is in news.
    pub rarity: &'a [f32],
    /// The title's terms, ascending.
    pub title: &'a [u32],
    /// How each sentence opens, and what it quotes.
    pub wording: &'a [Wording],
}

fn set(row: &mut Row, feature: Feature, value: f64) {
    row[feature as usize] = value as f32;
}

fn set_if(row: &mut Row, feature: Feature, is: bool) {
    set(row, feature, f64::from(u8::from(is)));
}

impl Context<'_> {
    /// Every sentence's features, but for those that compare it with others.
    pub(crate) fn rows(&self, words: &Lists<Word>) -> Vec<Row> {
        let mut rows = vec![[0.0; COUNT]; self.sentences.len()];
        self.place(words, &mut rows);
        self.terms(words, &mut rows);
        self.names(words, &mut rows);
        self.wording(words, &mut rows);
        rows
    }

    /// Adds the features that compare a sentence with others. A step of its own, so that a long document's words need
    /// not be kept while its sentences are compared.
    pub(crate) fn compare(&self, graph: &Graph, rows: &mut [Row]) {
        self.resemblance(graph, rows);
        for (from, to) in RELATIVE {
            standardise(rows, from as usize, to as usize);
        }
    }

    fn place(&self, words: &Lists<Word>, rows: &mut [Row]) {
        let n = rows.len();
        for (i, row) in rows.iter_mut().enumerate() {
            let length = words.of(i).len() as f64;
            set(row, Feature::PositionInverse, 1.0 / (1.0 + i as f64));
            set(row, Feature::PositionShare, i as f64 / n as f64);
            set(row, Feature::Position, i.min(LAST_PLACE) as f64);
            set(
                row,
                Feature::PositionFromEnd,
                (n - 1 - i).min(LAST_PLACE) as f64,
            );
            set(row, Feature::DocumentLength, libm::log(n as f64));
            set(row, Feature::LengthLog, libm::log(1.0 + length));
        }
    }

    fn resemblance(&self, graph: &Graph, rows: &mut [Row]) {
        let n = rows.len();
        let centrality = graph.centrality();
        let centroid = self.sum(0..n);
        let first = self.sum(0..n.min(1));
        let lead = self.sum(0..n.min(LEAD));
        let mut title = vec![0.0; self.rarity.len()];
        for &term in self.title {
            title[term as usize] = f64::from(self.rarity[term as usize]);
        }
        let title = unit(title);
        for (i, row) in rows.iter_mut().enumerate() {
            let vector = self.vectors.of(i);
            let cosine = |j: usize| graph.between(i, j).map_or(0.0, |n| f64::from(n.cosine));
            let neighbours = graph.of(i);
            let (earlier, later) =
                neighbours.split_at(neighbours.partition_point(|n| (n.sentence as usize) < i));
            let most =
                |list: &[Neighbour]| f64::from(list.iter().map(|n| n.cosine).fold(0.0, f32::max));
            set(row, Feature::Centrality, centrality[i]);
            set(row, Feature::Centroid, product(vector, &centroid));
            set(row, Feature::LikeTitle, product(vector, &title));
            set(row, Feature::LikeFirst, product(vector, &first));
            set(row, Feature::LikeFirstThree, product(vector, &lead));
            set(
                row,
                Feature::LikePrevious,
                i.checked_sub(1).map_or(0.0, cosine),
            );
            set(row, Feature::LikeNext, cosine(i + 1));
            set(row, Feature::LikeEarlier, most(earlier));
            set(row, Feature::LikeLater, most(later));
        }
    }

    fn terms(&self, words: &Lists<Word>, rows: &mut [Row]) {
        let mut frequency = vec![0_u32; self.rarity.len()];
        for word in words.all().iter().filter(|w| w.is_content()) {
            frequency[word.term as usize] += 1;
        }
        let total = frequency
            .iter()
            .map(|&f| f64::from(f))
            .sum::<f64>()
            .max(1.0);
        let mut in_top = vec![false; self.rarity.len()];
        top(&frequency, TOP_TERMS)
            .iter()
            .for_each(|&t| in_top[t as usize] = true);
        let mut seen = vec![false; self.rarity.len()];
        for (i, row) in rows.iter_mut().enumerate() {
            let vector = self.vectors.of(i);
            let distinct = 1.0 + vector.len() as f64;
            let (mut content, mut uses) = (0_u32, 0_u64);
            for word in words.of(i).iter().filter(|w| w.is_content()) {
                content += 1;
                uses += u64::from(frequency[word.term as usize]);
            }
            let (mut rare, mut new, mut salience, mut hits) = (0.0, 0.0, 0.0, 0.0);
            for &(term, _) in vector {
                rare += f64::from(self.rarity[term as usize]);
                hits += f64::from(u8::from(in_top[term as usize]));
                if !std::mem::replace(&mut seen[term as usize], true) {
                    new += 1.0;
                    if frequency[term as usize] > 1 {
                        salience += libm::log(f64::from(frequency[term as usize]));
                    }
                }
            }
            let share = uses as f64 / total;
            set(
                row,
                Feature::TermFrequency,
                FREQUENCY_SCALE * share / (1.0 + f64::from(content)),
            );
            set(row, Feature::Specificity, rare / distinct);
            set(row, Feature::NewTerms, new / distinct);
            set(row, Feature::NewSalience, salience);
            set(row, Feature::TopTerms, hits);
        }
    }

    fn names(&self, words: &Lists<Word>, rows: &mut [Row]) {
        // How often each term is used as a name. The first word of a sentence has a capital in any case, so it counts only
        // where the word is a name elsewhere.
        let mut uses = vec![0_u32; self.rarity.len()];
        for sentence in words.iter() {
            for word in sentence.iter().skip(1).filter(|w| w.is_name()) {
                uses[word.term as usize] += 1;
            }
        }
        let top_names = top(&uses, TOP_NAMES);
        let mut seen = vec![false; self.rarity.len()];
        let mut names: Vec<u32> = Vec::new();
        for (i, row) in rows.iter_mut().enumerate() {
            let sentence = words.of(i);
            names.clear();
            let used = |w: &&Word| w.is_name() && uses[w.term as usize] > 0;
            names.extend(sentence.iter().filter(used).map(|w| w.term));
            let count = names.len() as f64;
            names.sort_unstable();
            names.dedup();
            let further: f64 = names.iter().map(|&t| f64::from(uses[t as usize] - 1)).sum();
            let new = names
                .iter()
                .filter(|&&t| !std::mem::replace(&mut seen[t as usize], true))
                .count();
            let hits = top_names.iter().filter(|t| names.contains(t)).count();
            set(row, Feature::Names, count);
            set(
                row,
                Feature::NameDensity,
                count / (1.0 + sentence.len() as f64),
            );
            set(row, Feature::NameSalience, libm::log(1.0 + further));
            set(row, Feature::NewNames, new as f64);
            set(row, Feature::TopNames, hits as f64);
        }
    }

    fn wording(&self, words: &Lists<Word>, rows: &mut [Row]) {
        for i in 0..rows.len() {
            let words = words.of(i);
            let sentence = &self.text[self.sentences[i].span];
            let Wording { opening, marks } = self.wording[i];
            let quoted = marks.quoted_share;
            let count = |list| words.iter().filter(|w| w.traits.has(list)).count() as f64;
            let numbers = words.iter().filter(|w| w.digit).count();
            let row = &mut rows[i];
            set(row, Feature::Numbers, numbers as f64);
            set(row, Feature::QuotedShare, quoted);
            set(row, Feature::SpeechVerbs, count(Traits::SPEECH));
            set(row, Feature::CueWords, count(Traits::CUE));
            set(row, Feature::FirstPerson, count(Traits::FIRST_PERSON));
            set_if(row, Feature::OpensOnPronoun, opening.pronoun);
            set_if(row, Feature::OpensOnConnective, opening.connective);
            let question = sentence.trim_end_matches(['"', '”']).ends_with('?');
            set_if(row, Feature::Question, question);
            let parenthesis = memchr::memchr(b'(', sentence.as_bytes());
            set_if(row, Feature::Parentheses, parenthesis.is_some());
            if i > 0 {
                let before = &mut rows[i - 1];
                set(before, Feature::NextQuotedShare, quoted);
                set_if(before, Feature::NextOpensOnPronoun, opening.pronoun);
            }
        }
    }

    /// The sum of the vectors of some sentences, at unit length, by term.
    fn sum(&self, sentences: Range<usize>) -> Vec<f64> {
        let mut dense = vec![0.0; self.rarity.len()];
        for i in sentences {
            for &(term, weight) in self.vectors.of(i) {
                dense[term as usize] += f64::from(weight);
            }
        }
        unit(dense)
    }
}

fn product(vector: &[Weighted], dense: &[f64]) -> f64 {
    vector
        .iter()
        .map(|&(term, weight)| f64::from(weight) * dense[term as usize])
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

/// The `k` most frequent terms that occur more than once; of equally frequent ones, those that come first.
fn top(counts: &[u32], k: usize) -> Vec<u32> {
    let mut terms: Vec<u32> = (0..counts.len() as u32)
        .filter(|&t| counts[t as usize] > 1)
        .collect();
    terms.sort_unstable_by_key(|&t| (std::cmp::Reverse(counts[t as usize]), t));
    terms.truncate(k);
    terms
}

/// Writes the standard scores of feature `from` to feature `to`.
fn standardise(rows: &mut [Row], from: usize, to: usize) {
    // Against a division by 0 where all sentences are equal.
    const LEAST_DEVIATION: f64 = 1e-6;
    let n = rows.len() as f64;
    let mean = rows.iter().map(|r| f64::from(r[from])).sum::<f64>() / n;
    let variance = rows
        .iter()
        .map(|r| (f64::from(r[from]) - mean) * (f64::from(r[from]) - mean))
        .sum::<f64>()
        / n;
    let deviation = variance.sqrt() + LEAST_DEVIATION;
    for row in rows {
        row[to] = ((f64::from(row[from]) - mean) / deviation) as f32;
    }
}

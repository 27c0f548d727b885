//! Everything that is worked out of a document before a sentence is picked.

use crate::Input;
use crate::features::{Context, Row, Wording, slice};
use crate::graph::{Graph, Weighted};
use crate::lists::Lists;
use crate::model::Model;
use crate::readable::Readability;
use crate::words::{Terms, Word, words};
use document::{Sentence, Span};

/// A document's sentences and what is known of them.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Those of the reading.
    pub sentences: &'a [Sentence],
    /// The distinct terms of all sentences.
    pub terms: Terms,
    /// Each sentence's weighted terms, at unit length.
    pub vectors: Lists<Weighted>,
    /// How they resemble each other.
    pub graph: Graph,
    /// What the ranker sees of them.
    pub rows: Vec<Row>,
    /// What they lean on.
    pub readability: Readability,
    rarity: Vec<f32>,
}

impl<'a> Analysis<'a> {
    /// Reads a document.
    pub fn new(input: &Input<'a>, model: &Model) -> Self {
        let text = input.reading.text();
        let sentences = input.reading.sentences();
        let spans = sentences.iter().map(|s: &Sentence| -> Span { s.span });
        let (words, terms) = words(text, spans);
        let title = terms.of(input.title.unwrap_or(""));
        let rarity: Vec<f32> = terms
            .hashes()
            .iter()
            .map(|&hash| model.rarity(hash))
            .collect();
        let vectors = vectors(&words, &rarity);
        let wording: Vec<Wording> = sentences
            .iter()
            .zip(words.iter())
            .map(|(sentence, words)| Wording::of(slice(text, sentence.span), words))
            .collect();
        let context = Context {
            text,
            sentences,
            vectors: &vectors,
            rarity: &rarity,
            title: &title,
            wording: &wording,
        };
        let mut rows = context.rows(&words);
        let readability = Readability::new(input, sentences, &words, &wording, rarity.len());
        // A long document's words and its graph are what takes most memory: not both at once.
        drop(words);
        let graph = Graph::new(&vectors, rarity.len());
        context.compare(&graph, &mut rows);
        Self {
            text,
            sentences,
            terms,
            vectors,
            graph,
            rows,
            readability,
            rarity,
        }
    }

    /// What each term tells of the document: in how many sentences it is, by the root of its rarity. Both at full
    /// strength would let one rare name decide.
    pub fn weights(&self) -> Vec<f64> {
        let mut sentences = vec![0.0; self.rarity.len()];
        for &(term, _) in self.vectors.all() {
            sentences[term as usize] += 1.0;
        }
        for (weight, &rarity) in sentences.iter_mut().zip(&self.rarity) {
            *weight *= f64::from(rarity.max(0.0)).sqrt();
        }
        sentences
    }

    /// How much each sentence is about a text of its own, 0 to 1: the rarity of the query's terms that it has, of all
    /// that the document has.
    pub fn likeness(&self, query: &str) -> Vec<f64> {
        let query = self.terms.of(query);
        let weight = |terms: &mut dyn Iterator<Item = u32>| -> f64 {
            terms.map(|t| f64::from(self.rarity[t as usize])).sum()
        };
        let whole = weight(&mut query.iter().copied());
        self.vectors
            .iter()
            .map(|vector| {
                let mut hit = vector
                    .iter()
                    .map(|v| v.0)
                    .filter(|t| query.binary_search(t).is_ok());
                if whole > 0.0 {
                    weight(&mut hit) / whole
                } else {
                    0.0
                }
            })
            .collect()
    }
}

/// Each sentence's terms, weighted by 1 + ln(count) and by their rarity.
fn vectors(words: &Lists<Word>, rarity: &[f32]) -> Lists<Weighted> {
    let mut vectors = Lists::with_capacity(words.len(), words.all().len());
    let mut terms: Vec<u32> = Vec::new();
    for sentence in words.iter() {
        terms.clear();
        terms.extend(sentence.iter().filter(|w| w.is_content()).map(|w| w.term));
        terms.sort_unstable();
        for run in terms.chunk_by(|a, b| a == b) {
            let count = match run.len() {
                1 => 1.0,
                n => 1.0 + libm::logf(n as f32),
            };
            vectors.push((run[0], count * rarity[run[0] as usize]));
        }
        let vector: &mut [Weighted] = vectors.open();
        let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|(_, w)| *w /= length);
        }
        vectors.close();
    }
    vectors
}

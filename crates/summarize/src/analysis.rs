//! Everything that is worked out of a document before a sentence is picked.

use crate::Input;
use crate::features::Row;
use crate::graph::{Graph, Weighted};
use crate::lists::Lists;
use crate::ranker::Model;
use crate::readable::Readability;
use crate::rows::Context;
use crate::wording::Wording;
use crate::words::{Terms, Word, words};
use document::Sentence;
use text::Reading;

/// A document's sentences and what is known of them.
#[derive(Debug)]
pub(crate) struct Analysis<'a> {
    pub reading: &'a Reading<'a>,
    /// The distinct terms of all sentences.
    pub terms: Terms,
    /// Each sentence's weighted terms, at unit length.
    pub vectors: Lists<Weighted>,
    /// How sentences resemble each other.
    pub graph: Graph,
    /// What the ranker sees of each.
    pub rows: Vec<Row>,
    /// What each leans on.
    pub readability: Readability,
    /// How rare each term is in news.
    rarity: Vec<f32>,
}

impl<'a> Analysis<'a> {
    /// Analyses a document; of the model, only the rarity of terms counts.
    pub(crate) fn new(input: &Input<'a>, model: &Model) -> Self {
        let reading = input.reading;
        let (text, sentences) = (reading.text(), reading.sentences());
        let (words, terms) = words(text, sentences.iter().map(|s| s.span));
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
            .map(|(sentence, words)| Wording::of(&text[sentence.span], words))
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
        let readability = Readability::new(input, &words, &wording, rarity.len());
        // A long document's words and its graph take most of the memory: they are not kept at the same time.
        drop(words);
        let graph = Graph::new(&vectors, rarity.len());
        context.compare(&graph, &mut rows);
        Self {
            reading,
            terms,
            vectors,
            graph,
            rows,
            readability,
            rarity,
        }
    }

    /// The document's text.
    pub(crate) fn text(&self) -> &'a str {
        self.reading.text()
    }

    /// Those of the reading.
    pub(crate) fn sentences(&self) -> &'a [Sentence] {
        self.reading.sentences()
    }

    /// How much each term says about the document: in how many sentences it is, times the square root of its rarity.
    /// With the whole rarity, one rare name would outweigh all else.
    pub(crate) fn weights(&self) -> Vec<f64> {
        let mut weights = vec![0.0; self.rarity.len()];
        for &(term, _) in self.vectors.all() {
            weights[term as usize] += 1.0;
        }
        for (weight, &rarity) in weights.iter_mut().zip(&self.rarity) {
            *weight *= f64::from(rarity.max(0.0)).sqrt();
        }
        weights
    }

    /// How much each sentence is about a query, 0 to 1: its share of the query's terms that the document has, each
    /// weighted by its rarity.
    pub(crate) fn likeness(&self, query: &str) -> Vec<f64> {
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

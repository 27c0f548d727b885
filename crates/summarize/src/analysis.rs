//! Everything that is worked out of a document before a sentence is picked.

use crate::Input;
use crate::features::{Context, Row};
use crate::graph::{Graph, Vector};
use crate::model::Model;
use crate::readable::Readability;
use crate::words::Words;
use document::{Sentence, Span};
use segment::Segmenter;
use std::borrow::Cow;

/// A document's sentences and what is known of them.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// The document's text.
    pub text: &'a str,
    /// As given, or worked out.
    pub sentences: Cow<'a, [Sentence]>,
    /// Their words.
    pub words: Words,
    /// Their weighted terms, at unit length.
    pub vectors: Vec<Vector>,
    /// How they resemble each other.
    pub graph: Graph,
    /// What the ranker sees of them.
    pub rows: Vec<Row>,
    /// What they lean on.
    pub readability: Readability,
    rarity: Vec<f64>,
}

impl<'a> Analysis<'a> {
    /// Reads a document.
    pub fn new(input: &Input<'a>, model: &Model) -> Self {
        let sentences = match input.sentences {
            Some(given) => Cow::Borrowed(given),
            None => Cow::Owned(Segmenter::new().segment(input.text, None).sentences),
        };
        let spans: Vec<Span> = sentences.iter().map(|s| s.span.clone()).collect();
        let mut words = Words::new(input.text, spans.iter());
        let title = words.terms_in(input.title.unwrap_or(""));
        let rarity: Vec<f64> = words.terms.iter().map(|&hash| model.rarity(hash)).collect();
        let vectors: Vec<Vector> = (0..spans.len())
            .map(|i| vector(&words, i, &rarity))
            .collect();
        let graph = Graph::new(&vectors, words.terms.len());
        let rows = Context {
            text: input.text,
            spans: &spans,
            words: &words,
            vectors: &vectors,
            graph: &graph,
            rarity: &rarity,
            title: &title,
        }
        .rows();
        let readability = Readability::new(input.text, &sentences, &words);
        Self {
            text: input.text,
            sentences,
            words,
            vectors,
            graph,
            rows,
            readability,
            rarity,
        }
    }

    /// How much each sentence is about a text of its own, 0 to 1: the rarity of the query's terms that it has, of all
    /// that the document has.
    pub fn likeness(&mut self, query: &str) -> Vec<f64> {
        let query = self.words.terms_in(query);
        let weight = |terms: &mut dyn Iterator<Item = u32>| -> f64 {
            terms.map(|t| self.rarity[t as usize]).sum()
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

/// A sentence's terms, each weighted by 1 + ln(count) and by its rarity.
fn vector(words: &Words, i: usize, rarity: &[f64]) -> Vector {
    let mut terms: Vec<u32> = words
        .of(i)
        .iter()
        .filter(|w| w.is_content())
        .map(|w| w.term)
        .collect();
    terms.sort_unstable();
    let mut vector: Vector = terms
        .chunk_by(|a, b| a == b)
        .map(|run| {
            (
                run[0],
                (1.0 + libm::log(run.len() as f64)) * rarity[run[0] as usize],
            )
        })
        .collect();
    let length = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|(_, w)| *w /= length);
    }
    vector
}

//! What the trainer of the ranker needs, behind the feature `training`: the ranker's features, its parts and
//! the stems of words. No part of the stable interface.

pub use crate::features::{COUNT, FEATURES, Row};
pub use crate::forest::{LEAF, Node};
pub use crate::porter::stem;
pub use crate::ranker::{LENGTHS, Model, Parts, RAREST};

use crate::analysis::Analysis;
use crate::words::words;
use crate::{Input, Summarizer};
use document::{Span, Summary};

/// The features of each sentence; of `model`, only the rarity of terms counts.
pub fn rows(model: &Model, input: &Input<'_>) -> Vec<Row> {
    Analysis::new(input, model).rows
}

/// The hashes of the distinct stems of a text, function words included, in the order of first use.
pub fn terms(text: &str) -> Vec<u64> {
    let whole = Span::new(0, text.len());
    let (_, terms) = words(text, std::iter::once(whole));
    terms.hashes().to_vec()
}

/// The summary by a model other than the built-in one.
pub fn summarize_with(summarizer: &Summarizer, model: &Model, input: &Input<'_>) -> Summary {
    summarizer.summarize_with(model, input)
}

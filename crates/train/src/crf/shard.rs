//! Training examples in flat arrays.

use super::Example;
use std::collections::HashMap;
use std::ops::Range;
use tagger::Label;

/// Examples for one thread, in flat arrays.
#[derive(Default)]
pub(crate) struct Shard {
    /// The numbers of the features of all tokens, and where each token's end.
    features: Vec<u32>,
    ends: Vec<usize>,
    /// The labels that each token may have.
    pub(crate) allowed: Vec<u64>,
    pub(crate) examples: Vec<Part>,
    /// The soft labels of the examples that have them, one after the other.
    pub(crate) probabilities: Vec<f32>,
    pub(crate) transitions: Vec<(Label, Label, f32)>,
}

/// An example's part of the arrays: its tokens, and where it has soft labels, its part of `probabilities` and `transitions`.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) tokens: Range<usize>,
    pub(crate) soft: Option<(Range<usize>, Range<usize>)>,
    pub(crate) weight: f32,
}

impl Shard {
    /// Adds an example; `numbers` gives each feature that is kept its number.
    pub(crate) fn push(&mut self, example: &Example, numbers: &HashMap<u32, u32>) {
        assert_eq!(example.rows.len(), example.allowed.len());
        for row in example.rows.iter() {
            self.features
                .extend(row.iter().filter_map(|f| numbers.get(f)));
            self.ends.push(self.features.len());
        }
        let start = self.allowed.len();
        self.allowed.extend(&example.allowed);
        let soft = example.soft.as_ref().map(|soft| {
            let starts = (self.probabilities.len(), self.transitions.len());
            self.probabilities.extend(&soft.labels);
            self.transitions.extend(&soft.transitions);
            (
                starts.0..self.probabilities.len(),
                starts.1..self.transitions.len(),
            )
        });
        self.examples.push(Part {
            tokens: start..self.allowed.len(),
            soft,
            weight: example.weight,
        });
    }

    /// The features of a token.
    pub(crate) fn row(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.features[start..self.ends[token]]
    }
}

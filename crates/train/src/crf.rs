//! Trains linear-chain CRFs (Lafferty et al. 2001) over hashed features: the trainer of every linear model here.
//!
//! The objective is CRFsuite's: the negative log-likelihood, plus `l1 · Σ|w|`, plus `l2 · Σw²`. What it adds:
//!
//! * *Partial annotation* (Tsuboi et al. 2008): a token has a set of labels that it may have, and the likelihood is that of
//!   all sequences within the sets. A corpus that does not mark a type says nothing about it.
//! * *Soft labels* (Wang et al. 2020): another model's labels as probabilities; the likelihood is the one expected under that
//!   model, so that what it is unsure of is learnt as unsure.
//! * A weight for each example.
//! * Two threads, each with a fixed half of the examples and sums in a fixed order: the same bytes on every machine.

pub(crate) mod compare;
mod objective;
mod owlqn;
mod shard;
mod target;

use objective::Objective;
use owlqn::Function;
use shard::Shard;
use std::collections::HashMap;
use tagger::training::Weights;
use tagger::{Label, Labels, Rows};

/// A training sequence.
pub(crate) struct Example {
    /// The features of its tokens.
    pub(crate) rows: Rows,
    /// For each token the labels that it may have, bit `1 << label`; at least one sequence of them must be possible.
    pub(crate) allowed: Vec<u64>,
    /// Probabilities of these labels, where another model gave them.
    pub(crate) soft: Option<SoftLabels>,
    /// How often the example counts.
    pub(crate) weight: f32,
}

/// The labels of a sequence as another model's probabilities.
pub(crate) struct SoftLabels {
    /// The probability of every label that each token may have, token by token, labels ascending.
    pub(crate) labels: Vec<f32>,
    /// How often it expects each label to come after each other one: previous, next.
    pub(crate) transitions: Vec<(Label, Label, f32)>,
}

/// So that a set of labels fits in 64 bits.
pub(crate) const MOST_LABELS: usize = 64;

/// How to train.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// How much the sum of the weights' sizes counts: it makes weights 0, and so the model small.
    pub(crate) l1: f64,
    /// How much the sum of the weights' squares counts.
    pub(crate) l2: f64,
    /// Passes of stochastic gradient descent to begin with; 0 starts at 0.
    pub(crate) passes: usize,
    /// The most iterations; there are fewer if it converges before.
    pub(crate) iterations: usize,
    /// The result is the mean of the weights after each iteration that follows the first `skipped` ones; if none follows, the
    /// weights after the last iteration.
    pub(crate) skipped: usize,
    /// Features that occur less often are left out.
    pub(crate) min_count: u32,
    /// Whether a feature may also have a weight for a label that it was never seen with; only such labels get
    /// negative evidence, for twice the time and about the same score.
    pub(crate) unseen_pairs: bool,
}

/// What was learnt.
pub(crate) struct Trained {
    /// `[previous * labels + next]`.
    pub(crate) transitions: Vec<f32>,
    /// Each feature's weights by label, the most frequent features first.
    pub(crate) features: Vec<(u32, Vec<f32>)>,
    /// The objective after each iteration.
    pub(crate) losses: Vec<f64>,
}

impl Trained {
    /// As a model's weights over these labels, without those smaller in size than `smallest`.
    pub(crate) fn weights(self, labels: Labels, smallest: f32) -> Weights {
        let mut features = self.features;
        for weight in features.iter_mut().flat_map(|(_, row)| row) {
            if weight.abs() < smallest {
                *weight = 0.0;
            }
        }
        Weights {
            labels,
            transitions: self.transitions,
            features,
        }
    }
}

/// Trains over BIO labels; progress goes to standard error.
pub(crate) fn train(labels: &Labels, examples: Vec<Example>, options: &Options) -> Trained {
    train_with_constraints(labels.len(), Labels::may_follow, examples, options)
}

/// Trains over any labels, 1 to [`MOST_LABELS`] of them; `may_follow` says which may come after which.
pub(crate) fn train_with_constraints(
    labels: usize,
    may_follow: fn(Option<Label>, Label) -> bool,
    examples: Vec<Example>,
    options: &Options,
) -> Trained {
    let names = frequent(&examples, options.min_count);
    let shards = shards(examples, &names);
    let mut objective = Objective::new(labels, may_follow, names.len(), shards, options);
    eprintln!(
        "{} features, {} weights",
        names.len(),
        objective.dimensions()
    );
    let start = objective.warm_up(options.passes);
    let (weights, losses) = owlqn::minimise(
        &mut objective,
        start,
        options.l1,
        options.iterations,
        options.skipped,
    );
    let (transitions, rows) = objective.rows(&weights);
    Trained {
        transitions,
        features: names.into_iter().zip(rows).collect(),
        losses,
    }
}

/// The features seen at least `min_count` times, the most frequent first: their rows of weights then lie together,
/// which is worth a third of the time.
fn frequent(examples: &[Example], min_count: u32) -> Vec<u32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for example in examples {
        for &feature in example.rows.iter().flatten() {
            *counts.entry(feature).or_default() += 1;
        }
    }
    let mut kept: Vec<(u32, u32)> = counts
        .into_iter()
        .filter(|&(_, n)| n >= min_count)
        .collect();
    kept.sort_unstable_by_key(|&(feature, n)| (std::cmp::Reverse(n), feature));
    kept.into_iter().map(|(feature, _)| feature).collect()
}

/// The examples in two parts of about as many tokens each; features become their places in `names`.
fn shards(examples: Vec<Example>, names: &[u32]) -> [Shard; 2] {
    let numbers: HashMap<u32, u32> = names.iter().copied().zip(0..).collect();
    let tokens: usize = examples.iter().map(|e| e.rows.len()).sum();
    let mut shards = [Shard::default(), Shard::default()];
    let mut seen = 0;
    for example in examples {
        let shard = &mut shards[usize::from(2 * seen >= tokens)];
        seen += example.rows.len();
        shard.push(&example, &numbers);
    }
    shards
}

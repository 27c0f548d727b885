//! Trains linear-chain CRFs (Lafferty et al. 2001) over hashed features: the trainer of every linear model here.
//!
//! The objective is CRFsuite's: the negative log-likelihood, plus `l1 · Σ|w|`, plus `l2 · Σw²`. What it adds:
//!
//! * *Partial annotation* (Tsuboi et al. 2008): a token has a set of labels that it may carry, and the likelihood is that
//!   of all sequences within the sets. A corpus that does not mark a type says nothing about it.
//! * *Soft labels* (Wang et al. 2020): what another model takes the labels to be, as probabilities; the likelihood is the
//!   one expected under that model, so that what it is unsure of is learnt as unsure.
//! * A weight for each example.
//! * Two threads, each with a fixed half of the examples and sums in a fixed order: the same bytes on every machine.

pub mod compare;
mod held;
mod objective;
mod owlqn;

use objective::{Objective, Shard};
use owlqn::Function;
use std::collections::HashMap;
use tagger::{Label, Labels, Rows, Weights};

/// A training sequence.
pub struct Example {
    /// The features of its tokens.
    pub rows: Rows,
    /// For each token the labels that it may have, bit `1 << label`; at least one sequence of them must be possible.
    pub allowed: Vec<u64>,
    /// Where another model labelled it, how likely it takes each.
    pub likely: Option<Likely>,
    /// How often the example counts.
    pub weight: f32,
}

/// What another model takes the labels of a sequence to be.
pub struct Likely {
    /// The probability of every label that each token may have, token by token, labels ascending.
    pub labels: Vec<f32>,
    /// How often it expects each label to come after each other one: previous, next.
    pub transitions: Vec<(Label, Label, f32)>,
}

/// How to train.
#[derive(Debug, Clone)]
pub struct Options {
    /// Weight of the sum of the weights' sizes: what makes weights 0, and so the model small.
    pub l1: f64,
    /// Weight of the sum of the weights' squares.
    pub l2: f64,
    /// Passes of stochastic gradient descent to begin with; 0 starts at 0.
    pub passes: usize,
    /// Stops after so many iterations, if not converged before.
    pub iterations: usize,
    /// The weights are the mean of those after each iteration but for so many first ones; with as many as there are
    /// iterations, those after the last.
    pub skipped: usize,
    /// Features seen less often are left out.
    pub min_count: u32,
    /// Whether a feature may also have a weight for a label that it was never seen with; only such labels get
    /// negative evidence, for twice the time and about the same score.
    pub unseen_pairs: bool,
}

/// What training came to.
pub struct Trained {
    /// `[previous * labels + next]`.
    pub transitions: Vec<f32>,
    /// Each feature's weights by label, the most frequent features first.
    pub features: Vec<(u32, Vec<f32>)>,
    /// The objective after each iteration.
    pub losses: Vec<f64>,
}

impl Trained {
    /// As a model over these labels, leaving out weights smaller in size than `smallest`.
    pub fn weights(self, labels: Labels, smallest: f32) -> Weights {
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
pub fn train(labels: &Labels, examples: Vec<Example>, options: &Options) -> Trained {
    train_with_constraints(labels.len(), Labels::may_follow, examples, options)
}

/// Trains over any labels, `may_follow` saying which may come after which.
pub fn train_with_constraints(
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

/// The examples in two parts of about as many tokens, with features as the numbers of their places in `names`.
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

//! The regularised likelihood of the examples and its gradient.

use super::{Example, Options, owlqn::Function};
use std::collections::HashMap;
use tagger::{Chain, Label, Marginals};

/// A token whose expected and observed labels differ by less than this adds nothing to the gradient. Most tokens of a
/// text are sure after a few iterations, which halves the time; the losses agree in 6 digits.
const NEGLIGIBLE: f64 = 1e-6;

/// Examples for one thread, in flat arrays.
#[derive(Default)]
pub struct Shard {
    /// The numbers of the features of all tokens, and where each token's end.
    features: Vec<u32>,
    ends: Vec<usize>,
    allowed: Vec<u64>,
    /// Where each example's tokens end, and its weight.
    examples: Vec<(usize, f32)>,
}

impl Shard {
    pub fn push(&mut self, example: &Example, numbers: &HashMap<u32, u32>) {
        assert_eq!(example.rows.len(), example.allowed.len());
        for row in example.rows.iter() {
            self.features
                .extend(row.iter().filter_map(|f| numbers.get(f)));
            self.ends.push(self.features.len());
        }
        self.allowed.extend(&example.allowed);
        self.examples.push((self.ends.len(), example.weight));
    }

    fn row(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.features[start..self.ends[token]]
    }
}

/// Weights are rows of `stride` numbers: one row a previous label for the transitions, then one a feature.
pub struct Objective {
    labels: usize,
    /// The number of labels rounded up, so that rows are added in whole vectors.
    stride: usize,
    may_follow: fn(Option<Label>, Label) -> bool,
    shards: [Shard; 2],
    /// Bits of those weights of each row that exist.
    mask: Vec<u64>,
    l2: f64,
    second_gradient: Vec<f32>,
}

impl Objective {
    pub fn new(
        labels: usize,
        may_follow: fn(Option<Label>, Label) -> bool,
        features: usize,
        shards: [Shard; 2],
        options: &Options,
    ) -> Self {
        let stride = labels.next_multiple_of(4);
        let all = u64::MAX >> (64 - labels);
        let mut mask: Vec<u64> = (0..labels)
            .map(|previous| {
                (0..labels)
                    .filter(|&next| may_follow(Some(previous as Label), next as Label))
                    .fold(0, |bits, next| bits | 1 << next)
            })
            .collect();
        mask.resize(
            labels + features,
            if options.unseen_pairs { all } else { 0 },
        );
        for shard in &shards {
            for (token, &allowed) in shard.allowed.iter().enumerate() {
                // Where the annotation leaves it open whether there is a name at all, only "outside" was seen; else
                // every feature would get weights for every label.
                let seen = match allowed & 1 {
                    1 => 1,
                    _ => allowed & all,
                };
                for &feature in shard.row(token) {
                    mask[labels + feature as usize] |= seen;
                }
            }
        }
        Self {
            labels,
            stride,
            may_follow,
            shards,
            second_gradient: vec![0.0; mask.len() * stride],
            mask,
            l2: options.l2,
        }
    }

    /// How many weights there are to learn.
    pub fn parameters(&self) -> u32 {
        self.mask.iter().map(|m| m.count_ones()).sum()
    }

    /// The transitions and the features' rows.
    pub fn rows(&self, weights: &[f32]) -> (Vec<f32>, impl Iterator<Item = Vec<f32>>) {
        let mut rows: Vec<Vec<f32>> = weights
            .chunks_exact(self.stride)
            .map(|row| row[..self.labels].to_vec())
            .collect();
        let features = rows.split_off(self.labels);
        (rows.concat(), features.into_iter())
    }

    /// The negative log-likelihood of a shard; adds its gradient.
    fn shard(&self, shard: &Shard, chain: &Chain, weights: &[f32], gradient: &mut [f32]) -> f64 {
        let (labels, stride) = (self.labels, self.stride);
        let mut loss = 0.0;
        let mut emissions: Vec<f32> = Vec::new();
        let mut expected = vec![0.0; labels * labels];
        let mut sum = vec![0.0f32; stride];
        let mut start = 0;
        for &(end, weight) in &shard.examples {
            emissions.clear();
            for token in start..end {
                sum.fill(0.0);
                for &feature in shard.row(token) {
                    let row = &weights[(labels + feature as usize) * stride..][..stride];
                    for (s, w) in sum.iter_mut().zip(row) {
                        *s += w;
                    }
                }
                emissions.extend_from_slice(&sum[..labels]);
            }
            let allowed = &shard.allowed[start..end];
            let weight = f64::from(weight);
            let free = Marginals::new(chain, &emissions);
            let held = Marginals::allowing(chain, &emissions, |token| allowed[token]);
            loss += weight * (free.log_z() - held.log_z());
            free.add_transitions(weight, &mut expected);
            held.add_transitions(-weight, &mut expected);
            for token in 0..end - start {
                let mut largest = 0.0f64;
                for ((s, f), h) in sum.iter_mut().zip(free.token(token)).zip(held.token(token)) {
                    largest = largest.max((f - h).abs());
                    *s = (weight * (f - h)) as f32;
                }
                if largest < NEGLIGIBLE {
                    continue;
                }
                sum[labels..].fill(0.0);
                for &feature in shard.row(start + token) {
                    let row = &mut gradient[(labels + feature as usize) * stride..][..stride];
                    for (g, s) in row.iter_mut().zip(&sum) {
                        *g += s;
                    }
                }
            }
            start = end;
        }
        for (row, expected) in gradient
            .chunks_exact_mut(stride)
            .zip(expected.chunks_exact(labels))
        {
            for (g, e) in row.iter_mut().zip(expected) {
                *g += *e as f32;
            }
        }
        loss
    }
}

impl Function for Objective {
    fn dimensions(&self) -> usize {
        self.mask.len() * self.stride
    }

    fn evaluate(&mut self, weights: &[f32], gradient: &mut [f32]) -> f64 {
        let (labels, stride) = (self.labels, self.stride);
        let transitions = self.rows(&weights[..labels * stride]).0;
        let chain = Chain::with_constraints(labels, &transitions, self.may_follow)
            .expect("transitions are finite");
        let mut second = std::mem::take(&mut self.second_gradient);
        gradient.fill(0.0);
        second.fill(0.0);
        let this = &*self;
        let [first_shard, second_shard] = &this.shards;
        let loss = std::thread::scope(|scope| {
            let other = scope.spawn(|| this.shard(second_shard, &chain, weights, &mut second));
            let loss = this.shard(first_shard, &chain, weights, gradient);
            loss + other.join().expect("a thread of the trainer panicked")
        });
        let l2 = self.l2 as f32;
        let mut squares = 0.0;
        let rows = gradient
            .chunks_exact_mut(stride)
            .zip(second.chunks_exact(stride))
            .zip(weights.chunks_exact(stride));
        for (((row, second), weights), mask) in rows.zip(&self.mask) {
            let mut row_squares = 0.0;
            for label in 0..stride {
                let w = weights[label];
                row[label] = match mask >> label & 1 {
                    1 => row[label] + second[label] + 2.0 * l2 * w,
                    _ => 0.0,
                };
                row_squares += w * w;
            }
            squares += f64::from(row_squares);
        }
        self.second_gradient = second;
        loss + self.l2 * squares
    }
}

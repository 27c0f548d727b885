//! The regularised likelihood of the examples and its gradient.

use super::{Example, Options, owlqn::Function};
use std::collections::HashMap;
use std::ops::Range;
use tagger::{Chain, Label, Marginals, combine};

/// A token whose expected and observed labels differ by less than this adds nothing to the gradient. Most tokens of a
/// text are sure after a few iterations, which halves the time; the losses agree in 6 digits.
const NEGLIGIBLE: f64 = 1e-6;

/// AdaGrad's first step, and the examples between two looks at the transitions.
const RATE: f32 = 0.15;
const BATCH: usize = 8;

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

/// The function of the weights that exist, in one compact vector. To work it out they are spread to rows of `stride`
/// numbers, one row a previous label for the transitions, then one a feature: rows are added in whole vectors.
pub struct Objective {
    labels: usize,
    /// The number of labels rounded up.
    stride: usize,
    may_follow: fn(Option<Label>, Label) -> bool,
    shards: [Shard; 2],
    /// Bits of those weights of each row that exist.
    mask: Vec<u64>,
    l2: f64,
    spread: Vec<f32>,
    /// One a thread.
    gradients: [Vec<f32>; 2],
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
            spread: vec![0.0; mask.len() * stride],
            gradients: std::array::from_fn(|_| vec![0.0; mask.len() * stride]),
            mask,
            l2: options.l2,
        }
    }

    /// The transitions, and the rows of the features.
    pub fn rows(mut self, weights: &[f32]) -> (Vec<f32>, impl Iterator<Item = Vec<f32>>) {
        self.spread(weights);
        let rows = self.spread.chunks_exact(self.stride);
        let mut rows: Vec<Vec<f32>> = rows.map(|row| row[..self.labels].to_vec()).collect();
        let features = rows.split_off(self.labels);
        (rows.concat(), features.into_iter())
    }

    fn spread(&mut self, weights: &[f32]) {
        let mut weights = weights.iter();
        for (row, &mask) in self.spread.chunks_exact_mut(self.stride).zip(&self.mask) {
            for (label, weight) in bits(mask).zip(&mut weights) {
                row[label] = *weight;
            }
        }
    }

    /// The negative log-likelihood of a shard, and its gradient.
    fn shard(&self, shard: &Shard, chain: &Chain, gradient: &mut [f32]) -> f64 {
        let (labels, stride) = (self.labels, self.stride);
        gradient.fill(0.0);
        let mut loss = 0.0;
        let mut pass = Pass::new(labels);
        let mut start = 0;
        for &(end, weight) in &shard.examples {
            loss += self.example(shard, start..end, weight, chain, &self.spread, &mut pass);
            for (token, difference) in pass.differences(start, stride) {
                for &feature in shard.row(token) {
                    let row = &mut gradient[(labels + feature as usize) * stride..][..stride];
                    for (g, d) in row.iter_mut().zip(difference) {
                        *g += d;
                    }
                }
            }
            start = end;
        }
        let transitions = pass.transitions.chunks_exact(labels);
        for (row, expected) in gradient.chunks_exact_mut(stride).zip(transitions) {
            for (g, e) in row.iter_mut().zip(expected) {
                *g += *e as f32;
            }
        }
        loss
    }

    /// The negative log-likelihood of an example under the weights `spread`; leaves in `pass` what its gradient is
    /// made of.
    fn example(
        &self,
        shard: &Shard,
        tokens: Range<usize>,
        weight: f32,
        chain: &Chain,
        spread: &[f32],
        pass: &mut Pass,
    ) -> f64 {
        let (labels, stride) = (self.labels, self.stride);
        pass.emissions.clear();
        let mut sum = vec![0.0f32; stride];
        for token in tokens.clone() {
            sum.fill(0.0);
            for &feature in shard.row(token) {
                let row = &spread[(labels + feature as usize) * stride..][..stride];
                for (s, w) in sum.iter_mut().zip(row) {
                    *s += w;
                }
            }
            pass.emissions.extend_from_slice(&sum[..labels]);
        }
        let allowed = &shard.allowed[tokens];
        let weight = f64::from(weight);
        let free = Marginals::new(chain, &pass.emissions);
        let held = Held::new(chain, &pass.emissions, allowed, spread, stride);
        free.add_transitions(weight, &mut pass.transitions);
        held.add_transitions(-weight, &mut pass.transitions);
        pass.differences.clear();
        for token in 0..allowed.len() {
            let start = pass.differences.len();
            let mut largest = 0.0f64;
            for (label, p) in free.token(token).enumerate() {
                let difference = p - held.label(token, label);
                largest = largest.max(difference.abs());
                pass.differences.push((weight * difference) as f32);
            }
            pass.differences.resize(start + stride, 0.0);
            if largest < NEGLIGIBLE {
                pass.differences[start..].fill(0.0);
            }
        }
        weight * (free.log_z() - held.log_z())
    }

    /// Weights near the minimum, from a few passes over the examples with AdaGrad (Duchi et al. 2011), in an order
    /// without pattern, always the same. They save two thirds of the iterations that follow.
    pub fn warm_up(&self, passes: usize) -> Vec<f32> {
        let (labels, stride) = (self.labels, self.stride);
        let mut order: Vec<(usize, Range<usize>, f32)> = Vec::new();
        for (number, shard) in self.shards.iter().enumerate() {
            let mut start = 0;
            for &(end, weight) in &shard.examples {
                order.push((number, start..end, weight));
                start = end;
            }
        }
        let mut spread = vec![0.0f32; self.spread.len()];
        let mut squares = vec![1.0f32; self.spread.len()];
        let mut pass = Pass::new(labels);
        let step = |row: usize, gradient: &[f32], spread: &mut [f32], squares: &mut [f32]| {
            let range = row * stride..(row + 1) * stride;
            let (weights, squares) = (&mut spread[range.clone()], &mut squares[range]);
            for (label, &g) in gradient.iter().enumerate() {
                let g = match self.mask[row] >> label & 1 {
                    1 => g,
                    _ => 0.0,
                };
                squares[label] += g * g;
                weights[label] -= RATE * g / squares[label].sqrt();
            }
        };
        for number in 0..passes as u64 {
            order.sort_by_cached_key(|(shard, tokens, _)| {
                let example = combine(*shard as u64, tokens.start as u64);
                combine(combine(number, example), example)
            });
            let mut loss = 0.0;
            for batch in order.chunks(BATCH) {
                let chain = self.chain(&spread);
                pass.transitions.fill(0.0);
                for (shard, tokens, weight) in batch {
                    let shard = &self.shards[*shard];
                    loss +=
                        self.example(shard, tokens.clone(), *weight, &chain, &spread, &mut pass);
                    for (token, difference) in pass.differences(tokens.start, stride) {
                        for &feature in shard.row(token) {
                            let row = labels + feature as usize;
                            step(row, difference, &mut spread, &mut squares);
                        }
                    }
                }
                for (previous, expected) in pass.transitions.chunks_exact(labels).enumerate() {
                    let gradient: Vec<f32> = expected.iter().map(|&e| e as f32).collect();
                    step(previous, &gradient, &mut spread, &mut squares);
                }
            }
            eprintln!("pass {}: {loss:.2} on the way", number + 1);
        }
        let rows = spread.chunks_exact(stride).zip(&self.mask);
        rows.flat_map(|(row, &mask)| bits(mask).map(|label| row[label]))
            .collect()
    }

    /// The chain with the transitions that `spread` begins with.
    fn chain(&self, spread: &[f32]) -> Chain {
        let rows = spread.chunks_exact(self.stride).take(self.labels);
        let transitions: Vec<f32> = rows.flat_map(|row| &row[..self.labels]).copied().collect();
        Chain::with_constraints(self.labels, &transitions, self.may_follow)
            .expect("transitions are finite")
    }
}

/// What is worked out for one example after another.
struct Pass {
    emissions: Vec<f32>,
    /// For each token and label of the last example its probability less the share that the annotation gives it; all 0
    /// where that is negligible.
    differences: Vec<f32>,
    /// The same of transitions, summed over examples.
    transitions: Vec<f64>,
}

impl Pass {
    fn new(labels: usize) -> Self {
        Self {
            emissions: Vec::new(),
            differences: Vec::new(),
            transitions: vec![0.0; labels * labels],
        }
    }

    /// The differences that are not negligible, each with its token, the first of which is `start`.
    fn differences(&self, start: usize, stride: usize) -> impl Iterator<Item = (usize, &[f32])> {
        let rows = (start..).zip(self.differences.chunks_exact(stride));
        rows.filter(|(_, row)| row.iter().any(|d| *d != 0.0))
    }
}

/// The sequences that the annotation allows.
enum Held<'a> {
    /// One only, as in a fully annotated example: no sums are needed.
    One {
        labels: usize,
        allowed: &'a [u64],
        score: f64,
    },
    Many(Marginals<'a>),
}

impl<'a> Held<'a> {
    /// `weights` begin with the transitions.
    fn new(
        chain: &'a Chain,
        emissions: &[f32],
        allowed: &'a [u64],
        weights: &[f32],
        stride: usize,
    ) -> Self {
        if allowed.iter().any(|set| !set.is_power_of_two()) {
            return Self::Many(Marginals::allowing(chain, emissions, |t| allowed[t]));
        }
        let labels = chain.labels();
        let emitted = emissions.chunks_exact(labels).zip(allowed);
        let taken = allowed.windows(2);
        let score: f64 = emitted.map(|(row, set)| f64::from(row[place(*set)])).sum();
        let transitions: f64 = taken
            .map(|pair| f64::from(weights[place(pair[0]) * stride + place(pair[1])]))
            .sum();
        Self::One {
            labels,
            allowed,
            score: score + transitions,
        }
    }

    fn log_z(&self) -> f64 {
        match self {
            Self::One { score, .. } => *score,
            Self::Many(marginals) => marginals.log_z(),
        }
    }

    fn add_transitions(&self, weight: f64, expected: &mut [f64]) {
        match self {
            Self::One {
                labels, allowed, ..
            } => {
                for pair in allowed.windows(2) {
                    expected[place(pair[0]) * labels + place(pair[1])] += weight;
                }
            }
            Self::Many(marginals) => marginals.add_transitions(weight, expected),
        }
    }

    /// The probability of a label.
    fn label(&self, token: usize, label: usize) -> f64 {
        match self {
            Self::One { allowed, .. } => (allowed[token] >> label & 1) as f64,
            Self::Many(marginals) => marginals.label(token, label),
        }
    }
}

/// Of the only label in a set.
fn place(set: u64) -> usize {
    set.trailing_zeros() as usize
}

impl Function for Objective {
    fn dimensions(&self) -> usize {
        self.mask.iter().map(|m| m.count_ones() as usize).sum()
    }

    fn evaluate(&mut self, weights: &[f32], gradient: &mut [f32]) -> f64 {
        let stride = self.stride;
        self.spread(weights);
        let chain = self.chain(&self.spread);
        let mut gradients = std::mem::take(&mut self.gradients);
        let [first, second] = &mut gradients;
        let this = &*self;
        let loss = std::thread::scope(|scope| {
            let other = scope.spawn(|| this.shard(&this.shards[1], &chain, second));
            let loss = this.shard(&this.shards[0], &chain, first);
            loss + other.join().expect("a thread of the trainer panicked")
        });
        let mut squares = 0.0;
        let mut weights = weights.iter().zip(gradient);
        let rows = first.chunks_exact(stride).zip(second.chunks_exact(stride));
        for ((first, second), &mask) in rows.zip(&self.mask) {
            for (label, (&weight, gradient)) in bits(mask).zip(&mut weights) {
                *gradient = first[label] + second[label] + 2.0 * self.l2 as f32 * weight;
                squares += f64::from(weight) * f64::from(weight);
            }
        }
        self.gradients = gradients;
        loss + self.l2 * squares
    }
}

/// The places of the bits that are set, ascending.
fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros() as usize;
        mask &= mask.wrapping_sub(1);
        (place < 64).then_some(place)
    })
}

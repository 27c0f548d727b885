//! The regularised likelihood of the examples and its gradient.

use super::{
    MOST_LABELS, Options,
    owlqn::Function,
    shard::{Part, Shard},
    target::{Target, bits},
};
use model::combine;
use tagger::{Chain, Label, Marginals};

/// A token whose expected and observed labels differ by less than this adds nothing to the gradient. Most tokens of a text
/// come to that after a few iterations, which halves the time; the losses agree in 6 digits.
const NEGLIGIBLE: f64 = 1e-6;

/// AdaGrad's first step.
const RATE: f32 = 0.15;
/// AdaGrad changes the weights of the transitions after this many examples, those of the features after each.
const BATCH: usize = 8;
/// Rows of weights are filled up to a multiple of this, so that they are added in whole vectors.
const LANES: usize = 4;

/// The function of the weights that exist, in one compact vector. To work it out they are spread to rows of `stride`
/// numbers, one row a previous label for the transitions, then one a feature: rows are added in whole vectors.
pub(crate) struct Objective {
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
    pub(crate) fn new(
        labels: usize,
        may_follow: fn(Option<Label>, Label) -> bool,
        features: usize,
        shards: [Shard; 2],
        options: &Options,
    ) -> Self {
        let stride = labels.next_multiple_of(LANES);
        let all = u64::MAX >> (MOST_LABELS - labels);
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
            for part in &shard.examples {
                for token in part.tokens.clone() {
                    // Where the annotation leaves it open whether there is a name at all, only "outside" was seen; else
                    // every feature would get weights for every label.
                    let seen = match shard.allowed[token] {
                        allowed if allowed & 1 == 1 && part.soft.is_none() => 1,
                        allowed => allowed & all,
                    };
                    for &feature in shard.row(token) {
                        mask[labels + feature as usize] |= seen;
                    }
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
    pub(crate) fn rows(mut self, weights: &[f32]) -> (Vec<f32>, impl Iterator<Item = Vec<f32>>) {
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
        for part in &shard.examples {
            loss += self.example(shard, part, chain, &self.spread, &mut pass);
            for (token, difference) in pass.differences(part.tokens.start, stride) {
                for &feature in shard.row(token) {
                    let row = &mut gradient[(labels + feature as usize) * stride..][..stride];
                    for (g, d) in row.iter_mut().zip(difference) {
                        *g += d;
                    }
                }
            }
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
        part: &Part,
        chain: &Chain,
        spread: &[f32],
        pass: &mut Pass,
    ) -> f64 {
        let (labels, stride) = (self.labels, self.stride);
        pass.emissions.clear();
        let mut sum = vec![0.0f32; stride];
        for token in part.tokens.clone() {
            sum.fill(0.0);
            for &feature in shard.row(token) {
                let row = &spread[(labels + feature as usize) * stride..][..stride];
                for (s, w) in sum.iter_mut().zip(row) {
                    *s += w;
                }
            }
            pass.emissions.extend_from_slice(&sum[..labels]);
        }
        let allowed = &shard.allowed[part.tokens.clone()];
        let weight = f64::from(part.weight);
        let free = Marginals::new(chain, &pass.emissions);
        let transition = |previous: usize, next: usize| f64::from(spread[previous * stride + next]);
        let target = match &part.soft {
            None => Target::new(chain, &pass.emissions, allowed, transition),
            Some((probabilities, transitions)) => Target::soft(
                labels,
                &pass.emissions,
                allowed,
                &shard.probabilities[probabilities.clone()],
                &shard.transitions[transitions.clone()],
                transition,
            ),
        };
        free.add_transitions(weight, &mut pass.transitions);
        target.add_transitions(-weight, &mut pass.transitions);
        pass.differences.clear();
        for token in 0..allowed.len() {
            let start = pass.differences.len();
            let mut largest = 0.0f64;
            for (label, p) in free.token(token).enumerate() {
                let difference = p - target.label(token, label);
                largest = largest.max(difference.abs());
                pass.differences.push((weight * difference) as f32);
            }
            pass.differences.resize(start + stride, 0.0);
            if largest < NEGLIGIBLE {
                pass.differences[start..].fill(0.0);
            }
        }
        weight * (free.log_z() - target.log_z())
    }

    /// Weights near the minimum, from a few passes over the examples with AdaGrad (Duchi et al. 2011), in an order
    /// without pattern, always the same. They save two thirds of the iterations that follow.
    pub(crate) fn warm_up(&self, passes: usize) -> Vec<f32> {
        let (labels, stride) = (self.labels, self.stride);
        let mut order: Vec<(usize, &Part)> = Vec::new();
        for (number, shard) in self.shards.iter().enumerate() {
            order.extend(shard.examples.iter().map(|part| (number, part)));
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
            order.sort_by_cached_key(|(shard, part)| {
                let example = combine(*shard as u64, part.tokens.start as u64);
                combine(combine(number, example), example)
            });
            let mut loss = 0.0;
            for batch in order.chunks(BATCH) {
                let chain = self.chain(&spread);
                pass.transitions.fill(0.0);
                for (shard, part) in batch {
                    let shard = &self.shards[*shard];
                    loss += self.example(shard, part, &chain, &spread, &mut pass);
                    for (token, difference) in pass.differences(part.tokens.start, stride) {
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
            .expect("the trainer's weights are finite")
    }
}

/// What is computed for one example after another.
struct Pass {
    emissions: Vec<f32>,
    /// For each token and label of the last example, its probability minus the one that the annotation gives it; all 0 where
    /// that is negligible.
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
            loss + other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crf::{Example, SoftLabels};
    use tagger::{Labels, Rows};

    /// Three tokens that have a feature of their own and one in common.
    fn objective(allowed: Vec<u64>, soft: Option<SoftLabels>) -> Objective {
        let mut rows = Rows::default();
        for token in 0..3 {
            rows.push(token);
            rows.push(3);
            rows.end_row();
        }
        let example = Example {
            rows,
            allowed,
            soft,
            weight: 0.7,
        };
        let mut shard = Shard::default();
        shard.push(&example, &(0..4).map(|f| (f, f)).collect());
        let options = Options {
            l1: 0.0,
            l2: 0.1,
            passes: 0,
            iterations: 0,
            skipped: 0,
            min_count: 1,
            unseen_pairs: true,
        };
        Objective::new(
            3,
            Labels::may_follow,
            4,
            [shard, Shard::default()],
            &options,
        )
    }

    /// Value and gradient at weights without a pattern.
    fn evaluate(objective: &mut Objective) -> (f64, Vec<f32>) {
        let mut gradient = vec![0.0; objective.dimensions()];
        let value = objective.evaluate(&weights(gradient.len()), &mut gradient);
        (value, gradient)
    }

    fn weights(n: usize) -> Vec<f32> {
        let number = |i| (combine(5, i) % 2001) as f32 / 1000.0 - 1.0;
        (0..n as u64).map(number).collect()
    }

    /// The first token is outside or begins a span; the second is outside or goes on with it; the third is outside.
    fn unsure() -> Objective {
        let soft = SoftLabels {
            labels: vec![0.25, 0.75, 0.625, 0.375, 1.0],
            transitions: vec![
                (0, 0, 0.25 + 0.625),
                (1, 0, 0.375),
                (1, 2, 0.375),
                (2, 0, 0.375),
            ],
        };
        objective(vec![0b011, 0b101, 0b001], Some(soft))
    }

    #[test]
    fn the_gradient_of_soft_labels_is_how_the_value_changes() {
        let mut objective = unsure();
        let (_, gradient) = evaluate(&mut objective);
        let mut ignored = gradient.clone();
        let step = 1e-2;
        for (i, slope) in gradient.into_iter().enumerate() {
            let mut moved = |by: f32| {
                let mut weights = weights(ignored.len());
                weights[i] += by;
                objective.evaluate(&weights, &mut ignored)
            };
            let change = (moved(step) - moved(-step)) / f64::from(2.0 * step);
            assert!((change - f64::from(slope)).abs() < 1e-3, "{change} {slope}");
        }
    }

    #[test]
    fn soft_labels_that_are_sure_are_hard_ones() {
        let soft = SoftLabels {
            labels: vec![1.0; 3],
            transitions: vec![(1, 2, 1.0), (2, 0, 1.0)],
        };
        let allowed = vec![0b010, 0b100, 0b001];
        let (soft_value, soft_gradient) = evaluate(&mut objective(allowed.clone(), Some(soft)));
        let (hard, hard_gradient) = evaluate(&mut objective(allowed, None));
        assert!((soft_value - hard).abs() < 1e-6);
        for (soft, hard) in soft_gradient.iter().zip(hard_gradient) {
            assert!((soft - hard).abs() < 1e-6);
        }
        assert_ne!(evaluate(&mut unsure()).0, hard);
    }
}

//! The linear chain: scores of transitions between neighbouring labels, and the best sequence.

use crate::labels::MOST_LABELS;
use crate::{Error, Label, Labels, OUTSIDE};

/// Scores of the transitions between the labels of neighbouring tokens; some transitions are impossible.
///
/// Emissions, everywhere in this crate, are one row a token, one `f32` a label.
#[derive(Debug, Clone)]
pub struct Chain {
    labels: usize,
    /// By label of the first token: 0 or minus infinity.
    pub(crate) start: Vec<f32>,
    /// `[previous * stride + next]`; minus infinity where impossible.
    scores: Vec<f32>,
    pub(crate) exact: Factors<f64>,
    pub(crate) quick: Factors<f32>,
}

/// `exp` of the transitions, 0 where impossible, in rows of the chain's stride.
#[derive(Debug, Clone)]
pub(crate) struct Factors<N> {
    /// `[previous * stride + next]`
    pub forward: Vec<N>,
    /// `[next * stride + previous]`: sums run over either side with the other side contiguous.
    pub backward: Vec<N>,
}

/// Rows of numbers, one a label, are filled up to a multiple of this, so that whole vectors of them are worked out at a
/// time.
pub(crate) const LANES: usize = 8;

impl Chain {
    /// The chain over BIO labels; `transitions[previous * labels.len() + next]`. What the scheme forbids
    /// (an inside label after another kind, or first) is impossible whatever its score.
    pub fn new(labels: &Labels, transitions: &[f32]) -> Result<Self, Error> {
        Self::with_constraints(labels.len(), transitions, Labels::may_follow)
    }

    /// A chain over any `labels` labels (at most 64); `may_follow` says what is possible.
    pub fn with_constraints(
        labels: usize,
        transitions: &[f32],
        may_follow: impl Fn(Option<Label>, Label) -> bool,
    ) -> Result<Self, Error> {
        if labels == 0 || labels > MOST_LABELS || transitions.len() != labels * labels {
            return Err(Error::Transitions("their number"));
        }
        if transitions.iter().any(|t| !t.is_finite()) {
            return Err(Error::Transitions("one without a finite score"));
        }
        let all = 0..labels as Label;
        let start = all
            .clone()
            .map(|l| {
                if may_follow(None, l) {
                    0.0
                } else {
                    f32::NEG_INFINITY
                }
            })
            .collect();
        let stride = labels.next_multiple_of(LANES);
        let mut scores = vec![f32::NEG_INFINITY; labels * stride];
        let mut forward = vec![0.0; labels * stride];
        let mut backward = vec![0.0; labels * stride];
        for previous in all.clone() {
            for next in all.clone() {
                let (p, n) = (usize::from(previous), usize::from(next));
                if may_follow(Some(previous), next) {
                    let score = transitions[p * labels + n];
                    scores[p * stride + n] = score;
                    forward[p * stride + n] = libm::exp(score.into());
                    backward[n * stride + p] = forward[p * stride + n];
                }
            }
        }
        let quick = |factors: &[f64]| factors.iter().map(|&factor| factor as f32).collect();
        Ok(Self {
            labels,
            start,
            scores,
            quick: Factors {
                forward: quick(&forward),
                backward: quick(&backward),
            },
            exact: Factors { forward, backward },
        })
    }

    /// The chain of two models that label together, by the sums of their scores: a product of experts (Hinton 2002). What
    /// is impossible to the first stays so. An error where their labels are not as many.
    pub fn sum(&self, other: &Self) -> Result<Self, Error> {
        if self.labels != other.labels {
            return Err(Error::Transitions("their number"));
        }
        let at = |previous: usize, next: usize| previous * self.stride() + next;
        let possible = |place: usize| self.scores[place].is_finite();
        let score = |place: usize| match possible(place) && other.scores[place].is_finite() {
            true => self.scores[place] + other.scores[place],
            false => 0.0,
        };
        let transitions: Vec<f32> = (0..self.labels)
            .flat_map(|previous| (0..self.labels).map(move |next| (previous, next)))
            .map(|(previous, next)| score(at(previous, next)))
            .collect();
        Self::with_constraints(self.labels, &transitions, |previous, next| match previous {
            Some(previous) => possible(at(previous.into(), next.into())),
            None => self.start[usize::from(next)].is_finite(),
        })
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// How long a row is in tables of this crate's own.
    pub(crate) fn stride(&self) -> usize {
        self.labels.next_multiple_of(LANES)
    }

    fn transition(&self, previous: usize, next: usize) -> f32 {
        self.scores[previous * self.stride() + next]
    }

    /// The best sequence of labels: the one with the highest sum of emissions and transitions; among equals the one
    /// with the lower labels at its end. Linear in the number of tokens.
    ///
    /// A last row that is not complete is left out.
    pub fn viterbi(&self, emissions: &[f32]) -> Vec<Label> {
        let (labels, stride) = (self.labels, self.stride());
        let tokens = emissions.len() / labels;
        // The score of the best sequence that ends with each label, token by token. Which label came before is worked
        // out again on the way back, for one label a token.
        let mut best = vec![f32::NEG_INFINITY; tokens * stride];
        for (token, row) in emissions.chunks_exact(labels).enumerate() {
            let (before, now) = best.split_at_mut(token * stride);
            let now = &mut now[..stride];
            match token.checked_sub(1) {
                None => now[..labels].copy_from_slice(&self.start),
                Some(previous) => {
                    let scores = self.scores.chunks_exact(stride);
                    for (&score, scores) in before[previous * stride..].iter().zip(scores) {
                        raise(now, score, scores);
                    }
                }
            }
            for (score, emission) in now.iter_mut().zip(row) {
                *score += emission;
            }
        }
        let mut sequence = vec![OUTSIDE; tokens];
        let mut next = None;
        for (token, best) in best.chunks_exact(stride).enumerate().rev() {
            let mut label = 0;
            let mut top = f32::NEG_INFINITY;
            for (candidate, &score) in best[..labels].iter().enumerate() {
                let score = score + next.map_or(0.0, |next| self.transition(candidate, next));
                if score > top {
                    (label, top) = (candidate, score);
                }
            }
            sequence[token] = label as Label;
            next = Some(label);
        }
        sequence
    }
}

/// Each of `scores` plus `score` where that is more than what is there.
#[inline]
fn raise(best: &mut [f32], score: f32, scores: &[f32]) {
    let best = best.as_chunks_mut::<LANES>().0.iter_mut();
    for (best, scores) in best.zip(scores.as_chunks::<LANES>().0) {
        let mut raised = *best; // a copy, which lets the compiler use vectors
        for (best, transition) in raised.iter_mut().zip(scores) {
            let sum = score + transition;
            *best = if sum > *best { sum } else { *best };
        }
        *best = raised;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Numbers between -2 and 2 without a pattern, the same on every run.
    pub(crate) fn scores(n: usize, seed: u64) -> Vec<f32> {
        (0..n as u64)
            .map(|i| (model::combine(seed, i) % 4001) as f32 / 1000.0 - 2.0)
            .collect()
    }

    /// Every possible sequence with its score.
    pub(crate) fn sequences(chain: &Chain, emissions: &[f32]) -> Vec<(Vec<Label>, f64)> {
        let mut all = vec![(Vec::<Label>::new(), 0.0)];
        for row in emissions.chunks_exact(chain.labels()) {
            let mut longer = Vec::new();
            for (sequence, score) in all {
                for (next, &emission) in row.iter().enumerate() {
                    let step = match sequence.last() {
                        None => chain.start[next],
                        Some(&p) => chain.transition(usize::from(p), next),
                    };
                    if step.is_finite() {
                        let mut s: Vec<Label> = sequence.clone();
                        s.push(next as Label);
                        longer.push((s, score + f64::from(step) + f64::from(emission)));
                    }
                }
            }
            all = longer;
        }
        all
    }

    #[test]
    fn viterbi_finds_the_best_of_all_possible_sequences() {
        let labels = Labels::new(["a", "b"]).unwrap();
        for seed in 0..40 {
            let chain = Chain::new(&labels, &scores(25, seed)).unwrap();
            let emissions = scores(5 * (1 + seed as usize % 6), seed + 1000);
            let (best, _) = sequences(&chain, &emissions)
                .into_iter()
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .unwrap();
            assert_eq!(chain.viterbi(&emissions), best, "seed {seed}");
        }
    }

    #[test]
    fn odd_input_is_survived() {
        let labels = Labels::new(["a"]).unwrap();
        let chain = Chain::new(&labels, &[0.0; 9]).unwrap();
        assert!(chain.viterbi(&[]).is_empty());
        assert_eq!(chain.viterbi(&[0.0, 1.0]).len(), 0);
        assert_eq!(chain.viterbi(&[f32::NAN; 6]).len(), 2);
        assert_eq!(chain.viterbi(&[f32::NEG_INFINITY; 6]), [0, 0]);
        assert!(Chain::new(&labels, &[0.0; 8]).is_err());
        assert!(Chain::new(&labels, &[f32::NAN; 9]).is_err());
    }
}

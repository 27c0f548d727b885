//! What is known of the labels of an example, and the score of that under the model.

use tagger::{Chain, Label, Marginals};

/// The labels of a sequence, as far as they are known.
pub(crate) enum Target<'a> {
    /// One only, as in a fully annotated example: no sums are needed.
    One {
        labels: usize,
        allowed: &'a [u64],
        score: f64,
    },
    /// Any that an annotation allows.
    Many(Marginals<'a>),
    /// Another model's probabilities, `[token * labels + label]`, and the score that they expect.
    Soft {
        labels: usize,
        tokens: Vec<f32>,
        transitions: &'a [(Label, Label, f32)],
        score: f64,
    },
}

impl<'a> Target<'a> {
    /// The sequences that an annotation allows; `transition` gives the weight of one.
    pub(crate) fn new(
        chain: &'a Chain,
        emissions: &[f32],
        allowed: &'a [u64],
        transition: impl Fn(usize, usize) -> f64,
    ) -> Self {
        if allowed.iter().any(|set| !set.is_power_of_two()) {
            return Self::Many(Marginals::allowing(chain, emissions, |t| allowed[t]));
        }
        let labels = chain.labels();
        let emitted = emissions.chunks_exact(labels).zip(allowed);
        let taken = allowed.windows(2);
        let score: f64 = emitted.map(|(row, set)| f64::from(row[only(*set)])).sum();
        let transitions: f64 = taken
            .map(|pair| transition(only(pair[0]), only(pair[1])))
            .sum();
        Self::One {
            labels,
            allowed,
            score: score + transitions,
        }
    }

    /// Another model's probabilities.
    pub(crate) fn soft(
        labels: usize,
        emissions: &[f32],
        allowed: &[u64],
        probabilities: &[f32],
        transitions: &'a [(Label, Label, f32)],
        transition: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let mut tokens = vec![0.0; emissions.len()];
        let mut probabilities = probabilities.iter();
        for (row, &set) in tokens.chunks_exact_mut(labels).zip(allowed) {
            for (label, share) in bits(set).zip(&mut probabilities) {
                row[label] = *share;
            }
        }
        let emitted = tokens.iter().zip(emissions);
        let emitted: f64 = emitted.map(|(p, e)| f64::from(*p) * f64::from(*e)).sum();
        let taken = transitions.iter().map(|&(previous, next, times)| {
            f64::from(times) * transition(previous.into(), next.into())
        });
        Self::Soft {
            labels,
            score: emitted + taken.sum::<f64>(),
            tokens,
            transitions,
        }
    }

    pub(crate) fn log_z(&self) -> f64 {
        match self {
            Self::One { score, .. } | Self::Soft { score, .. } => *score,
            Self::Many(marginals) => marginals.log_z(),
        }
    }

    pub(crate) fn add_transitions(&self, weight: f64, expected: &mut [f64]) {
        match self {
            Self::One {
                labels, allowed, ..
            } => {
                for pair in allowed.windows(2) {
                    expected[only(pair[0]) * labels + only(pair[1])] += weight;
                }
            }
            Self::Many(marginals) => marginals.add_transitions(weight, expected),
            Self::Soft {
                labels,
                transitions,
                ..
            } => {
                for &(previous, next, times) in *transitions {
                    expected[usize::from(previous) * labels + usize::from(next)] +=
                        weight * f64::from(times);
                }
            }
        }
    }

    /// The probability of a label.
    pub(crate) fn label(&self, token: usize, label: usize) -> f64 {
        match self {
            Self::One { allowed, .. } => (allowed[token] >> label & 1) as f64,
            Self::Many(marginals) => marginals.label(token, label),
            Self::Soft { labels, tokens, .. } => f64::from(tokens[token * labels + label]),
        }
    }
}

/// The only label in a set.
fn only(set: u64) -> usize {
    set.trailing_zeros() as usize
}

/// The places of the bits that are set, ascending.
pub(crate) fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = mask.trailing_zeros() as usize;
        mask &= mask.wrapping_sub(1);
        (place < 64).then_some(place)
    })
}

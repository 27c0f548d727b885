//! Probabilities of labels, transitions and spans: the forward-backward algorithm (Rabiner 1989), scaled at each token
//! so that it can work with probabilities instead of logarithms.

use crate::chain::{Factors, LANES};
use crate::{Chain, LabelSpan, Labels};
use std::ops::{Add, Div, Mul};

/// Probabilities of labels, transitions and spans in a sequence, given a chain and the sequence's emissions.
///
/// Training needs `f64`: the sequences that an annotation allows may have a probability far below `f32`'s range. For the
/// score of a span `f32` is as good, and three times as fast.
#[derive(Debug, Clone)]
pub struct Marginals<'c, N = f64> {
    chain: &'c Chain,
    factors: &'c Factors<N>,
    labels: usize,
    /// How long a row is in what follows.
    stride: usize,
    /// `exp(emission - the token's highest)`, 0 where a label is not allowed.
    emissions: Vec<N>,
    /// Probability of a token's label and everything before it, scaled to sum 1 at each token.
    alpha: Vec<N>,
    /// What comes after a token given its label, on the scale that makes `alpha * beta` a probability.
    beta: Vec<N>,
    /// The sum that `alpha` was divided by at each token.
    scale: Vec<N>,
    log_z: f64,
}

/// The numbers that probabilities are computed in.
pub trait Number:
    Copy
    + Default
    + PartialOrd
    + Add<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Into<f64>
{
    /// 1.
    const ONE: Self;
    /// The same on every machine.
    fn exp(x: f32) -> Self;
}

impl Number for f32 {
    const ONE: Self = 1.0;
    fn exp(x: f32) -> Self {
        libm::expf(x)
    }
}

impl Number for f64 {
    const ONE: Self = 1.0;
    fn exp(x: f32) -> Self {
        libm::exp(x.into())
    }
}

impl<'c> Marginals<'c> {
    /// Works out the probabilities, in time linear in the number of tokens.
    pub fn new(chain: &'c Chain, emissions: &[f32]) -> Self {
        Self::allowing(chain, emissions, |_| u64::MAX)
    }

    /// The same over those sequences only whose label at each token is in `allowed(token)`, bit `1 << label`.
    pub fn allowing(chain: &'c Chain, emissions: &[f32], allowed: impl Fn(usize) -> u64) -> Self {
        Self::with_factors(chain, &chain.exact, emissions, allowed)
    }
}

impl<'c> Marginals<'c, f32> {
    /// [`Marginals::allowing`], faster and good to six digits.
    pub fn quick(chain: &'c Chain, emissions: &[f32], allowed: impl Fn(usize) -> u64) -> Self {
        Self::with_factors(chain, &chain.quick, emissions, allowed)
    }
}

impl<'c, N: Number> Marginals<'c, N> {
    fn with_factors(
        chain: &'c Chain,
        factors: &'c Factors<N>,
        emissions: &[f32],
        allowed: impl Fn(usize) -> u64,
    ) -> Self {
        let (labels, stride) = (chain.labels(), chain.stride());
        let tokens = emissions.len() / labels;
        let mut this = Self {
            chain,
            factors,
            labels,
            stride,
            emissions: vec![N::default(); tokens * stride],
            alpha: vec![N::default(); tokens * stride],
            beta: vec![N::ONE; tokens * stride],
            scale: vec![N::ONE; tokens],
            log_z: 0.0,
        };
        for (token, row) in emissions.chunks_exact(labels).enumerate() {
            let allowed = allowed(token);
            let is_allowed = |label: usize| allowed >> label & 1 == 1;
            let top = (0..labels)
                .filter(|&l| is_allowed(l))
                .map(|l| row[l])
                .fold(f32::NEG_INFINITY, f32::max);
            let scaled = &mut this.emissions[token * stride..][..labels];
            for label in (0..labels).filter(|&l| is_allowed(l)) {
                scaled[label] = N::exp(row[label] - top);
            }
            this.log_z += f64::from(top);
            this.step_forward(token);
        }
        for token in (1..tokens).rev() {
            this.step_backward(token);
        }
        this
    }

    fn step_forward(&mut self, token: usize) {
        let (labels, stride) = (self.labels, self.stride);
        let (before, now) = self.alpha.split_at_mut(token * stride);
        let now = &mut now[..stride];
        if token == 0 {
            for (a, &start) in now.iter_mut().zip(&self.chain.start) {
                *a = if start == 0.0 { N::ONE } else { N::default() };
            }
        } else {
            let before = &before[(token - 1) * stride..][..labels];
            for (&a, transitions) in before.iter().zip(self.factors.forward.chunks_exact(stride)) {
                if a > N::default() {
                    add_product(now, a, transitions);
                }
            }
        }
        let mut sum = N::default();
        for (a, &e) in now.iter_mut().zip(&self.emissions[token * stride..]) {
            *a = *a * e;
            sum = sum + *a;
        }
        for a in now {
            *a = *a / sum;
        }
        self.scale[token] = sum;
        self.log_z += libm::log(sum.into());
    }

    /// From `token` to the one before it.
    fn step_backward(&mut self, token: usize) {
        let (labels, stride) = (self.labels, self.stride);
        let (before, now) = self.beta.split_at_mut(token * stride);
        let before = &mut before[(token - 1) * stride..];
        before.fill(N::default());
        for (label, &after) in now[..labels].iter().enumerate() {
            let b = after * self.emissions[token * stride + label] / self.scale[token];
            if b > N::default() {
                let transitions = &self.factors.backward[label * stride..][..stride];
                add_product(before, b, transitions);
            }
        }
    }

    /// The logarithm of the sum over all (allowed) sequences of the `exp` of their scores; not a number or infinite
    /// where no sequence is possible.
    pub fn log_z(&self) -> f64 {
        self.log_z
    }

    /// The probability of each label at `token`.
    pub fn token(&self, token: usize) -> impl ExactSizeIterator<Item = f64> + '_ {
        (0..self.labels).map(move |label| self.label(token, label))
    }

    /// The probability of one label at `token`.
    pub fn label(&self, token: usize, label: usize) -> f64 {
        let at = token * self.stride + label;
        self.alpha[at].into() * self.beta[at].into()
    }

    /// Adds `weight` times the expected number of times that each transition is taken, `[previous * labels + next]`.
    pub fn add_transitions(&self, weight: f64, expected: &mut [f64]) {
        let (labels, stride) = (self.labels, self.stride);
        let mut after = vec![0.0; labels];
        for token in 1..self.scale.len() {
            let row = token * stride..token * stride + labels;
            let factor = weight / self.scale[token].into();
            for ((x, &e), &b) in after
                .iter_mut()
                .zip(&self.emissions[row.clone()])
                .zip(&self.beta[row])
            {
                *x = e.into() * b.into() * factor;
            }
            let before = &self.alpha[(token - 1) * stride..][..labels];
            let rows = expected
                .chunks_exact_mut(labels)
                .zip(self.factors.forward.chunks_exact(stride));
            for (&a, (expected, transitions)) in before.iter().zip(rows) {
                let a: f64 = a.into();
                if a > 0.0 {
                    for ((x, &t), n) in expected.iter_mut().zip(transitions).zip(&after) {
                        *x += a * t.into() * n;
                    }
                }
            }
        }
    }

    /// The probability that exactly these tokens are a span of this kind: that it begins and ends there.
    pub fn span(&self, labels: &Labels, span: &LabelSpan) -> f64 {
        if span.tokens.is_empty() {
            return 0.0;
        }
        let (first, last) = (span.tokens.start, span.tokens.end - 1);
        let begin = usize::from(Labels::begin(span.kind));
        let inside = usize::from(Labels::inside(span.kind));
        if span.kind >= labels.kinds().len() || last >= self.scale.len() {
            return 0.0;
        }
        let at = |token: usize, label: usize| token * self.stride + label;
        let mut p: f64 = self.alpha[at(first, begin)].into();
        let mut label = begin;
        for token in first + 1..=last {
            p *= self.factors.forward[at(label, inside)].into()
                * self.emissions[at(token, inside)].into()
                / self.scale[token].into();
            label = inside;
        }
        let goes_on = match self.scale.get(last + 1) {
            None => 0.0,
            Some(&scale) => {
                let next = at(last + 1, inside);
                self.factors.forward[at(label, inside)].into()
                    * self.emissions[next].into()
                    * self.beta[next].into()
                    / scale.into()
            }
        };
        (p * (self.beta[at(last, label)].into() - goes_on)).clamp(0.0, 1.0)
    }
}

/// `to += factor * row`.
#[inline]
fn add_product<N: Number>(to: &mut [N], factor: N, row: &[N]) {
    let row = row.as_chunks::<LANES>().0;
    for (to, row) in to.as_chunks_mut::<LANES>().0.iter_mut().zip(row) {
        let mut sums = *to; // a copy, which lets the compiler use vectors
        for (sum, &x) in sums.iter_mut().zip(row) {
            *sum = *sum + factor * x;
        }
        *to = sums;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::tests::{scores, sequences};
    use document::TokenRange;

    /// Sums over every sequence, as the definitions say.
    #[test]
    fn agrees_with_counting_every_sequence() {
        let labels = Labels::new(["a", "b"]).unwrap();
        for seed in 0..30 {
            let chain = Chain::new(&labels, &scores(25, seed)).unwrap();
            let tokens = 1 + seed as usize % 5;
            let emissions = scores(5 * tokens, seed + 1000);
            // O only, or everything, or all but the first kind.
            let sets = [u64::MAX, 1, 0b11001];
            let allowed = |token: usize| sets[(token + seed as usize) % 3];
            for partial in [false, true] {
                let marginals = if partial {
                    Marginals::allowing(&chain, &emissions, allowed)
                } else {
                    Marginals::new(&chain, &emissions)
                };
                let all: Vec<_> = sequences(&chain, &emissions)
                    .into_iter()
                    .filter(|(s, _)| {
                        !partial || s.iter().enumerate().all(|(t, &l)| allowed(t) >> l & 1 == 1)
                    })
                    .map(|(s, score)| (s, score.exp()))
                    .collect();
                let z: f64 = all.iter().map(|(_, w)| w).sum();
                assert!((marginals.log_z() - z.ln()).abs() < 1e-5);
                let quick = Marginals::quick(&chain, &emissions, |token| match partial {
                    true => allowed(token),
                    false => u64::MAX,
                });
                let share = |of: &dyn Fn(&[u8]) -> f64| -> f64 {
                    all.iter().map(|(s, w)| w * of(s)).sum::<f64>() / z
                };
                for token in 0..tokens {
                    for (label, p) in marginals.token(token).enumerate() {
                        let counted = share(&|s| f64::from(usize::from(s[token]) == label));
                        assert!((p - counted).abs() < 1e-5);
                        assert!((quick.label(token, label) - counted).abs() < 1e-5);
                    }
                }
                let mut expected = vec![0.0; 25];
                marginals.add_transitions(2.0, &mut expected);
                for (i, e) in expected.iter().enumerate() {
                    let counted = share(&|s| {
                        s.windows(2)
                            .filter(|w| usize::from(w[0]) * 5 + usize::from(w[1]) == i)
                            .count() as f64
                    });
                    assert!((e - 2.0 * counted).abs() < 1e-5);
                }
                for first in 0..tokens {
                    for end in first + 1..=tokens {
                        for kind in 0..2 {
                            let span = LabelSpan {
                                tokens: TokenRange::new(first, end),
                                kind,
                            };
                            let counted = share(&|s| f64::from(labels.spans(s).contains(&span)));
                            let p = marginals.span(&labels, &span);
                            assert!((p - counted).abs() < 1e-5, "{p} {counted}");
                            let p = quick.span(&labels, &span);
                            assert!((p - counted).abs() < 1e-5, "{p} {counted}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_span_outside_the_sequence_has_no_probability() {
        let labels = Labels::new(["a"]).unwrap();
        let chain = Chain::new(&labels, &[0.0; 9]).unwrap();
        let marginals = Marginals::new(&chain, &[0.0; 6]);
        for (tokens, kind) in [(0..3, 0), (5..6, 0), (1..1, 0), (0..0, 0), (0..1, 1)] {
            assert_eq!(
                marginals.span(
                    &labels,
                    &LabelSpan {
                        tokens: tokens.into(),
                        kind
                    }
                ),
                0.0
            );
        }
        assert_eq!(Marginals::new(&chain, &[]).log_z(), 0.0);
    }
}

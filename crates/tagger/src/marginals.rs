//! Probabilities of labels, transitions and spans: the forward-backward algorithm (Rabiner 1989), scaled at each token
//! so that it can work with probabilities instead of logarithms.

use crate::{Chain, LabelSpan, Labels};

/// What a chain and a sequence's emissions say about each token, given all the others.
///
/// In `f64`: in training, the sequences that an annotation allows may have a probability far below `f32`'s range.
#[derive(Debug, Clone)]
pub struct Marginals<'c> {
    chain: &'c Chain,
    labels: usize,
    /// `exp(emission - the token's highest)`, 0 where a label is not allowed.
    emissions: Vec<f64>,
    /// Probability of a token's label and everything before it, scaled to sum 1 at each token.
    alpha: Vec<f64>,
    /// What comes after a token given its label, on the scale that makes `alpha * beta` a probability.
    beta: Vec<f64>,
    /// The sum that `alpha` was divided by at each token.
    scale: Vec<f64>,
    log_z: f64,
}

impl<'c> Marginals<'c> {
    /// Works out the probabilities, in time linear in the number of tokens.
    pub fn new(chain: &'c Chain, emissions: &[f32]) -> Self {
        Self::allowing(chain, emissions, |_| u64::MAX)
    }

    /// The same over those sequences only whose label at each token is in `allowed(token)`, bit `1 << label`.
    pub fn allowing(chain: &'c Chain, emissions: &[f32], allowed: impl Fn(usize) -> u64) -> Self {
        let labels = chain.labels();
        let tokens = emissions.len() / labels;
        let mut this = Self {
            chain,
            labels,
            emissions: vec![0.0; tokens * labels],
            alpha: vec![0.0; tokens * labels],
            beta: vec![1.0; tokens * labels],
            scale: vec![1.0; tokens],
            log_z: 0.0,
        };
        for (token, row) in emissions.chunks_exact(labels).enumerate() {
            let allowed = allowed(token);
            let is_allowed = |label: usize| allowed >> label & 1 == 1;
            let top = (0..labels)
                .filter(|&l| is_allowed(l))
                .map(|l| row[l])
                .fold(f32::NEG_INFINITY, f32::max);
            let scaled = &mut this.emissions[token * labels..][..labels];
            for label in (0..labels).filter(|&l| is_allowed(l)) {
                scaled[label] = libm::exp((row[label] - top).into());
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
        let (chain, labels) = (self.chain, self.labels);
        let (before, now) = self.alpha.split_at_mut(token * labels);
        let now = &mut now[..labels];
        if token == 0 {
            for (a, &start) in now.iter_mut().zip(&chain.start) {
                *a = if start == 0.0 { 1.0 } else { 0.0 };
            }
        } else {
            let before = &before[(token - 1) * labels..];
            for (&a, transitions) in before.iter().zip(chain.forward.chunks_exact(labels)) {
                if a > 0.0 {
                    for (n, t) in now.iter_mut().zip(transitions) {
                        *n += a * t;
                    }
                }
            }
        }
        let mut sum = 0.0;
        for (a, e) in now.iter_mut().zip(&self.emissions[token * labels..]) {
            *a *= e;
            sum += *a;
        }
        for a in now {
            *a /= sum;
        }
        self.scale[token] = sum;
        self.log_z += libm::log(sum);
    }

    /// From `token` to the one before it.
    fn step_backward(&mut self, token: usize) {
        let (chain, labels) = (self.chain, self.labels);
        let (before, now) = self.beta.split_at_mut(token * labels);
        let before = &mut before[(token - 1) * labels..];
        before.fill(0.0);
        for (label, after) in now[..labels].iter().enumerate() {
            let b = after * self.emissions[token * labels + label] / self.scale[token];
            if b > 0.0 {
                let transitions = &chain.backward[label * labels..][..labels];
                for (p, t) in before.iter_mut().zip(transitions) {
                    *p += b * t;
                }
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
        let at = token * self.labels + label;
        self.alpha[at] * self.beta[at]
    }

    /// Adds `weight` times the expected number of times that each transition is taken, `[previous * labels + next]`.
    pub fn add_transitions(&self, weight: f64, expected: &mut [f64]) {
        let labels = self.labels;
        let mut after = vec![0.0; labels];
        for token in 1..self.scale.len() {
            let row = token * labels..(token + 1) * labels;
            let factor = weight / self.scale[token];
            for ((x, e), b) in after
                .iter_mut()
                .zip(&self.emissions[row.clone()])
                .zip(&self.beta[row])
            {
                *x = e * b * factor;
            }
            let before = &self.alpha[(token - 1) * labels..][..labels];
            let rows = expected
                .chunks_exact_mut(labels)
                .zip(self.chain.forward.chunks_exact(labels));
            for (&a, (expected, transitions)) in before.iter().zip(rows) {
                if a > 0.0 {
                    for ((x, t), n) in expected.iter_mut().zip(transitions).zip(&after) {
                        *x += a * t * n;
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
        let at = |token: usize, label: usize| token * self.labels + label;
        let mut p = self.alpha[at(first, begin)];
        let mut label = begin;
        for token in first + 1..=last {
            p *= self.chain.forward[at(label, inside)] * self.emissions[at(token, inside)]
                / self.scale[token];
            label = inside;
        }
        let goes_on = match self.scale.get(last + 1) {
            None => 0.0,
            Some(scale) => {
                let next = at(last + 1, inside);
                self.chain.forward[at(label, inside)] * self.emissions[next] * self.beta[next]
                    / scale
            }
        };
        (p * (self.beta[at(last, label)] - goes_on)).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::tests::{scores, sequences};

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
                let share = |of: &dyn Fn(&[u8]) -> f64| -> f64 {
                    all.iter().map(|(s, w)| w * of(s)).sum::<f64>() / z
                };
                for token in 0..tokens {
                    for (label, p) in marginals.token(token).enumerate() {
                        let counted = share(&|s| f64::from(usize::from(s[token]) == label));
                        assert!((p - counted).abs() < 1e-5);
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
                                tokens: first..end,
                                kind,
                            };
                            let counted = share(&|s| f64::from(labels.spans(s).contains(&span)));
                            let p = marginals.span(&labels, &span);
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
            assert_eq!(marginals.span(&labels, &LabelSpan { tokens, kind }), 0.0);
        }
        assert_eq!(Marginals::new(&chain, &[]).log_z(), 0.0);
    }
}

//! The linear chain: scores of transitions between neighbouring labels, and the best sequence.

use crate::{Error, Label, Labels};

/// What binds the labels of neighbouring tokens: a score for each transition, and none where it is impossible.
///
/// Emissions, everywhere in this crate, are one row a token, one `f32` a label.
#[derive(Debug, Clone)]
pub struct Chain {
    labels: usize,
    /// By label of the first token: 0 or minus infinity.
    pub(crate) start: Vec<f32>,
    /// `[next * labels + previous]`; minus infinity where impossible.
    into: Vec<f32>,
    /// For each next label, the previous labels that it may follow.
    before: Vec<Vec<Label>>,
    /// `exp` of the transitions, `[previous * labels + next]`, and the same the other way round: sums run over
    /// either side with the other side contiguous.
    pub(crate) forward: Vec<f64>,
    pub(crate) backward: Vec<f64>,
}

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
        if labels == 0 || labels > 64 || transitions.len() != labels * labels {
            return Err(Error::Damaged("number of transitions"));
        }
        if transitions.iter().any(|t| !t.is_finite()) {
            return Err(Error::Damaged("a transition without a finite score"));
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
        let mut into = vec![f32::NEG_INFINITY; labels * labels];
        let mut before = vec![Vec::new(); labels];
        let mut forward = vec![0.0; labels * labels];
        let mut backward = vec![0.0; labels * labels];
        for previous in all.clone() {
            for next in all.clone() {
                let (p, n) = (usize::from(previous), usize::from(next));
                if may_follow(Some(previous), next) {
                    let score = transitions[p * labels + n];
                    into[n * labels + p] = score;
                    before[n].push(previous);
                    forward[p * labels + n] = libm::exp(score.into());
                    backward[n * labels + p] = forward[p * labels + n];
                }
            }
        }
        Ok(Self {
            labels,
            start,
            into,
            before,
            forward,
            backward,
        })
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// The best sequence of labels: the one with the highest sum of emissions and transitions; among equals the one
    /// with the lower labels at its end. Linear in the number of tokens.
    ///
    /// A last row that is not complete is left out.
    pub fn viterbi(&self, emissions: &[f32]) -> Vec<Label> {
        let labels = self.labels;
        let mut rows = emissions.chunks_exact(labels);
        let Some(first) = rows.next() else {
            return Vec::new();
        };
        let mut best: Vec<f32> = first.iter().zip(&self.start).map(|(e, s)| e + s).collect();
        let mut next_best = vec![0.0; labels];
        let mut from: Vec<Label> = Vec::with_capacity(emissions.len());
        for row in rows {
            for (next, emission) in row.iter().enumerate() {
                let into = &self.into[next * labels..][..labels];
                let mut top = f32::NEG_INFINITY;
                let mut top_previous = 0;
                for &previous in &self.before[next] {
                    let score = best[usize::from(previous)] + into[usize::from(previous)];
                    if score > top {
                        (top, top_previous) = (score, previous);
                    }
                }
                next_best[next] = top + emission;
                from.push(top_previous);
            }
            std::mem::swap(&mut best, &mut next_best);
        }
        let mut label = 0;
        for (candidate, &score) in best.iter().enumerate() {
            if score > best[label] {
                label = candidate;
            }
        }
        let mut sequence = vec![label as Label];
        for step in from.chunks_exact(labels).rev() {
            label = step[label].into();
            sequence.push(label as Label);
        }
        sequence.reverse();
        sequence
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Numbers between -2 and 2 without a pattern, the same on every run.
    pub(crate) fn scores(n: usize, seed: u64) -> Vec<f32> {
        (0..n as u64)
            .map(|i| (crate::combine(seed, i) % 4001) as f32 / 1000.0 - 2.0)
            .collect()
    }

    /// Every possible sequence with its score.
    pub(crate) fn sequences(chain: &Chain, emissions: &[f32]) -> Vec<(Vec<Label>, f64)> {
        let mut all = vec![(Vec::new(), 0.0)];
        for row in emissions.chunks_exact(chain.labels()) {
            let mut longer = Vec::new();
            for (sequence, score) in all {
                for (next, &emission) in row.iter().enumerate() {
                    let step = match sequence.last() {
                        None => chain.start[next],
                        Some(&p) => chain.into[next * chain.labels() + usize::from(p)],
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

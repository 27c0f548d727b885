//! ROUGE-1 and ROUGE-2 (Lin 2004) on stems, to label sentences and to tune; published figures come from the reference
//! implementation.

use ::summarize::training::stem;
use model::{combine, hash};
use std::collections::HashMap;

/// How often each n-gram occurs.
type Counts = HashMap<u64, u32>;

/// A text's unigrams and bigrams.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grams {
    unigrams: Counts,
    bigrams: Counts,
    tokens: u32,
    pairs: u32,
}

impl Grams {
    /// Counts the stems of runs of ASCII letters and digits, as the reference implementation cuts them.
    pub(crate) fn new(text: &str) -> Self {
        let mut grams = Self::default();
        let mut last = None;
        let lower = text.to_lowercase();
        for word in lower
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|w| !w.is_empty())
        {
            let mut letters = word.as_bytes().to_vec();
            stem(&mut letters);
            let hash = hash(&letters);
            *grams.unigrams.entry(hash).or_insert(0) += 1;
            grams.tokens += 1;
            if let Some(last) = last {
                let pair = combine(last, hash);
                *grams.bigrams.entry(pair).or_insert(0) += 1;
                grams.pairs += 1;
            }
            last = Some(hash);
        }
        grams
    }

    /// Adds a further sentence; no bigram spans the two.
    pub(crate) fn add(&mut self, other: &Self) {
        for (from, to) in [
            (&other.unigrams, &mut self.unigrams),
            (&other.bigrams, &mut self.bigrams),
        ] {
            for (gram, n) in from {
                *to.entry(*gram).or_insert(0) += n;
            }
        }
        self.tokens += other.tokens;
        self.pairs += other.pairs;
    }

    /// F1 of ROUGE-1 and ROUGE-2 against a reference.
    pub(crate) fn f1(&self, reference: &Self) -> [f64; 2] {
        let f1 = |ours: &Counts, n: u32, theirs: &Counts, m: u32| {
            let hits: u32 = ours
                .iter()
                .filter_map(|(gram, n)| theirs.get(gram).map(|m| n.min(m)))
                .sum();
            if hits == 0 {
                0.0
            } else {
                2.0 * f64::from(hits) / f64::from(n + m)
            }
        };
        [
            f1(
                &self.unigrams,
                self.tokens,
                &reference.unigrams,
                reference.tokens,
            ),
            f1(
                &self.bigrams,
                self.pairs,
                &reference.bigrams,
                reference.pairs,
            ),
        ]
    }
}

/// A summary that grew from one sentence.
#[derive(Debug, Clone)]
pub(crate) struct Grown {
    /// The first one it grew from.
    pub(crate) sentences: Vec<usize>,
    /// ROUGE-1 + ROUGE-2 F1 of that sentence alone.
    pub(crate) first_value: f64,
    /// ROUGE-1 + ROUGE-2 F1 of them all.
    pub(crate) value: f64,
}

/// From each sentence, the summary that grows greedily for as long as another sentence makes it better.
pub(crate) fn grow_summary(sentences: &[Grams], reference: &Grams, most: usize) -> Vec<Grown> {
    let grow = |first: usize| {
        let mut grown = sentences[first].clone();
        let mut value = grown.f1(reference).iter().sum::<f64>();
        let mut summary = Grown {
            sentences: vec![first],
            first_value: value,
            value,
        };
        while summary.sentences.len() < most {
            let with = |i: usize| {
                let mut with = grown.clone();
                with.add(&sentences[i]);
                with.f1(reference).iter().sum::<f64>()
            };
            let others = (0..sentences.len()).filter(|i| !summary.sentences.contains(i));
            let Some((next, reached)) = others
                .map(|i| (i, with(i)))
                .reduce(|a, b| if b.1 > a.1 { b } else { a })
            else {
                break;
            };
            if reached <= value {
                break;
            }
            value = reached;
            grown.add(&sentences[next]);
            summary.sentences.push(next);
        }
        summary.value = value;
        summary
    };
    (0..sentences.len()).map(grow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_clipped_overlaps() {
        let reference = Grams::new("The cat sat on the mat");
        let [one, two] = Grams::new("the cats, the cats").f1(&reference);
        assert!((one - 2.0 * 3.0 / 10.0).abs() < 1e-12);
        assert!((two - 2.0 * 1.0 / 8.0).abs() < 1e-12);
        assert_eq!(Grams::new("").f1(&reference), [0.0, 0.0]);
    }
}

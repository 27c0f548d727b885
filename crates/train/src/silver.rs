//! Silver: news that nobody has labelled, with the labels that the accurate model gives it and how sure it is of them. The
//! fast models learn from it beside the corpora (distillation; for chains: Wang et al., ACL 2020).

use crate::corpus::{self, Gold};
use crate::crf::SoftLabels;
use crate::files;
use ::encoder::{Encoder, Head, Heads};
use anyhow::{Context, Result, anyhow};
use document::{Sentence, TokenRange};
use segment::Segmenter;
use std::path::Path;
use tagger::{Label, Marginals};
use text::Reading;

/// A less likely label is ruled out for its token, and a transition that is expected less often is left out.
const LEAST: f64 = 0.02;

/// A text that the accurate model has read.
pub(crate) struct Silver {
    pub(crate) text: String,
    /// As the tools find them.
    sentences: Vec<Sentence>,
    /// Scores of the labels, a row for each token.
    emissions: Vec<f32>,
}

/// The encoder that labels the texts: one packed in a file, or else the program's.
pub(crate) fn teacher(file: Option<&Path>) -> Result<Encoder> {
    match file {
        None => Ok(Encoder::accurate()),
        Some(path) => {
            let encoder = Encoder::from_bytes(files::read(path)?);
            encoder.with_context(|| path.display().to_string())
        }
    }
}

/// Which of the encoder's heads labels the texts.
#[derive(Clone, Copy)]
pub(crate) enum Task {
    Quotes,
    Entities,
}

/// Reads the texts of a corpus file without its annotations.
pub(crate) fn read(file: &Path, encoder: &Encoder, task: Task) -> Result<Vec<Silver>> {
    let mut texts = corpus::read(file)?;
    // A text is read the same whatever thread reads it.
    let later = texts.split_off(texts.len() / 2);
    let read = |gold: Vec<Gold>| -> Vec<Silver> {
        let texts = gold.into_iter().map(|gold| gold.text);
        texts.map(|text| of_text(text, encoder, task)).collect()
    };
    let (mut all, later) = std::thread::scope(|scope| {
        let later = scope.spawn(|| read(later));
        (read(texts), later.join())
    });
    all.extend(later.map_err(|_| anyhow!("a thread of the encoder panicked"))?);
    let tokens: usize = all.iter().map(|s| s.reading().tokens().len()).sum();
    eprintln!("{}: {} texts, {tokens} tokens", file.display(), all.len());
    Ok(all)
}

fn of_text(text: String, encoder: &Encoder, task: Task) -> Silver {
    let sentences = Segmenter::new()
        .segment(&segment::Input::new(&text))
        .sentences;
    let heads = match task {
        Task::Quotes => Heads::Quotes,
        Task::Entities => Heads::Entities,
    };
    let scores = encoder.scores(&Reading::new(&text, &sentences[..]), heads);
    Silver {
        sentences,
        emissions: match task {
            Task::Quotes => scores.quotes,
            Task::Entities => scores.entities,
        },
        text,
    }
}

impl Silver {
    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading::new(&self.text, &self.sentences[..])
    }

    /// The labels that a head gives some tokens, taken as a sequence of their own: those that each may have, and how likely
    /// they are.
    pub(crate) fn labels(&self, head: &Head, tokens: TokenRange) -> (Vec<u64>, SoftLabels) {
        let labels = head.labels.len();
        soft_labels(
            head,
            &self.emissions[tokens.start * labels..tokens.end * labels],
        )
    }
}

fn soft_labels(head: &Head, emissions: &[f32]) -> (Vec<u64>, SoftLabels) {
    let count = head.labels.len();
    let marginals = Marginals::new(&head.chain, emissions);
    let (mut allowed, mut labels) = (Vec::new(), Vec::new());
    for token in 0..emissions.len() / count {
        let kept = || {
            let all = marginals.token(token).enumerate();
            all.filter(|(_, p)| *p >= LEAST)
        };
        let sum: f64 = kept().map(|(_, p)| p).sum();
        allowed.push(kept().fold(0, |set, (label, _)| set | 1 << label));
        labels.extend(kept().map(|(_, p)| (p / sum) as f32));
    }
    let mut expected = vec![0.0; count * count];
    marginals.add_transitions(1.0, &mut expected);
    let pairs = expected.into_iter().enumerate();
    let transitions = pairs
        .filter(|(_, times)| *times >= LEAST)
        .map(|(pair, times)| {
            let (previous, next) = (pair / count, pair % count);
            (previous as Label, next as Label, times as f32)
        })
        .collect();
    let soft = SoftLabels {
        labels,
        transitions,
    };
    (allowed, soft)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ms. Ada Moreno said on Tuesday that the harbour at Fenland would close.";

    #[test]
    fn probabilities_of_the_labels_of_a_text() {
        let encoder = Encoder::accurate();
        for (task, head) in [
            (Task::Quotes, encoder.quotes()),
            (Task::Entities, encoder.entities()),
        ] {
            let silver = of_text(TEXT.to_owned(), &encoder, task);
            let tokens = silver.reading().tokens().len();
            let (allowed, soft) = silver.labels(head, TokenRange::new(0, tokens));
            assert_eq!(allowed.len(), tokens);
            let mut rest = soft.labels.as_slice();
            for set in &allowed {
                let (shares, after) = rest.split_at(set.count_ones() as usize);
                assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
                rest = after;
            }
            assert!(rest.is_empty());
            // One transition between two neighbours, but for the unlikely ones.
            let taken: f32 = soft.transitions.iter().map(|(.., times)| times).sum();
            let most = (tokens - 1) as f32;
            assert!(most - 2.0 < taken && taken < most + 1e-3, "{taken}");
            // Some token is surely part of a span.
            assert!(allowed.iter().any(|set| set & 1 == 0));
        }
    }
}

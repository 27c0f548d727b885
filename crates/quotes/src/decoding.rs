//! From scores of labels to the parts of quotations, whatever model gave the scores.

use crate::constraints::LabelSet;
use crate::model::KINDS;
use crate::part::{Part, Role};
use crate::words::Word;
use document::{Span, TokenRange};
use tagger::{Chain, Label, LabelSpan, Labels, Marginals, OUTSIDE};

/// How a model's scores become parts: what is right for one model and not for another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tuning {
    /// Added to the score of each label that begins a cue: the rest of a quotation follows from its cue.
    pub cue_bonus: f32,
    /// The least probability of the label that begins a fallback.
    pub fallback: f64,
    /// Whether contents may be fallbacks.
    pub fallback_contents: bool,
}

/// Trained on single tokens, the linear model finds fewer quotations than there are (precision 79, recall 63 on PolNeAR's
/// dev part); with the bonus 77 and 65, F1 of contents from 70.1 to 70.5. Attribution there rises from 58.0 to 59.7 with
/// fallbacks from 0.15 and to 60.1 with these. (The figures are the first
/// model's. A later one has 66.7; without the bonus 66.5, with 0.75 66.3; with fallbacks from 0.02 66.6, from 0.06 66.7.)
pub(crate) const LINEAR: Tuning = Tuning {
    cue_bonus: 0.5,
    fallback: 0.04,
    fallback_contents: true,
};

/// Trained on whole windows, the encoder finds about as many quotations as there are (precision 68, recall 73 of
/// attribution there, from a checkpoint on the way); a bonus of 0.4 to either side changed attribution by less than
/// 0.4. Fallbacks from 0.04 give the same attribution, and sources that are worse by 0.6. Without fallback contents
/// attribution rises from 72.9 to 73.4 and F1 of contents from 78.2 to 78.8: a cue that it leaves without a content has
/// none.
pub(crate) const ENCODER: Tuning = Tuning {
    cue_bonus: 0.0,
    fallback: 0.12,
    fallback_contents: false,
};

/// Makes parts of a model's scores.
#[derive(Debug)]
pub(crate) struct Decoder<'d> {
    pub labels: &'d Labels,
    pub chain: &'d Chain,
    pub tuning: Tuning,
}

impl Decoder<'_> {
    /// Appends the parts of a paragraph to `parts`, fallbacks first. `emissions` holds a score for each word and label,
    /// the labels of the first word first; `allowed` the labels that each word may have.
    pub(crate) fn decode(
        &self,
        words: &[Word],
        mut emissions: Vec<f32>,
        allowed: &[LabelSet],
        parts: &mut Vec<Part>,
    ) {
        add_to_cues(&mut emissions, self.tuning.cue_bonus);
        forbid(&mut emissions, allowed);
        let best = self.chain.viterbi(&emissions);
        let spans = self.labels.spans(&best);
        if spans.is_empty() {
            return; // fallbacks alone make no quotation
        }
        let marginals = Marginals::quick(self.chain, &emissions, |i| allowed[i]);
        let mut add = |span: LabelSpan, score: f64, fallback: bool| {
            let words = words.get(span.tokens.range());
            let bounds = words.and_then(|w| Some((w.first()?, w.last()?)));
            if let (Some((first, last)), Some(&role)) = (bounds, Role::ALL.get(span.kind)) {
                parts.push(Part {
                    span: Span::new(first.span.start, last.span.end),
                    role,
                    score,
                    fallback,
                });
            }
        };
        for (span, score) in fallbacks(&best, &marginals, self.tuning.fallback) {
            if self.tuning.fallback_contents || span.kind != Role::Content as usize {
                add(span, score, true);
            }
        }
        for span in spans {
            let score = marginals.span(self.labels, &span);
            add(span, score, false);
        }
    }
}

fn add_to_cues(emissions: &mut [f32], bonus: f32) {
    let cue = usize::from(Labels::begin(Role::Cue as usize));
    for scores in emissions.chunks_exact_mut(1 + 2 * KINDS.len()) {
        scores[cue] += bonus;
    }
}

/// Makes every label impossible that is not allowed.
fn forbid(emissions: &mut [f32], allowed: &[LabelSet]) {
    let labels = 1 + 2 * KINDS.len();
    for (scores, allowed) in emissions.chunks_exact_mut(labels).zip(allowed) {
        for (label, score) in scores.iter_mut().enumerate() {
            if allowed >> label & 1 == 0 {
                *score = f32::NEG_INFINITY;
            }
        }
    }
}

/// A fallback goes on while the label that continues it is at least so likely, as a share of its first label's
/// probability. Below a half it has more likely ended than not. (F1 of attribution on PolNeAR's dev part, linear model:
/// 66.2 with 1, 66.7 with a half, 66.8 with a third.)
const GOES_ON: f64 = 0.5;

/// Spans where the best sequence of labels has nothing, but that begin with a probability of `least` or more, each with
/// that probability.
fn fallbacks(best: &[Label], marginals: &Marginals<'_, f32>, least: f64) -> Vec<(LabelSpan, f64)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < best.len() {
        let begins = |kind| marginals.label(i, Labels::begin(kind).into());
        let likelier = |a: &usize, b: &usize| begins(*a).total_cmp(&begins(*b));
        let kind = (0..KINDS.len()).max_by(likelier).unwrap_or(0);
        let score = begins(kind);
        if best[i] != OUTSIDE || score < least {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < best.len() && best[end] == OUTSIDE {
            if marginals.label(end, Labels::inside(kind).into()) < score * GOES_ON {
                break;
            }
            end += 1;
        }
        found.push((
            LabelSpan {
                tokens: TokenRange::new(i, end),
                kind,
            },
            score,
        ));
        i = end;
    }
    found
}

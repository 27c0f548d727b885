//! From scores of labels to the parts of quotations, whatever model gave the scores.

use crate::linking::{Part, Role};
use crate::marked::{Looks, looks};
use crate::model::KINDS;
use crate::words::Words;
use document::{Sentence, Span, TokenRange};
use model::hash;
use tagger::{Chain, Label, LabelSpan, Labels, Marginals, OUTSIDE};
use text::Place;
use text::Reading;

const ROLES: [Role; 3] = [Role::Content, Role::Cue, Role::Source];

/// What is right for one model and not for another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tuning {
    /// What is added to the score of a cue's first word: with a cue the rest follows.
    pub lean: f32,
    /// A begin at least so likely makes a spare part.
    pub spare: f64,
    /// Whether contents may be spare.
    pub spare_contents: bool,
}

/// Trained on single tokens, the linear model finds fewer quotations than there are (precision 79, recall 63 on PolNeAR's
/// dev part); with the lean 77 and 65, F1 of contents from 70.1 to 70.5. Attribution there rises from 58.0 to 59.7 with
/// spare parts from 0.15 and to 60.1 with these.
pub(crate) const LINEAR: Tuning = Tuning {
    lean: 0.5,
    spare: 0.04,
    spare_contents: true,
};

/// Trained on whole windows, the encoder finds about as many quotations as there are (precision 68, recall 73 of attribution
/// there, from a checkpoint on the way); a lean of 0.4 to either side changed attribution by less than 0.4. Spare parts from
/// 0.04 give the same attribution, and sources that are worse by 0.6. Without spare contents attribution rises from 72.9 to
/// 73.4 and F1 of contents from 78.2 to 78.8: a cue that it leaves without one has none.
pub(crate) const ENCODER: Tuning = Tuning {
    lean: 0.0,
    spare: 0.12,
    spare_contents: false,
};

/// Makes parts of a model's scores.
#[derive(Debug)]
pub(crate) struct Decoder<'d> {
    pub labels: &'d Labels,
    pub chain: &'d Chain,
    pub tuning: Tuning,
}

impl Decoder<'_> {
    /// Adds the parts of a paragraph: `words` are where its words stand, `allowed` the labels that each may have, bit
    /// `1 << label`.
    pub fn decode(
        &self,
        words: &[Span],
        mut emissions: Vec<f32>,
        allowed: &[u64],
        parts: &mut Vec<Part>,
    ) {
        lean(&mut emissions, self.tuning.lean);
        forbid(&mut emissions, allowed);
        let best = self.chain.viterbi(&emissions);
        let spans = self.labels.spans(&best);
        if spans.is_empty() {
            return; // spare parts alone make no quotation
        }
        let marginals = Marginals::quick(self.chain, &emissions, |i| allowed[i]);
        let mut add = |span: LabelSpan, score: f64, spare: bool| {
            let words = words.get(span.tokens.range());
            let bounds = words.and_then(|w| Some((w.first()?, w.last()?)));
            if let (Some((first, last)), Some(&role)) = (bounds, ROLES.get(span.kind)) {
                parts.push(Part {
                    span: Span::new(first.start, last.end),
                    role,
                    score,
                    spare,
                });
            }
        };
        for (span, score) in spares(&best, &marginals, self.tuning.spare) {
            if self.tuning.spare_contents || span.kind != Role::Content as usize {
                add(span, score, true);
            }
        }
        for span in spans {
            let score = marginals.span(self.labels, &span);
            add(span, score, false);
        }
    }
}

fn lean(emissions: &mut [f32], by: f32) {
    let cue = usize::from(Labels::begin(Role::Cue as usize));
    for scores in emissions.chunks_exact_mut(1 + 2 * KINDS.len()) {
        scores[cue] += by;
    }
}

/// The labels that quotation marks allow each word of a paragraph, bit `1 << label`: what looks like speech is one content, and what is
/// set off like speech ends with its closing mark.
pub(crate) fn allowed_by_marks(reading: &Reading<'_>, words: &[Span]) -> Vec<u64> {
    const BEGIN: u64 = 1 << Labels::begin(Role::Content as usize);
    const INSIDE: u64 = 1 << Labels::inside(Role::Content as usize);
    let mut allowed = vec![u64::MAX; words.len()];
    let Some(start) = words.first().map(|w| w.start) else {
        return allowed;
    };
    let first = reading.outermost().partition_point(|q| q.span.end <= start);
    let mut from = 0;
    for q in &reading.outermost()[first..] {
        from += words[from..].partition_point(|w| w.start < q.span.start);
        let end = from + words[from..].partition_point(|w| w.start < q.span.end);
        if from >= words.len() {
            break;
        }
        let looks = looks(reading, q);
        if looks == Looks::Speech && from < end {
            allowed[from] &= BEGIN;
            allowed[from + 1..end].fill(INSIDE);
        }
        if looks != Looks::Inline
            && let Some(after) = allowed.get_mut(end)
        {
            *after &= !INSIDE;
        }
        from = end;
    }
    allowed
}

/// A cue or a source ends with its sentence: “… Dr. Roe of the Survey. Sgt. Lee put it more plainly:” are two sources.
pub(crate) fn end_with_sentences(reading: &Reading<'_>, words: &[Span], allowed: &mut [u64]) {
    const GOES_ON: u64 =
        1 << Labels::inside(Role::Cue as usize) | 1 << Labels::inside(Role::Source as usize);
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return;
    };
    let from = (reading.sentences()).partition_point(|s| s.span.start < first.start);
    for Sentence { span: sentence, .. } in &reading.sentences()[from..] {
        if sentence.start > last.start {
            break;
        }
        let word = words.partition_point(|w| w.start < sentence.start);
        if let Some(allowed) = allowed.get_mut(word) {
            *allowed &= !GOES_ON;
        }
    }
}

/// “…, warning that …”, “…, expressing hope that …”: a new quotation of the same source, not more of the content before.
pub(crate) fn end_before_participles(words: &Words, allowed: &mut [u64]) {
    const INSIDE: u64 = 1 << Labels::inside(Role::Content as usize);
    let (ing, that) = (hash(b"ing"), hash(b"that"));
    for (i, three) in words.words.windows(3).enumerate() {
        let cue = &three[1];
        let participle = cue.suffix == ing && cue.known.cue >= 2 && cue.place == Place::Outside;
        let followed =
            three[2].lower == that || words.words.get(i + 3).is_some_and(|w| w.lower == that);
        if three[0].comma && participle && followed {
            allowed[i + 1] &= !INSIDE;
        }
    }
}

/// Makes every label impossible that is not allowed.
fn forbid(emissions: &mut [f32], allowed: &[u64]) {
    let labels = 1 + 2 * KINDS.len();
    for (scores, allowed) in emissions.chunks_exact_mut(labels).zip(allowed) {
        for (label, score) in scores.iter_mut().enumerate() {
            if allowed >> label & 1 == 0 {
                *score = f32::NEG_INFINITY;
            }
        }
    }
}

/// Spans that the best sequence does not have but that begin with some probability, where it has nothing.
fn spares(best: &[Label], marginals: &Marginals<'_, f32>, least: f64) -> Vec<(LabelSpan, f64)> {
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
            if marginals.label(end, Labels::inside(kind).into()) < score / 2.0 {
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

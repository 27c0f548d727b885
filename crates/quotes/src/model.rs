//! The linear model: what labels each token as part of a content, a cue, a source, or of none.
//!
//! Its trainer shares everything here but the weights: tokens, features, lexicon and label scheme.

use crate::features::{Ending, extract};
use crate::layout::Layout;
use crate::linking::{Part, Role};
use crate::marked::{Looks, looks};
use crate::words::{Place, Words};
use document::{Sentence, Span};
use tagger::{Label, LabelSpan, Labels, LinearModel, Marginals, OUTSIDE, Rows, hash};
use text::tokens;

pub use crate::features::FEATURE_SET;
pub use crate::lexicon::{Known, Lexicon, pack};
pub use crate::words::lower_case;

/// The label scheme's kinds of spans, in the order of [`Role`].
pub const KINDS: [&str; 3] = ["content", "cue", "source"];

const ROLES: [Role; 3] = [Role::Content, Role::Cue, Role::Source];

/// The features of a paragraph's tokens.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Where its tokens stand.
    pub tokens: Vec<Span>,
    /// Whether each stands between quotation marks.
    pub quoted: Vec<bool>,
    /// Their features.
    pub rows: Rows,
}

/// The paragraphs of a text with their features, given a lexicon: for the trainer.
pub fn paragraphs(text: &str, sentences: &[Sentence], lexicon: &Lexicon) -> Vec<Paragraph> {
    let layout = Layout::new(text, sentences);
    let mut all = Vec::new();
    each_paragraph(&layout, lexicon, |words, rows| {
        all.push(Paragraph {
            tokens: words.words.iter().map(|w| w.span.clone()).collect(),
            quoted: words
                .words
                .iter()
                .map(|w| w.place == Place::Inside)
                .collect(),
            rows: rows.clone(),
        });
    });
    all
}

fn each_paragraph(layout: &Layout, lexicon: &Lexicon, mut use_it: impl FnMut(&Words, &Rows)) {
    let tokens = tokens(layout.text);
    let mut rows = Rows::default();
    let mut ending = Ending::Start;
    let mut rest = &tokens[..];
    for paragraph in &layout.paragraphs {
        let skipped = rest.partition_point(|t| t.span.start < paragraph.start);
        let length = rest[skipped..].partition_point(|t| t.span.start < paragraph.end);
        let (inside, after) = rest[skipped..].split_at(length);
        rest = after;
        let words = Words::new(layout, inside, lexicon);
        rows.clear();
        extract(&words, ending, &mut rows);
        ending = match words.words.last().map(|w| w.place) {
            Some(Place::Inside) => Ending::Open,
            Some(Place::Closing) => Ending::Closed,
            Some(_) => Ending::Plain,
            None => ending,
        };
        use_it(&words, &rows);
    }
}

/// A lexicon and a linear model over features that read it.
///
/// In a file: the lexicon's length as a little-endian `u32`, the lexicon, and the model as `tagger` packs it.
#[derive(Debug, Clone)]
pub struct Model {
    lexicon: Lexicon,
    linear: LinearModel,
}

impl Model {
    /// Reads a model that is part of the program.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, tagger::Error> {
        let (lexicon, linear) = split(bytes)?;
        Ok(Self {
            lexicon: Lexicon::new(lexicon),
            linear: LinearModel::from_static(linear, FEATURE_SET)?,
        })
    }

    /// Reads a model from a file's bytes; one that was changed or cut short is an error.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, tagger::Error> {
        let (lexicon, linear) = split(bytes)?;
        Ok(Self {
            lexicon: Lexicon::new(lexicon.to_vec()),
            linear: LinearModel::from_bytes(linear.to_vec(), FEATURE_SET)?,
        })
    }

    /// A file's bytes.
    pub fn join(lexicon: &[u8], linear: &[u8]) -> Vec<u8> {
        [&(lexicon.len() as u32).to_le_bytes(), lexicon, linear].concat()
    }

    /// The parts, ordered and disjoint, each with the model's probability of it.
    pub(crate) fn parts(&self, layout: &Layout) -> Vec<Part> {
        let labels = self.linear.labels();
        let chain = self.linear.chain();
        let mut parts = Vec::new();
        each_paragraph(layout, &self.lexicon, |words, rows| {
            let mut emissions = self.linear.emissions(rows);
            lean(&mut emissions);
            let mut allowed = allowed_by_marks(layout, words);
            end_before_participles(words, &mut allowed);
            forbid(&mut emissions, &allowed);
            let best = chain.viterbi(&emissions);
            let spans = labels.spans(&best);
            if spans.is_empty() {
                return; // spare parts alone make no quotation
            }
            let marginals = Marginals::allowing(chain, &emissions, |i| allowed[i]);
            let mut add = |span: LabelSpan, score: f64, spare: bool| {
                let tokens = words.words.get(span.tokens);
                let bounds = tokens.and_then(|t| Some((t.first()?, t.last()?)));
                if let (Some((first, last)), Some(&role)) = (bounds, ROLES.get(span.kind)) {
                    parts.push(Part {
                        span: first.span.start..last.span.end,
                        role,
                        score,
                        spare,
                    });
                }
            };
            for span in spares(&best, &marginals) {
                add(span.0, span.1, true);
            }
            for span in spans {
                let score = marginals.span(labels, &span);
                add(span, score, false);
            }
        });
        parts.sort_by_key(|p: &Part| p.span.start);
        parts
    }
}

fn split(bytes: &[u8]) -> Result<(&[u8], &[u8]), tagger::Error> {
    let (length, rest) = bytes.split_first_chunk().ok_or(tagger::Error::Foreign)?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
        .ok_or(tagger::Error::Foreign)
}

/// What is added to the score of a cue's first word. Trained on single tokens, the model finds fewer quotations than there
/// are (precision 79, recall 63 on PolNeAR's dev part), and with a cue the rest follows: 77 and 65, F1 of contents from
/// 70.1 to 70.5.
const LEAN: f32 = 0.5;

fn lean(emissions: &mut [f32]) {
    let cue = usize::from(Labels::begin(Role::Cue as usize));
    for scores in emissions.chunks_exact_mut(1 + 2 * KINDS.len()) {
        scores[cue] += LEAN;
    }
}

/// The labels that quotation marks allow each word, bit `1 << label`: what looks like speech is one content, and what is
/// set off like speech ends with its closing mark.
fn allowed_by_marks(layout: &Layout, words: &Words) -> Vec<u64> {
    const BEGIN: u64 = 1 << Labels::begin(Role::Content as usize);
    const INSIDE: u64 = 1 << Labels::inside(Role::Content as usize);
    let words = &words.words;
    let mut allowed = vec![u64::MAX; words.len()];
    let Some(start) = words.first().map(|w| w.span.start) else {
        return allowed;
    };
    let first = layout.outermost.partition_point(|q| q.span.end <= start);
    let mut from = 0;
    for q in &layout.outermost[first..] {
        from += words[from..].partition_point(|w| w.span.start < q.span.start);
        let end = from + words[from..].partition_point(|w| w.span.start < q.span.end);
        if from >= words.len() {
            break;
        }
        let looks = looks(layout, q);
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

/// “…, warning that …”, “…, expressing hope that …”: a new quotation of the same source, not more of the content before.
fn end_before_participles(words: &Words, allowed: &mut [u64]) {
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

/// A begin at least so likely makes a spare part. On PolNeAR's dev part attribution rises from 58.0 to 59.7 with 0.15 and
/// to 60.1 with this.
const SPARE: f64 = 0.04;

/// Spans that the best sequence does not have but that begin with some probability, where it has nothing.
fn spares(best: &[Label], marginals: &Marginals) -> Vec<(LabelSpan, f64)> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < best.len() {
        let probabilities: Vec<f64> = marginals.token(i).collect();
        let kind = (0..KINDS.len())
            .max_by(|&a, &b| {
                let p = |kind| probabilities.get(usize::from(Labels::begin(kind)));
                p(a).partial_cmp(&p(b)).unwrap_or(std::cmp::Ordering::Equal)
            })
            .unwrap_or(0);
        let score = probabilities
            .get(usize::from(Labels::begin(kind)))
            .copied()
            .unwrap_or(0.0);
        if best[i] != OUTSIDE || score < SPARE {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < best.len() && best[end] == OUTSIDE {
            let inside = marginals
                .token(end)
                .nth(Labels::inside(kind).into())
                .unwrap_or(0.0);
            if inside < score / 2.0 {
                break;
            }
            end += 1;
        }
        found.push((
            LabelSpan {
                tokens: i..end,
                kind,
            },
            score,
        ));
        i = end;
    }
    found
}

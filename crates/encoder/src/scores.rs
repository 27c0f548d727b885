//! The scores of labels: how each head scores tokens, at the exit and after the last layer.

use crate::arithmetic::{dot, floats, softmax};
use crate::file::{Head, HeadRows};
use crate::windows::Window;

/// The score of every label but the first, "outside", where nothing was read.
const UNREAD: f32 = -20.0;

/// One head's scores of a text's tokens, which grow window by window.
#[derive(Debug)]
pub(crate) struct HeadScores {
    last: Scorer,
    exit: Option<Scorer>,
    /// A row for each token of the text, as far as it has been read.
    pub emissions: Vec<f32>,
}

impl HeadScores {
    /// For a text with this number of tokens, none of which has been read.
    pub(crate) fn new(bytes: &[u8], head: &Head, tokens: usize) -> Self {
        let mut unread = vec![UNREAD; head.labels.len()];
        unread[0] = 0.0;
        Self {
            last: Scorer::new(bytes, &head.rows),
            exit: head.exit_rows.as_ref().map(|rows| Scorer::new(bytes, rows)),
            emissions: unread.repeat(tokens),
        }
    }

    /// Scores a token by its row after the last layer.
    #[inline(always)]
    pub(crate) fn finish(&mut self, token: usize, row: &[f32]) {
        self.last.score(row, token, &mut self.emissions);
    }

    /// Scores a token by its row at the exit; whether the likeliest label has a greater probability than `threshold`.
    #[inline(always)]
    fn is_sure(
        &mut self,
        token: usize,
        row: &[f32],
        threshold: f32,
        buffer: &mut Vec<f32>,
    ) -> bool {
        let Some(exit) = &self.exit else {
            return false;
        };
        let scores = exit.score(row, token, &mut self.emissions);
        buffer.clear();
        buffer.extend_from_slice(scores);
        // The likeliest label's share is 1 of this sum.
        threshold * softmax(buffer) < 1.0
    }
}

/// Scores tokens by their rows at the exit and leaves in `open` the rows that are not settled there, in order. All rows of
/// a token are settled with it, and with the last token of a window the pieces behind it that another window labels.
#[inline(always)]
pub(crate) fn settle(
    windows: &[Window],
    rows: &[f32],
    hidden: usize,
    threshold: f32,
    heads: &mut [HeadScores],
    open: &mut Vec<usize>,
) {
    open.clear();
    let mut buffer = Vec::new();
    let mut start = 0;
    for window in windows {
        let mut tokens = window.tokens.iter().peekable();
        let mut is_settled = false;
        for piece in 0..window.ids.len() {
            if let Some(&(token, _)) = tokens.next_if(|(_, first)| *first == piece) {
                let row = &rows[(start + piece) * hidden..][..hidden];
                is_settled = true;
                for head in heads.iter_mut() {
                    is_settled &= head.is_sure(token, row, threshold, &mut buffer);
                }
            }
            if !is_settled {
                open.push(start + piece);
            }
        }
        start += window.ids.len();
    }
}

/// A head's weights, read from the file once for many rows.
#[derive(Debug)]
struct Scorer {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Scorer {
    fn new(bytes: &[u8], rows: &HeadRows) -> Self {
        Self {
            weights: floats(&bytes[rows.weight.clone()]).collect(),
            bias: floats(&bytes[rows.bias.clone()]).collect(),
        }
    }

    /// Writes the scores of a token, and gives them.
    #[inline(always)]
    fn score<'e>(&self, row: &[f32], token: usize, emissions: &'e mut [f32]) -> &'e [f32] {
        let labels = self.bias.len();
        let Some(scores) = emissions.get_mut(token * labels..(token + 1) * labels) else {
            return &[];
        };
        let weights = self.weights.chunks_exact(row.len());
        for ((score, weights), bias) in scores.iter_mut().zip(weights).zip(&self.bias) {
            let sum = dot(row, weights) + bias;
            *score = if sum.is_finite() { sum } else { UNREAD };
        }
        scores
    }
}

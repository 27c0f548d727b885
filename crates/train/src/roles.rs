//! Labels of tokens from a corpus's quotations: which are part of a content, a cue or a source.

use crate::corpus::GoldQuote;
use document::Span;
use tagger::{Label, Labels, OUTSIDE};

/// How many spans that begin before a token may cover it.
const OVERLAPPING: usize = 3;

/// The stretches of a text that have a role, in order: each with the number of its role in
/// [`KINDS`](::quotes::training::KINDS).
pub(crate) struct Roles {
    spans: Vec<(Span, usize)>,
}

impl Roles {
    pub(crate) fn new(quotes: &[GoldQuote]) -> Self {
        let mut spans: Vec<(Span, usize)> = quotes
            .iter()
            .flat_map(|q| [&q.content, &q.cue, &q.source].into_iter().enumerate())
            .flat_map(|(role, spans)| spans.iter().map(move |s| (*s, role)))
            .collect();
        spans.sort_by_key(|(span, role)| (span.start, span.end, *role));
        spans.dedup();
        Self { spans }
    }

    /// The labels of some tokens: a token belongs to the last span that begins no later than the token and covers its
    /// start. Spans overlap rarely and by little: only the last three that begin before the token are looked at.
    pub(crate) fn labels(&self, tokens: &[Span]) -> Vec<Label> {
        let mut last = None;
        let mut labels = Vec::with_capacity(tokens.len());
        for token in tokens {
            let next = self.spans.partition_point(|(s, _)| s.start <= token.start);
            let found = (next.saturating_sub(OVERLAPPING)..next)
                .rev()
                .find(|&i| self.spans[i].0.end > token.start);
            labels.push(match found {
                None => OUTSIDE,
                Some(i) if last == Some(i) => Labels::inside(self.spans[i].1),
                Some(i) => Labels::begin(self.spans[i].1),
            });
            last = found;
        }
        labels
    }
}

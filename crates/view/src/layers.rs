//! Spans that may overlap and nest, cut into stretches that do not.

use document::{Quote, Span};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A stretch of the text and the number of the span that it belongs to.
pub(crate) type Stretch = (Span, usize);

/// Cuts spans into stretches that do not overlap, in the order of the text. Where several spans overlap, the stretch
/// belongs to the one that begins last, and among those to the shortest: the innermost. Spans that do not fit the text are
/// left out. O(n log n) in the number of spans, however deep they nest.
pub(crate) fn flatten(text: &str, spans: impl IntoIterator<Item = Stretch>) -> Vec<Stretch> {
    let mut spans: Vec<Stretch> = spans
        .into_iter()
        .filter(|(s, _)| s.start < s.end && s.get(text).is_some())
        .collect();
    spans.sort_by_key(|(s, i)| (s.start, s.end, *i));
    let mut stretches: Vec<Stretch> = Vec::with_capacity(spans.len());
    // The innermost first. A span that has ended is taken off when it comes to the top.
    let mut open: BinaryHeap<(usize, Reverse<usize>, Reverse<usize>)> = BinaryHeap::new();
    let mut coming = spans.into_iter().peekable();
    let mut at = 0;
    loop {
        while open.peek().is_some_and(|(_, Reverse(end), _)| *end <= at) {
            open.pop();
        }
        let next = coming.peek().map(|(s, _)| s.start);
        match (open.peek(), next) {
            (None, None) => return stretches,
            (None, Some(start)) => at = start,
            (Some(&(_, Reverse(end), Reverse(i))), next) => {
                let until = next.map_or(end, |start| start.min(end));
                match stretches.last_mut() {
                    Some((last, j)) if *j == i && last.end == at => last.end = until,
                    _ if at < until => stretches.push((Span::new(at, until), i)),
                    _ => {}
                }
                at = until;
            }
        }
        while let Some((span, i)) = coming.next_if(|(s, _)| s.start <= at) {
            open.push((span.start, Reverse(span.end), Reverse(i)));
        }
    }
}

/// A stretch of the text with the span of each layer that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub span: Span,
    /// The number of each layer's span, in the order of the layers.
    pub over: Vec<Option<usize>>,
}

/// The runs of `span`: its text cut wherever a layer's stretch begins or ends, and at each of `cuts`, which are in order.
pub(crate) fn runs(span: Span, layers: &[Vec<Stretch>], cuts: &[usize]) -> Vec<Run> {
    let mut next: Vec<usize> = layers
        .iter()
        .map(|stretches| stretches.partition_point(|(p, _)| p.end <= span.start))
        .collect();
    let mut cut = cuts.partition_point(|&c| c <= span.start);
    let mut runs = Vec::new();
    let mut at = span.start;
    while at < span.end {
        let mut end = span.end;
        let mut over = Vec::with_capacity(layers.len());
        while cuts.get(cut).is_some_and(|&c| c <= at) {
            cut += 1;
        }
        if let Some(&c) = cuts.get(cut) {
            end = end.min(c);
        }
        for (stretches, next) in layers.iter().zip(&mut next) {
            while stretches.get(*next).is_some_and(|(p, _)| p.end <= at) {
                *next += 1;
            }
            over.push(match stretches.get(*next) {
                Some((stretch, i)) if stretch.start <= at => {
                    end = end.min(stretch.end);
                    Some(*i)
                }
                Some((stretch, _)) => {
                    end = end.min(stretch.start);
                    None
                }
                None => None,
            });
        }
        runs.push(Run {
            span: Span::new(at, end),
            over,
        });
        at = end;
    }
    runs
}

/// Where the quotations of an article end: there each is followed by its speaker.
#[derive(Debug)]
pub(crate) struct QuotationEnds {
    /// In order, those at one place in the order of their numbers.
    bytes: Vec<usize>,
    /// Their numbers.
    quotes: Vec<usize>,
}

impl QuotationEnds {
    /// Of quotations of this text; those that end outside of it or inside a character are left out.
    pub(crate) fn new(text: &str, quotes: &[Quote]) -> Self {
        let end = |quote: &Quote| quote.content.iter().map(|span| span.end).max();
        let ends = quotes.iter().zip(0..);
        let mut ends: Vec<(usize, usize)> = ends
            .filter_map(|(quote, i)| Some((end(quote)?, i)))
            .filter(|(end, _)| text.is_char_boundary(*end))
            .collect();
        ends.sort_unstable();
        let (bytes, quotes) = ends.into_iter().unzip();
        Self { bytes, quotes }
    }

    /// All of them, in order.
    pub(crate) fn bytes(&self) -> &[usize] {
        &self.bytes
    }

    /// The numbers of the quotations that end at this byte.
    pub(crate) fn at(&self, byte: usize) -> &[usize] {
        let first = self.bytes.partition_point(|&end| end < byte);
        let after = self.bytes.partition_point(|&end| end <= byte);
        &self.quotes[first..after]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Byte by byte, what [`flatten`] says in the end.
    fn painted(length: usize, spans: &[Span]) -> Vec<Option<usize>> {
        let innermost = |at: usize| {
            let over = spans.iter().enumerate().filter(|(_, s)| s.contains(at));
            over.max_by_key(|(i, s)| (s.start, Reverse(s.end), Reverse(*i)))
                .map(|(i, _)| i)
        };
        (0..length).map(innermost).collect()
    }

    proptest! {
        #[test]
        fn every_byte_belongs_to_its_innermost_span(bounds in prop::collection::vec((0..30usize, 0..34usize), 0..12)) {
            let text = "x".repeat(30);
            let spans: Vec<Span> = bounds.iter().map(|&(a, b)| Span::new(a, b)).collect();
            let inside: Vec<Span> = spans.iter().map(|s| if s.end > 30 || s.start >= s.end { Span::default() } else { *s }).collect();
            let pieces = flatten(&text, spans.into_iter().zip(0..));
            prop_assert!(pieces.windows(2).all(|w| w[0].0.end <= w[1].0.start));
            let mut found = vec![None; 30];
            for (piece, i) in &pieces {
                prop_assert!(piece.start < piece.end);
                found[piece.range()].fill(Some(*i));
            }
            prop_assert_eq!(&found, &painted(30, &inside));
            let runs = runs(Span::new(3, 27), &[pieces], &[0, 5, 5, 26, 40]);
            let mut at = 3;
            for run in runs {
                prop_assert_eq!(run.span.start, at);
                prop_assert!(found[run.span.range()].iter().all(|f| *f == run.over[0]));
                at = run.span.end;
            }
            prop_assert_eq!(at, 27);
        }
    }

    #[test]
    fn spans_inside_characters_are_left_out() {
        assert!(flatten("é", [(Span::new(0, 1), 0), (Span::new(1, 2), 1)]).is_empty());
        assert_eq!(flatten("é", [(Span::new(0, 2), 7)]), [(Span::new(0, 2), 7)]);
    }
}

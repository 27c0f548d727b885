//! Paragraphs, sentences and quotation marks of a text: what every step asks for.

use document::{Sentence, Span};
use text::Paragraphs;
use text::quotation::{Quotation, quotations};

/// Where a text's paragraphs and sentences begin and end, and what stands between quotation marks.
#[derive(Debug)]
pub(crate) struct Layout<'t> {
    pub text: &'t str,
    pub paragraphs: Vec<Span>,
    pub sentences: Vec<Span>,
    /// The quotations that stand in no other: ordered, disjoint.
    pub outermost: Vec<Quotation>,
}

impl<'t> Layout<'t> {
    /// The layout that `sentences` give.
    pub fn new(text: &'t str, sentences: &[Sentence]) -> Self {
        let Paragraphs {
            paragraphs,
            sentences,
        } = Paragraphs::new(text, sentences);
        let mut outermost = quotations(text, paragraphs.iter().cloned());
        outermost.retain(|q| q.depth == 0);
        Self {
            text,
            outermost,
            paragraphs,
            sentences,
        }
    }

    /// The number of the sentence that begins last at or before this byte; 0 before the first.
    pub fn sentence_at(&self, byte: usize) -> usize {
        self.sentences
            .partition_point(|s| s.start <= byte)
            .saturating_sub(1)
    }

    /// The number of the paragraph that begins last at or before this byte; 0 before the first.
    pub fn paragraph_at(&self, byte: usize) -> usize {
        self.paragraphs
            .partition_point(|p| p.start <= byte)
            .saturating_sub(1)
    }

    /// The outermost quotation that holds this byte, its marks included.
    pub fn quotation_at(&self, byte: usize) -> Option<&Quotation> {
        let next = self.outermost.partition_point(|q| q.span.start <= byte);
        let q = self.outermost.get(next.checked_sub(1)?)?;
        (byte < q.span.end).then_some(q)
    }
}

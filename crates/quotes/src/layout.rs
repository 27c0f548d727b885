//! Paragraphs, sentences and quotation marks of a text: what every step asks for.

use document::{Sentence, Span};
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
    /// The layout that `sentences` give. They may come from another program: what does not fit the text is passed over,
    /// and where they name no paragraphs, a line feed between two of them begins one.
    pub fn new(text: &'t str, sentences: &[Sentence]) -> Self {
        let mut paragraphs: Vec<Span> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        let mut number = None;
        for sentence in sentences {
            let span = sentence.span.clone();
            let after = spans.last().map_or(0, |last: &Span| last.end);
            if span.start < after || span.is_empty() || text.get(span.clone()).is_none() {
                continue;
            }
            let begins = match (sentence.paragraph, number) {
                (Some(this), Some(before)) => this != before,
                _ => text[after..span.start].contains('\n'),
            };
            match paragraphs.last_mut() {
                Some(paragraph) if !begins => paragraph.end = span.end,
                _ => paragraphs.push(span.clone()),
            }
            number = sentence.paragraph;
            spans.push(span);
        }
        if spans.is_empty() {
            // A record that says it has no sentences: its lines have to do.
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                if !line.trim().is_empty() {
                    spans.push(start..start + line.trim_end().len());
                }
                start += line.len();
            }
            paragraphs = spans.clone();
        }
        let mut outermost = quotations(text, paragraphs.iter().cloned());
        outermost.retain(|q| q.depth == 0);
        Self {
            text,
            outermost,
            paragraphs,
            sentences: spans,
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

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
            mut paragraphs,
            sentences,
        } = Paragraphs::new(text, sentences);
        let mut outermost = quotations(text, paragraphs.iter().cloned());
        outermost.retain(|q| q.depth == 0);
        leave_out_labels(text, &paragraphs, &mut outermost);
        join_introductions(text, &mut paragraphs, &outermost);
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

/// `“MORENO: We waited.` in a transcript between marks: the label tells whose words follow, and is none of them.
fn leave_out_labels(text: &str, paragraphs: &[Span], outermost: &mut Vec<Quotation>) {
    for q in outermost.iter_mut() {
        let number = paragraphs.binary_search_by_key(&q.span.start, |p| p.start);
        let inner = text.get(q.inner.clone()).unwrap_or_default();
        if let (Ok(_), Some(label)) = (number, label(inner)) {
            q.span.start = q.inner.start + label;
            q.inner.start = q.span.start;
        }
    }
    outermost.retain(|q| !q.inner.is_empty());
}

/// A speaker's label has at most so many words.
const LONGEST_LABEL: usize = 3;

/// How many bytes a label in capitals takes at the start of a line, its colon and the space after it included.
fn label(line: &str) -> Option<usize> {
    let end = line.bytes().take(40).position(|b| b == b':')?;
    let name = line.get(..end)?;
    let is_word = |word: &str| {
        let mut letters = word
            .chars()
            .filter(|c| !matches!(c, '.' | '-' | '’' | '\''));
        word.len() > 1 && letters.all(char::is_uppercase)
    };
    let rest = line.get(end + 1..)?;
    let indent = rest.len() - rest.trim_start().len();
    let words = name.split(' ').count();
    (words <= LONGEST_LABEL && name.split(' ').all(is_word) && indent > 0)
        .then_some(end + 1 + indent)
}

/// “She told the court:” and the quotation in the next paragraph are read as one paragraph.
fn join_introductions(text: &str, paragraphs: &mut Vec<Span>, outermost: &[Quotation]) {
    let mut next = 0;
    paragraphs.dedup_by(|paragraph, before| {
        while outermost
            .get(next)
            .is_some_and(|q| q.span.start < paragraph.start)
        {
            next += 1;
        }
        let opens = outermost
            .get(next)
            .is_some_and(|q| q.span.start == paragraph.start);
        let introduces = text[before.clone()].trim_end().ends_with(':');
        let joins = opens && introduces;
        if joins {
            before.end = paragraph.end;
        }
        joins
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_belongs_to_the_paragraph_that_introduces_it() {
        let paragraphs = |text: &str| Layout::new(text, &[]).paragraphs.len();
        assert_eq!(paragraphs("She said:\n\n“We waited.”\n\nHe left."), 2);
        assert_eq!(paragraphs("She said:\n\nWe waited."), 2);
        assert_eq!(paragraphs("She said.\n\n“We waited.”"), 2);
    }

    #[test]
    fn labels_in_capitals_are_not_between_the_marks() {
        let inner = |text: &str| {
            let layout = Layout::new(text, &[]);
            layout
                .outermost
                .first()
                .map(|q| text[q.inner.clone()].to_owned())
        };
        let said = Some("We waited.".to_owned());
        assert_eq!(inner("“MORENO: We waited.”"), said);
        assert_eq!(inner("“J. P. MORENO: We waited.”"), said);
        assert_eq!(inner("“We waited.”"), said);
        assert_eq!(
            inner("“Note: We waited.”"),
            Some("Note: We waited.".to_owned())
        );
    }
}

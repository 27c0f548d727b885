//! Which sentences of a record can be used, and the paragraphs that they make up.

use document::{Sentence, Span};

/// The sentences and paragraphs of a text: trimmed, in order, disjoint ranges of bytes on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraphs {
    /// From the first byte of its first sentence to the last of its last one.
    pub paragraphs: Vec<Span>,
    /// Those of the input that fit the text.
    pub sentences: Vec<Span>,
}

impl Paragraphs {
    /// `sentences` may come from another program: what does not fit the text is passed over, and where they name no
    /// paragraphs, a line feed between two of them begins one. Without any, each line is a sentence and a paragraph.
    pub fn new(text: &str, sentences: &[Sentence]) -> Self {
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
        Self {
            paragraphs,
            sentences: spans,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(span: Span, paragraph: Option<usize>) -> Sentence {
        Sentence {
            span,
            paragraph,
            kind: None,
        }
    }

    #[test]
    fn paragraphs_are_those_that_sentences_name() {
        let text = "One. Two.\nThree. Four.";
        let numbered = [(0..4, 0), (5..9, 0), (10..16, 0), (17..22, 1)];
        let found = Paragraphs::new(text, &numbered.map(|(s, p)| sentence(s, Some(p))));
        assert_eq!(found.paragraphs, [0..16, 17..22]);
        assert_eq!(found.sentences.len(), 4);
        let bare = [0..4, 5..9, 10..16, 17..22].map(|s| sentence(s, None));
        assert_eq!(Paragraphs::new(text, &bare).paragraphs, [0..9, 10..22]);
        assert_eq!(Paragraphs::new(text, &[]).paragraphs, [0..9, 10..22]);
    }

    #[test]
    fn what_does_not_fit_is_passed_over() {
        let backwards = Span { start: 3, end: 2 };
        let odd =
            [1..2, 0..2, 0..2, 1..4, 3..3, backwards, 3..4, 3..900].map(|s| sentence(s, None));
        assert_eq!(Paragraphs::new("éa.", &odd).sentences, [0..2, 3..4]);
    }
}

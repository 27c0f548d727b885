//! The text as descriptions and pronouns are read: tokens, sentences, quotation marks.

use document::{Sentence, Span};
use text::{Gap, Token};

/// A document's tokens, with the sentence of each and whether it stands in quotation marks.
pub(super) struct Scene<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    /// Which sentence each token is in, counting from 0; what is in none has `usize::MAX`.
    pub sentence: Vec<usize>,
    pub quoted: Vec<bool>,
}

impl<'t> Scene<'t> {
    /// Sentences are expected in their order, as a segmenter gives them.
    pub fn new(text: &'t str, tokens: &'t [Token], sentences: &[Sentence]) -> Self {
        let mut scene = Self {
            text,
            sentence: Vec::with_capacity(tokens.len()),
            quoted: Vec::with_capacity(tokens.len()),
            tokens,
        };
        let mut at = 0;
        let mut quoted = false;
        for token in tokens {
            while sentences
                .get(at)
                .is_some_and(|s| s.span.end <= token.span.start)
            {
                at += 1;
            }
            let inside = sentences
                .get(at)
                .is_some_and(|s| s.span.start <= token.span.start);
            scene.sentence.push(if inside { at } else { usize::MAX });
            // A mark that a paragraph leaves open does not run into the next one.
            if token.gap == Gap::Line {
                quoted = false;
            }
            let mark = &text[token.span.clone()];
            match mark {
                "“" | "«" | "„" => quoted = true,
                "”" | "»" => quoted = false,
                "\"" | "''" | "``" => quoted = !quoted,
                _ => {}
            }
            scene.quoted.push(quoted);
        }
        scene
    }

    /// The text of a token, empty past the end.
    pub fn word(&self, i: usize) -> &'t str {
        self.tokens
            .get(i)
            .map_or("", |t| &self.text[t.span.clone()])
    }

    /// Whether the token is one of these words, in any case.
    pub fn is(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        words.iter().any(|w| word.eq_ignore_ascii_case(w))
    }

    /// Some tokens' text, words parted by one space.
    pub fn words(&self, first: usize, next: usize) -> String {
        let mut words = String::new();
        for i in first..next {
            if i > first {
                words.push(' ');
            }
            words.push_str(self.word(i));
        }
        words
    }

    /// The bytes of some tokens; `first < next`, both within the text.
    pub fn span(&self, first: usize, next: usize) -> Span {
        let start = self.tokens.get(first).map_or(0, |t| t.span.start);
        let end = next.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..end.map_or(start, |t| t.span.end)
    }

    /// The first token that starts at or after a byte.
    pub fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start < byte)
    }

    /// The tokens of a range of bytes.
    pub fn tokens_of(&self, span: &Span) -> std::ops::Range<usize> {
        self.token_at(span.start)..self.token_at(span.end)
    }
}

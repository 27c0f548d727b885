//! The sentences that tell the story.

use document::{Entity, Quote, Sentence, Summary};

/// What the summarizer reads: a text, and what is known of it already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The article.
    pub text: &'a str,
    /// Its headline, where it is not part of `text`.
    pub title: Option<&'a str>,
    /// Worked out where absent.
    pub sentences: Option<&'a [Sentence]>,
    /// Used where present.
    pub entities: Option<&'a [Entity]>,
    /// Used where present.
    pub quotes: Option<&'a [Quote]>,
}

/// How long a summary may be. It is never exceeded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Budget {
    /// At most so many sentences.
    Sentences(usize),
    /// At most so many pieces between white space.
    Words(usize),
    /// At most so many Unicode code points.
    Chars(usize),
    /// At most this share of the text's words, over 0 and at most 1.
    Ratio(f64),
}

/// Picks sentences.
#[derive(Debug)]
pub struct Summarizer {
    /// How long the summary may be.
    pub budget: Budget,
}

impl Summarizer {
    /// The summary of a text; empty where the text is blank.
    pub fn summarize(&self, _input: &Input<'_>) -> Summary {
        Summary {
            text: String::new(),
            sentences: Vec::new(),
        }
    }
}

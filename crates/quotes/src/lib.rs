//! Who said what in news text.

use document::{Entity, Quote, Sentence};

/// What the extractor reads: a text, and what is known of it already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The article.
    pub text: &'a str,
    /// Worked out where absent.
    pub sentences: Option<&'a [Sentence]>,
    /// Worked out where absent; then no speaker names an entity's id, and all else is the same.
    pub entities: Option<&'a [Entity]>,
}

/// Finds quotations, their sources and speakers.
#[derive(Debug, Default)]
pub struct Extractor {}

impl Extractor {
    /// The fast, linear model.
    pub fn fast() -> Self {
        Self::default()
    }

    /// The quotations of a text, in its order.
    pub fn quotes(&self, _input: &Input<'_>) -> Vec<Quote> {
        Vec::new()
    }
}

//! Names and values in news text, and which of them are the same.

use document::{Dateline, Entity, Metadata, Sentence};

/// What the recognizer reads: a text, and what is known of it already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The article.
    pub text: &'a str,
    /// ISO 8601; relative dates ("Monday") are resolved against it.
    pub date: Option<&'a str>,
    /// Worked out where absent.
    pub sentences: Option<&'a [Sentence]>,
    /// Header stretches; dates in them count.
    pub metadata: Option<&'a [Metadata]>,
    /// Its place and agency are names.
    pub dateline: Option<&'a Dateline>,
}

/// Finds and links names and values.
#[derive(Debug, Default)]
pub struct Recognizer {}

impl Recognizer {
    /// The fast, linear model.
    pub fn fast() -> Self {
        Self::default()
    }

    /// The entities of a text, in the order of their first mentions.
    pub fn entities(&self, _input: &Input<'_>) -> Vec<Entity> {
        Vec::new()
    }
}

//! Sentences, paragraphs and the structure of news text.

use document::{Dateline, Metadata, Sentence};

/// What [`Segmenter::segment`] finds in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segmentation {
    /// Ordered, disjoint, trimmed; every character that is not white space is in one of them or in `metadata`.
    pub sentences: Vec<Sentence>,
    /// Header stretches that belong to no sentence.
    pub metadata: Vec<Metadata>,
    /// Where and when the report was filed.
    pub dateline: Option<Dateline>,
    /// The document's full date (ISO 8601), where metadata or dateline give one.
    pub date: Option<String>,
}

/// Finds sentences.
#[derive(Debug, Clone, Default)]
pub struct Segmenter {}

impl Segmenter {
    /// A segmenter with the built-in abbreviations.
    pub fn new() -> Self {
        Self::default()
    }

    /// The structure of `text`; `date` is the document's own, if known, and completes a dateline without a year.
    pub fn segment(&self, _text: &str, _date: Option<&str>) -> Segmentation {
        Segmentation::default()
    }
}

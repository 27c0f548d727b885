//! What the summarizer reads.

use document::{Entity, Quote};
use text::Reading;

/// An article and what is known about it.
///
/// ```
/// use summarize::{Budget, Input, Summarizer};
///
/// let text = "The mayor spoke on Monday. Sheep farmers in Barrow lost two hundred animals in the flood.";
/// let reading = segment::Segmenter::new().read(text);
/// let input = Input { title: Some("Barrow’s farmers lose sheep"), ..Input::new(&reading) };
/// let summary = Summarizer::new().with_budget(Budget::Sentences(1)).summarize(&input);
/// assert_eq!(&text[summary.sentences[0].span], summary.text);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The article.
    pub reading: &'a Reading<'a>,
    /// Its headline, where that is not part of the text. Sentences that resemble it score higher.
    pub title: Option<&'a str>,
    /// Its entities, in bytes of its text. With them, a bare surname or a description (*the company*) is not picked
    /// without the sentence that has the full name, and [`Summarizer::about`](crate::Summarizer::about) finds all
    /// mentions.
    pub entities: Option<&'a [Entity]>,
    /// Its quotations, in bytes of its text. With them, a bare quotation is not picked without the sentence that names
    /// its source.
    pub quotes: Option<&'a [Quote]>,
    /// Quotations from which the summary is to say who said what: [`Summary::quotes`](document::Summary::quotes). They
    /// change nothing about which sentences are picked.
    pub digest: Option<&'a [Quote]>,
}

impl<'a> Input<'a> {
    /// An article about which nothing else is known.
    pub fn new(reading: &'a Reading<'a>) -> Self {
        Self {
            reading,
            title: None,
            entities: None,
            quotes: None,
            digest: None,
        }
    }
}

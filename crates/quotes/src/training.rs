//! What only a trainer needs: the features of a text's paragraphs, its lexicon and its file.

use crate::features::extract;
use crate::model::each_paragraph;
use document::Span;
use tagger::Rows;
use text::{Place, Reading};

pub use crate::features::FEATURE_SET;
pub use crate::lexicon::{Known, Lexicon};
pub use crate::model::{KINDS, Model};
pub use crate::words::lower_case;

/// The features of a paragraph's tokens.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Where its tokens stand.
    pub tokens: Vec<Span>,
    /// Whether each stands between quotation marks.
    pub quoted: Vec<bool>,
    /// Their features.
    pub rows: Rows,
}

/// The paragraphs of a text with their features, given a lexicon.
pub fn paragraphs(reading: &Reading<'_>, lexicon: &Lexicon) -> Vec<Paragraph> {
    let mut all = Vec::new();
    each_paragraph(reading, lexicon, |_, words, before| {
        let mut rows = Rows::default();
        extract(words, before, &mut rows);
        all.push(Paragraph {
            tokens: words.words.iter().map(|w| w.span).collect(),
            quoted: words
                .words
                .iter()
                .map(|w| w.place == Place::Inside)
                .collect(),
            rows,
        });
    });
    all
}

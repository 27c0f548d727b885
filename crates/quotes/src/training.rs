//! What only a trainer needs: the features of a text's paragraphs, its lexicon and its file, and those of modes.

use crate::features::extract;
use crate::model::each_paragraph;
use crate::{Extractor, kind, mode, turns};
use document::{Quote, Span};
use entities::encoding::Heads;
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

/// What a model takes for a quotation, with the features by which its mode is decided.
#[derive(Debug)]
pub struct Found {
    /// Without id, mode and speaker.
    pub quote: Quote,
    /// Hashes.
    pub features: Vec<u64>,
}

/// What an extractor finds in a text, statements or not.
pub fn found(extractor: &Extractor, reading: &Reading<'_>) -> Vec<Found> {
    let scores = extractor.finder.scores(reading, Heads::Quotes, None);
    let scores = scores.as_deref();
    let quotes = extractor.attributions(reading, scores, &turns::turns(reading));
    let features = |quote: &Quote| mode::features(reading, quote, scores.is_some());
    quotes
        .into_iter()
        .map(|quote| Found {
            features: features(&quote),
            quote,
        })
        .collect()
}

/// The features of an annotated quotation, and whether it is a statement as far as the list of cues can tell; `None` where
/// its cue is not in the list.
pub fn listed(
    reading: &Reading<'_>,
    content: &[Span],
    cue: &[Span],
    source: &[Span],
) -> Option<(Vec<u64>, bool)> {
    let kind = kind::kind(reading, content);
    let mut quote = Quote::new("", kind, content.to_vec());
    quote.cue = cue.to_vec();
    quote.source = source.to_vec();
    mode::listed(reading, &quote)
}

/// The file of the weights of modes; features that it lacks weigh nothing.
pub fn pack_modes(weights: impl IntoIterator<Item = (u64, f32)>) -> Vec<u8> {
    mode::pack(weights)
}

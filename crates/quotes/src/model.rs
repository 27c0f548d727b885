//! The linear model: its features and its file.
//!
//! Its trainer shares everything here but the weights: tokens, features, lexicon and label scheme.

use crate::features::{Ending, extract};
use crate::words::Words;
use document::{Span, TokenRange};
use tagger::{LinearModel, Rows};
use text::{Place, Reading};

pub use crate::features::FEATURE_SET;
pub use crate::lexicon::{Known, Lexicon, pack};
pub use crate::words::lower_case;

/// The label scheme's kinds of spans, in the order of [`Role`](crate::linking::Role).
pub const KINDS: [&str; 3] = ["content", "cue", "source"];

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

/// The paragraphs of a text with their features, given a lexicon: for the trainer.
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

/// The tokens of each paragraph, its words, and how the paragraph before it ended.
///
/// An introduction and its quotation are one paragraph here ([`Reading::paragraphs`]); the encoder has read them apart.
/// That does not matter, as it gives its scores token by token, and only what they are read together with differs.
pub(crate) fn each_paragraph(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    mut use_it: impl FnMut(TokenRange, &Words, Ending),
) {
    let mut ending = Ending::Start;
    for paragraph in reading.paragraphs() {
        let tokens = reading.tokens_in(*paragraph);
        let words = Words::new(reading, tokens, lexicon);
        use_it(tokens, &words, ending);
        ending = match words.words.last().map(|w| w.place) {
            Some(Place::Inside) => Ending::Open,
            Some(Place::Closing) => Ending::Closed,
            Some(_) => Ending::Plain,
            None => ending,
        };
    }
}

/// A lexicon and a linear model over features that read it.
///
/// In a file: the lexicon's length as a little-endian `u32`, the lexicon, and the model as `tagger` packs it.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) lexicon: Lexicon,
    pub(crate) linear: LinearModel,
}

impl Model {
    /// Reads a model that is part of the program.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, tagger::Error> {
        let (lexicon, linear) = split(bytes)?;
        Ok(Self {
            lexicon: Lexicon::new(lexicon),
            linear: LinearModel::from_static(linear, FEATURE_SET)?,
        })
    }

    /// Reads a model from a file's bytes; one that was changed or cut short is an error.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, tagger::Error> {
        let (lexicon, linear) = split(bytes)?;
        Ok(Self {
            lexicon: Lexicon::new(lexicon.to_vec()),
            linear: LinearModel::from_bytes(linear.to_vec(), FEATURE_SET)?,
        })
    }

    /// A file's bytes.
    pub fn join(lexicon: &[u8], linear: &[u8]) -> Vec<u8> {
        [&(lexicon.len() as u32).to_le_bytes(), lexicon, linear].concat()
    }
}

fn split(bytes: &[u8]) -> Result<(&[u8], &[u8]), tagger::Error> {
    const FOREIGN: tagger::Error = tagger::Error::Foreign("a model of quotations");
    let (length, rest) = bytes.split_first_chunk().ok_or(FOREIGN)?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
        .ok_or(FOREIGN)
}

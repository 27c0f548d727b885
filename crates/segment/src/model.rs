//! The model: a [`Lexicon`] and a weight for each feature.

use crate::candidate::Candidate;
use crate::features::{BITS, features};
use crate::lexicon::Lexicon;

/// Bytes of the weights, one 16-bit integer for each feature.
const WEIGHTS: usize = 2 << BITS;

static BUILT_IN: &[u8] = include_bytes!("../model/segment.bin");

/// A model, borrowed from the bytes it is packed in: the weights, then the lexicon.
#[derive(Debug, Clone, Copy)]
pub struct Model<'m> {
    weights: &'m [u8],
    lexicon: Lexicon<'m>,
}

impl<'m> Model<'m> {
    /// The model in `bytes`; `None` if they are too short to be one.
    pub fn from_bytes(bytes: &'m [u8]) -> Option<Self> {
        let (weights, lexicon) = bytes.split_at_checked(WEIGHTS)?;
        Some(Self {
            weights,
            lexicon: Lexicon::new(lexicon),
        })
    }

    pub(crate) fn built_in() -> Model<'static> {
        Model::from_bytes(BUILT_IN).unwrap_or(Model {
            weights: &[],
            lexicon: Lexicon::new(&[]),
        })
    }

    pub(crate) fn lexicon(self) -> Lexicon<'m> {
        self.lexicon
    }

    /// Positive where the sentence ends.
    pub(crate) fn score(self, text: &str, candidate: &Candidate, start: usize) -> i32 {
        let mut score = 0;
        features(text, candidate, start, self.lexicon, |feature| {
            let weight = self
                .weights
                .get(feature * 2..feature * 2 + 2)
                .and_then(|b| b.try_into().ok());
            score += i32::from(i16::from_le_bytes(weight.unwrap_or_default()));
        });
        score
    }
}

/// Packs weights and lexicon into a model's bytes.
pub fn pack(weights: &[i16], lexicon: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = weights
        .iter()
        .flat_map(|weight| weight.to_le_bytes())
        .collect();
    bytes.resize(WEIGHTS, 0);
    bytes.extend_from_slice(lexicon);
    bytes
}

//! The model: a [`Lexicon`] and a weight for each feature.
//!
//! ```text
//! header                    see [`model::Format`]; the feature set is which features there are
//! lexicon                   see [`model::WordTable`]
//! weights, i16              one for each feature
//! ```

use crate::candidate::Candidate;
use crate::features::{BITS, FEATURE_SET, features};
use crate::lexicon::Lexicon;
use model::{Error, Format};
use std::borrow::Cow;

const FORMAT: Format = Format {
    name: "a model of sentences",
    magic: b"NTSENTEN",
    version: 1,
};

/// Bytes of the weights, one 16-bit integer for each feature.
const WEIGHTS: usize = 2 << BITS;

static BUILT_IN: &[u8] = include_bytes!("../model/segment.bin");

/// Scores what may be the end of a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub lexicon: Lexicon<'static>,
    weights: Cow<'static, [u8]>,
}

impl Model {
    /// The model that is part of the program; its checksum is for a test.
    pub(crate) fn built_in() -> Self {
        let (lexicon, weights) = read(BUILT_IN).expect("the built-in model fits this version");
        Self {
            lexicon,
            weights: weights.into(),
        }
    }

    /// A model from elsewhere, such as a file; every byte of it is checked.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (lexicon, weights) = read(bytes)?;
        FORMAT.check(bytes)?;
        Ok(Self {
            lexicon: lexicon.into_owned(),
            weights: weights.to_vec().into(),
        })
    }

    /// Positive where the sentence ends.
    pub(crate) fn score(&self, text: &str, candidate: &Candidate, start: usize) -> i32 {
        let weights = &*self.weights;
        let mut score = 0;
        features(text, candidate, start, &self.lexicon, |feature| {
            let weight = weights
                .get(feature * 2..feature * 2 + 2)
                .and_then(|b| b.try_into().ok());
            score += i32::from(i16::from_le_bytes(weight.unwrap_or_default()));
        });
        score
    }
}

fn read(bytes: &[u8]) -> Result<(Lexicon<'_>, &[u8]), Error> {
    let mut reader = FORMAT.read(bytes, FEATURE_SET)?;
    let lexicon = Lexicon::read(&mut reader)?;
    let weights = reader.take(WEIGHTS)?;
    reader.end()?;
    Ok((lexicon, weights))
}

/// The file of a model with this lexicon and these weights.
#[cfg(any(test, feature = "training"))]
pub fn pack(lexicon: &Lexicon, weights: &[i16]) -> Vec<u8> {
    let mut bytes = lexicon.pack();
    bytes.extend(weights.iter().flat_map(|weight| weight.to_le_bytes()));
    FORMAT.pack(FEATURE_SET, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Key, WordFacts};

    /// What [`Model::built_in`] leaves out for the sake of a quick start.
    #[test]
    fn the_built_in_model_is_whole() {
        Model::from_bytes(BUILT_IN).unwrap();
        let entry = Model::built_in().lexicon.get(Key::Before("Mr"));
        assert_ne!(entry, WordFacts::default());
    }

    #[test]
    fn damage_is_an_error() {
        let lexicon = Lexicon::new([(Key::Before("Dr"), WordFacts::new(1, 5, 0))]);
        let file = pack(&lexicon, &[1; 1 << BITS]);
        assert_eq!(Model::from_bytes(&file).unwrap().weights.len(), WEIGHTS);
        for cut in (0..200).chain((200..file.len()).step_by(97)) {
            Model::from_bytes(&file[..cut]).unwrap_err();
        }
        let mut changed = file.clone();
        changed[file.len() - 1] ^= 1;
        assert_eq!(
            Model::from_bytes(&changed).unwrap_err().to_string(),
            "a model of sentences is damaged (checksum): copy the file again"
        );
        assert!(Model::from_bytes(&[file, vec![0]].concat()).is_err());
    }
}

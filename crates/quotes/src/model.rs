//! The linear model: its features and its file.
//!
//! Its trainer shares everything here but the weights: tokens, features, lexicon and label scheme.

use crate::features::{Ending, FEATURE_SET};
use crate::lexicon::Lexicon;
use crate::words::ParagraphWords;
use document::TokenRange;
use model::Format;
use tagger::LinearModel;
use text::{Place, Reading};

/// The label scheme's kinds of spans: the roles of parts, in the order of the labels.
pub const KINDS: [&str; 3] = ["content", "cue", "source"];

/// The tokens of each paragraph, its words, and how the paragraph before it ended.
///
/// An introduction and its quotation are one paragraph here ([`Reading::paragraphs`]); the encoder has read them apart.
/// That does not matter, as it gives its scores token by token, and only what they are read together with differs.
pub(crate) fn each_paragraph(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    mut use_it: impl FnMut(TokenRange, &ParagraphWords, Ending),
) {
    let mut ending = Ending::Start;
    for paragraph in reading.paragraphs() {
        let tokens = reading.tokens_in(*paragraph);
        let words = ParagraphWords::new(reading, tokens, lexicon);
        use_it(tokens, &words, ending);
        ending = match words.words.last().map(|w| w.place) {
            Some(Place::Inside) => Ending::Open,
            Some(Place::Closing) => Ending::Closed,
            Some(_) => Ending::Plain,
            None => ending,
        };
    }
}

const FORMAT: Format = Format {
    name: "a model of quotations",
    magic: b"NTQUOTES",
    version: 1,
};

/// A lexicon and a linear model over features that read it.
///
/// In a file: the header, see [`Format`], whose feature set is [`FEATURE_SET`]; the lexicon, see [`model::WordTable`]; and the
/// linear model as `tagger` packs it, with a header of its own.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) lexicon: Lexicon<'static>,
    pub(crate) linear: LinearModel,
}

impl Model {
    /// Reads a model that is part of the program; its checksum is for a test.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, tagger::Error> {
        let mut reader = FORMAT.read(bytes, FEATURE_SET)?;
        Ok(Self {
            lexicon: Lexicon::read(&mut reader)?,
            linear: LinearModel::from_static(reader.rest(), FEATURE_SET)?,
        })
    }

    /// Reads a model from a file's bytes; one that was changed or cut short is an error.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, tagger::Error> {
        let mut reader = FORMAT.read(bytes, FEATURE_SET)?;
        let lexicon = Lexicon::read(&mut reader)?.into_owned();
        let linear = LinearModel::from_bytes(reader.rest().to_vec(), FEATURE_SET)?;
        FORMAT.check(bytes)?;
        Ok(Self { lexicon, linear })
    }

    /// A file's bytes; `linear` are those of a linear model.
    #[cfg(any(test, feature = "training"))]
    pub fn pack(lexicon: &Lexicon, linear: &[u8]) -> Vec<u8> {
        FORMAT.pack(FEATURE_SET, &[&lexicon.pack(), linear].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Known;
    use tagger::Labels;
    use tagger::training::Weights;

    /// What [`Model::from_static`] leaves out for the sake of a quick start.
    #[test]
    fn the_programs_own_model_is_whole() {
        let model = Model::from_bytes(crate::FAST).unwrap();
        assert_ne!(model.lexicon.get(model::hash(b"said")).cue, 0);
    }

    #[test]
    fn damage_is_an_error() {
        let labels = Labels::new(KINDS).unwrap();
        let weights = Weights {
            transitions: vec![0.0; labels.len() * labels.len()],
            features: vec![(1, vec![1.0; labels.len()])],
            labels,
        };
        let lexicon = Lexicon::new([("said", Known::default())]);
        let file = Model::pack(&lexicon, &weights.pack(FEATURE_SET).unwrap());
        Model::from_bytes(&file).unwrap();
        for cut in (0..1000).chain((1000..file.len()).step_by(997)) {
            Model::from_bytes(&file[..cut]).unwrap_err();
        }
        // The header, a record of the lexicon, the linear model's header and its last byte.
        for place in [13, 50, 60, file.len() - 1] {
            let mut changed = file.clone();
            changed[place] ^= 1;
            Model::from_bytes(&changed).unwrap_err();
        }
        let foreign = Model::from_bytes(b"not a model at all").unwrap_err();
        assert_eq!(
            foreign.to_string(),
            "not a model of quotations: give a file of that kind"
        );
    }
}

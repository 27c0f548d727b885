//! The encoder, with the feature `accurate`. Without it, types of the same names, so that no other file depends on the
//! feature: there is no [`Encoder`] then, and no file becomes one.

#[cfg(feature = "accurate")]
pub use encoder::{Encoder, Error, Heads, Scores};
#[cfg(not(feature = "accurate"))]
pub use left_out::{Encoder, Error, Heads, Scores};

#[cfg(not(feature = "accurate"))]
mod left_out {
    use std::convert::Infallible;
    use tagger::{Chain, Labels};
    use text::Reading;

    /// No value of it exists.
    #[derive(Debug, Clone)]
    pub struct Encoder(Infallible);

    /// The labels of one of its tasks.
    #[derive(Debug)]
    pub struct Head {
        /// Their names.
        pub labels: Labels,
        /// Their transitions.
        pub chain: Chain,
    }

    /// Which labels are asked for.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Heads {
        /// Those of quotations.
        Quotes,
        /// Those of entities.
        Entities,
        /// Both.
        Both,
    }

    /// What an encoder says of a text. Without the accurate model nothing makes these.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct Scores {
        /// For the labels of quotations.
        pub quotes: Vec<f32>,
        /// For the labels of entities.
        pub entities: Vec<f32>,
    }

    /// Why a file is no encoder.
    #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
    pub enum Error {
        /// It may be one, but this program cannot use it.
        #[error("an encoder model, which this program was built without (feature `accurate`)")]
        LeftOut,
    }

    impl Encoder {
        /// Whether a file says that it is an encoder.
        pub fn is_encoder_file(bytes: &[u8]) -> bool {
            bytes.starts_with(super::MAGIC)
        }

        /// An error.
        pub fn from_bytes(_: Vec<u8>) -> Result<Self, Error> {
            Err(Error::LeftOut)
        }

        /// The labels of quotations.
        pub fn quotes(&self) -> &Head {
            match self.0 {}
        }

        /// The labels of entities.
        pub fn entities(&self) -> &Head {
            match self.0 {}
        }

        /// The scores of a text.
        pub fn scores(&self, _: &Reading<'_>, _: Heads) -> Scores {
            match self.0 {}
        }
    }
}

/// How an encoder's file begins.
#[cfg(any(test, not(feature = "accurate")))]
const MAGIC: &[u8] = b"NTENCODE";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoders_file_is_known_with_and_without_the_feature() {
        assert!(Encoder::is_encoder_file(MAGIC));
        assert!(!Encoder::is_encoder_file(b"NTENCOD"));
    }
}

//! The accurate model: a small transformer encoder (MiniLM with six layers; Wang et al. 2020) over the word pieces of a
//! text, with a head that scores labels of quotations and one that scores labels of entities.
//!
//! The tokens of a [`Reading`] become word pieces of a fixed vocabulary, and those become windows that the encoder reads one
//! at a time. [`Encoder::scores`] does all of it, once for both heads. The result are emissions for [`tagger`]'s decoder,
//! as a linear model gives them.
//!
//! The cargo feature `training` adds `training`: pieces and windows as the encoder reads them, and packing trained weights.
//!
//! ```
//! use encoder::{Encoder, Heads};
//! # fn of(file: Vec<u8>) -> Result<(), encoder::Error> {
//! let encoder = Encoder::from_bytes(file)?;
//! let text = "Ada Lovelace said it would work.";
//! let reading = text::Reading::new(text, vec![]);
//! let scores = encoder.scores(&reading, Heads::Entities);
//! let entities = encoder.entities();
//! let best = entities.chain.viterbi(&scores.entities);
//! for name in entities.labels.spans(&best) {
//!     println!("{}", &text[reading.span_of(name.tokens)]);
//! }
//! # Ok(()) }
//! ```
//!
//! The forward pass is its own and needs no library: `rten`, the well-kept choice, is as fast, but takes 50 ms to load
//! such a model, 85 MB of memory and 5 MB of program. Here nothing is loaded: all threads use the weights where they lie in
//! the program. And equal input gives equal bytes on every machine: integers are summed exactly, floating point in a fixed
//! order, whatever instructions the processor has.

// Without the trainer's door, what stands behind it is not reachable.
#![cfg_attr(not(feature = "training"), allow(unreachable_pub))]

mod arithmetic;
mod attention;
mod file;
mod forward;
#[cfg(any(test, feature = "training"))]
mod pack;
mod pieces;
mod product;
mod scores;
mod simd;
#[cfg(any(test, feature = "training"))]
pub mod training;
mod vocabulary;
mod windows;

pub use file::Head;
use file::{FORMAT, Sections};
use forward::{Buffers, Pass};
use scores::HeadScores;
use std::borrow::Cow;
use text::Reading;
pub use vocabulary::Error as VocabularyError;
use vocabulary::Vocabulary;
use windows::{Window, windows};

/// What a model must have been trained with: a new number for every change to tokens' pieces, cases or places, or to the
/// cutting of windows.
const FEATURE_SET: u64 = 1;

/// About how many pieces are read together: weights come from memory once for all of them, and their rows still fit in the
/// second cache.
const BATCH: usize = 256;

/// Why bytes cannot be used as an encoder, or weights cannot be packed into one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not an encoder's file, not of this version, or damaged.
    #[error(transparent)]
    File(#[from] model::Error),
    /// Its heads have unusable labels or transitions.
    #[error(transparent)]
    Head(#[from] tagger::Error),
    /// Its word pieces cannot be read.
    #[error("model is damaged: {0}")]
    Vocabulary(VocabularyError),
    /// A tensor is missing among the trained weights.
    #[error("the trained weights lack {0}")]
    Lacks(String),
    /// A tensor of the trained weights has another size than the others ask for.
    #[error("of the trained weights, the size is wrong of: {0}")]
    Shape(String),
}

/// A small transformer, in the bytes of its file.
#[derive(Debug, Clone)]
pub struct Encoder {
    bytes: Cow<'static, [u8]>,
    sections: Sections,
}

/// Which labels are wanted. A token passes through the layers only until all wanted heads are sure of its label: with one
/// head that takes less time, and gives slightly different scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heads {
    /// For quotations.
    Quotes,
    /// For entities.
    Entities,
    /// Both in one reading.
    Both,
}

/// Scores of a text's tokens: emissions as [`tagger`] has them, one row a token; empty for a head that was not wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores {
    /// Scores of the labels of [`Encoder::quotes`].
    pub quotes: Vec<f32>,
    /// Scores of the labels of [`Encoder::entities`].
    pub entities: Vec<f32>,
}

/// The model that is part of the program; see its card beside it.
static ACCURATE: &[u8] = include_bytes!("../model/encoder.bin");

impl Encoder {
    /// The model that is part of the program.
    ///
    /// # Panics
    ///
    /// Where the program was built with a model file of another version.
    pub fn accurate() -> Self {
        #[allow(clippy::expect_used)] // a build error, which the tests would show
        Self::from_static(ACCURATE).expect("the built-in model fits this version")
    }

    /// Reads a model that may come from anywhere; every byte is checked.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Error> {
        let sections = Sections::read(&bytes)?;
        FORMAT.check(&bytes)?;
        Ok(Self {
            bytes: bytes.into(),
            sections,
        })
    }

    /// Reads a model that is part of the program (`include_bytes!`), touching little more than its header: the checksum
    /// of such a model is for a test of the crate that carries it. A damaged one labels wrongly, and does no worse.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, Error> {
        Ok(Self {
            sections: Sections::read(bytes)?,
            bytes: bytes.into(),
        })
    }

    /// Whether a file begins as an encoder's does, damaged or not.
    pub fn is_encoder_file(bytes: &[u8]) -> bool {
        FORMAT.is_format_of(bytes)
    }

    /// The labels of contents, cues and sources.
    pub fn quotes(&self) -> &Head {
        &self.sections.quotes
    }

    /// The labels of entities.
    pub fn entities(&self) -> &Head {
        &self.sections.entities
    }

    /// Reads a text once for the wanted heads. Time and memory are linear in the text's length.
    pub fn scores(&self, reading: &Reading<'_>, heads: Heads) -> Scores {
        let vocabulary = Vocabulary::read(&self.bytes[self.sections.vocabulary.clone()]);
        // The vocabulary was checked when the model was read.
        let windows = vocabulary.map(|vocabulary| windows(&vocabulary, reading));
        let tokens = reading.tokens().len();
        self.score_windows(&windows.unwrap_or_default(), tokens, heads, BATCH)
    }

    fn score_windows(
        &self,
        windows: &[Window],
        tokens: usize,
        heads: Heads,
        batch: usize,
    ) -> Scores {
        let begin = |head: &Head| HeadScores::new(&self.bytes, head, tokens);
        let mut head_scores = match heads {
            Heads::Quotes => vec![begin(self.quotes())],
            Heads::Entities => vec![begin(self.entities())],
            Heads::Both => vec![begin(self.quotes()), begin(self.entities())],
        };
        let mut buffers = Buffers::default();
        let mut rest = windows;
        while !rest.is_empty() {
            let mut pieces = 0;
            let count = rest.iter().take_while(|window| {
                pieces += window.ids.len();
                pieces <= batch
            });
            let count = count.count().max(1);
            let (windows, after) = rest.split_at(count);
            rest = after;
            simd::run(&mut Pass {
                bytes: &self.bytes,
                sections: &self.sections,
                windows,
                heads: &mut head_scores,
                buffers: &mut buffers,
            });
        }
        let mut emissions = head_scores.into_iter().map(|head| head.emissions);
        let mut next = || emissions.next().unwrap_or_default();
        match heads {
            Heads::Quotes => Scores {
                quotes: next(),
                ..Scores::default()
            },
            Heads::Entities => Scores {
                entities: next(),
                ..Scores::default()
            },
            Heads::Both => Scores {
                quotes: next(),
                entities: next(),
            },
        }
    }
}

#[cfg(test)]
mod tests;

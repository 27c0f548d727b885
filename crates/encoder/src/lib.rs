//! The accurate model: a small transformer encoder (MiniLM with six layers; Wang et al. 2020) over the word pieces of a
//! text, with a head that scores labels of quotations and one that scores labels of entities.
//!
//! The tokens of a [`Reading`] become word pieces ([`pieces`]) of a fixed vocabulary ([`vocabulary`]), and those become
//! windows ([`windows`]) that the encoder reads one at a time. [`Encoder::scores`] does all of it, once for both heads;
//! what it gives are emissions for [`tagger`]'s decoder, the same as a linear model gives.
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
//! such a model, 85 MB of memory and 5 MB of program. Here nothing is loaded: weights are used where they lie in the
//! program, by all threads at once. And equal input gives equal bytes on every machine: integers are summed exactly, floating
//! point in one order, whatever instructions the processor has.

mod arithmetic;
mod attention;
mod file;
mod forward;
mod pack;
pub mod pieces;
mod product;
mod scores;
mod simd;
pub mod vocabulary;
pub mod windows;

pub use file::{Exit, Head};
use file::{FORMAT, Sections};
use forward::{Pass, Room};
pub use pack::pack;
use scores::Asked;
use std::borrow::Cow;
use text::Reading;
use vocabulary::Vocabulary;
use windows::{Window, windows};

/// What a model must have been trained with: a new number for every change to tokens' pieces, cases or places, or to the
/// cutting of windows.
const FEATURE_SET: u64 = 1;

/// About so many pieces are read together: weights come from memory once for all of them, and what belongs to them still
/// fits the second cache.
const BATCH: usize = 256;

/// Why bytes are no encoder, or weights cannot become one.
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
    Vocabulary(vocabulary::Error),
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

/// Which heads are asked. A token is read no further than to where all of them are sure of it: asking for less takes less
/// time, and gives a little different scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heads {
    /// For quotations.
    Quotes,
    /// For entities.
    Entities,
    /// Both in one reading.
    Both,
}

/// What the encoder says of a text: emissions as [`tagger`] has them, a row for each token; empty for a head that was not
/// asked.
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

    /// Whether a file says that it is an encoder, damaged or not.
    pub fn is_meant_by(bytes: &[u8]) -> bool {
        FORMAT.is_meant_by(bytes)
    }

    /// The labels of contents, cues and sources.
    pub fn quotes(&self) -> &Head {
        &self.sections.quotes
    }

    /// The labels of entities.
    pub fn entities(&self) -> &Head {
        &self.sections.entities
    }

    /// Runs over a text once for the heads that are asked. Time and memory are linear in the text's length.
    pub fn scores(&self, reading: &Reading<'_>, heads: Heads) -> Scores {
        let vocabulary = Vocabulary::read(&self.bytes[self.sections.vocabulary.clone()]);
        // It was read when the model was, and is there.
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
        let ask = |head: &Head| Asked::new(&self.bytes, head, tokens);
        let mut asked = match heads {
            Heads::Quotes => vec![ask(self.quotes())],
            Heads::Entities => vec![ask(self.entities())],
            Heads::Both => vec![ask(self.quotes()), ask(self.entities())],
        };
        let mut room = Room::default();
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
                asked: &mut asked,
                room: &mut room,
            });
        }
        let mut emissions = asked.into_iter().map(|head| head.emissions);
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

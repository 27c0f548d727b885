//! Sequence labelling: label schemes, constraints, decoding, and a linear-chain CRF in a file that is read in place.
//!
//! Labelling the tokens of a sentence has two steps. The first gives each token a score for each label: here with the
//! [`LinearModel`] over hashed features, elsewhere with a neural network. The second makes one sequence out of the scores:
//! the [`Chain`], which has the scores of the transitions and knows which of them are impossible, finds the best sequence
//! ([`Chain::viterbi`]) and the probability of any part of it ([`Marginals`]). This crate knows nothing about news.
//!
//! The cargo feature `training` adds `training`, which packs trained weights into a model's file.
//!
//! ```
//! use tagger::{Chain, Labels, Marginals};
//!
//! let labels = Labels::new(["NAME"])?; // O, B-NAME, I-NAME
//! let chain = Chain::new(&labels, &vec![0.0; 9])?;
//! let emissions = [
//!     0.0, 4.0, 5.0, // I-NAME has most, but cannot begin a sentence
//!     0.0, 1.0, 3.0, //
//!     6.0, 0.0, 0.0,
//! ];
//! let best = chain.viterbi(&emissions);
//! let spans = labels.spans(&best);
//! assert_eq!((spans[0].tokens.start, spans[0].tokens.end, spans[0].kind), (0, 2, 0));
//! let p = Marginals::new(&chain, &emissions).span(&labels, &spans[0]);
//! assert!(p > 0.8 && p < 1.0);
//! # Ok::<(), tagger::Error>(())
//! ```

// Without the trainer's door, what stands behind it is not reachable.
#![cfg_attr(not(feature = "training"), allow(unreachable_pub))]

mod chain;
mod features;
mod labels;
mod linear;
mod marginals;
mod scorer;
mod table;
#[cfg(any(test, feature = "training"))]
pub mod training;

pub use chain::Chain;
pub use features::{Rows, feature};
pub use labels::{Label, LabelSpan, Labels, OUTSIDE};
pub use linear::LinearModel;
pub use marginals::Marginals;
pub use scorer::Scorer;

/// Why a model, or what should become one, cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No model of this kind and version, or damaged.
    #[error(transparent)]
    File(#[from] model::Error),
    /// No label scheme can be made of these kinds.
    #[error("unusable label kinds: {0}")]
    Kinds(&'static str),
    /// No chain can be made of these transitions.
    #[error("unusable transitions: {0}")]
    Transitions(&'static str),
    /// The trained weights do not fit the file format.
    #[error("weights cannot be packed: {0}")]
    Unpackable(&'static str),
}

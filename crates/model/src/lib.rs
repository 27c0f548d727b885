//! What the model files of this program have in common: a header that says what they are, a table of words that is read
//! where it lies, and one hash.
//!
//! A model is part of the program, or comes from a file. Either way its bytes are used as they are: nothing is parsed at
//! start-up but a header and a few sizes. A file that is of another kind, of another version, cut short or changed is an
//! [`Error`] that says so.
//!
//! ```
//! use model::{Format, Reader, WordTable, hash};
//!
//! const FORMAT: Format = Format { name: "a list of weights", magic: b"NTWEIGHT", version: 1 };
//! /// Four bytes tell the words of a bucket apart; two hold what is known of one.
//! type Weights<'m> = WordTable<'m, 4, 2>;
//!
//! let words = [("stone", 14u16), ("feather", 1)];
//! let table = Weights::new(words.map(|(word, n)| (hash(word.as_bytes()), n.to_le_bytes())));
//! let file = FORMAT.pack(0, &table.pack());
//!
//! let mut reader = FORMAT.read(&file, 0)?;
//! let weights = Weights::read(&mut reader)?;
//! reader.end()?;
//! FORMAT.check(&file)?;
//! assert_eq!(weights.get(hash(b"stone")), Some(&14u16.to_le_bytes()));
//! assert_eq!(weights.get(hash(b"wood")), None);
//!
//! let cut = FORMAT.read(&file[..20], 0).unwrap_err();
//! assert_eq!(cut.to_string(), "a list of weights is damaged (cut short): copy the file again");
//! # Ok::<(), model::Error>(())
//! ```

mod file;
mod hash;
mod map;
mod table;

pub use file::{Format, Reader};
pub use hash::{combine, hash, hash_folded, hash_short};
pub use map::{Map, Set};
pub use table::WordTable;

/// Why bytes cannot be used as a model. Each error begins with the [`Format::name`] of what was expected, and ends with
/// what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No model file, or one of another kind.
    #[error("not {0}: give a file of that kind")]
    Foreign(&'static str),
    /// Of another version of the format.
    #[error(
        "{name} of format version {found}, but this program reads version {expected}: \
         take the model that came with this version of the program, or train it again"
    )]
    Version {
        /// Of the format.
        name: &'static str,
        /// In the file.
        found: u32,
        /// What this program reads.
        expected: u32,
    },
    /// Trained with other features than those that would be used now.
    #[error(
        "{name} for feature set {found:016x}, but this program has {expected:016x}: \
         take the model that came with this version of the program, or train it again"
    )]
    FeatureSet {
        /// Of the format.
        name: &'static str,
        /// In the file.
        found: u64,
        /// The caller's.
        expected: u64,
    },
    /// Cut short, or changed after it was written.
    #[error("{name} is damaged ({what}): copy the file again")]
    Damaged {
        /// Of the format.
        name: &'static str,
        /// Where the damage shows.
        what: &'static str,
    },
}

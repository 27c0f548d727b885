//! What is known of words and phrases beforehand: clusters and gazetteers, in one table that is read in place.
//!
//! `model/lexicon.bin` is built by `scripts/train/lexicon`: a header and a [`WordTable`], whose records are the clusters,
//! `u8` and 3 × `u16`, and the bits, `u16`.

use model::{Error, Format, WordTable, combine};
use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!("../model/lexicon.bin");

const FORMAT: Format = Format {
    name: "a lexicon of names",
    magic: b"NTLEXICO",
    version: 2,
};
/// For another way of splitting or folding phrases it would be another one.
const FEATURE_SET: u64 = 1;

/// A key of 16 bits beside the 16 of the bucket: of ten million unknown words some six hundred are taken for a known one.
type Table = WordTable<'static, 2, 9>;

static TABLE: LazyLock<Table> =
    LazyLock::new(|| read(BYTES).expect("the built-in lexicon fits this version, as a test shows"));

fn read(bytes: &'static [u8]) -> Result<Table, Error> {
    let mut reader = FORMAT.read(bytes, FEATURE_SET)?;
    let table = Table::read(&mut reader)?;
    reader.end()?;
    Ok(table)
}

/// What is known of a word or phrase; all 0 for an unknown one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Numbers of its clusters in clusterings of 120, 400, 1,000 and 4,000, from 1; all 0 where it has none.
    pub clusters: [u16; 4],
    /// The gazetteers that have it, a bit each, and [`Entry::PREFIX`].
    pub bits: u16,
}

impl Entry {
    // Bit 0: towns of 5,000 to 15,000 people.
    pub(crate) const CITY: u16 = 1 << 1;
    pub(crate) const BIG_CITY: u16 = 1 << 2;
    pub(crate) const COUNTRY: u16 = 1 << 3;
    pub(crate) const STATE: u16 = 1 << 4;
    pub(crate) const CONTINENT: u16 = 1 << 5;
    pub(crate) const GIVEN_NAME: u16 = 1 << 6;
    // Bits 7 to 9: surnames, rare surnames, companies.
    /// Longer phrases begin with this one.
    const PREFIX: u16 = 1 << 15;
    /// How many gazetteers there are.
    pub(crate) const GAZETTEERS: u32 = 10;

    /// Of 120.
    pub(crate) fn coarse(self) -> u64 {
        self.clusters[0].into()
    }

    /// Of 1,000.
    pub(crate) fn fine(self) -> u64 {
        self.clusters[2].into()
    }

    /// Whether longer phrases of the gazetteers begin with this one.
    pub(crate) fn is_prefix(self) -> bool {
        self.bits & Self::PREFIX != 0
    }

    /// The gazetteers alone.
    pub(crate) fn gazetteers(self) -> u16 {
        self.bits & !Self::PREFIX
    }
}

/// The entry of a word by the [`model::hash`] of its lower case.
pub(crate) fn word(hash: u64) -> Entry {
    TABLE.get(hash).map(Entry::of).unwrap_or_default()
}

/// The hash of a phrase one word longer.
pub(crate) fn longer(phrase: u64, word: u64) -> u64 {
    combine(phrase, word)
}

impl Entry {
    fn of(&[a, b, c, d, e, f, g, h, i]: &[u8; 9]) -> Self {
        let [b, d, f, h] = [[b, c], [d, e], [f, g], [h, i]].map(u16::from_le_bytes);
        Self {
            clusters: [a.into(), b, d, f],
            bits: h,
        }
    }
}

/// What the table's contents hash to: a model that was trained with another one is refused.
pub(crate) fn fingerprint() -> u64 {
    FORMAT.checksum(BYTES).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &[&str]) -> Entry {
        let mut hashes = words.iter().map(|w| model::hash(w.as_bytes()));
        let first = hashes.next().unwrap_or_default();
        word(hashes.fold(first, longer))
    }

    #[test]
    fn the_table_is_whole() {
        FORMAT.check(BYTES).unwrap();
        assert_eq!(read(BYTES).unwrap().len(), 389_503);
        for cut in (0..BYTES.len()).step_by(1009).chain([BYTES.len() - 1]) {
            read(&BYTES[..cut]).unwrap_err();
        }
    }

    #[test]
    fn words_and_phrases_are_found_as_the_script_hashed_them() {
        assert!(phrase(&["iran"]).bits & Entry::COUNTRY != 0);
        assert!(phrase(&["damascus"]).bits & Entry::BIG_CITY != 0);
        assert!(phrase(&["new"]).is_prefix());
        assert!(phrase(&["new", "york", "city"]).bits & Entry::BIG_CITY != 0);
        assert!(phrase(&["margaret"]).bits & Entry::GIVEN_NAME != 0);
        assert_eq!(phrase(&["qqxzzyv"]), Entry::default());
        assert_eq!(phrase(&["monday"]).coarse(), phrase(&["tuesday"]).coarse());
        assert_ne!(phrase(&["monday"]).coarse(), 0);
    }
}

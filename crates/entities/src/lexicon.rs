//! What is known of words and phrases beforehand: clusters and gazetteers, in one table that is read in place.
//!
//! `model/lexicon.bin` is built by `scripts/train/lexicon`:
//!
//! ```text
//! magic, 8 bytes        "NTLEXICO"
//! version, u32          numbers in little-endian order
//! entries, u32
//! bucket starts, u32    2^16 + 1, counted in entries
//! entries, 11 bytes     key, u16; clusters, u8 and 3 × u16; bits, u16
//! ```
//!
//! The highest 16 bits of a phrase's hash choose its bucket, the next 16 are its key: of ten million unknown words
//! some six hundred are taken for a known one.

use crate::words::Words;
use document::EntityType;
use tagger::combine;
use text::Reading;

static LEXICON: &[u8] = include_bytes!("../model/lexicon.bin");

const HEADER: usize = 16;
const RECORDS: usize = HEADER + 4 * ((1 << 16) + 1);
const RECORD: usize = 11;

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
    pub const CITY: u16 = 1 << 1;
    pub const BIG_CITY: u16 = 1 << 2;
    pub const COUNTRY: u16 = 1 << 3;
    pub const STATE: u16 = 1 << 4;
    pub const CONTINENT: u16 = 1 << 5;
    pub const GIVEN_NAME: u16 = 1 << 6;
    // Bits 7 to 9: surnames, rare surnames, companies.
    /// Longer phrases begin with this one.
    const PREFIX: u16 = 1 << 15;
    /// How many gazetteers there are.
    pub const GAZETTEERS: u32 = 10;

    /// Of 120.
    pub fn coarse(self) -> u64 {
        self.clusters[0].into()
    }

    /// Of 1,000.
    pub fn fine(self) -> u64 {
        self.clusters[2].into()
    }

    /// Whether longer phrases of the gazetteers begin with this one.
    pub fn is_prefix(self) -> bool {
        self.bits & Self::PREFIX != 0
    }

    /// The gazetteers alone.
    pub fn gazetteers(self) -> u16 {
        self.bits & !Self::PREFIX
    }
}

/// The entry of a word by the [`tagger::hash`] of its lower case.
pub(crate) fn word(hash: u64) -> Entry {
    find(hash).unwrap_or_default()
}

/// The hash of a phrase one word longer.
pub(crate) fn longer(phrase: u64, word: u64) -> u64 {
    combine(phrase, word)
}

fn find(hash: u64) -> Option<Entry> {
    let u32_at = |at: usize| {
        let bytes = LEXICON.get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    };
    let bucket = HEADER + 4 * (hash >> 48) as usize;
    let (start, end) = (u32_at(bucket)?, u32_at(bucket + 4)?);
    let records = LEXICON.get(RECORDS + RECORD * start..RECORDS + RECORD * end)?;
    let key = ((hash >> 32) as u16).to_le_bytes();
    let record = records
        .chunks_exact(RECORD)
        .find(|record| record[..2] == key)?;
    let u16_at = |at: usize| u16::from_le_bytes([record[at], record[at + 1]]);
    Some(Entry {
        clusters: [record[2].into(), u16_at(3), u16_at(5), u16_at(7)],
        bits: u16_at(9),
    })
}

/// Whether the gazetteers know a name as a country, state or city ([`EntityType::Gpe`]) or a continent
/// ([`EntityType::Loc`]).
pub fn place(name: &str) -> Option<EntityType> {
    let words = Words::new(&Reading::new(name, vec![]));
    let mut hashes = (0..words.ids.len()).map(|token| words.at(token).lower);
    let first = hashes.next()?;
    let bits = word(hashes.fold(first, longer)).bits;
    let gpe = Entry::CITY | Entry::BIG_CITY | Entry::COUNTRY | Entry::STATE;
    if bits & Entry::CONTINENT != 0 {
        Some(EntityType::Loc)
    } else {
        (bits & gpe != 0).then_some(EntityType::Gpe)
    }
}

/// What the table's contents hash to.
pub(crate) fn fingerprint() -> u64 {
    // The starts of the buckets change with any entry added; a rebuilt table with the same keys is retrained with.
    tagger::hash(LEXICON.get(..RECORDS).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &[&str]) -> Entry {
        let mut hashes = words.iter().map(|w| tagger::hash(w.as_bytes()));
        let first = hashes.next().unwrap_or_default();
        word(hashes.fold(first, longer))
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(&LEXICON[..8], b"NTLEXICO");
        assert_eq!(LEXICON[8..12], 1u32.to_le_bytes());
        let entries = u32::from_le_bytes([LEXICON[12], LEXICON[13], LEXICON[14], LEXICON[15]]);
        assert_eq!(LEXICON.len(), RECORDS + RECORD * entries as usize);
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

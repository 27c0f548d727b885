//! What is known of a word before it is seen in its sentence: how often it is a cue, and which words it behaves like.
//!
//! A table of words' hashes in a flat file that is read in place; the trainer writes it (see the model's card for what it
//! is learnt from).
//!
//! ```text
//! bucket starts, u32 × 4097   counted in entries; the highest 12 bits of a word's hash choose its bucket
//! entries, 10 bytes each      the hash's lowest 32 bits, u32; cue class, u8; clusters, u8, u16, u16
//! ```

use std::borrow::Cow;
use tagger::hash;

/// The highest bits of a hash that choose a bucket.
const BUCKET_BITS: u32 = 12;
const STARTS: usize = 4 * ((1 << BUCKET_BITS) + 1);
/// Hash, cue class, and clusters from the coarsest to the finest.
const ENTRY: usize = 10;

/// What the table says of a word; all 0 for one that it does not know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// How often the word outside quotation marks was part of a cue: 0 never, then up to a tenth, three tenths, six
    /// tenths of the time, and more.
    pub cue: u8,
    /// The word's cluster among 31, 100 and 400; 0 where it has none.
    pub clusters: [u16; 3],
}

/// The table.
#[derive(Debug, Clone)]
pub struct Lexicon {
    bytes: Cow<'static, [u8]>,
}

impl Lexicon {
    /// Reads a file's bytes, which [`pack`] made. What does not fit in a damaged file is not found.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        Self {
            bytes: bytes.into(),
        }
    }

    /// Looks up a word by the [`hash`] of its lower-case form with straight apostrophes.
    pub fn get(&self, word: u64) -> Known {
        self.find(word).unwrap_or_default()
    }

    fn find(&self, word: u64) -> Option<Known> {
        let bucket = (word >> (64 - BUCKET_BITS)) as usize;
        let start = self.start(bucket)?;
        let end = self.start(bucket + 1)?;
        let entries = self
            .bytes
            .get(STARTS + ENTRY * start..STARTS + ENTRY * end)?;
        let key = (word as u32).to_le_bytes();
        let entry = entries.chunks_exact(ENTRY).find(|e| e[..4] == key)?;
        Some(Known {
            cue: entry[4],
            clusters: [
                entry[5].into(),
                u16::from_le_bytes([entry[6], entry[7]]),
                u16::from_le_bytes([entry[8], entry[9]]),
            ],
        })
    }

    fn start(&self, bucket: usize) -> Option<usize> {
        let bytes = self.bytes.get(4 * bucket..4 * bucket + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    }
}

/// The file for these words, given in lower case with straight apostrophes; equal words, in whatever order, give equal
/// bytes. Of two words with one hash the first in the alphabet stays.
pub fn pack(words: &[(String, Known)]) -> Vec<u8> {
    let mut words: Vec<(u64, &str, Known)> = words
        .iter()
        .map(|(word, known)| (hash(word.as_bytes()), word.as_str(), *known))
        .collect();
    words.sort_by_key(|&(hash, word, _)| (hash >> (64 - BUCKET_BITS), hash as u32, word));
    words.dedup_by_key(|&mut (hash, ..)| (hash >> (64 - BUCKET_BITS), hash as u32));
    let mut bytes = Vec::with_capacity(STARTS + ENTRY * words.len());
    for bucket in 0..=1u64 << BUCKET_BITS {
        let start = words.partition_point(|&(hash, ..)| hash >> (64 - BUCKET_BITS) < bucket);
        bytes.extend((start as u32).to_le_bytes());
    }
    for (hash, _, known) in words {
        bytes.extend((hash as u32).to_le_bytes());
        bytes.push(known.cue);
        bytes.push(known.clusters[0] as u8);
        bytes.extend(known.clusters[1].to_le_bytes());
        bytes.extend(known.clusters[2].to_le_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again() {
        let words: Vec<(String, Known)> = (0..5000u16)
            .map(|i| {
                let known = Known {
                    cue: (i % 5) as u8,
                    clusters: [i % 31, i % 100, i % 400],
                };
                (format!("word{i}"), known)
            })
            .collect();
        let bytes = pack(&words);
        let mut reversed = words.clone();
        reversed.reverse();
        assert_eq!(pack(&reversed), bytes);
        let lexicon = Lexicon::new(bytes.clone());
        for (word, known) in &words {
            assert_eq!(lexicon.get(hash(word.as_bytes())), *known);
        }
        assert_eq!(lexicon.get(hash(b"unknown")), Known::default());
        for cut in [0, 3, 100, STARTS, bytes.len() - 1] {
            Lexicon::new(bytes[..cut].to_vec()).get(hash(b"word1"));
        }
    }
}

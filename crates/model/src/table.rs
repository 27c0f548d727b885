//! What is known of words, in one flat table that is read where it lies.
//!
//! ```text
//! bucket bits, u8           b
//! key bytes, u8             k, 1 to 4
//! record bytes, u8          r
//! entries, u32              n
//! bucket starts, u32        2^b + 1, counted in entries
//! entries, k + r bytes      key and record
//! ```
//!
//! The highest b bits of a word's hash choose its bucket; the 8 k bits below them are its key. No word is stored: of
//! unknown words, one in 2^(8k) / 6 passes for a known one. A look-up touches two places, and a handful of entries in the
//! second.

use crate::{Error, Reader};
use std::borrow::Cow;

/// There are 4 to 8 entries to a bucket: with fewer, the starts take more room than the entries.
const TO_A_BUCKET: usize = 4;
const MOST_BITS: u32 = 24;

/// Records of `RECORD` bytes by the 64-bit hashes of words, of which `KEY` bytes tell those in one bucket apart.
#[derive(Debug, Clone)]
pub struct WordTable<'m, const KEY: usize, const RECORD: usize> {
    bits: u32,
    starts: Cow<'m, [u8]>,
    entries: Cow<'m, [u8]>,
}

impl<'m, const KEY: usize, const RECORD: usize> WordTable<'m, KEY, RECORD> {
    const ENTRY: usize = KEY + RECORD;

    /// Reads a table's sizes; the rest stays where it is.
    pub fn read(reader: &mut Reader<'m>) -> Result<Self, Error> {
        let bits = u32::from(reader.u8()?);
        let sizes = [reader.u8()?, reader.u8()?].map(usize::from);
        if bits > MOST_BITS || sizes != [KEY, RECORD] {
            return Err(reader.damaged("sizes of a word table"));
        }
        let count = reader.u32()?;
        let starts = reader.take(4 * ((1 << bits) + 1))?;
        if !starts.ends_with(&count.to_le_bytes()) {
            return Err(reader.damaged("buckets of a word table"));
        }
        let entries = reader.take(Self::ENTRY.saturating_mul(count as usize))?;
        Ok(Self {
            bits,
            starts: starts.into(),
            entries: entries.into(),
        })
    }

    /// The same table in memory of its own.
    pub fn into_owned(self) -> WordTable<'static, KEY, RECORD> {
        WordTable {
            bits: self.bits,
            starts: self.starts.into_owned().into(),
            entries: self.entries.into_owned().into(),
        }
    }

    /// The record of the word with this hash. A damaged table lacks words, and does no worse.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<&[u8; RECORD]> {
        let bucket = bucket(hash, self.bits);
        let starts = self.starts.get(4 * bucket..)?.first_chunk::<8>()?;
        let starts = u64::from_le_bytes(*starts);
        let [start, end] = [starts as u32, (starts >> 32) as u32]
            .map(|n| (n as usize).saturating_mul(Self::ENTRY));
        let key = key::<KEY>(hash, self.bits);
        let mut entries = self.entries.get(start..end)?.chunks_exact(Self::ENTRY);
        entries.find_map(|entry| {
            let (first, record) = entry.split_first_chunk()?;
            record.first_chunk().filter(|_| *first == key)
        })
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.entries.len() / Self::ENTRY
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// A table of these words' hashes and records. Of two words that it cannot tell apart the first one stays; otherwise
    /// the order does not matter.
    pub fn new(words: impl IntoIterator<Item = (u64, [u8; RECORD])>) -> Self {
        let mut words: Vec<_> = words.into_iter().collect();
        let bits = (words.len() / TO_A_BUCKET).checked_ilog2();
        let bits = bits.unwrap_or(0).min(MOST_BITS);
        let place = |hash: u64| (bucket(hash, bits), key_bits::<KEY>(hash, bits));
        words.sort_by_key(|(hash, _)| place(*hash));
        words.dedup_by_key(|(hash, _)| place(*hash));
        let start = |number| words.partition_point(|(hash, _)| bucket(*hash, bits) < number) as u32;
        let entry = |(hash, record): &(u64, [u8; RECORD])| {
            key::<KEY>(*hash, bits).into_iter().chain(*record)
        };
        let starts: Vec<u8> = (0..=1 << bits)
            .flat_map(|number| start(number).to_le_bytes())
            .collect();
        let entries: Vec<u8> = words.iter().flat_map(entry).collect();
        Self {
            bits,
            starts: starts.into(),
            entries: entries.into(),
        }
    }

    /// Its bytes, as [`WordTable::read`] reads them.
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = vec![self.bits as u8, KEY as u8, RECORD as u8];
        bytes.extend((self.len() as u32).to_le_bytes());
        bytes.extend(&*self.starts);
        bytes.extend(&*self.entries);
        bytes
    }
}

#[inline]
fn bucket(hash: u64, bits: u32) -> usize {
    // In two steps, as 64 bits at once would be no shift.
    (hash >> 1 >> (63 - bits)) as usize
}

#[inline]
fn key_bits<const KEY: usize>(hash: u64, bits: u32) -> u32 {
    const { assert!(KEY >= 1 && KEY <= 4) };
    ((hash << bits) >> (64 - 8 * KEY)) as u32
}

#[inline]
fn key<const KEY: usize>(hash: u64, bits: u32) -> [u8; KEY] {
    let bytes = key_bits::<KEY>(hash, bits).to_le_bytes();
    std::array::from_fn(|at| bytes[at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, hash};

    type Table<'m> = WordTable<'m, 2, 3>;

    const FORMAT: Format = Format {
        name: "a test's table",
        magic: b"NTTABLES",
        version: 1,
    };

    fn words(prefix: &str, n: u32) -> Vec<(u64, [u8; 3])> {
        let word = |i: u32| {
            let [a, b, c, _] = i.to_le_bytes();
            (hash(format!("{prefix}{i}").as_bytes()), [a, b, c])
        };
        (0..n).map(word).collect()
    }

    fn read(file: &[u8]) -> Result<Table<'_>, Error> {
        let mut reader = FORMAT.read(file, 0)?;
        let table = Table::read(&mut reader)?;
        reader.end()?;
        Ok(table)
    }

    #[test]
    fn words_are_found_and_others_are_not() {
        for n in [0, 1, 3, 4, 8, 20_000] {
            let words = words("word", n);
            let bytes = Table::new(words.clone()).pack();
            assert_eq!(
                bytes,
                Table::new(words.iter().rev().copied()).pack(),
                "no two collide"
            );
            let file = FORMAT.pack(0, &bytes);
            let table = read(&file).unwrap().into_owned();
            assert_eq!((table.len(), table.is_empty()), (n as usize, n == 0));
            for (hash, record) in &words {
                assert_eq!(table.get(*hash), Some(record));
            }
            let strange = self::words("other", 20_000);
            let known = strange
                .iter()
                .filter(|(hash, _)| table.get(*hash).is_some());
            // 6 of 2^16 are expected, and no more in a smaller table.
            assert!(known.count() < 10);
        }
    }

    #[test]
    fn of_words_that_cannot_be_told_apart_the_first_stays() {
        let same = [
            (0xABCD_0000_0000_0000, [1; 3]),
            (0xABCD_0000_0000_0001, [2; 3]),
        ];
        let apart = (0xABCE_0000_0000_0000, [3; 3]);
        let file = FORMAT.pack(0, &Table::new([same[0], same[1], apart]).pack());
        let table = read(&file).unwrap();
        assert_eq!(table.len(), 2);
        assert_eq!(table.get(same[1].0), Some(&[1; 3]));
        assert_eq!(table.get(apart.0), Some(&[3; 3]));
    }

    #[test]
    fn a_table_that_is_cut_anywhere_is_an_error() {
        let file = FORMAT.pack(0, &Table::new(words("word", 50)).pack());
        for cut in 0..file.len() {
            assert!(read(&file[..cut]).is_err(), "{cut}");
        }
        let other = FORMAT.pack(0, &WordTable::<4, 1>::new([]).pack());
        let refused = read(&other).unwrap_err().to_string();
        assert_eq!(
            refused,
            "a test's table is damaged (sizes of a word table): copy the file again"
        );
    }

    /// One that is part of the program is read without its checksum: it must be harmless whatever is in it.
    #[test]
    fn a_table_with_any_byte_changed_does_not_panic() {
        let words = words("word", 50);
        let file = FORMAT.pack(0, &Table::new(words.clone()).pack());
        let mut read_all_the_same = 0;
        for at in 0..file.len() {
            for change in [1, 0x80, 0xFF] {
                let mut damaged = file.clone();
                damaged[at] ^= change;
                let Ok(table) = read(&damaged) else { continue };
                read_all_the_same += 1;
                let found = words.iter().filter(|(hash, _)| table.get(*hash).is_some());
                assert!(found.count() <= words.len());
            }
        }
        assert!(read_all_the_same > 0);
    }
}

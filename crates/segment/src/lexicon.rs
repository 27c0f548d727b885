//! What is known of a word: is it an abbreviation, of which kind, does it begin sentences?
//!
//! A hash table with open addressing, read where it lies in the compiled-in model. An entry has 32 bits: 14 of the
//! word's hash, and [`Entry`]. A word that is not in the table is taken for one that is about once in 10,000 times,
//! which costs one wrong feature, not one wrong decision.

/// Bits of an entry that are no fingerprint.
const KNOWN: u32 = 18;

/// [`Entry::starts`] of words that, capitalised, nearly always begin a sentence.
pub(crate) const STARTER: u32 = 6;

/// Bytes of the longest word that is put in lower case.
const LONGEST: usize = 64;

/// Two readings of one word have their own entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'w> {
    /// A word before a full stop, as it is written, without the stop.
    Before(&'w str),
    /// A word after it, in lower case.
    After(&'w str),
}

/// The kinds of abbreviation that rules know; the others are bits for the model. A kind's number is its section's in
/// `data/abbreviations.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Something must follow: `Mr`, `Sen`, `vs`, `e.g`
    Open = 0,
    Month = 1,
    Number = 2,
    Company = 3,
    Suffix = 6,
    Time = 8,
    Unit = 9,
    Acronym = 10,
}

impl Class {
    pub(crate) fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry(u32);

impl Entry {
    /// `classes`: one bit for each kind of abbreviation, 11 at most; `reports`: it is a reporting verb; `stopped` (0 to
    /// 7): how often its full stop stands inside a sentence; `starts` (0 to 7): how often it begins one when
    /// capitalised. 0 stands for "not known".
    pub fn new(classes: u32, reports: bool, stopped: u32, starts: u32) -> Self {
        Self(classes & 0x7FF | u32::from(reports) << 11 | (stopped & 7) << 12 | (starts & 7) << 15)
    }

    pub(crate) fn classes(self) -> u32 {
        self.0 & 0x7FF
    }

    pub(crate) fn reports(self) -> bool {
        self.0 >> 11 & 1 == 1
    }

    pub(crate) fn stopped(self) -> u32 {
        self.0 >> 12 & 7
    }

    pub(crate) fn starts(self) -> u32 {
        self.0 >> 15 & 7
    }
}

/// The table, borrowed.
#[derive(Debug, Clone, Copy)]
pub struct Lexicon<'m> {
    /// Entries, little endian; their number is a power of two.
    bytes: &'m [u8],
}

impl<'m> Lexicon<'m> {
    /// A table that [`Lexicon::pack`] made.
    pub fn new(bytes: &'m [u8]) -> Self {
        Self { bytes }
    }

    /// What is known of a word; nothing, if the table does not have it.
    pub fn get(self, key: Key) -> Entry {
        self.find(hash_of(key))
    }

    /// What is known of a word after a full stop, in any case.
    pub(crate) fn after(self, word: &str) -> Entry {
        self.find(hash_lowered(AFTER, word))
    }

    fn find(self, hash: u64) -> Entry {
        let mask = (self.bytes.len() / 4).wrapping_sub(1);
        let (mut slot, fingerprint) = place(hash, mask);
        while let Some(entry) = self.entry(slot).filter(|entry| *entry != 0) {
            if entry >> KNOWN == fingerprint {
                return Entry(entry & ((1 << KNOWN) - 1));
            }
            slot = (slot + 1) & mask;
        }
        Entry::default()
    }

    /// Whether a word, capitalised, nearly always begins a sentence (`The`, `He`, `In`).
    pub(crate) fn is_starter(self, word: &str) -> bool {
        self.after(word).starts() >= STARTER
    }

    fn entry(self, slot: usize) -> Option<u32> {
        let bytes = self.bytes.get(slot * 4..slot * 4 + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// The table of these words. Equal words in equal order give equal bytes; of two that share hash bits, the first
    /// stays.
    pub fn pack<'w>(words: impl IntoIterator<Item = (Key<'w>, Entry)>) -> Vec<u8> {
        let words: Vec<_> = words
            .into_iter()
            .filter(|(_, entry)| *entry != Entry::default())
            .collect();
        let slots = (words.len() * 2).next_power_of_two();
        let mut table = vec![0u32; slots];
        for (key, entry) in words {
            let (mut slot, fingerprint) = place(hash_of(key), slots - 1);
            while table[slot] != 0 && table[slot] >> KNOWN != fingerprint {
                slot = (slot + 1) & (slots - 1);
            }
            if table[slot] == 0 {
                table[slot] = fingerprint << KNOWN | entry.0;
            }
        }
        table.iter().flat_map(|entry| entry.to_le_bytes()).collect()
    }
}

/// Where a word's entry is looked for first, and its fingerprint.
fn place(hash: u64, mask: usize) -> (usize, u32) {
    ((hash >> 16) as usize & mask, (hash >> 50) as u32)
}

const BEFORE: u64 = 0;
const AFTER: u64 = 1;

fn hash_of(key: Key) -> u64 {
    match key {
        Key::Before(word) => hash(BEFORE, word.as_bytes()),
        Key::After(word) => hash(AFTER, word.as_bytes()),
    }
}

/// A hash that is the same on every machine: FNV-1a, whose low bits a multiplication then spreads upwards.
pub(crate) fn hash(seed: u64, bytes: &[u8]) -> u64 {
    spread(
        bytes
            .iter()
            .fold(OFFSET ^ seed, |hash, byte| fnv(hash, *byte)),
    )
}

/// The hash of `word` in lower case, digits as `0`; a word that is too long or not in ASCII stays as it is.
pub(crate) fn hash_lowered(seed: u64, word: &str) -> u64 {
    if word.len() > LONGEST || !word.is_ascii() {
        return hash(seed, word.as_bytes());
    }
    let lowered = word.bytes().map(|byte| match byte {
        b'0'..=b'9' => b'0',
        _ => byte.to_ascii_lowercase(),
    });
    spread(lowered.fold(OFFSET ^ seed, fnv))
}

const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
}

fn spread(hash: u64) -> u64 {
    (hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_packed_and_nothing_else() {
        let words: Vec<String> = (0..3000).map(|n| format!("w{n}")).collect();
        let entry = |n: usize| {
            Entry::new(
                n as u32 % 2047 + 1,
                n.is_multiple_of(2),
                n as u32 % 8,
                n as u32 % 5,
            )
        };
        let table = Lexicon::pack(
            words
                .iter()
                .enumerate()
                .map(|(n, word)| (Key::Before(word), entry(n))),
        );
        let lexicon = Lexicon::new(&table);
        let wrong = (0..3000)
            .filter(|&n| lexicon.get(Key::Before(&words[n])) != entry(n))
            .count();
        assert!(
            wrong < 5,
            "{wrong} of 3000 words share their hash bits with another"
        );
        let strange = words
            .iter()
            .filter(|word| lexicon.get(Key::After(word)) != Entry::default());
        assert!(strange.count() < 5);
        assert_eq!(Lexicon::new(&[]).get(Key::Before("Dr")), Entry::default());
    }
}

//! What is known of a word: is it an abbreviation, of which kind, does it begin sentences?
//!
//! A [`WordTable`] of [`WordFacts`], part of the model. A word that is not in the table is taken for one that is about once
//! in 10,000 times, which costs one wrong feature, not one wrong decision.

use model::{Error, Reader, WordTable, combine, hash, hash_folded};

/// [`WordFacts::starts`] of words that, capitalised, nearly always begin a sentence.
pub(crate) const STARTER: u32 = 6;

/// A word before a full stop and the same word after one have facts of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'w> {
    /// A word before a full stop, as it is written, without the stop.
    Before(&'w str),
    /// A word after it, in lower case.
    #[cfg(any(test, feature = "training"))]
    After(&'w str),
}

/// What the lexicon says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordFacts(u32);

/// What a word is besides an abbreviation of a kind; each is the number of its bit in [`WordFacts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// After a full stop: a reporting verb.
    Reports = 11,
    /// Before a full stop: a citation goes on after it.
    Cited = 18,
    /// Before an exclamation mark: the mark is part of a name.
    Marked = 19,
    /// After a full stop: what one who serves a firm is called.
    Role = 20,
    /// In any place, in lower case: a single letter after it is a name.
    Lettered = 21,
}

impl WordFacts {
    /// `classes`: the [bits](text::abbreviations::Kind::bit) of the kinds of abbreviation that it is; `stopped` (0 to 7):
    /// how often its full stop stands inside a sentence; `starts` (0 to 7): how often it begins one when capitalised. 0
    /// stands for "not known".
    #[cfg(any(test, feature = "training"))]
    pub fn new(classes: u32, stopped: u32, starts: u32) -> Self {
        Self(classes & 0x7FF | (stopped & 7) << 12 | (starts & 7) << 15)
    }

    /// The same with one more trait.
    #[cfg(any(test, feature = "training"))]
    pub fn with(self, of: Trait) -> Self {
        Self(self.0 | 1 << of as u32)
    }

    pub(crate) fn has(self, of: Trait) -> bool {
        self.0 >> of as u32 & 1 == 1
    }

    pub(crate) fn classes(self) -> u32 {
        self.0 & 0x7FF
    }

    pub(crate) fn reports(self) -> bool {
        self.has(Trait::Reports)
    }

    pub(crate) fn stopped(self) -> u32 {
        self.0 >> 12 & 7
    }

    pub(crate) fn starts(self) -> u32 {
        self.0 >> 15 & 7
    }
}

impl WordFacts {
    #[cfg(any(test, feature = "training"))]
    fn packed(self) -> [u8; FACTS] {
        let [a, b, c, _] = self.0.to_le_bytes();
        [a, b, c]
    }

    fn of([a, b, c]: [u8; FACTS]) -> Self {
        Self(u32::from_le_bytes([a, b, c, 0]))
    }
}

const KEY: usize = 2;
/// Bytes of a packed [`WordFacts`].
const FACTS: usize = 3;

/// The table.
#[derive(Debug, Clone)]
pub struct Lexicon<'m> {
    table: WordTable<'m, KEY, FACTS>,
}

impl<'m> Lexicon<'m> {
    /// What is known of these words. Of two that share hash bits, the first stays.
    #[cfg(any(test, feature = "training"))]
    pub fn new<'w>(words: impl IntoIterator<Item = (Key<'w>, WordFacts)>) -> Self {
        let known = words
            .into_iter()
            .filter(|(_, facts)| *facts != WordFacts::default());
        let table = WordTable::new(known.map(|(key, facts)| (hash_of(key), facts.packed())));
        Self { table }
    }

    /// How many words it has facts of, before and after a full stop counted apart.
    #[cfg(feature = "training")]
    #[allow(clippy::len_without_is_empty)] // no lexicon has none
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Its bytes in a model's file.
    #[cfg(any(test, feature = "training"))]
    pub(crate) fn pack(&self) -> Vec<u8> {
        self.table.pack()
    }

    /// A lexicon as [`Lexicon::pack`] wrote it.
    pub(crate) fn read(reader: &mut Reader<'m>) -> Result<Self, Error> {
        let table = WordTable::read(reader)?;
        Ok(Self { table })
    }

    /// The same table in memory of its own.
    pub(crate) fn into_owned(self) -> Lexicon<'static> {
        Lexicon {
            table: self.table.into_owned(),
        }
    }

    /// What is known of a word; nothing, if the table does not have it.
    pub fn get(&self, key: Key) -> WordFacts {
        self.find(hash_of(key))
    }

    /// What is known of a word after a full stop, in any case.
    pub(crate) fn after(&self, word: &str) -> WordFacts {
        self.find_after(hash_folded(word.as_bytes()))
    }

    /// What is known of the word after a full stop with this [`hash_folded`].
    pub(crate) fn find_after(&self, hash: u64) -> WordFacts {
        self.find(combine(AFTER, hash))
    }

    /// What is known of the word before a full stop with this [`hash`].
    pub(crate) fn find(&self, hash: u64) -> WordFacts {
        let facts = self.table.get(hash);
        facts.map_or_else(WordFacts::default, |bytes| WordFacts::of(*bytes))
    }

    /// Whether a word, capitalised, nearly always begins a sentence (`The`, `He`, `In`).
    pub(crate) fn is_starter(&self, word: &str) -> bool {
        self.after(word).starts() >= STARTER
    }
}

/// What sets the hash of a word after a full stop apart from that of one before it.
const AFTER: u64 = 1;

fn hash_of(key: Key) -> u64 {
    match key {
        Key::Before(word) => hash(word.as_bytes()),
        #[cfg(any(test, feature = "training"))]
        Key::After(word) => combine(AFTER, hash(word.as_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_packed_and_nothing_else() {
        let words: Vec<String> = (0..3000).map(|n| format!("w{n}")).collect();
        let entry = |n: usize| {
            let facts = WordFacts::new(n as u32 % 2047 + 1, n as u32 % 8, n as u32 % 5);
            if n.is_multiple_of(2) {
                facts.with(Trait::Cited)
            } else {
                facts
            }
        };
        let lexicon = Lexicon::new(
            words
                .iter()
                .enumerate()
                .map(|(n, word)| (Key::Before(word), entry(n))),
        );
        let wrong = (0..3000)
            .filter(|&n| lexicon.get(Key::Before(&words[n])) != entry(n))
            .count();
        assert!(
            wrong < 5,
            "{wrong} of 3000 words share their hash bits with another"
        );
        let strange = words
            .iter()
            .filter(|word| lexicon.get(Key::After(word)) != WordFacts::default());
        assert!(strange.count() < 5);
    }
}

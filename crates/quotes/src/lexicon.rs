//! What is known of a word before it is seen in its sentence: how often it is a cue, and which words it behaves like.
//!
//! A [`WordTable`], part of the model; the trainer makes it (see the model's card for what it is learnt from). Its records
//! are the cue class, `u8`, and the clusters, `u8` and 2 × `u16`.

#[cfg(any(test, feature = "training"))]
use model::hash;
use model::{Error, Reader, WordTable};

/// What the table says of a word; all 0 for one that it does not know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// How often the word outside quotation marks was part of a cue: 0 never, then up to a tenth, three tenths, six
    /// tenths of the time, and more.
    pub cue: u8,
    /// The word's cluster among 31, 100 and 400; 0 where it has none.
    pub clusters: [u16; 3],
}

const KEY: usize = 4;
const RECORD: usize = 6;

impl Known {
    #[cfg(any(test, feature = "training"))]
    fn packed(self) -> [u8; RECORD] {
        let [coarse, middle, fine] = self.clusters.map(u16::to_le_bytes);
        [self.cue, coarse[0], middle[0], middle[1], fine[0], fine[1]]
    }

    fn of(&[cue, coarse, a, b, c, d]: &[u8; RECORD]) -> Self {
        let [middle, fine] = [[a, b], [c, d]].map(u16::from_le_bytes);
        Self {
            cue,
            clusters: [coarse.into(), middle, fine],
        }
    }
}

/// The table.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon<'m> {
    table: WordTable<'m, KEY, RECORD>,
}

impl<'m> Lexicon<'m> {
    /// What is known of these words, given in lower case with straight apostrophes. Of two words with one hash the first
    /// stays.
    #[cfg(any(test, feature = "training"))]
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = (&'w str, Known)>) -> Self {
        let words = words.into_iter();
        let table =
            WordTable::new(words.map(|(word, known)| (hash(word.as_bytes()), known.packed())));
        Self { table }
    }

    /// Its bytes in a model's file.
    #[cfg(any(test, feature = "training"))]
    pub(crate) fn pack(&self) -> Vec<u8> {
        self.table.pack()
    }

    /// A lexicon as `Lexicon::pack` wrote it.
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

    /// How many words it has.
    #[cfg(any(test, feature = "training"))]
    #[allow(clippy::len_without_is_empty)] // only its size is of interest
    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    /// Looks up a word by the [`hash`](model::hash()) of its lower-case form with straight apostrophes.
    pub(crate) fn get(&self, word: u64) -> Known {
        self.table.get(word).map(Known::of).unwrap_or_default()
    }
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
        let lexicon = Lexicon::new(words.iter().map(|(word, known)| (word.as_str(), *known)));
        assert_eq!(lexicon.len(), words.len());
        for (word, known) in &words {
            assert_eq!(lexicon.get(hash(word.as_bytes())), *known);
        }
        assert_eq!(lexicon.get(hash(b"unknown")), Known::default());
    }
}

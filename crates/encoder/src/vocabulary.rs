//! The word pieces that the encoder knows, read in place.

/// Why bytes cannot be read as a vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes end early, or were not written by [`Vocabulary::pack`].
    #[error("no vocabulary of word pieces")]
    Foreign,
    /// More pieces than a number of 16 bits can number.
    #[error("more than 65535 word pieces")]
    TooMany,
    /// One of `[UNK]`, `[CLS]` and `[SEP]` is missing.
    #[error("the vocabulary lacks {0}")]
    Lacks(&'static str),
}

/// Word pieces by number, as in the `vocab.txt` of a BERT model: a piece that continues a word begins with `##`.
///
/// Packed, all numbers little-endian: how many there are (`u32`); where each piece begins among the letters, and where the
/// last one ends (`u32` each); the pieces' numbers in the order of their bytes (`u16` each); the letters.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'b> {
    starts: &'b [[u8; 4]],
    sorted: &'b [[u8; 2]],
    letters: &'b [u8],
    /// Stands for letters that no piece fits.
    pub unknown: u16,
    /// Stands before the first piece of a window.
    pub first: u16,
    /// Stands after each paragraph.
    pub separator: u16,
}

impl<'b> Vocabulary<'b> {
    /// The bytes of a vocabulary; a piece's number is its place in `pieces`.
    #[cfg(any(test, feature = "training"))]
    pub fn pack<'p>(pieces: impl IntoIterator<Item = &'p str>) -> Result<Vec<u8>, Error> {
        let pieces: Vec<&str> = pieces.into_iter().collect();
        let count = u16::try_from(pieces.len()).map_err(|_| Error::TooMany)?;
        let mut sorted: Vec<u16> = (0..count).collect();
        sorted.sort_by_key(|&number| pieces[usize::from(number)]);
        let mut bytes = u32::from(count).to_le_bytes().to_vec();
        let mut start = 0u32;
        for piece in &pieces {
            bytes.extend(start.to_le_bytes());
            start += piece.len() as u32;
        }
        bytes.extend(start.to_le_bytes());
        bytes.extend(sorted.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(pieces.iter().flat_map(|piece| piece.bytes()));
        Vocabulary::read(&bytes)?;
        Ok(bytes)
    }

    /// Reads what [`Vocabulary::pack`] wrote; nothing is copied, and of the pieces only the special ones are looked up.
    pub fn read(bytes: &'b [u8]) -> Result<Self, Error> {
        let (count, rest) = bytes.split_first_chunk().ok_or(Error::Foreign)?;
        let count = u32::from_le_bytes(*count) as usize;
        if count > u16::MAX.into() {
            return Err(Error::TooMany);
        }
        let (starts, rest) = rest
            .split_at_checked(4 * (count + 1))
            .ok_or(Error::Foreign)?;
        let (sorted, letters) = rest.split_at_checked(2 * count).ok_or(Error::Foreign)?;
        let starts = starts.as_chunks().0;
        if starts.last().map(|end| u32::from_le_bytes(*end) as usize) != Some(letters.len()) {
            return Err(Error::Foreign);
        }
        let mut vocabulary = Self {
            starts,
            sorted: sorted.as_chunks().0,
            letters,
            unknown: 0,
            first: 0,
            separator: 0,
        };
        let special = |name| vocabulary.number(name).ok_or(Error::Lacks(name));
        let (unknown, first, separator) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        vocabulary.unknown = unknown;
        vocabulary.first = first;
        vocabulary.separator = separator;
        Ok(vocabulary)
    }

    /// The number of a piece, with its `##` where it has one.
    pub fn number(&self, piece: &str) -> Option<u16> {
        let number = |at: &[u8; 2]| u16::from_le_bytes(*at);
        self.sorted
            .binary_search_by(|at| self.letters_of(number(at)).cmp(piece.as_bytes()))
            .ok()
            .map(|found| number(&self.sorted[found]))
    }

    /// How many pieces there are.
    #[allow(clippy::len_without_is_empty)] // the special pieces are always there
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    fn letters_of(&self, number: u16) -> &'b [u8] {
        let at = |i: usize| self.starts.get(i).map(|b| u32::from_le_bytes(*b) as usize);
        let number = usize::from(number);
        let letters = (at(number).zip(at(number + 1))).and_then(|(a, b)| self.letters.get(a..b));
        letters.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: [&str; 6] = ["[UNK]", "the", "##s", "[SEP]", "[CLS]", "é"];

    #[test]
    fn pieces_are_found_by_their_bytes() {
        let bytes = Vocabulary::pack(PIECES).unwrap();
        let vocabulary = Vocabulary::read(&bytes).unwrap();
        for (number, piece) in PIECES.iter().enumerate() {
            assert_eq!(vocabulary.number(piece), Some(number as u16));
        }
        for none in ["", "s", "th", "thes", "##", "zz"] {
            assert_eq!(vocabulary.number(none), None, "{none}");
        }
        assert_eq!(vocabulary.len(), 6);
        let special = (vocabulary.unknown, vocabulary.first, vocabulary.separator);
        assert_eq!(special, (0, 4, 3));
    }

    #[test]
    fn foreign_bytes_are_refused() {
        let bytes = Vocabulary::pack(PIECES).unwrap();
        for end in 0..bytes.len() {
            assert!(Vocabulary::read(&bytes[..end]).is_err());
        }
        assert_eq!(
            Vocabulary::pack(["a", "[UNK]", "[CLS]"]),
            Err(Error::Lacks("[SEP]"))
        );
        // Whatever the numbers inside say, nothing panics.
        for i in 4..bytes.len() {
            let mut changed = bytes.clone();
            changed[i] ^= 0xff;
            if let Ok(vocabulary) = Vocabulary::read(&changed) {
                vocabulary.number("the");
            }
        }
    }
}

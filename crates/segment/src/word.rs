//! The words beside a full stop, each read in one step.
//!
//! A loop would leave after as many steps as the word has letters, which no processor can foresee; so 16 bytes are looked at
//! together.

use model::hash_short;

/// At most 15 letters without an accent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) len: usize,
    /// The first letter is a capital; the others never are.
    pub(crate) capital: bool,
    /// On the side away from the full stop, a blank or a line feed stands beside it.
    pub(crate) apart: bool,
    /// The first letter is the lowest byte.
    letters: u128,
}

impl Word {
    /// The word that ends at byte `at`. `None` where something else stands there, or the text begins less than 16 bytes
    /// before.
    pub(crate) fn before(bytes: &[u8], at: usize) -> Option<Self> {
        let window = u128::from_le_bytes(*bytes[..at].last_chunk()?);
        let (letters, capitals) = letters(window);
        let len = (letters ^ HIGH).leading_zeros() / 8;
        if len == 0 || len == 16 {
            return None;
        }
        let shift = 8 * (16 - len);
        Self::new(
            window >> shift,
            capitals >> shift,
            len,
            (window >> (shift - 8)) as u8,
        )
    }

    /// The word that begins at byte `at`. `None` where something else stands there, or the text ends less than 16 bytes
    /// after.
    pub(crate) fn after(bytes: &[u8], at: usize) -> Option<Self> {
        let window = u128::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
        let (letters, capitals) = letters(window);
        let len = (letters ^ HIGH).trailing_zeros() / 8;
        if len == 0 || len == 16 {
            return None;
        }
        let word = !(u128::MAX << (8 * len));
        Self::new(
            window & word,
            capitals & word,
            len,
            (window >> (8 * len)) as u8,
        )
    }

    fn new(letters: u128, capitals: u128, len: u32, beside: u8) -> Option<Self> {
        (capitals & !0x80 == 0).then_some(Self {
            len: len as usize,
            capital: capitals != 0,
            apart: matches!(beside, b' ' | b'\n'),
            letters,
        })
    }

    /// The [`hash`](model::hash) of the word.
    pub(crate) fn hash(self) -> u64 {
        hash_short(self.letters, self.len)
    }

    /// The [`hash_folded`](model::hash_folded) of the word.
    pub(crate) fn hash_folded(self) -> u64 {
        hash_short(self.letters | 0x20, self.len)
    }
}

const EACH: u128 = u128::from_ne_bytes([1; 16]);
/// The highest bit of each byte.
const HIGH: u128 = EACH << 7;

/// Which of 16 bytes are letters, and which of them capitals, by their highest bits.
fn letters(window: u128) -> (u128, u128) {
    // No sum carries into the next byte.
    let within = |first: u8, last: u8| {
        let low = window & !HIGH;
        let from = low + EACH * u128::from(0x80 - first);
        let past = low + EACH * u128::from(0x80 - last - 1);
        from & !past & !window & HIGH
    };
    let capitals = within(b'A', b'Z');
    (within(b'a', b'z') | capitals, capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The word between two marks, read from either side.
    fn read(text: &str) -> Option<Word> {
        let padded = format!("{:>16} {text}.{text} {:>16}", "", "");
        let at = 17 + text.len();
        let words = [
            Word::before(padded.as_bytes(), at),
            Word::after(padded.as_bytes(), at + 1),
        ];
        assert_eq!(words[0], words[1], "{text}");
        words[0]
    }

    #[test]
    fn reads_words_of_letters_and_nothing_else() {
        let words = [
            ("it", false),
            ("Khan", true),
            ("I", true),
            ("eighteen", false),
            ("abcdefghijklmno", false),
        ];
        for (word, capital) in words {
            let found = read(word).expect(word);
            assert_eq!(
                (found.len, found.capital, found.apart),
                (word.len(), capital, true),
                "{word}"
            );
            assert_eq!(found.hash(), model::hash(word.as_bytes()), "{word}");
            assert_eq!(
                found.hash_folded(),
                model::hash_folded(word.as_bytes()),
                "{word}"
            );
        }
        for no in ["", " ", "NATO", "McDonald", "é", "7", "abcdefghijklmnop"] {
            assert_eq!(read(no), None, "{no}");
        }
    }

    #[test]
    fn says_what_stands_beside_the_word() {
        let text = "In all, the café said the 10th was-not. Why’s that not so, he wrote and asked.";
        for (before, len, apart) in [
            ("all", 3, true),
            ("café said", 4, true),
            ("10th", 2, false),
            ("was-not", 3, false),
        ] {
            let at = text.find(before).unwrap() + before.len();
            let word = Word::before(text.as_bytes(), at);
            let expected = if at < 16 { None } else { Some((len, apart)) };
            assert_eq!(
                word.map(|word| (word.len, word.apart)),
                expected,
                "{before}"
            );
        }
        let after = |word: &str| Word::after(text.as_bytes(), text.find(word).unwrap());
        assert!(
            after("the").unwrap().apart
                && !after("Why").unwrap().apart
                && !after("so").unwrap().apart
        );
        assert_eq!(after("asked"), None, "too near the end");
    }
}

//! The word before a full stop, read in one step.

use model::hash_short;

/// Letters without an accent before a full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) len: usize,
    /// The first letter is a capital; the others never are.
    pub(crate) capital: bool,
    /// It follows a blank.
    pub(crate) after_blank: bool,
    /// The [`hash`](model::hash) of its letters.
    pub(crate) hash: u64,
}

impl Word {
    /// The word that ends at byte `at`: of 15 letters at most, all but the first small. `None` where something else stands
    /// there, or the text begins less than 16 bytes before.
    ///
    /// A loop would leave after as many steps as the word has letters, which no processor can foresee; so all 16 bytes are
    /// looked at together.
    pub(crate) fn before(bytes: &[u8], at: usize) -> Option<Self> {
        const EACH: u128 = u128::from_ne_bytes([1; 16]);
        const HIGH: u128 = EACH << 7;
        let window = u128::from_le_bytes(*bytes[..at].last_chunk()?);
        // The highest bit of each byte: whether it is ASCII and in the range. No sum carries into the next byte.
        let within = |first: u8, last: u8| {
            let low = window & !HIGH;
            let from = low + EACH * u128::from(0x80 - first);
            let past = low + EACH * u128::from(0x80 - last - 1);
            from & !past & !window & HIGH
        };
        let small = within(b'a', b'z');
        let capitals = within(b'A', b'Z');
        let others = !(small | capitals) & HIGH;
        let len = others.leading_zeros() as usize / 8;
        // The last byte is the highest one.
        let shift = 8 * (16 - len as u32);
        if len == 0 || len == 16 {
            return None;
        }
        let capital = capitals >> shift;
        (capital & !0x80 == 0).then(|| Self {
            len,
            capital: capital != 0,
            after_blank: (window >> (shift - 8)) as u8 == b' ',
            hash: hash_short(window >> shift, len),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words_of_letters_and_nothing_else() {
        let read = |text: &str| {
            let text = format!("{:>16}{text}", "");
            Word::before(text.as_bytes(), text.len())
        };
        for (word, capital) in [
            ("it", false),
            ("Khan", true),
            ("everything", false),
            ("abcdefghijklmno", false),
        ] {
            let found = read(word).expect(word);
            assert_eq!((found.len, found.capital), (word.len(), capital), "{word}");
            assert_eq!(found.hash, model::hash(word.as_bytes()), "{word}");
            assert!(found.after_blank && !read(&format!("({word}")).expect(word).after_blank);
        }
        for no in [
            "",
            " ",
            "NATO",
            "McDonald",
            "café",
            "10th ",
            "abcdefghijklmnop",
        ] {
            assert_eq!(read(no), None, "{no}");
        }
        assert_eq!(
            read("10th").map(|word| (word.len, word.after_blank)),
            Some((2, false))
        );
        assert_eq!(Word::before(b"short", 5), None);
    }
}

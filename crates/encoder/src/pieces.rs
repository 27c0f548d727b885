//! The word pieces of a token: greedy longest match from the left, as BERT's uncased models were pretrained with
//! (Devlin et al. 2019; Wu et al. 2016).

use crate::vocabulary::Vocabulary;
use text::{fold_dash, fold_mark};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many pieces stand for a token at most: enough for every word. A token with more is an address or noise.
pub(crate) const MOST_PIECES: usize = 8;

/// How many characters of a token are looked at, at most, so that time stays linear whatever its length.
const LONGEST: usize = 64;

/// Finds word pieces; keeps its buffers for the next token.
#[derive(Debug, Clone)]
pub(crate) struct Pieces<'b> {
    vocabulary: Vocabulary<'b>,
    written: String,
    piece: String,
}

impl<'b> Pieces<'b> {
    /// Pieces of this vocabulary.
    pub(crate) fn new(vocabulary: Vocabulary<'b>) -> Self {
        Self {
            vocabulary,
            written: String::new(),
            piece: String::new(),
        }
    }

    /// Adds the numbers of a token's pieces to `ids`: one at least, [`MOST_PIECES`] at most.
    pub(crate) fn of(&mut self, token: &str, ids: &mut Vec<u16>) {
        let before = ids.len();
        let most = before + MOST_PIECES;
        let mut written = std::mem::take(&mut self.written);
        normalise(token, &mut written);
        if let Some(whole) = self.vocabulary.number(&written) {
            ids.push(whole);
        } else {
            let mut rest = written.as_str();
            while !rest.is_empty() && ids.len() < most {
                let (part, after) = rest.split_at(end_of_part(rest));
                self.of_part(part, ids);
                rest = after;
            }
        }
        if ids.len() == before {
            ids.push(self.vocabulary.unknown);
        }
        ids.truncate(most);
        self.written = written;
    }

    /// The pieces of a run of letters and digits, or of a mark.
    fn of_part(&mut self, part: &str, ids: &mut Vec<u16>) {
        let mut start = 0;
        while start < part.len() {
            self.piece.clear();
            self.piece.push_str(if start > 0 { "##" } else { "" });
            let prefix = self.piece.len();
            self.piece.push_str(&part[start..]);
            let ends = part[start..].char_indices().rev();
            let found = ends
                .map(|(at, c)| at + c.len_utf8())
                .find_map(|end| Some((end, self.vocabulary.number(&self.piece[..prefix + end])?)));
            let Some((length, number)) = found else {
                ids.push(self.vocabulary.unknown);
                return;
            };
            ids.push(number);
            start += length;
        }
    }
}

/// A token as the vocabulary spells it: in lower case, without accents, typographic marks and dashes as in ASCII.
fn normalise(token: &str, written: &mut String) {
    written.clear();
    if token.is_ascii() {
        written.extend(token.chars().take(LONGEST).map(|c| c.to_ascii_lowercase()));
        return;
    }
    let letters = token.chars().take(LONGEST).flat_map(char::to_lowercase);
    written.extend(
        letters
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            .map(|c| fold_dash(fold_mark(c))),
    );
}

/// Where the first run of letters and digits ends, or the mark that is first.
fn end_of_part(rest: &str) -> usize {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    match rest.find(|c| !word(c)) {
        Some(0) => rest.chars().next().map_or(0, char::len_utf8),
        Some(end) => end,
        None => rest.len(),
    }
}

/// How a token is written, which the pieces, all in lower case, do not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Case {
    /// No letters.
    None,
    /// "bank"; letters of scripts without case too
    Lower,
    /// "NATO"
    Capitals,
    /// "A"
    Initial,
    /// "Bank"
    Capitalised,
    /// "McCain", "iPhone", "U.S"
    Mixed,
}

impl Case {
    /// How many there are.
    pub(crate) const COUNT: usize = 6;

    /// The case of a token, by its first letters where it is very long.
    pub(crate) fn of(token: &str) -> Self {
        let letters = || token.chars().take(LONGEST).filter(|c| c.is_alphabetic());
        let mut rest = letters();
        let Some(first) = rest.next() else {
            return Self::None;
        };
        let upper = |c: char| c.is_uppercase();
        if !letters().any(upper) {
            Self::Lower
        } else if letters().all(upper) {
            match token.chars().nth(1) {
                None => Self::Initial,
                Some(_) => Self::Capitals,
            }
        } else if first.is_uppercase() && !rest.any(upper) {
            Self::Capitalised
        } else {
            Self::Mixed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PIECES: [&str; 21] = [
        "[UNK]", "[CLS]", "[SEP]", "bank", "##s", "sao", "o", "'", "\"", "-", "u", ".", "s", "##n",
        "##b", "##an", "##k", "uzbek", "a", "東", "##京",
    ];

    fn pieces(token: &str) -> Vec<&'static str> {
        let bytes = Vocabulary::pack(PIECES).unwrap();
        let mut ids = vec![7];
        Pieces::new(Vocabulary::read(&bytes).unwrap()).of(token, &mut ids);
        assert_eq!(ids.remove(0), 7);
        ids.iter().map(|&id| PIECES[usize::from(id)]).collect()
    }

    #[test]
    fn the_longest_piece_comes_first() {
        assert_eq!(pieces("bank"), ["bank"]);
        assert_eq!(pieces("BANKS"), ["bank", "##s"]);
        assert_eq!(pieces("snbank"), ["s", "##n", "##b", "##an", "##k"]);
        assert_eq!(pieces("U.S"), ["u", ".", "s"]);
        assert_eq!(pieces("-bank-"), ["-", "bank", "-"]);
    }

    #[test]
    fn accents_and_typography_are_no_difference() {
        for sao in ["São", "Sa\u{303}o", "SÃO", "SA\u{303}O"] {
            assert_eq!(pieces(sao), ["sao"], "{sao}");
        }
        assert_eq!(pieces("’s"), ["'", "s"]);
        for (mark, plain) in [
            ("“", "\""),
            ("”", "\""),
            ("«", "\""),
            ("‘", "'"),
            ("—", "-"),
            ("–", "-"),
        ] {
            assert_eq!(pieces(mark), [plain], "{mark}");
        }
        assert_eq!(pieces("東京"), ["東", "##京"]);
    }

    #[test]
    fn what_no_piece_fits_is_unknown() {
        for odd in ["", "🏴\u{200d}☠", "Ω", "\u{301}", "\u{AD}", "bankΩ"] {
            assert_eq!(pieces(odd).last(), Some(&"[UNK]"), "{odd:?}");
        }
        assert_eq!(pieces("Ω.bank"), ["[UNK]", ".", "bank"]);
        // Letters that a whole word's start fits, but not its rest.
        assert_eq!(pieces("bankx"), ["bank", "[UNK]"]);
    }

    #[test]
    fn a_token_has_a_few_pieces_however_long() {
        assert_eq!(pieces(&"s".repeat(10 << 20)).len(), MOST_PIECES);
        assert_eq!(pieces(&".".repeat(10 << 20)), ["."; MOST_PIECES]);
        assert_eq!(pieces(&"\u{301}".repeat(10 << 20)), ["[UNK]"]);
        assert_eq!(pieces(&"Ω".repeat(10 << 20)), ["[UNK]"]);
    }

    #[test]
    fn case_is_that_of_the_letters() {
        for (token, case) in [
            ("1,000", Case::None),
            ("", Case::None),
            ("'s", Case::Lower),
            ("東京", Case::Lower),
            ("élan", Case::Lower),
            ("NATO", Case::Capitals),
            ("U.S.", Case::Capitals),
            ("F-16", Case::Capitals),
            ("É", Case::Initial),
            ("Bank", Case::Capitalised),
            ("’Tis", Case::Capitalised),
            ("McCain", Case::Mixed),
            ("iPhone", Case::Mixed),
        ] {
            assert_eq!(Case::of(token), case, "{token}");
        }
    }

    proptest! {
        #[test]
        fn any_token_has_pieces(token in "\\PC*") {
            let found = pieces(&token);
            prop_assert!((1..=MOST_PIECES).contains(&found.len()));
        }
    }
}

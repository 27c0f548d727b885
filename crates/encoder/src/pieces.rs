//! The word pieces of a token: greedy longest match from the left, as BERT's uncased models were pretrained with
//! (Devlin et al. 2019; Wu et al. 2016).

use crate::vocabulary::Vocabulary;
use text::is_apostrophe;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// At most so many pieces stand for a token: enough for every word; what has more is an address or noise.
pub const MOST_PIECES: usize = 8;

/// At most so many characters of a token are looked at, so that time stays linear whatever its length.
const LONGEST: usize = 64;

/// Finds word pieces; keeps the room that it works in.
#[derive(Debug, Clone)]
pub struct Pieces<'b> {
    vocabulary: Vocabulary<'b>,
    written: String,
    piece: String,
}

impl<'b> Pieces<'b> {
    /// Pieces of this vocabulary.
    pub fn new(vocabulary: Vocabulary<'b>) -> Self {
        Self {
            vocabulary,
            written: String::new(),
            piece: String::new(),
        }
    }

    /// Adds the numbers of a token's pieces to `ids`: one at least, [`MOST_PIECES`] at most.
    pub fn of(&mut self, token: &str, ids: &mut Vec<u16>) {
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
            .map(|c| match c {
                _ if is_apostrophe(c) => '\'',
                '“' | '”' | '„' | '‟' | '«' | '»' => '"',
                '—' | '–' | '‐' | '‑' => '-',
                _ => c,
            }),
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
pub enum Case {
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
    pub const COUNT: usize = 6;

    /// The case of a token, by its first letters where it is very long.
    pub fn of(token: &str) -> Self {
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

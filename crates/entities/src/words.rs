//! The words of a document, each different one with its spelling and its entry in the lexicon.

use crate::lexicon::{self, Entry};
use model::{Map, combine, hash};
use text::{Reading, fold_dash, fold_mark};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// `said`
    Lower,
    /// `Iran`, `McDonald`
    Capital,
    /// `UN`, `A`
    Upper,
    /// `iPhone`
    Mixed,
    /// No letter that has a case.
    None,
}

/// A word (a token's text), whatever its place.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// As written; quotation marks and dashes of all styles are alike.
    pub exact: u64,
    /// In lower case.
    pub lower: u64,
    /// The number, within the document, of its lower case.
    pub lower_id: usize,
    /// `Xx`, `XX-dd`: runs of more than two count as two.
    pub shape: u64,
    /// Of the lower case, with 1 to 4 characters; 0 where the word is not longer.
    pub prefixes: [u64; 4],
    pub suffixes: [u64; 4],
    pub case: Case,
    pub entry: Entry,
    /// The first letter, in upper case, for acronyms.
    pub initial: Option<char>,
    /// Whether it ends a sentence: a full stop, question or exclamation mark.
    pub is_stop: bool,
    pub has_digit: bool,
    pub letters: usize,
}

impl Word {
    /// A key for everything that this struct says of the word, in one mode of writing: all of it follows from the spelling.
    pub(crate) fn key(&self, mode: u64) -> [u64; 2] {
        [combine(self.exact, mode), combine(self.lower, self.shape)]
    }

    /// Whether it is a short word in lower case, as those that join the words of a name: of, for, and, the, de, al.
    pub(crate) fn joins_names(&self) -> bool {
        self.case == Case::Lower && self.letters <= 3
    }

    /// Whether it is written as a name is.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }
}

/// The different words of a document, and which of them each token is.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub words: Vec<Word>,
    /// By token.
    pub ids: Vec<u32>,
    /// How many different words there are in lower case.
    pub lower_id: usize,
}

impl Words {
    pub(crate) fn new(reading: &Reading<'_>) -> Self {
        let (text, tokens) = (reading.text(), reading.tokens());
        let mut this = Self::default();
        let mut ids: Map<&str, u32> = Map::default();
        let mut lower_id: Map<u64, usize> = Map::default();
        let mut spellings = Spellings::default();
        // About half of the words of an article are new in it.
        this.ids.reserve(tokens.len());
        this.words.reserve(tokens.len() / 2);
        ids.reserve(tokens.len() / 2);
        lower_id.reserve(tokens.len() / 2);
        for token in tokens {
            let written = &text[token.span];
            let id = *ids.entry(written).or_insert_with(|| {
                let mut word = word(written, &mut spellings);
                let next = lower_id.len();
                word.lower_id = *lower_id.entry(word.lower).or_insert(next);
                this.words.push(word);
                this.words.len() as u32 - 1
            });
            this.ids.push(id);
        }
        this.lower_id = lower_id.len();
        this
    }

    /// The word of a token.
    pub(crate) fn at(&self, token: usize) -> &Word {
        &self.words[self.ids[token] as usize]
    }
}

/// [`Word::lower`] of a word alone.
pub(crate) fn lower_hash(written: &str) -> u64 {
    let mut lower = String::with_capacity(written.len());
    for c in written.chars() {
        push_lower(fold(c), &mut lower);
    }
    hash(lower.as_bytes())
}

/// Marks and dashes have one style.
fn fold(c: char) -> char {
    fold_dash(fold_mark(c))
}

fn push_lower(c: char, lower: &mut String) {
    if c.is_uppercase() {
        lower.extend(c.to_lowercase());
    } else {
        lower.push(c);
    }
}

/// Spellings of one word. The memory is used again for the next.
#[derive(Default)]
struct Spellings {
    exact: String,
    lower: String,
    shape: String,
}

fn word(written: &str, spellings: &mut Spellings) -> Word {
    let Spellings {
        exact,
        lower,
        shape,
    } = spellings;
    exact.clear();
    lower.clear();
    shape.clear();
    let (mut uppers, mut lowers, mut has_digit) = (0, 0, false);
    let mut initial = None;
    let (mut last, mut repeated) = ('\0', 0);
    for c in written.chars() {
        let c = fold(c);
        exact.push(c);
        push_lower(c, lower);
        let sign = if c.is_uppercase() {
            uppers += 1;
            'X'
        } else if c.is_lowercase() {
            lowers += 1;
            'x'
        } else if c.is_numeric() {
            has_digit = true;
            'd'
        } else {
            c
        };
        initial = initial.or_else(|| c.is_alphabetic().then(|| c.to_uppercase().next())?);
        repeated = if sign == last { repeated + 1 } else { 0 };
        last = sign;
        if repeated < 2 {
            shape.push(sign);
        }
    }
    let first_is_upper = exact.starts_with(char::is_uppercase);
    let case = match (uppers, lowers) {
        (0, 0) => Case::None,
        (0, _) => Case::Lower,
        (_, 0) => Case::Upper,
        _ if first_is_upper => Case::Capital,
        _ => Case::Mixed,
    };
    let (mut prefixes, mut suffixes) = ([0; 4], [0; 4]);
    if uppers + lowers > 0 {
        let ends = lower.char_indices().skip(1).zip(&mut prefixes);
        for ((end, _), prefix) in ends {
            *prefix = hash(&lower.as_bytes()[..end]);
        }
        let starts = lower
            .char_indices()
            .rev()
            .map(|(i, _)| i)
            .filter(|&i| i > 0);
        for (start, suffix) in starts.zip(&mut suffixes) {
            *suffix = hash(&lower.as_bytes()[start..]);
        }
    }
    let lower = hash(lower.as_bytes());
    Word {
        exact: hash(exact.as_bytes()),
        lower,
        lower_id: 0,
        shape: hash(shape.as_bytes()),
        prefixes,
        suffixes,
        case,
        entry: lexicon::word(lower),
        initial,
        is_stop: matches!(exact.as_str(), "." | "?" | "!"),
        has_digit,
        letters: uppers + lowers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(written: &str) -> Word {
        super::word(written, &mut Spellings::default())
    }

    #[test]
    fn a_word_is_known_by_its_writing() {
        assert_eq!(word("O’Neil").exact, word("O'Neil").exact);
        assert_eq!(word("IRAN").lower, word("Iran").lower);
        assert_ne!(word("IRAN").exact, word("Iran").exact);
        assert_eq!(word("Damascus").shape, word("Tehran").shape);
        assert_ne!(word("Damascus").shape, word("UN").shape);
        let suffixes = word("Xyzan").suffixes;
        assert_eq!((suffixes[0], suffixes[1]), (hash(b"n"), hash(b"an")));
        assert_eq!(word("ab").prefixes, [hash(b"a"), 0, 0, 0]);
        for (written, case) in [
            ("said", Case::Lower),
            ("Iran", Case::Capital),
            ("U.S.", Case::Upper),
            ("iPhone", Case::Mixed),
            ("1990", Case::None),
            ("", Case::None),
        ] {
            assert_eq!(word(written).case, case);
        }
    }

    #[test]
    fn each_word_is_worked_out_once() {
        let text = "The dog saw THE dog";
        let words = Words::new(&Reading::new(text, vec![]));
        assert_eq!(words.ids, [0, 1, 2, 3, 1]);
        assert_eq!(words.lower_id, 3);
        assert_eq!(words.at(0).lower_id, words.at(3).lower_id);
    }
}

//! The words of a document and the terms behind them.

use crate::lexicon::{Traits, traits};
use crate::lists::Lists;
pub use crate::porter::stem;
use document::Span;
use model::{Map, hash};

/// A run of letters and digits, apostrophes inside it included. Small, as a long document has millions.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Byte offset into its sentence.
    pub start: u32,
    /// Byte offset into its sentence.
    pub end: u32,
    /// Which stem it is: an index into [`Terms`].
    pub term: u32,
    /// What the word lists know of it.
    pub traits: Traits,
    /// Whether its first letter is upper-case.
    pub capital: bool,
    /// Whether it has a digit.
    pub digit: bool,
    /// Whether only white space parts it from the word before, in the same sentence.
    pub follows: bool,
}

impl Word {
    /// Whether it says something of the subject, as function words do not.
    pub fn is_content(&self) -> bool {
        !self.traits.has(Traits::STOP)
    }
}

/// The distinct stems of a document, in the order of first use.
#[derive(Debug, Default)]
pub struct Terms {
    hashes: Vec<u64>,
    index: Map<u64, u32>,
}

impl Terms {
    /// A 64-bit hash of each stem.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The terms of a text of its own, such as a title or a query, ascending; those that the document lacks are left
    /// out.
    pub fn of(&self, text: &str) -> Vec<u32> {
        let mut letters = Letters::default();
        let mut found: Vec<u32> = pieces(text)
            .filter_map(|piece| {
                let (hash, traits) = letters.read(&text[piece.start..piece.end]);
                let term = self.index.get(&hash).copied();
                term.filter(|_| !traits.has(Traits::STOP))
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn intern(&mut self, hash: u64) -> u32 {
        let next = self.hashes.len() as u32;
        let term = *self.index.entry(hash).or_insert(next);
        if term == next {
            self.hashes.push(hash);
        }
        term
    }
}

// Of how much room to begin with: in news articles, a word and what follows it have about 6 bytes, and a written form
// occurs twice; a document so long that it has more distinct words than this repeats them more often.
const LETTERS: usize = 6;
const USES: usize = 2;
const MANY: usize = 4096;

/// The words of each sentence at `spans`, and the terms of all; a span that does not fit the text has none.
pub fn words(text: &str, spans: impl ExactSizeIterator<Item = Span>) -> (Lists<Word>, Terms) {
    let mut words = Lists::with_capacity(spans.len(), text.len() / LETTERS);
    let distinct = (text.len() / LETTERS / USES).min(MANY);
    let mut terms = Terms::default();
    terms.hashes.reserve(distinct);
    terms.index.reserve(distinct);
    let mut letters = Letters::default();
    // A word is stemmed and looked up once for each way in which it is written.
    let mut known: Map<u64, (u32, Traits)> = Map::default();
    known.reserve(distinct);
    for span in spans {
        let sentence = span.get(text).unwrap_or("");
        for piece in pieces(sentence) {
            let (Ok(start), Ok(end)) = (u32::try_from(piece.start), u32::try_from(piece.end))
            else {
                break;
            };
            let word = &sentence[piece.start..piece.end];
            let (term, traits) = *known.entry(hash(word.as_bytes())).or_insert_with(|| {
                let (hash, traits) = letters.read(word);
                (terms.intern(hash), traits)
            });
            words.push(Word {
                start,
                end,
                term,
                traits,
                capital: starts_upper_case(word),
                digit: piece.digit,
                follows: piece.follows,
            });
        }
        words.close();
    }
    (words, terms)
}

fn starts_upper_case(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}

/// A word as it stands in a text.
#[derive(Debug, Default)]
struct Piece {
    start: usize,
    end: usize,
    digit: bool,
    follows: bool,
}

/// Cuts a text into words, in one pass over its bytes.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let bytes = text.as_bytes();
    let char_at = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    let mut at = 0;
    let mut first = true;
    std::iter::from_fn(move || {
        let mut piece = Piece {
            follows: !std::mem::take(&mut first),
            ..Piece::default()
        };
        loop {
            let byte = *bytes.get(at)?;
            if byte.is_ascii_alphanumeric() {
                break;
            }
            if byte.is_ascii() {
                piece.follows &= char::from(byte).is_whitespace();
                at += 1;
                continue;
            }
            let c = char_at(at)?;
            if c.is_alphanumeric() {
                break;
            }
            piece.follows &= c.is_whitespace();
            at += c.len_utf8();
        }
        piece.start = at;
        loop {
            // Almost all there is in English.
            while let Some(&byte) = bytes.get(at).filter(|b| b.is_ascii_alphanumeric()) {
                piece.digit |= byte.is_ascii_digit();
                at += 1;
            }
            // An apostrophe with a letter after it is inside the word.
            let inside = |c: &char| {
                c.is_alphanumeric()
                    || (matches!(c, '\'' | '’')
                        && char_at(at + c.len_utf8()).is_some_and(char::is_alphabetic))
            };
            if matches!(bytes.get(at), None | Some(b' ')) {
                break;
            }
            let Some(c) = char_at(at).filter(inside) else {
                break;
            };
            at += c.len_utf8();
        }
        piece.end = at;
        Some(piece)
    })
}

/// Room for a word in lower case and for its stem, used for one word after the other.
#[derive(Debug, Default)]
struct Letters {
    lower: String,
    stem: Vec<u8>,
}

impl Letters {
    /// The hash of a word's stem, and what the lists know of it.
    fn read(&mut self, word: &str) -> (u64, Traits) {
        self.lower.clear();
        if word.is_ascii() {
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        let bare = ["'s", "’s", "'", "’"]
            .iter()
            .find_map(|s| self.lower.strip_suffix(s))
            .unwrap_or(&self.lower);
        let traits = traits(bare.as_bytes());
        self.stem.clear();
        self.stem.extend_from_slice(bare.as_bytes());
        stem(&mut self.stem);
        (hash(&self.stem), traits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_place_and_share_terms() {
        let text = "The kidney’s donor. “Kidneys,” he said.";
        let (words, _) = words(
            text,
            [Span::new(0, 21), Span::new(22, text.len())].into_iter(),
        );
        let second = words.of(1);
        assert_eq!(
            &text[22..][second[0].start as usize..second[0].end as usize],
            "Kidneys"
        );
        assert_eq!(second[0].term, words.of(0)[1].term);
        assert!(second[2].follows && !second[1].follows && !words.of(0)[0].follows);
    }

    #[test]
    fn a_word_ends_before_a_mark_and_not_at_an_apostrophe() {
        for (text, expected) in [
            ("‘Don’t,’ he’d", &["Don’t", "he’d"][..]),
            ("1,200 O'Neill's’", &["1", "200", "O'Neill's"]),
            ("Zoë—Ångström 5€", &["Zoë", "Ångström", "5"]),
            ("’’ — …", &[]),
        ] {
            let found: Vec<&str> = pieces(text).map(|p| &text[p.start..p.end]).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_query_has_the_documents_terms() {
        let (words, terms) = words("One storm hit.", std::iter::once(Span::new(0, 14)));
        assert_eq!(terms.of("storms and floods"), [words.of(0)[1].term]);
        assert!(terms.of("the floods").is_empty());
    }
}

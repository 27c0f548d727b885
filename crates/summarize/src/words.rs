//! The words of a document and the terms behind them.

use crate::lexicon::{Traits, traits};
use crate::lists::Lists;
use crate::porter::stem;
use document::Span;
use model::{Map, hash};
use text::strip_genitive;

/// A run of letters and digits, with the apostrophes inside it. Small, as a long document has millions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Byte offset into its sentence.
    pub start: u32,
    /// Byte offset into its sentence.
    pub end: u32,
    /// Which stem it is: an index into [`Terms`].
    pub term: u32,
    /// The word lists that it is in.
    pub traits: Traits,
    /// Whether its first letter is upper-case.
    pub capital: bool,
    /// Whether it has a digit.
    pub digit: bool,
    /// Whether nothing but white space stands between it and the word before, in the same sentence.
    pub follows: bool,
}

impl Word {
    /// Whether it is no function word, and so says something about the subject.
    pub(crate) fn is_content(&self) -> bool {
        !self.traits.has(Traits::STOP)
    }

    /// Whether it looks like a name, or a part of one. At the beginning of a sentence any word does.
    pub(crate) fn is_name(&self) -> bool {
        self.capital && self.is_content()
    }
}

/// The distinct stems of a document, in the order of first use.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    hashes: Vec<u64>,
    index: Map<u64, u32>,
}

impl Terms {
    /// A 64-bit hash of each stem.
    pub(crate) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The terms of another text, such as a title or a query, ascending; those that the document lacks are left out.
    pub(crate) fn of(&self, text: &str) -> Vec<u32> {
        let mut letters = Letters::default();
        let mut found: Vec<u32> = spellings(text)
            .filter_map(|spelling| {
                let (hash, traits) = letters.read(&text[spelling.start..spelling.end]);
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

/// In news, a word with the space or mark after it has about so many bytes.
pub(crate) const BYTES_PER_WORD: usize = 6;

// How much room to reserve for spellings. A guess that is off costs a reallocation and changes no result.
/// An article has each spelling about so many times.
const USES_PER_SPELLING: usize = 2;
/// A document with more spellings than these is so long that it repeats them more often.
const MOST_SPELLINGS: usize = 4096;

/// The words of each sentence at `spans`, and the terms of all; a span that does not fit the text has none.
pub(crate) fn words(
    text: &str,
    spans: impl ExactSizeIterator<Item = Span>,
) -> (Lists<Word>, Terms) {
    let all = text.len() / BYTES_PER_WORD;
    let distinct = (all / USES_PER_SPELLING).min(MOST_SPELLINGS);
    let mut words = Lists::with_capacity(spans.len(), all);
    let mut terms = Terms::default();
    terms.hashes.reserve(distinct);
    terms.index.reserve(distinct);
    let mut letters = Letters::default();
    // A word is stemmed and looked up once for each way in which it is written.
    let mut known: Map<u64, (u32, Traits)> = Map::default();
    known.reserve(distinct);
    for span in spans {
        let sentence = span.get(text).unwrap_or("");
        for spelling in spellings(sentence) {
            let (Ok(start), Ok(end)) = (u32::try_from(spelling.start), u32::try_from(spelling.end))
            else {
                break;
            };
            let word = &sentence[spelling.start..spelling.end];
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
                digit: spelling.digit,
                follows: spelling.follows,
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
struct Spelling {
    start: usize,
    end: usize,
    digit: bool,
    follows: bool,
}

/// The words of a text, in one pass over its bytes.
fn spellings(text: &str) -> impl Iterator<Item = Spelling> {
    let bytes = text.as_bytes();
    let char_at = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    let mut at = 0;
    let mut first = true;
    std::iter::from_fn(move || {
        let mut spelling = Spelling {
            follows: !std::mem::take(&mut first),
            ..Spelling::default()
        };
        loop {
            let byte = *bytes.get(at)?;
            if byte.is_ascii_alphanumeric() {
                break;
            }
            if byte.is_ascii() {
                spelling.follows &= char::from(byte).is_whitespace();
                at += 1;
                continue;
            }
            let c = char_at(at)?;
            if c.is_alphanumeric() {
                break;
            }
            spelling.follows &= c.is_whitespace();
            at += c.len_utf8();
        }
        spelling.start = at;
        loop {
            // Nearly all letters of English text are ASCII.
            while let Some(&byte) = bytes.get(at).filter(|b| b.is_ascii_alphanumeric()) {
                spelling.digit |= byte.is_ascii_digit();
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
        spelling.end = at;
        Some(spelling)
    })
}

/// Buffers for a word in lower case and for its stem, reused from word to word.
#[derive(Debug, Default)]
struct Letters {
    lower: String,
    stem: Vec<u8>,
}

impl Letters {
    /// The hash of a word's stem, and the lists that the word is in.
    fn read(&mut self, word: &str) -> (u64, Traits) {
        self.lower.clear();
        if word.is_ascii() {
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        let bare = strip_genitive(&self.lower).unwrap_or(&self.lower);
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
            let found: Vec<&str> = spellings(text).map(|p| &text[p.start..p.end]).collect();
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

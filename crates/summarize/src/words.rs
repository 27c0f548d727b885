//! The words of a document and the terms behind them.

use crate::lexicon::{Traits, traits};
pub use crate::porter::stem;
use document::Span;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// A run of letters and digits, apostrophes inside it included.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Byte offset into the document's text.
    pub start: usize,
    /// Byte offset into the document's text.
    pub end: usize,
    /// Which stem it is: an index into [`Words::terms`].
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

/// The words of all sentences of a document.
#[derive(Debug, Default)]
pub struct Words {
    /// In the order of the text.
    pub words: Vec<Word>,
    /// Each sentence's words.
    pub sentences: Vec<Range<usize>>,
    /// A 64-bit hash of each distinct stem, in the order of first use.
    pub terms: Vec<u64>,
    index: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    lower: String,
    stem: Vec<u8>,
}

impl Words {
    /// The words of the sentences at `spans`; a span that does not fit the text has none.
    pub fn new<'s>(text: &str, spans: impl Iterator<Item = &'s Span>) -> Self {
        let mut all = Self::default();
        for span in spans {
            all.push_sentence(text, span);
        }
        all
    }

    /// The words of sentence `i`.
    pub fn of(&self, i: usize) -> &[Word] {
        &self.words[self.sentences[i].clone()]
    }

    /// The terms of a text of its own, such as a title or a query; those that the document lacks are left out.
    pub fn terms_in(&mut self, text: &str) -> Vec<u32> {
        let known = self.terms.len();
        let words = self.words.len();
        self.push_sentence(text, &(0..text.len()));
        self.sentences.pop();
        let mut found: Vec<u32> = self
            .words
            .drain(words..)
            .filter(|w| w.is_content() && (w.term as usize) < known)
            .map(|w| w.term)
            .collect();
        for hash in self.terms.drain(known..) {
            self.index.remove(&hash);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn push_sentence(&mut self, text: &str, span: &Span) {
        let first = self.words.len();
        let sentence = text.get(span.clone()).unwrap_or("");
        let mut gap = 0;
        let mut rest = 0;
        while let Some(start) = sentence[rest..].find(char::is_alphanumeric) {
            let start = rest + start;
            let end = word_end(sentence, start);
            let word = &sentence[start..end];
            let follows = start > 0
                && self.words.len() > first
                && sentence[gap..start].chars().all(char::is_whitespace);
            let (term, traits) = self.intern(word);
            self.words.push(Word {
                start: span.start + start,
                end: span.start + end,
                term,
                traits,
                capital: word.starts_with(char::is_uppercase),
                digit: word.bytes().any(|b| b.is_ascii_digit()),
                follows,
            });
            gap = end;
            rest = end;
        }
        self.sentences.push(first..self.words.len());
    }

    fn intern(&mut self, word: &str) -> (u32, Traits) {
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
        let traits = traits(bare);
        self.stem.clear();
        self.stem.extend_from_slice(bare.as_bytes());
        stem(&mut self.stem);
        let hash = fnv(&self.stem);
        let next = self.terms.len() as u32;
        let term = *self.index.entry(hash).or_insert(next);
        if term == next {
            self.terms.push(hash);
        }
        (term, traits)
    }
}

/// Where the word that starts at `start` ends: an apostrophe with a letter after it is inside the word.
fn word_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let mut end = start;
    while let Some((at, c)) = chars.next() {
        let inside = c.is_alphanumeric()
            || (matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, n)| n.is_alphabetic()));
        if !inside {
            break;
        }
        end = start + at + c.len_utf8();
    }
    end
}

/// The Fowler–Noll–Vo hash 1a: the same on every machine and in every run, as the model's table of terms needs it.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fnv(bytes);
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_place_and_share_terms() {
        let text = "The kidney’s donor. “Kidneys,” he said.";
        let words = Words::new(text, [0..21, 22..text.len()].iter());
        let second = words.of(1);
        assert_eq!(&text[second[0].start..second[0].end], "Kidneys");
        assert_eq!(second[0].term, words.of(0)[1].term);
        assert!(second[2].follows && !second[1].follows);
    }

    #[test]
    fn a_query_leaves_no_trace() {
        let mut words = Words::new("One storm hit.", std::iter::once(&(0..14)));
        assert_eq!(words.terms_in("storms and floods"), [words.of(0)[1].term]);
        assert_eq!((words.terms.len(), words.sentences.len()), (3, 1));
        assert!(words.terms_in("floods").is_empty());
    }
}

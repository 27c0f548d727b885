//! A paragraph's tokens with what the features ask of each: its word, shape, class, cluster, and where it stands.

use crate::class::Class;
use crate::lexicon::{Known, Lexicon};
use document::{Span, TokenRange};
use model::{combine, hash};
use text::{Place, Reading, fold_mark};

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub span: Span,
    /// Hash of the word in lower case, with straight apostrophes and marks.
    pub lower: u64,
    /// Hash of its last three characters.
    pub suffix: u64,
    /// The class of its letters alone.
    pub shape: Class,
    /// Its closed class, or its shape where it is in none.
    pub class: Class,
    pub place: Place,
    /// What the lexicon says of it.
    pub known: Known,
    /// The number of its sentence in [`ParagraphWords::sentences`].
    pub sentence: usize,
    pub comma: bool,
}

impl Word {
    /// Two words with equal keys are equal in all that the features read of a word alone.
    pub(crate) fn key(&self) -> [u64; 2] {
        let small = self.shape as u64 | (self.class as u64) << 8 | (self.place as u64) << 16;
        [combine(self.lower, small), combine(self.suffix, small)]
    }
}

/// A paragraph's words, and its sentences as ranges of them. (The sentences differ from the segmenter's: see
/// [`ends_sentence`].)
#[derive(Debug, Default)]
pub(crate) struct ParagraphWords {
    pub words: Vec<Word>,
    /// In order, without gaps; each range counts the paragraph's words from 0.
    pub sentences: Vec<TokenRange>,
}

impl ParagraphWords {
    /// The words of one paragraph's tokens.
    pub(crate) fn new(reading: &Reading<'_>, tokens: TokenRange, lexicon: &Lexicon) -> Self {
        let mut words = Vec::with_capacity(tokens.len());
        let mut lower = String::new();
        let mut first = 0;
        let mut sentences = Vec::new();
        let in_paragraph = reading.tokens().get(tokens.range()).unwrap_or_default();
        for (i, token) in in_paragraph.iter().enumerate() {
            let text = &reading.text()[token.span];
            let place = match reading.place(tokens.start + i) {
                // The model was trained without the difference.
                Place::Unclosed => Place::Inside,
                place => place,
            };
            lower_into(text, &mut lower);
            let shape = Class::of_shape(text);
            let word = hash(lower.as_bytes());
            words.push(Word {
                span: token.span,
                lower: word,
                suffix: hash(suffix(&lower).as_bytes()),
                class: Class::of_word(word).unwrap_or(shape),
                shape,
                place,
                known: lexicon.get(word),
                sentence: sentences.len(),
                comma: lower == ",",
            });
            if ends_sentence(&words, reading, tokens, i) {
                sentences.push(TokenRange::new(first, i + 1));
                first = i + 1;
            }
        }
        if first < words.len() {
            sentences.push(TokenRange::new(first, words.len()));
        }
        Self { words, sentences }
    }

    /// The sentence that a word is in.
    pub(crate) fn sentence_of(&self, word: usize) -> TokenRange {
        self.sentences
            .get(self.words[word].sentence)
            .copied()
            .unwrap_or(TokenRange::new(0, self.words.len()))
    }
}

/// Whether a sentence ends with word `i`: with a full stop or its like outside marks, or with the mark that closes a
/// quotation after one, unless a small letter follows. What stands between marks is one piece, however many sentences
/// it has: the reporting clause that follows belongs to all of it.
fn ends_sentence(words: &[Word], reading: &Reading<'_>, tokens: TokenRange, i: usize) -> bool {
    let text = |i: usize| match tokens.start + i {
        token if token < tokens.end => reading.word(token),
        _ => "",
    };
    let stop = |i: usize| matches!(text(i), "." | "!" | "?" | "…" | "...");
    match words[i].place {
        Place::Outside => stop(i),
        Place::Closing => {
            i > 0
                && stop(i - 1)
                && words[i - 1].place == Place::Inside
                && !text(i + 1).starts_with(char::is_lowercase)
        }
        Place::Inside | Place::Opening | Place::Unclosed => false,
    }
}

/// A word counts by its first bytes, this many or up to three more. English words are shorter (the longest in
/// Merriam-Webster's has 45 letters); addresses and other long strings cost no more than a word.
const LONGEST_WORD: usize = 64;

/// A token in lower case with straight apostrophes and marks, as the lexicon spells it; a long one is cut off.
#[cfg(feature = "training")]
pub fn lower_case(token: &str) -> String {
    let mut lower = String::new();
    lower_into(token, &mut lower);
    lower
}

fn lower_into(token: &str, lower: &mut String) {
    lower.clear();
    for c in token.chars() {
        match c {
            _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            _ => lower.extend(fold_mark(c).to_lowercase()),
        }
        if lower.len() >= LONGEST_WORD {
            break;
        }
    }
}

fn suffix(word: &str) -> &str {
    let start = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &word[start..]
}

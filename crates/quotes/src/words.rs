//! A paragraph's tokens with what the features ask of each: its word, shape, class, cluster, and where it stands.

use crate::lexicon::{Known, Lexicon};
use document::{Span, TokenRange};
use model::{combine, hash};
use text::{Place, Reading, fold_mark};

/// A coarse class: closed classes by their words, the rest by the shape of the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    Lower,
    Capitalised,
    Capitals,
    Initial,
    Digits,
    Punctuation,
    Pronoun,
    Determiner,
    Possessive,
    Complementizer,
    Title,
}

impl Class {
    /// The class of a word's letters alone.
    fn of_shape(word: &str) -> Self {
        let mut chars = word.chars();
        let Some(first) = chars.next() else {
            return Self::Punctuation;
        };
        if word.bytes().all(|b| b.is_ascii_digit()) {
            Self::Digits
        } else if !word.contains(char::is_alphanumeric) {
            Self::Punctuation
        } else if first.is_uppercase() {
            match chars.next() {
                None => Self::Initial,
                Some(_) if !word.contains(char::is_lowercase) => Self::Capitals,
                Some(_) => Self::Capitalised,
            }
        } else {
            Self::Lower
        }
    }

    fn of_word(lower: &str) -> Option<Self> {
        Some(match lower {
            "he" | "she" | "they" | "it" | "we" | "i" | "you" | "who" | "him" | "them" => {
                Self::Pronoun
            }
            "the" | "a" | "an" | "this" | "these" | "those" | "some" | "many" | "several"
            | "most" | "other" | "another" | "no" | "any" | "all" | "both" => Self::Determiner,
            "his" | "her" | "their" | "its" | "our" | "my" | "your" => Self::Possessive,
            "that" | "whether" | "if" | "how" | "why" | "what" | "when" | "where" | "which"
            | "to" => Self::Complementizer,
            "mr" | "mrs" | "ms" | "dr" | "sen" | "rep" | "gov" | "mr." | "mrs." | "ms." | "dr."
            | "sen." | "rep." | "gov." | "president" | "secretary" | "senator" | "governor"
            | "spokesman" | "spokeswoman" => Self::Title,
            _ => return None,
        })
    }
}

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub span: Span,
    /// Hash of the word in lower case with straight apostrophes and marks.
    pub lower: u64,
    /// Hash of its last three characters.
    pub suffix: u64,
    pub shape: Class,
    pub class: Class,
    pub place: Place,
    pub known: Known,
    /// The number of its sentence in the paragraph.
    pub sentence: usize,
    pub comma: bool,
}

impl Word {
    /// What stands for all that is known of the word but its surroundings.
    pub fn key(&self) -> [u64; 2] {
        let small = self.shape as u64 | (self.class as u64) << 8 | (self.place as u64) << 16;
        [combine(self.lower, small), combine(self.suffix, small)]
    }
}

/// A paragraph's words, and where its sentences begin and end among them.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub words: Vec<Word>,
    /// First word of each sentence, and one past the last.
    pub sentences: Vec<TokenRange>,
}

impl Words {
    /// The words of one paragraph's tokens.
    pub fn new(reading: &Reading<'_>, tokens: TokenRange, lexicon: &Lexicon) -> Self {
        let mut words = Vec::with_capacity(tokens.len());
        let mut lower = String::new();
        let mut sentence = 0;
        let mut first = 0;
        let mut sentences = Vec::new();
        for (i, token) in tokens.range().enumerate() {
            let text = reading.word(token);
            let place = match reading.place(token) {
                // The model was trained without the difference.
                Place::Unclosed => Place::Inside,
                place => place,
            };
            lower_into(text, &mut lower);
            let shape = Class::of_shape(text);
            let word = Word {
                span: reading.span_of(TokenRange::new(token, token + 1)),
                lower: hash(lower.as_bytes()),
                suffix: hash(suffix(&lower).as_bytes()),
                class: Class::of_word(&lower).unwrap_or(shape),
                shape,
                place,
                known: Known::default(),
                sentence,
                comma: lower == ",",
            };
            words.push(Word {
                known: lexicon.get(word.lower),
                ..word
            });
            if ends_sentence(&words, reading, tokens, i) {
                sentences.push(TokenRange::new(first, i + 1));
                first = i + 1;
                sentence += 1;
            }
        }
        if first < words.len() {
            sentences.push(TokenRange::new(first, words.len()));
        }
        Self { words, sentences }
    }

    /// The sentence that a word is in.
    pub fn sentence_of(&self, word: usize) -> TokenRange {
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

/// At most so many bytes of a word tell it apart; a longer one is no word.
const LONGEST_WORD: usize = 64;

/// A token in lower case with straight apostrophes and marks, as the lexicon spells it, cut off where no word is so long.
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

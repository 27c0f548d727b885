//! The words of a reporting clause: their classes, and the marks around them.

use crate::lexicon::{Key, Lexicon};
use std::sync::LazyLock;
use text::lists::{WordSet, section};
use text::{is_closing_mark, is_opening_mark};

pub(super) struct Words {
    pub(super) determiner: WordSet,
    pub(super) subject: WordSet,
    pub(super) object: WordSet,
    pub(super) preposition: WordSet,
    pub(super) subordinator: WordSet,
    pub(super) complementizer: WordSet,
    pub(super) auxiliary: WordSet,
    pub(super) adverb: WordSet,
    pub(super) hearers: WordSet,
    pub(super) hears: WordSet,
    pub(super) weak: WordSet,
}

pub(super) static WORD_CLASSES: LazyLock<Words> = LazyLock::new(|| {
    const LIST: &str = include_str!("../../data/clause-words.txt");
    let set = |name| section(LIST, name).flat_map(|l| l.split(' ')).collect();
    Words {
        determiner: set("determiner"),
        subject: set("subject"),
        object: set("object"),
        preposition: set("preposition"),
        subordinator: set("subordinator"),
        complementizer: set("complementizer"),
        auxiliary: set("auxiliary"),
        adverb: set("adverb"),
        hearers: set("hearers"),
        hears: set("hears"),
        weak: set("weak"),
    }
});

impl Words {
    /// Whether the word is in one of the closed classes.
    pub(super) fn contain(&self, token: &Token) -> bool {
        let classes = [
            &self.determiner,
            &self.subject,
            &self.object,
            &self.preposition,
            &self.subordinator,
            &self.complementizer,
            &self.auxiliary,
            &self.adverb,
            &self.hearers,
        ];
        token.is_adverb(self) || classes.iter().any(|class| token.is_in(class))
    }
}

/// A word and the marks around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) word: &'t str,
    /// A quotation mark or bracket stands before it.
    pub(super) opens: Option<char>,
    /// What follows the word: `,”`.
    pub(super) marks: &'t str,
}

impl<'t> Token<'t> {
    pub(super) fn read(token: &'t str) -> Self {
        let inner = token.trim_start_matches(|c| is_opening_mark(c) || matches!(c, '(' | '['));
        let opens = (inner.len() < token.len()).then(|| token.chars().next());
        let word = inner.trim_end_matches(|c| is_closing_mark(c) || ",.;:!?)]…".contains(c));
        Self {
            word,
            opens: opens.flatten(),
            marks: &inner[word.len()..],
        }
    }

    pub(super) fn is_upper(&self) -> bool {
        self.word.starts_with(char::is_uppercase)
    }

    pub(super) fn has_comma(&self) -> bool {
        self.marks.contains(',')
    }

    /// Whether the sentence ends here, unless the word is an abbreviation or an initial before a name.
    pub(super) fn stops(&self, lexicon: &Lexicon) -> bool {
        let abbreviated = || {
            self.word.chars().count() == 1 && self.is_upper()
                || self.word.contains('.')
                || lexicon.get(Key::Before(self.word)).classes() != 0
        };
        self.marks.contains(['!', '?', ';', ':', '…']) || self.marks.contains('.') && !abbreviated()
    }

    pub(super) fn is_genitive(&self) -> bool {
        self.word.ends_with("’s") || self.word.ends_with("'s")
    }

    pub(super) fn is_in(&self, set: &WordSet) -> bool {
        match self.word.as_bytes() {
            // `US` is not `us`.
            [b'A'..=b'Z', rest @ ..] if !rest.iter().any(u8::is_ascii_uppercase) => {
                set.contains(&self.word.to_ascii_lowercase())
            }
            _ => set.contains(self.word),
        }
    }

    pub(super) fn is_adverb(&self, words: &Words) -> bool {
        self.word.len() > 4 && self.word.ends_with("ly") || self.is_in(&words.adverb)
    }
}

/// Whether the word before the mark and the two after it have no small letter: `“NO!” MAYOR BELL SAID.`
pub(super) fn is_in_capitals(left: &str, window: &str) -> bool {
    let capitals = |s: &str| s.contains(char::is_uppercase) && !s.contains(char::is_lowercase);
    let mut words = window.split_whitespace();
    let mut next = || words.next().is_some_and(capitals);
    capitals(left) && next() && next()
}

/// Words in capitals as a sentence writes them: what may be a name keeps its first capital.
pub(super) fn in_small_letters(window: &str, lexicon: &Lexicon) -> String {
    let mut written = String::with_capacity(window.len());
    for word in window.split_whitespace() {
        let small = word.to_lowercase();
        let token = Token::read(&small);
        let known = lexicon.after(token.word).reports() || WORD_CLASSES.contain(&token);
        let capital = written.is_empty() || !known;
        let at = small.len()
            - small
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len();
        let first = small[at..].chars().next().filter(|_| capital);
        let rest = &small[at + first.map_or(0, char::len_utf8)..];
        written.push_str(&small[..at]);
        written.extend(first.into_iter().flat_map(char::to_uppercase));
        written.push_str(rest);
        if rest.contains(['!', '?']) {
            break;
        }
        written.push(' ');
    }
    written
}

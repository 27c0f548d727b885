//! Full stops in other languages than English, where the record's `lang` says so: ordinal numbers and abbreviations.
//!
//! Many languages write an ordinal number with a full stop: `am 5. März`, `5. maj`, `5. března`. In most of them a word in
//! small letters follows, which settles it. German writes its nouns with a capital, so that more has to be looked at.

use crate::marks;
use std::sync::LazyLock;
use text::lists::{WordSet, section};

const GERMAN: &str = include_str!("../data/german.txt");

/// The highest number that counts days; ordinals above it stand after an article, nearly always.
const HIGHEST_DAY: u32 = 31;

/// Numbers of so many digits are years.
const YEAR: usize = 4;

/// Bytes before a full stop that are looked at for the parts of an abbreviation: `i. d. R.`
const PARTS: usize = 16;

/// Bytes of a word that are looked at.
const WORD: usize = 40;

/// A language other than English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    German,
    Other,
}

impl Language {
    /// The language of a BCP 47 tag, in any case; `None` for English, and where the tag says nothing.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let is = |names: &[&str]| names.iter().any(|name| language.eq_ignore_ascii_case(name));
        if is(&["", "en", "eng", "english", "und", "mul", "zxx"]) {
            return None;
        }
        Some(match is(&["de", "deu", "ger", "german", "gsw"]) {
            true => Self::German,
            false => Self::Other,
        })
    }

    /// Whether the full stop at byte `at` ends the sentence that begins at `start`, in a block that ends at `limit`; `None`
    /// where this language says no more than English does.
    pub(crate) fn ends(self, text: &str, start: usize, at: usize, limit: usize) -> Option<bool> {
        let after = text[at..limit].strip_prefix('.')?;
        let next = after.trim_start();
        if next.is_empty() || next.len() == after.len() {
            return None;
        }
        if marks::closes_apart(next) {
            return None;
        }
        let next = next.trim_start_matches(|c: char| text::is_opening_mark(c) || c == '(');
        // UAX #29, rule SB8.
        if next.starts_with(char::is_lowercase) {
            return Some(false);
        }
        (self == Self::German).then(|| German::read(&text[start..at], next).ends())?
    }
}

/// What stands around a full stop in German.
struct German<'t> {
    /// The sentence up to the full stop.
    sentence: &'t str,
    /// The word before it.
    word: &'t str,
    /// The word before that, empty where there is none.
    before: &'t str,
    /// The word after it, or a number.
    next: &'t str,
}

static OPEN: LazyLock<WordSet> = LazyLock::new(|| words("open"));
static EITHER: LazyLock<WordSet> = LazyLock::new(|| words("either"));
static MONTH: LazyLock<WordSet> = LazyLock::new(|| words("month"));
static START: LazyLock<WordSet> = LazyLock::new(|| words("start"));
static ORDINAL: LazyLock<WordSet> = LazyLock::new(|| words("ordinal"));

fn words(name: &str) -> WordSet {
    section(GERMAN, name)
        .flat_map(str::split_whitespace)
        .collect()
}

impl<'t> German<'t> {
    fn read(sentence: &'t str, next: &'t str) -> Self {
        let floor = sentence.ceil_char_boundary(sentence.len().saturating_sub(2 * WORD));
        let mut words = sentence[floor..].rsplit(char::is_whitespace);
        let opening = |c: char| text::is_opening_mark(c) || matches!(c, '(' | '[' | '/');
        let word = words.next().unwrap_or_default();
        let before = words.find(|word| !word.is_empty()).unwrap_or_default();
        let next = &next[..next.floor_char_boundary(WORD)];
        let end = next.find(|c: char| !c.is_alphanumeric());
        Self {
            sentence,
            word: word.trim_start_matches(opening),
            before: before.trim_start_matches(opening),
            next: &next[..end.unwrap_or(next.len())],
        }
    }

    fn ends(&self) -> Option<bool> {
        let starts = START.contains(self.next);
        if self.is_part_of(&OPEN) || self.is_compound() {
            return Some(false);
        }
        if self.is_part_of(&EITHER) {
            return Some(starts);
        }
        if self.word.bytes().all(|b| b.is_ascii_digit()) && !self.word.is_empty() {
            return Some(self.ends_with_number(starts));
        }
        let mut letters = self.word.chars();
        let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        // `Ludwig XIV.`, `Johannes Paul II.`
        let roman = !self.word.is_empty()
            && self.word.chars().all(|c| "IVXL".contains(c))
            && self.before.starts_with(char::is_uppercase);
        (initial || roman).then_some(starts)
    }

    /// `Elbstr. 5`, `Hausnr. 12`, `Best.-Nr.`
    fn is_compound(&self) -> bool {
        let last = self.word.rsplit_once('-').map(|(_, last)| last);
        let numbered = self.next.starts_with(|c: char| c.is_ascii_digit());
        last.is_some_and(|last| OPEN.contains(last))
            || numbered && ["str", "nr"].iter().any(|end| self.word.ends_with(end))
    }

    /// Whether the word, or it and the parts before it, is one of `list`: `R` of `i. d. R.`
    fn is_part_of(&self, list: &WordSet) -> bool {
        let floor = self.sentence.len().saturating_sub(PARTS);
        let mut tail = &self.sentence[self.sentence.ceil_char_boundary(floor)..];
        let mut parts = self.word.to_owned();
        loop {
            if list.contains(&parts) {
                return true;
            }
            tail = tail[..tail.len() - self.part(tail).len()].trim_end();
            let part = self.part(tail);
            // A part before it ends with a full stop.
            if part.len() < 2 || !part.ends_with('.') {
                return false;
            }
            parts.insert_str(0, part);
        }
    }

    /// The last word of `tail`.
    fn part<'a>(&self, tail: &'a str) -> &'a str {
        let word = tail.rsplit(char::is_whitespace).next();
        word.unwrap_or_default()
            .trim_start_matches(|c: char| !c.is_alphanumeric())
    }

    /// `im Jahr 1990. Die` ends, `der 3. Platz` does not.
    fn ends_with_number(&self, starts: bool) -> bool {
        let number = self.word.parse().unwrap_or(u32::MAX);
        if MONTH.contains(self.next) {
            return false;
        }
        // `am 5. 3. 2024`
        if self.next.starts_with(|c: char| c.is_ascii_digit()) {
            return number > HIGHEST_DAY;
        }
        if starts || self.word.len() >= YEAR {
            return true;
        }
        // `3. Platz`, `Am 3. Advent`: the capital is that of the sentence.
        let first = self.sentence.split_whitespace().take(3).count() < 3;
        if first || self.before.ends_with(',') || ORDINAL.contains(self.before) {
            return false;
        }
        // `auf Platz 2. Bayern`, `kostet 250. Händler`
        self.before.starts_with(char::is_uppercase) || number > HIGHEST_DAY
    }
}

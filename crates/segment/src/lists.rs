//! The word lists in `data/`, each read when it is first asked for.

use model::{Map, hash_folded};
use std::sync::LazyLock;
use text::lists::{WordSet, lines, section, sections};

const METADATA_KEYS: &str = include_str!("../data/metadata-keys.txt");
const LINE_OPENINGS: &str = include_str!("../data/line-openings.txt");
const STAMP_WORDS: &str = include_str!("../data/stamp-words.txt");
const LINE_LIST: &str = include_str!("../data/line-words.txt");
const JOINING_WORDS: &str = include_str!("../data/joining-words.txt");

/// Keys of header lines, in lower case.
pub(crate) static HEADER_KEYS: LazyLock<WordSet> =
    LazyLock::new(|| section(METADATA_KEYS, "header").collect());

/// Keys that are one in the header of a mail only: in a letter they are text.
pub(crate) static MAIL_KEYS: LazyLock<WordSet> =
    LazyLock::new(|| section(METADATA_KEYS, "mail").collect());

/// Agencies whose name in brackets makes a dateline, with neither place nor dash.
pub(crate) static AGENCIES: LazyLock<WordSet> =
    LazyLock::new(|| lines(include_str!("../data/agencies.txt")).collect());

/// What stands before the date of a publication, in lower case.
pub(crate) static PUBLISHED: LazyLock<Vec<String>> = LazyLock::new(|| stamp_words("published"));

/// What stands before the date of an update, in lower case.
pub(crate) static UPDATED: LazyLock<Vec<String>> = LazyLock::new(|| stamp_words("updated"));

/// What joins the parts of a time stamp, in lower case.
pub(crate) static STAMP_JOINS: LazyLock<Vec<String>> = LazyLock::new(|| stamp_words("joining"));

/// What a byline begins with.
pub(crate) static BYLINES: LazyLock<Openings> = LazyLock::new(|| Openings::read("byline"));

/// What a caption begins with.
pub(crate) static CAPTIONS: LazyLock<Openings> = LazyLock::new(|| Openings::read("caption"));

/// What the credit at the end of a caption begins with.
pub(crate) static CREDITS: LazyLock<Openings> = LazyLock::new(|| Openings::read("credit"));

/// Words in small letters inside a place's name: `Rio de Janeiro`.
pub(crate) static IN_PLACES: LazyLock<WordSet> = LazyLock::new(|| joining("place"));

/// Words in small letters between the names of a byline.
pub(crate) static IN_BYLINES: LazyLock<WordSet> = LazyLock::new(|| joining("byline"));

/// Words after which a line goes on.
pub(crate) static LINE_GOES_ON: LazyLock<WordSet> = LazyLock::new(|| joining("line"));

/// The lists of words that tell what a line is; each has the bit of its place here.
pub(crate) const LINE_LISTS: [&str; 8] = [
    "page", "share", "job", "picture", "unit", "speech", "verb", "time",
];

/// By the folded hash of a word: in which of these lists it is.
pub(crate) static LINE_WORDS: LazyLock<Map<u64, u32>> = LazyLock::new(|| {
    let mut words = Map::default();
    for (name, line) in sections(LINE_LIST) {
        let list = LINE_LISTS.iter().position(|list| *list == name);
        for word in line.split_whitespace() {
            *words.entry(hash_folded(word.as_bytes())).or_default() |=
                list.map_or(0, |list| 1 << list);
        }
    }
    words
});

/// In which of [`LINE_WORDS`]' lists a word may be, by its first two letters and its length: most words are in none, and need
/// no hash.
pub(crate) fn may_be_in(word: &str) -> u8 {
    static STARTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut starts = vec![0; 1 << 12];
        for (list, line) in sections(LINE_LIST) {
            let list = LINE_LISTS.iter().position(|known| *known == list);
            for word in line.split_whitespace() {
                starts[start(word)] |= list.map_or(0, |list| 1 << list);
            }
        }
        starts
    });
    STARTS[start(word)]
}

/// The first two letters in any case, and the length, as far as they go into 12 bits.
fn start(word: &str) -> usize {
    let bytes = word.as_bytes();
    let letter = |at: usize| bytes.get(at).map_or(0, |b| usize::from(b & 31));
    (letter(0) << 7 ^ letter(1) << 3 ^ bytes.len()) & 0xFFF
}

/// Whether a word is in one of these lists.
pub(crate) fn is_in_list(word: &str, list: &str) -> bool {
    let lists = LINE_WORDS.get(&hash_folded(word.as_bytes()));
    let place = LINE_LISTS.iter().position(|known| *known == list);
    lists
        .zip(place)
        .is_some_and(|(lists, place)| lists >> place & 1 == 1)
}

fn stamp_words(name: &str) -> Vec<String> {
    section(STAMP_WORDS, name).map(str::to_owned).collect()
}

fn joining(name: &str) -> WordSet {
    section(JOINING_WORDS, name)
        .flat_map(str::split_whitespace)
        .collect()
}

/// Phrases that a line may begin with.
#[derive(Debug)]
pub(crate) struct Openings {
    phrases: Vec<String>,
    /// Bit n: a phrase begins with the ASCII character n. It settles nearly all lines.
    initials: u128,
}

impl Openings {
    fn read(name: &str) -> Self {
        let phrases: Vec<String> = section(LINE_OPENINGS, name)
            .map(|phrase| phrase.replace('_', " "))
            .collect();
        let initials = phrases.iter().filter_map(|phrase| bit(phrase));
        Self {
            initials: initials.fold(0, |bits, bit| bits | bit),
            phrases,
        }
    }

    /// The line after the first phrase that it begins with.
    pub(crate) fn strip<'l>(&self, line: &'l str) -> Option<&'l str> {
        bit(line).filter(|bit| self.initials & bit != 0)?;
        self.phrases
            .iter()
            .find_map(|phrase| line.strip_prefix(phrase.as_str()))
    }
}

/// The bit of a text's first character; `None` where it is not ASCII.
fn bit(text: &str) -> Option<u128> {
    1u128.checked_shl(u32::from(*text.as_bytes().first()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words() {
        for words in [
            &HEADER_KEYS,
            &MAIL_KEYS,
            &AGENCIES,
            &IN_PLACES,
            &IN_BYLINES,
            &LINE_GOES_ON,
        ] {
            assert!(words.iter().count() > 5);
        }
        for phrases in [&PUBLISHED, &UPDATED, &STAMP_JOINS] {
            assert!(phrases.len() > 4 && phrases.iter().all(|p| *p == p.to_lowercase()));
        }
        for openings in [&BYLINES, &CAPTIONS, &CREDITS] {
            assert!(openings.phrases.len() > 5);
            // Else its first character would not tell it.
            assert!(openings.phrases.iter().all(|phrase| bit(phrase).is_some()));
        }
    }

    #[test]
    fn a_blank_at_the_end_of_a_phrase_must_follow() {
        assert_eq!(BYLINES.strip("By Ann Lee"), Some("Ann Lee"));
        assert_eq!(BYLINES.strip("Bystanders fled"), None);
        assert_eq!(CAPTIONS.strip("FILE — A ship"), Some("A ship"));
        assert_eq!(CAPTIONS.strip("Photo:A ship"), Some("A ship"));
        assert_eq!(CAPTIONS.strip(""), None);
        assert_eq!(CAPTIONS.strip("é"), None);
    }
}

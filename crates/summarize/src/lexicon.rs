//! The short word lists in `data/`, as one look-up.

use model::{Map, hash};
use std::sync::LazyLock;
use text::reporting::{self, Use};

/// The lists that a word is in; a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits(u8);

impl Traits {
    /// A function word, which is no term.
    pub(crate) const STOP: Self = Self(1);
    /// A verb that attributes words to a speaker.
    pub(crate) const SPEECH: Self = Self(2);
    /// A word that marks what is new.
    pub(crate) const CUE: Self = Self(4);
    /// *I*, *we* and their forms.
    pub(crate) const FIRST_PERSON: Self = Self(8);
    /// A pronoun that leans on the sentence before where it opens one.
    pub(crate) const PRONOUN: Self = Self(16);
    /// A pronoun that also leans on it as the second or third word.
    pub(crate) const REACHING: Self = Self(32);
    /// A connective. Two words are joined by a hyphen in the lists: `in-addition`.
    pub(crate) const CONNECTIVE: Self = Self(64);

    /// Whether all of `other` is in it.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// By the words' hashes, because every word of a text is looked up.
static LISTS: LazyLock<Map<u64, Traits>> = LazyLock::new(|| {
    let stop = include_str!("../data/stopwords.txt");
    let mut lists = Map::default();
    let mut add = |word: &str, traits: Traits| {
        lists.entry(hash(word.as_bytes())).or_insert(Traits(0)).0 |= traits.0;
    };
    let rows = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    for word in rows(stop).flat_map(str::split_whitespace) {
        add(word, Traits::STOP);
    }
    for word in reporting::verbs(Use::Attribution).iter() {
        add(word, Traits::SPEECH);
    }
    for file in [
        include_str!("../data/openings.txt"),
        include_str!("../data/cues.txt"),
    ] {
        for row in rows(file) {
            let mut words = row.split_whitespace();
            let traits = match words.next() {
                Some("pronoun") => Traits::PRONOUN,
                Some("reaching") => Traits::REACHING,
                Some("connective") => Traits::CONNECTIVE,
                Some("cue") => Traits::CUE,
                Some("first-person") => Traits::FIRST_PERSON,
                _ => Traits::default(),
            };
            words.for_each(|word| add(word, traits));
        }
    }
    lists
});

/// The lists that a lower-case word is in, or two joined by a hyphen.
pub(crate) fn traits(word: &[u8]) -> Traits {
    LISTS.get(&hash(word)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_be_in_several_lists() {
        assert!(traits(b"he").has(Traits::STOP) && traits(b"he").has(Traits::REACHING));
        assert!(traits(b"in-addition").has(Traits::CONNECTIVE));
        assert_eq!(traits(b"kidney"), Traits::default());
    }
}

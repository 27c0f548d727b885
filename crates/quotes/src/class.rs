//! Coarse classes of words: the closed ones of `data/classes.txt`, and the shapes of letters for all others.

use model::{Map, hash};
use std::sync::LazyLock;
use text::lists;

/// A coarse class. The model knows the classes by these numbers.
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
    pub(crate) fn of_shape(word: &str) -> Self {
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

    /// The closed class of a word, given the [`hash`] of its lower-case form; `None` for a word of an open class.
    pub(crate) fn of_word(lower: u64) -> Option<Self> {
        CLOSED.get(&lower).copied()
    }

    /// By the name of its section in the list.
    fn named(section: &str) -> Option<Self> {
        Some(match section {
            "pronoun" => Self::Pronoun,
            "determiner" => Self::Determiner,
            "possessive" => Self::Possessive,
            "complementizer" => Self::Complementizer,
            "title" => Self::Title,
            _ => return None,
        })
    }
}

static CLOSED: LazyLock<Map<u64, Class>> = LazyLock::new(|| {
    lists::sections(include_str!("../data/classes.txt"))
        .filter_map(|(section, line)| Some((Class::named(section)?, line)))
        .flat_map(|(class, line)| {
            line.split(' ')
                .map(move |word| (hash(word.as_bytes()), class))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_classes_and_shapes() {
        let of = |word: &str| Class::of_word(hash(word.as_bytes()));
        assert_eq!(of("she"), Some(Class::Pronoun));
        assert_eq!(of("both"), Some(Class::Determiner));
        assert_eq!(of("your"), Some(Class::Possessive));
        assert_eq!(of("to"), Some(Class::Complementizer));
        assert_eq!(of("spokeswoman"), Some(Class::Title));
        assert_eq!(of("harbour"), None);
        assert_eq!(Class::of_shape("É"), Class::Initial);
        assert_eq!(Class::of_shape("NATO"), Class::Capitals);
        assert_eq!(Class::of_shape("“"), Class::Punctuation);
        assert_eq!(CLOSED.len(), 63);
    }
}

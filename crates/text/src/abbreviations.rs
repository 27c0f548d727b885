//! Abbreviations whose full stop need not end a sentence, by kind.

use crate::calendar;
use crate::lists::{self, WordSet};
use std::borrow::Cow;
use std::sync::LazyLock;

const LIST: &str = include_str!("../data/abbreviations.txt");

/// What an abbreviation is. The sentence model knows the kinds by their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Something must follow: `Mr`, `Sen`, `vs`, `e.g`.
    Open,
    /// A day or a year follows: `Dec`.
    Month,
    /// A number follows: `No`, `Fig`.
    Number,
    /// The end of a firm's name: `Inc`.
    Company,
    /// A state or province: `Calif`.
    State,
    /// Part of an address: `Ave`.
    Place,
    /// After a name: `Jr`.
    Suffix,
    /// Mostly inside a sentence: `etc`.
    Latin,
    /// Of the day, or an era: `a.m`.
    Time,
    /// Of measure: `ft`.
    Unit,
    /// Stands for itself and may end a sentence: `U.S`.
    Acronym,
}

impl Kind {
    /// Its bit in a set of kinds, one of 11.
    pub fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The kind that a section of the list holds.
    fn of_section(name: &str) -> Option<Self> {
        Some(match name {
            "open" => Self::Open,
            "month" => Self::Month,
            "number" => Self::Number,
            "company" => Self::Company,
            "state" => Self::State,
            "place" => Self::Place,
            "suffix" => Self::Suffix,
            "latin" => Self::Latin,
            "time" => Self::Time,
            "unit" => Self::Unit,
            "acronym" => Self::Acronym,
            _ => return None,
        })
    }
}

/// All abbreviations with their kinds, without the final full stop, in the case in which they are written. A word of
/// several kinds comes once with each.
///
/// ```
/// use text::abbreviations::{Kind, all};
/// let kinds = |word| all().filter(|(w, _)| w == word).map(|(_, kind)| kind).collect::<Vec<_>>();
/// assert_eq!(kinds("St"), [Kind::Open, Kind::Place]);
/// assert_eq!(kinds("SEPT"), [Kind::Month]);
/// ```
pub fn all() -> impl Iterator<Item = (Cow<'static, str>, Kind)> {
    let months = calendar::months().iter().flat_map(|month| &month.short);
    let months = months.flat_map(|short| {
        let forms = [short.word.into(), short.word.to_ascii_uppercase().into()];
        forms.map(|form| (form, Kind::Month))
    });
    marked()
        .filter_map(|(section, word)| Some((unmarked(word).into(), Kind::of_section(section)?)))
        .chain(months)
}

/// Whether a word keeps its full stop as a token; in capitals too, as headlines have it.
pub(crate) fn keep_stop(word: &str) -> bool {
    static KEEPING: LazyLock<WordSet> = LazyLock::new(|| {
        let names = calendar::months().iter().chain(calendar::weekdays());
        let names = names.flat_map(|name| &name.short);
        names
            .filter(|short| short.keeps_stop)
            .map(|short| short.word)
            .chain(
                marked()
                    .map(|(_, word)| word)
                    .filter(|word| unmarked(word) != *word)
                    .map(unmarked),
            )
            .flat_map(|word| [Cow::from(word), word.to_ascii_uppercase().into()])
            .collect()
    });
    KEEPING.contains(word)
}

/// The words of the list with their section's name, as they stand there.
fn marked() -> impl Iterator<Item = (&'static str, &'static str)> {
    lists::sections(LIST)
        .flat_map(|(section, line)| line.split_whitespace().map(move |word| (section, word)))
}

/// A word without the mark that its full stop is part of its token.
fn unmarked(word: &str) -> &str {
    word.trim_end_matches('*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_a_kind_or_for_tokens_alone() {
        for (section, _) in lists::sections(LIST) {
            assert!(
                section == "token" || Kind::of_section(section).is_some(),
                "{section}"
            );
        }
        assert!(all().all(|(word, _)| !word.contains('*')));
    }

    #[test]
    fn marked_words_keep_their_stop() {
        for word in ["Mr", "MR", "Sept", "PhD", "PHD", "etc", "ETC"] {
            assert!(keep_stop(word), "{word}");
        }
        for word in ["mr", "Sep", "cm", "Mondays", "phd", ""] {
            assert!(!keep_stop(word), "{word}");
        }
    }
}

//! How the names of bodies are shortened: acronyms, and company endings that are left out.

use crate::countries::{self, Sense};
use crate::lists::{WordList, words};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

const LIST: &str = include_str!("../../data/acronyms.txt");
static COMPANY_ENDINGS: WordList = LazyLock::new(|| words(LIST, "company ending"));
static FUNCTION_WORDS: WordList = LazyLock::new(|| words(LIST, "function word"));

/// The name of a body without company endings, and with the code of the country that it starts with: "US Congress" and
/// "United States Congress" are one.
pub(super) fn bare_name(words: &[String]) -> String {
    let endings = words
        .iter()
        .rev()
        .take_while(|word| COMPANY_ENDINGS.contains(&word.as_str()))
        .count();
    let kept = if endings == words.len() {
        endings
    } else {
        words.len() - endings
    };
    let words = &words[..kept];
    // "the City of Sofia"
    let words = match words {
        [city, of, rest @ ..] if city == "city" && of == "of" && !rest.is_empty() => rest,
        _ => words,
    };
    let longest = countries::LONGEST.min(words.len().saturating_sub(1));
    let country = (1..=longest).rev().find_map(|n| {
        let (country, sense) = countries::lookup_lower(&words[..n].join(" "))?;
        (sense == Sense::Country).then(|| format!("={} {}", country.code, words[n..].join(" ")))
    });
    country.unwrap_or_else(|| words.join(" "))
}

/// The acronyms that a name may have: with the initials of its function words and without.
pub(super) fn initials_of(words: &[String]) -> Vec<String> {
    let mut full = String::new();
    let mut short = String::new();
    // The year of "2011 Household Energy Survey" is no letter of HES.
    let year = |word: &String| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
    for word in words.iter().skip_while(|word| year(word)) {
        for initial in word.split('-').filter_map(|part| part.chars().next()) {
            full.push(initial);
            if !FUNCTION_WORDS.contains(&word.as_str()) {
                short.push(initial);
            }
        }
    }
    if full == short {
        vec![full]
    } else {
        vec![full, short]
    }
}

/// An acronym has so many letters and digits: one alone is an initial, and more are a word in capitals. Chosen by hand.
const LETTERS: RangeInclusive<usize> = 2..=8;

/// Whether a name is an acronym: as many capitals or digits as [`LETTERS`] says, with or without full stops, hyphens and spaces.
pub(super) fn is_acronym(written: &str) -> bool {
    let letters = written.chars().filter(|c| c.is_alphanumeric()).count();
    let spaced = written
        .split(' ')
        .all(|part| part.len() == 2 && part.ends_with('.'));
    let sign = |c: char| {
        matches!(c, '.' | '-') || c == ' ' && spaced || c.is_uppercase() || c.is_numeric()
    };
    LETTERS.contains(&letters)
        && written.chars().all(sign)
        && written.chars().any(char::is_uppercase)
}

/// Whether a name has the letters of an abbreviation in their order, the first one at its start.
pub(super) fn abbreviates(abbreviation: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut wanted = abbreviation
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let first = wanted.next();
    first.is_some() && letters.next() == first && wanted.all(|c| letters.any(|l| l == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_lowercase).collect()
    }

    #[test]
    fn bodies_keep_their_name_without_endings() {
        assert_eq!(bare_name(&words("Acme Inc")), "acme");
        assert_eq!(bare_name(&words("Company")), "company");
        assert_eq!(bare_name(&words("City of Sofia")), "sofia");
        assert_eq!(
            bare_name(&words("United States Senate")),
            bare_name(&words("US Senate"))
        );
    }

    #[test]
    fn acronyms_come_with_function_words_and_without() {
        assert_eq!(initials_of(&words("Relief of Cats")), ["roc", "rc"]);
        assert!(is_acronym("U.N.") && is_acronym("S. F.") && is_acronym("G7"));
        assert!(!is_acronym("Un") && !is_acronym("A") && !is_acronym("ABCDEFGHIJ"));
        assert!(abbreviates("SBK", "Staatsbibliothek") && !abbreviates("KBS", "Staatsbibliothek"));
    }
}

//! A name in the form in which linking compares it: lower case, no article, title, possessive or full stops.

use crate::titles::{Sex, before_name};
use text::{fold_mark, strip_genitive};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The words of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// Never empty.
    pub words: Vec<String>,
    /// The numeral of a ruler ("Henry VIII"), in lower case.
    pub numeral: Option<String>,
    /// The sex that its title shows, "Mrs Byron".
    pub sex: Option<Sex>,
}

/// Only so many first words of a name are compared: a bound for hostile text.
const MOST_WORDS: usize = 12;

impl Form {
    /// The form of a name as it is written; titles are taken off where it is a `person`'s.
    pub(super) fn of(name: &str, person: bool) -> Self {
        let mut words: Vec<String> = name
            .split_whitespace()
            .take(MOST_WORDS)
            .map(plain)
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() > 1 && ["the", "a", "an"].contains(&words[0].as_str()) {
            words.remove(0);
        }
        let mut sex = None;
        let mut numeral = None;
        if person {
            // "Sam Rowe Jr.", "Ada Byron FRS": "jr" and capitals after a full name are no part of it.
            let shouted = !name.chars().any(char::is_lowercase);
            let written: Vec<&str> = name.split_whitespace().collect();
            while words.len() > 2
                && (words
                    .last()
                    .is_some_and(|w| matches!(w.as_str(), "jr" | "sr" | "phd"))
                    || !shouted
                        && written
                            .get(words.len() - 1)
                            .is_some_and(|w| is_post_nominal(w)))
            {
                words.pop();
            }
            sex = take_titles(&mut words);
            if words.len() > 1 && words.last().is_some_and(|word| is_numeral(word)) {
                numeral = words.pop();
            }
        }
        for word in words.iter_mut().filter(|word| !word.is_ascii()) {
            *word = without_marks(word);
        }
        if words.is_empty() {
            words.push(name.to_lowercase());
        }
        Self {
            words,
            numeral,
            sex,
        }
    }

    /// The words separated by spaces, without a numeral.
    pub(super) fn key(&self) -> String {
        self.words.join(" ")
    }

    /// The words and the numeral, separated by spaces: names that are equal here are one.
    pub(super) fn whole(&self) -> String {
        match &self.numeral {
            Some(numeral) => format!("{} {numeral}", self.key()),
            None => self.key(),
        }
    }
}

/// Takes the titles off a name, and returns the sex that they show.
fn take_titles(words: &mut Vec<String>) -> Option<Sex> {
    let (titles, sex) = before_name(words.len(), |some| words[some].join(" "), |_| true);
    words.drain(..titles);
    sex
}

/// Whether a word in lower case is a Roman numeral from 1 to 29. No ruler has a higher one, but for some counts; and from 30
/// on, letters come in that make names ("Li", "Di").
fn is_numeral(word: &str) -> bool {
    let ones = word.trim_start_matches('x');
    let tens = word.len() - ones.len();
    let is_one = matches!(
        ones,
        "" | "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix"
    );
    is_one && tens < 3 && !word.is_empty()
}

/// `FRS`, `MBE`, `MD`: an honour or degree, at least two capitals and none of a numeral.
fn is_post_nominal(word: &str) -> bool {
    let word = word.trim_matches([',', '.']);
    word.len() > 1
        && word.chars().all(|c| c.is_ascii_uppercase())
        && !is_numeral(&word.to_ascii_lowercase())
}

/// A word in lower case without its marks: `U.S.` and `US` are one, `Okafor’s` and `Okafor` too.
fn plain(word: &str) -> String {
    if word == "&" {
        return "and".to_owned();
    }
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    let word = word.trim_matches(marks);
    let word = strip_genitive(word).unwrap_or(word);
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .filter(|c| *c != '.')
        .map(fold_mark)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Papers keep the marks of a foreign name or drop them: "Ichiyō" and "Ichiyo".
fn without_marks(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> String {
        Form::of(name, true).key()
    }

    #[test]
    fn what_does_not_tell_names_apart_is_gone() {
        assert_eq!(key("the United Nations’"), "united nations");
        assert_eq!(key("U.S."), key("US"));
        assert_eq!(key("Foreign Minister Ada O’Hara's"), "ada o'hara");
        assert_eq!(key("Marks & Spencer"), key("Marks and Spencer"));
        assert_eq!(key("John Doe Jr."), "john doe");
        assert_eq!(key("Ada Lovelace FRS"), "ada lovelace");
        assert_eq!(key("Señor José Muñoz"), "jose munoz");
    }

    #[test]
    fn numerals_tell_rulers_apart() {
        let henry = Form::of("King Henry VIII", true);
        assert_eq!(
            (henry.key().as_str(), henry.whole().as_str()),
            ("henry", "henry viii")
        );
        for numeral in ["i", "iv", "xviii", "xx", "xxix"] {
            assert!(is_numeral(numeral), "{numeral}");
        }
        for other in ["", "xxx", "li", "vx", "ivi"] {
            assert!(!is_numeral(other), "{other}");
        }
    }

    #[test]
    fn a_title_alone_stays() {
        assert_eq!(key("President"), "president");
        assert_eq!(key("“”"), "“”");
    }
}

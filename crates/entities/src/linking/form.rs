//! A name as linking compares it: in lower case, without article, title, possessive and full stops.

use crate::titles::{LONGEST_TITLE, Sex, title};

/// The words of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// Never empty.
    pub words: Vec<String>,
    /// What its title says, `Mrs Clinton`.
    pub sex: Option<Sex>,
}

/// A name is compared by its first words; a bound for hostile text.
const MOST_WORDS: usize = 12;

/// What stands at the end of a person's name and makes it no other: "Kennedy Jr."
const ENDINGS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

impl Form {
    /// The form of a name as it is written; `person` where titles are to be taken off.
    pub fn of(name: &str, person: bool) -> Self {
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
        while person && words.len() > 1 {
            let most = LONGEST_TITLE.min(words.len() - 1);
            let Some((n, found)) = (1..=most)
                .rev()
                .find_map(|n| Some((n, title(&words[..n].join(" "))?)))
            else {
                break;
            };
            sex = sex.or(found.sex);
            words.drain(..n);
        }
        let ending = |word: &String| ENDINGS.contains(&word.as_str());
        while person && words.len() > 2 && words.last().is_some_and(ending) {
            words.pop();
        }
        if words.is_empty() {
            words.push(name.to_lowercase());
        }
        Self { words, sex }
    }

    /// The words parted by spaces: equal keys are one name.
    pub fn key(&self) -> String {
        self.words.join(" ")
    }
}

/// A word in lower case without its marks: `U.S.` and `US` are one, `Pezeshkian’s` and `Pezeshkian` too.
fn plain(word: &str) -> String {
    if word == "&" {
        return "and".to_owned();
    }
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    let word = word.trim_matches(marks);
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .filter(|c| *c != '.')
        .map(|c| if c == '’' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
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
    }

    #[test]
    fn a_title_alone_stays() {
        assert_eq!(key("President"), "president");
        assert_eq!(key("“”"), "“”");
    }
}

//! Titles before the names of persons, and the sex that titles and given names show.

use model::{Map, Set};
use std::ops::Range;
use std::sync::LazyLock;
use text::Token;

/// The sex of a person, as a title or a given name shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

/// A title, and what it says of its holder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Title {
    pub sex: Option<Sex>,
    /// Whether the person can be called by it alone: "the president", but not "the mr".
    pub role: bool,
    /// Whether it may also be the first word of a name: "Major Garrett".
    name: bool,
}

static TITLES: LazyLock<Map<&'static str, Title>> = LazyLock::new(|| {
    let mut titles = Map::default();
    for line in include_str!("../data/titles.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(title), Some(sex), Some(role)) = (columns.next(), columns.next(), columns.next())
        else {
            continue; // the head of the file
        };
        let sex = match sex {
            "f" => Some(Sex::Female),
            "m" => Some(Sex::Male),
            _ => None,
        };
        let (role, name) = (role == "role", columns.next() == Some("name"));
        titles.insert(title, Title { sex, role, name });
    }
    titles
});

static FIRST_WORDS: LazyLock<Set<&str>> = LazyLock::new(|| {
    let first = |title: &&'static str| title.split([' ', '-']).next();
    TITLES.keys().filter_map(first).collect()
});

static LAST_WORDS: LazyLock<Set<&str>> = LazyLock::new(|| {
    let last = |title: &&'static str| title.rsplit([' ', '-']).next();
    TITLES.keys().filter_map(last).collect()
});

/// Whether a title can start with this word; a cheap test before [`title`].
pub(crate) fn starts_title(word: &str) -> bool {
    is_among(&FIRST_WORDS, word)
}

/// Whether a title can end with this word, with or without a full stop.
pub(crate) fn ends_title(word: &str) -> bool {
    is_among(&LAST_WORDS, word.trim_end_matches('.'))
}

/// Whether a set has a word in any case; all titles but "señor" are ASCII.
fn is_among(words: &Set<&str>, word: &str) -> bool {
    const LONGEST: usize = 16;
    let mut buffer = [0; LONGEST];
    let Some(lower) = buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) else {
        return false;
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|lower| words.contains(lower))
}

static GIVEN_NAMES: LazyLock<Map<&'static str, Sex>> = LazyLock::new(|| {
    include_str!("../data/given-names.tsv")
        .lines()
        .filter_map(|line| match line.split_once('\t')? {
            (name, "f") => Some((name, Sex::Female)),
            (name, "m") => Some((name, Sex::Male)),
            _ => None,
        })
        .collect()
});

/// The sex of nearly all people of a given name, in lower case.
pub(crate) fn sex_of_given_name(name: &str) -> Option<Sex> {
    GIVEN_NAMES.get(name).copied()
}

/// The most words of a title, "deputy prime minister".
pub(crate) const LONGEST_TITLE: usize = 3;

/// The title that these words are, separated by single spaces, in any case, with or without a full stop.
pub(crate) fn title(words: &str) -> Option<Title> {
    let lower = words.to_lowercase();
    TITLES.get(lower.trim_end_matches('.')).copied()
}

/// How many of the `len` first words of a name are titles before it, and of which sex they are. At least one word is left.
/// `phrase` joins some of the words with spaces, and `counts` says which titles are meant.
pub(crate) fn before_name<P: AsRef<str>>(
    len: usize,
    phrase: impl Fn(Range<usize>) -> P,
    counts: impl Fn(&Title) -> bool,
) -> (usize, Option<Sex>) {
    let (mut first, mut sex) = (0, None);
    let longest = |first: usize| {
        let most = LONGEST_TITLE.min(len.saturating_sub(first + 1));
        (1..=most).rev().find_map(|n| {
            let title = title(phrase(first..first + n).as_ref()).filter(&counts)?;
            Some((n, title))
        })
    };
    while let Some((n, title)) = longest(first) {
        sex = sex.or(title.sex);
        first += n;
    }
    (first, sex)
}

/// The tokens of a person's name without the titles before it. The model has learnt that titles stand outside names, and
/// now and then marks one as part of a name ("Gen Roe").
pub(crate) fn without_titles<'t>(text: &str, tokens: &'t [Token]) -> &'t [Token] {
    let phrase =
        |words: Range<usize>| &text[tokens[words.start].span.start..tokens[words.end - 1].span.end];
    let (titles, _) = before_name(tokens.len(), phrase, |title| !title.name);
    &tokens[titles..]
}

/// Whether a name ends in a title and thus names nobody: "Prime Minister", "Shadow Home Secretary". A title of one word is one
/// only where it is alone: "King" may also be a surname.
pub(crate) fn is_title(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let ends_with = |n: usize| {
        let last = words.len().checked_sub(n).and_then(|at| words.get(at..));
        last.is_some_and(|last| title(&last.join(" ")).is_some())
    };
    words.len() == 1 && ends_with(1) || (2..=LONGEST_TITLE).any(ends_with)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_alone_is_no_name() {
        for name in [
            "Secretary",
            "Shadow Home Secretary",
            "Malta's Prime Minister",
            "Mr.",
        ] {
            assert!(is_title(name), "{name}");
        }
        for name in ["Home Secretary Ann Lee", "Stephen King", "Ann", ""] {
            assert!(!is_title(name), "{name}");
        }
    }

    #[test]
    fn titles_stand_before_a_name() {
        for (written, name) in [
            ("Gen. Ada Roe", "Ada Roe"),
            ("Prime Minister Dr Roe", "Roe"),
            ("Major Garrett", "Major Garrett"),
            ("Justice", "Justice"),
            ("General Secretary", "Secretary"),
        ] {
            let tokens = text::tokens(written);
            let left = without_titles(written, &tokens);
            assert_eq!(&written[left[0].span.start..], name);
        }
        assert!(without_titles("", &[]).is_empty());
    }

    #[test]
    fn titles_are_known_with_their_sex_and_role() {
        assert!(title("Prime Minister").is_some_and(|t| t.role && t.sex.is_none()));
        assert_eq!(title("Mrs.").and_then(|t| t.sex), Some(Sex::Female));
        assert!(title("Mr").is_some_and(|t| !t.role));
        assert!(title("Masoud").is_none());
        assert!(starts_title("Deputy") && !starts_title("Masoud"));
        assert!(ends_title("Minister") && ends_title("general.") && !ends_title("deputy"));
    }

    #[test]
    fn given_names_tell_the_sex_where_nearly_all_do() {
        assert_eq!(sex_of_given_name("barbara"), Some(Sex::Female));
        assert_eq!(sex_of_given_name("leslie"), None);
    }
}

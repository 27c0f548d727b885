//! Titles before the names of persons.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Of which sex a title or a given name speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

/// What a title says of its bearer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Title {
    pub sex: Option<Sex>,
    /// Whether the person can be called by it alone: "the president", but not "the mr".
    pub role: bool,
}

static TITLES: LazyLock<HashMap<&'static str, Title>> = LazyLock::new(|| {
    let mut titles = HashMap::new();
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
        let role = role == "role";
        titles.insert(title, Title { sex, role });
    }
    titles
});

/// The most words of a title, "deputy prime minister".
pub(crate) const LONGEST_TITLE: usize = 3;

/// The title of one or more words parted by single spaces, in any case, with or without a full stop.
pub(crate) fn title(words: &str) -> Option<Title> {
    let lower = words.to_lowercase();
    TITLES.get(lower.trim_end_matches('.')).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_with_their_sex_and_role() {
        assert!(title("Prime Minister").is_some_and(|t| t.role && t.sex.is_none()));
        assert_eq!(title("Mrs.").and_then(|t| t.sex), Some(Sex::Female));
        assert!(title("Mr").is_some_and(|t| !t.role));
        assert!(title("Masoud").is_none());
    }
}

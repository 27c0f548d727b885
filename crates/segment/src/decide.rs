//! Does a sentence end here?

use crate::candidate::{Candidate, Gap, Mark};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Finds sentences. Cheap to make; one serves any number of texts and threads.
#[derive(Debug, Clone, Default)]
pub struct Segmenter {
    custom: HashSet<String>,
}

static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../data/abbreviations.txt")
        .lines()
        .filter(|l| !l.starts_with(['#', '[']))
        .flat_map(|l| l.split_whitespace())
        .collect()
});
static TITLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../data/abbreviations.txt")
        .lines()
        .skip_while(|l| !l.starts_with("[title]"))
        .skip(1)
        .take_while(|l| !l.starts_with("[month]"))
        .flat_map(|l| l.split_whitespace())
        .collect()
});

impl Segmenter {
    /// A segmenter with the built-in abbreviations.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds abbreviations, with or without their final full stop: after one of them a sentence goes on, unless the
    /// paragraph ends.
    pub fn with_abbreviations(
        mut self,
        abbreviations: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        let words = abbreviations
            .into_iter()
            .map(|word| word.as_ref().trim().trim_end_matches('.').to_owned());
        self.custom.extend(words.filter(|word| !word.is_empty()));
        self
    }

    pub(crate) fn ends(&self, text: &str, c: &Candidate, start: usize) -> bool {
        if c.gap == Gap::End {
            return true;
        }
        if c.gap == Gap::None {
            let left = c
                .left
                .chars()
                .next_back()
                .is_some_and(|l| l.is_lowercase() || l.is_ascii_digit());
            return c.right_is_upper()
                && (c.left.len() > 1)
                && left
                && !c.left.contains(['@', '.', '/'])
                && !self.custom.contains(c.left);
        }
        if c.right_is_lower() {
            return false;
        }
        if c.mark != Mark::Stop {
            return true;
        }
        if c.left_start == start && !c.left.is_empty() && c.left.chars().all(|l| l.is_ascii_digit())
        {
            return false;
        }
        if self.custom.contains(c.left) || TITLES.contains(c.left) {
            return false;
        }
        if c.left.chars().count() == 1
            && c.left.chars().all(char::is_uppercase)
            && !(c.left == "I" && starter(c.right))
        {
            return false;
        }
        if ABBREVIATIONS.contains(c.left) || c.left.contains('.') && c.left.len() < 8 {
            return starter(c.right);
        }
        let _ = text;
        true
    }
}

fn starter(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "His"
            | "Her"
            | "In"
            | "On"
            | "But"
            | "A"
            | "An"
            | "This"
            | "That"
            | "These"
            | "Its"
            | "I"
            | "You"
            | "How"
            | "Did"
            | "What"
            | "At"
            | "For"
            | "There"
            | "If"
            | "When"
            | "As"
            | "After"
            | "Their"
            | "And"
            | "Mr"
            | "Markets"
    )
}

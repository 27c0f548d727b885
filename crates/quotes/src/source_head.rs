//! The head of a source: the name that says it, and not one that is part of a longer description.

use document::Span;
use std::sync::LazyLock;
use text::is_genitive;
use text::lists::{self, WordSet};

static BEFORE_NAMES: LazyLock<WordSet> = LazyLock::new(|| words("skipped"));
static PREPOSITIONS: LazyLock<WordSet> = LazyLock::new(|| words("preposition"));
static POSTMODIFIERS: LazyLock<WordSet> = LazyLock::new(|| words("postmodifier"));

fn words(section: &str) -> WordSet {
    lists::section(include_str!("../data/source-heads.txt"), section)
        .flat_map(str::split_whitespace)
        .collect()
}

/// Whether a mention is the head of a source that it begins in: not `Smith` in “Smith’s lawyer”, “a friend of Smith” or
/// “Smith supporters”.
pub(crate) fn is_head(text: &str, source: Span, mention: Span) -> bool {
    let (Some(before), Some(after)) = (
        text.get(source.start..mention.start),
        text.get(mention.end.min(source.end)..source.end),
    ) else {
        return false;
    };
    let mut preceding = before.split_whitespace().rev();
    let governor = preceding.find(|word| !BEFORE_NAMES.contains(word));
    let governed = governor.is_some_and(|word| PREPOSITIONS.contains(word));
    let possessive = after
        .split_once(' ')
        .is_some_and(|(ending, _)| is_genitive(ending));
    let modifies = after.strip_prefix(' ').is_some_and(|rest| {
        let next = rest.split_whitespace().next().unwrap_or_default();
        rest.starts_with(char::is_alphanumeric) && !POSTMODIFIERS.contains(next)
    });
    !governed && !possessive && !modifies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_descriptions_are_no_heads() {
        let check = |text: &str| {
            let start = text.find("Brito").unwrap_or_default();
            is_head(text, Span::new(0, text.len()), Span::new(start, start + 5))
        };
        for head in [
            "Brito",
            "President Brito",
            "Brito of the harbour board",
            "Brito, a lawyer",
            "Brito’s",
        ] {
            assert!(check(head), "{head}");
        }
        for no_head in [
            "Brito’s lawyer",
            "a friend of Brito",
            "a friend of President Brito",
            "Brito supporters",
        ] {
            assert!(!check(no_head), "{no_head}");
        }
    }
}

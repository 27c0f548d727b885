//! Word lists from `data/`; each file says what it holds and where it is from.

use std::sync::LazyLock;

/// The words of a section, read when they are first needed.
pub(crate) type WordList = LazyLock<Vec<&'static str>>;

/// The words of one section of a list.
///
/// # Panics
///
/// Where there are none: lists are part of the program.
pub(crate) fn words(list: &'static str, section: &str) -> Vec<&'static str> {
    let lines = text::lists::section(list, section);
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    assert!(!words.is_empty(), "the list has no section `{section}`");
    words
}

//! Word lists: how the plain text files in `data/` folders are written and looked up.
//!
//! A line that begins with `#` is a comment. A line `[name] what it is for` begins a section.

use std::borrow::Cow;

/// The lines of a list, without comments and blank lines.
///
/// ```
/// let list = "# Ranks\nGen\n\nCol\n";
/// assert_eq!(text::lists::lines(list).collect::<Vec<_>>(), ["Gen", "Col"]);
/// ```
pub fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The lines of a list, each with the name of its section; the name is empty before the first section.
///
/// ```
/// let list = "[rank] before a name\nGen Col\n[suffix]\nJr\n";
/// let lines: Vec<_> = text::lists::sections(list).collect();
/// assert_eq!(lines, [("rank", "Gen Col"), ("suffix", "Jr")]);
/// ```
pub fn sections(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    lines(list).filter_map(move |line| {
        let Some(header) = line.strip_prefix('[') else {
            return Some((section, line));
        };
        section = header.split(']').next().unwrap_or_default();
        None
    })
}

/// The lines of one section of a list.
///
/// ```
/// let list = "[rank] before a name\nGen Col\n[suffix]\nJr\n";
/// assert_eq!(text::lists::section(list, "suffix").collect::<Vec<_>>(), ["Jr"]);
/// ```
pub fn section<'l>(list: &'l str, name: &str) -> impl Iterator<Item = &'l str> {
    sections(list)
        .filter(move |(section, _)| *section == name)
        .map(|(_, line)| line)
}

/// A set of words, case-sensitive. A look-up compares about log₂ of the set's size words, and none where the word is
/// longer than all of the set, as most words of a text are.
///
/// ```
/// let ranks: text::lists::WordSet = ["Gen", "Col", "Gen"].into_iter().collect();
/// assert!(ranks.contains("Gen") && !ranks.contains("gen"));
/// assert_eq!(ranks.iter().collect::<Vec<_>>(), ["Col", "Gen"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    /// Ascending, each once.
    sorted: Vec<Cow<'static, str>>,
    /// Bytes of the longest.
    longest: usize,
}

impl WordSet {
    /// Whether the word is in the set, written exactly so.
    pub fn contains(&self, word: &str) -> bool {
        let place = || {
            self.sorted
                .binary_search_by(|known| known.as_ref().cmp(word))
        };
        word.len() <= self.longest && place().is_ok()
    }

    /// The words in ascending order, each once.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.sorted.iter().map(AsRef::as_ref)
    }
}

impl<W: Into<Cow<'static, str>>> FromIterator<W> for WordSet {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let mut sorted: Vec<Cow<'static, str>> = words.into_iter().map(Into::into).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let longest = sorted.iter().map(|word| word.len()).max();
        Self {
            sorted,
            longest: longest.unwrap_or_default(),
        }
    }
}

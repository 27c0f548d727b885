//! The user's own list of names, with their types and identifiers.

use document::{EntityType, Span};
use model::hash;
use thiserror::Error;

/// A list of names, one a line: name, type and, if wanted, an identifier, separated by tabs.
///
/// ```
/// let gazetteer = entities::Gazetteer::parse("Ministry of Magic\tORG\tQ1234\n# a comment\nHogsmeade\tGPE\n")?;
/// assert_eq!(gazetteer.len(), 2);
/// # Ok::<(), entities::GazetteerError>(())
/// ```
///
/// Names are found in whole words, as they are written; white space of any kind and length counts as one space. The longest
/// name wins, and a name from the list wins over what the model found in its place. Names with the same identifier are one
/// entity.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// The names' words, separated by one space, and the identifiers: one allocation for them all.
    written: String,
    /// In the order of their hashes, each name once.
    entries: Vec<ListedName>,
    /// The hash of each name's first word, in order, and the most words of a name that starts with it.
    first_words: Vec<(u64, usize)>,
}

#[derive(Debug, Clone)]
struct ListedName {
    hash: u64,
    /// In `written`.
    name: Span,
    /// In `written`, empty where there is none.
    id: Span,
    kind: EntityType,
}

/// A line of a gazetteer that cannot be used. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GazetteerError {
    /// The second column is missing.
    #[error("line {line}: expected a name, a tab and a type")]
    NoType {
        /// Counts from 1.
        line: usize,
    },
    /// The first column is empty.
    #[error("line {line}: the name is empty")]
    NoName {
        /// Counts from 1.
        line: usize,
    },
    /// The second column is not one of [`EntityType`]'s names.
    #[error(
        "line {line}: `{kind}` is no entity type of names; use one of {}",
        EntityType::NAMES.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ")
    )]
    UnknownType {
        /// Counts from 1.
        line: usize,
        /// As it is written.
        kind: String,
    },
}

/// A name that the gazetteer found.
pub(crate) struct GazetteerMatch<'g> {
    pub span: Span,
    pub kind: EntityType,
    pub id: Option<&'g str>,
}

/// Names of more words are not found: a bound on the work for each word of a text.
const MOST_WORDS: usize = 16;

impl Gazetteer {
    /// Reads a gazetteer. Blank lines and lines that start with `#` are left out; of two lines with one name the later
    /// one counts.
    pub fn parse(text: &str) -> Result<Self, GazetteerError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut gazetteer = Self {
            written: String::with_capacity(text.len()),
            ..Self::default()
        };
        for (n, row) in text.lines().enumerate() {
            let line = n + 1;
            if row.trim().is_empty() || row.starts_with('#') {
                continue;
            }
            let mut columns = row.split('\t');
            let name = columns.next().unwrap_or_default();
            let kind = columns
                .next()
                .ok_or(GazetteerError::NoType { line })?
                .trim();
            let known = kind.parse().ok();
            let kind = known
                .filter(|known: &EntityType| !known.is_value())
                .ok_or_else(|| GazetteerError::UnknownType {
                    line,
                    kind: kind.to_owned(),
                })?;
            let id = columns.next().unwrap_or_default().trim();
            if !gazetteer.add(name, kind, id) {
                return Err(GazetteerError::NoName { line });
            }
        }
        gazetteer.sort();
        Ok(gazetteer)
    }

    /// Adds a name, unless it has no words.
    fn add(&mut self, name: &str, kind: EntityType, id: &str) -> bool {
        let start = self.written.len();
        let words = write_key(name, &mut self.written);
        let end = self.written.len();
        self.written.push_str(id);
        let key = &self.written[start..end];
        let first = key.split(' ').next().unwrap_or_default();
        self.first_words
            .push((hash(first.as_bytes()), words.min(MOST_WORDS)));
        self.entries.push(ListedName {
            hash: hash(key.as_bytes()),
            name: Span::new(start, end),
            id: Span::new(end, self.written.len()),
            kind,
        });
        words > 0
    }

    fn sort(&mut self) {
        let Self {
            written,
            entries,
            first_words,
        } = self;
        // Stable: of equal names the later line comes last, and is kept.
        entries.sort_by_key(|entry| entry.hash);
        entries.dedup_by(|later, kept| {
            let same = later.hash == kept.hash && written[later.name] == written[kept.name];
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        first_words.sort_unstable();
        first_words.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = later.1;
            }
            same
        });
    }

    fn entry(&self, key: &str) -> Option<&ListedName> {
        let hash = hash(key.as_bytes());
        let first = self.entries.partition_point(|entry| entry.hash < hash);
        self.entries[first..]
            .iter()
            .take_while(|entry| entry.hash == hash)
            .find(|entry| &self.written[entry.name] == key)
    }

    /// The most words of a name that starts with this word.
    fn most_words(&self, first: &str) -> usize {
        let hash = hash(first.as_bytes());
        let found = self
            .first_words
            .binary_search_by_key(&hash, |(hash, _)| *hash);
        found
            .ok()
            .and_then(|i| self.first_words.get(i))
            .map_or(0, |(_, words)| *words)
    }

    /// How many names it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no names.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The names in a text, in its order, none over another, the longest first.
    pub(crate) fn find(&self, text: &str) -> Vec<GazetteerMatch<'_>> {
        let words: Vec<Span> = words(text).collect();
        let mut matches = Vec::new();
        let mut key = String::new();
        let mut i = 0;
        while let Some(word) = words.get(i) {
            let most = self.most_words(&text[*word]);
            let found = (1..=most.min(words.len() - i)).rev().find_map(|n| {
                let span = Span::new(word.start, words[i + n - 1].end);
                key.clear();
                write_key(&text[span], &mut key);
                let entry = self.entry(&key)?;
                let id = Some(&self.written[entry.id]).filter(|id| !id.is_empty());
                Some((
                    n,
                    GazetteerMatch {
                        span,
                        kind: entry.kind,
                        id,
                    },
                ))
            });
            i += match found {
                Some((n, found)) => {
                    matches.push(found);
                    n
                }
                None => 1,
            };
        }
        matches
    }
}

/// Appends a name's words with one space between them, and says how many they are. Signs are words, so that "A&B" and
/// "A & B" are one name and "O'Neill" is found before "'s".
fn write_key(name: &str, key: &mut String) -> usize {
    let mut count = 0;
    for word in words(name) {
        if count > 0 {
            key.push(' ');
        }
        key.push_str(&name[word]);
        count += 1;
    }
    count
}

/// Runs of letters and digits, and single signs.
fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, c) = chars.next()?;
            if c.is_whitespace() {
                continue;
            }
            let mut end = start + c.len_utf8();
            if c.is_alphanumeric() {
                while let Some((at, next)) = chars.next_if(|(_, next)| next.is_alphanumeric()) {
                    end = at + next.len_utf8();
                }
            }
            return Some(Span::new(start, end));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(gazetteer: &str, text: &'t str) -> Vec<(&'t str, &'static str)> {
        let gazetteer = Gazetteer::parse(gazetteer).expect("a good gazetteer");
        let matches = gazetteer.find(text);
        matches
            .iter()
            .map(|found| (&text[found.span], found.kind.as_str()))
            .collect()
    }

    #[test]
    fn the_longest_name_wins_in_whole_words() {
        let list = "North Quay\tLOC\nNorth Quay Bank\tORG\nQuay\tPERSON\n";
        assert_eq!(
            found(
                list,
                "The North  Quay\nBank stands on North Quay, says Quayle."
            ),
            [("North  Quay\nBank", "ORG"), ("North Quay", "LOC")]
        );
    }

    #[test]
    fn signs_do_not_hide_names() {
        let list = "O'Neill & Sons\tORG\r\nZoë\tPERSON\r\n";
        assert_eq!(
            found(list, "(O'Neill&Sons) said Zoë's"),
            [("O'Neill&Sons", "ORG"), ("Zoë", "PERSON")]
        );
    }

    #[test]
    fn identifiers_come_with_their_names() {
        let gazetteer =
            Gazetteer::parse("Ada\tper\tQ7259\nBob\tPERSON\nCy\tORG\t\n").expect("good");
        let ids: Vec<_> = gazetteer
            .find("Ada Bob Cy")
            .iter()
            .map(|found| found.id)
            .collect();
        assert_eq!(ids, [Some("Q7259"), None, None]);
    }

    #[test]
    fn of_two_lines_with_one_name_the_later_counts() {
        let list = "Ada  Byron\tORG\nBob\tORG\nAda Byron\tPERSON\nAda Byron Bob\tORG\n";
        assert_eq!(Gazetteer::parse(list).map(|g| g.len()), Ok(3));
        assert_eq!(
            found(list, "Ada Byron left Bob"),
            [("Ada Byron", "PERSON"), ("Bob", "ORG")]
        );
    }

    #[test]
    fn errors_name_their_line() {
        let error = |text: &str| Gazetteer::parse(text).map(|g| g.len());
        assert_eq!(
            error("Ada\tPERSON\nBob\n"),
            Err(GazetteerError::NoType { line: 2 })
        );
        assert_eq!(
            error("# list\n\n\tORG\n"),
            Err(GazetteerError::NoName { line: 3 })
        );
        for kind in ["HUMAN", "DATE", ""] {
            let expected = GazetteerError::UnknownType {
                line: 1,
                kind: kind.to_owned(),
            };
            assert_eq!(error(&format!("Ada\t{kind}")), Err(expected));
        }
    }
}

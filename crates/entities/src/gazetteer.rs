//! Names that the user knows: which type they have and which identity.

use document::{EntityType, Span};
use std::collections::HashMap;
use thiserror::Error;

/// A list of names, one a line: name, type and, if wanted, an identifier, parted by tabs.
///
/// ```
/// let gazetteer = entities::Gazetteer::parse("Ministry of Magic\tORG\tQ1234\n# a comment\nHogsmeade\tGPE\n")?;
/// assert_eq!(gazetteer.len(), 2);
/// # Ok::<(), entities::GazetteerError>(())
/// ```
///
/// Names are found as they are written, in whole words, white space of any kind and length counting as one space, and
/// the longest wins. Where the model found something else in the same place, the user is right. Two names with one
/// identifier are one entity.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// The lines' text; `entries` point into it.
    lines: String,
    /// From a name's words, parted by one space, to its entry.
    names: HashMap<Box<str>, Entry>,
    /// From a name's first word to the most words of a name that starts with it.
    longest: HashMap<Box<str>, usize>,
}

#[derive(Debug, Clone)]
struct Entry {
    kind: EntityType,
    /// Its bytes in `lines`, empty where it has none.
    id: Span,
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
        "line {line}: `{kind}` is no entity type of names; use one of PERSON, NORP, FAC, ORG, GPE, LOC, PRODUCT, EVENT, MISC"
    )]
    UnknownType {
        /// Counts from 1.
        line: usize,
        /// As it is written.
        kind: String,
    },
}

/// A name that the gazetteer found.
pub(crate) struct Hit<'g> {
    pub span: Span,
    pub kind: EntityType,
    pub id: Option<&'g str>,
}

/// More words than this no name has; it bounds the work per word of text.
const MOST_WORDS: usize = 16;

impl Gazetteer {
    /// Reads a gazetteer. Blank lines and lines that start with `#` are left out; of two lines with one name the later
    /// one counts.
    pub fn parse(text: &str) -> Result<Self, GazetteerError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut gazetteer = Self {
            lines: text.to_owned(),
            names: HashMap::with_capacity(text.len() / 24),
            longest: HashMap::new(),
        };
        let mut start = 0;
        for (n, raw) in text.split_inclusive('\n').enumerate() {
            let (line, at) = (n + 1, start);
            start += raw.len();
            let row = raw.trim_end_matches(['\n', '\r']);
            if row.trim().is_empty() || row.starts_with('#') {
                continue;
            }
            let mut columns = row.split('\t');
            let name = columns.next().unwrap_or_default();
            let kind = columns
                .next()
                .ok_or(GazetteerError::NoType { line })?
                .trim();
            let id = columns.next().unwrap_or_default();
            let id_start =
                at + name.len() + row[name.len() + 1..].find('\t').map_or(0, |tab| tab + 2);
            let id = if id.is_empty() {
                0..0
            } else {
                id_start..id_start + id.len()
            };
            let kind = EntityType::parse(kind)
                .filter(|kind| !kind.is_value())
                .ok_or_else(|| GazetteerError::UnknownType {
                    line,
                    kind: kind.to_owned(),
                })?;
            let (key, words) = key(name);
            if words == 0 {
                return Err(GazetteerError::NoName { line });
            }
            let first = key.split(' ').next().unwrap_or_default();
            let words = words.min(MOST_WORDS);
            match gazetteer.longest.get_mut(first) {
                Some(most) => *most = words.max(*most),
                None => {
                    gazetteer.longest.insert(first.into(), words);
                }
            }
            gazetteer.names.insert(key.into(), Entry { kind, id });
        }
        Ok(gazetteer)
    }

    /// How many names it has.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether it has no names.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names in a text, in its order, none over another, the longest first.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit<'_>> {
        let words: Vec<Span> = words(text).collect();
        let mut hits = Vec::new();
        let mut i = 0;
        while let Some(word) = words.get(i) {
            let most = self.longest.get(&text[word.clone()]).copied().unwrap_or(0);
            let hit = (1..=most.min(words.len() - i)).rev().find_map(|n| {
                let span = word.start..words[i + n - 1].end;
                let (key, _) = key(&text[span.clone()]);
                let entry = self.names.get(key.as_str())?;
                let id = Some(&self.lines[entry.id.clone()]).filter(|id| !id.is_empty());
                Some((
                    n,
                    Hit {
                        span,
                        kind: entry.kind,
                        id,
                    },
                ))
            });
            i += match hit {
                Some((n, hit)) => {
                    hits.push(hit);
                    n
                }
                None => 1,
            };
        }
        hits
    }
}

/// A name's words with one space between them, and how many there are. Signs are words, so that "A&B" and "A & B"
/// are one name and "O'Neill" is found before "'s".
fn key(name: &str) -> (String, usize) {
    let mut key = String::with_capacity(name.len() + 4);
    let mut count = 0;
    for word in words(name) {
        if count > 0 {
            key.push(' ');
        }
        key.push_str(&name[word]);
        count += 1;
    }
    (key, count)
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
            return Some(start..end);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(gazetteer: &str, text: &'t str) -> Vec<(&'t str, &'static str)> {
        let gazetteer = Gazetteer::parse(gazetteer).expect("a good gazetteer");
        let hits = gazetteer.find(text);
        hits.iter()
            .map(|hit| (&text[hit.span.clone()], hit.kind.as_str()))
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
            .map(|hit| hit.id)
            .collect();
        assert_eq!(ids, [Some("Q7259"), None, None]);
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

//! What a whole document shows of a word: how it is written elsewhere, and next to what.
//!
//! "Context aggregation" in Ratinov & Roth (2009): a surname that stands alone here follows a given name there; a word
//! that begins a sentence here is in lower case there.

use crate::layout::{Mode, Passage};
use crate::words::{Case, Word, Words};
use document::TokenRange;
use model::Map;

/// How a document uses a word, whatever its case.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// How often it is in lower case.
    pub lower: u32,
    /// How often it is capital within a sentence.
    pub name: u32,
    /// Words in lower case next to it.
    pub before: Neighbours,
    pub after: Neighbours,
    /// Capital words next to it.
    pub name_before: Neighbours,
    pub name_after: Neighbours,
}

/// The first different words that stand next to a word, by their numbers in [`Words`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Neighbours {
    words: [u32; Self::MOST],
    len: usize,
}

impl Neighbours {
    const MOST: usize = 4;

    fn add(&mut self, word: u32) {
        if self.len < Self::MOST && !self.words[..self.len].contains(&word) {
            self.words[self.len] = word;
            self.len += 1;
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words[..self.len].iter().copied()
    }
}

#[derive(Debug)]
pub(crate) struct Evidence {
    /// By [`Word::lower_id`].
    seen: Vec<Usage>,
    /// From the [`Word::lower`] of a name's initials to its last word.
    acronyms: Map<u64, u32>,
}

impl Evidence {
    pub(crate) fn new(words: &Words, passages: &[Passage]) -> Self {
        let mut seen = vec![Usage::default(); words.lower_id];
        let mut acronyms = Map::default();
        for passage in passages
            .iter()
            .filter(|passage| passage.mode == Mode::Normal)
        {
            let passage = &passage.tokens;
            for token in *passage {
                let word = words.at(token);
                let here = &mut seen[word.lower_id];
                match word.case {
                    Case::Lower => here.lower += 1,
                    Case::None => {}
                    _ => {
                        here.name += u32::from(token > passage.start);
                        if token > passage.start {
                            let id = words.ids[token - 1];
                            match words.at(token - 1).is_capital() {
                                true => here.name_before.add(id),
                                false => here.before.add(id),
                            }
                        }
                        if token + 1 < passage.end {
                            let id = words.ids[token + 1];
                            match words.at(token + 1).is_capital() {
                                true => here.name_after.add(id),
                                false => here.after.add(id),
                            }
                        }
                    }
                }
            }
            add_acronyms(words, *passage, &mut acronyms);
        }
        Self { seen, acronyms }
    }

    /// How the document uses a word.
    pub(crate) fn of(&self, word: &Word) -> Usage {
        self.seen[word.lower_id]
    }

    /// The last word of a name in the document that has the word for its initials.
    pub(crate) fn stands_for(&self, word: &Word) -> Option<u32> {
        self.acronyms.get(&word.lower).copied()
    }
}

/// No acronym has initials of more bytes.
const MOST_INITIALS: usize = 10;

/// Adds the initials of capital words in a row, two or more. Short words in lower case between them have none.
fn add_acronyms(words: &Words, passage: TokenRange, acronyms: &mut Map<u64, u32>) {
    let mut initials = String::new();
    for token in passage {
        let word = words.at(token);
        match word.case {
            Case::Capital => {
                initials.extend(word.initial.into_iter().flat_map(char::to_lowercase));
                let mut start = 0;
                // Every shorter acronym that ends here: "the Central African Republic" gives CAR and AR.
                while initials[start..].chars().nth(1).is_some() {
                    let acronym = model::hash(&initials.as_bytes()[start..]);
                    acronyms.entry(acronym).or_insert(words.ids[token]);
                    start += initials[start..].chars().next().map_or(1, char::len_utf8);
                }
            }
            _ if word.joins_names() => {}
            _ => initials.clear(),
        }
        // More capital words are a table or a headline.
        if initials.len() > MOST_INITIALS {
            initials.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observations::Observations;

    #[test]
    fn a_document_shows_how_a_word_is_used() {
        let text = "Omar Haddad spoke. Apples fell on Haddad and apples rolled.\n\
                    The World Trade Organization (WTO) met.";
        let tokens = text::tokens(text);
        let observed = Observations::new(&text::Reading::new(text, vec![]));
        let evidence = Evidence::new(&observed.words, &observed.passages);
        let find = |w: &str| {
            let at = tokens.iter().position(|t| &text[t.span] == w);
            observed.words.at(at.unwrap())
        };
        let name = evidence.of(find("Haddad"));
        assert_eq!((name.lower, name.name), (0, 2));
        assert_eq!(name.name_before.iter().count(), 1);
        assert_eq!(name.before.iter().count(), 1);
        assert_eq!(evidence.of(find("Apples")).lower, 1);
        let last = evidence.stands_for(find("WTO")).unwrap();
        assert_eq!(
            observed.words.words[last as usize].lower,
            find("Organization").lower
        );
        assert!(evidence.stands_for(find("Omar")).is_none());
    }
}

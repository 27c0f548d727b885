//! Within a document, one string has one type, and is a name everywhere or nowhere.
//!
//! Non-local consistency as in Krishnan & Manning (2006), as a vote over the first pass instead of a second model.

use crate::observations::Observations;
use document::{EntityType, TokenRange};
use model::Map;

/// A name as the tagger labelled it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TaggedName {
    pub tokens: TokenRange,
    pub kind: EntityType,
    pub score: f64,
}

/// Gives all mentions of one string the type whose mentions have the highest sum of probabilities, and adds the mentions that
/// the tagger has missed.
pub(crate) fn agree(observed: &Observations, found: &mut Vec<TaggedName>) {
    let kinds = vote(observed, found);
    for name in found.iter_mut() {
        if let Some(&(kind, _)) = kinds.get(key(observed, name.tokens)) {
            name.kind = kind;
        }
    }
    let missed = missed(observed, found, &kinds);
    found.extend(missed);
    found.sort_by_key(|name| name.tokens.start);
}

/// The words of a name.
fn key(observed: &Observations, tokens: TokenRange) -> &[u32] {
    &observed.words.ids[tokens]
}

/// The type of each string, and the mean probability of its mentions of that type.
fn vote<'d>(observed: &'d Observations, found: &[TaggedName]) -> Map<&'d [u32], (EntityType, f64)> {
    let mut votes: Map<&[u32], Vec<(EntityType, f64, usize)>> = Map::default();
    for name in found {
        let kinds = votes.entry(key(observed, name.tokens)).or_default();
        match kinds.iter_mut().find(|(kind, ..)| *kind == name.kind) {
            Some((_, score, n)) => {
                *score += name.score;
                *n += 1;
            }
            None => kinds.push((name.kind, name.score, 1)),
        }
    }
    votes
        .into_iter()
        .filter_map(|(words, kinds)| {
            // The first found wins a tie.
            let best = kinds
                .into_iter()
                .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
            Some((words, (best.0, best.1 / best.2 as f64)))
        })
        .collect()
}

/// Where strings that are names elsewhere stand unlabelled.
fn missed(
    observed: &Observations,
    found: &[TaggedName],
    kinds: &Map<&[u32], (EntityType, f64)>,
) -> Vec<TaggedName> {
    let mut longest: Map<u32, usize> = Map::default();
    for words in kinds.keys().filter(|words| is_sure(observed, words, kinds)) {
        let length = longest.entry(words[0]).or_default();
        *length = words.len().max(*length);
    }
    let mut missed = Vec::new();
    let mut taken = found.iter().map(|f| f.tokens).peekable();
    for passage in observed.passages.iter().map(|passage| &passage.tokens) {
        let mut token = passage.start;
        while token < passage.end {
            while taken.next_if(|t| t.end <= token).is_some() {}
            let free_until = match taken.peek() {
                Some(t) if t.start <= token => {
                    token = t.end;
                    continue;
                }
                Some(t) => t.start.min(passage.end),
                None => passage.end,
            };
            let most = longest
                .get(&observed.words.ids[token])
                .copied()
                .unwrap_or(0);
            let hit = (1..=most.min(free_until - token)).rev().find_map(|n| {
                let words = key(observed, TokenRange::new(token, token + n));
                let &(kind, score) = kinds.get(words)?;
                is_sure(observed, words, kinds).then_some((n, kind, score))
            });
            match hit {
                Some((n, kind, score)) => {
                    missed.push(TaggedName {
                        tokens: TokenRange::new(token, token + n),
                        kind,
                        score,
                    });
                    token += n;
                }
                None => token += 1,
            }
        }
    }
    missed
}

/// Above this score a mention is more likely right than wrong.
const LIKELY: f64 = 0.5;

/// Whether a string is a name wherever it stands: its mentions are more likely right than wrong, and it is not also an
/// ordinary word of the document.
fn is_sure(observed: &Observations, words: &[u32], kinds: &Map<&[u32], (EntityType, f64)>) -> bool {
    let Some(&(_, score)) = kinds.get(words) else {
        return false;
    };
    let word = |id: &u32| &observed.words.words[*id as usize];
    let ordinary = words.iter().all(|id| observed.seen_lower(word(id)));
    score > LIKELY
        && !ordinary
        && words
            .iter()
            .any(|id| word(id).is_capital() && word(id).letters > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of names found at some words of a text: `(occurrence of the word, type, score)`.
    fn agreed(text: &str, found: &[(&str, usize, EntityType, f64)]) -> Vec<(usize, EntityType)> {
        let reading = text::Reading::new(text, vec![]);
        let observed = Observations::new(&reading);
        let mut found: Vec<TaggedName> = found
            .iter()
            .map(|&(word, occurrence, kind, score)| {
                let mut places = (0..reading.tokens().len()).filter(|&t| reading.word(t) == word);
                let token = places.nth(occurrence).unwrap();
                TaggedName {
                    tokens: TokenRange::new(token, token + 1),
                    kind,
                    score,
                }
            })
            .collect();
        agree(&observed, &mut found);
        found.iter().map(|f| (f.tokens.start, f.kind)).collect()
    }

    use EntityType::{Org, Person};

    #[test]
    fn the_type_with_most_probability_wins_for_all() {
        let found = [
            ("Acme", 0, Person, 0.6),
            ("Acme", 1, Org, 0.9),
            ("Acme", 2, Org, 0.8),
        ];
        let agreed = agreed("Acme grew.\nAcme fell.\nAcme rose.", &found);
        assert_eq!(agreed, [(0, Org), (3, Org), (6, Org)]);
    }

    #[test]
    fn a_name_missed_elsewhere_is_found_unless_it_is_an_ordinary_word() {
        let text = "Rivers met Lake.\nThe rivers rose as Rivers and Lake left.";
        let found = [("Rivers", 0, Person, 0.9), ("Lake", 0, Person, 0.9)];
        assert_eq!(
            agreed(text, &found),
            [(0, Person), (2, Person), (10, Person)]
        );
        let unsure = [("Lake", 0, Person, 0.4)];
        assert_eq!(agreed(text, &unsure), [(2, Person)]);
    }
}

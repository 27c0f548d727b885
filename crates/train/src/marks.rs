//! What the marks of the corpora of names say: which labels a token may have.

use crate::corpus::{self, Gold};
use anyhow::Result;
use document::{EntityType, MentionKind, Span, TokenRange};
use entities::training::{Observations, place};
use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;
use tagger::Labels;
use text::Reading;

use EntityType::{Event, Fac, Gpe, Loc, Misc, Norp, Org, Person, Product};

/// Names that are neither persons, organisations nor places: CoNLL-2003 and its heirs mark them as one.
const OTHER: [EntityType; 4] = [Norp, Product, Event, Misc];
const PLACES: [EntityType; 3] = [Gpe, Loc, Fac];

/// A corpus file and the types that it does not mark: its unmarked text says nothing about those.
pub(crate) struct Corpus {
    pub(crate) file: &'static str,
    unmarked: &'static [EntityType],
    /// Facilities have a mark of their own: what is marked as a place is none.
    marks_facilities: bool,
    /// A place at the start of a body's name is marked as a name of its own: "Kenya" and "Airways".
    splits_places: bool,
    pub(crate) weight: f32,
}

const fn corpus(file: &'static str, unmarked: &'static [EntityType]) -> Corpus {
    Corpus {
        file,
        unmarked,
        marks_facilities: false,
        splits_places: false,
        weight: 1.0,
    }
}

pub(crate) const TRAIN: [Corpus; 8] = [
    Corpus {
        marks_facilities: true,
        splits_places: true,
        ..corpus("worldwide-train", &[])
    },
    corpus("conll2003-train", &[]),
    corpus("wikigold-train", &[]),
    corpus("crossner-politics-train", &[]),
    // Derived from mentions of things that have names; adjectives of nationality and titles of works are not there.
    corpus("gum-train", &OTHER),
    corpus("re3d-train", &[Product, Event, Misc]),
    corpus("btc-news-train", &OTHER).weighing(0.5),
    corpus("wnut17-train", &[Norp, Event]).weighing(0.5),
];

/// What the encoder's trainer reports its progress on.
pub(crate) const DEV: [Corpus; 2] = [
    Corpus {
        marks_facilities: true,
        ..corpus("worldwide-dev", &[])
    },
    corpus("conll2003-dev", &[]),
];

impl Corpus {
    /// Messages of social media count less: the tool is for news. Counting the newswire sets twice gained half a point
    /// there and cost two on GUM and CrossNER.
    const fn weighing(self, weight: f32) -> Self {
        Self { weight, ..self }
    }
}

/// What the name of a place begins or ends with that is no country, state or city: GeoNames' feature classes H, L, T
/// and U.
static LAND_AND_WATER: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/land-and-water.txt")));
/// What it ends with alone: "Middle East", "South Asia".
static REGIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/regions.txt")));

/// What the name of an event ends with: the most frequent last words of CrossNER's events and GUM's, and of sports.
static EVENTS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/events.txt")));

/// The words of a list, one a line; `#` begins a comment.
fn words(list: &str) -> HashSet<&str> {
    let lines = list.lines();
    lines.filter(|line| !line.starts_with('#')).collect()
}

/// Corpora with their documents.
pub(crate) fn read<'c>(
    folder: &Path,
    corpora: &'c [Corpus],
) -> Result<Vec<(&'c Corpus, Vec<Gold>)>> {
    let read = |corpus: &'c Corpus| {
        let file = folder.join(format!("entities/{}.jsonl", corpus.file));
        Ok((corpus, corpus::read(&file)?))
    };
    corpora.iter().map(read).collect()
}

/// Every string that some corpus marks as a nationality, in lower case.
pub(crate) fn nationalities(gold: &[(&Corpus, Vec<Gold>)]) -> HashSet<String> {
    let mut strings = HashSet::new();
    for document in gold.iter().flat_map(|(_, documents)| documents) {
        for entity in document.entities.iter().filter(|e| e.entity_type() == Norp) {
            for mention in &entity.mentions {
                strings.insert(document.text[mention.span].to_lowercase());
            }
        }
    }
    strings
}

pub(crate) struct Reader<'g> {
    pub(crate) corpus: &'g Corpus,
    pub(crate) nationalities: &'g HashSet<String>,
}

impl Reader<'_> {
    /// The labels that each token may have.
    pub(crate) fn allowed(
        &self,
        gold: &Gold,
        reading: &Reading<'_>,
        observed: &Observations,
    ) -> Vec<u64> {
        let tokens: Vec<Span> = reading.tokens().iter().map(|t| t.span).collect();
        let mut allowed = vec![1; tokens.len()];
        for sequence in &observed.sequences {
            for token in sequence.tokens {
                // Words in lower case are no names, whether the corpus marks the type or not.
                if observed.may_be_named(sequence, token) {
                    for &kind in self.corpus.unmarked {
                        allowed[token] |= label(kind, true) | label(kind, false);
                    }
                }
            }
        }
        let mut marked: Vec<(TokenRange, Vec<EntityType>)> = Vec::new();
        let mut taken = vec![false; tokens.len()];
        for gold_entity in &gold.entities {
            let mentions = gold_entity.mentions.iter();
            for mention in mentions.filter(|m| m.kind == MentionKind::Name) {
                let name = &gold.text[mention.span];
                let kinds = self.kinds(&gold_entity.kind, name);
                if kinds.is_empty() || kinds.iter().any(|k| self.corpus.unmarked.contains(k)) {
                    continue;
                }
                let first = tokens.partition_point(|t| t.end <= mention.span.start);
                let end = tokens.partition_point(|t| t.start < mention.span.end);
                if taken[first..end].contains(&true) {
                    continue; // two names in one token, or one in another
                }
                taken[first..end].fill(true);
                for (token, labels) in allowed[first..end].iter_mut().enumerate() {
                    let either = |set, &kind| set | label(kind, token == 0);
                    *labels = kinds.iter().fold(0, either);
                }
                marked.push((TokenRange::new(first, end), kinds));
            }
        }
        if self.corpus.splits_places {
            marked.sort_by_key(|(tokens, _)| tokens.start);
            for pair in marked.windows(2) {
                let [(place, places), (body, kinds)] = pair else {
                    continue;
                };
                let joined = place.end == body.start
                    && gold
                        .text
                        .get(tokens[place.end - 1].end..tokens[body.start].start)
                        == Some(" ");
                if joined && places.iter().all(|kind| PLACES.contains(kind)) {
                    join(&mut allowed, *place, body.start, kinds);
                }
            }
        }
        allowed
    }

    /// The types that a name marked as `kind` may have; empty for a value.
    fn kinds(&self, kind: &str, name: &str) -> Vec<EntityType> {
        let lower = name.to_lowercase();
        let mut words = lower.split_whitespace();
        let first = words.next().unwrap_or_default();
        let last = words.next_back().unwrap_or(first);
        match kind {
            "LOC" => match place(name) {
                Some(kind) => vec![kind],
                None if LAND_AND_WATER.contains(last) => vec![Loc],
                None if LAND_AND_WATER.contains(first) || REGIONS.contains(last) => vec![Loc],
                None if self.corpus.marks_facilities => vec![Gpe, Loc],
                None => PLACES.to_vec(),
            },
            "MISC" if self.nationalities.contains(&lower) => vec![Norp],
            "MISC" if EVENTS.contains(last) => vec![Event],
            "MISC" => vec![Misc],
            "WORK" => vec![Misc],
            _ => match kind.parse().ok() {
                Some(kind @ (Person | Org | Gpe | Fac | Norp | Product | Event)) => vec![kind],
                _ => Vec::new(),
            },
        }
    }
}

/// Lets the name that starts at a token begin with the place before it as well. The other corpora have one name there, as
/// readers do: nine in ten such pairs are a "Kenya Airways", not a "Hamburg G20".
fn join(allowed: &mut [u64], place: TokenRange, body: usize, kinds: &[EntityType]) {
    for &kind in kinds
        .iter()
        .filter(|kind| matches!(kind, Org | Fac | Event))
    {
        for token in place {
            allowed[token] |= label(kind, token == place.start);
        }
        allowed[body] |= label(kind, false);
    }
}

fn label(kind: EntityType, first: bool) -> u64 {
    let Some(kind) = EntityType::NAMES.iter().position(|k| *k == kind) else {
        return 0;
    };
    1 << if first {
        Labels::begin(kind)
    } else {
        Labels::inside(kind)
    }
}

/// A set of labels with each one that goes on with a name turned into the one that begins it.
pub(crate) fn begins(allowed: u64) -> u64 {
    (0..EntityType::NAMES.len()).fold(allowed, |set, kind| {
        let inside = 1 << Labels::inside(kind);
        match set & inside {
            0 => set,
            _ => set & !inside | 1 << Labels::begin(kind),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Corpus = corpus("", &[Norp]);

    fn gold(text: &str, names: &[(&str, &str)]) -> Gold {
        let mentions = names.iter().map(|(name, kind)| {
            let start = text[..text.find(name).unwrap()].chars().count();
            serde_json::json!({
                "id": name, "type": kind,
                "mentions": [{"start": start, "end": start + name.chars().count()}],
            })
        });
        let record =
            serde_json::json!({"id": "d", "text": text, "entities": mentions.collect::<Vec<_>>()});
        corpus::parse(&record.to_string()).unwrap()
    }

    fn allowed(corpus: &Corpus, gold: &Gold) -> Vec<u64> {
        let reading = Reading::new(&gold.text, vec![]);
        let reader = Reader {
            corpus,
            nationalities: &HashSet::from(["french".to_owned()]),
        };
        reader.allowed(gold, &reading, &Observations::new(&reading))
    }

    fn any(kinds: &[EntityType], first: bool) -> u64 {
        kinds.iter().fold(0, |set, &kind| set | label(kind, first))
    }

    #[test]
    fn a_name_may_have_every_type_that_its_mark_stands_for() {
        let gold = gold(
            "The French left Bigtown for Paris and Deep Lake with Ann Lee.",
            &[
                ("French", "MISC"),
                ("Bigtown", "LOC"),
                ("Paris", "LOC"),
                ("Deep Lake", "LOC"),
                ("Ann Lee", "PERSON"),
            ],
        );
        let closed = corpus("", &[]);
        let sets = allowed(&closed, &gold);
        let (o, b, i) = (1, true, false);
        assert_eq!(
            sets,
            [
                o,
                any(&[Norp], b),
                o,
                any(&PLACES, b),
                o,
                any(&[Gpe], b),
                o,
                any(&[Loc], b),
                any(&[Loc], i),
                o,
                any(&[Person], b),
                any(&[Person], i),
                o
            ]
        );
    }

    #[test]
    fn a_type_that_the_corpus_does_not_mark_stays_possible() {
        let sets = allowed(&OPEN, &gold("The Danes met Ann.", &[("Ann", "PERSON")]));
        let open = 1 | any(&[Norp], true) | any(&[Norp], false);
        assert_eq!(sets, [open, open, 1, any(&[Person], true), 1]);
        assert_eq!(begins(open), 1 | any(&[Norp], true));
    }

    #[test]
    fn a_place_that_the_corpus_splits_off_may_begin_the_name_behind_it() {
        let gold = gold(
            "Fenland Airways left Fenland, Airways said.",
            &[("Fenland", "LOC"), ("Airways", "ORG")],
        );
        let splitting = Corpus {
            splits_places: true,
            ..corpus("", &[])
        };
        let place = any(&PLACES, true);
        let sets = allowed(&splitting, &gold);
        assert_eq!(sets[0], place | label(Org, true));
        assert_eq!(sets[1], label(Org, true) | label(Org, false));
        assert_eq!(sets[3..], [1; 5]);
        assert_eq!(
            allowed(&corpus("", &[]), &gold)[..2],
            [place, label(Org, true)]
        );
    }
}

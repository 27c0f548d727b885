//! Linking: mentions of one thing become one entity.
//!
//! A wrong link is worse than none: it puts words into somebody's mouth. So each rule links a mention only where it has
//! exactly one candidate.
//!
//! A *chain* is the number that the mentions of one thing share.

mod acronyms;
mod aliases;
mod bodies;
mod form;
mod pronouns;
mod roles;

use crate::Name;
use crate::countries::{self, Country, Sense};
use crate::lists::{WordList, words};
use crate::titles::{Sex, sex_of_given_name, title};
use aliases::Link;
use document::{Entity, EntityType, Mention, MentionKind, Span};
use form::Form;
use model::Map;
use pronouns::Person;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use text::Reading;

/// The entities of some names, without ids. `same` are pairs of positions in `names` whose names are known to be one thing.
pub(crate) fn entities(
    reading: &Reading<'_>,
    names: &[Name],
    same: &[(usize, usize)],
) -> Vec<Entity> {
    let text = reading.text();
    let links = aliases::links(text, names, same);
    let names = &one_type_a_chain(names, &links)[..];
    let mut chains: Vec<usize> = links.iter().map(|link| link.chain).collect();
    let (descriptions, titles_alone) = roles::descriptions(reading, names, &chains);
    for (position, chain) in titles_alone {
        chains[position] = chain;
    }
    let mut entities = Entities::default();
    let mut persons = Vec::new();
    for (name, &chain) in names.iter().zip(&chains) {
        entities.name(name, chain);
        if name.kind == EntityType::Person {
            persons.push(Person::at(reading, name.span, Some(chain)));
        }
    }
    for description in descriptions {
        persons.push(Person::at(reading, description.span, description.chain));
        if let Some(chain) = description.chain {
            entities.other(description.span, MentionKind::Nominal, chain);
        }
    }
    for (span, chain) in bodies::descriptions(reading, names, &chains) {
        entities.other(span, MentionKind::Nominal, chain);
    }
    persons.extend(unnamed_persons(reading));
    // Who is named beside the article is not whom its pronouns mean.
    persons.retain(|person| {
        let token = reading.tokens().get(person.first);
        token.is_none_or(|token| !reading.is_furniture(token.span.start))
    });
    persons.sort_by_key(|p| (p.first, p.next));
    let sexes = sexes(reading, names, &chains);
    let mut in_name = vec![false; reading.tokens().len()];
    for name in names {
        in_name[reading.tokens_in(name.span).range()].fill(true);
    }
    for (span, chain) in pronouns::pronouns(reading, &persons, &in_name, sexes) {
        entities.other(span, MentionKind::Pronoun, chain);
    }
    entities.finish(text)
}

/// The names, each with the type that has the highest sum of scores in its chain.
fn one_type_a_chain(names: &[Name], links: &[Link]) -> Vec<Name> {
    let mut votes: Map<usize, (Votes, EntityType)> = Map::default();
    for (name, link) in names.iter().zip(links) {
        let kind = match link.short_for_person {
            true => EntityType::Person,
            false => name.kind,
        };
        let first = (Votes::default(), kind);
        votes.entry(link.chain).or_insert(first).0[kind as usize] += name.score;
    }
    let kinds: Map<usize, EntityType> = votes
        .into_iter()
        .map(|(chain, (votes, first))| (chain, majority(&votes, first)))
        .collect();
    let settled = |(name, link): (&Name, &Link)| Name {
        kind: kinds.get(&link.chain).copied().unwrap_or(name.kind),
        ..name.clone()
    };
    names.iter().zip(links).map(settled).collect()
}

/// Entities while mentions are added.
#[derive(Default)]
struct Entities {
    entities: Vec<Entity>,
    /// The entity of each chain.
    of_chain: Map<usize, usize>,
}

impl Entities {
    /// Adds a name, and an entity where it is the first of its chain.
    fn name(&mut self, name: &Name, chain: usize) {
        let index = *self.of_chain.entry(chain).or_insert_with(|| {
            let entity = Entity::new(String::new(), name.kind, String::new(), Vec::new());
            self.entities.push(entity);
            self.entities.len() - 1
        });
        let mut mention = Mention::new(name.span, MentionKind::Name);
        mention.score = Some(name.score).filter(|score| *score < 1.0);
        self.entities[index].mentions.push(mention);
    }

    /// Adds a description or a pronoun of a chain that has a name.
    fn other(&mut self, span: Span, kind: MentionKind, chain: usize) {
        if let Some(&index) = self.of_chain.get(&chain) {
            self.entities[index].mentions.push(Mention::new(span, kind));
        }
    }

    fn finish(mut self, text: &str) -> Vec<Entity> {
        // An ambiguous country ("Georgia") is one where the text also names its people or its capital.
        let names = self.entities.iter().flat_map(|e| &e.mentions);
        let certain: BTreeSet<&str> = names
            .filter_map(|m| countries::lookup(&text[m.span]))
            .filter(|(_, sense)| *sense != Sense::Country)
            .map(|(country, _)| country.code)
            .collect();
        for entity in &mut self.entities {
            entity.name = fullest_name(text, &entity.mentions);
            entity.country = country(text, entity)
                .filter(|c| !c.ambiguous || certain.contains(c.code))
                .map(|c| c.code.to_owned());
            entity.mentions.sort_by_key(|m| (m.span.start, m.span.end));
        }
        self.entities
    }
}

const PERSONS: &str = include_str!("../../data/persons.txt");

/// Nouns for persons without a name, behind an article: "the suspect".
static PERSON_NOUNS: WordList =
    LazyLock::new(|| [words(PERSONS, "person"), words(PERSONS, "kin")].concat());

fn unnamed_persons(reading: &Reading<'_>) -> Vec<Person> {
    let article = [
        "the", "a", "an", "one", "his", "her", "another", "young", "old", "elderly",
    ];
    (1..reading.tokens().len())
        .filter(|&i| reading.is_one_of(i - 1, &article) && reading.is_one_of(i, &PERSON_NOUNS))
        .filter(|&i| !reading.word(i + 1).starts_with(char::is_uppercase))
        .map(|i| Person {
            first: i,
            next: i + 1,
            chain: None,
        })
        .collect()
}

/// The sex of each chain whose titles and given names agree on one.
fn sexes(reading: &Reading<'_>, names: &[Name], chains: &[usize]) -> BTreeMap<usize, Sex> {
    let mut said: BTreeMap<usize, Vec<Sex>> = BTreeMap::new();
    for (name, &chain) in names.iter().zip(chains) {
        if name.kind != EntityType::Person {
            continue;
        }
        let written = &reading.text()[name.span];
        let form = Form::of(written, true);
        let before = reading.token_at(name.span.start).checked_sub(1);
        let before = before.and_then(|i| title(reading.word(i))?.sex);
        let given = form.words.first().filter(|_| form.words.len() > 1);
        let given = given.and_then(|given| sex_of_given_name(given));
        // A title is surer than a name.
        if let Some(sex) = form.sex.or(before).or(given) {
            let said = said.entry(chain).or_default();
            if !said.contains(&sex) {
                said.push(sex);
            }
        }
    }
    let agreed = said.into_iter().filter_map(|(chain, said)| match said[..] {
        [sex] => Some((chain, sex)),
        _ => None,
    });
    agreed.collect()
}

/// The currencies of the countries that a text names, ISO 4217.
pub(crate) fn currencies(text: &str, names: &[Name]) -> BTreeSet<&'static str> {
    names
        .iter()
        .filter_map(|name| countries::lookup(&text[name.span]))
        .map(|(country, _)| country.currency)
        .collect()
}

/// By type, a sum of scores.
type Votes = [f64; EntityType::ALL.len()];

/// The type with the highest sum; `first` where it is among several.
fn majority(votes: &Votes, first: EntityType) -> EntityType {
    let mut best = first;
    for &kind in EntityType::ALL {
        if votes[kind as usize] > votes[best as usize] {
            best = kind;
        }
    }
    best
}

/// The name with the most words, then with the most letters; of equals one that is not all in capitals as in a headline, then
/// the first.
fn fullest_name(text: &str, mentions: &[Mention]) -> String {
    let mut best = "";
    let mut most = (0, 0, false);
    for mention in mentions.iter().filter(|m| m.kind == MentionKind::Name) {
        let name = &text[mention.span];
        let words = name.split_whitespace().count();
        let in_capitals = words > 1 && !name.chars().any(char::is_lowercase);
        let size = (words, name.chars().count(), !in_capitals);
        if size > most {
            (best, most) = (name, size);
        }
    }
    best.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The country that an entity is, or whose people it is; a capital is neither.
fn country(text: &str, entity: &Entity) -> Option<&'static Country> {
    use EntityType::{Gpe, Loc, Misc, Norp};
    if !matches!(entity.kind, Gpe | Loc | Norp | Misc) {
        return None;
    }
    let mut names = entity
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Name);
    names.find_map(|mention| {
        let (country, sense) = countries::lookup(&text[mention.span])?;
        (sense != Sense::Capital).then_some(country)
    })
}

//! Linking: one entity for each real thing of a document.
//!
//! A wrong link is worse than none: it puts words into somebody's mouth. So each rule asks for the only candidate, and
//! where there are two, a mention stays alone.

mod aliases;
mod form;

use crate::Name;
use crate::countries::{self, Sense};
use document::{Entity, EntityType, Mention, MentionKind, Sentence};
use std::collections::{BTreeSet, HashMap};

/// The entities of some names, without ids. `same` are pairs of names, by their places in `names`, that are one thing
/// for sure.
pub(crate) fn entities(
    text: &str,
    _sentences: &[Sentence],
    names: &[Name],
    same: &[(usize, usize)],
) -> Vec<Entity> {
    let chains = aliases::chains(text, names, same);
    let mut entities: Vec<Entity> = Vec::new();
    let mut votes: Vec<Votes> = Vec::new();
    let mut of_chain: HashMap<usize, usize> = HashMap::new();
    for (name, chain) in names.iter().zip(chains) {
        let index = *of_chain.entry(chain).or_insert_with(|| {
            votes.push(Votes::default());
            entities.push(Entity {
                id: String::new(),
                kind: name.kind,
                name: String::new(),
                mentions: Vec::new(),
                country: None,
                value: None,
                unit: None,
            });
            entities.len() - 1
        });
        votes[index][name.kind as usize] += name.score;
        entities[index].mentions.push(Mention {
            span: name.span.clone(),
            kind: MentionKind::Name,
            score: Some(name.score).filter(|score| *score < 1.0),
        });
    }
    for (entity, votes) in entities.iter_mut().zip(votes) {
        entity.kind = favourite(&votes, entity.kind);
        entity.name = fullest_name(text, &entity.mentions);
        entity.country = country(text, entity);
    }
    entities
}

/// The currencies of the countries that a text names, ISO 4217.
pub(crate) fn currencies(text: &str, names: &[Name]) -> BTreeSet<&'static str> {
    names
        .iter()
        .filter_map(|name| countries::lookup(&text[name.span.clone()]))
        .map(|(country, _)| country.currency)
        .collect()
}

/// How much speaks for each type.
type Votes = [f64; EntityType::ALL.len()];

/// The type with the most votes, `first` at a draw.
fn favourite(votes: &Votes, first: EntityType) -> EntityType {
    let mut best = first;
    for kind in EntityType::ALL {
        if votes[kind as usize] > votes[best as usize] {
            best = kind;
        }
    }
    best
}

/// The name with the most words, then the most letters, then the first; capitals throughout are a headline's.
fn fullest_name(text: &str, mentions: &[Mention]) -> String {
    let mut best = "";
    let mut most = (0, 0, false);
    for mention in mentions {
        let name = &text[mention.span.clone()];
        let words = name.split_whitespace().count();
        let shouted = words > 1 && !name.chars().any(char::is_lowercase);
        let size = (words, name.chars().count(), !shouted);
        if size > most {
            (best, most) = (name, size);
        }
    }
    best.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The country that an entity is, or whose people it is.
fn country(text: &str, entity: &Entity) -> Option<String> {
    use EntityType::{Gpe, Loc, Misc, Norp};
    if !matches!(entity.kind, Gpe | Loc | Norp | Misc) {
        return None;
    }
    entity.mentions.iter().find_map(|mention| {
        let (country, sense) = countries::lookup(&text[mention.span.clone()])?;
        (sense != Sense::Capital).then(|| country.code.to_owned())
    })
}

//! Names and values in news text, linked where they are mentions of one thing.
//!
//! ```
//! use entities::{Input, Recognizer};
//! use text::Reading;
//!
//! let reading = Reading::new("President Ada Lovelace left Iran on Monday. Lovelace paid $5 million.", vec![]);
//! let entities = Recognizer::accurate().entities(&Input {
//!     date: Some("2024-12-03"),
//!     ..Input::new(&reading)
//! });
//! let monday = entities.iter().find(|e| e.name == "Monday").expect("a date");
//! assert_eq!(monday.value.as_deref(), Some("2024-12-02"));
//! let ada = entities.iter().find(|e| e.name == "Ada Lovelace").expect("a person");
//! assert_eq!(ada.mentions.len(), 2);
//! ```
//!
//! A text goes through four stages: names ([`Recognizer`]'s model, then the user's [`Gazetteer`] over it), values by
//! grammar, the choice between the two where they collide, and linking.

// Without the trainer's door, what stands behind it is not reachable.
#![cfg_attr(not(feature = "training"), allow(unreachable_pub))]

mod collisions;
mod consistency;
mod countries;
pub mod encoding;
mod evidence;
mod features;
mod gazetteer;
mod layout;
mod lexicon;
mod linking;
mod lists;
mod names;
mod observations;
mod places;
mod titles;
#[cfg(feature = "training")]
pub mod training;
mod values;
mod words;

use document::{Dateline, Entity, EntityType, Mention, MentionKind, Span};
use encoding::{Encoder, Scores};
use gazetteer::GazetteerMatch;
pub use gazetteer::{Gazetteer, GazetteerError};
use names::NameModel;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use text::Reading;
use values::calendar::Day;
use values::{Context, ValueMention};

/// What the recognizer reads.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The article.
    pub reading: &'a Reading<'a>,
    /// ISO 8601; relative dates ("Monday") are resolved against it.
    pub date: Option<&'a str>,
    /// Its place and its agency are names; its date is used where `date` is absent.
    pub dateline: Option<&'a Dateline>,
    /// What this recognizer's encoder says of the reading, where it has been asked already.
    pub scores: Option<&'a Scores>,
}

impl<'a> Input<'a> {
    /// A text alone: no date, dateline or scores.
    pub fn new(reading: &'a Reading<'a>) -> Self {
        Self {
            reading,
            date: None,
            dateline: None,
            scores: None,
        }
    }
}

/// A name, not yet linked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    pub span: Span,
    pub kind: EntityType,
    /// The model's probability that it is right; 1 where it comes from elsewhere.
    pub score: f64,
}

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// As a linear model, or as what holds labels.
    #[error(transparent)]
    Linear(#[from] tagger::Error),
    /// As an encoder.
    #[error(transparent)]
    Encoder(#[from] encoding::Error),
}

/// Finds and links names and values.
#[derive(Debug)]
pub struct Recognizer {
    model: NameModel,
    gazetteer: Option<Gazetteer>,
}

impl Default for Recognizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Recognizer {
    /// The best model that is part of the program: the accurate one, or the fast one where the crate is built without
    /// the feature `accurate`.
    pub fn new() -> Self {
        #[cfg(feature = "accurate")]
        return Self::accurate();
        #[cfg(not(feature = "accurate"))]
        Self::fast()
    }

    /// The accurate model, an encoder.
    ///
    /// # Panics
    ///
    /// Where the program was built with a model file of another version.
    #[cfg(feature = "accurate")]
    pub fn accurate() -> Self {
        Self::of_encoder(Arc::new(Encoder::accurate()))
            .expect("the program's own model has entity types, as a test shows")
    }

    /// The fast, linear model.
    pub fn fast() -> Self {
        Self::with_model(NameModel::fast())
    }

    /// A model of names from elsewhere, such as a file; every byte of it is checked.
    pub fn from_bytes(model: Vec<u8>) -> Result<Self, ModelError> {
        Ok(Self::with_model(NameModel::from_bytes(model)?))
    }

    /// An encoder that others use too.
    pub fn of_encoder(encoder: Arc<Encoder>) -> Result<Self, ModelError> {
        Ok(Self::with_model(NameModel::of_encoder(encoder)?))
    }

    fn with_model(model: NameModel) -> Self {
        Self {
            model,
            gazetteer: None,
        }
    }

    /// Also finds the names of a gazetteer. They win over what the model found in their places.
    ///
    /// ```
    /// use entities::{Gazetteer, Input, Recognizer};
    ///
    /// let list = Gazetteer::parse("Quiet Ferry\tPRODUCT\n")?;
    /// let recognizer = Recognizer::fast().with_gazetteer(list);
    /// let reading = text::Reading::new("Every town wants a Quiet Ferry now.", vec![]);
    /// let entities = recognizer.entities(&Input::new(&reading));
    /// assert_eq!(entities[0].kind, document::EntityType::Product);
    /// # Ok::<(), entities::GazetteerError>(())
    /// ```
    pub fn with_gazetteer(mut self, gazetteer: Gazetteer) -> Self {
        self.gazetteer = Some(gazetteer);
        self
    }

    /// The entities of a text, in the order of their first mentions, with ids `e1`, `e2`, …. Spans are in bytes. Takes time
    /// linear in the length of the text. Names in the page's [furniture](Reading::furniture) are found as names, but no pronoun
    /// and no description is linked to what only the furniture names.
    pub fn entities(&self, input: &Input<'_>) -> Vec<Entity> {
        let (mut entities, values) = self.names_and_values(input, |_, _| true);
        entities.extend(value_entities(input.reading.text(), values));
        in_order(entities)
    }

    /// The entities that have names, without the values, in less time.
    pub fn named_entities(&self, input: &Input<'_>) -> Vec<Entity> {
        // Where a name and a value overlap, the value is needed to decide between them.
        let has_name = |names: &[Name], passage: Span| {
            let next = names.partition_point(|name| name.span.end <= passage.start);
            names.get(next).is_some_and(|n| n.span.start < passage.end)
        };
        in_order(self.names_and_values(input, has_name).0)
    }

    /// The entities that have names, and the values in the passages where they are `wanted`, given the names and the
    /// passage's bytes.
    fn names_and_values(
        &self,
        input: &Input<'_>,
        wanted: impl Fn(&[Name], Span) -> bool,
    ) -> (Vec<Entity>, Vec<ValueMention>) {
        let reading = input.reading;
        let text = reading.text();
        let mut names = outside_letters(reading, self.model.names(reading, input.scores));
        if let Some(dateline) = input.dateline {
            names = prefer(in_dateline(text, dateline), names);
        }
        let mut matches = Vec::new();
        if let Some(gazetteer) = &self.gazetteer {
            matches = gazetteer.find(text);
            names = prefer(gazetteer_names(&matches), names);
        }
        let context = Context {
            reference: reference(input),
            currencies: linking::currencies(text, &names),
        };
        let mut values = values::find(reading, &context, |passage| wanted(&names, passage));
        collisions::drop_overlapping(&mut values, |value| value.span, &gazetteer_names(&matches));
        let (names, values) = collisions::settle(names, values);
        let same = same_by_id(&matches, &names);
        let mut entities = linking::entities(reading, &names, &same);
        entities.retain(|entity| !is_title_alone(text, entity));
        (entities, values)
    }
}

/// Links names that have been found elsewhere, such as a corpus's own: the entities of some spans and their types.
///
/// Spans that are empty or do not fit the text are left out. Pronouns and descriptions ("the president") are linked as
/// [`Recognizer::entities`] links them.
///
/// ```
/// use document::{EntityType, Span};
///
/// let reading = text::Reading::new("Ada Byron spoke. Byron left, she said.", vec![]);
/// let names = [(Span::new(0, 9), EntityType::Person), (Span::new(17, 22), EntityType::Person)];
/// let entities = entities::link(&reading, &names);
/// // Both names and the pronoun.
/// assert_eq!((entities.len(), entities[0].mentions.len()), (1, 3));
/// ```
pub fn link(reading: &Reading<'_>, names: &[(Span, EntityType)]) -> Vec<Entity> {
    let text = reading.text();
    let mut names: Vec<Name> = names
        .iter()
        .filter(|(span, _)| span.get(text).is_some_and(|name| !name.is_empty()))
        .map(|(span, kind)| Name {
            span: *span,
            kind: *kind,
            score: 1.0,
        })
        .collect();
    names.sort_by_key(|name| (name.span.start, name.span.end));
    in_order(linking::entities(reading, &names, &[]))
}

/// Whether all names of an entity are titles, "Prime Minister", which name nobody. Names from a gazetteer stay: they have no
/// score.
fn is_title_alone(text: &str, entity: &Entity) -> bool {
    let mut names = entity
        .mentions
        .iter()
        .filter(|m| m.kind == MentionKind::Name);
    entity.kind == EntityType::Person
        && names.all(|m| m.score.is_some() && titles::is_title(&text[m.span]))
}

/// The names without the letter before them that says who speaks: of `A. Ana Roe` in a transcript, `Ana Roe`. The model takes
/// such letters for initials. One word that is left, of `A. Yes`, is a name where it is one elsewhere in the text.
fn outside_letters(reading: &Reading<'_>, mut names: Vec<Name>) -> Vec<Name> {
    let text = reading.text();
    let is_letter = |label: &Span| {
        let written = label.get(text).unwrap_or_default();
        written.chars().filter(|c| c.is_alphanumeric()).count() == 1
    };
    let letters = reading.sentences().iter().filter_map(|s| s.label);
    let letters: Vec<Span> = letters.filter(is_letter).collect();
    if letters.is_empty() {
        return names;
    }
    let letter = |name: &Name| {
        let next = letters.partition_point(|label| label.end <= name.span.start);
        let label = letters.get(next)?;
        (label.start < name.span.end).then_some(label.end)
    };
    let sure = names.iter().filter(|name| letter(name).is_none());
    let words = sure.flat_map(|name| text[name.span].split_whitespace());
    let words: HashSet<&str> = words.collect();
    names.retain_mut(|name| {
        let Some(end) = letter(name) else { return true };
        let rest = text.get(end..name.span.end).unwrap_or_default();
        let own = rest.trim();
        name.span.start = name.span.end - rest.trim_start().len();
        !own.is_empty() && (own.contains(' ') || words.contains(own))
    });
    names
}

/// Both lists of names together, in order; where two overlap, the preferred one stays.
fn prefer(preferred: Vec<Name>, mut names: Vec<Name>) -> Vec<Name> {
    collisions::drop_overlapping(&mut names, |name| name.span, &preferred);
    names.extend(preferred);
    names.sort_by_key(|name| (name.span.start, name.span.end));
    names
}

fn gazetteer_names(matches: &[GazetteerMatch<'_>]) -> Vec<Name> {
    let name = |found: &GazetteerMatch<'_>| Name {
        span: found.span,
        kind: found.kind,
        score: 1.0,
    };
    matches.iter().map(name).collect()
}

/// The places and the agency of a dateline, "TROMSØ, Norway, March 3 (Wire)".
fn in_dateline(text: &str, dateline: &Dateline) -> Vec<Name> {
    let mut names = Vec::new();
    let mut at = dateline.span.start;
    let places = dateline.place.iter().flat_map(|place| place.split(", "));
    // A sports or market report may begin like a dateline ("SOCCER - …"): unknown places are left to the model.
    let places = places.filter(|place| places::place(place).is_some());
    let parts = places.map(|place| (place, EntityType::Gpe)).chain(
        dateline
            .agency
            .as_deref()
            .map(|agency| (agency, EntityType::Org)),
    );
    for (part, kind) in parts {
        let found = text
            .get(at..dateline.span.end)
            .and_then(|rest| rest.find(part))
            .filter(|_| !part.is_empty());
        if let Some(found) = found {
            let span = at + found..at + found + part.len();
            at = span.end;
            names.push(Name {
                span: span.into(),
                kind,
                score: 1.0,
            });
        }
    }
    names
}

/// Pairs of positions of the names to which the gazetteer gives one identifier.
fn same_by_id(matches: &[GazetteerMatch<'_>], names: &[Name]) -> Vec<(usize, usize)> {
    let ids: HashMap<usize, &str> = matches
        .iter()
        .filter_map(|found| Some((found.span.start, found.id?)))
        .collect();
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    let mut same = Vec::new();
    for (place, name) in names.iter().enumerate() {
        if let Some(id) = ids.get(&name.span.start) {
            same.push((*first_of.entry(id).or_insert(place), place));
        }
    }
    same
}

/// The day from which relative dates count: the record's, else the dateline's.
fn reference(input: &Input<'_>) -> Option<Day> {
    let in_dateline = input.dateline.and_then(|d| d.date.as_deref());
    [input.date, in_dateline]
        .into_iter()
        .flatten()
        .find_map(Day::parse)
}

/// Values as entities: mentions with one type, text and value are one entity ("2021" … "2021").
fn value_entities(text: &str, values: Vec<ValueMention>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut seen: HashMap<(EntityType, &str, Option<String>), usize> = HashMap::new();
    for found in values {
        let written = &text[found.span];
        let key = (found.kind, written, found.value.clone());
        let index = *seen.entry(key).or_insert_with(|| {
            let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut entity = Entity::new(String::new(), found.kind, name, Vec::new());
            entity.value = found.value;
            entity.number = found.number;
            entity.unit = found.unit;
            entities.push(entity);
            entities.len() - 1
        });
        let mention = Mention::new(found.span, MentionKind::Value);
        entities[index].mentions.push(mention);
    }
    entities
}

/// Entities by their first mentions, numbered.
fn in_order(mut entities: Vec<Entity>) -> Vec<Entity> {
    let place = |e: &Entity| e.mentions.first().map(|m| (m.span.start, m.span.end));
    entities.sort_by_key(place);
    for (n, entity) in entities.iter_mut().enumerate() {
        entity.id = format!("e{}", n + 1);
    }
    entities
}

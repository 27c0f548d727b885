//! The annotations as JSON, in code points; the only place that knows how they are spelt.

mod entity;
mod quote;
mod structure;
mod summary;

use crate::{Dateline, DocumentError, Entity, Metadata, Offsets, Quote, Sentence, Summary};
use entity::WireEntity;
use quote::WireQuote;
use serde::{Deserialize, Serialize, Serializer};
use structure::{WireDateline, WireMetadata, WireSentence};
use summary::WireSummary;

/// What a stage adds to a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Annotation {
    /// `sentences`
    Sentences(Vec<Sentence>),
    /// `metadata`
    Metadata(Vec<Metadata>),
    /// `dateline`
    Dateline(Option<Dateline>),
    /// `date`, ISO 8601
    Date(String),
    /// `entities`
    Entities(Vec<Entity>),
    /// `quotes`
    Quotes(Vec<Quote>),
    /// `summary`
    Summary(Summary),
}

impl Annotation {
    /// The field's name.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Sentences(_) => "sentences",
            Self::Metadata(_) => "metadata",
            Self::Dateline(_) => "dateline",
            Self::Date(_) => "date",
            Self::Entities(_) => "entities",
            Self::Quotes(_) => "quotes",
            Self::Summary(_) => "summary",
        }
    }

    /// The field's value as JSON.
    pub fn to_json(&self, offsets: &Offsets<'_>) -> String {
        match self {
            Self::Sentences(all) => list(all, |s| WireSentence::new(s, offsets)),
            Self::Metadata(all) => list(all, |m| WireMetadata::new(m, offsets)),
            Self::Dateline(dateline) => {
                json(&dateline.as_ref().map(|d| WireDateline::new(d, offsets)))
            }
            Self::Date(date) => json(date),
            Self::Entities(all) => list(all, |e| WireEntity::new(e, offsets)),
            Self::Quotes(all) => list(all, |q| WireQuote::new(q, offsets)),
            Self::Summary(summary) => json(&WireSummary::new(summary, offsets)),
        }
    }
}

/// Reads `sentences`.
pub(crate) fn sentences(json: &str, offsets: &Offsets<'_>) -> Result<Vec<Sentence>, DocumentError> {
    let wire: Vec<WireSentence<'_>> = parse("sentences", json)?;
    wire.iter()
        .enumerate()
        .map(|(i, s)| s.read(offsets, i))
        .collect()
}

/// Reads `metadata`.
pub(crate) fn metadata(json: &str, offsets: &Offsets<'_>) -> Result<Vec<Metadata>, DocumentError> {
    let wire: Vec<WireMetadata<'_>> = parse("metadata", json)?;
    wire.into_iter()
        .enumerate()
        .map(|(i, m)| m.read(offsets, i))
        .collect()
}

/// Reads `dateline`.
pub(crate) fn dateline(
    json: &str,
    offsets: &Offsets<'_>,
) -> Result<Option<Dateline>, DocumentError> {
    let wire: Option<WireDateline<'_>> = parse("dateline", json)?;
    wire.map(|d| d.read(offsets)).transpose()
}

/// Reads `entities`.
pub(crate) fn entities(json: &str, offsets: &Offsets<'_>) -> Result<Vec<Entity>, DocumentError> {
    let wire: Vec<WireEntity<'_>> = parse("entities", json)?;
    wire.into_iter()
        .enumerate()
        .map(|(i, e)| e.read(offsets, i))
        .collect()
}

/// Reads `quotes`.
pub(crate) fn quotes(json: &str, offsets: &Offsets<'_>) -> Result<Vec<Quote>, DocumentError> {
    let wire: Vec<WireQuote<'_>> = parse("quotes", json)?;
    wire.into_iter()
        .enumerate()
        .map(|(i, q)| q.read(offsets, i))
        .collect()
}

/// Any JSON as one line.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers in lists and objects are always JSON")
}

fn list<'a, T, W: Serialize>(all: &'a [T], wire: impl Fn(&'a T) -> W) -> String {
    json(&all.iter().map(wire).collect::<Vec<_>>())
}

fn parse<'a, T: Deserialize<'a>>(field: &'static str, json: &'a str) -> Result<T, DocumentError> {
    serde_json::from_str(json).map_err(|e| DocumentError::Field {
        field,
        reason: e
            .to_string()
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned(),
    })
}

/// A score with 4 decimals: enough to rank, and no platform's last bit shows.
fn rounded<S: Serializer>(score: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((score * 1e4).round() / 1e4)
}

fn rounded_option<S: Serializer>(score: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match score {
        Some(score) => rounded(score, serializer),
        None => serializer.serialize_none(),
    }
}

/// Programs that are not ours may number what they find.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

impl Default for Id {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Id {
    fn into_string(self) -> String {
        match self {
            Self::Text(id) => id,
            Self::Number(id) => id.to_string(),
        }
    }
}

//! The annotations as JSON, in code points; the only place that knows how they are spelt.

mod entity;
pub(crate) mod plain;
mod quote;
mod structure;
mod summary;

use crate::{
    Dateline, DocumentError, Entity, Metadata, Offsets, OtherField, Quote, Sentence, Summary,
};
use entity::WireEntity;
use quote::WireQuote;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use structure::{WireDateline, WireMetadata, WireSentence, write_sentences};
use summary::WireSummary;

/// What a stage adds to a document.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
    /// A field that is none of these: see [`Annotation::other`].
    Other(OtherField),
}

impl Annotation {
    /// A field that newstext does not know, with any value that serde can write. Where the record has the field already,
    /// the value takes the place of the old one.
    ///
    /// The spans of other fields should count code points and have their text, as those of the tools do:
    /// [`Document::slice`](crate::Document::slice) makes such a value.
    ///
    /// ```
    /// use document::{Annotation, Document, Provenance, Record, Span};
    /// let record = Record::parse(r#"{"text":"Olé, olé!"}"#)?;
    /// let text = record.text()?;
    /// let document = Document::new(&record, &text);
    /// let shout = document.slice(Span::new(0, text.len()));
    /// let mut line = String::new();
    /// document.write(&Provenance::new("shouts", "1"), &[Annotation::other("shouts", &[shout])?], &mut line)?;
    /// assert_eq!(line, r#"{"text":"Olé, olé!","shouts":[{"start":0,"end":9,"text":"Olé, olé!"}],"#.to_owned()
    ///     + r#""pipeline":[{"tool":"shouts","version":"1"}]}"#);
    ///
    /// assert!(Annotation::other("text", &"Ole").is_err());
    /// # Ok::<(), document::DocumentError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DocumentError::OwnedField`] for `text` and `id`, and for what newstext's tools write: `date`, `sentences`,
    /// `metadata`, `dateline`, `entities`, `quotes`, `summary`, `pipeline` and `errors`. [`DocumentError::Value`] where the value cannot be written as JSON.
    pub fn other(name: impl Into<String>, value: &impl Serialize) -> Result<Self, DocumentError> {
        OtherField::new(name.into(), value).map(Self::Other)
    }

    /// The field's name.
    pub fn field(&self) -> &str {
        match self {
            Self::Sentences(_) => "sentences",
            Self::Metadata(_) => "metadata",
            Self::Dateline(_) => "dateline",
            Self::Date(_) => "date",
            Self::Entities(_) => "entities",
            Self::Quotes(_) => "quotes",
            Self::Summary(_) => "summary",
            Self::Other(other) => other.name(),
        }
    }

    /// The field's value as JSON.
    pub fn to_json(&self, offsets: &Offsets<'_>) -> String {
        let mut out = String::new();
        self.write(offsets, &mut out);
        out
    }

    /// Appends the field's value as JSON.
    pub(crate) fn write(&self, offsets: &Offsets<'_>, out: &mut String) {
        out.push_str(&match self {
            Self::Sentences(all) => return write_sentences(all, offsets, out),
            Self::Metadata(all) => list(all, |m| WireMetadata::new(m, offsets)),
            Self::Dateline(dateline) => {
                json(&dateline.as_ref().map(|d| WireDateline::new(d, offsets)))
            }
            Self::Date(date) => json(date),
            Self::Entities(all) => list(all, |e| WireEntity::new(e, offsets)),
            Self::Quotes(all) => list(all, |q| WireQuote::new(q, offsets)),
            Self::Summary(summary) => json(&WireSummary::new(summary, offsets)),
            Self::Other(other) => return out.push_str(other.json()),
        });
    }
}

/// Reads `sentences`.
pub(crate) fn sentences(json: &str, offsets: &Offsets<'_>) -> Result<Vec<Sentence>, DocumentError> {
    each("sentences", json, offsets, sentence)
}

/// Reads `metadata`.
pub(crate) fn metadata(json: &str, offsets: &Offsets<'_>) -> Result<Vec<Metadata>, DocumentError> {
    each("metadata", json, offsets, metadata_entry)
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
    each("entities", json, offsets, entity)
}

/// Reads `quotes`.
pub(crate) fn quotes(json: &str, offsets: &Offsets<'_>) -> Result<Vec<Quote>, DocumentError> {
    each("quotes", json, offsets, quote)
}

/// Reads `summary`, and what of it does not fit.
pub(crate) fn summary(
    json: &str,
    offsets: &Offsets<'_>,
) -> Result<(Summary, Vec<DocumentError>), DocumentError> {
    Ok(parse::<summary::ReadSummary<'_>>("summary", json)?.read(offsets))
}

/// Reads entry `i` of `sentences`.
pub(crate) fn sentence(
    json: &str,
    offsets: &Offsets<'_>,
    i: usize,
) -> Result<Sentence, DocumentError> {
    parse::<WireSentence<'_>>("sentences", json)?.read(offsets, i)
}

/// Reads entry `i` of `metadata`.
pub(crate) fn metadata_entry(
    json: &str,
    offsets: &Offsets<'_>,
    i: usize,
) -> Result<Metadata, DocumentError> {
    parse::<WireMetadata<'_>>("metadata", json)?.read(offsets, i)
}

/// Reads entry `i` of `entities`.
pub(crate) fn entity(json: &str, offsets: &Offsets<'_>, i: usize) -> Result<Entity, DocumentError> {
    parse::<WireEntity<'_>>("entities", json)?.read(offsets, i)
}

/// Reads entry `i` of `quotes`.
pub(crate) fn quote(json: &str, offsets: &Offsets<'_>, i: usize) -> Result<Quote, DocumentError> {
    parse::<WireQuote<'_>>("quotes", json)?.read(offsets, i)
}

/// The entries of a list, as they are written.
pub(crate) fn items<'a>(field: &'static str, json: &'a str) -> Result<Vec<&'a str>, DocumentError> {
    let raw: Vec<&RawValue> = parse(field, json)?;
    Ok(raw.into_iter().map(RawValue::get).collect())
}

fn each<T>(
    field: &'static str,
    json: &str,
    offsets: &Offsets<'_>,
    read: impl Fn(&str, &Offsets<'_>, usize) -> Result<T, DocumentError>,
) -> Result<Vec<T>, DocumentError> {
    let items = items(field, json)?.into_iter().enumerate();
    items.map(|(i, item)| read(item, offsets, i)).collect()
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
#[serde(untagged, expecting = "an id is a string or a number")]
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

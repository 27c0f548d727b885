//! The annotations as JSON, in code points; the only place that knows how they are spelt.

use crate::span::{WireSpan, from_wire, to_wire};
use crate::{
    Dateline, DocumentError, Entity, EntityType, Mention, MentionKind, Metadata, Offsets, Pick,
    Quote, QuoteType, Sentence, SentenceKind, Span, Speaker, Summary, Value,
};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;

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

#[derive(Serialize, Deserialize)]
struct WireSentence<'a> {
    start: usize,
    end: usize,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Cow<'a, str>>,
}

impl<'a> WireSentence<'a> {
    fn new(sentence: &Sentence, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(&sentence.span, offsets);
        Self {
            start,
            end,
            text,
            paragraph: sentence.paragraph,
            kind: sentence.kind.map(|k| k.as_str().into()),
        }
    }

    fn read(&self, offsets: &Offsets<'_>, i: usize) -> Result<Sentence, DocumentError> {
        let path = || format!("sentences[{i}]");
        Ok(Sentence {
            span: from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?,
            paragraph: self.paragraph,
            kind: self.kind.as_deref().and_then(SentenceKind::parse),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct WireMetadata<'a> {
    start: usize,
    end: usize,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(default)]
    key: String,
    #[serde(default)]
    value: String,
}

impl<'a> WireMetadata<'a> {
    fn new(metadata: &Metadata, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(&metadata.span, offsets);
        Self {
            start,
            end,
            text,
            key: metadata.key.clone(),
            value: metadata.value.clone(),
        }
    }

    fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Metadata, DocumentError> {
        let path = || format!("metadata[{i}]");
        Ok(Metadata {
            span: from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?,
            key: self.key,
            value: self.value,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct WireDateline<'a> {
    start: usize,
    end: usize,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

impl<'a> WireDateline<'a> {
    fn new(dateline: &Dateline, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(&dateline.span, offsets);
        Self {
            start,
            end,
            text,
            place: dateline.place.clone(),
            agency: dateline.agency.clone(),
            date: dateline.date.clone(),
        }
    }

    fn read(self, offsets: &Offsets<'_>) -> Result<Dateline, DocumentError> {
        let path = || "dateline".to_owned();
        Ok(Dateline {
            span: from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?,
            place: self.place,
            agency: self.agency,
            date: self.date,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct WireEntity<'a> {
    /// Programs that are not ours may number their entities.
    #[serde(default)]
    id: Id,
    #[serde(borrow, rename = "type", default)]
    kind: Cow<'a, str>,
    name: Option<Cow<'a, str>>,
    mentions: Vec<WireMention<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<WireValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

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

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WireValue {
    Whole(i64),
    Number(f64),
    Iso(String),
}

#[derive(Serialize, Deserialize)]
struct WireMention<'a> {
    start: usize,
    end: usize,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    kind: Option<Cow<'a, str>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "rounded_option"
    )]
    score: Option<f64>,
}

impl<'a> WireEntity<'a> {
    fn new(entity: &'a Entity, offsets: &Offsets<'a>) -> Self {
        let mention = |m: &Mention| {
            let (start, end, text) = to_wire(&m.span, offsets);
            WireMention {
                start,
                end,
                text,
                kind: Some(m.kind.as_str().into()),
                score: m.score,
            }
        };
        Self {
            id: Id::Text(entity.id.clone()),
            kind: entity.kind.as_str().into(),
            name: Some(entity.name.as_str().into()),
            mentions: entity.mentions.iter().map(mention).collect(),
            country: entity.country.clone(),
            value: entity.value.as_ref().map(|v| match v {
                Value::Iso(iso) => WireValue::Iso(iso.clone()),
                // Up to 2^53 a whole number is exact, and nobody wants to read 1200000.0.
                Value::Number(n) if n.trunc() == *n && n.abs() <= 9e15 => {
                    WireValue::Whole(*n as i64)
                }
                Value::Number(n) => WireValue::Number(*n),
            }),
            unit: entity.unit.clone(),
        }
    }

    fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Entity, DocumentError> {
        let mentions = self
            .mentions
            .iter()
            .enumerate()
            .map(|(j, m)| {
                let path = || format!("entities[{i}].mentions[{j}]");
                Ok(Mention {
                    span: from_wire(m.start, m.end, m.text.as_deref(), offsets, path)?,
                    kind: m
                        .kind
                        .as_deref()
                        .and_then(MentionKind::parse)
                        .unwrap_or(MentionKind::Name),
                    score: m.score,
                })
            })
            .collect::<Result<Vec<_>, DocumentError>>()?;
        let first = mentions.first().map(|m| &offsets.text()[m.span.clone()]);
        Ok(Entity {
            id: match self.id {
                Id::Text(id) => id,
                Id::Number(id) => id.to_string(),
            },
            kind: EntityType::parse(&self.kind).unwrap_or(EntityType::Misc),
            name: match self.name {
                Some(name) => name.into_owned(),
                None => first.unwrap_or_default().to_owned(),
            },
            mentions,
            country: self.country,
            value: self.value.map(|v| match v {
                WireValue::Whole(n) => Value::Number(n as f64),
                WireValue::Number(n) => Value::Number(n),
                WireValue::Iso(iso) => Value::Iso(iso),
            }),
            unit: self.unit,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct WireQuote<'a> {
    #[serde(default)]
    id: Id,
    #[serde(borrow, rename = "type", default)]
    kind: Cow<'a, str>,
    content: Vec<WireSpan<'a>>,
    #[serde(default)]
    cue: Vec<WireSpan<'a>>,
    #[serde(default)]
    source: Vec<WireSpan<'a>>,
    speaker: Option<WireSpeaker>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "rounded_option"
    )]
    score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    polarity: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
struct WireSpeaker {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
}

impl<'a> WireQuote<'a> {
    fn new(quote: &'a Quote, offsets: &Offsets<'a>) -> Self {
        let spans = |all: &[Span]| all.iter().map(|s| WireSpan::new(s, offsets)).collect();
        Self {
            id: Id::Text(quote.id.clone()),
            kind: quote.kind.as_str().into(),
            content: spans(&quote.content),
            cue: spans(&quote.cue),
            source: spans(&quote.source),
            speaker: quote.speaker.as_ref().map(|s| WireSpeaker {
                name: s.name.clone(),
                entity: s.entity.clone(),
            }),
            score: quote.score,
            polarity: quote.denied.then_some(Cow::Borrowed("negative")),
        }
    }

    fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Quote, DocumentError> {
        let spans = |role: &str, all: &[WireSpan<'_>]| {
            all.iter()
                .enumerate()
                .map(|(j, s)| {
                    let path = || format!("quotes[{i}].{role}[{j}]");
                    from_wire(s.start, s.end, s.text.as_deref(), offsets, path)
                })
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Quote {
            content: spans("content", &self.content)?,
            cue: spans("cue", &self.cue)?,
            source: spans("source", &self.source)?,
            id: match self.id {
                Id::Text(id) => id,
                Id::Number(id) => id.to_string(),
            },
            kind: QuoteType::parse(&self.kind).unwrap_or(QuoteType::Indirect),
            speaker: self.speaker.map(|s| Speaker {
                name: s.name,
                entity: s.entity,
            }),
            score: self.score,
            denied: self.polarity.as_deref() == Some("negative"),
        })
    }
}

#[derive(Serialize)]
struct WireSummary<'a> {
    text: &'a str,
    sentences: Vec<WirePick<'a>>,
}

#[derive(Serialize)]
struct WirePick<'a> {
    start: usize,
    end: usize,
    text: Option<Cow<'a, str>>,
    #[serde(serialize_with = "rounded")]
    score: f64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    truncated: bool,
}

impl<'a> WireSummary<'a> {
    fn new(summary: &'a Summary, offsets: &Offsets<'a>) -> Self {
        let pick = |p: &Pick| {
            let (start, end, text) = to_wire(&p.span, offsets);
            WirePick {
                start,
                end,
                text,
                score: p.score,
                truncated: p.truncated,
            }
        };
        Self {
            text: &summary.text,
            sentences: summary.sentences.iter().map(pick).collect(),
        }
    }
}

//! `entities`.

use super::{Id, rounded_option};
use crate::span::{from_wire, to_wire};
use crate::{DocumentError, Entity, EntityType, Mention, MentionKind, Offsets};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct WireEntity<'a> {
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
    number: Option<WireNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a value is a string or a number")]
enum WireValue {
    Text(String),
    /// Never written: records of before `number`, and some foreign ones, have the number here.
    Number(f64),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a number")]
enum WireNumber {
    Whole(i64),
    Real(f64),
}

impl WireNumber {
    /// Up to 2^53 a whole number is exact, and nobody wants to read 1200000.0.
    fn new(number: f64) -> Self {
        if number.trunc() == number && number.abs() <= 9e15 {
            Self::Whole(number as i64)
        } else {
            Self::Real(number)
        }
    }

    fn value(&self) -> f64 {
        match *self {
            Self::Whole(number) => number as f64,
            Self::Real(number) => number,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
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
    pub(super) fn new(entity: &'a Entity, offsets: &Offsets<'a>) -> Self {
        let mention = |m: &Mention| {
            let (start, end, text) = to_wire(m.span, offsets);
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
            value: entity.value.clone().map(WireValue::Text),
            number: entity.number.map(WireNumber::new),
            unit: entity.unit.clone(),
        }
    }

    pub(super) fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Entity, DocumentError> {
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
                        .and_then(|kind| kind.parse().ok())
                        .unwrap_or(MentionKind::Name),
                    score: m.score,
                })
            })
            .collect::<Result<Vec<_>, DocumentError>>()?;
        let number = self.number.map(|number| number.value());
        let (value, number) = match self.value {
            Some(WireValue::Text(text)) => (Some(text), number),
            Some(WireValue::Number(n)) => (Some(n.to_string()), number.or(Some(n))),
            None => (None, number),
        };
        let first = mentions.first().map(|m| &offsets.text()[m.span]);
        Ok(Entity {
            id: self.id.into_string(),
            kind: self.kind.parse().unwrap_or(EntityType::Misc),
            name: match self.name {
                Some(name) => name.into_owned(),
                None => first.unwrap_or_default().to_owned(),
            },
            mentions,
            country: self.country,
            value,
            number,
            unit: self.unit,
        })
    }
}

//! `quotes`.

use super::{Id, rounded_option};
use crate::span::{WireSpan, from_wire};
use crate::{DocumentError, Offsets, Quote, QuoteType, Span, Speaker};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct WireQuote<'a> {
    #[serde(default)]
    id: Id,
    #[serde(borrow, rename = "type", default)]
    kind: Cow<'a, str>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    mode: Option<Cow<'a, str>>,
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
#[serde(expecting = "an object")]
struct WireSpeaker {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
}

impl<'a> WireQuote<'a> {
    pub(super) fn new(quote: &'a Quote, offsets: &Offsets<'a>) -> Self {
        let spans = |all: &[Span]| all.iter().map(|&s| WireSpan::new(s, offsets)).collect();
        Self {
            id: Id::Text(quote.id.clone()),
            kind: quote.kind.as_str().into(),
            mode: quote.mode.map(|mode| mode.as_str().into()),
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

    pub(super) fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Quote, DocumentError> {
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
            id: self.id.into_string(),
            kind: self.kind.parse().unwrap_or(QuoteType::Indirect),
            mode: self.mode.and_then(|mode| mode.parse().ok()),
            speaker: self.speaker.map(|s| Speaker {
                name: s.name,
                entity: s.entity,
            }),
            score: self.score,
            denied: self.polarity.as_deref() == Some("negative"),
        })
    }
}

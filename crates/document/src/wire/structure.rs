//! `sentences`, `metadata` and `dateline`.

use crate::span::{WireSpan, from_wire, to_wire};
use crate::{Dateline, DocumentError, Metadata, Offsets, Sentence};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct WireSentence<'a> {
    start: usize,
    end: usize,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    label: Option<WireSpan<'a>>,
}

impl<'a> WireSentence<'a> {
    pub(super) fn new(sentence: &Sentence, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(sentence.span, offsets);
        Self {
            start,
            end,
            text,
            paragraph: sentence.paragraph,
            kind: sentence.kind.map(|k| k.as_str().into()),
            label: sentence.label.map(|label| WireSpan::new(label, offsets)),
        }
    }

    pub(super) fn read(&self, offsets: &Offsets<'_>, i: usize) -> Result<Sentence, DocumentError> {
        let path = || format!("sentences[{i}]");
        let label = |label: &WireSpan<'_>| {
            let path = || format!("sentences[{i}].label");
            from_wire(label.start, label.end, label.text.as_deref(), offsets, path)
        };
        Ok(Sentence {
            span: from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?,
            paragraph: self.paragraph,
            kind: self.kind.as_deref().and_then(|kind| kind.parse().ok()),
            label: self.label.as_ref().map(label).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct WireMetadata<'a> {
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
    pub(super) fn new(metadata: &Metadata, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(metadata.span, offsets);
        Self {
            start,
            end,
            text,
            key: metadata.key.clone(),
            value: metadata.value.clone(),
        }
    }

    pub(super) fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Metadata, DocumentError> {
        let path = || format!("metadata[{i}]");
        Ok(Metadata {
            span: from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?,
            key: self.key,
            value: self.value,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct WireDateline<'a> {
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
    pub(super) fn new(dateline: &Dateline, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(dateline.span, offsets);
        Self {
            start,
            end,
            text,
            place: dateline.place.clone(),
            agency: dateline.agency.clone(),
            date: dateline.date.clone(),
        }
    }

    pub(super) fn read(self, offsets: &Offsets<'_>) -> Result<Dateline, DocumentError> {
        let path = || "dateline".to_owned();
        Ok(Dateline {
            span: from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?,
            place: self.place,
            agency: self.agency,
            date: self.date,
        })
    }
}

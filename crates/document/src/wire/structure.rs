//! `sentences`, `metadata` and `dateline`.

use super::plain::{write_number, write_string};
use crate::span::{WireSpan, from_wire, to_wire};
use crate::{Dateline, DocumentError, Metadata, Offsets, Sentence, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A sentence to read; [`write_sentences`] writes them.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct WireSentence<'a> {
    start: usize,
    end: usize,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    paragraph: Option<usize>,
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    label: Option<WireSpan<'a>>,
}

/// Appends the list of sentences. They hold the whole text once more and are most of what `segment` writes, so serde does
/// not write them: it looks at one byte after the other.
pub(super) fn write_sentences(all: &[Sentence], offsets: &Offsets<'_>, out: &mut String) {
    out.push('[');
    for (i, sentence) in all.iter().enumerate() {
        out.push_str(if i == 0 { "{" } else { ",{" });
        write_span(sentence.span, offsets, out);
        if let Some(paragraph) = sentence.paragraph {
            out.push_str(",\"paragraph\":");
            write_number(paragraph, out);
        }
        if let Some(kind) = sentence.kind {
            out.push_str(",\"kind\":");
            write_string(kind.as_str(), out);
        }
        if let Some(label) = sentence.label {
            out.push_str(",\"label\":{");
            write_span(label, offsets, out);
            out.push('}');
        }
        out.push('}');
    }
    out.push(']');
}

fn write_span(span: Span, offsets: &Offsets<'_>, out: &mut String) {
    let (start, end, text) = to_wire(span, offsets);
    out.push_str("\"start\":");
    write_number(start, out);
    out.push_str(",\"end\":");
    write_number(end, out);
    if let Some(text) = text {
        out.push_str(",\"text\":");
        write_string(&text, out);
    }
}

impl WireSentence<'_> {
    pub(super) fn read(&self, offsets: &Offsets<'_>, i: usize) -> Result<Sentence, DocumentError> {
        let path = || format!("sentences[{i}]");
        let span = from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?;
        let label = self.label.as_ref().map(|label| {
            let path = || format!("sentences[{i}].label");
            let found = from_wire(label.start, label.end, label.text.as_deref(), offsets, path)?;
            if found.start != span.start || found.end > span.end {
                let (path, reason) = (path(), "no beginning of its sentence".to_owned());
                return Err(DocumentError::Span { path, reason });
            }
            Ok(found)
        });
        Ok(Sentence {
            span,
            paragraph: self.paragraph,
            kind: self.kind.as_deref().and_then(|kind| kind.parse().ok()),
            label: label.transpose()?,
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

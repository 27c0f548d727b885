//! `summary`.

use super::{items, rounded};
use crate::span::{WireSpan, from_wire, to_wire};
use crate::{CodePoints, DocumentError, Offsets, Origin, Pick, Reason, Said, Summary};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

#[derive(Serialize)]
pub(super) struct WireSummary<'a> {
    text: &'a str,
    sentences: Vec<WirePick<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<Vec<WireSaid<'a>>>,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<WireReason<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<WireOrigin<'a>>,
}

#[derive(Serialize)]
struct WireReason<'a> {
    feature: &'a str,
    #[serde(serialize_with = "rounded")]
    value: f64,
    #[serde(serialize_with = "rounded")]
    contribution: f64,
}

#[derive(Serialize)]
struct WireOrigin<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    start: usize,
    end: usize,
    documents: usize,
    also: &'a [String],
}

#[derive(Serialize)]
struct WireSaid<'a> {
    speaker: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<&'a str>,
    content: Vec<WireSpan<'a>>,
    text: &'a str,
    #[serde(serialize_with = "rounded")]
    score: f64,
    quotations: usize,
}

impl<'a> WireSummary<'a> {
    pub(super) fn new(summary: &'a Summary, offsets: &Offsets<'a>) -> Self {
        let said = |all: &'a Vec<Said>| all.iter().map(|s| WireSaid::new(s, offsets)).collect();
        Self {
            text: &summary.text,
            sentences: summary
                .sentences
                .iter()
                .map(|pick| WirePick::new(pick, offsets))
                .collect(),
            quotes: summary.quotes.as_ref().map(said),
        }
    }
}

impl<'a> WirePick<'a> {
    fn new(pick: &'a Pick, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(pick.span, offsets);
        let reason = |r: &'a Reason| WireReason {
            feature: &r.feature,
            value: r.value,
            contribution: r.contribution,
        };
        let source = |o: &'a Origin| WireOrigin {
            id: o.id.as_deref(),
            date: o.date.as_deref(),
            start: o.code_points.start,
            end: o.code_points.end,
            documents: o.documents,
            also: &o.also,
        };
        Self {
            start,
            end,
            text,
            score: pick.score,
            truncated: pick.truncated,
            why: pick.why.iter().map(reason).collect(),
            source: pick.origin.as_ref().map(source),
        }
    }
}

impl<'a> WireSaid<'a> {
    fn new(said: &'a Said, offsets: &Offsets<'a>) -> Self {
        Self {
            speaker: &said.speaker,
            entity: said.entity.as_deref(),
            quote: said.quote.as_deref(),
            content: said
                .content
                .iter()
                .map(|&span| WireSpan::new(span, offsets))
                .collect(),
            text: &said.text,
            score: said.score,
            quotations: said.quotations,
        }
    }
}

/// The summary as it is read, for showing it. Foreign programs may leave out all but `text`, or even that.
#[derive(Deserialize)]
pub(super) struct ReadSummary<'a> {
    #[serde(default)]
    text: String,
    #[serde(borrow)]
    sentences: Option<&'a RawValue>,
    #[serde(borrow)]
    quotes: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct ReadPick<'a> {
    start: usize,
    end: usize,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(default)]
    score: f64,
    #[serde(default)]
    truncated: bool,
    source: Option<ReadOrigin>,
}

#[derive(Deserialize)]
struct ReadOrigin {
    id: Option<String>,
    date: Option<String>,
    #[serde(default)]
    start: usize,
    #[serde(default)]
    end: usize,
    #[serde(default)]
    documents: usize,
    #[serde(default)]
    also: Vec<String>,
}

#[derive(Deserialize)]
struct ReadSaid<'a> {
    speaker: String,
    entity: Option<String>,
    quote: Option<String>,
    #[serde(borrow, default)]
    content: Vec<WireSpan<'a>>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    score: f64,
    #[serde(default)]
    quotations: usize,
}

impl ReadSummary<'_> {
    /// What fits the text, and what of it does not.
    pub(super) fn read(self, offsets: &Offsets<'_>) -> (Summary, Vec<DocumentError>) {
        let mut wrong = Vec::new();
        let mut summary = Summary {
            text: self.text,
            ..Summary::default()
        };
        if let Some(json) = self.sentences {
            summary.sentences = fitting(json, &mut wrong, |item, i| {
                super::parse::<ReadPick<'_>>("summary", item)?.read(offsets, i)
            });
        }
        if let Some(json) = self.quotes {
            summary.quotes = Some(fitting(json, &mut wrong, |item, i| {
                super::parse::<ReadSaid<'_>>("summary", item)?.read(offsets, i)
            }));
        }
        (summary, wrong)
    }
}

fn fitting<T>(
    json: &RawValue,
    wrong: &mut Vec<DocumentError>,
    read: impl Fn(&str, usize) -> Result<T, DocumentError>,
) -> Vec<T> {
    let items = items("summary", json.get()).unwrap_or_else(|e| {
        wrong.push(e);
        Vec::new()
    });
    let read = items.into_iter().enumerate().map(|(i, item)| read(item, i));
    read.filter_map(|result| result.map_err(|e| wrong.push(e)).ok())
        .collect()
}

impl ReadPick<'_> {
    fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Pick, DocumentError> {
        let path = || format!("summary.sentences[{i}]");
        Ok(Pick {
            span: from_wire(self.start, self.end, self.text.as_deref(), offsets, path)?,
            score: self.score,
            truncated: self.truncated,
            why: Vec::new(),
            origin: self.source.map(|o| Origin {
                id: o.id,
                date: o.date,
                code_points: CodePoints::new(o.start, o.end),
                documents: o.documents,
                also: o.also,
            }),
        })
    }
}

impl ReadSaid<'_> {
    fn read(self, offsets: &Offsets<'_>, i: usize) -> Result<Said, DocumentError> {
        let content = self.content.iter().enumerate().map(|(j, s)| {
            let path = || format!("summary.quotes[{i}].content[{j}]");
            from_wire(s.start, s.end, s.text.as_deref(), offsets, path)
        });
        Ok(Said {
            content: content.collect::<Result<_, _>>()?,
            speaker: self.speaker,
            entity: self.entity,
            quote: self.quote,
            text: self.text,
            score: self.score,
            quotations: self.quotations,
        })
    }
}

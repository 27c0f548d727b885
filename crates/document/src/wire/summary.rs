//! `summary`.

use super::rounded;
use crate::span::{WireSpan, to_wire};
use crate::{Offsets, Origin, Pick, Reason, Said, Summary};
use serde::Serialize;
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
    why: Vec<WireReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<WireOrigin<'a>>,
}

#[derive(Serialize)]
struct WireReason {
    feature: &'static str,
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
        let (start, end, text) = to_wire(&pick.span, offsets);
        let reason = |r: &Reason| WireReason {
            feature: r.feature,
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
                .map(|span| WireSpan::new(span, offsets))
                .collect(),
            text: &said.text,
            score: said.score,
            quotations: said.quotations,
        }
    }
}

//! `summary`.

use super::rounded;
use crate::span::to_wire;
use crate::{Offsets, Pick, Summary};
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub(super) struct WireSummary<'a> {
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
    pub(super) fn new(summary: &'a Summary, offsets: &Offsets<'a>) -> Self {
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

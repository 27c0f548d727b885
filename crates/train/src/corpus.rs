//! Gold documents: what the trainers read of a corpus file, whose lines are records with the corpus's annotations.

use crate::files;
use anyhow::{Context, Result, ensure};
use document::{EntityType, MentionKind, Offsets, Sentence, SentenceKind, Span};
use serde::Deserialize;
use std::path::Path;

/// One annotated document; all spans in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) title: Option<String>,
    /// Empty where the corpus names none.
    pub(crate) genre: String,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) entities: Vec<GoldEntity>,
    pub(crate) quotes: Vec<GoldQuote>,
    /// The reference summaries, the first one first.
    pub(crate) references: Vec<String>,
}

/// A person, body, place … with all its mentions, in the text's order.
#[derive(Debug, Clone)]
pub(crate) struct GoldEntity {
    /// The type as the corpus file writes it, which need not be an [`EntityType`].
    pub(crate) kind: String,
    pub(crate) mentions: Vec<GoldMention>,
}

impl GoldEntity {
    /// MISC where the record has no such type.
    pub(crate) fn entity_type(&self) -> EntityType {
        self.kind.parse().unwrap_or(EntityType::Misc)
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct GoldMention {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
}

/// A quotation's parts.
#[derive(Debug, Clone)]
pub(crate) struct GoldQuote {
    pub(crate) content: Vec<Span>,
    pub(crate) cue: Vec<Span>,
    pub(crate) source: Vec<Span>,
}

#[derive(Deserialize)]
struct Wire {
    id: String,
    text: String,
    title: Option<String>,
    genre: Option<String>,
    #[serde(default)]
    sentences: Vec<WireSpan>,
    #[serde(default)]
    entities: Vec<WireEntity>,
    #[serde(default)]
    quotes: Vec<WireQuote>,
    summary: Option<WireSummary>,
    references: Option<Vec<String>>,
}

/// In code points, as all offsets of a record.
#[derive(Deserialize)]
struct WireSpan {
    start: usize,
    end: usize,
    kind: Option<String>,
    paragraph: Option<usize>,
}

#[derive(Deserialize)]
struct WireEntity {
    #[serde(rename = "type")]
    kind: String,
    mentions: Vec<WireSpan>,
    /// Mentions that are neither names nor pronouns (GUM).
    #[serde(default)]
    nominal: Vec<WireSpan>,
}

#[derive(Deserialize)]
struct WireQuote {
    #[serde(default)]
    content: Vec<WireSpan>,
    #[serde(default)]
    cue: Vec<WireSpan>,
    #[serde(default)]
    source: Vec<WireSpan>,
}

#[derive(Deserialize)]
struct WireSummary {
    text: String,
}

/// Reads a corpus file; an error names the file and the line.
pub(crate) fn read(path: &Path) -> Result<Vec<Gold>> {
    files::read_text(path)?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| parse(line).with_context(|| format!("{}:{}", path.display(), n + 1)))
        .collect()
}

/// Reads one line of a corpus file.
pub(crate) fn parse(line: &str) -> Result<Gold> {
    let wire: Wire = serde_json::from_str(line)?;
    let offsets = Offsets::new(&wire.text);
    let sentence = |w: &WireSpan| {
        let kind: Option<SentenceKind> = w.kind.as_deref().and_then(|kind| kind.parse().ok());
        let sentence = Sentence::new(span(w, &offsets)?);
        Ok(sentence.with_paragraph(w.paragraph).with_kind(kind))
    };
    let sentences = wire.sentences.iter().map(sentence);
    let entities = wire.entities.into_iter().map(|e| e.gold(&offsets));
    let quote = |q: &WireQuote| {
        Ok(GoldQuote {
            content: spans(&q.content, &offsets)?,
            cue: spans(&q.cue, &offsets)?,
            source: spans(&q.source, &offsets)?,
        })
    };
    let quotes = wire.quotes.iter().map(quote);
    Ok(Gold {
        sentences: sentences.collect::<Result<_>>()?,
        entities: entities.collect::<Result<_>>()?,
        quotes: quotes.collect::<Result<_>>()?,
        references: wire
            .references
            .unwrap_or_else(|| wire.summary.into_iter().map(|s| s.text).collect()),
        id: wire.id,
        title: wire.title,
        genre: wire.genre.unwrap_or_default(),
        text: wire.text,
    })
}

fn span(wire: &WireSpan, offsets: &Offsets) -> Result<Span> {
    let WireSpan { start, end, .. } = *wire;
    ensure!(
        start <= end,
        "a span ends at {end}, before its start {start}"
    );
    let byte = |point| {
        let byte = offsets.to_bytes(point);
        byte.with_context(|| format!("a span reaches to {point}, which is after the text"))
    };
    Ok(Span::new(byte(start)?, byte(end)?))
}

fn spans(wire: &[WireSpan], offsets: &Offsets) -> Result<Vec<Span>> {
    wire.iter().map(|w| span(w, offsets)).collect()
}

impl WireEntity {
    fn gold(self, offsets: &Offsets) -> Result<GoldEntity> {
        let mention = |w: &WireSpan, default| {
            let kind = w.kind.as_deref().and_then(|kind| kind.parse().ok());
            Ok(GoldMention {
                span: span(w, offsets)?,
                kind: kind.unwrap_or(default),
            })
        };
        let named = self.mentions.iter().map(|w| mention(w, MentionKind::Name));
        let nominal = self
            .nominal
            .iter()
            .map(|w| mention(w, MentionKind::Nominal));
        let mut mentions = named.chain(nominal).collect::<Result<Vec<_>>>()?;
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        Ok(GoldEntity {
            kind: self.kind,
            mentions,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impossible_span_is_an_error() {
        for (start, end) in [(2, 1), (0, 5), (9, 9)] {
            let line = format!(
                r#"{{"id":"d","text":"Été.","quotes":[{{"cue":[{{"start":{start},"end":{end}}}]}}]}}"#
            );
            assert!(parse(&line).is_err(), "{start} {end}");
        }
        let line = r#"{"id":"d","text":"Été.","quotes":[{"cue":[{"start":0,"end":3}]}]}"#;
        assert_eq!(parse(line).unwrap().quotes[0].cue, [Span::new(0, 5)]);
    }
}

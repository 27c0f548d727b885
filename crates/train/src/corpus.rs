//! Gold documents: the record's own format, with what the corpora add to it.

use anyhow::{Context, Result};
use document::{
    Entity, EntityType, Mention, MentionKind, Offsets, Quote, QuoteType, Sentence, SentenceKind,
    Span, Speaker,
};
use serde::Deserialize;
use std::path::Path;

/// One annotated document; all spans in bytes.
#[derive(Debug, Clone)]
pub struct Gold {
    pub id: String,
    pub text: String,
    pub title: Option<String>,
    pub date: Option<String>,
    /// Empty where the corpus names none.
    pub genre: String,
    pub sentences: Vec<Sentence>,
    pub entities: Vec<GoldEntity>,
    pub quotes: Vec<Quote>,
    /// The reference summaries, the first one first.
    pub references: Vec<String>,
}

/// An entity with the corpus's own type name, which need not be one of [`EntityType`].
#[derive(Debug, Clone)]
pub struct GoldEntity {
    pub entity: Entity,
    /// The project's type as the corpus file writes it; `entity.kind` is MISC where the record has no such type.
    pub kind: String,
    pub native: String,
}

#[derive(Deserialize)]
struct Wire {
    id: String,
    text: String,
    title: Option<String>,
    date: Option<String>,
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

#[derive(Deserialize)]
struct WireSpan {
    start: usize,
    end: usize,
    kind: Option<String>,
    paragraph: Option<usize>,
}

#[derive(Deserialize)]
struct WireEntity {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    native: serde_json::Value,
    name: Option<String>,
    mentions: Vec<WireSpan>,
    /// Mentions that are neither names nor pronouns (GUM).
    #[serde(default)]
    nominal: Vec<WireSpan>,
}

#[derive(Deserialize)]
struct WireQuote {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    content: Vec<WireSpan>,
    #[serde(default)]
    cue: Vec<WireSpan>,
    #[serde(default)]
    source: Vec<WireSpan>,
    #[serde(default)]
    speaker: serde_json::Value,
    #[serde(default)]
    polarity: serde_json::Value,
}

#[derive(Deserialize)]
struct WireSummary {
    text: String,
}

/// Reads a corpus file; an error names its line.
pub fn read(path: &Path) -> Result<Vec<Gold>> {
    let file = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    file.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| parse(line).with_context(|| format!("{}:{}", path.display(), n + 1)))
        .collect()
}

/// Reads one line of a corpus file.
pub fn parse(line: &str) -> Result<Gold> {
    gold(serde_json::from_str(line)?)
}

fn gold(wire: Wire) -> Result<Gold> {
    let offsets = Offsets::new(&wire.text);
    let span = |w: &WireSpan| -> Result<Span> {
        let start = offsets
            .to_bytes(w.start)
            .context("span starts after the text")?;
        let end = offsets
            .to_bytes(w.end)
            .context("span ends after the text")?;
        Ok(Span::new(start, end))
    };
    let spans = |ws: &[WireSpan]| ws.iter().map(span).collect::<Result<Vec<_>>>();
    let sentences = wire
        .sentences
        .iter()
        .map(|w| {
            Ok(Sentence {
                span: span(w)?,
                paragraph: w.paragraph,
                kind: w.kind.as_deref().and_then(SentenceKind::parse),
            })
        })
        .collect::<Result<_>>()?;
    let entities = wire
        .entities
        .iter()
        .map(|e| {
            let mut mentions = Vec::new();
            for (all, default) in [
                (&e.mentions, MentionKind::Name),
                (&e.nominal, MentionKind::Nominal),
            ] {
                for m in all {
                    mentions.push(Mention {
                        span: span(m)?,
                        kind: m
                            .kind
                            .as_deref()
                            .and_then(MentionKind::parse)
                            .unwrap_or(default),
                        score: None,
                    });
                }
            }
            mentions.sort_by_key(|m| (m.span.start, m.span.end));
            Ok(GoldEntity {
                kind: e.kind.clone(),
                native: e.native.as_str().unwrap_or_default().to_owned(),
                entity: Entity {
                    id: e.id.clone(),
                    kind: EntityType::parse(&e.kind).unwrap_or(EntityType::Misc),
                    name: e.name.clone().unwrap_or_default(),
                    mentions,
                    country: None,
                    value: None,
                    unit: None,
                },
            })
        })
        .collect::<Result<_>>()?;
    let quotes = wire
        .quotes
        .iter()
        .enumerate()
        .map(|(i, q)| {
            let name = match &q.speaker {
                serde_json::Value::String(name) => Some(name.clone()),
                other => other
                    .get("name")
                    .and_then(|n| n.as_str())
                    .map(str::to_owned),
            };
            Ok(Quote {
                id: format!("q{}", i + 1),
                kind: q
                    .kind
                    .as_deref()
                    .and_then(QuoteType::parse)
                    .unwrap_or(QuoteType::Indirect),
                content: spans(&q.content)?,
                cue: spans(&q.cue)?,
                source: spans(&q.source)?,
                speaker: name.map(|name| Speaker { name, entity: None }),
                score: None,
                denied: q.polarity.as_str() == Some("negative"),
            })
        })
        .collect::<Result<_>>()?;
    let references = wire
        .references
        .unwrap_or_else(|| wire.summary.into_iter().map(|s| s.text).collect());
    Ok(Gold {
        id: wire.id,
        title: wire.title,
        date: wire.date,
        genre: wire.genre.unwrap_or_default(),
        sentences,
        entities,
        quotes,
        references,
        text: wire.text,
    })
}

//! What the library makes of gold documents, as records for a scorer.

use crate::corpus::{self, Gold};
use anyhow::{Context, Result};
use document::{Entity, EntityType, MentionKind, Offsets, Span, Value};
use entities::{Input, Recognizer};
use segment::Segmenter;
use serde_json::json;
use std::io::Write;
use std::path::Path;
use text::Reading;

/// The entities that the recognizer finds in the texts of a file, with the model of another file or its own.
pub fn tag(gold: &Path, model: Option<&Path>, out: &mut impl Write) -> Result<()> {
    let recognizer = match model {
        Some(model) => Recognizer::from_bytes(std::fs::read(model)?)?,
        None => Recognizer::fast(),
    };
    for document in corpus::read(gold)? {
        let found = Segmenter::new().segment(&segment::Input {
            date: document.date.as_deref(),
            ..segment::Input::new(&document.text)
        });
        let reading = Reading::new(&document.text, found.sentences);
        let entities = recognizer.entities(&Input {
            date: document.date.as_deref().or(found.date.as_deref()),
            dateline: found.dateline.as_ref(),
            ..Input::new(&reading)
        });
        write(&document, entities, out)?;
    }
    Ok(())
}

/// The gold names of a file, linked anew: how well linking does alone. Names and values count alike, as GUM links its
/// dates too.
pub fn link_gold(gold: &Path, out: &mut impl Write) -> Result<()> {
    for document in corpus::read(gold)? {
        let names: Vec<(Span, EntityType)> = document
            .entities
            .iter()
            .flat_map(|e| {
                let names = e.entity.mentions.iter();
                names
                    .filter(|m| m.kind != MentionKind::Nominal)
                    .map(|m| (m.span, e.entity.kind))
            })
            .collect();
        let linked = entities::link(
            &Reading::new(&document.text, &document.sentences[..]),
            &names,
        );
        write(&document, linked, out)?;
    }
    Ok(())
}

fn write(document: &Gold, entities: Vec<Entity>, out: &mut impl Write) -> Result<()> {
    let text = document.text.as_str();
    let offsets = Offsets::new(text);
    let mut records = Vec::new();
    for entity in entities {
        let mut mentions = Vec::new();
        for mention in entity.mentions {
            let point = |byte| offsets.to_code_points(byte).context("a span off its text");
            mentions.push(json!({
                "start": point(mention.span.start)?,
                "end": point(mention.span.end)?,
                "text": &text[mention.span],
                "kind": mention.kind.as_str(),
            }));
        }
        records.push(json!({
            "id": entity.id,
            "type": entity.kind.as_str(),
            "name": entity.name,
            "country": entity.country,
            "value": match &entity.value {
                Some(Value::Iso(iso)) => json!(iso),
                Some(Value::Number(number)) => json!(number),
                None => json!(null),
            },
            "unit": entity.unit,
            "mentions": mentions,
        }));
    }
    let record = json!({"id": document.id, "text": text, "entities": records});
    writeln!(out, "{record}")?;
    Ok(())
}

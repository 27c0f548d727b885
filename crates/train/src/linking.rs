//! How well linking does on names that are known: `train link-gold GOLD`.
//!
//! Writes a record for each gold document, its own names linked by the library, for a scorer to compare with the gold
//! entities. Names and values of the corpora count alike: GUM links its dates too.

use crate::corpus;
use anyhow::{Context, Result};
use document::{EntityType, MentionKind, Offsets, Span};
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// Writes the gold documents of a file, linked anew.
pub fn link_gold(gold: &Path, out: &mut impl Write) -> Result<()> {
    for document in corpus::read(gold)? {
        let names: Vec<(Span, EntityType)> = document
            .entities
            .iter()
            .flat_map(|e| {
                let names = e
                    .entity
                    .mentions
                    .iter()
                    .filter(|m| m.kind != MentionKind::Nominal);
                names.map(|m| (m.span.clone(), e.entity.kind))
            })
            .collect();
        let text = document.text.as_str();
        let offsets = Offsets::new(text);
        let mut entities = Vec::new();
        for entity in entities::link(text, &document.sentences, &names) {
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
            entities.push(json!({
                "id": entity.id,
                "type": entity.kind.as_str(),
                "name": entity.name,
                "mentions": mentions,
            }));
        }
        let record = json!({"id": document.id, "text": text, "entities": entities});
        writeln!(out, "{record}")?;
    }
    Ok(())
}

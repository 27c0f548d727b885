//! Gold names linked into entities anew: shows how good linking alone is.

use crate::corpus;
use anyhow::{Context, Result};
use document::{Annotation, Document, EntityType, MentionKind, Provenance, Record, Span};
use std::io::Write;
use std::path::Path;
use text::Reading;

const BY: Provenance = Provenance::new("link-gold", "");

/// Writes the documents of a corpus file with nothing but their text and the linked entities, as JSON Lines: what a scorer
/// compares with the file. Names and values count alike, as GUM links its dates too.
pub(crate) fn link_gold(gold: &Path, out: &mut impl Write) -> Result<()> {
    for gold in corpus::read(gold)? {
        let mut names: Vec<(Span, EntityType)> = Vec::new();
        for entity in &gold.entities {
            let mentions = entity.mentions.iter();
            let named = mentions.filter(|m| m.kind != MentionKind::Nominal);
            names.extend(named.map(|m| (m.span, entity.entity_type())));
        }
        let reading = Reading::new(&gold.text, &gold.sentences[..]);
        let entities = entities::link(&reading, &names);
        let record = serde_json::json!({ "id": gold.id, "text": gold.text }).to_string();
        let record = Record::parse(&record)?;
        let text = record.text()?;
        let mut line = String::new();
        let annotations = [Annotation::Entities(entities)];
        Document::new(&record, &text).write(&BY, &annotations, &mut line)?;
        writeln!(out, "{line}").context("standard output")?;
    }
    Ok(())
}

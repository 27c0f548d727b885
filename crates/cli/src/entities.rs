//! `entities`: names and values.

use crate::Tool;
use crate::flags::{FormatFlags, Lines, StreamFlags, read_list};
use crate::language::other_language;
use crate::line::Line;
use crate::model::ModelFlags;
use crate::structure::structure;
use anyhow::{Context, Result};
use clap::{Parser, ValueHint};
use document::{Annotation, Document, DocumentError, EntityType, MentionKind, Provenance};
use entities::{Gazetteer, Input, Recognizer};
use std::path::PathBuf;
use std::sync::Arc;
use stream::{Output, Stage, Verdict};

/// Find names and values in news text, and link those that are the same
///
/// Adds `entities`: people, organisations, places, peoples and other names, dates, times and amounts, each with every
/// mention in the text, and with a country or a normalised value where there is one.
#[derive(Debug, Parser)]
#[command(name = "entities", after_long_help = EXAMPLES)]
pub struct Entities {
    #[command(flatten)]
    stream: StreamFlags,

    #[command(flatten)]
    format: FormatFlags,

    #[command(flatten)]
    shared: ModelFlags,

    /// Names to find for certain: a TSV file with a name, its type and, if wanted, an id, one a line
    #[arg(long, value_name = "FILE", help_heading = "Input", value_hint = ValueHint::FilePath)]
    gazetteer: Option<PathBuf>,

    /// Only these types, such as PERSON,ORG
    #[arg(
        long = "type",
        alias = "types",
        value_name = "TYPE,…",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    types: Vec<EntityType>,
}

const EXAMPLES: &str = "\
Examples:
  Who is in the news:
    $ entities --type PERSON --format tsv examples/*.txt

  Which countries each article is about:
    $ entities examples/*.txt |
      jq -c '[.id, ([.entities[].country // empty] | unique)]'";

impl Tool for Entities {
    fn stream(&self) -> &StreamFlags {
        &self.stream
    }

    fn output(&self) -> Output {
        self.format.output()
    }

    fn model() -> Option<&'static str> {
        Some(ModelFlags::BUILT_IN)
    }

    fn stage(&self) -> Result<Arc<dyn Stage>> {
        let mut recognizer =
            self.shared
                .load(Recognizer::new, Recognizer::fast, Recognizer::from_bytes)?;
        if let Some(path) = &self.gazetteer {
            let gazetteer = Gazetteer::parse(&read_list("--gazetteer", path)?);
            let named = || format!("--gazetteer {}", path.display());
            recognizer = recognizer.with_gazetteer(gazetteer.with_context(named)?);
        }
        Ok(Arc::new(EntitiesStage {
            provenance: Provenance {
                tool: "entities",
                version: env!("CARGO_PKG_VERSION"),
                model: Some(self.shared.name()),
            },
            recognizer,
            types: self.types.clone(),
            min_score: self.shared.min_score,
            any_lang: self.shared.any_lang,
            batch_bytes: self.shared.batch_bytes(),
            lines: self.format.lines().unwrap_or(Lines::Text),
        }))
    }
}

struct EntitiesStage {
    provenance: Provenance,
    recognizer: Recognizer,
    types: Vec<EntityType>,
    min_score: f64,
    any_lang: bool,
    batch_bytes: usize,
    lines: Lines,
}

impl Stage for EntitiesStage {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn batch_bytes(&self) -> usize {
        self.batch_bytes
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        if !self.any_lang
            && let Some(why) = other_language("entities", document)
        {
            return Ok(Verdict::PassedOn(why));
        }
        let structure = structure(document)?;
        // Header lines are read with the rest of the text; but spans of theirs that do not fit mean that offsets are wrong.
        document.metadata()?;
        let date = document.string("date").map(String::from).or(structure.date);
        let dateline = document.dateline()?.or(structure.dateline);
        let mut entities = self.recognizer.entities(&Input {
            date: date.as_deref(),
            dateline: dateline.as_ref(),
            ..Input::new(&structure.reading)
        });
        if !self.types.is_empty() {
            entities.retain(|e| self.types.contains(&e.kind));
        }
        if self.min_score > 0.0 {
            for entity in &mut entities {
                entity
                    .mentions
                    .retain(|m| m.score.is_none_or(|score| score >= self.min_score));
            }
            entities.retain(|e| {
                let named = |m: &document::Mention| {
                    matches!(m.kind, MentionKind::Name | MentionKind::Value)
                };
                e.mentions.iter().any(named)
            });
        }
        Ok(Verdict::Annotated(vec![Annotation::Entities(entities)]))
    }

    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String) {
        let Some(Annotation::Entities(entities)) = annotations.first() else {
            return;
        };
        for entity in entities {
            Line::new(self.lines, document, out)
                .cell(entity.kind.as_str())
                .cell(&entity.name)
                .cell(&entity.mentions.len().to_string())
                .end();
        }
    }
}

//! `summarize --across`: one summary of all documents.

use super::with_input;
use crate::flags::Lines;
use crate::line::Line;
use document::{Annotation, Document, DocumentError, Pick, Provenance, Record, Summary};
use std::sync::{Mutex, PoisonError};
use stream::{Stage, Verdict};
use summarize::{Across, FromDocument, Summarizer};

/// Collects documents, and gives their summary after the last one.
pub(super) struct AcrossStage {
    provenance: Provenance,
    collected: Mutex<Across>,
    keeps_documents: bool,
    lines: Option<Lines>,
}

impl AcrossStage {
    pub(super) fn new(
        provenance: Provenance,
        summarizer: Summarizer,
        keeps_documents: bool,
        lines: Option<Lines>,
    ) -> Self {
        Self {
            provenance,
            collected: Mutex::new(Across::new(summarizer)),
            keeps_documents,
            lines,
        }
    }

    /// The summary as a record, so that every tool can go on from it: its text is what the summary's sentences are of.
    fn record(&self, summary: Summary, documents: usize) -> Result<String, DocumentError> {
        let text = serde_json::Value::from(summary.text.as_str());
        let new = format!(r#"{{"id":"across","documents":{documents},"text":{text}}}"#);
        let record = Record::parse(&new)?;
        let text = record.text()?;
        let mut line = String::new();
        let annotations = [Annotation::Summary(summary)];
        Document::new(&record, &text).write(&self.provenance, &annotations, &mut line)?;
        line.push('\n');
        Ok(line)
    }
}

impl Stage for AcrossStage {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        let from = FromDocument {
            id: document
                .string("id")
                .or_else(|| document.string("url"))
                .map(Into::into),
            // Only ISO 8601 sorts by time.
            date: document
                .string("date")
                .filter(|d| is_iso(d))
                .map(Into::into),
        };
        with_input(document, None, |input| {
            // A document in which the work panicked has added nothing, or whole sentences: both are sound.
            let mut collected = self
                .collected
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            collected.add(&from, input);
        })?;
        Ok(Verdict::Collected {
            kept: self.keeps_documents,
        })
    }

    fn print(&self, _: &Document<'_>, _: &[Annotation], _: &mut String) {}

    fn needs_order(&self) -> bool {
        true
    }

    fn finish(&self) -> Option<String> {
        let mut collected = self
            .collected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let across = collected.take();
        let documents = across.documents();
        let summary = across.finish();
        let Some(lines) = self.lines else {
            return self.record(summary, documents).ok();
        };
        let mut out = String::new();
        for pick in &summary.sentences {
            print(pick, &summary.text, lines, &mut out);
        }
        Some(out)
    }
}

fn print(pick: &Pick, text: &str, lines: Lines, out: &mut String) {
    let origin = pick.origin.as_ref();
    let id = origin.and_then(|o| o.id.as_deref()).unwrap_or_default();
    let date = origin.and_then(|o| o.date.as_deref()).unwrap_or_default();
    let sentence = &text[pick.span];
    let mut line = Line::unnamed(lines, out);
    match lines {
        Lines::Tsv => line
            .cell(id)
            .cell(date)
            .cell(&format!("{:.4}", pick.score))
            .cell(sentence),
        Lines::Text => {
            let source: Vec<&str> = [id, date].into_iter().filter(|s| !s.is_empty()).collect();
            line.cell(sentence);
            if source.is_empty() {
                &mut line
            } else {
                line.cell(&format!("({})", source.join(", ")))
            }
        }
    };
    line.end();
}

/// Whether a date begins with a year of four digits.
fn is_iso(date: &str) -> bool {
    let bytes = date.as_bytes();
    bytes.len() >= 4
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes.get(4).is_none_or(|&b| b == b'-')
}

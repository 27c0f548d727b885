//! `segment`: paragraphs and sentences.

use crate::Tool;
use crate::flags::{FormatFlags, Lines, StreamFlags, read_list};
use crate::line::Line;
use anyhow::Result;
use clap::{Parser, ValueHint};
use document::{Annotation, Document, DocumentError, Provenance};
use segment::Segmenter;
use std::path::PathBuf;
use std::sync::Arc;
use stream::{Output, Pieces, Stage, Verdict};

/// Find paragraphs and sentences in news text
///
/// Adds `sentences` (with paragraph, with kind where it is not running text, and with label where it begins with the
/// name of who speaks), `metadata` (header lines that belong to no sentence), `dateline` and, where the record has none
/// and the text has one, `date`. The record's `lang` says whose abbreviations and ordinal numbers the text has, where
/// they are not those of English; kinds are learnt from English pages, and dates are read in English or in figures.
#[derive(Debug, Parser)]
#[command(name = "segment", after_long_help = EXAMPLES)]
pub struct Segment {
    #[command(flatten)]
    stream: StreamFlags,

    #[command(flatten)]
    format: FormatFlags,

    /// Further abbreviations, one a line, as they are written: their full stop ends no sentence
    #[arg(long, value_name = "FILE", help_heading = "Input", value_hint = ValueHint::FilePath)]
    abbreviations: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  One sentence a line:
    $ segment --format text examples/summit.txt

  The longest sentence of each article:
    $ segment examples/*.txt | jq -r '.sentences | max_by(.end - .start).text'";

impl Tool for Segment {
    fn stream(&self) -> &StreamFlags {
        &self.stream
    }

    fn output(&self) -> Output {
        self.format.output()
    }

    fn stage(&self) -> Result<Arc<dyn Stage>> {
        let mut segmenter = Segmenter::new();
        if let Some(path) = &self.abbreviations {
            let list = read_list("--abbreviations", path)?;
            let lines = list.lines().map(str::trim);
            segmenter = segmenter.with_abbreviations(lines.filter(|line| !line.is_empty()));
        }
        Ok(Arc::new(SegmentStage {
            provenance: Provenance::new("segment", env!("CARGO_PKG_VERSION")),
            segmenter,
            lines: self.format.lines().unwrap_or(Lines::Text),
        }))
    }
}

impl Pieces for SegmentStage {
    fn len(&self, text: &str, first: bool, at_end: bool) -> Option<usize> {
        Some(self.stream(first).next(text, at_end)?.len)
    }

    fn print(&self, piece: &str, first: bool, out: &mut String) {
        if let Some(found) = self.stream(first).next(piece, true) {
            for span in found.sentences {
                Line::unnamed(self.lines, out).cell(&piece[span]).end();
            }
        }
    }
}

impl SegmentStage {
    fn stream(&self, first: bool) -> segment::Stream<'_> {
        if first {
            self.segmenter.stream()
        } else {
            self.segmenter.stream_on()
        }
    }
}

struct SegmentStage {
    provenance: Provenance,
    segmenter: Segmenter,
    lines: Lines,
}

impl Stage for SegmentStage {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        let date = document.string("date");
        let lang = document.string("lang");
        let found = self.segmenter.segment(&segment::Input {
            date: date.as_deref(),
            lang: lang.as_deref(),
            ..segment::Input::new(document.text())
        });
        let mut annotations = vec![
            Annotation::Sentences(found.sentences),
            Annotation::Metadata(found.metadata),
            Annotation::Dateline(found.dateline),
        ];
        if let (Some(date), false) = (found.date, document.has("date")) {
            annotations.push(Annotation::Date(date));
        }
        Ok(Verdict::Annotated(annotations))
    }

    fn pieces(&self) -> Option<&dyn Pieces> {
        // In TSV a line has its paragraph's number, for which all of the text before it is needed.
        (self.lines == Lines::Text).then_some(self)
    }

    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String) {
        let Some(Annotation::Sentences(sentences)) = annotations.first() else {
            return;
        };
        for sentence in sentences {
            let mut line = Line::new(self.lines, document, out);
            if self.lines == Lines::Tsv {
                let paragraph = sentence.paragraph.map(|p| p.to_string());
                line.cell(&paragraph.unwrap_or_default());
                line.cell(sentence.kind.map_or("", |k| k.as_str()));
            }
            line.cell(&document.text()[sentence.span]).end();
        }
    }
}

//! `quotes`: who said what.

use crate::Tool;
use crate::flags::{FormatFlags, Lines, StreamFlags};
use crate::language::other_language;
use crate::line::Line;
use crate::mode::ModeFlag;
use crate::model::ModelFlags;
use crate::structure::structure;
use anyhow::{Result, anyhow};
use clap::Parser;
use document::{Annotation, Document, DocumentError, Provenance, Quote, QuoteType};
use quotes::{Extractor, Input};
use regex::{Regex, RegexBuilder};
use std::sync::Arc;
use stream::{Output, Stage, Verdict};

/// Find out who said what in news text
///
/// Adds `quotes`: direct, indirect and mixed quotations, speech or thought, with their content, the words that attribute
/// them (cue), whom the text names as the source, and the speaker: that source's fullest name in the document, or null
/// where it is not sure.
#[derive(Debug, Parser)]
#[command(name = "quotes", after_long_help = EXAMPLES)]
pub struct Quotes {
    #[command(flatten)]
    stream: StreamFlags,

    #[command(flatten)]
    format: FormatFlags,

    #[command(flatten)]
    shared: ModelFlags,

    /// Only quotations whose speaker's name matches this regular expression (case does not matter)
    #[arg(long, value_name = "REGEX", help_heading = "Output")]
    speaker: Option<String>,

    /// Only quotations of these types: direct, indirect, mixed
    #[arg(
        long = "type",
        value_name = "TYPE,…",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    types: Vec<QuoteType>,

    /// Only speech, or only thoughts; all: what is neither too, such as “the board backs the plan” [default: speech and
    /// thoughts]
    #[arg(long, value_enum, value_name = "MODE", help_heading = "Output")]
    mode: Option<ModeFlag>,

    /// Only quotations in quotation marks throughout; short for --type direct
    #[arg(long, conflicts_with = "types", help_heading = "Output")]
    direct_only: bool,
}

const EXAMPLES: &str = "\
Examples:
  Who said what, for reading:
    $ quotes --format text examples/summit.txt

  A loop over quotations:
    $ quotes --direct-only --format tsv examples/*.txt | tr '\\t' '\\037' |
      while IFS=\"$(printf '\\037')\" read -r id speaker type quotation
      do printf '%s, in %s: %s\\n' \"${speaker:-somebody}\" \"$id\" \"$quotation\"
      done

  How often each speaker is quoted:
    $ quotes examples/*.txt | jq -r '.quotes[].speaker.name // \"(not sure)\"' |
      sort | uniq -c | sort -rn";

impl Tool for Quotes {
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
        let speaker = match &self.speaker {
            Some(pattern) => {
                let regex = RegexBuilder::new(pattern).case_insensitive(true).build();
                Some(regex.map_err(|e| anyhow!("--speaker {pattern}: {}", reason(&e)))?)
            }
            None => None,
        };
        let types = if self.direct_only {
            vec![QuoteType::Direct]
        } else {
            self.types.clone()
        };
        Ok(Arc::new(QuotesStage {
            provenance: Provenance {
                tool: "quotes",
                version: env!("CARGO_PKG_VERSION"),
                model: Some(self.shared.name()),
            },
            extractor: self
                .shared
                .load(Extractor::new, Extractor::fast, Extractor::from_bytes)?,
            speaker,
            types,
            mode: self.mode,
            min_score: self.shared.min_score,
            any_lang: self.shared.any_lang,
            batch_bytes: self.shared.batch_bytes(),
            lines: self.format.lines().unwrap_or(Lines::Text),
        }))
    }
}

struct QuotesStage {
    provenance: Provenance,
    extractor: Extractor,
    speaker: Option<Regex>,
    types: Vec<QuoteType>,
    mode: Option<ModeFlag>,
    min_score: f64,
    any_lang: bool,
    batch_bytes: usize,
    lines: Lines,
}

impl QuotesStage {
    fn wanted(&self, quote: &Quote) -> bool {
        let speaker = quote.speaker.as_ref().map(|s| s.name.as_str());
        (self.types.is_empty() || self.types.contains(&quote.kind))
            && self.mode.is_none_or(|mode| mode.shows(quote.mode))
            && self
                .speaker
                .as_ref()
                .is_none_or(|regex| speaker.is_some_and(|name| regex.is_match(name)))
            && quote.score.is_none_or(|score| score >= self.min_score)
    }
}

impl Stage for QuotesStage {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn batch_bytes(&self) -> usize {
        self.batch_bytes
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        if !self.any_lang
            && let Some(why) = other_language("quotes", document)
        {
            return Ok(Verdict::PassedOn(why));
        }
        let structure = structure(document)?;
        let entities = document.entities()?;
        let mut quotes = self.extractor.quotes(&Input {
            entities: entities.as_deref(),
            dateline: structure.dateline.as_ref(),
            attitudes: self.mode == Some(ModeFlag::All),
            ..Input::new(&structure.reading)
        });
        quotes.retain(|quote| self.wanted(quote));
        Ok(Verdict::Annotated(vec![Annotation::Quotes(quotes)]))
    }

    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String) {
        let Some(Annotation::Quotes(quotes)) = annotations.first() else {
            return;
        };
        for quote in quotes {
            let speaker = quote.speaker.as_ref().map_or("", |s| s.name.as_str());
            let mut line = Line::new(self.lines, document, out);
            match self.lines {
                Lines::Tsv => line.cell(speaker).cell(quote.kind.as_str()),
                // For reading, the words of the text are better than nothing where the speaker is not sure.
                Lines::Text if speaker.is_empty() => {
                    let source: Vec<&str> =
                        quote.source.iter().map(|s| &document.text()[*s]).collect();
                    line.cell(&format!("[{}]", source.join(" … ")))
                }
                Lines::Text => line.cell(&format!("{speaker}:")),
            };
            line.spans(&quote.content, document).end();
        }
    }
}

/// What is wrong with a regular expression, on one line: crate regex shows the place in several.
fn reason(error: &regex::Error) -> String {
    let message = error.to_string();
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

//! `summarize`: the sentences that tell the story.

use crate::Tool;
use crate::flags::{Lines, StreamFlags};
use crate::line::Line;
use anyhow::Result;
use clap::{Args, Parser};
use document::{Annotation, Document, DocumentError, Tool as Provenance};
use std::sync::Arc;
use stream::{Stage, Verdict};
use summarize::{Budget, Input, Summarizer};

/// Pick the sentences of a news text that tell the story
///
/// Adds `summary`: whole sentences, in the order of the text, never more than was asked for. `sentences`, `quotes`,
/// `entities` and `title` are used where the record has them.
#[derive(Debug, Parser)]
#[command(name = "summarize", after_long_help = EXAMPLES)]
pub struct Summarize {
    #[command(flatten)]
    stream: StreamFlags,

    #[command(flatten)]
    budget: BudgetFlags,
}

/// How long a summary may be.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct BudgetFlags {
    /// At most N sentences [default: 3]
    #[arg(long, value_name = "N")]
    sentences: Option<usize>,

    /// At most N words (pieces between white space)
    #[arg(long, value_name = "N")]
    words: Option<usize>,

    /// At most N characters (Unicode code points)
    #[arg(long, value_name = "N")]
    chars: Option<usize>,

    /// At most this share of the text's words
    #[arg(long, value_name = "0…1", value_parser = ratio)]
    ratio: Option<f64>,
}

const EXAMPLES: &str = "\
Examples:
  The story in two sentences:
    $ summarize --sentences 2 --format text examples/summit.txt

  A line of at most 30 words for each article:
    $ summarize --words 30 examples/*.txt | jq -r '[.id, .summary.text] | @tsv'

Exit codes: 0 all well, 1 some records were bad, 2 trouble with usage, input or output.";

impl Tool for Summarize {
    fn stream(&self) -> &StreamFlags {
        &self.stream
    }

    fn stage(&self) -> Result<Arc<dyn Stage>> {
        Ok(Arc::new(SummarizeStage {
            tool: Provenance {
                name: "summarize",
                version: env!("CARGO_PKG_VERSION"),
                model: None,
            },
            summarizer: Summarizer::new(self.budget.budget()),
            lines: self.stream.lines().unwrap_or(Lines::Text),
        }))
    }
}

impl BudgetFlags {
    fn budget(&self) -> Budget {
        if let Some(n) = self.sentences {
            Budget::Sentences(n)
        } else if let Some(n) = self.words {
            Budget::Words(n)
        } else if let Some(n) = self.chars {
            Budget::Chars(n)
        } else if let Some(share) = self.ratio {
            Budget::Ratio(share)
        } else {
            Budget::Sentences(3)
        }
    }
}

struct SummarizeStage {
    tool: Provenance,
    summarizer: Summarizer,
    lines: Lines,
}

impl Stage for SummarizeStage {
    fn tool(&self) -> &Provenance {
        &self.tool
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        let title = document.string("title");
        let sentences = document.sentences()?;
        let entities = document.entities()?;
        let quotes = document.quotes()?;
        let summary = self.summarizer.summarize(&Input {
            text: document.text(),
            title: title.as_deref(),
            sentences: sentences.as_deref(),
            entities: entities.as_deref(),
            quotes: quotes.as_deref(),
        });
        Ok(Verdict::Annotated(vec![Annotation::Summary(summary)]))
    }

    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String) {
        let Some(Annotation::Summary(summary)) = annotations.first() else {
            return;
        };
        for pick in &summary.sentences {
            let mut line = Line::new(self.lines, document, out);
            if self.lines == Lines::Tsv {
                line.cell(&format!("{:.4}", pick.score));
            }
            let text = &document.text()[pick.span.clone()];
            let ellipsis = if pick.truncated { "…" } else { "" };
            line.cell(&format!("{text}{ellipsis}")).end();
        }
    }
}

fn ratio(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share <= 1.0 => Ok(share),
        _ => Err("a share is over 0 and at most 1".to_owned()),
    }
}

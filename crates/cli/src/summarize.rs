//! `summarize`: the sentences that tell the story.

mod across;

use crate::Tool;
use crate::flags::{FormatFlags, Lines, StreamFlags};
use crate::line::Line;
use crate::structure::structure;
use across::AcrossStage;
use anyhow::Result;
use clap::{Args, Parser, ValueEnum};
use document::{Annotation, Document, DocumentError, Provenance};
use quotes::Extractor;
use std::sync::Arc;
use stream::{Output, Stage, Verdict};
use summarize::{Budget, Input, Order, Summarizer};

/// Pick the sentences of a news text that tell the story
///
/// Adds `summary`: whole sentences, in the order of the text, never more than was asked for. `sentences`, `quotes`,
/// `entities` and `title` are used where the record has them. A sentence that leans on another one (“He said …”) comes
/// with it or not at all.
#[derive(Debug, Parser)]
#[command(name = "summarize", after_long_help = EXAMPLES)]
pub struct Summarize {
    #[command(flatten)]
    stream: StreamFlags,

    #[command(flatten)]
    format: FormatFlags,

    #[command(flatten)]
    budget: BudgetFlags,

    /// Prefer sentences that have words of TEXT
    #[arg(long, value_name = "TEXT", help_heading = "Choice")]
    focus: Option<String>,

    /// Prefer sentences that mention the person, place or body called NAME; with `entities` in the record, under any
    /// other name too
    #[arg(long, value_name = "NAME", help_heading = "Choice")]
    about: Option<String>,

    /// The order of the sentences
    #[arg(
        long,
        value_enum,
        default_value = "document",
        value_name = "ORDER",
        help_heading = "Output"
    )]
    order: OrderFlag,

    /// Say why each sentence was picked: `why`, each feature's part in its score, the weightiest first (JSON only)
    #[arg(long, help_heading = "Output")]
    explain: bool,

    /// Who said what: each speaker's most central quotation, by the fast model where the record has no `quotes`. Adds
    /// `summary.quotes`; text and TSV have these lines in the place of the sentences
    #[arg(long, help_heading = "Output")]
    quotes: bool,

    /// One summary of all documents, which are about one event: a record of its own after the last one. What several
    /// documents say is said once; the sentences are in the order of the documents' dates, each with its source. The
    /// documents themselves go on unchanged. Memory stays bounded however many they are
    #[arg(long, help_heading = "Several documents", conflicts_with_all = ["explain", "quotes"])]
    across: bool,

    /// With --across, leave the documents themselves out
    #[arg(long, help_heading = "Several documents", requires = "across")]
    only_summary: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OrderFlag {
    /// That of the text; with --across, by date
    Document,
    /// The best first; a sentence still follows those that it leans on
    Rank,
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

  Who said what, a line a speaker:
    $ quotes examples/summit.txt | summarize --quotes --format text

  What the text says about one person, and why these sentences:
    $ entities examples/interview.txt | summarize --about 'Rosa Quispe' --explain |
      jq -c '.summary.sentences[] | [.text, .why[0]]'

  One summary of many reports, with its sources:
    $ summarize --across --only-summary --words 80 examples/wire.jsonl |
      jq -c '.summary.sentences[] | [.source.id, .text]'";

impl Tool for Summarize {
    fn stream(&self) -> &StreamFlags {
        &self.stream
    }

    fn output(&self) -> Output {
        self.format.output()
    }

    fn stage(&self) -> Result<Arc<dyn Stage>> {
        let provenance = Provenance::new("summarize", env!("CARGO_PKG_VERSION"));
        let mut summarizer = Summarizer::new().with_budget(self.budget.budget());
        summarizer.order = match self.order {
            OrderFlag::Document => Order::Document,
            OrderFlag::Rank => Order::Rank,
        };
        summarizer.focus = self.focus.clone();
        summarizer.about = self.about.clone();
        summarizer.explain = self.explain;
        if self.across {
            let lines = self.format.lines();
            return Ok(Arc::new(AcrossStage::new(
                provenance,
                summarizer,
                !self.only_summary,
                lines,
            )));
        }
        Ok(Arc::new(SummarizeStage {
            provenance,
            summarizer,
            extractor: self.quotes.then(Extractor::fast),
            lines: self.format.lines().unwrap_or(Lines::Text),
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
            Budget::default()
        }
    }
}

struct SummarizeStage {
    provenance: Provenance,
    summarizer: Summarizer,
    /// Made once, where who said what is asked for.
    extractor: Option<Extractor>,
    lines: Lines,
}

/// Lets `work` have what a record holds. With an extractor, the summary is to say who said what, by the record's quotations
/// or by those that the extractor finds; the latter do not count for which sentences are picked.
fn with_input<T>(
    document: &Document<'_>,
    extractor: Option<&Extractor>,
    work: impl FnOnce(&Input<'_>) -> T,
) -> Result<T, DocumentError> {
    let title = document.string("title");
    let structure = structure(document)?;
    let entities = document.entities()?;
    let quotes = document.quotes()?;
    let found = extractor.filter(|_| quotes.is_none()).map(|extractor| {
        let mut found = extractor.quotes(&quotes::Input {
            entities: entities.as_deref(),
            dateline: structure.dateline.as_ref(),
            ..quotes::Input::new(&structure.reading)
        });
        // The record does not have these, so that their ids would mean nothing.
        found.iter_mut().for_each(|quote| quote.id.clear());
        found
    });
    Ok(work(&Input {
        title: title.as_deref(),
        entities: entities.as_deref(),
        quotes: quotes.as_deref(),
        digest: extractor.and(quotes.as_deref().or(found.as_deref())),
        ..Input::new(&structure.reading)
    }))
}

impl Stage for SummarizeStage {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        let extractor = self.extractor.as_ref();
        let summary = with_input(document, extractor, |input| {
            self.summarizer.summarize(input)
        })?;
        Ok(Verdict::Annotated(vec![Annotation::Summary(summary)]))
    }

    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String) {
        let Some(Annotation::Summary(summary)) = annotations.first() else {
            return;
        };
        if let Some(quotes) = &summary.quotes {
            for said in quotes {
                let mut line = Line::new(self.lines, document, out);
                match self.lines {
                    Lines::Tsv => line.cell(&said.speaker).cell(&said.quotations.to_string()),
                    Lines::Text => line.cell(&format!("{}:", said.speaker)),
                };
                line.cell(&said.text).end();
            }
            return;
        }
        for pick in &summary.sentences {
            let mut line = Line::new(self.lines, document, out);
            if self.lines == Lines::Tsv {
                line.cell(&format!("{:.4}", pick.score));
            }
            let text = &document.text()[pick.span];
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

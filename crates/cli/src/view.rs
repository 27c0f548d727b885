//! `view`: annotated articles for people.

use crate::flags::StreamFlags;
use crate::mode::ModeFlag;
use crate::pager::{self, Pager};
use crate::{Tool, console};
use anyhow::Result;
use clap::{Parser, ValueEnum};
use document::{Annotation, Document, DocumentError, Provenance};
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};
use stream::{Output, Stage, Verdict};
use terminal_size::{Height, Width, terminal_size};
use view::{Article, Look, Page};

/// Show annotated news text to people
///
/// Shows what is in the records and works nothing out itself: the summary on top, the text with its names, each
/// quotation in its speaker's colour and followed by the speaker, and how often everybody is quoted. On a terminal,
/// long output is paged ($PAGER, else less -R). With --html all documents become one page that needs no network.
#[derive(Debug, Parser)]
#[command(name = "view", after_long_help = EXAMPLES)]
pub struct View {
    #[command(flatten)]
    stream: StreamFlags,

    /// Write one page of HTML
    #[arg(long, help_heading = "Output")]
    html: bool,

    /// When to use colours; auto: on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Output"
    )]
    color: When,

    /// Columns of a line [default: the terminal's, at most 100; 80 where there is none]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..), help_heading = "Output")]
    width: Option<u16>,

    /// Which quotations to show: what was said, what was thought, or all
    #[arg(
        long,
        value_enum,
        value_name = "MODE",
        default_value = "speech",
        help_heading = "Output"
    )]
    mode: ModeFlag,

    /// Show what belongs to the page too, such as adverts and menus; else a line says how much there is (HTML unfolds it)
    #[arg(long, help_heading = "Output")]
    furniture: bool,

    /// Write straight to the terminal, such as from a live wire
    #[arg(long, help_heading = "Output")]
    no_pager: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

const EXAMPLES: &str = "\
Examples:
  Read an article with its speakers and a summary:
    $ segment examples/summit.txt | entities | quotes | summarize | view

  A page of all articles, for a browser:
    $ segment examples/*.txt | entities | quotes | summarize |
      view --html >page.html && wc -c page.html";

/// Lines that are longer are hard to read, however wide the terminal.
const LEGIBLE: usize = 100;
const NO_TERMINAL: usize = 80;

impl Tool for View {
    fn stream(&self) -> &StreamFlags {
        &self.stream
    }

    fn output(&self) -> Output {
        Output::Printed
    }

    fn writer(&self) -> Result<Box<dyn Write>> {
        let pages = !self.html && !self.no_pager && io::stdout().is_terminal();
        Ok(
            match (pages.then(pager::command).flatten(), terminal_size()) {
                (Some(command), Some((_, Height(rows)))) => {
                    Box::new(Pager::new(command, rows.into()))
                }
                _ => Box::new(console::stdout()?),
            },
        )
    }

    fn stage(&self) -> Result<Arc<dyn Stage>> {
        let provenance = Provenance::new("view", env!("CARGO_PKG_VERSION"));
        if self.html {
            return Ok(Arc::new(PageStage {
                provenance,
                mode: self.mode,
                page: Mutex::new(Page::new()),
            }));
        }
        Ok(Arc::new(TerminalStage {
            provenance,
            mode: self.mode,
            look: self.look(),
            first: Mutex::new(true),
        }))
    }
}

impl View {
    fn look(&self) -> Look {
        let own = terminal_size().map(|(Width(columns), _)| usize::from(columns).min(LEGIBLE));
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        Look {
            width: match self.width {
                Some(width) => width.into(),
                None => own.unwrap_or(NO_TERMINAL),
            },
            color: match self.color {
                When::Auto => io::stdout().is_terminal() && !no_color,
                When::Always => true,
                When::Never => false,
            },
            furniture: self.furniture,
        }
    }
}

/// A document with its annotations, of the quotations those of a mode. What does not fit is among its problems.
fn article<'d>(document: &'d Document<'_>, mode: ModeFlag) -> Article<'d> {
    let mut fitting = document.fitting();
    if let Some(quotes) = &mut fitting.quotes {
        quotes.retain(|quote| mode.shows(quote.mode));
    }
    let string = |field| document.string(field).map(String::from);
    Article {
        text: document.text(),
        id: fitting.id,
        title: string("title"),
        date: string("date"),
        url: string("url"),
        lang: string("lang"),
        sentences: fitting.sentences.unwrap_or_default(),
        metadata: fitting.metadata,
        dateline: fitting.dateline,
        entities: fitting.entities,
        quotes: fitting.quotes,
        summary: fitting.summary,
        problems: (fitting.errors.into_iter())
            .chain(fitting.misfits.iter().map(ToString::to_string))
            .collect(),
    }
}

/// The first thing that does not fit is reported; the document is shown all the same.
fn verdict(document: &Document<'_>) -> Verdict {
    match document.fitting().misfits.into_iter().next() {
        Some(misfit) => Verdict::InPart(misfit),
        None => Verdict::Annotated(Vec::new()),
    }
}

struct TerminalStage {
    provenance: Provenance,
    mode: ModeFlag,
    look: Look,
    /// Whether nothing is shown yet; a rule separates the documents.
    first: Mutex<bool>,
}

impl Stage for TerminalStage {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        Ok(verdict(document))
    }

    fn print(&self, document: &Document<'_>, _: &[Annotation], out: &mut String) {
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        if !std::mem::replace(&mut *first, false) {
            out.push_str(&format!("\n{}\n\n", "─".repeat(self.look.width)));
        }
        let article = article(document, self.mode);
        out.push_str(&view::terminal(&article, self.look));
    }

    fn needs_order(&self) -> bool {
        true
    }
}

/// Collects the documents of a page.
struct PageStage {
    provenance: Provenance,
    mode: ModeFlag,
    page: Mutex<Page>,
}

impl Stage for PageStage {
    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        Ok(verdict(document))
    }

    fn print(&self, document: &Document<'_>, _: &[Annotation], _: &mut String) {
        // A document in which the work panicked has added nothing.
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        page.add(&article(document, self.mode));
    }

    fn needs_order(&self) -> bool {
        true
    }

    fn finish(&self) -> Option<String> {
        let mut page = self.page.lock().unwrap_or_else(PoisonError::into_inner);
        Some(std::mem::take(&mut *page).finish())
    }
}

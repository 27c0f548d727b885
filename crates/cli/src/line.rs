//! Printed lines: one item a line, whatever white space is in it.

use crate::flags::Lines;
use document::{Document, Span};

/// A line that is being put together.
pub(crate) struct Line<'o> {
    out: &'o mut String,
    lines: Lines,
    empty: bool,
}

impl<'o> Line<'o> {
    /// A new line. In TSV it begins with the document's id, empty where there is none.
    pub(crate) fn new(lines: Lines, document: &Document<'_>, out: &'o mut String) -> Self {
        let mut line = Self::unnamed(lines, out);
        if lines == Lines::Tsv {
            line.cell(&document.string("id").unwrap_or_default());
        }
        line
    }

    /// A new line without an id.
    pub(crate) fn unnamed(lines: Lines, out: &'o mut String) -> Self {
        Self {
            out,
            lines,
            empty: true,
        }
    }

    /// A further column: after a tab in TSV, after two spaces in text, where an empty one is left out.
    pub(crate) fn cell(&mut self, text: &str) -> &mut Self {
        if self.lines == Lines::Text && text.is_empty() {
            return self;
        }
        if !self.empty {
            self.out.push_str(match self.lines {
                Lines::Tsv => "\t",
                Lines::Text => "  ",
            });
        }
        self.empty = false;
        one_line(text, self.out);
        self
    }

    /// A column of several pieces of the document, joined with ` … `.
    pub(crate) fn spans(&mut self, spans: &[Span], document: &Document<'_>) -> &mut Self {
        let pieces: Vec<&str> = spans.iter().map(|s| &document.text()[*s]).collect();
        self.cell(&pieces.join(" … "))
    }

    /// Ends the line.
    pub(crate) fn end(&mut self) {
        self.out.push('\n');
    }
}

/// Appends the text with each tab, CR and LF in it as a space.
fn one_line(text: &str, out: &mut String) {
    let mut from = 0;
    for at in memchr::memchr3_iter(b'\t', b'\r', b'\n', text.as_bytes()) {
        out.push_str(&text[from..at]);
        out.push(' ');
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

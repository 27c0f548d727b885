//! What a tool does to one document.

use document::{Annotation, Document, DocumentError, Provenance};

/// A program's work on one document, whatever its input and output. One stage serves all threads.
pub trait Stage: Send + Sync + 'static {
    /// Which program makes the annotations, in which version.
    fn provenance(&self) -> &Provenance;

    /// Works out the stage's annotations.
    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError>;

    /// Appends the annotations as lines for people and shell loops, where [`Output::Printed`](crate::Output) asks for them.
    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String);

    /// The stage's way to print a plain text piece by piece, if it has one: then the text need not fit in memory.
    fn pieces(&self) -> Option<&dyn Pieces> {
        None
    }

    /// Whether documents must come to [`Stage::annotate`] one after the other, in the order of the input: then they do
    /// so however many jobs there are.
    fn needs_order(&self) -> bool {
        false
    }

    /// What is written after the last document, whole lines, unless the run was stopped before its end.
    fn finish(&self) -> Option<String> {
        None
    }

    /// How many bytes of input a thread takes at a time. A slow stage takes few, so that its first line is out soon
    /// and all threads have work.
    fn batch_bytes(&self) -> usize {
        256 << 10
    }
}

/// Printing a plain text piece by piece, with the lines that [`Stage::print`] would print for the whole.
pub trait Pieces {
    /// How many bytes at the front of `text` can be printed without what follows them; `None` where more text is
    /// needed. `first`: the document begins here. `at_end`: nothing follows `text`.
    fn len(&self, text: &str, first: bool, at_end: bool) -> Option<usize>;

    /// Appends the lines of a piece.
    fn print(&self, piece: &str, first: bool, out: &mut String);
}

/// What a stage makes of a document.
#[derive(Debug)]
#[non_exhaustive]
pub enum Verdict {
    /// These fields, and an entry in `pipeline`.
    Annotated(Vec<Annotation>),
    /// The document goes on as it came; the reason is worth a notice.
    PassedOn(String),
    /// The document is printed, but something in its record cannot be used, which is reported as for a bad record.
    InPart(DocumentError),
    /// The document is part of what [`Stage::finish`] writes. Where records are written, it goes on as it came if
    /// `kept`.
    Collected {
        /// Whether the document itself is in the output.
        kept: bool,
    },
}

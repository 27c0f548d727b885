//! What a tool does to one document.

use document::{Annotation, Document, DocumentError, Tool};

/// A tool's work, free of how documents come and go. One stage serves all threads.
pub trait Stage: Send + Sync + 'static {
    /// Who the annotations are by.
    fn tool(&self) -> &Tool;

    /// Works out the stage's annotations.
    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError>;

    /// Appends the annotations as lines for people and shell loops.
    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String);

    /// How many bytes of input a thread takes at a time. A slow stage takes few, so that its first line is out soon
    /// and all threads have work.
    fn batch_bytes(&self) -> usize {
        256 << 10
    }
}

/// What a stage makes of a document.
#[derive(Debug)]
pub enum Verdict {
    /// These fields, and an entry in `pipeline`.
    Annotated(Vec<Annotation>),
    /// The document goes on as it came; the reason is worth a notice.
    PassedOn(String),
}

//! Reading documents, working on them in order and in bounded memory, writing them.
//!
//! [`run`] reads inputs, cuts them into documents ([`Framing`]), lets a [`Stage`] work on each, on one thread or
//! several, and hands what came of them to a [`Sink`] in the order of the input: a line in is a line out. What is no
//! record is reported and kept from the output; what the stage cannot use goes on unchanged. This crate opens the
//! files that it is given; it neither prints nor parses flags.
//!
//! A stage of your own adds a field of its own ([`Annotation::other`](document::Annotation::other)):
//!
//! ```
//! use document::{Annotation, Document, DocumentError, Provenance};
//! use std::{io, sync::Arc};
//! use stream::{Diagnostic, Framing, Input, Options, Sink, Stage, Verdict};
//!
//! /// Adds `questions`: where the text asks something.
//! struct Questions(Provenance);
//!
//! impl Stage for Questions {
//!     fn provenance(&self) -> &Provenance {
//!         &self.0
//!     }
//!     fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
//!         let sentences = document.sentences()?.unwrap_or_default();
//!         let asks = |s: &&document::Sentence| document.text()[s.span].ends_with('?');
//!         let questions: Vec<_> = sentences.iter().filter(asks).map(|s| document.slice(s.span)).collect();
//!         Ok(Verdict::Annotated(vec![Annotation::other("questions", &questions)?]))
//!     }
//!     fn print(&self, _: &Document<'_>, _: &[Annotation], _: &mut String) {} // nothing but JSON Lines
//! }
//!
//! #[derive(Default)]
//! struct Kept {
//!     output: String,
//!     messages: Vec<String>,
//! }
//!
//! impl Sink for Kept {
//!     fn output(&mut self, lines: &[u8]) -> io::Result<()> {
//!         self.output.push_str(&String::from_utf8_lossy(lines));
//!         Ok(())
//!     }
//!     fn reject(&mut self, _: &[u8]) -> io::Result<()> {
//!         Ok(())
//!     }
//!     fn diagnostic(&mut self, diagnostic: &Diagnostic) {
//!         self.messages.push(diagnostic.message.clone());
//!     }
//! }
//!
//! let file = std::env::temp_dir().join(format!("newstext-{}.jsonl", std::process::id()));
//! let record = r#"{"text":"Olé? Yes.","sentences":[{"start":0,"end":4},{"start":5,"end":9}]}"#;
//! std::fs::write(&file, format!("{record}\n[]\n"))?;
//! let stage = Questions(Provenance::new("questions", "1"));
//! let mut kept = Kept::default();
//! let options = Options { framing: Framing::Records, ..Options::default() };
//! let totals = stream::run([Input::new(&file)].into_iter(), Arc::new(stage), &options, &mut kept)?;
//! assert_eq!((totals.documents, totals.bad), (2, 1));
//! assert!(kept.output.ends_with(concat!(
//!     r#","questions":[{"start":0,"end":4,"text":"Olé?"}],"#,
//!     r#""pipeline":[{"tool":"questions","version":"1"}]}"#, "\n",
//! )));
//! assert_eq!(kept.messages, ["not a JSON object"]);
//! # std::fs::remove_file(file)?;
//! # Ok::<(), io::Error>(())
//! ```

mod chunk;
mod compression;
mod driver;
mod framing;
mod input;
mod open_input;
mod panics;
mod pieces;
mod stage;
mod work;

pub use driver::run;
pub use framing::Framing;
pub use input::Input;
pub use stage::{Pieces, Stage, Verdict};

use std::fmt;
use std::io;
use std::sync::Arc;

/// How [`run`] reads and writes.
#[derive(Debug, Clone)]
pub struct Options {
    /// How inputs are cut into documents.
    pub framing: Framing,
    /// Fields that are added where the record lacks them.
    pub pointers: Vec<FieldPointer>,
    /// Threads that work on documents; with 1 everything happens on the caller's.
    pub jobs: usize,
    /// The longest record, in bytes; what is longer is no record.
    pub max_record: usize,
    /// Whether invalid UTF-8 is replaced by U+FFFD instead of being rejected.
    pub lossy: bool,
    /// What to do about the first bad record.
    pub stop_at_first: bool,
    /// Whether the sink wants what is rejected; if not, it is not kept in memory either.
    pub keep_rejects: bool,
    /// What is written for each document.
    pub output: Output,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            framing: Framing::Auto,
            pointers: Vec::new(),
            jobs: 1,
            max_record: 64 << 20,
            lossy: false,
            stop_at_first: false,
            keep_rejects: false,
            output: Output::Records,
        }
    }
}

/// A field to take from somewhere else in the record, where it is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPointer {
    /// `text`, `title` or `date`.
    pub field: &'static str,
    /// JSON Pointer (RFC 6901), such as `/article/body`.
    pub pointer: String,
}

/// What is written for each document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// The record, with the stage's annotations in it.
    Records,
    /// What [`Stage::print`] makes of the annotations.
    Printed,
}

/// Where the results go, in the order of the input.
pub trait Sink {
    /// Whole lines of output. An error ends the run.
    fn output(&mut self, lines: &[u8]) -> io::Result<()>;
    /// A piece of a rejected line, as it was read. An error ends the run.
    fn reject(&mut self, piece: &[u8]) -> io::Result<()>;
    /// A message for the user.
    fn diagnostic(&mut self, diagnostic: &Diagnostic);
    /// How far the run has come; called often.
    fn progress(&mut self, _so_far: &Totals) {}
}

/// A message about an input: something is wrong with it, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub kind: DiagnosticKind,
    /// The input: a path, or `-`.
    pub source: Arc<str>,
    /// The line of the input where the document begins, from 1; none where the input is one document.
    pub line: Option<u64>,
    /// What is wrong.
    pub message: String,
}

/// How bad a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiagnosticKind {
    /// A document that is left as it is, for a reason that holds for others too. Worth saying once.
    Notice,
    /// No record, or a record that the stage cannot use.
    BadRecord,
    /// An input that cannot be read, or not to its end.
    Unreadable,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.source, self.message),
            None => write!(f, "{}: {}", self.source, self.message),
        }
    }
}

/// How far a run has come, or how it ended if the sink did not stop it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents read, the bad ones among them.
    pub documents: u64,
    /// Bytes of input that they took, decompressed.
    pub bytes: u64,
    /// Documents that are no records or that the stage could not use.
    pub bad: u64,
    /// Inputs that could not be read, or not to their end.
    pub unreadable: u64,
}

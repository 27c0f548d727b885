//! What happens to the documents of one chunk.

use crate::chunk::{Chunk, Content};
use crate::panics::caught;
use crate::{Diagnostic, DiagnosticKind, FieldPointer, Options, Output, Stage, Verdict};
use document::{Change, Document, DocumentError, Record};
use std::borrow::Cow;
use std::sync::Arc;

/// What came of a chunk.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub output: String,
    pub rejects: Vec<u8>,
    pub diagnostics: Vec<Diagnostic>,
    pub documents: u64,
    pub bytes: u64,
    pub bad: u64,
}

/// Works on the documents of a chunk, up to the first bad one where the options say so.
pub(crate) fn work(chunk: &Chunk, stage: &dyn Stage, options: &Options) -> Done {
    let mut done = Done {
        // With its sentences, a record is two to three times as long.
        output: String::with_capacity(chunk.bytes.len() * 3),
        bytes: chunk.bytes.len() as u64,
        ..Done::default()
    };
    let mut worker = Worker {
        chunk,
        stage,
        options,
        done: &mut done,
    };
    match chunk.content {
        Content::TooLong => {
            worker.done.documents += 1;
            worker.reject(chunk.line, &chunk.bytes, too_long(options.max_record));
        }
        Content::Piece { offset } => worker.piece(offset),
        Content::TooLongRest => worker.done.rejects.extend_from_slice(&chunk.bytes),
        _ => {
            for (line, document) in chunk.documents() {
                worker.done.documents += 1;
                worker.document(line, document);
                if options.stop_at_first && worker.done.bad > 0 {
                    break;
                }
            }
        }
    }
    done
}

struct Worker<'w> {
    chunk: &'w Chunk,
    stage: &'w dyn Stage,
    options: &'w Options,
    done: &'w mut Done,
}

impl Worker<'_> {
    fn document(&mut self, line: u64, bytes: &[u8]) {
        if bytes.len() > self.options.max_record {
            return self.reject(line, bytes, too_long(self.options.max_record));
        }
        let utf8 = match std::str::from_utf8(bytes) {
            Ok(utf8) => Cow::Borrowed(utf8),
            Err(_) if self.options.lossy => String::from_utf8_lossy(bytes),
            Err(e) => {
                let what = format!("invalid UTF-8 at byte {}", e.valid_up_to() + 1);
                return self.reject(line, bytes, what);
            }
        };
        // A plain text is known already; only a record has to be parsed for it.
        let source = &self.chunk.source;
        let (id, text) = match self.chunk.content {
            Content::Records => (None, None),
            Content::Text => (Some(source.to_string()), Some(&*utf8)),
            Content::Lines => (Some(format!("{source}:{line}")), Some(trim_line_end(&utf8))),
            _ => (Some(format!("{source}:{line}")), Some(utf8.trim_end())),
        };
        let mut room = String::new();
        let record = match id.zip(text) {
            Some((id, text)) => Ok(Record::of_text(&id, text, &mut room)),
            None => Record::parse(&utf8),
        };
        let record = match record {
            Ok(record) => record,
            Err(e) => return self.reject(line, bytes, e.to_string()),
        };
        let Some(extended) = with_pointers(&record, &self.options.pointers) else {
            return self.record(line, &record, text);
        };
        match Record::parse(&extended) {
            Ok(record) => self.record(line, &record, text),
            Err(e) => self.reject(line, bytes, e.to_string()),
        }
    }

    /// Prints a piece of a text; at its beginning the text counts as a document.
    fn piece(&mut self, offset: u64) {
        self.done.documents += u64::from(offset == 0);
        let bytes = &self.chunk.bytes;
        match (std::str::from_utf8(bytes), self.stage.pieces()) {
            (Ok(text), Some(pieces)) => {
                let output = &mut self.done.output;
                if let Err(panic) = caught(|| pieces.print(text, offset == 0, output)) {
                    self.bad(self.chunk.line, panic);
                }
            }
            (Err(e), _) => {
                let at = offset + e.valid_up_to() as u64 + 1;
                self.reject(
                    self.chunk.line,
                    bytes,
                    format!("invalid UTF-8 at byte {at}"),
                );
            }
            (Ok(_), None) => {}
        }
    }

    /// Annotates a record, or lets it go on unchanged with the reason in its `errors`. `text` is the record's, where it is
    /// known.
    fn record(&mut self, line: u64, record: &Record<'_>, text: Option<&str>) {
        let before = self.done.output.len();
        let (code, message) = match caught(|| self.annotate(line, record, text)) {
            Ok(Ok(())) => return,
            Ok(Err(e)) => (e.code(), e.to_string()),
            Err(panic) => ("panic", panic),
        };
        // Of what a panic left half done, nothing but the output outlives the call.
        self.done.output.truncate(before);
        if self.options.stop_at_first || self.options.output == Output::Printed {
            return self.bad(line, message);
        }
        let output = &mut self.done.output;
        match record.write_error(self.stage.provenance(), code, &message, output) {
            Ok(()) => {
                output.push('\n');
                self.bad(line, message);
            }
            // `errors` itself is something else than a list of entries: there is no room for ours.
            Err(e) => {
                output.push_str(record.raw());
                output.push('\n');
                self.bad(line, format!("{message}; {e}"));
            }
        }
    }

    fn annotate(
        &mut self,
        line: u64,
        record: &Record<'_>,
        text: Option<&str>,
    ) -> Result<(), DocumentError> {
        let text = match text {
            Some(text) => Cow::Borrowed(text),
            None => record.text()?,
        };
        let document = Document::new(record, &text);
        let output = &mut self.done.output;
        match self.stage.annotate(&document)? {
            Verdict::Annotated(annotations) => match self.options.output {
                Output::Printed => self.stage.print(&document, &annotations, output),
                Output::Records => {
                    document.write(self.stage.provenance(), &annotations, output)?;
                    output.push('\n');
                }
            },
            Verdict::InPart(misfit) => {
                self.stage.print(&document, &[], output);
                self.bad(line, misfit.to_string());
            }
            Verdict::PassedOn(why) => {
                if self.options.output == Output::Records {
                    output.push_str(record.raw());
                    output.push('\n');
                }
                self.report(DiagnosticKind::Notice, line, why);
            }
            Verdict::Collected { kept } => {
                if kept && self.options.output == Output::Records {
                    output.push_str(record.raw());
                    output.push('\n');
                }
            }
        }
        Ok(())
    }

    /// No output line: what is no record cannot go on.
    fn reject(&mut self, line: u64, bytes: &[u8], message: String) {
        self.bad(line, message);
        if self.options.keep_rejects {
            self.done.rejects.extend_from_slice(bytes);
            // The last line of an input may lack its line feed, and the next input's reject is another line.
            if self.chunk.content == Content::Records && bytes.last() != Some(&b'\n') {
                self.done.rejects.push(b'\n');
            }
        }
    }

    fn bad(&mut self, line: u64, message: String) {
        self.done.bad += 1;
        self.report(DiagnosticKind::BadRecord, line, message);
    }

    fn report(&mut self, kind: DiagnosticKind, line: u64, message: String) {
        let whole = matches!(self.chunk.content, Content::Text | Content::Piece { .. });
        self.done.diagnostics.push(Diagnostic {
            kind,
            source: Arc::clone(&self.chunk.source),
            line: (!whole).then_some(line),
            message,
        });
    }
}

/// A record with the fields in it that it lacks and that pointers find; `None` where nothing is added.
fn with_pointers(record: &Record<'_>, pointers: &[FieldPointer]) -> Option<String> {
    let changes: Vec<Change<'_>> = pointers
        .iter()
        .filter(|p| record.get(p.field).is_none())
        .filter_map(|p| Some((p.field, Some(record.pointer(&p.pointer)?.to_owned()))))
        .collect();
    if changes.is_empty() {
        return None;
    }
    let mut extended = String::with_capacity(record.raw().len() * 2);
    record.write(&changes, &mut extended);
    Some(extended)
}

fn trim_line_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

fn too_long(max_record: usize) -> String {
    format!("longer than {max_record} bytes, the limit set by --max-record")
}

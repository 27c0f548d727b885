//! A stage that does what the text says, and runs of it that keep everything.

use document::{Annotation, Document, DocumentError, Provenance};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use stream::{Diagnostic, DiagnosticKind, Input, Options, Pieces, Sink, Stage, Totals, Verdict};

pub(crate) static BY: Provenance = Provenance::new("obey", "1");

/// Does what the text says: `panic`, `pass on`, `in part`, `collect`, `keep`; with any other text it adds a date.
#[derive(Default)]
pub(crate) struct Obey {
    /// Prints plain texts word by word.
    pub in_pieces: bool,
    pub needs_order: bool,
    pub finish: Option<&'static str>,
    /// 0 is the default.
    pub batch_bytes: usize,
}

impl Stage for Obey {
    fn provenance(&self) -> &Provenance {
        &BY
    }

    fn annotate(&self, document: &Document<'_>) -> Result<Verdict, DocumentError> {
        Ok(match document.text() {
            "panic" => panic!("on request"),
            "pass on" => Verdict::PassedOn("not for us".to_owned()),
            "in part" => Verdict::InPart(DocumentError::Field {
                field: "summary",
                reason: "is odd".to_owned(),
            }),
            "collect" => Verdict::Collected { kept: false },
            "keep" => Verdict::Collected { kept: true },
            _ => {
                document.sentences()?;
                Verdict::Annotated(vec![Annotation::Date("2024-12-03".to_owned())])
            }
        })
    }

    fn print(&self, document: &Document<'_>, annotations: &[Annotation], out: &mut String) {
        out.push_str(document.text());
        out.push_str(if annotations.is_empty() { "?\n" } else { "!\n" });
    }

    fn pieces(&self) -> Option<&dyn Pieces> {
        self.in_pieces.then_some(self)
    }

    fn needs_order(&self) -> bool {
        self.needs_order
    }

    fn finish(&self) -> Option<String> {
        assert_ne!(self.finish, Some("panic"), "on request");
        self.finish.map(str::to_owned)
    }

    fn batch_bytes(&self) -> usize {
        if self.batch_bytes == 0 {
            256 << 10
        } else {
            self.batch_bytes
        }
    }
}

/// The first piece is a word, the others are all whole words.
impl Pieces for Obey {
    fn len(&self, text: &str, first: bool, at_end: bool) -> Option<usize> {
        let space = if first {
            text.find(' ')
        } else {
            text.rfind(' ')
        };
        match space {
            Some(space) if first || !at_end => Some(space + 1),
            _ => at_end.then_some(text.len()),
        }
    }

    fn print(&self, piece: &str, first: bool, out: &mut String) {
        assert!(!piece.contains("panic"), "on request");
        assert!(
            !first || piece.trim_end().find(' ').is_none(),
            "cut elsewhere"
        );
        if first {
            out.push_str("FIRST\n");
        }
        for word in piece.split_whitespace() {
            out.push_str(word);
            out.push('\n');
        }
    }
}

/// What a run left.
#[derive(Default, Debug, PartialEq)]
pub(crate) struct Kept {
    pub output: String,
    pub rejects: Vec<u8>,
    pub said: Vec<(DiagnosticKind, String)>,
    pub summary: Totals,
    /// Output that the sink takes before it fails.
    pub room: Option<usize>,
}

impl Kept {
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.output.lines().collect()
    }

    /// What was said of bad records and inputs.
    pub(crate) fn messages(&self) -> Vec<&str> {
        self.said.iter().map(|(_, said)| said.as_str()).collect()
    }
}

impl Sink for Kept {
    fn output(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.room.is_some_and(|room| self.output.len() >= room) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.output.push_str(std::str::from_utf8(lines).unwrap());
        Ok(())
    }

    fn reject(&mut self, piece: &[u8]) -> io::Result<()> {
        self.rejects.extend_from_slice(piece);
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let place = diagnostic
            .line
            .map(|n| format!("{n}: "))
            .unwrap_or_default();
        self.said
            .push((diagnostic.kind, place + &diagnostic.message));
    }
}

/// A file of its own with these bytes.
pub(crate) fn file(bytes: &[u8]) -> Input {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("{}-{number}", env!("CARGO_CRATE_NAME"));
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::File::create(&path)
        .unwrap()
        .write_all(bytes)
        .unwrap();
    Input::new(path)
}

/// Runs a stage over inputs.
pub(crate) fn run_all(
    stage: Obey,
    options: &Options,
    inputs: Vec<Input>,
    mut kept: Kept,
) -> io::Result<Kept> {
    let summary = stream::run(inputs.into_iter(), Arc::new(stage), options, &mut kept)?;
    Ok(Kept { summary, ..kept })
}

/// Runs the stage over these bytes with one job, and with three, which is the same.
pub(crate) fn run(stage: impl Fn() -> Obey, options: &Options, bytes: &[u8]) -> Kept {
    let input = file(bytes);
    let jobs = |jobs| Options {
        jobs,
        ..options.clone()
    };
    let run = |n| run_all(stage(), &jobs(n), vec![input.clone()], Kept::default()).unwrap();
    let alone = run(1);
    assert!(run(3) == alone, "threads show");
    alone
}

/// The same with a stage as it is by default.
pub(crate) fn obey(options: &Options, bytes: &[u8]) -> Kept {
    run(Obey::default, options, bytes)
}

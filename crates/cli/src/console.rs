//! The process's own streams: results to stdout, what is to be said to stderr, rejects to their file.

use crate::flags::{OnError, StreamFlags};
use crate::progress::Progress;
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use stream::{Diagnostic, DiagnosticKind, Sink, Totals};

/// Where a run's results go.
pub(crate) struct Console {
    tool: String,
    stdout: Box<dyn Write>,
    progress: Option<Progress>,
    rejects: Option<BufWriter<File>>,
    /// Whether bad records are reported.
    tells: bool,
    /// Whether notices still are: one is enough.
    notices: bool,
    /// What could not be written.
    failed_on: Option<&'static str>,
}

impl Console {
    pub(crate) fn new(tool: &str, flags: &StreamFlags, stdout: Box<dyn Write>) -> Result<Self> {
        let rejects = match &flags.rejects {
            Some(path) => Some(BufWriter::new(
                File::create(path).with_context(|| format!("--rejects {}", path.display()))?,
            )),
            None => None,
        };
        Ok(Self {
            tool: tool.to_owned(),
            stdout,
            progress: Progress::new(tool, flags.quiet),
            rejects,
            tells: !flags.quiet && flags.on_error != OnError::Skip,
            notices: !flags.quiet,
            failed_on: None,
        })
    }

    /// What went wrong, after an error.
    pub(crate) fn place_of_error(&self) -> &'static str {
        self.failed_on.unwrap_or("cannot go on")
    }

    /// Writes what is still to be written.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.clear_progress();
        self.stdout.flush().context("cannot write")?;
        if let Some(rejects) = &mut self.rejects {
            rejects.flush().context("--rejects")?;
        }
        Ok(())
    }

    fn clear_progress(&mut self) {
        if let Some(progress) = &mut self.progress {
            progress.clear();
        }
    }
}

impl Sink for Console {
    fn output(&mut self, lines: &[u8]) -> io::Result<()> {
        self.stdout
            .write_all(lines)
            .inspect_err(|_| self.failed_on = Some("cannot write"))
    }

    fn reject(&mut self, piece: &[u8]) -> io::Result<()> {
        let Some(rejects) = &mut self.rejects else {
            return Ok(());
        };
        rejects
            .write_all(piece)
            .inspect_err(|_| self.failed_on = Some("--rejects"))
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let tell = match diagnostic.kind {
            DiagnosticKind::Notice => std::mem::replace(&mut self.notices, false),
            DiagnosticKind::BadRecord => self.tells,
            DiagnosticKind::Unreadable => true,
        };
        if tell {
            self.clear_progress();
            message(&self.tool, &diagnostic.to_string());
        }
    }

    fn progress(&mut self, so_far: &Totals) {
        if let Some(progress) = &mut self.progress {
            progress.show(so_far);
        }
    }
}

/// stdout without the standard library's line buffer: output is written a chunk at a time, and an error at once.
pub(crate) fn stdout() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// One line on stderr. Control characters in it, which may come from a document or a file's name, are escaped: they
/// could move the terminal's cursor, or worse. Nobody to read it is no reason to stop.
pub(crate) fn message(tool: &str, message: &str) {
    let mut line = format!("{tool}: ");
    for c in message.chars() {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    let _ = io::stderr().write_all(line.as_bytes());
}

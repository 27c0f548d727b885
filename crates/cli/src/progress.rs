//! How far a long run has come, on one line of a terminal.

use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};
use stream::Totals;

/// Short runs say nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Often enough to be seen moving.
const INTERVAL: Duration = Duration::from_millis(200);

/// A line on the standard error output that is written over and over.
pub(crate) struct Progress {
    tool: String,
    start: Instant,
    last: Instant,
    shown: bool,
}

impl Progress {
    /// `None` unless there is a terminal to see it. Where results go to a terminal, the line would be in their way;
    /// where they go to a pipe, the tool at its end has one.
    pub(crate) fn new(tool: &str, quiet: bool) -> Option<Self> {
        let to_file = || {
            let stdout = io::stdout().as_fd().try_clone_to_owned().ok()?;
            let kind = std::fs::File::from(stdout).metadata().ok()?.file_type();
            Some(kind.is_file())
        };
        let wanted = !quiet && io::stderr().is_terminal() && to_file() == Some(true);
        wanted.then(|| Self {
            tool: tool.to_owned(),
            start: Instant::now(),
            last: Instant::now(),
            shown: false,
        })
    }

    /// Shows how far the run has come, if it is time to.
    pub(crate) fn show(&mut self, so_far: &Totals) {
        if self.start.elapsed() < PATIENCE || (self.shown && self.last.elapsed() < INTERVAL) {
            return;
        }
        self.last = Instant::now();
        self.shown = true;
        let line = line(&self.tool, so_far, self.start.elapsed());
        let _ = io::stderr().write_all(format!("\r{line}\x1b[K").as_bytes());
    }

    /// Takes the line away, so that something else can be written.
    pub(crate) fn clear(&mut self) {
        if std::mem::replace(&mut self.shown, false) {
            let _ = io::stderr().write_all(b"\r\x1b[K");
        }
    }
}

/// Whatever ends the run, its last word is not to stand behind the line.
impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn line(tool: &str, so_far: &Totals, time: Duration) -> String {
    let megabytes = so_far.bytes as f64 / 1e6;
    let rate = megabytes / time.as_secs_f64();
    let mut line = format!(
        "{tool}: {} documents, {megabytes:.1} MB, {rate:.2} MB/s",
        so_far.documents
    );
    if so_far.bad > 0 {
        line.push_str(&format!(", {} bad", so_far.bad));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_much_how_fast_and_what_is_bad() {
        let so_far = Totals {
            documents: 1200,
            bytes: 3_000_000,
            bad: 2,
            unreadable: 0,
        };
        assert_eq!(
            line("quotes", &so_far, Duration::from_secs(2)),
            "quotes: 1200 documents, 3.0 MB, 1.50 MB/s, 2 bad"
        );
    }
}

//! Long output on a terminal, a screen at a time.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The standard output of a terminal: what fits the screen is written as it is, what is longer goes to the user's
/// pager. Until it is known which, output waits: for a live wire, `--no-pager`.
pub(crate) struct Pager {
    state: State,
    /// Lines that fit the screen, with the prompt below them.
    rows: usize,
    command: String,
}

enum State {
    /// It may all fit the screen.
    Waiting(Vec<u8>),
    Paging(Child),
    /// There is no pager to be had.
    Direct(Box<dyn Write>),
}

/// The user has left the pager, which is no error.
#[derive(Debug)]
struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the pager was left")
    }
}

impl std::error::Error for Closed {}

/// Whether an error says that the user has left the pager.
pub(crate) fn is_closed(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Closed>())
}

/// What `PAGER` says, `less -R` by default; `None` where it says that none is wanted.
pub(crate) fn command() -> Option<String> {
    match std::env::var("PAGER") {
        Ok(pager) if pager.trim().is_empty() || pager.trim() == "cat" => None,
        Ok(pager) => Some(pager),
        Err(_) => Some("less -R".to_owned()),
    }
}

impl Pager {
    pub(crate) fn new(command: String, rows: usize) -> Self {
        Self {
            state: State::Waiting(Vec::new()),
            rows,
            command,
        }
    }

    /// Starts the pager, or does without.
    fn start(&mut self) -> io::Result<()> {
        let State::Waiting(waiting) = &mut self.state else {
            return Ok(());
        };
        let waiting = std::mem::take(waiting);
        // Ctrl-C is the pager's; if it ended this program, the shell would come back under the pager.
        let _ = signal_hook::flag::register(
            signal_hook::consts::SIGINT,
            Arc::new(AtomicBool::new(false)),
        );
        // By way of the shell, as PAGER may have arguments and quotes.
        let child = Command::new("sh")
            .args(["-c", &self.command])
            .env("LESSCHARSET", "utf-8")
            .stdin(Stdio::piped())
            .spawn();
        self.state = match child {
            Ok(child) => State::Paging(child),
            Err(_) => State::Direct(Box::new(super::console::stdout()?)),
        };
        self.write_all(&waiting)
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Waiting(waiting) => {
                waiting.extend_from_slice(bytes);
                let lines = waiting.iter().filter(|&&b| b == b'\n').count();
                if lines >= self.rows {
                    self.start()?;
                }
                Ok(bytes.len())
            }
            State::Paging(child) => match &mut child.stdin {
                Some(stdin) => stdin.write(bytes).map_err(|e| {
                    let _ = child.wait();
                    match e.kind() {
                        io::ErrorKind::BrokenPipe => io::Error::other(Closed),
                        _ => e,
                    }
                }),
                None => Err(io::Error::other(Closed)),
            },
            State::Direct(stdout) => stdout.write(bytes),
        }
    }

    /// Ends the output: waits until the user has left the pager.
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Waiting(waiting) => {
                let waiting = std::mem::take(waiting);
                super::console::stdout()?.write_all(&waiting)
            }
            State::Paging(child) => {
                drop(child.stdin.take());
                child.wait().map(|_| ())
            }
            State::Direct(stdout) => stdout.flush(),
        }
    }
}

//! The command line of newstext's tools: flags, help, messages, exit codes.
//!
//! Each tool is a [`Tool`]: flags of its own beside those that all share, and the [`stream::Stage`] that they make.
//! [`main`] does the rest. This is the only crate that knows clap, and the only one that prints.

mod console;
mod entities;
mod flags;
mod generate;
mod language;
mod line;
mod mode;
mod model;
mod pager;
mod progress;
mod quotes;
mod segment;
mod structure;
mod summarize;
mod view;

pub use entities::Entities;
pub use quotes::Quotes;
pub use segment::Segment;
pub use summarize::Summarize;
pub use view::View;

use anyhow::{Context, Result};
use clap::{CommandFactory, FromArgMatches};
use console::Console;
use flags::{OnError, StreamFlags};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use stream::{Output, Stage};

/// Finished, some records bad.
const BAD_RECORDS: u8 = 1;
/// A usage, input or output error.
const TROUBLE: u8 = 2;
/// What a shell shows for a program that a closed pipe ended: 128 + SIGPIPE.
const CLOSED_PIPE: u8 = 141;

/// What the help says of them.
const EXIT_CODES: &str =
    "Exit codes: 0 all well, 1 some records were bad, 2 trouble with usage, input or output.";

/// One of the programs.
pub trait Tool: CommandFactory + FromArgMatches {
    /// The flags that all tools share.
    fn stream(&self) -> &StreamFlags;
    /// Whether records are written, or what the stage prints.
    fn output(&self) -> Output;
    /// The work that the flags ask for; an error is one of usage.
    fn stage(&self) -> Result<Arc<dyn Stage>>;
    /// Where the results go.
    fn writer(&self) -> Result<Box<dyn Write>> {
        Ok(Box::new(console::stdout()?))
    }
    /// The built-in models' names, for `-V`.
    fn model() -> Option<&'static str> {
        None
    }
}

/// Runs a tool on the process's arguments.
pub fn main<T: Tool>() -> ExitCode {
    let command = command::<T>();
    let name = command.get_name().to_owned();
    match run::<T>(command, std::env::args_os()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            if let Some(io) = error.downcast_ref::<io::Error>()
                && io.kind() == io::ErrorKind::BrokenPipe
            {
                return ExitCode::from(CLOSED_PIPE);
            }
            console::message(&name, &without_numbers(&format!("{error:#}")));
            ExitCode::from(TROUBLE)
        }
    }
}

/// An error in the operating system's words, without the number that Rust puts after them.
fn without_numbers(message: &str) -> String {
    match message.find(" (os error ") {
        Some(at) => message[..at].to_owned(),
        None => message.to_owned(),
    }
}

/// The tool's flags, help and version.
fn command<T: Tool>() -> clap::Command {
    let version = match T::model() {
        Some(models) => format!("{} (models {models})", env!("CARGO_PKG_VERSION")),
        None => env!("CARGO_PKG_VERSION").to_owned(),
    };
    let command = T::command();
    let examples = command.get_after_long_help().map(ToString::to_string);
    let help = format!("{}\n\n{EXIT_CODES}", examples.unwrap_or_default());
    command.version(version).after_long_help(help)
}

fn run<T: Tool>(mut command: clap::Command, args: impl Iterator<Item = OsString>) -> Result<u8> {
    let name = command.get_name().to_owned();
    let matches = match command.try_get_matches_from_mut(args) {
        Ok(matches) => matches,
        Err(e) => {
            // Help and version go to stdout and are no errors, unless nobody can read them.
            e.print()?;
            return Ok(if e.use_stderr() { TROUBLE } else { 0 });
        }
    };
    let tool = T::from_arg_matches(&matches)?;
    let flags = tool.stream();
    if let Some(what) = flags.generate {
        generate::write(what, command, &mut console::stdout()?)?;
        return Ok(0);
    }
    if flags.reads_stdin_only() && io::stdin().is_terminal() {
        console::message(&name, "reading the terminal until Ctrl-D; for help: --help");
    }
    let stage = tool.stage()?;
    let options = flags.options(tool.output());
    let mut console = Console::new(&name, flags, tool.writer()?)?;
    // A panic in a document is caught, and reported as that record's error.
    std::panic::set_hook(Box::new(|_| {}));
    let ran = stream::run(flags.inputs()?, stage, &options, &mut console);
    let totals = match ran {
        Ok(totals) => totals,
        // The reader of a pager has seen enough.
        Err(e) if pager::is_closed(&e) => return Ok(0),
        Err(e) => return Err(e).context(console.place_of_error()),
    };
    console.finish()?;
    Ok(if totals.unreadable > 0 {
        TROUBLE
    } else if totals.bad > 0 && flags.on_error != OnError::Skip {
        BAD_RECORDS
    } else {
        0
    })
}

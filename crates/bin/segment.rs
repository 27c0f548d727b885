//! Sentences and paragraphs.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main::<cli::Segment>()
}

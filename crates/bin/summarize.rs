//! The sentences that tell the story.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main::<cli::Summarize>()
}

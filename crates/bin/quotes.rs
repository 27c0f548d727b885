//! Who said what.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main::<cli::Quotes>()
}

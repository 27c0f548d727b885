//! Names and values.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main::<cli::Entities>()
}

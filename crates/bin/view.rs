//! Annotated articles for people.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main::<cli::View>()
}

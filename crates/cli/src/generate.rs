//! The man page and the shells' completions, from the same source as the help.

use crate::flags::Generate;
use clap::Command;
use clap_complete::Shell;
use std::io::{self, Write};

/// Writes what was asked for.
pub fn write(what: Generate, mut command: Command, out: &mut dyn Write) -> io::Result<()> {
    let shell = match what {
        Generate::Man => return clap_mangen::Man::new(command).render(out),
        Generate::Bash => Shell::Bash,
        Generate::Zsh => Shell::Zsh,
        Generate::Fish => Shell::Fish,
    };
    // clap_complete panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, &mut command, name, &mut script);
    out.write_all(&script)
}

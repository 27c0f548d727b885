//! The man page and the shells' completions, from the same source as the help.

use crate::flags::Generate;
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io::{self, Write};

/// Writes what was asked for.
pub(crate) fn write(what: Generate, mut command: Command, out: &mut dyn Write) -> io::Result<()> {
    let shell = match what {
        Generate::Man => return man(command, out),
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

/// The page as clap_mangen makes it, but for the end of the help, which it would run together: examples keep their
/// lines, and exit codes have the section where people look for them.
fn man(command: Command, out: &mut dyn Write) -> io::Result<()> {
    let help = command
        .get_after_long_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (examples, codes) = help.split_once("\n\nExit codes: ").unwrap_or((&help, ""));
    let man = Man::new(command).manual("newstext");
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    let mut rest = Roff::new();
    rest.control("SH", ["EXIT STATUS"]);
    rest.text([roman(codes)]);
    rest.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in examples.lines().skip(1) {
        rest.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    rest.control("fi", []);
    rest.to_writer(out)?;
    man.render_version_section(out)
}

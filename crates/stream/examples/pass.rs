//! The smallest stage: it adds nothing but its entry in `pipeline`. What it costs is what the stream costs.
//!
//!     yes '{"text":"x"}' | head -c 10G | cargo run --release -p newstext-stream --example pass >/dev/null

use document::{Annotation, Document, DocumentError, Provenance};
use std::io::{self, Write};
use std::sync::Arc;
use stream::{Diagnostic, Input, Options, Sink, Stage, Verdict};

struct Pass;

static BY: Provenance = Provenance::new("pass", "1");

impl Stage for Pass {
    fn provenance(&self) -> &Provenance {
        &BY
    }

    fn annotate(&self, _: &Document<'_>) -> Result<Verdict, DocumentError> {
        Ok(Verdict::Annotated(Vec::new()))
    }

    fn print(&self, _: &Document<'_>, _: &[Annotation], _: &mut String) {}
}

struct Stdout(io::Stdout);

impl Sink for Stdout {
    fn output(&mut self, lines: &[u8]) -> io::Result<()> {
        self.0.write_all(lines)
    }

    fn reject(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        eprintln!("pass: {diagnostic}");
    }
}

fn main() -> io::Result<()> {
    let options = Options {
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        ..Options::default()
    };
    let inputs = std::iter::once(Input::Stdin);
    let summary = stream::run(inputs, Arc::new(Pass), &options, &mut Stdout(io::stdout()))?;
    eprintln!("pass: {} documents, {} bad", summary.documents, summary.bad);
    Ok(())
}

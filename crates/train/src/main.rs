//! Trains and packs newstext's models; `newstext-train --help` lists the commands.
//!
//! Corpora are a folder with `segment`, `quotes`, `entities`, `summarize` and `unlabelled` in it, each with the JSON Lines
//! files that the models' cards name. Equal corpora give equal bytes. The encoder itself is trained by
//! `scripts/train/encoder`, between the commands `encoder-examples` and `pack-encoder`.

mod arguments;
mod boosting;
mod clusters;
mod corpus;
mod crf;
mod encoder;
mod entities;
mod files;
mod lines;
mod linking;
mod logistic;
mod marks;
mod modes;
mod quotes;
mod roles;
mod rouge;
mod segment;
mod silver;
mod summarize;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("newstext-train: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Segment { corpora, out, hold } => {
            segment::train(&corpora, &out, hold.map(usize::from))
        }
        Command::Lines {
            corpora,
            pages,
            out,
        } => lines::train(&corpora, &pages, &out),
        Command::Quotes(distilled) => {
            let teacher = silver::teacher(distilled.teacher.as_deref())?;
            quotes::train(&distilled.corpora, &distilled.out, &teacher)
        }
        Command::Modes {
            gold,
            corpora,
            out,
            teacher,
        } => modes::train(&gold, &corpora, &out, teacher.as_deref()),
        Command::Entities(distilled) => {
            let teacher = silver::teacher(distilled.teacher.as_deref())?;
            entities::train(&distilled.corpora, &distilled.out, &teacher)
        }
        Command::Summarize { corpora, out } => summarize::train(&corpora, &out),
        Command::EncoderExamples {
            corpora,
            vocabulary,
            out,
        } => encoder::examples(&corpora, &vocabulary, &out),
        Command::PackEncoder {
            checkpoint,
            vocabulary,
            out,
            settled_from,
        } => encoder::pack(&checkpoint, &vocabulary, &out, settled_from),
        Command::LinkGold { gold } => linking::link_gold(&gold, &mut std::io::stdout().lock()),
        Command::CompareCrf {
            train,
            test,
            l1,
            l2,
            iterations,
        } => crf::compare::run(&train, &test, l1, l2, iterations),
    }
}

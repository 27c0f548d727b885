//! The commands and their arguments.

use crate::encoder::SETTLED_FROM;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Trains and packs newstext's models. Equal corpora give equal bytes.
///
/// CORPORA is a folder with `segment`, `quotes`, `entities`, `summarize` and `unlabelled` in it, each with the JSON Lines
/// files that the models' cards name (crates/*/model/*.md).
#[derive(Debug, Parser)]
#[command(name = "newstext-train", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Trains the model of sentence ends (crates/segment/model/segment.bin), in seconds
    Segment {
        /// The folder of the corpora
        #[arg(long, value_name = "DIR")]
        corpora: PathBuf,
        /// Where to write the model
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Leaves out the documents of the Brown corpus whose number modulo 3 is N: for cross-validation
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(..3))]
        hold: Option<u8>,
    },
    /// Trains the model of lines (crates/segment/model/lines.bin), in half a minute
    Lines {
        /// The folder of the corpora
        #[arg(long, value_name = "DIR")]
        corpora: PathBuf,
        /// The folder of marked pages (crates/segment/pages)
        #[arg(long, value_name = "DIR")]
        pages: PathBuf,
        /// Where to write the model
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Trains the fast model of quotations, in some 10 minutes
    Quotes(Distilled),
    /// Trains what tells statements from attitudes, plans and acts (crates/quotes/model/mode.bin), in a minute or two
    Modes {
        /// The annotated articles, as `scripts/train/attributions CORPORA --part train` prints them
        #[arg(long, value_name = "FILE")]
        gold: PathBuf,
        /// The folder of the corpora
        #[arg(long, value_name = "DIR")]
        corpora: PathBuf,
        /// Where to write the weights
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The packed encoder of the accurate model; by default the program's own
        #[arg(long, value_name = "FILE")]
        teacher: Option<PathBuf>,
    },
    /// Trains the fast model of names, in some 10 minutes
    Entities(Distilled),
    /// Trains the ranker of summaries (crates/summarize/model/ranker.bin), in minutes
    Summarize {
        /// The folder of the corpora
        #[arg(long, value_name = "DIR")]
        corpora: PathBuf,
        /// Where to write the model
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Writes what scripts/train/encoder learns from: train.jsonl, dev.jsonl and transitions.json
    EncoderExamples {
        /// The folder of the corpora
        #[arg(long, value_name = "DIR")]
        corpora: PathBuf,
        /// The pretrained model's vocab.txt
        #[arg(long, value_name = "FILE")]
        vocabulary: PathBuf,
        /// The folder to write to; made where it does not exist
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Packs a checkpoint of scripts/train/encoder into the accurate model (crates/encoder/model/encoder.bin)
    PackEncoder {
        /// The checkpoint, a safetensors file
        #[arg(long, value_name = "FILE")]
        checkpoint: PathBuf,
        /// The pretrained model's vocab.txt
        #[arg(long, value_name = "FILE")]
        vocabulary: PathBuf,
        /// Where to write the model
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// A token whose label is at least this probable skips the layers above the exit, 0 to 1
        #[arg(long, value_name = "P", default_value_t = SETTLED_FROM)]
        settled_from: f32,
    },
    /// Links the gold names of a corpus file anew and prints the records, to score linking alone
    LinkGold {
        /// The corpus file
        #[arg(long, value_name = "FILE")]
        gold: PathBuf,
    },
    /// Trains a CRF on files in CRFsuite's format: for scripts/measure/compare-crfsuite
    ///
    /// Prints the final loss, and then the label of each token of the test file, one a line.
    CompareCrf {
        /// One token a line: its label and its attributes, separated by tabs; an empty line ends a sequence
        #[arg(long, value_name = "FILE")]
        train: PathBuf,
        /// What is labelled, in the same format
        #[arg(long, value_name = "FILE")]
        test: PathBuf,
        /// The weight of the sum of the weights' sizes
        #[arg(long, value_name = "X")]
        l1: f64,
        /// The weight of the sum of the weights' squares
        #[arg(long, value_name = "X")]
        l2: f64,
        /// The most iterations
        #[arg(long, value_name = "N")]
        iterations: usize,
    },
}

/// A fast model that learns from the accurate one too.
#[derive(Debug, Args)]
pub(crate) struct Distilled {
    /// The folder of the corpora
    #[arg(long, value_name = "DIR")]
    pub(crate) corpora: PathBuf,
    /// Where to write the model
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The packed encoder that labels unlabelled news; by default the program's own
    #[arg(long, value_name = "FILE")]
    pub(crate) teacher: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_sound_and_every_argument_is_explained() {
        let mut all = Arguments::command();
        all.clone().debug_assert();
        for command in all.get_subcommands_mut() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments().filter(|a| a.get_id() != "help") {
                assert!(argument.get_help().is_some(), "{}", argument.get_id());
            }
        }
    }
}

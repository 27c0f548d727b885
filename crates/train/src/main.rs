//! Trains and packs newstext's models: `train STAGE CORPORA OUT`.
//!
//! CORPORA is a folder with `segment`, `quotes`, `entities` and `summarize` in it, each with the JSON Lines files that
//! the models' cards name. Equal corpora give equal bytes. The encoder's training is `scripts/train/encoder`, between
//! `train encoder-examples` and `train pack-encoder`.

mod boosting;
mod clusters;
// A corpus reader and trainers for each stage; a field that one of them does not read, another does.
#[allow(dead_code)]
mod corpus;
mod crf;
mod encoder;
mod entities;
mod linking;
mod marks;
mod quotes;
mod rouge;
mod segment;
mod silver;
mod summarize;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["encoder-examples", corpora, vocabulary, out] => {
            encoder::examples(corpora.as_ref(), vocabulary.as_ref(), out.as_ref())
        }
        [
            "pack-encoder",
            checkpoint,
            vocabulary,
            out,
            ref settled_from @ ..,
        ] => {
            let settled_from = match settled_from {
                [] => encoder::SETTLED_FROM,
                [from] => from.parse()?,
                _ => anyhow::bail!("one probability from which tokens are settled"),
            };
            encoder::pack(
                checkpoint.as_ref(),
                vocabulary.as_ref(),
                out.as_ref(),
                settled_from,
            )
        }
        ["count", file] => {
            println!("{} documents", corpus::read(file.as_ref())?.len());
            Ok(())
        }
        ["segment", corpora, out] => segment::train(corpora.as_ref(), out.as_ref(), None),
        ["segment", corpora, out, hold] => {
            segment::train(corpora.as_ref(), out.as_ref(), Some(hold.parse()?))
        }
        ["summarize", corpora, out] => summarize::train(corpora.as_ref(), out.as_ref()),
        ["entities", corpora, out, ref teacher @ ..] => {
            entities::train(corpora.as_ref(), out.as_ref(), &silver::teacher(teacher)?)
        }
        ["quotes", corpora, out, ref teacher @ ..] => {
            quotes::train(corpora.as_ref(), out.as_ref(), &silver::teacher(teacher)?)
        }
        ["tag-quotes", file] => quotes::tag(file.as_ref(), None, &mut std::io::stdout().lock()),
        ["tag-quotes", file, model] => {
            let model = Some(model.as_ref());
            quotes::tag(file.as_ref(), model, &mut std::io::stdout().lock())
        }
        ["compare-crf", train, test, l1, l2, iterations] => {
            let options = crf::Options {
                passes: 4,
                l1: l1.parse()?,
                l2: l2.parse()?,
                iterations: iterations.parse()?,
                skipped: iterations.parse()?,
                min_count: 1,
                unseen_pairs: false,
            };
            crf::compare::run(train, test, &options)
        }
        ["tag-entities", gold] => linking::tag(gold.as_ref(), None, &mut std::io::stdout().lock()),
        ["tag-entities", gold, model] => {
            let model = Some(model.as_ref());
            linking::tag(gold.as_ref(), model, &mut std::io::stdout().lock())
        }
        ["link-gold", gold] => linking::link_gold(gold.as_ref(), &mut std::io::stdout().lock()),
        _ => anyhow::bail!(
            "usage: train STAGE CORPORA OUT | train entities|quotes CORPORA OUT TEACHER | train encoder-examples CORPORA VOCABULARY OUT | train pack-encoder CHECKPOINT VOCABULARY OUT [SETTLED_FROM] | train compare-crf TRAIN TEST L1 L2 ITERATIONS | train tag-entities GOLD [MODEL] | train link-gold GOLD"
        ),
    }
}

//! The trainer on files in CRFsuite's own format, to be compared with CRFsuite (`scripts/measure/compare-crfsuite`).
//!
//! One token a line: its label and then its attributes, separated by tabs; an empty line ends a sequence. Any label may
//! follow any other, as in CRFsuite.

use super::{Example, MOST_LABELS, Options, train_with_constraints};
use crate::files;
use anyhow::{Context, Result, ensure};
use model::hash;
use std::collections::HashMap;
use std::path::Path;
use tagger::{Chain, Rows};

/// Passes of stochastic gradient descent to begin with.
const PASSES: usize = 4;

/// Trains on one file, labels another, and prints the final loss and each token's label, one a line.
pub(crate) fn run(train: &Path, test: &Path, l1: f64, l2: f64, iterations: usize) -> Result<()> {
    let options = Options {
        passes: PASSES,
        l1,
        l2,
        iterations,
        skipped: iterations,
        min_count: 1,
        unseen_pairs: false,
    };
    let mut names: Vec<String> = Vec::new();
    let examples = read(train, &mut names)?;
    ensure!(!examples.is_empty(), "{}: no sequence", train.display());
    let labels = names.len();
    let tested = read(test, &mut names)?;
    ensure!(
        labels == names.len(),
        "{}: a label that {} does not have: {:?}",
        test.display(),
        train.display(),
        names[labels]
    );
    let trained = train_with_constraints(labels, |_, _| true, examples, &options);
    let chain = Chain::with_constraints(labels, &trained.transitions, |_, _| true)?;
    println!("{:.3}", trained.losses.last().context("no iteration")?);
    let weights: HashMap<u32, Vec<f32>> = trained.features.into_iter().collect();
    for example in &tested {
        let mut emissions = vec![0.0; labels * example.rows.len()];
        for (row, scores) in example.rows.iter().zip(emissions.chunks_mut(labels)) {
            for weights in row.iter().filter_map(|f| weights.get(f)) {
                scores.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
            }
        }
        for label in chain.viterbi(&emissions) {
            println!("{}", names[usize::from(label)]);
        }
        println!();
    }
    Ok(())
}

/// The sequences of a file; labels that are not among the `names` yet are added to them.
fn read(path: &Path, names: &mut Vec<String>) -> Result<Vec<Example>> {
    let file = files::read_text(path)?;
    let mut examples = Vec::new();
    for sequence in file.split("\n\n") {
        let mut rows = Rows::default();
        let mut allowed = Vec::new();
        for line in sequence.lines().filter(|line| !line.is_empty()) {
            let mut fields = line.split('\t');
            let name = fields.next().unwrap_or_default();
            let label = names.iter().position(|n| n == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            });
            ensure!(
                label < MOST_LABELS,
                "{}: more than {MOST_LABELS} labels",
                path.display()
            );
            allowed.push(1 << label);
            fields.for_each(|attribute| rows.push((hash(attribute.as_bytes()) >> 32) as u32));
            rows.end_row();
        }
        if !allowed.is_empty() {
            examples.push(Example {
                rows,
                allowed,
                soft: None,
                weight: 1.0,
            });
        }
    }
    Ok(examples)
}

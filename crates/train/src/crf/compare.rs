//! The trainer on files in CRFsuite's own format, to be held against CRFsuite (`scripts/measure/compare-crfsuite`).
//!
//! One token a line, its label and then its attributes, between tabs; an empty line ends a sequence. Labels are taken
//! as they are, without constraints, as CRFsuite does.

use super::{Example, Options, train_with_constraints};
use anyhow::{Context, Result};
use model::hash;
use std::collections::HashMap;
use tagger::{Chain, Rows};

/// Trains on one file, labels another, and prints the final loss and each token's label, one a line.
pub fn run(train: &str, test: &str, options: &Options) -> Result<()> {
    let mut names: Vec<String> = Vec::new();
    let train = read(train, &mut names)?;
    let labels = names.len();
    let test = read(test, &mut names)?;
    anyhow::ensure!(
        labels == names.len(),
        "a label occurs in the test file only"
    );
    let trained = train_with_constraints(labels, |_, _| true, train, options);
    let chain = Chain::with_constraints(labels, &trained.transitions, |_, _| true)?;
    println!("{:.3}", trained.losses.last().context("no iteration")?);
    let weights: HashMap<u32, Vec<f32>> = trained.features.into_iter().collect();
    for example in &test {
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

fn read(path: &str, names: &mut Vec<String>) -> Result<Vec<Example>> {
    let file = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
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
            allowed.push(1 << label);
            fields.for_each(|attribute| rows.push((hash(attribute.as_bytes()) >> 32) as u32));
            rows.end_row();
        }
        if !allowed.is_empty() {
            examples.push(Example {
                rows,
                allowed,
                likely: None,
                weight: 1.0,
            });
        }
    }
    Ok(examples)
}

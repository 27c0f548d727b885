//! Trains the ranker of `summarize`: how rare terms are in news, boosted trees on greedy-oracle labels, and what
//! redundancy is to cost, by cross-validation.

use crate::boosting::{Options, boost};
use crate::corpus::{self, Gold};
use crate::files;
use crate::rouge::{Grams, grow_summary};
use ::summarize::training::{LENGTHS, Model, Parts, Row, rows, summarize_with, terms};
use ::summarize::{Budget, Input, Summarizer};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;
use text::Reading;

/// The files whose articles tell how rare a term is in news.
const BACKGROUND: [&str; 5] = [
    "unlabelled/voa.jsonl",
    "unlabelled/bbc.jsonl",
    "quotes/polnear.train.jsonl",
    "entities/worldwide-train.jsonl",
    "summarize/cnndm_val_train.jsonl",
];
/// The files with summaries to learn from.
const SUMMARIES: [&str; 2] = [
    "summarize/cnndm_val_train.jsonl",
    "summarize/gum_train.jsonl",
];
/// The files that the trainer reports on, and does not learn from; [`OPTIONS`] and features were chosen on them.
const HELD_OUT: [&str; 2] = ["summarize/cnndm_val_dev.jsonl", "summarize/gum_dev.jsonl"];
/// Terms in fewer documents are left to [`summarize::training::RAREST`].
const LEAST: u32 = 4;
/// The most sentences of an oracle's summary.
const ORACLE: usize = 3;
/// How fast a summary's vote fades with what it is short of the best one's ROUGE-1 + ROUGE-2 F1.
const FADE: f64 = 0.05;
const FOLDS: usize = 5;
/// What redundancy may cost.
const COSTS: [f32; 7] = [0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9];
/// Budgets for each of the lengths that redundancy is tuned for (see [`LENGTHS`]).
const BUDGETS: [&[Budget]; LENGTHS.len() + 1] = [
    &[Budget::Sentences(1), Budget::Words(25), Budget::Words(34)],
    &[
        Budget::Sentences(2),
        Budget::Sentences(3),
        Budget::Sentences(4),
        Budget::Words(60),
        Budget::Words(90),
    ],
    &[Budget::Sentences(6), Budget::Words(120), Budget::Words(200)],
];
/// Chosen by hand on the files of [`HELD_OUT`], and so a little too well suited to them; small changes change
/// little. Only the cost of redundancy is found by cross-validation.
const OPTIONS: Options = Options {
    trees: 80,
    leaves: 8,
    rate: 0.09,
    least: 60,
    penalty: 1.0,
    rows: 0.7,
    features: 0.5,
    seed: 1,
};

/// How many boosted models are averaged. One seed's summaries of held-out folds score up to 0.5 % better or worse than
/// another's; the mean of four is as good as the best.
const ENSEMBLE: u64 = 4;

/// A document with all that training needs of it.
struct Lesson {
    gold: Gold,
    rows: Vec<Row>,
    labels: Vec<f64>,
    references: Vec<Grams>,
}

/// Writes the model to `out`.
pub(crate) fn train(corpora: &Path, out: &Path) -> Result<()> {
    let mut parts = Parts {
        terms: background(corpora)?,
        ..Parts::default()
    };
    let lessons = read(corpora, &SUMMARIES, &parts)?;
    let models = (0..FOLDS).map(|fold| {
        let others = lessons
            .iter()
            .enumerate()
            .filter(|(i, _)| i % FOLDS != fold)
            .map(|(_, l)| l);
        Parts {
            terms: parts.terms.clone(),
            ..learn(others)
        }
    });
    let mut models: Vec<Parts> = models.collect();
    parts.redundancy = tune(&mut models, &lessons)?;
    println!("redundancy costs {:?}", parts.redundancy);
    let learnt = learn(lessons.iter());
    (parts.base, parts.trees) = (learnt.base, learnt.trees);
    let bytes = parts.pack();
    let model = Model::from_bytes(&bytes).context("the packed model does not read")?;
    for file in HELD_OUT {
        report(file, &read(corpora, &[file], &parts)?, &model);
    }
    files::write(out, bytes)
}

fn background(corpora: &Path) -> Result<Vec<(u64, f32)>> {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    let mut documents = 0;
    for file in BACKGROUND {
        for gold in corpus::read(&corpora.join(file))? {
            for term in terms(&gold.text) {
                *counts.entry(term).or_insert(0) += 1;
            }
            documents += 1;
        }
    }
    let rarity = |n: u32| libm::log(f64::from(documents) / f64::from(n)) as f32;
    let known = counts.into_iter().filter(|&(_, n)| n >= LEAST);
    Ok(known.map(|(term, n)| (term, rarity(n))).collect())
}

fn read(corpora: &Path, files: &[&str], parts: &Parts) -> Result<Vec<Lesson>> {
    let model = Model::from_bytes(&parts.pack()).context("the background does not read")?;
    let mut lessons = Vec::new();
    for file in files {
        for gold in corpus::read(&corpora.join(file))? {
            let rows = with_input(&gold, |input| rows(&model, input));
            let sentences: Vec<Grams> = gold
                .sentences
                .iter()
                .map(|s| Grams::new(&gold.text[s.span]))
                .collect();
            let references: Vec<Grams> = gold.references.iter().map(|r| Grams::new(r)).collect();
            let reference = references
                .first()
                .with_context(|| format!("{} has no summary", gold.id))?;
            let labels = labels(&sentences, reference);
            lessons.push(Lesson {
                gold,
                rows,
                labels,
                references,
            });
        }
    }
    Ok(lessons)
}

/// Lets `work` have what the summarizer reads of a gold document.
fn with_input<T>(gold: &Gold, work: impl FnOnce(&Input<'_>) -> T) -> T {
    let reading = Reading::new(&gold.text, &gold.sentences[..]);
    work(&Input {
        title: gold.title.as_deref(),
        ..Input::new(&reading)
    })
}

/// How much each sentence belongs into a summary: half whether the greedy oracle picks it (Nallapati et al. 2017), half
/// its share of the votes of all summaries that grow greedily from any one sentence, each by how good it is. The oracle
/// alone is a coin's throw between like sentences.
fn labels(sentences: &[Grams], reference: &Grams) -> Vec<f64> {
    let grown = grow_summary(sentences, reference, ORACLE);
    let mut labels = vec![0.0; sentences.len()];
    let Some(first) = grown
        .iter()
        .reduce(|a, b| if b.first_value > a.first_value { b } else { a })
    else {
        return labels;
    };
    first.sentences.iter().for_each(|&i| labels[i] += 0.5);
    let best = grown.iter().map(|g| g.value).fold(0.0, f64::max);
    let weight = |value: f64| libm::exp((value - best) / FADE);
    let whole: f64 = grown.iter().map(|g| weight(g.value)).sum();
    for summary in &grown {
        for &i in &summary.sentences {
            labels[i] += 0.5 * weight(summary.value) / whole;
        }
    }
    labels
}

fn learn<'l>(lessons: impl Iterator<Item = &'l Lesson>) -> Parts {
    let (mut rows, mut labels, mut lists) = (Vec::new(), Vec::new(), Vec::new());
    for lesson in lessons {
        rows.extend_from_slice(&lesson.rows);
        labels.extend_from_slice(&lesson.labels);
        lists.push(lesson.rows.len());
    }
    let mut parts = Parts::default();
    for seed in 1..=ENSEMBLE {
        let options = Options { seed, ..OPTIONS };
        let (base, mut trees) = boost(&rows, &labels, &lists, &options);
        let nodes = trees.iter_mut().flatten();
        nodes.for_each(|node| node.value /= ENSEMBLE as f32);
        parts.base = base;
        parts.trees.extend(trees);
    }
    parts
}

/// For each length, the highest cost of redundancy whose summaries of held-out folds are all but the best: repetition
/// bothers readers more than it does ROUGE.
fn tune(models: &mut [Parts], lessons: &[Lesson]) -> Result<[f32; LENGTHS.len() + 1]> {
    const ALL_BUT: f64 = 0.999;
    let mut reached = Vec::new();
    for cost in COSTS {
        let mut sums = [0.0; LENGTHS.len() + 1];
        for (fold, parts) in models.iter_mut().enumerate() {
            parts.redundancy = [cost; LENGTHS.len() + 1];
            let model = Model::from_bytes(&parts.pack()).context("a fold's model does not read")?;
            for lesson in lessons.iter().skip(fold).step_by(FOLDS) {
                for (sum, budgets) in sums.iter_mut().zip(BUDGETS) {
                    let scores = budgets.iter().map(|&b| score(lesson, b, &model));
                    *sum += scores.flatten().sum::<f64>();
                }
            }
        }
        println!("cost {cost}: {sums:.3?}");
        reached.push((cost, sums));
    }
    Ok(std::array::from_fn(|length| {
        let best = reached.iter().map(|r| r.1[length]).fold(0.0, f64::max);
        let like = reached.iter().filter(|r| r.1[length] >= ALL_BUT * best);
        like.map(|r| r.0).fold(0.0, f32::max)
    }))
}

/// ROUGE-1 and ROUGE-2 F1 of a summary.
fn score(lesson: &Lesson, budget: Budget, model: &Model) -> [f64; 2] {
    let summary = with_input(&lesson.gold, |input| {
        summarize_with(&Summarizer::new().with_budget(budget), model, input)
    });
    best_f1(&Grams::new(&summary.text), &lesson.references)
}

fn best_f1(summary: &Grams, references: &[Grams]) -> [f64; 2] {
    references
        .iter()
        .map(|r| summary.f1(r))
        .fold([0.0; 2], |a, b| [a[0].max(b[0]), a[1].max(b[1])])
}

/// Prints by how much three sentences are better than the first three.
fn report(file: &str, lessons: &[Lesson], model: &Model) {
    let mut gains = [0.0; 2];
    for lesson in lessons {
        let lead: Vec<&str> = lesson
            .gold
            .sentences
            .iter()
            .take(3)
            .map(|s| &lesson.gold.text[s.span])
            .collect();
        let lead = best_f1(&Grams::new(&lead.join(" ")), &lesson.references);
        let ours = score(lesson, Budget::Sentences(3), model);
        for ((gain, ours), lead) in gains.iter_mut().zip(ours).zip(lead) {
            *gain += 100.0 * (ours - lead) / lessons.len() as f64;
        }
    }
    println!("{file}: three sentences, ROUGE-1 and ROUGE-2 F1 over the first three {gains:+.2?}");
}

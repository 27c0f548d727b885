//! The weights of modes: which of what a model takes for quotations are statements.
//!
//! Both models read the annotated articles. What they find is a statement where a reader marked one: at least half of their
//! characters are the same (the measure of `score_articles.py`), or it is a direct quotation, most of which lies in one. What
//! shares less with an annotated one has wrong bounds, which says nothing of its mode: it is left out.
//!
//! The annotated quotations of PolNeAR, which has statements and others, are beside them, told apart by the list of cues:
//! words that the articles lack are judged by what the list says of them.

use crate::corpus::{self, Gold};
use crate::files;
use crate::logistic::{self, Example, Options};
use crate::silver;
use anyhow::Result;
use document::{QuoteType, Span};
use quotes::Extractor;
use quotes::training::{found, listed, pack_modes};
use segment::Segmenter;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// Tuned by cross-validation on the annotated train part.
/// (A third and three times the decay, half the epochs at twice the rate: F1 differs by less than 0.4.)
const OPTIONS: Options = Options {
    epochs: 80,
    rate: 0.05,
    decay: 1e-2,
};

/// A feature whose examples weigh less is left out.
const SEEN: f64 = 2.5;

/// How much a quotation of PolNeAR counts, of which only the list of cues says whether it is a statement. (Cross-validated
/// F1 of contents, fast and accurate: with an older segmenter 81.6 and 84.3 without, 81.1 and 84.4 with this. It is here for words that the articles
/// lack, see tests/modes.rs in crate `quotes`.)
const LISTED_WEIGHT: f64 = 0.1;

/// Articles are divided into so many parts, to see what the weights from all parts but one make of that one.
const FOLDS: usize = 5;

/// What a model found in an article.
struct Case {
    article: usize,
    accurate: bool,
    features: Vec<u64>,
    /// `None` where it is not known.
    statement: Option<bool>,
    /// Whether it is one by the scorer's measure.
    exact: bool,
}

/// Trains on the annotated articles `gold` and writes the weights to the file `out`. Prints what cross-validation says.
pub(crate) fn train(gold: &Path, corpora: &Path, out: &Path, teacher: Option<&Path>) -> Result<()> {
    let gold = corpus::read(gold)?;
    let listed = by_list(&corpus::read(&corpora.join("quotes/polnear.train.jsonl"))?);
    let models = [
        (false, Extractor::fast()),
        (
            true,
            Extractor::of_encoder(Arc::new(silver::teacher(teacher)?))?,
        ),
    ];
    let mut cases = Vec::new();
    for (accurate, extractor) in &models {
        for (article, gold) in gold.iter().enumerate() {
            for found in found(extractor, &Segmenter::new().read(&gold.text)) {
                let content = &found.quote.content;
                let exact = same(gold, content);
                let lies_in = lies_in(gold, content);
                let direct = found.quote.kind == QuoteType::Direct;
                cases.push(Case {
                    article,
                    accurate: *accurate,
                    features: found.features,
                    statement: match lies_in {
                        _ if exact => Some(true),
                        true if direct => Some(true),
                        true => None,
                        false => Some(false),
                    },
                    exact,
                });
            }
        }
    }
    cross_validate(
        &cases,
        &listed,
        gold.iter().map(|gold| gold.quotes.len()).sum(),
    );
    let weights = weights(&cases, &listed, |_| true);
    eprintln!("{} cases, {} features", cases.len(), weights.len());
    files::write(
        out,
        pack_modes(weights.into_iter().map(|(f, w)| (f, w as f32))),
    )
}

/// Whether a content and that of an annotated quotation share at least half of what either has.
fn same(gold: &Gold, content: &[Span]) -> bool {
    gold.quotes.iter().any(|quote| {
        let shared = shared(content, &quote.content);
        2 * shared >= length(content) + length(&quote.content) - shared
    })
}

/// Whether at least half of a content lies in that of an annotated quotation.
fn lies_in(gold: &Gold, content: &[Span]) -> bool {
    (gold.quotes.iter()).any(|quote| 2 * shared(content, &quote.content) >= length(content))
}

fn length(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.end - span.start).sum()
}

/// How many bytes they share.
fn shared(a: &[Span], b: &[Span]) -> usize {
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    pairs
        .map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start)))
        .sum()
}

/// PolNeAR's quotations whose cues are in the list: their features, and whether they are statements.
fn by_list(gold: &[Gold]) -> Vec<(Vec<u64>, bool)> {
    let of = |gold: &Gold| {
        let reading = Segmenter::new().read(&gold.text);
        let quotes = gold.quotes.iter();
        let listed = quotes.filter_map(|q| listed(&reading, &q.content, &q.cue, &q.source));
        listed.collect::<Vec<_>>()
    };
    gold.iter().flat_map(of).collect()
}

/// The weights that the cases of some articles give, and what is decided by the list of cues.
fn weights(
    cases: &[Case],
    listed: &[(Vec<u64>, bool)],
    of: impl Fn(usize) -> bool,
) -> BTreeMap<u64, f64> {
    let known = |case: &&Case| of(case.article) && case.statement.is_some();
    let read = cases.iter().filter(known);
    let read = read.map(|case| (&case.features, case.statement == Some(true), 1.0));
    let listed = (listed.iter()).map(|(features, statement)| (features, *statement, LISTED_WEIGHT));
    let all: Vec<(&Vec<u64>, bool, f64)> = read.chain(listed).collect();
    let mut counts: BTreeMap<u64, f64> = BTreeMap::new();
    for (features, _, weight) in &all {
        for feature in *features {
            *counts.entry(*feature).or_default() += weight;
        }
    }
    counts.retain(|_, count| *count >= SEEN);
    let numbers: HashMap<u64, u32> = counts.keys().copied().zip(0..).collect();
    let example = |&(features, holds, weight): &(&Vec<u64>, bool, f64)| Example {
        features: (features.iter())
            .filter_map(|f| numbers.get(f).copied())
            .collect(),
        holds,
        weight,
    };
    let examples: Vec<Example> = all.iter().map(example).collect();
    let weights = logistic::learn(&examples, counts.len(), &OPTIONS);
    counts.into_keys().zip(weights).collect()
}

/// Prints what is found and right with weights from other articles: F1 of contents as `score_articles.py` counts, of which
/// an annotated quotation that was found twice counts twice.
fn cross_validate(cases: &[Case], listed: &[(Vec<u64>, bool)], annotated: usize) {
    let mut kept = vec![false; cases.len()];
    for fold in 0..FOLDS {
        let weights = weights(cases, listed, |article| article % FOLDS != fold);
        for (kept, case) in kept.iter_mut().zip(cases) {
            if case.article % FOLDS == fold {
                let sum: f64 = case.features.iter().filter_map(|f| weights.get(f)).sum();
                *kept = sum > 0.0;
            }
        }
    }
    for accurate in [false, true] {
        let print = |what: &str, is_in: &dyn Fn(bool) -> bool| {
            let of = || {
                (cases.iter().zip(&kept))
                    .filter(|(c, kept)| c.accurate == accurate && is_in(**kept))
            };
            let (found, right) = (
                of().count() as f64,
                of().filter(|(c, _)| c.exact).count() as f64,
            );
            let statements = of().filter(|(c, _)| c.statement != Some(false)).count() as f64;
            let percent = |part: f64, whole: f64| 100.0 * part / whole.max(1.0);
            eprintln!(
                "{} {what}: statements {:.1} %, P {:.1}, R {:.1}, F1 {:.1}",
                if accurate { "accurate" } else { "fast" },
                percent(statements, found),
                percent(right, found),
                percent(right, annotated as f64),
                percent(2.0 * right, found + annotated as f64),
            );
        };
        print("found", &|_| true);
        print("kept", &|kept| kept);
    }
}

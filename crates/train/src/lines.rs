//! The model of lines: a CRF over the paragraphs of pages.

mod mix;
mod templates;

use crate::corpus;
use crate::crf::{self, Example, Options};
use crate::files;
use crate::segment::EXCLUDED;
use anyhow::{Context, Result, bail};
use mix::{Chance, Runs};
use segment::Segmenter;
use segment::training::lines::{self, FEATURE_SET, KINDS};
use segment::training::pages::{Kind, Page};
use std::collections::BTreeMap;
use std::path::Path;
use tagger::Labels;
use tagger::training::Weights;
use templates::Templates;

/// The label of running text, as a set.
const TEXT: u64 = 1;
/// All labels.
const ANY: u64 = u64::MAX >> (64 - 1 - 2 * KINDS.len());

/// Smaller weights are left out.
const SMALLEST: f32 = 0.01;

/// In cross-validation over the marked pages a third and three times of `l1` and `l2` are as good.
const OPTIONS: Options = Options {
    l1: 0.1,
    l2: 0.3,
    passes: 0,
    iterations: 60,
    skipped: 60,
    min_count: 1,
    unseen_pairs: true,
};

/// Mixed pages for each marked one. Without the templates, 85.9 % of the lines of the development pages were right with none
/// and 88.5 with 6; with them, 92.8 with 6.
const MIXED: usize = 12;
/// How much a mixed page counts, and an article without marks.
const MIXED_WEIGHT: f32 = 0.4;
const PLAIN_WEIGHT: f32 = 0.3;

/// Any number will do.
const SEED: u64 = 7;

/// Trains on the marked pages in a folder, and on real articles, and writes the model to `out`.
pub(crate) fn train(corpora: &Path, folder: &Path, out: &Path) -> Result<()> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut pages = Vec::new();
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
    {
        let name = path.file_stem().unwrap_or_default().display().to_string();
        pages.push(Page::read(&name, &files::read_text(path)?));
    }
    let sources = Sources::read(corpora, folder)?;
    let examples = sources.examples(&pages.iter().collect::<Vec<_>>())?;
    eprintln!(
        "{} marked pages, {} examples in all",
        pages.len(),
        examples.len()
    );
    files::write(out, learn(examples).pack(FEATURE_SET)?)
}

/// What is learnt from beside the marked pages.
pub(crate) struct Sources {
    segmenter: Segmenter,
    real: Vec<Page>,
    plain: Vec<Example>,
    titles: Vec<String>,
    templates: String,
    fillings: String,
}

impl Sources {
    pub(crate) fn read(corpora: &Path, folder: &Path) -> Result<Self> {
        let segmenter = Segmenter::new();
        let titled = corpus::read(&corpora.join("quotes/polnear.train.jsonl"))?;
        Ok(Self {
            real: real(corpora, &files::read_text(&folder.join("real.tsv"))?)?,
            plain: plain(corpora, &segmenter, PLAIN_WEIGHT)?,
            titles: titled
                .into_iter()
                .step_by(2)
                .filter_map(|gold| gold.title)
                .collect(),
            templates: files::read_text(&folder.join("mix/templates.txt"))?,
            fillings: files::read_text(&folder.join("mix/fillings.txt"))?,
            segmenter,
        })
    }

    /// The examples that these pages give, with those of the other sources.
    pub(crate) fn examples(&self, pages: &[&Page]) -> Result<Vec<Example>> {
        let mut titles = self.titles.clone();
        for page in pages {
            let heads = page
                .pieces
                .iter()
                .filter(|piece| piece.kinds == ["headline"]);
            titles.extend(heads.map(|piece| page.text[piece.span.clone()].to_owned()));
        }
        let templates = Templates::new(&self.templates, &self.fillings, titles)?;
        let mut chance = Chance(SEED);
        let marked = pages.iter().copied().chain(&self.real);
        let runs = Runs::new(marked.clone(), &templates, &mut chance);
        let mut examples: Vec<Example> = marked
            .filter_map(|page| example(&self.segmenter, page, 1.0))
            .collect();
        for page in pages {
            for _ in 0..MIXED {
                let mixed = runs.mixed(page, &mut chance);
                examples.extend(example(&self.segmenter, &mixed, MIXED_WEIGHT));
            }
        }
        examples.extend(self.plain.iter().map(|plain| Example {
            rows: plain.rows.clone(),
            allowed: plain.allowed.clone(),
            soft: None,
            weight: plain.weight,
        }));
        Ok(examples)
    }
}

/// The set of labels of a paragraph that is one of these kinds.
fn allowed(kinds: &[Kind]) -> u64 {
    let label = |kind: &Kind| {
        if *kind == "text" {
            return 1;
        }
        let number = KINDS.iter().position(|known| known.as_str() == *kind);
        number.map_or(0, |number| 0b110 << (2 * number))
    };
    kinds.iter().map(label).fold(0, |set, label| set | label)
}

/// The real documents whose lines are marked: each line of `list` has a corpus's file, a document's name and the marks.
fn real(corpora: &Path, list: &str) -> Result<Vec<Page>> {
    let mut files: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    let mut pages = Vec::new();
    for line in list.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(file), Some(id), Some(marks)) = (fields.next(), fields.next(), fields.next())
        else {
            bail!("not three fields: {line}");
        };
        if !files.contains_key(file) {
            let documents = corpus::read(&corpora.join(file))?;
            let texts = documents.into_iter().map(|gold| (gold.id, gold.text));
            files.insert(file, texts.collect());
        }
        let text = files[file]
            .get(id)
            .with_context(|| format!("{file} has no {id}"))?;
        let page = Page::marked(id, text, marks);
        pages.push(page.with_context(|| format!("{id}: not as many marks as lines"))?);
    }
    Ok(pages)
}

/// Running text, and how many documents stand for each that is taken.
const PLAIN: [(&str, usize); 5] = [
    ("summarize/cnndm_val_train.jsonl", 3),
    ("unlabelled/bbc.jsonl", 6),
    ("entities/worldwide-train.jsonl", 6),
    ("quotes/polnear.train.jsonl", 6),
    ("segment/gum.train.jsonl", 2),
];

/// Articles without marks: what is long and ends like a sentence is taken for running text, and nothing is said of the rest.
fn plain(corpora: &Path, segmenter: &Segmenter, weight: f32) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for (file, step) in PLAIN {
        let documents = corpus::read(&corpora.join(file))?;
        for gold in documents.iter().step_by(step) {
            if EXCLUDED.contains(&gold.genre.as_str()) {
                continue;
            }
            let (paragraphs, rows) = lines::paragraphs(segmenter, &gold.text);
            let is_text = |line: &str| {
                let letters = line.starts_with(|c: char| {
                    c.is_alphabetic() || matches!(c, '“' | '"' | '\'' | '‘' | '(')
                });
                line.len() > 120 && letters && line.ends_with(['.', '”', '"'])
            };
            let allowed =
                paragraphs
                    .iter()
                    .map(|(span, plain)| match *plain || is_text(&gold.text[*span]) {
                        true => TEXT,
                        false => ANY,
                    });
            let allowed = allowed.collect();
            examples.push(Example {
                rows,
                allowed,
                soft: None,
                weight,
            });
        }
    }
    Ok(examples)
}

/// A marked page.
fn example(segmenter: &Segmenter, page: &Page, weight: f32) -> Option<Example> {
    let (paragraphs, rows) = lines::paragraphs(segmenter, &page.text);
    let mut sets: Vec<u64> = Vec::new();
    for (span, plain) in &paragraphs {
        if *plain {
            sets.push(TEXT);
            continue;
        }
        let piece = page
            .pieces
            .iter()
            .find(|piece| piece.span.start <= span.start && span.start < piece.span.end);
        let set = piece.map_or(0, |piece| allowed(&piece.kinds));
        sets.push(if set == 0 { ANY } else { set });
    }
    begin_runs(&mut sets);
    (!paragraphs.is_empty()).then_some(Example {
        rows,
        allowed: sets,
        soft: None,
        weight,
    })
}

/// Of a run of paragraphs of one kind, the first has the label that begins it.
fn begin_runs(sets: &mut [u64]) {
    const BEGIN: u64 = 0xAAAA_AAAA_AAAA_AAAA & ANY;
    let mut previous = 0;
    for set in sets {
        let whole = *set;
        let goes_on = (whole & !BEGIN & !1) & previous;
        let sure = previous.count_ones() == 2;
        let begins = whole & BEGIN & !(if sure { goes_on >> 1 } else { 0 });
        *set = (whole & 1) | goes_on | begins;
        previous = whole;
    }
}

pub(crate) fn learn(examples: Vec<Example>) -> Weights {
    let labels = Labels::new(KINDS.map(|kind| kind.as_str())).expect("kinds");
    crf::train(&labels, examples, &OPTIONS).weights(labels, SMALLEST)
}

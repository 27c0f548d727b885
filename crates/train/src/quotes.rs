//! The quotations model: a lexicon of cues and word clusters, and a CRF over the tokens of paragraphs.

use crate::clusters::cluster;
use crate::corpus::{self, Gold};
use crate::crf::{self, Example, Options};
use crate::files;
use crate::roles::Roles;
use crate::silver::{self, Task};
use ::encoder::Encoder;
use anyhow::Result;
use document::TokenRange;
use quotes::training::{FEATURE_SET, KINDS, Known, Lexicon, Model, lower_case, paragraphs};
use segment::Segmenter;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use tagger::Labels;

/// Sizes of the three clusterings in the lexicon.
const CLUSTERS: [usize; 3] = [31, 100, 400];

/// What clusters are learnt from: every news text in the corpora.
const NEWS: [&str; 5] = [
    "quotes/polnear.train.jsonl",
    "unlabelled/voa.jsonl",
    "unlabelled/bbc.jsonl",
    "summarize/cnndm_val_train.jsonl",
    "entities/worldwide-train.jsonl",
];

/// What the accurate model labels, having learnt from PolNeAR itself.
const SILVER: [&str; 3] = [
    "unlabelled/bbc.jsonl",
    "summarize/cnndm_val_train.jsonl",
    "entities/worldwide-train.jsonl",
];

/// How much an example of that counts. With 610,000 tokens of it attribution on PolNeAR's dev part rises from 65.1 to 66.4.
const SILVER_WEIGHT: f32 = 0.5;

/// Smaller weights are left out. The model is then a fifth smaller and as good: on PolNeAR's dev part, attribution is 65.1
/// with them and without, contents 71.7.
const SMALLEST: f32 = 0.01;

/// Tuned on PolNeAR's dev part. The likelihood is still rising when it stops; how early it stops regularises more than
/// `l2` does (80 iterations with an `l2` of 0.5: attribution 59.2; 40 with 5: 60.7, with 15: 59.3; all with the rules of
/// that day), and so do few passes of AdaGrad (3, averaged: 59.1 where this has 65.1). The mean of the last points evens
/// out what differs from one stop to the next (the point after 62 alone: attribution 64.4, contents 71.2).
const OPTIONS: Options = Options {
    l1: 0.1,
    l2: 4.0,
    passes: 0,
    iterations: 66,
    skipped: 45,
    min_count: 3,
    unseen_pairs: false,
};

/// Trains on the corpora, and on what `teacher` takes the labels of silver texts to be, and writes the model to the file `out`.
pub(crate) fn train(corpora: &Path, out: &Path, teacher: &Encoder) -> Result<()> {
    let gold = corpus::read(&corpora.join("quotes/polnear.train.jsonl"))?;
    let cues = CueCounts::new(&gold);
    let mut words = clusters(corpora)?;
    let lexicon = lexicon(&mut words, cues.classes(None));
    let mut examples = Vec::new();
    let others: Vec<Lexicon> = (0..FOLDS)
        .map(|fold| self::lexicon(&mut words, cues.classes(Some(fold))))
        .collect();
    for (number, document) in gold.iter().enumerate() {
        let roles = Roles::new(&document.quotes);
        let known = &others[number % FOLDS];
        for paragraph in paragraphs(&Segmenter::new().read(&document.text), known) {
            if !paragraph.tokens.is_empty() {
                examples.push(Example {
                    allowed: roles
                        .labels(&paragraph.tokens)
                        .iter()
                        .map(|l| 1 << l)
                        .collect(),
                    soft: None,
                    rows: paragraph.rows,
                    weight: 1.0,
                });
            }
        }
    }
    silver_examples(corpora, teacher, &lexicon, &mut examples)?;
    let labels = Labels::new(KINDS)?;
    let weights = crf::train(&labels, examples, &OPTIONS).weights(labels, SMALLEST);
    let linear = weights.pack(FEATURE_SET)?;
    let model = Model::pack(&lexicon, &linear);
    eprintln!(
        "lexicon {} words, model {} bytes",
        lexicon.len(),
        model.len()
    );
    files::write(out, model)
}

/// Adds an example for each paragraph of the silver texts. None of them gave the lexicon its cues: it is to them what it
/// will be to a text that the tool reads.
fn silver_examples(
    corpora: &Path,
    teacher: &Encoder,
    lexicon: &Lexicon,
    examples: &mut Vec<Example>,
) -> Result<()> {
    for file in SILVER {
        for silver in silver::read(&corpora.join(file), teacher, Task::Quotes)? {
            let reading = silver.reading();
            for paragraph in paragraphs(&reading, lexicon) {
                let Some(first) = paragraph.tokens.first() else {
                    continue;
                };
                let start = reading.token_at(first.start);
                let tokens = TokenRange::new(start, start + paragraph.tokens.len());
                let (allowed, soft) = silver.labels(teacher.quotes(), tokens);
                examples.push(Example {
                    rows: paragraph.rows,
                    allowed,
                    soft: Some(soft),
                    weight: SILVER_WEIGHT,
                });
            }
        }
    }
    Ok(())
}

/// Words in lower case, with their clusters from all news texts.
fn clusters(corpora: &Path) -> Result<BTreeMap<String, Known>> {
    let mut texts = Vec::new();
    for file in NEWS {
        let path = corpora.join(file);
        texts.extend(corpus::read(&path)?.into_iter().map(|g| g.text));
    }
    let clusters = cluster(texts.iter().map(String::as_str), &CLUSTERS);
    let known = |(word, c): (String, Vec<u16>)| {
        let clusters = [c[0], c[1], c[2]];
        (word, Known { cue: 0, clusters })
    };
    Ok(clusters.into_iter().map(known).collect())
}

/// The lexicon that has these cue classes.
fn lexicon(words: &mut BTreeMap<String, Known>, cues: Vec<(String, u8)>) -> Lexicon<'static> {
    words.values_mut().for_each(|known| known.cue = 0);
    for (word, cue) in cues {
        words.entry(word).or_default().cue = cue;
    }
    Lexicon::new(words.iter().map(|(word, known)| (word.as_str(), *known)))
}

/// How many parts the documents are divided into. The model learns from each part with the cue classes that the other
/// parts give, as it will see a text that it was not trained on. Otherwise a word that was a cue twice in all the corpus
/// would seem sure to be one.
const FOLDS: usize = 8;

/// A word that was part of a cue more rarely is in no class.
const LEAST_CUES: u32 = 2;
/// Each word counts as seen twice more outside a cue, so that no rare word is sure to be one.
const UNSEEN: u32 = 2;
/// Where the next class begins, by the share of its occurrences that were part of a cue; see [`Known::cue`].
const CUE_SHARES: [f64; 3] = [0.1, 0.3, 0.6];

/// How often each word outside quotation marks is part of a cue, and how often it stands there, by part.
struct CueCounts {
    parts: [HashMap<String, (u32, u32)>; FOLDS],
}

impl CueCounts {
    fn new(gold: &[Gold]) -> Self {
        let mut parts: [HashMap<String, (u32, u32)>; FOLDS] = Default::default();
        let none = Lexicon::new([]);
        for (number, document) in gold.iter().enumerate() {
            let counts = &mut parts[number % FOLDS];
            let roles = Roles::new(&document.quotes);
            for paragraph in paragraphs(&Segmenter::new().read(&document.text), &none) {
                let labels = roles.labels(&paragraph.tokens);
                for ((span, label), quoted) in
                    paragraph.tokens.iter().zip(labels).zip(&paragraph.quoted)
                {
                    if !quoted {
                        let word = lower_case(&document.text[*span]);
                        let count = counts.entry(word).or_default();
                        count.0 += u32::from(Labels::kind(label) == Some(1));
                        count.1 += 1;
                    }
                }
            }
        }
        Self { parts }
    }

    /// Words with their classes, see [`Known::cue`], from all parts but one.
    fn classes(&self, without: Option<usize>) -> Vec<(String, u8)> {
        let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for (number, part) in self.parts.iter().enumerate() {
            if Some(number) != without {
                for (word, (cue, all)) in part {
                    let count = counts.entry(word).or_default();
                    count.0 += cue;
                    count.1 += all;
                }
            }
        }
        counts
            .into_iter()
            .filter(|(word, (cue, _))| *cue >= LEAST_CUES && word.contains(char::is_alphabetic))
            .map(|(word, (cue, all))| {
                let share = f64::from(cue) / f64::from(all + UNSEEN);
                let class = 1 + CUE_SHARES.iter().filter(|&&s| share > s).count();
                (word.to_owned(), class as u8)
            })
            .collect()
    }
}

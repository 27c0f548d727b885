//! The quotations model: a lexicon of cues and word clusters, and a CRF over the tokens of paragraphs.

use crate::clusters::cluster;
use crate::corpus::{self, Gold};
use crate::crf::{self, Example, Options};
use anyhow::{Context, Result};
use document::{Annotation, Document, Quote, Record, Sentence, Span, Tool};
use quotes::model::{FEATURE_SET, KINDS, Known, Lexicon, Model, lower_case, paragraphs};
use segment::Segmenter;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;
use tagger::{Label, Labels, OUTSIDE};

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

/// Weights below this change nothing but the model's size; without those below a hundredth, attribution falls by 2.
const SMALLEST: f32 = 0.0005;

/// Tuned on PolNeAR's dev part. The likelihood is still rising when it stops; how early it stops regularises more than
/// `l2` does (80 iterations with an `l2` of 0.5: attribution 59.2; 40 with 5: 60.7, with 15: 59.3).
const OPTIONS: Options = Options {
    l1: 0.1,
    l2: 4.0,
    passes: 0,
    iterations: 62,
    min_count: 3,
    unseen_pairs: false,
};

/// Trains on the corpora and writes the model to the file `out`.
pub fn train(corpora: &Path, out: &Path) -> Result<()> {
    let gold = corpus::read(&corpora.join("quotes/polnear.train.jsonl"))?;
    let lexicon = lexicon(corpora, &gold)?;
    let known = Lexicon::new(lexicon.clone());
    let mut examples = Vec::new();
    for document in &gold {
        let roles = Roles::new(&document.quotes);
        for paragraph in paragraphs(&document.text, &sentences(&document.text), &known) {
            if !paragraph.tokens.is_empty() {
                examples.push(Example {
                    allowed: roles
                        .labels(&paragraph.tokens)
                        .iter()
                        .map(|l| 1 << l)
                        .collect(),
                    rows: paragraph.rows,
                    weight: 1.0,
                });
            }
        }
    }
    let labels = Labels::new(KINDS)?;
    let weights = crf::train(&labels, examples, &OPTIONS).weights(labels, SMALLEST);
    let linear = weights.pack(FEATURE_SET)?;
    let model = Model::join(&lexicon, &linear);
    eprintln!(
        "lexicon {} bytes, model {} bytes",
        lexicon.len(),
        model.len()
    );
    std::fs::write(out, &model).with_context(|| out.display().to_string())
}

/// Paragraphs are those that the tool will see.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    Segmenter::new().segment(text, None).sentences
}

/// Which role each stretch of a text has, in order.
pub(crate) struct Roles {
    spans: Vec<(Span, usize)>,
}

impl Roles {
    pub fn new(quotes: &[Quote]) -> Self {
        let mut spans: Vec<(Span, usize)> = quotes
            .iter()
            .flat_map(|q| [&q.content, &q.cue, &q.source].into_iter().enumerate())
            .flat_map(|(role, spans)| spans.iter().map(move |s| (s.clone(), role)))
            .collect();
        spans.sort_by_key(|(span, role)| (span.start, span.end, *role));
        spans.dedup();
        Self { spans }
    }

    /// The labels of a paragraph's tokens: a token belongs to the last span that begins before its own start and covers
    /// it.
    pub fn labels(&self, tokens: &[Span]) -> Vec<Label> {
        let mut last = None;
        let mut labels = Vec::with_capacity(tokens.len());
        for token in tokens {
            let next = self.spans.partition_point(|(s, _)| s.start <= token.start);
            let found = (next.saturating_sub(3)..next)
                .rev()
                .find(|&i| self.spans[i].0.end > token.start);
            labels.push(match found {
                None => OUTSIDE,
                Some(i) if last == Some(i) => Labels::inside(self.spans[i].1),
                Some(i) => Labels::begin(self.spans[i].1),
            });
            last = found;
        }
        labels
    }
}

/// The bytes of the lexicon: word clusters from all news texts, cue classes from the gold quotations.
fn lexicon(corpora: &Path, gold: &[Gold]) -> Result<Vec<u8>> {
    let mut texts = Vec::new();
    for file in NEWS {
        let path = corpora.join(file);
        texts.extend(corpus::read(&path)?.into_iter().map(|g| g.text));
    }
    let mut words: BTreeMap<String, Known> = cluster(texts.iter().map(String::as_str), &CLUSTERS)
        .into_iter()
        .map(|(word, c)| {
            let clusters = [c[0], c[1], c[2]];
            (word, Known { cue: 0, clusters })
        })
        .collect();
    for (word, cue) in cue_classes(gold) {
        words.entry(word).or_default().cue = cue;
    }
    Ok(quotes::model::pack(&words.into_iter().collect::<Vec<_>>()))
}

/// How often each word outside quotation marks is part of a cue, see [`Known::cue`].
fn cue_classes(gold: &[Gold]) -> Vec<(String, u8)> {
    let mut counts: HashMap<String, (u32, u32)> = HashMap::new();
    let none = Lexicon::new(Vec::new());
    for document in gold {
        let roles = Roles::new(&document.quotes);
        for paragraph in paragraphs(&document.text, &sentences(&document.text), &none) {
            let labels = roles.labels(&paragraph.tokens);
            for ((span, label), quoted) in
                paragraph.tokens.iter().zip(labels).zip(&paragraph.quoted)
            {
                if !quoted {
                    let count = counts
                        .entry(lower_case(&document.text[span.clone()]))
                        .or_default();
                    count.0 += u32::from(Labels::kind(label) == Some(1));
                    count.1 += 1;
                }
            }
        }
    }
    let mut classes: Vec<(String, u8)> = counts
        .into_iter()
        .filter(|(word, (cue, _))| *cue >= 2 && word.contains(char::is_alphabetic))
        .map(|(word, (cue, all))| {
            let share = f64::from(cue) / f64::from(all + 2);
            let class = 1 + [0.1, 0.3, 0.6].iter().filter(|&&s| share > s).count();
            (word, class as u8)
        })
        .collect();
    classes.sort();
    classes
}

/// Writes the quotations that the library finds in the texts of a corpus file, and nothing else that the file says of
/// them, as JSON Lines: what the scorer compares with that file.
pub fn tag(file: &Path, model: Option<&Path>, out: &mut impl Write) -> Result<()> {
    let extractor = match model {
        Some(path) => quotes::Extractor::with_model(std::fs::read(path)?)?,
        None => quotes::Extractor::fast(),
    };
    let tool = Tool {
        name: "quotes",
        version: "",
        model: None,
    };
    for gold in corpus::read(file)? {
        let line = serde_json::json!({ "id": gold.id, "text": gold.text }).to_string();
        let record = Record::parse(&line)?;
        let text = record.text()?;
        let document = Document::new(&record, &text);
        let input = quotes::Input {
            text: &text,
            ..Default::default()
        };
        let mut line = String::new();
        let quotes = extractor.quotes(&input);
        document.write(&tool, &[Annotation::Quotes(quotes)], &mut line)?;
        writeln!(out, "{line}").context("writing")?;
    }
    Ok(())
}

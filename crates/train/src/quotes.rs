//! The quotations model: a lexicon of cues and word clusters, and a CRF over the tokens of paragraphs.

use crate::clusters::cluster;
use crate::corpus::{self, Gold};
use crate::crf::{self, Example, Options};
use crate::silver::{self, Task};
use ::encoder::Encoder;
use anyhow::{Context, Result};
use document::{Annotation, Document, Quote, Record, Span, TokenRange, Tool};
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

/// What the accurate model is asked about, having learnt from PolNeAR itself.
const SILVER: [&str; 3] = [
    "unlabelled/bbc.jsonl",
    "summarize/cnndm_val_train.jsonl",
    "entities/worldwide-train.jsonl",
];

/// How often that counts. With 610,000 tokens of it attribution on PolNeAR's dev part rises from 65.1 to 66.4.
const SILVER_WEIGHT: f32 = 0.5;

/// Without the weights below this the model is a fifth smaller and as good: attribution 65.1 on PolNeAR's dev part with
/// them and without, contents 71.7.
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
pub fn train(corpora: &Path, out: &Path, teacher: &Encoder) -> Result<()> {
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
                    likely: None,
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
    std::fs::write(out, &model).with_context(|| out.display().to_string())
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
                let (allowed, likely) = silver.labels(teacher.quotes(), tokens);
                examples.push(Example {
                    rows: paragraph.rows,
                    allowed,
                    likely: Some(likely),
                    weight: SILVER_WEIGHT,
                });
            }
        }
    }
    Ok(())
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
            .flat_map(|(role, spans)| spans.iter().map(move |s| (*s, role)))
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

/// Documents are dealt into so many parts. The model sees each with the cue classes that the others give, as it will
/// see a text that it was not trained on: else a word that was a cue twice in all would be sure to be one both times.
const FOLDS: usize = 8;

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
            .filter(|(word, (cue, _))| *cue >= 2 && word.contains(char::is_alphabetic))
            .map(|(word, (cue, all))| {
                let share = f64::from(cue) / f64::from(all + 2);
                let class = 1 + [0.1, 0.3, 0.6].iter().filter(|&&s| share > s).count();
                (word.to_owned(), class as u8)
            })
            .collect()
    }
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
        let mut line = String::new();
        let quotes = extractor.quotes(&quotes::Input::new(&Segmenter::new().read(&text)));
        document.write(&tool, &[Annotation::Quotes(quotes)], &mut line)?;
        writeln!(out, "{line}").context("writing")?;
    }
    Ok(())
}

//! What the targets share: models small enough to be damaged byte by byte, made here so that they follow every change of
//! format, and a stage that does nothing.

use document::{Annotation, Document, DocumentError, Provenance};
use model::{combine, hash};
use std::collections::BTreeMap;
use std::io;
use stream::{Diagnostic, Options, Sink, Stage, Verdict};
use tagger::Labels;
use tagger::training::Weights;

/// A text in which every model below finds something.
pub const TEXT: &str =
    "“We agree,” President Ada Roe of Tromsø told reporters on Monday.\n\nHe said it held.";

const PIECES: [&str; 16] = [
    "[UNK]", "[CLS]", "[SEP]", "we", "##e", "a", "##a", "o", "##o", ",", ".", "“", "”", "\"",
    "said", "mond",
];
const HIDDEN: usize = 32;
const INNER: usize = 16;

/// Pseudo-random numbers from -1 to 1, the same on every run.
fn numbers(name: &str, n: usize) -> Vec<f32> {
    let seed = hash(name.as_bytes());
    let number = |i| (combine(seed, i) % 2001) as f32 / 1000.0 - 1.0;
    (0..n as u64).map(number).collect()
}

/// An encoder of two layers with this many positions.
pub fn encoder(positions: usize) -> Vec<u8> {
    let mut tensors = BTreeMap::new();
    let mut add = |name: &str, n: usize| tensors.insert(name.to_owned(), numbers(name, n));
    for (table, rows) in [
        ("word", PIECES.len()),
        ("position", positions),
        ("token_type", 2),
        ("case", 6),
        ("quotation", 5),
    ] {
        add(
            &format!("embeddings.{table}_embeddings.weight"),
            rows * HIDDEN,
        );
    }
    add("embeddings.LayerNorm.weight", HIDDEN);
    add("embeddings.LayerNorm.bias", HIDDEN);
    for layer in 0..2 {
        for (name, inputs, outputs) in [
            ("attention.self.query", HIDDEN, HIDDEN),
            ("attention.self.key", HIDDEN, HIDDEN),
            ("attention.self.value", HIDDEN, HIDDEN),
            ("attention.output.dense", HIDDEN, HIDDEN),
            ("intermediate.dense", HIDDEN, INNER),
            ("output.dense", INNER, HIDDEN),
        ] {
            let name = format!("encoder.layer.{layer}.{name}");
            add(&format!("{name}.weight"), inputs * outputs);
            add(&format!("{name}.bias"), outputs);
        }
        for norm in ["attention.output", "output"] {
            let name = format!("encoder.layer.{layer}.{norm}.LayerNorm");
            add(&format!("{name}.weight"), HIDDEN);
            add(&format!("{name}.bias"), HIDDEN);
        }
    }
    for (head, labels) in [("quotes", 7), ("entities", 19)] {
        for heads in ["heads", "exits"] {
            add(&format!("{heads}.{head}.weight"), labels * HIDDEN);
            add(&format!("{heads}.{head}.bias"), labels);
        }
        add(&format!("transitions.{head}"), labels * labels);
    }
    let quotes = Labels::new(quotes::training::KINDS).expect("three kinds");
    let entities =
        Labels::new(document::EntityType::NAMES.iter().map(|t| t.as_str())).expect("nine types");
    let exit = encoder::training::Exit {
        after: 1,
        threshold: 0.5,
    };
    encoder::training::pack(&tensors, PIECES, &quotes, &entities, Some(exit))
        .expect("every tensor is there")
}

/// A linear model over the features of [`TEXT`].
fn linear(labels: Labels, features: impl Iterator<Item = u32>, feature_set: u64) -> Vec<u8> {
    let n = labels.len();
    let mut features: Vec<u32> = features.collect();
    features.sort_unstable();
    features.dedup();
    let weights = Weights {
        transitions: numbers("transitions", n * n),
        features: features
            .into_iter()
            .map(|f| (f, numbers(&f.to_string(), n)))
            .collect(),
        labels,
    };
    weights
        .pack(feature_set)
        .expect("each feature is there once")
}

/// A linear model of names.
pub fn names() -> Vec<u8> {
    let labels = Labels::new(["PERSON", "GPE"]).expect("two kinds");
    let reading = text::Reading::new(TEXT, vec![]);
    let observed = entities::training::Observations::new(&reading);
    let mut rows = tagger::Rows::default();
    for sequence in &observed.sequences {
        observed.features(sequence, &mut rows);
    }
    let features = rows.iter().flatten().copied();
    linear(labels, features, entities::training::feature_set())
}

/// A linear model of quotations.
pub fn quotations() -> Vec<u8> {
    use quotes::training::{FEATURE_SET, KINDS, Known, Lexicon, Model, paragraphs};
    let known = |cue| Known {
        cue,
        clusters: [1, 2, 3],
    };
    let lexicon = Lexicon::new([("told", known(1)), ("said", known(4))]);
    let paragraphs = paragraphs(&text::Reading::new(TEXT, vec![]), &lexicon);
    let features = paragraphs
        .iter()
        .flat_map(|p| p.rows.iter())
        .flatten()
        .copied();
    let labels = Labels::new(KINDS).expect("three kinds");
    Model::pack(&lexicon, &linear(labels, features, FEATURE_SET))
}

/// A model of sentences.
pub fn sentences() -> Vec<u8> {
    use segment::training::{FEATURES, Key, Lexicon, WordFacts, pack};
    let lexicon = Lexicon::new([
        (Key::Before("Ms"), WordFacts::new(1, 5, 0)),
        (Key::Before("reporters"), WordFacts::new(0, 1, 0)),
        (Key::After("he"), WordFacts::new(0, 0, 7)),
    ]);
    let weights: Vec<i16> = numbers("sentences", FEATURES)
        .iter()
        .map(|weight| (weight * 256.0) as i16)
        .collect();
    pack(&lexicon, &weights)
}

/// A ranker with one tree.
pub fn ranker() -> Vec<u8> {
    use summarize::training::{LEAF, Node, Parts};
    let node = |feature, left, value| Node {
        feature,
        threshold: 0.5,
        left,
        value,
    };
    let parts = Parts {
        base: -1.0,
        redundancy: [0.9, 0.5, 0.5],
        terms: vec![(hash(b"report"), 4.0), (hash(b"hold"), 6.0)],
        trees: vec![vec![
            node(2, 1, 0.0),
            node(LEAF, 0, 1.0),
            node(LEAF, 0, -1.0),
        ]],
    };
    parts.pack()
}

/// A stage that adds nothing but its entry in `pipeline`.
struct Pass;

static PASS: Provenance = Provenance::new("pass", "1");

impl Stage for Pass {
    fn provenance(&self) -> &Provenance {
        &PASS
    }
    fn annotate(&self, _: &Document<'_>) -> Result<Verdict, DocumentError> {
        Ok(Verdict::Annotated(Vec::new()))
    }
    fn print(&self, _: &Document<'_>, _: &[Annotation], _: &mut String) {}
}

/// What came out of a run.
#[derive(Default, PartialEq, Debug)]
pub struct Kept {
    pub output: Vec<u8>,
    pub rejects: Vec<u8>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Sink for Kept {
    fn output(&mut self, lines: &[u8]) -> io::Result<()> {
        self.output.extend_from_slice(lines);
        Ok(())
    }
    fn reject(&mut self, piece: &[u8]) -> io::Result<()> {
        self.rejects.extend_from_slice(piece);
        Ok(())
    }
    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        self.diagnostics.push(diagnostic.clone());
    }
}

/// The stage that does nothing over a file with these bytes.
pub fn pass(bytes: &[u8], options: &Options) -> Kept {
    let path = std::env::temp_dir().join(format!("newstext-fuzz-{}", std::process::id()));
    std::fs::write(&path, bytes).expect("the folder of temporary files can be written");
    let mut kept = Kept::default();
    let inputs = std::iter::once(stream::Input::Path(path));
    stream::run(inputs, std::sync::Arc::new(Pass), options, &mut kept)
        .expect("this sink takes everything");
    kept
}

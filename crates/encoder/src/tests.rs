use super::*;
use crate::file::HEAD;
use crate::pieces::Case;
use crate::product::{ROWS, STEP};
use crate::windows::State;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tagger::{Labels, combine};

const PIECES: [&str; 24] = [
    "[UNK]", "[CLS]", "[SEP]", "the", "dam", "##s", "hold", "##ing", "said", "it", "would", ",",
    ".", "\"", "a", "b", "##b", "c", "1", "##2", "mayor", "e", "-", "'",
];
const HIDDEN: usize = 2 * HEAD;
const INNER: usize = 112;
const LAYERS: usize = 2;

/// Numbers about 0 without a pattern, the same on every run.
fn numbers(n: usize, seed: u64, size: f32) -> Vec<f32> {
    (0..n as u64)
        .map(|i| ((combine(seed, i) % 20_001) as f32 / 10_000.0 - 1.0) * size)
        .collect()
}

/// The weights of a model small enough to be worked out by hand.
fn weights() -> BTreeMap<String, Vec<f32>> {
    let mut all = BTreeMap::new();
    let mut add = |name: &str, n: usize, size: f32, about: f32| {
        let seed = tagger::hash(name.as_bytes());
        let numbers = numbers(n, seed, size).iter().map(|x| x + about).collect();
        all.insert(name.to_owned(), numbers);
    };
    for (table, rows) in [
        ("word", PIECES.len()),
        ("position", windows::LONGEST),
        ("token_type", 2),
        ("case", Case::COUNT),
        ("quotation", State::COUNT),
    ] {
        add(
            &format!("embeddings.{table}_embeddings.weight"),
            rows * HIDDEN,
            1.0,
            0.0,
        );
    }
    let norm = |add: &mut dyn FnMut(&str, usize, f32, f32), name: String| {
        add(&format!("{name}.LayerNorm.weight"), HIDDEN, 0.3, 1.0);
        add(&format!("{name}.LayerNorm.bias"), HIDDEN, 0.3, 0.0);
    };
    norm(&mut add, "embeddings".to_owned());
    for layer in 0..LAYERS {
        let layer = format!("encoder.layer.{layer}");
        for (name, inputs, outputs) in [
            ("attention.self.query", HIDDEN, HIDDEN),
            ("attention.self.key", HIDDEN, HIDDEN),
            ("attention.self.value", HIDDEN, HIDDEN),
            ("attention.output.dense", HIDDEN, HIDDEN),
            ("intermediate.dense", HIDDEN, INNER),
            ("output.dense", INNER, HIDDEN),
        ] {
            add(
                &format!("{layer}.{name}.weight"),
                inputs * outputs,
                0.3,
                0.0,
            );
            add(&format!("{layer}.{name}.bias"), outputs, 0.3, 0.0);
        }
        norm(&mut add, format!("{layer}.attention.output"));
        norm(&mut add, format!("{layer}.output"));
    }
    for (head, labels) in [("quotes", 7), ("entities", 5)] {
        add(&format!("heads.{head}.weight"), labels * HIDDEN, 1.0, 0.0);
        add(&format!("heads.{head}.bias"), labels, 1.0, 0.0);
        add(&format!("transitions.{head}"), labels * labels, 1.0, 0.0);
    }
    all
}

fn file() -> Vec<u8> {
    let weights = weights();
    let quotes = Labels::new(["content", "cue", "source"]).unwrap();
    let entities = Labels::new(["PERSON", "ORG"]).unwrap();
    pack(&weights, PIECES, &quotes, &entities).unwrap()
}

const TEXT: &str =
    "The mayor said: \"The dams hold, holding 12.\"\nIt would, a b-bb c would. “Zürich holds";

fn read(encoder: &Encoder, text: &str) -> Reading {
    encoder.read(text, &text::tokens(text), &[])
}

/// A row as the whole steps that it is multiplied as: of 127 to each side, or as many as weights have.
fn rounded(row: &[f64], weights: bool) -> Vec<f64> {
    let greatest = row.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let (scale, most) = if weights {
        let row: Vec<f32> = row.iter().map(|&w| w as f32).collect();
        (f64::from(pack::scale(&row)), f64::from(product::MOST))
    } else {
        (greatest / 127.0, 127.0)
    };
    let steps = row.iter().map(|x| (x / scale).round().clamp(-most, most));
    steps.map(|steps| steps * scale).collect()
}

/// The pass as the papers have it, in `f64` and without a thought for speed.
struct Reference {
    weights: BTreeMap<String, Vec<f64>>,
}

impl Reference {
    fn new() -> Self {
        let weights = weights().into_iter().map(|(name, tensor)| {
            let tensor: Vec<f64> = tensor.into_iter().map(f64::from).collect();
            (name, tensor)
        });
        Self {
            weights: weights.collect(),
        }
    }

    fn row(&self, table: &str, number: usize) -> &[f64] {
        &self.weights[table][number * HIDDEN..][..HIDDEN]
    }

    /// Weights times a row, both rounded where the product is one of bytes.
    fn linear(&self, name: &str, row: &[f64], bytes: bool) -> Vec<f64> {
        let row = if bytes {
            rounded(row, false)
        } else {
            row.to_vec()
        };
        let weights = self.weights[&format!("{name}.weight")].chunks(row.len());
        let outputs = weights.zip(&self.weights[&format!("{name}.bias")]);
        outputs
            .map(|(w, bias)| {
                let w = if bytes { rounded(w, true) } else { w.to_vec() };
                w.iter().zip(&row).map(|(w, x)| w * x).sum::<f64>() + bias
            })
            .collect()
    }

    fn norm(&self, name: &str, row: &[f64]) -> Vec<f64> {
        let n = row.len() as f64;
        let mean = row.iter().sum::<f64>() / n;
        let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        let weight = &self.weights[&format!("{name}.LayerNorm.weight")];
        let bias = &self.weights[&format!("{name}.LayerNorm.bias")];
        let scaled = row.iter().map(|x| (x - mean) / (variance + 1e-12).sqrt());
        scaled
            .zip(weight)
            .zip(bias)
            .map(|((x, w), b)| x * w + b)
            .collect()
    }

    fn hidden(&self, window: &Window) -> Vec<Vec<f64>> {
        let mut rows: Vec<Vec<f64>> = (0..window.ids.len())
            .map(|i| {
                let mut row = rounded(
                    self.row("embeddings.word_embeddings.weight", window.ids[i].into()),
                    false,
                );
                for (table, number) in [
                    ("position", i),
                    ("token_type", 0),
                    ("case", window.cases[i].into()),
                    ("quotation", window.states[i].into()),
                ] {
                    let table = format!("embeddings.{table}_embeddings.weight");
                    row.iter_mut()
                        .zip(self.row(&table, number))
                        .for_each(|(x, y)| *x += y);
                }
                self.norm("embeddings", &row)
            })
            .collect();
        for layer in 0..LAYERS {
            let layer = |name: &str| format!("encoder.layer.{layer}.{name}");
            let part = |part: &str| -> Vec<Vec<f64>> {
                let name = layer(&format!("attention.self.{part}"));
                rows.iter()
                    .map(|row| self.linear(&name, row, true))
                    .collect()
            };
            let (queries, keys, values) = (part("query"), part("key"), part("value"));
            rows = rows
                .iter()
                .zip(queries)
                .map(|(row, query)| {
                    let mut context = Vec::new();
                    for head in (0..HIDDEN).step_by(HEAD) {
                        let of = |row: &Vec<f64>| row[head..head + HEAD].to_vec();
                        let dot = |key: &Vec<f64>| -> f64 {
                            of(&query).iter().zip(of(key)).map(|(a, b)| a * b).sum()
                        };
                        let scores: Vec<f64> = keys
                            .iter()
                            .map(|k| (dot(k) / (HEAD as f64).sqrt()).exp())
                            .collect();
                        let sum: f64 = scores.iter().sum();
                        context.extend((0..HEAD).map(|d| {
                            let of_value = scores.iter().zip(&values).map(|(s, v)| s * v[head + d]);
                            of_value.sum::<f64>() / sum
                        }));
                    }
                    let add = |row: &[f64], more: Vec<f64>| -> Vec<f64> {
                        row.iter().zip(more).map(|(a, b)| a + b).collect()
                    };
                    let output = self.linear(&layer("attention.output.dense"), &context, true);
                    let row = self.norm(&layer("attention.output"), &add(row, output));
                    let mut inner = self.linear(&layer("intermediate.dense"), &row, true);
                    for x in &mut inner {
                        let within =
                            (2.0 / std::f64::consts::PI).sqrt() * (*x + 0.044715 * x.powi(3));
                        *x *= (1.0 + within.tanh()) / 2.0;
                    }
                    let outer = self.linear(&layer("output.dense"), &inner, true);
                    self.norm(&layer("output"), &add(&row, outer))
                })
                .collect();
        }
        rows
    }
}

#[test]
fn the_pass_is_that_of_the_papers() {
    let file = file();
    let encoder = Encoder::from_bytes(file.clone()).unwrap();
    let vocabulary = Vocabulary::read(&file[encoder.sections.vocabulary.clone()]).unwrap();
    let tokens = text::tokens(TEXT);
    let reading = read(&encoder, TEXT);
    let reference = Reference::new();
    let mut labelled = 0;
    for window in windows(&vocabulary, TEXT, &tokens, &[]) {
        let rows = reference.hidden(&window);
        for &(token, piece) in &window.tokens {
            for (head, labels, emissions) in [
                ("heads.quotes", 7, &reading.quotes),
                ("heads.entities", 5, &reading.entities),
            ] {
                let scores = reference.linear(head, &rows[piece], false);
                for (a, b) in scores.iter().zip(&emissions[token * labels..][..labels]) {
                    // A number on the edge between two bytes may be rounded to the other one.
                    assert!((a - f64::from(*b)).abs() < 0.15, "{head} {token}: {a} {b}");
                }
            }
            labelled += 1;
        }
    }
    assert_eq!(labelled, tokens.len());
}

/// Every way to work out a tile and a pass gives the bytes of the definition.
#[cfg(target_arch = "x86_64")]
#[test]
#[allow(unsafe_code)]
fn vectors_give_the_same_bytes() {
    type Tile = fn(&[product::Step], &[[u8; STEP]]) -> product::Sums;
    let mut ways: Vec<(Tile, fn(&mut Pass))> = Vec::new();
    if simd::avx2::is_there() {
        // SAFETY: asked just now, and so below.
        ways.push((
            |a, b| unsafe { simd::avx2::tile(a, b) },
            |work| unsafe { simd::avx2::run(work) },
        ));
    }
    if simd::avx512::is_there() {
        // SAFETY: as above.
        ways.push((
            |a, b| unsafe { simd::avx512::tile(a, b) },
            |work| unsafe { simd::avx512::run(work) },
        ));
    }
    let file = file();
    let encoder = Encoder::from_bytes(file.clone()).unwrap();
    let vocabulary = Vocabulary::read(&file[encoder.sections.vocabulary.clone()]).unwrap();
    let text = TEXT.repeat(9);
    let windows = windows(&vocabulary, &text, &text::tokens(&text), &[]);
    let passed = |run: fn(&mut Pass)| {
        let mut room = Room::default();
        run(&mut Pass {
            bytes: &encoder.bytes,
            sections: &encoder.sections,
            windows: &windows,
            room: &mut room,
        });
        room.rows.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
    };
    let portable = passed(|work| forward::pass(work, product::tile));
    let most = i16::from(product::MOST);
    for (tile, run) in ways {
        for (seed, width) in [(1, 4), (2, 384), (3, 1536)] {
            let mut rows = product::Quantised::default();
            rows.set(&numbers(ROWS * width, seed, 9.0), width);
            let weights = (0..16 * width as u64).map(|i| (combine(seed, i) % 129) as i16 - most);
            let panel: Vec<u8> = weights.map(|w| w as u8).collect();
            let panel = panel.as_chunks::<STEP>().0;
            assert_eq!(
                tile(rows.steps(), panel),
                product::tile(rows.steps(), panel)
            );
            for weight in [most, -most] {
                let rows = vec![[[255; 4]; ROWS]; width / 4];
                let panel = vec![[weight as u8; STEP]; width / 4];
                let sum = 255 * i32::from(weight) * width as i32;
                assert_eq!(tile(&rows, &panel), [[sum; 16]; ROWS]);
            }
        }
        assert_eq!(passed(run), portable);
    }
}

#[test]
fn what_is_read_together_changes_nothing() {
    let file = file();
    let encoder = Encoder::from_bytes(file.clone()).unwrap();
    let vocabulary = Vocabulary::read(&file[encoder.sections.vocabulary.clone()]).unwrap();
    let text = TEXT.repeat(20);
    let tokens = text::tokens(&text);
    let windows = windows(&vocabulary, &text, &tokens, &[]);
    assert!(windows.len() > 3);
    let one = encoder.read_windows(&windows, tokens.len(), 1);
    for batch in [100, 350, usize::MAX] {
        assert_eq!(encoder.read_windows(&windows, tokens.len(), batch), one);
    }
    let threads: Vec<Reading> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| read(&encoder, &text)))
            .collect();
        started.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(threads.iter().all(|reading| *reading == one));
}

#[test]
fn tokens_without_a_window_are_outside() {
    let encoder = Encoder::from_bytes(file()).unwrap();
    let reading = encoder.read_windows(&[], 2, 100);
    assert_eq!(reading.entities.len(), 10);
    assert_eq!(encoder.entities().chain.viterbi(&reading.entities), [0, 0]);
    assert_eq!(
        read(&encoder, ""),
        Reading {
            quotes: vec![],
            entities: vec![]
        }
    );
}

fn refused(bytes: &[u8]) -> String {
    Encoder::from_bytes(bytes.to_vec()).unwrap_err().to_string()
}

#[test]
fn damage_is_named() {
    let bytes = file();
    assert_eq!(file(), bytes);
    assert!(Encoder::is_meant_by(&bytes) && !Encoder::is_meant_by(b"NTLINEAR"));
    assert_eq!(refused(b""), "not an encoder model");
    assert_eq!(refused(b"\x7fELF and so on"), "not an encoder model");
    let changed = |place: usize| {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        changed
    };
    assert_eq!(
        refused(&changed(8)),
        "model format version 0, but this program reads version 1"
    );
    assert!(refused(&changed(12)).starts_with("model was trained for feature set"));
    assert_eq!(
        refused(&changed(bytes.len() - 1)),
        "model is damaged: checksum"
    );
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(refused(&longer), "model is damaged: length");
    for length in (8..2000).chain((2000..bytes.len()).step_by(97)) {
        refused(&bytes[..length]);
    }
}

/// Models that are read without their checksum must be harmless whatever is in them.
#[test]
fn a_damaged_static_model_does_not_panic() {
    let bytes = file();
    let places = (0..1200)
        .step_by(3)
        .chain((1200..bytes.len()).step_by(1009));
    for (round, place) in places.enumerate() {
        let mut damaged = bytes.clone();
        for byte in damaged.iter_mut().skip(place).take(1 + round % 8) {
            *byte = byte.wrapping_add(1 + (round % 255) as u8);
        }
        if let Ok(sections) = Sections::read(&damaged) {
            let encoder = Encoder {
                bytes: damaged.into(),
                sections,
            };
            let reading = read(&encoder, TEXT);
            assert!(
                reading
                    .quotes
                    .iter()
                    .chain(&reading.entities)
                    .all(|x| x.is_finite())
            );
        }
    }
}

#[test]
fn weights_that_do_not_fit_are_refused() {
    let labels = Labels::new(["content", "cue", "source"]).unwrap();
    let entities = Labels::new(["PERSON", "ORG"]).unwrap();
    for (name, tensor) in weights() {
        let longer = vec![0.5; 2 * tensor.len() + 1];
        for change in [None, Some(longer), Some(Vec::new())] {
            let mut weights = weights();
            match change {
                Some(other) => weights.insert(name.clone(), other),
                None => weights.remove(&name),
            };
            let packed = pack(&weights, PIECES, &labels, &entities);
            assert!(packed.is_err(), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_text_is_read(text in any::<String>(), times in 1..40usize) {
        let encoder = Encoder::from_bytes(file()).unwrap();
        let text = text.repeat(times);
        let tokens = text::tokens(&text);
        let reading = read(&encoder, &text);
        prop_assert_eq!(reading.quotes.len(), 7 * tokens.len());
        prop_assert_eq!(reading.entities.len(), 5 * tokens.len());
        prop_assert!(reading.quotes.iter().all(|x| x.is_finite()));
    }
}

mod reference;

use super::*;
use crate::file::Exit;
use crate::file::HEAD;
use crate::pack::pack;
use crate::pieces::Case;
use crate::product::{ROWS, STEP};
use model::combine;
use proptest::prelude::*;
use reference::Reference;
use std::collections::BTreeMap;
use tagger::Labels;

const PIECES: [&str; 24] = [
    "[UNK]", "[CLS]", "[SEP]", "the", "dam", "##s", "hold", "##ing", "said", "it", "would", ",",
    ".", "\"", "a", "b", "##b", "c", "1", "##2", "mayor", "e", "-", "'",
];
const HIDDEN: usize = 2 * HEAD;
const INNER: usize = 112;
const LAYERS: usize = 4;
const EXIT: Exit = Exit {
    after: 2,
    threshold: 0.505,
};

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
        let seed = model::hash(name.as_bytes());
        let numbers = numbers(n, seed, size).iter().map(|x| x + about).collect();
        all.insert(name.to_owned(), numbers);
    };
    for (table, rows) in [
        ("word", PIECES.len()),
        ("position", windows::LONGEST),
        ("token_type", 2),
        ("case", Case::COUNT),
        ("quotation", text::Place::COUNT),
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
        // At the exit some labels shall be sure and others not.
        for (at, size) in [("heads", 1.0), ("exits", 0.3)] {
            add(&format!("{at}.{head}.weight"), labels * HIDDEN, size, 0.0);
            add(&format!("{at}.{head}.bias"), labels, size, 0.0);
        }
        add(&format!("transitions.{head}"), labels * labels, 1.0, 0.0);
    }
    all
}

fn labels_of_quotes() -> Labels {
    Labels::new(["content", "cue", "source"]).unwrap()
}

fn labels_of_entities() -> Labels {
    Labels::new(["PERSON", "ORG"]).unwrap()
}

fn file() -> Vec<u8> {
    let weights = weights();
    let [quotes, entities] = [labels_of_quotes(), labels_of_entities()];
    pack(&weights, PIECES, &quotes, &entities, Some(EXIT)).unwrap()
}

const TEXT: &str =
    "The mayor said: \"The dams hold, holding 12.\"\nIt would, a b-bb c would. “Zürich holds";

fn both(encoder: &Encoder, text: &str) -> Scores {
    encoder.scores(&reading(text), Heads::Both)
}

/// A text whose lines are its sentences.
fn reading(text: &str) -> Reading<'_> {
    Reading::new(text, vec![])
}

#[test]
fn the_pass_is_that_of_the_papers() {
    let file = file();
    let encoder = Encoder::from_bytes(file.clone()).unwrap();
    let vocabulary = Vocabulary::read(&file[encoder.sections.vocabulary.clone()]).unwrap();
    let reading = reading(TEXT);
    let windows = windows(&vocabulary, &reading);
    let reference = Reference::new();
    let mut settled = 0;
    for heads in [Heads::Quotes, Heads::Entities, Heads::Both] {
        let scores = encoder.scores(&reading, heads);
        let wanted = [
            ("quotes", Heads::Quotes, 7, &scores.quotes),
            ("entities", Heads::Entities, 5, &scores.entities),
        ];
        let (wanted, others): (Vec<_>, Vec<_>) =
            (wanted.into_iter()).partition(|(_, head, ..)| heads == *head || heads == Heads::Both);
        assert!(others.iter().all(|(.., emissions)| emissions.is_empty()));
        let names: Vec<&str> = wanted.iter().map(|(name, ..)| *name).collect();
        for window in &windows {
            let scored = reference.scores(window, &names);
            for (&(token, _), scored) in window.tokens.iter().zip(scored) {
                settled += usize::from(scored.settled);
                for ((name, _, labels, emissions), scores) in wanted.iter().zip(scored.by_head) {
                    for (a, b) in scores.iter().zip(&emissions[token * labels..][..*labels]) {
                        // A number on the edge between two bytes may be rounded to the other one.
                        assert!((a - f64::from(*b)).abs() < 0.35, "{name} {token}: {a} {b}");
                    }
                }
            }
        }
    }
    assert!(
        (1..3 * reading.tokens().len()).contains(&settled),
        "{settled}"
    );
}

/// A threshold that no probability is above leaves the whole model, one of 0 that of the layers below the exit.
#[test]
fn the_threshold_says_who_exits() {
    let weights = weights();
    let [quotes, entities] = [labels_of_quotes(), labels_of_entities()];
    let read_with = |weights: &BTreeMap<_, _>, exit| {
        let file = pack(weights, PIECES, &quotes, &entities, exit).unwrap();
        both(&Encoder::from_bytes(file).unwrap(), TEXT)
    };
    let with = |threshold| Some(Exit { threshold, ..EXIT });
    assert_eq!(read_with(&weights, with(1.0)), read_with(&weights, None));
    let mut below = weights.clone();
    let is_above = |name: &str| {
        let layer = name.strip_prefix("encoder.layer.");
        layer.is_some_and(|rest| rest.as_bytes()[0] >= b'0' + EXIT.after as u8)
    };
    below.retain(|name, _| !is_above(name));
    for (name, exit) in weights
        .iter()
        .filter(|(name, _)| name.starts_with("exits."))
    {
        below.insert(name.replace("exits.", "heads."), exit.clone());
    }
    assert_eq!(read_with(&weights, with(0.0)), read_with(&below, None));
    for impossible in [
        Exit { after: 0, ..EXIT },
        Exit {
            after: LAYERS,
            ..EXIT
        },
        Exit {
            threshold: f32::NAN,
            ..EXIT
        },
        Exit {
            threshold: 1.5,
            ..EXIT
        },
    ] {
        let packed = pack(&weights, PIECES, &quotes, &entities, Some(impossible));
        assert!(packed.is_err(), "{impossible:?}");
    }
}

/// Every way to work out a tile and a pass gives the bytes of the definition.
#[test]
fn vectors_give_the_same_bytes() {
    let file = file();
    let encoder = Encoder::from_bytes(file.clone()).unwrap();
    let vocabulary = Vocabulary::read(&file[encoder.sections.vocabulary.clone()]).unwrap();
    let text = TEXT.repeat(9);
    let reading = reading(&text);
    let tokens = reading.tokens().len();
    let windows = windows(&vocabulary, &reading);
    let passed = |run: fn(&mut Pass)| {
        let head = encoder.entities();
        let mut heads = [HeadScores::new(&encoder.bytes, head, tokens)];
        run(&mut Pass {
            bytes: &encoder.bytes,
            sections: &encoder.sections,
            windows: &windows,
            heads: &mut heads,
            buffers: &mut Buffers::default(),
        });
        let [head] = heads;
        head.emissions
            .iter()
            .map(|x| x.to_bits())
            .collect::<Vec<_>>()
    };
    let portable = passed(|work| forward::pass(work, product::tile));
    let most = i16::from(product::LARGEST_WEIGHT);
    for (tile, run) in simd::ways() {
        for (seed, width) in [(1, 16), (2, 384), (3, 1536)] {
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
                let rows = vec![[[127; 4]; ROWS]; width / 4];
                let panel = vec![[weight as u8; STEP]; width / 4];
                let sum = 127 * i32::from(weight) * width as i32;
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
    let reading = reading(&text);
    let tokens = reading.tokens().len();
    let windows = windows(&vocabulary, &reading);
    assert!(windows.len() > 3);
    let one = encoder.score_windows(&windows, tokens, Heads::Both, 1);
    for batch in [100, 350, usize::MAX] {
        let read = encoder.score_windows(&windows, tokens, Heads::Both, batch);
        assert_eq!(read, one);
    }
    let threads: Vec<Scores> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..3)
            .map(|_| scope.spawn(|| both(&encoder, &text)))
            .collect();
        started.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(threads.iter().all(|scores| *scores == one));
}

#[test]
fn tokens_without_a_window_are_outside() {
    let encoder = Encoder::from_bytes(file()).unwrap();
    let scores = encoder.score_windows(&[], 2, Heads::Both, 100);
    assert_eq!(scores.entities.len(), 10);
    assert_eq!(encoder.entities().chain.viterbi(&scores.entities), [0, 0]);
    assert_eq!(both(&encoder, ""), Scores::default());
}

fn refused(bytes: &[u8]) -> String {
    Encoder::from_bytes(bytes.to_vec()).unwrap_err().to_string()
}

#[test]
fn damage_is_named() {
    let bytes = file();
    assert_eq!(file(), bytes);
    assert!(Encoder::is_encoder_file(&bytes) && !Encoder::is_encoder_file(b"NTLINEAR"));
    assert_eq!(
        refused(b""),
        "not an encoder model: give a file of that kind"
    );
    assert_eq!(
        refused(b"\x7fELF and so on"),
        "not an encoder model: give a file of that kind"
    );
    let changed = |place: usize| {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        changed
    };
    let version = "an encoder model of format version 3, but this program reads version 2: ";
    assert!(refused(&changed(8)).starts_with(version));
    assert!(refused(&changed(12)).starts_with("an encoder model for feature set "));
    let damaged = |what| format!("an encoder model is damaged ({what}): copy the file again");
    assert_eq!(refused(&changed(bytes.len() - 1)), damaged("checksum"));
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(refused(&longer), damaged("length"));
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
            let scores = both(&encoder, TEXT);
            assert!(
                scores
                    .quotes
                    .iter()
                    .chain(&scores.entities)
                    .all(|x| x.is_finite())
            );
        }
    }
}

#[test]
fn weights_that_do_not_fit_are_refused() {
    let [quotes, entities] = [labels_of_quotes(), labels_of_entities()];
    for (name, tensor) in weights() {
        let longer = vec![0.5; 2 * tensor.len() + 1];
        for change in [None, Some(longer), Some(Vec::new())] {
            let mut weights = weights();
            match change {
                Some(other) => weights.insert(name.clone(), other),
                None => weights.remove(&name),
            };
            let packed = pack(&weights, PIECES, &quotes, &entities, Some(EXIT));
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
        let scores = both(&encoder, &text);
        prop_assert_eq!(scores.quotes.len(), 7 * tokens.len());
        prop_assert_eq!(scores.entities.len(), 5 * tokens.len());
        prop_assert!(scores.quotes.iter().all(|x| x.is_finite()));
    }
}

/// What [`Encoder::accurate`] leaves out for the sake of a quick start.
#[test]
fn the_programs_own_model_is_whole() {
    Encoder::from_bytes(ACCURATE.to_vec()).unwrap();
    let encoder = Encoder::accurate();
    assert!(ACCURATE.len() <= 25 << 20);
    let text = "“It will hold,” Ada Lovelace said in Paris.";
    let scores = both(&encoder, text);
    let best = encoder.quotes().chain.viterbi(&scores.quotes);
    let kinds: Vec<usize> = encoder
        .quotes()
        .labels
        .spans(&best)
        .iter()
        .map(|s| s.kind)
        .collect();
    assert_eq!(kinds, [0, 2, 1]);
}

//! Any text through the encoder's word pieces, windows and forward pass: a finite score for every token and label, and
//! the same scores on a second run.
#![no_main]

use encoder::{Encoder, Heads};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TINY: LazyLock<Encoder> = LazyLock::new(|| {
    Encoder::from_bytes(tiny::encoder(encoder::training::LONGEST)).expect("whole")
});

fuzz_target!(|text: &str| {
    let lines = text::Reading::new(text, vec![]);
    let tokens = lines.tokens();
    let scores = TINY.scores(&lines, Heads::Both);
    assert_eq!(
        scores.quotes.len(),
        tokens.len() * TINY.quotes().labels.len()
    );
    assert_eq!(
        scores.entities.len(),
        tokens.len() * TINY.entities().labels.len()
    );
    assert!(
        scores
            .quotes
            .iter()
            .chain(&scores.entities)
            .all(|score| score.is_finite())
    );
    let reading = segment::Segmenter::new().read(text);
    let in_sentences = TINY.scores(&reading, Heads::Both);
    assert_eq!(TINY.scores(&reading, Heads::Both), in_sentences);
});

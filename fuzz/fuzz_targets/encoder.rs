//! Any text through the encoder's word pieces, windows and forward pass: a finite score for every token and label, and
//! the same ones again.
#![no_main]

use encoder::{Encoder, Heads};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TINY: LazyLock<Encoder> =
    LazyLock::new(|| Encoder::from_bytes(tiny::encoder(encoder::windows::LONGEST)).expect("whole"));

fuzz_target!(|text: &str| {
    let tokens = text::tokens(text);
    let reading = TINY.read(text, &tokens, &[], Heads::Both);
    assert_eq!(
        reading.quotes.len(),
        tokens.len() * TINY.quotes().labels.len()
    );
    assert_eq!(
        reading.entities.len(),
        tokens.len() * TINY.entities().labels.len()
    );
    assert!(
        reading
            .quotes
            .iter()
            .chain(&reading.entities)
            .all(|score| score.is_finite())
    );
    let sentences = segment::Segmenter::new().segment(text, None).sentences;
    let in_sentences = TINY.read(text, &tokens, &sentences, Heads::Both);
    assert_eq!(
        TINY.read(text, &tokens, &sentences, Heads::Both),
        in_sentences
    );
});

//! A damaged model: an error, or a model that labels without a panic. The first byte chooses the model. Then each three
//! bytes are a position, counted from the end where it is negative, and the byte to write there; the number of bytes left
//! over is cut off the model's end. The checksum is corrected, as otherwise nothing behind it would be read.
#![no_main]

use encoder::training::LONGEST;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tiny::TEXT;

static MODELS: LazyLock<[Vec<u8>; 7]> = LazyLock::new(|| {
    [
        tiny::names(),
        tiny::quotations(),
        tiny::encoder(LONGEST),
        tiny::encoder(2),
        tiny::encoder(300),
        tiny::sentences(),
        tiny::ranker(),
    ]
});
/// A model of quotations has another one in it: that of its labels, behind its lexicon.
const QUOTATIONS: usize = 1;
/// Where every file has the checksum of the bytes after it.
const CHECKSUM: usize = 20;

fn damaged(model: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut file = model.to_vec();
    let edits = edits.chunks_exact(3);
    file.truncate(file.len() - edits.remainder().len());
    for edit in edits {
        let place = i16::from_le_bytes([edit[0], edit[1]]);
        let at = if place < 0 {
            file.len().checked_add_signed(place.into())
        } else {
            Some(place as usize)
        };
        if let Some(byte) = at.and_then(|at| file.get_mut(at)) {
            *byte = edit[2];
        }
    }
    file
}

fn with_checksum(file: &mut [u8]) {
    if file.len() >= CHECKSUM + 8 {
        let checksum = model::hash(&file[CHECKSUM + 8..]).to_le_bytes();
        file[CHECKSUM..CHECKSUM + 8].copy_from_slice(&checksum);
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&choice, edits)) = data.split_first() else {
        return;
    };
    let choice = usize::from(choice) % MODELS.len();
    let mut file = damaged(&MODELS[choice], edits);
    if choice == QUOTATIONS {
        let inner = file.windows(8).position(|bytes| bytes == b"NTLINEAR");
        with_checksum(inner.map_or(&mut [], |at| &mut file[at..]));
    }
    with_checksum(&mut file);
    if let Ok(segmenter) = segment::Segmenter::from_bytes(file.clone()) {
        segmenter.segment(&segment::Input::new(TEXT));
    }
    if let Ok(summarizer) = summarize::Summarizer::from_bytes(file.clone()) {
        let reading = text::Reading::new(TEXT, vec![]);
        summarizer.summarize(&summarize::Input::new(&reading));
    }
    if let Ok(recognizer) = entities::Recognizer::from_bytes(file.clone()) {
        recognizer.entities(&entities::Input::new(&text::Reading::new(TEXT, vec![])));
    }
    if let Ok(extractor) = quotes::Extractor::from_bytes(file) {
        extractor.quotes(&quotes::Input::new(&text::Reading::new(TEXT, vec![])));
    }
});

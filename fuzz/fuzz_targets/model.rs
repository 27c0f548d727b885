//! A damaged model: an error, or a model that labels without a panic. The first byte chooses the model. Then each three
//! bytes are a position, counted from the end where it is negative, and the byte to write there; the number of bytes left
//! over is cut off the model's end. The checksum is corrected, as otherwise nothing behind it would be read.
#![no_main]

use encoder::windows::LONGEST;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tiny::TEXT;

static MODELS: LazyLock<[Vec<u8>; 5]> = LazyLock::new(|| {
    [
        tiny::names(),
        tiny::quotations(),
        tiny::encoder(LONGEST),
        tiny::encoder(2),
        tiny::encoder(300),
    ]
});
const NAMES: usize = 0;
/// A linear model of quotations comes after its lexicon, whose length comes first.
const QUOTATIONS: usize = 1;
/// Where both kinds of file have the checksum of the bytes after it.
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
        let checksum = tagger::hash(&file[CHECKSUM + 8..]).to_le_bytes();
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
        let lexicon = file
            .first_chunk()
            .map_or(0, |n| u32::from_le_bytes(*n) as usize);
        if let Some(linear) = file.get_mut(4 + lexicon..) {
            with_checksum(linear);
        }
    } else {
        with_checksum(&mut file);
    }
    if choice != QUOTATIONS
        && let Ok(recognizer) = entities::Recognizer::from_bytes(file.clone())
    {
        recognizer.entities(&entities::Input::new(&text::Reading::new(TEXT, vec![])));
    }
    if choice != NAMES
        && let Ok(extractor) = quotes::Extractor::with_model(file)
    {
        extractor.quotes(&quotes::Input::new(&text::Reading::new(TEXT, vec![])));
    }
});

//! Any text as a gazetteer, used on itself.
#![no_main]

use encoder::Encoder;
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

static TINY: LazyLock<Arc<Encoder>> = LazyLock::new(|| {
    Arc::new(Encoder::from_bytes(tiny::encoder(encoder::training::LONGEST)).expect("whole"))
});

fuzz_target!(|text: &str| {
    let Ok(gazetteer) = entities::Gazetteer::parse(text) else {
        return;
    };
    let found = entities::Recognizer::of_encoder(Arc::clone(&TINY))
        .expect("it has entity types")
        .with_gazetteer(gazetteer)
        .entities(&entities::Input::new(&text::Reading::new(text, vec![])));
    for mention in found.iter().flat_map(|e| &e.mentions) {
        assert!(mention.span.get(text).is_some());
    }
});

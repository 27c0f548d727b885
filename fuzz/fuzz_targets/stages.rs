//! Any text through every stage: no panic, and every span lies on character boundaries of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static SEGMENTER: LazyLock<segment::Segmenter> = LazyLock::new(segment::Segmenter::new);
static RECOGNIZER: LazyLock<entities::Recognizer> = LazyLock::new(entities::Recognizer::fast);
static EXTRACTOR: LazyLock<quotes::Extractor> = LazyLock::new(quotes::Extractor::fast);

fuzz_target!(|text: &str| {
    let fits = |span: &document::Span| assert!(text.get(span.clone()).is_some(), "{span:?}");
    let segmentation = SEGMENTER.segment(text, None);
    let sentences = &segmentation.sentences[..];
    sentences.iter().for_each(|s| fits(&s.span));
    assert!(
        sentences
            .windows(2)
            .all(|w| w[0].span.end <= w[1].span.start)
    );
    segmentation.metadata.iter().for_each(|m| fits(&m.span));
    let entities = RECOGNIZER.entities(&entities::Input {
        text,
        date: segmentation.date.as_deref(),
        sentences: Some(sentences),
        metadata: Some(&segmentation.metadata),
        dateline: segmentation.dateline.as_ref(),
        ..entities::Input::default()
    });
    for mention in entities.iter().flat_map(|e| &e.mentions) {
        fits(&mention.span);
        assert!(!mention.span.is_empty());
    }
    let quotes = EXTRACTOR.quotes(&quotes::Input {
        text,
        sentences: Some(sentences),
        entities: Some(&entities),
    });
    for quote in &quotes {
        quote
            .content
            .iter()
            .chain(&quote.cue)
            .chain(&quote.source)
            .for_each(fits);
    }
    let budget = summarize::Budget::Words(20);
    let summary = summarize::Summarizer::new(budget).summarize(&summarize::Input {
        text,
        sentences: Some(sentences),
        entities: Some(&entities),
        quotes: Some(&quotes),
        ..summarize::Input::default()
    });
    summary.sentences.iter().for_each(|pick| fits(&pick.span));
    assert!(summary.text.split_whitespace().count() <= 20);
});

//! Any text through every stage: no panic, and every span lies on character boundaries of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static SEGMENTER: LazyLock<segment::Segmenter> = LazyLock::new(segment::Segmenter::new);
static RECOGNIZER: LazyLock<entities::Recognizer> = LazyLock::new(entities::Recognizer::fast);
static EXTRACTOR: LazyLock<quotes::Extractor> = LazyLock::new(quotes::Extractor::fast);

fuzz_target!(|text: &str| {
    let fits = |span: document::Span| assert!(span.get(text).is_some(), "{span:?}");
    let segmentation = SEGMENTER.segment(&segment::Input::new(text));
    let sentences = &segmentation.sentences[..];
    sentences.iter().for_each(|s| fits(s.span));
    assert!(
        sentences
            .windows(2)
            .all(|w| w[0].span.end <= w[1].span.start)
    );
    segmentation.metadata.iter().for_each(|m| fits(m.span));
    let reading = text::Reading::new(text, sentences);
    reading.quotations().iter().for_each(|q| fits(q.span));
    let entities = RECOGNIZER.entities(&entities::Input {
        date: segmentation.date.as_deref(),
        dateline: segmentation.dateline.as_ref(),
        ..entities::Input::new(&reading)
    });
    for mention in entities.iter().flat_map(|e| &e.mentions) {
        fits(mention.span);
        assert!(!mention.span.is_empty());
    }
    let quotes = EXTRACTOR.quotes(&quotes::Input {
        entities: Some(&entities),
        ..quotes::Input::new(&reading)
    });
    for quote in &quotes {
        quote
            .content
            .iter()
            .chain(&quote.cue)
            .chain(&quote.source)
            .for_each(|span| fits(*span));
    }
    let budget = summarize::Budget::Words(20);
    let summary = summarize::Summarizer::new()
        .with_budget(budget)
        .summarize(&summarize::Input {
            entities: Some(&entities),
            quotes: Some(&quotes),
            ..summarize::Input::new(&reading)
        });
    summary.sentences.iter().for_each(|pick| fits(pick.span));
    assert!(summary.text.split_whitespace().count() <= 20);
});

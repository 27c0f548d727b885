//! Any record through every stage and `view`: annotations of other programs whose spans fit the text cause no panic,
//! whatever else they contain, and the spans that the stages add fit too.
#![no_main]

use document::{Annotation, Document, Provenance, Record};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static RECOGNIZER: LazyLock<entities::Recognizer> = LazyLock::new(entities::Recognizer::fast);
static EXTRACTOR: LazyLock<quotes::Extractor> = LazyLock::new(quotes::Extractor::fast);

const BY: Provenance = Provenance::new("fuzz", "1");

fuzz_target!(|line: &str| {
    let Ok(record) = Record::parse(line) else {
        return;
    };
    let Ok(text) = record.text() else {
        return;
    };
    let document = Document::new(&record, &text);
    let there = document.fitting();
    let date = document.string("date");
    let reading = text::Reading::new(&text, there.sentences.clone().unwrap_or_default());
    let entities = RECOGNIZER.entities(&entities::Input {
        date: date.as_deref(),
        dateline: there.dateline.as_ref(),
        ..entities::Input::new(&reading)
    });
    let quotes = EXTRACTOR.quotes(&quotes::Input {
        entities: there.entities.as_deref(),
        ..quotes::Input::new(&reading)
    });
    let summarizer = summarize::Summarizer::new().with_budget(summarize::Budget::Sentences(2));
    let summary = summarizer.summarize(&summarize::Input {
        entities: there.entities.as_deref(),
        quotes: there.quotes.as_deref(),
        digest: there.quotes.as_deref(),
        ..summarize::Input::new(&reading)
    });
    let made = [
        Annotation::Entities(entities),
        Annotation::Quotes(quotes),
        Annotation::Summary(summary),
    ];
    let mut out = String::new();
    if document.write(&BY, &made, &mut out).is_ok() {
        let record = Record::parse(&out).expect("what is written is a record");
        let document = Document::new(&record, &text);
        assert!(matches!(document.entities(), Ok(Some(_))));
        assert!(matches!(document.quotes(), Ok(Some(_))));
        assert!(document.fitting().summary.is_some());
    }
    let article = view::Article {
        text: &text,
        id: there.id,
        sentences: there.sentences.unwrap_or_default(),
        metadata: there.metadata,
        dateline: there.dateline,
        entities: there.entities,
        quotes: there.quotes,
        summary: there.summary,
        ..view::Article::default()
    };
    view::terminal(
        &article,
        view::Look {
            width: 20,
            color: true,
            furniture: true,
        },
    );
    let mut page = view::Page::new();
    page.add(&article);
    page.finish();
});

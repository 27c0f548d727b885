//! Whatever the text: no panic, sound spans, and the same answer whether the record holds entities or not.

use document::{Quote, Span};
use entities::Recognizer;
use quotes::{Extractor, Input};
use segment::Segmenter;
use text::Reading;

fn check(extractor: &Extractor, text: &str) -> Vec<Quote> {
    let found = extractor.quotes(&Input::new(&Segmenter::new().read(text)));
    let mut last = 0;
    for (number, q) in found.iter().enumerate() {
        assert_eq!(q.id, format!("q{}", number + 1));
        assert!(!q.content.is_empty() && q.cue.len() <= 1 && q.source.len() <= 1);
        for spans in [&q.content, &q.cue, &q.source] {
            let mut end = 0;
            for span in spans {
                assert!(span.start >= end, "{text:?}");
                assert!(
                    span.get(text)
                        .is_some_and(|s| s.trim() == s && !s.is_empty())
                );
                end = span.end;
            }
        }
        assert!(q.content[0].start >= last);
        last = q.content[0].start;
        // No model judges a turn, whose label begins its line.
        let labelled = |source: &Span| {
            text[..source.start]
                .trim_end_matches(' ')
                .ends_with(['\n', '\r'])
                || source.start == 0
        };
        match q.score {
            Some(score) => assert!((0.0..=1.0).contains(&score)),
            None => assert!(q.source.first().is_some_and(labelled), "{text:?}"),
        }
        assert!(
            q.speaker
                .as_ref()
                .is_none_or(|s| s.entity.is_none() && !s.name.is_empty())
        );
    }
    found
}

const PIECES: [&str; 40] = [
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    " said ",
    " he ",
    "Anna Kowal",
    ", ",
    ". ",
    "\n",
    "\n\n",
    "that ",
    "“We will stay,” ",
    " told reporters",
    ": ",
    " — ",
    "É",
    "🎉",
    "\u{301}",
    "\u{200B}",
    "\u{FEFF}",
    "according to ",
    "The minister ",
    "announced ",
    "a ",
    "1",
    "'s ",
    "\r\n",
    "From ",
    "?",
    "(",
    ")",
    "\u{2028}",
    "denied ",
    "who ",
];

#[test]
fn any_text_gives_sound_quotations() {
    let extractor = Extractor::fast();
    for seed in 0..3000usize {
        let text: String = (0..seed % 23)
            .map(|i| PIECES[(seed * 31 + i * i * 17 + seed / (i + 1) * 7) % PIECES.len()])
            .collect();
        check(&extractor, &text);
    }
    for text in ["", " ", "\n", "a", "“”", "said", "\u{FEFF}“”"] {
        check(&extractor, text);
    }
}

#[test]
fn hostile_texts_are_survived() {
    let extractor = Extractor::fast();
    let nested = format!("{}deep{}", "“so ".repeat(1000), "”".repeat(1000));
    check(&extractor, &nested);
    check(&extractor, &"x".repeat(2_000_000));
    for unit in [
        "“",
        "“A.” ",
        "he said ",
        "“We go,” he said. ",
        "“A” —B ",
        "A: “B c d e f.” ",
    ] {
        check(&extractor, &unit.repeat(4000));
    }
}

#[test]
fn entities_in_the_record_only_add_their_ids() {
    let text = "WARSAW, Dec 3 (Reuters) - Mayor Anna Kowal visited the harbour. “It is ours,” she said.\n\n\
        Henrik Dahl, who runs the port, said the ferry would not sail. He added that he was sorry.";
    let extractor = Extractor::fast();
    let segmentation = Segmenter::new().segment(&segment::Input::new(text));
    let reading = Reading::new(text, segmentation.sentences);
    let dateline = segmentation.dateline.as_ref();
    let entities = Recognizer::fast().entities(&entities::Input {
        dateline,
        ..entities::Input::new(&reading)
    });
    let without = extractor.quotes(&Input {
        dateline,
        ..Input::new(&reading)
    });
    let mut with = extractor.quotes(&Input {
        entities: Some(&entities),
        ..Input::new(&reading)
    });
    assert!(
        with.iter()
            .any(|q| q.speaker.as_ref().is_some_and(|s| s.entity.is_some()))
    );
    for speaker in with.iter_mut().filter_map(|q| q.speaker.as_mut()) {
        let id = speaker.entity.take();
        let entity = entities.iter().find(|e| Some(&e.id) == id.as_ref());
        assert_eq!(entity.map(|e| &e.name), Some(&speaker.name));
    }
    assert_eq!(with, without);
}

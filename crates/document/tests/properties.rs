//! What holds for every record: other people's bytes are kept, spans find their text again, reruns change nothing.

use document::{
    Annotation, Document, Offsets, Provenance, Quote, QuoteType, Record, Sentence, Span,
};
use proptest::prelude::*;

const BY: Provenance = Provenance::new("segment", "1");

/// JSON values in the spellings that a round trip through a parser would lose.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("1e400".to_owned()),
        Just("-0.0".to_owned()),
        Just("12345678901234567890123".to_owned()),
        Just(r#""\ud800""#.to_owned()),
        Just(r#""\u0041\/é""#.to_owned()),
        ".{0,12}".prop_map(|text| serde_json::to_string(&text).expect("a string is JSON")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|all| format!("[ {}]", all.join(" ,"))),
            prop::collection::vec(inner, 0..4).prop_map(|all| {
                let members: Vec<String> = all.iter().map(|v| format!("\"k\" :{v}")).collect();
                format!("{{{}}}", members.join(", "))
            }),
        ]
    })
}

/// Members in any order, some of them twice, some of them ours.
fn members() -> impl Strategy<Value = Vec<(String, String)>> {
    let key = prop_oneof![
        "[a-z]{1,3}",
        Just("sentences".to_owned()),
        Just("errors".to_owned()),
        Just("\\u0073entences".to_owned()),
        Just("\\udfff".to_owned()),
    ];
    prop::collection::vec((key, value()), 0..6)
}

fn line(members: &[(String, String)], space: &str) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("\"{key}\"{space}:{space}{value}{space}"))
        .collect();
    format!("{{{space}{}}}", members.join(","))
}

proptest! {
    #[test]
    fn offsets_agree_with_the_standard_library(text in "(\\PC|\\n|🎉|é){0,600}") {
        let offsets = Offsets::new(&text);
        for (code_point, (byte, _)) in text.char_indices().enumerate() {
            prop_assert_eq!(offsets.to_code_points(byte), Some(code_point));
            prop_assert_eq!(offsets.to_bytes(code_point), Some(byte));
        }
    }

    #[test]
    fn nothing_but_the_changed_field_changes(
        all in members(), space in "[ \t]{0,2}", new in value(),
    ) {
        let before = line(&all, &space);
        let record = Record::parse(&before).expect("a record");
        let mut same = String::new();
        record.write(&[], &mut same);
        prop_assert_eq!(&same, &before);
        let mut after = String::new();
        record.write(&[("sentences", Some(new.clone()))], &mut after);
        let again = Record::parse(&after).expect("still a record");
        prop_assert_eq!(again.get("sentences"), Some(new.as_str()));
        for (key, _) in all.iter().filter(|(key, _)| key.len() < 4) {
            prop_assert_eq!(again.get(key), record.get(key));
        }
        let mut twice = String::new();
        again.write(&[("sentences", Some(new))], &mut twice);
        prop_assert_eq!(twice, after);
    }

    #[test]
    fn annotations_come_back_as_they_were_written(
        text in "(\\PC|\\n|🎉|“|”|e\u{301}){1,80}",
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 2..8),
        rest in members(),
    ) {
        let boundaries: Vec<usize> = text.char_indices().map(|(b, _)| b).chain([text.len()]).collect();
        let mut ends: Vec<usize> = cuts.iter().map(|i| boundaries[i.index(boundaries.len())]).collect();
        ends.sort_unstable();
        let spans: Vec<Span> = ends.windows(2).map(|w| Span::new(w[0], w[1])).collect();
        let sentences: Vec<Sentence> = spans
            .iter()
            .map(|span| Sentence::new(*span).with_paragraph(1))
            .collect();
        let mut quote = Quote::new("q1", QuoteType::Mixed, spans.clone());
        quote.source = spans;
        quote.score = Some(0.125);
        quote.denied = true;
        let quotes = vec![quote];
        let mut all = rest.clone();
        all.retain(|(key, _)| key != "errors");
        all.push(("text".into(), serde_json::to_string(&text).expect("a string is JSON")));
        let before = line(&all, " ");
        let record = Record::parse(&before).expect("a record");
        let annotations = [Annotation::Sentences(sentences.clone()), Annotation::Quotes(quotes.clone())];
        let mut after = String::new();
        Document::new(&record, &text).write(&BY, &annotations, &mut after).expect("written");

        let record = Record::parse(&after).expect("a record");
        let decoded = record.text().expect("a text");
        prop_assert_eq!(&decoded, &text);
        let document = Document::new(&record, &decoded);
        prop_assert_eq!(document.sentences().expect("they fit"), Some(sentences));
        prop_assert_eq!(document.quotes().expect("they fit"), Some(quotes));
        let mut twice = String::new();
        document.write(&BY, &annotations, &mut twice).expect("written");
        prop_assert_eq!(twice, after);
    }
}

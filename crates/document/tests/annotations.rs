//! Each annotation with all that it can have: how it is spelt in a record, and that it is read back the same.

use document::*;

const TEXT: &str = "“Né?” 🎉 asked Zoë.";
const BY: Provenance = Provenance::new("quotes", "1");

/// The bytes of a part of the text.
fn at(part: &str) -> Span {
    let start = TEXT.find(part).expect("a part of the text");
    Span::new(start, start + part.len())
}

/// A line with the annotations in it.
fn written(annotations: &[Annotation]) -> String {
    let line = format!("{{\"text\":\"{TEXT}\"}}");
    let record = Record::parse(&line).expect("a record");
    let mut out = String::new();
    Document::new(&record, TEXT)
        .write(&BY, annotations, &mut out)
        .expect("written");
    out
}

/// Writes an annotation as this JSON, and lets `check` look at the document that has it.
fn is_spelt(annotation: Annotation, json: &str, check: impl Fn(&Document<'_>)) {
    let line = written(std::slice::from_ref(&annotation));
    let record = Record::parse(&line).expect("a record");
    assert_eq!(record.get(annotation.field()), Some(json));
    check(&Document::new(&record, TEXT));
}

#[test]
fn sentences() {
    let item = Sentence::new(at("“Né?”"));
    let all = vec![
        item.with_paragraph(0).with_kind(SentenceKind::ListItem),
        Sentence::new(at("🎉 asked")).with_label(at("🎉")),
    ];
    is_spelt(
        Annotation::Sentences(all.clone()),
        r#"[{"start":0,"end":5,"text":"“Né?”","paragraph":0,"kind":"list-item"},{"start":6,"end":13,"text":"🎉 asked","label":{"start":6,"end":7,"text":"🎉"}}]"#,
        |document| {
            assert_eq!(document.sentences().expect("they fit"), Some(all.clone()));
            assert_eq!(document.fitting().sentences, Some(all.clone()));
            assert!(document.has("sentences") && !document.has("quotes"));
            assert_eq!(document.text(), TEXT);
        },
    );
}

#[test]
fn metadata_dateline_and_date() {
    let metadata = vec![Metadata::new(at("Né"), "by", "Né")];
    is_spelt(
        Annotation::Metadata(metadata.clone()),
        r#"[{"start":1,"end":3,"text":"Né","key":"by","value":"Né"}]"#,
        |document| {
            assert_eq!(document.metadata().expect("fits"), Some(metadata.clone()));
            assert_eq!(document.fitting().metadata, metadata);
        },
    );
    let mut dateline = Dateline::new(at("Zoë"));
    dateline.place = Some("Zoë".to_owned());
    dateline.agency = Some("Wire".to_owned());
    dateline.date = Some("2024-12".to_owned());
    is_spelt(
        Annotation::Dateline(Some(dateline.clone())),
        r#"{"start":14,"end":17,"text":"Zoë","place":"Zoë","agency":"Wire","date":"2024-12"}"#,
        |document| {
            assert_eq!(document.dateline().expect("fits"), Some(dateline.clone()));
            assert_eq!(document.fitting().dateline, Some(dateline.clone()));
        },
    );
    is_spelt(Annotation::Dateline(None), "null", |document| {
        assert_eq!(document.dateline().expect("none"), None);
    });
    is_spelt(
        Annotation::Date("2024-12-03".to_owned()),
        "\"2024-12-03\"",
        |document| {
            assert_eq!(document.string("date").as_deref(), Some("2024-12-03"));
        },
    );
}

#[test]
fn entities_and_their_values() {
    let entity = |value: Option<&str>, number, score| {
        let mut mention = Mention::new(at("Zoë"), MentionKind::Nominal);
        mention.score = score;
        let mut entity = Entity::new("e1", EntityType::Percent, "Zoë", vec![mention]);
        entity.country = Some("NO".to_owned());
        entity.value = value.map(str::to_owned);
        entity.number = number;
        entity.unit = Some("%".to_owned());
        entity
    };
    let spelt = |value: &str, score: &str| {
        format!(
            r#"[{{"id":"e1","type":"PERCENT","name":"Zoë","mentions":[{{"start":14,"end":17,"text":"Zoë","kind":"nominal"{score}}}],"country":"NO"{value},"unit":"%"}}]"#
        )
    };
    // Whole numbers have no point as long as they are exact.
    for (value, number, json) in [
        (
            Some("1200000"),
            Some(1_200_000.0),
            r#","value":"1200000","number":1200000"#,
        ),
        (Some("-3"), Some(-3.0), r#","value":"-3","number":-3"#),
        (Some("2.5"), Some(2.5), r#","value":"2.5","number":2.5"#),
        (None, Some(9e15), r#","number":9000000000000000"#),
        (None, Some(1e16), r#","number":1e+16"#),
        (Some("P3D"), Some(3.0), r#","value":"P3D","number":3"#),
        (Some("2024-12"), None, r#","value":"2024-12""#),
        (None, None, ""),
    ] {
        let all = vec![entity(value, number, Some(0.25))];
        is_spelt(
            Annotation::Entities(all.clone()),
            &spelt(json, ",\"score\":0.25"),
            |document| {
                assert_eq!(document.entities().expect("they fit"), Some(all.clone()));
                assert_eq!(document.fitting().entities, Some(all.clone()));
            },
        );
    }
    // A score has four decimals, rounded.
    for (score, json) in [
        (None, ""),
        (Some(0.123_45), ",\"score\":0.1235"),
        (Some(1.0), ",\"score\":1.0"),
    ] {
        is_spelt(
            Annotation::Entities(vec![entity(None, None, score)]),
            &spelt("", json),
            |_| {},
        );
    }
}

#[test]
fn quotes() {
    let mut speaker = Speaker::new("Zoë Roe");
    speaker.entity = Some("e1".to_owned());
    let mut whole = Quote::new("q1", QuoteType::Direct, vec![at("“Né?”")]);
    whole.cue = vec![at("asked")];
    whole.source = vec![at("Zoë")];
    whole.speaker = Some(speaker);
    whole.score = Some(0.5);
    whole.denied = true;
    let bare = Quote::new("q2", QuoteType::Mixed, vec![at("🎉")]);
    let all = vec![whole, bare];
    is_spelt(
        Annotation::Quotes(all.clone()),
        concat!(
            r#"[{"id":"q1","type":"direct","content":[{"start":0,"end":5,"text":"“Né?”"}],"cue":[{"start":8,"end":13,"text":"asked"}],"#,
            r#""source":[{"start":14,"end":17,"text":"Zoë"}],"speaker":{"name":"Zoë Roe","entity":"e1"},"score":0.5,"polarity":"negative"},"#,
            r#"{"id":"q2","type":"mixed","content":[{"start":6,"end":7,"text":"🎉"}],"cue":[],"source":[],"speaker":null}]"#,
        ),
        |document| {
            assert_eq!(document.quotes().expect("they fit"), Some(all.clone()));
            assert_eq!(document.fitting().quotes, Some(all.clone()));
        },
    );
}

#[test]
fn a_summary() {
    let mut origin = Origin::new(CodePoints::new(1, 4));
    origin.id = Some("a".to_owned());
    origin.date = Some("2024".to_owned());
    origin.documents = 2;
    origin.also = vec!["b".to_owned()];
    let mut whole = Pick::new(at("Né?"), 0.75);
    whole.truncated = true;
    whole.why = vec![Reason::new("place", 2.0, -0.25)];
    whole.origin = Some(origin);
    let bare = Pick::new(at("Zoë"), 0.0);
    let mut said = Said::new("Zoë", vec![at("Né")], "Né", 0.5);
    said.entity = Some("e1".to_owned());
    said.quote = Some("q1".to_owned());
    said.quotations = 3;
    let mut summary = Summary::new("Né?", vec![whole, bare]);
    summary.quotes = Some(vec![said]);
    let line = written(&[Annotation::Summary(summary.clone())]);
    let record = Record::parse(&line).expect("a record");
    assert_eq!(
        record.get("summary"),
        Some(concat!(
            r#"{"text":"Né?","sentences":[{"start":1,"end":4,"text":"Né?","score":0.75,"truncated":true,"#,
            r#""why":[{"feature":"place","value":2.0,"contribution":-0.25}],"#,
            r#""source":{"id":"a","date":"2024","start":1,"end":4,"documents":2,"also":["b"]}},"#,
            r#"{"start":14,"end":17,"text":"Zoë","score":0.0}],"#,
            r#""quotes":[{"speaker":"Zoë","entity":"e1","quote":"q1","content":[{"start":1,"end":3,"text":"Né"}],"text":"Né","score":0.5,"quotations":3}]}"#,
        ))
    );
    let fitting = Document::new(&record, TEXT).fitting();
    assert!(fitting.misfits.is_empty(), "{:?}", fitting.misfits);
    summary.sentences[0].why.clear(); // reasons are not read
    assert_eq!(fitting.summary, Some(summary));
}

#[test]
fn names_in_a_record_are_read_back() {
    for kind in EntityType::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
        assert_eq!(kind.as_str().to_lowercase().parse(), Ok(*kind));
        assert_eq!(kind.to_string(), kind.as_str());
        assert!(!kind.heading().is_empty());
    }
    assert_eq!(EntityType::Person.as_str(), "PERSON");
    assert_eq!("PER".parse(), Ok(EntityType::Person));
    let planet = "PLANET".parse::<EntityType>().expect_err("no type");
    let planet = planet.to_string();
    assert!(planet.starts_with("`PLANET` is not one of PERSON, ORG, "));
    for kind in EntityType::ALL {
        assert!(planet.contains(kind.as_str()), "{planet} lacks {kind}");
    }
    assert_eq!(
        EntityType::ALL,
        [EntityType::NAMES, EntityType::VALUES].concat()
    );
    assert!(EntityType::NAMES.iter().all(|kind| !kind.is_value()));
    assert!(EntityType::VALUES.iter().all(|kind| kind.is_value()));
    let kinds = [
        "headline",
        "byline",
        "caption",
        "list-item",
        "timestamp",
        "speaker-label",
        "table",
        "boilerplate",
    ];
    for name in kinds {
        assert_eq!(name.parse().map(SentenceKind::as_str), Ok(name));
    }
    for name in ["name", "nominal", "pronoun", "value"] {
        assert_eq!(name.parse().map(MentionKind::as_str), Ok(name));
    }
    for name in ["direct", "indirect", "mixed"] {
        assert_eq!(name.parse().map(QuoteType::as_str), Ok(name));
    }
    assert!("loud".parse::<QuoteType>().is_err());
}

#[test]
fn annotations_go_through_serde() {
    let mut mention = Mention::new(0..4, MentionKind::Name);
    mention.score = Some(0.5);
    let mut entity = Entity::new("e1", EntityType::Gpe, "Oslo", vec![mention]);
    entity.country = Some("NO".into());
    let json = serde_json::to_value(&entity).expect("JSON");
    assert_eq!(json["type"], "GPE");
    assert_eq!(json["mentions"][0]["span"]["end"], 4);
    let mut quote = Quote::new("q1", QuoteType::Mixed, vec![Span::new(2, 9)]);
    quote.speaker = Some(Speaker::new("Ana Roe"));
    let mut amount = Entity::new("e2", EntityType::Money, "$5", vec![]);
    amount.value = Some("5".to_owned());
    amount.number = Some(5.0);
    let mut sentence = Sentence::new(0..9);
    sentence.kind = Some(SentenceKind::ListItem);
    sentence.label = Some(Span::new(0, 4));
    let dateline = Dateline::new(0..4);
    let metadata = Metadata::new(0..4, "by", "Ana");
    let all = (entity, quote, amount, sentence, dateline, metadata);
    let json = serde_json::to_string(&all).expect("JSON");
    let read: (Entity, Quote, Entity, Sentence, Dateline, Metadata) =
        serde_json::from_str(&json).expect("its own JSON");
    assert_eq!(read, all);
    let wrong = serde_json::from_str::<QuoteType>("\"loud\"").expect_err("no type");
    assert!(
        wrong.to_string().contains("direct, indirect, mixed"),
        "{wrong}"
    );
}

#[test]
fn another_programs_field_cannot_be_one_of_the_records_own() {
    // `tests/schema.rs` of the whole has the rest of them.
    let error = Annotation::other("quotes", &1).expect_err("an owned field");
    assert_eq!(error.code(), "bad-field");
    assert!(error.to_string().contains("quotes"), "{error}");
    let no_json = std::collections::HashMap::from([((1, 2), 3)]);
    assert!(Annotation::other("map", &no_json).is_err());
    let line = written(&[Annotation::other("a\"b", &[1]).expect("a field")]);
    let record = Record::parse(&line).expect("a record");
    assert_eq!(record.get("a\"b"), Some("[1]"), "{line}");
}

#[test]
fn what_is_wrong_has_a_code_and_a_place() {
    let refused = |line: &str| {
        let error = Record::parse(line).expect_err("no record");
        format!("{}: {error}", error.code())
    };
    assert_eq!(refused("[]"), "not-an-object: not a JSON object");
    assert_eq!(
        refused("{\"a\" 1}"),
        "malformed: malformed JSON: expected `:` at byte 6"
    );
    assert_eq!(
        refused("{\"a\":"),
        "truncated: truncated record: EOF while parsing a value at byte 5"
    );
    // A number cut off at its point, sign or exponent; one that is wrong within the line.
    for cut in ["{\"a\":1.", "{\"a\":-", "{\"a\":1e", "{\"a\":1E+"] {
        assert!(refused(cut).starts_with("truncated: "), "{cut}");
    }
    for wrong in [
        "{\"a\":1.}",
        "{\"a\":-,\"b\":1}",
        "{\"a\":1}}",
        "{\"a\":tru}",
    ] {
        assert!(refused(wrong).starts_with("malformed: "), "{wrong}");
    }
    let unusable = |line: &str| {
        let record = Record::parse(line).expect("a record");
        let read = record
            .text()
            .map(|text| Document::new(&record, &text).sentences().map(|_| ()));
        let error = read.and_then(|sentences| sentences).expect_err("unusable");
        format!("{}: {error}", error.code())
    };
    assert_eq!(unusable("{}"), "no-text: the record has no `text`");
    assert_eq!(unusable("{\"text\":[]}"), "bad-text: `text` is no string");
    assert_eq!(
        unusable("{\"text\":\"\\ud800\"}"),
        "bad-text: `text` has a lone surrogate, which is no Unicode character"
    );
    assert_eq!(
        unusable("{\"text\":\"x\",\"sentences\":[{\"end\":1}]}"),
        "bad-field: `sentences`: missing field `start`"
    );
    assert_eq!(
        unusable("{\"text\":\"x\",\"sentences\":[{\"start\":0,\"end\":1,\"text\":\"y\"}]}"),
        "bad-span: `sentences[0]`: the text at 0..1 is \"x\", not \"y\""
    );
}

#[test]
fn a_long_piece_of_text_is_shortened_in_messages() {
    let text = "é".repeat(41);
    for (length, shown) in [(40, "é".repeat(40)), (41, "é".repeat(40) + "…")] {
        let line = format!(
            "{{\"text\":\"{text}\",\"sentences\":[{{\"start\":0,\"end\":{length},\"text\":\"y\"}}]}}"
        );
        let record = Record::parse(&line).expect("a record");
        let error = Document::new(&record, &text)
            .sentences()
            .expect_err("another text");
        assert_eq!(
            error.to_string(),
            format!("`sentences[0]`: the text at 0..{length} is {shown:?}, not \"y\"")
        );
    }
}

//! The record's JSON Schema (`docs/record.schema.json`) against what the tools write.

mod record_schema;
mod tool;

use record_schema::{complaints, schema};
use serde_json::{Value, json};
use std::fs;

/// The golden articles and the examples.
fn articles() -> Vec<String> {
    let mut all = Vec::new();
    let mut folders = vec!["examples".to_owned()];
    let golden = fs::read_dir("tests/golden").expect("tests/golden can be read");
    folders.extend(
        golden
            .filter_map(|e| Some(e.ok()?.path().to_str()?.to_owned()))
            .filter(|path| !path.ends_with(".md")),
    );
    folders.sort();
    for folder in folders {
        let files = fs::read_dir(folder).expect("a folder can be read");
        let mut files: Vec<String> = files
            .filter_map(|e| Some(e.ok()?.path().to_str()?.to_owned()))
            .collect();
        files.retain(|f| !f.ends_with("facts.txt") && !f.ends_with(".md"));
        files.sort();
        all.extend(files);
    }
    assert!(all.len() > 14, "{all:?}");
    all
}

/// A field that another program adds may be none that the schema gives to a tool or to all. Those of the caller may be, and the
/// number of documents, which only the record of a summary of several has.
#[test]
fn the_schemas_fields_have_an_owner() {
    let schema = schema();
    let fields = schema["properties"].as_object().expect("an object");
    let free: Vec<&String> = fields
        .keys()
        .filter(|field| document::Annotation::other(field.as_str(), &1).is_ok())
        .collect();
    assert_eq!(free, ["documents", "lang", "title", "url"]);
}

#[test]
fn the_tools_write_valid_records() {
    let schema = schema();
    assert!(
        jsonschema::meta::is_valid(&schema),
        "the schema is not a valid schema"
    );
    let articles = articles();
    let input: Vec<&str> = articles.iter().map(String::as_str).collect();
    let mut stream = String::new();
    for (i, tool) in tool::TOOLS.iter().enumerate() {
        let ran = tool::run(tool, if i == 0 { &input } else { &[] }, &stream);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{tool}");
        for record in ran.records() {
            assert_eq!(complaints(&record), [""; 0], "{tool}: {}", record["id"]);
        }
        stream = ran.stdout;
    }
    // The schema describes every field that they add.
    let plain = tool::run("segment", &["examples/summit.txt"], "");
    let chain = tool::TOOLS[1..]
        .iter()
        .fold(plain.stdout, |line, tool| tool::run(tool, &[], line).stdout);
    let record: Value = serde_json::from_str(&chain).expect("a record is JSON");
    for field in record.as_object().expect("a record is an object").keys() {
        assert!(schema["properties"].get(field).is_some(), "{field}");
    }
}

#[test]
fn a_record_with_an_error_is_valid() {
    for input in [
        r#"{"text":"x","sentences":[{"start":0,"end":9,"text":"y"}]}"#,
        r#"{"text":"x","sentences":7}"#,
    ] {
        let ran = tool::run("quotes", &["--quiet"], input);
        let record = &ran.records()[0];
        assert!(record["errors"].is_array(), "{record}");
        let mut repaired = record.clone();
        repaired["sentences"] = json!([]);
        assert_eq!(complaints(&repaired), [""; 0]);
    }
}

/// A small record with everything in it.
fn full() -> Value {
    json!({
        "text": "ROME, May 2 — “Yes,” said Ana Roe.", "id": 7, "title": null, "date": "2024-05-02", "mine": {"any": ["thing"]},
        "sentences": [{"start": 0, "end": 34, "text": "ROME, May 2 — “Yes,” said Ana Roe.", "paragraph": 0, "kind": "headline"}],
        "metadata": [{"start": 0, "end": 4, "text": "ROME", "key": "place", "value": "ROME"}],
        "dateline": {"start": 0, "end": 13, "text": "ROME, May 2 —", "place": "ROME", "date": "--05-02"},
        "entities": [
            {"id": "e1", "type": "GPE", "name": "ROME", "country": "IT", "mentions": [{"start": 0, "end": 4, "text": "ROME", "kind": "name", "score": 0.9}]},
            {"id": "e2", "type": "DATE", "name": "May 2", "value": "2024-05-02", "mentions": [{"start": 6, "end": 11, "text": "May 2", "kind": "value"}]},
            {"id": "e3", "type": "MONEY", "name": "€2", "value": "2", "number": 2, "unit": "EUR", "mentions": [{"start": 6, "end": 11, "text": "€2", "kind": "value"}]}],
        "quotes": [{"id": "q1", "type": "direct", "content": [{"start": 14, "end": 20, "text": "“Yes,”"}], "cue": [], "source": [],
                    "speaker": {"name": "Ana Roe", "entity": "e4"}, "score": 1.0, "polarity": "negative"}],
        "summary": {"text": "ROME …", "sentences": [{"start": 0, "end": 4, "text": "ROME", "score": -1.5, "truncated": true}]},
        "pipeline": [{"tool": "segment", "version": "1"}, {"tool": "theirs", "took": 3}],
        "errors": [{"tool": "quotes", "code": "no-text", "message": "…"}]
    })
}

#[test]
fn the_schema_rejects_broken_records() {
    assert_eq!(complaints(&full()), [""; 0]);
    assert_eq!(complaints(&json!({"text": ""})), [""; 0]);
    let breaks = [
        ("/text", json!(7)),
        ("/text", Value::Null),
        ("/sentences", json!({})),
        ("/sentences/0/start", json!(-1)),
        ("/sentences/0/start", json!(1.5)),
        ("/sentences/0/text", json!("")),
        ("/sentences/0/kind", json!("title")),
        ("/sentences/0/paragraph", json!("0")),
        ("/sentences/0", json!({"start": 0, "end": 1})),
        (
            "/sentences/0",
            json!({"start": 0, "end": 1, "text": "R", "extra": 1}),
        ),
        ("/metadata/0/key", json!("")),
        ("/dateline", json!([])),
        ("/dateline/date", json!("May 2")),
        ("/entities/0/type", json!("PER")),
        ("/entities/0/name", Value::Null),
        ("/entities/0/mentions", json!([])),
        ("/entities/0/mentions/0/kind", json!("value")),
        ("/entities/0/mentions/0/score", json!(1.2)),
        ("/entities/0/country", json!("Italy")),
        ("/entities/1/value", json!(20240502)),
        ("/entities/1/value", json!("yesterday")),
        ("/entities/1/mentions/0/kind", json!("name")),
        ("/entities/2/value", json!(2)),
        ("/entities/2/value", json!("2 euros")),
        ("/entities/2/number", json!("2")),
        ("/quotes/0/type", json!("spoken")),
        ("/quotes/0/content", json!([])),
        ("/quotes/0/source", Value::Null),
        ("/quotes/0/speaker", json!("Ana Roe")),
        ("/quotes/0/speaker", json!({"entity": "e4"})),
        ("/quotes/0/polarity", json!("positive")),
        (
            "/quotes/0/content/0",
            json!({"start": 14, "end": 20, "text": "“Yes,”", "kind": "x"}),
        ),
        ("/summary/sentences/0/truncated", json!(false)),
        ("/summary", json!("ROME")),
        ("/pipeline/0/tool", Value::Null),
        ("/errors/0", json!("broken")),
    ];
    for (pointer, value) in breaks {
        let mut record = full();
        *record.pointer_mut(pointer).expect("the record has this") = value.clone();
        assert!(!complaints(&record).is_empty(), "{pointer} = {value}");
    }
    let additions = [
        ("/entities/0", "value", json!(1)),
        ("/entities/0", "number", json!(1)),
        ("/entities/1", "unit", json!("EUR")),
        ("/entities/1", "country", json!("IT")),
        ("/quotes/0", "verb", json!("said")),
        ("/summary", "words", json!(1)),
    ];
    for (pointer, field, value) in additions {
        let mut record = full();
        record.pointer_mut(pointer).expect("the record has this")[field] = value;
        assert!(!complaints(&record).is_empty(), "{pointer}/{field}");
    }
    for field in ["content", "cue", "source", "speaker", "id", "type"] {
        let mut record = full();
        record["quotes"][0]
            .as_object_mut()
            .expect("a quotation is an object")
            .remove(field);
        assert!(!complaints(&record).is_empty(), "no {field}");
    }
}

#[test]
fn every_field_is_explained() {
    fn visit(value: &Value, path: &str) {
        let Some(fields) = value.as_object() else {
            return;
        };
        for place in ["properties", "$defs"] {
            for (name, field) in fields
                .get(place)
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                let path = format!("{path}/{name}");
                let explained = field.get("description").or(field.get("$ref")).is_some();
                assert!(explained, "{path} has no description");
                visit(field, &path);
                visit(&field["items"], &path);
            }
        }
    }
    let schema = schema();
    assert!(schema["description"].is_string());
    visit(&schema, "");
}

#[test]
fn entity_types_are_those_of_the_library() {
    use newstext::EntityType;
    let sorted = |mut names: Vec<String>| {
        names.sort_unstable();
        names
    };
    for (list, types) in [
        ("name-type", EntityType::NAMES),
        ("value-type", EntityType::VALUES),
    ] {
        let names = schema()["$defs"][list]["enum"].clone();
        let names: Vec<String> = serde_json::from_value(names).expect("a list of names");
        let types = types.iter().map(ToString::to_string).collect();
        assert_eq!(sorted(names), sorted(types), "{list}");
    }
}

//! A line that parses is a JSON object for serde_json too, and a splice leaves all other bytes as they were.
#![no_main]

use document::Record;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    let Ok(record) = Record::parse(line) else {
        return;
    };
    let mut same = String::new();
    record.write(&[], &mut same);
    assert_eq!(same, record.raw(), "no change, no change");
    let mut out = String::new();
    record.write(
        &[("summary", Some("[1]".into())), ("errors", None)],
        &mut out,
    );
    let again = Record::parse(&out).expect("a spliced record is a record");
    assert_eq!(again.get("summary"), Some("[1]"));
    assert_eq!(again.get("errors"), None);
    for field in [
        "text",
        "id",
        "title",
        "date",
        "lang",
        "sentences",
        "entities",
        "quotes",
        "pipeline",
    ] {
        assert_eq!(again.get(field), record.get(field), "{field}");
    }
    let mut twice = String::new();
    again.write(
        &[("summary", Some("[1]".into())), ("errors", None)],
        &mut twice,
    );
    assert_eq!(twice, out, "a rerun changes nothing");
});

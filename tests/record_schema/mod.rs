//! The record's JSON Schema, `docs/record.schema.json`.
#![allow(dead_code)] // each test file uses its own part

use jsonschema::Validator;
use serde_json::Value;
use std::sync::LazyLock;

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    jsonschema::validator_for(&schema()).expect("the schema is valid and has no dangling reference")
});

pub(crate) fn schema() -> Value {
    let text = std::fs::read_to_string("docs/record.schema.json").expect("the schema can be read");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// What the schema rejects in a record.
pub(crate) fn complaints(record: &Value) -> Vec<String> {
    VALIDATOR
        .iter_errors(record)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect()
}

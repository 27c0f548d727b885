//! Fields that a program adds which is not one of newstext's tools.

use crate::DocumentError;
use serde::Serialize;

/// The fields that have an owner: the input, a tool, or all tools together.
const OWNED: [&str; 11] = [
    "text",
    "id",
    "sentences",
    "metadata",
    "dateline",
    "date",
    "entities",
    "quotes",
    "summary",
    "pipeline",
    "errors",
];

/// A field and its value: see [`Annotation::other`](crate::Annotation::other).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherField {
    name: String,
    json: String,
}

impl OtherField {
    pub(crate) fn new(name: String, value: &impl Serialize) -> Result<Self, DocumentError> {
        if let Some(owned) = OWNED.into_iter().find(|owned| *owned == name) {
            return Err(DocumentError::OwnedField(owned));
        }
        match serde_json::to_string(value) {
            Ok(json) => Ok(Self { name, json }),
            Err(e) => Err(DocumentError::Value {
                field: name,
                reason: e.to_string(),
            }),
        }
    }

    /// The field's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The field's value.
    pub fn json(&self) -> &str {
        &self.json
    }
}

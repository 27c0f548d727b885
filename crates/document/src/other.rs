//! Fields that a program adds which is not one of newstext's tools.

use crate::{Annotation, DocumentError};
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

/// A field and its value: see [`Annotation::other`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherField {
    name: String,
    json: String,
}

impl OtherField {
    /// The field's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The field's value.
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl Annotation {
    /// A field that newstext does not know, with any value that serde can write. Where the record has the field already,
    /// the value takes the place of the old one.
    ///
    /// The spans of other fields should count code points and have their text, as those of the tools do:
    /// [`Document::slice`](crate::Document::slice) makes such a value.
    ///
    /// ```
    /// use document::{Annotation, Document, Provenance, Record, Span};
    /// let record = Record::parse(r#"{"text":"Olé, olé!"}"#)?;
    /// let text = record.text()?;
    /// let document = Document::new(&record, &text);
    /// let shout = document.slice(Span::new(0, text.len()));
    /// let mut line = String::new();
    /// document.write(&Provenance::new("shouts", "1"), &[Annotation::other("shouts", &[shout])?], &mut line)?;
    /// assert_eq!(line, r#"{"text":"Olé, olé!","shouts":[{"start":0,"end":9,"text":"Olé, olé!"}],"#.to_owned()
    ///     + r#""pipeline":[{"tool":"shouts","version":"1"}]}"#);
    ///
    /// assert!(Annotation::other("text", &"Ole").is_err());
    /// # Ok::<(), document::DocumentError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DocumentError::OwnedField`] where the field belongs to the input or to one of newstext's tools: `text`, `id`,
    /// `date`, `sentences` and so on. [`DocumentError::Value`] where the value cannot be written as JSON.
    pub fn other(name: impl Into<String>, value: &impl Serialize) -> Result<Self, DocumentError> {
        let name = name.into();
        if let Some(owned) = OWNED.into_iter().find(|owned| *owned == name) {
            return Err(DocumentError::OwnedField(owned));
        }
        match serde_json::to_string(value) {
            Ok(json) => Ok(Self::Other(OtherField { name, json })),
            Err(e) => Err(DocumentError::Value {
                field: name,
                reason: e.to_string(),
            }),
        }
    }
}

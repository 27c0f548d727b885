//! What can be wrong with a record.

use thiserror::Error;

/// Why a line is no record, or why a stage cannot use one.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The line is JSON, or not even that, but no object.
    #[error("not a JSON object")]
    NotAnObject,
    /// The line begins like an object but is malformed.
    #[error("malformed JSON: {}", at_byte(.0))]
    Malformed(serde_json::Error),
    /// The line begins like an object and ends too soon: whoever wrote it was stopped.
    #[error("truncated record: {}", at_byte(.0))]
    Truncated(serde_json::Error),
    /// There is no `text`.
    #[error("the record has no `text`")]
    NoText,
    /// `text` is a number, an object …
    #[error("`text` is no string")]
    TextIsNoString,
    /// `text` is a string that is not Unicode.
    #[error("`text` has a lone surrogate, which is no Unicode character")]
    LoneSurrogate,
    /// A field that the stage reads or writes has another form than the record's.
    #[error("`{field}`: {reason}")]
    Field {
        /// The field's name.
        field: &'static str,
        /// What does not fit.
        reason: String,
    },
    /// A program that adds a field of its own has chosen one that the input or a tool owns.
    #[error("`{0}` is a field of the record's own and cannot be another program's")]
    OwnedField(&'static str),
    /// The value of another program's field cannot be written as JSON.
    #[error("`{field}`: {reason}")]
    Value {
        /// The field's name.
        field: String,
        /// What serde says.
        reason: String,
    },
    /// A span's offsets and its text disagree.
    #[error("`{path}`: {reason}")]
    Span {
        /// Where the span stands, such as `entities[2].mentions[0]`.
        path: String,
        /// What does not fit, and the unit that its maker seems to have counted in.
        reason: String,
    },
}

impl DocumentError {
    /// A short, stable name for programs: the `code` of the record's `errors`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject => "not-an-object",
            Self::Malformed(_) => "malformed",
            Self::Truncated(_) => "truncated",
            Self::NoText => "no-text",
            Self::TextIsNoString | Self::LoneSurrogate => "bad-text",
            Self::Field { .. } | Self::OwnedField(_) | Self::Value { .. } => "bad-field",
            Self::Span { .. } => "bad-span",
        }
    }
}

impl DocumentError {
    /// What is wrong with a line that is no JSON. A number that ends with the line is invalid to serde_json, but nobody
    /// writes one that ends on its point, sign or exponent.
    pub(crate) fn of_json(error: serde_json::Error, line: &str) -> Self {
        let in_number = error.column() == line.len() && line.ends_with(['-', '+', '.', 'e', 'E']);
        if error.is_eof() || in_number {
            Self::Truncated(error)
        } else {
            Self::Malformed(error)
        }
    }
}

/// serde_json counts lines within the record, of which there is one: only the column says something.
fn at_byte(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or(&message);
    format!("{reason} at byte {}", error.column())
}

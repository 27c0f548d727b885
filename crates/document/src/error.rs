//! What can be wrong with a record.

use thiserror::Error;

/// Why a line is no record, or why a stage cannot use one.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// The line is JSON, or not even that, but no object.
    #[error("not a JSON object")]
    NotAnObject,
    /// The line begins like an object but is malformed.
    #[error("{}", malformed(.0))]
    Malformed(#[from] serde_json::Error),
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
            Self::Malformed(e) if e.is_eof() => "truncated",
            Self::Malformed(_) => "malformed",
            Self::NoText => "no-text",
            Self::TextIsNoString | Self::LoneSurrogate => "bad-text",
            Self::Field { .. } => "bad-field",
            Self::Span { .. } => "bad-span",
        }
    }
}

/// serde_json counts lines within the record, of which there is one: only the column says something.
fn malformed(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or(&message);
    if error.is_eof() {
        format!("truncated record: {reason} at byte {}", error.column())
    } else {
        format!("malformed JSON: {reason} at byte {}", error.column())
    }
}

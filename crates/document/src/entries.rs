//! `pipeline` and `errors`: lists with one entry a tool, in which a rerun replaces its own and touches no other.

use crate::wire::{json, plain::read_string};
use crate::{DocumentError, Record};
use serde::Serialize;
use serde_json::value::RawValue;

/// Which program, in which version and with which model, made an annotation. It has no clock: equal input gives
/// equal bytes.
///
/// ```
/// use document::Provenance;
/// let words = Provenance::new("words", "1.0.0");
/// let with_model = Provenance { model: Some("small".into()), ..words.clone() };
/// assert_eq!(with_model.tool, "words");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// The program: `segment`, `entities` …
    pub tool: &'static str,
    /// The program's own version.
    pub version: &'static str,
    /// The model, where the program has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

impl Provenance {
    /// A program without a model.
    pub const fn new(tool: &'static str, version: &'static str) -> Self {
        Self {
            tool,
            version,
            model: None,
        }
    }
}

/// `pipeline` with the tool's entry in it.
pub(crate) fn pipeline(record: &Record<'_>, by: &Provenance) -> Result<String, DocumentError> {
    upsert(record, "pipeline", by.tool, json(by))
}

/// `errors` with the tool's entry in it.
pub(crate) fn errors(
    record: &Record<'_>,
    by: &Provenance,
    code: &str,
    message: &str,
) -> Result<String, DocumentError> {
    #[derive(Serialize)]
    struct Entry<'a> {
        tool: &'a str,
        code: &'a str,
        message: &'a str,
    }
    let entry = Entry {
        tool: by.tool,
        code,
        message,
    };
    upsert(record, "errors", by.tool, json(&entry))
}

/// `errors` without the tool's entry: `None` if it has none, `Some(None)` if nothing is left of the list.
pub(crate) fn without_error(record: &Record<'_>, by: &Provenance) -> Option<Option<String>> {
    let list = record.get("errors")?;
    let entries: Vec<&RawValue> = serde_json::from_str(list).ok()?;
    let (ours, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|e| is_of(e, by.tool));
    match (ours.is_empty(), others.is_empty()) {
        (true, _) => None,
        (false, true) => Some(None),
        (false, false) => {
            let others: Vec<&str> = others.iter().map(|e| e.get()).collect();
            Some(Some(format!("[{}]", others.join(","))))
        }
    }
}

/// The list `field` with `entry` in the place of the tool's former one, or at its end.
fn upsert(
    record: &Record<'_>,
    field: &'static str,
    tool: &str,
    entry: String,
) -> Result<String, DocumentError> {
    let list = match record.get(field) {
        None | Some("null") => return Ok(format!("[{entry}]")),
        Some(list) => list,
    };
    let entries: Vec<&RawValue> = serde_json::from_str(list).map_err(|_| DocumentError::Field {
        field,
        reason: "is no list".into(),
    })?;
    let mut out = String::with_capacity(list.len() + entry.len() + 1);
    match entries.iter().find(|e| is_of(e, tool)) {
        Some(former) => {
            let start = former.get().as_ptr() as usize - list.as_ptr() as usize;
            out.push_str(&list[..start]);
            out.push_str(&entry);
            out.push_str(&list[start + former.get().len()..]);
        }
        None => {
            out.push_str(&list[..list.len() - 1]); // all but the bracket that closes it
            if !entries.is_empty() {
                out.push(',');
            }
            out.push_str(&entry);
            out.push(']');
        }
    }
    Ok(out)
}

fn is_of(entry: &RawValue, tool: &str) -> bool {
    Record::parse(entry.get())
        .ok()
        .and_then(|e| read_string(e.get("tool")?))
        .is_some_and(|name| name == tool)
}

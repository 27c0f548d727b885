//! Spans as the record has them: code points, with the text as a checksum.

use crate::{DocumentError, Offsets, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// `{start,end,text}` in code points. Programs that are not ours may leave `text` out.
#[derive(Debug, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct WireSpan<'a> {
    pub start: usize,
    pub end: usize,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
}

impl<'a> WireSpan<'a> {
    pub(crate) fn new(span: Span, offsets: &Offsets<'a>) -> Self {
        let (start, end, text) = to_wire(span, offsets);
        Self { start, end, text }
    }
}

/// `start`, `end` and `text` as the record has them.
pub(crate) fn to_wire<'a>(
    span: Span,
    offsets: &Offsets<'a>,
) -> (usize, usize, Option<Cow<'a, str>>) {
    let code_points = |byte| {
        offsets
            .to_code_points(byte)
            .expect("a stage's span lies on character boundaries of its text")
    };
    let text = span.get(offsets.text()).map(Cow::Borrowed);
    (code_points(span.start), code_points(span.end), text)
}

/// The bytes of a span of the record; an error where it lies outside the text or its text is not the slice.
/// `path` says where it stands.
pub(crate) fn from_wire(
    start: usize,
    end: usize,
    text: Option<&str>,
    offsets: &Offsets<'_>,
    path: impl Fn() -> String,
) -> Result<Span, DocumentError> {
    let fail = |reason| DocumentError::Span {
        path: path(),
        reason,
    };
    let slice = match (offsets.to_bytes(start), offsets.to_bytes(end)) {
        (Some(from), Some(to)) if from <= to => Span::new(from, to),
        _ => {
            let what = if start > end {
                format!("ends ({end}) before it starts ({start})")
            } else {
                format!("{start}..{end} lies outside the text")
            };
            return Err(fail(what + seems(start, end, text, offsets.text())));
        }
    };
    let found = &offsets.text()[slice];
    match text {
        Some(text) if text != found => Err(fail(format!(
            "the text at {start}..{end} is {:?}, not {:?}{}",
            shorten(found),
            shorten(text),
            seems(start, end, Some(text), offsets.text())
        ))),
        _ => Ok(slice),
    }
}

/// The unit in which the span would be right, said for the end of a message.
fn seems(start: usize, end: usize, text: Option<&str>, document: &str) -> &'static str {
    let Some(text) = text else { return "" };
    if document.get(start..end) == Some(text) {
        return "; its offsets seem to count bytes, the record counts Unicode code points";
    }
    if utf16_slice(document, start, end) == Some(text) {
        return "; its offsets seem to count UTF-16 code units, the record counts Unicode code points";
    }
    ""
}

/// The slice from UTF-16 code unit `start` to `end`.
fn utf16_slice(document: &str, start: usize, end: usize) -> Option<&str> {
    let mut units = 0;
    let mut from = None;
    for (byte, c) in document.char_indices() {
        if units == start {
            from = Some(byte);
        }
        if units == end {
            return document.get(from?..byte);
        }
        units += c.len_utf16();
    }
    (units == end).then(|| document.get(from?..))?
}

/// The beginning of a text, for a message.
fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((byte, _)) => Cow::Owned(format!("{}…", &text[..byte])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, start: usize, end: usize, slice: &str) -> Result<Span, String> {
        from_wire(start, end, Some(slice), &Offsets::new(text), || {
            "x[0]".into()
        })
        .map_err(|e| e.to_string())
    }

    #[test]
    fn names_the_unit_that_a_foreign_stage_counted_in() {
        let text = "“🎉 Olé”, said Zoë.";
        let byte = text.find("Zoë").unwrap();
        let code_point = text.chars().position(|c| c == 'Z').unwrap();
        let utf16 = text[..byte].encode_utf16().count();
        assert_eq!(
            read(text, code_point, code_point + 3, "Zoë"),
            Ok(Span::new(byte, byte + 4))
        );
        let bytes = read(text, byte, byte + 4, "Zoë").unwrap_err();
        assert!(bytes.contains("count bytes"), "{bytes}");
        let units = read(text, utf16, utf16 + 3, "Zoë").unwrap_err();
        assert!(units.contains("UTF-16"), "{units}");
        let neither = read(text, 0, 2, "Zoë").unwrap_err();
        assert!(
            neither.starts_with("`x[0]`: the text at 0..2 is \"“🎉\", not \"Zoë\""),
            "{neither}"
        );
        assert!(!neither.contains("seem"));
    }

    #[test]
    fn refuses_spans_outside_the_text() {
        assert!(read("abc", 2, 1, "").unwrap_err().contains("before"));
        assert!(read("abc", 2, 4, "c").unwrap_err().contains("outside"));
        assert!(read("abc", usize::MAX, usize::MAX, "").is_err());
        assert_eq!(read("abc", 3, 3, ""), Ok(Span::new(3, 3)));
    }
}

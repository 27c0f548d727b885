//! Strings and numbers as JSON, byte for byte as serde_json writes them, but many bytes at a time.

use super::json;
use std::borrow::Cow;

/// Appends a string, with its quotation marks.
pub(crate) fn write_string(text: &str, out: &mut String) {
    if !any(text.as_bytes(), |b| b < b' ' || b == b'"' || b == b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else if any(text.as_bytes(), |b| b < b' ' && b != b'\n') {
        out.push_str(&json(&text));
    } else {
        out.push('"');
        let mut from = 0;
        for at in memchr::memchr3_iter(b'"', b'\\', b'\n', text.as_bytes()) {
            out.push_str(&text[from..at]);
            out.push_str(match text.as_bytes()[at] {
                b'"' => "\\\"",
                b'\n' => "\\n",
                _ => "\\\\",
            });
            from = at + 1;
        }
        out.push_str(&text[from..]);
        out.push('"');
    }
}

/// Whether any byte is so. Without an early end the compiler takes many bytes at once.
fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    const AT_ONCE: usize = 32;
    let among = |bytes: &[u8]| bytes.iter().fold(false, |any, &b| any | is(b));
    let (whole, rest) = bytes.as_chunks::<AT_ONCE>();
    // The last bytes once more rather than the rest one by one.
    let rest = match bytes.last_chunk::<AT_ONCE>() {
        Some(last) => among(last),
        None => among(rest),
    };
    whole.iter().fold(rest, |any, bytes| any | among(bytes))
}

/// The string that is so written; `None` where it is none or has a lone surrogate. `json` is valid.
pub(crate) fn read_string(json: &str) -> Option<Cow<'_, str>> {
    let inside = json.strip_prefix('"')?.strip_suffix('"')?;
    let escape = |from| Some(from + memchr::memchr(b'\\', &inside.as_bytes()[from..])?);
    let Some(mut at) = escape(0) else {
        return Some(Cow::Borrowed(inside));
    };
    let mut text = String::with_capacity(inside.len());
    let mut from = 0;
    loop {
        text.push_str(&inside[from..at]);
        from = at + 2;
        text.push(match inside.as_bytes().get(at + 1)? {
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                from = at + 6;
                let code = u32::from_str_radix(inside.get(at + 2..from)?, 16).ok()?;
                match char::from_u32(code) {
                    Some(c) => c,
                    // Half of a pair, which is rare.
                    None => return serde_json::from_str(json).ok().map(Cow::Owned),
                }
            }
            other => char::from(*other),
        });
        match escape(from) {
            Some(next) => at = next,
            None => break,
        }
    }
    text.push_str(&inside[from..]);
    Some(Cow::Owned(text))
}

/// Appends a number.
pub(crate) fn write_number(number: usize, out: &mut String) {
    out.push_str(itoa::Buffer::new().format(number));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_serde_writes() {
        let ascii: String = (0..=127).map(char::from).collect();
        for text in [
            "",
            "a",
            "\"",
            "“Olé”\n\\n",
            "\u{7f}\u{80}\u{2028}🎉",
            "a\tb\"",
            "\n\n\"\"\\\\",
            "a line of more than so many bytes as are looked at\tat once",
            "a line of more than so many bytes as are looked at \" at once",
            &ascii,
        ] {
            let mut out = "x".to_owned();
            write_string(text, &mut out);
            assert_eq!(out[1..], json(&text));
            assert_eq!(read_string(&out[1..]).as_deref(), Some(text));
        }
        for number in [0, 9, 10, 1234, usize::MAX] {
            let mut out = String::new();
            write_number(number, &mut out);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn reads_what_serde_reads() {
        for json in [
            r#""""#,
            r#""a\/b\"\\\b\f\n\r\t""#,
            r#""\u00e9t\u00c9 \u2019\u0000""#,
            r#""\ud83c\udf89 a\u0020""#,
            r#""\ud83c""#,
            r#""\udf89\ud83c""#,
            r#""“Olé”""#,
            "7",
            "null",
            "[\"a\"]",
        ] {
            let expected: Option<String> = serde_json::from_str(json).ok();
            assert_eq!(read_string(json).map(Cow::into_owned), expected, "{json}");
        }
    }
}

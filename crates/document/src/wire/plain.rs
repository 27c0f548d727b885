//! Strings and numbers as JSON, byte for byte as serde_json writes them, but many bytes at a time.

use super::json;

/// Appends a string, with its quotation marks.
pub(crate) fn write_string(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    // Looks at all bytes, without an early end, so that the compiler can take many at once.
    let rare = |b: u8| b < b' ' && b != b'\n';
    if bytes.iter().fold(false, |any, &b| any | rare(b)) {
        out.push_str(&json(&text));
        return;
    }
    out.push('"');
    let mut from = 0;
    for at in memchr::memchr3_iter(b'"', b'\\', b'\n', bytes) {
        out.push_str(&text[from..at]);
        out.push_str(match bytes[at] {
            b'"' => "\\\"",
            b'\n' => "\\n",
            _ => "\\\\",
        });
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
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
            &ascii,
        ] {
            let mut out = "x".to_owned();
            write_string(text, &mut out);
            assert_eq!(out[1..], json(&text));
        }
        for number in [0, 9, 10, 1234, usize::MAX] {
            let mut out = String::new();
            write_number(number, &mut out);
            assert_eq!(out, number.to_string());
        }
    }
}

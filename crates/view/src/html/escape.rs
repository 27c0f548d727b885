//! Text that is shown and never obeyed.

use crate::visible::visible;

/// Appends text for an element or an attribute's quoted value.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push('\n'), // as HTML reads it
            c => out.push(visible(c)),
        }
    }
}

/// [`escape`]d text.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// JSON for a script element: no `<` in it ends the element, and U+2028 and U+2029 end no line.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(value).expect("strings and numbers are always JSON");
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            escaped("<script>'&\"</script>\0\r\n"),
            "&lt;script&gt;&#39;&amp;&quot;&lt;/script&gt;␀\n\n"
        );
        let text = "</script><!--\u{2028}é&";
        let written = json(&text);
        assert!(!written.contains(['<', '>', '&', '\u{2028}']), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}

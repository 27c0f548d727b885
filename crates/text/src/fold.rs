//! Dashes and white space, which are written in several ways and mean one thing.

use document::Span;

/// A hyphen or dash as ASCII writes it. Not for what reads clauses: there a dash and a hyphen are two things.
///
/// ```
/// let folded: String = "1990–95 — pro‑EU".chars().map(text::fold_dash).collect();
/// assert_eq!(folded, "1990-95 - pro-EU");
/// ```
pub fn fold_dash(c: char) -> char {
    match c {
        '–' | '—' | '‐' | '‑' => '-',
        _ => c,
    }
}

/// A text on one line: each run of white space as one space, none at the ends.
///
/// ```
/// assert_eq!(text::fold_space(" The river\r\n  rose. "), "The river rose.");
/// ```
pub fn fold_space(text: &str) -> String {
    joined(text.split_whitespace())
}

/// The pieces of a text at some spans, on one line and with a space between them. Spans that do not fit the text are
/// left out.
///
/// ```
/// let text = "“We waited,”\nshe said. “And waited.”";
/// let spans = [(0..16).into(), (27..text.len()).into(), (90..99).into()];
/// assert_eq!(text::on_one_line(text, &spans), "“We waited,” “And waited.”");
/// ```
pub fn on_one_line(text: &str, spans: &[Span]) -> String {
    let pieces = spans.iter().filter_map(|span| span.get(text));
    joined(pieces.flat_map(str::split_whitespace))
}

fn joined<'t>(words: impl Iterator<Item = &'t str>) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

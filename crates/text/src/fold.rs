//! Characters that are written in several ways and mean one thing.

/// Whether a character is an apostrophe or a single quotation mark of either style.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// A quotation mark or apostrophe as ASCII writes it, so that the style of a text's marks changes nothing.
///
/// ```
/// let folded: String = "“It’s «here»”".chars().map(text::fold_mark).collect();
/// assert_eq!(folded, "\"It's \"here\"\"");
/// ```
pub fn fold_mark(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        _ if is_apostrophe(c) => '\'',
        _ => c,
    }
}

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

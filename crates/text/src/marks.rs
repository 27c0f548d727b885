//! Quotation marks and apostrophes: which open, which close, and how ASCII writes them.

/// Whether a character is an apostrophe or a single quotation mark of either style.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Whether a character may open a quotation in English, straight marks and apostrophes included: what stands around it
/// says whether it does, see [`quotation`](crate::quotation).
///
/// ```
/// assert!("\"'“‘„‚«‹".chars().all(text::is_opening_mark));
/// assert!(!text::is_opening_mark('”'));
/// ```
pub fn is_opening_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '„' | '‚' | '‟' | '‛' | '«' | '‹'
    )
}

/// Whether a character may close a quotation in English, straight marks and apostrophes included.
///
/// ```
/// assert!("\"'”’»›".chars().all(text::is_closing_mark));
/// assert_eq!("It rained,”".trim_end_matches(text::is_closing_mark), "It rained,");
/// ```
pub fn is_closing_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›')
}

/// A quotation mark or apostrophe as ASCII writes it, so that the style of a text's marks changes nothing.
///
/// ```
/// let folded: String = "“It’s «here»”".chars().map(text::fold_mark).collect();
/// assert_eq!(folded, "\"It's \"here\"\"");
/// ```
pub fn fold_mark(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' => '"',
        '‚' | '‛' => '\'',
        _ if is_apostrophe(c) => '\'',
        _ => c,
    }
}

/// The endings of a genitive; the apostrophe alone is that of a plural: `the voters’ choice`.
const GENITIVES: [&str; 6] = ["'s", "’s", "'S", "’S", "'", "’"];

/// Whether a token is the ending of a genitive: `'s`, or the apostrophe alone of a plural.
///
/// ```
/// assert!(["’s", "'S", "’"].into_iter().all(text::is_genitive));
/// assert!(!text::is_genitive("s"));
/// ```
pub fn is_genitive(token: &str) -> bool {
    GENITIVES.contains(&token)
}

/// A word without the ending of a genitive; `None` where it has none.
///
/// ```
/// assert_eq!(text::strip_genitive("Zoë’s"), Some("Zoë"));
/// assert_eq!(text::strip_genitive("voters'"), Some("voters"));
/// assert_eq!(text::strip_genitive("voters"), None);
/// ```
pub fn strip_genitive(word: &str) -> Option<&str> {
    GENITIVES
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
}

//! Turns of a transcript: the label in capitals that says who speaks.

/// A speaker's label has at most so many words.
const MOST_WORDS: usize = 3;

/// A speaker's label and its colon have at most so many bytes.
const LONGEST: usize = 40;

/// How many bytes a label in capitals takes at the start of a line, its colon and the space after it included; `None`
/// where the line has no label.
///
/// ```
/// assert_eq!(text::turns::label("J. P. MORENO: We waited."), Some("J. P. MORENO: ".len()));
/// assert_eq!(text::turns::label("Note: We waited."), None);
/// ```
pub fn label(line: &str) -> Option<usize> {
    let end = line.bytes().take(LONGEST).position(|b| b == b':')?;
    let name = line.get(..end)?;
    let is_word = |word: &str| {
        let mut letters = word
            .chars()
            .filter(|c| !matches!(c, '.' | '-' | '’' | '\''));
        word.len() > 1 && letters.all(char::is_uppercase)
    };
    let rest = line.get(end + 1..)?;
    let indent = rest.len() - rest.trim_start().len();
    let words = name.split(' ').count();
    (words <= MOST_WORDS && name.split(' ').all(is_word) && indent > 0).then_some(end + 1 + indent)
}

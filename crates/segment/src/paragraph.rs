//! Paragraphs: a text is segmented paragraph by paragraph, each on its own.

use crate::marks::without_closing;
use crate::scripts;

/// A paragraph ends before a blank line, or where it would grow longer than so many bytes: nothing that people write
/// is longer, and a file without a blank line still needs only so much memory.
pub(crate) const LONGEST: usize = 64 << 10;

/// One paragraph, without the white space around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) end: usize,
    /// Text that might be appended cannot change it.
    pub(crate) complete: bool,
}

/// The paragraph that begins at byte `start` of `text`, which is not white space.
pub(crate) fn at(text: &str, start: usize) -> Paragraph {
    let bytes = text.as_bytes();
    let window = text.len().min(start + LONGEST);
    for at in memchr::memchr_iter(b'\n', &bytes[start..window]) {
        let at = start + at;
        let mut rest = bytes[at + 1..window].iter();
        if rest.find(|b| !matches!(b, b' ' | b'\t' | b'\r')) == Some(&b'\n') {
            return Paragraph {
                end: trimmed(text, start, at),
                complete: true,
            };
        }
    }
    let complete = window < text.len();
    let end = match complete {
        true => start + cut(&text[start..text.floor_char_boundary(window)]),
        false => trimmed(text, start, window),
    };
    Paragraph { end, complete }
}

/// Where to cut a paragraph that is too long: after a line that ends like a sentence, else after what looks like a
/// sentence, else between two words, else anywhere.
fn cut(window: &str) -> usize {
    let bytes = window.as_bytes();
    let closes = |at: &usize| {
        let line = without_closing(window[..*at].trim_end_matches([' ', '\r']));
        line.ends_with(['.', '!', '?']) || line.ends_with(scripts::is_terminal)
    };
    memchr::memrchr_iter(b'\n', bytes)
        .find(closes)
        .or_else(|| memchr::memmem::rfind(bytes, b". ").map(|at| at + 1))
        .or_else(|| window.rfind(char::is_whitespace))
        .filter(|at| *at > 0)
        .map_or(window.len(), |at| trimmed(window, 0, at))
}

fn trimmed(text: &str, start: usize, end: usize) -> usize {
    start + text[start..end].trim_end().len()
}

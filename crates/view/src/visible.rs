//! Control characters that are shown and not obeyed.

/// A control character other than tab and line feed as a picture of it (`␛`), so that an escape sequence in an article is
/// shown to the reader and not obeyed by the terminal; any other character as it is.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_pictures() {
        assert_eq!(visible('\u{1b}'), '␛');
        assert_eq!(visible('\0'), '␀');
        assert_eq!(visible('\u{9b}'), '\u{fffd}');
        assert_eq!(visible('é'), 'é');
    }
}

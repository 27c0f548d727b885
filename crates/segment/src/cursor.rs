//! A position that reads small pieces of a text from left to right: words, numbers, single characters.

/// Reads `text` from a position on; every method either eats what it names or leaves the position alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Bytes eaten so far.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves `len` bytes on, to the end at most.
    pub(crate) fn skip(&mut self, len: usize) {
        self.at = (self.at + len).min(self.text.len());
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character before the position.
    pub(crate) fn before(&self) -> Option<char> {
        self.text.get(..self.at)?.chars().next_back()
    }

    /// Eats `literal`.
    pub(crate) fn eat(&mut self, literal: &str) -> bool {
        let found = self.rest().starts_with(literal);
        if found {
            self.at += literal.len();
        }
        found
    }

    /// Eats one character of `set`.
    pub(crate) fn one_of(&mut self, set: &str) -> bool {
        match self.peek() {
            Some(c) if set.contains(c) => {
                self.at += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    /// Eats blanks and tabs, but no line feed; says whether there were any.
    pub(crate) fn blanks(&mut self) -> bool {
        let rest = self.rest();
        let blanks = rest.len()
            - rest
                .trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}'])
                .len();
        self.at += blanks;
        blanks > 0
    }

    /// Eats the longest run of characters that `keep` holds for; empty if there is none.
    pub(crate) fn run(&mut self, keep: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Eats letters.
    pub(crate) fn letters(&mut self) -> &'t str {
        self.run(char::is_alphabetic)
    }

    /// Eats a decimal number of at most `digits` digits that no further digit follows.
    pub(crate) fn number(&mut self, digits: usize) -> Option<u16> {
        let mut ahead = *self;
        let run = ahead.run(|c| c.is_ascii_digit());
        let number = (run.len() <= digits).then(|| run.parse().ok()).flatten()?;
        *self = ahead;
        Some(number)
    }
}

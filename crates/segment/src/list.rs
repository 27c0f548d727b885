//! Lists that run on in one line: `1. The first item 2. The second item`, `• Trains collided • At least 280 died`.

use crate::cursor::Cursor;

/// How the items of a paragraph's list are marked, if it begins with a marker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum List {
    #[default]
    None,
    /// `2. `, `2) `, `2.) `: the next number, and what follows it.
    Number(u16, &'static str),
    /// `b. `: the next letter.
    Letter(u8),
    Bullet(char),
}

const AFTER_NUMBER: [&str; 3] = [".) ", ") ", ". "];

impl List {
    /// The list that `paragraph` begins with.
    pub(crate) fn at_start(paragraph: &str) -> Self {
        let mut cursor = Cursor::new(paragraph);
        match cursor.peek() {
            Some(bullet @ ('•' | '⁃' | '▪' | '●' | '‣')) => return Self::Bullet(bullet),
            Some('a') => {
                return if paragraph.starts_with("a. ") {
                    Self::Letter(b'b')
                } else {
                    Self::None
                };
            }
            Some('0'..='9') => {}
            _ => return Self::None,
        }
        let Some(number) = cursor.number(2) else {
            return Self::None;
        };
        AFTER_NUMBER
            .into_iter()
            .find(|after| cursor.eat(after))
            .map_or(Self::None, |after| Self::Number(number + 1, after))
    }

    /// Where the next item begins in `text[from..to]`, or `to`.
    pub(crate) fn next(self, text: &str, from: usize, to: usize) -> usize {
        let area = &text[from..to];
        let found = match self {
            Self::None => None,
            Self::Bullet(bullet) => item(area, bullet.encode_utf8(&mut [0; 4]), ""),
            Self::Letter(letter) => item(area, char::from(letter).encode_utf8(&mut [0; 4]), ". "),
            Self::Number(number, after) => {
                let digits = [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8];
                let digits = &digits[usize::from(number < 10)..];
                std::str::from_utf8(digits)
                    .ok()
                    .and_then(|digits| item(area, digits, after))
            }
        };
        found.map_or(to, |at| from + at)
    }

    /// The list after its next item has begun.
    pub(crate) fn advanced(self) -> Self {
        match self {
            Self::Number(number, after) if number < 99 => Self::Number(number + 1, after),
            Self::Letter(letter) if letter < b'z' => Self::Letter(letter + 1),
            Self::Bullet(bullet) => Self::Bullet(bullet),
            _ => Self::None,
        }
    }
}

/// Where `label` and `after` stand between a blank and a capital letter (or a number, after a bullet).
fn item(area: &str, label: &str, after: &str) -> Option<usize> {
    memchr::memmem::find_iter(area.as_bytes(), label.as_bytes()).find(|&at| {
        let marked = area[..at].ends_with([' ', '\n']);
        let Some(rest) = area[at + label.len()..].strip_prefix(after) else {
            return false;
        };
        marked
            && rest
                .trim_start()
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    })
}

//! The tokens of the grammar: numbers, words and signs, and whether white space separates them.
//!
//! They are not those of [`text::tokens`]: to the grammar, `$3.8bn` is a sign, a number and a word.

use super::words::{Sense, sense};

/// A number, a word or a sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    /// As it is written.
    pub text: &'t str,
    /// Byte offset into the document's text.
    pub start: usize,
    pub kind: Kind,
    /// Whether there is no white space between it and the token before.
    pub glued: bool,
    /// What it means to the grammar, if it is a word.
    pub sense: Option<Sense>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Digits, with thousands' commas and a decimal point taken out.
    Number(f64),
    /// Letters.
    Word,
    /// Any other character.
    Sign,
    /// A web address, an e-mail address: nothing in it is a value.
    Address,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether a value can start here. The letters of currencies ("Rs", "USD") have no sense; they are short and capital.
    pub(super) fn may_open(&self) -> bool {
        match self.kind {
            Kind::Number(_) => true,
            Kind::Word => {
                self.sense.is_some()
                    || self.text.len() <= 3 && self.text.starts_with(char::is_uppercase)
            }
            Kind::Sign => !matches!(self.text, "." | "," | "-" | "(" | ")" | "\"" | "“" | "”"),
            Kind::Address => false,
        }
    }

    /// The whole number that is written in digits alone.
    pub(super) fn digits(&self) -> Option<i64> {
        let plain = self.text.len() <= 9 && self.text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| self.text.parse().ok())?
    }
}

/// The tokens of a piece of text that starts at byte `offset` of the document.
pub(super) fn tokens(piece: &str, offset: usize) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(piece.len() / 5);
    let mut at = 0;
    let mut in_chunk = false; // a chunk has white space on both sides
    while let Some(c) = piece[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            in_chunk = false;
            continue;
        }
        let (length, kind) = match c {
            _ if !in_chunk && address(&piece[at..]).is_some() => {
                (address(&piece[at..]).unwrap_or(1), Kind::Address)
            }
            // ".5 percent"
            '.' if !in_chunk && fraction(&piece[at..]).is_some() => {
                let (length, value) = fraction(&piece[at..]).unwrap_or((1, 0.0));
                (length, Kind::Number(value))
            }
            '0'..='9' => number(&piece[at..], follows_point(&tokens, in_chunk)),
            c if c.is_alphabetic() => (word(&piece[at..]), Kind::Word),
            c => (c.len_utf8(), Kind::Sign),
        };
        tokens.push(Token {
            text: &piece[at..at + length],
            start: offset + at,
            kind,
            glued: in_chunk,
            sense: if kind == Kind::Word {
                sense(&piece[at..at + length])
            } else {
                None
            },
        });
        at += length;
        in_chunk = true;
    }
    tokens
}

/// Whether the next token follows a number and a point, as in `3.12.2024`.
fn follows_point(tokens: &[Token<'_>], glued: bool) -> bool {
    let [.., number, point] = tokens else {
        return false;
    };
    glued && point.glued && point.text == "." && matches!(number.kind, Kind::Number(_))
}

/// The bytes and the value of a point and the digits behind it.
fn fraction(rest: &str) -> Option<(usize, f64)> {
    let digits = rest
        .get(1..)?
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    let text = &rest[..=digits];
    (digits > 0).then(|| text.parse().ok().map(|value| (text.len(), value)))?
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len())
}

/// The length of the address that the text starts with.
fn address(rest: &str) -> Option<usize> {
    let first = rest.bytes().next()?;
    if !first.is_ascii_alphanumeric() && first != b'@' && first != b'#' {
        return None;
    }
    let chunk = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let chunk = &rest[..chunk];
    let is_address = matches!(first, b'@' | b'#')
        || chunk.contains("://")
        || chunk.starts_with("www.")
        || chunk.contains('@');
    is_address.then_some(chunk.len())
}

/// The bytes and the value of a number: digits with commas between groups, the last of three digits and the others of two
/// (`1,00,000`) or three, and a fraction.
fn number(rest: &str, follows_point: bool) -> (usize, Kind) {
    let bytes = rest.as_bytes();
    let run = |from: usize| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut end = run(0);
    if end <= 3 {
        // The groups so far; kept only up to a last group of three digits. No number in the news has more than eight,
        // and without a bound `1,11,11,11…` would be read again from every comma.
        let mut at = end;
        for _ in 0..8 {
            if bytes.get(at) != Some(&b',') {
                break;
            }
            match run(at + 1) {
                3 => {
                    at += 4;
                    end = at;
                }
                2 => at += 3,
                _ => break,
            }
        }
    }
    let fraction = run(end + 1);
    if bytes.get(end) == Some(&b'.') && fraction > 0 && !follows_point {
        // `1.2.3` is no number but a version or a date.
        let after = end + 1 + fraction;
        if !(bytes.get(after) == Some(&b'.') && run(after + 1) > 0) {
            end = after;
        }
    }
    let value = rest[..end].replace(',', "").parse().unwrap_or(f64::NAN);
    (end, Kind::Number(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(piece: &str) -> Vec<&str> {
        tokens(piece, 0).iter().map(|t| t.text).collect()
    }

    #[test]
    fn numbers_keep_their_groups_and_fraction() {
        assert_eq!(
            texts("1,234.5 1,00,000 10, 11"),
            ["1,234.5", "1,00,000", "10", ",", "11"]
        );
        assert_eq!(texts("2012,2013"), ["2012", ",", "2013"]);
        assert_eq!(texts("3.12.2024"), ["3", ".", "12", ".", "2024"]);
    }

    #[test]
    fn units_are_separate_from_numbers() {
        assert_eq!(texts("US$3.8bn"), ["US", "$", "3.8", "bn"]);
        assert_eq!(texts("the 1980s"), ["the", "1980", "s"]);
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(
            texts("see https://a.example/2012/3 now"),
            ["see", "https://a.example/2012/3", "now"]
        );
        assert_eq!(texts("x7@b.example"), ["x7@b.example"]);
    }
}

//! A place where a sentence may end: a run of `.`, `!`, `?` or `…`, and what stands around it.
//!
//! Everything that is read is bounded, so that a candidate costs the same in any text.

use crate::lexicon::{Key, Lexicon};
use crate::marks::{self, Mark};
use text::{is_closing_mark, is_opening_mark};

/// Bytes of a word that are looked at; longer ones (URLs, noise) are cut.
const WORD: usize = 40;

/// Opening marks, and blanks between them, that are looked at: a run of dashes may be as long as the text.
const OPENING: usize = 128;

/// Bytes before a straight closing mark in which its opening one is looked for: a long sentence.
const PAIR: usize = 512;

/// Digits of a footnote's number.
const NOTE_DIGITS: usize = 3;

/// Bytes of the reference numbers in one pair of brackets: `[12, 13-15]`.
const REFERENCE: usize = 12;

/// What lies between the end of the candidate and the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spacing {
    None,
    /// White space within a line.
    Blank,
    /// A single line feed.
    Line,
    /// The paragraph ends.
    End,
}

/// One candidate; the words borrow from the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'t> {
    /// Where the run of marks begins.
    pub(crate) at: usize,
    pub(crate) mark: Mark,
    /// Where the sentence would end: after marks, closing quotation marks, brackets and reference numbers.
    pub(crate) end: usize,
    /// The word before the mark, without opening marks: `U.S`, `Dec`, `Ariz` of `R-Ariz`.
    pub(crate) left: &'t str,
    /// The character before `left`; a blank at the start.
    pub(crate) before: char,
    /// Where `left` begins.
    pub(crate) left_start: usize,
    /// A closing quotation mark stands between `at` and `end`.
    pub(crate) quoted: bool,
    /// A closing bracket stands between `at` and `end`.
    pub(crate) bracketed: bool,
    /// An emoticon or emoji does.
    pub(crate) smiles: bool,
    pub(crate) gap: Spacing,
    /// The first of the opening marks before the next word.
    pub(crate) opens: Option<char>,
    /// Letters and digits of the next word; empty where something else follows.
    pub(crate) right: &'t str,
    /// Where `right` begins.
    pub(crate) right_start: usize,
}

impl<'t> Candidate<'t> {
    /// The candidate whose first mark stands at byte `at` of `text`, in a paragraph that ends at `limit`; `start` is
    /// where its sentence begins.
    pub(crate) fn read(
        text: &'t str,
        start: usize,
        at: usize,
        limit: usize,
        lexicon: &Lexicon,
    ) -> Self {
        let word_end = start + text[start..at].trim_end_matches(' ').len();
        let dash = text[at..].starts_with('—');
        let (left_start, left, before) = left(text, start, if dash { word_end } else { at });
        let spaced = at == start || text[..at].ends_with(' ');
        let (mark, marks) = marks::run(&text[at..limit], spaced);
        let mut candidate = Self {
            at,
            mark,
            end: at + marks,
            left,
            before,
            left_start,
            quoted: false,
            bracketed: false,
            smiles: false,
            gap: Spacing::None,
            opens: None,
            right: "",
            right_start: limit,
        };
        candidate.close(text, start, limit);
        candidate.references(text, limit);
        candidate.note(text, limit, lexicon);
        candidate.tags(text, limit);
        candidate.smile(text, limit);
        candidate.look_right(text, limit);
        candidate
    }

    /// Takes in closing marks, and marks that end a sentence between them: `?”`, `.)`, `!”.`
    fn close(&mut self, text: &'t str, start: usize, limit: usize) {
        loop {
            let rest = &text[self.end..limit];
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            let next = chars.next();
            let outside = next.is_none_or(|n| !n.is_alphanumeric());
            match c {
                '”' | '’' | '»' | '›' if c != '’' || outside => self.quoted = true,
                '“' | '«' | '‘' | '‹'
                    if next.is_none_or(|n| n.is_whitespace() || ",.;".contains(n)) =>
                {
                    self.quoted = true; // the closing mark of „…“ and »…«
                }
                '"' if outside || odd(text, start, self.end) => self.quoted = true,
                '\'' | '`' if outside => self.quoted = true,
                ')' | ']' | '}' | '）' => self.bracketed = true,
                '*' | '_' if outside => {}
                '.' | '!' | '?' | '…' if self.quoted || self.bracketed => {}
                _ if is_invisible(c) => {}
                ' ' | '\u{a0}' | '\u{202f}' if marks::closes_apart(&rest[c.len_utf8()..]) => {}
                ' ' if self.mark != Mark::Dash => {
                    let Some(closing) = detached(text, start, self.end, limit) else {
                        break;
                    };
                    self.quoted |= closing != ")";
                    self.bracketed |= closing == ")";
                    self.end += closing.len();
                }
                _ => break,
            }
            self.end += c.len_utf8();
        }
    }

    /// Takes in reference numbers and omissions: `[1]`, `[2][3]`, ` [4]`, ` [...]`.
    fn references(&mut self, text: &'t str, limit: usize) {
        loop {
            let rest = &text[self.end..limit];
            let inner = rest.strip_prefix(' ').unwrap_or(rest);
            let Some(inner) = inner.strip_prefix('[') else {
                break;
            };
            let number = inner
                .bytes()
                .take(REFERENCE)
                .take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'-' | b' '))
                .count();
            let omission = ["...]", "…]"].iter().find(|o| inner.starts_with(**o));
            if let Some(omission) = omission {
                self.end = limit - inner.len() + omission.len();
                continue;
            }
            if number == 0 || inner.as_bytes().get(number) != Some(&b']') {
                break;
            }
            self.end = limit - inner.len() + number + 1;
        }
    }

    /// Takes in the number of a footnote: `… the Act.12 The`, `… the rights. 4 Even`. After a blank the next word must be
    /// one that hardly ever follows a number (`12 The`), or the number counts something (`12 Republicans`).
    fn note(&mut self, text: &'t str, limit: usize, lexicon: &Lexicon) {
        let lower = self.left.bytes().all(|b| b.is_ascii_lowercase());
        let word = self.left.len() > 3 && lower;
        let glued = self.left.len() > 2
            && lower
            && text.as_bytes()[self.end..limit]
                .first()
                .is_some_and(u8::is_ascii_digit)
            && lexicon.get(Key::Before(self.left)).classes() == 0;
        if self.mark != Mark::Stop || !(word || glued || self.quoted || self.bracketed) {
            return;
        }
        let rest = &text[self.end..limit];
        let number = rest.strip_prefix(' ').unwrap_or(rest);
        let digits = number
            .bytes()
            .take(NOTE_DIGITS + 1)
            .take_while(u8::is_ascii_digit)
            .count();
        let Some(after) = number[digits..].strip_prefix(' ') else {
            return;
        };
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(0);
        let glued = number.len() == rest.len() && word && end > 1;
        let starter =
            after.starts_with(char::is_uppercase) && (glued || lexicon.is_starter(&after[..end]));
        if (1..=NOTE_DIGITS).contains(&digits) && starter {
            self.end = limit - number.len() + digits;
        }
    }

    /// Takes in emoji and hashtags that a quotation ends with: `why not cats? 😼 #cats”`.
    fn tags(&mut self, text: &str, limit: usize) {
        let floor = text.floor_char_boundary(limit.min(self.end + OPENING));
        let mut rest = &text[self.end..floor];
        while let Some(token) = rest.strip_prefix(' ') {
            let len = match token.strip_prefix('#') {
                Some(tag) => token.len() - tag.trim_start_matches(is_of_tag).len(),
                None => emoji(token),
            };
            if len < 2 {
                return;
            }
            rest = &token[len..];
            let after = rest.trim_start_matches(is_closing_mark);
            if after.len() < rest.len() && !after.starts_with(char::is_alphanumeric) {
                self.end = floor - after.len();
                self.quoted = true;
                return;
            }
        }
    }

    /// Takes in an emoticon or a run of emoji: what is said with a smile is said before it.
    fn smile(&mut self, text: &'t str, limit: usize) {
        let rest = &text[self.end..limit];
        let face = rest.strip_prefix(' ').unwrap_or(rest);
        // Nearly every sentence.
        if face.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return;
        }
        let len = emoticon(face).unwrap_or_else(|| emoji(face));
        if len > 0 && face[len..].chars().next().is_none_or(char::is_whitespace) {
            self.end = limit - face.len() + len;
            self.smiles = true;
        }
    }

    fn look_right(&mut self, text: &'t str, limit: usize) {
        let rest = &text[self.end..limit];
        let after = rest.trim_start();
        let blank = &rest[..rest.len() - after.len()];
        self.gap = match blank {
            _ if after.is_empty() => Spacing::End,
            "" => Spacing::None,
            _ if blank.contains('\n') => Spacing::Line,
            _ => Spacing::Blank,
        };
        let mut opening = after.chars();
        let mut word = after;
        for _ in 0..OPENING {
            match opening.next() {
                Some(c) if opens(c) => self.opens = self.opens.or(Some(c)),
                Some(' ') if self.opens.is_some() => {}
                _ => break,
            }
            word = opening.as_str();
        }
        self.right_start = limit - word.len();
        let letters = word
            .bytes()
            .take(WORD)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        let end = match word.as_bytes().get(letters) {
            Some(128..) => word
                .char_indices()
                .take(WORD)
                .find(|(_, c)| !c.is_alphanumeric())
                .map_or(word.len().min(WORD), |(i, _)| i),
            _ => letters,
        };
        self.right = &word[..word.floor_char_boundary(end)];
    }

    pub(crate) fn right_is_lower(&self) -> bool {
        self.right.chars().next().is_some_and(char::is_lowercase)
    }

    pub(crate) fn right_is_upper(&self) -> bool {
        self.right.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The word before byte `at`: where it begins, the word, the character before it.
fn left(text: &str, start: usize, at: usize) -> (usize, &str, char) {
    let floor = text.floor_char_boundary(at.saturating_sub(WORD).max(start));
    let window = &text[floor..at];
    let other = |b: u8| !b.is_ascii_alphanumeric() && b != b'.';
    let from = match window.bytes().rposition(other) {
        None => 0,
        Some(i) if window.as_bytes()[i] == b' ' => i + 1,
        Some(_) => window
            .char_indices()
            .rev()
            .find(|(i, c)| {
                // `Gov't`, `Hale’s`: the mark within a word is an apostrophe.
                let within = || window[..*i].ends_with(char::is_alphanumeric);
                c.is_whitespace() || precedes(*c) && !(matches!(c, '\'' | '’') && within())
            })
            .map_or(0, |(i, c)| i + c.len_utf8()),
    };
    let before = window[..from].chars().next_back().unwrap_or(' ');
    (floor + from, &window[from..], before)
}

/// What may stand between a word and the blank before it.
fn precedes(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '-' | '/' | '—' | '–' | '•' | '⁃' | '▪') || is_mark(c)
}

/// Bytes of the emoticon that `face` begins with: `:)`, `;-)`, `:D`, `<3`.
fn emoticon(face: &str) -> Option<usize> {
    let bytes = face.as_bytes();
    let nose = match bytes {
        [b':' | b';' | b'=', b'-' | b'\'' | b'^' | b'o', ..] => 2,
        [b':' | b';' | b'=', ..] => 1,
        [b'<', b'3', ..] => return Some(2),
        _ => return None,
    };
    let mouth = bytes[nose..]
        .iter()
        .take(OPENING)
        .take_while(|b| b"()[]DPpO/\\|*".contains(b))
        .count();
    (mouth > 0).then_some(nose + mouth)
}

/// Bytes of the run of emoji that `face` begins with: the blocks of pictographs of Unicode, and what joins or colours them.
fn emoji(face: &str) -> usize {
    face.chars()
        .take(OPENING)
        .take_while(|c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{200d}' | '\u{fe0f}'))
        .map(char::len_utf8)
        .sum()
}

/// What a hashtag is made of.
fn is_of_tag(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Marks of direction and of byte order, and blanks without width: no reader sees them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What may stand between a blank and the first word of a sentence.
fn opens(c: char) -> bool {
    matches!(
        c,
        '`' | '('
            | '['
            | '{'
            | '-'
            | '*'
            | '#'
            | '<'
            | '$'
            | '€'
            | '£'
            | '§'
            | '—'
            | '–'
            | '•'
            | '·'
            | '⁃'
            | '@'
            | '_'
            | '©'
            | '®'
            | '™'
    ) || is_mark(c)
        || is_invisible(c)
}

/// Careless texts open with closing marks, and other languages with what closes in English.
fn is_mark(c: char) -> bool {
    is_opening_mark(c) || is_closing_mark(c)
}

/// A closing mark between two blanks, as tokenised text has it (`said . ''`), after byte `at`.
fn detached(text: &str, start: usize, at: usize, limit: usize) -> Option<&'static str> {
    let rest = &text[at + 1..limit];
    let closing = ["''", "'", "\"", ")"]
        .into_iter()
        .find(|mark| rest.starts_with(mark))?;
    let after = rest[closing.len()..].chars().next();
    if after.is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    let window = &text.as_bytes()[start.max(at.saturating_sub(PAIR))..at];
    let open = match closing {
        ")" => memchr::memrchr2(b'(', b')', window).is_some_and(|i| window[i] == b'('),
        mark => memchr::memmem::find_iter(window, mark).count() % 2 == 1,
    };
    open.then_some(closing)
}

/// Whether an odd number of straight quotation marks stand in the sentence before `at`: the next one closes.
fn odd(text: &str, start: usize, at: usize) -> bool {
    let floor = start.max(at.saturating_sub(PAIR));
    memchr::memchr_iter(b'"', &text.as_bytes()[floor..at]).count() % 2 == 1
}

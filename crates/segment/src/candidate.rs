//! A place where a sentence may end: a run of `.`, `!`, `?` or `…`, and what stands around it.
//!
//! Everything that is read is bounded, so that a candidate costs the same in any text.

use crate::lexicon::Lexicon;

/// Bytes of a word that are looked at; longer ones (URLs, noise) are cut.
const WORD: usize = 40;

/// Opening marks, and blanks between them, that are looked at: a run of dashes may be as long as the text.
const OPENING: usize = 128;

/// What ends the sentence, if it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Stop,
    Exclamation,
    Question,
    Ellipsis,
    /// `—`, where speech breaks off.
    Dash,
}

/// What lies between the mark, with what closes it, and the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    None,
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
    pub(crate) gap: Gap,
    /// Opening marks stand before the next word.
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
        let (mark, marks) = marks(&text[at..limit], spaced);
        let mut candidate = Self {
            at,
            mark,
            end: at + marks,
            left,
            before,
            left_start,
            quoted: false,
            bracketed: false,
            gap: Gap::None,
            opens: None,
            right: "",
            right_start: limit,
        };
        candidate.close(text, start, limit);
        candidate.references(text, limit);
        candidate.note(text, limit, lexicon);
        candidate.look_right(text, limit);
        candidate
    }

    /// Takes in closing marks and what marks stand among them: `?”`, `.)`, `!”.`
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
                .take(12)
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

    /// Takes in the number of a footnote: `… the Act.12 The`, `… the rights. 4 Even`. The word after it must be one
    /// that hardly ever follows a number (`12 The`), or the number counts something (`12 Republicans`).
    fn note(&mut self, text: &'t str, limit: usize, lexicon: &Lexicon) {
        const DIGITS: usize = 3;
        let word = self.left.len() > 3 && self.left.bytes().all(|b| b.is_ascii_lowercase());
        if self.mark != Mark::Stop || !(word || self.quoted || self.bracketed) {
            return;
        }
        let rest = &text[self.end..limit];
        let number = rest.strip_prefix(' ').unwrap_or(rest);
        let digits = number
            .bytes()
            .take(DIGITS + 1)
            .take_while(u8::is_ascii_digit)
            .count();
        let Some(after) = number[digits..].strip_prefix(' ') else {
            return;
        };
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(0);
        let starter = after.starts_with(char::is_uppercase) && lexicon.is_starter(&after[..end]);
        if (1..=DIGITS).contains(&digits) && starter {
            self.end = limit - number.len() + digits;
        }
    }

    fn look_right(&mut self, text: &'t str, limit: usize) {
        let rest = &text[self.end..limit];
        let after = rest.trim_start();
        let blank = &rest[..rest.len() - after.len()];
        self.gap = match blank {
            _ if after.is_empty() => Gap::End,
            "" => Gap::None,
            _ if blank.contains('\n') => Gap::Line,
            _ => Gap::Blank,
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
            .find(|(_, c)| c.is_whitespace() || precedes(*c))
            .map_or(0, |(i, c)| i + c.len_utf8()),
    };
    let before = window[..from].chars().next_back().unwrap_or(' ');
    (floor + from, &window[from..], before)
}

/// What may stand between a word and the blank before it.
fn precedes(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '('
            | '['
            | '{'
            | '-'
            | '/'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '„'
            | '—'
            | '–'
            | '•'
            | '⁃'
            | '▪'
    )
}

/// What may stand between a blank and the first word of a sentence.
fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '('
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
            | '“'
            | '”'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '„'
            | '‹'
            | '›'
            | '—'
            | '–'
            | '•'
            | '·'
            | '⁃'
    )
}

/// The kind and the length of the run of marks that `rest` begins with; spaced dots (`. . .`) are one run.
///
/// Where a full stop is followed by three of them and a capital, the sentence ends with the full stop and the next one
/// begins with the ellipsis (Chicago Manual of Style, four-dot ellipsis).
fn marks(rest: &str, detached: bool) -> (Mark, usize) {
    let mut len = 0;
    let (mut stops, mut questions, mut exclamations, mut ellipses, mut dashes) = (0, 0, 0, 0, 0);
    for c in rest.chars() {
        match c {
            '.' => stops += 1,
            '?' | '‽' => questions += 1,
            '!' => exclamations += 1,
            '…' => ellipses += 1,
            '—' if len == 0 => dashes += 1,
            _ => break,
        }
        len += c.len_utf8();
    }
    // ` . . .`: at least two more, or it is a stop of tokenised text (in which ` ! ?` is one run as well).
    let spaced_marks = |set: &[u8]| {
        let pairs = rest.as_bytes()[len..].chunks_exact(2);
        pairs
            .take_while(|pair| pair[0] == b' ' && set.contains(&pair[1]))
            .count()
    };
    let spaced = spaced_marks(b".");
    if !detached && stops == 1 && len == 1 && spaced == 3 && begins_sentence(&rest[7..]) {
        return (Mark::Stop, 1);
    }
    if spaced >= 2 || (spaced == 1 && stops > 1) {
        stops += spaced;
        len += 2 * spaced;
    } else if detached && questions + exclamations > 0 {
        len += 2 * spaced_marks(b"!?");
    }
    if questions + exclamations > 0 {
        // `Happy! ...` is drawn out, not over.
        for ellipsis in [" ...", " …", " . . ."] {
            if rest[len..].starts_with(ellipsis) {
                return (Mark::Ellipsis, len + ellipsis.len());
            }
        }
    }
    let mark = match () {
        () if dashes > 0 => Mark::Dash,
        () if questions > 0 => Mark::Question,
        () if exclamations > 0 => Mark::Exclamation,
        () if ellipses > 0 || stops > 1 => Mark::Ellipsis,
        () => Mark::Stop,
    };
    (mark, len)
}

/// A blank and a capital.
fn begins_sentence(rest: &str) -> bool {
    rest.strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// The next `.`, `!` or `?` in `bytes[at..end]`; `end` where there is none.
pub(crate) fn next_mark(bytes: &[u8], at: usize, end: usize) -> usize {
    memchr::memchr3(b'.', b'!', b'?', &bytes[at..end]).map_or(end, |i| at + i)
}

/// The next `…` or `—` in `bytes[at..end]`; `end` where there is none. They are rare, so that one search serves many
/// sentences.
pub(crate) fn next_sign(bytes: &[u8], at: usize, end: usize) -> usize {
    // The last bytes of both, which few other characters have.
    memchr::memchr2_iter(0xA6, 0x94, &bytes[at..end])
        .map(|i| at + i)
        .find(|&i| bytes[at..i].ends_with(&[0xE2, 0x80]))
        .map_or(end, |i| i - 2)
}

/// A closing mark between two blanks, as tokenised text has it (`said . ''`), after byte `at`.
fn detached(text: &str, start: usize, at: usize, limit: usize) -> Option<&'static str> {
    let rest = &text[at + 1..limit];
    let closing = ["''", "'", "\"", "”", ")"]
        .into_iter()
        .find(|mark| rest.starts_with(mark))?;
    let after = rest[closing.len()..].chars().next();
    if after.is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    let window = &text.as_bytes()[start.max(at.saturating_sub(512))..at];
    let open = match closing {
        ")" => memchr::memrchr2(b'(', b')', window).is_some_and(|i| window[i] == b'('),
        "”" => true,
        mark => memchr::memmem::find_iter(window, mark).count() % 2 == 1,
    };
    open.then_some(closing)
}

/// Whether an odd number of straight quotation marks stand in the sentence before `at`: the next one closes.
fn odd(text: &str, start: usize, at: usize) -> bool {
    let floor = start.max(at.saturating_sub(512));
    memchr::memchr_iter(b'"', &text.as_bytes()[floor..at]).count() % 2 == 1
}

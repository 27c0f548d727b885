//! A place where a sentence may end: a run of `.`, `!`, `?` or `…`, and what stands around it.
//!
//! Everything that is read is bounded, so that a candidate costs the same in any text.

/// Bytes of a word that are looked at; longer ones (URLs, noise) are cut.
const WORD: usize = 40;

/// What ends the sentence, if it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Stop,
    Exclamation,
    Question,
    Ellipsis,
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
    pub(crate) fn read(text: &'t str, start: usize, at: usize, limit: usize) -> Self {
        let (left_start, left, before) = left(text, start, at);
        let (mark, marks) = marks(&text[at..limit]);
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
                _ => break,
            }
            self.end += c.len_utf8();
        }
    }

    /// Takes in reference numbers: `[1]`, `[2][3]`, ` [4]`.
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
            if number == 0 || inner.as_bytes().get(number) != Some(&b']') {
                break;
            }
            self.end = limit - inner.len() + number + 1;
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
        let word = after.trim_start_matches(|c| {
            let opens = "\"“”‘’'«»„‹›`([{—–-•·*⁃#<".contains(c);
            if opens && self.opens.is_none() {
                self.opens = Some(c);
            }
            opens || (self.opens.is_some() && c == ' ')
        });
        self.right_start = limit - word.len();
        let end = word
            .char_indices()
            .take(WORD)
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or(word.len().min(WORD), |(i, _)| i);
        self.right = &word[..word.floor_char_boundary(end)];
    }

    /// What follows `right`.
    pub(crate) fn after_right(&self, text: &'t str) -> char {
        text[self.right_start + self.right.len()..]
            .chars()
            .next()
            .unwrap_or(' ')
    }

    pub(crate) fn right_is_lower(&self) -> bool {
        self.right.chars().next().is_some_and(char::is_lowercase)
    }

    pub(crate) fn right_is_upper(&self) -> bool {
        self.right.chars().next().is_some_and(char::is_uppercase)
    }

    pub(crate) fn right_is_digit(&self) -> bool {
        self.right.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The word before byte `at`: where it begins, the word, the character before it.
fn left(text: &str, start: usize, at: usize) -> (usize, &str, char) {
    let floor = text.floor_char_boundary(at.saturating_sub(WORD).max(start));
    let window = &text[floor..at];
    let from = window
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace() || "\"“”‘’'«»„([{—–-/".contains(*c))
        .map_or(0, |(i, c)| i + c.len_utf8());
    let before = window[..from].chars().next_back().unwrap_or(' ');
    (floor + from, &window[from..], before)
}

/// The kind and the length of the run of marks that `rest` begins with; spaced dots (`. . .`) are one run.
fn marks(rest: &str) -> (Mark, usize) {
    let mut len = 0;
    let (mut stops, mut questions, mut exclamations, mut ellipses) = (0, 0, 0, 0);
    for c in rest.chars() {
        match c {
            '.' => stops += 1,
            '?' | '‽' => questions += 1,
            '!' => exclamations += 1,
            '…' => ellipses += 1,
            _ => break,
        }
        len += c.len_utf8();
    }
    // ` . . .`: at least two more, or it is a stop of tokenised text.
    let spaced = rest[len..]
        .as_bytes()
        .chunks_exact(2)
        .take_while(|pair| pair == b" .")
        .count();
    if spaced >= 2 || (spaced == 1 && stops > 1) {
        stops += spaced;
        len += 2 * spaced;
    }
    let mark = match () {
        () if questions > 0 => Mark::Question,
        () if exclamations > 0 => Mark::Exclamation,
        () if ellipses > 0 || stops > 1 => Mark::Ellipsis,
        () => Mark::Stop,
    };
    (mark, len)
}

/// Whether an odd number of straight quotation marks stand in the sentence before `at`: the next one closes.
fn odd(text: &str, start: usize, at: usize) -> bool {
    let floor = start.max(at.saturating_sub(512));
    memchr::memchr_iter(b'"', &text.as_bytes()[floor..at]).count() % 2 == 1
}

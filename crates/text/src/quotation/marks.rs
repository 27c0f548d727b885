//! The marks of a paragraph and their roles: what a mark may do, by its shape and the characters around it.

use document::Span;

/// Families of marks: one only closes what one of its own family opened. Straight and curly double marks are one
/// family, since careless texts mix them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `"`, `“ ”`, `„ “` and ` `` '' `
    Double,
    /// `« »` and `‹ ›`, either way round
    Guillemet,
    /// `'`, `‘ ’` and `‚ ‘`
    Single,
}

/// What a mark may do, judged by itself and its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Open,
    /// Closes where one of its family is open, and opens otherwise.
    Toggle,
    Close,
    /// `s'` before a space: the end of a quotation, or a plural possessive.
    MayClose,
}

/// A quotation mark of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) at: Span,
    pub(super) family: Family,
    pub(super) role: Role,
}

/// The marks of one paragraph; `offset` is where it begins in the text.
pub(super) fn marks(body: &str, offset: usize) -> Vec<Mark> {
    // All marks begin with one of these bytes, and few other characters do.
    let may_begin = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`' | 0xC2 | 0xE2);
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(skipped) = body.as_bytes()[from..].iter().position(may_begin) {
        let at = from + skipped;
        let Some(c) = body[at..].chars().next() else {
            break;
        };
        let mut end = at + c.len_utf8();
        if matches!(c, '`' | '\'') && body[end..].starts_with(c) {
            end += 1;
        }
        from = end;
        let before = body[..at].chars().next_back();
        let after = &body[end..];
        let found = match c {
            '"' | '“' | '”' | '„' | '‟' => {
                Some((Family::Double, by_neighbours(c, before, after)))
            }
            '`' | '\'' if end - at == 2 => Some((Family::Double, by_neighbours(c, before, after))),
            '«' | '»' | '‹' | '›' => {
                Some((Family::Guillemet, by_neighbours(c, before, after)))
            }
            '\'' | '‘' | '’' | '‚' | '‛' => {
                single(c, before, after).map(|role| (Family::Single, role))
            }
            _ => None,
        };
        if let Some((family, role)) = found {
            marks.push(Mark {
                at: Span::new(offset + at, offset + end),
                family,
                role,
            });
        }
    }
    marks
}

/// Whether a mark after this character may open: the paragraph's start, a space, a bracket, a dash, another mark.
fn may_open_after(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{<—–-/:…\"'“„«‹‘‚`*_".contains(c))
}

/// Whether a mark before this text may open: something follows at once that is no closing punctuation.
fn may_open_before(after: &str) -> bool {
    after.chars().next().is_some_and(|c| {
        !c.is_whitespace() && !",.;:!?)]}”’»›".contains(c) || after.starts_with("...")
    })
}

/// The role that a mark's neighbours give it; where they leave it open, its shape's.
fn by_neighbours(mark: char, before: Option<char>, after: &str) -> Role {
    let opens = may_open_after(before) && may_open_before(after);
    let closes = before.is_some_and(|c| !c.is_whitespace())
        && !after.starts_with(|c: char| c.is_alphanumeric());
    match (opens, closes) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ => match mark {
            '“' | '„' | '‟' | '«' | '‹' | '`' => Role::Open,
            '”' | '»' | '›' => Role::Close,
            // Inches and seconds: `6"x4"`.
            _ if before.is_some_and(|c| c.is_ascii_digit()) => Role::Close,
            _ => Role::Toggle,
        },
    }
}

/// Letters of a word after an apostrophe that are looked at: one more than [`ELIDED`] words and decades have.
const ELIDED_LETTERS: usize = 6;

/// Short forms that begin with an apostrophe, in lower case.
const ELIDED: [&str; 9] = [
    "em", "tis", "twas", "til", "cause", "bout", "n", "cos", "round",
];

/// The role of a single mark by its neighbours; `None` for an apostrophe.
fn single(mark: char, before: Option<char>, after: &str) -> Option<Role> {
    let next = after.chars().next();
    let next_is_word = next.is_some_and(char::is_alphanumeric);
    if may_open_after(before) && may_open_before(after) {
        // The shape of `‘` says nothing: word processors put it before a decade and a short form too.
        let word_end = after
            .char_indices()
            .take(ELIDED_LETTERS)
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or(after.len().min(ELIDED_LETTERS), |(at, _)| at);
        let word = after.get(..word_end).unwrap_or_default();
        let decade = word.strip_suffix('s').unwrap_or(word);
        let is_year = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
        if ELIDED.contains(&word) || is_year && mark != '‘' || is_year && decade != word {
            return None;
        }
        return Some(if mark == '’' {
            Role::Toggle
        } else {
            Role::Open
        });
    }
    let before = before.filter(|c| !c.is_whitespace())?;
    if before.is_alphanumeric() {
        if next_is_word {
            return None; // don't, O'Brien
        }
        // Before punctuation it is the end even after an s: ‘…the talks’, he said.
        let plain_space = next.is_some_and(char::is_whitespace);
        return Some(match before {
            's' | 'S' | 'n' | 'z' | 'x' if plain_space => Role::MayClose,
            _ => Role::Close,
        });
    }
    // After punctuation: `…,’ he said`, and with the space forgotten, `…,’he said`.
    Some(Role::Close)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold_mark;

    /// Each mark that is paired here has one of ASCII's two for a fold, by its family.
    #[test]
    fn every_mark_is_folded() {
        let mut found = 0;
        for c in '\u{20}'..='\u{FFFF}' {
            for mark in marks(&format!("a {c}b"), 0) {
                let ascii = match mark.family {
                    Family::Double | Family::Guillemet => '"',
                    Family::Single => '\'',
                };
                assert_eq!(fold_mark(c), ascii, "{c}");
                found += 1;
            }
        }
        assert_eq!(found, 14);
    }
}

//! Splits a text into the tokens that names and quotations are found over.
//!
//! The conventions are those of the corpora (Penn Treebank, CoNLL-2003) with three differences: hyphens are tokens
//! ("pro-Iranian"), since a name may end at one; a handle, a hashtag and an address are one token each; and straight
//! and curly marks split alike, so that the style of a text's marks changes nothing.

use crate::abbreviations;
use crate::marks::is_apostrophe;
use document::Span;

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// In bytes of the text, never empty, without white space.
    pub span: Span,
    /// What stands before it.
    pub gap: Gap,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    None,
    /// White space within a line.
    Space,
    /// A line feed, or the start of the text: headlines, tables and datelines end here.
    Line,
}

/// What is split off a word at its apostrophe, besides `n’t`.
const CLITICS: [&str; 6] = ["s", "re", "ve", "ll", "d", "m"];

/// The tokens of a text, in time linear in its length.
///
/// ```
/// use text::{Gap, tokens};
/// let text = "O’Brien’s pro-U.S. allies didn't pay $1,000.\nSofia";
/// let words: Vec<&str> = tokens(text).iter().map(|t| &text[t.span]).collect();
/// assert_eq!(
///     words,
///     ["O’Brien", "’s", "pro", "-", "U.S.", "allies", "did", "n't", "pay", "$", "1,000", ".", "Sofia"]
/// );
/// assert_eq!(tokens(text)[12].gap, Gap::Line);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    // A token of news has about 5 bytes with the space before it.
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut gap = Gap::Line;
    while let Some(c) = char_at(text, at) {
        if c.is_whitespace() || is_invisible(c) {
            if is_line_break(c) {
                gap = Gap::Line;
            } else if gap == Gap::None {
                gap = Gap::Space;
            }
            at += c.len_utf8();
            continue;
        }
        let end = end_of_token(text, at, c, gap);
        tokens.push(Token {
            span: Span::new(at, end),
            gap,
        });
        at = end;
        gap = Gap::None;
    }
    tokens
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Zero-width space and byte order mark: no white space to Unicode, but none of a word either.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// Letters, digits, underscores, and marks that combine with a letter.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200D}')
}

fn char_at(text: &str, at: usize) -> Option<char> {
    // Most of a news text is ASCII, which needs no decoding.
    match text.as_bytes().get(at) {
        Some(&b) if b < 0x80 => Some(b.into()),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Where the run of characters that are `inside`, beginning at `at`, ends.
fn run(text: &str, mut at: usize, inside: impl Fn(char) -> bool) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| inside(c)) {
        at += c.len_utf8();
    }
    at
}

fn end_of_token(text: &str, start: usize, first: char, gap: Gap) -> usize {
    let after = start + first.len_utf8();
    let next = char_at(text, after);
    match first {
        _ if is_word(first) => end_of_address(text, start)
            .or_else(|| (gap == Gap::None).then(|| end_of_not(text, start))?)
            .unwrap_or_else(|| end_of_word(text, start)),
        '@' | '#' if next.is_some_and(is_word) => run(text, after, is_word),
        _ if is_apostrophe(first) && gap == Gap::None => {
            end_of_clitic(text, start).unwrap_or(after)
        }
        '.' | '-' | '*' | '=' | '~' => run(text, start, |c| c == first),
        '`' | '\'' if next == Some(first) => after + 1,
        _ => after,
    }
}

/// The end of an address on the web that begins here.
fn end_of_address(text: &str, start: usize) -> Option<usize> {
    let rest = text.as_bytes().get(start..)?;
    let starts = |prefix: &str| {
        rest.get(..prefix.len())
            .is_some_and(|r| r.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if !(starts("http://") || starts("https://") || starts("www.")) {
        return None;
    }
    let address = |c: char| !c.is_whitespace() && !matches!(c, '"' | '“' | '”' | '<' | '>' | '’');
    let end = run(text, start, address);
    let trailing = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'');
    Some(start + text.get(start..end)?.trim_end_matches(trailing).len())
}

/// The end of the clitic whose apostrophe is at `start`, directly after a word.
fn end_of_clitic(text: &str, start: usize) -> Option<usize> {
    let letters = start + char_at(text, start)?.len_utf8();
    let end = run(text, letters, is_word);
    let clitic = text.get(letters..end)?;
    CLITICS
        .iter()
        .any(|c| clitic.eq_ignore_ascii_case(c))
        .then_some(end)
}

/// The end of `n’t` at `start`, the rest of a word that [`end_of_word`] has split.
fn end_of_not(text: &str, start: usize) -> Option<usize> {
    let n = char_at(text, start).filter(|c| matches!(c, 'n' | 'N'))?;
    let apostrophe = start + n.len_utf8();
    is_not_after_n(text, apostrophe)
}

/// The end of `’t` at `apostrophe`.
fn is_not_after_n(text: &str, apostrophe: usize) -> Option<usize> {
    let c = char_at(text, apostrophe).filter(|&c| is_apostrophe(c))?;
    let t = apostrophe + c.len_utf8();
    char_at(text, t).filter(|t| matches!(t, 't' | 'T'))?;
    (!char_at(text, t + 1).is_some_and(is_word)).then_some(t + 1)
}

fn end_of_word(text: &str, start: usize) -> usize {
    let mut segment = start;
    // Whether all so far are single letters with full stops between them: `U.S`.
    let mut letters = true;
    loop {
        let end = run(text, segment, is_word);
        let Some(joint) = char_at(text, end) else {
            return end;
        };
        let word = &text[segment..end];
        let last = word.chars().next_back();
        let next_at = end + joint.len_utf8();
        let next = char_at(text, next_at);
        letters &= word.chars().nth(1).is_none() && word.chars().all(char::is_alphabetic);
        let digits =
            last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
        let goes_on = match joint {
            '.' if letters => match next {
                // U.S.A, J.K.
                Some(c) if is_word(c) => true,
                // A middle initial, or the end of U.S.
                _ if segment > start || word.chars().all(char::is_uppercase) => {
                    return if segment > start || is_initial(text, next_at) {
                        next_at
                    } else {
                        end
                    };
                }
                _ => return end,
            },
            '.' if abbreviations::keep_stop(&text[start..end]) => return next_at,
            '.' if &text[start..end] == "No" && is_number(text, next_at) => return next_at,
            // 1.5, and a site's name; a sentence whose space is missing begins with a capital
            '.' => digits || (word.len() > 1 && next.is_some_and(|c| c.is_lowercase())),
            ',' | ':' => digits,
            '&' => last.is_some_and(char::is_uppercase) && next.is_some_and(char::is_uppercase),
            _ if is_apostrophe(joint) => {
                let n = end - 1;
                if matches!(last, Some('n' | 'N'))
                    && n > start
                    && is_not_after_n(text, end).is_some()
                {
                    return n;
                }
                next.is_some_and(char::is_alphabetic) && end_of_clitic(text, end).is_none()
            }
            _ => false,
        };
        if !goes_on {
            return end;
        }
        segment = next_at;
    }
}

/// Whether a capital name follows on the line, so that a letter with a full stop before it is an initial.
fn is_initial(text: &str, at: usize) -> bool {
    char_at(text, at) == Some(' ') && char_at(text, at + 1).is_some_and(char::is_uppercase)
}

/// Whether a number follows, so that `No.` before it is no answer.
fn is_number(text: &str, at: usize) -> bool {
    char_at(text, at) == Some(' ') && char_at(text, at + 1).is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| &text[t.span]).collect()
    }

    #[test]
    fn splits_as_the_corpora_do() {
        for (text, expected) in [
            (
                "Mr. Lee of Acme Corp. left.",
                "Mr.|Lee|of|Acme|Corp.|left|.",
            ),
            ("MR. LEE", "MR.|LEE"),
            (
                "George W. Bush, J.K. Rowling, the U.S.",
                "George|W.|Bush|,|J.K.|Rowling|,|the|U.S.",
            ),
            ("Take vitamin C. then", "Take|vitamin|C|.|then"),
            ("at 5 p.m. today", "at|5|p.m.|today"),
            (
                "We can't; they'll, IT'S, I’d",
                "We|ca|n't|;|they|'ll|,|IT|'S|,|I|’d",
            ),
            ("the voters' choice", "the|voters|'|choice"),
            ("'Tis 'so' ‘good’ n't", "'|Tis|'|so|'|‘|good|’|n't"),
            (
                "Xi'an, Côte d’Ivoire, Shi'ite",
                "Xi'an|,|Côte|d’Ivoire|,|Shi'ite",
            ),
            ("AT&T, S&P 500, R & D", "AT&T|,|S&P|500|,|R|&|D"),
            ("10:30 1,000.5 3-2 20%", "10:30|1,000.5|3|-|2|20|%"),
            ("pro-Iranian F-16 G20", "pro|-|Iranian|F|-|16|G20"),
            ("Wait... no -- yes—so…", "Wait|...|no|--|yes|—|so|…"),
            (
                "(see https://a.org/x?y=1.) www.b.com, c.com",
                "(|see|https://a.org/x?y=1|.|)|www.b.com|,|c.com",
            ),
            ("@user #tag # 1", "@user|#tag|#|1"),
            ("over.The", "over|.|The"),
            ("e\u{301}te 日本 🎉🎉", "e\u{301}te|日本|🎉|🎉"),
            ("No. 10? No. I", "No.|10|?|No|.|I"),
        ] {
            assert_eq!(words(text).join("|"), expected);
        }
    }

    #[test]
    fn the_style_of_marks_changes_nothing() {
        let straight = "\"He's 'sure' they don't,\" O'Neil's aides' say. 'Twas the '90s' end.";
        let curly = "“He’s ‘sure’ they don’t,” O’Neil’s aides’ say. ‘Twas the ’90s’ end.";
        let plain = |w: &&str| w.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
        let curly: Vec<String> = words(curly).iter().map(plain).collect();
        assert_eq!(words(straight), curly);
    }

    #[test]
    fn gaps_tell_lines_apart() {
        let gaps: Vec<Gap> = tokens("a b-c \n d\r\ne\u{2028}f")
            .into_iter()
            .map(|t| t.gap)
            .collect();
        use Gap::{Line, None, Space};
        assert_eq!(gaps, [Line, Space, None, None, Line, Line, Line]);
    }

    /// Every text is covered but for white space, in order, on character boundaries.
    #[test]
    fn any_text_is_covered() {
        let pieces = [
            "a", "N", "n't", "'", "’", "s", ".", "-", " ", "\n", "é", "🎉", "\u{301}", "@", "#",
            "1", ",", "http://", "www.", "“", "&", "\u{200B}", "\u{200D}", "Mr", "U.",
        ];
        for seed in 0..4000usize {
            let text: String = (0..seed % 9)
                .map(|i| pieces[(seed * 31 + i * i * 17 + seed / (i + 1)) % pieces.len()])
                .collect();
            let mut end = 0;
            for token in tokens(&text) {
                let between = &text[end..token.span.start];
                assert!(
                    between
                        .chars()
                        .all(|c| c.is_whitespace() || is_invisible(c)),
                    "{text:?}"
                );
                assert!(!text[token.span].is_empty());
                end = token.span.end;
            }
            assert!(
                text[end..]
                    .chars()
                    .all(|c| c.is_whitespace() || is_invisible(c)),
                "{text:?}"
            );
        }
        assert!(tokens("").is_empty());
    }
}

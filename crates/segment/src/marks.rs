//! The marks that may end a sentence: what a run of them is, and what may close after it.

use crate::scripts;

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

/// The kind and the length of the run of marks that `rest` begins with; spaced dots (`. . .`) are one run.
///
/// Where a full stop is followed by three of them and a capital, the sentence ends with the full stop and the next one
/// begins with the ellipsis (Chicago Manual of Style, four-dot ellipsis).
pub(crate) fn run(rest: &str, detached: bool) -> (Mark, usize) {
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
    // `“I go … .” Hale said.`
    if ellipses > 0 && rest[len..].strip_prefix(" .").is_some_and(closes_quotation) {
        return (Mark::Ellipsis, len + 2);
    }
    for ellipsis in [" ...", " …", " . . ."] {
        let Some(after) = rest[len..].strip_prefix(ellipsis) else {
            continue;
        };
        // `Happy! ...` is drawn out, not over, and so is a quotation: `“I go. …” Hale said.`
        if questions + exclamations > 0 || dashes == 0 && closes_quotation(after) {
            return (Mark::Ellipsis, len + ellipsis.len());
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

/// Whether a mark behind a blank closes a quotation, as in `« Non ! »`: what opens one has no blank behind it.
pub(crate) fn closes_apart(rest: &str) -> bool {
    let after = rest.strip_prefix(['»', '›', '”', '’']);
    after.is_some_and(|after| {
        let next = after.chars().next();
        next.is_none_or(|c| c.is_whitespace() || ",.;:!?)".contains(c))
    })
}

/// A quotation mark that closes, with no word behind it.
fn closes_quotation(rest: &str) -> bool {
    let after = rest.trim_start_matches(text::is_closing_mark);
    after.len() < rest.len() && !after.starts_with(char::is_alphanumeric)
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

/// A line without the quotation marks and brackets that close at its end.
pub(crate) fn without_closing(line: &str) -> &str {
    line.trim_end_matches(scripts::closes)
}

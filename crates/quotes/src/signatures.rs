//! Quotations that are attributed by their place on the page and not by a verb: `“…” — Name`, `Name: “…”`,
//! `From Name: “…”`.

use document::Span;
use text::is_opening_mark;

/// A label has at most so many bytes: it is a name and perhaps an office, not a sentence. (Half and half more of this and
/// of [`MOST_WORDS`] change nothing on PolNeAR's dev part, where signatures raise the exact sources from 84.9 to 86.1 %.)
const LONGEST_LABEL: usize = 80;

/// A name has at most so many words.
const MOST_WORDS: usize = 6;

/// How far a signature after a quotation is looked for, in bytes: a name and the line ends and the dash before it.
const SIGNATURE_REACH: usize = 2 * LONGEST_LABEL;

/// An abbreviated name of more letters is a word that ends a sentence: “J.”, “Wm.”, “Geo.”.
const LONGEST_INITIAL: usize = 3;

/// The cue and the source of a quotation whose content begins at byte `start` and ends at byte `end`.
pub(crate) fn signature(text: &str, start: usize, end: usize) -> Option<(Span, Span)> {
    after(text, end).or_else(|| before(text, start))
}

/// `“…” — Anna Kowal, mayor`, on the same line or on the next one with words.
fn after(text: &str, end: usize) -> Option<(Span, Span)> {
    let rest = text.get(end..)?;
    // Never a whole text for each quotation in it.
    let rest = &rest[..rest.floor_char_boundary(SIGNATURE_REACH)];
    let signed = rest.trim_start();
    let name = signed.trim_start_matches(['—', '–', '―', '-', '~']);
    if name.len() == signed.len() {
        return None;
    }
    let cue = Span::new(
        end + rest.len() - signed.len(),
        end + rest.len() - name.len(),
    );
    let line = name.lines().next()?;
    let indent = line.len() - line.trim_start().len();
    let name = line.trim();
    let name = name
        .split([',', '(', ';'])
        .next()?
        .trim_end_matches('.')
        .trim_end();
    let from = cue.end + indent;
    is_name(name).then(|| (cue, Span::new(from, from + name.len())))
}

/// `Anna Kowal: “…”` and `From Anna Kowal: “…”` at the start of a line.
fn before(text: &str, start: usize) -> Option<(Span, Span)> {
    let head = text.get(..start)?.trim_end_matches([' ', '\t', '\u{a0}']);
    let label = head.strip_suffix(':')?;
    // No label is longer, and no longer line is looked at: there may be thousands of quotations on it.
    let from = label.ceil_char_boundary(label.len().saturating_sub(LONGEST_LABEL));
    let line = match label.get(from..)?.rfind('\n') {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return None,
    };
    let label = label.get(line..)?;
    let name = label.trim_start_matches(|c: char| c.is_whitespace() || is_opening_mark(c));
    let line = line + (label.len() - name.len());
    let label = name.trim_end();
    match label.strip_prefix("From ") {
        Some(name) => is_name(name).then(|| {
            let cue = Span::new(line, line + "From".len());
            (cue, Span::new(cue.end + 1, line + label.len()))
        }),
        None => is_name(label).then(|| {
            let colon = head.len() - 1;
            let cue = Span::new(colon, colon + 1);
            (cue, Span::new(line, line + label.len()))
        }),
    }
}

/// A few words, the first and the last of them capitalised.
fn is_name(words: &str) -> bool {
    let mut all = words.split_whitespace();
    let capital = |w: Option<&str>| w.is_some_and(|w| w.starts_with(char::is_uppercase));
    capital(all.next())
        && capital(words.split_whitespace().next_back())
        && all.count() < MOST_WORDS
        && !words.contains(['“', '”', '"', '.', '?', '!', ','])
        || is_initialled(words)
}

/// `J. R. Price`: full stops are those of initials.
fn is_initialled(words: &str) -> bool {
    let mut count = 0;
    words.contains('.')
        && words.split_whitespace().all(|w| {
            count += 1;
            let stem = w.strip_suffix('.').unwrap_or(w);
            count <= MOST_WORDS
                && !stem.contains(['.', '“', '"', '?', '!', ','])
                && stem.starts_with(char::is_uppercase)
                && (stem.len() == w.len() || stem.chars().count() <= LONGEST_INITIAL)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(text: &str) -> Option<(&str, &str)> {
        let start = text.find('“')?;
        let end = text.rfind('”')? + '”'.len_utf8();
        signature(text, start, end).map(|(cue, source)| (&text[cue], &text[source]))
    }

    #[test]
    fn names_before_and_after() {
        assert_eq!(signed("“Yes.” —Ana Brito"), Some(("—", "Ana Brito")));
        assert_eq!(
            signed("“Yes.”\n\n-- J. R. Price, farmer\nMore."),
            Some(("--", "J. R. Price"))
        );
        assert_eq!(
            signed("He left.\nAna Brito: “Yes.”"),
            Some((":", "Ana Brito"))
        );
        assert_eq!(
            signed("From Ana Brito: “Yes.”"),
            Some(("From", "Ana Brito"))
        );
    }

    #[test]
    fn sentences_are_no_signatures() {
        for none in [
            "“Yes” — and that was all.",
            "“Yes” — He left. The end",
            "He had one wish: “Yes.”",
            "“Yes.” Ana Brito",
            "“Yes.”",
        ] {
            assert_eq!(signed(none), None, "{none}");
        }
    }
}

//! Quotations of what somebody did *not* say.

use document::Span;
use text::fold_mark;
use text::reporting::{self, Use};

/// A “not” stands at most so many words before its cue: an adverb may be between, “did not immediately say”.
const WORDS_BEFORE: usize = 2;

/// Where these words are looked for: in so many bytes before the cue. (“not” and the longest adverb that is usual there,
/// “categorically”, take 18 with the spaces.)
const REACH: usize = 24;

/// Whether a cue denies its content: by a verb of denial, or by a negation in it or just before it.
pub(crate) fn denies(text: &str, cue: &[Span]) -> bool {
    cue.iter().any(|span| {
        let words = span.get(text).unwrap_or_default();
        let from = text.ceil_char_boundary(span.start.saturating_sub(REACH));
        let before = text.get(from..span.start).unwrap_or_default();
        let clause = before
            .rsplit(|c| fold_mark(c) == '"' || ",.;:\n".contains(c))
            .next();
        words
            .split_whitespace()
            .any(|w| is_denial(w) || is_negation(w))
            || clause
                .unwrap_or_default()
                .split_whitespace()
                .rev()
                .take(WORDS_BEFORE)
                .any(is_negation)
    })
}

fn is_denial(word: &str) -> bool {
    let word = word.to_lowercase();
    let stem = word.trim_matches(|c: char| !c.is_alphabetic());
    reporting::verbs(Use::Denial).contains(stem)
}

fn is_negation(word: &str) -> bool {
    let word = word.to_lowercase();
    let word: String = word.chars().map(fold_mark).collect();
    matches!(word.as_str(), "not" | "never" | "neither" | "nor") || word.ends_with("n't")
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // a cue of one span
mod tests {
    use super::denies;
    use document::Span;

    #[test]
    fn verbs_and_negations() {
        let check = |text: &str, cue: &str| {
            let start = text.find(cue).unwrap_or_default();
            denies(text, &[Span::new(start, start + cue.len())])
        };
        assert!(check("He denied that he left.", "denied"));
        assert!(check("They did not say who.", "say"));
        assert!(check("She didn’t say who.", "say"));
        assert!(check("She has never said so.", "said"));
        assert!(!check("She said he did not.", "said"));
        assert!(!check("“I did not,” he said.", "said"));
    }
}

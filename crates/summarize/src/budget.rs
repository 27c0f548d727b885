//! How long a summary may be, and cutting a sentence to fit.

use document::Span;

/// How long a summary may be. No summary is longer.
///
/// ```
/// use summarize::{Budget, Summarizer};
/// let reading = segment::Segmenter::new().read("The old bridge over the Elm held.");
/// let cut = Summarizer::new().with_budget(Budget::Chars(15)).summarize(&summarize::Input::new(&reading));
/// assert_eq!(cut.text, "The old bridge…"); // no whole sentence fits
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Budget {
    /// At most so many sentences.
    Sentences(usize),
    /// At most so many words: whatever stands between white space.
    Words(usize),
    /// At most so many Unicode code points of the summary's text.
    Chars(usize),
    /// At most this share of the text's words, over 0 and at most 1; rounded down.
    Ratio(f64),
}

impl Default for Budget {
    /// Three sentences, as news summaries often have.
    fn default() -> Self {
        Self::Sentences(3)
    }
}

/// The mark of a cut sentence.
pub(crate) const ELLIPSIS: char = '…';

/// How much of each unit there is still room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    sentences: usize,
    words: usize,
    chars: usize,
}

/// How much room something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Length {
    /// Whatever stands between white space.
    pub words: usize,
    /// Code points, each run of white space counted as one.
    pub chars: usize,
}

impl Length {
    /// The length of `text` once its white space is folded.
    pub(crate) fn of(text: &str) -> Self {
        let mut length = Self::default();
        for word in text.split_whitespace() {
            length.words += 1;
            length.chars += word.chars().count();
        }
        length.chars += length.words.saturating_sub(1);
        length
    }
}

impl Room {
    /// The whole of a budget, for a summary of `text`.
    pub(crate) fn new(budget: Budget, text: &str) -> Self {
        let words = match budget {
            Budget::Ratio(_) => text.split_whitespace().count(),
            _ => 0,
        };
        Self::of_words(budget, words)
    }

    /// The whole of a budget, for a summary of a text of so many words; only a ratio needs their number.
    pub(crate) fn of_words(budget: Budget, words: usize) -> Self {
        const ANY: usize = usize::MAX;
        /// More than what a product is off by: 0.07 × 100 is 7.000000000000001 and 0.29 × 100 is 28.999999999999996.
        const ROUNDING_ERROR: f64 = 1e-9;
        let room = |sentences, words, chars| Self {
            sentences,
            words,
            chars,
        };
        match budget {
            Budget::Sentences(n) => room(n, ANY, ANY),
            Budget::Words(n) => room(ANY, n, ANY),
            // The first sentence needs no space before it.
            Budget::Chars(n) => room(ANY, ANY, n.saturating_add(1)),
            Budget::Ratio(share) => {
                let most = (words as f64 * share.clamp(0.0, 1.0) + ROUNDING_ERROR).floor();
                room(ANY, most as usize, ANY)
            }
        }
    }

    /// What is left after a sentence; `None` where it does not fit.
    pub(crate) fn after(self, sentence: Length) -> Option<Self> {
        Some(Self {
            sentences: self.sentences.checked_sub(1)?,
            words: self.words.checked_sub(sentence.words)?,
            chars: self.chars.checked_sub(sentence.chars + 1)?,
        })
    }

    /// Whether no sentence at all can follow.
    pub(crate) fn is_full(self) -> bool {
        self.after(Length { words: 1, chars: 1 }).is_none()
    }

    /// The longest beginning of `sentence` that fits with an ellipsis after it, cut after a word; `None` where not even
    /// the first word does.
    pub(crate) fn cut(self, text: &str, sentence: Span) -> Option<Span> {
        let whole = sentence.get(text)?;
        let mut kept = None;
        let mut length = Length::default();
        let mut end = 0;
        for word in whole.split_whitespace() {
            // `split_whitespace` gives no offsets: a word begins after the white space behind the word before.
            let start = end + whole[end..].len() - whole[end..].trim_start().len();
            end = start + word.len();
            length.words += 1;
            length.chars += word.chars().count() + usize::from(length.words > 1);
            let with_ellipsis = Length {
                chars: length.chars + 1,
                ..length
            };
            if self.after(with_ellipsis).is_none() {
                break;
            }
            kept = Some(end);
        }
        kept.map(|end| Span::new(sentence.start, sentence.start + end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_fold_white_space() {
        let length = Length::of(" “Olé”,\r\n  he  said. ");
        assert_eq!(
            length,
            Length {
                words: 3,
                chars: 15
            }
        );
        assert_eq!(Length::of(" \n "), Length::default());
    }

    #[test]
    fn a_ratio_counts_words_and_rounds_down() {
        let text = "w ".repeat(100);
        for (share, words) in [
            (0.29, 29),
            (0.07, 7),
            (0.299, 29),
            (1.0, 100),
            (f64::NAN, 0),
        ] {
            assert_eq!(
                Room::new(Budget::Ratio(share), &text).words,
                words,
                "{share}"
            );
        }
    }

    #[test]
    fn a_cut_leaves_room_for_the_ellipsis() {
        let text = "Aé b\u{a0}c dddd";
        let cut = |budget| {
            Room::new(budget, text)
                .cut(text, Span::new(0, text.len()))
                .map(|span| &text[span])
        };
        assert_eq!(cut(Budget::Chars(2)), None);
        assert_eq!(cut(Budget::Chars(3)), Some("Aé"));
        assert_eq!(cut(Budget::Chars(5)), Some("Aé b"));
        assert_eq!(cut(Budget::Words(3)), Some("Aé b\u{a0}c"));
        assert_eq!(cut(Budget::Words(0)), None);
    }
}

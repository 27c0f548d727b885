//! Windows: the stretches of a text that the encoder reads, one at a time.

use crate::pieces::{Case, Pieces};
use crate::vocabulary::Vocabulary;
use document::TokenRange;
use text::{Place, Reading};

/// How many pieces a window has at most, the special ones included. Time grows with its square, and longer windows
/// gained nothing in trials.
pub const LONGEST: usize = 160;

/// About how many pieces two windows have in common that a section too long for one is cut into.
const OVERLAP: usize = 64;

/// What the encoder reads at once: whole sections of a text, or a part of a long one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// Numbers of the pieces, at most [`LONGEST`].
    pub ids: Vec<u16>,
    /// By piece, the `Case` of its token.
    pub cases: Vec<u8>,
    /// By piece, the [`Place`] of its token.
    pub places: Vec<u8>,
    /// The tokens that are labelled from this window, in order: the number of each, and where its first piece stands.
    pub tokens: Vec<(usize, usize)>,
}

impl Window {
    fn new(vocabulary: &Vocabulary) -> Self {
        let mut window = Self::default();
        window.push(&[vocabulary.first], Case::None, Place::Outside);
        window
    }

    fn push(&mut self, ids: &[u16], case: Case, place: Place) {
        self.ids.extend(ids);
        self.cases.resize(self.ids.len(), case as u8);
        self.places.resize(self.ids.len(), place as u8);
    }
}

/// The windows of a text, in order: each token is labelled from exactly one of them. A separator stands after each of the
/// text's [sections](Reading::sections): headlines, tables and headers show.
pub fn windows(vocabulary: &Vocabulary, reading: &Reading<'_>) -> Vec<Window> {
    let mut pieces = Pieces::new(*vocabulary);
    let mut windows: Vec<Window> = Vec::new();
    let mut found = SectionPieces::default();
    for section in reading.sections() {
        found.ids.clear();
        found.tokens.clear();
        for number in section {
            let written = reading.word(number);
            let start = found.ids.len();
            pieces.of(written, &mut found.ids);
            found.tokens.push(TokenPieces {
                number,
                pieces: start..found.ids.len(),
                case: Case::of(written),
                place: reading.place(number),
            });
        }
        let fits = |w: &Window| w.ids.len() + found.ids.len() < LONGEST;
        match windows.last_mut().filter(|w| fits(w)) {
            Some(window) => found.add_to(window, vocabulary),
            None => found.cut(vocabulary, &mut windows),
        }
    }
    windows
}

/// What the encoder reads of a token.
#[derive(Debug)]
struct TokenPieces {
    number: usize,
    /// Where they are among the section's.
    pieces: std::ops::Range<usize>,
    case: Case,
    place: Place,
}

/// A section's tokens and their pieces.
#[derive(Debug, Default)]
struct SectionPieces {
    ids: Vec<u16>,
    tokens: Vec<TokenPieces>,
}

impl SectionPieces {
    fn add_to(&self, window: &mut Window, vocabulary: &Vocabulary) {
        self.add(
            window,
            vocabulary,
            TokenRange::new(0, self.tokens.len()),
            TokenRange::new(0, self.tokens.len()),
        );
    }

    /// Adds tokens to a window, which labels those of them that are `labelled`.
    fn add(
        &self,
        window: &mut Window,
        vocabulary: &Vocabulary,
        tokens: TokenRange,
        labelled: TokenRange,
    ) {
        for i in tokens {
            let token = &self.tokens[i];
            if labelled.contains(i) {
                window.tokens.push((token.number, window.ids.len()));
            }
            window.push(&self.ids[token.pieces.clone()], token.case, token.place);
        }
        window.push(&[vocabulary.separator], Case::None, Place::Outside);
    }

    /// Puts the section into new windows: one, or several that overlap if it is too long for one. A token in two of them
    /// is labelled from the one where it is further from the cut.
    fn cut(&self, vocabulary: &Vocabulary, windows: &mut Vec<Window>) {
        const ROOM: usize = LONGEST - 2;
        let count = self.tokens.len();
        let mut start = 0;
        let mut labelled = 0;
        while labelled < count {
            let from = self.tokens[start].pieces.start;
            let fits = |t: &TokenPieces| t.pieces.end - from <= ROOM;
            let end = start + self.tokens[start..].partition_point(fits);
            let (next, labelled_to) = if end == count {
                (count, count)
            } else {
                let cut = self.tokens[end].pieces.start;
                let back = |by: usize| {
                    let before = |t: &TokenPieces| t.pieces.start + by < cut;
                    start + self.tokens[start..end].partition_point(before)
                };
                (back(OVERLAP), back(OVERLAP / 2))
            };
            let mut window = Window::new(vocabulary);
            self.add(
                &mut window,
                vocabulary,
                TokenRange::new(start, end),
                TokenRange::new(labelled, labelled_to),
            );
            windows.push(window);
            (start, labelled) = (next, labelled_to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use document::{Sentence, Span};
    use proptest::prelude::*;

    const PIECES: [&str; 9] = ["[UNK]", "[CLS]", "[SEP]", "a", "##a", ".", "\"", "“", "b"];
    const CLS: u16 = 1;
    const SEP: u16 = 2;

    fn found(text: &str, sentences: &[Span]) -> Vec<Window> {
        let bytes = Vocabulary::pack(PIECES).unwrap();
        let vocabulary = Vocabulary::read(&bytes).unwrap();
        let sentences: Vec<Sentence> = sentences.iter().map(|s| Sentence::new(*s)).collect();
        let reading = Reading::new(text, sentences);
        let tokens = reading.tokens();
        let windows = windows(&vocabulary, &reading);
        let labelled = windows.iter().flat_map(|w| &w.tokens).map(|(n, _)| *n);
        assert!(labelled.eq(0..tokens.len()), "each token once, in order");
        for window in &windows {
            assert!(window.ids.len() <= LONGEST);
            assert_eq!(window.ids.first(), Some(&CLS));
            assert_eq!(window.ids.last(), Some(&SEP));
            assert_eq!(window.cases.len(), window.ids.len());
            assert_eq!(window.places.len(), window.ids.len());
            assert!(window.cases.iter().all(|&c| usize::from(c) < Case::COUNT));
            assert!(window.places.iter().all(|&s| usize::from(s) < Place::COUNT));
            // The pieces at a token's place are its own.
            let mut pieces = Pieces::new(vocabulary);
            for (number, place) in &window.tokens {
                let mut own = Vec::new();
                pieces.of(&text[tokens[*number].span], &mut own);
                assert_eq!(window.ids.get(*place..place + own.len()), Some(&own[..]));
            }
        }
        windows
    }

    #[test]
    fn a_separator_stands_where_a_line_ends_between_sentences() {
        // A headline, a sentence with a line feed in it, another on the same line, and a line outside sentences.
        let text = "b\na a\na. b a.\n\nb b";
        let windows = found(text, &[Span::new(0, 1), Span::new(2, 8), Span::new(9, 13)]);
        let (a, b, stop) = (3, 8, 5);
        assert_eq!(
            windows[0].ids,
            [CLS, b, SEP, a, a, a, stop, b, a, stop, SEP, b, b, SEP]
        );
        assert_eq!(windows.len(), 1);
    }

    #[test]
    fn places_are_those_of_the_outermost_marks() {
        let text = "a \"b 'a' a\" b.\n\"a b";
        let places = &found(text, &[])[0].places;
        use Place::*;
        let expected = [
            Outside, Outside, Opening, Inside, Inside, Inside, Inside, Inside, Closing, Outside,
            Outside, Outside, Opening, Unclosed, Unclosed, Outside,
        ];
        assert_eq!(places, &expected.map(|s| s as u8));
    }

    #[test]
    fn paragraphs_share_a_window_until_it_is_full() {
        // Ten paragraphs of 31 pieces with their separators: five to a window.
        let windows = found(&format!("{}\n\n", "a ".repeat(30)).repeat(10), &[]);
        let tokens: Vec<usize> = windows.iter().map(|w| w.tokens.len()).collect();
        assert_eq!(tokens, [150, 150]);
        assert_eq!(windows[0].ids.len(), 1 + 5 * 31);
    }

    #[test]
    fn a_long_paragraph_is_cut_with_context_on_both_sides() {
        let text = "a ".repeat(1000);
        let windows = found(&text, &[]);
        for pair in windows.windows(2) {
            let (_, last) = pair[0].tokens.last().unwrap();
            let (_, first) = pair[1].tokens.first().unwrap();
            assert!(pair[0].ids.len() - last >= OVERLAP / 2);
            assert!(*first >= OVERLAP / 2);
        }
        assert_eq!(windows.len(), 10);
        // What follows goes where there is room.
        assert_eq!(found(&format!("{text}\n\na"), &[]).len(), 10);
    }

    #[test]
    fn odd_texts() {
        for empty in ["", " \n\u{feff}\u{200b}\r\n"] {
            assert_eq!(found(empty, &[]), []);
        }
        for odd in [
            "a".repeat(1 << 20),
            "\u{301}".repeat(1 << 18),
            "“a\n".repeat(1 << 14),
            "a\u{2028}a\u{85}a\r\na\u{a0}a".to_owned(),
            "東京タワー🏴\u{200d}☠️ e\u{301}".to_owned(),
        ] {
            found(&odd, &[]);
        }
        // Sentences that are none.
        let backwards = Span { start: 2, end: 1 };
        found("a é b", &[Span::new(3, 4), Span::new(0, 900), backwards]);
    }

    proptest! {
        #[test]
        fn every_token_is_in_one_window(
            text in "([a-c“”\"'é.]{0,20}[ \n\u{301}\u{a0}]){0,60}",
            cuts in prop::collection::vec(0usize..900, 0..8),
        ) {
            let mut cuts = cuts;
            cuts.sort();
            let sentences: Vec<Span> = cuts.chunks_exact(2).map(|c| Span::new(c[0], c[1])).collect();
            found(&text, &sentences);
        }
    }
}

//! Windows: the stretches of a text that the encoder reads, one at a time.

use crate::pieces::{Case, Pieces};
use crate::vocabulary::Vocabulary;
use document::{Sentence, Span};
use text::quotation::{Quotation, quotations};
use text::{Gap, Paragraphs, Token, sentence_of_each};

/// At most so many pieces are in a window, the special ones included. Time grows with the square of it, and a longer
/// window gained nothing in trials.
pub const LONGEST: usize = 160;

/// Two windows of a paragraph too long for one have about so many pieces in common.
const OVERLAP: usize = 64;

/// Where a token stands with regard to the outermost quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// In no quotation.
    Outside,
    /// Between its marks.
    Inside,
    /// The mark that opens it.
    Opening,
    /// The mark that closes it.
    Closing,
    /// After a mark that opens and that none closes before the paragraph ends.
    Unclosed,
}

impl State {
    /// How many there are.
    pub const COUNT: usize = 5;
}

/// What the encoder reads at once: whole paragraphs, or a part of a long one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// Numbers of the pieces, at most [`LONGEST`].
    pub ids: Vec<u16>,
    /// By piece, the [`Case`] of its token.
    pub cases: Vec<u8>,
    /// By piece, the [`State`] of its token.
    pub states: Vec<u8>,
    /// The tokens that are labelled from this window, in order: the number of each, and where its first piece stands.
    pub tokens: Vec<(usize, usize)>,
}

impl Window {
    fn new(vocabulary: &Vocabulary) -> Self {
        let mut window = Self::default();
        window.push(&[vocabulary.first], Case::None, State::Outside);
        window
    }

    fn push(&mut self, ids: &[u16], case: Case, state: State) {
        self.ids.extend(ids);
        self.cases.resize(self.ids.len(), case as u8);
        self.states.resize(self.ids.len(), state as u8);
    }
}

/// The windows of a text, in order: each token is labelled from exactly one of them. `tokens` are those of
/// [`text::tokens`]; `sentences` are in order and may leave text out, which is then read line by line. A separator
/// stands after each paragraph, and wherever a line ends between two sentences: headlines, tables and headers show.
pub fn windows(
    vocabulary: &Vocabulary,
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
) -> Vec<Window> {
    let mut quotations = quotations(text, Paragraphs::new(text, sentences).paragraphs);
    quotations.retain(|q| q.depth == 0);
    let mut states = States {
        quotations: &quotations,
    };
    let mut pieces = Pieces::new(*vocabulary);
    let mut windows: Vec<Window> = Vec::new();
    let mut paragraph = Paragraph::default();
    for range in paragraphs(tokens, sentences) {
        paragraph.ids.clear();
        paragraph.tokens.clear();
        for number in range {
            let written = &text[tokens[number].span.clone()];
            let start = paragraph.ids.len();
            pieces.of(written, &mut paragraph.ids);
            paragraph.tokens.push(Read {
                number,
                pieces: start..paragraph.ids.len(),
                case: Case::of(written),
                state: states.of(&tokens[number].span),
            });
        }
        let fits = |w: &Window| w.ids.len() + paragraph.ids.len() < LONGEST;
        match windows.last_mut().filter(|w| fits(w)) {
            Some(window) => paragraph.add_to(window, vocabulary),
            None => paragraph.cut(vocabulary, &mut windows),
        }
    }
    windows
}

/// A token with what the encoder is told of it.
#[derive(Debug)]
struct Read {
    number: usize,
    /// Among those of the paragraph.
    pieces: std::ops::Range<usize>,
    case: Case,
    state: State,
}

#[derive(Debug, Default)]
struct Paragraph {
    ids: Vec<u16>,
    tokens: Vec<Read>,
}

impl Paragraph {
    fn add_to(&self, window: &mut Window, vocabulary: &Vocabulary) {
        self.add(
            window,
            vocabulary,
            0..self.tokens.len(),
            0..self.tokens.len(),
        );
    }

    /// Adds tokens to a window, which labels those of them that are `labelled`.
    fn add(
        &self,
        window: &mut Window,
        vocabulary: &Vocabulary,
        tokens: std::ops::Range<usize>,
        labelled: std::ops::Range<usize>,
    ) {
        for i in tokens {
            let token = &self.tokens[i];
            if labelled.contains(&i) {
                window.tokens.push((token.number, window.ids.len()));
            }
            window.push(&self.ids[token.pieces.clone()], token.case, token.state);
        }
        window.push(&[vocabulary.separator], Case::None, State::Outside);
    }

    /// Makes windows of its own for the paragraph: one, or where it is too long, several that overlap. A token in two
    /// of them is labelled from the one where it is further from the cut.
    fn cut(&self, vocabulary: &Vocabulary, windows: &mut Vec<Window>) {
        const ROOM: usize = LONGEST - 2;
        let count = self.tokens.len();
        let mut start = 0;
        let mut labelled = 0;
        while labelled < count {
            let from = self.tokens[start].pieces.start;
            let fits = |t: &Read| t.pieces.end - from <= ROOM;
            let end = start + self.tokens[start..].partition_point(fits);
            let (next, labelled_to) = if end == count {
                (count, count)
            } else {
                let cut = self.tokens[end].pieces.start;
                let back = |by: usize| {
                    let before = |t: &Read| t.pieces.start + by < cut;
                    start + self.tokens[start..end].partition_point(before)
                };
                (back(OVERLAP), back(OVERLAP / 2))
            };
            let mut window = Window::new(vocabulary);
            self.add(&mut window, vocabulary, start..end, labelled..labelled_to);
            windows.push(window);
            (start, labelled) = (next, labelled_to);
        }
    }
}

/// The states of tokens asked for in order.
struct States<'q> {
    quotations: &'q [Quotation],
}

impl States<'_> {
    fn of(&mut self, token: &Span) -> State {
        let passed = |q: &&Quotation| q.span.end <= token.start;
        while let Some((_, rest)) = self.quotations.split_first().filter(|(q, _)| passed(q)) {
            self.quotations = rest;
        }
        match self.quotations.first() {
            Some(q) if token.start >= q.span.start => {
                if token.end <= q.inner.start {
                    State::Opening
                } else if token.start >= q.inner.end {
                    State::Closing
                } else if q.closed {
                    State::Inside
                } else {
                    State::Unclosed
                }
            }
            _ => State::Outside,
        }
    }
}

/// The ranges of tokens that stand between separators.
pub fn paragraphs(tokens: &[Token], sentences: &[Sentence]) -> Vec<std::ops::Range<usize>> {
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    // The sentence of the token before.
    let mut previous = None;
    let each = tokens.iter().zip(sentence_of_each(tokens, sentences));
    for (i, (token, sentence)) in each.enumerate() {
        let begins = token.gap == Gap::Line && (sentence.is_none() || sentence != previous);
        previous = sentence;
        match ranges.last_mut() {
            Some(range) if !begins => range.end = i + 1,
            _ => ranges.push(i..i + 1),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PIECES: [&str; 9] = ["[UNK]", "[CLS]", "[SEP]", "a", "##a", ".", "\"", "“", "b"];
    const CLS: u16 = 1;
    const SEP: u16 = 2;

    fn found(text: &str, sentences: &[Span]) -> Vec<Window> {
        let bytes = Vocabulary::pack(PIECES).unwrap();
        let vocabulary = Vocabulary::read(&bytes).unwrap();
        let tokens = text::tokens(text);
        let sentence = |span: &Span| Sentence {
            span: span.clone(),
            paragraph: None,
            kind: None,
        };
        let sentences: Vec<Sentence> = sentences.iter().map(sentence).collect();
        let windows = windows(&vocabulary, text, &tokens, &sentences);
        let labelled = windows.iter().flat_map(|w| &w.tokens).map(|(n, _)| *n);
        assert!(labelled.eq(0..tokens.len()), "each token once, in order");
        for window in &windows {
            assert!(window.ids.len() <= LONGEST);
            assert_eq!(window.ids.first(), Some(&CLS));
            assert_eq!(window.ids.last(), Some(&SEP));
            assert_eq!(window.cases.len(), window.ids.len());
            assert_eq!(window.states.len(), window.ids.len());
            assert!(window.cases.iter().all(|&c| usize::from(c) < Case::COUNT));
            assert!(window.states.iter().all(|&s| usize::from(s) < State::COUNT));
            // The pieces at a token's place are its own.
            let mut pieces = Pieces::new(vocabulary);
            for (number, place) in &window.tokens {
                let mut own = Vec::new();
                pieces.of(&text[tokens[*number].span.clone()], &mut own);
                assert_eq!(window.ids.get(*place..place + own.len()), Some(&own[..]));
            }
        }
        windows
    }

    #[test]
    fn a_separator_stands_where_a_line_ends_between_sentences() {
        // A headline, a sentence with a line feed in it, another on the same line, and a line outside sentences.
        let text = "b\na a\na. b a.\n\nb b";
        let windows = found(text, &[0..1, 2..8, 9..13]);
        let (a, b, stop) = (3, 8, 5);
        assert_eq!(
            windows[0].ids,
            [CLS, b, SEP, a, a, a, stop, b, a, stop, SEP, b, b, SEP]
        );
        assert_eq!(windows.len(), 1);
    }

    #[test]
    fn states_are_those_of_the_outermost_marks() {
        let text = "a \"b 'a' a\" b.\n\"a b";
        let states = &found(text, &[])[0].states;
        use State::*;
        let expected = [
            Outside, Outside, Opening, Inside, Inside, Inside, Inside, Inside, Closing, Outside,
            Outside, Outside, Opening, Unclosed, Unclosed, Outside,
        ];
        assert_eq!(states, &expected.map(|s| s as u8));
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
        found("a é b", &[3..4, 0..900, backwards]);
    }

    proptest! {
        #[test]
        fn every_token_is_in_one_window(
            text in "([a-c“”\"'é.]{0,20}[ \n\u{301}\u{a0}]){0,60}",
            cuts in prop::collection::vec(0usize..900, 0..8),
        ) {
            let mut cuts = cuts;
            cuts.sort();
            let sentences: Vec<Span> = cuts.chunks_exact(2).map(|c| c[0]..c[1]).collect();
            found(&text, &sentences);
        }
    }
}

//! A text read once: its sentences, paragraphs, quotation marks and tokens, and where each token stands among them.

use crate::quotation::{Quotation, quotations};
use crate::tokens::{Gap, Token, tokens};
use crate::turns;
use document::{Sentence, Span, TokenRange};
use std::borrow::Cow;
use std::cell::OnceCell;

/// What all stages ask of a text. It is made once a document and handed from stage to stage; each part is worked out when
/// it is first asked for, in time linear in the text.
///
/// ```
/// use text::{Place, Reading};
/// let reading = Reading::new("“We won,” she said.\nHe left.", vec![]);
/// assert_eq!(reading.paragraphs(), [0..23, 24..32]);
/// let won = reading.token_at("“We ".len());
/// assert_eq!((reading.word(won), reading.place(won)), ("won", Place::Inside));
/// assert_eq!(reading.sentence_of(won), Some(0));
/// ```
#[derive(Debug)]
pub struct Reading<'t> {
    text: &'t str,
    sentences: Cow<'t, [Sentence]>,
    marks: OnceCell<Marks>,
    tokens: OnceCell<Vec<Token>>,
    positions: OnceCell<Vec<Position>>,
}

/// Where a token stands with regard to the outermost quotation marks. Models know the places by these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Place {
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

impl Place {
    /// How many there are.
    pub const COUNT: usize = 5;
}

/// Quotations, and the paragraphs as quotations need them.
#[derive(Debug)]
struct Marks {
    all: Vec<Quotation>,
    outermost: Vec<Quotation>,
    paragraphs: Vec<Span>,
}

/// Where a token stands.
#[derive(Debug, Clone, Copy)]
struct Position {
    sentence: Option<u32>,
    paragraph: Option<u32>,
    /// The number of the outermost quotation.
    quotation: Option<u32>,
    place: Place,
}

impl<'t> Reading<'t> {
    /// A text with its sentences. They may come from another program: what does not fit the text, or overlaps the
    /// sentence before, is left out. Without any, each line is a sentence and a paragraph.
    pub fn new(text: &'t str, sentences: impl Into<Cow<'t, [Sentence]>>) -> Self {
        Self {
            text,
            sentences: usable(text, sentences.into()),
            marks: OnceCell::new(),
            tokens: OnceCell::new(),
            positions: OnceCell::new(),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Ordered, disjoint, on character boundaries; text may be left out between them.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// From the first byte of its first sentence to the last of its last one. Where sentences name no paragraphs, a line
    /// feed between two of them begins one. “She told the court:” and the quotation in the next paragraph are one.
    pub fn paragraphs(&self) -> &[Span] {
        &self.marks().paragraphs
    }

    /// All stretches between quotation marks, in the order of their opening marks, outer ones before those that they hold.
    pub fn quotations(&self) -> &[Quotation] {
        &self.marks().all
    }

    /// The quotations that stand in no other: ordered, disjoint.
    pub fn outermost(&self) -> &[Quotation] {
        &self.marks().outermost
    }

    /// The tokens of the text, in order.
    pub fn tokens(&self) -> &[Token] {
        self.tokens.get_or_init(|| tokens(self.text))
    }

    /// The text of a token; empty past the last.
    pub fn word(&self, token: usize) -> &'t str {
        let token = self.tokens().get(token);
        token.map_or("", |t| &self.text[t.span])
    }

    /// Whether a token is one of these words, in any case.
    pub fn is_one_of(&self, token: usize, words: &[&str]) -> bool {
        let word = self.word(token);
        words.iter().any(|w| word.eq_ignore_ascii_case(w))
    }

    /// The bytes of some tokens; empty where there are none.
    pub fn span_of(&self, tokens: TokenRange) -> Span {
        match self.tokens().get(tokens.range()) {
            Some([one]) => one.span,
            Some([first, .., last]) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// The words of some tokens with one space between them, however they are written.
    pub fn phrase(&self, tokens: TokenRange) -> String {
        let mut phrase = String::new();
        for token in tokens {
            if token > tokens.start {
                phrase.push(' ');
            }
            phrase.push_str(self.word(token));
        }
        phrase
    }

    /// The first token that begins at or after this byte.
    pub fn token_at(&self, byte: usize) -> usize {
        self.tokens().partition_point(|t| t.span.start < byte)
    }

    /// The tokens that begin within a span.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        TokenRange::new(self.token_at(span.start), self.token_at(span.end))
    }

    /// The number of the sentence that a token begins in; `None` outside all.
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        Some(self.position(token)?.sentence? as usize)
    }

    /// The number of the paragraph that a token begins in; `None` outside all.
    pub fn paragraph_of(&self, token: usize) -> Option<usize> {
        Some(self.position(token)?.paragraph? as usize)
    }

    /// The number, in [`Reading::outermost`], of the quotation that a token belongs to, be it one of its marks.
    pub fn quotation_of(&self, token: usize) -> Option<usize> {
        Some(self.position(token)?.quotation? as usize)
    }

    /// Where a token stands with regard to quotation marks.
    pub fn place(&self, token: usize) -> Place {
        self.position(token).map_or(Place::Outside, |at| at.place)
    }

    /// The number of the sentence that begins last at or before this byte; 0 before the first.
    pub fn sentence_at(&self, byte: usize) -> usize {
        let after = self.sentences.partition_point(|s| s.span.start <= byte);
        after.saturating_sub(1)
    }

    /// The number of the paragraph that begins last at or before this byte; 0 before the first.
    pub fn paragraph_at(&self, byte: usize) -> usize {
        let after = self.paragraphs().partition_point(|p| p.start <= byte);
        after.saturating_sub(1)
    }

    /// The outermost quotation that holds this byte, its marks included.
    pub fn quotation_at(&self, byte: usize) -> Option<&Quotation> {
        let after = self.outermost().partition_point(|q| q.span.start <= byte);
        let last = self.outermost().get(after.checked_sub(1)?)?;
        last.span.contains(byte).then_some(last)
    }

    /// The stretches of tokens between the line ends that no sentence goes over: paragraphs, headlines, rows of tables and
    /// lines outside sentences, each by itself. Every token is in one.
    pub fn sections(&self) -> Vec<TokenRange> {
        let mut sections: Vec<TokenRange> = Vec::new();
        let mut previous = None;
        for (i, token) in self.tokens().iter().enumerate() {
            let sentence = self.sentence_of(i);
            let begins = token.gap == Gap::Line && (sentence.is_none() || sentence != previous);
            previous = sentence;
            match sections.last_mut() {
                Some(section) if !begins => section.end = i + 1,
                _ => sections.push(TokenRange::new(i, i + 1)),
            }
        }
        sections
    }

    fn marks(&self) -> &Marks {
        self.marks.get_or_init(|| {
            let mut paragraphs = paragraphs(self.text, &self.sentences);
            let all = quotations(self.text, paragraphs.iter().copied());
            let mut outermost: Vec<Quotation> =
                all.iter().filter(|q| q.depth == 0).copied().collect();
            leave_out_labels(self.text, &paragraphs, &mut outermost);
            join_introductions(self.text, &mut paragraphs, &outermost);
            Marks {
                all,
                outermost,
                paragraphs,
            }
        })
    }

    fn position(&self, token: usize) -> Option<Position> {
        let positions = self.positions.get_or_init(|| self.positions());
        positions.get(token).copied()
    }

    fn positions(&self) -> Vec<Position> {
        let mut sentences = Passing::new(self.sentences.iter().map(|s| s.span));
        let mut paragraphs = Passing::new(self.paragraphs().iter().copied());
        let mut quotations = Passing::new(self.outermost().iter().map(|q| q.span));
        let position = |token: &Token| {
            let quotation = quotations.at(token.span.start);
            Position {
                sentence: sentences.at(token.span.start),
                paragraph: paragraphs.at(token.span.start),
                quotation,
                place: match quotation {
                    Some(number) => place(token.span, &self.outermost()[number as usize]),
                    None => Place::Outside,
                },
            }
        };
        self.tokens().iter().map(position).collect()
    }
}

/// Where a token of a quotation stands in it.
fn place(token: Span, quotation: &Quotation) -> Place {
    if token.end <= quotation.inner.start {
        Place::Opening
    } else if token.start >= quotation.inner.end {
        Place::Closing
    } else if quotation.closed {
        Place::Inside
    } else {
        Place::Unclosed
    }
}

/// Ordered, disjoint spans that are asked for the one at a byte, again and again, further and further on.
struct Passing<I: Iterator<Item = Span>> {
    rest: I,
    here: Option<Span>,
    number: u32,
}

impl<I: Iterator<Item = Span>> Passing<I> {
    fn new(mut spans: I) -> Self {
        Self {
            here: spans.next(),
            rest: spans,
            number: 0,
        }
    }

    /// The number of the span that holds this byte.
    fn at(&mut self, byte: usize) -> Option<u32> {
        while self.here.is_some_and(|span| span.end <= byte) {
            self.here = self.rest.next();
            self.number += 1;
        }
        let here = self.here.filter(|span| span.start <= byte);
        here.map(|_| self.number)
    }
}

/// The sentences that fit the text, in order and without overlap; where there is none, its lines.
fn usable<'t>(text: &str, sentences: Cow<'t, [Sentence]>) -> Cow<'t, [Sentence]> {
    let mut end = 0;
    let fits = sentences.iter().map(|sentence| {
        let span = sentence.span;
        let fits = span.start >= end && !span.is_empty() && span.get(text).is_some();
        if fits {
            end = span.end;
        }
        fits
    });
    let fits: Vec<bool> = fits.collect();
    if !fits.contains(&true) {
        return Cow::Owned(lines(text));
    }
    if !fits.contains(&false) {
        return sentences;
    }
    let kept = sentences.iter().zip(fits).filter(|(_, fits)| *fits);
    kept.map(|(sentence, _)| sentence.clone()).collect()
}

/// Each line that is not blank, as a sentence and a paragraph.
fn lines(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            sentences.push(Sentence {
                span: Span::new(start, start + line.trim_end().len()),
                paragraph: Some(sentences.len()),
                kind: None,
            });
        }
        start += line.len();
    }
    sentences
}

/// The paragraphs that sentences make up.
fn paragraphs(text: &str, sentences: &[Sentence]) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut number = None;
    for sentence in sentences {
        let span = sentence.span;
        let before = paragraphs.last().map_or(0, |p| p.end);
        let begins = match (sentence.paragraph, number) {
            (Some(this), Some(before)) => this != before,
            _ => text[before..span.start].contains('\n'),
        };
        match paragraphs.last_mut() {
            Some(paragraph) if !begins => paragraph.end = span.end,
            _ => paragraphs.push(span),
        }
        number = sentence.paragraph;
    }
    paragraphs
}

/// `“MORENO: We waited.` in a transcript between marks: the label says whose words follow, and is none of them.
fn leave_out_labels(text: &str, paragraphs: &[Span], outermost: &mut Vec<Quotation>) {
    for q in outermost.iter_mut() {
        let begins = paragraphs.binary_search_by_key(&q.span.start, |p| p.start);
        let inner = q.inner.get(text).unwrap_or_default();
        if let (Ok(_), Some(label)) = (begins, turns::label(inner)) {
            q.span.start = q.inner.start + label;
            q.inner.start = q.span.start;
        }
    }
    outermost.retain(|q| !q.inner.is_empty());
}

/// Makes one paragraph of an introduction that ends in a colon and the quotation that begins the next.
fn join_introductions(text: &str, paragraphs: &mut Vec<Span>, outermost: &[Quotation]) {
    let mut next = 0;
    paragraphs.dedup_by(|paragraph, before| {
        let starts_before = |q: &Quotation| q.span.start < paragraph.start;
        while outermost.get(next).is_some_and(starts_before) {
            next += 1;
        }
        let opens = outermost
            .get(next)
            .is_some_and(|q| q.span.start == paragraph.start);
        let joins = opens && text[*before].trim_end().ends_with(':');
        if joins {
            before.end = paragraph.end;
        }
        joins
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(start: usize, end: usize, paragraph: Option<usize>) -> Sentence {
        Sentence {
            span: Span::new(start, end),
            paragraph,
            kind: None,
        }
    }

    #[test]
    fn paragraphs_are_those_that_sentences_name() {
        let text = "One. Two.\nThree. Four.";
        let spans = [(0, 4), (5, 9), (10, 16), (17, 22)];
        let numbered = |numbers: [Option<usize>; 4]| {
            let sentences = spans.iter().zip(numbers);
            let sentences: Vec<_> = sentences.map(|(s, p)| sentence(s.0, s.1, p)).collect();
            let reading = Reading::new(text, sentences);
            assert_eq!(reading.sentences().len(), 4);
            reading.paragraphs().to_vec()
        };
        assert_eq!(numbered([0, 0, 0, 1].map(Some)), [0..16, 17..22]);
        assert_eq!(numbered([None; 4]), [0..9, 10..22]);
        assert_eq!(Reading::new(text, vec![]).paragraphs(), [0..9, 10..22]);
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let odd = [
            (1, 2),
            (0, 2),
            (0, 2),
            (1, 4),
            (3, 3),
            (3, 2),
            (3, 4),
            (3, 900),
        ];
        let odd = odd.map(|(start, end)| sentence(start, end, None));
        let reading = Reading::new("éa.", &odd[..]);
        let spans: Vec<Span> = reading.sentences().iter().map(|s| s.span).collect();
        assert_eq!(spans, [0..2, 3..4]);
    }

    #[test]
    fn a_quotation_belongs_to_the_paragraph_that_introduces_it() {
        let paragraphs = |text: &str| Reading::new(text, vec![]).paragraphs().len();
        assert_eq!(paragraphs("She said:\n\n“We waited.”\n\nHe left."), 2);
        assert_eq!(paragraphs("She said:\n\nWe waited."), 2);
        assert_eq!(paragraphs("She said.\n\n“We waited.”"), 2);
    }

    #[test]
    fn labels_in_capitals_are_not_between_the_marks() {
        let inner = |text: &str| {
            let reading = Reading::new(text, vec![]);
            let inner = reading
                .outermost()
                .first()
                .map(|q| text[q.inner].to_owned());
            inner.unwrap_or_default()
        };
        assert_eq!(inner("“MORENO: We waited.”"), "We waited.");
        assert_eq!(inner("“J. P. MORENO: We waited.”"), "We waited.");
        assert_eq!(inner("“We waited.”"), "We waited.");
        assert_eq!(inner("“Note: We waited.”"), "Note: We waited.");
    }

    #[test]
    fn tokens_between_sentences_are_in_none() {
        let text = "One two. Three four five";
        let reading = Reading::new(text, vec![sentence(0, 8, None), sentence(15, 19, None)]);
        let numbers: Vec<_> = (0..7).map(|token| reading.sentence_of(token)).collect();
        let expected = [Some(0), Some(0), Some(0), None, Some(1), None, None];
        assert_eq!(numbers, expected);
        assert_eq!(reading.paragraph_of(4), Some(0));
    }

    #[test]
    fn places_are_those_of_the_outermost_marks() {
        use Place::{Closing, Inside, Opening, Outside, Unclosed};
        let places = |text: &str| {
            let reading = Reading::new(text, vec![]);
            let count = reading.tokens().len();
            (0..count).map(|t| reading.place(t)).collect::<Vec<_>>()
        };
        assert_eq!(
            places("‘A “b”’ c"),
            [Opening, Inside, Inside, Inside, Inside, Closing, Outside]
        );
        assert_eq!(places("»A« b"), [Opening, Inside, Closing, Outside]);
        assert_eq!(
            places("“A\nb \"c"),
            [Opening, Unclosed, Outside, Opening, Unclosed]
        );
        assert_eq!(places("Dogs' and the '90s"), [Outside; 6]);
    }

    #[test]
    fn a_span_of_no_tokens_is_empty() {
        let reading = Reading::new("One two", vec![]);
        assert_eq!(reading.span_of(TokenRange::new(0, 2)), 0..7);
        assert_eq!(reading.span_of(TokenRange::new(1, 2)), 4..7);
        assert!(reading.span_of(TokenRange::new(1, 1)).is_empty());
        assert!(reading.span_of(TokenRange::new(1, 9)).is_empty());
        assert_eq!((reading.word(0), reading.word(9)), ("One", ""));
    }
}

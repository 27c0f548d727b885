//! A text read once: its sentences, paragraphs, quotation marks and tokens, and where each token stands among them.

mod paragraphs;
mod positions;
#[cfg(test)]
mod tests;

pub use positions::Place;

use crate::quotation::{Quotation, quotations};
use crate::tokens::{Gap, Token, tokens};
use document::{Sentence, Span, TokenRange};
use paragraphs::{
    furniture, is_furniture, join_introductions, leave_out_labels, paragraphs, usable,
};
use positions::{Position, positions};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

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
    furniture: Vec<Span>,
    marks: OnceCell<Marks>,
    tokens: OnceCell<Vec<Token>>,
    positions: OnceCell<Vec<Position>>,
}

/// Quotations, and the paragraphs, which depend on them: an introduction is one with the quotation after it.
#[derive(Debug)]
struct Marks {
    all: Vec<Quotation>,
    outermost: Vec<Quotation>,
    paragraphs: Vec<Span>,
}

impl<'t> Reading<'t> {
    /// A text with its sentences. They may come from another program: what does not fit the text, or overlaps the
    /// sentence before, is left out. Without any, each line is a sentence and a paragraph. Sentences that belong to the
    /// page ([`SentenceKind::Boilerplate`](document::SentenceKind::Boilerplate)) are the article's [furniture](Self::furniture).
    pub fn new(text: &'t str, sentences: impl Into<Cow<'t, [Sentence]>>) -> Self {
        let mut sentences = usable(text, sentences.into());
        let furniture = furniture(&sentences);
        if !furniture.is_empty() {
            sentences
                .to_mut()
                .retain(|sentence| !is_furniture(sentence));
        }
        Self {
            text,
            sentences,
            furniture,
            marks: OnceCell::new(),
            tokens: OnceCell::new(),
            positions: OnceCell::new(),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// What belongs to the page and not to the article, such as adverts and the headlines of other stories: ordered,
    /// disjoint. No sentence, and so no stage, has anything to say of it.
    ///
    /// ```
    /// use document::{Sentence, SentenceKind};
    /// let text = "It rained.\nRead more: Sun";
    /// let advert = Sentence::new(11..25).with_kind(SentenceKind::Boilerplate);
    /// let reading = text::Reading::new(text, vec![Sentence::new(0..10), advert]);
    /// assert_eq!((reading.sentences().len(), reading.furniture().len()), (1, 1));
    /// assert!(reading.is_furniture(11) && !reading.is_furniture(0));
    /// ```
    pub fn furniture(&self) -> &[Span] {
        &self.furniture
    }

    /// Whether this byte is in the [furniture](Self::furniture).
    pub fn is_furniture(&self, byte: usize) -> bool {
        let after = self.furniture.partition_point(|span| span.start <= byte);
        let last = after
            .checked_sub(1)
            .and_then(|last| self.furniture.get(last));
        last.is_some_and(|span| span.contains(byte))
    }

    /// Ordered, disjoint, on character boundaries; text may be left out between them.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Ordered, disjoint; each reaches from its first sentence to its last one. Where sentences name no paragraphs, a line
    /// feed between two of them begins one. An introduction, “She told the court:”, and the paragraph after it, if a
    /// quotation begins it, are one.
    pub fn paragraphs(&self) -> &[Span] {
        &self.marks().paragraphs
    }

    /// All stretches between quotation marks, in the order of their opening marks: an outer one comes before those inside
    /// it.
    pub fn quotations(&self) -> &[Quotation] {
        &self.marks().all
    }

    /// The quotations that stand in no other: ordered, disjoint. A speaker's label at the start of one, `“MORENO: We
    /// waited.”`, is left out of it, with the mark before it.
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

    /// The bytes from the first of these tokens to the last; empty where the range is empty or goes past the last token.
    pub fn span_of(&self, tokens: TokenRange) -> Span {
        match self.tokens().get(tokens.range()) {
            Some([one]) => one.span,
            Some([first, .., last]) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// The words of these tokens with one space between any two, whatever stands between them in the text.
    ///
    /// ```
    /// let reading = text::Reading::new("the pro-EU\nparty", vec![]);
    /// assert_eq!(reading.phrase(reading.tokens_in(document::Span::new(4, 16))), "pro - EU party");
    /// ```
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

    /// The first token that begins at or after this byte; the number of tokens where there is none.
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

    /// The number, in [`Reading::outermost`], of the quotation that a token begins in; its marks are part of it. `None`
    /// outside all.
    pub fn quotation_of(&self, token: usize) -> Option<usize> {
        Some(self.position(token)?.quotation? as usize)
    }

    /// Where a token stands with regard to quotation marks.
    pub fn place(&self, token: usize) -> Place {
        self.position(token).map_or(Place::Outside, |at| at.place)
    }

    /// The last sentence that begins at or before this byte, by its number; 0 before the first, and where there is none.
    /// Unlike [`Reading::sentence_of`] it gives one for bytes between sentences, too.
    pub fn sentence_at(&self, byte: usize) -> usize {
        let after = self.sentences.partition_point(|s| s.span.start <= byte);
        after.saturating_sub(1)
    }

    /// The number of the sentence that holds this byte; `None` between sentences.
    pub fn sentence_with(&self, byte: usize) -> Option<usize> {
        let number = self.sentence_at(byte);
        let sentence = self.sentences.get(number)?;
        sentence.span.contains(byte).then_some(number)
    }

    /// The numbers of the sentences that have something in common with a span.
    pub fn sentences_over(&self, span: Span) -> Range<usize> {
        let start = self.sentences.partition_point(|s| s.span.end <= span.start);
        let end = self.sentences.partition_point(|s| s.span.start < span.end);
        start..end.max(start)
    }

    /// The last paragraph that begins at or before this byte, by its number; 0 before the first, and where there is none.
    /// Unlike [`Reading::paragraph_of`] it gives one for bytes between paragraphs, too.
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

    /// The text cut at each line end that is not inside a sentence: paragraphs, headlines, rows of tables and lines
    /// outside sentences are each one section. Ordered; every token is in exactly one.
    ///
    /// ```
    /// let reading = text::Reading::new("Ferry sinks\n\nIt sank on Monday.", vec![]);
    /// assert_eq!(reading.sections().len(), 2);
    /// ```
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
        let positions = self.positions.get_or_init(|| {
            positions(
                self.tokens(),
                self.sentences(),
                self.paragraphs(),
                self.outermost(),
            )
        });
        positions.get(token).copied()
    }
}

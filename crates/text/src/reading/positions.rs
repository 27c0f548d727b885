//! Where each token stands: in which sentence, paragraph and quotation.

use crate::quotation::Quotation;
use crate::tokens::Token;
use document::{Sentence, Span};

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

/// Where a token stands; the numbers count from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    pub(super) sentence: Option<u32>,
    pub(super) paragraph: Option<u32>,
    /// The number of the outermost quotation.
    pub(super) quotation: Option<u32>,
    pub(super) place: Place,
}

/// The position of each token, in one pass. `sentences`, `paragraphs` and `outermost` quotations are ordered and disjoint.
pub(super) fn positions(
    tokens: &[Token],
    sentences: &[Sentence],
    paragraphs: &[Span],
    outermost: &[Quotation],
) -> Vec<Position> {
    let mut sentences = Passing::new(sentences.iter().map(|s| s.span));
    let mut paragraphs = Passing::new(paragraphs.iter().copied());
    let mut quotations = Passing::new(outermost.iter().map(|q| q.span));
    let position = |token: &Token| {
        let quotation = quotations.at(token.span.start);
        Position {
            sentence: sentences.at(token.span.start),
            paragraph: paragraphs.at(token.span.start),
            quotation,
            place: match quotation {
                Some(number) => place(token.span, &outermost[number as usize]),
                None => Place::Outside,
            },
        }
    };
    tokens.iter().map(position).collect()
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

/// A walk along ordered, disjoint spans: says which one holds a byte, for bytes that only ever increase.
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

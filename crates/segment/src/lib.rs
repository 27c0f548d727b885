//! Sentences, paragraphs and the structure of news text.
//!
//! ```
//! let segmenter = segment::Segmenter::new();
//! let text = "LONDON, Dec 3 (Reuters) - “Why?” he asked. Nobody answered.";
//! let sentences: Vec<&str> = segmenter.sentences(text).map(|span| &text[span]).collect();
//! assert_eq!(
//!     sentences,
//!     ["LONDON, Dec 3 (Reuters) - “Why?” he asked.", "Nobody answered."]
//! );
//! ```
//!
//! [`Segmenter::sentences`] gives byte ranges and allocates nothing per sentence; [`Segmenter::segment`] adds
//! paragraphs, kinds, metadata and the dateline; [`Segmenter::stream`] works through a text that does not fit in
//! memory. All three find the same sentences.

mod candidate;
mod cursor;
mod date;
mod dateline;
mod decide;
mod features;
mod kind;
pub mod learn;
mod lexicon;
mod lines;
mod list;
mod model;
mod opening;
mod piece;
mod rules;
mod sentences;
mod stream;

use date::Date;
use document::{Dateline, Metadata, Sentence, SentenceKind};
use kind::Place;
use opening::Opening;
use sentences::Found;
use std::borrow::Cow;

pub use decide::Segmenter;
pub use sentences::Sentences;
pub use stream::{Piece, Stream};

/// What [`Segmenter::segment`] finds in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segmentation {
    /// Ordered, disjoint, trimmed; every character that is not white space is in one of them or in `metadata`.
    pub sentences: Vec<Sentence>,
    /// Header stretches that belong to no sentence.
    pub metadata: Vec<Metadata>,
    /// Where and when the report was filed.
    pub dateline: Option<Dateline>,
    /// The document's full date (ISO 8601), where metadata or dateline give one.
    pub date: Option<String>,
}

impl Segmenter {
    /// The byte ranges of the sentences of `text`: trimmed, in order, and together with the metadata lines at its top
    /// all of it that is not white space. Linear in the text's length; no allocation per sentence.
    pub fn sentences<'s, 't>(&'s self, text: &'t str) -> Sentences<'s, 't> {
        Sentences::new(self, text, Cow::Owned(Opening::read(text)))
    }

    /// The structure of `text`; `date` is the document's own (ISO 8601), if known, and gives a dateline its year.
    pub fn segment(&self, text: &str, date: Option<&str>) -> Segmentation {
        let opening = Opening::read(text);
        let mut scan = Sentences::new(self, text, Cow::Borrowed(&opening));
        let found: Vec<Found> = std::iter::from_fn(|| scan.next_found()).collect();
        let Opening {
            metadata,
            dateline,
            date: dated,
        } = opening;
        let document = date.and_then(Date::from_iso).or(dated);
        let filed = dateline.as_ref().and_then(|(_, date)| *date);
        Segmentation {
            sentences: sentences(text, &found),
            metadata,
            dateline: dateline.map(|(dateline, date)| Dateline {
                date: date.map(|date| date.completed(document).iso()),
                ..dateline
            }),
            date: dated
                .or(filed.filter(|date| date.year.is_some()))
                .map(Date::iso),
        }
    }

    /// Works through a text piece by piece.
    pub fn stream(&self) -> Stream<'_> {
        Stream::new(self, false)
    }

    /// Goes on with a text behind a piece that a stream took from it, be it on another thread.
    pub fn stream_on(&self) -> Stream<'_> {
        Stream::new(self, true)
    }
}

/// The sentences with their kinds.
fn sentences(text: &str, found: &[Found]) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(found.len());
    let mut top = true;
    for paragraph in found.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let [first, rest @ ..] = paragraph else {
            continue;
        };
        let of = |found: &Found| &text[found.span.clone()];
        let place = Place {
            alone: rest.is_empty(),
            more: sentences.len() + 1 < found.len(),
            top,
        };
        // A caption is one as a whole, often known by the credit at its end only.
        let caption = kind::is_caption(of(first))
            || (rest.len() < CAPTION && rest.last().is_some_and(|last| kind::is_caption(of(last))));
        let kind = match caption {
            true => Some(SentenceKind::Caption),
            false => kind::of(of(first), place),
        };
        top &= kind.is_some();
        sentences.extend(paragraph.iter().enumerate().map(|(i, found)| Sentence {
            span: found.span.clone(),
            paragraph: Some(found.paragraph),
            kind: kind.filter(|_| i == 0 || caption),
        }));
    }
    sentences
}

/// Sentences of a caption, at most, that only its credit shows to be one.
const CAPTION: usize = 4;

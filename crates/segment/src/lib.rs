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

// Without the trainer's door, what stands behind it is not reachable.
#![cfg_attr(not(feature = "training"), allow(unreachable_pub))]

mod candidate;
mod citation;
mod clause;
mod cursor;
mod date;
mod dateline;
mod decide;
mod features;
mod form;
mod kind;
mod kinds;
mod labels;
mod language;
mod lexicon;
mod lines;
mod list;
mod lists;
mod look;
mod marks;
mod model;
mod opening;
mod page;
mod paragraph;
mod published;
mod rules;
mod scripts;
mod sentences;
mod stream;
mod time;
mod timestamp;
#[cfg(feature = "training")]
pub mod training;
mod word;

use date::Date;
use document::{Dateline, Metadata, Sentence, SentenceKind, Span};
use form::Form;
use labels::Labels;
use language::Language;
use look::Block;
use opening::Opening;
use page::Page;
use sentences::Located;
use std::borrow::Cow;
use text::Reading;

pub use decide::Segmenter;
pub use sentences::Sentences;
pub use stream::{Chunk, Stream};

/// What [`Segmenter::segment`] reads: a text, and what other programs have said of it.
///
/// ```
/// use segment::{Input, Segmenter};
/// let input = Input { date: Some("2025-01-02"), ..Input::new("OSLO, Dec 31 (Wire) — It rained.") };
/// let dateline = Segmenter::new().segment(&input).dateline.expect("a dateline");
/// assert_eq!(dateline.date.as_deref(), Some("2024-12-31"));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The article.
    pub text: &'a str,
    /// ISO 8601; gives a dateline its year.
    pub date: Option<&'a str>,
    /// The language of the text, a BCP 47 tag; English where it is absent. Ordinal numbers and abbreviations are those of
    /// German for `de`; a full stop before a small letter ends no sentence in any language but English.
    pub lang: Option<&'a str>,
    /// Another segmenter's; they stay as they are, and only header and dateline are worked out.
    pub sentences: Option<&'a [Sentence]>,
}

impl<'a> Input<'a> {
    /// A text of which nothing else is known.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

/// What [`Segmenter::segment`] finds in a text.
///
/// ```
/// let found = segment::Segmenter::new().segment(&segment::Input::new("Date: 2025-03-04\n\nIt rained."));
/// assert_eq!(found.metadata[0].key, "date");
/// assert_eq!(found.date.as_deref(), Some("2025-03-04"));
/// assert_eq!(found.sentences[0].paragraph, Some(0));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segmentation {
    /// Ordered, disjoint, trimmed; every character that is not white space is in one of them or in `metadata`.
    pub sentences: Vec<Sentence>,
    /// Header stretches that belong to no sentence.
    pub metadata: Vec<Metadata>,
    /// Where and when the report was filed.
    pub dateline: Option<Dateline>,
    /// The document's full date (ISO 8601), where its head, its dateline or its foot gives one.
    pub date: Option<String>,
}

impl Segmenter {
    /// The byte ranges of the sentences of `text`: trimmed, in order; together with the metadata lines at its top they
    /// cover all of it that is not white space. Linear in the text's length; no allocation per sentence.
    ///
    /// ```
    /// let text = "It cost 3.5 million. Nobody paid.";
    /// let spans: Vec<_> = segment::Segmenter::new().sentences(text).collect();
    /// assert_eq!((&text[spans[0]], &text[spans[1]]), ("It cost 3.5 million.", "Nobody paid."));
    /// ```
    pub fn sentences<'s, 't>(&'s self, text: &'t str) -> Sentences<'s, 't> {
        Sentences::new(self, text, Cow::Owned(Opening::read(text)))
    }

    /// The structure of a text.
    ///
    /// ```
    /// use segment::{Input, Segmenter};
    /// let text = "OSLO, 3 March (Wire) — It rained. It stopped.";
    /// let found = Segmenter::new().segment(&Input { date: Some("2024-03-04"), ..Input::new(text) });
    /// assert_eq!(found.sentences.len(), 2);
    /// assert_eq!(found.dateline.and_then(|d| d.date).as_deref(), Some("2024-03-03"));
    /// ```
    pub fn segment(&self, input: &Input<'_>) -> Segmentation {
        let Input { text, date, .. } = *input;
        let (opening, days) = Opening::with_days(text);
        let sentences = match input.sentences {
            Some(sentences) => sentences.to_vec(),
            None => {
                let scan = Sentences::new(self, text, Cow::Borrowed(&opening));
                let mut scan = scan.in_language(input.lang.and_then(Language::of));
                let mut located = Vec::with_capacity(text.len() / SENTENCE);
                located.extend(std::iter::from_fn(|| scan.next_located()));
                let labels = Labels::read(text);
                let located = labels.apart(text, located);
                let blocks = blocks(text, &located, &labels);
                let known =
                    blocks.iter().all(|block| block.form != Form::Open) || !scripts::is_latin(text);
                let kinds = match known {
                    true => vec![None; blocks.len()],
                    false => {
                        let page = Page::new(text, &blocks, (&opening).into(), self.lexicon());
                        self.lines().kinds(&page)
                    }
                };
                with_kinds(text, &located, &labels, &kinds)
            }
        };
        let Opening {
            metadata, dateline, ..
        } = opening;
        let dated = days.date(dateline.as_ref().and_then(|(_, date)| *date), text, |at| {
            let after = sentences.partition_point(|sentence| sentence.span.start <= at);
            let last = after.checked_sub(1).and_then(|last| sentences.get(last));
            last.is_some_and(|last| last.kind == Some(SentenceKind::Boilerplate))
        });
        let document = date.and_then(Date::from_iso).or(dated);
        Segmentation {
            sentences,
            metadata,
            dateline: dateline.map(|(mut dateline, date)| {
                dateline.date = date.map(|date| date.completed(document).iso());
                dateline
            }),
            date: dated.map(Date::iso),
        }
    }

    /// A text read with the sentences that this segmenter finds in it.
    ///
    /// ```
    /// let reading = segment::Segmenter::new().read("Mr. Lee left. Nobody saw it.");
    /// assert_eq!(reading.sentences().len(), 2);
    /// assert_eq!(reading.word(0), "Mr.");
    /// ```
    pub fn read<'t>(&self, text: &'t str) -> Reading<'t> {
        Reading::new(text, self.segment(&Input::new(text)).sentences)
    }

    /// Works through a text that does not fit in memory.
    pub fn stream(&self) -> Stream<'_> {
        Stream::new(self, false)
    }

    /// Goes on with a text after a chunk that a stream took from its front, on another thread if need be. It looks for no
    /// metadata and no dateline, which stand at the front of a text only.
    ///
    /// ```
    /// let segmenter = segment::Segmenter::new();
    /// let chunk = segmenter.stream_on().next("Title: not at the front. It rained.", true).expect("text");
    /// assert_eq!(chunk.sentences.count(), 2);
    /// ```
    pub fn stream_on(&self) -> Stream<'_> {
        Stream::new(self, true)
    }
}

/// Bytes of a sentence of news, about; those of a text are often as many.
const SENTENCE: usize = 96;

/// The paragraphs of these sentences.
fn blocks(text: &str, located: &[Located], labels: &Labels) -> Vec<Block> {
    let paragraphs = located.chunk_by(|a, b| a.paragraph == b.paragraph);
    let mut blocks = Vec::with_capacity(located.last().map_or(0, |last| last.paragraph + 1));
    let block = |paragraph: &[Located]| {
        let (first, last) = (paragraph.first()?, paragraph.last()?);
        let span = Span::new(first.span.start, last.span.end);
        let label = labels.of(text, first.span);
        Some(Block {
            span,
            last: last.span,
            sentences: paragraph.len(),
            label,
            form: match label {
                None => Form::of(&text[span]),
                Some(_) => Form::Open,
            },
        })
    };
    blocks.extend(paragraphs.filter_map(block));
    blocks
}

/// The sentences with their kinds and labels. What a paragraph is, all of its sentences are; but of an item of several
/// sentences only the first is the item, and what it says further is running text.
fn with_kinds(
    text: &str,
    located: &[Located],
    labels: &Labels,
    kinds: &[Option<SentenceKind>],
) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(located.len());
    let paragraphs = located.chunk_by(|a, b| a.paragraph == b.paragraph);
    for (paragraph, kind) in paragraphs.zip(kinds) {
        // What the whole text shows to be a label is one, whatever its line looks like.
        let label = paragraph
            .first()
            .and_then(|first| labels.of(text, first.span));
        let kind = match (label, paragraph) {
            (None, _) => *kind,
            (Some(label), [only]) if label == only.span => Some(SentenceKind::SpeakerLabel),
            (Some(_), _) => None,
        };
        for (i, located) in paragraph.iter().enumerate() {
            let of_item = |kind: &SentenceKind| {
                *kind == SentenceKind::ListItem && i > 0 && !kind::begins_item(&text[located.span])
            };
            let kind = kind.filter(|kind| !of_item(kind));
            let speaks = matches!(kind, None | Some(SentenceKind::ListItem));
            let label = labels.of(text, located.span).filter(|_| speaks);
            sentences.push(
                Sentence::new(located.span)
                    .with_paragraph(located.paragraph)
                    .with_kind(kind)
                    .with_label(label),
            );
        }
    }
    sentences
}

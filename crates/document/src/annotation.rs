//! What the stages write: sentences, entities, quotations, summaries.
//!
//! Every range is half-open and counts **bytes** of the document's text, so that Rust can slice with it. The record
//! counts Unicode code points instead; [`crate::Offsets`] translates, once, where a record is read or written.
//!
//! Serde writes these types as Rust has them, with spans in bytes and without the text that they cover. A record's JSON
//! is written by [`Document::write`](crate::Document::write).
//!
//! The structs are `#[non_exhaustive]`, as the record may come to say more. `new` takes what each always has; what else is
//! known is assigned, as the fields are public.

use crate::{CodePoints, EntityType, MentionKind, Mode, QuoteType, SentenceKind, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A sentence, or a piece of text that stands for one (a headline, a list item).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sentence {
    /// Trimmed of white space.
    pub span: Span,
    /// Counts from 0. Sentences made by another program may lack it.
    pub paragraph: Option<usize>,
    /// What it is where it is not running text.
    pub kind: Option<SentenceKind>,
    /// The label at its start that says who speaks in a transcript, colon included: `MS. ROE:`, and a time before the
    /// name: `[00:01:12] Jane Roe:`. It is the beginning of `span`; one that is not cannot be read.
    pub label: Option<Span>,
}

/// A stretch of header text that belongs to no sentence, such as `Published: 3 Dec 2024`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Metadata {
    /// Key and value together, trimmed of white space.
    pub span: Span,
    /// Lower case, without the colon.
    pub key: String,
    /// As it is written.
    pub value: String,
}

/// Where and when a report was filed: `DAMASCUS, Dec 3 (Reuters) —`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Dateline {
    /// From the place to the dash.
    pub span: Span,
    /// As it is written.
    pub place: Option<String>,
    /// As it is written.
    pub agency: Option<String>,
    /// ISO 8601, as much of it as is known.
    pub date: Option<String>,
}

/// One real thing and every place where the text mentions it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity {
    /// Unique in the document: `e1`, `e2`, … in the order of the first mentions.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// The fullest name seen in the document; for a value, the text of its first mention.
    pub name: String,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// ISO 3166-1 alpha-2, for countries, their peoples and governments.
    pub country: Option<String>,
    /// The normalised value: ISO 8601 for a DATE or TIME, else a decimal number.
    pub value: Option<String>,
    /// The number of an amount, of an ordinal or of a length of time.
    pub number: Option<f64>,
    /// What the number counts: ISO 4217 for money, `%`, or a unit of measure.
    pub unit: Option<String>,
}

/// One mention of an [`Entity`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mention {
    /// A name without article, title or possessive `’s`; a description (`the Iranian president`) whole.
    pub span: Span,
    /// How the text mentions it.
    pub kind: MentionKind,
    /// The probability that the mention is right, where a model gave one.
    pub score: Option<f64>,
}

/// Somebody's words or thoughts, as the text attributes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quote {
    /// Unique in the document: `q1`, `q2`, … in the order of the text.
    pub id: String,
    /// Whether the words stand in quotation marks.
    #[serde(rename = "type")]
    pub kind: QuoteType,
    /// Whether the words were said or thought; `None` where they are an attitude, a plan or an act, or where it is not
    /// known.
    pub mode: Option<Mode>,
    /// What was said, in one or several pieces, quotation marks included.
    pub content: Vec<Span>,
    /// The words that attribute it: `said`, `according to`.
    pub cue: Vec<Span>,
    /// The words that name its source: `the mayor`.
    pub source: Vec<Span>,
    /// Who that is; `None` where it is not sure.
    pub speaker: Option<Speaker>,
    /// The probability that the quotation is right, where a model gave one.
    pub score: Option<f64>,
    /// Whether the source is said *not* to have said it.
    pub denied: bool,
}

/// The person or body behind a quotation's source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Speaker {
    /// The fullest name in the document.
    pub name: String,
    /// The [`Entity::id`], where the record has entities.
    pub entity: Option<String>,
}

/// An extractive summary.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// The picked sentences joined with one space.
    pub text: String,
    /// In the order in which `text` has them.
    pub sentences: Vec<Pick>,
    /// Who said what, if that was asked for: one entry a speaker, in the order in which they first speak.
    pub quotes: Option<Vec<Said>>,
}

/// A sentence picked for a summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Pick {
    /// The sentence, or as much of it as was taken.
    pub span: Span,
    /// The higher the sooner it was picked.
    pub score: f64,
    /// Whether it was cut at a word to fit.
    pub truncated: bool,
    /// What counted for (over 0) and against (under 0) it, the weightiest first; empty where nobody asked.
    pub why: Vec<Reason>,
    /// Where it comes from, in a summary of several documents.
    pub origin: Option<Origin>,
}

/// One feature's part in a sentence's score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reason {
    /// The feature's name.
    pub feature: Cow<'static, str>,
    /// What the sentence has of it, in the feature's own unit.
    pub value: f64,
    /// What that adds to the log-odds of the sentence's being picked.
    pub contribution: f64,
}

/// The document that a sentence of a summary of several documents is quoted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Origin {
    /// Its `id`, or else its `url`, where it has one.
    pub id: Option<String>,
    /// ISO 8601, as much of it as is known.
    pub date: Option<String>,
    /// Where the sentence stands there. In code points: without that document's text they could not be
    /// counted from bytes.
    pub code_points: CodePoints,
    /// How many documents say the same, this one included.
    pub documents: usize,
    /// Those of them that have an `id` or `url`, and are not this one; not all where they are very many.
    pub also: Vec<String>,
}

/// A speaker and their most central quotation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Said {
    /// The speaker's full name.
    pub speaker: String,
    /// The [`Entity::id`], where the quotation has it.
    pub entity: Option<String>,
    /// The [`Quote::id`], where the record has quotes.
    pub quote: Option<String>,
    /// The quotation's pieces.
    pub content: Vec<Span>,
    /// Those pieces joined with one space, white space folded.
    pub text: String,
    /// How central the quotation is, 0 to 1.
    pub score: f64,
    /// How many quotations the speaker has.
    pub quotations: usize,
}

impl Sentence {
    /// A sentence of which only its place is known.
    ///
    /// ```
    /// use document::{Sentence, SentenceKind};
    /// let text = "Storm cuts off Elmford\n\nRain fell.";
    /// let sentences = [
    ///     Sentence::new(0..22).with_paragraph(0).with_kind(SentenceKind::Headline),
    ///     Sentence::new(24..34).with_paragraph(1),
    /// ];
    /// assert_eq!(&text[sentences[1].span], "Rain fell.");
    /// ```
    pub fn new(span: impl Into<Span>) -> Self {
        Self {
            span: span.into(),
            paragraph: None,
            kind: None,
            label: None,
        }
    }

    /// In this paragraph; `None` where that is not known.
    #[must_use]
    pub fn with_paragraph(mut self, paragraph: impl Into<Option<usize>>) -> Self {
        self.paragraph = paragraph.into();
        self
    }

    /// Of this kind; `None` for running text.
    #[must_use]
    pub fn with_kind(mut self, kind: impl Into<Option<SentenceKind>>) -> Self {
        self.kind = kind.into();
        self
    }

    /// With this speaker's label at its start; `None` where it has none.
    ///
    /// ```
    /// use document::{Sentence, Span};
    /// let text = "MS. ROE: We will go.";
    /// let sentence = Sentence::new(0..20).with_label(Span::new(0, 8));
    /// assert_eq!(sentence.label.map(|label| &text[label]), Some("MS. ROE:"));
    /// ```
    #[must_use]
    pub fn with_label(mut self, label: impl Into<Option<Span>>) -> Self {
        self.label = label.into();
        self
    }
}

impl Metadata {
    /// A stretch of header text with its key and value.
    pub fn new(span: impl Into<Span>, key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            span: span.into(),
            key: key.into(),
            value: value.into(),
        }
    }
}

impl Dateline {
    /// A dateline of which only its place in the text is known.
    pub fn new(span: impl Into<Span>) -> Self {
        Self {
            span: span.into(),
            place: None,
            agency: None,
            date: None,
        }
    }
}

impl Entity {
    /// An entity with its mentions, and nothing else known of it.
    ///
    /// ```
    /// use document::{Entity, EntityType, Mention, MentionKind};
    /// let text = "Ana Roe left. Roe is well.";
    /// let mentions = [0..7, 14..17].map(|span| Mention::new(span, MentionKind::Name));
    /// let entity = Entity::new("e1", EntityType::Person, "Ana Roe", mentions.to_vec());
    /// assert_eq!(&text[entity.mentions[1].span], "Roe");
    /// ```
    pub fn new(
        id: impl Into<String>,
        kind: EntityType,
        name: impl Into<String>,
        mentions: Vec<Mention>,
    ) -> Self {
        Self {
            id: id.into(),
            kind,
            name: name.into(),
            mentions,
            country: None,
            value: None,
            number: None,
            unit: None,
        }
    }
}

impl Mention {
    /// A mention without a score.
    pub fn new(span: impl Into<Span>, kind: MentionKind) -> Self {
        Self {
            span: span.into(),
            kind,
            score: None,
        }
    }
}

impl Quote {
    /// A quotation that the text attributes to nobody.
    ///
    /// ```
    /// use document::{Quote, QuoteType, Speaker};
    /// let text = "“We won,” said Ana Roe.";
    /// let mut quote = Quote::new("q1", QuoteType::Direct, vec![(0..13).into()]);
    /// quote.source = vec![(19..26).into()];
    /// quote.speaker = Some(Speaker::new("Ana Roe"));
    /// assert_eq!(&text[quote.content[0]], "“We won,”");
    /// ```
    pub fn new(id: impl Into<String>, kind: QuoteType, content: Vec<Span>) -> Self {
        Self {
            id: id.into(),
            kind,
            mode: None,
            content,
            cue: Vec::new(),
            source: Vec::new(),
            speaker: None,
            score: None,
            denied: false,
        }
    }
}

impl Speaker {
    /// A speaker of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            entity: None,
        }
    }
}

impl Summary {
    /// A summary without quotations.
    ///
    /// ```
    /// use document::{Pick, Summary};
    /// let text = "Rain fell. A bridge at Elmford gave way.";
    /// let pick = Pick::new(11..text.len(), 0.8);
    /// let summary = Summary::new(&text[pick.span], vec![pick]);
    /// assert_eq!(summary.text, "A bridge at Elmford gave way.");
    /// ```
    pub fn new(text: impl Into<String>, sentences: Vec<Pick>) -> Self {
        Self {
            text: text.into(),
            sentences,
            quotes: None,
        }
    }
}

impl Pick {
    /// A sentence picked whole from the text itself.
    pub fn new(span: impl Into<Span>, score: f64) -> Self {
        Self {
            span: span.into(),
            score,
            truncated: false,
            why: Vec::new(),
            origin: None,
        }
    }
}

impl Reason {
    /// A feature, what the sentence has of it, and what that adds to its score.
    pub fn new(feature: impl Into<Cow<'static, str>>, value: f64, contribution: f64) -> Self {
        Self {
            feature: feature.into(),
            value,
            contribution,
        }
    }
}

impl Origin {
    /// A place in a document that nothing else is known of, and that alone says this.
    pub fn new(code_points: impl Into<CodePoints>) -> Self {
        Self {
            id: None,
            date: None,
            code_points: code_points.into(),
            documents: 1,
            also: Vec::new(),
        }
    }
}

impl Said {
    /// The only quotation of a speaker: its pieces, these joined, and how central it is.
    pub fn new(
        speaker: impl Into<String>,
        content: Vec<Span>,
        text: impl Into<String>,
        score: f64,
    ) -> Self {
        Self {
            speaker: speaker.into(),
            entity: None,
            quote: None,
            content,
            text: text.into(),
            score,
            quotations: 1,
        }
    }
}

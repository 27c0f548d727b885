//! What the stages write: sentences, entities, quotations, summaries.
//!
//! Every range is half-open and counts **bytes** of the document's text, so that Rust can slice with it. The record
//! counts Unicode code points instead; [`crate::Offsets`] translates, once, where a record is read or written.

use crate::{CodePoints, Span};

/// A sentence, or a piece of text that stands for one (a headline, a list item).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Trimmed of white space.
    pub span: Span,
    /// Counts from 0. Sentences made by another program may lack it.
    pub paragraph: Option<usize>,
    /// What it is where it is not running text.
    pub kind: Option<SentenceKind>,
}

/// The parts of an article that are not running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentenceKind {
    /// The article's or a section's title.
    Headline,
    /// Who wrote it, and often where.
    Byline,
    /// The words under a picture.
    Caption,
    /// One item of a list.
    ListItem,
    /// The time of an entry of a live report.
    Timestamp,
}

/// A stretch of header text that belongs to no sentence, such as `Published: 3 Dec 2024`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Key and value together, trimmed of white space.
    pub span: Span,
    /// Lower case, without the colon.
    pub key: String,
    /// As it is written.
    pub value: String,
}

/// Where and when a report was filed: `DAMASCUS, Dec 3 (Reuters) —`.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Unique in the document: `e1`, `e2`, … in the order of the first mentions.
    pub id: String,
    /// What it is.
    pub kind: EntityType,
    /// The fullest name seen in the document; for a value, the text of its first mention.
    pub name: String,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// ISO 3166-1 alpha-2, for countries, their peoples and governments.
    pub country: Option<String>,
    /// The normalised value.
    pub value: Option<Value>,
    /// ISO 4217 for money, `%`, or a unit of measure.
    pub unit: Option<String>,
}

/// OntoNotes' entity types, and [`EntityType::Misc`] for other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are OntoNotes' own
pub enum EntityType {
    Person,
    Norp,
    Fac,
    Org,
    Gpe,
    Loc,
    Product,
    Event,
    Misc,
    Date,
    Time,
    Percent,
    Money,
    Quantity,
    Ordinal,
    Cardinal,
}

impl EntityType {
    /// Every type, names first.
    pub const ALL: [Self; 16] = [
        Self::Person,
        Self::Norp,
        Self::Fac,
        Self::Org,
        Self::Gpe,
        Self::Loc,
        Self::Product,
        Self::Event,
        Self::Misc,
        Self::Date,
        Self::Time,
        Self::Percent,
        Self::Money,
        Self::Quantity,
        Self::Ordinal,
        Self::Cardinal,
    ];

    /// The type's name in a record, such as `PERSON`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Norp => "NORP",
            Self::Fac => "FAC",
            Self::Org => "ORG",
            Self::Gpe => "GPE",
            Self::Loc => "LOC",
            Self::Product => "PRODUCT",
            Self::Event => "EVENT",
            Self::Misc => "MISC",
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Percent => "PERCENT",
            Self::Money => "MONEY",
            Self::Quantity => "QUANTITY",
            Self::Ordinal => "ORDINAL",
            Self::Cardinal => "CARDINAL",
        }
    }

    /// The type of this name, in any case; `PER` counts as `PERSON`, as CoNLL-2003 and its heirs write it.
    pub fn parse(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("PER") {
            return Some(Self::Person);
        }
        Self::ALL
            .into_iter()
            .find(|t| t.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether it is a value (a date, an amount) and not a name.
    pub fn is_value(self) -> bool {
        self >= Self::Date
    }
}

/// One mention of an [`Entity`].
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// A name without article, title or possessive `’s`; a description (`the Iranian president`) whole.
    pub span: Span,
    /// How the text mentions it.
    pub kind: MentionKind,
    /// The probability that the mention is right, where a model gave one.
    pub score: Option<f64>,
}

/// How a text mentions an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// `Masoud Pezeshkian`
    Name,
    /// `the Iranian president`
    Nominal,
    /// `he`
    Pronoun,
    /// A date or an amount.
    Value,
}

/// A normalised value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A date, time or duration of ISO 8601.
    Iso(String),
    /// A number.
    Number(f64),
}

/// Somebody's words or thoughts, as the text attributes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// Unique in the document: `q1`, `q2`, … in the order of the text.
    pub id: String,
    /// Whether the words stand in quotation marks.
    pub kind: QuoteType,
    /// What was said, in one or several pieces, quotation marks included.
    pub content: Vec<Span>,
    /// The words that attribute it: `said`, `according to`.
    pub cue: Vec<Span>,
    /// Whom the text names as the source.
    pub source: Vec<Span>,
    /// Who that is; `None` where it is not sure.
    pub speaker: Option<Speaker>,
    /// The probability that the quotation is right, where a model gave one.
    pub score: Option<f64>,
    /// Whether the source is said *not* to have said it.
    pub denied: bool,
}

/// How much of a quotation stands in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteType {
    /// All of its words.
    Direct,
    /// None of them.
    Indirect,
    /// Some of them.
    Mixed,
}

/// The person or body behind a quotation's source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name in the document.
    pub name: String,
    /// The [`Entity::id`], where the record has entities.
    pub entity: Option<String>,
}

/// An extractive summary.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// The picked sentences joined with one space.
    pub text: String,
    /// In the order in which `text` has them.
    pub sentences: Vec<Pick>,
    /// Who said what, if that was asked for: one entry a speaker, in the order in which they first speak.
    pub quotes: Option<Vec<Said>>,
}

/// A sentence picked for a summary.
#[derive(Debug, Clone, PartialEq, Default)]
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// The feature's name.
    pub feature: &'static str,
    /// What the sentence has of it, in the feature's own unit.
    pub value: f64,
    /// What that adds to the log-odds of the sentence's being picked.
    pub contribution: f64,
}

/// The document that a sentence of a summary of several documents is quoted from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// Its `id`, or else its `url`, where it has one.
    pub id: Option<String>,
    /// ISO 8601, as much of it as is known.
    pub date: Option<String>,
    /// Where the sentence stands there. In code points, as that document's text is not at hand to count anew.
    pub code_points: CodePoints,
    /// How many documents say the same, this one included.
    pub documents: usize,
    /// Those of them that have an `id` or `url`, and are not this one; not all where they are very many.
    pub also: Vec<String>,
}

/// A speaker and their most central quotation.
#[derive(Debug, Clone, PartialEq)]
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

macro_rules! names {
    ($type:ty { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// The name in a record.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
            /// The variant of this name in a record.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
names!(SentenceKind { Headline = "headline", Byline = "byline", Caption = "caption", ListItem = "list-item", Timestamp = "timestamp" });
names!(MentionKind { Name = "name", Nominal = "nominal", Pronoun = "pronoun", Value = "value" });
names!(QuoteType { Direct = "direct", Indirect = "indirect", Mixed = "mixed" });

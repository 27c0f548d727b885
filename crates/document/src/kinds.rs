//! What sentences, mentions and quotations can be, by their names in the record.

use crate::names::names;

/// The parts of an article that are not running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SentenceKind {
    /// The article's or a section's title.
    Headline,
    /// Who wrote it, and often where.
    Byline,
    /// The words under a picture.
    Caption,
    /// One item of a list.
    ListItem,
    /// A date or a time on its own, such as that of an entry of a live report.
    Timestamp,
    /// The name of who speaks next, on a line of its own.
    SpeakerLabel,
    /// A row or a cell of figures.
    Table,
    /// What belongs to the page and not to the article: adverts, menus, sharing, other stories, cookies, copyright.
    Boilerplate,
}

/// How a text mentions an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// `Leïla Ben Hamouda`
    Name,
    /// `the Tunisian president`
    Nominal,
    /// `he`
    Pronoun,
    /// A date or an amount.
    Value,
}

/// How much of a quotation stands in quotation marks.
///
/// ```
/// use document::QuoteType;
/// assert_eq!("mixed".parse(), Ok(QuoteType::Mixed));
/// assert_eq!(QuoteType::Mixed.to_string(), "mixed");
/// let error = "loud".parse::<QuoteType>().unwrap_err();
/// assert_eq!(error.to_string(), "`loud` is not one of direct, indirect, mixed");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteType {
    /// All of its words; or it is a turn of a transcript, which needs no marks.
    Direct,
    /// None of them.
    Indirect,
    /// Some of them.
    Mixed,
}

/// What kind of saying a quotation reports.
///
/// ```
/// use document::Mode;
/// assert_eq!("thought".parse(), Ok(Mode::Thought));
/// assert_eq!(Mode::Speech.to_string(), "speech");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Words: said, wrote, told, according to, a report finds.
    Speech,
    /// What somebody holds to be so: believes, fears, hopes that …
    Thought,
}

names!(SentenceKind by str::eq {
    Headline = "headline",
    Byline = "byline",
    Caption = "caption",
    ListItem = "list-item",
    Timestamp = "timestamp",
    SpeakerLabel = "speaker-label",
    Table = "table",
    Boilerplate = "boilerplate",
});
names!(MentionKind by str::eq {
    Name = "name",
    Nominal = "nominal",
    Pronoun = "pronoun",
    Value = "value",
});
names!(QuoteType by str::eq {
    Direct = "direct",
    Indirect = "indirect",
    Mixed = "mixed",
});
names!(Mode by str::eq {
    Speech = "speech",
    Thought = "thought",
});

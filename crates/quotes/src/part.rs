//! The parts of quotations as a model finds them, before they are linked.

use document::Span;

/// What a part is in its quotation. The order is that of the label scheme's kinds, [`KINDS`](crate::model::KINDS).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What was said.
    Content,
    /// The words that attribute it.
    Cue,
    /// Those who said it.
    Source,
}

impl Role {
    /// All of them, each at the place of its number.
    pub(crate) const ALL: [Self; 3] = [Self::Content, Self::Cue, Self::Source];
}

/// A span that is taken for part of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// In bytes.
    pub span: Span,
    pub role: Role,
    /// The probability that it is that.
    pub score: f64,
    /// The model prefers to label its words otherwise, but this was possible too. It counts only where a quotation has no
    /// such part else.
    pub fallback: bool,
}

impl Part {
    /// Whether it is a content, and not merely a possible one.
    pub(crate) fn is_sure_content(&self) -> bool {
        self.role == Role::Content && !self.fallback
    }
}

//! The newstext record: what the stages read and write, and how that gets into a line of JSON without touching the rest.
//!
//! A [`Record`] is a line of JSON Lines. A [`Document`] is a record with a `text`, as a stage sees it: its annotations
//! count bytes, as Rust slices, while the record counts Unicode code points ([`Offsets`]). What a stage does not own
//! comes out byte for byte as it came in; what it wrote before, a rerun replaces in its place.

mod annotation;
mod document;
mod entity_type;
mod entries;
mod error;
mod fitting;
mod kinds;
mod names;
mod offsets;
mod other;
mod range;
mod record;
mod span;
mod wire;

pub use annotation::*;
pub use document::Document;
pub use entity_type::EntityType;
pub use entries::Provenance;
pub use error::DocumentError;
pub use fitting::Fitting;
pub use kinds::{MentionKind, Mode, QuoteType, SentenceKind};
pub use names::UnknownName;
pub use offsets::Offsets;
pub use other::OtherField;
pub use range::{CodePoints, Span, TokenRange};
pub use record::{Change, Record};
pub use wire::Annotation;

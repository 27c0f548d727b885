//! The newstext record: what the stages read and write, and how it gets into a line of JSON without touching the rest.
//!
//! A [`Record`] is a line of JSON Lines. A [`Document`] is a record with a `text`, as a stage sees it: its annotations
//! count bytes, as Rust slices, while the record counts Unicode code points ([`Offsets`]). What a stage does not own
//! comes out byte for byte as it came in; what it wrote before, a rerun replaces in its place.

mod annotation;
mod document;
mod entries;
mod error;
mod fitting;
mod offsets;
mod range;
mod record;
mod span;
mod wire;

pub use annotation::*;
pub use document::Document;
pub use entries::Tool;
pub use error::DocumentError;
pub use fitting::Fitting;
pub use offsets::Offsets;
pub use range::{CodePoints, Span, TokenRange};
pub use record::{Change, Record};
pub use wire::Annotation;

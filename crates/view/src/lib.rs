//! Annotated news text for people: on a terminal, and as one page of HTML.
//!
//! An [`Article`] is a text with its annotations. [`terminal()`] breaks it into lines of a given width; a [`Page`] takes one
//! article or many and becomes a page that needs no network. Nothing is worked out here: what is not annotated is not shown.
//!
//! Neither trusts its input. Spans may overlap, nest and end anywhere, even outside the text; control characters and markup
//! of a text are shown and not obeyed.

mod article;
mod blocks;
mod html;
mod layers;
mod terminal;
mod visible;

pub use article::{Article, QuotedSpeaker};
pub use html::Page;
pub use terminal::{Look, terminal};

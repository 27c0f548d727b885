//! Annotated news text for people: on a terminal, and as one page of HTML.
//!
//! An [`Article`] is a text with whatever is noted about it. [`terminal()`] sets it in lines of a width; a [`Page`] takes
//! one or many and becomes a page that needs no network. Nothing is worked out here: what nobody has noted is not shown.
//!
//! Neither trusts its input. Spans may overlap, nest and end anywhere, even outside the text; control characters of a
//! text move no cursor, and its markup is shown, not obeyed.

mod article;
mod blocks;
mod html;
mod layers;
mod terminal;
mod visible;

pub use article::{Article, Speaker};
pub use html::Page;
pub use terminal::{Look, terminal};

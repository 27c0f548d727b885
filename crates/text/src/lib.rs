//! What two or more stages share about characters and words.

mod paragraphs;
pub mod quotation;
mod sentences;
mod tokens;

pub use paragraphs::Paragraphs;
pub use sentences::sentence_of_each;
pub use tokens::{Gap, Token, is_apostrophe, tokens};

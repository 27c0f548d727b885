//! What two or more stages share about characters and words.

mod paragraphs;
pub mod quotation;
mod tokens;

pub use paragraphs::Paragraphs;
pub use tokens::{Gap, Token, is_apostrophe, tokens};

//! What two or more stages share about characters and words.

pub mod quotation;
mod tokens;

pub use tokens::{Gap, Token, is_apostrophe, tokens};

//! What two or more stages share about characters and words.

pub mod quotation;

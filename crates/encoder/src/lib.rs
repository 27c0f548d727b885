//! The accurate model: a small transformer encoder over the word pieces of a text.
//!
//! A text's tokens become word pieces ([`pieces`]) of a fixed vocabulary ([`vocabulary`]), and those become windows
//! ([`windows`]) that the encoder reads one at a time.

pub mod pieces;
pub mod vocabulary;
pub mod windows;

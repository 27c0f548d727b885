//! The crate from outside, in one program, which links once.
#![allow(clippy::unwrap_used)] // a test may panic

mod compressed;
mod documents;
mod driver;
mod pieces;
mod stage;

//! The newstext record: what the stages read and write, and how it gets into a line of JSON without touching the rest.

mod annotation;
mod offsets;

pub use annotation::*;
pub use offsets::Offsets;

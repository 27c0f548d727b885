//! What a Unix tool does, with the real binaries. One test binary, so that it is linked once.

#![allow(clippy::unwrap_used)] // a test may panic

#[path = "../tool/mod.rs"]
mod tool;

mod errors;
mod help;
mod input;
mod memory;
mod output;
mod pipes;
mod stages;

/// A short article: two quotation marks and a name beyond ASCII, two paragraphs.
const TEXT: &str =
    "“It is done”, the minister said on Monday. Ana Roë agreed.\n\nNobody else spoke.";

/// `TEXT` as a record with this `id`.
fn record(id: usize) -> String {
    format!(
        "{{\"id\":{id},\"text\":{}}}",
        serde_json::to_string(TEXT).unwrap()
    )
}

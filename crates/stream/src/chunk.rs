//! Chunks: the documents of an input that a thread works on at a time.

use memchr::{memchr, memrchr};
use std::sync::Arc;

/// Whole documents of one input, or pieces of one that is too long.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// The input's name.
    pub source: Arc<str>,
    /// The line of its first byte, from 1.
    pub line: u64,
    pub bytes: Vec<u8>,
    pub content: Content,
}

/// What a chunk's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Records,
    Text,
    Lines,
    Paragraphs,
    /// The beginning of a document that is longer than the limit.
    TooLong,
    /// More of the same document.
    TooLongRest,
    /// A part of a text that is printed piece by piece.
    Piece {
        /// How many bytes of the text came before it.
        offset: u64,
    },
}

impl Chunk {
    /// The documents, each with the line where it begins, counted from the chunk's own; blank ones are left out.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut rest = &self.bytes[..];
        let mut line = self.line;
        let whole = matches!(self.content, Content::Text);
        let mut is_done = false;
        std::iter::from_fn(move || {
            if whole {
                return (!std::mem::replace(&mut is_done, true)).then_some((line, rest));
            }
            loop {
                if rest.is_empty() {
                    return None;
                }
                let end = match self.content {
                    Content::Paragraphs => first_blank_line(rest, 0),
                    _ => memchr(b'\n', rest).map(|n| n + 1),
                };
                let (document, after) = rest.split_at(end.unwrap_or(rest.len()));
                rest = after;
                let skipped = document.len() - document.trim_ascii_start().len();
                let first = line + memchr::memchr_iter(b'\n', &document[..skipped]).count() as u64;
                line += match self.content {
                    Content::Paragraphs => memchr::memchr_iter(b'\n', document).count() as u64,
                    _ => u64::from(end.is_some()),
                };
                if skipped < document.len() {
                    let blank = memrchr(b'\n', &document[..skipped]).map_or(0, |n| n + 1);
                    return Some((first, &document[blank..]));
                }
            }
        })
    }
}

/// The end of the first blank line that follows a line feed at or after `from`.
pub(crate) fn first_blank_line(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(n) = memchr(b'\n', &bytes[at..]) {
        at += n + 1;
        if let Some(end) = blank_line(bytes, at) {
            return Some(end);
        }
    }
    None
}

/// The end of the last such line.
pub(crate) fn last_blank_line(bytes: &[u8], from: usize) -> Option<usize> {
    let mut to = bytes.len();
    while let Some(n) = memrchr(b'\n', &bytes[from..to]) {
        to = from + n;
        if let Some(end) = blank_line(bytes, to + 1) {
            return Some(end);
        }
    }
    None
}

/// The end of the line that begins at `at`, if it is blank and complete.
fn blank_line(bytes: &[u8], at: usize) -> Option<usize> {
    let line = &bytes[at..at + memchr(b'\n', &bytes[at..])?];
    line.iter()
        .all(u8::is_ascii_whitespace)
        .then_some(at + line.len() + 1)
}

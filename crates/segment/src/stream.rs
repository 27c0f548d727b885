//! A text that does not fit in memory.

use crate::opening::{OPENING, Opening};
use crate::paragraph;
use crate::{Segmenter, Sentences};
use std::borrow::Cow;

/// Cuts a text into chunks that are segmented each on its own, with the result that the whole text would have.
///
/// The caller keeps a buffer: it appends what it reads, takes chunks from the front as long as there are any, and then
/// reads on. However the text is cut into reads, the sentences are the same, since a chunk is one or several whole
/// paragraphs, and a paragraph is 64 KiB long at most: a buffer of twice that size always holds a chunk.
///
/// ```
/// let segmenter = segment::Segmenter::new();
/// let (mut stream, mut buffer, mut lines) = (segmenter.stream(), String::new(), Vec::new());
/// let reads = ["The tru", "ce held. Aid groups\n", "arrived.\n\nNob", "ody was hurt.", ""];
/// for read in reads {
///     buffer.push_str(read);
///     while let Some(chunk) = stream.next(&buffer, read.is_empty()) {
///         lines.extend(chunk.sentences.map(|span| buffer[span].replace('\n', " ")));
///         buffer.drain(..chunk.len);
///     }
/// }
/// assert_eq!(lines, ["The truce held.", "Aid groups arrived.", "Nobody was hurt."]);
/// ```
#[derive(Debug, Clone)]
pub struct Stream<'s> {
    segmenter: &'s Segmenter,
    started: bool,
}

/// What a [`Stream`] takes from the front of a buffer.
#[derive(Debug, Clone)]
pub struct Chunk<'s, 't> {
    /// Its length in bytes, never 0.
    pub len: usize,
    /// Ranges into the buffer.
    pub sentences: Sentences<'s, 't>,
}

impl<'s> Stream<'s> {
    pub(crate) fn new(segmenter: &'s Segmenter, started: bool) -> Self {
        Self { segmenter, started }
    }

    /// The chunk at the front of `buffer`, as long as it can be; `None` where more text is needed (or, with `at_end`,
    /// where the text is over). `at_end` says that no text follows `buffer`.
    pub fn next<'t>(&mut self, buffer: &'t str, at_end: bool) -> Option<Chunk<'s, 't>> {
        // Metadata and dateline are looked for in the first bytes, which must be there together.
        let too_short = |len| !at_end && !self.started && len < OPENING;
        if too_short(buffer.len()) {
            return None;
        }
        let len = if at_end {
            buffer.len()
        } else {
            complete(buffer)
        };
        if len == 0 || too_short(len) {
            return None;
        }
        let chunk = &buffer[..len];
        let opening = if self.started {
            Opening::default()
        } else {
            Opening::read(chunk)
        };
        self.started = true;
        Some(Chunk {
            len,
            sentences: Sentences::new(self.segmenter, chunk, Cow::Owned(opening)),
        })
    }
}

/// How many bytes at the front of `buffer` are paragraphs that no further text can change.
fn complete(buffer: &str) -> usize {
    let mut end = 0;
    loop {
        let start = buffer.len() - buffer[end..].trim_start().len();
        let paragraph = paragraph::at(buffer, start);
        if start == buffer.len() || !paragraph.complete {
            return start; // white space between paragraphs belongs to none
        }
        end = paragraph.end;
    }
}

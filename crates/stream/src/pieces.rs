//! Cutting a plain text into pieces that are printed on their own, so that it need not fit in memory.

use crate::Stage;
use crate::chunk::Content;
use std::sync::Arc;

/// Cuts one text; the stage knows where.
pub(crate) struct Cutter {
    stage: Arc<dyn Stage>,
    lossy: bool,
    /// How many bytes of the text have been handed out.
    offset: u64,
    /// Whether the text turned out to be no text: the rest of it is not looked at.
    broken: bool,
}

impl Cutter {
    pub(crate) fn new(stage: &Arc<dyn Stage>, lossy: bool) -> Self {
        Self {
            stage: Arc::clone(stage),
            lossy,
            offset: 0,
            broken: false,
        }
    }

    /// Where the piece ends that begins at `start`, and what it is; `None` where more must be read. After invalid
    /// UTF-8 the piece is all that is there, and the rest of the text is dropped.
    pub(crate) fn piece(
        &mut self,
        buffer: &mut Vec<u8>,
        start: usize,
        at_end: bool,
    ) -> Option<(usize, Content)> {
        if self.broken {
            buffer.truncate(start);
            return None;
        }
        let (text, invalid) = match std::str::from_utf8(&buffer[start..]) {
            Ok(text) => (text, false),
            Err(e) => {
                // A character that is cut off at the end of a read is not invalid yet.
                let invalid = e.error_len().is_some() || at_end;
                if invalid && self.lossy {
                    let cut_off = if at_end {
                        0
                    } else {
                        unfinished(&buffer[start..])
                    };
                    let end = buffer.len() - cut_off;
                    let replaced = String::from_utf8_lossy(&buffer[start..end]).into_owned();
                    buffer.splice(start..end, replaced.into_bytes());
                    return self.piece(buffer, start, at_end);
                }
                let valid = &buffer[start..start + e.valid_up_to()];
                (std::str::from_utf8(valid).unwrap_or_default(), invalid)
            }
        };
        let end = if invalid {
            self.broken = true;
            buffer.len()
        } else {
            let pieces = self.stage.pieces()?;
            start + pieces.len(text, self.offset == 0, at_end)?
        };
        if end == start {
            return None;
        }
        let offset = self.offset;
        self.offset += (end - start) as u64;
        Some((end, Content::Piece { offset }))
    }
}

/// How many bytes at the end begin a character that is not complete.
fn unfinished(bytes: &[u8]) -> usize {
    let last = bytes.len().saturating_sub(3);
    match bytes[last..].iter().rposition(|b| *b >= 0xC0) {
        Some(at) => match std::str::from_utf8(&bytes[last + at..]) {
            Err(e) if e.error_len().is_none() => bytes.len() - last - at,
            _ => 0,
        },
        None => 0,
    }
}

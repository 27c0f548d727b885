//! An input that is being read: its bytes are cut into chunks of whole documents.

use crate::chunk::{Chunk, Content, first_blank_line, last_blank_line};
use crate::pieces::Cutter;
use memchr::{memchr, memrchr};
use std::io::{self, Read};
use std::sync::Arc;

/// How many bytes are read from an input at a time.
const READ: usize = 256 << 10;

/// An input that is being read.
pub(crate) struct OpenInput {
    pub source: Arc<str>,
    reader: Box<dyn Read + Send>,
    /// Not known before the first bytes are read, if [`Framing::Auto`](crate::Framing::Auto) decides it by them.
    content: Option<Content>,
    buffer: Vec<u8>,
    /// How many bytes of the buffer have been handed out already.
    start: usize,
    /// No document ends before this place: a long one is not searched again after each read.
    scanned: usize,
    line: u64,
    /// Whether nothing has been looked at yet, so that a byte order mark may come first.
    at_start: bool,
    ended: bool,
    /// Whether the buffer begins inside a document that is longer than the limit.
    too_long: bool,
    /// Cuts a text into pieces, if it need not be kept whole.
    cutter: Option<Cutter>,
}

impl OpenInput {
    /// An input of which nothing has been read; `content` is `None` where its first bytes decide.
    pub(crate) fn new(
        source: Arc<str>,
        reader: Box<dyn Read + Send>,
        content: Option<Content>,
        cutter: Option<Cutter>,
    ) -> Self {
        Self {
            source,
            reader,
            content,
            buffer: Vec::new(),
            start: 0,
            scanned: 0,
            line: 1,
            at_start: true,
            ended: false,
            too_long: false,
            cutter,
        }
    }

    /// The next chunk, of about `size` bytes; reads only when the buffer holds no whole document.
    pub(crate) fn chunk(
        &mut self,
        size: usize,
        max_record: usize,
        keep: bool,
    ) -> io::Result<Option<Chunk>> {
        loop {
            if let Some(content) = self.content() {
                if let (Content::Text, Some(cutter)) = (content, &mut self.cutter) {
                    let piece = cutter.piece(&mut self.buffer, self.start, self.ended);
                    if let Some((end, content)) = piece {
                        return Ok(Some(self.take(end, content)));
                    }
                } else if self.too_long {
                    if let Some(chunk) = self.rest_of_too_long(content, keep) {
                        return Ok(Some(chunk));
                    }
                } else if let Some(end) = self.cut(content, size) {
                    return Ok(Some(self.take(end, content)));
                } else if self.buffer.len() - self.start > max_record {
                    self.too_long = true;
                    let end = self.buffer.len();
                    let mut chunk = self.take(end, Content::TooLong);
                    if !keep {
                        chunk.bytes = Vec::new();
                    }
                    return Ok(Some(chunk));
                }
            }
            if self.ended {
                return Ok(None);
            }
            self.read()?;
        }
    }

    fn read(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.scanned -= self.start;
        self.start = 0;
        let len = self.buffer.len();
        self.buffer.resize(len + READ, 0);
        let read = loop {
            match self.reader.read(&mut self.buffer[len..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(len + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(())
    }

    /// What the input holds, once that is known; takes the byte order mark off.
    fn content(&mut self) -> Option<Content> {
        const BOM: &[u8] = "\u{feff}".as_bytes();
        if self.at_start {
            if self.buffer.len() < BOM.len() && BOM.starts_with(&self.buffer) && !self.ended {
                return None;
            }
            if self.buffer.starts_with(BOM) {
                self.start = BOM.len();
                self.scanned = BOM.len();
            }
            self.at_start = false;
        }
        if self.content.is_none() {
            let first = self.buffer[self.start..]
                .iter()
                .find(|b| !b.is_ascii_whitespace());
            self.content = match first {
                Some(b'{') => Some(Content::Records),
                Some(_) => Some(Content::Text),
                // Nothing but white space holds no document.
                None if self.ended => Some(Content::Records),
                None => None,
            };
        }
        self.content
    }

    /// Where a chunk of about `size` bytes ends, if the buffer holds a whole document.
    fn cut(&mut self, content: Content, size: usize) -> Option<usize> {
        let len = self.buffer.len();
        if content != Content::Text {
            let from = self.scanned;
            let soft = (self.start + size).clamp(from, len);
            let end = match content {
                Content::Paragraphs => last_blank_line(&self.buffer[..soft], from)
                    .or_else(|| first_blank_line(&self.buffer, from)),
                _ => memrchr(b'\n', &self.buffer[from..soft])
                    .or_else(|| Some(soft - from + memchr(b'\n', &self.buffer[soft..])?))
                    .map(|newline| from + newline + 1),
            };
            if end.is_some() {
                return end;
            }
            // A blank line may still be coming that this line feed belongs to.
            self.scanned = match content {
                Content::Paragraphs => {
                    memrchr(b'\n', &self.buffer[from..]).map_or(from, |n| from + n)
                }
                _ => len,
            };
        }
        // An empty text is a document too, when it was said to be one.
        let whole =
            self.ended && (len > self.start || (content == Content::Text && self.line == 1));
        whole.then_some(len)
    }

    /// A piece of a document that is too long, unless the buffer is used up.
    fn rest_of_too_long(&mut self, content: Content, keep: bool) -> Option<Chunk> {
        let rest = &self.buffer[self.start..];
        let newline = match content {
            Content::Text => None,
            _ => memchr(b'\n', rest),
        };
        let end = newline.map_or(self.buffer.len(), |n| self.start + n + 1);
        self.too_long = newline.is_none();
        if end == self.start {
            return None;
        }
        let mut chunk = self.take(end, Content::TooLongRest);
        if !keep {
            chunk.bytes = Vec::new();
        }
        Some(chunk)
    }

    fn take(&mut self, end: usize, content: Content) -> Chunk {
        let bytes = self.buffer[self.start..end].to_vec();
        let line = self.line;
        self.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        if content == Content::Text {
            self.line += 1; // handed out once, also where it is empty
        }
        self.start = end;
        self.scanned = end;
        Chunk {
            source: self.source.clone(),
            line,
            bytes,
            content,
        }
    }
}

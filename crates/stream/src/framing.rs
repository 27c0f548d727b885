//! Cutting inputs into documents, and documents into chunks for the threads.

use crate::{Input, Options};
use memchr::{memchr, memrchr};
use std::io::{self, Read};
use std::sync::Arc;

/// How an input is cut into documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Framing {
    /// JSON Lines if the first byte that is not white space is `{`, else one document.
    #[default]
    Auto,
    /// A record a line.
    Records,
    /// The whole input is one document's text.
    Text,
    /// Each line is a document's text.
    Lines,
    /// Each paragraph, up to a blank line, is a document's text.
    Paragraphs,
}

/// How much is asked of an input at a time.
const READ: usize = 256 << 10;

/// The first chunks are small, so that the first line is out soon and a short input keeps all threads busy.
const FIRST_CHUNK: usize = 8 << 10;

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
}

/// An input that could not be opened, or not read to its end.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub source: Arc<str>,
    pub error: io::Error,
}

/// The chunks of all inputs, one after the other.
pub(crate) struct Chunks<I> {
    inputs: I,
    reading: Option<Reading>,
    framing: Framing,
    max_record: usize,
    keep_rejects: bool,
    /// How large the next chunk may be, unless a single document is larger.
    size: usize,
    full_size: usize,
}

impl<I: Iterator<Item = Input>> Chunks<I> {
    pub fn new(inputs: I, options: &Options, full_size: usize) -> Self {
        Self {
            inputs,
            reading: None,
            framing: options.framing,
            max_record: options.max_record,
            keep_rejects: options.keep_rejects,
            size: FIRST_CHUNK.min(full_size),
            full_size,
        }
    }

    fn open(&self, input: &Input) -> Result<Reading, Unreadable> {
        let source = input.name();
        match input.open() {
            Ok(reader) => Ok(Reading {
                source,
                reader,
                content: match self.framing {
                    Framing::Auto => None,
                    Framing::Records => Some(Content::Records),
                    Framing::Text => Some(Content::Text),
                    Framing::Lines => Some(Content::Lines),
                    Framing::Paragraphs => Some(Content::Paragraphs),
                },
                buffer: Vec::new(),
                start: 0,
                scanned: 0,
                line: 1,
                at_start: true,
                ended: false,
                too_long: false,
            }),
            Err(error) => Err(Unreadable { source, error }),
        }
    }
}

impl<I: Iterator<Item = Input>> Iterator for Chunks<I> {
    type Item = Result<Chunk, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.reading.is_none() {
                let input = self.inputs.next()?;
                match self.open(&input) {
                    Ok(reading) => self.reading = Some(reading),
                    Err(unreadable) => return Some(Err(unreadable)),
                }
            }
            let reading = self.reading.as_mut()?;
            match reading.chunk(self.size, self.max_record, self.keep_rejects) {
                Ok(Some(chunk)) => {
                    self.size = (self.size * 2).min(self.full_size);
                    return Some(Ok(chunk));
                }
                Ok(None) => self.reading = None,
                Err(error) => {
                    let source = reading.source.clone();
                    self.reading = None;
                    return Some(Err(Unreadable { source, error }));
                }
            }
        }
    }
}

/// An input that is being read.
struct Reading {
    source: Arc<str>,
    reader: Box<dyn Read + Send>,
    /// Not known before the first byte where it is left to us.
    content: Option<Content>,
    buffer: Vec<u8>,
    /// What of the buffer has been handed out already.
    start: usize,
    /// Up to here, no document ends: a long one is not searched again at each read.
    scanned: usize,
    line: u64,
    /// Whether a byte order mark would still be at the beginning.
    at_start: bool,
    ended: bool,
    /// Whether the buffer begins inside a document that is longer than the limit.
    too_long: bool,
}

impl Reading {
    /// The next chunk, of about `size` bytes; reads only when the buffer holds no whole document.
    fn chunk(&mut self, size: usize, max_record: usize, keep: bool) -> io::Result<Option<Chunk>> {
        loop {
            if let Some(content) = self.content() {
                if self.too_long {
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

/// The end of the first blank line that follows a line feed at or after `from`.
fn first_blank_line(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(n) = memchr(b'\n', &bytes[at..]) {
        at += n + 1;
        if let Some(end) = blank_line(bytes, at) {
            return Some(end);
        }
    }
    None
}

/// The end of the last one.
fn last_blank_line(bytes: &[u8], from: usize) -> Option<usize> {
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

impl Chunk {
    /// The documents, each with the line where it begins, counted from the chunk's own; blank ones are left out.
    pub fn documents(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut rest = &self.bytes[..];
        let mut line = self.line;
        let whole = matches!(self.content, Content::Text);
        let mut done = false;
        std::iter::from_fn(move || {
            if whole {
                return (!std::mem::replace(&mut done, true)).then_some((line, rest));
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
                line += memchr::memchr_iter(b'\n', document).count() as u64;
                if skipped < document.len() {
                    return Some((first, document));
                }
            }
        })
    }
}

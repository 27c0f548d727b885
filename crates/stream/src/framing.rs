//! Cutting inputs into documents, and documents into chunks for the threads.

use crate::panics::caught;
use crate::pieces::Cutter;
use crate::{Input, Options, Output, Stage};
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
    /// A part of a text that is printed piece by piece.
    Piece {
        /// How many bytes of the text came before it.
        offset: u64,
    },
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
    lossy: bool,
    /// Cuts texts into pieces, where the stage prints them so.
    stage: Option<Arc<dyn Stage>>,
    /// How large the next chunk may be, unless a single document is larger.
    size: usize,
    full_size: usize,
}

impl<I: Iterator<Item = Input>> Chunks<I> {
    pub fn new(inputs: I, options: &Options, stage: &Arc<dyn Stage>) -> Self {
        let in_pieces = options.output == Output::Printed && stage.pieces().is_some();
        let full_size = stage.batch_bytes();
        Self {
            inputs,
            reading: None,
            framing: options.framing,
            max_record: options.max_record,
            keep_rejects: options.keep_rejects,
            lossy: options.lossy,
            stage: in_pieces.then(|| Arc::clone(stage)),
            size: FIRST_CHUNK.min(full_size),
            full_size,
        }
    }

    fn open(&self, input: &Input) -> Result<Reading, Unreadable> {
        let source = input.name();
        match input.open() {
            Ok(reader) => Ok(self.reading(source, reader)),
            Err(error) => Err(Unreadable { source, error }),
        }
    }

    fn reading(&self, source: Arc<str>, reader: Box<dyn Read + Send>) -> Reading {
        Reading {
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
            cutter: self
                .stage
                .as_ref()
                .map(|stage| Cutter::new(stage, self.lossy)),
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
            // What decompresses is not ours, and its input may be anybody's.
            let chunk = caught(|| reading.chunk(self.size, self.max_record, self.keep_rejects));
            match chunk.unwrap_or_else(|panic| Err(io::Error::other(panic))) {
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
    /// What cuts a text into pieces, where it need not be kept whole.
    cutter: Option<Cutter>,
}

impl Reading {
    /// The next chunk, of about `size` bytes; reads only when the buffer holds no whole document.
    fn chunk(&mut self, size: usize, max_record: usize, keep: bool) -> io::Result<Option<Chunk>> {
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
                    let blank = memrchr(b'\n', &document[..skipped]).map_or(0, |n| n + 1);
                    return Some((first, &document[blank..]));
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Verdict;
    use document::{Annotation, Document, DocumentError};

    /// A reader that gives at most so many bytes at a time, and is interrupted by a signal before each.
    struct Dripping {
        bytes: io::Cursor<Vec<u8>>,
        at_most: usize,
        interrupted: bool,
    }

    impl Read for Dripping {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.interrupted = !self.interrupted;
            if self.interrupted {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let n = out.len().min(self.at_most);
            self.bytes.read(&mut out[..n])
        }
    }

    /// A stage that is not asked to work.
    struct Nothing;

    impl Stage for Nothing {
        fn tool(&self) -> &document::Tool {
            unreachable!()
        }

        fn annotate(&self, _: &Document<'_>) -> Result<Verdict, DocumentError> {
            unreachable!()
        }

        fn print(&self, _: &Document<'_>, _: &[Annotation], _: &mut String) {
            unreachable!()
        }
    }

    type Documents = Vec<(Content, u64, String)>;

    fn chunks(
        bytes: &[u8],
        framing: Framing,
        drip: usize,
        size: usize,
        max: usize,
    ) -> impl Iterator<Item = Chunk> {
        let options = Options {
            framing,
            max_record: max,
            keep_rejects: true,
            ..Options::default()
        };
        let stage: Arc<dyn Stage> = Arc::new(Nothing);
        let mut chunks = Chunks::new(std::iter::empty(), &options, &stage);
        chunks.size = size;
        chunks.full_size = size;
        let reader = Dripping {
            bytes: io::Cursor::new(bytes.to_vec()),
            at_most: drip,
            interrupted: false,
        };
        chunks.reading = Some(chunks.reading("test".into(), Box::new(reader)));
        chunks.map(Result::unwrap)
    }

    fn documents(
        bytes: &[u8],
        framing: Framing,
        drip: usize,
        size: usize,
        max: usize,
    ) -> Documents {
        let mut all = Documents::new();
        for chunk in chunks(bytes, framing, drip, size, max) {
            match chunk.content {
                Content::TooLong => all.push((
                    Content::TooLong,
                    chunk.line,
                    String::from_utf8(chunk.bytes.clone()).unwrap(),
                )),
                Content::TooLongRest => {
                    let (_, _, text) = all.last_mut().unwrap();
                    text.push_str(std::str::from_utf8(&chunk.bytes).unwrap());
                }
                content => all.extend(
                    chunk
                        .documents()
                        .map(|(line, d)| (content, line, String::from_utf8(d.to_vec()).unwrap())),
                ),
            }
        }
        all
    }

    /// The documents, with every size of read and chunk giving the same.
    fn cut(text: &str, framing: Framing) -> Vec<(u64, String)> {
        let whole = documents(
            text.as_bytes(),
            framing,
            usize::MAX,
            usize::MAX >> 1,
            1 << 20,
        );
        for drip in [1, 2, 3, 7, 64] {
            for size in [1, 5, 100] {
                let pieces = documents(text.as_bytes(), framing, drip, size, 1 << 20);
                assert_eq!(pieces, whole, "{framing:?} {drip} {size} {text:?}");
            }
        }
        whole
            .into_iter()
            .map(|(_, line, text)| (line, text))
            .collect()
    }

    fn lines(all: &[(u64, &str)]) -> Vec<(u64, String)> {
        all.iter()
            .map(|(n, text)| (*n, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn records_are_lines_and_blank_ones_are_skipped() {
        let text = "\u{feff}{1}\r\n\n \t\n{2}\n{3}";
        assert_eq!(
            cut(text, Framing::Auto),
            lines(&[(1, "{1}\r\n"), (4, "{2}\n"), (5, "{3}")])
        );
        assert_eq!(cut("", Framing::Auto), []);
        assert_eq!(cut("\n \n", Framing::Auto), []);
        assert_eq!(cut("\n{}\n", Framing::Auto), lines(&[(2, "{}\n")]));
    }

    #[test]
    fn a_text_is_one_document_but_for_its_byte_order_mark() {
        let text = "\u{feff} One.\r\n\r\nTwo.\n";
        assert_eq!(
            cut(text, Framing::Auto),
            lines(&[(1, " One.\r\n\r\nTwo.\n")])
        );
        assert_eq!(cut("", Framing::Text), lines(&[(1, "")]));
        assert_eq!(cut("{\n", Framing::Text), lines(&[(1, "{\n")]));
    }

    #[test]
    fn paragraphs_end_at_blank_lines() {
        let text = "\n\nA\nb\n \t\r\n\n  C\n\n\nd";
        assert_eq!(
            cut(text, Framing::Paragraphs)
                .iter()
                .map(|(n, p)| (*n, p.trim()))
                .collect::<Vec<_>>(),
            [(3, "A\nb"), (7, "C"), (10, "d")]
        );
    }

    #[test]
    fn a_chunk_has_as_many_documents_as_fit() {
        for (document, framing, most) in [
            ("{1}\n", Framing::Auto, 40),
            ("One.\n", Framing::Lines, 40),
            ("a\n\n", Framing::Paragraphs, 39),
        ] {
            let text = document.repeat(100);
            let chunks = chunks(text.as_bytes(), framing, usize::MAX, 40, 1 << 20);
            let sizes: Vec<usize> = chunks.map(|chunk| chunk.bytes.len()).collect();
            let (last, others) = sizes.split_last().unwrap();
            assert!(others.iter().all(|size| *size == most), "{sizes:?}");
            assert_eq!(others.len() * most + last, text.len());
        }
    }

    #[test]
    fn a_document_over_the_limit_harms_no_neighbour() {
        let long = "x".repeat(50);
        let text = format!("{{1}}\n{{{long}}}\n{{2}}\n");
        for drip in [1, 3, 1000] {
            let all = documents(text.as_bytes(), Framing::Auto, drip, 1000, 20);
            let texts: Vec<&str> = all.iter().map(|(_, _, text)| text.as_str()).collect();
            assert_eq!(
                texts,
                ["{1}\n", &format!("{{{long}}}\n"), "{2}\n"],
                "drip {drip}"
            );
            assert_eq!(
                all.iter().map(|(_, line, _)| *line).collect::<Vec<_>>(),
                [1, 2, 3]
            );
        }
    }
}

//! How inputs are cut into documents, and the chunks of all inputs, one after the other.

use crate::chunk::{Chunk, Content};
use crate::open_input::OpenInput;
use crate::panics::caught;
use crate::pieces::Cutter;
use crate::{Input, Options, Output, Stage};
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

/// The first chunks are small, so that the first line is out soon and a short input keeps all threads busy.
const FIRST_CHUNK: usize = 8 << 10;

/// An input that could not be opened, or not read to its end.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub source: Arc<str>,
    pub error: io::Error,
}

/// The chunks of all inputs, one after the other.
pub(crate) struct Chunks<I> {
    inputs: I,
    open: Option<OpenInput>,
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
    pub(crate) fn new(inputs: I, options: &Options, stage: &Arc<dyn Stage>) -> Self {
        let in_pieces = options.output == Output::Printed && stage.pieces().is_some();
        let full_size = stage.batch_bytes();
        Self {
            inputs,
            open: None,
            framing: options.framing,
            max_record: options.max_record,
            keep_rejects: options.keep_rejects,
            lossy: options.lossy,
            stage: in_pieces.then(|| Arc::clone(stage)),
            size: FIRST_CHUNK.min(full_size),
            full_size,
        }
    }

    fn open(&self, input: &Input) -> Result<OpenInput, Unreadable> {
        let source = input.name();
        match input.open() {
            Ok(reader) => Ok(self.begin(source, reader)),
            Err(error) => Err(Unreadable { source, error }),
        }
    }

    fn begin(&self, source: Arc<str>, reader: Box<dyn Read + Send>) -> OpenInput {
        let content = match self.framing {
            Framing::Auto => None,
            Framing::Records => Some(Content::Records),
            Framing::Text => Some(Content::Text),
            Framing::Lines => Some(Content::Lines),
            Framing::Paragraphs => Some(Content::Paragraphs),
        };
        let stage = self.stage.as_ref();
        let cutter = stage.map(|stage| Cutter::new(stage, self.lossy));
        OpenInput::new(source, reader, content, cutter)
    }
}

impl<I: Iterator<Item = Input>> Iterator for Chunks<I> {
    type Item = Result<Chunk, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.open.is_none() {
                let input = self.inputs.next()?;
                match self.open(&input) {
                    Ok(open) => self.open = Some(open),
                    Err(unreadable) => return Some(Err(unreadable)),
                }
            }
            let open = self.open.as_mut()?;
            // Decompression is other people's code, and its input may come from anybody.
            let chunk = caught(|| open.chunk(self.size, self.max_record, self.keep_rejects));
            match chunk.unwrap_or_else(|panic| Err(io::Error::other(panic))) {
                Ok(Some(chunk)) => {
                    self.size = (self.size * 2).min(self.full_size);
                    return Some(Ok(chunk));
                }
                Ok(None) => self.open = None,
                Err(error) => {
                    let source = Arc::clone(&open.source);
                    self.open = None;
                    return Some(Err(Unreadable { source, error }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Verdict;
    use document::{Annotation, Document, DocumentError};

    /// A reader that gives at most `at_most` bytes at a time, and is interrupted by a signal before each read.
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
        fn provenance(&self) -> &document::Provenance {
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
        chunks.open = Some(chunks.begin("test".into(), Box::new(reader)));
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

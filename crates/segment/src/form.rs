//! What a paragraph's form alone says of it, so that most of a text needs no model.

use crate::kind;
use crate::lists::{self, BYLINES};
use crate::look::{ENDS, PAGE, SHORT, core, listed, tail};
use crate::marks::without_closing;
use model::hash_folded;

/// A paragraph of more bytes may be a sentence by its form alone.
const SENTENCE: usize = 40;

/// It has at least so many words.
const WORDS: usize = 8;

/// A title has at most so many bytes.
const TITLE: usize = 120;

/// Bits of [`LINE_LISTS`](lists::LINE_LISTS): parts of a page and where it is shared, those who write, and pictures.
const OF_KINDS: u32 = 15;

/// Those who write.
const JOB: u32 = 1 << 2;

/// Small words that titles seldom have.
const VERB: u32 = 1 << 6;

/// What the form of a paragraph says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    #[default]
    Open,
    /// A sentence; a line of another kind only where those beside it are.
    Sentence,
    /// Running text beyond doubt.
    Plain,
}

impl Form {
    /// The form of a paragraph without a label. Plain is what is long, with a letter or a quotation mark at its beginning, a
    /// full stop at its end, and at neither end a sign or a word of the page's own: most of a text is of this sort.
    pub(crate) fn of(line: &str) -> Self {
        let bytes = line.as_bytes();
        if bytes.len() <= SENTENCE {
            return Form::Open;
        }
        let quote = matches!(bytes, [0xE2, 0x80, 0x98 | 0x9C, ..]);
        let last = bytes[bytes.len() - 1];
        let closed = matches!(last, b'.' | b'"' | b'?' | b'!') || bytes.ends_with("”".as_bytes());
        if !(quote || matches!(bytes[0], b'A'..=b'Z' | b'"')) || !closed {
            return Form::Open;
        }
        let short = bytes.len() <= SHORT;
        let (first, last) = match short {
            true => (line, ""),
            false => (head(line), tail(line)),
        };
        if has_page_sign(first.as_bytes())
            || has_page_sign(last.as_bytes())
            || kind::is_caption(line)
        {
            return Form::Open;
        }
        if short {
            return match is_sentence(line) {
                true => Form::Sentence,
                false => Form::Open,
            };
        }
        let front = memchr::memchr_iter(b' ', first.as_bytes());
        let back = memchr::memrchr_iter(b' ', last.as_bytes());
        let mut seen = Words::default();
        let (mut start, mut end) = (0, last.len());
        for at in front.chain([first.len()]).take(ENDS) {
            seen.add(&first[start..at], PAGE);
            start = at + 1;
        }
        for at in back.map(|at| at + 1).chain([0]).take(ENDS) {
            seen.add(&last[at..end], PAGE);
            end = at.saturating_sub(1);
        }
        match seen {
            Words { listed: 0, .. } => Form::Plain,
            seen if seen.is_of_text() => Form::Sentence,
            _ => Form::Open,
        }
    }
}

/// What the words of a paragraph say against its being text.
#[derive(Default)]
struct Words {
    count: usize,
    /// Words of the lists that are asked for, but for those that titles seldom have.
    listed: usize,
    /// The first word is one, as in `Subscribe to …`.
    first: bool,
    /// It speaks to the reader.
    reader: bool,
    /// Those of the lists asked for that a word is in.
    lists: u32,
}

impl Words {
    fn add(&mut self, word: &str, of: u32) {
        let core = core(word);
        let lists = match u32::from(lists::may_be_in(core)) & of {
            0 => 0,
            _ => listed(hash_folded(core.as_bytes())) & of,
        };
        self.lists |= lists;
        if lists & !VERB != 0 {
            // `Ana Roe is a senior reporter.`
            self.listed += 1 + usize::from(lists & JOB != 0);
            self.first |= self.count == 0;
        }
        self.reader |= matches!(
            core,
            "please" | "Please" | "you" | "You" | "your" | "Your" | "our" | "Our" | "us"
        );
        self.count += 1;
    }

    /// `More`, `next` or `offer` may stand in any sentence; two such words, the first one, or one beside `your` do not.
    fn is_of_text(&self) -> bool {
        self.listed <= 1 && !self.first && !self.reader
    }
}

/// Whether a line is a whole sentence, and neither a title with a full stop nor one of a page's own: most of its words are in
/// small letters, one is of those that titles seldom have, and hardly any is of a page, a picture or an author.
fn is_sentence(line: &str) -> bool {
    if !without_closing(line).ends_with('.') || BYLINES.strip(line).is_some() {
        return false;
    }
    let (mut seen, mut small) = (Words::default(), 0);
    for word in line.split_ascii_whitespace() {
        let first = word.as_bytes()[0];
        // `Figure 7.2 A cell.`, `Listing 1: A loop.`
        if seen.count == 1 && first.is_ascii_digit() {
            return false;
        }
        small += usize::from(first.is_ascii_lowercase());
        seen.add(word, OF_KINDS | VERB);
        if !seen.is_of_text() {
            return false;
        }
    }
    let speaks = seen.lists & VERB != 0 || line.len() > TITLE;
    seen.count >= WORDS && 2 * small > seen.count && speaks
}

/// A sign that running text does not have. The compiler looks at many bytes at a time, as it leaves no byte out.
fn has_page_sign(bytes: &[u8]) -> bool {
    let (Some(next), Some(last)) = (bytes.get(1..), bytes.last()) else {
        return false;
    };
    let sign =
        |b: u8| (b == b'|') | (b == b'@') | (b == b'/') | (b == b'[') | (b == b'*') | (b == b'\n');
    // `©` and `ww`
    let pair = |a: u8, b: u8| ((a == 0xC2) & (b == 0xA9)) | ((a == b'w') & (b == b'w'));
    let pairs = bytes.iter().zip(next);
    let found = pairs.fold(0, |found, (a, b)| found | u8::from(sign(*a) | pair(*a, *b)));
    found != 0 || sign(*last)
}

/// The first bytes of a long paragraph.
fn head(line: &str) -> &str {
    &line[..line.floor_char_boundary(SHORT / 2)]
}

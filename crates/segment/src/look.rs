//! What a paragraph looks like: the facts from which the model tells what it is.
//!
//! A short paragraph is looked at word by word. Of a long one only the first and the last words are read: long paragraphs are
//! nearly all running text, and most of a text is in them.

use crate::form::Form;
use crate::kind;
use crate::lexicon::Lexicon;
use crate::lists::{self, LINE_WORDS};
use crate::marks::without_closing;
use crate::timestamp::is_timestamp;
use document::Span;
use model::{combine, hash_folded};

/// A paragraph of more bytes is long.
pub(crate) const SHORT: usize = 160;

/// Words at each end of a long paragraph that are looked at.
pub(crate) const ENDS: usize = 4;

/// Words whose shapes make the shape of a paragraph.
const SHAPED: usize = 6;

/// A paragraph to look at.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) span: Span,
    /// Its last sentence.
    pub(crate) last: Span,
    pub(crate) sentences: usize,
    /// The speaker's label that it begins with.
    pub(crate) label: Option<Span>,
    pub(crate) form: Form,
}

/// What a paragraph is at first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sight {
    #[default]
    Prose,
    Bullet,
    Number,
    Byline,
    Timestamp,
    Caption,
    Credit,
    Label,
    Labelled,
    NoLetters,
    Figures,
    Address,
    Copyright,
    Question,
    Colon,
    Lower,
    Capitals,
    Title,
    Word,
    Open,
    ShortSentence,
}

/// A paragraph's facts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    pub(crate) sight: Sight,
    pub(crate) bytes: usize,
    pub(crate) sentences: usize,
    /// Of a long paragraph only those that were read.
    pub(crate) word_count: usize,
    /// Where it is plain, nothing else was looked at.
    pub(crate) form: Form,
    /// Its words among all that the page's looks have.
    pub(crate) words: std::ops::Range<usize>,
    /// Bits, see [`flag`].
    pub(crate) flags: u32,
    /// The first character, as far as it matters.
    pub(crate) opens: u64,
    /// The last one, and the one before it where that closes.
    pub(crate) closes: u64,
    /// The shapes of its first words.
    pub(crate) shape: u64,
    /// Quarters of its words that are capitalised.
    pub(crate) titled: u64,
    /// Quarters of its characters that are digits.
    pub(crate) digits: u64,
    /// A blank line stands before it.
    pub(crate) spaced: bool,
    /// Which lists its words are in, as bits; and those of the first and of the last.
    pub(crate) listed: u32,
    pub(crate) listed_ends: [u32; 2],
    /// No word has a letter.
    pub(crate) numeric: bool,
    pub(crate) page_words: usize,
    pub(crate) time_words: usize,
    /// Of all its words.
    pub(crate) hash: u64,
}

impl Look {
    pub(crate) fn is_plain(&self) -> bool {
        self.form == Form::Plain
    }

    pub(crate) fn is_prose(&self) -> bool {
        self.sight == Sight::Prose
    }

    /// Could be the title of an article: some words, none of them the page's own.
    pub(crate) fn is_title(&self) -> bool {
        let titled = matches!(
            self.sight,
            Sight::Title | Sight::Open | Sight::Capitals | Sight::Question
        );
        titled && self.word_count > 3 && self.page_words == 0
    }
}

/// Bits of [`Look::flags`].
pub(crate) mod flag {
    pub(crate) const PIPE: u32 = 1;
    pub(crate) const AT: u32 = 1 << 1;
    pub(crate) const LINK: u32 = 1 << 2;
    pub(crate) const MARKDOWN: u32 = 1 << 3;
    pub(crate) const COPYRIGHT: u32 = 1 << 4;
    pub(crate) const MONEY: u32 = 1 << 5;
    pub(crate) const QUOTE: u32 = 1 << 6;
    pub(crate) const COLON: u32 = 1 << 7;
    pub(crate) const SLASH: u32 = 1 << 8;
    pub(crate) const BRACKETS: u32 = 1 << 9;
    pub(crate) const COLUMNS: u32 = 1 << 10;
    pub(crate) const SIGN: u32 = 1 << 11;
    pub(crate) const COMMA: u32 = 1 << 12;
    pub(crate) const DASH: u32 = 1 << 13;
    pub(crate) const YEAR: u32 = 1 << 14;
    pub(crate) const CLOCK: u32 = 1 << 15;
    pub(crate) const LINES: u32 = 1 << 16;
    pub(crate) const PERCENT: u32 = 1 << 17;
    pub(crate) const CAPTION: u32 = 1 << 18;
    pub(crate) const CREDIT: u32 = 1 << 19;
    pub(crate) const BYLINE: u32 = 1 << 20;
    pub(crate) const CAPITALS: u32 = 1 << 21;
    pub(crate) const COUNT: u32 = 22;
}

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Lower = 1,
    /// In small letters, three at most.
    Small,
    /// Capitalised, and known in small letters too.
    Common,
    /// Capitalised, and a name or not known.
    Name,
    Capitals,
    Initial,
    Number,
    Mixed,
    Sign,
}

/// The look of a paragraph; its words are added to `words`.
pub(crate) fn look(text: &str, block: &Block, lexicon: &Lexicon, words: &mut Vec<u64>) -> Look {
    let line = &text[block.span];
    let begin = words.len();
    let form = block.form;
    if form == Form::Plain {
        return Look {
            form,
            bytes: line.len(),
            sentences: block.sentences,
            closes: closing(line),
            spaced: is_spaced(&text[..block.span.start]),
            words: begin..begin,
            ..Look::default()
        };
    }
    let mut look = Look {
        form,
        bytes: line.len(),
        sentences: block.sentences,
        opens: opening(line),
        closes: closing(line),
        spaced: is_spaced(&text[..block.span.start]),
        ..Look::default()
    };
    let short = line.len() <= SHORT;
    let mut seen = Seen::default();
    if short {
        for (i, word) in line.split_ascii_whitespace().enumerate() {
            seen.word(word, i, lexicon, words);
        }
    } else {
        for (i, word) in line.split_ascii_whitespace().take(ENDS).enumerate() {
            seen.word(word, i, lexicon, words);
        }
        let last: [&str; ENDS] = last_words(line);
        for word in last {
            seen.word(word, SHAPED, lexicon, words);
        }
    }
    look.words = begin..words.len();
    look.word_count = words.len() - begin;
    look.shape = combine(seen.shape, (look.word_count > SHAPED) as u64);
    look.titled = 4 * seen.titled / seen.lettered.max(1);
    look.numeric = short && seen.lettered == 0 && line.bytes().any(|b| b.is_ascii_digit());
    (look.page_words, look.time_words) = (seen.page_words, seen.time_words);
    look.listed = seen.listed;
    look.listed_ends = [seen.first, seen.last];
    look.hash = words[begin..]
        .iter()
        .fold(0, |hash, word| combine(hash, *word));
    let ends = if short { line } else { tail(line) };
    look.flags = flags(line, ends, short);
    let digits = match short {
        true => line.bytes().filter(u8::is_ascii_digit).count(),
        false => 0,
    };
    look.digits = (4 * digits / line.len().max(1)) as u64;
    if kind::is_caption(line) {
        look.flags |= flag::CAPTION;
    }
    if block.sentences > 1 && kind::is_caption(&text[block.last]) {
        look.flags |= flag::CREDIT;
    }
    if short && kind::is_byline(line) {
        look.flags |= flag::BYLINE;
    }
    if short && seen.lettered > 0 && !line.bytes().any(|b| b.is_ascii_lowercase()) {
        look.flags |= flag::CAPITALS;
    }
    look.sight = match block.label {
        Some(label) if label == block.span => Sight::Label,
        Some(_) => Sight::Labelled,
        None => sight(line, &look, &seen),
    };
    look
}

/// The lists that the word with this hash is in, as bits.
pub(crate) fn listed(hash: u64) -> u32 {
    LINE_WORDS.get(&hash).copied().unwrap_or_default()
}

/// What is counted over the words.
#[derive(Default)]
struct Seen {
    shape: u64,
    lettered: u64,
    titled: u64,
    listed: u32,
    first: u32,
    last: u32,
    page_words: usize,
    time_words: usize,
}

/// Bits of [`LINE_LISTS`](lists::LINE_LISTS): parts of a page and where it is shared; dates and times.
pub(crate) const PAGE: u32 = 3;
const TIME: u32 = 1 << 7;
impl Seen {
    fn word(&mut self, word: &str, number: usize, lexicon: &Lexicon, words: &mut Vec<u64>) {
        let core = core(word);
        let hash = hash_folded(core.as_bytes());
        words.push(hash);
        let lists = match lists::may_be_in(core) {
            0 => 0,
            _ => listed(hash),
        };
        self.listed |= lists;
        if number == 0 {
            self.first = lists;
        }
        self.last = lists;
        self.page_words += usize::from(lists & PAGE != 0);
        let shape = shape(core, number, lexicon);
        self.time_words += usize::from(lists & TIME != 0 || shape == Shape::Number);
        if !matches!(shape, Shape::Number | Shape::Sign) {
            self.lettered += 1;
            self.titled += u64::from(!matches!(shape, Shape::Lower | Shape::Small));
        }
        if number < SHAPED {
            self.shape = combine(self.shape, shape as u64);
        }
    }
}

#[inline]
pub(crate) fn core(word: &str) -> &str {
    let bytes = word.as_bytes();
    let whole = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    match whole(bytes.first()) && whole(bytes.last()) {
        true => word,
        false => stripped(word),
    }
}

fn stripped(word: &str) -> &str {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() { word } else { core }
}

/// The hash of a word without the signs around it.
pub(crate) fn word(word: &str) -> u64 {
    hash_folded(core(word).as_bytes())
}

fn shape(core: &str, number: usize, lexicon: &Lexicon) -> Shape {
    let mut chars = core.chars();
    let Some(first) = chars.next() else {
        return Shape::Sign;
    };
    let rest = chars.as_str();
    if first.is_numeric() {
        return match rest.chars().any(char::is_alphabetic) {
            true => Shape::Mixed,
            false => Shape::Number,
        };
    }
    if first.is_lowercase() {
        return if core.len() <= 3 {
            Shape::Small
        } else {
            Shape::Lower
        };
    }
    if !first.is_alphabetic() {
        return Shape::Sign;
    }
    if rest.is_empty() {
        return Shape::Initial;
    }
    if !rest.chars().any(char::is_lowercase) {
        return Shape::Capitals;
    }
    if number < SHAPED && lexicon.after(core).starts() > 2 {
        Shape::Common
    } else {
        Shape::Name
    }
}

/// The last words of a long paragraph.
fn last_words<const N: usize>(line: &str) -> [&str; N] {
    let mut words = [""; N];
    let mut rest = line;
    for word in words.iter_mut().rev() {
        let start = memchr::memrchr(b' ', rest.as_bytes());
        *word = &rest[start.map_or(0, |at| at + 1)..];
        rest = rest[..start.unwrap_or_default()].trim_end();
    }
    words
}

/// The last bytes of a long paragraph.
pub(crate) fn tail(line: &str) -> &str {
    &line[line.ceil_char_boundary(line.len().saturating_sub(SHORT / 2))..]
}

fn flags(line: &str, read: &str, short: bool) -> u32 {
    let mut flags = 0;
    let bytes = read.as_bytes();
    let mut digits = 0;
    let mut previous = 0;
    for &b in bytes {
        flags |= match b {
            b'|' => flag::PIPE,
            b'@' => flag::AT,
            b'/' => flag::SLASH,
            b':' => flag::COLON,
            b'"' => flag::QUOTE,
            b'$' => flag::MONEY,
            b'%' => flag::PERCENT,
            b',' => flag::COMMA,
            b'\t' => flag::COLUMNS,
            b'\n' => flag::LINES,
            b'*' | b'_' | b'=' | b'~' | b'#' => flag::SIGN,
            b' ' if previous == b' ' => flag::COLUMNS,
            b'(' if previous == b']' => flag::MARKDOWN,
            b'0'..=b'9' if previous == b':' || previous == b'.' && digits == 0 => flag::CLOCK,
            _ => 0,
        };
        digits = if b.is_ascii_digit() { digits + 1 } else { 0 };
        if digits == 4 {
            flags |= flag::YEAR;
        }
        previous = b;
    }
    if !read.is_ascii() {
        for c in read.chars().filter(|c| !c.is_ascii()) {
            flags |= match c {
                '“' | '”' => flag::QUOTE,
                '–' | '—' => flag::DASH,
                '©' => flag::COPYRIGHT,
                '€' | '£' | '₹' | '¥' | '₦' => flag::MONEY,
                '’' | '‘' | '…' => 0,
                _ if c.is_alphabetic() => 0,
                _ => flag::SIGN,
            };
        }
    }
    if read.contains("http") || read.contains("www.") {
        flags |= flag::LINK;
    }
    if short && line.starts_with(['(', '[']) && line.ends_with([')', ']']) {
        flags |= flag::BRACKETS;
    }
    flags
}

/// Whether a blank line, or nothing at all, stands at the end of `before`.
fn is_spaced(before: &str) -> bool {
    let blanks = before.bytes().rev().take_while(u8::is_ascii_whitespace);
    let feeds = blanks.filter(|b| *b == b'\n').count();
    feeds > 1
}

/// The class of a first character; a sign stands for itself.
fn opening(line: &str) -> u64 {
    match line.chars().next() {
        None => 0,
        Some(c) if c.is_numeric() => 1,
        Some(c) if c.is_lowercase() => 2,
        Some(c) if c.is_alphabetic() => 3,
        Some('“' | '"') => 4,
        Some('‘' | '\'') => 5,
        Some(c) => u64::from(u32::from(c)) + 16,
    }
}

/// The class of the last character, after closing marks were taken off.
fn closing(line: &str) -> u64 {
    let bare = without_closing(line);
    let closed = u64::from(bare.len() < line.len());
    let class = match bare.chars().next_back() {
        None => 0,
        Some('.') => 1,
        Some('!') => 2,
        Some('?') => 3,
        Some('…') => 4,
        Some(':') => 5,
        Some(',') => 6,
        Some(';') => 7,
        Some('-' | '–' | '—') => 8,
        Some(c) if c.is_numeric() => 9,
        Some(c) if c.is_alphabetic() => 10,
        Some(c) => u64::from(u32::from(c)) + 16,
    };
    2 * class + closed
}

impl Look {
    /// Ends as a sentence does.
    pub(crate) fn is_closed(&self) -> bool {
        (2..10).contains(&self.closes)
    }
}

fn sight(line: &str, look: &Look, seen: &Seen) -> Sight {
    let has = |flags: u32| look.flags & flags != 0;
    match () {
        () if kind::is_bullet(line) => Sight::Bullet,
        () if kind::item_number(line).is_some() => Sight::Number,
        () if has(flag::CAPTION) => Sight::Caption,
        () if has(flag::CREDIT) => Sight::Credit,
        () if look.bytes > SHORT || look.sentences > 1 => Sight::Prose,
        () if has(flag::BYLINE) => Sight::Byline,
        () if is_timestamp(line) => Sight::Timestamp,
        () if seen.lettered == 0 && look.digits == 0 => Sight::NoLetters,
        () if look.digits > 0 && !look.is_closed() => Sight::Figures,
        () if has(flag::COPYRIGHT) => Sight::Copyright,
        () if has(flag::LINK | flag::AT | flag::MARKDOWN) => Sight::Address,
        () if look.closes / 2 == 3 => Sight::Question,
        () if look.closes / 2 == 5 => Sight::Colon,
        () if look.is_closed() && look.word_count > 7 => Sight::Prose,
        () if look.is_closed() => Sight::ShortSentence,
        () if look.opens == 2 => Sight::Lower,
        () if has(flag::CAPITALS) => Sight::Capitals,
        () if look.word_count == 1 => Sight::Word,
        () if look.titled > 2 => Sight::Title,
        () => Sight::Open,
    }
}

/// How many lists of words there are.
pub(crate) const LISTS: u32 = lists::LINE_LISTS.len() as u32;

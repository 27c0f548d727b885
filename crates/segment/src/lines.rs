//! Line feeds inside a block of lines: hard wrapping, or lines that are paragraphs of their own?
//!
//! Where a tool wrapped a text, a line ends because the next word had no room. So a line feed before a word that had room
//! ends a paragraph, and a block whose line feeds are all of that sort was not wrapped. What a line ends with and the next one
//! begins with says the rest. [`Layout`] weighs all lines of a block, and then each line feed is looked at.

use crate::kind;
use crate::lexicon::{Key, Lexicon};
use crate::lists::LINE_GOES_ON;
use crate::marks::without_closing;
use crate::scripts;
use crate::timestamp::is_timestamp;
use text::abbreviations::Kind;
use text::turns::{self, Form};

/// A line longer than this is not hard-wrapped (mail and wire services wrap at 60 to 80, some tools at 132).
const UNWRAPPED: usize = 160;

/// Below this width a short line of wrapped text says nothing: such columns are ragged.
const NARROW: usize = 50;

/// A line that leaves one part in so many of the width free was wrapped by hand, if at all.
const NEAR: usize = 6;

/// So many code points of room are as much as a long word takes, and say nothing in a narrow column.
const LONG_WORD: usize = 12;

/// A line without an end is short if it leaves one part in so many of the width free, where the block does not show how
/// ragged its lines are.
const SHORT: usize = 3;

/// A block shows how ragged its lines are where so many end inside a sentence.
const FEWEST_INSIDE: usize = 3;

/// Items of a list without markers are lines of so many bytes at most.
const LONGEST_ITEM: usize = 40;

/// A paragraph of more such lines is looked at no further; it bounds the time for hostile text.
const MOST_ITEMS: usize = 100;

/// The bytes of `block` at which a line feed ends a line that stands for itself; after the others a sentence may go on.
/// Linear in the block's length.
pub(crate) fn ends(block: &str, lexicon: &Lexicon) -> Vec<usize> {
    let feeds: Vec<usize> = memchr::memchr_iter(b'\n', block.as_bytes()).collect();
    let starts = std::iter::once(0).chain(feeds.iter().map(|at| at + 1));
    let ends = feeds.iter().copied().chain([block.len()]);
    let lines: Vec<Line> = starts
        .zip(ends)
        .map(|(start, end)| Line::read(&block[start..end]))
        .collect();
    let layout = Layout::of(&lines, are_items(block), lexicon);
    let pairs = lines.iter().zip(&lines[1..]);
    feeds
        .into_iter()
        .zip(pairs)
        .filter(|(_, (line, next))| layout.breaks(line, next, lexicon))
        .map(|(at, _)| at)
        .collect()
}

/// How the lines of a block were laid out.
#[derive(Debug)]
struct Layout {
    /// Code points of its longest line.
    width: usize,
    /// A tool wrapped its paragraphs, of which there may be several.
    wrapped: bool,
    /// The most room, in code points, that any line leaves which ends inside a sentence; `None` where too few do.
    ragged: Option<usize>,
    /// The first line of a paragraph is indented, and the others begin at this column.
    margin: Option<usize>,
    /// Its lines are items, each for itself.
    items: bool,
    /// A sentence ends in it or goes over a line feed. Else it is a title with what stands below it, names or rows.
    prose: bool,
}

impl Layout {
    fn of(lines: &[Line], items: bool, lexicon: &Lexicon) -> Self {
        let width = lines.iter().map(|line| line.width).max();
        let width = width.unwrap_or_default();
        let margin = lines.iter().skip(1).map(|line| line.indent).min();
        let (mut score, mut inside, mut ragged) = (0, 0, 0);
        // Indented lines that may begin a paragraph, less those that go on with what stands before them, as an item's do;
        // and what the line feeds before them say.
        let (mut first_lines, mut of_first_lines) = (0, 0);
        for (line, next) in lines.iter().zip(&lines[1..]) {
            let room = line.room(next, width);
            let closed = line.is_closed(next, lexicon);
            let lower = next.is_lower();
            if !closed && lower {
                inside += 1;
                ragged = ragged.max(room.unwrap_or_default());
            }
            let evidence = evidence(closed, lower, room, width);
            score += evidence;
            if margin.is_some_and(|margin| next.indent > margin) {
                first_lines += if closed && !lower { 1 } else { -1 };
                of_first_lines += evidence;
            }
        }
        let margin = margin.filter(|_| first_lines > 0);
        if margin.is_some() {
            score -= of_first_lines;
        }
        Self {
            width,
            wrapped: score < 0,
            ragged: (inside >= FEWEST_INSIDE).then_some(ragged),
            margin,
            items,
            prose: inside > 0 || lines.iter().any(|line| is_closed(line.text)),
        }
    }

    /// Whether the line feed between two lines separates more than two words.
    fn breaks(&self, line: &Line, next: &Line, lexicon: &Lexicon) -> bool {
        let closed = line.is_closed(next, lexicon);
        // Most lines; all that is asked below agrees.
        if !self.wrapped && closed {
            return true;
        }
        let room = line.room(next, self.width);
        if self.items || line.text.is_empty() || next.text.is_empty() {
            return true;
        }
        if stands_alone(line.text) || begins_alone(line.text, next.text) {
            // A dash between two words may stand where a line was wrapped.
            let dash = next.text.starts_with(['-', '–']) && !kind::is_bullet(line.text);
            return !(self.wrapped && dash && !closed && room.is_none());
        }
        if let Some(margin) = self.margin
            && (self.wrapped || next.indent > margin)
        {
            return next.indent > margin;
        }
        if next.is_lower() || (!closed && self.goes_on(line)) {
            return false;
        }
        if !self.prose {
            return true;
        }
        if self.wrapped && self.width < NARROW {
            return false;
        }
        let least = match (self.ragged, closed) {
            _ if !self.wrapped => self.width / NEAR,
            (Some(ragged), _) => ragged.min(self.width / SHORT),
            (None, true) => 0,
            (None, false) => self.width / SHORT,
        };
        line.width > UNWRAPPED || room.is_some_and(|room| room > least)
    }

    /// Whether a line without an end asks for more. Of lines that were not wrapped, a list's item ends with a semicolon, speech
    /// breaks off at a dash, and `Dear Ms. Lund,` or an address with a comma.
    fn goes_on(&self, line: &Line) -> bool {
        let item = line.text.ends_with([';', '-', '–', '—'])
            || (line.text.ends_with(',') && line.text.len() <= LONGEST_ITEM);
        goes_on(line.text) && (self.wrapped || !item)
    }
}

/// A line without the white space around it.
#[derive(Debug)]
struct Line<'t> {
    text: &'t str,
    /// Bytes of white space before it.
    indent: usize,
    /// Code points.
    width: usize,
}

impl<'t> Line<'t> {
    fn read(line: &'t str) -> Self {
        let line = line.trim_end();
        let text = line.trim_start();
        Self {
            text,
            indent: line.len() - text.len(),
            width: match text.is_ascii() {
                true => text.len(),
                false => text.chars().count(),
            },
        }
    }

    /// Code points that the first word of `next` would have left free in a line of this `width`; `None` where it would not
    /// have fitted in.
    fn room(&self, next: &Self, width: usize) -> Option<usize> {
        let word = match next.text.starts_with(scripts::is_unspaced) {
            true => 0,
            false => 1 + next.text.chars().take_while(|c| *c != ' ').count(),
        };
        width.checked_sub(self.width + word)
    }

    /// Ends as a sentence does, not with `Mr.`, `J.` or, before a number, `Nov.`
    fn is_closed(&self, next: &Self, lexicon: &Lexicon) -> bool {
        if !next.is_lower() && ends_with_credit(self.text) {
            return true;
        }
        let line = without_closing(self.text);
        let Some(rest) = line.strip_suffix('.') else {
            return line.ends_with(['!', '?', '…', ':']) || line.ends_with(scripts::is_terminal);
        };
        let word = rest.rsplit(' ').next().unwrap_or_default();
        let initial = word.len() == 1 && word.starts_with(char::is_uppercase);
        let classes = lexicon.get(Key::Before(word)).classes();
        let number = classes != 0 && next.text.starts_with(|c: char| c.is_ascii_digit());
        !initial && !number && classes & Kind::Open.bit() == 0
    }

    fn is_lower(&self) -> bool {
        self.text.starts_with(char::is_lowercase)
    }
}

/// What one line feed says for lines that are paragraphs (above 0) or for wrapped ones (below): the logarithm of how much
/// more frequent it is in texts of GUM's training part laid out with a paragraph a line than in those wrapped at 60 to 80
/// columns, in nats, rounded, with a cap on what is nearly never seen.
fn evidence(closed: bool, lower: bool, room: Option<usize>, width: usize) -> i32 {
    let near = room.is_some_and(|room| room <= LONG_WORD.max(width / NEAR));
    match (closed, lower, room) {
        (_, _, None) if width > UNWRAPPED => 3,
        (false, true, None) => -5,
        (false, true, Some(_)) if near => -3,
        (false, true, Some(_)) => 0,
        (false, false, None) => -3,
        (false, false, Some(_)) if near => 0,
        (false, false, Some(_)) => 2,
        (true, true, None) => -1,
        (true, false, None) => 0,
        (true, _, Some(_)) if near => 2,
        (true, _, Some(_)) => 3,
    }
}

/// Whether the lines of a paragraph are items: three or more, short, and no sentence among them.
fn are_items(block: &str) -> bool {
    let block = block.trim();
    block.len() < MOST_ITEMS * LONGEST_ITEM
        && !block.contains(['.', '!', '?', '…', ':', ';'])
        && block.lines().count() > 2
        && block
            .lines()
            .all(|line| line.len() <= LONGEST_ITEM && !goes_on(line.trim()))
}

/// A line that is no running text, whatever follows.
fn stands_alone(line: &str) -> bool {
    kind::is_byline(line)
        || is_timestamp(line)
        || is_rule(line)
        || turns::read(line).is_some_and(|label| label.len == line.len())
}

/// Begins with what looks like a speaker's label in capitals, `JANE ROE: We waited.`
fn begins_turn(line: &str) -> bool {
    turns::read(line).is_some_and(|label| label.form == Form::Capitals)
}

/// `--`, `=====`, `* * *`, or the bracket that closes several lines.
fn is_rule(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| "-–—=_*~#()[].,:| ".contains(c))
}

/// A line that does not go on with what stands before it.
fn begins_alone(previous: &str, line: &str) -> bool {
    kind::is_bullet(line)
        || stands_alone(line)
        || kind::is_author(line, previous)
        || (is_closed(previous) && begins_turn(line))
        || kind::item_number(line).is_some_and(|n| match kind::item_number(previous) {
            Some(before) => n == before + 1,
            None => n == 1 && is_closed(previous),
        })
}

/// Whether a line ends with brackets after a sentence: `A bridge in Elmford. (Ana Roe/Courier)`.
fn ends_with_credit(line: &str) -> bool {
    /// Bytes between the brackets.
    const LONGEST: usize = 80;
    let Some(inner) = line.strip_suffix([')', ']']) else {
        return false;
    };
    let from = inner.ceil_char_boundary(inner.len().saturating_sub(LONGEST));
    let open = inner[from..].rfind(['(', '[']);
    open.is_some_and(|at| is_closed(inner[..from + at].trim_end()))
}

/// Ends as a sentence does, or introduces what follows.
fn is_closed(line: &str) -> bool {
    without_closing(line).ends_with(['.', '!', '?', '…', ':'])
}

/// Ends with a comma or a word that another must follow.
fn goes_on(line: &str) -> bool {
    let word = line.rsplit(' ').next().unwrap_or_default();
    word.ends_with([',', ';', '-', '–', '—', '&']) || LINE_GOES_ON.contains(word)
}

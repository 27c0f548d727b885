//! What stands before the first sentence of an article: metadata and the dateline.

use crate::cursor::Cursor;
use crate::date::Date;
use crate::dateline::{self, Setting};
use crate::kind;
use crate::labels::Labels;
use crate::lists::{HEADER_KEYS, MAIL_KEYS};
use crate::marks::without_closing;
use crate::published::{Days, HeadLine};
use crate::time;
use crate::timestamp::{Role, Stamp};
use document::{Dateline, Metadata, Span};
use std::cell::OnceCell;
use text::turns;

/// Bytes at the start of a text in which metadata and dateline are looked for; further on, what looks like them is text.
/// Pages that crawlers took as they were have menus and notices above the article.
pub(crate) const OPENING: usize = 8192;

/// Lines that are looked at, among menus, headlines and bylines.
const LINES: usize = 80;

/// Lines that the header of a mail has at most.
const MAIL_LINES: usize = 16;

/// A line of more bytes is no headline but running text.
const HEADLINE: usize = 160;

/// A line of more bytes is no summary of the article but its beginning.
const SUMMARY: usize = 320;

/// A sentence of fewer words may be a headline or an advert.
const SENTENCE: usize = 8;

/// A line of fewer bytes was not wrapped.
const WRAPPED: usize = 45;

/// Bytes of a key: `publication date` has 16.
const LONGEST_KEY: usize = 20;

/// Bytes of a header line without a colon: `Published on Wednesday, 3 September 2025 at 10:15 a.m. GMT`.
const LONGEST_DATED: usize = 64;

/// The opening of one text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Opening {
    /// Ordered and disjoint.
    pub(crate) metadata: Vec<Metadata>,
    /// With its date, which may lack the year.
    pub(crate) dateline: Option<(Dateline, Option<Date>)>,
}

impl Opening {
    /// Reads the first bytes of `text`.
    pub(crate) fn read(text: &str) -> Self {
        Self::scan(text, None)
    }

    /// The same, and the days that its lines name, which whoever wants sentences only need not wait for.
    pub(crate) fn with_days(text: &str) -> (Self, Days) {
        let mut days = Days::default();
        let opening = Self::scan(text, Some(&mut days));
        (opening, days)
    }

    /// Adds the days that the lines of the head name to `days`.
    fn scan(text: &str, mut days: Option<&mut Days>) -> Self {
        let text = &text[..text.floor_char_boundary(OPENING)];
        let mut opening = Self::default();
        let mail = is_mail(text);
        let labels = OnceCell::new();
        let mut lines = lines(text).take(LINES).peekable();
        let mut first = true;
        // The role that a line gives to the date on the next: `Published`.
        let mut above = None;
        let (mut prose_before, mut introduced) = (false, false);
        let (mut after_prose, mut after_byline) = (false, false);
        while let Some(line) = lines.next() {
            let content = &text[line];
            let next = lines.peek().map(|next| &text[*next]);
            let header = header(content, first, next.is_some(), mail);
            let mut start = line.start;
            if let Some(mut metadata) = header {
                metadata.span = Span::new(line.start, line.start + metadata.span.end);
                if let Some(days) = &mut days
                    && is_dated(&metadata.key)
                {
                    let role = match is_publication(&metadata.key) {
                        true => Role::Published,
                        false => Role::Updated,
                    };
                    days.add_value(&metadata.value, line.start, role);
                }
                let rest = text[metadata.span.end..line.end].trim();
                start = line.end - rest.len();
                opening.metadata.push(metadata);
                if rest.is_empty() {
                    (first, above) = (false, None);
                    continue;
                }
            } else if let Some(days) = &mut days {
                if !introduced {
                    // A date below or above its author is that of the article, whatever other dates the page has.
                    let byline = after_byline || next.is_some_and(kind::is_byline);
                    days.add_line(HeadLine {
                        text: content,
                        at: line.start,
                        above: above.or(byline.then_some(Role::Published)),
                        first,
                        after_prose,
                    });
                }
                after_byline = kind::is_byline(content);
                // What a sentence introduces is somebody else's: `She wrote the following:`.
                introduced = content.ends_with(':') && content.len() >= WRAPPED;
                above = Stamp::announced(content);
            }
            let between = |next: &Span| &text[line.end..next.start];
            let adjacent = lines
                .peek()
                .filter(|next| memchr::memchr_iter(b'\n', between(next).as_bytes()).count() == 1);
            let wrapped = adjacent.is_some_and(|next| is_wrapped(content, &text[*next]));
            let ends = without_closing(content).ends_with(['.', '!', '?', '…']);
            let running = wrapped || ends || content.len() > HEADLINE;
            let setting = Setting {
                running,
                below: !first || content.len() > HEADLINE,
            };
            let found = dateline::find(text, start, setting);
            opening.dateline = found.filter(|(dateline, _)| {
                let labels = || labels.get_or_init(|| Labels::read(text));
                // `Ana Roe: You left. Why?` above `Bo Hale: I was tired.` is talk, whoever the labels name.
                let talk = || next.is_some_and(|next| turns::read(next).is_some());
                let label = || labels().at(line.start).is_some();
                !text[dateline.span].ends_with(':') || !(talk() || label())
            });
            // The article has begun: what looks like a header from here on is text.
            let prose = wrapped
                || content.len() > HEADLINE
                || (!first
                    && ends
                    && memchr::memchr_iter(b' ', content.as_bytes()).count() + 1 >= SENTENCE);
            if let Some(days) = &mut days
                && prose
            {
                days.prose_follows();
            }
            after_prose |= prose;
            let glued = start > line.start;
            if opening.dateline.is_some()
                || glued
                || content.len() > SUMMARY
                || (prose && prose_before)
            {
                break;
            }
            (first, prose_before) = (false, prose);
        }
        opening
    }
}

/// Whether a sentence goes on from one line into the next.
fn is_wrapped(line: &str, next: &str) -> bool {
    line.len() >= WRAPPED && next.starts_with(char::is_lowercase) && !next.starts_with("http")
}

/// The trimmed lines of `text` that are not blank.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let feeds = memchr::memchr_iter(b'\n', text.as_bytes());
    let mut at = 0;
    feeds.chain([text.len()]).filter_map(move |end| {
        let line = text[at..end].trim_start();
        let start = end - line.len();
        at = text.len().min(end + 1);
        let line = line.trim_end();
        (!line.is_empty()).then(|| Span::new(start, start + line.len()))
    })
}

/// Whether the text begins with the header of a mail or of a wire service's file: two lines or more, each with a key.
fn is_mail(text: &str) -> bool {
    let block = text
        .trim_start()
        .lines()
        .take_while(|line| !line.trim().is_empty());
    let keys = block.take(MAIL_LINES).map(|line| {
        let line = line.trim_start();
        let bytes = &line.as_bytes()[..line.len().min(LONGEST_KEY + 1)];
        let key = memchr::memchr(b':', bytes).map(|at| &line[..at]);
        key.filter(|key| key.starts_with(char::is_uppercase))
    });
    let (mut lines, mut of_mail) = (0, 0);
    for key in keys {
        let Some(key) = key else { return false };
        lines += 1;
        of_mail += usize::from(MAIL_KEYS.contains(&key.to_ascii_lowercase()));
    }
    lines > 1 && of_mail > 0
}

/// The header that a line begins with: `Title: …` is the whole line; a date ends where the date does. It needs no colon
/// on the very first line, since scrapers glue it to the text (`date 2024-12-03 “We …`), nor where nothing follows it
/// (`Published 11 April 2025`). In the header of a mail every key is one. The span is in the line.
fn header(content: &str, first: bool, more: bool, mail: bool) -> Option<Metadata> {
    let start = &content.as_bytes()[..content.len().min(2 * LONGEST_KEY + 1)];
    let colon = memchr::memchr(b':', start).is_some();
    if !colon && !first && content.len() > LONGEST_DATED {
        return None;
    }
    // Without a colon the key is that of a date, and a number follows.
    let dated = &content.as_bytes()[..content.len().min(LONGEST_DATED)];
    if !colon && !dated.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let mut cursor = Cursor::new(content);
    let key = cursor
        .run(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-'))
        .trim_end();
    let colon = cursor.eat(":");
    // `Published on 3 May`, and `date Dec 3`, whose month is no part of the key.
    let key = match colon || (key.len() <= LONGEST_KEY && HEADER_KEYS.contains(&key.to_lowercase()))
    {
        true => key,
        false => key.split(' ').next()?,
    };
    if key.len() > LONGEST_KEY {
        return None;
    }
    let name = key.to_lowercase().replace(['_', '-'], " ");
    let is_header = (colon || is_dated(&name))
        && (HEADER_KEYS.contains(&name) || (mail && MAIL_KEYS.contains(&name)));
    if !is_header {
        return None;
    }
    if !colon {
        cursor = Cursor::new(content);
        cursor.eat(key);
    }
    cursor.blanks();
    let value = cursor.at();
    let dated = Date::at_start(cursor.rest()).filter(|(date, _)| date.year.is_some());
    let end = match dated {
        Some((_, len)) if is_dated(&name) => {
            let after = value + len;
            after + time::length(&content[after..])
        }
        // A line with no text after it is the article, not its header; a key without a value is a word.
        _ if colon && more && value < content.len() => content.len(),
        _ => return None,
    };
    // A full stop after the date of a header on its own line belongs to it.
    let end = if content[end..].trim() == "." {
        content.len()
    } else {
        end
    };
    if !colon && !first && end < content.len() {
        return None;
    }
    Some(Metadata::new(0..end, name, content[value..end].trim_end()))
}

/// Keys whose value is a date.
fn is_dated(name: &str) -> bool {
    name.contains("date") || is_publication(name) || name.contains("modified")
}

fn is_publication(name: &str) -> bool {
    matches!(name, "date" | "dateline" | "sent") || name.contains("pub") || name.contains("posted")
}

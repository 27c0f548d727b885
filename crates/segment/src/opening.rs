//! What stands before the first sentence of an article: metadata and the dateline.

use crate::cursor::Cursor;
use crate::date::Date;
use crate::dateline;
use crate::lists::{HEADER_KEYS, MAIL_KEYS};
use crate::time;
use document::{Dateline, Metadata, Span};

/// Bytes at the start of a text in which metadata and dateline are looked for; further on, what looks like them is text.
pub(crate) const OPENING: usize = 4096;

/// Lines that are looked at for metadata, among headlines and bylines.
const LINES: usize = 16;

/// A line of more bytes is no headline but the article, and what follows it holds no metadata.
const HEADLINE: usize = 160;

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
    /// The document's full date.
    pub(crate) date: Option<Date>,
}

impl Opening {
    /// Reads the first bytes of `text`.
    pub(crate) fn read(text: &str) -> Self {
        let text = &text[..text.floor_char_boundary(OPENING)];
        let mut opening = Self::default();
        let mut updated = None;
        let mut seen = 0;
        let mail = is_mail(text);
        for line in lines(text) {
            if seen == LINES {
                break;
            }
            seen += 1;
            let more = text[line.end..].contains(|c: char| !c.is_whitespace());
            let first = seen == 1;
            if let Some(mut metadata) = header(&text[line], first, more, mail) {
                metadata.span = Span::new(line.start, line.start + metadata.span.end);
                if let Some(date) = header_date(&metadata) {
                    let day = match is_publication(&metadata.key) {
                        true => &mut opening.date,
                        false => &mut updated,
                    };
                    day.get_or_insert(date);
                }
                let rest = text[metadata.span.end..line.end].trim();
                opening.metadata.push(metadata);
                if rest.is_empty() {
                    continue;
                }
                opening.dateline = dateline::find(text, line.end - rest.len());
                break;
            }
            opening.dateline = dateline::find(text, line.start);
            // The article has begun: what looks like a header from here on is text.
            if opening.dateline.is_some() || text[line].len() > HEADLINE {
                break;
            }
        }
        // The document's date is that of its publication, else that of its last update.
        opening.date = opening.date.or(updated);
        opening
    }
}

/// The trimmed lines of `text` that are not blank.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
    })
}

/// Whether the text begins with the header of a mail or of a wire service's file: two lines or more, each with a key.
fn is_mail(text: &str) -> bool {
    let block = text
        .trim_start()
        .lines()
        .take_while(|line| !line.trim().is_empty());
    let keys = block.take(LINES).map(|line| {
        let key = line.trim_start().split_once(':').map(|(key, _)| key);
        key.filter(|key| key.len() <= LONGEST_KEY && key.starts_with(char::is_uppercase))
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
    let colon = memchr::memchr(b':', content.as_bytes()).is_some_and(|at| at <= 2 * LONGEST_KEY);
    if !colon && !first && content.len() > LONGEST_DATED {
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
    matches!(name, "date" | "dateline") || name.contains("pub") || name.contains("posted")
}

fn header_date(metadata: &Metadata) -> Option<Date> {
    is_dated(&metadata.key)
        .then(|| Date::from_iso(&metadata.value))
        .flatten()
}

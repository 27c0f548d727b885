//! Names on lines of their own, without a colon: `JANE ROE` above what she says.

use super::Labels;
use crate::sentences::Located;
use document::Span;
use std::collections::HashMap;
use text::turns::{self, Form};

/// Names on lines of their own, without a colon, need so many lines.
const FEWEST_BARE: usize = 3;

/// Names on lines of their own that nothing else shows to be speakers stand so close, name included: credits are rarer.
const LONGEST_TURN: usize = 3;

/// A name on a line of its own has at most so many bytes.
const LONGEST_BARE: usize = 40;

/// A name on a line of its own.
pub(super) struct Bare {
    pub(super) span: Span,
    /// The number of its line, blank ones not counted.
    pub(super) number: usize,
    /// The line after it is talk.
    pub(super) said: bool,
    /// The line after it is a question, or a title or a role stands in the name.
    pub(super) shown: bool,
}

impl Labels {
    /// The sentences, with each name that is alone in its line as a paragraph: a short answer below it looks like more of
    /// its sentence to whoever has not read the whole text. Linear.
    pub(crate) fn apart(&self, text: &str, located: Vec<Located>) -> Vec<Located> {
        let blank = |c| matches!(c, ' ' | '\t' | '\r');
        let alone = |label: &&Span| {
            let rest = text[label.end..].trim_start_matches(blank);
            rest.starts_with('\n')
        };
        let mut names = self.spans.iter().filter(alone).peekable();
        let mut apart: Vec<Located> = Vec::with_capacity(located.len());
        let (mut added, mut after_name) = (0, false);
        let mut push = |span: Span, paragraph: usize, is_name: bool| {
            let goes_on = |last: &Located| last.paragraph == paragraph + added;
            let splits = (is_name || after_name) && apart.last().is_some_and(goes_on);
            added += usize::from(splits);
            after_name = is_name;
            let paragraph = paragraph + added;
            apart.push(Located { span, paragraph });
        };
        for Located { span, paragraph } in located {
            let mut start = span.start;
            while let Some(name) = names.next_if(|name| name.end <= span.end) {
                if name.start < start {
                    continue;
                }
                let before = text[start..name.start].trim_end();
                if !before.is_empty() {
                    push(Span::new(start, start + before.len()), paragraph, false);
                }
                push(*name, paragraph, true);
                start = span.end - text[name.end..span.end].trim_start().len();
            }
            if start < span.end {
                push(Span::new(start, span.end), paragraph, false);
            }
        }
        apart
    }
}

/// Names on lines of their own, each with words after it: `JANE ROE`, `Jane Roe`.
pub(super) fn bare_labels(text: &str, names: &[Bare]) -> Vec<Span> {
    let mut counts: HashMap<&str, (usize, bool)> = HashMap::new();
    for name in names {
        let (count, said) = counts.entry(&text[name.span]).or_insert((0, true));
        *count += 1;
        *said &= name.said;
    }
    // A name that once stands before something else is a byline, a credit or a heading.
    counts.retain(|_, (_, said)| *said);
    let taken: Vec<&Bare> = names
        .iter()
        .filter(|name| counts.contains_key(&text[name.span]))
        .collect();
    let repeated = counts.values().filter(|(count, _)| *count > 1).count();
    let lines = match taken[..] {
        [first, .., last] => last.number - first.number,
        _ => 0,
    };
    let dense = lines <= LONGEST_TURN * taken.len();
    let turns = counts.len() > 1 && repeated > 0 && 3 * repeated >= counts.len();
    let shown = dense || taken.iter().any(|name| name.shown);
    match turns && taken.len() >= FEWEST_BARE && shown {
        true => taken.iter().map(|name| name.span).collect(),
        false => Vec::new(),
    }
}

/// Whether a title or a role shows that the name that is alone in a line is a speaker's; `None` where it is no name.
pub(super) fn bare_name(line: &str) -> Option<bool> {
    let line = line.trim_matches('*');
    if line.len() > LONGEST_BARE || line.ends_with(['.', ':']) || line.contains(',') {
        return None;
    }
    let line = format!("{line}:");
    let label = turns::read(&line)?;
    let name = label.form == Form::Capitals || label.words > 1 || label.shown;
    name.then_some(label.shown)
}

//! The scan: from one place where a sentence may end to the next.

use crate::Segmenter;
use crate::candidate::{Candidate, Spacing};
use crate::language::Language;
use crate::lines;
use crate::list::List;
use crate::marks;
use crate::opening::Opening;
use crate::paragraph;
use crate::scripts::{self, Verdict};
use document::Span;
use std::borrow::Cow;

/// Byte ranges of the sentences of a text, trimmed and in order. Made by [`Segmenter::sentences`].
#[derive(Debug, Clone)]
pub struct Sentences<'s, 't> {
    segmenter: &'s Segmenter,
    text: &'t str,
    opening: Cow<'s, Opening>,
    /// `None` for English.
    language: Option<Language>,
    /// How many stretches of metadata the scan has passed.
    passed: usize,
    /// Where the paragraph at the scan's position ends as a stream cuts it, with the metadata in it.
    paragraph_end: usize,
    block: Block,
    /// Where the next sentence may begin.
    at: usize,
    /// Paragraphs that have begun; metadata is none.
    paragraphs: usize,
    /// The next sentence begins a paragraph.
    begins: bool,
}

/// The paragraph that is being scanned.
#[derive(Debug, Clone, Default)]
struct Block {
    end: usize,
    /// The next positions of what may end a sentence, at or after the scan's position; `end` where there is no more.
    line_end: usize,
    mark: usize,
    sign: usize,
    /// A mark of another script; `end` in blocks without one.
    other: usize,
    list: List,
    /// Where the list's next item begins.
    item: usize,
    other_script: bool,
    /// Where lines end that stand for themselves, and how many of them the scan has passed.
    line_ends: Vec<usize>,
    passed: usize,
}

/// A sentence's range, and the number of its paragraph, of which the first is 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Located {
    pub(crate) span: Span,
    pub(crate) paragraph: usize,
}

impl<'s, 't> Sentences<'s, 't> {
    pub(crate) fn new(segmenter: &'s Segmenter, text: &'t str, opening: Cow<'s, Opening>) -> Self {
        Self {
            segmenter,
            text,
            opening,
            language: None,
            passed: 0,
            paragraph_end: 0,
            block: Block::default(),
            at: 0,
            paragraphs: 0,
            begins: false,
        }
    }

    /// The same scan of a text in this language.
    pub(crate) fn in_language(self, language: Option<Language>) -> Self {
        Self { language, ..self }
    }
}

impl<'t> Sentences<'_, 't> {
    /// The next sentence with its paragraph.
    pub(crate) fn next_located(&mut self) -> Option<Located> {
        loop {
            self.skip_blanks();
            if self.at >= self.paragraph_end && self.at < self.text.len() {
                self.paragraph_end = paragraph::at(self.text, self.at).end;
            }
            if let Some(metadata) = self.opening.metadata.get(self.passed)
                && metadata.span.start <= self.at
            {
                self.at = self.at.max(metadata.span.end);
                self.passed += 1;
                self.block.end = self.at;
                continue;
            }
            if self.at == self.text.len() {
                return None;
            }
            if self.at >= self.block.end {
                self.begin_block();
            }
            self.paragraphs += usize::from(std::mem::take(&mut self.begins));
            let paragraph = self.paragraphs.saturating_sub(1);
            let start = self.at;
            self.at = self.end_of_sentence(start);
            let span = Span::new(start, self.at);
            return Some(Located { span, paragraph });
        }
    }

    fn skip_blanks(&mut self) {
        // One blank and a letter, nearly always.
        let bytes = self.text.as_bytes();
        self.at += usize::from(bytes.get(self.at) == Some(&b' '));
        if !bytes.get(self.at).is_some_and(u8::is_ascii_graphic) {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
        }
    }

    /// The paragraph at the scan's position becomes the current one.
    fn begin_block(&mut self) {
        let start = self.at;
        let metadata = self.opening.metadata.get(self.passed);
        let end = metadata.map_or(self.paragraph_end, |metadata| {
            self.paragraph_end.min(metadata.span.start)
        });
        let body = &self.text[start..end];
        let list = List::at_start(body);
        let other_script = scripts::has_other_script(body);
        let mut line_ends = Vec::new();
        if memchr::memchr(b'\n', body.as_bytes()).is_some() {
            let ends = lines::ends(body, self.segmenter.lexicon());
            line_ends.extend(ends.into_iter().map(|at| start + at));
        }
        self.block = Block {
            end,
            line_end: line_ends.first().copied().unwrap_or(end),
            mark: marks::next_mark(self.text.as_bytes(), start, end),
            sign: marks::next_sign(self.text.as_bytes(), start, end),
            other: match other_script {
                true => scripts::next_mark(self.text, start, end),
                false => end,
            },
            other_script,
            list,
            item: list.next(self.text, start, end),
            line_ends,
            passed: 0,
        };
        self.begins = true;
    }

    /// Where the sentence that begins at `start` ends.
    fn end_of_sentence(&mut self, start: usize) -> usize {
        let text = self.text;
        let mut at = start;
        loop {
            let event = self.block.next_event(text, at);
            if event >= self.block.end {
                return self.trimmed(start, self.block.end);
            }
            if event == self.block.item {
                self.block.next_item(text, event);
                if event > start {
                    return self.trimmed(start, event);
                }
                at = event;
                continue;
            }
            if event == self.block.line_end {
                self.begins = true;
                return self.trimmed(start, event);
            }
            // The last mark of a paragraph ends its sentence, whatever it is.
            if let [] | [b'"'] | [0xE2, 0x80, 0x9D] = &text.as_bytes()[event + 1..self.block.end] {
                return self.block.end;
            }
            // Nor is there a doubt at the end of a line that stands for itself.
            if event + 1 == self.block.line_end
                && event == self.block.mark
                && !self.in_dateline(event)
            {
                self.begins = true;
                return event + 1;
            }
            if self.block.other_script {
                match scripts::verdict(text, start, event, self.block.end) {
                    Some(Verdict::Ends(end)) => {
                        let feed = self.block.next_line_end(end);
                        self.begins |= text[end..feed].trim().is_empty();
                        return end;
                    }
                    Some(Verdict::GoesOn(end)) => {
                        at = end;
                        continue;
                    }
                    None => {}
                }
            }
            if let Some(language) = self.language {
                match language.ends(text, start, event, self.block.end) {
                    Some(true) if !self.in_dateline(event) => return event + 1,
                    Some(_) => {
                        at = event + 1;
                        continue;
                    }
                    None => {}
                }
            }
            match self.segmenter.plainly(text, start, event) {
                Some(Some(end)) if !self.in_dateline(event) => return end,
                Some(None) => {
                    at = event + 1;
                    continue;
                }
                _ => {}
            }
            let candidate =
                Candidate::read(text, start, event, self.block.end, self.segmenter.lexicon());
            if self.ends_at(&candidate, start) {
                return candidate.end;
            }
            at = candidate.end;
        }
    }

    fn in_dateline(&self, at: usize) -> bool {
        let dateline = self.opening.dateline.as_ref();
        dateline.is_some_and(|(dateline, _)| dateline.span.contains(at))
    }

    fn ends_at(&mut self, candidate: &Candidate, start: usize) -> bool {
        if self.in_dateline(candidate.at) {
            return false;
        }
        if candidate.gap == Spacing::Line
            && self.block.next_line_end(candidate.end) < candidate.right_start
        {
            self.begins = true;
            return true;
        }
        self.segmenter.ends(self.text, candidate, start)
    }

    fn trimmed(&self, start: usize, end: usize) -> usize {
        start + self.text[start..end].trim_end().len()
    }
}

impl Block {
    /// The first place at or after `at` where something may end a sentence; the block's end at the latest.
    fn next_event(&mut self, text: &str, at: usize) -> usize {
        let (bytes, end) = (text.as_bytes(), self.end);
        if self.mark < at {
            self.mark = marks::next_mark(bytes, at, end);
        }
        if self.sign < at {
            self.sign = marks::next_sign(bytes, at, end);
        }
        if self.other < at {
            self.other = scripts::next_mark(text, at, end);
        }
        let line_end = self.next_line_end(at);
        self.mark
            .min(self.other)
            .min(self.sign)
            .min(line_end)
            .min(self.item)
    }

    /// The first line end at or after `at`; the block's end where there is none.
    fn next_line_end(&mut self, at: usize) -> usize {
        while self.line_end < at {
            self.passed += 1;
            self.line_end = self.line_ends.get(self.passed).copied().unwrap_or(self.end);
        }
        self.line_end
    }

    /// The list's item at `at` has begun: where is the one after it?
    fn next_item(&mut self, text: &str, at: usize) {
        self.list = self.list.advanced();
        let inside = text[at..].chars().next().map_or(0, char::len_utf8);
        self.item = self.list.next(text, at + inside, self.end);
    }
}

impl Iterator for Sentences<'_, '_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        self.next_located().map(|found| found.span)
    }
}

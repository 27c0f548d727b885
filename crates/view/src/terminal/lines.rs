//! Words set in lines of a width, in styles.

use super::Look;
use crate::visible::visible;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How words look: parameters of the escape sequence SGR.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style(String);

impl Style {
    /// This and one more parameter.
    pub(super) fn with(mut self, parameter: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        self.0.push_str(parameter);
        self
    }
}

/// Lines that are filled with words one after the other.
pub(super) struct Lines {
    pub text: String,
    look: Look,
    /// What each line begins with.
    indent: Option<(&'static str, Style)>,
    /// Columns of this line that are in use, after its indent.
    column: usize,
    /// A word that has not ended yet, in parts of different styles.
    word: Vec<(String, Style)>,
    /// Its width in columns.
    word_width: usize,
    /// White space before the word, if any, and its style.
    space: Option<Style>,
}

/// Narrower lines are not legible.
const LEAST_WIDTH: usize = 8;

impl Lines {
    pub(super) fn new(look: Look) -> Self {
        let look = Look {
            width: look.width.max(LEAST_WIDTH),
            ..look
        };
        Self {
            text: String::new(),
            look,
            indent: None,
            column: 0,
            word: Vec::new(),
            word_width: 0,
            space: None,
        }
    }

    /// Lines begin with this from here on; so does the current one while it is empty.
    pub(super) fn indent(&mut self, indent: &'static str, style: &Style) {
        self.indent = Some((indent, style.clone()));
    }

    /// Lines begin with nothing from here on.
    pub(super) fn unindent(&mut self) {
        self.indent = None;
    }

    /// Adds text and folds its white space. A word may go on from what was added before.
    pub(super) fn words(&mut self, text: &str, style: &Style) {
        for grapheme in text.graphemes(true) {
            if grapheme.chars().all(char::is_whitespace) {
                self.end_word();
                self.space.get_or_insert_with(|| style.clone());
                continue;
            }
            let shown: String = grapheme.chars().map(visible).collect();
            let width = shown.width();
            // Chinese and Japanese have no spaces: a line may end before and after any wide character.
            if width > 1 {
                self.end_word();
            }
            if self.word_width + width > self.room() {
                self.end_word();
            }
            self.word_width += width;
            match self.word.last_mut() {
                Some((part, last)) if last == style => part.push_str(&shown),
                _ => self.word.push((shown, style.clone())),
            }
            if width > 1 {
                self.end_word();
            }
        }
    }

    /// Columns of a line after its indent.
    fn room(&self) -> usize {
        let indent = self.indent.as_ref().map_or(0, |(indent, _)| indent.width());
        self.look.width.saturating_sub(indent).max(1)
    }

    /// Puts the word where it fits: on this line, or else on the next one.
    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let space = self.space.take();
        let needed = self.word_width + usize::from(space.is_some());
        if self.column > 0 && self.column + needed > self.room() {
            self.break_line();
        }
        if self.column == 0 {
            if let Some((indent, style)) = self.indent.clone() {
                self.put(indent, &style);
            }
        } else if let Some(style) = space {
            self.put(" ", &style);
            self.column += 1;
        }
        for (part, style) in std::mem::take(&mut self.word) {
            self.put(&part, &style);
        }
        self.column += self.word_width;
        self.word_width = 0;
    }

    fn put(&mut self, text: &str, style: &Style) {
        if self.look.color && !style.0.is_empty() {
            self.text
                .push_str(&format!("\x1b[{}m{text}\x1b[0m", style.0));
        } else {
            self.text.push_str(text);
        }
    }

    fn break_line(&mut self) {
        self.text.push('\n');
        self.column = 0;
    }

    /// Ends the line, if anything is on it.
    pub(super) fn end(&mut self) {
        self.end_word();
        self.space = None;
        if self.column > 0 {
            self.break_line();
        }
    }

    /// An empty line, but never two in a row, and none at the top.
    pub(super) fn blank(&mut self) {
        self.end();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

//! Marked pages: whole pages of news, with what each of their lines is. `tests/pages/README.md` says how they are written.
//!
//! The test that measures the kinds of lines reads them, and the trainer that learns from such pages.

use std::ops::Range;

/// The kind of a line, as the record names it; `text` is running text.
pub type Kind = &'static str;

/// Mark of a line, and the kind that it stands for.
const MARKS: [(&str, Kind); 11] = [
    ("head", "headline"),
    ("sub", "headline"),
    ("by", "byline"),
    ("cap", "caption"),
    ("item", "list-item"),
    ("time", "timestamp"),
    ("meta", "metadata"),
    ("boil", "boilerplate"),
    ("table", "table"),
    ("label", "speaker-label"),
    ("text", "text"),
];

/// A line, or the glued header at its front.
#[derive(Debug, Clone)]
pub struct Piece {
    /// In the page's text.
    pub span: Range<usize>,
    /// More than one where a reader could take either; any of them is right.
    pub kinds: Vec<Kind>,
}

/// One page with all that its marks say.
#[derive(Debug, Clone)]
pub struct Page {
    /// That of its file, without the ending.
    pub name: String,
    /// The page without the marks.
    pub text: String,
    /// The day on which it was published.
    pub date: Option<String>,
    /// Its lines.
    pub pieces: Vec<Piece>,
    /// Where its dateline is.
    pub dateline: Option<Range<usize>>,
    /// Labels that stand before what is said, in the same line.
    pub labels: Vec<Range<usize>>,
}

impl Page {
    /// Reads a marked page; panics where it is not well-formed, with what is wrong.
    pub fn read(name: &str, file: &str) -> Self {
        let (head, body) = file
            .split_once("\n\n")
            .unwrap_or_else(|| panic!("{name}: no blank line after the head"));
        let date = head.lines().find_map(|line| line.strip_prefix("date: "));
        let date = date.unwrap_or_else(|| panic!("{name}: no `date: `"));
        let mut page = Self {
            date: (date != "none").then(|| date.to_owned()),
            name: name.to_owned(),
            text: String::new(),
            pieces: Vec::new(),
            dateline: None,
            labels: Vec::new(),
        };
        for line in body.lines() {
            page.add(line);
            page.text.push('\n');
        }
        page
    }

    /// A page from its plain text and the marks of its lines that are not blank: `head text*20 cap/text`. `None` where there
    /// are not as many marks as lines.
    pub fn marked(name: &str, text: &str, marks: &str) -> Option<Self> {
        let mut all = marks.split_whitespace().flat_map(|mark| {
            let (mark, times) = mark.split_once('*').unwrap_or((mark, "1"));
            std::iter::repeat_n(mark, times.parse().unwrap_or(0))
        });
        let mut pieces = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let line = line.trim();
            if !line.is_empty() {
                pieces.push(Piece {
                    span: start..start + line.len(),
                    kinds: kinds(name, all.next()?),
                });
            }
        }
        all.next().is_none().then_some(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            date: None,
            pieces,
            dateline: None,
            labels: Vec::new(),
        })
    }

    /// Adds a line of the file: its words to the text, its marks to the lists.
    fn add(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let name = &self.name;
        let (marks, words) = line
            .split_once('|')
            .unwrap_or_else(|| panic!("{name}: no mark before `{line}`"));
        let kinds = kinds(name, marks);
        let mut line_start = self.text.len();
        let mut opened = line_start;
        for c in words.chars() {
            let here = self.text.len();
            match c {
                '⟦' | '⟪' | '⟨' => opened = here,
                '⟧' => self.dateline = Some(opened..here),
                '⟫' => self.labels.push(opened..here),
                '⟩' => {
                    self.add_piece(opened..here, vec!["metadata"]);
                    line_start = here;
                }
                _ => self.text.push(c),
            }
        }
        self.add_piece(line_start..self.text.len(), kinds);
    }

    fn add_piece(&mut self, span: Range<usize>, kinds: Vec<Kind>) {
        let start = span.end - self.text[span.clone()].trim_start().len();
        let span = start..self.text.trim_end().len();
        self.pieces.push(Piece { span, kinds });
    }
}

/// The kinds that marks with a `/` between them stand for.
pub fn kinds(page: &str, marks: &str) -> Vec<Kind> {
    let kind = |mark| {
        let known = MARKS.iter().find(|(known, _)| *known == mark);
        known.map_or_else(|| panic!("{page}: no mark `{mark}`"), |m| m.1)
    };
    marks.split('/').map(kind).collect()
}

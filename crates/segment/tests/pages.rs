//! What each line of a news page is, measured on the pages of `pages/`, whose `README.md` says how they are written.
//!
//! `cargo test -p newstext-segment --test pages -- --nocapture` prints the table, what was taken for what, and the faults
//! on the development pages. The faults on the held-out pages are counted only, so that nobody works towards them.

use segment::{Input, Segmenter};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

type Kind = &'static str;

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

/// Least precision and recall in percent, a little under today's: development pages, then held-out pages. Raise a figure
/// when the measured one has risen. Kinds that the segmenter does not have yet are missing.
const LEAST: [(Kind, [[f64; 2]; 2]); 10] = [
    ("headline", [[32.0, 87.0], [38.0, 93.0]]),
    ("byline", [[99.0, 32.0], [99.0, 30.0]]),
    ("caption", [[99.0, 29.0], [99.0, 25.0]]),
    ("list-item", [[80.0, 89.0], [90.0, 90.0]]),
    ("timestamp", [[99.0, 99.0], [99.0, 93.0]]),
    ("metadata", [[99.0, 95.0], [88.0, 84.0]]),
    ("text", [[66.0, 95.0], [68.0, 98.0]]),
    ("dateline", [[99.0, 99.0], [87.0, 93.0]]),
    ("date", [[99.0, 99.0], [99.0, 84.0]]),
    ("speaker-label", [[99.0, 99.0], [99.0, 94.0]]),
];

/// A line, or the glued header at its front.
struct Piece {
    span: Range<usize>,
    /// More than one where a reader could take either; any of them is right.
    kinds: Vec<Kind>,
}

/// One page with all that its marks say.
struct Page {
    name: String,
    text: String,
    date: Option<String>,
    pieces: Vec<Piece>,
    dateline: Option<Range<usize>>,
    /// Labels that stand before what is said, in the same line.
    labels: Vec<Range<usize>>,
}

impl Page {
    fn read(path: &Path) -> Self {
        let name = path.file_stem().expect("a name").display().to_string();
        let file = std::fs::read_to_string(path).expect("a text file in UTF-8");
        let (head, body) = file
            .split_once("\n\n")
            .expect("a blank line after the head");
        let date = head.lines().find_map(|line| line.strip_prefix("date: "));
        let date = date.unwrap_or_else(|| panic!("{name}: no `date: `"));
        let mut page = Self {
            date: (date != "none").then(|| date.to_owned()),
            name,
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

    /// Adds a line of the file: its words to the text, its marks to the lists.
    fn add(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let name = &self.name;
        let (marks, words) = line
            .split_once('|')
            .unwrap_or_else(|| panic!("{name}: no mark before `{line}`"));
        let kind = |mark: &str| {
            let known = MARKS.iter().find(|(known, _)| *known == mark);
            known.map_or_else(|| panic!("{name}: `{mark}` before `{words}`"), |m| m.1)
        };
        let kinds = marks.split('/').map(kind).collect();
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

#[derive(Default, Clone, Copy)]
struct Count {
    right: u32,
    found: u32,
    gold: u32,
}

impl Count {
    /// In percent; 0 where there is nothing to divide by.
    fn precision_and_recall(self) -> [f64; 2] {
        [self.found, self.gold].map(|of| 100.0 * f64::from(self.right) / f64::from(of.max(1)))
    }
}

#[derive(Default)]
struct Measure {
    pages: usize,
    counts: BTreeMap<Kind, Count>,
    /// (what it is, what it was taken for), with where.
    faults: BTreeMap<(Kind, Kind), Vec<String>>,
}

impl Measure {
    /// Counts what is there, what was found, or both.
    fn count(&mut self, gold: Option<Kind>, found: Option<Kind>, right: bool, place: &str) {
        for (kind, is_gold) in [(gold, true), (found, false)] {
            let Some(kind) = kind else { continue };
            let count = self.counts.entry(kind).or_default();
            count.gold += u32::from(is_gold);
            count.found += u32::from(!is_gold);
            count.right += u32::from(is_gold && right);
        }
        if !right {
            let fault = (gold.unwrap_or("nothing"), found.unwrap_or("nothing"));
            self.faults.entry(fault).or_default().push(place.into());
        }
    }

    fn add(&mut self, page: &Page) {
        self.pages += 1;
        let text = page.text.as_str();
        let found = Segmenter::new().segment(&Input::new(text));
        let place = |span: &Range<usize>| format!("{}: {}", page.name, &text[span.clone()]);
        for piece in &page.pieces {
            let at = piece.span.start;
            let metadata = found.metadata.iter().any(|m| m.span.contains(at));
            // The kind of a paragraph is that of its first sentence.
            let sentence = found.sentences.iter().find(|s| s.span.contains(at));
            let paragraph = sentence.and_then(|s| s.paragraph);
            let first = found.sentences.iter().find(|s| s.paragraph == paragraph);
            let kind = match (metadata, first.and_then(|s| s.kind)) {
                (true, _) => "metadata",
                (false, Some(kind)) => kind.as_str(),
                (false, None) => "text",
            };
            let right = piece.kinds.contains(&kind);
            let gold = if right { kind } else { piece.kinds[0] };
            self.count(Some(gold), Some(kind), right, &place(&piece.span));
        }
        let spans = found.sentences.iter().filter_map(|s| s.label);
        let labels: Vec<Range<usize>> = spans.map(|span| span.start..span.end).collect();
        let kind = Some("speaker-label");
        for label in &page.labels {
            let right = labels.contains(label);
            self.count(kind, kind.filter(|_| right), right, &place(label));
        }
        for label in labels.iter().filter(|label| !page.labels.contains(label)) {
            self.count(None, kind, false, &place(label));
        }
        let dateline = found.dateline.map(|d| d.span.start..d.span.end);
        let [gold, dateline] = [page.dateline.as_ref(), dateline.as_ref()]
            .map(|span| span.map(|span| format!("{}: {}", span.start, &text[span.clone()])));
        for (kind, gold, found) in [
            ("dateline", gold.as_ref(), dateline.as_ref()),
            ("date", page.date.as_ref(), found.date.as_ref()),
        ] {
            let place = format!("{}: {found:?} for {gold:?}", page.name);
            let [is_gold, is_found] = [gold, found].map(|one| one.map(|_| kind));
            self.count(is_gold, is_found, gold == found, &place);
        }
    }

    fn print(&self, name: &str, places: bool) {
        println!("\n{name}: {} pages", self.pages);
        println!("                precision recall   gold  found");
        for (kind, count) in &self.counts {
            let [precision, recall] = count.precision_and_recall();
            let Count { gold, found, .. } = count;
            println!("{kind:15} {precision:9.1} {recall:6.1} {gold:6} {found:6}");
        }
        for ((gold, found), faults) in &self.faults {
            println!("{:4} {gold} taken for {found}", faults.len());
            if places {
                faults.iter().for_each(|place| println!("       {place}"));
            }
        }
    }
}

#[test]
fn lines_are_known_for_what_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let (mut development, mut held_out) = (Measure::default(), Measure::default());
    let mut paths: Vec<_> = folder
        .read_dir()
        .expect("the folder of pages")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let page = Page::read(&path);
        match page.name.split_once('-') {
            Some(("dev", _)) => development.add(&page),
            Some(("held", _)) => held_out.add(&page),
            _ => panic!("{}: neither dev-… nor held-…", page.name),
        }
    }
    development.print("development", true);
    held_out.print("held-out", false);
    for (kind, least) in LEAST {
        for (measure, least) in [&development, &held_out].into_iter().zip(least) {
            let measured = measure.counts.get(kind).copied().unwrap_or_default();
            let measured = measured.precision_and_recall();
            assert!(
                measured[0] >= least[0] && measured[1] >= least[1],
                "{kind}: precision and recall {measured:.1?}, at least {least:.1?} expected"
            );
        }
    }
}

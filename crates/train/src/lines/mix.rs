//! More pages out of those at hand: each has the order of one page, and lines of others.
//!
//! A few hundred pages teach a model their own words as much as those of their kind. In a mixed page the runs of lines of one
//! kind come from other pages or from templates, each from the same zone (above the article, inside or below it), so that a
//! kind is learnt by what all of its lines have in common.

use super::templates::Templates;
use segment::training::pages::{Kind, Page, Piece};
use std::collections::BTreeMap;

/// Where in a page a run of lines stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    Above,
    Inside,
    Below,
}

/// Lines, each with its kinds.
pub(crate) type Lines = Vec<(String, Vec<Kind>)>;

/// How often each template is filled in.
const FILLED: usize = 4;

/// Runs of lines of one kind.
pub(crate) struct Runs {
    of_kind: BTreeMap<(Kind, Zone), Vec<Lines>>,
    templates: BTreeMap<Zone, Vec<Lines>>,
}

/// A linear congruential generator (the multiplier and increment are those of Knuth's MMIX).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n.max(1) as u64) as usize
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

fn runs(page: &Page) -> Vec<((Kind, Zone), &[Piece])> {
    let is_text = |piece: &Piece| piece.kinds == ["text"];
    let pieces = &page.pieces;
    let first = pieces.iter().position(is_text).unwrap_or(pieces.len());
    let last = pieces.iter().rposition(is_text).unwrap_or(pieces.len());
    let zone = |i: usize| match i {
        _ if i < first => Zone::Above,
        _ if i > last => Zone::Below,
        _ => Zone::Inside,
    };
    let mut begin = 0;
    let mut runs = Vec::new();
    for i in 1..=pieces.len() {
        let key = (pieces[begin].kinds[0], zone(begin));
        let same = pieces.get(i).is_some_and(|p| (p.kinds[0], zone(i)) == key);
        if !same || key.0 == "text" {
            runs.push((key, &pieces[begin..i]));
            begin = i;
        }
    }
    runs
}

fn lines(page: &Page, pieces: &[Piece]) -> Lines {
    let line = |piece: &Piece| {
        (
            page.text[piece.span.clone()].to_owned(),
            piece.kinds.clone(),
        )
    };
    pieces.iter().map(line).collect()
}

impl Runs {
    pub(crate) fn new<'p>(
        pages: impl IntoIterator<Item = &'p Page>,
        templates: &Templates,
        chance: &mut Chance,
    ) -> Self {
        let mut of_kind: BTreeMap<(Kind, Zone), Vec<Lines>> = BTreeMap::new();
        let mut filled: BTreeMap<Zone, Vec<Lines>> = BTreeMap::new();
        for page in pages {
            for (key, pieces) in runs(page) {
                of_kind.entry(key).or_default().push(lines(page, pieces));
            }
        }
        for (zone, run) in templates.runs() {
            for _ in 0..FILLED {
                let run = templates.fill(run, chance);
                of_kind
                    .entry((run[0].1[0], zone))
                    .or_default()
                    .push(run.clone());
                filled.entry(zone).or_default().push(run);
            }
        }
        Self {
            of_kind,
            templates: filled,
        }
    }

    /// A page in the order of `page` with other pages' lines.
    pub(crate) fn mixed(&self, page: &Page, chance: &mut Chance) -> Page {
        let mut mixed = Page {
            name: page.name.clone(),
            text: String::new(),
            date: None,
            pieces: Vec::new(),
            dateline: None,
            labels: Vec::new(),
        };
        // Blank lines between all lines, or as they are.
        let spaced = chance.one_in(3);
        let own_blank = |piece: &Piece| {
            let before = page.text[..piece.span.start].trim_end_matches(' ');
            before.is_empty() || before.ends_with("\n\n")
        };
        let mut add = |run: &Lines, blank: bool, inner: bool| {
            for (n, (line, kinds)) in run.iter().enumerate() {
                if spaced || (if n == 0 { blank } else { inner }) {
                    mixed.text.push('\n');
                }
                let span = mixed.text.len()..mixed.text.len() + line.len();
                mixed.text.push_str(line);
                mixed.text.push('\n');
                mixed.pieces.push(Piece {
                    span,
                    kinds: kinds.clone(),
                });
            }
        };
        for (key, pieces) in runs(page) {
            let blank = own_blank(&pieces[0]);
            if chance.one_in(15) {
                add(chance.pick(&self.templates[&key.1]), blank, false);
            }
            if key.0 == "boilerplate" && chance.one_in(6) {
                continue;
            }
            let inner = pieces.get(1).is_some_and(own_blank);
            match chance.one_in(3) {
                true => add(&lines(page, pieces), blank, inner),
                false => add(chance.pick(&self.of_kind[&key]), blank, inner),
            }
        }
        mixed
    }
}

//! The paragraphs of a text side by side, and the features of each.

use crate::form::Form;
use crate::lexicon::Lexicon;
use crate::look::{self, Block, Look, Sight, flag};
use crate::opening::Opening;
use document::Span;
use model::combine;
use std::ops::Range;
use tagger::feature;

/// What stands around the paragraphs that is none itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around {
    /// Where the metadata ends.
    pub(crate) metadata: usize,
    /// Where the dateline is.
    pub(crate) dateline: Option<Span>,
}

impl From<&Opening> for Around {
    fn from(opening: &Opening) -> Self {
        Self {
            metadata: opening.metadata.last().map_or(0, |last| last.span.end),
            dateline: opening.dateline.as_ref().map(|(dateline, _)| dateline.span),
        }
    }
}

/// The looks of a text's paragraphs.
pub(crate) struct Page {
    looks: Vec<Look>,
    words: Vec<u64>,
    /// For each paragraph how far it is to the running text before it and after it; as far as can be where there is none.
    after_prose: Vec<u32>,
    before_prose: Vec<u32>,
    /// Hashes of short lines, sorted.
    hashes: Vec<u64>,
    lead: Lead,
    /// For each paragraph how many before it look like a title.
    titles: Vec<u32>,
    metadata_before: usize,
    dateline_at: Option<usize>,
}

const FAR: u32 = u32::MAX;

/// The template of the only feature of what is running text beyond doubt.
const PLAIN: u32 = 200;

impl Page {
    pub(crate) fn new(text: &str, blocks: &[Block], around: Around, lexicon: &Lexicon) -> Self {
        let mut words = Vec::new();
        let looks: Vec<Look> = blocks
            .iter()
            .map(|block| look::look(text, block, lexicon, &mut words))
            .collect();
        let after_prose = distances(looks.iter());
        let mut before_prose = distances(looks.iter().rev());
        before_prose.reverse();
        let mut hashes: Vec<u64> = looks
            .iter()
            .filter(|look| look.bytes < 60)
            .map(|look| look.hash)
            .collect();
        hashes.sort_unstable();
        let prose = blocks
            .iter()
            .zip(&looks)
            .filter(|(block, look)| look.is_prose() && block.span.len() > 80);
        let lead = Lead::of(prose.map(|(block, _)| &text[block.span]));
        let mut seen = 0;
        let titles = looks
            .iter()
            .map(|look| {
                let before = seen;
                seen += u32::from(look.is_title());
                before
            })
            .collect();
        Self {
            titles,
            metadata_before: blocks
                .iter()
                .take_while(|block| block.span.start < around.metadata)
                .count(),
            dateline_at: around
                .dateline
                .and_then(|d| blocks.iter().position(|block| block.span.contains(d.start))),
            looks,
            words,
            after_prose,
            before_prose,
            hashes,
            lead,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.looks.len()
    }

    /// Whether paragraph `i` is running text beyond doubt.
    #[cfg(feature = "training")]
    pub(crate) fn is_plain(&self, i: usize) -> bool {
        self.looks[i].is_plain()
    }

    /// The next paragraphs from `from` on that are to be told apart: as many as stand side by side without one that is plain,
    /// up to `most`, and not all of them sentences.
    pub(crate) fn run(&self, from: usize, most: usize) -> Option<Range<usize>> {
        let mut end = from;
        loop {
            let rest = self.looks.get(end..)?;
            let start = end + rest.iter().position(|look| !look.is_plain())?;
            let rest = self.looks[start..].iter().take(most);
            end = start + rest.clone().take_while(|look| !look.is_plain()).count();
            if rest.take(end - start).any(|look| look.form == Form::Open) {
                return Some(start..end);
            }
        }
    }

    /// The features of paragraph `i`.
    pub(crate) fn features(&self, i: usize, mut found: impl FnMut(u32)) {
        let look = &self.looks[i];
        if look.is_plain() {
            return found(feature(PLAIN, 0));
        }
        let at = |offset: isize| i.checked_add_signed(offset).and_then(|i| self.looks.get(i));
        let sight_of = |look: Option<&Look>| look.map_or(99, |look| look.sight as u64);
        let mut template = 0;
        let mut add = |value: u64| {
            found(feature(template, value));
            template += 1;
        };
        let sight = look.sight as u64;
        let words = &self.words[look.words.clone()];
        let word = |n: usize| words.get(n).copied().unwrap_or_default();
        let back = |n: usize| words.len().checked_sub(n).map_or(0, |at| words[at]);
        let length = length(look.bytes);
        let (previous, next) = (at(-1), at(1));
        let near = (
            sight_of(at(-2)),
            sight_of(previous),
            sight_of(next),
            sight_of(at(2)),
        );
        let place = combine(
            distance(self.after_prose[i]),
            distance(self.before_prose[i]),
        );
        add(0);
        add(sight);
        add(combine(sight, length));
        add(combine(look.closes, (look.sentences.min(4)) as u64));
        add(combine(look.opens, look.closes));
        add(word(0));
        add(combine(word(0), word(1)));
        add(back(1));
        add(combine(back(2), back(1)));
        add(combine(sight, place));
        add(place);
        add(combine(near.1, sight));
        add(combine(sight, near.2));
        add(combine(combine(near.1, sight), near.2));
        add(combine(near.0, near.1));
        add(combine(near.2, near.3));
        add(combine(
            u64::from(look.spaced),
            next.map_or(2, |next| u64::from(next.spaced)),
        ));
        add(u64::from(self.dateline_at == Some(i)));
        add(match self.dateline_at {
            Some(at) if at > i => 1,
            Some(_) => 2,
            None => 0,
        });
        add(if i < self.metadata_before { 1 } else { 0 });
        add(combine(sight, (i.min(3)) as u64));
        add(combine(sight, (self.looks.len() - i).min(4) as u64));
        add(combine(look.listed.into(), sight));
        for bit in 0..flag::COUNT {
            if look.flags >> bit & 1 == 1 {
                found(feature(40, bit.into()));
            }
        }
        for bit in 0..look::LISTS {
            if look.listed >> bit & 1 == 1 {
                found(feature(41, bit.into()));
                found(feature(42, combine(bit.into(), length)));
            }
            for (end, lists) in look.listed_ends.iter().enumerate() {
                if lists >> bit & 1 == 1 {
                    found(feature(43 + end as u32, bit.into()));
                }
            }
        }
        for word in words {
            found(feature(45, *word));
        }
        if look.bytes > look::SHORT {
            return;
        }
        let mut template = 50;
        let mut add = |value: u64| {
            found(feature(template, value));
            template += 1;
        };
        let count = (words.len().min(12)) as u64;
        add(look.shape);
        add(combine(look.shape, look.closes));
        add(combine(count, look.closes));
        add(combine(combine(look.titled, count), look.closes));
        add(combine(look.digits, count));
        add(combine(look.titled, near.1));
        for (n, neighbour) in [previous, next].into_iter().enumerate() {
            let Some(neighbour) = neighbour else { continue };
            let words = &self.words[neighbour.words.clone()];
            let template = 60 + 6 * n as u32;
            found(feature(
                template,
                combine(self::length(neighbour.bytes), length),
            ));
            found(feature(template + 1, neighbour.shape));
            found(feature(
                template + 2,
                combine(
                    words.first().copied().unwrap_or_default(),
                    words.get(1).copied().unwrap_or_default(),
                ),
            ));
            found(feature(template + 3, neighbour.closes));
            found(feature(
                template + 4,
                combine(neighbour.listed.into(), sight),
            ));
            found(feature(template + 5, combine(neighbour.shape, look.shape)));
        }
        // The run of short paragraphs that it is in.
        let start = i
            - (self.after_prose[i].min(i as u32 + 1) as usize)
                .saturating_sub(1)
                .min(i);
        let end = i + (self.before_prose[i].min((self.looks.len() - i) as u32) as usize).max(1);
        let head = &self.looks[start.min(i)];
        let head_words = &self.words[head.words.clone()];
        let (into, run) = (i - start, end - start);
        if into > 0 {
            found(feature(
                81,
                combine(
                    head_words.first().copied().unwrap_or_default(),
                    head_words.get(1).copied().unwrap_or_default(),
                ),
            ));
            found(feature(82, combine(head.listed.into(), sight)));
            found(feature(83, combine(head.closes, sight)));
        }
        found(feature(84, combine(count_class(into), count_class(run))));
        found(feature(85, combine(sight, count_class(run))));
        if let Some(before) = start.checked_sub(1).map(|i| &self.looks[i]) {
            found(feature(86, combine(before.closes, sight)));
            found(feature(87, combine(before.closes, count_class(into))));
        }
        // Rows and items look like those beside them.
        let alike = |neighbour: Option<&Look>| {
            neighbour.map_or(9, |n| {
                u64::from(n.opens == look.opens)
                    + 2 * u64::from(n.closes == look.closes)
                    + 4 * u64::from(n.shape == look.shape)
                    + 8 * u64::from(n.words.len().abs_diff(look.words.len()) < 3)
            })
        };
        found(feature(88, combine(alike(previous), alike(next))));
        found(feature(89, combine(alike(previous), sight)));
        found(feature(90, combine(alike(next), sight)));
        let window = &self.looks[i.saturating_sub(3)..self.looks.len().min(i + 4)];
        let figures = window
            .iter()
            .filter(|look| look.sight == Sight::Figures)
            .count();
        found(feature(91, combine(figures as u64, sight)));
        let cells = window
            .iter()
            .filter(|look| look.words.len() < 4 && look.bytes < 40)
            .count();
        found(feature(92, combine(cells as u64, sight)));
        let run_looks = &self.looks[start..end.min(start + 32).max(start)];
        let part = |is: fn(&Look) -> bool| {
            (4 * run_looks.iter().filter(|look| is(look)).count()).div_ceil(run_looks.len().max(1))
                as u64
        };
        let numbers = part(|look| look.numeric);
        found(feature(
            98,
            combine(numbers, combine(sight, u64::from(look.numeric))),
        ));
        found(feature(99, combine(u64::from(look.numeric), near.1)));
        found(feature(100, combine(numbers, combine(count, look.titled))));
        found(feature(
            101,
            combine(part(|look| look.page_words > 0), sight),
        ));
        found(feature(
            102,
            combine(
                part(|look| look.bytes < 40),
                combine(count_class(run), sight),
            ),
        ));
        if let Some(heading) = self.looks[start.max(i.saturating_sub(6))..i]
            .iter()
            .rev()
            .find(|look| look.page_words > 0)
        {
            found(feature(103, self.words[heading.words.start]));
            found(feature(
                104,
                combine(heading.words.len() as u64, combine(heading.closes, sight)),
            ));
        }
        if let Some(previous) = previous {
            for word in self.words[previous.words.clone()].iter().take(6) {
                found(feature(105, *word));
            }
        }
        if let Some(next) = next {
            for word in self.words[next.words.clone()].iter().take(3) {
                found(feature(106, *word));
            }
        }
        let dated = look.time_words * 4 / words.len().max(1);
        found(feature(93, combine(dated as u64, sight)));
        let pagey = look.page_words * 4 / words.len().max(1);
        found(feature(
            94,
            combine(pagey as u64, combine(count, look.closes)),
        ));
        let titles = self.titles[i].min(3).into();
        found(feature(
            107,
            combine(titles, combine(sight, distance(self.after_prose[i]))),
        ));
        found(feature(
            108,
            combine(titles, combine(u64::from(look.is_title()), place)),
        ));
        let repeated = self.hashes.partition_point(|hash| *hash <= look.hash)
            - self.hashes.partition_point(|hash| *hash < look.hash);
        found(feature(80, repeated.min(3) as u64));
        found(feature(
            95,
            combine(repeated.min(3) as u64, combine(sight, near.2)),
        ));
        let shared = words.iter().filter(|word| self.lead.has(**word)).count();
        found(feature(
            96,
            combine((4 * shared / words.len().max(1)) as u64, count),
        ));
        found(feature(
            97,
            combine((4 * shared / words.len().max(1)) as u64, sight),
        ));
    }
}

/// The words of the first paragraphs of running text, as a table of their hashes without gaps between those that share a
/// place; 0 where there is none.
struct Lead([u64; Lead::PLACES]);

impl Lead {
    const PARAGRAPHS: usize = 3;
    /// Of each paragraph.
    const WORDS: usize = 50;
    /// A power of two, three times as many as there are words.
    const PLACES: usize = 512;

    fn of<'t>(prose: impl Iterator<Item = &'t str>) -> Self {
        let mut lead = Self([0; Self::PLACES]);
        for paragraph in prose.take(Self::PARAGRAPHS) {
            for word in paragraph.split_ascii_whitespace().take(Self::WORDS) {
                let hash = look::word(word);
                let place = lead.place(hash);
                lead.0[place] = hash;
            }
        }
        lead
    }

    fn has(&self, hash: u64) -> bool {
        hash != 0 && self.0[self.place(hash)] == hash
    }

    /// Where the hash is, or would be.
    fn place(&self, hash: u64) -> usize {
        let mut place = hash as usize % Self::PLACES;
        while self.0[place] != 0 && self.0[place] != hash {
            place = (place + 1) % Self::PLACES;
        }
        place
    }
}

/// How far each of `looks` is from the running text before it.
fn distances<'l>(looks: impl Iterator<Item = &'l Look>) -> Vec<u32> {
    let mut steps = FAR;
    looks
        .map(|look| {
            steps = steps.saturating_add(1);
            let here = steps;
            if look.is_prose() {
                steps = 0;
            }
            here
        })
        .collect()
}

fn count_class(n: usize) -> u64 {
    const BOUNDS: [usize; 6] = [1, 2, 3, 5, 8, 16];
    BOUNDS.partition_point(|bound| n > *bound) as u64
}

fn length(bytes: usize) -> u64 {
    const BOUNDS: [usize; 14] = [4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 160, 240, 400, 800];
    BOUNDS.partition_point(|bound| bytes > *bound) as u64
}

fn distance(steps: u32) -> u64 {
    match steps {
        FAR => 9,
        0..4 => steps.into(),
        4..7 => 4,
        _ => 5,
    }
}

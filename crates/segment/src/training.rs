//! What only a trainer needs: the candidates of annotated text as the segmenter itself will see them, and packing a model.

pub mod lines;
pub mod pages;

use crate::candidate::Candidate;
use crate::features::{self, BITS};
use crate::marks;
use crate::paragraph;
use crate::rules;
use document::Span;
use text::lists;

pub use crate::lexicon::{Key, Lexicon, Trait, WordFacts};
pub use crate::model::pack;

/// How many features there are; each is a number below this.
pub const FEATURES: usize = 1 << BITS;

/// The words of the segmenter's own lists, each with its trait. A name may be two words.
pub fn listed() -> impl Iterator<Item = (Key<'static>, Trait)> {
    const CITATIONS: &str = include_str!("../data/citations.txt");
    const NAMES: &str = include_str!("../data/name-words.txt");
    let words = |name| lists::section(NAMES, name).flat_map(|line| line.split(' '));
    let cited = lists::lines(CITATIONS)
        .filter(|line| !line.starts_with('['))
        .flat_map(|line| line.split(' '));
    let marked = lists::section(NAMES, "marked");
    cited
        .map(|word| (Key::Before(word), Trait::Cited))
        .chain(marked.map(|name| (Key::Before(name), Trait::Marked)))
        .chain(words("role").map(|word| (Key::After(word), Trait::Role)))
        .chain(words("lettered").map(|word| (Key::After(word), Trait::Lettered)))
}

/// Calls `observe` with every candidate that rules leave to the model: its features, and whether one of `sentences`
/// (ordered, disjoint) ends there.
pub fn observe(
    text: &str,
    sentences: &[Span],
    lexicon: &Lexicon,
    mut observe: impl FnMut(&[usize], bool),
) {
    let mut at = 0;
    let mut sentences = sentences.iter().peekable();
    let mut found = Vec::new();
    while let Some(skipped) = text[at..].find(|c: char| !c.is_whitespace()) {
        let block = at + skipped;
        let end = paragraph::at(text, block).end;
        at = block;
        loop {
            let bytes = text.as_bytes();
            let mark = marks::next_mark(bytes, at, end).min(marks::next_sign(bytes, at, end));
            if mark == end {
                break;
            }
            while sentences.next_if(|sentence| sentence.end <= mark).is_some() {}
            let sentence = sentences
                .peek()
                .map_or(block..end, |s| s.start.min(mark)..s.end);
            let candidate = Candidate::read(text, sentence.start.max(block), mark, end, lexicon);
            if rules::by_rule(text, &candidate, sentence.start, lexicon).is_none() {
                found.clear();
                features::features(text, &candidate, sentence.start, lexicon, |feature| {
                    found.push(feature)
                });
                let ends = candidate.at < sentence.end && sentence.end <= candidate.end;
                observe(&found, ends);
            }
            at = candidate.end;
        }
        at = end;
    }
}

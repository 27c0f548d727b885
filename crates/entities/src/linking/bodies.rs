//! Bodies and places by what they are: "the company", "the ministry", "the country".
//!
//! Linked where the text has named one such thing so far, and only one. What a thing is, its name tells ("Acme Motors");
//! `data/kinds.tsv` says how.

use crate::Name;
use crate::countries::{self, Sense};
use document::{EntityType, Span, TokenRange};
use std::collections::HashMap;
use std::sync::LazyLock;
use text::Reading;

/// From a noun to the words that names of its kind end or begin with, and which of the nouns it is.
static KINDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/kinds.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(noun, words)| (noun, words.split("; ").collect()))
        .collect()
});

/// The nouns that things whose names have this word can be called by.
static NOUNS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut nouns: HashMap<&str, Vec<&str>> = HashMap::new();
    for (noun, words) in KINDS.iter() {
        for word in words {
            nouns.entry(word).or_default().push(noun);
        }
    }
    nouns
});

/// Which thing of a kind the text has named: nothing yet, one, or too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    One(usize),
    Several,
}

/// The descriptions in a text that one thing fits, with its chain, in the order of the text.
pub(super) fn descriptions(
    reading: &Reading<'_>,
    names: &[Name],
    chains: &[usize],
) -> Vec<(Span, usize)> {
    let mut named: HashMap<&'static str, Named> = HashMap::new();
    let mut found = Vec::new();
    let mut next = 0;
    for i in 1..reading.tokens().len() {
        let start = reading.tokens()[i].span.start;
        while let Some((name, chain)) = names.get(next).zip(chains.get(next)) {
            if name.span.end > start {
                break;
            }
            note(&mut named, reading, name, *chain);
            next += 1;
        }
        // The start of a name ("the Bank of Ruritania"), or within one.
        if names.get(next).is_some_and(|n| n.span.start <= start)
            || !reading.is_one_of(i - 1, &["the"])
        {
            continue;
        }
        let word = reading.word(i);
        let noun = KINDS
            .get_key_value(word)
            .map(|(noun, _)| *noun)
            .or_else(|| (word == "country").then_some("country"));
        let Some(Named::One(chain)) = noun.and_then(|noun| named.get(noun)) else {
            continue;
        };
        // "the bank of the river", "the company that he founded", "the school in Varna": of something else, or half a word.
        let open = reading.is_one_of(
            i + 1,
            &[
                "of", "that", "which", "who", "where", "with", "-", "he", "she", "they", "we",
            ],
        ) || noun != Some("country")
            && reading.is_one_of(i + 1, &["in", "for", "at", "on"]);
        if !open {
            found.push((reading.span_of(TokenRange::new(i - 1, i + 1)), *chain));
        }
    }
    found
}

fn note(
    named: &mut HashMap<&'static str, Named>,
    reading: &Reading<'_>,
    name: &Name,
    chain: usize,
) {
    let mut add = |noun: &'static str| {
        let seen = named.entry(noun).or_insert(Named::One(chain));
        if *seen != Named::One(chain) {
            *seen = Named::Several;
        }
    };
    let written = &reading.text()[name.span];
    if countries::lookup(written).is_some_and(|(_, sense)| sense == Sense::Country) {
        add("country");
        return;
    }
    if !matches!(
        name.kind,
        EntityType::Org | EntityType::Fac | EntityType::Loc
    ) {
        return;
    }
    let mut words = written
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',']).to_lowercase());
    let first = words.next();
    let last = words.next_back();
    let mut nouns: Vec<&'static str> = [last, first]
        .iter()
        .flatten()
        .filter_map(|word| NOUNS.get(word.as_str()))
        .flatten()
        .copied()
        .collect();
    nouns.sort_unstable();
    nouns.dedup();
    nouns.into_iter().for_each(add);
}

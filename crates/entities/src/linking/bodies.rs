//! Bodies and places by their kind: "the company", "the ministry", "the country".
//!
//! A description is linked where the text has so far named exactly one thing of the kind. The kind of a thing follows from its
//! name ("Acme Motors"): see `data/kinds.tsv`.

use crate::Name;
use crate::countries::{self, Sense};
use document::{EntityType, Span, TokenRange};
use std::collections::HashMap;
use std::sync::LazyLock;
use text::Reading;

/// From the noun for a kind to the words that names of this kind end or begin with.
static KINDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/kinds.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(noun, words)| (noun, words.split("; ").collect()))
        .collect()
});

/// From the last or first word of a name to the nouns for its kind.
static NOUNS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut nouns: HashMap<&str, Vec<&str>> = HashMap::new();
    for (noun, words) in KINDS.iter() {
        for word in words {
            nouns.entry(word).or_default().push(noun);
        }
    }
    nouns
});

/// What the text has named of a kind so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// One thing, of this chain.
    One(usize),
    Several,
}

/// The descriptions in a text that fit one thing, each with its chain, in the order of the text.
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
        // "The Bank of Ruritania" is a name, no description.
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
        // "The bank of the river", "the company that he founded" and "the school in Varna" are other things.
        let continues = reading.is_one_of(
            i + 1,
            &[
                "of", "that", "which", "who", "where", "with", "-", "he", "she", "they", "we",
            ],
        ) || noun != Some("country")
            && reading.is_one_of(i + 1, &["in", "for", "at", "on"]);
        if !continues {
            found.push((reading.span_of(TokenRange::new(i - 1, i + 1)), *chain));
        }
    }
    found
}

/// Notes a name for the nouns of its kind.
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

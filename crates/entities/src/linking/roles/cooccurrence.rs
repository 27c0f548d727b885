//! Who is meant by a role and a country, from the sentences in which persons and countries come together.

use super::{Holder, RolePhrase};
use crate::Name;
use crate::countries;
use document::EntityType;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use text::Reading;

/// Which countries each sentence names, and which persons.
pub(super) struct CoOccurrence {
    /// By sentence: how often each country is named.
    countries: HashMap<usize, BTreeMap<&'static str, f64>>,
    persons: BTreeMap<usize, BTreeSet<usize>>,
}

impl CoOccurrence {
    pub(super) fn new(reading: &Reading<'_>, names: &[Name], chains: &[usize]) -> Self {
        let mut cooccurrence = Self {
            countries: HashMap::new(),
            persons: BTreeMap::new(),
        };
        for (name, &chain) in names.iter().zip(chains) {
            let Some(sentence) = reading.sentence_of(reading.token_at(name.span.start)) else {
                continue;
            };
            if name.kind == EntityType::Person {
                cooccurrence
                    .persons
                    .entry(sentence)
                    .or_default()
                    .insert(chain);
            } else if let Some((country, _)) = countries::lookup(&reading.text()[name.span]) {
                let named = cooccurrence.countries.entry(sentence).or_default();
                *named.entry(country.code).or_default() += 1.0;
            }
        }
        cooccurrence
    }

    /// Which holder holds the role in which of the claimed countries.
    pub(super) fn pair<'f>(
        &self,
        reading: &Reading<'_>,
        claims: &[&'f RolePhrase],
        holders: Option<&BTreeSet<Holder>>,
    ) -> Vec<(&'f str, usize)> {
        let Some(holders) = holders else {
            return Vec::new();
        };
        let mut pairs: Vec<(&str, usize)> = Vec::new();
        let claimed: BTreeSet<&'static str> = claims.iter().filter_map(|c| c.country).collect();
        let mut open = Vec::new();
        for country in claimed {
            let holders: Vec<&Holder> = holders
                .iter()
                .filter(|b| b.country == Some(country))
                .collect();
            match holders[..] {
                [one] => pairs.push((country, one.chain)),
                [] => open.push(country),
                _ => {}
            }
        }
        // More than a handful of presidents, and a pairing is a guess (and would take long).
        const MOST: usize = 8;
        let free: Vec<usize> = holders
            .iter()
            .filter(|b| b.country.is_none())
            .map(|b| b.chain)
            .collect();
        let described: BTreeSet<(&str, usize)> = claims
            .iter()
            .filter_map(|claim| Some((claim.country?, reading.sentence_of(claim.first)?)))
            .collect();
        // Who is named in the sentence of a description beside it is somebody else.
        let stranger = |country: &str, chain: usize| {
            let beside = |sentence| {
                self.persons
                    .get(sentence)
                    .is_some_and(|p| p.contains(&chain))
            };
            described
                .iter()
                .any(|(c, sentence)| *c == country && beside(sentence))
        };
        let score = |country: &str, chain: usize| -> f64 {
            if stranger(country, chain) {
                return f64::NEG_INFINITY;
            }
            self.persons
                .iter()
                .filter(|(_, persons)| persons.contains(&chain))
                .filter_map(|(sentence, persons)| {
                    let named = self.countries.get(sentence)?.get(country)?;
                    Some(named / persons.len() as f64)
                })
                .sum()
        };
        match (&open[..], &free[..]) {
            (_, free) if free.len() > MOST => {}
            ([country], [chain]) => {
                // The only president of the text and the only country whose president it speaks of; unless the
                // person is at home elsewhere.
                let own = score(country, *chain);
                let others = self.countries_of(*chain);
                let most = others.iter().map(|c| score(c, *chain));
                if own + 1.0 >= most.fold(0.0, f64::max) {
                    pairs.push((country, *chain));
                }
            }
            ([country], several) => {
                // The one who is named with the country, and with no other as often.
                let mut scores: Vec<(f64, usize)> =
                    several.iter().map(|&c| (score(country, c), c)).collect();
                scores.sort_by(|a, b| b.0.total_cmp(&a.0));
                if let [(best, chain), (second, _), ..] = scores[..] {
                    let others = self.countries_of(chain);
                    let most = others.iter().map(|c| score(c, chain)).fold(0.0, f64::max);
                    if best >= 2.0 && best >= 2.0 * second && best >= most {
                        pairs.push((country, chain));
                    }
                }
            }
            ([a, b], [c, d]) => {
                let straight = score(a, *c) + score(b, *d);
                let crossed = score(a, *d) + score(b, *c);
                if straight > 0.0 && straight >= 1.5 * crossed.max(1.0) {
                    pairs.extend([(*a, *c), (*b, *d)]);
                } else if crossed > 0.0 && crossed >= 1.5 * straight.max(1.0) {
                    pairs.extend([(*a, *d), (*b, *c)]);
                }
            }
            _ => {}
        }
        pairs
    }

    /// The countries that a person is named with in one sentence.
    fn countries_of(&self, chain: usize) -> BTreeSet<&'static str> {
        self.persons
            .iter()
            .filter(|(_, persons)| persons.contains(&chain))
            .filter_map(|(sentence, _)| self.countries.get(sentence))
            .flat_map(|countries| countries.keys().copied())
            .collect()
    }
}

//! Who holds a role in which country, from the sentences that name both persons and countries.

use super::{Holder, RolePhrase};
use crate::Name;
use crate::countries;
use document::EntityType;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use text::Reading;

/// With more holders of a role, a pairing would be a guess.
const MOST_HOLDERS: usize = 8;

/// The score of a person and a country that one sentence names once, without other persons.
const ONE_SENTENCE: f64 = 1.0;

/// One of two pairings is taken where its score is so many times the other's. Set by hand.
const FAR_BETTER: f64 = 1.5;

/// The countries and the persons that each sentence names.
pub(super) struct CoOccurrence {
    /// By sentence, how often it names each country (ISO 3166-1).
    countries: HashMap<usize, BTreeMap<&'static str, f64>>,
    /// By sentence, the chains of the persons that it names.
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

    /// Which of a role's holders has it in which of the countries that descriptions name: pairs of country and chain.
    ///
    /// A holder whose country the text gives beside the title is that country's. Of the others, a person and a country are
    /// scored by the sentences that name both: for each, how often it names the country, divided by the number of persons in
    /// it.
    pub(super) fn pair<'f>(
        &self,
        reading: &Reading<'_>,
        descriptions: &[&'f RolePhrase],
        holders: Option<&BTreeSet<Holder>>,
    ) -> Vec<(&'f str, usize)> {
        let Some(holders) = holders else {
            return Vec::new();
        };
        let mut pairs: Vec<(&str, usize)> = Vec::new();
        let described: BTreeSet<&'static str> =
            descriptions.iter().filter_map(|d| d.country).collect();
        let mut open = Vec::new();
        for country in described {
            let holders: Vec<&Holder> = holders
                .iter()
                .filter(|holder| holder.country == Some(country))
                .collect();
            match holders[..] {
                [one] => pairs.push((country, one.chain)),
                [] => open.push(country),
                _ => {}
            }
        }
        let free: Vec<usize> = holders
            .iter()
            .filter(|holder| holder.country.is_none())
            .map(|holder| holder.chain)
            .collect();
        let places: BTreeSet<(&str, usize)> = descriptions
            .iter()
            .filter_map(|d| Some((d.country?, reading.sentence_of(d.first)?)))
            .collect();
        // A person whom a sentence names beside a description is not the one described.
        let is_other = |country: &str, chain: usize| {
            let beside = |sentence| {
                self.persons
                    .get(sentence)
                    .is_some_and(|p| p.contains(&chain))
            };
            places
                .iter()
                .any(|(c, sentence)| *c == country && beside(sentence))
        };
        let score = |country: &str, chain: usize| -> f64 {
            if is_other(country, chain) {
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
            (_, free) if free.len() > MOST_HOLDERS => {}
            ([country], [chain]) => {
                // The only president of the text, and the only country whose president it describes; unless the text
                // names the person more often with another country.
                let own = score(country, *chain);
                let others = self.countries_of(*chain);
                let most = others.iter().map(|c| score(c, *chain));
                if own + ONE_SENTENCE >= most.fold(0.0, f64::max) {
                    pairs.push((country, *chain));
                }
            }
            ([country], several) => {
                // The one who is named with the country far more than the next one is, and with no other country more.
                let mut scores: Vec<(f64, usize)> =
                    several.iter().map(|&c| (score(country, c), c)).collect();
                scores.sort_by(|a, b| b.0.total_cmp(&a.0));
                if let [(best, chain), (second, _), ..] = scores[..] {
                    let others = self.countries_of(chain);
                    let most = others.iter().map(|c| score(c, chain)).fold(0.0, f64::max);
                    if best >= 2.0 * ONE_SENTENCE && best >= 2.0 * second && best >= most {
                        pairs.push((country, chain));
                    }
                }
            }
            ([a, b], [c, d]) => {
                let straight = score(a, *c) + score(b, *d);
                let crossed = score(a, *d) + score(b, *c);
                if straight >= FAR_BETTER * crossed.max(ONE_SENTENCE) {
                    pairs.extend([(*a, *c), (*b, *d)]);
                } else if crossed >= FAR_BETTER * straight.max(ONE_SENTENCE) {
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

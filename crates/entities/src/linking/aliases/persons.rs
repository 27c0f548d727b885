//! Persons' names: full names of one person, and the person that a surname or a given name alone stands for.

use super::{Forms, MOST_CANDIDATES, keep};
use crate::Name;
use crate::countries;
use crate::linking::PERSONS;
use crate::lists::{WordList, words};
use crate::titles::{Sex, sex_of_given_name, title};
use document::EntityType;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use text::is_opening_mark;

/// What a short name that several persons share has stood for so far.
#[derive(Default, Clone, Copy)]
pub(super) struct SharedName {
    /// The person it stood for while the text had named no other.
    established: Option<usize>,
    /// The last of the persons to be named, by whatever name.
    last: Option<usize>,
}

/// A noun for a relative is looked for in the last two words of so many characters before a name.
const NEAR: usize = 40;

/// Nouns for relatives.
static KIN: WordList =
    LazyLock::new(|| [words(PERSONS, "kin"), words(PERSONS, "other kin")].concat());

impl Forms {
    /// Full names of one person, and the short names that full names have.
    pub(super) fn link_persons(&mut self) {
        let full = |distinct: &super::Distinct| {
            distinct.kind == EntityType::Person && distinct.form.words.len() > 1
        };
        let persons: Vec<usize> = (0..self.forms.len())
            .filter(|&i| full(&self.forms[i]))
            .collect();
        // "John F. Carver" and "John Carver"
        let mut by_ends: BTreeMap<(String, String), usize> = BTreeMap::new();
        for &i in &persons {
            let words = &self.forms[i].form.words;
            let ends = (words[0].clone(), family(words));
            match by_ends.get(&ends) {
                Some(&other) if compatible(words, &self.forms[other].form.words) => {
                    self.unite(i, other);
                }
                Some(_) => {}
                None => {
                    by_ends.insert(ends, i);
                }
            }
        }
        // "Tanaka Aiko" and "Aiko Tanaka": surname first or last
        for &i in &persons {
            let words = &self.forms[i].form.words;
            if let [first, last] = &words[..]
                && let Some(&other) = by_ends.get(&(last.clone(), first.clone()))
            {
                self.unite(i, other);
            }
        }
        // "J. Carver" and "John Carver", where no other name has this initial and surname
        let mut by_initial: HashMap<(String, &str), Vec<usize>> = HashMap::new();
        for ((first, family), i) in &by_ends {
            if first.chars().count() > 1 {
                let initial = first.chars().take(1).collect();
                keep(by_initial.entry((initial, family)).or_default(), *i);
            }
        }
        for ((first, family), i) in &by_ends {
            if first.chars().count() == 1
                && let Some([one]) = by_initial.get(&(first.clone(), family)).map(Vec::as_slice)
            {
                self.unite(*i, *one);
            }
        }
        self.link_rulers();
        for i in persons {
            let root = self.root(i);
            let words = self.forms[i].form.words.clone();
            for n in 1..words.len() {
                keep(self.surnames.entry(words[n..].join(" ")).or_default(), root);
            }
            // Most papers write "Haddad" for "al-Haddad".
            let last = family(&words);
            if words.last() != Some(&last) {
                keep(self.surnames.entry(last).or_default(), root);
            }
            keep(self.given_names.entry(words[0].clone()).or_default(), root);
        }
    }

    /// "King Karl III" and "Karl", where the text has no other Karl with a numeral.
    fn link_rulers(&mut self) {
        let mut rulers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let alone: Vec<usize> = (0..self.forms.len())
            .filter(|&i| {
                let distinct = &self.forms[i];
                distinct.kind == EntityType::Person && distinct.form.words.len() == 1
            })
            .collect();
        for &i in &alone {
            let form = &self.forms[i].form;
            if form.numeral.is_some() {
                keep(rulers.entry(form.key()).or_default(), i);
            }
        }
        for i in alone {
            let form = &self.forms[i].form;
            if form.numeral.is_none()
                && let Some([one]) = rulers.get(&form.key()).map(Vec::as_slice)
            {
                self.unite(i, *one);
            }
        }
    }

    /// The link of the name at a position. Positions must be asked for in ascending order.
    pub(super) fn link(&mut self, position: usize) -> super::Link {
        let form = self.of_name[position];
        let full = self.full_name(form, position);
        let chain = self.root(full.unwrap_or(form));
        self.note_shared(form, chain);
        super::Link {
            chain,
            short_for_person: full.is_some(),
        }
    }

    /// Remembers that a person was named, for the short names that the person shares with others.
    fn note_shared(&mut self, form: usize, chain: usize) {
        let form = &self.forms[form].form;
        let mut shared = |short: &str, candidates: Option<&Vec<usize>>| {
            if candidates.is_some_and(|c| c.len() > 1 && c.contains(&chain)) {
                let name = self.shared.entry(short.to_owned()).or_default();
                name.last = Some(chain);
                if form.words.len() == 1 {
                    name.established = name.established.or(Some(chain));
                }
            }
        };
        let last = family(&form.words);
        shared(&last, self.surnames.get(&last));
        shared(&form.words[0], self.given_names.get(&form.words[0]));
    }

    /// The person whose surname or given name a form is, as the index of the full name: the only such person of the text; else
    /// the only one named so far; else the one that the short name stood for before. Editors use a surname alone for one
    /// person and call relatives by both names: in GUM's training part the last rule is right in 9 of 10 cases.
    fn full_name(&self, form: usize, position: usize) -> Option<usize> {
        let distinct = &self.forms[form];
        let person = distinct.votes[EntityType::Person as usize];
        let known_place = countries::lookup(&distinct.written).is_some();
        // A surname is a surname even where the model once took it for something else.
        let may_be = distinct.kind == EntityType::Person
            || !known_place && person + 1.0 >= distinct.votes[distinct.kind as usize];
        if !may_be {
            return None;
        }
        let key = distinct.form.key();
        let given = || {
            // A given name with a numeral is a ruler's: "Karl II" is not Karl Rowe.
            let person = distinct.kind == EntityType::Person && distinct.form.numeral.is_none();
            self.given_names.get(&key).filter(|_| person)
        };
        let candidates = self.surnames.get(&key).or_else(given)?;
        if candidates.len() > MOST_CANDIDATES || candidates.contains(&form) {
            return None;
        }
        if let [only] = candidates[..] {
            // Of "Mr Byron" and "Mrs Byron" only one can be Ada Byron.
            let rival = self
                .by_key
                .contains_key(&super::key_of_second(distinct.kind, &distinct.form));
            let given = self.forms[only].form.words.first();
            if rival && distinct.form.sex.is_some() {
                let sex = given.and_then(|given| sex_of_given_name(given));
                return Some(only).filter(|_| sex == distinct.form.sex);
            }
            return Some(only);
        }
        // "Mrs Byron" is not John Byron.
        let sex = self.sex_of_name[position];
        let contradicts = |c: usize| {
            let given = self.forms[c].form.words.first();
            let known = given.and_then(|given| sex_of_given_name(given));
            known.zip(sex).is_some_and(|(a, b)| a != b)
        };
        let named: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|&c| self.forms[c].first < position && !contradicts(c))
            .collect();
        if let [only] = named[..] {
            return Some(only);
        }
        let shared = self.shared.get(&key).copied().unwrap_or_default();
        if shared.established.is_some() {
            return shared.established;
        }
        // "Byron married Ada Byron … Byron said": relatives go by their given names.
        let mut others = named.iter().filter(|c| !self.relatives.contains(c));
        let only = others.next().filter(|_| others.next().is_none())?;
        (shared.last == Some(*only)).then_some(*only)
    }

    /// Notes the persons who are introduced as somebody's relatives.
    pub(super) fn find_relatives(&mut self, text: &str, names: &[Name]) {
        for (position, name) in names.iter().enumerate() {
            let form = self.of_name[position];
            if name.kind != EntityType::Person || self.forms[form].first != position {
                continue;
            }
            let before = text.get(..name.span.start).unwrap_or_default();
            let near = before.char_indices().rev().take(NEAR).last();
            let kin = near
                .map_or("", |(at, _)| &before[at..])
                .rsplit(|c: char| !c.is_alphabetic())
                .filter(|word| !word.is_empty())
                .take(2)
                .any(|word| KIN.contains(&word.to_lowercase().as_str()));
            if kin {
                let root = self.root(form);
                self.relatives.insert(root);
            }
        }
    }
}

/// The sex that the title right before a name shows, "Mrs": models leave titles outside names. `name` is the name's first byte.
pub(super) fn courtesy_before(text: &str, name: usize) -> Option<Sex> {
    const LONGEST: usize = 9; // "Monsieur "
    let before = text.get(..name)?.trim_end_matches(' ');
    let start = before.len().saturating_sub(LONGEST);
    let near = (start..before.len()).find_map(|at| before.get(at..))?;
    title(
        near.rsplit(|c: char| c.is_whitespace() || is_opening_mark(c))
            .next()?,
    )?
    .sex
}

/// The surname of a person's name: its last word, without an Arabic article.
fn family(words: &[String]) -> String {
    let last = words.last().map(String::as_str).unwrap_or_default();
    ["al-", "el-", "ad-", "as-"]
        .iter()
        .find_map(|article| last.strip_prefix(article))
        .unwrap_or(last)
        .to_owned()
}

/// Whether two names with the same first and last word can be one person's: their middle names must not contradict.
fn compatible(a: &[String], b: &[String]) -> bool {
    let middle = |words: &[String]| {
        let middle = words.get(1).filter(|_| words.len() > 2);
        middle.and_then(|word| word.chars().next())
    };
    match (middle(a), middle(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

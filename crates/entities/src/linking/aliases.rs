//! Which names are one thing's.
//!
//! Everything goes by hash tables over the document's distinct names, so that a hundred thousand names take linear
//! time. A short name is linked where one longer name fits, and left alone where several do.

use super::acronyms::{abbreviates, bare_name, initials_of, is_acronym};
use super::form::Form;
use crate::Name;
use crate::countries::{self, Sense};
use crate::titles::Sex;
use document::EntityType;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a name belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// Names of equal chains are one thing's.
    pub chain: usize,
    /// Whether it is the short name of a person whose full name the text gives, whatever the finder took it for.
    pub short_for_person: bool,
}

/// The chain of each name. `same` are pairs of names that are one thing for sure.
pub(super) fn links(text: &str, names: &[Name], same: &[(usize, usize)]) -> Vec<Link> {
    let mut forms = Forms::default();
    for (position, name) in names.iter().enumerate() {
        forms.add(&text[name.span.clone()], name, position);
    }
    forms.settle_types();
    forms.link_unsure_types();
    forms.link_persons();
    forms.find_relatives(text, names);
    forms.link_things();
    forms.link_parentheses(text, names);
    for &(a, b) in same {
        forms.unite(forms.of_name[a], forms.of_name[b]);
    }
    (0..names.len())
        .map(|position| forms.link(position))
        .collect()
}

/// The distinct names of a document.
#[derive(Default)]
struct Forms {
    forms: Vec<Distinct>,
    by_key: HashMap<String, usize>,
    /// The form of each name.
    of_name: Vec<usize>,
    /// What the title in each name says.
    sex_of_name: Vec<Option<Sex>>,
    /// Union-find over forms.
    parent: Vec<usize>,
    /// The longer persons' names that a short one may stand for, by that short one; surnames and given names apart.
    surnames: HashMap<String, Vec<usize>>,
    given_names: HashMap<String, Vec<usize>>,
    /// Persons who come in as somebody's relatives: "his wife, Ada Byron".
    relatives: BTreeSet<usize>,
    /// Whom each short name of several persons has stood for so far, and who of them was named last.
    usage: HashMap<String, Usage>,
}

/// How a short name that several persons share is used.
#[derive(Default, Clone, Copy)]
struct Usage {
    /// The person whom it meant while it could mean no other.
    established: Option<usize>,
    /// The person who was named last, by whatever name.
    last: Option<usize>,
}

struct Distinct {
    form: Form,
    /// As it is first written.
    written: String,
    /// The position of its first name.
    first: usize,
    /// How much speaks for each type.
    votes: [f64; EntityType::ALL.len()],
    kind: EntityType,
    best_score: f64,
}

const KIN: &[&str] = &[
    "wife",
    "husband",
    "son",
    "daughter",
    "father",
    "mother",
    "brother",
    "sister",
    "spouse",
    "widow",
    "widower",
    "nephew",
    "niece",
    "uncle",
    "aunt",
    "cousin",
    "grandson",
    "granddaughter",
    "grandfather",
    "grandmother",
    "partner",
];

/// More longer names than this for one short name are not kept: it is ambiguous anyway.
const MOST_CANDIDATES: usize = 4;

impl Forms {
    fn add(&mut self, written: &str, name: &Name, position: usize) {
        let person = name.kind == EntityType::Person;
        let form = Form::of(written, person);
        // A country's names are one name, and so are its people's.
        let key = match countries::lookup(written).filter(|_| !person) {
            Some((country, Sense::Country)) => format!("={}", country.code),
            Some((country, Sense::People)) => format!("={} people", country.code),
            _ => format!("{} {}", class(name.kind), form.whole()),
        };
        let next = self.forms.len();
        let index = *self.by_key.entry(key).or_insert(next);
        self.sex_of_name.push(form.sex);
        self.of_name.push(index);
        if index == next {
            self.parent.push(index);
            self.forms.push(Distinct {
                form,
                written: written.to_owned(),
                first: position,
                votes: [0.0; EntityType::ALL.len()],
                kind: name.kind,
                best_score: 0.0,
            });
        }
        let distinct = &mut self.forms[index];
        distinct.votes[name.kind as usize] += name.score;
        distinct.best_score = distinct.best_score.max(name.score);
    }

    /// Each form gets the type that most of its names have, the first one's at a draw.
    fn settle_types(&mut self) {
        for distinct in &mut self.forms {
            distinct.kind = super::favourite(&distinct.votes, distinct.kind);
        }
    }

    /// One name of two classes is two things only where the finder was sure of both.
    fn link_unsure_types(&mut self) {
        const SURE: f64 = 0.9;
        let mut strongest: BTreeMap<String, usize> = BTreeMap::new();
        let strength = |distinct: &Distinct| distinct.votes.iter().sum::<f64>();
        for i in 0..self.forms.len() {
            let best = strongest.entry(self.forms[i].form.whole()).or_insert(i);
            if strength(&self.forms[i]) > strength(&self.forms[*best]) {
                *best = i;
            }
        }
        for i in 0..self.forms.len() {
            if let Some(&best) = strongest.get(&self.forms[i].form.whole())
                && best != i
                && self.forms[i].best_score.min(self.forms[best].best_score) < SURE
            {
                self.forms[i].kind = self.forms[best].kind;
                self.unite(i, best);
            }
        }
    }

    fn root(&mut self, mut form: usize) -> usize {
        while self.parent[form] != form {
            self.parent[form] = self.parent[self.parent[form]];
            form = self.parent[form];
        }
        form
    }

    /// The earlier form stays the root, so that roots do not depend on the order of the links.
    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Full names of one person, and the short names that full names have.
    fn link_persons(&mut self) {
        let full = |distinct: &Distinct| {
            distinct.kind == EntityType::Person && distinct.form.words.len() > 1
        };
        let persons: Vec<usize> = (0..self.forms.len())
            .filter(|&i| full(&self.forms[i]))
            .collect();
        // "John F. Kennedy" and "John Kennedy"
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
        // "Higuchi Ichiyō" and "Ichiyō Higuchi": surname first or last
        for &i in &persons {
            let words = &self.forms[i].form.words;
            if let [first, last] = &words[..]
                && let Some(&other) = by_ends.get(&(last.clone(), first.clone()))
            {
                self.unite(i, other);
            }
        }
        // "J. Kennedy" and "John Kennedy", where no other J. Kennedy is known
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
        for i in persons {
            let root = self.root(i);
            let words = self.forms[i].form.words.clone();
            for n in 1..words.len() {
                keep(self.surnames.entry(words[n..].join(" ")).or_default(), root);
            }
            // "al-Assad" is "Assad" in most papers.
            let last = family(&words);
            if words.last() != Some(&last) {
                keep(self.surnames.entry(last).or_default(), root);
            }
            keep(self.given_names.entry(words[0].clone()).or_default(), root);
        }
    }

    /// The link of the name at a position. Positions are to be asked for in their order.
    fn link(&mut self, position: usize) -> Link {
        let form = self.of_name[position];
        let full = self.full_name(form, position);
        let chain = self.root(full.unwrap_or(form));
        self.note_usage(form, chain);
        Link {
            chain,
            short_for_person: full.is_some(),
        }
    }

    /// Remembers that a person was named, for the short names that this person shares.
    fn note_usage(&mut self, form: usize, chain: usize) {
        let form = &self.forms[form].form;
        let mut shared = |short: &str, candidates: Option<&Vec<usize>>| {
            if candidates.is_some_and(|c| c.len() > 1 && c.contains(&chain)) {
                let usage = self.usage.entry(short.to_owned()).or_default();
                usage.last = Some(chain);
                if form.words.len() == 1 {
                    usage.established = usage.established.or(Some(chain));
                }
            }
        };
        let last = family(&form.words);
        shared(&last, self.surnames.get(&last));
        shared(&form.words[0], self.given_names.get(&form.words[0]));
    }

    /// The person whose surname or given name this is: the only one; or the only one whom the text has named so far; or
    /// the one whom this short name has meant before. Editors give a surname alone to one person, and call the wife by
    /// both names (in GUM's train part this rule is right in 9 of 10 cases).
    fn full_name(&self, form: usize, position: usize) -> Option<usize> {
        let distinct = &self.forms[form];
        let person = distinct.votes[EntityType::Person as usize];
        let known_place = countries::lookup(&distinct.written).is_some();
        // A surname that the finder once took for something else is still a surname.
        let may_be = distinct.kind == EntityType::Person
            || !known_place && person + 1.0 >= distinct.votes[distinct.kind as usize];
        if !may_be {
            return None;
        }
        let key = distinct.form.key();
        let given = || {
            let person = distinct.kind == EntityType::Person;
            self.given_names.get(&key).filter(|_| person)
        };
        let candidates = self.surnames.get(&key).or_else(given)?;
        if candidates.len() > MOST_CANDIDATES || candidates.contains(&form) {
            return None;
        }
        if let [only] = candidates[..] {
            return Some(only);
        }
        if self.sex_of_name[position].is_some() {
            return None;
        }
        let named: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|&c| self.forms[c].first < position)
            .collect();
        if let [only] = named[..] {
            return Some(only);
        }
        let usage = self.usage.get(&key).copied().unwrap_or_default();
        if usage.established.is_some() {
            return usage.established;
        }
        // "Byron married Ada Byron … Byron said": relatives go by their given names.
        let mut others = named.iter().filter(|c| !self.relatives.contains(c));
        let only = others.next().filter(|_| others.next().is_none())?;
        (usage.last == Some(*only)).then_some(*only)
    }

    /// Notes who is brought in as a relative when first named.
    fn find_relatives(&mut self, text: &str, names: &[Name]) {
        for (position, name) in names.iter().enumerate() {
            let form = self.of_name[position];
            if name.kind != EntityType::Person || self.forms[form].first != position {
                continue;
            }
            let before = text.get(..name.span.start).unwrap_or_default();
            // The two words before, in a bounded stretch.
            let near = before.char_indices().rev().take(40).last();
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

    /// Bodies, places and events: company endings, acronyms, beginnings of longer names.
    fn link_things(&mut self) {
        let things: Vec<usize> = (0..self.forms.len())
            .filter(|&i| self.forms[i].kind != EntityType::Person)
            .collect();
        let mut bare_names: HashMap<String, usize> = HashMap::new();
        let mut initials: HashMap<String, Vec<usize>> = HashMap::new();
        let mut parts: HashMap<String, Vec<usize>> = HashMap::new();
        for &i in &things {
            let words = self.forms[i].form.words.clone();
            let bare = format!("{} {}", class(self.forms[i].kind), bare_name(&words));
            match bare_names.get(&bare) {
                Some(&other) => self.unite(i, other),
                None => {
                    bare_names.insert(bare, i);
                }
            }
            if words.len() < 2 {
                continue;
            }
            if !is_acronym(&self.forms[i].written) {
                for initial in initials_of(&words) {
                    keep(initials.entry(initial).or_default(), i);
                }
            }
            if may_be_shortened(self.forms[i].kind) {
                for n in 1..words.len() {
                    keep(parts.entry(words[..n].join(" ")).or_default(), i);
                    keep(parts.entry(words[n..].join(" ")).or_default(), i);
                }
            }
        }
        for &i in &things {
            let key = self.forms[i].form.key();
            if is_acronym(&self.forms[i].written)
                && let Some(one) = self.only(initials.get(&key.replace(' ', "")))
            {
                self.unite(i, one);
                continue;
            }
            let words = &self.forms[i].form.words;
            let telling = words.len() > 1 || words[0].chars().count() > 3;
            if may_be_shortened(self.forms[i].kind)
                && telling
                && countries::lookup(&self.forms[i].written).is_none()
                && let Some(one) = self.only(parts.get(&key))
                && self.forms[one].kind == self.forms[i].kind
                && (self.forms[one].first < self.forms[i].first
                    || self.forms[one]
                        .form
                        .words
                        .starts_with(&self.forms[i].form.words))
            {
                self.unite(i, one);
            }
        }
    }

    /// "World Health Organization (WHO)", "Koninklijke Bibliotheek (KB)": the text itself says so.
    fn link_parentheses(&mut self, text: &str, names: &[Name]) {
        for (position, pair) in names.windows(2).enumerate() {
            let [name, short] = pair else { continue };
            let between = text.get(name.span.end..short.span.start);
            if between.map(str::trim) != Some("(") || !text[short.span.end..].starts_with(')') {
                continue;
            }
            let persons = [name, short].iter().any(|n| n.kind == EntityType::Person);
            let (long, abbreviation) = (&text[name.span.clone()], &text[short.span.clone()]);
            if !persons && is_acronym(abbreviation) && abbreviates(abbreviation, long) {
                self.unite(self.of_name[position], self.of_name[position + 1]);
            }
        }
    }

    /// The only one of the candidates, counting linked ones as one.
    fn only(&mut self, candidates: Option<&Vec<usize>>) -> Option<usize> {
        let candidates = candidates.filter(|c| c.len() <= MOST_CANDIDATES)?;
        let mut roots: Vec<usize> = candidates.iter().map(|&c| self.root(c)).collect();
        roots.sort_unstable();
        roots.dedup();
        match roots[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// Names of different classes are different things though they are written alike: Washington the man and the city.
/// Within a class, types are often confused.
fn class(kind: EntityType) -> char {
    match kind {
        EntityType::Person => 'p',
        EntityType::Gpe | EntityType::Loc | EntityType::Fac => 'l',
        EntityType::Org => 'o',
        EntityType::Norp => 'n',
        _ => 'm',
    }
}

/// Adds a candidate, once, and no more than tell that there are too many.
fn keep(candidates: &mut Vec<usize>, candidate: usize) {
    if candidates.len() <= MOST_CANDIDATES && !candidates.contains(&candidate) {
        candidates.push(candidate);
    }
}

/// The last word of a person's name, without an Arabic article.
fn family(words: &[String]) -> String {
    let last = words.last().map(String::as_str).unwrap_or_default();
    ["al-", "el-", "ad-", "as-"]
        .iter()
        .find_map(|article| last.strip_prefix(article))
        .unwrap_or(last)
        .to_owned()
}

/// Whether two names with one first and last word can be one person's: what stands between must not contradict.
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

/// Whether things of this type go by a part of their name: "the Reserve Bank", "Congress", "Phailin" of "Cyclone Phailin".
/// Places do not: "Coron" is the town on "Coron Island".
fn may_be_shortened(kind: EntityType) -> bool {
    matches!(kind, EntityType::Org | EntityType::Event)
}

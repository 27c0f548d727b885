//! Aliases: names of the same thing.
//!
//! A short name is linked where exactly one longer name fits. The rules look names up in hash tables of the document's
//! distinct names, so that a hundred thousand names take linear time.

mod persons;

use super::acronyms::{abbreviates, bare_name, initials_of, is_acronym};
use super::form::Form;
use crate::Name;
use crate::countries::{self, Sense};
use crate::titles::Sex;
use document::EntityType;
use model::Map;
use persons::SharedName;
use std::collections::{BTreeMap, BTreeSet};

/// The chain of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// Names of one thing have one number.
    pub chain: usize,
    /// Whether it is the short name of a person whose full name the text gives, whatever type the model gave it.
    pub short_for_person: bool,
}

/// The chain of each name. `same` are pairs of positions whose names are known to be one thing.
pub(super) fn links(text: &str, names: &[Name], same: &[(usize, usize)]) -> Vec<Link> {
    let mut forms = Forms::default();
    for (position, name) in names.iter().enumerate() {
        forms.add(text, name, position);
    }
    forms.settle_types();
    forms.link_unsure_types();
    forms.link_peoples();
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
    by_key: Map<String, usize>,
    /// By position of a name, the index of its form.
    of_name: Vec<usize>,
    /// By position of a name, the sex that its title shows.
    sex_of_name: Vec<Option<Sex>>,
    /// Union-find over the indices of forms.
    parent: Vec<usize>,
    /// By surname, the persons that it may stand for, as indices of their longer names; below, by given name.
    surnames: Map<String, Vec<usize>>,
    given_names: Map<String, Vec<usize>>,
    /// Persons who are introduced as somebody's relatives: "his wife, Ada Byron".
    relatives: BTreeSet<usize>,
    /// By short name that several persons share, what it has stood for so far.
    shared: Map<String, SharedName>,
}

struct Distinct {
    form: Form,
    /// As it is written the first time.
    written: String,
    /// The position of its first name.
    first: usize,
    /// By type, the sum of its mentions' scores.
    votes: [f64; EntityType::ALL.len()],
    kind: EntityType,
    best_score: f64,
}

/// No more longer names than this are kept for a short name, and one: it is ambiguous anyway.
const MOST_CANDIDATES: usize = 4;

/// A model that gives a type this probability is sure of it.
const SURE: f64 = 0.9;

/// A short name of at least so many letters is specific enough to be linked; acronyms have a rule of their own.
const LEAST_LETTERS: usize = 4;

impl Forms {
    fn add(&mut self, text: &str, name: &Name, position: usize) {
        let written = &text[name.span];
        let person = name.kind == EntityType::Person;
        let mut form = Form::of(written, person);
        if person && form.sex.is_none() {
            form.sex = persons::courtesy_before(text, name.span.start);
        }
        // A country's names are one name, and so are its people's.
        let key = match countries::lookup(written).filter(|_| !person) {
            Some((country, Sense::Country)) => format!("={}", country.code),
            Some((country, Sense::People)) => format!("={} people", country.code),
            _ => key(name.kind, &form),
        };
        // "Mr Byron" and "Mrs Byron" are two.
        let contradicts = |&index: &usize| {
            let known: &Form = &self.forms[index].form;
            form.words.len() == 1 && known.sex.zip(form.sex).is_some_and(|(a, b)| a != b)
        };
        let key = match self.by_key.get(&key) {
            Some(index) if contradicts(index) => key_of_second(name.kind, &form),
            _ => key,
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
        distinct.form.sex = distinct.form.sex.or(self.sex_of_name[position]);
        distinct.votes[name.kind as usize] += name.score;
        distinct.best_score = distinct.best_score.max(name.score);
    }

    /// Each form gets the type with the highest sum of scores, that of its first name where two are equal.
    fn settle_types(&mut self) {
        for distinct in &mut self.forms {
            distinct.kind = super::majority(&distinct.votes, distinct.kind);
        }
    }

    /// One name of two classes is two things only where the model is sure of both.
    fn link_unsure_types(&mut self) {
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

    /// "Zionist" and "Zionists", even where the model took the plural for another kind of name.
    fn link_peoples(&mut self) {
        let peoples: Vec<usize> = (0..self.forms.len())
            .filter(|&i| matches!(class(self.forms[i].kind), 'n' | 'm'))
            .collect();
        let by_key: Map<String, usize> = peoples
            .iter()
            .map(|&i| (self.forms[i].form.key(), i))
            .collect();
        for i in peoples {
            let plural = format!("{}s", self.forms[i].form.key());
            if self.forms[i].kind == EntityType::Norp
                && let Some(&other) = by_key.get(&plural)
            {
                self.unite(i, other);
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

    /// Links two forms. The earlier one becomes the root, so that roots do not depend on the order of the links.
    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Bodies, places and events: company endings, acronyms, beginnings of longer names.
    fn link_things(&mut self) {
        let things: Vec<usize> = (0..self.forms.len())
            .filter(|&i| self.forms[i].kind != EntityType::Person)
            .collect();
        let mut bare_names: Map<String, usize> = Map::default();
        let mut initials: Map<String, Vec<usize>> = Map::default();
        let mut parts: Map<String, Vec<usize>> = Map::default();
        for &i in &things {
            let words = self.forms[i].form.words.clone();
            let bare = format!("{} {}", class(self.forms[i].kind), bare_name(&words));
            match bare_names.get(&bare) {
                Some(&other) => self.unite(i, other),
                None => {
                    bare_names.insert(bare, i);
                }
            }
            // "HBO's Game of Thrones"
            if let Some(owned) = possession(&self.forms[i].written)
                && let Some(&other) = self
                    .by_key
                    .get(&key(self.forms[i].kind, &Form::of(owned, false)))
            {
                self.unite(i, other);
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
            let specific = words.len() > 1 || words[0].chars().count() >= LEAST_LETTERS;
            if may_be_shortened(self.forms[i].kind)
                && specific
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

    /// "World Health Organization (WHO)", "Koninklijke Bibliotheek (KB)": the text itself links these.
    fn link_parentheses(&mut self, text: &str, names: &[Name]) {
        for (position, pair) in names.windows(2).enumerate() {
            let [name, short] = pair else { continue };
            let between = text.get(name.span.end..short.span.start);
            if between.map(str::trim) != Some("(") || !text[short.span.end..].starts_with(')') {
                continue;
            }
            let persons = [name, short].iter().any(|n| n.kind == EntityType::Person);
            let (long, abbreviation) = (&text[name.span], &text[short.span]);
            if !persons && is_acronym(abbreviation) && abbreviates(abbreviation, long) {
                self.unite(self.of_name[position], self.of_name[position + 1]);
            }
        }
    }

    /// The root of the only candidate; linked ones count as one.
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

/// The key of a form: names of one class are one form where they differ in hyphens only, "Basse-Terre" and "Basse Terre".
fn key(kind: EntityType, form: &Form) -> String {
    format!("{} {}", class(kind), form.whole().replace('-', " "))
}

/// The key of the second person where "Mr Byron" and "Mrs Byron" are two.
fn key_of_second(kind: EntityType, form: &Form) -> String {
    format!("{}, the other", key(kind, form))
}

/// What a genitive owns, at least two words: "Game of Thrones" in "HBO's Game of Thrones". Not that of a plural, which is part
/// of many names: "Workers' Party of Korea".
fn possession(written: &str) -> Option<&str> {
    let (_, owned) = written
        .split_once("'s ")
        .or_else(|| written.split_once("’s "))?;
    owned.trim().contains(' ').then_some(owned)
}

/// The class of a type. Names of different classes are different things even if they are written alike: Washington the man and
/// the city. Within a class, models confuse types.
fn class(kind: EntityType) -> char {
    use EntityType::*;
    match kind {
        Person => 'p',
        Gpe | Loc | Fac => 'l',
        Org => 'o',
        Norp => 'n',
        Product | Event | Misc => 'm',
        Date | Time | Money | Percent | Quantity | Ordinal | Cardinal => 'm',
    }
}

/// Adds a candidate once, and no more of them than show that there are too many.
fn keep(candidates: &mut Vec<usize>, candidate: usize) {
    if candidates.len() <= MOST_CANDIDATES && !candidates.contains(&candidate) {
        candidates.push(candidate);
    }
}

/// Whether things of this type go by a part of their name: "the Reserve Bank", "Congress", "Phailin" for "Cyclone Phailin".
/// Places do not: "Coron" is the town on "Coron Island".
fn may_be_shortened(kind: EntityType) -> bool {
    use EntityType::*;
    match kind {
        Org | Event => true,
        Person | Gpe | Loc | Fac | Norp | Product | Misc => false,
        Date | Time | Money | Percent | Quantity | Ordinal | Cardinal => false,
    }
}

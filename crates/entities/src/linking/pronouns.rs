//! "He" and "she", where only one person can be meant.
//!
//! The candidates of a pronoun are the persons named before it in its sentence, else those of the nearest sentence
//! before that names any, two back at most. One candidate of the right sex is an antecedent; of several only the one who
//! speaks ("Assad told Putin … He added"). Persons whom the text does not name ("the suspect") are candidates too, so
//! that their "he" is nobody else's. What stands in quotation marks is another speaker's text: pronouns in it find their
//! persons in it, and pronouns outside of it do not. Two things that grammars say of English (Hobbs 1978) are kept to: who
//! does something in a clause is not the clause's "him", and "After her speech, Byron …" may speak of whom it names next.

use crate::lists::{WordList, words};
use crate::titles::Sex;
use document::Span;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use text::Reading;
use text::reporting::{self, Use};

/// A person at a place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    /// The tokens.
    pub first: usize,
    pub next: usize,
    /// `None` for somebody without a name.
    pub chain: Option<usize>,
}

impl Person {
    /// Somebody who is mentioned in some bytes.
    pub fn at(reading: &Reading<'_>, span: Span, chain: Option<usize>) -> Self {
        let tokens = reading.tokens_in(span);
        Self {
            first: tokens.start,
            next: tokens.end,
            chain,
        }
    }
}

const LIST: &str = include_str!("../../data/pronouns.txt");

/// Words and marks that begin a clause or phrase of its own.
static BOUNDARIES: WordList = LazyLock::new(|| words(LIST, "boundary"));

/// Words that stand before a clause's own subject.
static OPENINGS: WordList = LazyLock::new(|| words(LIST, "opening"));

/// How many words such an opening has before the pronoun at most.
const LONGEST_OPENING: usize = 8;

/// How many words lie between a subject and its object at most; also a bound for hostile text.
const LONGEST_CLAUSE: usize = 30;

fn sex_of(word: &str) -> Option<Sex> {
    let is = |words: &[&str]| words.iter().any(|w| word.eq_ignore_ascii_case(w));
    if is(&["he", "him", "his", "himself"]) {
        Some(Sex::Male)
    } else if is(&["she", "her", "hers", "herself"]) {
        Some(Sex::Female)
    } else {
        None
    }
}

/// How many sentences back an antecedent may stand.
const FARTHEST: usize = 2;

/// The pronouns that are clear, with their chains. `persons` are in the order of the text; `in_name` says which
/// tokens are part of a name, `sexes` what names and titles say of the chains.
pub(super) fn pronouns(
    reading: &Reading<'_>,
    persons: &[Person],
    in_name: &[bool],
    mut sexes: BTreeMap<usize, Sex>,
) -> Vec<(Span, usize)> {
    let mut found = Vec::new();
    // Persons and resolved pronouns so far, by sentence; only the last few sentences are kept.
    let mut recent: Vec<(Option<usize>, Vec<Person>)> = Vec::new();
    let mut next_person = 0;
    for (i, &named) in in_name.iter().enumerate() {
        while let Some(person) = persons.get(next_person).filter(|p| p.first <= i) {
            note(&mut recent, reading.sentence_of(person.first), *person);
            next_person += 1;
        }
        let Some(sex) = sex_of(reading.word(i)) else {
            continue;
        };
        let sentence = reading.sentence_of(i);
        if sentence.is_none() || named {
            continue;
        }
        let fits = |person: &Person| {
            let known = person.chain.and_then(|chain| sexes.get(&chain));
            known.is_none_or(|known| *known == sex)
        };
        let Some(chain) = antecedent(reading, &recent, i, fits) else {
            continue;
        };
        let ahead = persons.get(next_person).filter(|person| {
            reading.sentence_of(person.first) == sentence
                && person.chain != Some(chain)
                && fits(person)
        });
        if ahead.is_some() && in_opening(reading, i) {
            continue;
        }
        sexes.entry(chain).or_insert(sex);
        found.push((reading.tokens()[i].span, chain));
        let person = Person {
            first: i,
            next: i + 1,
            chain: Some(chain),
        };
        note(&mut recent, sentence, person);
    }
    found
}

fn note(recent: &mut Vec<(Option<usize>, Vec<Person>)>, sentence: Option<usize>, person: Person) {
    match recent.last_mut() {
        Some((last, persons)) if *last == sentence => {
            // A hostile sentence may name thousands; who the candidates are, the last ones tell as well.
            if persons.len() < 64 {
                persons.push(person);
            }
        }
        _ => {
            if recent.len() > FARTHEST {
                recent.remove(0);
            }
            recent.push((sentence, vec![person]));
        }
    }
}

fn antecedent(
    reading: &Reading<'_>,
    recent: &[(Option<usize>, Vec<Person>)],
    i: usize,
    fits: impl Fn(&Person) -> bool,
) -> Option<usize> {
    let sentence = reading.sentence_of(i)?;
    let quotation = reading.quotation_of(i);
    for (at, persons) in recent.iter().rev() {
        let at = at.filter(|at| (sentence.saturating_sub(FARTHEST)..=sentence).contains(at))?;
        let candidates: Vec<&Person> = persons
            .iter()
            .filter(|p| reading.quotation_of(p.first) == quotation)
            .filter(|p| fits(p))
            .collect();
        let Some(first) = candidates.first() else {
            continue;
        };
        // Then it is somebody of an earlier sentence, or nobody with a name: half of the time each.
        let subject = |p: &&Person| is_subject_of(reading, persons, p, i);
        if at == sentence && candidates.iter().any(subject) {
            return None;
        }
        if candidates.iter().all(|p| p.chain == first.chain) {
            return first.chain;
        }
        // "Assad told Putin that … He added": the one who speaks goes on speaking.
        if at < sentence && reports(reading, i, i + 1) {
            let mut speakers = candidates
                .iter()
                .filter(|p| reports(reading, p.first, p.next))
                .map(|p| p.chain);
            let speaker = speakers.next()?;
            return speaker.filter(|_| speakers.all(|other| other == speaker));
        }
        return None;
    }
    None
}

/// Whether a pronoun stands in what comes before its sentence's subject: "After her speech".
fn in_opening(reading: &Reading<'_>, i: usize) -> bool {
    let sentence = reading.sentence_of(i);
    let words = (0..i)
        .rev()
        .take(LONGEST_OPENING + 1)
        .take_while(|&before| reading.sentence_of(before) == sentence);
    let words = words.count();
    (1..=LONGEST_OPENING).contains(&words)
        && reading.is_one_of(i - words, &OPENINGS)
        && (i - words..i).all(|before| !reading.is_one_of(before, &[","]))
}

/// Whether a pronoun is an object in the clause of a person before it: "Byron thanked him" is not of Byron. The last
/// mention of the person counts.
fn is_subject_of(reading: &Reading<'_>, persons: &[Person], person: &Person, i: usize) -> bool {
    let object = reading.is_one_of(i, &["him"])
        || reading.is_one_of(i, &["her"])
            && !reading.word(i + 1).starts_with(|c: char| c.is_alphabetic());
    let mut mentions = persons.iter().rev().filter(|p| p.chain == person.chain);
    object
        && mentions
            .next()
            .filter(|last| i.saturating_sub(last.next) <= LONGEST_CLAUSE)
            .is_some_and(|last| {
                (last.next..i).all(|between| !reading.is_one_of(between, &BOUNDARIES))
            })
}

/// Whether a reporting verb stands beside a mention: "he also said", "…”, said Assad". In "said Assad had left" somebody
/// else speaks; only behind a quotation is the order turned.
fn reports(reading: &Reading<'_>, first: usize, next: usize) -> bool {
    let is_verb = |token: usize, of: Use| {
        let word = reading.word(token).to_ascii_lowercase();
        reporting::verbs(of).contains(&word)
    };
    let inverted = first >= 2
        && is_verb(first - 1, Use::Inverted)
        && reading.is_one_of(first - 2, &["”", "\"", "’", "'", "''"]);
    inverted || is_verb(next, Use::Subject) || reading.is_one_of(next, &["also"])
}

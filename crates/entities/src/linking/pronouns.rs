//! The antecedents of "he" and "she", where only one person fits.
//!
//! The candidates for a pronoun are the persons named before it in its sentence; if there are none, those of the nearest
//! earlier sentence that names any, at most two back. A single candidate of the right sex is the antecedent. Of several, it is
//! the one who speaks ("Haddad told Reed … He added"). Persons without a name ("the suspect") are candidates too, so that
//! their "he" is not linked to anybody else. Text in quotation marks is another speaker's: a pronoun and its antecedent are
//! in the same quotation, or both outside. Two rules of English grammar (Hobbs 1978) hold as well: the subject of a clause is
//! not its "him", and in "After her speech, Byron …" the pronoun may refer to the person named after it.

use crate::lists::{WordList, words};
use crate::titles::Sex;
use document::Span;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use text::reporting::{self, Use};
use text::{Place, Reading};

/// A mention of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    /// The first token.
    pub first: usize,
    /// The token after the last.
    pub next: usize,
    /// `None` for somebody without a name.
    pub chain: Option<usize>,
}

impl Person {
    /// A person mentioned in these bytes.
    pub(super) fn at(reading: &Reading<'_>, span: Span, chain: Option<usize>) -> Self {
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

/// The most words of an opening before its pronoun.
const LONGEST_OPENING: usize = 8;

/// The most tokens between a subject and its object; also a bound for hostile text.
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

/// How many sentences back an antecedent may be.
const FARTHEST: usize = 2;

/// The pronouns that have one antecedent, with its chain. `persons` are in the order of the text, `in_name` says of each token
/// whether it is part of a name, and `sexes` has the sex of chains whose names or titles show it.
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

/// No more persons of a sentence are candidates: a bound for hostile text.
const MOST_PERSONS: usize = 64;

/// Adds a person to the candidates.
fn note(recent: &mut Vec<(Option<usize>, Vec<Person>)>, sentence: Option<usize>, person: Person) {
    match recent.last_mut() {
        Some((last, persons)) if *last == sentence => {
            if persons.len() < MOST_PERSONS {
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

/// The chain of the person that the pronoun at token `i` refers to, where one of the recent persons `fits`.
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
        // "Byron thanked him": the antecedent is in an earlier sentence or has no name, half of the time each.
        let subject = |p: &&Person| is_subject_of(reading, persons, p, i);
        if at == sentence && candidates.iter().any(subject) {
            return None;
        }
        if candidates.iter().all(|p| p.chain == first.chain) {
            return first.chain;
        }
        // "Haddad told Reed that … He added": the speaker goes on speaking.
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

/// Whether a pronoun is in a phrase before its sentence's subject: "After her speech, …".
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

/// Whether a pronoun is the object of a clause whose subject is this person: in "Byron thanked him", "him" is not Byron. The
/// person's last mention counts.
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

/// Whether a mention has a reporting verb: behind it ("he also said") or, after a quotation only, before it ("…”, said
/// Haddad"). In "said Haddad had left" somebody else speaks.
fn reports(reading: &Reading<'_>, first: usize, next: usize) -> bool {
    let is_verb = |token: usize, of: Use| {
        let word = reading.word(token).to_ascii_lowercase();
        reporting::verbs(of).contains(&word)
    };
    let inverted = first >= 2
        && is_verb(first - 1, Use::Inverted)
        && reading.place(first - 2) == Place::Closing;
    inverted || is_verb(next, Use::Subject) || reading.is_one_of(next, &["also"])
}

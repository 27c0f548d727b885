//! Persons by what they are: "the Iranian president", "Iran's president", "the minister".
//!
//! A description is linked where one person of the document fits: somebody whom the text gives this title, and of this
//! country where it names one. Where titles come without a country ("President Pezeshkian told President Assad") and
//! several descriptions with one ("the Iranian president", "the Syrian president"), persons and countries are paired by
//! the sentences they share, if one pairing is far better than all others.

mod cooccurrence;

use crate::Name;
use crate::countries::{self, Sense};
use crate::titles::{LONGEST_TITLE, ends_title, starts_title, title};
use cooccurrence::CoOccurrence;
use document::{EntityType, Span, TokenRange};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use text::Reading;

/// A description of a person.
#[derive(Debug)]
pub(super) struct Description {
    /// With its article, as far as the country: "the president of Iran".
    pub span: Span,
    /// Whom it means, where that is sure.
    pub chain: Option<usize>,
}

/// Who holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    chain: usize,
    country: Option<&'static str>,
}

struct RolePhrase {
    first: usize,
    next: usize,
    role: String,
    country: Option<&'static str>,
}

/// The descriptions in a text, in its order, and those names that are but a role ("President"), with whom they mean.
/// `chains` are the names' own, and names whose things are persons have `Person` for their kind.
pub(super) fn descriptions(
    reading: &Reading<'_>,
    names: &[Name],
    chains: &[usize],
) -> (Vec<Description>, BTreeMap<usize, usize>) {
    let holders = holders(reading, names, chains);
    let found = find(reading, names);
    let mut paired: HashMap<(&str, &str), usize> = HashMap::new();
    let roles: BTreeSet<&str> = found.iter().map(|f| f.role.as_str()).collect();
    let cooccurrence = CoOccurrence::new(reading, names, chains);
    for role in roles {
        let claims: Vec<&RolePhrase> = found.iter().filter(|f| f.role == role).collect();
        for (country, chain) in cooccurrence.pair(reading, &claims, holders.get(role)) {
            paired.insert((role, country), chain);
        }
    }
    let unknown: BTreeSet<&str> = found
        .iter()
        .filter(|f| {
            f.country
                .is_some_and(|c| !paired.contains_key(&(f.role.as_str(), c)))
        })
        .map(|f| f.role.as_str())
        .collect();
    let descriptions = found
        .iter()
        .map(|f| Description {
            span: reading.span_of(TokenRange::new(f.first, f.next)),
            chain: match f.country {
                Some(country) => paired.get(&(f.role.as_str(), country)).copied(),
                // "The president" may also be the Iranian one, whom we do not know.
                None => only(holders.get(&f.role)).filter(|_| !unknown.contains(f.role.as_str())),
            },
        })
        .collect();
    let mut titles_alone = BTreeMap::new();
    for (position, name) in names.iter().enumerate() {
        let role = reading.text()[name.span].to_lowercase();
        if name.kind == EntityType::Person
            && title(&role).is_some_and(|t| t.role)
            && let Some(chain) = only(holders.get(&role))
        {
            titles_alone.insert(position, chain);
        }
    }
    (descriptions, titles_alone)
}

fn only(holders: Option<&BTreeSet<Holder>>) -> Option<usize> {
    let chains: BTreeSet<usize> = holders?.iter().map(|b| b.chain).collect();
    chains.first().copied().filter(|_| chains.len() == 1)
}

/// Who is given which title, before the name or behind it.
fn holders(
    reading: &Reading<'_>,
    names: &[Name],
    chains: &[usize],
) -> HashMap<String, BTreeSet<Holder>> {
    let mut holders: HashMap<String, BTreeSet<Holder>> = HashMap::new();
    let mut add = |role: &str, holder: Holder| {
        holders.entry(role.to_owned()).or_default().insert(holder);
        // A foreign minister is a minister; a prime minister nobody calls so.
        if let Some((first, last)) = role.rsplit_once(' ')
            && first != "prime"
            && !first.ends_with("vice")
            && !first.ends_with("deputy")
            && title(last).is_some_and(|t| t.role)
        {
            holders.entry(last.to_owned()).or_default().insert(holder);
        }
    };
    for (name, &chain) in names.iter().zip(chains) {
        if name.kind != EntityType::Person {
            continue;
        }
        let tokens = reading.tokens_in(name.span);
        // Titles within the span, as some finders mark them, and before it.
        let mut first = tokens.start;
        while let Some((role, next)) =
            role_at(reading, first).filter(|(_, next)| *next < tokens.end)
        {
            let (country, _) = country_before(reading, first);
            add(&role, Holder { chain, country });
            first = next;
        }
        if let Some((role, start)) = role_before(reading, tokens.start) {
            let (country, before) = country_before(reading, start);
            if !no_longer(reading, before) {
                add(&role, Holder { chain, country });
            }
        }
        // "Ada Byron, the Ruritanian president, …"
        if reading.is_one_of(tokens.end, &[","]) {
            let at = tokens.end + 1 + usize::from(reading.is_one_of(tokens.end + 1, &["the"]));
            let (country, at) =
                country_at(reading, at).map_or((None, at), |(c, next)| (Some(c), next));
            if let Some((role, next)) = role_at(reading, at) {
                let country = country.or(country_behind(reading, next).map(|(c, _)| c));
                add(&role, Holder { chain, country });
            }
        }
    }
    // A holder without a country is the same one with it.
    for set in holders.values_mut() {
        let known: BTreeSet<usize> = set
            .iter()
            .filter(|b| b.country.is_some())
            .map(|b| b.chain)
            .collect();
        set.retain(|b| b.country.is_some() || !known.contains(&b.chain));
    }
    holders
}

/// Whether the word before a token, or the one at it, says that somebody is something no more, or not yet.
fn no_longer(reading: &Reading<'_>, i: usize) -> bool {
    let words = [
        "former", "ex", "late", "then", "outgoing", "incoming", "future", "onetime", "-", "elect",
        "deposed",
    ];
    i.checked_sub(1)
        .is_some_and(|i| reading.is_one_of(i, &words))
        || reading.is_one_of(i, &["former", "ex"])
}

/// The role that starts at a token, the longest one, and the token after it.
fn role_at(reading: &Reading<'_>, i: usize) -> Option<(String, usize)> {
    if !starts_title(reading.word(i)) {
        return None;
    }
    (1..=LONGEST_TITLE).rev().find_map(|n| {
        let words = reading
            .phrase(TokenRange::new(i, i + n))
            .to_lowercase()
            .replace(" - ", "-");
        (title(&words)?.role && reading.tokens().len() >= i + n).then_some((words, i + n))
    })
}

/// The role that ends before a token, the longest one, and its first token.
fn role_before(reading: &Reading<'_>, next: usize) -> Option<(String, usize)> {
    if !ends_title(reading.word(next.checked_sub(1)?)) {
        return None;
    }
    (1..=LONGEST_TITLE).rev().find_map(|n| {
        let first = next.checked_sub(n)?;
        let words = reading
            .phrase(TokenRange::new(first, next))
            .to_lowercase()
            .replace(" - ", "-");
        title(&words)?.role.then_some((words, first))
    })
}

/// The country of which an adjective or genitive before a token speaks, and its first token: "Iranian", "Iran's".
fn country_before(reading: &Reading<'_>, next: usize) -> (Option<&'static str>, usize) {
    let genitive = next
        .checked_sub(1)
        .filter(|&i| reading.is_one_of(i, &["'s", "’s", "'", "’"]));
    let end = genitive.unwrap_or(next);
    for n in (1..=3).rev() {
        let Some(first) = end.checked_sub(n) else {
            continue;
        };
        if let Some((country, sense)) =
            countries::lookup(&reading.phrase(TokenRange::new(first, end)))
        {
            let fits = match sense {
                Sense::People => true,
                Sense::Country => {
                    genitive.is_some()
                        || country.code.len() == 2 && n == 1 && reading.word(first).len() <= 4
                }
                Sense::Capital => false,
            };
            if fits {
                return (Some(country.code), first);
            }
        }
    }
    (None, next)
}

/// The people or country that starts at a token, with its genitive, and the token after it.
fn country_at(reading: &Reading<'_>, i: usize) -> Option<(&'static str, usize)> {
    (1..=3).rev().find_map(|n| {
        let (country, sense) = countries::lookup(&reading.phrase(TokenRange::new(i, i + n)))?;
        let genitive = reading.is_one_of(i + n, &["'s", "’s", "'", "’"]);
        match sense {
            Sense::People => Some((country.code, i + n)),
            Sense::Country if genitive => Some((country.code, i + n + 1)),
            _ => None,
        }
    })
}

/// "of Iran", "of the United States" at a token, and the token after it.
fn country_behind(reading: &Reading<'_>, i: usize) -> Option<(&'static str, usize)> {
    if !reading.is_one_of(i, &["of"]) {
        return None;
    }
    let at = i + 1 + usize::from(reading.is_one_of(i + 1, &["the"]));
    (1..=5).rev().find_map(|n| {
        let (country, sense) = countries::lookup(&reading.phrase(TokenRange::new(at, at + n)))?;
        (sense == Sense::Country).then_some((country.code, at + n))
    })
}

/// Every description in the text that is of a pattern we can read; "the former president" is none.
fn find(reading: &Reading<'_>, names: &[Name]) -> Vec<RolePhrase> {
    let mut found = Vec::new();
    let mut name = 0;
    let mut i = 0;
    while i < reading.tokens().len() {
        let Some((role, after)) = role_at(reading, i) else {
            i += 1;
            continue;
        };
        let start = reading.tokens()[i].span.start;
        while names.get(name).is_some_and(|n| n.span.end <= start) {
            name += 1;
        }
        // Within a name, or before one, whose title it is.
        let titled = names.get(name).is_some_and(|n| {
            let end = reading.tokens()[after - 1].span.end;
            n.span.start < end
                || n.kind == EntityType::Person && reading.token_at(n.span.start) == after
        });
        let (country, first) = country_before(reading, i);
        let article = first
            .checked_sub(1)
            .filter(|&a| reading.is_one_of(a, &["the"]));
        let genitive =
            country.is_some() && i > 0 && reading.is_one_of(i - 1, &["'s", "’s", "'", "’"]);
        let compound =
            reading.is_one_of(after, &["-"]) && reading.tokens()[after].gap == text::Gap::None;
        if titled || compound || article.is_none() && !genitive {
            i = after;
            continue;
        }
        let (behind, next) = match country_behind(reading, after) {
            Some((country, next)) => (Some(country), next),
            None => (None, after),
        };
        // "the president of the bank" is somebody of the bank.
        let of_something = behind.is_none() && reading.is_one_of(after, &["of", "for"]);
        if !of_something {
            found.push(RolePhrase {
                first: article.unwrap_or(first),
                next,
                role,
                country: country.or(behind),
            });
        }
        i = next;
    }
    found
}

//! Persons by what they are: "the Iranian president", "Iran's president", "the minister".
//!
//! A description is linked where exactly one person of the document fits: one who has this title in the text, and of this
//! country if the description names one. Titles may come without a country ("President Haddad told President Reed") and
//! descriptions with one ("the Iranian president", "the Syrian president"). Then persons and countries are paired by the
//! sentences that name both, if one pairing is far better than all others.

mod cooccurrence;

use crate::Name;
use crate::countries::{self, Country, Sense};
use crate::titles::{LONGEST_TITLE, ends_title, starts_title, title};
use cooccurrence::CoOccurrence;
use document::{EntityType, Span, TokenRange};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use text::{Reading, is_genitive};

/// A description of a person.
#[derive(Debug)]
pub(super) struct Description {
    /// From its article to its country: "the president of Iran".
    pub span: Span,
    /// The person's chain, where it is certain.
    pub chain: Option<usize>,
}

/// A person who holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    chain: usize,
    country: Option<&'static str>,
}

/// A description as it is read: "the Iranian president".
struct RolePhrase {
    /// Its first token.
    first: usize,
    /// The token after it.
    next: usize,
    /// In lower case: "president".
    role: String,
    /// ISO 3166-1.
    country: Option<&'static str>,
}

/// The descriptions in a text, in order; and the names that are only a role ("President") by their positions in `names`, each
/// with the chain of the person who holds it. `chains` has the chain of each name. Names of persons have the type `Person`.
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
                // "The president" may also be the Iranian one, whose name the text does not give.
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
    let chains: BTreeSet<usize> = holders?.iter().map(|holder| holder.chain).collect();
    chains.first().copied().filter(|_| chains.len() == 1)
}

/// By role, the persons who have it as a title before or behind their names.
fn holders(
    reading: &Reading<'_>,
    names: &[Name],
    chains: &[usize],
) -> HashMap<String, BTreeSet<Holder>> {
    let mut holders: HashMap<String, BTreeSet<Holder>> = HashMap::new();
    let mut add = |role: &str, holder: Holder| {
        holders.entry(role.to_owned()).or_default().insert(holder);
        // A foreign minister is also "the minister", but a prime minister is not.
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
        // Some corpora mark the title as part of the name; others leave it before the name.
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
            if !is_former_or_future(reading, before) {
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
    // Where the text gives a holder's country once, the mention without it says nothing more.
    for set in holders.values_mut() {
        let known: BTreeSet<usize> = set
            .iter()
            .filter(|holder| holder.country.is_some())
            .map(|holder| holder.chain)
            .collect();
        set.retain(|holder| holder.country.is_some() || !known.contains(&holder.chain));
    }
    holders
}

/// Whether a word at a token or right before it says that somebody no longer holds a role, or not yet.
fn is_former_or_future(reading: &Reading<'_>, i: usize) -> bool {
    let words = [
        "former", "ex", "late", "then", "outgoing", "incoming", "future", "onetime", "-", "elect",
        "deposed",
    ];
    i.checked_sub(1)
        .is_some_and(|i| reading.is_one_of(i, &words))
        || reading.is_one_of(i, &["former", "ex"])
}

/// The role that some tokens name, in lower case.
fn role(reading: &Reading<'_>, tokens: TokenRange) -> Option<String> {
    let words = reading.phrase(tokens).to_lowercase();
    let words = words.replace(" - ", "-");
    title(&words)?.role.then_some(words)
}

/// The longest role that starts at a token, and the token after it.
fn role_at(reading: &Reading<'_>, i: usize) -> Option<(String, usize)> {
    if !starts_title(reading.word(i)) {
        return None;
    }
    let most = LONGEST_TITLE.min(reading.tokens().len() - i);
    let mut next = (i + 1..=i + most).rev();
    next.find_map(|next| Some((role(reading, TokenRange::new(i, next))?, next)))
}

/// The longest role that ends before a token, and its first token.
fn role_before(reading: &Reading<'_>, next: usize) -> Option<(String, usize)> {
    if !ends_title(reading.word(next.checked_sub(1)?)) {
        return None;
    }
    let mut first = next.saturating_sub(LONGEST_TITLE)..next;
    first.find_map(|first| Some((role(reading, TokenRange::new(first, next))?, first)))
}

/// The country that some tokens name, or whose people or capital.
fn country(reading: &Reading<'_>, tokens: TokenRange) -> Option<(&'static Country, Sense)> {
    countries::lookup(&reading.phrase(tokens))
}

/// The country of an adjective or genitive that ends before a token, "Iranian" or "Iran's", and its first token; the token
/// itself where there is none.
fn country_before(reading: &Reading<'_>, next: usize) -> (Option<&'static str>, usize) {
    let genitive = next
        .checked_sub(1)
        .filter(|&i| is_genitive(reading.word(i)));
    let end = genitive.unwrap_or(next);
    let mut first = end.saturating_sub(countries::LONGEST)..end;
    let found = first.find_map(|first| {
        let (country, sense) = country(reading, TokenRange::new(first, end))?;
        let fits = match sense {
            Sense::People => true,
            // "US president"
            Sense::Country => {
                genitive.is_some() || first + 1 == end && reading.word(first).len() <= SHORT_COUNTRY
            }
            Sense::Capital => false,
        };
        fits.then_some((Some(country.code), first))
    });
    found.unwrap_or((None, next))
}

/// The most bytes of a country's name that stands before a role as an adjective does: "US", "U.S.", "UK", "UAE".
const SHORT_COUNTRY: usize = 4;

/// The people, or the country in the genitive, that starts at a token, and the token after it.
fn country_at(reading: &Reading<'_>, i: usize) -> Option<(&'static str, usize)> {
    (i + 1..=i + countries::LONGEST).rev().find_map(|next| {
        let (country, sense) = country(reading, TokenRange::new(i, next))?;
        match sense {
            Sense::People => Some((country.code, next)),
            Sense::Country if is_genitive(reading.word(next)) => Some((country.code, next + 1)),
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
    (at + 1..=at + countries::LONGEST).rev().find_map(|next| {
        let (country, sense) = country(reading, TokenRange::new(at, next))?;
        (sense == Sense::Country).then_some((country.code, next))
    })
}

/// The descriptions in a text, in order: a role with its article or with a country before or behind it. "The former
/// president" is none.
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
        // Part of a name, or the title before one.
        let titled = names.get(name).is_some_and(|n| {
            let end = reading.tokens()[after - 1].span.end;
            n.span.start < end
                || n.kind == EntityType::Person && reading.token_at(n.span.start) == after
        });
        let (country, first) = country_before(reading, i);
        let article = first
            .checked_sub(1)
            .filter(|&a| reading.is_one_of(a, &["the"]));
        let genitive = country.is_some() && i > 0 && is_genitive(reading.word(i - 1));
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
        // "The president of the bank" is no country's.
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

//! Names by their capitals: what the pipeline goes by until the model takes over.

use crate::Name;
use crate::countries::{self, Sense};
use crate::titles::{LONGEST_TITLE, title};
use document::{EntityType, Span};
use std::collections::HashSet;
use text::{Gap, tokens};

/// Words that join the parts of a name.
const JOINING: &[&str] = &[
    "of", "de", "la", "del", "bin", "ibn", "al", "el", "van", "von", "der",
];

/// The last words of the names of organizations.
const BODIES: &[&str] = &[
    "inc",
    "corp",
    "ltd",
    "co",
    "plc",
    "group",
    "ministry",
    "university",
    "party",
    "council",
    "committee",
    "agency",
    "bank",
    "court",
    "police",
    "army",
    "association",
    "federation",
    "union",
    "commission",
    "department",
    "institute",
    "company",
    "board",
    "parliament",
    "congress",
    "senate",
    "forces",
    "organization",
    "times",
    "news",
];

/// Words with a capital at the start of a sentence, and no names.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "he",
    "she",
    "it",
    "we",
    "they",
    "i",
    "you",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "as",
    "but",
    "and",
    "or",
    "if",
    "when",
    "while",
    "after",
    "before",
    "during",
    "there",
    "here",
    "what",
    "who",
    "how",
    "why",
    "where",
    "not",
    "no",
    "all",
    "some",
    "many",
    "most",
    "more",
    "one",
    "two",
    "under",
    "over",
    "since",
    "also",
    "both",
    "each",
    "however",
    "meanwhile",
    "mr",
    "last",
    "next",
    "today",
    "yesterday",
    "according",
    "despite",
    "although",
    "because",
    "so",
    "then",
    "now",
    "such",
];

/// Capitalised sequences of a text, their types by titles, endings and the list of countries.
pub(crate) fn names(text: &str) -> Vec<Name> {
    let tokens = tokens(text);
    let word = |i: usize| tokens.get(i).map_or("", |t| &text[t.span.clone()]);
    let capital = |i: usize| word(i).starts_with(char::is_uppercase);
    let lower: HashSet<&str> = (0..tokens.len())
        .map(word)
        .filter(|w| w.starts_with(char::is_lowercase))
        .collect();
    let mut names = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let opener = OPENERS.contains(&word(i).to_lowercase().as_str());
        let sentence_start = i == 0
            || matches!(word(i - 1), "." | "!" | "?" | "“" | "\"")
            || tokens[i].gap == Gap::Line;
        let ordinary = sentence_start
            && title(word(i)).is_none()
            && (lower.contains(word(i).to_lowercase().as_str()) || word(i).ends_with("ing"));
        if !capital(i) || opener || ordinary {
            i += 1;
            continue;
        }
        let mut next = i + 1;
        loop {
            if tokens.get(next).is_none_or(|t| t.gap == Gap::Line) {
                break;
            }
            if capital(next) {
                next += 1;
            } else if (JOINING.contains(&word(next)) || word(next) == "-") && capital(next + 1) {
                next += 2;
            } else if JOINING.contains(&word(next)) && word(next + 1) == "the" && capital(next + 2)
            {
                next += 3;
            } else {
                break;
            }
        }
        let mut first = i;
        let mut titled = false;
        while let Some(n) = (1..=LONGEST_TITLE).rev().find(|n| {
            first + n <= next
                && title(&(first..first + n).map(word).collect::<Vec<_>>().join(" ")).is_some()
        }) {
            first += n;
            titled = true;
        }
        // "Iranian President Masoud Pezeshkian", "American-Zionist": a people by itself ends a name.
        while first + 1 < next
            && countries::lookup(word(first)).is_some_and(|(_, sense)| sense == Sense::People)
        {
            names.push(name(&tokens[first].span, EntityType::Norp, true));
            first += 1;
            while word(first) == "-" || title(word(first)).is_some() && first < next {
                titled |= word(first) != "-";
                first += 1;
            }
        }
        if first < next {
            let span = tokens[first].span.start..tokens[next - 1].span.end;
            let kind = kind_of(
                &text[span.clone()],
                word(next - 1),
                titled,
                word(i.saturating_sub(1)),
            );
            let sure = titled || countries::lookup(&text[span.clone()]).is_some();
            names.push(name(&span, kind, sure));
        }
        i = next.max(i + 1);
    }
    names
}

/// A guess from capitals counts less than a title or the list of countries.
fn name(span: &Span, kind: EntityType, sure: bool) -> Name {
    Name {
        span: span.clone(),
        kind,
        score: if sure { 0.9 } else { 0.3 },
    }
}

fn kind_of(name: &str, last: &str, titled: bool, before: &str) -> EntityType {
    if let Some((_, sense)) = countries::lookup(name) {
        return match sense {
            Sense::People => EntityType::Norp,
            Sense::Country | Sense::Capital => EntityType::Gpe,
        };
    }
    let people = ["ist", "ists", "ian", "ians", "lim", "lims", "ish", "ese"];
    if titled {
        EntityType::Person
    } else if BODIES.contains(&last.to_lowercase().as_str())
        || name.len() > 1 && name.chars().all(char::is_uppercase)
    {
        EntityType::Org
    } else if !name.contains(' ') && people.iter().any(|ending| name.ends_with(ending)) {
        EntityType::Norp
    } else if matches!(before, "in" | "at" | "near") {
        EntityType::Gpe
    } else if name.split(' ').count() == 2 {
        EntityType::Person
    } else if before == "the" || before == "The" {
        EntityType::Org
    } else {
        EntityType::Misc
    }
}

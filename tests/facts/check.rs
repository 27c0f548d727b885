//! Whether a record meets a fact.

use super::article::{BadFact, Outcome, overlap};
use super::claim::{Claim, Condition, Snippet};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ops::Range;

/// `Ok(None)` if the fact is met, `Ok(Some(why))` if it is not.
pub(crate) fn check(claim: &Claim, outcome: &Outcome) -> Result<Option<String>, BadFact> {
    match judge(claim, outcome)? {
        Verdict::Met => Ok(None),
        Verdict::Missed(why) => Ok(Some(why)),
    }
}

enum Verdict {
    Met,
    Missed(String),
}
use Verdict::{Met, Missed};

fn judge(claim: &Claim, outcome: &Outcome) -> Result<Verdict, BadFact> {
    let record = &outcome.record;
    Ok(match claim {
        Claim::Sentences(wanted) => equal(outcome.list("sentences").len(), *wanted),
        Claim::Paragraphs(wanted) => {
            let numbers: BTreeSet<_> = outcome
                .list("sentences")
                .iter()
                .filter_map(|s| s["paragraph"].as_u64())
                .collect();
            equal(numbers.len(), *wanted)
        }
        Claim::Sentence(kind, text) => sentence(outcome, *kind, text)?,
        Claim::OutsideSentences(text) => untouched(
            outcome,
            text,
            "sentences",
            &outcome.spans(&record["sentences"]),
        )?,
        Claim::Metadata { key, value } => {
            let found = outcome
                .list("metadata")
                .iter()
                .any(|m| m["key"] == **key && m["value"] == **value);
            met_if(found, || format!("metadata is {}", record["metadata"]))
        }
        Claim::Dateline(text, parts) => {
            let dateline = &record["dateline"];
            let place = outcome.place(text)?;
            let right = dateline.is_object()
                && outcome.span(dateline) == place
                && parts.iter().all(|(part, value)| dateline[part] == **value);
            met_if(right, || format!("the dateline is {dateline}"))
        }
        Claim::NoDateline => met_if(record["dateline"].is_null(), || {
            format!("the dateline is {}", record["dateline"])
        }),
        Claim::Date(wanted) => equal(record["date"].as_str(), wanted.as_deref()),
        Claim::Entity { types, name } => {
            let named: Vec<_> = outcome
                .list("entities")
                .iter()
                .filter(|e| e["name"] == **name)
                .collect();
            let types_found: Vec<_> = named.iter().filter_map(|e| e["type"].as_str()).collect();
            met_if(
                types_found.len() == 1 && types.iter().any(|t| t == types_found[0]),
                || format!("the entities of this name are {types_found:?}"),
            )
        }
        Claim::Mention { types, text } => match mentioned(outcome, text)? {
            Ok(entities) => {
                let wrong = entities
                    .iter()
                    .find(|e| !types.iter().any(|t| e["type"] == **t));
                met_if(wrong.is_none(), || {
                    format!("it is {}", wrong.map_or(&Value::Null, |e| &e["type"]))
                })
            }
            Err(why) => Missed(why),
        },
        Claim::NoMention(text) => {
            let mentions: Vec<_> = outcome
                .list("entities")
                .iter()
                .flat_map(|e| outcome.spans(&e["mentions"]))
                .collect();
            untouched(outcome, text, "entities", &mentions)?
        }
        Claim::Together(texts) => together(outcome, texts)?,
        Claim::Apart(a, b) => match (mentioned(outcome, a)?, mentioned(outcome, b)?) {
            (Ok(a), Ok(b)) => {
                let shared = a.iter().find(|x| b.iter().any(|y| y["id"] == x["id"]));
                met_if(shared.is_none(), || {
                    format!("both are {}", shared.map_or(&Value::Null, |e| &e["name"]))
                })
            }
            (Err(why), _) | (_, Err(why)) => Missed(why),
        },
        Claim::Country { text, code } => match mentioned(outcome, text)? {
            Ok(entities) => met_if(entities.iter().all(|e| e["country"] == **code), || {
                format!("it is {}", entities[0]["country"])
            }),
            Err(why) => Missed(why),
        },
        Claim::Value {
            text,
            kind,
            value,
            unit,
        } => match mentioned(outcome, text)? {
            Ok(entities) => {
                let right = entities.iter().all(|e| {
                    e["type"] == **kind
                        && same_value(&e["value"], value.as_deref())
                        && unit.as_ref().is_none_or(|unit| e["unit"] == **unit)
                });
                let e = entities[0];
                met_if(right, || {
                    format!("it is {} {} {}", e["type"], e["value"], e["unit"])
                })
            }
            Err(why) => Missed(why),
        },
        Claim::Quote {
            content,
            whole,
            conditions,
        } => quote(outcome, content, *whole, conditions)?,
        Claim::NoQuote(text) => {
            let contents: Vec<_> = outcome
                .list("quotes")
                .iter()
                .flat_map(|q| outcome.spans(&q["content"]))
                .collect();
            untouched(outcome, text, "quotes", &contents)?
        }
        Claim::SummaryHas(texts) => {
            let picks = outcome.spans(&record["summary"]["sentences"]);
            let mut any = false;
            for text in texts {
                let place = outcome.place(text)?;
                any |= picks
                    .iter()
                    .any(|p| p.start <= place.start && place.end <= p.end);
            }
            met_if(any, || {
                format!("the summary is {}", record["summary"]["text"])
            })
        }
        Claim::SummaryNever(text) => {
            if record["summary"].is_null() {
                return Ok(Missed("there is no summary".into()));
            }
            untouched(
                outcome,
                text,
                "summary",
                &outcome.spans(&record["summary"]["sentences"]),
            )?
        }
    })
}

fn sentence(outcome: &Outcome, kind: Option<&str>, text: &Snippet) -> Result<Verdict, BadFact> {
    let places = outcome.places(text)?;
    let sentences = outcome.list("sentences");
    let found = sentences.iter().find(|s| places.contains(&outcome.span(s)));
    Ok(match found {
        Some(s) => equal(s["kind"].as_str(), kind),
        None => {
            let near: Vec<_> = sentences
                .iter()
                .filter(|s| overlap(&outcome.span(s), &places[0]))
                .map(|s| &s["text"])
                .collect();
            Missed(format!("it is not a sentence; there are {near:?}"))
        }
    })
}

/// Whether the field is in the record and none of its spans touches the text.
fn untouched(
    outcome: &Outcome,
    text: &Snippet,
    field: &str,
    spans: &[Range<usize>],
) -> Result<Verdict, BadFact> {
    let places = outcome.places(text)?;
    if outcome.record[field].is_null() {
        return Ok(Missed(format!("there are no {field} at all")));
    }
    let hit = spans.iter().find(|s| places.iter().any(|p| overlap(p, s)));
    Ok(met_if(hit.is_none(), || {
        format!(
            "there is “{}”",
            hit.map_or("", |h| &outcome.text[h.clone()])
        )
    }))
}

/// The entities that the snippet is a mention of, or why there is none.
fn mentioned<'o>(
    outcome: &'o Outcome,
    text: &Snippet,
) -> Result<Result<Vec<&'o Value>, String>, BadFact> {
    let places = if text.one_place {
        vec![outcome.place(text)?]
    } else {
        outcome.places(text)?
    };
    // A mention may have its article or not: "the minister", "minister".
    let places: Vec<_> = places
        .into_iter()
        .map(|p| without_article(outcome, p))
        .collect();
    let mentions = |e: &'o Value| {
        let spans = outcome.spans(&e["mentions"]).into_iter();
        spans.map(move |m| (without_article(outcome, m), e))
    };
    let all: Vec<_> = outcome.list("entities").iter().flat_map(mentions).collect();
    let mut entities: Vec<&Value> = Vec::new();
    for (_, entity) in all.iter().filter(|(m, _)| places.contains(m)) {
        if !entities.iter().any(|e| e["id"] == entity["id"]) {
            entities.push(entity);
        }
    }
    if entities.is_empty() {
        let near: Vec<String> = all
            .iter()
            .filter(|(m, _)| overlap(m, &places[0]))
            .map(|(m, e)| format!("{} {}", &outcome.text[m.clone()], e["type"]))
            .collect();
        return Ok(Err(format!(
            "“{}” is not a mention; there are {near:?}",
            text.text
        )));
    }
    Ok(Ok(entities))
}

fn without_article(outcome: &Outcome, range: Range<usize>) -> Range<usize> {
    let text = &outcome.text[range.clone()];
    let article = ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find(|a| text.starts_with(**a));
    range.start + article.map_or(0, |a| a.len())..range.end
}

fn together(outcome: &Outcome, texts: &[Snippet]) -> Result<Verdict, BadFact> {
    let mut first: Option<&Value> = None;
    let mut missed = None;
    for text in texts {
        match mentioned(outcome, text)? {
            Err(why) => missed = missed.or(Some(why)),
            Ok(entities) => {
                let one = *first.get_or_insert(entities[0]);
                if let Some(other) = entities.iter().find(|e| e["id"] != one["id"]) {
                    missed = missed.or(Some(format!(
                        "“{}” is {} ({}), not {} ({})",
                        text.text, other["name"], other["id"], one["name"], one["id"]
                    )));
                }
            }
        }
    }
    Ok(missed.map_or(Met, Missed))
}

fn quote(
    outcome: &Outcome,
    content: &[Snippet],
    whole: bool,
    conditions: &[Condition],
) -> Result<Verdict, BadFact> {
    let places = content
        .iter()
        .map(|c| outcome.place(c))
        .collect::<Result<Vec<_>, _>>()?;
    let wanted = outcome.letters(&places);
    let quotes: Vec<_> = outcome
        .list("quotes")
        .iter()
        .map(|q| {
            let content = outcome.spans(&q["content"]);
            (q, outcome.letters(&content), content)
        })
        .collect();
    let fits = |letters: &BTreeSet<usize>| {
        if whole {
            *letters == wanted
        } else {
            wanted.is_subset(letters)
        }
    };
    let Some((quote, ..)) = quotes.iter().find(|(_, letters, _)| fits(letters)) else {
        let nearest = quotes
            .iter()
            .max_by_key(|(_, letters, _)| letters.intersection(&wanted).count());
        return Ok(Missed(match nearest {
            Some((_, letters, content)) if !letters.is_disjoint(&wanted) => {
                format!("there is {}", outcome.show(content))
            }
            _ => "nothing is quoted there".into(),
        }));
    };
    let failed = conditions
        .iter()
        .find(|condition| !holds(outcome, quote, condition));
    Ok(met_if(failed.is_none(), || {
        let of = |role: &str| outcome.show(&outcome.spans(&quote[role]));
        format!(
            "the quotation is {}, cue “{}”, source “{}”, speaker {}",
            quote["type"],
            of("cue"),
            of("source"),
            quote["speaker"]
        )
    }))
}

fn holds(outcome: &Outcome, quote: &Value, condition: &Condition) -> bool {
    let speaker = quote["speaker"]["name"].as_str();
    let contains =
        |role: &str, words: &str| outcome.show(&outcome.spans(&quote[role])).contains(words);
    match condition {
        Condition::Type(kind) => quote["type"] == **kind,
        Condition::Speaker(name) => speaker == name.as_deref(),
        Condition::NotSpeaker(name) => speaker != Some(name),
        Condition::Source(words) => contains("source", words),
        Condition::Cue(words) => contains("cue", words),
        Condition::Denied => quote["polarity"] == "negative",
    }
}

fn same_value(found: &Value, wanted: Option<&str>) -> bool {
    match (found, wanted) {
        (Value::Null, None) => true,
        (Value::String(s), Some(wanted)) => s == wanted,
        _ => false,
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(found: T, wanted: T) -> Verdict {
    met_if(found == wanted, || format!("it is {found:?}"))
}

fn met_if(met: bool, why: impl FnOnce() -> String) -> Verdict {
    if met { Met } else { Missed(why()) }
}

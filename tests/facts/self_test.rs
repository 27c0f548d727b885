//! Tests of the facts themselves: each kind can be met, and each can be missed.

use super::{FactFile, Outcome, check};
use serde_json::{Value, json};

#[test]
fn marks_are_all_that_an_update_changes() {
    let text = "# a comment\n\n[missed by fast] sentences: 3\ndate: 2024-12-03\n";
    let mut file = FactFile::parse(text).expect("these are facts");
    assert_eq!(file.to_string(), text);
    assert_eq!(file.facts().count(), 2);
    for fact in file.facts_mut() {
        fact.missed_by.clear();
    }
    assert_eq!(file.to_string(), text.replace("[missed by fast] ", ""));
    for nonsense in [
        "sentences: many",
        "sentence: a | b",
        "quote: “A” | loud",
        "who: knows",
        "headline",
        "[missed by fast",
        "apart: a",
    ] {
        assert!(FactFile::parse(nonsense).is_err(), "{nonsense}");
    }
}

#[test]
fn a_fact_is_met_or_missed() {
    let text = "ROME, May 2 (Aps) — The mayor, Ana Roe, said “no”. She left. Bo Roe paid €2.";
    let span = |words: &str| {
        let byte = text.find(words).expect("the words are in the text");
        let start = text[..byte].chars().count();
        json!({"start": start, "end": start + words.chars().count(), "text": words})
    };
    let entity = |id: &str, kind: &str, mentions: &[&str]| {
        let mentions: Vec<Value> = mentions.iter().map(|words| span(words)).collect();
        json!({"id": id, "type": kind, "name": mentions[0]["text"], "mentions": mentions})
    };
    let mut money = entity("e4", "MONEY", &["€2"]);
    money["value"] = json!("2");
    money["number"] = json!(2);
    money["unit"] = json!("EUR");
    let mut rome = entity("e1", "GPE", &["ROME"]);
    rome["country"] = json!("IT");
    let mut sentence = span("She left.");
    sentence["paragraph"] = json!(0);
    let mut dateline = span("ROME, May 2 (Aps) —");
    dateline["place"] = json!("ROME");
    let outcome = Outcome::new(json!({
        "text": text,
        "date": "2024-05-02",
        "dateline": dateline,
        "metadata": [],
        "sentences": [sentence],
        "entities": [rome, entity("e2", "PERSON", &["Ana Roe", "She"]), entity("e3", "PERSON", &["Bo Roe"]), money],
        "quotes": [{"type": "direct", "content": [span("“no”")], "cue": [span("said")], "source": [span("The mayor, Ana Roe,")],
                    "speaker": {"name": "Ana Roe"}}],
        "summary": {"text": "She left.", "sentences": [span("She left.")]}
    }));
    let met = "sentences: 1
paragraphs: 1
sentence: She left.
outside sentences: Bo Roe
date: 2024-05-02
dateline: ROME, […] — | place ROME
entity: PERSON | Ana Roe
mention: PERSON or ORG | Bo Roe
no mention: left
together: Ana Roe | [She] left
apart: Ana Roe | Bo Roe
country: ROME | IT
value: €2 | MONEY | 2 | EUR
quote: no | direct | speaker Ana Roe | cue said | source mayor | not speaker Bo Roe
quote with: “no”
no quote: She left
summary has: Bo Roe paid | She left.
summary never: Bo Roe paid";
    let missed = "sentences: 2
paragraphs: 2
headline: She left.
sentence: Bo Roe paid €2.
outside sentences: She
date: 2024-05-03
no date
no dateline
dateline: ROME, […] — | agency Aps
dateline: ROME, May 2
metadata: date | May 2
entity: ORG | Ana Roe
entity: PERSON | Roe
mention: ORG | Bo Roe
mention: PERSON | Ana
no mention: She
together: Ana Roe | Bo Roe
together: Ana Roe | left
apart: Ana Roe | She
country: ROME | FR
country: Ana Roe | IT
value: €2 | MONEY | 3 | EUR
value: €2 | MONEY | 2 | USD
value: €2 | MONEY | none
quote: said “no”
quote with: She left
quote: no | indirect
quote: no | speaker nobody
quote: no | speaker Bo Roe
quote: no | not speaker Ana Roe
quote: no | denied
quote: no | cue added
no quote: “no”
summary has: Bo Roe paid
summary never: She";
    for (facts, wanted) in [(met, true), (missed, false)] {
        for fact in FactFile::parse(facts).expect("these are facts").facts() {
            let why = check(&fact.claim, &outcome).expect("the article has these words");
            assert_eq!(why.is_none(), wanted, "{}: {why:?}", fact.statement);
        }
    }
    for bad in ["sentence: Nowhere.", "quote: Roe", "together: [Roe] | She"] {
        let file = FactFile::parse(bad).expect("this is a fact");
        assert!(
            file.facts()
                .all(|fact| check(&fact.claim, &outcome).is_err()),
            "{bad}"
        );
    }
}

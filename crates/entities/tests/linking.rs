//! The cases of `cases/linking.txt`, which says itself how to add one.

use document::{EntityType, MentionKind, Span};
use std::collections::BTreeMap;

/// A case without its braces.
struct Case {
    text: String,
    names: Vec<(Span, EntityType)>,
    /// The number of each mention.
    things: BTreeMap<(usize, usize), u32>,
}

fn read(line: &str) -> Option<Case> {
    let mut case = Case {
        text: String::new(),
        names: Vec::new(),
        things: BTreeMap::new(),
    };
    let mut rest = line;
    while let Some((before, braced)) = rest.split_once('{') {
        let (inner, after) = braced.split_once('}')?;
        let (label, mention) = inner.split_once(':')?;
        case.text.push_str(before);
        let span = case.text.len()..case.text.len() + mention.len();
        case.text.push_str(mention);
        let number = match label.split_once(' ') {
            Some((number, kind)) => {
                case.names.push((span.clone().into(), kind.parse().ok()?));
                number
            }
            None => label,
        };
        case.things
            .insert((span.start, span.end), number.parse().ok()?);
        rest = after;
    }
    case.text.push_str(rest);
    Some(case)
}

#[test]
fn every_case_is_linked_as_its_line_says() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for (n, line) in include_str!("cases/linking.txt").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        cases += 1;
        let case = read(line).unwrap_or_else(|| panic!("line {}: cannot be read", n + 1));
        let reading = segment::Segmenter::new().read(&case.text);
        let entities = entities::link(&reading, &case.names);
        let mut got = BTreeMap::new();
        // The thing of an entity is that of its first name.
        for entity in &entities {
            let span = |m: &document::Mention| (m.span.start, m.span.end);
            let name = entity.mentions.iter().find(|m| m.kind == MentionKind::Name);
            let thing = name.and_then(|m| case.things.get(&span(m)).copied());
            for mention in &entity.mentions {
                got.insert(span(mention), thing.unwrap_or(0));
            }
        }
        // Two entities of one thing are wrong too.
        let things: std::collections::BTreeSet<u32> = case.things.values().copied().collect();
        if got != case.things || entities.len() != things.len() {
            let linked: Vec<String> = entities
                .iter()
                .map(|e| {
                    let mentions: Vec<&str> =
                        e.mentions.iter().map(|m| &case.text[m.span]).collect();
                    mentions.join(" = ")
                })
                .collect();
            wrong.push(format!(
                "line {}: {line}\n    got {}",
                n + 1,
                linked.join("; ")
            ));
        }
    }
    assert!(cases >= 60, "only {cases} cases were read");
    assert!(
        wrong.is_empty(),
        "{} of {cases} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

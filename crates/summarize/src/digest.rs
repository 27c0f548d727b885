//! Who said what: one line a speaker, with the quotation that says most.

use crate::Input;
use crate::analysis::Analysis;
use crate::model::Model;
use document::{Quote, Said};
use std::collections::HashMap;

/// One entry a speaker, in the order in which they first speak; quotations without a known speaker, and those that a
/// source is said *not* to have said, are left out.
pub(crate) fn who_said_what(
    model: &Model,
    analysis: &Analysis<'_>,
    input: &Input<'_>,
) -> Vec<Said> {
    // A quotation that was worked out for this summary alone has no id.
    let id = |quote: &Quote| Some(quote.id.clone()).filter(|id| !id.is_empty());
    let all = input.quotes.unwrap_or_default();
    let scores = model.scores(&analysis.rows);
    let mut digest: Vec<Said> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for quote in all.iter().filter(|q| !q.denied) {
        let Some(speaker) = &quote.speaker else {
            continue;
        };
        let text = reading_text(analysis.text, quote);
        if text.is_empty() {
            continue;
        }
        let score = centrality(analysis, &scores, quote);
        // The same name is the same speaker, and so is the same entity under another name.
        let key = speaker.entity.as_deref().unwrap_or(&speaker.name);
        let place = *places.entry(key).or_insert(digest.len());
        if place == digest.len() {
            digest.push(Said {
                speaker: speaker.name.clone(),
                entity: speaker.entity.clone(),
                quote: id(quote),
                content: quote.content.clone(),
                text,
                score,
                quotations: 1,
            });
            continue;
        }
        let said = &mut digest[place];
        said.quotations += 1;
        if score > said.score {
            said.quote = id(quote);
            said.content.clone_from(&quote.content);
            said.text = text;
            said.score = score;
        }
    }
    digest
}

/// The mean score of the sentences that a quotation is in, each by how many of its bytes are there.
fn centrality(analysis: &Analysis<'_>, scores: &[f64], quote: &Quote) -> f64 {
    let (mut sum, mut bytes) = (0.0, 0);
    for piece in &quote.content {
        let first = analysis
            .sentences
            .partition_point(|s| s.span.end <= piece.start);
        let touched = analysis.sentences[first..]
            .iter()
            .zip(&scores[first..])
            .take_while(|(s, _)| s.span.start < piece.end);
        for (sentence, score) in touched {
            let end = sentence.span.end.min(piece.end);
            // Sentences of other programs may overlap.
            let shared = end.saturating_sub(sentence.span.start.max(piece.start));
            sum += score * shared as f64;
            bytes += shared;
        }
    }
    if bytes > 0 { sum / bytes as f64 } else { 0.0 }
}

fn reading_text(text: &str, quote: &Quote) -> String {
    let pieces = quote.content.iter().filter_map(|span| span.get(text));
    pieces
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BUILT_IN;
    use document::{QuoteType, Sentence, Speaker};
    use text::Reading;

    #[test]
    fn one_entry_a_speaker_in_the_order_of_the_text() {
        let text = "“The dam holds,” Ann Lee said. “We hope so,” said Bo Ray. “The dam of Elmford holds for\nnow,” Lee said.";
        let find = |s: &str| text.find(s).map(|at| at..at + s.len()).expect(s);
        let quote = |id: &str, content: &str, name: Option<&str>| Quote {
            id: id.to_owned(),
            kind: QuoteType::Direct,
            content: vec![find(content).into()],
            cue: Vec::new(),
            source: Vec::new(),
            speaker: name.map(|name| Speaker {
                name: name.to_owned(),
                entity: None,
            }),
            score: None,
            denied: false,
        };
        let sentences: Vec<Sentence> = [0..32, 33..62, 63..text.len()]
            .into_iter()
            .map(|span| Sentence {
                span: span.into(),
                paragraph: None,
                kind: None,
            })
            .collect();
        let quotes = [
            quote("q1", "“The dam holds,”", Some("Ann Lee")),
            quote("q2", "“We hope so,”", Some("Bo Ray")),
            quote(
                "q3",
                "“The dam of Elmford holds for\nnow,”",
                Some("Ann Lee"),
            ),
            quote("q4", "“We", None),
        ];
        let reading = Reading::new(text, sentences);
        let input = Input {
            quotes: Some(&quotes),
            ..Input::new(&reading)
        };
        let digest = who_said_what(&BUILT_IN, &Analysis::new(&input, &BUILT_IN), &input);
        let speakers: Vec<&str> = digest.iter().map(|s| s.speaker.as_str()).collect();
        assert_eq!(speakers, ["Ann Lee", "Bo Ray"]);
        assert_eq!(digest[0].quotations, 2);
        assert_eq!(digest[1].text, "“We hope so,”");
        assert_eq!(digest[1].quote.as_deref(), Some("q2"));
        assert!(!digest[0].text.contains('\n'));
    }
}

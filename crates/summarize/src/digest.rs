//! Who said what: one line a speaker, with the quotation that says most.

use crate::Input;
use crate::analysis::Analysis;
use crate::model::BUILT_IN;
use document::{Quote, Said};
use std::collections::HashMap;

/// One entry a speaker, in the order in which they first speak; quotations without a known speaker, and those that a
/// source is said *not* to have said, are left out. The quotations are worked out where the input has none.
pub fn who_said_what(input: &Input<'_>) -> Vec<Said> {
    // Without quotations in the record, their names would mean nothing.
    let id = |quote: &Quote| input.quotes.map(|_| quote.id.clone());
    let worked_out;
    let all = match input.quotes {
        Some(given) => given,
        None => {
            worked_out = quotes::Extractor::fast().quotes(&quotes::Input {
                text: input.text,
                sentences: input.sentences,
                entities: input.entities,
            });
            &worked_out
        }
    };
    let analysis = Analysis::new(input, &BUILT_IN);
    let scores = BUILT_IN.scores(&analysis.rows);
    let mut digest: Vec<Said> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for quote in all.iter().filter(|q| !q.denied) {
        let Some(speaker) = &quote.speaker else {
            continue;
        };
        let text = reading_text(input.text, quote);
        if text.is_empty() {
            continue;
        }
        let score = centrality(&analysis, &scores, quote);
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
    let pieces = quote
        .content
        .iter()
        .filter_map(|span| text.get(span.clone()));
    pieces
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use document::{QuoteType, Sentence, Speaker};

    #[test]
    fn one_entry_a_speaker_in_the_order_of_the_text() {
        let text = "“The dam holds,” Ann Lee said. “We hope so,” said Bo Ray. “The dam of Elmford holds for\nnow,” Lee said.";
        let find = |s: &str| text.find(s).map(|at| at..at + s.len()).expect(s);
        let quote = |id: &str, content: &str, name: Option<&str>| Quote {
            id: id.to_owned(),
            kind: QuoteType::Direct,
            content: vec![find(content)],
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
                span,
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
        let input = Input {
            text,
            sentences: Some(&sentences),
            quotes: Some(&quotes),
            ..Input::default()
        };
        let digest = who_said_what(&input);
        let speakers: Vec<&str> = digest.iter().map(|s| s.speaker.as_str()).collect();
        assert_eq!(speakers, ["Ann Lee", "Bo Ray"]);
        assert_eq!(digest[0].quotations, 2);
        assert_eq!(digest[1].text, "“We hope so,”");
        assert_eq!(digest[1].quote.as_deref(), Some("q2"));
        assert!(!digest[0].text.contains('\n'));
    }
}

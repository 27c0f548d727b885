//! Who said what: for each speaker, the quotation that is most central to the story.

use crate::analysis::Analysis;
use document::{Mode, Quote, Said};
use std::collections::HashMap;
use text::on_one_line;

/// One quotation for each speaker, in the order in which they first speak. Quotations without a known speaker are left
/// out, and so are thoughts and those of which the text denies that they were said.
///
/// `scores` are the ranker's, one for each sentence.
pub(crate) fn who_said_what(
    scores: &[f64],
    analysis: &Analysis<'_>,
    quotes: &[Quote],
) -> Vec<Said> {
    // Quotations that the caller found for this summary alone have no id.
    let id = |quote: &Quote| Some(quote.id.clone()).filter(|id| !id.is_empty());
    let mut digest: Vec<Said> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let said = |quote: &&Quote| !quote.denied && quote.mode != Some(Mode::Thought);
    for quote in quotes.iter().filter(said) {
        let Some(speaker) = &quote.speaker else {
            continue;
        };
        let text = on_one_line(analysis.text(), &quote.content);
        if text.is_empty() {
            continue;
        }
        let score = centrality(analysis, scores, quote);
        // The same name is the same speaker, and so is the same entity under another name.
        let key = speaker.entity.as_deref().unwrap_or(&speaker.name);
        let place = *places.entry(key).or_insert(digest.len());
        if place == digest.len() {
            let mut said = Said::new(&speaker.name, quote.content.clone(), text, score);
            said.entity.clone_from(&speaker.entity);
            said.quote = id(quote);
            digest.push(said);
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

/// The mean score of the sentences that a quotation is in, weighted by how many of its bytes are in each.
fn centrality(analysis: &Analysis<'_>, scores: &[f64], quote: &Quote) -> f64 {
    let (mut sum, mut bytes) = (0.0, 0);
    for &content in &quote.content {
        for i in analysis.reading.sentences_over(content) {
            let shared = analysis.sentences()[i].span.intersection(content).len();
            sum += scores[i] * shared as f64;
            bytes += shared;
        }
    }
    if bytes > 0 { sum / bytes as f64 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Input;
    use crate::ranker::BUILT_IN;
    use document::{QuoteType, Sentence, Speaker};
    use text::Reading;

    #[test]
    fn one_quotation_for_each_speaker_in_the_order_of_the_text() {
        let text = "“The dam holds,” Ann Lee said. “We hope so,” said Bo Ray. “The dam of Elmford holds for\nnow,” Lee said.";
        let find = |s: &str| text.find(s).map(|at| at..at + s.len()).expect(s);
        let quote = |id: &str, content: &str, name: Option<&str>| {
            let mut quote = Quote::new(id, QuoteType::Direct, vec![find(content).into()]);
            quote.speaker = name.map(Speaker::new);
            quote
        };
        let sentences: Vec<Sentence> = [0..32, 33..62, 63..text.len()]
            .into_iter()
            .map(Sentence::new)
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
        let analysis = Analysis::new(&Input::new(&reading), &BUILT_IN);
        let digest = who_said_what(&BUILT_IN.scores(&analysis.rows), &analysis, &quotes);
        let speakers: Vec<&str> = digest.iter().map(|s| s.speaker.as_str()).collect();
        assert_eq!(speakers, ["Ann Lee", "Bo Ray"]);
        assert_eq!(digest[0].quotations, 2);
        assert_eq!(digest[1].text, "“We hope so,”");
        assert_eq!(digest[1].quote.as_deref(), Some("q2"));
        assert!(!digest[0].text.contains('\n'));
    }
}

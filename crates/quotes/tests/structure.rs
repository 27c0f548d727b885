//! What the kinds and labels of sentences say to `quotes`: turns of a transcript, and the page's furniture.

use document::{Quote, QuoteType, Sentence, SentenceKind, Span};
use quotes::{Extractor, Input};
use text::Reading;

/// The quotations of these lines, each a paragraph with the bytes of its label and its kind; and the text.
fn quotes(lines: &[(&str, usize, Option<SentenceKind>)]) -> (String, Vec<Quote>) {
    let (mut text, mut sentences) = (String::new(), Vec::new());
    for (i, (line, label, kind)) in lines.iter().enumerate() {
        let start = text.len();
        text.push_str(line);
        let label = (*label > 0).then(|| Span::new(start, start + label));
        let sentence = Sentence::new(start..text.len()).with_paragraph(i);
        sentences.push(sentence.with_kind(*kind).with_label(label));
        text.push('\n');
    }
    let quotes = Extractor::fast().quotes(&Input::new(&Reading::new(&text, sentences)));
    (text, quotes)
}

fn said(text: &str, quote: &Quote) -> (String, String, Option<String>) {
    let joined = |spans: &[Span]| {
        let all: Vec<&str> = spans.iter().map(|s| &text[*s]).collect();
        all.join(" // ")
    };
    let speaker = quote.speaker.as_ref().map(|s| s.name.clone());
    (joined(&quote.source), joined(&quote.content), speaker)
}

#[test]
fn a_turn_of_a_transcript_is_its_speakers() {
    let (text, found) = quotes(&[
        ("ANA ROE, HOST: Bo Hale says the port is shut.", 14, None),
        ("BO HALE: It is. My mother told me: go home.", 8, None),
        ("I did not believe her.", 0, None),
        ("Q: And then?", 2, None),
        ("ROE: Thank you.", 4, None),
    ]);
    let all: Vec<_> = found.iter().map(|quote| said(&text, quote)).collect();
    let some = |name: &str| Some(name.to_owned());
    let expected = [
        (
            "ANA ROE, HOST",
            "Bo Hale says the port is shut.",
            some("ANA ROE"),
        ),
        (
            "BO HALE",
            "It is. My mother told me: go home. // I did not believe her.",
            some("Bo Hale"),
        ),
        ("ROE", "Thank you.", some("ANA ROE")),
    ];
    assert_eq!(all.len(), expected.len(), "{all:#?}");
    for (found, (source, content, speaker)) in all.into_iter().zip(expected) {
        assert_eq!((found.0.as_str(), found.1.as_str()), (source, content));
        assert_eq!(found.2, speaker, "{source}");
    }
    assert!(found.iter().all(|q| q.kind == QuoteType::Direct));
    let ids: Vec<&str> = found.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(ids, ["q1", "q2", "q3"]);
}

#[test]
fn furniture_has_no_quotations_and_interrupts_none() {
    let furniture = Some(SentenceKind::Boilerplate);
    let lines = [
        (
            "Ana Roe, the mayor, spoke to the crowd. “The port is shut,” she said.",
            0,
            None,
        ),
        ("Read more: “I lost it all,” says mayor", 0, furniture),
        ("“We will go on waiting.”", 0, None),
    ];
    let (text, found) = quotes(&lines);
    let all: Vec<_> = found.iter().map(|quote| said(&text, quote)).collect();
    let (text, without) = quotes(&[lines[0], lines[2]]);
    let expected: Vec<_> = without.iter().map(|quote| said(&text, quote)).collect();
    assert_eq!(all, expected);
    assert_eq!(all.last().and_then(|q| q.2.as_deref()), Some("Ana Roe"));
}

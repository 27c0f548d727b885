//! Sentences and paragraphs, labels, places of tokens.

use super::*;

fn sentence(start: usize, end: usize, paragraph: Option<usize>) -> Sentence {
    Sentence::new(start..end).with_paragraph(paragraph)
}

#[test]
fn paragraphs_are_those_that_sentences_name() {
    let text = "One. Two.\nThree. Four.";
    let spans = [(0, 4), (5, 9), (10, 16), (17, 22)];
    let numbered = |numbers: [Option<usize>; 4]| {
        let sentences = spans.iter().zip(numbers);
        let sentences: Vec<_> = sentences.map(|(s, p)| sentence(s.0, s.1, p)).collect();
        let reading = Reading::new(text, sentences);
        assert_eq!(reading.sentences().len(), 4);
        reading.paragraphs().to_vec()
    };
    assert_eq!(numbered([0, 0, 0, 1].map(Some)), [0..16, 17..22]);
    assert_eq!(numbered([None; 4]), [0..9, 10..22]);
    assert_eq!(Reading::new(text, vec![]).paragraphs(), [0..9, 10..22]);
}

#[test]
fn what_does_not_fit_is_left_out() {
    let odd = [
        (1, 2),
        (0, 2),
        (0, 2),
        (1, 4),
        (3, 3),
        (3, 2),
        (3, 4),
        (3, 900),
    ];
    let odd = odd.map(|(start, end)| sentence(start, end, None));
    let reading = Reading::new("éa.", &odd[..]);
    let spans: Vec<Span> = reading.sentences().iter().map(|s| s.span).collect();
    assert_eq!(spans, [0..2, 3..4]);
}

#[test]
fn a_quotation_belongs_to_the_paragraph_that_introduces_it() {
    let paragraphs = |text: &str| Reading::new(text, vec![]).paragraphs().len();
    assert_eq!(paragraphs("She said:\n\n“We waited.”\n\nHe left."), 2);
    assert_eq!(paragraphs("She said:\n\nWe waited."), 2);
    assert_eq!(paragraphs("She said.\n\n“We waited.”"), 2);
}

#[test]
fn labels_in_capitals_are_not_between_the_marks() {
    let inner = |text: &str| {
        let reading = Reading::new(text, vec![]);
        let inner = reading
            .outermost()
            .first()
            .map(|q| text[q.inner].to_owned());
        inner.unwrap_or_default()
    };
    assert_eq!(inner("“MORENO: We waited.”"), "We waited.");
    assert_eq!(inner("“J. P. MORENO: We waited.”"), "We waited.");
    assert_eq!(inner("“We waited.”"), "We waited.");
    assert_eq!(inner("“Note: We waited.”"), "Note: We waited.");
}

#[test]
fn tokens_between_sentences_are_in_none() {
    let text = "One two. Three four five";
    let reading = Reading::new(text, vec![sentence(0, 8, None), sentence(15, 19, None)]);
    let numbers: Vec<_> = (0..7).map(|token| reading.sentence_of(token)).collect();
    let expected = [Some(0), Some(0), Some(0), None, Some(1), None, None];
    assert_eq!(numbers, expected);
    assert_eq!(reading.paragraph_of(4), Some(0));
}

#[test]
fn places_are_those_of_the_outermost_marks() {
    use Place::{Closing, Inside, Opening, Outside, Unclosed};
    let places = |text: &str| {
        let reading = Reading::new(text, vec![]);
        let count = reading.tokens().len();
        (0..count).map(|t| reading.place(t)).collect::<Vec<_>>()
    };
    assert_eq!(
        places("‘A “b”’ c"),
        [Opening, Inside, Inside, Inside, Inside, Closing, Outside]
    );
    assert_eq!(places("»A« b"), [Opening, Inside, Closing, Outside]);
    assert_eq!(
        places("“A\nb \"c"),
        [Opening, Unclosed, Outside, Opening, Unclosed]
    );
    assert_eq!(places("Dogs' and the '90s"), [Outside; 6]);
}

#[test]
fn a_span_of_no_tokens_is_empty() {
    let reading = Reading::new("One two", vec![]);
    assert_eq!(reading.span_of(TokenRange::new(0, 2)), 0..7);
    assert_eq!(reading.span_of(TokenRange::new(1, 2)), 4..7);
    assert!(reading.span_of(TokenRange::new(1, 1)).is_empty());
    assert!(reading.span_of(TokenRange::new(1, 9)).is_empty());
    assert_eq!((reading.word(0), reading.word(9)), ("One", ""));
}

#[test]
fn sentences_are_found_by_bytes_and_spans() {
    let sentences = [(0, 4), (5, 9), (11, 15)].map(|(start, end)| sentence(start, end, None));
    let reading = Reading::new("One. Two.  Six.", &sentences[..]);
    let with = [0, 3, 4, 5, 9, 14, 15].map(|byte| reading.sentence_with(byte));
    let expected = [Some(0), Some(0), None, Some(1), None, Some(2), None];
    assert_eq!(with, expected);
    assert_eq!(reading.sentences_over(Span::new(4, 5)), 1..1);
    assert_eq!(reading.sentences_over(Span::new(3, 10)), 0..2);
    assert_eq!(reading.sentences_over(Span::new(9, 90)), 2..3);
    let nothing = Reading::new("", vec![]);
    assert!(nothing.sentences_over(Span::new(0, 1)).is_empty());
}

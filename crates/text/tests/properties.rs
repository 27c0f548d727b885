//! What holds for any text and any sentences: a `Reading` is sound, and equal to what a slow, plain search finds.

use document::{Sentence, Span};
use proptest::prelude::*;
use text::{Gap, Place, Reading};

/// Whether all of the inner span is in the outer one.
fn encloses(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Pieces of which texts are built: marks of all styles, labels, line ends, and any characters at all.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        8 => prop::sample::select(vec![
            "“", "”", "\"", "‘", "’", "'", "''", "``", "«", "»", "„", "‹", "›", "‚", "MORENO: ", "LEE: ", "She said:", ":", "We won", "He",
            "don't", "dogs'", "U.S.", "Mr.", ",", ".", "?", " ", " ", " ", "\n", "\n", "\n\n", "\r\n", "\u{2028}",
            "\u{200B}", "é", "🎉", "...", "-", "1,000",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// Sentences as another program may send them: many fit and are in order, some are not.
fn sentences() -> impl Strategy<Value = Vec<(usize, usize, Option<usize>)>> {
    let sentence = (
        0..12usize,
        0..24usize,
        prop::option::weighted(0.7, 0..4usize),
    );
    prop::collection::vec(sentence, 0..8)
}

/// Each sentence begins so many bytes after the one before it, or before it where the gap is large.
fn laid_out(gaps: &[(usize, usize, Option<usize>)]) -> Vec<Sentence> {
    let mut at = 0usize;
    let laid = gaps.iter().map(|&(gap, len, paragraph)| {
        let start = if gap > 9 {
            at.saturating_sub(gap)
        } else {
            at + gap
        };
        at = start + len;
        Sentence::new(start..at).with_paragraph(paragraph)
    });
    laid.collect()
}

/// The number of the only span that holds a byte.
fn holder(spans: &[Span], byte: usize) -> Option<usize> {
    let mut holders = (0..spans.len()).filter(|&i| spans[i].start <= byte && byte < spans[i].end);
    let holder = holders.next();
    assert_eq!(holders.next(), None, "spans overlap");
    holder
}

fn last_begun(spans: &[Span], byte: usize) -> usize {
    let begun = spans.iter().filter(|span| span.start <= byte);
    begun.count().saturating_sub(1)
}

fn are_ordered(spans: &[Span]) -> bool {
    let apart = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    apart && spans.iter().all(|span| span.start < span.end)
}

fn spans_of(reading: &Reading<'_>) -> [Vec<Span>; 3] {
    [
        reading.sentences().iter().map(|s| s.span).collect(),
        reading.paragraphs().to_vec(),
        reading.outermost().iter().map(|q| q.span).collect(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn spans_are_sound(text in text(), gaps in sentences()) {
        let reading = Reading::new(&text, laid_out(&gaps));
        for spans in spans_of(&reading) {
            prop_assert!(are_ordered(&spans), "{:?}", spans);
            prop_assert!(spans.iter().all(|span| span.get(&text).is_some()), "{:?}", spans);
        }
        let [sentences, paragraphs, _] = spans_of(&reading);
        for paragraph in &paragraphs {
            prop_assert!(sentences.iter().any(|s| s.start == paragraph.start));
            prop_assert!(sentences.iter().any(|s| s.end == paragraph.end));
        }
        for sentence in &sentences {
            prop_assert_eq!(paragraphs.iter().filter(|p| encloses(**p, *sentence)).count(), 1);
        }
        for quotation in reading.quotations().iter().chain(reading.outermost()) {
            prop_assert!(encloses(quotation.span, quotation.inner));
            prop_assert!(quotation.inner.get(&text).is_some());
            // A mark that goes on in the next paragraph is one that was not closed.
            prop_assert!(!(quotation.closed && quotation.goes_on));
        }
    }

    #[test]
    fn sentences_that_fit_are_kept(text in text(), gaps in sentences()) {
        let given = laid_out(&gaps);
        let mut kept: Vec<Sentence> = Vec::new();
        for sentence in &given {
            let after = kept.last().is_none_or(|last| last.span.end <= sentence.span.start);
            let fits = text.get(sentence.span.start..sentence.span.end).is_some_and(|s| !s.is_empty());
            if after && fits {
                kept.push(sentence.clone());
            }
        }
        let reading = Reading::new(&text, &given[..]);
        if kept.is_empty() {
            let lines: Vec<&str> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
            let found: Vec<&str> = reading.sentences().iter().map(|s| &text[s.span]).collect();
            prop_assert_eq!(found, lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>());
        } else {
            prop_assert_eq!(reading.sentences(), kept);
        }
    }

    #[test]
    fn positions_are_those_of_a_plain_search(text in text(), gaps in sentences()) {
        let reading = Reading::new(&text, laid_out(&gaps));
        let [sentences, paragraphs, quotations] = spans_of(&reading);
        for (i, token) in reading.tokens().iter().enumerate() {
            let start = token.span.start;
            prop_assert_eq!(reading.sentence_of(i), holder(&sentences, start));
            prop_assert_eq!(reading.paragraph_of(i), holder(&paragraphs, start));
            prop_assert_eq!(reading.quotation_of(i), holder(&quotations, start));
            let quotation = holder(&quotations, start).map(|number| reading.outermost()[number]);
            let place = match quotation {
                None => Place::Outside,
                Some(q) if token.span.end <= q.inner.start => Place::Opening,
                Some(q) if start >= q.inner.end => Place::Closing,
                Some(q) if q.closed => Place::Inside,
                Some(_) => Place::Unclosed,
            };
            prop_assert_eq!(reading.place(i), place);
            prop_assert_eq!(reading.token_at(start), i);
        }
        let past = reading.tokens().len();
        prop_assert_eq!((reading.sentence_of(past), reading.place(past)), (None, Place::Outside));
        for byte in 0..=text.len() {
            prop_assert_eq!(reading.sentence_at(byte), last_begun(&sentences, byte));
            prop_assert_eq!(reading.paragraph_at(byte), last_begun(&paragraphs, byte));
            let at = reading.quotation_at(byte).copied();
            prop_assert_eq!(at, holder(&quotations, byte).map(|number| reading.outermost()[number]));
        }
    }

    #[test]
    fn sections_cover_all_tokens_and_cut_no_sentence(text in text(), gaps in sentences()) {
        let reading = Reading::new(&text, laid_out(&gaps));
        let mut next = 0;
        for section in reading.sections() {
            prop_assert_eq!(section.start, next);
            prop_assert!(section.start < section.end);
            prop_assert_eq!(reading.tokens()[section.start].gap, Gap::Line);
            let before = section.start.checked_sub(1).and_then(|token| reading.sentence_of(token));
            prop_assert!(before.is_none() || before != reading.sentence_of(section.start));
            // Inside a section, a line ends in the middle of a sentence only.
            for token in section.start + 1..section.end {
                let inside = reading.sentence_of(token).is_some()
                    && reading.sentence_of(token) == reading.sentence_of(token - 1);
                prop_assert!(inside || reading.tokens()[token].gap != Gap::Line);
            }
            next = section.end;
        }
        prop_assert_eq!(next, reading.tokens().len());
    }

    #[test]
    fn the_bytes_of_tokens_lead_back_to_them(text in text(), from in 0..40usize, count in 1..9usize) {
        let reading = Reading::new(&text, vec![]);
        let tokens = document::TokenRange::new(from, (from + count).min(reading.tokens().len()).max(from));
        let span = reading.span_of(tokens);
        if span.is_empty() {
            prop_assert!(from >= reading.tokens().len());
        } else {
            prop_assert_eq!(reading.tokens_in(span), tokens);
        }
    }
}

//! What holds for any text whatever.

use document::Span;
use proptest::prelude::*;
use segment::Segmenter;

/// Pieces of which texts are built: what a segmenter trips over, and any characters at all.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        8 => prop::sample::select(vec![
            "The", "truce", "held", "Mr", "U.S", "a.m", "J", "12", "3.5", "“", "”", "\"", "'", "(", ")", "[", "]", ".",
            ". ", "...", "…", "!", "?", "?!", "—", " — ", ", ", " ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u{a0}",
            "\u{2028}", "\u{feff}", "- ", "• ", "1. ", "2. ", "a. ", "By ", "Photo: ", "Title: ", "From: ", "Subject: ",
            "date 2024-12-03 ", "Published 3 May 2024", "10:15 GMT", "LONDON, Dec 3 (Reuters) — ", "example.com", "[1]",
            "。", "」と", "「", "है", "। ", "؟ ", "３．", "z. B.", " 5. ", "é", "ﬀ", "😀", "\u{301}", "İ", "said", "Who are you? ", "J.K. Rowling",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

fn spans(segmenter: &Segmenter, text: &str) -> Vec<Span> {
    segmenter.sentences(text).collect()
}

/// The sentences of a text that arrives in pieces of so many characters.
fn streamed(segmenter: &Segmenter, text: &str, cuts: &[usize]) -> Vec<Span> {
    let (mut stream, mut buffer, mut found, mut gone) =
        (segmenter.stream(), String::new(), Vec::new(), 0);
    let mut chars = text.chars();
    let mut cuts = cuts.iter().copied().cycle();
    loop {
        let read: String = chars
            .by_ref()
            .take(cuts.next().unwrap_or(1).max(1))
            .collect();
        buffer.push_str(&read);
        while let Some(piece) = stream.next(&buffer, read.is_empty()) {
            let len = piece.len;
            found.extend(
                piece
                    .sentences
                    .map(|span| Span::new(gone + span.start, gone + span.end)),
            );
            buffer.drain(..len);
            gone += len;
        }
        if read.is_empty() {
            return found;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn spans_are_ordered_trimmed_and_cover_the_text(text in text(), lang in prop::sample::select(vec!["en", "de", "cs"])) {
        let found = Segmenter::new().segment(&segment::Input { lang: Some(lang), ..segment::Input::new(&text) });
        let metadata = found.metadata.iter().map(|metadata| metadata.span);
        let mut all: Vec<_> = found.sentences.iter().map(|s| s.span).chain(metadata).collect();
        prop_assert!(found.sentences.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        all.sort_by_key(|span| span.start);
        let mut at = 0;
        for span in all {
            prop_assert!(at <= span.start && span.start < span.end, "{span:?} overlaps or is empty");
            prop_assert_eq!(text[at..span.start].trim(), "", "outside all spans");
            prop_assert_eq!(&text[span], text[span].trim());
            at = span.end;
        }
        prop_assert_eq!(text[at..].trim(), "", "outside all spans");
    }

    #[test]
    fn paragraphs_count_from_0_and_skip_none(text in text()) {
        let mut next = 0;
        for sentence in Segmenter::new().segment(&segment::Input::new(&text)).sentences {
            let paragraph = sentence.paragraph.expect("a number");
            prop_assert!(paragraph == next || paragraph + 1 == next, "{paragraph} after {next}");
            next = paragraph + 1;
        }
    }

    #[test]
    fn the_three_ways_to_read_agree(text in text(), cuts in prop::collection::vec(1usize..40, 1..6)) {
        let segmenter = Segmenter::new();
        let whole: Vec<_> = segmenter.segment(&segment::Input::new(&text)).sentences.into_iter().map(|s| s.span).collect();
        prop_assert_eq!(&spans(&segmenter, &text), &whole);
        prop_assert_eq!(&streamed(&segmenter, &text, &cuts), &whole);
    }

    #[test]
    fn a_long_text_streams_as_it_reads(text in text(), times in 1usize..400, cut in 1usize..9000) {
        let text = text.repeat(times);
        let segmenter = Segmenter::new();
        prop_assert_eq!(streamed(&segmenter, &text, &[cut]), spans(&segmenter, &text));
    }

    #[test]
    fn the_date_that_was_found_finds_nothing_else(text in text()) {
        let segmenter = Segmenter::new();
        let found = segmenter.segment(&segment::Input::new(&text));
        prop_assert_eq!(segmenter.segment(&segment::Input { date: found.date.as_deref(), ..segment::Input::new(&text) }), found);
    }

    #[test]
    fn any_word_can_be_an_abbreviation(word in "[A-Za-z]{2,12}", next in "[A-Z][a-z]{1,8}") {
        let segmenter = Segmenter::new().with_abbreviations([&word]);
        let text = format!("They met {word}. {next} and left.");
        let whole = std::iter::once(0..text.len()).collect::<Vec<_>>();
        prop_assert_eq!(spans(&segmenter, &text), whole, "{}", text);
    }
}

//! What holds of every summary of every text: it fits, and its picks are slices of the text.

use document::{Sentence, Summary};
use proptest::prelude::*;
use summarize::{Budget, Input, Order, Summarizer};
use text::Reading;

/// Sentences at every full stop or line feed, trimmed: a stand-in for any foreign segmenter.
fn sentences(text: &str) -> Vec<Sentence> {
    let mut start = 0;
    text.split_inclusive(['.', '\n'])
        .map(|piece| {
            let from = start + piece.len() - piece.trim_start().len();
            start += piece.len();
            Sentence::new(from..from.max(from + piece.trim().len()))
        })
        .filter(|s| !s.span.is_empty())
        .collect()
}

fn budget() -> impl Strategy<Value = Budget> {
    prop_oneof![
        (0usize..6).prop_map(Budget::Sentences),
        (0usize..40).prop_map(Budget::Words),
        (0usize..200).prop_map(Budget::Chars),
        (0.0f64..=1.0).prop_map(Budget::Ratio),
    ]
}

fn fits(summary: &Summary, budget: Budget, text: &str) -> bool {
    let words = summary.text.split_whitespace().count();
    match budget {
        Budget::Sentences(n) => summary.sentences.len() <= n,
        Budget::Words(n) => words <= n,
        Budget::Chars(n) => summary.text.chars().count() <= n,
        Budget::Ratio(share) => {
            words as f64 <= share * text.split_whitespace().count() as f64 + 1e-6
        }
    }
}

/// Words that trip readers of news, and odd characters.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-z]{1,9}",
        2 => "[A-Z][a-z]{1,6}",
        2 => prop::sample::select(vec![
            "He", "But", "said", "told", "“We", "go”,", "\"", "—", "é’s", "\u{a0}", "🎉", "\r\n", "1,200", "Dr.", "…",
            "Jane Doe", "Doe said", "\u{1f}", "\u{301}",
        ]).prop_map(str::to_owned),
        1 => Just(".".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(word, 0..160).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn a_summary_fits_and_is_made_of_the_text(text in text(), budget in budget(), rank in any::<bool>(), focus in any::<bool>()) {
        let sentences = sentences(&text);
        let reading = Reading::new(&text, &sentences[..]);
        let input = Input::new(&reading);
        let mut summarizer = Summarizer::new().with_budget(budget);
        summarizer.order = if rank { Order::Rank } else { Order::Document };
        summarizer.focus = focus.then(|| "Jane said go".to_owned());
        let summary = summarizer.summarize(&input);
        prop_assert!(fits(&summary, budget, &text), "{budget:?}: {summary:?}");
        let mut pieces = Vec::new();
        for pick in &summary.sentences {
            let slice = pick.span.get(&text).expect("a pick is a slice of the text");
            prop_assert_eq!(slice.trim(), slice);
            let mut piece = slice.split_whitespace().collect::<Vec<_>>().join(" ");
            if pick.truncated {
                piece.push('…');
            } else {
                prop_assert!(sentences.iter().any(|s| s.span == pick.span));
            }
            pieces.push(piece);
        }
        prop_assert_eq!(pieces.join(" "), summary.text.as_str());
        if !rank {
            prop_assert!(summary.sentences.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        }
        prop_assert_eq!(summarizer.summarize(&input), summary);
    }

    #[test]
    fn only_where_no_sentence_fits_is_one_cut(text in text(), words in 1usize..30) {
        let sentences = sentences(&text);
        let reading = Reading::new(&text, &sentences[..]);
        let input = Input::new(&reading);
        let summary = Summarizer::new().with_budget(Budget::Words(words)).summarize(&input);
        let length = |s: &Sentence| text[s.span].split_whitespace().count();
        let speaks = |s: &Sentence| text[s.span].contains(char::is_alphanumeric);
        if summary.sentences.iter().any(|pick| pick.truncated) {
            prop_assert_eq!(summary.sentences.len(), 1);
            prop_assert!(sentences.iter().filter(|s| speaks(s)).all(|s| length(s) > words));
        }
        if sentences.iter().any(speaks) {
            prop_assert!(!summary.sentences.is_empty());
        }
    }
}

#[test]
fn blank_text_has_an_empty_summary() {
    for text in ["", " \n\t "] {
        let reading = Reading::new(text, vec![]);
        let input = Input::new(&reading);
        let summary = Summarizer::new()
            .with_budget(Budget::Sentences(3))
            .summarize(&input);
        assert_eq!((summary.text.as_str(), summary.sentences.len()), ("", 0));
    }
}

#[test]
fn a_line_feed_inside_a_sentence_is_folded_for_reading_and_kept_in_the_span() {
    let text = "The river\nrose.";
    let sentences = sentences("The river rose.");
    let reading = Reading::new(text, sentences);
    let input = Input::new(&reading);
    let summary = Summarizer::new()
        .with_budget(Budget::Sentences(1))
        .summarize(&input);
    assert_eq!(summary.text, "The river rose.");
    assert_eq!(&text[summary.sentences[0].span], text);
}

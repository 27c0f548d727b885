//! What is a statement and what is none: sentences written for this test, each with the words that are taken for a content
//! there, or near them, and what they are.

#![allow(clippy::unwrap_used)] // a test may panic

use document::{Mode, Quote};
use quotes::{Extractor, Input};
use segment::Segmenter;

/// Somebody says or thinks it: content, sentence.
const SPEECH: &[(&str, &str)] = &[
    (
        "the bridge would stay closed until June",
        "The harbour board said the bridge would stay closed until June.",
    ),
    (
        "the ferry was overloaded",
        "According to the inquiry, the ferry was overloaded.",
    ),
    (
        "rose 3 percent",
        "Prices rose 3 percent in May, the statistics office reported on Monday.",
    ),
    (
        "that the tunnel was unsafe",
        "The inspectors warned that the tunnel was unsafe.",
    ),
    (
        "the vote was rigged",
        "Ms Okafor claimed the vote was rigged.",
    ),
    (
        "that it had leaked the plans",
        "The ministry denied that it had leaked the plans.",
    ),
    (
        "that the pumps had failed",
        "The engineer did not tell the inquiry that the pumps had failed.",
    ),
    (
        "who had signed the order",
        "The chairman has never said who had signed the order.",
    ),
    (
        "We will rebuild it",
        "“We will rebuild it,” Mayor Anna Kowal said.",
    ),
    (
        "the company had misled its investors",
        "Prosecutors alleged the company had misled its investors.",
    ),
    (
        "that he had been bribed",
        "The former clerk testified that he had been bribed.",
    ),
    (
        "one in five pupils skips breakfast",
        "A survey found that one in five pupils skips breakfast.",
    ),
];

const THOUGHT: &[(&str, &str)] = &[
    (
        "that the reef will not recover",
        "Marine biologists fear that the reef will not recover.",
    ),
    (
        "the strike will end soon",
        "Mr Lindqvist believes the strike will end soon.",
    ),
    (
        "that the rains will come",
        "Farmers in the valley hope that the rains will come.",
    ),
];

/// Nobody says it, or nobody is said to have said it.
const NEITHER: &[&str] = &[
    "The board declined to comment on the report.",
    "The minister refused to answer questions about the contract.",
    "The carrier is expected to report a loss next week.",
    "The new stadium is expected to open in 2031.",
    "Mr Brandt has been accused of taking bribes.",
    "The court upheld the ban on night flights.",
    "Prosecutors charged three men with fraud.",
    "The union wants a shorter week and better pay.",
    "The council endorsed the plan for a new market.",
    "Norvik Foods plans to open twelve shops in the north.",
    "The government imposed a curfew on the port.",
    "The two companies agreed to merge their ferry lines.",
    "She refused to back down.",
    "The club signed the striker for two years.",
    "Residents support the new bus line.",
    "The actor is known for his role as a harbour pilot.",
    "The suspect is believed to be in hiding.",
    "The senator opposes the tax on diesel.",
    "The army decided to close the northern road.",
    "The festival was named the best in the region.",
    "The airline is seeking bankruptcy protection.",
    "Twenty farms have experienced a shortage of water.",
];

fn quotes(extractor: &Extractor, text: &str) -> Vec<Quote> {
    let reading = Segmenter::new().read(text);
    extractor.quotes(&Input::new(&reading))
}

fn content(text: &str, quote: &Quote) -> String {
    let pieces: Vec<&str> = quote.content.iter().map(|s| &text[*s]).collect();
    pieces.join(" … ")
}

fn check(extractor: &Extractor) {
    let mut wrong = Vec::new();
    for (mode, cases) in [(Mode::Speech, SPEECH), (Mode::Thought, THOUGHT)] {
        for (said, text) in cases {
            let found = quotes(extractor, text);
            let fits = |q: &&Quote| q.mode == Some(mode) && content(text, q).contains(said);
            if found.iter().find(fits).is_none() {
                wrong.push(format!("{mode}: {text}"));
            }
        }
    }
    for text in NEITHER {
        if let Some(quote) = quotes(extractor, text).first() {
            wrong.push(format!("neither: {text} [{}]", content(text, quote)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn statements_are_told_from_attitudes_plans_and_acts_by_the_fast_model() {
    check(&Extractor::fast());
}

#[test]
#[cfg(feature = "accurate")]
fn statements_are_told_from_attitudes_plans_and_acts_by_the_accurate_model() {
    check(&Extractor::accurate());
}

#[test]
fn attitudes_are_given_where_they_are_asked_for() {
    let text = "The senator supports the tax on diesel. “It is fair,” she said.";
    let reading = Segmenter::new().read(text);
    let input = Input::new(&reading);
    let statements = Extractor::fast().quotes(&input);
    let all = Extractor::fast().quotes(&Input {
        attitudes: true,
        ..input
    });
    assert!(statements.len() < all.len());
    assert!(statements.iter().all(|q| q.mode == Some(Mode::Speech)));
    assert_eq!(
        all.iter().filter(|q| q.mode.is_some()).count(),
        statements.len()
    );
}

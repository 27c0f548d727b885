//! Whatever spans an article has, all of its text is shown, once and in order.

#![allow(clippy::unwrap_used)] // a test may panic

use document::{
    Entity, EntityType, Mention, MentionKind, Pick, Quote, QuoteType, Sentence, SentenceKind, Span,
    Speaker, Summary,
};
use proptest::prelude::*;
use view::{Article, Look, Page, terminal};

fn spans(n: usize) -> impl Strategy<Value = Vec<Span>> {
    prop::collection::vec((0..70usize, 0..30usize), 0..n).prop_map(|all| {
        all.into_iter()
            .map(|(a, b)| Span::new(a, a.saturating_add(b)))
            .collect()
    })
}

fn article<'a>(text: &'a str, found: &[Vec<Span>; 4]) -> Article<'a> {
    let [quotes, mentions, picks, sentences] = found;
    let quote = |(i, content): (usize, &[Span])| {
        let mut quote = Quote::new("q", QuoteType::Mixed, content.to_vec());
        let after = content.iter().map(|s| Span::new(s.end, s.end + 3));
        quote.cue = after.collect();
        quote.speaker = (i % 2 == 0).then(|| Speaker::new("Ana"));
        quote
    };
    let entity = |spans: &[Span]| {
        let mention = |span: &Span| Mention::new(*span, MentionKind::Name);
        let mentions = spans.iter().map(mention).collect();
        Entity::new("e", EntityType::Org, "Ana", mentions)
    };
    let kinds = [
        None,
        Some(SentenceKind::ListItem),
        Some(SentenceKind::Boilerplate),
    ];
    let mut sentences: Vec<Sentence> = (sentences.iter().enumerate())
        .map(|(i, span)| {
            Sentence::new(*span)
                .with_paragraph(i / 2)
                .with_kind(kinds[i % kinds.len()])
        })
        .collect();
    sentences.sort_by_key(|s| s.span.start);
    Article {
        text,
        quotes: Some(quotes.chunks(2).enumerate().map(quote).collect()),
        entities: Some(mentions.chunks(3).map(entity).collect()),
        sentences,
        summary: Some(Summary::new(
            "",
            picks.iter().map(|span| Pick::new(*span, 0.0)).collect(),
        )),
        ..Article::default()
    }
}

/// What a browser would show of the text, without the speakers' labels and what stands in the place of furniture.
fn shown(html: &str) -> String {
    let (_, text) = html.split_once("<div class=\"text\"").unwrap();
    let (text, _) = text.split_once("</div>").unwrap();
    let mut out = String::new();
    let mut pieces = text.split('<');
    pieces.next();
    let mut label = false;
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces {
        let (tag, words) = piece.split_once('>').unwrap();
        let name = tag.split([' ', '>']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "elements nest"),
            None => open.push(name),
        }
        label = tag.starts_with("span class=\"by ") || tag == "summary";
        if !label {
            out.push_str(words);
        }
    }
    assert!(!label && open.is_empty(), "{open:?}");
    let out = out.replace("&lt;", "<").replace("&gt;", ">");
    out.replace("&quot;", "\"").replace("&amp;", "&")
}

fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

proptest! {
    #[test]
    fn all_text_is_shown_once_and_in_order(
        text in "[a-cé“🎉<>&\" \n]{0,60}",
        found in [spans(7), spans(10), spans(4), spans(6)],
    ) {
        let article = article(&text, &found);
        let mut page = Page::new();
        page.add(&article);
        prop_assert_eq!(solid(&shown(&page.finish())), solid(&text));
        let lines = terminal(&article, Look { width: 20, color: true, furniture: true });
        let mut at = 0;
        for c in solid(&text).chars() {
            // Labels and escape sequences come between, never something missing.
            at += lines[at..].find(c).expect("the text is there") + c.len_utf8();
        }
    }
}

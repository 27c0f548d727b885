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
    let quote = |(i, content): (usize, &[Span])| Quote {
        id: "q".into(),
        kind: QuoteType::Mixed,
        content: content.to_vec(),
        cue: content
            .iter()
            .map(|s| Span::new(s.end, s.end + 3))
            .collect(),
        source: Vec::new(),
        speaker: (i % 2 == 0).then(|| Speaker {
            name: "Ana".into(),
            entity: None,
        }),
        score: None,
        denied: false,
    };
    let entity = |spans: &[Span]| Entity {
        id: "e".into(),
        kind: EntityType::Org,
        name: "Ana".into(),
        mentions: (spans.iter())
            .map(|span| Mention {
                span: *span,
                kind: MentionKind::Name,
                score: None,
            })
            .collect(),
        country: None,
        value: None,
        unit: None,
    };
    let mut sentences: Vec<Sentence> = (sentences.iter().enumerate())
        .map(|(i, span)| Sentence {
            span: *span,
            paragraph: Some(i / 2),
            kind: (i % 3 == 1).then_some(SentenceKind::ListItem),
        })
        .collect();
    sentences.sort_by_key(|s| s.span.start);
    Article {
        text,
        quotes: Some(quotes.chunks(2).enumerate().map(quote).collect()),
        entities: Some(mentions.chunks(3).map(entity).collect()),
        sentences,
        summary: Some(Summary {
            text: String::new(),
            sentences: (picks.iter())
                .map(|span| Pick {
                    span: *span,
                    ..Pick::default()
                })
                .collect(),
            quotes: None,
        }),
        ..Article::default()
    }
}

/// What a browser would show of the text, without the speakers' labels.
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
        label = tag.starts_with("span class=\"by ");
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
        let lines = terminal(&article, Look { width: 20, color: true });
        let mut at = 0;
        for c in solid(&text).chars() {
            // Labels and escape sequences come between, never something missing.
            at += lines[at..].find(c).expect("the text is there") + c.len_utf8();
        }
    }
}

//! Any text whatever: no panic, spans that fit, mentions in order.

use document::{MentionKind, Sentence};
use entities::{Gazetteer, Input, Recognizer};
use proptest::prelude::*;
use segment::Segmenter;
use text::Reading;

/// Pieces of news and of what breaks programs: multi-byte characters, marks, numbers at their limits.
const PIECES: &[&str] = &[
    "Ada",
    "Byron",
    "President",
    "the",
    "The",
    "Iranian",
    "Iran",
    "he",
    "She",
    "his",
    "said",
    "told",
    "Monday",
    "May",
    "3",
    "2024",
    "-",
    "–",
    "$",
    "€",
    "million",
    "per",
    "cent",
    "%",
    "years",
    "ago",
    "last",
    "week",
    "'",
    "’s",
    "“",
    "”",
    "\"",
    "(",
    ")",
    ".",
    ",",
    "\n",
    "\n\n",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\u{200b}",
    "é",
    "e\u{301}",
    "日本",
    "🎉",
    "İ",
    "ß",
    "ﬁ",
    "Ǆ",
    "½",
    "99999999999999999999",
    "0",
    "1,00,000",
    "1.2.3",
    "U.S.",
    "A&B",
    "al-",
    "Inc.",
    "company",
    "country",
    "of",
    "and",
    "a",
    "half",
    "first",
    "century",
    "Q3",
    "12:30",
    "p.m.",
    "GMT",
    "\r\n",
    "\t",
    "https://x.y/1",
    "@a",
    "#1",
];

proptest! {
    #[test]
    fn any_text_is_handled(
        pieces in prop::collection::vec(0..PIECES.len(), 0..60),
        spaced in any::<bool>(),
        date in prop::sample::select(vec![None, Some("2024-12-03"), Some("0001-01-01"), Some("9999-12-31"), Some("x")]),
        own_sentences in prop::option::of(prop::collection::vec((0..300_usize, 0..300_usize), 0..6)),
    ) {
        let words: Vec<&str> = pieces.iter().map(|&i| PIECES[i]).collect();
        let text = words.join(if spaced { " " } else { "" });
        // Sentences of another program: any order, overlapping, but on characters.
        let sentences: Option<Vec<Sentence>> = own_sentences.map(|spans| {
            spans
                .into_iter()
                .filter(|(start, end)| text.get(*start..*end).is_some_and(|s| !s.is_empty()))
                .map(|(start, end)| Sentence::new(start..end))
                .collect()
        });
        let gazetteer = Gazetteer::parse("Ada\tPERSON\tq1\nByron\tPERSON\tq1\nMay 3\tEVENT\n").expect("good");
        for recognizer in [Recognizer::fast(), Recognizer::fast().with_gazetteer(gazetteer)] {
            let reading = match &sentences {
                Some(sentences) => Reading::new(&text, &sentences[..]),
                None => Segmenter::new().read(&text),
            };
            let entities = recognizer.entities(&Input {
                date,
                ..Input::new(&reading)
            });
            let mut taken: Vec<(usize, usize)> = Vec::new();
            for (n, entity) in entities.iter().enumerate() {
                prop_assert_eq!(&entity.id, &format!("e{}", n + 1));
                prop_assert!(!entity.mentions.is_empty());
                prop_assert!(!entity.name.is_empty());
                prop_assert!(entity.mentions.windows(2).all(|m| m[0].span.start < m[1].span.start));
                for mention in &entity.mentions {
                    prop_assert!(mention.span.get(&text).is_some_and(|m| !m.is_empty()));
                    if matches!(mention.kind, MentionKind::Name | MentionKind::Value) {
                        taken.push((mention.span.start, mention.span.end));
                    }
                }
            }
            taken.sort_unstable();
            prop_assert!(taken.windows(2).all(|m| m[0].1 <= m[1].0), "names and values overlap");
        }
    }

    #[test]
    fn any_gazetteer_is_read_or_refused(text in "([A-Za-z é'\t#&]{0,12}(\tPERSON|\tORG|\tX)?(\tid)?\r?\n){0,6}") {
        if let Err(error) = Gazetteer::parse(&text) {
            prop_assert!(error.to_string().starts_with("line "));
        }
    }
}

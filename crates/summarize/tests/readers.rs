//! What a reader sees: which sentences are picked, why, and whether they can be followed.

use document::{Entity, EntityType, Mention, MentionKind, Sentence, SentenceKind};
use summarize::{Budget, Input, Order, Summarizer};
use text::Reading;

/// An article of sentences joined with spaces.
struct Article {
    text: String,
    sentences: Vec<Sentence>,
}

impl Article {
    fn new(sentences: &[&str]) -> Self {
        let mut text = String::new();
        let mut spans = Vec::new();
        for sentence in sentences {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(sentence);
            spans.push(Sentence::new(start..text.len()));
        }
        Self {
            text,
            sentences: spans,
        }
    }

    fn reading(&self) -> Reading<'_> {
        Reading::new(&self.text, &self.sentences[..])
    }

    /// The numbers of the picked sentences.
    fn picks(&self, summarizer: &Summarizer) -> Vec<usize> {
        let summary = summarizer.summarize(&Input::new(&self.reading()));
        let place = |span| self.sentences.iter().position(|s| &s.span == span);
        summary
            .sentences
            .iter()
            .filter_map(|p| place(&p.span))
            .collect()
    }
}

fn elmford() -> Article {
    Article::new(&[
        "A flood has cut off the town of Elmford after the river Elm rose by two metres overnight, officials said.",
        "Mayor Jane Doe told reporters on Tuesday that 400 people had left their homes in Elmford.",
        "“We have never seen the river rise like this in Elmford.",
        "It is frightening,” she said.",
        "But the old bridge over the Elm held.",
        "Doe said the bridge would stay closed until engineers had looked at it.",
        "“Stay away from the river.”",
        "Farmers in nearby Barrow lost two hundred sheep, according to the local union.",
        "The storm is expected to move north on Wednesday.",
    ])
}

#[test]
fn what_leans_on_a_sentence_comes_with_it_or_not_at_all() {
    let article = elmford();
    // Below ten words, nothing that can stand alone fits.
    for budget in (1..=9)
        .map(Budget::Sentences)
        .chain((10..150).map(Budget::Words))
    {
        let picks = article.picks(&Summarizer::new().with_budget(budget));
        assert!(
            !picks.contains(&2) && !picks.contains(&3),
            "half a quotation: {picks:?}"
        );
        for (leaning, on) in [(4, 3), (5, 1), (6, 5)] {
            assert!(
                !picks.contains(&leaning) || picks.contains(&on),
                "{budget:?}: {picks:?}"
            );
        }
    }
}

#[test]
fn only_running_text_is_picked() {
    let mut article = elmford();
    article.sentences[0].kind = Some(SentenceKind::Headline);
    article.sentences[7].kind = Some(SentenceKind::Caption);
    let picks = article.picks(&Summarizer::new().with_budget(Budget::Sentences(9)));
    assert!(!picks.contains(&0) && !picks.contains(&7), "{picks:?}");
}

#[test]
fn the_same_is_not_said_twice() {
    let article = Article::new(&[
        "A flood has cut off the town of Elmford after heavy rain on Monday night.",
        "The town of Elmford was cut off by a flood after heavy rain on Monday.",
        "Volunteers from Barrow brought blankets and forty boats.",
    ]);
    for budget in [Budget::Sentences(3), Budget::Words(38)] {
        let picks = article.picks(&Summarizer::new().with_budget(budget));
        assert!(!(picks.contains(&0) && picks.contains(&1)), "{picks:?}");
    }
}

#[test]
fn rank_order_has_the_best_first_and_document_order_the_same_sentences() {
    let article = elmford();
    let mut summarizer = Summarizer::new().with_budget(Budget::Sentences(4));
    let mut in_text = article.picks(&summarizer);
    summarizer.order = Order::Rank;
    let summary = summarizer.summarize(&Input::new(&article.reading()));
    assert!(
        summary
            .sentences
            .windows(2)
            .all(|w| w[0].score >= w[1].score)
    );
    let mut by_rank = article.picks(&summarizer);
    by_rank.sort_unstable();
    in_text.sort_unstable();
    assert_eq!(by_rank, in_text);
}

#[test]
fn a_query_and_a_name_come_first() {
    let article = elmford();
    let mut summarizer = Summarizer::new().with_budget(Budget::Sentences(1));
    summarizer.focus = Some("sheep farmers".to_owned());
    assert_eq!(article.picks(&summarizer), [7]);
    summarizer.focus = None;
    summarizer.about = Some("Barrow".to_owned());
    assert_eq!(article.picks(&summarizer), [7]);
    summarizer.about = Some("Nobody Here".to_owned());
    assert_eq!(
        article.picks(&summarizer),
        article.picks(&Summarizer::new().with_budget(Budget::Sentences(1)))
    );
}

#[test]
fn an_entity_is_known_by_all_its_mentions() {
    let article = elmford();
    let mention = |text: &str, kind| {
        let start = article.text.find(text).expect(text);
        Mention::new(start..start + text.len(), kind)
    };
    let mentions = vec![mention("The storm", MentionKind::Nominal)];
    let entities = [Entity::new("e1", EntityType::Event, "Storm Ada", mentions)];
    let mut summarizer = Summarizer::new().with_budget(Budget::Sentences(1));
    summarizer.about = Some("storm ada".to_owned());
    let reading = article.reading();
    let input = Input {
        entities: Some(&entities),
        ..Input::new(&reading)
    };
    assert!(summarizer.summarize(&input).text.starts_with("The storm"));
}

#[test]
fn reasons_are_given_for_every_pick() {
    let article = elmford();
    let mut summarizer = Summarizer::new().with_budget(Budget::Sentences(3));
    summarizer.focus = Some("bridge".to_owned());
    let plain = summarizer.summarize(&Input::new(&article.reading()));
    summarizer.explain = true;
    let summary = summarizer.summarize(&Input::new(&article.reading()));
    assert_eq!(summary.text, plain.text);
    assert!(plain.sentences.iter().all(|pick| pick.why.is_empty()));
    for pick in &summary.sentences {
        let weights: Vec<f64> = pick.why.iter().map(|r| r.contribution.abs()).collect();
        assert!(!weights.is_empty() && weights.is_sorted_by(|a, b| a >= b));
    }
    let mut picks = summary.sentences.iter();
    let bridge = picks.find(|p| article.text[p.span].contains("bridge"));
    let why = &bridge.expect("the focus is met").why;
    assert!(why.iter().any(|r| r.feature == "focus" && r.value == 1.0));
}

#[test]
fn a_description_comes_with_the_name_where_the_record_knows_whose_it_is() {
    let text = "Halden Robotics opened a plant in Elmford. Rain fell on the guests. The company will hire forty people.";
    let find = |s: &str| text.find(s).map(|at| at..at + s.len()).expect(s);
    let sentences: Vec<Sentence> = text
        .split_inclusive('.')
        .map(|s| Sentence::new(find(s.trim())))
        .collect();
    let mention = |s: &str, kind| Mention::new(find(s), kind);
    let mentions = vec![
        mention("Halden Robotics", MentionKind::Name),
        mention("company", MentionKind::Nominal),
    ];
    let entities = [Entity::new(
        "e1",
        EntityType::Org,
        "Halden Robotics",
        mentions,
    )];
    let summary = |budget, entities| {
        let mut summarizer = Summarizer::new().with_budget(budget);
        summarizer.focus = Some("hire forty people".to_owned());
        let reading = Reading::new(text, &sentences[..]);
        let input = Input {
            entities,
            ..Input::new(&reading)
        };
        summarizer.summarize(&input).text
    };
    // With room for one sentence, it stands as in a headline.
    for entities in [None, Some(&entities[..])] {
        let one = summary(Budget::Sentences(1), entities);
        assert_eq!(one, "The company will hire forty people.");
    }
    let most = Budget::Words(40);
    let both = "Halden Robotics opened a plant in Elmford. The company will hire forty people.";
    assert_eq!(summary(Budget::Sentences(2), Some(&entities[..])), both);
    let first = summary(most, Some(&entities[..]));
    assert!(first.contains("Halden Robotics"), "{first}");
}

#[test]
fn a_stage_direction_is_never_picked() {
    let article = Article::new(&[
        "[Recess.]",
        "The court in Elmford heard on Monday that the bridge had no lights.",
        "(Laughter.)",
        "The builder of the bridge said that the town had never asked for lights.",
        "(Applause in the room).",
    ]);
    for sentences in 1..6 {
        let picks = article.picks(&Summarizer::new().with_budget(Budget::Sentences(sentences)));
        assert!(
            !picks.is_empty() && picks.iter().all(|i| i % 2 == 1),
            "{picks:?}"
        );
    }
    let alone = Article::new(&["[Recess.]", "(Laughter.)"]);
    assert!(alone.picks(&Summarizer::new()).is_empty());
}

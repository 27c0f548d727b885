//! Structure of an article, by hand-written examples.

use segment::Segmenter;

fn sentences(text: &str) -> Vec<&str> {
    Segmenter::new()
        .sentences(text)
        .map(|span| &text[span])
        .collect()
}

#[test]
fn a_glued_date_is_metadata_and_in_no_sentence() {
    let text = " date 2023-05-09 “The talks went well”, the envoy said on Monday.\n\nHe left at noon. Nobody else spoke.";
    let found = Segmenter::new().segment(&segment::Input::new(text));
    assert_eq!(found.date.as_deref(), Some("2023-05-09"));
    assert_eq!(found.metadata.len(), 1);
    let metadata = &found.metadata[0];
    assert_eq!(&text[metadata.span], "date 2023-05-09");
    assert_eq!(
        (metadata.key.as_str(), metadata.value.as_str()),
        ("date", "2023-05-09")
    );
    let paragraphs: Vec<_> = found.sentences.iter().map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [Some(0), Some(1), Some(1)]);
    assert_eq!(
        sentences(text)[0],
        "“The talks went well”, the envoy said on Monday."
    );
}

#[test]
fn a_dateline_gives_place_agency_and_date() {
    let text = "NAIROBI, Kenya, Dec 31 (Reuters) — Police opened fire. Two people died.";
    let found = Segmenter::new().segment(&segment::Input {
        date: Some("2025-01-02"),
        ..segment::Input::new(text)
    });
    let dateline = found.dateline.expect("a dateline");
    assert_eq!(&text[dateline.span], "NAIROBI, Kenya, Dec 31 (Reuters) —");
    assert_eq!(dateline.place.as_deref(), Some("NAIROBI, Kenya"));
    assert_eq!(dateline.agency.as_deref(), Some("Reuters"));
    assert_eq!(dateline.date.as_deref(), Some("2024-12-31"));
    assert_eq!(found.date, None);
    assert_eq!(found.sentences.len(), 2);
}

fn kinds(text: &str) -> Vec<(Option<usize>, Option<&'static str>)> {
    let found = Segmenter::new().segment(&segment::Input::new(text));
    let sentences = found.sentences.into_iter();
    sentences
        .map(|s| (s.paragraph, s.kind.map(document::SentenceKind::as_str)))
        .collect()
}

#[test]
fn the_date_of_another_story_is_not_the_documents() {
    let story =
        "Library to close\n\nThe council voted on Tuesday to close the library, officials said.";
    let date = |text: &str| Segmenter::new().segment(&segment::Input::new(text)).date;
    for end in [
        "Related\n\nMayor quits\n3 March 2019",
        "Comments\n\nJo: I agree\nMarch 3, 2029",
        "Upcoming events\n\nJazz night\nMarch 3, 2029",
    ] {
        assert_eq!(date(&format!("{story}\n\n{end}")), None, "{end}");
    }
    let stories = "Top stories\n\nMayor quits\nMarch 3, 2019\n\nLibrary to close\nBy Jo Hill\nMarch 9, 2025\n\n\
                   The council voted on Tuesday to close the library, officials said.";
    assert_eq!(date(stories).as_deref(), Some("2025-03-09"));
    let summary = "Library to close\n\nIt has been open since 1911 and is loved by many.\n\n9 March 2025\n\n\
                   The council voted on Tuesday to close the library, officials said.";
    assert_eq!(date(summary).as_deref(), Some("2025-03-09"));
}

#[test]
fn a_text_in_another_script_has_no_kinds() {
    let text = "首相は減税を行うと述べた。\n\n野党は反発している。";
    let found = Segmenter::new().segment(&segment::Input::new(text));
    assert!(
        found
            .sentences
            .iter()
            .all(|sentence| sentence.kind.is_none())
    );
}

#[test]
fn who_talks_to_somebody_is_no_dateline() {
    let place = "New Delhi: The ministry will build forty bridges in the hills, it said.\n\nWork begins in May.";
    let talk = "Ferdia Gill: You were the best in the country, and you stopped.\n\nBisola Ade: Because winning is quiet.";
    let dateline = |lines: &str| {
        let text = format!("Play on\n\nShe teaches in Lagos.\n\n{lines}");
        let found = Segmenter::new().segment(&segment::Input::new(&text));
        found
            .dateline
            .map(|dateline| text[dateline.span].to_owned())
    };
    assert_eq!(dateline(place).as_deref(), Some("New Delhi:"));
    assert_eq!(dateline(talk), None);
}

#[test]
fn each_line_of_a_list_is_a_paragraph() {
    let text = "Here is what we know:\n\n- A bridge is shut\n- Trains are late\n- A man is missing, police say\n";
    let item = Some("list-item");
    assert_eq!(
        kinds(text)[1..],
        [(Some(1), item), (Some(2), item), (Some(3), item)]
    );
}

#[test]
fn a_caption_is_known_by_its_credit() {
    let text = "Ferry sinks\n\nBY ANA DE LA CRUZ AND TOM HILL JR.\n\nThe quay at Split, May 3. Photograph: Ivo Lasic\n\nIt sank.";
    let kinds: Vec<_> = kinds(text).into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(
        kinds,
        [
            Some("headline"),
            Some("byline"),
            Some("caption"),
            Some("caption"),
            None
        ]
    );
}

#[test]
fn what_somebody_is_asked_is_no_headline() {
    let text = "Ten years on the ice\n\nShe came back in May.\n\nQ: What did they eat?\n\nFish.\n\nWhat comes next?\n\nShe laughs.";
    let kinds: Vec<_> = kinds(text).into_iter().map(|(_, kind)| kind).collect();
    let headline = Some("headline");
    assert_eq!(kinds, [headline, None, None, None, headline, None]);
}

#[test]
fn the_header_of_a_mail_is_metadata_but_a_letter_is_text() {
    let text = "Subject: Ferry sinks\nFrom: City desk\nDate: Mon, 3 Mar 2025 07:40:00 +0000\n\nA ferry sank.";
    let found = Segmenter::new().segment(&segment::Input::new(text));
    let keys: Vec<_> = found.metadata.iter().map(|m| m.key.as_str()).collect();
    assert_eq!(keys, ["subject", "from", "date"]);
    assert_eq!(found.date.as_deref(), Some("2025-03-03"));
    assert_eq!(sentences(text), ["A ferry sank."]);
    let letter = "From: a friend.\n\nI write to you. Do come.";
    assert_eq!(sentences(letter)[0], "From: a friend.");
}

#[test]
fn a_date_of_publication_needs_no_colon_on_its_own_line() {
    let text = "Ferry sinks\n\nPublished 11 April 2025\n\nPublished 3 May 2024 in Oslo, it sold.";
    let found = Segmenter::new().segment(&segment::Input::new(text));
    assert_eq!(found.date.as_deref(), Some("2025-04-11"));
    assert_eq!(found.metadata.len(), 1);
    assert_eq!(sentences(text).len(), 2);
}

#[test]
fn a_blank_that_does_not_break_still_parts_words() {
    let text = "It cost €5\u{a0}million.\u{a0}Nobody paid. Mr.\u{a0}Khan left.";
    assert_eq!(
        sentences(text),
        [
            "It cost €5\u{a0}million.",
            "Nobody paid.",
            "Mr.\u{a0}Khan left."
        ]
    );
}

/// The lines that are labels, and the labels of the other sentences.
fn labels(text: &str) -> (Vec<&str>, Vec<&str>) {
    let found = Segmenter::new().segment(&segment::Input::new(text));
    let label = Some(document::SentenceKind::SpeakerLabel);
    let lines = found.sentences.iter().filter(|s| s.kind == label);
    let lines = lines.map(|s| &text[s.span]).collect();
    let labels = found.sentences.iter().filter_map(|s| s.label);
    (lines, labels.map(|label| &text[label]).collect())
}

#[test]
fn a_name_above_a_short_answer_is_a_label() {
    let names = ["JOHN HILL", "ANA ROE", "JOHN HILL", "ANA ROE"];
    let text =
        "JOHN HILL\nWe start now.\n\nANA ROE\nI am ready.\n\nJOHN HILL\nThank you.\n\nANA ROE\nNo.";
    assert_eq!(labels(text).0, names);
    let found = Segmenter::new().segment(&segment::Input::new(text));
    let paragraphs: Vec<_> = found.sentences.iter().filter_map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(labels(&text.replace("\n\n", "\n")).0, names);
    let once = "JOHN HILL\nWe start now.\n\nThe rain stopped.";
    assert_eq!(labels(once).0, [""; 0]);
}

#[test]
fn a_label_has_its_time_and_what_is_heard() {
    let text = "[00:00:01] Anna Roe: Welcome to the show…\n\n[00:01:12] Jo Hill: Good to be here. Thanks.\n\n\
                [00:01:20] Anna Roe: Why now?";
    let expected = [
        "[00:00:01] Anna Roe:",
        "[00:01:12] Jo Hill:",
        "[00:01:20] Anna Roe:",
    ];
    assert_eq!(labels(text).1, expected);
    let bare = text.replace(['[', ']'], "");
    let expected = expected.map(|label| label.replace(['[', ']'], ""));
    assert_eq!(labels(&bare).1, expected);
    let text = "SEN. ANA ROE: It rains.\n\nJO HILL [laughs]: It does.\n\nSEN. ANA ROE: Will it stop, Ms. Hill?";
    assert_eq!(
        labels(text).1,
        ["SEN. ANA ROE:", "JO HILL [laughs]:", "SEN. ANA ROE:"]
    );
}

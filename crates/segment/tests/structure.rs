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
    let found = Segmenter::new().segment(text, None);
    assert_eq!(found.date.as_deref(), Some("2023-05-09"));
    assert_eq!(found.metadata.len(), 1);
    let metadata = &found.metadata[0];
    assert_eq!(&text[metadata.span.clone()], "date 2023-05-09");
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
    let found = Segmenter::new().segment(text, Some("2025-01-02"));
    let dateline = found.dateline.expect("a dateline");
    assert_eq!(&text[dateline.span], "NAIROBI, Kenya, Dec 31 (Reuters) —");
    assert_eq!(dateline.place.as_deref(), Some("NAIROBI, Kenya"));
    assert_eq!(dateline.agency.as_deref(), Some("Reuters"));
    assert_eq!(dateline.date.as_deref(), Some("2024-12-31"));
    assert_eq!(found.date, None);
    assert_eq!(found.sentences.len(), 2);
}

//! What a user of the library relies on: names, values and links together.

use document::{Dateline, Entity, EntityType, MentionKind, Sentence, SentenceKind, Span};
use entities::{Gazetteer, Input, Recognizer};
use segment::Segmenter;
use text::Reading;

const ARTICLE: &str = "date 2024-12-03 “We stand by them”, President Haddad told President Reed during a phone call on \
    Monday.\n\nThe two spoke as Syria is rebuilding in the north of the country in recent days.\n\nHaddad said Iran would \
    pay $5 million. The Islamic Republic of Iran needs peace, Haddad added.\n\nPresident Reed, on his part, praised \
    Syria. Reed thanked Syria’s neighbours and the Syrian people.\n\nThe Iranian president said that his country is \
    patient. He left.";

fn entity<'e>(entities: &'e [Entity], name: &str) -> &'e Entity {
    let found = entities.iter().find(|e| e.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {entities:#?}"))
}

#[test]
fn an_article_has_its_people_countries_and_days() {
    let reading = Segmenter::new().read(ARTICLE);
    let entities = Recognizer::fast().entities(&Input {
        date: Some("2024-12-03"),
        ..Input::new(&reading)
    });
    let mentions = |name: &str| -> Vec<&str> {
        let mentions = &entity(&entities, name).mentions;
        mentions.iter().map(|m| &ARTICLE[m.span]).collect()
    };
    assert_eq!(
        mentions("Haddad"),
        [
            "Haddad",
            "Haddad",
            "Haddad",
            "The Iranian president",
            "his",
            "He"
        ]
    );
    assert_eq!(mentions("Reed"), ["Reed", "Reed", "his", "Reed"]);
    assert_eq!(
        mentions("Islamic Republic of Iran"),
        ["Iran", "Islamic Republic of Iran"]
    );
    assert_eq!(
        mentions("Syria"),
        ["Syria", "the country", "Syria", "Syria"]
    );
    assert_eq!(entity(&entities, "Haddad").kind, EntityType::Person);
    assert_eq!(entity(&entities, "Iranian").country.as_deref(), Some("IR"));
    let monday = entity(&entities, "Monday");
    assert_eq!(monday.value.as_deref(), Some("2024-12-02"));
    assert_eq!(entity(&entities, "2024-12-03").kind, EntityType::Date);
    let money = entity(&entities, "$5 million");
    assert_eq!(money.value.as_deref(), Some("5000000"));
    assert_eq!(money.number, Some(5e6));
    assert_eq!(money.unit.as_deref(), Some("USD"));
}

#[test]
fn the_users_names_stand_over_all_others() {
    let list = "May 3\tEVENT\nReed\tORG\tq1\nR. E. E. D.\tORG\tq1\n";
    let gazetteer = Gazetteer::parse(list).expect("a good list");
    let text = "Mr Reed of R. E. E. D. left on May 3.";
    let entities = Recognizer::fast()
        .with_gazetteer(gazetteer)
        .entities(&Input::new(&Segmenter::new().read(text)));
    assert_eq!(entity(&entities, "May 3").kind, EntityType::Event);
    let reed = entity(&entities, "R. E. E. D.");
    assert_eq!((reed.kind, reed.mentions.len()), (EntityType::Org, 2));
    assert!(reed.mentions.iter().all(|m| m.kind == MentionKind::Name));
}

#[test]
fn a_dateline_names_its_places_and_its_agency() {
    let text = "VARDO, Norway, March 3 (Wire) -- Snow fell.";
    let mut dateline = Dateline::new(0..32);
    dateline.place = Some("VARDO, Norway".to_owned());
    dateline.agency = Some("Wire".to_owned());
    dateline.date = Some("2025-03-03".to_owned());
    let reading = Reading::new(text, vec![]);
    let entities = Recognizer::fast().entities(&Input {
        dateline: Some(&dateline),
        ..Input::new(&reading)
    });
    assert_eq!(entity(&entities, "VARDO").kind, EntityType::Gpe);
    assert_eq!(entity(&entities, "Norway").country.as_deref(), Some("NO"));
    assert_eq!(entity(&entities, "Wire").kind, EntityType::Org);
    // The dateline's date is the report's where the record has none.
    let date = entity(&entities, "March 3");
    assert_eq!(date.value.as_deref(), Some("2025-03-03"));
}

#[test]
fn dates_in_metadata_count() {
    let text = "Published: 3 Dec 2024\n\nSnow fell on Monday.";
    let found = Segmenter::new().segment(&segment::Input::new(text));
    assert_eq!(found.metadata.len(), 1);
    let reading = Reading::new(text, found.sentences);
    let entities = Recognizer::fast().entities(&Input::new(&reading));
    let published = entity(&entities, "3 Dec 2024");
    assert_eq!(published.value.as_deref(), Some("2024-12-03"));
}

#[test]
fn equal_values_are_one_entity() {
    let reading = Segmenter::new().read("In 2021 it fell by 5%, in 2021 alone by 5% and then 6%.");
    let entities = Recognizer::fast().entities(&Input::new(&reading));
    assert_eq!(entity(&entities, "2021").mentions.len(), 2);
    assert_eq!(entity(&entities, "5%").mentions.len(), 2);
    assert_eq!(entity(&entities, "6%").mentions.len(), 1);
}

#[test]
fn a_name_that_two_places_share_is_a_country_only_with_evidence() {
    let country = |text: &str| {
        let entities = Recognizer::fast().entities(&Input::new(&Segmenter::new().read(text)));
        entity(&entities, "Georgia").country.clone()
    };
    assert_eq!(country("It rained in Georgia and in Atlanta."), None);
    assert_eq!(
        country("It rained in Georgia. Many Georgians cheered.").as_deref(),
        Some("GE")
    );
}

#[test]
fn no_pronoun_is_linked_to_whom_the_page_names_beside_the_article() {
    let text = "Ana Roe left Oslo on Monday. She was ill.\nRead more: Ben Hale told Bergen that she won\nShe is home.";
    let lines: Vec<&str> = text.lines().collect();
    let of = |line: &str| {
        let start = line.as_ptr().addr() - text.as_ptr().addr();
        Sentence::new(start..start + line.len())
    };
    let sentences = vec![
        of(lines[0]).with_paragraph(0),
        of(lines[1])
            .with_paragraph(1)
            .with_kind(SentenceKind::Boilerplate),
        of(lines[2]).with_paragraph(2),
    ];
    let reading = Reading::new(text, sentences);
    let entities = Recognizer::fast().entities(&Input::new(&reading));
    let names: Vec<&str> = entities.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["Ana Roe", "Oslo", "Monday", "Ben Hale", "Bergen"]);
    // The pronoun after the furniture goes back over it.
    let of = |i: usize| -> Vec<&str> {
        let mentions = entities[i].mentions.iter();
        mentions.map(|m| &text[m.span]).collect()
    };
    assert_eq!(of(0), ["Ana Roe", "She", "She"]);
    assert_eq!(of(3), ["Ben Hale"]);
}

#[test]
fn a_letter_that_says_who_speaks_begins_no_name() {
    let text = "Q. Who was there? A. Ana Roe. Q. Was she alone? A. Yes. Q. Who left? A. Roe. Q. Who told Tom Hill? A. Nobody.";
    let mut sentences = Vec::new();
    let mut at = 0;
    for sentence in text
        .split_inclusive(['?', '.'])
        .collect::<Vec<_>>()
        .chunks(2)
    {
        let start = at + usize::from(at > 0);
        at += sentence.concat().len();
        sentences.push(Sentence::new(start..at).with_label(Span::new(start, start + 2)));
    }
    let reading = Reading::new(text, sentences);
    let entities = Recognizer::fast().named_entities(&Input::new(&reading));
    let ana = entity(&entities, "Ana Roe");
    assert_eq!(ana.kind, EntityType::Person);
    for mention in entities.iter().flat_map(|e| &e.mentions) {
        let written = &text[mention.span];
        assert!(
            !written.starts_with("A.") && !written.starts_with("Q."),
            "{written}"
        );
        assert!(!["Yes", "Nobody"].contains(&written), "{written}");
    }
}

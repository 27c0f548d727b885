//! The same article, with its lines laid out in several ways, has the same paragraphs and sentences.

use segment::{Input, Segmenter};

/// Written for this project (CC0). A line is a paragraph.
const ARTICLE: &str = "\
Harbour bridge closed for a third winter
Engineers blame salt, and money
The bridge over the harbour at Wexmouth will stay closed to lorries until April, the council said on Tuesday, after divers found cracks in two of its four piers. It is the third winter in a row.
“We looked at everything,” said Mr. Okoro, the chief engineer. “There is no cheap way to mend what the sea has worked on for sixty years, and there never was.”
Drivers will have to go round by Alder Cross, which adds 14 miles.
The council has set aside £3.2 million, about half of what the work on all four piers will cost. Where the rest is to come from, nobody could say.
What the divers found
Two of the piers have cracks up to a hand wide. Salt water has reached the steel, and in one place a bar has rusted through. Dr. Ines Hallam, who led the survey, said that the third pier would have to be watched.
“Is it safe to walk on?” she was asked.
“Yes.”
“And in ten years?”
“Ask me in ten years.”
Shops on the quay have lost a third of their trade since 2023, according to a survey of the Chamber of Commerce. Three have closed. The baker, Tom Lund, opens at noon now; he used to open at six.
A public meeting will be held on 4 March.";

fn paragraphs(text: &str) -> Vec<String> {
    let found = Segmenter::new().segment(&Input::new(text));
    let paragraphs = found.sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
    paragraphs
        .map(|paragraph| {
            let (first, last) = (paragraph.first(), paragraph.last());
            let span = first
                .zip(last)
                .map(|(first, last)| first.span.start..last.span.end);
            words(&text[span.expect("never empty")])
        })
        .collect()
}

fn sentences(text: &str) -> Vec<String> {
    let segmenter = Segmenter::new();
    segmenter
        .sentences(text)
        .map(|span| words(&text[span]))
        .collect()
}

/// A text with one blank for all white space.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wrapped(paragraph: &str, width: usize) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        let blank = match column {
            0 => "",
            _ if column + 1 + length > width => "\n",
            _ => " ",
        };
        column = if blank == " " {
            column + 1 + length
        } else {
            length
        };
        out.push_str(blank);
        out.push_str(word);
    }
    out
}

fn joined(between: &str, lay: impl Fn(&str) -> String) -> String {
    ARTICLE.lines().map(lay).collect::<Vec<_>>().join(between)
}

fn assert_same(text: &str, name: &str) {
    let expected: Vec<&str> = ARTICLE.lines().collect();
    assert_eq!(paragraphs(text), expected, "{name}");
    assert_eq!(
        sentences(text),
        sentences(&ARTICLE.replace('\n', "\n\n")),
        "{name}"
    );
}

#[test]
fn a_line_a_paragraph() {
    assert_same(ARTICLE, "line feeds");
    assert_same(&ARTICLE.replace('\n', "\r\n"), "carriage returns");
    assert_same(&ARTICLE.replace('\n', "\n\n"), "blank lines");
}

#[test]
fn hard_wrapped() {
    let could_be_either = |width: &usize| {
        ARTICLE.lines().any(|p| {
            let lines = wrapped(p, *width);
            lines
                .split_once('\n')
                .is_some_and(|(first, rest)| first.ends_with(['.', '”']) && !rest.contains('\n'))
        })
    };
    let widths: Vec<usize> = (55..=85).filter(|width| !could_be_either(width)).collect();
    assert!(widths.len() > 25);
    for width in widths {
        let spaced = joined("\n\n", |p| wrapped(p, width));
        assert_same(&spaced, &format!("blank lines, {width}"));
        let indented = joined("\n", |p| format!("    {}", wrapped(p, width)));
        assert_same(&indented, &format!("indented first lines, {width}"));
    }
}

/// Two lines of which the first ends a sentence may be either; mostly they are what a page has put under each other.
#[test]
fn two_lines_that_could_be_either_are_two_paragraphs() {
    let text = "The bridge will stay closed to lorries until the end of April.\nCars may cross.";
    assert_eq!(paragraphs(text).len(), 2);
    let abbreviated = "The bridge was closed on Monday afternoon on the advice of Dr.\nHallam.";
    assert_eq!(paragraphs(abbreviated).len(), 1);
}

/// A short line, whether a heading or what somebody says, is a paragraph of its own between wrapped ones too.
#[test]
fn short_lines_between_wrapped_ones() {
    let text = "\
Ferry drops its Sunday sailing
The ferry to Skarholm will no longer sail on Sundays, the company
that runs it said in a letter to the island's two hundred and ten
people, most of whom work on the mainland during the week.
Why now?
Fuel costs twice what it did, the letter says, and the boat has
been less than half full since the autumn of last year.
What comes next
The island's council will meet on Friday. Its chairwoman, Liv
Aasen, has asked the government for help.";
    let found = paragraphs(text);
    assert_eq!(found.len(), 6, "{found:#?}");
    assert_eq!(
        [&found[0], &found[2], &found[4]],
        [
            "Ferry drops its Sunday sailing",
            "Why now?",
            "What comes next"
        ]
    );
}

/// A page's links leave line feeds inside sentences.
#[test]
fn a_sentence_that_is_broken_over_lines_is_one() {
    let text = "\
The minister told
the Courier
on Monday that she would not stand again, and that her party had known of it since the summer of last year.
Her deputy said that he had heard of it from
The Evening Post, which had it first.
He will stand.
A vote is due in May.";
    assert_eq!(paragraphs(text).len(), 4, "{:#?}", paragraphs(text));
    assert_eq!(sentences(text).len(), 4);
}

#[test]
fn letters_and_addresses() {
    let text = "\
Dear Ms. Lund,
We have read your letter of 3 May with care. The council will not pay for the wall, which is not on its land, and it will not lend the money for it either.
Yours sincerely,
Peter Ames
Town Hall
1 High Street
Wexmouth";
    assert_eq!(paragraphs(text).len(), 7, "{:#?}", paragraphs(text));
}

//! Styles of marks, apostrophes, nesting, forgotten marks.

use super::*;

/// The quotations of `text`, its lines being its paragraphs: what stands inside, with `>` for each level of depth and
/// `…` or `→` where no mark closes it.
fn found(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(Span::new(start, start + line.trim_end().len()));
        start += line.len();
    }
    quotations(text, lines)
        .iter()
        .map(|q| {
            assert!(q.span.start < q.inner.start && q.inner.end <= q.span.end);
            let end = match (q.closed, q.goes_on) {
                (true, _) => "",
                (false, true) => "→",
                (false, false) => "…",
            };
            format!("{}{}{end}", ">".repeat(q.depth), &text[q.inner])
        })
        .collect()
}

#[test]
fn styles() {
    assert_eq!(found("\"Yes,\" he said. \"No.\""), ["Yes,", "No."]);
    assert_eq!(found("“Yes,” he said. “No.”"), ["Yes,", "No."]);
    assert_eq!(found("„Ja“, sagte er. „Nein.“"), ["Ja", "Nein."]);
    assert_eq!(found("„Ja”, powiedział."), ["Ja"]);
    assert_eq!(found("«Yes», he said. « No. »"), ["Yes", " No. "]);
    assert_eq!(found("»Ja«, sagte er. »Nein.«"), ["Ja", "Nein."]);
    assert_eq!(found("”Yes,” he said."), ["Yes,"]);
    assert_eq!(found("``Yes,'' he said."), ["Yes,"]);
    assert_eq!(found("‘Yes,’ he said. ‘No.’"), ["Yes,", "No."]);
    assert_eq!(found("'Yes,' he said. 'No.'"), ["Yes,", "No."]);
    assert_eq!(found("‚Ja‘, sagte er."), ["Ja"]);
    assert_eq!(
        found("“Yes,\" he said, and \"no,” she said."),
        ["Yes,", "no,"]
    );
    assert_eq!(found("(“Yes”)—“no”…"), ["Yes", "no"]);
}

#[test]
fn apostrophes_are_no_marks() {
    for none in [
        "The workers' pay and the teachers' pay rose in the '90s.",
        "It’s the miners’ day, said O’Brien’s friend, ’cause we don’t.",
        "Rock 'n' roll, the class of '08, 'em and 'tis.",
        "He stood 6'2\" tall and ran 100' in 5\".",
        "Goin' to the market, James' dog.",
    ] {
        assert_eq!(found(none), [""; 0], "{none}");
    }
    assert_eq!(
        found("‘We don’t mind the workers’ demands in the ’90s,’ said O’Brien."),
        ["We don’t mind the workers’ demands in the ’90s,"]
    );
    assert_eq!(
        found("'It's the teachers' pay that's low,' he said, 'isn't it?'"),
        ["It's the teachers' pay that's low,", "isn't it?"]
    );
    assert_eq!(
        found("Critics call it the ‘bedroom tax’ and ‘cuts’ too."),
        ["bedroom tax", "cuts"]
    );
}

#[test]
fn nesting() {
    assert_eq!(
        found("“She said ‘no’ and “never” and ‘“not now”’,” he said."),
        [
            "She said ‘no’ and “never” and ‘“not now”’,",
            ">no",
            ">never",
            ">“not now”",
            ">>not now"
        ]
    );
    assert_eq!(
        found("'He called it \"madness\",' she said."),
        ["He called it \"madness\",", ">madness"]
    );
    assert_eq!(
        found("\"It was \"too loud\" for them,\" he said."),
        ["It was \"too loud\" for them,", ">too loud"]
    );
}

#[test]
fn forgotten_marks() {
    assert_eq!(found("“Yes, he said.\nHe left."), ["Yes, he said.…"]);
    assert_eq!(found("“Yes, he said. “No.”"), ["Yes, he said.…", "No."]);
    assert_eq!(found("Yes,” he said. “No.”"), ["No."]);
    assert_eq!(found("‘Yes, he said. It was the ‘end’."), ["end"]);
}

#[test]
fn over_paragraphs() {
    assert_eq!(
        found("“One.\n“Two “so-called” b.\n“Three,” he said.\nFour."),
        ["One.→", "Two “so-called” b.→", ">so-called", "Three,"]
    );
    assert_eq!(found("He said: ‘One.\n‘Two,’ he added."), ["One.→", "Two,"]);
    assert_eq!(found("“One.\nTwo.”\n“Three.”"), ["One.…", "Three."]);
}

#[test]
fn any_text_takes_linear_time() {
    let n = 200_000;
    for hostile in [
        "“", "\"", "'", "‘a", "a’ ", "” ", "“a ”", "s' ", "``", "“ ‘", "«»\n",
    ] {
        quotations(&hostile.repeat(n), [Span::new(0, hostile.len() * n)]);
    }
    let deep = format!("{}a{}", "“b ".repeat(n), "”".repeat(n));
    assert_eq!(
        quotations(&deep, [Span::new(0, deep.len())])
            .last()
            .map(|q| q.depth),
        Some(n - 1)
    );
    // Ranges that are none are passed over.
    assert!(quotations("“é”", [Span::new(1, 4), Span::new(3, 1), Span::new(0, 900)]).is_empty());
}

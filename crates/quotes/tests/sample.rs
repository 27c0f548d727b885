//! A translated agency report, in the manner of the articles that the tools are for.

use document::{QuoteType, Span};
use quotes::{Extractor, Input};
use segment::Segmenter;

const ARTICLE: &str = "\
“We trust that the valley will weather this flood as it has weathered every other”, President Marlow told Chancellor Ottey during a visit on Friday.

The northern president said that her government is watching the river closely, and announced aid.

Keeping the bridge open is a matter of honour for both countries, Marlow stressed.

“In the worst hours, when the roads were gone, it was our neighbours who came by boat”, the chancellor stated, adding that the help is not forgotten.

Elaborating on the repairs, Ottey said that the new dam is part of a plan that is under way.

“The river knows no border”, he continued.

“Whoever builds against it will lose”, the chancellor noted, warning that the autumn will bring more rain.";

#[test]
fn direct_and_indirect_quotations_are_found_whole() {
    let found = Extractor::fast().quotes(&Input::new(&Segmenter::new().read(ARTICLE)));
    let text = |spans: &[Span]| {
        spans
            .iter()
            .map(|s| &ARTICLE[*s])
            .collect::<Vec<_>>()
            .join(" // ")
    };
    let direct: Vec<_> = found
        .iter()
        .filter(|q| q.kind == QuoteType::Direct)
        .map(|q| (text(&q.source), text(&q.cue), text(&q.content)))
        .collect();
    let expected = [
        (
            "President Marlow",
            "told",
            "“We trust that the valley will weather this flood as it has weathered every other”",
        ),
        (
            "the chancellor",
            "stated",
            "“In the worst hours, when the roads were gone, it was our neighbours who came by boat”",
        ),
        ("he", "continued", "“The river knows no border”"),
        (
            "the chancellor",
            "noted",
            "“Whoever builds against it will lose”",
        ),
    ];
    let expected = expected.map(|(s, c, t)| (s.to_owned(), c.to_owned(), t.to_owned()));
    assert_eq!(direct, expected);
    let cues: Vec<String> = found
        .iter()
        .filter(|q| q.kind == QuoteType::Indirect)
        .map(|q| text(&q.cue))
        .collect();
    for cue in ["said", "stressed", "adding", "warning"] {
        assert!(cues.iter().any(|c| c == cue), "{cue} in {cues:?}");
    }
}

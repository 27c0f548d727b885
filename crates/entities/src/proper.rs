//! Names that show themselves, where the model has seen none: "the Axis of Resistance", "the West".
//!
//! Behind "the" in the middle of a sentence, capital words that "of" joins are a name (on Worldwide's development set three
//! of four that the model leaves, titles aside), and so is "West" (in the training parts of Worldwide, CoNLL-2003 and GUM, 15
//! of 16).

use crate::Name;
use crate::layout::Mode;
use crate::observations::Observations;
use crate::titles::starts_title;
use crate::words::Case;
use document::{EntityType, TokenRange};
use text::Reading;

/// How sure such a name is.
const SCORE: f64 = 0.5;

/// The names of that shape, whether or not the model has found others in their places.
pub(crate) fn names(reading: &Reading<'_>, observed: &Observations) -> Vec<Name> {
    let written = |token: usize| reading.word(token);
    let mut found = Vec::new();
    for passage in observed.passages.iter().filter(|u| u.mode == Mode::Normal) {
        let capital = |token: usize| {
            passage.tokens.contains(token) && observed.words.at(token).case == Case::Capital
        };
        let mut token = passage.tokens.start + 2;
        while token < passage.tokens.end {
            let first = token;
            token += 1;
            if written(first - 1) != "the" || !capital(first) || starts_title(written(first)) {
                continue;
            }
            let run = |start: usize| (start..).take_while(|&t| capital(t)).count() + start;
            let mut end = run(first);
            let mut joined = false;
            while end < passage.tokens.end && written(end) == "of" && capital(end + 1) {
                end = run(end + 1);
                joined = true;
            }
            let west = end == first + 1 && written(first) == "West";
            if joined || west {
                found.push(Name {
                    span: reading.span_of(TokenRange::new(first, end)),
                    kind: if west {
                        EntityType::Loc
                    } else {
                        EntityType::Misc
                    },
                    score: SCORE,
                });
            }
            token = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let reading = Reading::new(text, vec![]);
        let names = names(&reading, &Observations::new(&reading)).into_iter();
        names.map(|name| &text[name.span]).collect()
    }

    #[test]
    fn capital_words_behind_the_article_are_a_name_where_of_joins_them() {
        assert_eq!(
            found("They called it the League of Northern Cats and the West’s own."),
            ["League of Northern Cats", "West"]
        );
        let none =
            "The Axis of Cats met. In the West Bank the Minister of Cats saw the Cats of spring.";
        assert!(found(none).is_empty(), "{:?}", found(none));
    }
}

//! A document as the features see it: its words, its passages, and what the document shows of each word.

use crate::evidence::Evidence;
use crate::layout::{self, LexiconMatch, Passage, Sequence};
use crate::words::{Word, Words};
use document::TokenRange;
use text::{Gap, Reading};

/// What features are made from, worked out once a document.
#[derive(Debug)]
pub struct Observations {
    pub(crate) words: Words,
    /// In order; every token is in one.
    pub(crate) passages: Vec<Passage>,
    /// The tokens that are labelled. The others are outside names.
    pub sequences: Vec<Sequence>,
    /// By token, the white space before it.
    pub(crate) gaps: Vec<Gap>,
    pub(crate) evidence: Evidence,
    /// By token.
    pub(crate) matches: Vec<LexiconMatch>,
    /// By token, the run of capital words that it is in; empty for none.
    pub(crate) runs: Vec<TokenRange>,
}

impl Observations {
    /// Observes a document, in time linear in its length.
    pub fn new(reading: &Reading<'_>) -> Self {
        let words = Words::new(reading);
        let passages: Vec<Passage> = layout::passages(reading)
            .into_iter()
            .map(|tokens| Passage {
                mode: layout::mode(&words, tokens),
                kind: layout::passage_kind(&words, tokens),
                tokens,
            })
            .collect();
        Self {
            sequences: layout::sequences(&words, &passages),
            evidence: Evidence::new(&words, &passages),
            matches: layout::matches(&words, &passages),
            runs: layout::runs(&words, &passages),
            gaps: reading.tokens().iter().map(|t| t.gap).collect(),
            words,
            passages,
        }
    }

    /// Whether a token of this sequence may be part of a name by its case.
    #[cfg(feature = "training")]
    pub fn may_be_named(&self, sequence: &Sequence, token: usize) -> bool {
        layout::may_be_named(self.words.at(token), self.passages[sequence.passage].mode)
    }

    /// Whether the document has a word in lower case too.
    pub(crate) fn seen_lower(&self, word: &Word) -> bool {
        self.evidence.of(word).lower > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Mode;

    fn observed(text: &str) -> Observations {
        Observations::new(&Reading::new(text, vec![]))
    }

    #[test]
    fn stretches_reach_two_words_around_what_may_be_a_name() {
        let observed =
            observed("a b c d Oslo e f g h i j Bergen\nno name at all here, in paris or so");
        let sequences: Vec<_> = observed.sequences.iter().map(|s| s.tokens).collect();
        // The last line is in lower case throughout.
        assert_eq!(sequences, [2..7, 9..12, 12..22]);
    }

    #[test]
    fn case_is_recognised_sentence_by_sentence() {
        let observed =
            observed("Leaders meet in Oslo\nLEADERS MEET IN OSLO\nleaders meet in oslo\nUN");
        let modes: Vec<Mode> = observed.passages.iter().map(|u| u.mode).collect();
        assert_eq!(
            modes,
            [Mode::Normal, Mode::Capitals, Mode::Lower, Mode::Normal]
        );
    }

    #[test]
    fn the_longest_phrase_of_a_gazetteer_is_matched() {
        let observed = observed("In New York City today");
        let more: Vec<bool> = observed.matches.iter().map(|m| m.more != 0).collect();
        assert_eq!(more, [false, true, true, true, false]);
    }
}

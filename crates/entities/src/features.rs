//! The features that names are found by: the same code in training and in tagging.
//!
//! Words, shapes, affixes and their neighbours as in every tagger since Ratnaparkhi (1996); clusters, gazetteers and
//! what the whole document shows of a word as in Ratinov & Roth (2009). Each is a number, see [`tagger::feature`].

mod context;
mod templates;
mod word;

use crate::layout::Sequence;
use crate::lexicon;
use crate::observations::Observations;
use context::PassageFeatures;
use model::combine;
use std::ops::RangeInclusive;
use tagger::{Rows, Scorer};
use text::Reading;

/// A word is a feature of the tokens that are at most so many tokens from it.
pub(crate) const WINDOW: usize = 2;

/// From a token to the words that are its features.
const DISTANCES: RangeInclusive<isize> = -(WINDOW as isize)..=WINDOW as isize;

impl Observations {
    /// Adds a row of features to `rows` for each token of a sequence.
    pub fn features(&self, sequence: &Sequence, rows: &mut Rows) {
        let mut features = PassageFeatures::new(self, sequence, rows);
        for token in sequence.tokens {
            word::own(self.words.at(token), features.mode, features.rows);
            for distance in DISTANCES {
                match features.word(token, distance) {
                    Some(word) => word::near(word, features.mode, distance, features.rows),
                    None => features.edge(distance),
                }
            }
            features.context(token);
            features.rows.end_row();
        }
    }

    /// The scores of a sequence's tokens, as many for each as there are labels: those of [`Self::features`], faster. The
    /// scorer is one for words with a reach of [`WINDOW`]; `rows` is overwritten.
    pub(crate) fn emissions(
        &self,
        sequence: &Sequence,
        scorer: &mut Scorer<'_>,
        rows: &mut Rows,
    ) -> Vec<f32> {
        rows.clear();
        let mut features = PassageFeatures::new(self, sequence, rows);
        let (passage, tokens) = (features.passage, sequence.tokens);
        let mode = features.mode;
        scorer.begin(tokens.len());
        let first = tokens.start.saturating_sub(WINDOW).max(passage.start);
        for at in first..(tokens.end + WINDOW).min(passage.end) {
            let word = self.words.at(at);
            let place = at as isize - tokens.start as isize;
            scorer.word(place, word.key(mode as u64), |rows| {
                // The farthest token before the word comes first.
                for distance in DISTANCES.rev() {
                    if distance == 0 {
                        word::own(word, mode, rows);
                    }
                    word::near(word, mode, distance, rows);
                    rows.end_row();
                }
            });
        }
        for token in tokens {
            for distance in DISTANCES {
                if features.word(token, distance).is_none() {
                    features.edge(distance);
                }
            }
            features.context(token);
            features.rows.end_row();
        }
        scorer.finish(rows)
    }
}

/// A hash of the templates and resources: of the features of a text that uses all of them. A model holds that of the features
/// it was trained with.
pub fn feature_set() -> u64 {
    let text = "DAMASCUS, Dec 3 (AP) — “Mr. Ali O’Hara of the New York City Bank (NYCB) didn’t go,” \
                the bank’s Ali Hara said in Iran.\nWEATHER IN DELHI\nno capitals here";
    let observed = Observations::new(&Reading::new(text, vec![]));
    let mut rows = Rows::default();
    for sequence in &observed.sequences {
        observed.features(sequence, &mut rows);
    }
    rows.iter()
        .flatten()
        .fold(lexicon::fingerprint(), |h, &f| combine(h, f.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(text: &str) -> Observations {
        Observations::new(&Reading::new(text, vec![]))
    }

    /// What a scorer keeps of words leaves the sums as they are.
    #[test]
    fn emissions_are_those_of_the_features() {
        let model = crate::names::fast_linear();
        let mut scorer = model.scorer(WINDOW);
        for text in [
            "Mr. Ali O’Hara of Oslo said so.\nRAIN IN DELHI TODAY\nin paris or so it goes",
            "“Ali Hara”",
            "Oslo",
        ] {
            let observed = observed(text);
            assert!(!observed.sequences.is_empty());
            for sequence in &observed.sequences {
                let mut rows = Rows::default();
                observed.features(sequence, &mut rows);
                let expected = model.emissions(&rows);
                assert_eq!(
                    observed.emissions(sequence, &mut scorer, &mut rows),
                    expected
                );
            }
        }
    }

    #[test]
    fn the_style_of_marks_changes_no_feature() {
        let rows = |text: &str| {
            let observed = observed(text);
            let mut rows = Rows::default();
            observed
                .sequences
                .iter()
                .for_each(|s| observed.features(s, &mut rows));
            rows
        };
        assert_eq!(
            rows("\"It's O'Hara's,\" Ali said"),
            rows("“It’s O’Hara’s,” Ali said")
        );
    }

    #[test]
    fn any_text_has_a_row_for_each_token() {
        for text in [
            "",
            "\n",
            "A",
            "‘",
            "é\u{301} 🎉 ’s",
            "A A A A\nB. C.",
            "Of of Of",
        ] {
            let observed = observed(text);
            let mut rows = Rows::default();
            observed
                .sequences
                .iter()
                .for_each(|s| observed.features(s, &mut rows));
            let tokens = observed.sequences.iter().map(|s| s.tokens.len());
            assert_eq!(rows.len(), tokens.sum::<usize>());
        }
    }
}

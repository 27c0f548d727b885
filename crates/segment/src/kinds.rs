//! What each paragraph is: running text, or one of the kinds of line around it.
//!
//! A linear-chain CRF over the paragraphs of a text. What is not running text comes in runs (the entries of a menu, the rows of
//! a table, headline and byline), and a line often shows what it is by its neighbours only.

use crate::page::Page;
use document::SentenceKind;
use tagger::{Labels, LinearModel, Marginals, OUTSIDE, Rows};

/// Changes with the features.
pub const FEATURE_SET: u64 = 0x6c69_6e65_7300_0001;

/// The kinds of paragraph that the model tells, by their number in it.
pub const KINDS: [SentenceKind; 8] = [
    SentenceKind::Headline,
    SentenceKind::Byline,
    SentenceKind::Caption,
    SentenceKind::ListItem,
    SentenceKind::Timestamp,
    SentenceKind::SpeakerLabel,
    SentenceKind::Table,
    SentenceKind::Boilerplate,
];

/// The model of lines.
#[derive(Debug, Clone)]
pub struct LineModel(LinearModel);

static BUILT_IN: &[u8] = include_bytes!("../model/lines.bin");

/// So many paragraphs at most are looked at together, so that memory is bounded.
const AT_ONCE: usize = 256;

impl LineModel {
    /// The model that is part of the program; its checksum is for a test.
    pub(crate) fn built_in() -> Self {
        let model = LinearModel::from_static(BUILT_IN, FEATURE_SET);
        Self(model.expect("the built-in model fits this version"))
    }

    /// A model from its file's bytes, every one of which is checked.
    #[cfg(any(test, feature = "training"))]
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, tagger::Error> {
        LinearModel::from_bytes(bytes, FEATURE_SET).map(Self)
    }

    /// The kind of each paragraph; `None` is running text.
    pub(crate) fn kinds(&self, page: &Page) -> Vec<Option<SentenceKind>> {
        let mut kinds = vec![None; page.len()];
        let Some(mut run) = page.run(0, AT_ONCE) else {
            return kinds;
        };
        let mut scorer = self.0.scorer(0);
        let mut rows = Rows::default();
        loop {
            // With the paragraphs on both sides, which may be running text beyond doubt.
            let start = run.start.saturating_sub(1);
            rows.clear();
            for i in start..page.len().min(run.end + 1) {
                page.features(i, |feature| rows.push(feature));
                rows.end_row();
            }
            let emissions = scorer.emissions(&rows);
            let marginals = Marginals::quick(self.0.chain(), &emissions, |_| u64::MAX);
            for i in run.clone() {
                kinds[i] = likeliest(&marginals, i - start);
            }
            match page.run(run.end, AT_ONCE) {
                Some(next) => run = next,
                None => return kinds,
            }
        }
    }
}

/// The likeliest kind of a paragraph; `None` is running text.
fn likeliest(marginals: &Marginals<'_, f32>, paragraph: usize) -> Option<SentenceKind> {
    let mut best = (marginals.label(paragraph, OUTSIDE.into()), None);
    for (number, kind) in KINDS.into_iter().enumerate() {
        let labels = [Labels::begin(number), Labels::inside(number)];
        let p = labels
            .iter()
            .map(|label| marginals.label(paragraph, usize::from(*label)))
            .sum();
        if p > best.0 {
            best = (p, Some(kind));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`LineModel::built_in`] leaves out for the sake of a quick start.
    #[test]
    fn the_built_in_model_is_whole() {
        let model = LineModel::from_bytes(BUILT_IN.to_vec()).unwrap();
        assert_eq!(model.0.labels().kinds(), KINDS.map(SentenceKind::as_str));
    }
}

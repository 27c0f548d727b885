//! The learnt ranker.

use crate::features::Row;

/// Scores sentences.
#[derive(Debug)]
pub struct Model {}

/// The built-in model.
pub static BUILT_IN: Model = Model {};

impl Model {
    /// A sentence's score, 0 to 1.
    pub fn score(&self, row: &Row) -> f64 {
        let sum: f64 = self.contributions(row).map(|(_, c)| c).sum();
        1.0 / (1.0 + libm::exp(-sum))
    }

    /// What each feature adds to the score's log-odds; those that add nothing are left out.
    pub fn contributions(&self, row: &Row) -> impl Iterator<Item = (&'static str, f64)> {
        const WEIGHTS: [(&str, f64); 4] = [
            ("position-inverse", 3.0),
            ("centrality-relative", 0.4),
            ("centroid-relative", 0.4),
            ("length-relative", 0.2),
        ];
        WEIGHTS.into_iter().map(|(name, weight)| {
            let at = crate::features::NAMES.iter().position(|n| *n == name);
            (name, weight * f64::from(row[at.unwrap_or(0)]))
        })
    }

    /// How rare a term (the hash of its stem) is in news.
    pub fn rarity(&self, _term: u64) -> f64 {
        1.0
    }
}

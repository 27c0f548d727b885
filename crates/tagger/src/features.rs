//! Hashed features: a feature is a 32-bit number made of its template's number and a hash of its value.
//!
//! No string is built or stored. Among three million features of a training set about a thousand share their number
//! with another, and a feature that was never seen hits one of 400,000 known ones once in ten thousand times: neither
//! could be measured in the models' scores.

use model::combine;

/// Odd, with its bits well spread (the golden ratio's fraction).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The feature of template number `template` with this value (a [`model::hash()`], or any small number).
#[inline]
pub fn feature(template: u32, value: u64) -> u32 {
    (combine(u64::from(template) + 1, value).wrapping_mul(SPREAD) >> 32) as u32
}

/// The features of a sequence of tokens, one row a token, in two flat arrays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    features: Vec<u32>,
    /// Where each finished row ends in `features`.
    ends: Vec<usize>,
}

impl Rows {
    /// Adds a feature to the row that is being made.
    #[inline]
    pub fn push(&mut self, feature: u32) {
        self.features.push(feature);
    }

    /// Finishes the row.
    pub fn end_row(&mut self) {
        self.ends.push(self.features.len());
    }

    /// Empties all, keeping the memory.
    pub fn clear(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    /// How many rows are finished.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no row is finished.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The features of all rows, in order.
    pub(crate) fn features(&self) -> &[u32] {
        &self.features
    }

    /// The finished rows, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let row = &self.features[start..end];
            start = end;
            row
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::hash;
    use std::collections::HashSet;

    #[test]
    fn rows_come_back_as_they_were_pushed() {
        let mut rows = Rows::default();
        for row in [&[1, 2][..], &[], &[3]] {
            row.iter().for_each(|&f| rows.push(f));
            rows.end_row();
        }
        assert_eq!(rows.iter().collect::<Vec<_>>(), [&[1, 2][..], &[], &[3]]);
    }

    #[test]
    fn templates_and_values_do_not_collide_more_than_chance() {
        let words: Vec<u64> = (0..2000u32)
            .map(|i| hash(format!("word{i}").as_bytes()))
            .collect();
        let all: HashSet<u32> = (0..50)
            .flat_map(|t| words.iter().map(move |&w| feature(t, w)))
            .chain((0..50).flat_map(|t| (0..100).map(move |small| feature(t + 50, small))))
            .collect();
        // 105,000 numbers out of 2^32: 1.3 collisions are expected.
        assert!(all.len() > 105_000 - 10, "{}", all.len());
    }
}

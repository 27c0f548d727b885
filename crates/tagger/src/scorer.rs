//! Emissions of a linear model: the sums of its features' weights, looked up as few times as can be.

use crate::linear::Table;
use crate::{LinearModel, Rows};

/// How many features are kept.
const KEPT: usize = 4096;
/// All are forgotten when their rows, those of features that another took the place of among them, are so many: what is
/// kept is to stay in the processor's own memory.
const MOST_ROWS: usize = 4 * KEPT;

/// Weights of as many labels as go into whole vectors.
type Block = [f32; 8];

/// Scores sequences of one text with a [`LinearModel`].
///
/// Most features of a token are those of tokens just before: of its place in the sentence, its neighbours' shapes, the
/// words of the topic. So the weights of features seen lately are kept, one whole row a feature, and only the others
/// are looked up in the model. What comes out does not depend on what is kept.
#[derive(Debug)]
pub struct Scorer<'m> {
    table: Table<'m>,
    labels: usize,
    /// How many blocks make a row.
    width: usize,
    /// By the lowest bits of a feature: a feature, and the block that its row begins with.
    slots: Vec<(u32, u32)>,
    /// Rows of one weight a label; the first is that of the features that the model does not know.
    weights: Vec<Block>,
    /// For the features of one token: where their rows begin, and what is found on the way there.
    found: Vec<u32>,
    missing: Vec<Missing>,
}

/// A feature that is looked up.
#[derive(Debug, Clone, Copy)]
struct Missing {
    feature: u32,
    /// Its place among the token's features.
    place: u32,
    /// Where its bucket begins.
    bucket: u32,
    /// How many features that has.
    size: u32,
}

/// A slot without a row.
const EMPTY: (u32, u32) = (0, u32::MAX);

impl<'m> Scorer<'m> {
    pub(crate) fn new(model: &'m LinearModel) -> Self {
        let width = model
            .labels()
            .len()
            .div_ceil(size_of::<Block>() / size_of::<f32>());
        Self {
            table: model.table(),
            labels: model.labels().len(),
            width,
            slots: vec![EMPTY; KEPT],
            weights: vec![Block::default(); width],
            found: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// See [`LinearModel::emissions`].
    pub fn emissions(&mut self, rows: &Rows) -> Vec<f32> {
        let labels = self.labels;
        let mut emissions = vec![0.0; rows.len() * labels];
        for (features, scores) in rows.iter().zip(emissions.chunks_exact_mut(labels)) {
            if self.weights.len() > MOST_ROWS * self.width {
                self.weights.truncate(self.width);
                self.slots.fill(EMPTY);
            }
            self.find(features);
            for (number, scores) in
                (0..).zip(scores.chunks_mut(size_of::<Block>() / size_of::<f32>()))
            {
                let sum = self.sum(number);
                scores.copy_from_slice(&sum[..scores.len()]);
            }
        }
        emissions
    }

    /// The sum of one block of the rows found.
    #[inline]
    fn sum(&self, number: usize) -> Block {
        let mut sum = Block::default();
        for &row in &self.found {
            for (sum, weight) in sum.iter_mut().zip(&self.weights[row as usize + number]) {
                *sum += weight;
            }
        }
        sum
    }

    /// Leaves in `found` where the features' rows begin.
    ///
    /// What is not kept is looked up in rounds, each of which reads one place in memory for every feature: that hangs on
    /// the round before only, so that the processor fetches many places at a time instead of waiting for each.
    #[inline]
    fn find(&mut self, features: &[u32]) {
        self.found.clear();
        self.missing.clear();
        for (place, &feature) in (0..).zip(features) {
            let (kept, row) = self.slots[feature as usize % KEPT];
            let is_kept = kept == feature && row != EMPTY.1;
            self.found.push(if is_kept { row } else { 0 });
            if !is_kept {
                self.missing.push(Missing {
                    feature,
                    place,
                    bucket: 0,
                    size: 0,
                });
            }
        }
        for missing in &mut self.missing {
            missing.bucket = self.table.bucket(missing.feature);
        }
        for missing in &mut self.missing {
            missing.size = self.table.size(missing.bucket).into();
        }
        let mut missing = std::mem::take(&mut self.missing);
        for m in &missing {
            let row = self.read(m);
            self.slots[m.feature as usize % KEPT] = (m.feature, row);
            self.found[m.place as usize] = row;
        }
        missing.clear();
        self.missing = missing;
    }

    /// Keeps the weights of a feature; where their row begins.
    #[inline]
    fn read(&mut self, m: &Missing) -> u32 {
        let Some(place) = self
            .table
            .place(m.feature as u16, m.bucket, m.size as usize)
        else {
            return 0;
        };
        let start = self.weights.len();
        self.weights.resize(start + self.width, Block::default());
        let row = self.weights[start..].as_flattened_mut();
        self.table.read_weights(m.bucket, place, row);
        start as u32
    }
}

#[cfg(test)]
mod tests {
    use crate::linear::tests::{FEATURE_SET, weights};
    use crate::{LinearModel, Rows};

    /// More features than are kept, some of them again and again, some unknown.
    #[test]
    fn what_is_kept_does_not_show() {
        let weights = weights(3000);
        let model =
            LinearModel::from_bytes(weights.pack(FEATURE_SET).unwrap(), FEATURE_SET).unwrap();
        let mut scorer = model.scorer();
        let one_by_one = |rows: &Rows| -> Vec<f32> {
            rows.iter()
                .flat_map(|row| {
                    let mut rows = Rows::default();
                    row.iter().for_each(|&f| rows.push(f));
                    rows.end_row();
                    model.emissions(&rows)
                })
                .collect()
        };
        for round in 0..40u64 {
            let mut rows = Rows::default();
            for token in 0..30 {
                for i in 0..20u64 {
                    let often = crate::combine(i, token) % 50;
                    let seldom = crate::combine(round, 20 * token + i) % 4000;
                    let value = if i % 2 == 0 { often } else { seldom };
                    rows.push(crate::feature(3, value));
                }
                rows.end_row();
            }
            assert_eq!(scorer.emissions(&rows), one_by_one(&rows), "round {round}");
        }
    }
}

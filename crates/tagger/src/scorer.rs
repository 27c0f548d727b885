//! Emissions of a linear model: the sums of its features' weights, with as few lookups as possible.
//!
//! Weights of features that were seen lately are kept, and so are the sums of what a word alone gives to the tokens around
//! it, which is half of all features: most words of news are seen again soon. Sums are of integers, so that the result
//! does not depend on what is kept, or on which thread reads a text.

use crate::Rows;
use crate::table::{Table, UNITS};
use std::sync::{Mutex, PoisonError};

/// How many features may be kept, by their lowest 16 bits. A lookup in the model waits for memory, so that keeping more
/// features and words is faster than keeping fewer (measured with 2^12 to 2^16), although they do not fit the processor's
/// first cache.
const FEATURES: usize = 1 << 16;
/// All features are forgotten when there are this many rows, those of replaced features included.
const MOST_ROWS: usize = FEATURES / 2;
/// Stands for "no row". If one sequence has more rows than this, the later ones are not kept.
const NO_ROW: u16 = u16::MAX;
/// How many words may be kept; see [`FEATURES`].
const WORDS: usize = 1 << 14;

/// Weights of as many labels as go into whole vectors, in [`UNITS`].
type Block = [i16; 8];
/// Sums of them.
type Sums = [i32; 8];

/// Scores sequences with a [`LinearModel`](crate::LinearModel).
#[derive(Debug)]
pub struct Scorer<'m> {
    table: Table<'m>,
    pool: &'m Pool,
    labels: usize,
    kept: Kept,
    /// The sums so far, one row a token.
    sums: Vec<Sums>,
    /// The number of the row of each feature.
    found: Vec<u32>,
    /// The features that were not kept.
    missing: Vec<Missing>,
    rows: Rows,
}

/// A feature that is looked up.
#[derive(Debug, Clone, Copy, Default)]
struct Missing {
    feature: u32,
    /// Which of the features it is.
    place: u32,
    /// Where its bucket begins.
    bucket: u32,
    /// How many features that has.
    size: u8,
}

/// What scorers of one model keep for each other.
#[derive(Debug, Default)]
struct Kept {
    /// How many blocks make a row.
    width: usize,
    reach: usize,
    /// By the lowest 16 bits of a feature: its highest 16, and the number of its row, or [`NO_ROW`]. With 4 bytes a slot
    /// instead of 8 more of them stay in the cache, which saves 3 to 5 % of the time (measured together with the room that
    /// `entities` reserves for a text's words).
    features: Vec<[u16; 2]>,
    /// Rows of one weight a label; the first is that of features that the model does not know.
    rows: Vec<Block>,
    /// By the lowest bits of a word's key: a word.
    words: Vec<[u64; 2]>,
    /// One row for each token that a word reaches.
    word_rows: Vec<Block>,
}

impl Kept {
    fn new(width: usize, reach: usize) -> Self {
        let words = if reach > 0 { WORDS } else { 0 };
        let mut this = Self {
            width,
            reach,
            features: Vec::new(),
            rows: Vec::new(),
            words: vec![[0; 2]; words],
            word_rows: vec![Block::default(); words * width * (2 * reach + 1)],
        };
        this.forget();
        this
    }

    /// Forgets all features.
    fn forget(&mut self) {
        self.features.clear();
        self.features.resize(FEATURES, [0, NO_ROW]);
        self.rows.clear();
        self.rows.resize(self.width, Block::default());
    }
}

/// What finished scorers have left for the next ones: at most as many as were at work at the same time.
#[derive(Debug, Default)]
pub(crate) struct Pool(Mutex<Vec<Kept>>);

impl Clone for Pool {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Drop for Scorer<'_> {
    fn drop(&mut self) {
        let kept = std::mem::take(&mut self.kept);
        let pool = self.pool.0.lock();
        pool.unwrap_or_else(PoisonError::into_inner).push(kept);
    }
}

impl<'m> Scorer<'m> {
    pub(crate) fn new(table: Table<'m>, pool: &'m Pool, labels: usize, reach: usize) -> Self {
        let width = labels.div_ceil(size_of::<Block>() / size_of::<i16>());
        let mut left = pool.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = left.pop().filter(|kept| kept.reach == reach);
        Self {
            table,
            pool,
            labels,
            kept: kept.unwrap_or_else(|| Kept::new(width, reach)),
            sums: Vec::new(),
            found: Vec::new(),
            missing: Vec::new(),
            rows: Rows::default(),
        }
    }

    /// See [`LinearModel::emissions`](crate::LinearModel::emissions).
    pub fn emissions(&mut self, rows: &Rows) -> Vec<f32> {
        self.begin(rows.len());
        self.finish(rows)
    }

    /// Begins a sequence with this number of tokens.
    pub fn begin(&mut self, tokens: usize) {
        self.sums.clear();
        self.sums.resize(tokens * self.kept.width, Sums::default());
    }

    /// Adds what a word gives to the tokens of the sequence around it. `place` is its own place in the sequence, at most
    /// `reach` before or after it. `features` makes the features, one row for each of the tokens from `reach` before the
    /// word to `reach` after it; they depend on nothing but the `key`.
    pub fn word(&mut self, place: isize, key: [u64; 2], features: impl FnOnce(&mut Rows)) {
        let Kept { width, reach, .. } = self.kept;
        let key = [key[0], key[1] | 1]; // no word is 0
        let slot = key[0] as usize % WORDS;
        let size = (2 * reach + 1) * width;
        if self.kept.words[slot] != key {
            let mut rows = std::mem::take(&mut self.rows);
            rows.clear();
            features(&mut rows);
            self.find(rows.features());
            let mut found = &self.found[..];
            for (number, features) in rows.iter().take(2 * reach + 1).enumerate() {
                let row = found.split_off(..features.len()).unwrap_or_default();
                for block in 0..width {
                    let sums = self.kept.sum(row, block);
                    self.kept.word_rows[slot * size + number * width + block] =
                        sums.map(|sum| sum.clamp(i16::MIN.into(), i16::MAX.into()) as i16);
                }
            }
            self.rows = rows;
            self.kept.words[slot] = key;
        }
        let tokens = (self.sums.len() / width) as isize;
        let first = place - reach as isize;
        let from = first.clamp(0, tokens);
        let to = (place + reach as isize + 1).clamp(from, tokens);
        let skipped = (from - first) as usize * width;
        let rows = &self.kept.word_rows[slot * size..][..size];
        let sums = &mut self.sums[from as usize * width..to as usize * width];
        for (sums, row) in sums.iter_mut().zip(rows.get(skipped..).unwrap_or_default()) {
            add(sums, row);
        }
    }

    /// The scores of the sequence with these features added.
    pub fn finish(&mut self, rows: &Rows) -> Vec<f32> {
        let width = self.kept.width;
        let tokens = self.sums.len() / width;
        let mut emissions = Vec::with_capacity(tokens * self.labels);
        self.find(rows.features());
        let mut found = &self.found[..];
        for (token, features) in rows.iter().take(tokens).enumerate() {
            let row = found.split_off(..features.len()).unwrap_or_default();
            let mut left = self.labels;
            for (block, sums) in self.sums[token * width..][..width].iter().enumerate() {
                let mut all = self.kept.sum(row, block);
                for (all, sum) in all.iter_mut().zip(sums) {
                    *all += sum;
                }
                let scores = all.map(|sum| sum as f32 * (1.0 / UNITS));
                let scores = &scores[..left.min(scores.len())];
                emissions.extend_from_slice(scores);
                left -= scores.len();
            }
        }
        emissions
    }

    /// Leaves in `found` the number of each feature's row.
    ///
    /// This takes most of the time, and nearly all of it is waiting for memory. So it goes in rounds over all features of a
    /// sequence. A round reads one place in memory for every feature that is left, and depends on the round before only:
    /// the processor can fetch many places at the same time. Which features are left is counted without branches, as the
    /// processor could not predict them.
    fn find(&mut self, features: &[u32]) {
        if self.kept.rows.len() > MOST_ROWS * self.kept.width {
            self.kept.forget();
        }
        self.found.clear();
        self.missing.clear();
        self.missing.resize(features.len(), Missing::default());
        let mut missing = 0;
        for (place, &feature) in (0..).zip(features) {
            let row = self.kept.row(feature);
            self.found.push(row.unwrap_or(0));
            self.missing[missing] = Missing {
                feature,
                place,
                ..Missing::default()
            };
            missing += usize::from(row.is_none());
        }
        let mut known = 0;
        for i in 0..missing {
            self.missing[known] = self.missing[i];
            known += usize::from(self.table.may_have(self.missing[i].feature));
        }
        self.missing.truncate(known);
        for missing in &mut self.missing {
            missing.bucket = self.table.bucket(missing.feature);
        }
        for missing in &mut self.missing {
            missing.size = self.table.size(missing.bucket);
        }
        for i in 0..self.missing.len() {
            let missing = self.missing[i];
            self.found[missing.place as usize] = self.read(missing);
        }
    }

    /// Keeps the weights of a feature; the number of their row.
    fn read(&mut self, missing: Missing) -> u32 {
        let Missing {
            feature, bucket, ..
        } = missing;
        if let Some(row) = self.kept.row(feature) {
            return row; // it was missing twice
        }
        let mut start = 0;
        if let Some(place) = self
            .table
            .place(feature as u16, bucket, missing.size.into())
        {
            start = self.kept.rows.len();
            let end = start + self.kept.width;
            self.kept.rows.resize(end, Block::default());
            let row = self.kept.rows[start..].as_flattened_mut();
            self.table.read_weights(bucket, place, row);
        }
        let row = start / self.kept.width;
        if row < NO_ROW.into() {
            self.kept.features[feature as usize % FEATURES] = [(feature >> 16) as u16, row as u16];
        }
        row as u32
    }
}

impl Kept {
    /// The number of a feature's row, if it is kept.
    #[inline]
    fn row(&self, feature: u32) -> Option<u32> {
        let [rest, row] = self.features[feature as usize % FEATURES];
        (u32::from(rest) == feature >> 16 && row != NO_ROW).then_some(row.into())
    }

    /// The sum of one block of some rows.
    #[inline]
    fn sum(&self, rows: &[u32], block: usize) -> Sums {
        let mut sums = Sums::default();
        for &row in rows {
            add(&mut sums, &self.rows[row as usize * self.width + block]);
        }
        sums
    }
}

#[inline]
fn add(sums: &mut Sums, row: &Block) {
    for (sum, &weight) in sums.iter_mut().zip(row) {
        *sum += i32::from(weight);
    }
}

#[cfg(test)]
mod tests {
    use crate::linear::tests::{FEATURE_SET, weights};
    use crate::{LinearModel, Rows};

    fn model() -> LinearModel {
        let weights = weights(30_000);
        LinearModel::from_bytes(weights.pack(FEATURE_SET).unwrap(), FEATURE_SET).unwrap()
    }

    /// A feature of 30,000, or one of 10,000 unknown ones.
    fn feature(seed: u64) -> u32 {
        crate::feature(3, model::combine(seed, 5) % 40_000)
    }

    /// More features than are kept, some of them again and again, some unknown.
    #[test]
    fn kept_scores_are_those_of_each_row_alone() {
        let model = model();
        let mut scorer = model.scorer(0);
        let one_by_one = |rows: &Rows| -> Vec<f32> {
            rows.iter()
                .flat_map(|row| {
                    let mut rows = Rows::default();
                    row.iter().for_each(|&f| rows.push(f));
                    rows.end_row();
                    model.clone().emissions(&rows)
                })
                .collect()
        };
        for round in 0..20u64 {
            let mut rows = Rows::default();
            for token in 0..30 {
                for i in 0..20u64 {
                    let often = model::combine(i, token) % 50;
                    let seldom = model::combine(round, 20 * token + i);
                    rows.push(feature(if i % 2 == 0 { often } else { seldom }));
                }
                rows.end_row();
            }
            assert_eq!(scorer.emissions(&rows), one_by_one(&rows), "round {round}");
        }
    }

    /// Words give what their features do one by one, whatever slots they share; also words outside the sequence.
    #[test]
    fn words_give_their_features_to_the_tokens_around_them() {
        const REACH: isize = 2;
        let model = model();
        let of_word = |word: u64, distance: isize, rows: &mut Rows| {
            for i in 0..7 {
                let place = 10 * i + (distance + REACH) as u64;
                rows.push(feature(word.wrapping_mul(100).wrapping_add(place)));
            }
        };
        let mut scorer = model.scorer(REACH as usize);
        for round in 0..300u64 {
            let tokens = round as isize % 9;
            // Every third word has the slot of another.
            let word = |place: isize| {
                let word = model::combine(round, (place + REACH) as u64);
                if word.is_multiple_of(3) {
                    word << 14
                } else {
                    word % 2000
                }
            };
            let mut all = Rows::default();
            let mut rest = Rows::default();
            scorer.begin(tokens as usize);
            for token in 0..tokens {
                for place in token - REACH..=token + REACH {
                    of_word(word(place), token - place, &mut all);
                }
                all.push(feature(round));
                rest.push(feature(round));
                all.end_row();
                rest.end_row();
            }
            for place in -REACH..tokens + REACH {
                scorer.word(place, [word(place), 0], |rows| {
                    for distance in -REACH..=REACH {
                        of_word(word(place), distance, rows);
                        rows.end_row();
                    }
                });
            }
            assert_eq!(scorer.finish(&rest), model.clone().emissions(&all));
        }
    }
}

//! Emissions of a linear model: the sums of its features' weights, looked up as few times as can be.
//!
//! The rows of weights of features seen lately are kept, and so are the sums of what a word alone gives to the tokens
//! around it, which is half of all features: news has few words that are not seen again soon. Sums are of whole numbers,
//! so that what comes out does not depend on what is kept, or on which thread a text is read.

use crate::linear::{Table, UNITS};
use crate::{LinearModel, Rows};
use std::sync::{Mutex, PoisonError};

/// How many features may be kept. What is looked up in the model waits for memory, so that more of these, and of words, take
/// less time than fewer (measured with 2^12 to 2^16), though they do not fit the processor's nearest memory.
const FEATURES: usize = 1 << 16;
/// All features are forgotten when their rows, those of features that another took the place of among them, are so many.
const MOST_ROWS: usize = FEATURES / 2;
/// How many words may be kept.
const WORDS: usize = 1 << 14;

/// Weights of as many labels as go into whole vectors, in [`UNITS`].
type Block = [i16; 8];
/// Sums of them.
type Sums = [i32; 8];

/// Scores sequences with a [`LinearModel`].
#[derive(Debug)]
pub struct Scorer<'m> {
    model: &'m LinearModel,
    table: Table<'m>,
    labels: usize,
    kept: Kept,
    /// The sums so far, one row a token.
    sums: Vec<Sums>,
    /// For the features of one token: the rows of those that are kept, and the others with their buckets.
    found: Vec<u32>,
    missing: Vec<Missing>,
    rows: Rows,
}

/// A feature that is looked up.
#[derive(Debug, Clone, Copy)]
struct Missing {
    feature: u32,
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
    /// By the lowest bits of a feature: a feature, and the block that its row begins with.
    features: Vec<(u32, u32)>,
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
        Self {
            width,
            reach,
            features: vec![EMPTY; FEATURES],
            rows: vec![Block::default(); width],
            words: vec![[0; 2]; words],
            word_rows: vec![Block::default(); words * width * (2 * reach + 1)],
        }
    }
}

/// A slot without a feature; no row is so far.
const EMPTY: (u32, u32) = (0, u32::MAX);

/// What scorers have left for the next ones: as many as have been at work at a time.
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
        let pool = self.model.pool.0.lock();
        pool.unwrap_or_else(PoisonError::into_inner).push(kept);
    }
}

impl<'m> Scorer<'m> {
    pub(crate) fn new(model: &'m LinearModel, reach: usize) -> Self {
        let labels = model.labels().len();
        let width = labels.div_ceil(size_of::<Block>() / size_of::<i16>());
        let mut pool = model.pool.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = pool.pop().filter(|kept| kept.reach == reach);
        Self {
            model,
            table: model.table(),
            labels,
            kept: kept.unwrap_or_else(|| Kept::new(width, reach)),
            sums: Vec::new(),
            found: Vec::new(),
            missing: Vec::new(),
            rows: Rows::default(),
        }
    }

    /// See [`LinearModel::emissions`].
    pub fn emissions(&mut self, rows: &Rows) -> Vec<f32> {
        self.begin(rows.len());
        self.finish(rows)
    }

    /// Begins a sequence of so many tokens.
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
            for (number, features) in rows.iter().take(2 * reach + 1).enumerate() {
                self.find(features);
                for block in 0..width {
                    let sums = self.kept.sum(&self.found, block);
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
        for (token, features) in rows.iter().take(tokens).enumerate() {
            self.find(features);
            let mut left = self.labels;
            for (block, sums) in self.sums[token * width..][..width].iter().enumerate() {
                let mut all = self.kept.sum(&self.found, block);
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

    /// Leaves in `found` where the features' rows begin.
    ///
    /// Most of those that are not kept are unknown to the model, which one bit tells. The others are looked up in rounds,
    /// each of which reads one place in memory for every feature: that hangs on the round before only, so that the processor
    /// fetches many places at a time instead of waiting for each, which takes most of the time.
    #[inline]
    fn find(&mut self, features: &[u32]) {
        if self.kept.rows.len() > MOST_ROWS * self.kept.width {
            self.kept.rows.truncate(self.kept.width);
            self.kept.features.fill(EMPTY);
        }
        self.found.clear();
        self.missing.clear();
        for &feature in features {
            let (kept, row) = self.kept.features[feature as usize % FEATURES];
            if kept == feature && row != EMPTY.1 {
                self.found.push(row);
            } else if self.table.may_have(feature) {
                self.missing.push(Missing {
                    feature,
                    bucket: 0,
                    size: 0,
                });
            }
        }
        for missing in &mut self.missing {
            missing.bucket = self.table.bucket(missing.feature);
        }
        for missing in &mut self.missing {
            missing.size = self.table.size(missing.bucket);
        }
        for i in 0..self.missing.len() {
            let row = self.read(self.missing[i]);
            self.found.push(row);
        }
    }

    /// Keeps the weights of a feature; where their row begins.
    fn read(&mut self, m: Missing) -> u32 {
        let size = m.size.into();
        let mut start = 0;
        if let Some(place) = self.table.place(m.feature as u16, m.bucket, size) {
            start = self.kept.rows.len();
            let end = start + self.kept.width;
            self.kept.rows.resize(end, Block::default());
            let row = self.kept.rows[start..].as_flattened_mut();
            self.table.read_weights(m.bucket, place, row);
        }
        self.kept.features[m.feature as usize % FEATURES] = (m.feature, start as u32);
        start as u32
    }
}

impl Kept {
    /// The sum of one block of some rows.
    #[inline]
    fn sum(&self, rows: &[u32], block: usize) -> Sums {
        let mut sums = Sums::default();
        for &row in rows {
            add(&mut sums, &self.rows[row as usize + block]);
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
        crate::feature(3, crate::combine(seed, 5) % 40_000)
    }

    /// More features than are kept, some of them again and again, some unknown.
    #[test]
    fn what_is_kept_does_not_show() {
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
                    let often = crate::combine(i, token) % 50;
                    let seldom = crate::combine(round, 20 * token + i);
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
                let word = crate::combine(round, (place + REACH) as u64);
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

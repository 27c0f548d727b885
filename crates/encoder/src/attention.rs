//! Attention: what each piece of a window gathers from all of them.

#![allow(clippy::needless_range_loop)] // by index over arrays, which become vectors

use crate::arithmetic::softmax;
use crate::file::HEAD;

/// How many queries are answered together: keys and values are read once for all of them.
const QUERIES: usize = 4;
/// How many keys make a block.
const BLOCK: usize = 16;
/// 1 / √[`HEAD`]
const SCALE: f32 = 0.176_776_7;

/// Buffers for one head of one window; the next one uses the same memory.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    queries: Vec<[[f32; HEAD]; QUERIES]>,
    /// By block and number of the key. Scores behind the last piece are computed and not used.
    keys: Vec<[[f32; BLOCK]; HEAD]>,
    values: Vec<[f32; HEAD]>,
    scores: [Vec<[f32; BLOCK]>; QUERIES],
}

impl Attention {
    /// Adds to `context` a row of `hidden` numbers for each of `queries`, which are such rows; `keys_values` has a key and a
    /// value for each piece of their window, twice `hidden`.
    #[inline(always)]
    pub(crate) fn add_context(
        &mut self,
        queries: &[f32],
        keys_values: &[f32],
        hidden: usize,
        context: &mut Vec<f32>,
    ) {
        let count = keys_values.len() / (2 * hidden);
        let start = context.len();
        context.resize(start + queries.len(), 0.0);
        let context = &mut context[start..];
        for head in (0..hidden).step_by(HEAD) {
            self.take(queries, keys_values, hidden, head);
            let groups = context.chunks_mut(QUERIES * hidden);
            for (queries, context) in self.queries.iter().zip(groups) {
                score(queries, &self.keys, &mut self.scores);
                let mut sums = [0.0; QUERIES];
                for (sum, scores) in sums.iter_mut().zip(&mut self.scores) {
                    *sum = softmax(&mut scores.as_flattened_mut()[..count]);
                }
                for pair in 0..QUERIES / 2 {
                    let [a, b] = [2 * pair, 2 * pair + 1];
                    let scores = [self.scores[a].as_flattened(), self.scores[b].as_flattened()];
                    let mixed = mix(scores, &self.values);
                    for (query, mixed) in [a, b].into_iter().zip(mixed) {
                        let Some(row) = context.get_mut(query * hidden + head..) else {
                            continue;
                        };
                        for (c, m) in row.iter_mut().zip(mixed) {
                            *c = m / sums[query];
                        }
                    }
                }
            }
        }
    }

    /// Takes what belongs to one head from the rows.
    #[inline(always)]
    fn take(&mut self, queries: &[f32], keys_values: &[f32], hidden: usize, head: usize) {
        self.queries.clear();
        for (i, query) in queries.chunks_exact(hidden).enumerate() {
            if i % QUERIES == 0 {
                self.queries.push([[0.0; HEAD]; QUERIES]);
            }
            if let Some(group) = self.queries.last_mut() {
                group[i % QUERIES].copy_from_slice(&query[head..][..HEAD]);
            }
        }
        let count = keys_values.len() / (2 * hidden);
        let blocks = count.div_ceil(BLOCK);
        self.keys.clear();
        self.keys.resize(blocks, [[0.0; BLOCK]; HEAD]);
        self.values.clear();
        for (piece, row) in keys_values.chunks_exact(2 * hidden).enumerate() {
            let block = &mut self.keys[piece / BLOCK];
            for (numbers, key) in block.iter_mut().zip(&row[head..]) {
                numbers[piece % BLOCK] = key * SCALE;
            }
            let mut value = [0.0; HEAD];
            value.copy_from_slice(&row[hidden + head..][..HEAD]);
            self.values.push(value);
        }
        for scores in &mut self.scores {
            scores.resize(blocks, [0.0; BLOCK]);
        }
    }
}

/// The product of each query with each key.
#[inline(always)]
fn score(
    queries: &[[f32; HEAD]; QUERIES],
    keys: &[[[f32; BLOCK]; HEAD]],
    scores: &mut [Vec<[f32; BLOCK]>; QUERIES],
) {
    for (number, block) in keys.iter().enumerate() {
        let mut sums = [[0.0; BLOCK]; QUERIES];
        for d in 0..HEAD {
            for (sums, query) in sums.iter_mut().zip(queries) {
                for i in 0..BLOCK {
                    sums[i] += query[d] * block[d][i];
                }
            }
        }
        for (scores, sums) in scores.iter_mut().zip(sums) {
            scores[number] = sums;
        }
    }
}

/// The sum of the values, each times its score, for two queries.
#[inline(always)]
fn mix(scores: [&[f32]; 2], values: &[[f32; HEAD]]) -> [[f32; HEAD]; 2] {
    let mut mixed = [[0.0; HEAD]; 2];
    for ((a, b), value) in scores[0].iter().zip(scores[1]).zip(values) {
        for i in 0..HEAD {
            mixed[0][i] += a * value[i];
        }
        for i in 0..HEAD {
            mixed[1][i] += b * value[i];
        }
    }
    mixed
}

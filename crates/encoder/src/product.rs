//! The product of quantised activations and weights: nearly all of the encoder's work.
//!
//! Activations are bytes with one scale for each row (word piece), weights smaller numbers with one scale for each output.
//! Their products are summed as integers, which is exact: the order of the sums, and so the instructions that make them,
//! cannot change a result.

#![allow(clippy::needless_range_loop)] // by index over arrays, which become vectors

/// The greatest weight. AVX2 multiplies bytes without sign by bytes with sign and adds two products within 16 bits:
/// 2 · 255 · 64 fits, which saves a third of the work over products of 16 bits. What the 8th bit would add is lost in the
/// noise of the activations, whose greatest number is further from the others.
pub(crate) const MOST: i8 = 64;

/// How many rows a tile has. With 16 outputs they make 10 vectors of sums, which with what is multiplied fit the 16
/// registers of AVX2.
pub(crate) const ROWS: usize = 5;
/// How many outputs a tile has: a panel of weights is for so many.
pub(crate) const OUTPUTS: usize = 16;
/// How many inputs in succession stand together in a panel, for each output: instructions multiply so many at once.
pub(crate) const TOGETHER: usize = 4;
/// Weights of a panel that are used together.
pub(crate) const STEP: usize = OUTPUTS * TOGETHER;

/// What 0 is as an activation, which has no sign.
const ZERO: i32 = 128;

/// Four inputs in succession of each row of a tile.
pub(crate) type Step = [[u8; TOGETHER]; ROWS];

/// The sums of a tile, by row and output.
pub(crate) type Sums = [[i32; OUTPUTS]; ROWS];

/// Quantised rows, in tiles: `[tile][input / 4][row of the tile]`. What fills up the last tile has no meaning.
#[derive(Debug, Default)]
pub(crate) struct Quantised {
    steps: Vec<Step>,
    /// What 1 stands for, by row.
    scales: Vec<[f32; ROWS]>,
    /// How many steps a tile has.
    in_tile: usize,
}

impl Quantised {
    /// Quantises rows of `width` numbers, a multiple of 4: the greatest of a row becomes 127.
    #[inline(always)]
    pub fn set(&mut self, rows: &[f32], width: usize) {
        let tiles = (rows.len() / width).div_ceil(ROWS);
        self.in_tile = width / TOGETHER;
        self.steps.resize(tiles * self.in_tile, Step::default());
        self.scales.resize(tiles, [0.0; ROWS]);
        let each_tile = self.steps.chunks_exact_mut(self.in_tile);
        let each_tile = each_tile
            .zip(&mut self.scales)
            .zip(rows.chunks(ROWS * width));
        for ((steps, scales), rows) in each_tile {
            for (row, numbers) in rows.chunks_exact(width).enumerate() {
                let greatest = greatest(numbers);
                let inverse = if greatest > 0.0 {
                    127.0 / greatest
                } else {
                    0.0
                };
                scales[row] = greatest / 127.0;
                for (step, four) in steps.iter_mut().zip(numbers.as_chunks().0) {
                    let [a, b, c, d]: [f32; TOGETHER] = *four;
                    let byte = |x: f32| nearest(x * inverse);
                    step[row] = [byte(a), byte(b), byte(c), byte(d)];
                }
            }
        }
    }

    #[cfg(test)]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// The greatest number of a row without its sign. (Which lane meets it first does not matter.)
#[inline(always)]
fn greatest(row: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (chunks, rest) = row.as_chunks::<16>();
    for chunk in chunks {
        for i in 0..16 {
            let size = chunk[i].abs();
            lanes[i] = if size > lanes[i] { size } else { lanes[i] };
        }
    }
    let rest = rest.iter().map(|x| x.abs());
    rest.chain(lanes)
        .fold(0.0, |most, x| if x > most { x } else { most })
}

/// Added to a small number it leaves no bits for a fraction: the sum is rounded to the nearest whole number, of two the even
/// one, and its lowest bits are that number's. No call and no check of a range, so that it is done for many numbers at once.
pub(crate) const WHOLE: f32 = 12_582_912.0; // 1.5 * 2^23

/// The nearest whole number, as an activation.
#[inline(always)]
fn nearest(x: f32) -> u8 {
    (x + (WHOLE + ZERO as f32)).to_bits() as u8
}

/// A layer's weights, as they stand in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear<'m> {
    /// `f32`, what 1 stands for, by output.
    pub scales: &'m [u8],
    /// `f32`, by output.
    pub bias: &'m [u8],
    /// `i32`, the sum of the weights, by output.
    pub sums: &'m [u8],
    /// 8-bit numbers in panels, see [`panels`].
    pub weights: &'m [u8],
}

/// Brings weights, `[output][input]`, into the order of the file: `[output / 16][input / 4][output % 16][input % 4]`. Both
/// numbers must be multiples of those.
pub(crate) fn panels(weights: &[i8], inputs: usize) -> Vec<u8> {
    let mut panels = Vec::with_capacity(weights.len());
    for rows in weights.chunks_exact(OUTPUTS * inputs) {
        for input in (0..inputs).step_by(TOGETHER) {
            for row in rows.chunks_exact(inputs) {
                panels.extend(row[input..input + TOGETHER].iter().map(|&w| w as u8));
            }
        }
    }
    panels
}

/// The tile of one panel and five rows: the definition, which every other way to work it out must agree with.
pub(crate) fn tile(rows: &[Step], panel: &[[u8; STEP]]) -> Sums {
    let mut sums = Sums::default();
    for (rows, weights) in rows.iter().zip(panel) {
        for (row, sums) in rows.iter().zip(&mut sums) {
            for (weights, sum) in weights.as_chunks::<TOGETHER>().0.iter().zip(sums) {
                for (&a, &w) in row.iter().zip(weights) {
                    *sum = sum.wrapping_add(i32::from(a).wrapping_mul(i32::from(w as i8)));
                }
            }
        }
    }
    sums
}

/// `rows * weights + bias`, a row of outputs for each row, and for those that fill the last tile.
#[inline(always)]
pub(crate) fn linear(
    rows: &Quantised,
    layer: &Linear,
    tile: impl Fn(&[Step], &[[u8; STEP]]) -> Sums,
    into: &mut Vec<f32>,
) {
    let in_row = layer.scales.len() / 4 / OUTPUTS;
    into.resize(rows.scales.len() * ROWS * in_row * OUTPUTS, 0.0);
    let into = into.as_chunks_mut::<OUTPUTS>().0;
    let panels = layer.weights.as_chunks().0.chunks_exact(rows.in_tile);
    let (scales, bias) = (layer.scales.as_chunks().0, layer.bias.as_chunks().0);
    let weight_sums = layer.sums.as_chunks().0;
    // A panel stays in the nearest cache while all rows pass by.
    for (number, panel) in panels.enumerate() {
        let (scales, bias) = (floats(&scales[number]), floats(&bias[number]));
        let zeros = zeros(&weight_sums[number]);
        let tiles = rows.steps.chunks_exact(rows.in_tile);
        for (at, (steps, row_scales)) in tiles.zip(&rows.scales).enumerate() {
            let sums = tile(steps, panel);
            for row in 0..ROWS {
                let mut outputs = [0.0; OUTPUTS];
                for i in 0..OUTPUTS {
                    let sum = sums[row][i].wrapping_sub(zeros[i]) as f32;
                    outputs[i] = sum * (row_scales[row] * scales[i]) + bias[i];
                }
                into[(at * ROWS + row) * in_row + number] = outputs;
            }
        }
    }
}

#[inline(always)]
fn floats(bytes: &[u8; 4 * OUTPUTS]) -> [f32; OUTPUTS] {
    let mut floats = [0.0; OUTPUTS];
    for (x, bytes) in floats.iter_mut().zip(bytes.as_chunks().0) {
        *x = f32::from_le_bytes(*bytes);
    }
    floats
}

/// What a row of zeros would give.
#[inline(always)]
fn zeros(weight_sums: &[u8; 4 * OUTPUTS]) -> [i32; OUTPUTS] {
    let mut zeros = [0; OUTPUTS];
    for (zero, bytes) in zeros.iter_mut().zip(weight_sums.as_chunks().0) {
        *zero = i32::from_le_bytes(*bytes).wrapping_mul(ZERO);
    }
    zeros
}

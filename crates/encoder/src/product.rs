//! The product of quantised activations and weights: nearly all of the encoder's work.
//!
//! Activations are bytes with one scale for each row (word piece), weights smaller numbers with one scale for each output.
//! Their products are summed as integers, which is exact: the order of the sums, and so the instructions that make them,
//! cannot change a result.

#![allow(clippy::needless_range_loop)] // by index over arrays, which become vectors

/// AVX2 multiplies unsigned bytes by signed bytes and adds two products within 16 bits. With weights and activations up to
/// these, four products fit (4 · 64 · 127 < 2^15). So only every other sum has to be widened to 32 bits, which costs as
/// much as a product.
#[cfg(any(test, feature = "training"))]
pub(crate) const LARGEST_WEIGHT: i8 = 64;
const LARGEST_ACTIVATION: u8 = 127;

/// How many rows a tile has. With 16 outputs they make 8 vectors of sums, which with what is multiplied fit the 16
/// registers of AVX2.
pub(crate) const ROWS: usize = 4;
/// How many outputs a tile has, and a panel of weights.
pub(crate) const OUTPUTS: usize = 16;
/// How many successive inputs of an output stand together in a panel: one instruction multiplies them all.
pub(crate) const TOGETHER: usize = 4;
/// Weights of a panel that are used together.
pub(crate) const STEP: usize = OUTPUTS * TOGETHER;

/// Four inputs in succession of each row of a tile.
pub(crate) type Step = [[u8; TOGETHER]; ROWS];

/// The sums of a tile, by row and output.
pub(crate) type Sums = [[i32; OUTPUTS]; ROWS];

/// Quantised rows, in tiles: `[tile][input / 4][row of the tile]`. What fills up the last tile has no meaning.
#[derive(Debug, Default)]
pub(crate) struct Quantised {
    steps: Vec<Step>,
    /// What 1 stands for, and what stands for 0, by row.
    scales: Vec<[(f32, i32); ROWS]>,
    /// How many steps a tile has.
    in_tile: usize,
    /// A buffer for those of one row.
    bytes: Vec<u8>,
}

impl Quantised {
    /// Quantises rows of `width` numbers, a multiple of 16. The least and the greatest of a row span all bytes that there
    /// are: half of them would be lost on what is behind a GELU otherwise.
    #[inline(always)]
    pub(crate) fn set(&mut self, rows: &[f32], width: usize) {
        let tiles = (rows.len() / width).div_ceil(ROWS);
        self.in_tile = width / TOGETHER;
        self.steps.resize(tiles * self.in_tile, Step::default());
        self.scales.resize(tiles, [(0.0, 0); ROWS]);
        self.bytes.resize(width, 0);
        let each_tile = self.steps.chunks_exact_mut(self.in_tile);
        let each_tile = each_tile
            .zip(&mut self.scales)
            .zip(rows.chunks(ROWS * width));
        for ((steps, scales), rows) in each_tile {
            for (row, numbers) in rows.chunks_exact(width).enumerate() {
                let (least, greatest) = span(numbers);
                // One less than there are, so that none is over where both ends are rounded outwards.
                let most = f32::from(LARGEST_ACTIVATION - 1);
                let size = greatest - least;
                let inverse = if size > 0.0 { most / size } else { 0.0 };
                let zero = nearest(-least * inverse);
                scales[row] = (size / most, zero.into());
                let zero = f32::from(zero);
                // First the bytes and then their places: the former becomes vectors only where they stand in a row.
                for (byte, x) in self.bytes.iter_mut().zip(numbers) {
                    *byte = nearest(x * inverse + zero);
                }
                for (step, four) in steps.iter_mut().zip(self.bytes.as_chunks().0) {
                    step[row] = *four;
                }
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// The least and the greatest number of a row and 0. (Which lane meets them first does not matter.)
#[inline(always)]
fn span(row: &[f32]) -> (f32, f32) {
    let mut least = [0.0f32; 16];
    let mut greatest = [0.0f32; 16];
    for chunk in row.as_chunks::<16>().0 {
        for i in 0..16 {
            least[i] = if chunk[i] < least[i] {
                chunk[i]
            } else {
                least[i]
            };
            greatest[i] = if chunk[i] > greatest[i] {
                chunk[i]
            } else {
                greatest[i]
            };
        }
    }
    let least = least
        .into_iter()
        .fold(0.0, |a, b| if b < a { b } else { a });
    let greatest = greatest
        .into_iter()
        .fold(0.0, |a, b| if b > a { b } else { a });
    (least, greatest)
}

/// Added to a small number it leaves no bits for a fraction: the sum is rounded to the nearest whole number, of two the even
/// one, and its lowest bits are that number's. No call and no check of a range, so that it is done for many numbers at once.
pub(crate) const WHOLE: f32 = 12_582_912.0; // 1.5 * 2^23

/// The nearest whole number, as an activation; no number of a damaged model is over the greatest either.
#[inline(always)]
fn nearest(x: f32) -> u8 {
    (x + WHOLE).to_bits() as u8 & LARGEST_ACTIVATION
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

#[cfg(any(test, feature = "training"))]
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

/// The tile of one panel and a tile's rows: the definition, which every other way to work it out must agree with.
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
        let weight_sums = ints(&weight_sums[number]);
        let tiles = rows.steps.chunks_exact(rows.in_tile);
        for (at, (steps, row_scales)) in tiles.zip(&rows.scales).enumerate() {
            let sums = tile(steps, panel);
            for row in 0..ROWS {
                let (scale, zero) = row_scales[row];
                let mut outputs = [0.0; OUTPUTS];
                for i in 0..OUTPUTS {
                    let zeros = weight_sums[i].wrapping_mul(zero);
                    let sum = sums[row][i].wrapping_sub(zeros) as f32;
                    outputs[i] = sum * (scale * scales[i]) + bias[i];
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

#[inline(always)]
fn ints(bytes: &[u8; 4 * OUTPUTS]) -> [i32; OUTPUTS] {
    let mut ints = [0; OUTPUTS];
    for (x, bytes) in ints.iter_mut().zip(bytes.as_chunks().0) {
        *x = i32::from_le_bytes(*bytes);
    }
    ints
}

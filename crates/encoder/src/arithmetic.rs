//! The encoder's arithmetic in floating point.
//!
//! Loops over 16 sums at a time, in an order that is written down: the compiler may use whatever vectors the processor has,
//! and every machine gives the same bits. For the same reason there is no `exp` of the platform here, and no fused
//! multiply-add.

#![allow(clippy::needless_range_loop)] // by index over arrays, which become vectors

use crate::product::WHOLE;
use std::f32::consts::LOG2_E;

const LANES: usize = 16;
/// `e^87` and `e^-87` are normal numbers of `f32`, and `e^89` is none.
const LARGEST_EXPONENT: f32 = 87.0;
/// BERT's, which keeps a row of equal numbers from being divided by 0.
const NORM_EPSILON: f32 = 1e-12;

/// The sum of `term` over a row, in 16 partial sums.
#[inline(always)]
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] += term(chunk[i]);
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(rest) {
        *lane += term(x);
    }
    total(lanes)
}

/// The sum of partial sums: each half added to the other.
#[inline(always)]
fn total(mut lanes: [f32; LANES]) -> f32 {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
    }
    lanes[0]
}

/// `e^x`, within 1e-7 of it. Where the result would be too small or too large for `f32`, that of the nearest number whose
/// result is not.
///
/// `2^n 2^f` with `f` from -0.5 to 0.5 and Cephes' polynomial for `2^f` (`exp2f.c`, S. Moshier).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = if x > LARGEST_EXPONENT {
        LARGEST_EXPONENT
    } else {
        x
    };
    let x = if x < -LARGEST_EXPONENT {
        -LARGEST_EXPONENT
    } else {
        x
    };
    let power = x * LOG2_E;
    let whole = power + WHOLE;
    let f = power - (whole - WHOLE);
    let p = 1.535_336_2e-4;
    let p = p * f + 1.339_887_4e-3;
    let p = p * f + 9.618_437e-3;
    let p = p * f + 5.550_332_5e-2;
    let p = p * f + 2.402_264_8e-1;
    let p = p * f + 6.931_472e-1;
    let p = p * f + 1.0;
    f32::from_bits(p.to_bits().wrapping_add(whole.to_bits() << 23))
}

/// The Gaussian error linear unit in the form that the model was trained with (Hendrycks and Gimpel 2016, with tanh):
/// `x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`.
#[inline(always)]
pub(crate) fn gelu(row: &mut [f32]) {
    for x in row {
        let twice = -1.595_769 * *x * (1.0 + 0.044_715 * *x * *x);
        *x /= 1.0 + exp(twice);
    }
}

/// Each of `rows` to mean 0 and variance 1, then times `weight` plus `bias`.
#[inline(always)]
pub(crate) fn norm(rows: &mut [f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    for row in rows.chunks_exact_mut(width) {
        let mean = sum(row, |x| x) / width as f32;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
        let scale = 1.0 / (variance + NORM_EPSILON).sqrt();
        for i in 0..width {
            row[i] = (row[i] - mean) * scale * weight[i] + bias[i];
        }
    }
}

/// A section of the file as numbers.
#[inline(always)]
pub(crate) fn floats(bytes: &[u8]) -> impl ExactSizeIterator<Item = f32> {
    let chunks = bytes.chunks_exact(4);
    chunks.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// `e^x` of each number, less the greatest, and the sum of them all.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32]) -> f32 {
    let mut lanes = [f32::MIN; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] = if chunk[i] > lanes[i] {
                chunk[i]
            } else {
                lanes[i]
            };
        }
    }
    let most = (rest.iter().chain(&lanes)).fold(f32::MIN, |a, &b| if b > a { b } else { a });
    for x in row.iter_mut() {
        *x = exp(*x - most);
    }
    sum(row, |x| x)
}

/// The sum of the products of two rows' numbers.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let chunks = a
        .as_chunks::<LANES>()
        .0
        .iter()
        .zip(b.as_chunks::<LANES>().0);
    for (a, b) in chunks {
        for i in 0..LANES {
            lanes[i] += a[i] * b[i];
        }
    }
    total(lanes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close_and_stays_in_range() {
        for i in -8700..=8700 {
            let x = i as f32 / 100.0;
            let exact = f64::from(x).exp();
            let relative = (f64::from(exp(x)) - exact).abs() / exact;
            // The argument itself is known to 2^-24 of its size.
            assert!(
                relative < 2e-7 + 1e-7 * f64::from(x.abs()),
                "{x} {relative}"
            );
        }
        for x in [f32::MIN, f32::NEG_INFINITY, -1e9] {
            assert_eq!(exp(x), exp(-87.0));
        }
        assert!(exp(f32::INFINITY).is_finite());
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn gelu_is_as_defined() {
        for i in -1000..=1000 {
            let x = f64::from(i) / 100.0;
            let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044715 * x.powi(3));
            let mut row = [x as f32];
            gelu(&mut row);
            assert!((f64::from(row[0]) - x * (1.0 + inner.tanh()) / 2.0).abs() < 1e-6);
        }
    }
}

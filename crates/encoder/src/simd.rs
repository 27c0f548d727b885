//! The forward pass with the vector instructions that the processor has: the only unsafe code of the project.
//!
//! A function with `#[target_feature]` may be called where the processor has these instructions; elsewhere it is undefined
//! what happens. The compiler checks this between such functions, but cannot where the program asks the processor at run time:
//! those calls, in [`run`] and `is_right`, are what is unsafe. All else is safe Rust. What is inlined into such a function, which is the
//! whole forward pass, is compiled with these instructions too.
//!
//! AVX-512 could not be tried where this was written: its tile is compared with the definition on a small product before
//! it is used the first time, and where the two differ, AVX2 does the work. ARM's instructions for products of bytes could
//! not be tried either; there the portable code runs.

#![allow(clippy::needless_range_loop)] // by index over arrays, which become vectors
#![allow(unsafe_code)]

use crate::forward::{Pass, pass};
use crate::product;

/// Runs the pass in the fastest way that the processor knows; all give the same bytes.
pub(crate) fn run(work: &mut Pass) {
    #[cfg(target_arch = "x86_64")]
    {
        if avx512::is_there() && avx512::is_right() {
            // SAFETY: `avx512::run` needs nothing of its caller but a processor with what was just asked for.
            return unsafe { avx512::run(work) };
        }
        if avx2::is_there() {
            // SAFETY: `avx2::run` needs nothing of its caller but a processor with what was just asked for.
            return unsafe { avx2::run(work) };
        }
    }
    pass(work, product::tile);
}

/// The ways that this processor has, for tests: each as its tile and its pass.
#[cfg(test)]
pub(crate) fn ways() -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    #[cfg(target_arch = "x86_64")]
    {
        if avx2::is_there() {
            // SAFETY: only where the processor has AVX2.
            ways.push((
                |r, p| unsafe { avx2::tile(r, p) },
                |w| unsafe { avx2::run(w) },
            ));
        }
        if avx512::is_there() {
            // SAFETY: only where the processor has what `is_there` asks for.
            ways.push((
                |r, p| unsafe { avx512::tile(r, p) },
                |w| unsafe { avx512::run(w) },
            ));
        }
    }
    ways
}

#[cfg(test)]
type Way = (Tile, fn(&mut Pass));

#[cfg(test)]
pub(crate) type Tile = fn(&[product::Step], &[[u8; product::STEP]]) -> product::Sums;

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Pass, pass};
    use crate::product::{OUTPUTS, ROWS, STEP, Step, Sums};
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi16, _mm256_add_epi32, _mm256_madd_epi16, _mm256_maddubs_epi16,
        _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
    };

    pub(crate) fn is_there() -> bool {
        std::arch::is_x86_feature_detected!("avx2")
    }

    #[target_feature(enable = "avx2")]
    pub(crate) fn run(work: &mut Pass) {
        pass(work, |rows, panel| tile(rows, panel));
    }

    /// [`crate::product::tile`]: products of two steps summed by four within 16 bits, which hold them, and those in pairs
    /// within 32.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(crate) fn tile(rows: &[Step], panel: &[[u8; STEP]]) -> Sums {
        let ones = _mm256_set1_epi16(1);
        let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
        let (rows, _) = rows.as_chunks::<2>();
        let (panel, _) = panel.as_chunks::<2>();
        for (rows, weights) in rows.iter().zip(panel) {
            let weights: [[__m256i; 2]; 2] = bytemuck::must_cast(*weights);
            for row in 0..ROWS {
                let [a, b] = [rows[0][row], rows[1][row]];
                let a = _mm256_set1_epi32(bytemuck::must_cast(a));
                let b = _mm256_set1_epi32(bytemuck::must_cast(b));
                for half in 0..2 {
                    let fours = _mm256_add_epi16(
                        _mm256_maddubs_epi16(a, weights[0][half]),
                        _mm256_maddubs_epi16(b, weights[1][half]),
                    );
                    let all = _mm256_madd_epi16(fours, ones);
                    sums[row][half] = _mm256_add_epi32(sums[row][half], all);
                }
            }
        }
        let mut tile = Sums::default();
        for row in 0..ROWS {
            tile[row] = bytemuck::must_cast::<[__m256i; 2], [i32; OUTPUTS]>(sums[row]);
        }
        tile
    }
}

/// Processors that sum four products of bytes at once ("VNNI"): twice as fast.
#[cfg(target_arch = "x86_64")]
mod avx512 {
    use super::{Pass, pass};
    use crate::product::{OUTPUTS, ROWS, STEP, Step, Sums};
    use std::arch::x86_64::{
        __m512i, _mm512_add_epi32, _mm512_dpbusd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };
    use std::array::from_fn;
    use std::sync::OnceLock;

    pub(crate) fn is_there() -> bool {
        std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("avx512vnni")
    }

    /// Whether its tile gives what the definition does, on a product of bytes of all sizes; worked out once.
    pub(crate) fn is_right() -> bool {
        static RIGHT: OnceLock<bool> = OnceLock::new();
        *RIGHT.get_or_init(|| {
            let rows: [Step; 64] = from_fn(|step| {
                from_fn(|row| from_fn(|i| ((37 * step + 59 * row + 83 * i) % 128) as u8))
            });
            let panel: [[u8; STEP]; 64] = from_fn(|step| {
                from_fn(|i| ((31 * step + 47 * i) % 129) as u8).map(|w| w.wrapping_sub(64))
            });
            // SAFETY: `tile` needs a processor with what `is_there` has just asked for, and nothing else.
            is_there() && unsafe { tile(&rows, &panel) } == crate::product::tile(&rows, &panel)
        })
    }

    #[target_feature(enable = "avx2,avx512f,avx512vnni")]
    pub(crate) fn run(work: &mut Pass) {
        pass(work, |rows, panel| tile(rows, panel));
    }

    /// [`crate::product::tile`], an instruction for 64 products. It takes some five cycles, and two may begin in one:
    /// every other step has sums of its own.
    #[target_feature(enable = "avx2,avx512f,avx512vnni")]
    #[inline]
    pub(crate) fn tile(rows: &[Step], panel: &[[u8; STEP]]) -> Sums {
        let mut sums = [[_mm512_setzero_si512(); 2]; ROWS];
        let (rows, _) = rows.as_chunks::<2>();
        let (panel, _) = panel.as_chunks::<2>();
        for (rows, weights) in rows.iter().zip(panel) {
            let weights: [__m512i; 2] = bytemuck::must_cast(*weights);
            for row in 0..ROWS {
                for step in 0..2 {
                    let four = _mm512_set1_epi32(bytemuck::must_cast(rows[step][row]));
                    sums[row][step] = _mm512_dpbusd_epi32(sums[row][step], four, weights[step]);
                }
            }
        }
        let mut tile = Sums::default();
        for row in 0..ROWS {
            let sum = _mm512_add_epi32(sums[row][0], sums[row][1]);
            tile[row] = bytemuck::must_cast::<__m512i, [i32; OUTPUTS]>(sum);
        }
        tile
    }
}

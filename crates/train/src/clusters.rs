//! Clusters of words that stand between the same neighbours: verbs of saying, titles, weekdays … (Schütze 1995).
//!
//! Each word is described by how much more often than by chance the most frequent words stand directly before and after
//! it (positive pointwise mutual information), reduced to a few dimensions by subspace iteration, and grouped by
//! spherical k-means. Everything is summed in a fixed order, so equal texts give equal clusters.

use std::collections::HashMap;
use text::tokens;

/// Words that describe others by standing beside them.
const NEIGHBOURS: usize = 600;
/// Rarer words get no cluster.
const MIN_COUNT: u32 = 5;
const DIMENSIONS: usize = 80;
/// Further rounds change little in either.
const SUBSPACE_ROUNDS: usize = 3;
const KMEANS_ROUNDS: usize = 15;
/// Initial centres are spread over the most frequent words.
const CENTRES_AMONG: usize = 5000;

/// The words seen at least five times in `texts`, in lower case with straight apostrophes, the most frequent first, each
/// with the number (from 1) of its cluster in each of the `sizes`.
pub(crate) fn cluster<'t>(
    texts: impl Iterator<Item = &'t str>,
    sizes: &[usize],
) -> Vec<(String, Vec<u16>)> {
    let texts: Vec<Vec<String>> = texts.map(words).collect();
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in texts.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut vocabulary: Vec<(&str, u32)> = counts
        .into_iter()
        .filter(|&(_, n)| n >= MIN_COUNT)
        .collect();
    vocabulary.sort_unstable_by_key(|&(word, n)| (std::cmp::Reverse(n), word));
    let numbers: HashMap<&str, usize> = vocabulary.iter().map(|v| v.0).zip(0..).collect();

    let rows = mutual_information(&texts, &numbers);
    let points = reduce(&rows);
    let groups: Vec<Vec<u16>> = sizes.iter().map(|&k| kmeans(&points, k)).collect();
    vocabulary
        .iter()
        .enumerate()
        .map(|(i, (word, _))| {
            (
                (*word).to_owned(),
                groups.iter().map(|g| g[i] + 1).collect(),
            )
        })
        .collect()
}

/// A text's tokens as the lexicon spells them.
fn words(text: &str) -> Vec<String> {
    tokens(text)
        .iter()
        .map(|t| quotes::training::lower_case(&text[t.span]))
        .collect()
}

/// For each word the columns and values of its description.
fn mutual_information(
    texts: &[Vec<String>],
    numbers: &HashMap<&str, usize>,
) -> Vec<Vec<(usize, f64)>> {
    // One more column on each side for all other neighbours.
    let column = |word: Option<&String>| {
        let number = word.and_then(|w| numbers.get(w.as_str()));
        number.map_or(NEIGHBOURS, |&n| n.min(NEIGHBOURS))
    };
    let columns = 2 * (NEIGHBOURS + 1);
    let mut table = vec![0u32; numbers.len() * columns];
    for text in texts {
        for (i, word) in text.iter().enumerate() {
            if let Some(row) = numbers.get(word.as_str()) {
                let before = i.checked_sub(1).and_then(|j| text.get(j));
                table[row * columns + column(before)] += 1;
                table[row * columns + NEIGHBOURS + 1 + column(text.get(i + 1))] += 1;
            }
        }
    }
    let mut column_sums = vec![0.0; columns];
    for row in table.chunks_exact(columns) {
        for (sum, &n) in column_sums.iter_mut().zip(row) {
            *sum += f64::from(n);
        }
    }
    let total: f64 = column_sums.iter().sum();
    table
        .chunks_exact(columns)
        .map(|row| {
            let sum: f64 = row.iter().map(|&n| f64::from(n)).sum();
            row.iter()
                .enumerate()
                .filter(|&(_, &n)| n > 0)
                .map(|(c, &n)| {
                    let n = f64::from(n);
                    let information = libm::log(n * total / (sum * column_sums[c]));
                    // What was seen once may be chance.
                    (c, information.max(0.0) * n / (n + 1.0))
                })
                .filter(|&(_, v)| v > 0.0)
                .collect()
        })
        .collect()
}

/// The rows in the space of the table's strongest directions, each of length 1.
fn reduce(rows: &[Vec<(usize, f64)>]) -> Vec<[f32; DIMENSIONS]> {
    let columns = 2 * (NEIGHBOURS + 1);
    // A start without a pattern that is the same on every run.
    let mut basis: Vec<[f64; DIMENSIONS]> = (0..columns as u64)
        .map(|c| {
            std::array::from_fn(|d| (model::combine(c, d as u64) % 2001) as f64 / 1000.0 - 1.0)
        })
        .collect();
    orthonormalise(&mut basis);
    for _ in 0..SUBSPACE_ROUNDS {
        let mut next = vec![[0.0; DIMENSIONS]; columns];
        for row in rows {
            let point = project(row, &basis);
            for &(c, v) in row {
                for (n, p) in next[c].iter_mut().zip(&point) {
                    *n += v * p;
                }
            }
        }
        basis = next;
        orthonormalise(&mut basis);
    }
    rows.iter()
        .map(|row| {
            let point = project(row, &basis);
            let length = point.iter().map(|p| p * p).sum::<f64>().sqrt().max(1e-9);
            point.map(|p| (p / length) as f32)
        })
        .collect()
}

fn project(row: &[(usize, f64)], basis: &[[f64; DIMENSIONS]]) -> [f64; DIMENSIONS] {
    let mut point = [0.0; DIMENSIONS];
    for &(c, v) in row {
        for (p, b) in point.iter_mut().zip(&basis[c]) {
            *p += v * b;
        }
    }
    point
}

/// Gram and Schmidt's procedure over the columns of the basis.
fn orthonormalise(basis: &mut [[f64; DIMENSIONS]]) {
    for d in 0..DIMENSIONS {
        for earlier in 0..d {
            let dot: f64 = basis.iter().map(|row| row[d] * row[earlier]).sum();
            for row in &mut *basis {
                row[d] -= dot * row[earlier];
            }
        }
        let length = basis.iter().map(|row| row[d] * row[d]).sum::<f64>().sqrt();
        for row in &mut *basis {
            row[d] /= length.max(1e-9);
        }
    }
}

/// The nearest of `k` centres for each point.
fn kmeans(points: &[[f32; DIMENSIONS]], k: usize) -> Vec<u16> {
    if points.is_empty() {
        return Vec::new();
    }
    let among = points.len().min(CENTRES_AMONG);
    let mut centres: Vec<[f32; DIMENSIONS]> = (0..k).map(|i| points[i * among / k]).collect();
    let mut nearest = vec![0u16; points.len()];
    for _ in 0..KMEANS_ROUNDS {
        for (point, nearest) in points.iter().zip(&mut nearest) {
            let mut best = f32::NEG_INFINITY;
            for (i, centre) in centres.iter().enumerate() {
                let dot: f32 = point.iter().zip(centre).map(|(a, b)| a * b).sum();
                if dot > best {
                    best = dot;
                    *nearest = i as u16;
                }
            }
        }
        let mut sums = vec![[0f64; DIMENSIONS]; k];
        for (point, &i) in points.iter().zip(&nearest) {
            for (s, p) in sums[usize::from(i)].iter_mut().zip(point) {
                *s += f64::from(*p);
            }
        }
        for (centre, sum) in centres.iter_mut().zip(&sums) {
            let length = sum.iter().map(|s| s * s).sum::<f64>().sqrt();
            if length > 0.0 {
                *centre = sum.map(|s| (s / length) as f32);
            }
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_same_places_share_a_cluster() {
        let text = "a man said that . a woman said this . the man told it . the woman told him . "
            .repeat(20);
        let clusters = cluster([text.as_str()].into_iter(), &[3, 6]);
        assert_eq!(cluster([text.as_str()].into_iter(), &[3, 6]), clusters);
        let of = |word: &str| &clusters.iter().find(|(w, _)| w == word).unwrap().1;
        assert_eq!(of("man"), of("woman"));
        assert_ne!(of("man")[1], of("said")[1]);
        assert!(
            clusters
                .iter()
                .all(|(_, c)| c[0] <= 3 && c[1] <= 6 && c[0] > 0)
        );
    }
}

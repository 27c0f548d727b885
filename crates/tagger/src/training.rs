//! What only a trainer needs: packing trained weights into a model's file.

use crate::linear::{FEWEST_BUCKET_BITS, FORMAT};
use crate::table::{FILTER_BITS, filter_bit};
use crate::{Error, Labels, LinearModel};

/// Buckets have fewer features than this on average: few enough that one comparison of vectors finds the right one.
const IN_A_BUCKET: usize = 4;

/// What training results in, to be packed into a file.
#[derive(Debug, Clone)]
pub struct Weights {
    /// What the labels are over.
    pub labels: Labels,
    /// `[previous * labels + next]`; what the scheme forbids is ignored.
    pub transitions: Vec<f32>,
    /// Each feature with one weight a label; weights of 0 take no room.
    pub features: Vec<(u32, Vec<f32>)>,
}

impl Weights {
    /// The file's bytes: equal weights, in whatever order, give equal bytes.
    pub fn pack(&self, feature_set: u64) -> Result<Vec<u8>, Error> {
        let mut features: Vec<&(u32, Vec<f32>)> = self
            .features
            .iter()
            .filter(|(_, row)| row.iter().any(|&w| w != 0.0))
            .collect();
        features.sort_by_key(|(feature, _)| *feature);
        if features.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(Error::Unpackable("a feature occurs twice"));
        }
        let mut bucket_bits = FEWEST_BUCKET_BITS;
        while features.len() >> bucket_bits >= IN_A_BUCKET {
            bucket_bits += 1;
        }
        let mut filter = vec![0; 1 << (FILTER_BITS - 3)];
        for (feature, _) in &features {
            let (byte, bit) = filter_bit(*feature);
            filter[byte] |= bit;
        }
        let codebook = codebook(features.iter().flat_map(|(_, row)| row));
        let mut starts = vec![0];
        let mut buckets = Vec::new();
        let mut left = &features[..];
        for bucket in 0..1u32 << bucket_bits {
            let n = left
                .iter()
                .take_while(|(feature, _)| feature >> (32 - bucket_bits) == bucket)
                .count();
            let (inside, after) = left.split_at(n);
            left = after;
            if n > 0 {
                pack_bucket(inside, &codebook, &mut buckets)?;
            }
            let end = u32::try_from(buckets.len());
            starts.push(end.map_err(|_| Error::Unpackable("over 4 GB"))?);
        }

        let mut body = self.labels.pack();
        body.push(bucket_bits as u8);
        body.extend(codebook.iter().flat_map(|w| w.to_le_bytes()));
        body.extend(self.transitions.iter().flat_map(|w| w.to_le_bytes()));
        body.extend(filter);
        body.extend(starts.iter().flat_map(|s| s.to_le_bytes()));
        body.extend(buckets);

        let file = FORMAT.pack(feature_set, &body);
        LinearModel::from_bytes(file.clone(), feature_set)?;
        Ok(file)
    }
}

fn pack_bucket(
    features: &[&(u32, Vec<f32>)],
    codebook: &[f32],
    buckets: &mut Vec<u8>,
) -> Result<(), Error> {
    let n = u8::try_from(features.len());
    buckets.push(n.map_err(|_| Error::Unpackable("over 255 features in a bucket"))?);
    for (feature, _) in features {
        buckets.extend((*feature as u16).to_le_bytes());
    }
    for (_, row) in features {
        buckets.push(row.iter().filter(|&&w| w != 0.0).count() as u8);
    }
    for (_, row) in features {
        for (label, &weight) in row.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            buckets.extend([label as u8, nearest(codebook, weight)]);
        }
    }
    Ok(())
}

/// 256 values, ascending, that weights are rounded to: 128 of each sign, from the largest in size down to a thousandth of
/// it (2⁻¹⁰), each smaller than the one before by the same factor (5.6 %).
fn codebook<'w>(weights: impl Iterator<Item = &'w f32>) -> Vec<f32> {
    const EACH_SIGN: i32 = 128;
    const SMALLEST: f32 = -10.0;
    let top = weights.fold(0.0f32, |top, w| top.max(w.abs()));
    let last = EACH_SIGN - 1;
    let positive =
        (0..EACH_SIGN).map(|i| top * libm::exp2f(SMALLEST * (last - i) as f32 / last as f32));
    let negative = positive.clone().rev().map(|w| -w);
    negative.chain(positive).collect()
}

fn nearest(codebook: &[f32], weight: f32) -> u8 {
    let above = codebook.partition_point(|&w| w < weight).min(255);
    let below = above.saturating_sub(1);
    if weight - codebook[below] < codebook[above] - weight {
        below as u8
    } else {
        above as u8
    }
}

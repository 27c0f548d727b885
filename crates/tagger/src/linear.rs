//! The linear model: a row of weights for each hashed feature, in a flat file that is read in place.
//!
//! ```text
//! header                    see [`model::Format`]; the feature set is what the caller's templates and resources hash to
//! kinds, u8                 how many; then each name as its length, u8, and UTF-8
//! bucket bits, u8
//! codebook, 256 × f32       what a weight's byte stands for
//! transitions, f32          labels × labels, [previous][next]
//! filter, 2^20 bits         the highest 20 bits of each known feature's number, each byte's lowest bit first
//! bucket starts, u32        2^bits + 1, counted from the first bucket
//! buckets
//! ```
//!
//! The highest bits of a feature's number choose its bucket, some four features each:
//!
//! ```text
//! n, u8                     how many features
//! keys, u16 × n             the lowest 16 bits of their numbers
//! lengths, u8 × n           how many weights each has
//! weights                   label, u8, and place in the codebook, u8
//! ```
//!
//! So a feature costs about 4 bytes and each weight 2. The filter spares the lookup of features that are unknown: it lies in
//! the processor's own memory, as the buckets do not. A codebook keeps the same relative precision for small weights and
//! large ones, which one scale for all would not: in 8 bits it loses nothing that can be measured.

use crate::scorer::Pool;
use crate::{Chain, Error, Labels, Rows, Scorer};
use model::Format;
use std::borrow::Cow;

const FORMAT: Format = Format {
    name: "a linear tagging model",
    magic: b"NTLINEAR",
    version: 2,
};
/// With this many bits chosen by the bucket, 16 are left for the key.
const FEWEST_BUCKET_BITS: u32 = 16;
/// How many bits of a feature's number choose its bit of the filter.
const FILTER_BITS: u32 = 20;
/// A weight of 1 in the whole numbers that weights are summed in, so that a sum does not depend on its order. They are of
/// 16 bits: up to 32 (the models' largest are 5), and as fine as the smallest of the codebook.
pub(crate) const UNITS: f32 = 1024.0;
/// How many keys of a bucket are compared at once; of a hundred buckets hardly one has more.
const AT_ONCE: usize = 8;

/// A linear-chain CRF's weights, in the bytes of its file.
#[derive(Debug, Clone)]
pub struct LinearModel {
    labels: Labels,
    chain: Chain,
    /// In [`UNITS`].
    codebook: Box<[i16; 256]>,
    /// What its scorers have kept.
    pub(crate) pool: Pool,
    bytes: Cow<'static, [u8]>,
    bucket_bits: u32,
    /// Where in `bytes` the filter, the bucket starts and the buckets begin.
    filter: usize,
    starts: usize,
    buckets: usize,
}

impl LinearModel {
    /// Reads a model that may come from anywhere; every byte is checked. `feature_set` is what the caller's feature
    /// templates and resources hash to.
    pub fn from_bytes(bytes: Vec<u8>, feature_set: u64) -> Result<Self, Error> {
        let model = Self::read(Cow::Owned(bytes), feature_set)?;
        FORMAT.check(&model.bytes)?;
        Ok(model)
    }

    /// Reads a model that is part of the program (`include_bytes!`), touching only its header: the checksum of such a
    /// model is for a test of the crate that carries it. A damaged one labels wrongly, and does no worse.
    pub fn from_static(bytes: &'static [u8], feature_set: u64) -> Result<Self, Error> {
        Self::read(Cow::Borrowed(bytes), feature_set)
    }

    fn read(bytes: Cow<'static, [u8]>, feature_set: u64) -> Result<Self, Error> {
        let mut reader = FORMAT.read(&bytes, feature_set)?;
        let labels = Labels::read(&mut reader)?;
        let bucket_bits = u32::from(reader.u8()?);
        if !(FEWEST_BUCKET_BITS..=28).contains(&bucket_bits) {
            return Err(reader.damaged("number of buckets").into());
        }
        let codebook: [f32; 256] = reader
            .f32s(256)?
            .try_into()
            .map_err(|_| reader.damaged("codebook"))?;
        if codebook.iter().any(|w| !w.is_finite()) {
            return Err(reader.damaged("a weight is not a number").into());
        }
        let chain = Chain::new(&labels, &reader.f32s(labels.len() * labels.len())?)?;
        let filter = reader.section(1 << (FILTER_BITS - 3))?.start;
        let starts = reader.section(4 << bucket_bits)?.start;
        let end = reader.u32()?;
        let buckets = reader.section(end as usize)?.start;
        reader.end()?;
        Ok(Self {
            labels,
            chain,
            codebook: Box::new(codebook.map(|weight| (weight * UNITS).round() as i16)),
            pool: Pool::default(),
            bytes,
            bucket_bits,
            filter,
            starts,
            buckets,
        })
    }

    /// The labels that it gives.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Its transitions.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The score of each label for each row, one row of `labels().len()` numbers each: the sum of the weights of the
    /// row's features that the model knows.
    pub fn emissions(&self, rows: &Rows) -> Vec<f32> {
        self.scorer(0).emissions(rows)
    }

    /// What gives the same for many sequences, the faster for what they and those of scorers before it share; with words
    /// that give features to the tokens up to `reach` from them, see [`Scorer::word`].
    pub fn scorer(&self, reach: usize) -> Scorer<'_> {
        Scorer::new(self, reach)
    }

    /// Where the weights are.
    pub(crate) fn table(&self) -> Table<'_> {
        Table {
            shift: 32 - self.bucket_bits,
            codebook: &self.codebook,
            filter: &self.bytes[self.filter..self.starts],
            starts: &self.bytes[self.starts..self.buckets],
            buckets: &self.bytes[self.buckets..],
        }
    }
}

/// The features' weights in a model's file, to be looked up step by step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'m> {
    /// What of a feature's number does not choose its bucket, in bits.
    shift: u32,
    codebook: &'m [i16; 256],
    filter: &'m [u8],
    starts: &'m [u8],
    buckets: &'m [u8],
}

impl Table<'_> {
    /// Whether a feature may be known.
    #[inline]
    pub(crate) fn may_have(&self, feature: u32) -> bool {
        let (byte, bit) = filter_bit(feature);
        self.filter.get(byte).is_some_and(|byte| byte & bit != 0)
    }

    /// Where the bucket of a feature begins; past all of them where it is empty.
    #[inline]
    pub(crate) fn bucket(&self, feature: u32) -> u32 {
        let at = 4 * (feature >> self.shift) as usize;
        let starts = self.starts.get(at..).and_then(|b| b.first_chunk::<8>());
        let starts = starts.map_or(0, |b| u64::from_le_bytes(*b));
        let (start, end) = (starts as u32, (starts >> 32) as u32);
        if start < end { start } else { u32::MAX }
    }

    /// How many features the bucket that begins here has.
    #[inline]
    pub(crate) fn size(&self, bucket: u32) -> u8 {
        let size = self.buckets.get(bucket as usize);
        size.copied().unwrap_or(0)
    }

    /// The place of a key in the bucket of this size that begins here.
    #[inline]
    pub(crate) fn place(&self, key: u16, bucket: u32, size: usize) -> Option<usize> {
        let keys = self.buckets.get(bucket as usize..)?.get(1..)?;
        // All keys at once where they lie in one vector, as they nearly always do.
        if let (true, Some(keys)) = (size <= AT_ONCE, keys.first_chunk::<{ 2 * AT_ONCE }>()) {
            let mut equal = 0u32;
            for i in 0..AT_ONCE {
                let is_equal = u16::from_le_bytes([keys[2 * i], keys[2 * i + 1]]) == key;
                equal |= u32::from(is_equal) << i;
            }
            equal &= (1 << size) - 1;
            return (equal != 0).then_some(equal.trailing_zeros() as usize);
        }
        let mut keys = keys.chunks_exact(2).take(size);
        keys.position(|k| k == key.to_le_bytes())
    }

    /// Adds the weights of a bucket's feature to one number a label; nothing where the file is damaged.
    #[inline]
    pub(crate) fn read_weights(&self, bucket: u32, place: usize, row: &mut [i16]) {
        let found = || {
            let bytes = self.buckets.get(bucket as usize..)?;
            let (&n, rest) = bytes.split_first()?;
            let (lengths, weights) = rest.get(2 * usize::from(n)..)?.split_at_checked(n.into())?;
            let before: usize = lengths.get(..place)?.iter().map(|&l| usize::from(l)).sum();
            weights.get(2 * before..2 * (before + usize::from(*lengths.get(place)?)))
        };
        for weight in found().unwrap_or_default().chunks_exact(2) {
            if let Some(sum) = row.get_mut(usize::from(weight[0])) {
                *sum = sum.wrapping_add(self.codebook[usize::from(weight[1])]);
            }
        }
    }
}

/// The byte of the filter that a feature has its bit in, and the bit.
#[inline]
fn filter_bit(feature: u32) -> (usize, u8) {
    let bit = feature >> (32 - FILTER_BITS);
    (bit as usize / 8, 1 << (bit % 8))
}

/// What training leaves, to be packed into a file.
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
        while features.len() >> bucket_bits >= 4 {
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

/// 256 values, ascending, that weights are rounded to: 128 of each sign, from the largest in size down to a thousandth
/// of it, each smaller than the one before by the same factor (5.6 %).
fn codebook<'w>(weights: impl Iterator<Item = &'w f32>) -> Vec<f32> {
    let top = weights.fold(0.0f32, |top, w| top.max(w.abs()));
    let positive = (0..128).map(|i| top * libm::exp2f(-10.0 * (127 - i) as f32 / 127.0));
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub const FEATURE_SET: u64 = 77;

    pub fn weights(features: u32) -> Weights {
        let labels = Labels::new(["ä", "b"]).unwrap();
        let scores = crate::chain::tests::scores;
        Weights {
            transitions: scores(25, 1),
            features: (0..features)
                .map(|i| {
                    let mut row = scores(5, i.into());
                    row[i as usize % 5] = 0.0;
                    (crate::feature(3, i.into()), row)
                })
                .collect(),
            labels,
        }
    }

    /// The message of what should not be read.
    fn refused(bytes: &[u8]) -> String {
        let refused = LinearModel::from_bytes(bytes.to_vec(), FEATURE_SET);
        refused.expect_err("must be refused").to_string()
    }

    #[test]
    fn a_packed_model_scores_as_its_weights_do() {
        let weights = weights(5000);
        let model =
            LinearModel::from_bytes(weights.pack(FEATURE_SET).unwrap(), FEATURE_SET).unwrap();
        assert_eq!(model.labels(), &weights.labels);
        let mut rows = Rows::default();
        for (feature, _) in &weights.features {
            rows.push(*feature);
            rows.push(crate::feature(4, 4)); // unknown
            rows.end_row();
        }
        let emissions = model.emissions(&rows);
        for ((_, row), scores) in weights.features.iter().zip(emissions.chunks(5)) {
            for (w, s) in row.iter().zip(scores) {
                assert!((w - s).abs() <= 0.03 * w.abs() + 0.003, "{w} {s}");
            }
        }
        let (a, b) = (weights.transitions, model.chain().exact.forward.clone());
        assert!((f64::from(a[0]).exp() - b[0]).abs() < 1e-6 && b[2] == 0.0);
    }

    #[test]
    fn packing_does_not_depend_on_the_order() {
        let mut weights = weights(300);
        let bytes = weights.pack(FEATURE_SET).unwrap();
        weights.features.reverse();
        assert_eq!(weights.pack(FEATURE_SET).unwrap(), bytes);
        weights.features.push(weights.features[0].clone());
        assert!(weights.pack(FEATURE_SET).is_err());
    }

    #[test]
    fn damage_is_named() {
        let bytes = weights(100).pack(FEATURE_SET).unwrap();
        assert!(LinearModel::from_bytes(bytes.clone(), FEATURE_SET).is_ok());
        assert_eq!(
            refused(b""),
            "not a linear tagging model: give a file of that kind"
        );
        assert_eq!(
            refused(b"\x7fELF and so on"),
            "not a linear tagging model: give a file of that kind"
        );
        let other = LinearModel::from_bytes(bytes.clone(), 78).unwrap_err();
        assert!(matches!(
            other,
            Error::File(model::Error::FeatureSet { found: 77, .. })
        ));
        let mut longer = bytes.clone();
        longer.push(0);
        let damaged =
            |what| format!("a linear tagging model is damaged ({what}): copy the file again");
        assert_eq!(refused(&longer), damaged("length"));
        let mut changed = bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(refused(&changed), damaged("checksum"));
        for length in (8..3000).chain([bytes.len() - 1]) {
            refused(&bytes[..length]);
        }
    }

    /// Models that are read without their checksum must be harmless whatever is in them.
    #[test]
    fn a_damaged_static_model_does_not_panic() {
        let weights = weights(200);
        let bytes = weights.pack(FEATURE_SET).unwrap();
        let mut rows = Rows::default();
        for (feature, _) in &weights.features {
            rows.push(*feature);
            rows.end_row();
        }
        let places = (0..2500).chain((bytes.len() - 3000..bytes.len()).step_by(3));
        for (round, place) in places.enumerate() {
            let mut damaged = bytes.clone();
            damaged[place] = damaged[place].wrapping_add(1 + (round % 255) as u8);
            if let Ok(model) = LinearModel::read(Cow::Owned(damaged), FEATURE_SET) {
                let emissions = model.emissions(&rows);
                assert_eq!(model.chain().viterbi(&emissions).len(), rows.len());
            }
        }
    }
}

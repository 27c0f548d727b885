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
//! So a feature costs about 4 bytes and each weight 2. The filter saves looking up features that are unknown: it fits in the
//! processor's cache, and the buckets do not. A codebook keeps the same relative precision for small and large weights,
//! which one scale for all would not: with 8 bits no loss could be measured.

use crate::scorer::Pool;
use crate::table::{FILTER_BITS, Table, UNITS};
use crate::{Chain, Error, Labels, Rows, Scorer};
use model::Format;
use std::borrow::Cow;

pub(crate) const FORMAT: Format = Format {
    name: "a linear tagging model",
    magic: b"NTLINEAR",
    version: 2,
};
/// The highest bits of a feature's number that choose its bucket: at least as many as leave 16 for the key.
pub(crate) const FEWEST_BUCKET_BITS: u32 = 16;
/// A file with more buckets than this is damaged: no model could fill them.
const MOST_BUCKET_BITS: u32 = 28;

/// A linear-chain CRF's weights, in the bytes of its file.
#[derive(Debug, Clone)]
pub struct LinearModel {
    labels: Labels,
    chain: Chain,
    /// In [`UNITS`].
    codebook: Box<[i16; 256]>,
    /// Where its scorers leave what they keep, for the next ones.
    pool: Pool,
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
        if !(FEWEST_BUCKET_BITS..=MOST_BUCKET_BITS).contains(&bucket_bits) {
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

    /// Scores many sequences as [`LinearModel::emissions`] does, and faster: features that were seen before, by this scorer
    /// or an earlier one, are not looked up again. `reach` is how far from a word the tokens are to which it gives features,
    /// see [`Scorer::word`].
    pub fn scorer(&self, reach: usize) -> Scorer<'_> {
        Scorer::new(self.table(), &self.pool, self.labels.len(), reach)
    }

    fn table(&self) -> Table<'_> {
        Table {
            shift: 32 - self.bucket_bits,
            codebook: &self.codebook,
            filter: &self.bytes[self.filter..self.starts],
            starts: &self.bytes[self.starts..self.buckets],
            buckets: &self.bytes[self.buckets..],
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::training::Weights;

    pub(crate) const FEATURE_SET: u64 = 77;

    pub(crate) fn weights(features: u32) -> Weights {
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

//! Looking up features' weights where they lie in a model's file; its layout is described in [`crate::linear`].

/// How many bits of a feature's number choose its bit of the filter.
pub(crate) const FILTER_BITS: u32 = 20;
/// The integer that a weight of 1 is summed as; integers, so that a sum does not depend on its order. They have 16 bits:
/// weights up to 32 fit (the models' largest are 5), in steps as fine as the smallest weight of the codebook.
pub(crate) const UNITS: f32 = 1024.0;
/// How many keys of a bucket are compared at once; about one bucket in a hundred has more.
const AT_ONCE: usize = 8;

/// The features' weights in a model's file, to be looked up step by step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table<'m> {
    /// How many bits of a feature's number do not choose its bucket.
    pub shift: u32,
    /// What a weight's byte stands for, in [`UNITS`].
    pub codebook: &'m [i16; 256],
    pub filter: &'m [u8],
    pub starts: &'m [u8],
    pub buckets: &'m [u8],
}

impl Table<'_> {
    /// Whether a feature may be known: if not, it certainly is not.
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
pub(crate) fn filter_bit(feature: u32) -> (usize, u8) {
    let bit = feature >> (32 - FILTER_BITS);
    (bit as usize / 8, 1 << (bit % 8))
}

//! Hash maps of what texts consist of.

use crate::{combine, hash};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};

/// A hash map that takes a third of the standard one's time for words. Its order differs from run to run.
pub type Map<K, V> = HashMap<K, V, Seed>;
/// The same for a set.
pub type Set<K> = HashSet<K, Seed>;

/// Where the hashes of a map begin: by chance, so that a text cannot be written to have all its words in one place.
#[derive(Debug, Clone)]
pub struct Seed(u64);

impl Default for Seed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Seed {
    type Hasher = Mixer;

    #[inline]
    fn build_hasher(&self) -> Mixer {
        Mixer(self.0)
    }
}

/// Hashes as [`hash`] does.
#[derive(Debug)]
pub struct Mixer(u64);

impl Hasher for Mixer {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0 = combine(self.0, hash(bytes));
    }

    #[inline]
    fn write_u8(&mut self, n: u8) {
        self.0 = combine(self.0, n.into());
    }

    #[inline]
    fn write_u32(&mut self, n: u32) {
        self.0 = combine(self.0, n.into());
    }

    #[inline]
    fn write_u64(&mut self, n: u64) {
        self.0 = combine(self.0, n);
    }

    #[inline]
    fn write_usize(&mut self, n: usize) {
        self.0 = combine(self.0, n as u64);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_apart() {
        let seed = Seed::default();
        let words = (0..20_000).map(|i| format!("{i:x}"));
        let hashes: Set<u64> = words.map(|word| seed.hash_one(word)).collect();
        assert_eq!(hashes.len(), 20_000);
        // A table takes its places from the lowest bits.
        let places: Set<u64> = hashes.iter().map(|hash| hash % 65_536).collect();
        assert!(places.len() > 16_000, "{}", places.len());
        assert_ne!(seed.hash_one(("a", "bc")), seed.hash_one(("ab", "c")));
        assert_ne!(seed.hash_one([1u32, 2]), seed.hash_one([2u32, 1]));
    }
}

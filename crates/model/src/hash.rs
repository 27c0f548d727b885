//! The hash of words in every model, and of features.

/// Odd, with its bits well spread (the golden ratio's fraction).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash of bytes, equal on every machine. Not for keys chosen by an adversary: a table that must stand those is a
/// [`Map`](crate::Map).
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    hash_mapped(bytes, |eight| eight)
}

/// The [`hash`] of the `len` bytes, 15 at most, that `bytes` has from its lowest one on; zeros stand above them.
#[inline]
pub fn hash_short(bytes: u128, len: usize) -> u64 {
    let first = combine(len as u64, bytes as u64);
    let second = combine(first, (bytes >> 64) as u64);
    if len < 8 { first } else { second }
}

/// The [`hash`] of a word in which each ASCII capital is the small letter and each digit `0`: of `May` that of `may`, of
/// `1999` that of `0000`. Takes no more time than the plain one.
#[inline]
pub fn hash_folded(word: &[u8]) -> u64 {
    hash_mapped(word, folded)
}

/// One value of two, order counts: for features of two words and for hashing a value piece by piece.
#[inline]
pub fn combine(a: u64, b: u64) -> u64 {
    let mixed = (a.rotate_left(29) ^ b).wrapping_mul(SPREAD);
    mixed ^ (mixed >> 32)
}

/// The length and then eight bytes at a time, little-endian, the last of them filled up with zeros; `map` keeps zeros.
#[inline]
fn hash_mapped(bytes: &[u8], map: impl Fn(u64) -> u64) -> u64 {
    let mut hash = bytes.len() as u64;
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        hash = combine(hash, map(u64::from_le_bytes(*eight)));
    }
    let rest = match bytes.last_chunk::<8>() {
        // In two steps, as 64 bits at once would be no shift.
        Some(last) => u64::from_le_bytes(*last) >> 8 >> (56 - 8 * rest.len()),
        None => few(rest),
    };
    combine(hash, map(rest))
}

/// Fewer than eight bytes as a number, without a loop: most words have no more.
#[inline]
fn few(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    // The two halves overlap where both have the same bytes.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let [first, last] = [first, last].map(|half| u64::from(u32::from_le_bytes(*half)));
        return first | last << (8 * (n - 4));
    }
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return 0;
    };
    let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
    u64::from(*first) | byte(n / 2) | u64::from(*last) << (8 * (n - 1))
}

/// Eight bytes with each ASCII capital as the small letter and each digit as `0`.
#[inline]
fn folded(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH << 7;
    let low = eight & !HIGH;
    // The highest bit of each byte: whether it is ASCII and in the range. No sum carries into the next byte.
    let within = |first: u8, last: u8| {
        let from = low + EACH * u64::from(0x80 - first);
        let past = low + EACH * u64::from(0x80 - last - 1);
        from & !past & !eight & HIGH
    };
    let capitals = within(b'A', b'Z');
    let digits = within(b'0', b'9');
    // A small letter is its capital with one bit more; the digits' value is in the lowest four.
    (eight | capitals >> 2) & !((digits >> 7) * 0x0F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// The definition, byte by byte.
    fn plainly(bytes: &[u8]) -> u64 {
        let mut hash = bytes.len() as u64;
        for at in (0..=bytes.len()).step_by(8) {
            let mut word = [0; 8];
            let part = &bytes[at..bytes.len().min(at + 8)];
            word[..part.len()].copy_from_slice(part);
            hash = combine(hash, u64::from_le_bytes(word));
        }
        hash
    }

    #[test]
    fn all_lengths_are_hashed_as_defined() {
        let bytes: Vec<u8> = (0..40).map(|i| i * 5 + 3).collect();
        for length in 0..=40 {
            assert_eq!(
                hash(&bytes[..length]),
                plainly(&bytes[..length]),
                "{length}"
            );
        }
        for length in 0..16 {
            let mut word = [0; 16];
            word[..length].copy_from_slice(&bytes[..length]);
            let short = hash_short(u128::from_le_bytes(word), length);
            assert_eq!(short, hash(&bytes[..length]), "{length}");
        }
        // What the models are made with.
        assert_eq!(hash(b"said"), 0x3a7e_839f_3a68_31f0);
        assert_eq!(hash(b"Washington"), 0xfd92_ff58_d349_e5ef);
    }

    #[test]
    fn folding_is_that_of_each_byte() {
        let fold = |byte: &u8| match byte {
            b'0'..=b'9' => b'0',
            _ => byte.to_ascii_lowercase(),
        };
        let all: Vec<u8> = (0..=255).collect();
        for length in 0..24 {
            for word in all.windows(length.max(1)) {
                let word = &word[..length];
                let folded: Vec<u8> = word.iter().map(fold).collect();
                assert_eq!(hash_folded(word), hash(&folded), "{word:?}");
            }
        }
    }

    #[test]
    fn hash_tells_lengths_apart() {
        let zeros = [0; 17];
        let all: HashSet<u64> = (0..=17).map(|n| hash(&zeros[..n])).collect();
        assert_eq!(all.len(), 18);
        assert_ne!(combine(1, 2), combine(2, 1));
    }
}

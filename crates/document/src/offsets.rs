//! Between bytes, in which Rust slices, and Unicode code points, in which the record counts.

/// Bytes between two entries of the table: small enough that counting the rest of a block is one short loop over
/// contiguous bytes, large enough that the table is a hundredth of the text.
const BLOCK: usize = 256;

/// Bytes that are counted at once within a block.
const RUN: usize = 32;

/// Translates offsets into one text between bytes and Unicode code points.
///
/// Built in one pass; each look-up counts within one block of 256 bytes (towards bytes after a binary search over the
/// blocks). Pure ASCII text needs no table.
///
/// ```
/// let offsets = document::Offsets::new("“Olé” 🎉!");
/// assert_eq!(offsets.to_code_points(3), Some(1)); // the first mark has three bytes
/// assert_eq!(offsets.to_bytes(1), Some(3));
/// assert_eq!(offsets.to_bytes(8), Some("“Olé” 🎉!".len())); // the end is an offset too
/// assert_eq!(offsets.to_code_points(2), None); // inside a character
/// assert_eq!(offsets.to_bytes(9), None);
/// ```
#[derive(Debug, Clone)]
pub struct Offsets<'t> {
    text: &'t str,
    /// `starts[i]`: code points that begin before byte `i * BLOCK`; empty for ASCII.
    starts: Vec<usize>,
}

impl<'t> Offsets<'t> {
    /// The offsets of `text`.
    pub fn new(text: &'t str) -> Self {
        let mut starts = Vec::new();
        if !text.is_ascii() {
            starts.reserve_exact(text.len() / BLOCK + 1);
            let mut before = 0;
            starts.push(0);
            for block in text.as_bytes().chunks_exact(BLOCK) {
                before += code_points(block);
                starts.push(before);
            }
        }
        Self { text, starts }
    }

    /// The text that the offsets are of.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The code point at byte offset `byte`; `None` past the end or inside a character.
    pub fn to_code_points(&self, byte: usize) -> Option<usize> {
        if !self.text.is_char_boundary(byte) {
            return None;
        }
        let Some(before) = self.starts.get(byte / BLOCK) else {
            return Some(byte);
        };
        let block = self.text.as_bytes().get(byte / BLOCK * BLOCK..byte)?;
        Some(before + code_points(block))
    }

    /// The byte offset at which code point `code_point` begins; the number of code points gives the text's length.
    pub fn to_bytes(&self, code_point: usize) -> Option<usize> {
        if self.starts.is_empty() {
            return (code_point <= self.text.len()).then_some(code_point);
        }
        let block = self.starts.partition_point(|&before| before <= code_point) - 1;
        let mut left = code_point - self.starts[block];
        let mut byte = block * BLOCK;
        // Whole runs first: counting one is a few instructions, however many bytes it has.
        for run in self.text.as_bytes()[byte..].chunks_exact(RUN) {
            let inside = code_points(run);
            if inside > left {
                break;
            }
            left -= inside;
            byte += RUN;
        }
        for &b in &self.text.as_bytes()[byte..] {
            if is_start(b) {
                if left == 0 {
                    return Some(byte);
                }
                left -= 1;
            }
            byte += 1;
        }
        (left == 0).then_some(byte)
    }
}

/// How many code points begin in `bytes`. Runs are so short that a byte counts those of one: many are counted at once.
fn code_points(bytes: &[u8]) -> usize {
    let run = |run: &[u8]| run.iter().map(|&b| u8::from(is_start(b))).sum::<u8>();
    bytes
        .chunks(usize::from(u8::MAX))
        .map(|bytes| usize::from(run(bytes)))
        .sum()
}

/// Whether a byte of UTF-8 begins a character: all but `10xxxxxx` do.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every offset, both ways, against the standard library's own iteration.
    fn check(text: &str) {
        let offsets = Offsets::new(text);
        let mut bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).collect();
        bytes.push(text.len());
        for (code_point, &byte) in bytes.iter().enumerate() {
            assert_eq!(
                offsets.to_code_points(byte),
                Some(code_point),
                "byte {byte}"
            );
            assert_eq!(
                offsets.to_bytes(code_point),
                Some(byte),
                "code point {code_point}"
            );
        }
        for byte in 0..=text.len() + 1 {
            if !text.is_char_boundary(byte) {
                assert_eq!(offsets.to_code_points(byte), None);
            }
        }
        assert_eq!(offsets.to_bytes(bytes.len()), None);
        assert_eq!(offsets.to_bytes(usize::MAX), None);
    }

    #[test]
    fn agrees_with_char_indices_at_every_width_and_length() {
        for unit in ["a", "é", "“", "🎉", "e\u{301}", "a“🎉\r\n"] {
            for n in [
                0, 1, 2, 63, 64, 65, 85, 86, 127, 128, 129, 255, 256, 257, 600,
            ] {
                check(&unit.repeat(n));
            }
        }
    }
}

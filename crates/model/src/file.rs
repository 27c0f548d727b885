//! The header of a model's file, and numbers that are read where they lie.
//!
//! ```text
//! magic, 8 bytes            which kind of model it is
//! version, u32              of the kind's format; numbers are in little-endian order, like all below
//! feature set, u64          what the model was trained with
//! checksum, u64             of everything after it
//! ```

use crate::{Error, hash};
use std::ops::Range;

/// A kind of model file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// With its article, for messages: "a linear tagging model".
    pub name: &'static str,
    /// What a file begins with.
    pub magic: &'static [u8; 8],
    /// Of its contents; another one is refused.
    pub version: u32,
}

/// Magic, version, feature set and checksum.
const HEADER: usize = 28;

impl Format {
    /// Whether a file says that it is of this kind, damaged or not.
    pub fn is_format_of(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(self.magic)
    }

    /// A file of this kind that has `body` after its header.
    pub fn pack(&self, feature_set: u64, body: &[u8]) -> Vec<u8> {
        let mut file = self.magic.to_vec();
        file.extend(self.version.to_le_bytes());
        file.extend(feature_set.to_le_bytes());
        file.extend(hash(body).to_le_bytes());
        file.extend(body);
        file
    }

    /// Reads the header, but for the checksum; the reader stands behind it.
    pub fn read<'b>(&self, bytes: &'b [u8], feature_set: u64) -> Result<Reader<'b>, Error> {
        let name = self.name;
        if !self.is_format_of(bytes) {
            return Err(Error::Foreign(name));
        }
        let at = self.magic.len();
        let mut reader = Reader { name, bytes, at };
        let (found, expected) = (reader.u32()?, self.version);
        if found != expected {
            return Err(Error::Version {
                name,
                found,
                expected,
            });
        }
        let (found, expected) = (reader.u64()?, feature_set);
        if found != expected {
            return Err(Error::FeatureSet {
                name,
                found,
                expected,
            });
        }
        reader.u64()?;
        Ok(reader)
    }

    /// The checksum that a file says it has, as a fingerprint of what is in it.
    pub fn checksum(&self, bytes: &[u8]) -> Result<u64, Error> {
        let bytes = bytes.first_chunk::<HEADER>();
        let checksum = bytes.and_then(|header| header.last_chunk::<8>());
        checksum
            .map(|checksum| u64::from_le_bytes(*checksum))
            .ok_or(Error::Damaged {
                name: self.name,
                what: "cut short",
            })
    }

    /// An error where a byte after the header is not as it was written. Reads all of the file: for one that comes from
    /// anywhere; that of a model which is part of the program is for a test of the crate that carries it.
    pub fn check(&self, bytes: &[u8]) -> Result<(), Error> {
        let holds = self.checksum(bytes)? == hash(bytes.get(HEADER..).unwrap_or_default());
        holds.then_some(()).ok_or(Error::Damaged {
            name: self.name,
            what: "checksum",
        })
    }
}

/// Takes a file apart from its start; past its end is an error.
#[derive(Debug)]
pub struct Reader<'b> {
    name: &'static str,
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    /// The error that this file has a wrong value somewhere.
    pub fn damaged(&self, what: &'static str) -> Error {
        Error::Damaged {
            name: self.name,
            what,
        }
    }

    /// Where the next so many bytes stand.
    pub fn section(&mut self, length: usize) -> Result<Range<usize>, Error> {
        let start = self.at;
        let end = start
            .checked_add(length)
            .filter(|&end| end <= self.bytes.len())
            .ok_or(self.damaged("cut short"))?;
        self.at = end;
        Ok(start..end)
    }

    /// The next so many bytes.
    pub fn take(&mut self, length: usize) -> Result<&'b [u8], Error> {
        Ok(&self.bytes[self.section(length)?])
    }

    /// All that is left.
    pub fn rest(self) -> &'b [u8] {
        &self.bytes[self.at..]
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    /// The next byte.
    pub fn u8(&mut self) -> Result<u8, Error> {
        self.array().map(u8::from_le_bytes)
    }

    /// The next 4 bytes.
    pub fn u32(&mut self) -> Result<u32, Error> {
        self.array().map(u32::from_le_bytes)
    }

    /// The next 8 bytes.
    pub fn u64(&mut self) -> Result<u64, Error> {
        self.array().map(u64::from_le_bytes)
    }

    /// The next 4 bytes as a number.
    pub fn f32(&mut self) -> Result<f32, Error> {
        self.array().map(f32::from_le_bytes)
    }

    /// The next `n` numbers.
    pub fn f32s(&mut self, n: usize) -> Result<Vec<f32>, Error> {
        (0..n).map(|_| self.f32()).collect()
    }

    /// An error where something is left.
    pub fn end(self) -> Result<(), Error> {
        let at_end = self.at == self.bytes.len();
        at_end.then_some(()).ok_or(self.damaged("length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: Format = Format {
        name: "a test's model",
        magic: b"NTTESTED",
        version: 3,
    };

    /// All that is done with a file from anywhere.
    fn read(bytes: &[u8]) -> Result<u32, Error> {
        let mut reader = FORMAT.read(bytes, 7)?;
        let number = reader.u32()?;
        reader.end()?;
        FORMAT.check(bytes)?;
        Ok(number)
    }

    #[test]
    fn every_damage_is_an_error_that_says_what_and_what_to_do() {
        let file = FORMAT.pack(7, &5u32.to_le_bytes());
        assert_eq!(read(&file), Ok(5));
        for cut in 0..file.len() {
            assert!(read(&file[..cut]).is_err(), "{cut}");
        }
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut damaged = file.clone();
                damaged[at] ^= 1 << bit;
                assert!(read(&damaged).is_err(), "{at}");
            }
        }
        let refused = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        let foreign = "not a test's model: give a file of that kind";
        assert_eq!(refused(b""), foreign);
        assert_eq!(refused(b"NTTESTE"), foreign);
        assert_eq!(
            refused(&FORMAT.pack(8, b"")),
            "a test's model for feature set 0000000000000008, but this program has 0000000000000007: \
             take the model that came with this version of the program, or train it again"
        );
        let newer = Format {
            version: 4,
            ..FORMAT
        };
        assert_eq!(
            refused(&newer.pack(7, b"")),
            "a test's model of format version 4, but this program reads version 3: \
             take the model that came with this version of the program, or train it again"
        );
        assert_eq!(
            refused(&FORMAT.pack(7, b"12345")),
            "a test's model is damaged (length): copy the file again"
        );
        let mut changed = file.clone();
        changed[HEADER] ^= 1;
        assert_eq!(
            refused(&changed),
            "a test's model is damaged (checksum): copy the file again"
        );
    }
}

//! What the model files of this program have in common: a header, and numbers that are read where they lie.
//!
//! ```text
//! magic, 8 bytes            which kind of model it is
//! version, u32              of the kind's format; numbers are in little-endian order, like all below
//! feature set, u64          what the model was trained with
//! checksum, u64             of everything after it
//! ```

use crate::{Error, Labels, hash};
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
    pub fn is_meant_by(&self, bytes: &[u8]) -> bool {
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

    /// Reads the header, but for the checksum; what is given stands behind it.
    pub fn read<'b>(&self, bytes: &'b [u8], feature_set: u64) -> Result<Reader<'b>, Error> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(self.magic.len()).ok() != Some(self.magic) {
            return Err(Error::Foreign(self.name));
        }
        let (found, expected) = (reader.u32()?, self.version);
        if found != expected {
            return Err(Error::Version { found, expected });
        }
        let (found, expected) = (reader.u64()?, feature_set);
        if found != expected {
            return Err(Error::FeatureSet { found, expected });
        }
        reader.u64()?;
        Ok(reader)
    }
}

/// An error where a byte after the header is not as it was written.
pub fn check(bytes: &[u8]) -> Result<(), Error> {
    let holds = bytes
        .split_at_checked(HEADER)
        .is_some_and(|(header, body)| {
            let checksum = hash(body).to_le_bytes();
            header.ends_with(&checksum)
        });
    holds.then_some(()).ok_or(Error::Damaged("checksum"))
}

/// Takes a file apart from its start; past its end is an error.
#[derive(Debug)]
pub struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    /// Where the next so many bytes stand.
    pub fn section(&mut self, length: usize) -> Result<Range<usize>, Error> {
        let start = self.at;
        let end = start
            .checked_add(length)
            .filter(|&end| end <= self.bytes.len())
            .ok_or(Error::Damaged("cut short"))?;
        self.at = end;
        Ok(start..end)
    }

    /// The next so many bytes.
    pub fn take(&mut self, length: usize) -> Result<&'b [u8], Error> {
        Ok(&self.bytes[self.section(length)?])
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

    /// The next `n` numbers.
    pub fn f32s(&mut self, n: usize) -> Result<Vec<f32>, Error> {
        (0..n)
            .map(|_| self.array().map(f32::from_le_bytes))
            .collect()
    }

    /// Labels, as [`Labels::pack`] writes them.
    pub fn labels(&mut self) -> Result<Labels, Error> {
        let kinds = (0..self.u8()?).map(|_| {
            let length = self.u8()?;
            let name = std::str::from_utf8(self.take(length.into())?);
            name.map_err(|_| Error::Damaged("a kind's name is not UTF-8"))
        });
        Labels::new(kinds.collect::<Result<Vec<_>, _>>()?)
    }

    /// An error where something is left.
    pub fn end(self) -> Result<(), Error> {
        let at_end = self.at == self.bytes.len();
        at_end.then_some(()).ok_or(Error::Damaged("length"))
    }
}

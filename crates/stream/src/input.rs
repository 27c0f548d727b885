//! Where documents come from.

use crate::compression::decompress;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

/// A file, or the standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The standard input, called `-` in messages and ids.
    Stdin,
    /// The file at this path.
    Path(PathBuf),
}

impl Input {
    /// The input that an argument names: `-` is the standard input.
    pub fn new(argument: impl Into<PathBuf>) -> Self {
        let path = argument.into();
        if path.as_os_str() == "-" {
            Self::Stdin
        } else {
            Self::Path(path)
        }
    }

    /// The name in messages and ids. Bytes of a path that are no UTF-8 show as U+FFFD.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::Stdin => "-".into(),
            Self::Path(path) => path.to_string_lossy().into(),
        }
    }

    /// The input's bytes, decompressed.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let reader: Box<dyn Read + Send> = match self {
            Self::Stdin => Box::new(io::stdin()),
            Self::Path(path) => Box::new(File::open(path)?),
        };
        decompress(reader)
    }
}

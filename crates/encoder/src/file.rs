//! The encoder's file: one flat stretch of bytes that is read where it lies.
//!
//! ```text
//! magic, 8 bytes            "NTENCODE"
//! version, u32              numbers in little-endian order, like all below
//! feature set, u64          which pieces, cases and states the model was trained with
//! checksum, u64             of everything after it
//! sizes, 6 × u32            layers, hidden, inner, positions, words, bytes of the vocabulary
//! two heads                 quotes, then entities: kinds, u8; then each name as its length, u8, and UTF-8;
//!                           transitions, f32, labels × labels, [previous][next]
//! vocabulary                see `vocabulary`
//! word scales, f32          one a word
//! words, i8                 words × hidden
//! positions, f32            positions × hidden, the embedding of BERT's first segment added
//! cases, states, f32        6 × hidden and 5 × hidden
//! norm                      weight and bias, f32, hidden each
//! layers                    queries, keys and values as one product; output; norm; inner; outer; norm
//! head rows                 for each head, weights f32, labels × hidden, and bias f32, labels
//! ```
//!
//! A product is its scales and bias, `f32`, and the sums of its weights, `i32`, one an output each, and its weights in the
//! order of [`crate::product::panels`]. Sections follow from the sizes alone, and have no alignment: numbers of more than one
//! byte are put together from their bytes, which costs nothing on any processor of today.

use crate::pieces::Case;
use crate::product::{Linear, OUTPUTS};
use crate::vocabulary::Vocabulary;
use crate::windows::State;
use crate::{Error, FEATURE_SET};
use std::ops::Range;
use tagger::{Chain, Labels, hash};

pub(crate) const MAGIC: &[u8; 8] = b"NTENCODE";
pub(crate) const VERSION: u32 = 1;
/// Magic, version, feature set and checksum.
pub(crate) const HEADER: usize = 28;
/// The width of an attention head; a model's hidden size is a multiple of it.
pub(crate) const HEAD: usize = 32;
/// Larger sizes are no model but damage.
const MOST: usize = 1 << 16;

/// The numbers that the sections follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    pub layers: usize,
    /// Numbers a row (word piece).
    pub hidden: usize,
    /// Numbers a row between a layer's last two products.
    pub inner: usize,
    pub positions: usize,
    pub words: usize,
    /// In bytes.
    pub vocabulary: usize,
}

/// What the encoder is asked for: labels, what binds them, and where the weights of their scores are.
#[derive(Debug, Clone)]
pub struct Head {
    /// The labels that it scores.
    pub labels: Labels,
    /// Their transitions.
    pub chain: Chain,
    pub(crate) weight: Section,
    pub(crate) bias: Section,
}

/// Where a section stands in the file.
pub(crate) type Section = Range<usize>;

/// A product's sections.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    scales: Section,
    bias: Section,
    sums: Section,
    weights: Section,
}

impl Product {
    pub fn of<'m>(&self, bytes: &'m [u8]) -> Linear<'m> {
        Linear {
            scales: &bytes[self.scales.clone()],
            bias: &bytes[self.bias.clone()],
            sums: &bytes[self.sums.clone()],
            weights: &bytes[self.weights.clone()],
        }
    }
}

/// The weight and the bias of a norm.
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    pub weight: Section,
    pub bias: Section,
}

#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub attention: Product,
    pub output: Product,
    pub attention_norm: Norm,
    pub inner: Product,
    pub outer: Product,
    pub norm: Norm,
}

/// Where everything is. All sections are within the file.
#[derive(Debug, Clone)]
pub(crate) struct Sections {
    pub sizes: Sizes,
    pub quotes: Head,
    pub entities: Head,
    pub vocabulary: Section,
    pub word_scales: Section,
    pub words: Section,
    pub positions: Section,
    pub cases: Section,
    pub states: Section,
    pub norm: Norm,
    pub layers: Vec<Layer>,
}

impl Sections {
    /// Finds the sections of a file; of their contents only the heads' labels and transitions, and the vocabulary's
    /// frame, are looked at.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(MAGIC.len()).ok() != Some(MAGIC) {
            return Err(Error::Foreign);
        }
        let found = reader.u32()?;
        if found != VERSION {
            let expected = VERSION;
            return Err(Error::Version { found, expected });
        }
        let found = reader.u64()?;
        if found != FEATURE_SET {
            let expected = FEATURE_SET;
            return Err(Error::FeatureSet { found, expected });
        }
        reader.u64()?;
        let sizes = reader.sizes()?;
        let mut quotes = reader.head()?;
        let mut entities = reader.head()?;
        let hidden = sizes.hidden;
        let vocabulary = reader.section(sizes.vocabulary)?;
        let pieces = Vocabulary::read(&bytes[vocabulary.clone()]).map_err(Error::Vocabulary)?;
        if pieces.len() != sizes.words {
            return Err(Error::Damaged("number of words"));
        }
        let sections = Self {
            sizes,
            vocabulary,
            word_scales: reader.section(4 * sizes.words)?,
            words: reader.section(sizes.words * hidden)?,
            positions: reader.section(4 * sizes.positions * hidden)?,
            cases: reader.section(4 * Case::COUNT * hidden)?,
            states: reader.section(4 * State::COUNT * hidden)?,
            norm: reader.norm(hidden)?,
            layers: (0..sizes.layers)
                .map(|_| reader.layer(sizes))
                .collect::<Result<_, _>>()?,
            quotes: {
                reader.rows(&mut quotes, hidden)?;
                quotes
            },
            entities: {
                reader.rows(&mut entities, hidden)?;
                entities
            },
        };
        if reader.at != bytes.len() {
            return Err(Error::Damaged("length"));
        }
        Ok(sections)
    }
}

/// Whether every byte after the header is as it was written.
pub(crate) fn checksum_holds(bytes: &[u8]) -> bool {
    let (Some(header), Some(rest)) = (bytes.get(..HEADER), bytes.get(HEADER..)) else {
        return false;
    };
    header[HEADER - 8..] == hash(rest).to_le_bytes()
}

/// Takes a file apart from its start; past its end is an error.
struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn section(&mut self, length: usize) -> Result<Section, Error> {
        let start = self.at;
        let end = start
            .checked_add(length)
            .filter(|&end| end <= self.bytes.len())
            .ok_or(Error::Damaged("cut short"))?;
        self.at = end;
        Ok(start..end)
    }

    fn take(&mut self, length: usize) -> Result<&'b [u8], Error> {
        Ok(&self.bytes[self.section(length)?])
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u8(&mut self) -> Result<u8, Error> {
        self.array().map(u8::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, Error> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, Error> {
        self.array().map(u64::from_le_bytes)
    }

    fn size(&mut self) -> Result<usize, Error> {
        let size = self.u32()? as usize;
        let possible = (1..=MOST).contains(&size);
        possible.then_some(size).ok_or(Error::Damaged("a size"))
    }

    fn sizes(&mut self) -> Result<Sizes, Error> {
        let sizes = Sizes {
            layers: self.size()?,
            hidden: self.size()?,
            inner: self.size()?,
            positions: self.size()?,
            words: self.size()?,
            vocabulary: self.u32()? as usize,
        };
        let whole = sizes.hidden.is_multiple_of(HEAD) && sizes.inner.is_multiple_of(OUTPUTS);
        whole.then_some(sizes).ok_or(Error::Damaged("a size"))
    }

    /// A head's labels and transitions; its rows come later.
    fn head(&mut self) -> Result<Head, Error> {
        let mut kinds = Vec::new();
        for _ in 0..self.u8()? {
            let length = self.u8()?.into();
            let name = std::str::from_utf8(self.take(length)?);
            let name = name.map_err(|_| Error::Damaged("a kind's name is not UTF-8"))?;
            kinds.push(name.to_owned());
        }
        let labels = Labels::new(kinds).map_err(|_| Error::Damaged("kinds"))?;
        let transitions = self.take(4 * labels.len() * labels.len())?;
        let transitions: Vec<f32> = crate::arithmetic::floats(transitions).collect();
        let chain = Chain::new(&labels, &transitions).map_err(|_| Error::Damaged("transitions"))?;
        Ok(Head {
            labels,
            chain,
            weight: 0..0,
            bias: 0..0,
        })
    }

    fn rows(&mut self, head: &mut Head, hidden: usize) -> Result<(), Error> {
        head.weight = self.section(4 * head.labels.len() * hidden)?;
        head.bias = self.section(4 * head.labels.len())?;
        Ok(())
    }

    fn norm(&mut self, hidden: usize) -> Result<Norm, Error> {
        Ok(Norm {
            weight: self.section(4 * hidden)?,
            bias: self.section(4 * hidden)?,
        })
    }

    fn product(&mut self, inputs: usize, outputs: usize) -> Result<Product, Error> {
        Ok(Product {
            scales: self.section(4 * outputs)?,
            bias: self.section(4 * outputs)?,
            sums: self.section(4 * outputs)?,
            weights: self.section(inputs * outputs)?,
        })
    }

    fn layer(&mut self, sizes: Sizes) -> Result<Layer, Error> {
        let (hidden, inner) = (sizes.hidden, sizes.inner);
        Ok(Layer {
            attention: self.product(hidden, 3 * hidden)?,
            output: self.product(hidden, hidden)?,
            attention_norm: self.norm(hidden)?,
            inner: self.product(hidden, inner)?,
            outer: self.product(inner, hidden)?,
            norm: self.norm(hidden)?,
        })
    }
}

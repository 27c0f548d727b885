//! The encoder's file: one flat stretch of bytes that is read where it lies.
//!
//! ```text
//! header                    see `model::Format`; the feature set is which pieces, cases and places it was trained with
//! sizes, 6 × u32            layers, hidden, inner, positions, words, bytes of the vocabulary
//! exit                      after which layer, u32, 0 where there is none; and from which probability, f32
//! two heads                 quotes, then entities: kinds, see `tagger::Labels::pack`;
//!                           transitions, f32, labels × labels, [previous][next]
//! vocabulary                see `vocabulary`
//! word scales, f32          one a word
//! words, i8                 words × hidden
//! positions, f32            positions × hidden, the embedding of BERT's first segment added
//! cases, places, f32        6 × hidden and 5 × hidden
//! norm                      weight and bias, f32, hidden each
//! layers                    queries, keys and values as one product; output; norm; inner; outer; norm
//! head rows                 for each head, weights f32, labels × hidden, and bias f32, labels; where there is an exit,
//!                           the same again for what is scored there
//! ```
//!
//! A product is its scales and bias, `f32`, and the sums of its weights, `i32`, one an output each, and its weights in the
//! order of [`crate::product::panels`]. Sections follow from the sizes alone, and have no alignment: numbers of more than one
//! byte are put together from their bytes, which costs nothing on any processor of today.

use crate::pieces::Case;
use crate::product::{Linear, OUTPUTS};
use crate::vocabulary::Vocabulary;
use crate::{Error, FEATURE_SET};
use model::{Format, Reader};
use std::ops::Range;
use tagger::{Chain, Labels};
use text::Place;

pub(crate) const FORMAT: Format = Format {
    name: "an encoder model",
    magic: b"NTENCODE",
    version: 2,
};
/// The width of an attention head; a model's hidden size is a multiple of it.
pub(crate) const HEAD: usize = 32;
/// A file that gives a larger size is damaged.
const LARGEST_SIZE: usize = 1 << 16;

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

/// One of the encoder's two tasks: its labels, their transitions, and where the weights of their scores are.
#[derive(Debug, Clone)]
pub struct Head {
    /// The labels that it scores.
    pub labels: Labels,
    /// Their transitions.
    pub chain: Chain,
    /// After the last layer.
    pub(crate) rows: HeadRows,
    /// Where the model has an exit, after its layer.
    pub(crate) exit_rows: Option<HeadRows>,
}

/// The weights of a head's scores.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeadRows {
    pub weight: Section,
    pub bias: Section,
}

/// Where tokens whose labels are sure need no more layers (Li et al. 2021, "Accelerating BERT Inference for Sequence
/// Labeling via Early-Exit").
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exit {
    /// How many layers come before it: at least one, and not all.
    pub after: usize,
    /// A token is settled where its likeliest label has a greater probability than this; from 0, which settles all that
    /// is labelled, to 1, which settles none.
    pub threshold: f32,
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
    pub(crate) fn of<'m>(&self, bytes: &'m [u8]) -> Linear<'m> {
        self.outputs(bytes, 0..self.width())
    }

    /// How many numbers it gives for a row.
    pub(crate) fn width(&self) -> usize {
        self.scales.len() / 4
    }

    /// The product for some of its outputs; both ends are multiples of [`OUTPUTS`].
    pub(crate) fn outputs<'m>(&self, bytes: &'m [u8], outputs: Range<usize>) -> Linear<'m> {
        let inputs = self.weights.len() / self.width();
        let part = |section: &Section, each: usize| {
            &bytes[section.clone()][each * outputs.start..each * outputs.end]
        };
        Linear {
            scales: part(&self.scales, 4),
            bias: part(&self.bias, 4),
            sums: part(&self.sums, 4),
            weights: part(&self.weights, inputs),
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
    pub exit: Option<Exit>,
    pub quotes: Head,
    pub entities: Head,
    pub vocabulary: Section,
    pub word_scales: Section,
    pub words: Section,
    pub positions: Section,
    pub cases: Section,
    pub places: Section,
    pub norm: Norm,
    pub layers: Vec<Layer>,
}

impl Sections {
    /// Finds the sections of a file; of their contents only the heads' labels and transitions, and the vocabulary's
    /// frame, are looked at.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = FORMAT.read(bytes, FEATURE_SET)?;
        let sizes = sizes(&mut reader)?;
        let exit = exit(&mut reader, sizes.layers)?;
        let mut quotes = head(&mut reader)?;
        let mut entities = head(&mut reader)?;
        let hidden = sizes.hidden;
        let vocabulary = reader.section(sizes.vocabulary)?;
        let pieces = Vocabulary::read(&bytes[vocabulary.clone()]).map_err(Error::Vocabulary)?;
        if pieces.len() != sizes.words {
            return Err(reader.damaged("number of words").into());
        }
        let sections = Self {
            sizes,
            exit,
            vocabulary,
            word_scales: reader.section(4 * sizes.words)?,
            words: reader.section(sizes.words * hidden)?,
            positions: reader.section(4 * sizes.positions * hidden)?,
            cases: reader.section(4 * Case::COUNT * hidden)?,
            places: reader.section(4 * Place::COUNT * hidden)?,
            norm: norm(&mut reader, hidden)?,
            layers: (0..sizes.layers)
                .map(|_| layer(&mut reader, sizes))
                .collect::<Result<_, _>>()?,
            quotes: {
                rows(&mut reader, &mut quotes, hidden, exit)?;
                quotes
            },
            entities: {
                rows(&mut reader, &mut entities, hidden, exit)?;
                entities
            },
        };
        reader.end()?;
        Ok(sections)
    }
}

fn size(reader: &mut Reader) -> Result<usize, model::Error> {
    let size = reader.u32()? as usize;
    let possible = (1..=LARGEST_SIZE).contains(&size);
    possible.then_some(size).ok_or(reader.damaged("a size"))
}

fn sizes(reader: &mut Reader) -> Result<Sizes, model::Error> {
    let sizes = Sizes {
        layers: size(reader)?,
        hidden: size(reader)?,
        inner: size(reader)?,
        positions: size(reader)?,
        words: size(reader)?,
        vocabulary: reader.u32()? as usize,
    };
    let whole = sizes.hidden.is_multiple_of(HEAD) && sizes.inner.is_multiple_of(OUTPUTS);
    whole.then_some(sizes).ok_or(reader.damaged("a size"))
}

fn exit(reader: &mut Reader, layers: usize) -> Result<Option<Exit>, model::Error> {
    let after = reader.u32()? as usize;
    let threshold = f32::from_bits(reader.u32()?);
    if after == 0 {
        return Ok(None);
    }
    let exit = Exit { after, threshold };
    let possible = exit.is_possible(layers);
    possible
        .then_some(Some(exit))
        .ok_or(reader.damaged("the exit"))
}

impl Exit {
    pub(crate) fn is_possible(&self, layers: usize) -> bool {
        (1..layers).contains(&self.after) && (0.0..=1.0).contains(&self.threshold)
    }
}

/// A head's labels and transitions; its rows come later.
fn head(reader: &mut Reader) -> Result<Head, Error> {
    let labels = Labels::read(reader)?;
    let transitions = reader.f32s(labels.len() * labels.len())?;
    Ok(Head {
        chain: Chain::new(&labels, &transitions)?,
        labels,
        rows: HeadRows::default(),
        exit_rows: None,
    })
}

fn rows(
    reader: &mut Reader,
    head: &mut Head,
    hidden: usize,
    exit: Option<Exit>,
) -> Result<(), model::Error> {
    let labels = head.labels.len();
    let mut rows = || {
        Ok(HeadRows {
            weight: reader.section(4 * labels * hidden)?,
            bias: reader.section(4 * labels)?,
        })
    };
    head.rows = rows()?;
    head.exit_rows = exit.map(|_| rows()).transpose()?;
    Ok(())
}

fn norm(reader: &mut Reader, hidden: usize) -> Result<Norm, model::Error> {
    Ok(Norm {
        weight: reader.section(4 * hidden)?,
        bias: reader.section(4 * hidden)?,
    })
}

fn product(reader: &mut Reader, inputs: usize, outputs: usize) -> Result<Product, model::Error> {
    Ok(Product {
        scales: reader.section(4 * outputs)?,
        bias: reader.section(4 * outputs)?,
        sums: reader.section(4 * outputs)?,
        weights: reader.section(inputs * outputs)?,
    })
}

fn layer(reader: &mut Reader, sizes: Sizes) -> Result<Layer, model::Error> {
    let (hidden, inner) = (sizes.hidden, sizes.inner);
    Ok(Layer {
        attention: product(reader, hidden, 3 * hidden)?,
        output: product(reader, hidden, hidden)?,
        attention_norm: norm(reader, hidden)?,
        inner: product(reader, hidden, inner)?,
        outer: product(reader, inner, hidden)?,
        norm: norm(reader, hidden)?,
    })
}

//! Making the encoder's file from trained weights.

use crate::file::{self, Exit, FORMAT};
use crate::pieces::Case;
use crate::product::{LARGEST_WEIGHT, panels};
use crate::vocabulary::Vocabulary;
use crate::{Error, FEATURE_SET};
use std::collections::BTreeMap;
use tagger::Labels;
use text::Place;

/// Packs trained weights into the bytes of a file; equal weights give equal bytes.
///
/// `tensors` has each tensor's numbers, row by row, by the name that Hugging Face's BERT has for it
/// (`encoder.layer.0.output.dense.weight`); beside those there are `embeddings.case_embeddings.weight`,
/// `embeddings.quotation_embeddings.weight` (one row for each [`Place`]), and for either head
/// `heads.quotes.weight`, `heads.quotes.bias` and `transitions.quotes`. `vocabulary` names the word pieces, in order;
/// `quotes` and `entities` are the labels of the heads' rows. With an `exit` there are `exits.quotes.weight` and the like
/// beside the heads.
pub fn pack<'p>(
    tensors: &BTreeMap<String, Vec<f32>>,
    vocabulary: impl IntoIterator<Item = &'p str>,
    quotes: &Labels,
    entities: &Labels,
    exit: Option<Exit>,
) -> Result<Vec<u8>, Error> {
    let vocabulary = Vocabulary::pack(vocabulary).map_err(Error::Vocabulary)?;
    let lacks = |name: &str| Error::Lacks(name.to_owned());
    let tensor = |name: &str| tensors.get(name).cloned().ok_or_else(|| lacks(name));
    let mut embeddings = Embeddings::of(tensor)?;
    let hidden = embeddings.norm.len() / 2;
    let has_layer = |number: &usize| {
        let name = format!("encoder.layer.{number}.");
        tensors.keys().any(|key| key.starts_with(&name))
    };
    let layers = (0..).take_while(has_layer).map(|n| Layer::of(tensor, n));
    let layers = layers.collect::<Result<Vec<_>, _>>()?;
    let inner = layers.first().map_or(0, |layer| layer.inner_bias.len());
    let words = embeddings.words.len() / hidden.max(1);
    let mut file = File::default();
    let positions = embeddings.positions.len() / hidden.max(1);
    for size in [
        layers.len(),
        hidden,
        inner,
        positions,
        words,
        vocabulary.len(),
    ] {
        file.bytes.extend((size as u32).to_le_bytes());
    }
    file.exit(exit, layers.len())?;
    let heads = [("quotes", quotes), ("entities", entities)];
    for (name, labels) in heads {
        file.head(labels, &tensor(&format!("transitions.{name}"))?)?;
    }
    file.bytes.extend(vocabulary);
    let rows = || embeddings.words.chunks_exact(hidden.max(1));
    let scales: Vec<f32> = rows()
        .map(|row| greatest(row) / f32::from(i8::MAX))
        .collect();
    file.floats(&scales);
    for (row, scale) in rows().zip(scales) {
        file.bytes
            .extend(steps(row, scale, i8::MAX).map(|step| step as u8));
    }
    for position in embeddings.positions.chunks_exact_mut(hidden.max(1)) {
        for (p, s) in position.iter_mut().zip(&embeddings.segment) {
            *p += s;
        }
    }
    file.floats(&embeddings.positions);
    file.floats(&sized(
        embeddings.cases,
        Case::COUNT * hidden,
        "case embeddings",
    )?);
    file.floats(&sized(
        embeddings.places,
        Place::COUNT * hidden,
        "quotation embeddings",
    )?);
    file.floats(&embeddings.norm);
    for layer in layers {
        file.product(&layer.attention, &layer.attention_bias, hidden)?;
        file.product(&layer.output, &layer.output_bias, hidden)?;
        file.floats(&layer.attention_norm);
        file.product(&layer.inner, &layer.inner_bias, hidden)?;
        file.product(&layer.outer, &layer.outer_bias, inner)?;
        file.floats(&layer.norm);
    }
    for (name, labels) in heads {
        for at in ["heads"].into_iter().chain(exit.map(|_| "exits")) {
            let weight = tensor(&format!("{at}.{name}.weight"))?;
            file.floats(&sized(weight, labels.len() * hidden, "head")?);
            let bias = tensor(&format!("{at}.{name}.bias"))?;
            file.floats(&sized(bias, labels.len(), "head")?);
        }
    }
    let bytes = FORMAT.pack(FEATURE_SET, &file.bytes);
    file::Sections::read(&bytes)?;
    Ok(bytes)
}

/// A row in steps of `scale`, none more than `most` of them.
fn steps(row: &[f32], scale: f32, most: i8) -> impl Iterator<Item = i8> {
    let most = f32::from(most);
    let steps = move |w: &f32| {
        if scale > 0.0 {
            (w / scale).round()
        } else {
            0.0
        }
    };
    row.iter().map(move |w| steps(w).clamp(-most, most) as i8)
}

fn greatest(row: &[f32]) -> f32 {
    row.iter().fold(0.0, |most, w| most.max(w.abs()))
}

/// The scale that loses least of an output's weights: it may cut off the largest of them, so that the others have finer
/// steps. Tried are scales from one that cuts off nothing down to about half of it, in steps of 2 %.
pub(crate) fn scale(row: &[f32]) -> f32 {
    let whole = greatest(row) / f32::from(LARGEST_WEIGHT);
    let lost = |scale: f32| -> f64 {
        let kept = steps(row, scale, LARGEST_WEIGHT).map(|step| f32::from(step) * scale);
        let lost = row.iter().zip(kept).map(|(w, kept)| f64::from(w - kept));
        lost.map(|lost| lost * lost).sum()
    };
    const TRIED: u8 = 25;
    const STEP: f32 = 0.02;
    let scales = (0..TRIED).map(|n| whole * (1.0 - STEP * f32::from(n)));
    let best = scales.map(|scale| (lost(scale), scale));
    let best = best.reduce(|best, next| if next.0 < best.0 { next } else { best });
    best.map_or(whole, |(_, scale)| scale)
}

fn sized(tensor: Vec<f32>, length: usize, name: &str) -> Result<Vec<f32>, Error> {
    let fits = tensor.len() == length;
    fits.then_some(tensor)
        .ok_or_else(|| Error::Shape(name.to_owned()))
}

struct Embeddings {
    words: Vec<f32>,
    positions: Vec<f32>,
    /// Of BERT's first segment, which is all that there is here.
    segment: Vec<f32>,
    cases: Vec<f32>,
    places: Vec<f32>,
    norm: Vec<f32>,
}

impl Embeddings {
    fn of(tensor: impl Fn(&str) -> Result<Vec<f32>, Error>) -> Result<Self, Error> {
        let norm = norm(&tensor, "embeddings")?;
        let table = |name: &str| {
            let name = format!("embeddings.{name}_embeddings.weight");
            let rows = tensor(&name)?;
            let whole = !rows.is_empty() && rows.len().is_multiple_of(norm.len() / 2);
            whole.then_some(rows).ok_or(Error::Shape(name))
        };
        Ok(Self {
            words: table("word")?,
            positions: table("position")?,
            segment: table("token_type")?,
            cases: table("case")?,
            places: table("quotation")?,
            norm,
        })
    }
}

struct Layer {
    attention: Vec<f32>,
    attention_bias: Vec<f32>,
    output: Vec<f32>,
    output_bias: Vec<f32>,
    attention_norm: Vec<f32>,
    inner: Vec<f32>,
    inner_bias: Vec<f32>,
    outer: Vec<f32>,
    outer_bias: Vec<f32>,
    norm: Vec<f32>,
}

impl Layer {
    fn of(tensor: impl Fn(&str) -> Result<Vec<f32>, Error>, number: usize) -> Result<Self, Error> {
        let layer = |name: &str| tensor(&format!("encoder.layer.{number}.{name}"));
        let attention = |what: &str| {
            let parts = ["query", "key", "value"]
                .map(|part| layer(&format!("attention.self.{part}.{what}")));
            let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
            Ok::<_, Error>(parts.concat())
        };
        Ok(Self {
            attention: attention("weight")?,
            attention_bias: attention("bias")?,
            output: layer("attention.output.dense.weight")?,
            output_bias: layer("attention.output.dense.bias")?,
            attention_norm: norm(layer, "attention.output")?,
            inner: layer("intermediate.dense.weight")?,
            inner_bias: layer("intermediate.dense.bias")?,
            outer: layer("output.dense.weight")?,
            outer_bias: layer("output.dense.bias")?,
            norm: norm(layer, "output")?,
        })
    }
}

/// A norm's weight and bias, one after the other.
fn norm(tensor: impl Fn(&str) -> Result<Vec<f32>, Error>, name: &str) -> Result<Vec<f32>, Error> {
    let mut both = tensor(&format!("{name}.LayerNorm.weight"))?;
    both.extend(tensor(&format!("{name}.LayerNorm.bias"))?);
    Ok(both)
}

/// What comes after the header.
#[derive(Default)]
struct File {
    bytes: Vec<u8>,
}

impl File {
    fn floats(&mut self, floats: &[f32]) {
        self.bytes
            .extend(floats.iter().flat_map(|x| x.to_le_bytes()));
    }

    fn exit(&mut self, exit: Option<Exit>, layers: usize) -> Result<(), Error> {
        if exit.is_some_and(|exit| !exit.is_possible(layers)) {
            return Err(Error::Shape("the exit".to_owned()));
        }
        let (after, threshold) = exit.map_or((0, 0.0), |exit| (exit.after as u32, exit.threshold));
        self.bytes.extend(after.to_le_bytes());
        self.floats(&[threshold]);
        Ok(())
    }

    fn head(&mut self, labels: &Labels, transitions: &[f32]) -> Result<(), Error> {
        if transitions.len() != labels.len() * labels.len() {
            return Err(Error::Shape("transitions".to_owned()));
        }
        self.bytes.extend(labels.pack());
        self.floats(transitions);
        Ok(())
    }

    fn product(&mut self, weights: &[f32], bias: &[f32], inputs: usize) -> Result<(), Error> {
        if weights.len() != inputs * bias.len() {
            return Err(Error::Shape("a layer's weights".to_owned()));
        }
        let rows = || weights.chunks_exact(inputs.max(1));
        let scales: Vec<f32> = rows().map(scale).collect();
        let weights = rows()
            .zip(&scales)
            .flat_map(|(row, scale)| steps(row, *scale, LARGEST_WEIGHT));
        let weights: Vec<i8> = weights.collect();
        self.floats(&scales);
        self.floats(bias);
        for row in weights.chunks_exact(inputs.max(1)) {
            let sum: i32 = row.iter().map(|&w| i32::from(w)).sum();
            self.bytes.extend(sum.to_le_bytes());
        }
        self.bytes.extend(panels(&weights, inputs));
        Ok(())
    }
}

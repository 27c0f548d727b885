//! Finds the parts of quotations with one model or the other.

use crate::decoding::{
    Decoder, ENCODER, LINEAR, allowed_by_marks, end_before_participles, end_with_sentences,
};
use crate::features::{WINDOW, emissions};
use crate::layout::Layout;
use crate::linking::Part;
use crate::model::{KINDS, Model, each_paragraph, paragraphs_of};
use document::{Sentence, Span};
use encoder::{Encoder, Heads, Reading};
use entities::ModelError;
use std::sync::Arc;
use tagger::Rows;

/// A model of quotations.
#[derive(Debug)]
pub(crate) enum Finder {
    /// The fast one.
    Linear(Box<Model>),
    /// The accurate one.
    Encoder(Arc<Encoder>),
}

impl Finder {
    /// An encoder that has a head for quotations.
    pub fn of_encoder(encoder: Arc<Encoder>) -> Result<Self, ModelError> {
        if encoder.quotes().labels.kinds() != KINDS {
            return Err(tagger::Error::Kinds("not those of quotations").into());
        }
        Ok(Self::Encoder(encoder))
    }

    /// The parts, ordered and disjoint, each with the model's probability of it; and what the encoder read, which has
    /// names in it too where it was asked for both.
    pub fn parts(
        &self,
        layout: &Layout,
        sentences: &[Sentence],
        heads: Heads,
    ) -> (Vec<Part>, Option<Reading>) {
        let (mut parts, reading) = match self {
            Self::Linear(model) => (linear_parts(model, layout), None),
            Self::Encoder(encoder) => {
                let (parts, reading) = encoder_parts(encoder, layout, sentences, heads);
                (parts, Some(reading))
            }
        };
        parts.sort_by_key(|p: &Part| p.span.start);
        (parts, reading)
    }
}

fn linear_parts(model: &Model, layout: &Layout) -> Vec<Part> {
    let decoder = Decoder {
        labels: model.linear.labels(),
        chain: model.linear.chain(),
        tuning: LINEAR,
    };
    let mut scorer = model.linear.scorer(WINDOW);
    let mut rows = Rows::default();
    let mut parts = Vec::new();
    each_paragraph(layout, &model.lexicon, |words, before| {
        let spans: Vec<Span> = words.words.iter().map(|w| w.span.clone()).collect();
        let mut allowed = allowed_by_marks(layout, &spans);
        end_with_sentences(layout, &spans, &mut allowed);
        end_before_participles(words, &mut allowed);
        let emissions = emissions(words, before, &mut scorer, &mut rows);
        decoder.decode(&spans, emissions, &allowed, &mut parts);
    });
    parts
}

fn encoder_parts(
    encoder: &Encoder,
    layout: &Layout,
    sentences: &[Sentence],
    heads: Heads,
) -> (Vec<Part>, Reading) {
    let decoder = Decoder {
        labels: &encoder.quotes().labels,
        chain: &encoder.quotes().chain,
        tuning: ENCODER,
    };
    let tokens = text::tokens(layout.text);
    let reading = encoder.read(layout.text, &tokens, sentences, heads);
    let labels = decoder.labels.len();
    let mut parts = Vec::new();
    for paragraph in paragraphs_of(layout, &tokens) {
        let spans: Vec<Span> = tokens[paragraph.clone()]
            .iter()
            .map(|t| t.span.clone())
            .collect();
        let emissions = &reading.quotes[paragraph.start * labels..paragraph.end * labels];
        let mut allowed = allowed_by_marks(layout, &spans);
        end_with_sentences(layout, &spans, &mut allowed);
        decoder.decode(&spans, emissions.to_vec(), &allowed, &mut parts);
    }
    (parts, reading)
}

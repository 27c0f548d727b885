//! Finds the parts of quotations with one model or with two.

use crate::FAST;
use crate::decoding::{
    Decoder, ENCODER, LINEAR, allowed_by_marks, end_before_participles, end_with_sentences,
};
use crate::features::{WINDOW, emissions};
use crate::layout::Layout;
use crate::linking::Part;
use crate::model::{Model, each_paragraph};
use document::{Sentence, Span};
use encoder::{Encoder, Heads, Reading};
use entities::ModelError;
use std::sync::Arc;
use tagger::{Chain, Rows};
use text::Token;

/// A model of quotations: the linear one, and in the accurate one an encoder beside it. Both label together, by the sums of
/// their scores: the linear one costs a fiftieth, and F1 of contents on PolNeAR's dev part rises from 79.2 to 79.7, exact from
/// 64.1 to 65.7 (with `--strict`, from 66.7 to 68.3); attribution is the same.
#[derive(Debug)]
pub(crate) struct Finder {
    linear: Box<Model>,
    encoder: Option<Arc<Encoder>>,
    chain: Chain,
}

impl Finder {
    /// The linear model alone.
    pub fn of_linear(linear: Model) -> Self {
        Self {
            chain: linear.linear.chain().clone(),
            linear: linear.into(),
            encoder: None,
        }
    }

    /// An encoder that has a head for quotations, and the program's linear model.
    pub fn of_encoder(encoder: Arc<Encoder>) -> Result<Self, ModelError> {
        let linear = Model::from_static(FAST)?;
        let head = encoder.quotes();
        if head.labels != *linear.linear.labels() {
            return Err(tagger::Error::Kinds("not those of quotations").into());
        }
        Ok(Self {
            chain: head.chain.sum(linear.linear.chain())?,
            linear: linear.into(),
            encoder: Some(encoder),
        })
    }

    /// The parts, ordered and disjoint, each with the model's probability of it; and what the encoder read, which has
    /// names in it too where it was asked for both.
    pub fn parts(
        &self,
        layout: &Layout,
        tokens: &[Token],
        sentences: &[Sentence],
        heads: Heads,
    ) -> (Vec<Part>, Option<Reading>) {
        let read = |encoder: &Arc<Encoder>| encoder.read(layout.text, tokens, sentences, heads);
        let reading = self.encoder.as_ref().map(read);
        let linear = &self.linear.linear;
        let decoder = Decoder {
            labels: linear.labels(),
            chain: &self.chain,
            tuning: if reading.is_some() { ENCODER } else { LINEAR },
        };
        let mut scorer = linear.scorer(WINDOW);
        let mut rows = Rows::default();
        let mut parts = Vec::new();
        each_paragraph(layout, tokens, &self.linear.lexicon, |words, before| {
            let spans: Vec<Span> = words.words.iter().map(|w| w.span.clone()).collect();
            let mut allowed = allowed_by_marks(layout, &spans);
            end_with_sentences(layout, &spans, &mut allowed);
            end_before_participles(words, &mut allowed);
            let mut emissions = emissions(words, before, &mut scorer, &mut rows);
            if let (Some(reading), Some(first)) = (&reading, spans.first()) {
                let first = tokens.partition_point(|t| t.span.start < first.start);
                let of_encoder = reading.quotes.get(first * linear.labels().len()..);
                for (sum, score) in emissions.iter_mut().zip(of_encoder.unwrap_or_default()) {
                    *sum += score;
                }
            }
            decoder.decode(&spans, emissions, &allowed, &mut parts);
        });
        parts.sort_by_key(|p: &Part| p.span.start);
        (parts, reading)
    }
}

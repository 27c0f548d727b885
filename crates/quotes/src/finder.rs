//! Finds the parts of quotations with one model or with two.

use crate::FAST;
use crate::constraints::allowed_labels;
use crate::decoding::{Decoder, ENCODER, LINEAR};
use crate::features::{WINDOW, emissions};
use crate::model::{Model, each_paragraph};
use crate::part::Part;
use entities::ModelError;
use entities::encoding::{Encoder, Heads, Scores};
use std::borrow::Cow;
use std::sync::Arc;
use tagger::{Chain, Rows};
use text::Reading;

/// A model of quotations: the linear one, and in the accurate one an encoder beside it. Both label together, by the
/// sums of their scores: the linear one costs a fiftieth, and F1 of contents on PolNeAR's dev part rises from 79.2 to
/// 79.7, exact from 64.1 to 65.7 (with `--strict`, from 66.7 to 68.3); attribution is the same.
#[derive(Debug)]
pub(crate) struct Finder {
    linear: Box<Model>,
    encoder: Option<Arc<Encoder>>,
    chain: Chain,
}

impl Finder {
    /// The linear model alone.
    pub(crate) fn of_linear(linear: Model) -> Self {
        Self {
            chain: linear.linear.chain().clone(),
            linear: linear.into(),
            encoder: None,
        }
    }

    /// An encoder that has a head for quotations, and the program's linear model.
    pub(crate) fn of_encoder(encoder: Arc<Encoder>) -> Result<Self, ModelError> {
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

    /// What the encoder says of a text, if there is one; `given` is that already, unless it is not of this text's tokens.
    pub(crate) fn scores<'s>(
        &self,
        reading: &Reading<'_>,
        heads: Heads,
        given: Option<&'s Scores>,
    ) -> Option<Cow<'s, Scores>> {
        let encoder = self.encoder.as_ref()?;
        let expected = reading.tokens().len() * encoder.quotes().labels.len();
        Some(match given.filter(|given| given.quotes.len() == expected) {
            Some(given) => Cow::Borrowed(given),
            None => Cow::Owned(encoder.scores(reading, heads)),
        })
    }

    /// The parts, ordered and disjoint, each with the model's probability of it; `scores` are the encoder's.
    pub(crate) fn parts(&self, reading: &Reading<'_>, scores: Option<&Scores>) -> Vec<Part> {
        let linear = &self.linear.linear;
        let decoder = Decoder {
            labels: linear.labels(),
            chain: &self.chain,
            tuning: if scores.is_some() { ENCODER } else { LINEAR },
        };
        let mut scorer = linear.scorer(WINDOW);
        let mut rows = Rows::default();
        let mut parts = Vec::new();
        each_paragraph(
            reading,
            &self.linear.lexicon,
            |tokens, paragraph, before| {
                let allowed = allowed_labels(reading, tokens, paragraph);
                let mut emissions = emissions(paragraph, before, &mut scorer, &mut rows);
                if let Some(scores) = scores {
                    let of_encoder = scores.quotes.get(tokens.start * linear.labels().len()..);
                    for (sum, score) in emissions.iter_mut().zip(of_encoder.unwrap_or_default()) {
                        *sum += score;
                    }
                }
                decoder.decode(&paragraph.words, emissions, &allowed, &mut parts);
            },
        );
        parts.sort_by_key(|p: &Part| p.span.start);
        parts
    }
}

//! Who said what in news text.
//!
//! [`Extractor::quotes`] goes in five steps: the parts of quotations (contents, cues and sources) are found by a model and
//! brought into line with the quotation marks; they are linked into quotations; each quotation's type is read off its
//! marks; it is told whether it is speech, thought or neither, which is left out; and its speaker is looked up among the
//! document's entities.
//!
//! The terms are those of the attribution corpora (PARC 3: Pareti 2016; PolNeAR: Newell, Margolin and Ruths, LREC 2018):
//! a *source* says a *content*, marked by a *cue*. All spans are in bytes of the text.
//!
//! ```
//! use quotes::{Extractor, Input};
//! use segment::Segmenter;
//!
//! let text = "Mayor Anna Kowal visited the harbour. “It is ours,” she said. “We will stay.”";
//! let reading = Segmenter::new().read(text);
//! let quotes = Extractor::fast().quotes(&Input::new(&reading));
//!
//! let quote = &quotes[0];
//! let content: Vec<&str> = quote.content.iter().map(|span| &text[*span]).collect();
//! assert_eq!(content, ["“It is ours,”", "“We will stay.”"]);
//! assert_eq!(&text[quote.cue[0]], "said");
//! assert_eq!(&text[quote.source[0]], "she");
//! assert_eq!(quote.mode, Some(document::Mode::Speech));
//! assert_eq!(quote.speaker.as_ref().unwrap().name, "Anna Kowal");
//! ```

// Without the trainer's door, what stands behind it is not reachable.
#![cfg_attr(not(feature = "training"), allow(unreachable_pub))]

mod class;
mod constraints;
mod decoding;
mod denial;
mod features;
mod finder;
mod headlines;
mod inversion;
mod kind;
mod lexicon;
mod linking;
mod marked;
mod mode;
mod model;
mod names;
mod part;
mod setting;
mod signatures;
mod source_head;
mod speakers;
#[cfg(feature = "training")]
pub mod training;
mod turns;
mod words;

use document::{Dateline, Entity, Quote, QuoteType, Span};
pub use entities::ModelError;
use entities::Recognizer;
use entities::encoding::{Encoder, Heads, Scores};
use finder::Finder;
use linking::Attribution;
use model::Model;
use part::Part;
use signatures::signature;
use std::sync::Arc;
use text::Reading;
use turns::Turn;

/// What the extractor reads.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The article.
    pub reading: &'a Reading<'a>,
    /// The document's entities. Worked out where absent; then no speaker names an entity's id. All else is the same with
    /// the fast model; the accurate one reads a text further where it is asked for names too, and an unsure quotation may
    /// differ.
    pub entities: Option<&'a [Entity]>,
    /// Its place and agency are names, for when entities are worked out.
    pub dateline: Option<&'a Dateline>,
    /// What this extractor's encoder says of the reading, where it has been asked already.
    pub scores: Option<&'a Scores>,
    /// Whether what is neither speech nor thought is given too: attitudes, plans and acts, “the board backs the plan”.
    /// Their mode is `None`.
    pub attitudes: bool,
}

impl<'a> Input<'a> {
    /// A text of which nothing else is known.
    pub fn new(reading: &'a Reading<'a>) -> Self {
        Self {
            reading,
            entities: None,
            dateline: None,
            scores: None,
            attitudes: false,
        }
    }
}

/// Finds quotations, their sources and speakers.
#[derive(Debug)]
pub struct Extractor {
    finder: Finder,
    recognizer: Recognizer,
}

/// The fast, linear model; see its card beside it.
static FAST: &[u8] = include_bytes!("../model/quotes.bin");

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// The best model that is part of the program: the accurate one, or the fast one where the crate is built without
    /// the feature `accurate`.
    ///
    /// ```
    /// use quotes::{Extractor, Input};
    /// let text = "“We open on Monday,” said Ana Roe. The mayor did not come.";
    /// let reading = text::Reading::new(text, vec![]);
    /// let quotes = Extractor::new().quotes(&Input::new(&reading));
    /// assert_eq!(&text[quotes[0].content[0]], "“We open on Monday,”");
    /// assert_eq!(quotes[0].speaker.as_ref().unwrap().name, "Ana Roe");
    /// ```
    pub fn new() -> Self {
        #[cfg(feature = "accurate")]
        return Self::accurate();
        #[cfg(not(feature = "accurate"))]
        Self::fast()
    }

    /// The accurate model that is part of the program, an encoder: one reading finds quotations and names.
    ///
    /// # Panics
    ///
    /// Where the program was built with a model file of another version.
    #[cfg(feature = "accurate")]
    pub fn accurate() -> Self {
        #[allow(clippy::expect_used)] // a build error, which the tests would show
        Self::of_encoder(Arc::new(Encoder::accurate())).expect("the built-in model has both heads")
    }

    /// The fast, linear model that is part of the program, with the fast one of names.
    ///
    /// # Panics
    ///
    /// Where the program was built with a model file of another version.
    pub fn fast() -> Self {
        #[allow(clippy::expect_used)] // a build error, which the tests would show
        let model = Model::from_static(FAST).expect("the built-in model fits this version");
        Self::of(Finder::of_linear(model), Recognizer::fast())
    }

    /// Another model, from its file's bytes: an encoder, which reads a text once for quotations and names, or else a
    /// linear one.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
        if Encoder::is_encoder_file(&bytes) {
            Self::of_encoder(Arc::new(Encoder::from_bytes(bytes)?))
        } else {
            let finder = Finder::of_linear(Model::from_bytes(&bytes)?);
            Ok(Self::of(finder, Recognizer::fast()))
        }
    }

    /// An encoder that others use too.
    pub fn of_encoder(encoder: Arc<Encoder>) -> Result<Self, ModelError> {
        let recognizer = Recognizer::of_encoder(Arc::clone(&encoder))?;
        Ok(Self::of(Finder::of_encoder(encoder)?, recognizer))
    }

    fn of(finder: Finder, recognizer: Recognizer) -> Self {
        Self { finder, recognizer }
    }

    /// What the encoder says of a text, for quotations and entities: asked once, it serves a
    /// [`Recognizer`] with the same model too. `None` where the model is the fast one.
    pub fn scores(&self, reading: &Reading<'_>) -> Option<Scores> {
        let scores = self.finder.scores(reading, Heads::Both, None)?;
        Some(scores.into_owned())
    }

    /// The quotations of a text, in its order. Their ids are `q1`, `q2`, …
    ///
    /// ```
    /// use entities::Recognizer;
    /// use quotes::{Extractor, Input};
    /// use segment::Segmenter;
    ///
    /// let reading = Segmenter::new().read("“The harbour is ours,” Mayor Anna Kowal said.");
    /// let entities = Recognizer::fast().entities(&entities::Input::new(&reading));
    /// let quotes = Extractor::fast().quotes(&Input {
    ///     entities: Some(&entities),
    ///     ..Input::new(&reading)
    /// });
    /// let speaker = quotes[0].speaker.as_ref().unwrap();
    /// assert_eq!(speaker.entity.as_ref(), Some(&entities[0].id));
    /// ```
    pub fn quotes(&self, input: &Input<'_>) -> Vec<Quote> {
        let reading = input.reading;
        let heads = match input.entities {
            Some(_) => Heads::Quotes,
            None => Heads::Both,
        };
        let scores = self.finder.scores(reading, heads, input.scores);
        let scores = scores.as_deref();
        let turns = turns::turns(reading);
        let mut quotes = self.attributions(reading, scores, &turns);
        for quote in &mut quotes {
            quote.mode = mode::mode(reading, quote, scores.is_some());
        }
        quotes.retain(|quote| input.attitudes || quote.mode.is_some());
        if !turns.is_empty() {
            quotes.extend(turns.into_iter().map(Turn::quote));
            quotes.sort_by_key(|quote| quote.content.first().map(|first| first.start));
        }
        for (number, quote) in (1..).zip(&mut quotes) {
            quote.id = format!("q{number}");
        }
        if quotes.is_empty() {
            return quotes;
        }
        match input.entities {
            Some(entities) => speakers::resolve(reading, entities, &mut quotes),
            None => {
                let entities = self.recognizer.named_entities(&entities::Input {
                    dateline: input.dateline,
                    scores,
                    ..entities::Input::new(reading)
                });
                speakers::resolve(reading, &entities, &mut quotes);
                for speaker in quotes.iter_mut().filter_map(|q| q.speaker.as_mut()) {
                    speaker.entity = None;
                }
            }
        }
        quotes
    }

    /// What the model takes for quotations outside of turns, statements or not, without ids, modes and speakers.
    fn attributions(
        &self,
        reading: &Reading<'_>,
        scores: Option<&Scores>,
        turns: &[Turn],
    ) -> Vec<Quote> {
        let mut parts = self.finder.parts(reading, scores);
        leave_out(turns, &mut parts);
        marked::reconcile(reading, &mut parts);
        headlines::complete(reading, &mut parts);
        linking::link(reading, &parts)
            .iter()
            .map(|attribution| quote(reading, &parts, attribution))
            // Only what stands in marks can be a quotation without anything that says so.
            .filter(|q| q.kind == QuoteType::Direct || !q.cue.is_empty() || !q.source.is_empty())
            .collect()
    }
}

/// Leaves out the parts that stand in turns: a turn is one quotation, and those within it are not given.
fn leave_out(turns: &[Turn], parts: &mut Vec<Part>) {
    parts.retain(|part| {
        let after = turns.partition_point(|turn| turn.span().start < part.span.end);
        let last = after.checked_sub(1).and_then(|last| turns.get(last));
        last.is_none_or(|turn| turn.span().end <= part.span.start)
    });
}

/// The quotation made of some parts, but for its id and speaker.
fn quote(reading: &Reading<'_>, parts: &[Part], attribution: &Attribution) -> Quote {
    let spans =
        |indices: &[usize]| -> Vec<Span> { indices.iter().map(|&i| parts[i].span).collect() };
    let content = spans(&attribution.content);
    let mut cue = spans(attribution.cue.as_slice());
    let mut source = spans(attribution.source.as_slice());
    let kind = kind::kind(reading, &content);
    if kind == QuoteType::Direct
        && let (Some(first), Some(last)) = (content.first(), content.last())
        && let Some((mark, name)) = signature(reading.text(), first.start, last.end)
        // Where the model found another source, the clause that has it comes before what looks like a signature.
        && source.iter().all(|s| s.start < name.end && name.start < s.end)
    {
        cue = vec![mark];
        source = vec![name];
    }
    // The parts are near to independent once the model is sure that there is a quotation, so that the least likely one
    // says more than their product.
    let all = attribution
        .content
        .iter()
        .chain(&attribution.cue)
        .chain(&attribution.source);
    let score = all.map(|&i| parts[i].score).fold(1.0, f64::min);
    let mut quote = Quote::new(String::new(), kind, content);
    quote.denied = denial::denies(reading.text(), &cue);
    quote.cue = cue;
    quote.source = source;
    quote.score = Some(score);
    quote
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_model_is_whole() {
        assert!(Model::from_bytes(FAST).is_ok());
        assert!(Model::from_bytes(&FAST[..FAST.len() - 1]).is_err());
        assert!(Model::from_bytes(b"").is_err());
    }
}

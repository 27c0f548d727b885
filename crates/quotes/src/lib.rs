//! Who said what in news text.
//!
//! [`Extractor::quotes`] goes in four steps, each a module of its own: the spans that may be contents, cues and sources
//! are found; they are linked into quotations; each quotation's type is read off its quotation marks; and its speaker is
//! looked up among the document's entities.
//!
//! The terms are those of the attribution corpora (PARC 3: Pareti 2016; PolNeAR: Newell, Margolin and Ruths, LREC 2018):
//! a *source* says a *content*, marked by a *cue*.

mod kind;
mod layout;
mod linking;
mod rules;
mod speakers;

use document::{Entity, Quote, Sentence};
use layout::Layout;
pub use linking::{Part, Role};

/// What the extractor reads: a text, and what is known of it already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The article.
    pub text: &'a str,
    /// Worked out where absent.
    pub sentences: Option<&'a [Sentence]>,
    /// Worked out where absent; then no speaker names an entity's id, and all else is the same.
    pub entities: Option<&'a [Entity]>,
}

/// Finds quotations, their sources and speakers.
#[derive(Debug, Default)]
pub struct Extractor {
    segmenter: segment::Segmenter,
    recognizer: entities::Recognizer,
}

impl Extractor {
    /// The fast, linear model.
    pub fn fast() -> Self {
        Self {
            segmenter: segment::Segmenter::new(),
            recognizer: entities::Recognizer::fast(),
        }
    }

    /// The quotations of a text, in its order.
    pub fn quotes(&self, input: &Input<'_>) -> Vec<Quote> {
        let segmentation;
        let sentences = match input.sentences {
            Some(sentences) => sentences,
            None => {
                segmentation = self.segmenter.segment(input.text, None);
                &segmentation.sentences
            }
        };
        let layout = Layout::new(input.text, sentences);
        let parts = rules::parts(&layout);
        let mut quotes: Vec<Quote> = linking::link(&layout, &parts)
            .into_iter()
            .enumerate()
            .map(|(number, linked)| quote(&layout, &parts, number, &linked))
            .collect();
        if quotes.is_empty() {
            return quotes;
        }
        match input.entities {
            Some(entities) => speakers::resolve(&layout, entities, &mut quotes),
            None => {
                let entities = self.recognizer.entities(&entities::Input {
                    text: input.text,
                    sentences: Some(sentences),
                    ..Default::default()
                });
                speakers::resolve(&layout, &entities, &mut quotes);
                for speaker in quotes.iter_mut().filter_map(|q| q.speaker.as_mut()) {
                    speaker.entity = None;
                }
            }
        }
        quotes
    }
}

/// The quotation made of some parts.
fn quote(layout: &Layout, parts: &[Part], number: usize, linked: &linking::Linked) -> Quote {
    let spans = |indices: &[usize]| indices.iter().map(|&i| parts[i].span.clone()).collect();
    let content: Vec<_> = spans(&linked.content);
    let cue: Vec<_> = spans(linked.cue.as_slice());
    Quote {
        id: format!("q{}", number + 1),
        kind: kind::kind(layout, &content),
        denied: cue.iter().any(|c| denies(&layout.text[c.clone()])),
        content,
        cue,
        source: spans(linked.source.as_slice()),
        speaker: None,
        score: None,
    }
}

/// Whether a cue says that its source did not say the content.
fn denies(cue: &str) -> bool {
    let mut words = cue.split_whitespace();
    words.any(|w| {
        ["denied", "denies", "deny", "denying", "not", "never"].contains(&w.to_lowercase().as_str())
    })
}

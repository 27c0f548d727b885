//! Trains the fast model of names on all corpora of `entities`.

use crate::corpus::Gold;
use crate::crf::{self, Example, Options};
use crate::files;
use crate::marks::{self, Reader, TRAIN, begins};
use crate::silver::{self, Silver, Task};
use ::encoder::Encoder;
use anyhow::Result;
use document::{EntityType, Span};
use entities::training::{Observations, feature_set};
use segment::Segmenter;
use std::path::Path;
use tagger::{Labels, Rows};

/// From a handful of trials on the development sets. Less regularisation costs the sets of other kinds of text (GUM,
/// Wikigold) a point; features of a single count gain nothing.
const OPTIONS: Options = Options {
    l1: 0.05,
    l2: 0.2,
    passes: 3,
    iterations: 25,
    skipped: 25,
    min_count: 2,
    unseen_pairs: false,
};

/// One document in 4 is learnt from a second time in capitals.
const CAPITALS: usize = 4;
/// One document in 12 is learnt from a second time in lower case.
const LOWER: usize = 12;

/// What the accurate model labels.
const SILVER: [&str; 3] = [
    "unlabelled/bbc.jsonl",
    "summarize/cnndm_val_train.jsonl",
    "quotes/polnear.train.jsonl",
];

/// How much an example of that counts. With 610,000 tokens of it all development sets gain or stay (0.1 to 1.8 points); 0.6 is no
/// better.
const SILVER_WEIGHT: f32 = 0.3;

/// Trains on `corpora`, and on what `teacher` takes the labels of silver texts to be, and writes the model to `out`.
pub(crate) fn train(corpora: &Path, out: &Path, teacher: &Encoder) -> Result<()> {
    let labels = Labels::new(EntityType::NAMES.iter().map(|t| t.as_str()))?;
    let gold = marks::read(corpora, &TRAIN)?;
    let nationalities = marks::nationalities(&gold);
    let mut examples = Vec::new();
    for (corpus, documents) in &gold {
        for (n, document) in documents.iter().enumerate() {
            let reader = Reader {
                corpus,
                nationalities: &nationalities,
            };
            gold_examples(&reader, document, &mut examples);
            if n % CAPITALS == 0 {
                gold_examples(
                    &reader,
                    &recased(document, char::to_uppercase),
                    &mut examples,
                );
            }
            if n % LOWER == 1 {
                gold_examples(
                    &reader,
                    &recased(document, char::to_lowercase),
                    &mut examples,
                );
            }
        }
    }
    silver_examples(corpora, teacher, &mut examples)?;
    let tokens: usize = examples.iter().map(|e| e.rows.len()).sum();
    let features: usize = examples
        .iter()
        .flat_map(|e| e.rows.iter())
        .map(<[u32]>::len)
        .sum();
    eprintln!("{tokens} tokens, {features} features");
    let weights = crf::train(&labels, examples, &OPTIONS).weights(labels, 0.0);
    files::write(out, weights.pack(feature_set())?)
}

/// Adds examples of the silver texts, as written and some recased.
fn silver_examples(corpora: &Path, teacher: &Encoder, examples: &mut Vec<Example>) -> Result<()> {
    let mut add = |silver: &Silver, text: &str| {
        let reading = Segmenter::new().read(text);
        // In a few texts another case makes other tokens.
        if reading.tokens().len() != silver.reading().tokens().len() {
            return;
        }
        let observed = Observations::new(&reading);
        for sequence in &observed.sequences {
            let mut rows = Rows::default();
            observed.features(sequence, &mut rows);
            let (allowed, soft) = silver.labels(teacher.entities(), sequence.tokens);
            examples.push(Example {
                rows,
                allowed,
                soft: Some(soft),
                weight: SILVER_WEIGHT,
            });
        }
    };
    for file in SILVER {
        let texts = silver::read(&corpora.join(file), teacher, Task::Entities)?;
        for (n, silver) in texts.iter().enumerate() {
            add(silver, &silver.text);
            if n % CAPITALS == 0 {
                add(silver, &silver.text.to_uppercase());
            }
            if n % LOWER == 1 {
                add(silver, &silver.text.to_lowercase());
            }
        }
    }
    Ok(())
}

/// Adds an example for each sequence of a document.
fn gold_examples(reader: &Reader, gold: &Gold, examples: &mut Vec<Example>) {
    // Sentences are those that the tool will find, not the corpus's.
    let reading = Segmenter::new().read(&gold.text);
    let observed = Observations::new(&reading);
    let allowed = reader.allowed(gold, &reading, &observed);
    for sequence in &observed.sequences {
        let mut rows = Rows::default();
        observed.features(sequence, &mut rows);
        let mut allowed = allowed[sequence.tokens].to_vec();
        // A name cut in two begins again.
        if let Some(first) = allowed.first_mut() {
            *first = begins(*first);
        }
        examples.push(Example {
            rows,
            allowed,
            soft: None,
            weight: reader.corpus.weight,
        });
    }
}

/// The document with every character in another case, its spans moved along.
fn recased<I: Iterator<Item = char>>(gold: &Gold, recase: impl Fn(char) -> I) -> Gold {
    let mut recased = gold.clone();
    recased.text.clear();
    // The new place of each byte of the text.
    let mut moved = Vec::with_capacity(gold.text.len() + 1);
    for c in gold.text.chars() {
        moved.resize(moved.len() + c.len_utf8(), recased.text.len());
        recased.text.extend(recase(c));
    }
    moved.push(recased.text.len());
    recased.sentences.clear();
    let entities = recased.entities.iter_mut();
    let mentions = entities.flat_map(|e| e.mentions.iter_mut().map(|m| &mut m.span));
    for span in mentions {
        *span = Span::new(moved[span.start], moved[span.end]);
    }
    recased
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus;

    #[test]
    fn spans_move_with_the_case() {
        let record = r#"{"id":"d","text":"Straße to ŉa Ann","entities":[{"id":"Ann","type":"PERSON","mentions":[{"start":13,"end":16}]}]}"#;
        let upper = recased(&corpus::parse(record).unwrap(), char::to_uppercase);
        assert_eq!(upper.text, "STRASSE TO ʼNA ANN");
        let span = upper.entities[0].mentions[0].span;
        assert_eq!(&upper.text[span], "ANN");
    }
}

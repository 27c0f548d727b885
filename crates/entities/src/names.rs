//! Finds the names in a text and their types.

use crate::Name;
use crate::consistency;
use crate::features::{Document, feature_set};
use document::{EntityType, Sentence};
use tagger::{LinearModel, Marginals, Rows};
use text::Token;

/// The fast model of names: a linear-chain CRF.
#[derive(Debug)]
pub(crate) struct NameModel {
    model: LinearModel,
    /// By number of the model's kinds.
    kinds: Vec<EntityType>,
}

static FAST: &[u8] = include_bytes!("../model/names.bin");

impl NameModel {
    /// The model that is part of the program.
    pub fn fast() -> Self {
        LinearModel::from_static(FAST, feature_set())
            .and_then(Self::new)
            .expect("the program's own model fits its features, as a test shows")
    }

    /// A model from elsewhere, such as a file.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, tagger::Error> {
        Self::new(LinearModel::from_bytes(bytes, feature_set())?)
    }

    fn new(model: LinearModel) -> Result<Self, tagger::Error> {
        let kinds = model.labels().kinds().iter();
        let kinds = kinds
            .map(|kind| EntityType::parse(kind))
            .collect::<Option<_>>()
            .ok_or(tagger::Error::Kinds("not all are entity types"))?;
        Ok(Self { model, kinds })
    }

    /// The names of a text, in order, without overlap. Text outside `sentences` (which are in order) is read line by
    /// line. Linear in the length of the text.
    pub fn names(&self, text: &str, sentences: &[Sentence]) -> Vec<Name> {
        let tokens = text::tokens(text);
        let document = Document::new(text, &tokens, sentences);
        let mut found = Vec::new();
        let mut rows = Rows::default();
        let labels = self.model.labels();
        let mut scorer = self.model.scorer();
        for stretch in &document.stretches {
            let start = stretch.tokens.start;
            rows.clear();
            document.features(stretch, &mut rows);
            let emissions = scorer.emissions(&rows);
            let spans = labels.spans(&self.model.chain().viterbi(&emissions));
            if spans.is_empty() {
                continue;
            }
            let marginals = Marginals::new(self.model.chain(), &emissions);
            for span in spans {
                found.push(consistency::Found {
                    tokens: start + span.tokens.start..start + span.tokens.end,
                    kind: self.kinds[span.kind],
                    score: marginals.span(labels, &span),
                });
            }
        }
        consistency::agree(&document, &mut found);
        found
            .into_iter()
            .filter_map(|name| {
                let tokens = trim(text, &tokens[name.tokens])?;
                Some(Name {
                    span: tokens.first()?.span.start..tokens.last()?.span.end,
                    kind: name.kind,
                    score: name.score,
                })
            })
            .collect()
    }
}

/// The tokens of a name without article, possessive and marks around them; `None` if nothing is left.
fn trim<'t>(text: &str, mut tokens: &'t [Token]) -> Option<&'t [Token]> {
    let written = |token: &Token| &text[token.span.clone()];
    while let Some((first, rest)) = tokens.split_first() {
        let word = written(first);
        let article = ["the", "a", "an"]
            .iter()
            .any(|a| word.eq_ignore_ascii_case(a));
        // "A" alone may be a name, such as a team's.
        if (article && !rest.is_empty()) || is_edge(word) {
            tokens = rest;
        } else {
            break;
        }
    }
    while let Some((last, rest)) = tokens.split_last() {
        let word = written(last);
        let possessive = matches!(word, "'s" | "’s" | "'S" | "’S");
        if possessive || is_edge(word) {
            tokens = rest;
        } else {
            break;
        }
    }
    (!tokens.is_empty()).then_some(tokens)
}

/// Whether a token cannot be the first or last of a name.
fn is_edge(word: &str) -> bool {
    matches!(
        word,
        "\"" | "“"
            | "”"
            | "‘"
            | "’"
            | "'"
            | ","
            | ";"
            | ":"
            | "("
            | ")"
            | "["
            | "]"
            | "-"
            | "–"
            | "—"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`NameModel::fast`] leaves out for the sake of a quick start.
    #[test]
    fn the_programs_own_model_is_whole() {
        NameModel::from_bytes(FAST.to_vec()).unwrap();
        NameModel::fast();
    }

    #[test]
    fn articles_possessives_and_marks_stay_outside() {
        let trimmed = |text: &str| {
            let tokens = text::tokens(text);
            let kept = trim(text, &tokens)?;
            Some(text[kept.first()?.span.start..kept.last()?.span.end].to_owned())
        };
        assert_eq!(trimmed("the “Acme Bank”’s").as_deref(), Some("Acme Bank"));
        assert_eq!(trimmed("The Hague").as_deref(), Some("Hague"));
        assert_eq!(trimmed("A").as_deref(), Some("A"));
        assert_eq!(trimmed("“’s"), None);
    }
}

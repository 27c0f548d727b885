//! Finds the names in a text and their types.

use crate::consistency::{self, TaggedName};
use crate::countries::{self, Sense};
use crate::encoding::{Encoder, Heads, Scores};
use crate::features::{WINDOW, feature_set};
use crate::observations::Observations;
use crate::titles::without_titles;
use crate::{ModelError, Name};
use document::{EntityType, Span, TokenRange};
use std::sync::Arc;
use tagger::{Chain, Labels, LinearModel, Marginals, Rows};
use text::{Reading, Token, is_closing_mark, is_genitive, is_opening_mark};

/// A model of names: it scores the labels of tokens, and knows the types that the labels stand for.
#[derive(Debug)]
pub(crate) struct NameModel {
    source: Source,
    /// By number of the model's kinds.
    kinds: Vec<EntityType>,
}

/// What emissions come from.
#[derive(Debug)]
enum Source {
    /// The fast model, a linear-chain CRF.
    Linear(Box<LinearModel>),
    /// The accurate model.
    Both(Box<Both>),
}

/// An encoder and the program's linear model, which label together, by the sums of their scores. The linear one knows
/// gazetteers and the rest of the document, and costs a fiftieth. On the development sets that gives 1.8 points of F1 more
/// than the encoder alone on worldwide, 0.7 on conll2003, 2.6 on uner-ewt, 3.1 on gum, 0.5 on crossner-politics and 0.6 on
/// re3d; with weights of 0.5 to 1.3 for the linear one it is about as good.
#[derive(Debug)]
struct Both {
    encoder: Arc<Encoder>,
    linear: LinearModel,
    chain: Chain,
}

impl Both {
    fn new(encoder: Arc<Encoder>) -> Result<Self, ModelError> {
        let linear = LinearModel::from_static(FAST, feature_set())?;
        let head = encoder.entities();
        if head.labels != *linear.labels() {
            return Err(tagger::Error::Kinds("not those of names").into());
        }
        let chain = head.chain.sum(linear.chain())?;
        Ok(Self {
            encoder,
            linear,
            chain,
        })
    }

    /// The sums of the scores of a text's tokens. `scores` are the encoder's, where it has been asked already; those that
    /// are not of this text's tokens count as none.
    fn emissions(
        &self,
        observed: &Observations,
        reading: &Reading<'_>,
        scores: Option<&Scores>,
    ) -> Vec<f32> {
        let labels = self.linear.labels().len();
        let given = scores.map(|scores| &scores.entities);
        let fits = |given: &&Vec<f32>| given.len() == labels * reading.tokens().len();
        let mut sums = match given.filter(fits) {
            Some(given) => given.clone(),
            None => self.encoder.scores(reading, Heads::Entities).entities,
        };
        each_sequence(&self.linear, observed, |tokens, emissions| {
            let sums = sums.get_mut(tokens.start * labels..tokens.end * labels);
            for (sum, score) in sums.into_iter().flatten().zip(emissions) {
                *sum += score;
            }
        });
        sums
    }
}

static FAST: &[u8] = include_bytes!("../model/names.bin");

impl NameModel {
    /// The linear model that is part of the program.
    pub(crate) fn fast() -> Self {
        LinearModel::from_static(FAST, feature_set())
            .map_err(ModelError::from)
            .and_then(|model| Self::new(Source::Linear(model.into())))
            .expect("the program's own model fits its features, as a test shows")
    }

    /// A model from elsewhere, such as a file: an encoder, or else a linear one.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
        Self::new(if Encoder::is_encoder_file(&bytes) {
            Source::Both(Both::new(Arc::new(Encoder::from_bytes(bytes)?))?.into())
        } else {
            Source::Linear(LinearModel::from_bytes(bytes, feature_set())?.into())
        })
    }

    /// A model of names that an encoder has a head for.
    pub(crate) fn of_encoder(encoder: Arc<Encoder>) -> Result<Self, ModelError> {
        Self::new(Source::Both(Both::new(encoder)?.into()))
    }

    fn new(source: Source) -> Result<Self, ModelError> {
        let (labels, _) = source.scheme();
        let kinds = labels.kinds().iter();
        let kinds = kinds
            .map(|kind| kind.parse().ok())
            .collect::<Option<_>>()
            .ok_or(tagger::Error::Kinds("not all are entity types"))?;
        Ok(Self { source, kinds })
    }

    /// The names of a text, in order, without overlap. Text outside sentences is read line by line. Linear in the length
    /// of the text. `scores` are the encoder's, where it has been asked already.
    pub(crate) fn names(&self, reading: &Reading<'_>, scores: Option<&Scores>) -> Vec<Name> {
        let (text, tokens) = (reading.text(), reading.tokens());
        let observed = Observations::new(reading);
        let (labels, chain) = self.source.scheme();
        let mut found = Vec::new();
        let mut find = |tokens: TokenRange, emissions: &[f32]| {
            let spans = labels.spans(&chain.viterbi(emissions));
            if spans.is_empty() {
                return;
            }
            let marginals = Marginals::quick(chain, emissions, |_| u64::MAX);
            for span in spans {
                found.push(TaggedName {
                    score: marginals.span(labels, &span),
                    tokens: TokenRange::new(
                        tokens.start + span.tokens.start,
                        tokens.start + span.tokens.end,
                    ),
                    kind: self.kinds[span.kind],
                });
            }
        };
        match &self.source {
            Source::Linear(model) => each_sequence(model, &observed, find),
            Source::Both(both) => {
                let emissions = both.emissions(&observed, reading, scores);
                for section in reading.sections() {
                    let rows = section.start * labels.len()..section.end * labels.len();
                    find(section, emissions.get(rows).unwrap_or_default());
                }
            }
        }
        consistency::agree(&observed, &mut found);
        let mut names = Vec::new();
        for found in found {
            let tokens = trim(text, &tokens[found.tokens]);
            let (country, mut tokens) = split_country(text, tokens.unwrap_or_default(), found.kind);
            if found.kind == EntityType::Person {
                tokens = without_titles(text, tokens);
            }
            for (tokens, kind) in [(country, EntityType::Gpe), (tokens, found.kind)] {
                if let Some((first, last)) = tokens.first().zip(tokens.last()) {
                    names.push(Name {
                        span: Span::new(first.span.start, last.span.end),
                        kind,
                        score: found.score,
                    });
                }
            }
        }
        names
    }
}

impl Source {
    fn scheme(&self) -> (&Labels, &Chain) {
        match self {
            Self::Linear(model) => (model.labels(), model.chain()),
            Self::Both(both) => (both.linear.labels(), &both.chain),
        }
    }
}

/// Hands on the scores that a linear model gives the tokens of each sequence, as many a token as there are labels.
fn each_sequence(
    model: &LinearModel,
    observed: &Observations,
    mut use_it: impl FnMut(TokenRange, &[f32]),
) {
    let mut scorer = model.scorer(WINDOW);
    let mut rows = Rows::default();
    for sequence in &observed.sequences {
        let emissions = observed.emissions(sequence, &mut scorer, &mut rows);
        use_it(sequence.tokens, &emissions);
    }
}

/// The tokens of a name without an article, a possessive and marks at its ends; `None` if nothing is left.
fn trim<'t>(text: &str, mut tokens: &'t [Token]) -> Option<&'t [Token]> {
    let written = |token: &Token| &text[token.span];
    // "inform the Environment Agency": nothing in lower case comes before a name's article.
    if let [first, article, rest @ ..] = tokens
        && written(first).starts_with(char::is_lowercase)
        && written(article) == "the"
        && !rest.is_empty()
    {
        tokens = rest;
    }
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
        if is_genitive(word) || is_edge(word) {
            tokens = rest;
        } else {
            break;
        }
    }
    (!tokens.is_empty()).then_some(tokens)
}

/// Splits a person's name from the country before it, "the ambassador to the United States Ada Byron"; the first part is
/// empty where there is none. Countries of one word stay: they are given names too ("Jordan", "Georgia").
fn split_country<'t>(
    text: &str,
    tokens: &'t [Token],
    kind: EntityType,
) -> (&'t [Token], &'t [Token]) {
    let country = |n: &usize| {
        let (first, last) = (tokens.first()?, tokens.get(n - 1)?);
        countries::lookup(&text[first.span.start..last.span.end])
    };
    let is_country = |n: &usize| country(n).is_some_and(|(_, sense)| sense == Sense::Country);
    let longest = countries::LONGEST.min(tokens.len().saturating_sub(2));
    let end = match kind {
        EntityType::Person => (2..=longest).rev().find(is_country).unwrap_or(0),
        _ => 0,
    };
    tokens.split_at(end)
}

/// Whether a token is a mark that is never the first or last of a name.
fn is_edge(word: &str) -> bool {
    let mut characters = word.chars();
    let (Some(c), None) = (characters.next(), characters.next()) else {
        return false;
    };
    is_opening_mark(c) || is_closing_mark(c) || ",;:()[]-–—".contains(c)
}

#[cfg(test)]
pub(crate) fn fast_linear() -> LinearModel {
    LinearModel::from_static(FAST, feature_set()).expect("see the tests")
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
    fn a_country_is_no_part_of_the_name_behind_it() {
        let country = |text: &str| {
            let tokens = text::tokens(text);
            split_country(text, &tokens, EntityType::Person).0.len()
        };
        assert_eq!(country("United States Ada Byron"), 2);
        assert_eq!(country("United States Byron"), 0);
        assert_eq!(country("Jordan Ada Byron"), 0);
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
        assert_eq!(
            trimmed("inform the Acme Bank").as_deref(),
            Some("Acme Bank")
        );
        assert_eq!(trimmed("A").as_deref(), Some("A"));
        assert_eq!(trimmed("“’s"), None);
    }
}

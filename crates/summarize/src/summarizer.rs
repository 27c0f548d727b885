//! One document in, one summary out.

use crate::analysis::Analysis;
use crate::budget::{Budget, ELLIPSIS, Room};
use crate::digest::who_said_what;
use crate::features;
use crate::model::{BUILT_IN, LENGTHS, Model};
use crate::readable::{Readability, is_last_resort};
use crate::select::{Candidates, Novelty, select};
use document::{Entity, Pick, Quote, Reason, Sentence, Span, Summary};
use text::Reading;

/// What the summarizer reads.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The article.
    pub reading: &'a Reading<'a>,
    /// Its headline, where it is not part of the text.
    pub title: Option<&'a str>,
    /// Used where present.
    pub entities: Option<&'a [Entity]>,
    /// Used where present.
    pub quotes: Option<&'a [Quote]>,
}

impl<'a> Input<'a> {
    /// A text of which nothing else is known.
    pub fn new(reading: &'a Reading<'a>) -> Self {
        Self {
            reading,
            title: None,
            entities: None,
            quotes: None,
        }
    }
}

/// In which order a summary has its sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// That of the text.
    #[default]
    Document,
    /// The best first; a sentence still follows those that it leans on.
    Rank,
}

/// Picks sentences.
#[derive(Debug, Clone)]
pub struct Summarizer {
    /// How long the summary may be.
    pub budget: Budget,
    /// In which order it has its sentences.
    pub order: Order,
    /// A query: sentences that have its words come first.
    pub focus: Option<String>,
    /// A name: sentences that mention it come first.
    pub about: Option<String>,
    /// Whether each pick says what counted for it: [`features::NAMES`], `focus` and `about`.
    pub explain: bool,
    /// Whether the summary says who said what, from the input's quotations: [`Summary::quotes`].
    pub digest: bool,
}

/// What a whole match of the query or the name adds to a score, which itself runs from 0 to 1: enough for a sentence on
/// the matter to come before all that are not, little enough for the ranker to choose among those that are.
const WISH: f64 = 1.0;

impl Summarizer {
    /// A summarizer that keeps the order of the text.
    pub fn new(budget: Budget) -> Self {
        Self {
            budget,
            order: Order::default(),
            focus: None,
            about: None,
            explain: false,
            digest: false,
        }
    }

    /// The summary of a text; empty where the text is blank.
    pub fn summarize(&self, input: &Input<'_>) -> Summary {
        self.summarize_with(&BUILT_IN, input)
    }

    /// The summary by a model other than the built-in one, as the trainer compares them.
    pub fn summarize_with(&self, model: &Model, input: &Input<'_>) -> Summary {
        self.pick(model, &Analysis::new(input, model), input)
    }

    fn pick(&self, model: &Model, analysis: &Analysis<'_>, input: &Input<'_>) -> Summary {
        let text = analysis.text;
        let room = Room::new(self.budget, text);
        let wishes = self.wishes(analysis, input);
        let scores = self.scores(model, analysis, &wishes);
        let picks = self.select(model, analysis, &scores, room);
        let mut picks: Vec<Pick> = if picks.is_empty() {
            cut_best(analysis, &scores, room).into_iter().collect()
        } else {
            let pick = |&(i, score): &(usize, f64)| Pick {
                span: analysis.sentences[i].span,
                score,
                ..Pick::default()
            };
            picks.iter().map(pick).collect()
        };
        if self.explain {
            for pick in &mut picks {
                let before = |s: &Sentence| s.span.end <= pick.span.start;
                let at = analysis.sentences.partition_point(before);
                pick.why = reasons(model, analysis, &wishes, at);
            }
        }
        if self.order == Order::Document {
            picks.sort_by_key(|pick| pick.span.start);
        }
        let text = picks
            .iter()
            .map(|pick| reading_text(text, pick))
            .collect::<Vec<_>>()
            .join(" ");
        Summary {
            text,
            sentences: picks,
            quotes: (self.digest).then(|| who_said_what(model, analysis, input)),
        }
    }

    /// Picks what can be read by itself; where nothing of that kind fits, what fits.
    fn select(
        &self,
        model: &Model,
        analysis: &Analysis<'_>,
        scores: &[f64],
        room: Room,
    ) -> Vec<(usize, f64)> {
        let words = self.expected_words(analysis.text);
        let [headline, long] = LENGTHS;
        // A wish says by itself what is to be told.
        let wished = self.focus.is_some() || self.about.is_some();
        let by_sentences = matches!(self.budget, Budget::Sentences(_));
        let weights = (!by_sentences && !wished && words < long).then(|| analysis.weights());
        let candidates = Candidates {
            text: analysis.text,
            sentences: &analysis.sentences,
            scores,
            terms: &analysis.vectors,
            graph: &analysis.graph,
            readability: &analysis.readability,
            novelty: match &weights {
                Some(weights) => Novelty::Terms(weights),
                None => Novelty::Resemblance(model.redundancy(words)),
            },
            headline: words < headline,
        };
        let picks = select(&candidates, room);
        if !picks.is_empty() {
            return picks;
        }
        let unbarred = Readability::without_constraints(&analysis.sentences);
        select(
            &Candidates {
                readability: &unbarred,
                ..candidates
            },
            room,
        )
    }

    /// About how many words the summary will have, at news's 24 words a sentence and 6 characters a word.
    fn expected_words(&self, text: &str) -> f64 {
        match self.budget {
            Budget::Sentences(n) => 24.0 * n as f64,
            Budget::Words(n) => n as f64,
            Budget::Chars(n) => n as f64 / 6.0,
            Budget::Ratio(share) => share * text.len() as f64 / 6.0,
        }
    }

    /// Each sentence's score, the ranker's best being 1.
    pub(crate) fn scores(
        &self,
        model: &Model,
        analysis: &Analysis<'_>,
        wishes: &[(&'static str, Vec<f64>)],
    ) -> Vec<f64> {
        let mut scores = model.scores(&analysis.rows);
        let best = scores.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        scores.iter_mut().for_each(|s| *s /= best);
        for (_, wish) in wishes {
            scores
                .iter_mut()
                .zip(wish)
                .for_each(|(s, w)| *s += WISH * w);
        }
        scores
    }

    /// How far each sentence meets each of the user's wishes, 0 to 1.
    pub(crate) fn wishes(
        &self,
        analysis: &Analysis<'_>,
        input: &Input<'_>,
    ) -> Vec<(&'static str, Vec<f64>)> {
        let mut wishes = Vec::new();
        if let Some(focus) = &self.focus {
            wishes.push(("focus", analysis.likeness(focus)));
        }
        if let Some(about) = &self.about {
            wishes.push(("about", mentions(analysis, input, about)));
        }
        wishes
    }
}

/// Whether each sentence mentions the entity of this name, pronouns included where the record's entities know them;
/// without entities, how many of the name's words it has.
fn mentions(analysis: &Analysis<'_>, input: &Input<'_>, name: &str) -> Vec<f64> {
    let wanted = name.to_lowercase();
    let named = |entity: &&Entity| {
        let is = |text: &str| text.to_lowercase() == wanted;
        is(&entity.name)
            || entity.mentions.iter().any(|m| {
                m.kind == document::MentionKind::Name && m.span.get(analysis.text).is_some_and(is)
            })
    };
    let entities = input.entities.unwrap_or_default();
    let spans: Vec<&Span> = entities
        .iter()
        .filter(named)
        .flat_map(|e| e.mentions.iter().map(|m| &m.span))
        .collect();
    if spans.is_empty() {
        return analysis.likeness(name);
    }
    let mut found = vec![0.0; analysis.sentences.len()];
    for span in spans {
        let at = analysis
            .sentences
            .partition_point(|s| s.span.end <= span.start);
        if analysis
            .sentences
            .get(at)
            .is_some_and(|s| s.span.start <= span.start)
        {
            found[at] = 1.0;
        }
    }
    found
}

/// The best sentence that can be cut to fit, so cut; preferably one that can stand alone.
fn cut_best(analysis: &Analysis<'_>, scores: &[f64], room: Room) -> Option<Pick> {
    let mut order: Vec<usize> = (0..scores.len())
        .filter(|&i| is_last_resort(&analysis.sentences[i]))
        .collect();
    let leans = |i: usize| !analysis.readability.stands_alone(i);
    order.sort_by(|&a, &b| {
        leans(a)
            .cmp(&leans(b))
            .then(scores[b].total_cmp(&scores[a]))
    });
    order.into_iter().find_map(|i| {
        let span = room.cut(analysis.text, analysis.sentences[i].span)?;
        Some(Pick {
            span,
            score: scores[i],
            truncated: true,
            ..Pick::default()
        })
    })
}

/// A pick as the summary's text has it: on one line, and marked where it is cut.
fn reading_text(text: &str, pick: &Pick) -> String {
    let slice = pick.span.get(text).unwrap_or("");
    let mut folded = slice.split_whitespace().collect::<Vec<_>>().join(" ");
    if pick.truncated {
        folded.push(ELLIPSIS);
    }
    folded
}

fn reasons(
    model: &Model,
    analysis: &Analysis<'_>,
    wishes: &[(&'static str, Vec<f64>)],
    i: usize,
) -> Vec<Reason> {
    let Some(row) = analysis.rows.get(i) else {
        return Vec::new();
    };
    let value = |name| {
        features::NAMES
            .iter()
            .position(|n| *n == name)
            .map_or(0.0, |at| f64::from(row[at]))
    };
    let learnt = model
        .contributions(row)
        .into_iter()
        .map(|(feature, contribution)| Reason {
            feature,
            value: value(feature),
            contribution,
        });
    let wished = wishes.iter().map(|(feature, wish)| Reason {
        feature,
        value: wish[i],
        contribution: WISH * wish[i],
    });
    let mut reasons: Vec<Reason> = learnt
        .chain(wished)
        .filter(|r| r.contribution != 0.0)
        .collect();
    reasons.sort_by(|a, b| {
        b.contribution
            .abs()
            .total_cmp(&a.contribution.abs())
            .then(a.feature.cmp(b.feature))
    });
    reasons
}

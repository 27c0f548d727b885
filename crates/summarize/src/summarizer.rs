//! One document in, one summary out.

use crate::Input;
use crate::analysis::Analysis;
use crate::budget::{Budget, ELLIPSIS, Room};
use crate::digest::who_said_what;
use crate::ranker::{BUILT_IN, LENGTHS, Model};
use crate::readable::{Readability, is_last_resort};
use crate::select::{Candidates, Novelty, select};
use crate::words::BYTES_PER_WORD;
use ::model::Error;
use document::{Entity, MentionKind, Pick, Reason, Summary};
use std::sync::Arc;
use text::on_one_line;

/// In which order a summary has its sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// That of the text.
    #[default]
    Document,
    /// The best first; a sentence still follows those that it leans on.
    Rank,
}

/// Picks the sentences of a summary. [`Summarizer::new`] has the defaults; the fields are free to change.
///
/// ```
/// use summarize::{Budget, Input, Summarizer};
///
/// let reading = segment::Segmenter::new().read("Rain fell on Monday. Sheep drowned in Barrow. The mayor spoke.");
/// let mut summarizer = Summarizer::new().with_budget(Budget::Sentences(1));
/// summarizer.focus = Some("drowned sheep".to_owned());
/// summarizer.explain = true;
/// let summary = summarizer.summarize(&Input::new(&reading));
/// assert_eq!(summary.text, "Sheep drowned in Barrow.");
/// assert_eq!(summary.sentences[0].why[0].feature, "focus");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Summarizer {
    /// How long the summary may be.
    pub budget: Budget,
    /// In which order it has its sentences.
    pub order: Order,
    /// A query: sentences that have its words come first.
    pub focus: Option<String>,
    /// A name: sentences that mention it come first.
    pub about: Option<String>,
    /// Whether each pick says what counted for it, the weightiest first: [`FEATURES`](crate::FEATURES), `focus` and `about`.
    pub explain: bool,
    /// The one that is part of the program, where there is none.
    ranker: Option<Arc<Model>>,
}

/// What a full match of the query or the name adds to a score. Scores run from 0 to 1, so that sentences that match come
/// before those that do not, and the ranker still chooses among those that do.
const WISH: f64 = 1.0;

/// About how many words a picked sentence has: 22 on average in the CNN articles of the training part. It decides between
/// the [`LENGTHS`] alone, so that one sentence is a headline and five make a long summary.
const WORDS_PER_SENTENCE: usize = 24;

/// A wish of the user, by its name among the reasons, and how far each sentence meets it, 0 to 1.
pub(crate) type Wish = (&'static str, Vec<f64>);

impl Summarizer {
    /// A summarizer of three sentences in the order of the text, with the ranker that is part of the program.
    pub fn new() -> Self {
        Self::default()
    }

    /// One with a ranker from elsewhere, such as a file; every byte of it is checked.
    ///
    /// ```
    /// use summarize::Summarizer;
    /// let error = Summarizer::from_bytes(b"no ranker".to_vec()).unwrap_err();
    /// assert_eq!(error.to_string(), "not a ranker of sentences: give a file of that kind");
    /// ```
    pub fn from_bytes(ranker: Vec<u8>) -> Result<Self, Error> {
        Ok(Self {
            ranker: Some(Arc::new(Model::from_bytes(&ranker)?)),
            ..Self::default()
        })
    }

    /// The same with another budget.
    pub fn with_budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    pub(crate) fn ranker(&self) -> &Model {
        self.ranker.as_deref().unwrap_or(&BUILT_IN)
    }

    /// The summary of a text; empty where the text is blank.
    pub fn summarize(&self, input: &Input<'_>) -> Summary {
        self.summarize_with(self.ranker(), input)
    }

    /// The summary by a given model.
    pub(crate) fn summarize_with(&self, model: &Model, input: &Input<'_>) -> Summary {
        let analysis = &Analysis::new(input, model);
        let text = analysis.text();
        let room = Room::new(self.budget, text);
        let wishes = self.wishes(analysis, input);
        let ranked = model.scores(&analysis.rows);
        let scores = with_wishes(ranked.clone(), &wishes);
        let picks = self.select(model, analysis, &scores, room);
        let mut picks: Vec<Pick> = if picks.is_empty() {
            cut_best(analysis, &scores, room).into_iter().collect()
        } else {
            let pick = |&(i, score): &(usize, f64)| Pick::new(analysis.sentences()[i].span, score);
            picks.iter().map(pick).collect()
        };
        if self.explain {
            for pick in &mut picks {
                let i = input.reading.sentence_at(pick.span.start);
                pick.why = reasons(model, analysis, &wishes, i);
            }
        }
        if self.order == Order::Document {
            picks.sort_by_key(|pick| pick.span.start);
        }
        let text = picks
            .iter()
            .map(|pick| shown(text, pick))
            .collect::<Vec<_>>()
            .join(" ");
        let mut summary = Summary::new(text, picks);
        summary.quotes = (input.digest).map(|quotes| who_said_what(&ranked, analysis, quotes));
        summary
    }

    /// Picks sentences that can be understood without those that are left out; where none of these fits, any that fit.
    fn select(
        &self,
        model: &Model,
        analysis: &Analysis<'_>,
        scores: &[f64],
        room: Room,
    ) -> Vec<(usize, f64)> {
        let words = self.expected_words(analysis.text());
        let [headline, long] = LENGTHS;
        // A wish decides by itself what the summary is about.
        let wished = self.focus.is_some() || self.about.is_some();
        let by_sentences = matches!(self.budget, Budget::Sentences(_));
        let weights = (!by_sentences && !wished && words < long).then(|| analysis.weights());
        let candidates = Candidates {
            text: analysis.text(),
            sentences: analysis.sentences(),
            scores,
            terms: &analysis.vectors,
            graph: &analysis.graph,
            readability: &analysis.readability,
            novelty: match &weights {
                Some(weights) => Novelty::Terms(weights),
                None => Novelty::Resemblance(model.redundancy(words)),
            },
            as_headline: words < headline,
        };
        let picks = select(&candidates, room);
        if !picks.is_empty() {
            return picks;
        }
        let unbarred = Readability::without_constraints(analysis.text(), analysis.sentences());
        select(
            &Candidates {
                readability: &unbarred,
                ..candidates
            },
            room,
        )
    }

    /// About how many words the summary will have.
    fn expected_words(&self, text: &str) -> f64 {
        let words = |bytes: f64| bytes / BYTES_PER_WORD as f64;
        match self.budget {
            Budget::Sentences(n) => WORDS_PER_SENTENCE as f64 * n as f64,
            Budget::Words(n) => n as f64,
            Budget::Chars(n) => words(n as f64),
            Budget::Ratio(share) => words(share * text.len() as f64),
        }
    }

    /// The user's wishes.
    pub(crate) fn wishes(&self, analysis: &Analysis<'_>, input: &Input<'_>) -> Vec<Wish> {
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

/// Each sentence's score: the ranker's, of which the greatest becomes 1, and what the wishes add.
pub(crate) fn with_wishes(mut scores: Vec<f64>, wishes: &[Wish]) -> Vec<f64> {
    let greatest = scores.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    scores.iter_mut().for_each(|score| *score /= greatest);
    for (_, wish) in wishes {
        let pairs = scores.iter_mut().zip(wish);
        pairs.for_each(|(score, wish)| *score += WISH * wish);
    }
    scores
}

/// 1 for each sentence that mentions the entity of this name, be it by a pronoun. Where no entity has the name, how many
/// of the name's words each sentence has, as [`Analysis::likeness`] measures it.
fn mentions(analysis: &Analysis<'_>, input: &Input<'_>, name: &str) -> Vec<f64> {
    let wanted = name.to_lowercase();
    let is_wanted = |text: &str| text.to_lowercase() == wanted;
    let named = |entity: &&Entity| {
        let mut names = entity.mentions.iter();
        is_wanted(&entity.name)
            || names.any(|m| {
                m.kind == MentionKind::Name && m.span.get(analysis.text()).is_some_and(is_wanted)
            })
    };
    let entities = input.entities.unwrap_or_default().iter().filter(named);
    let mut mentions = entities.flat_map(|e| &e.mentions).peekable();
    if mentions.peek().is_none() {
        return analysis.likeness(name);
    }
    let mut found = vec![0.0; analysis.sentences().len()];
    for mention in mentions {
        if let Some(i) = input.reading.sentence_with(mention.span.start) {
            found[i] = 1.0;
        }
    }
    found
}

/// The best sentence of which a beginning fits, cut to fit; those that lean on others come last.
fn cut_best(analysis: &Analysis<'_>, scores: &[f64], room: Room) -> Option<Pick> {
    let mut order: Vec<usize> = (0..scores.len())
        .filter(|&i| is_last_resort(analysis.text(), &analysis.sentences()[i]))
        .collect();
    let leans = |i: usize| !analysis.readability.stands_alone(i);
    order.sort_by(|&a, &b| {
        leans(a)
            .cmp(&leans(b))
            .then(scores[b].total_cmp(&scores[a]))
    });
    order.into_iter().find_map(|i| {
        let span = room.cut(analysis.text(), analysis.sentences()[i].span)?;
        let mut pick = Pick::new(span, scores[i]);
        pick.truncated = true;
        Some(pick)
    })
}

/// A pick as the summary's text has it: on one line, and with a mark where it is cut.
fn shown(text: &str, pick: &Pick) -> String {
    let mut line = on_one_line(text, &[pick.span]);
    if pick.truncated {
        line.push(ELLIPSIS);
    }
    line
}

/// What counted for and against sentence `i`, the weightiest first.
fn reasons(model: &Model, analysis: &Analysis<'_>, wishes: &[Wish], i: usize) -> Vec<Reason> {
    let Some(row) = analysis.rows.get(i) else {
        return Vec::new();
    };
    let learnt = model.contributions(row).into_iter().zip(row);
    let learnt = learnt.map(|((feature, contribution), &value)| {
        Reason::new(feature, f64::from(value), contribution)
    });
    let wished = wishes
        .iter()
        .map(|(feature, wish)| Reason::new(*feature, wish[i], WISH * wish[i]));
    let mut reasons: Vec<Reason> = learnt
        .chain(wished)
        .filter(|r| r.contribution != 0.0)
        .collect();
    reasons.sort_by(|a, b| {
        b.contribution
            .abs()
            .total_cmp(&a.contribution.abs())
            .then_with(|| a.feature.cmp(&b.feature))
    });
    reasons
}

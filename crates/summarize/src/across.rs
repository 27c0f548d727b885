//! One summary of many documents on one event.
//!
//! Documents come one by one and are not kept. Of each, the [`PER_DOCUMENT`] best sentences that can stand alone are
//! compared with those of the documents before. A sentence that says the same as one of them is merged into it, as a
//! further source. At most [`KEPT`] sentences are kept, each with the names of at most [`SOURCES`] sources, so that memory
//! does not grow with the stream; beyond that, the sentence of least worth goes.

use crate::Input;
use crate::analysis::Analysis;
use crate::budget::{ELLIPSIS, Length, Room};
use crate::summarizer::{Order, Summarizer, with_wishes};
use document::{CodePoints, Offsets, Origin, Pick, Span, Summary};
use std::cmp::Ordering;
use text::fold_space;

// Chosen by hand. The card of the model (`model/ranker.md`, "Several documents") has the scores of other values: they differ
// by 0.3 of ROUGE-1 at most.

/// How many sentences of a document are considered: more cost time, and add 0.2 of ROUGE-1.
const PER_DOCUMENT: usize = 8;
/// How many sentences are kept: those of 64 documents that have nothing in common, and more than any summary takes.
const KEPT: usize = 512;
/// How many sources of a sentence are named; all are counted.
const SOURCES: usize = 32;
/// Sentences whose terms have at least this cosine report the same; rare terms weigh more. High, as a reader minds a source
/// that does not say what it is named for more than a repetition.
const SAME: f64 = 0.6;
/// What a cosine of 1 with a picked sentence costs of a sentence's worth, in units of the best score in a document.
const REDUNDANCY: f64 = 0.5;

/// A document that sentences are quoted from, as an [`Origin`] names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FromDocument {
    /// Its `id`, or else its `url`.
    pub id: Option<String>,
    /// Its date in ISO 8601, as much of it as is known.
    pub date: Option<String>,
}

/// Summarizes many documents on one event, in bounded memory.
///
/// ```
/// use summarize::{Across, Budget, FromDocument, Input, Summarizer};
///
/// let segmenter = segment::Segmenter::new();
/// let mut across = Across::new(Summarizer::new().with_budget(Budget::Sentences(1)));
/// for (id, text) in [
///     ("herald", "A flood has cut off the town of Elmford after the river rose overnight."),
///     ("post", "The town of Elmford was cut off by a flood after the river rose overnight."),
/// ] {
///     let from = FromDocument { id: Some(id.to_owned()), date: None };
///     across.add(&from, &Input::new(&segmenter.read(text)));
/// }
/// let summary = across.finish();
/// let origin = summary.sentences[0].origin.as_ref().expect("every pick has one");
/// assert_eq!((origin.id.as_deref(), origin.documents), (Some("herald"), 2));
/// ```
#[derive(Debug)]
pub struct Across {
    summarizer: Summarizer,
    kept: Vec<Reported>,
    documents: usize,
    /// The words of all documents.
    words: usize,
}

/// A sentence, and the documents that report it.
#[derive(Debug)]
struct Reported {
    /// White space folded.
    text: String,
    /// The document that it is quoted from, which is the first that reported it, and those that say the same.
    origin: Origin,
    /// The number of that document, from 0.
    document: usize,
    /// The number of the last document that reported it.
    last: usize,
    /// The hashes of its terms, ascending, with weights of unit length.
    terms: Vec<(u64, f64)>,
    /// The greatest score that it, or a sentence that says the same, has in its own document.
    score: f64,
}

/// A sentence of the summary.
#[derive(Debug)]
struct Picked<'a> {
    reported: &'a Reported,
    /// With `…` where it is cut.
    text: String,
    worth: f64,
    truncated: bool,
}

impl Reported {
    /// Its score, and more the more documents report it.
    fn worth(&self) -> f64 {
        self.score * (1.0 + libm::log(self.origin.documents as f64))
    }

    /// By date, undated ones last; of one date, in the order in which the documents came.
    fn by_date(&self, other: &Self) -> Ordering {
        let key = |r: &Self| (r.document, r.origin.code_points.start);
        let (a, b) = (&self.origin.date, &other.origin.date);
        (a.is_none().cmp(&b.is_none()))
            .then_with(|| a.cmp(b))
            .then_with(|| key(self).cmp(&key(other)))
    }
}

impl Across {
    /// A summary with this summarizer's budget, order and wishes.
    pub fn new(summarizer: Summarizer) -> Self {
        Self {
            summarizer,
            kept: Vec::new(),
            documents: 0,
            words: 0,
        }
    }

    /// Takes the next document.
    pub fn add(&mut self, from: &FromDocument, input: &Input<'_>) {
        let document = self.documents;
        self.documents += 1;
        let text = input.reading.text();
        self.words += text.split_whitespace().count();
        let analysis = Analysis::new(input, self.summarizer.ranker());
        let wishes = self.summarizer.wishes(&analysis, input);
        let scores = with_wishes(self.summarizer.ranker().scores(&analysis.rows), &wishes);
        let mut best: Vec<usize> = (0..scores.len())
            .filter(|&i| analysis.readability.stands_alone(i))
            .collect();
        best.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        let offsets = Offsets::new(text);
        let code_points = |byte| offsets.to_code_points(byte).unwrap_or_default();
        for &i in best.iter().take(PER_DOCUMENT) {
            let span = analysis.sentences()[i].span;
            let place = CodePoints::new(code_points(span.start), code_points(span.end));
            let mut origin = Origin::new(place);
            origin.id.clone_from(&from.id);
            origin.date.clone_from(&from.date);
            self.merge(Reported {
                text: fold_space(&text[span]),
                origin,
                document,
                last: document,
                terms: hashed_terms(&analysis, i),
                score: scores[i],
            });
        }
        if self.kept.len() > KEPT {
            self.kept
                .sort_by(|a, b| b.worth().total_cmp(&a.worth()).then_with(|| a.by_date(b)));
            self.kept.truncate(KEPT);
        }
    }

    /// Adds a sentence, or its document to the sentence that says the same.
    fn merge(&mut self, new: Reported) {
        let same = self
            .kept
            .iter_mut()
            .map(|old| (cosine(&old.terms, &new.terms), old))
            .filter(|(cosine, _)| *cosine >= SAME)
            .reduce(|a, b| if b.0 > a.0 { b } else { a });
        let Some((_, old)) = same else {
            self.kept.push(new);
            return;
        };
        if old.last == new.document {
            return;
        }
        old.last = new.document;
        old.score = old.score.max(new.score);
        old.origin.documents += 1;
        if old.origin.also.len() < SOURCES {
            old.origin.also.extend(new.origin.id);
        }
    }

    /// What was taken so far, and begins anew with nothing.
    pub fn take(&mut self) -> Self {
        let fresh = Self::new(self.summarizer.clone());
        std::mem::replace(self, fresh)
    }

    /// How many documents there were.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// The summary of all documents: its sentences by date, undated ones last; of one date, in the order in which the
    /// documents came. With [`Order::Rank`], the best first. The picks' spans are of the summary's own text.
    pub fn finish(mut self) -> Summary {
        self.kept.sort_by(Reported::by_date);
        let room = Room::of_words(self.summarizer.budget, self.words);
        let mut picks = self.pick(room);
        if picks.is_empty() {
            picks.extend(self.cut_best(room));
        }
        if self.summarizer.order == Order::Document {
            picks.sort_by(|a, b| a.reported.by_date(b.reported));
        }
        let mut summary = Summary::default();
        for picked in picks {
            if !summary.text.is_empty() {
                summary.text.push(' ');
            }
            let start = summary.text.len();
            summary.text.push_str(&picked.text);
            let mut pick = Pick::new(start..summary.text.len(), picked.worth);
            pick.truncated = picked.truncated;
            pick.origin = Some(picked.reported.origin.clone());
            summary.sentences.push(pick);
        }
        summary
    }

    /// The best sentences that fit, one after the other, each worth less for what it repeats.
    fn pick(&self, mut room: Room) -> Vec<Picked<'_>> {
        let mut picks = Vec::new();
        let mut is_picked = vec![false; self.kept.len()];
        let mut resemblance = vec![0.0_f64; self.kept.len()];
        while !room.is_full() {
            let rest = self.kept.iter().enumerate().filter(|(i, _)| !is_picked[*i]);
            let best = rest
                .filter_map(|(i, reported)| {
                    let left = room.after(Length::of(&reported.text))?;
                    Some((i, reported.worth() - REDUNDANCY * resemblance[i], left))
                })
                .reduce(|a, b| if b.1 > a.1 { b } else { a });
            let Some((best, worth, left)) = best else {
                break;
            };
            room = left;
            is_picked[best] = true;
            let reported = &self.kept[best];
            picks.push(Picked {
                reported,
                text: reported.text.clone(),
                worth,
                truncated: false,
            });
            for (other, resemblance) in self.kept.iter().zip(&mut resemblance) {
                *resemblance = resemblance.max(cosine(&reported.terms, &other.terms));
            }
        }
        picks
    }

    /// The best sentence of which a beginning fits, cut to fit.
    fn cut_best(&self, room: Room) -> Option<Picked<'_>> {
        let mut best: Vec<&Reported> = self.kept.iter().collect();
        best.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
        best.into_iter().find_map(|reported| {
            let text = &reported.text;
            let beginning = &text[room.cut(text, Span::new(0, text.len()))?];
            Some(Picked {
                reported,
                text: format!("{beginning}{ELLIPSIS}"),
                worth: reported.worth(),
                truncated: true,
            })
        })
    }
}

/// The terms of a sentence as they are known in all documents, in ascending order.
fn hashed_terms(analysis: &Analysis<'_>, sentence: usize) -> Vec<(u64, f64)> {
    let hashes = analysis.terms.hashes();
    let vector = analysis.vectors.of(sentence).iter();
    let mut terms: Vec<(u64, f64)> = vector
        .map(|&(term, weight)| (hashes[term as usize], f64::from(weight)))
        .collect();
    terms.sort_by_key(|term| term.0);
    terms
}

/// The cosine of two lists of terms, both ascending.
fn cosine(a: &[(u64, f64)], b: &[(u64, f64)]) -> f64 {
    let mut b = b.iter().peekable();
    let mut sum = 0.0;
    for &(term, weight) in a {
        while b.next_if(|(other, _)| *other < term).is_some() {}
        if let Some((_, other)) = b.next_if(|(other, _)| *other == term) {
            sum += weight * other;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Budget;
    use document::Sentence;
    use text::Reading;

    fn overview(budget: Budget, documents: &[(&str, Option<&str>, &[&str])]) -> Summary {
        let mut across = Across::new(Summarizer::new().with_budget(budget));
        for (name, date, sentences) in documents {
            let text = sentences.join(" ");
            let mut start = 0;
            let spans: Vec<Sentence> = sentences
                .iter()
                .map(|s| {
                    let span = start..start + s.len();
                    start += s.len() + 1;
                    Sentence::new(span)
                })
                .collect();
            let from = FromDocument {
                id: Some((*name).to_owned()),
                date: date.map(str::to_owned),
            };
            across.add(&from, &Input::new(&Reading::new(&text, spans)));
        }
        across.finish()
    }

    const FLOOD: &str = "A flood has cut off the town of Elmford after the river rose overnight.";
    const AGAIN: &str =
        "The town of Elmford was cut off by a flood after the river rose overnight.";
    const CROWN: &str =
        "Volunteers from Barrow brought blankets, bread and forty boats on Tuesday.";

    #[test]
    fn what_two_say_is_said_once_and_both_are_named() {
        let documents: [(&str, Option<&str>, &[&str]); 3] = [
            ("courier", Some("2024-05-03"), &[CROWN]),
            ("herald", Some("2024-05-01"), &[FLOOD]),
            ("post", Some("2024-05-02"), &[AGAIN]),
        ];
        let overview = overview(Budget::Sentences(3), &documents);
        assert_eq!(overview.text, format!("{FLOOD} {CROWN}"));
        let first = &overview.sentences[0];
        let origin = first.origin.as_ref().expect("every pick has one");
        assert_eq!(
            (origin.id.as_deref(), origin.documents),
            (Some("herald"), 2)
        );
        assert_eq!(origin.also, ["post"]);
        assert_eq!(&overview.text[first.span], FLOOD);
        assert!(first.score > overview.sentences[1].score);
    }

    #[test]
    fn budgets_hold_and_a_long_sentence_is_cut() {
        let documents: [(&str, Option<&str>, &[&str]); 1] = [("herald", None, &[FLOOD])];
        let cut = overview(Budget::Words(4), &documents);
        assert_eq!(cut.text, "A flood has cut…");
        assert!(cut.sentences[0].truncated);
        assert_eq!(overview(Budget::Sentences(0), &documents).text, "");
        assert_eq!(overview(Budget::Words(9), &[]), Summary::default());
    }

    #[test]
    fn memory_is_bounded() {
        let mut across = Across::new(Summarizer::new().with_budget(Budget::Words(50)));
        for i in 0..2000 {
            let text =
                format!("Storm number{i} struck harbour{i} and sank vessel{i} near island{i}.");
            let sentences = [Sentence::new(0..text.len())];
            let reading = Reading::new(&text, &sentences[..]);
            across.add(&FromDocument::default(), &Input::new(&reading));
            assert!(across.kept.len() <= KEPT);
        }
        assert_eq!(across.documents(), 2000);
    }
}

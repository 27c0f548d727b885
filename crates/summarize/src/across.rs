//! One summary of many documents on one event.
//!
//! Documents come one by one and are not kept. Of each, the [`PER_DOCUMENT`] best sentences that can stand alone are
//! compared with those of the documents before; one that says the same as another is merged into it and adds its
//! source. At most [`KEPT`] sentences are held, each with at most [`SOURCES`] sources named, so that memory does not
//! grow with the stream; beyond that, the one that is worth least goes.

use crate::Input;
use crate::analysis::Analysis;
use crate::budget::{ELLIPSIS, Length, Room};
use crate::features::slice;
use crate::model::BUILT_IN;
use crate::summarizer::{Order, Summarizer};
use document::CodePoints;
use document::{Offsets, Origin, Pick, Span, Summary};

/// How many sentences of a document are looked at.
pub const PER_DOCUMENT: usize = 8;
/// How many sentences are held.
pub const KEPT: usize = 512;
/// How many sources of a sentence are named; all are counted.
pub const SOURCES: usize = 32;

/// Sentences that resemble each other this much report the same: the cosine of their terms, rare ones weighing more.
const SAME: f64 = 0.6;
/// What a cosine of 1 with a sentence already picked takes from a sentence's worth, which one source makes 0 to 1.
const REDUNDANCY: f64 = 0.5;

/// Where a document comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Its `id`, or else its `url`.
    pub id: Option<String>,
    /// ISO 8601, as much of it as is known.
    pub date: Option<String>,
}

/// One sentence, as a document reports it.
#[derive(Debug, Clone, Default)]
struct Report {
    /// White space folded; with `…` where it is cut.
    text: String,
    /// The document that it is quoted from, the first that reported it, and those that say the same.
    origin: Origin,
    /// Which document that is, from 0.
    document: usize,
    score: f64,
    truncated: bool,
}

/// Takes documents and gives a summary of them.
#[derive(Debug)]
pub struct Across {
    summarizer: Summarizer,
    held: Vec<Held>,
    documents: usize,
    words: usize,
}

#[derive(Debug)]
struct Held {
    report: Report,
    /// The hashes of its terms, ascending, with weights of unit length.
    terms: Vec<(u64, f64)>,
    /// The ranker's score for it in its own document.
    own: f64,
    /// The last document that added to its support.
    last: usize,
}

impl Held {
    /// A sentence is worth its own score, and more the more documents say so.
    fn worth(&self) -> f64 {
        self.own * (1.0 + libm::log(self.report.origin.documents as f64))
    }
}

impl Across {
    /// A summary with this summarizer's budget, order and wishes.
    pub fn new(summarizer: Summarizer) -> Self {
        Self {
            summarizer,
            held: Vec::new(),
            documents: 0,
            words: 0,
        }
    }

    /// Takes the next document.
    pub fn add(&mut self, source: &Source, input: &Input<'_>) {
        let document = self.documents;
        self.documents += 1;
        let text = input.reading.text();
        self.words += text.split_whitespace().count();
        let analysis = Analysis::new(input, &BUILT_IN);
        let wishes = self.summarizer.wishes(&analysis, input);
        let scores = self.summarizer.scores(&BUILT_IN, &analysis, &wishes);
        let mut best: Vec<usize> = (0..scores.len())
            .filter(|&i| analysis.readability.stands_alone(i))
            .collect();
        best.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        let offsets = Offsets::new(text);
        for &i in best.iter().take(PER_DOCUMENT) {
            let span = analysis.sentences[i].span;
            let code_points = |byte| offsets.to_code_points(byte).unwrap_or_default();
            let slice = slice(text, span);
            let hashes = analysis.terms.hashes();
            let mut terms: Vec<(u64, f64)> = analysis
                .vectors
                .of(i)
                .iter()
                .map(|&(term, weight)| (hashes[term as usize], f64::from(weight)))
                .collect();
            terms.sort_by_key(|t| t.0);
            self.merge(Held {
                report: Report {
                    text: slice.split_whitespace().collect::<Vec<_>>().join(" "),
                    origin: Origin {
                        id: source.id.clone(),
                        date: source.date.clone(),
                        code_points: CodePoints::new(
                            code_points(span.start),
                            code_points(span.end),
                        ),
                        documents: 1,
                        also: Vec::new(),
                    },
                    document,
                    score: 0.0,
                    truncated: false,
                },
                terms,
                own: scores[i],
                last: document,
            });
        }
        if self.held.len() > KEPT {
            self.held
                .sort_by(|a, b| b.worth().total_cmp(&a.worth()).then(order(a, b)));
            self.held.truncate(KEPT);
        }
    }

    fn merge(&mut self, new: Held) {
        let alike = self
            .held
            .iter_mut()
            .map(|old| (cosine(&old.terms, &new.terms), old))
            .filter(|(cosine, _)| *cosine >= SAME)
            .reduce(|a, b| if b.0 > a.0 { b } else { a });
        let Some((_, old)) = alike else {
            self.held.push(new);
            return;
        };
        if old.last == new.report.document {
            return;
        }
        old.last = new.report.document;
        old.own = old.own.max(new.own);
        let origin = &mut old.report.origin;
        origin.documents += 1;
        if origin.also.len() < SOURCES {
            origin.also.extend(new.report.origin.id);
        }
    }

    /// What was taken so far; nothing is left.
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
        let mut room = Room::of_words(self.summarizer.budget, self.words);
        self.held.sort_by(order);
        let mut picked: Vec<usize> = Vec::new();
        let mut resemblance = vec![0.0_f64; self.held.len()];
        let worth =
            |at: usize, resemblance: &[f64]| self.held[at].worth() - REDUNDANCY * resemblance[at];
        let mut reports: Vec<Report> = Vec::new();
        while !room.is_full() {
            let fitting = (0..self.held.len())
                .filter(|at| !picked.contains(at))
                .filter_map(|at| Some((at, room.after(Length::of(&self.held[at].report.text))?)));
            let best = fitting.reduce(|a, b| {
                if worth(b.0, &resemblance) > worth(a.0, &resemblance) {
                    b
                } else {
                    a
                }
            });
            let Some((at, left)) = best else { break };
            room = left;
            picked.push(at);
            reports.push(Report {
                score: worth(at, &resemblance),
                ..self.held[at].report.clone()
            });
            for (other, resemblance) in self.held.iter().zip(&mut resemblance) {
                *resemblance = resemblance.max(cosine(&self.held[at].terms, &other.terms));
            }
        }
        if reports.is_empty() {
            reports.extend(self.cut_best(room));
        }
        if self.summarizer.order == Order::Document {
            reports.sort_by(chronological);
        }
        let mut summary = Summary::default();
        for report in reports {
            if !summary.text.is_empty() {
                summary.text.push(' ');
            }
            let start = summary.text.len();
            summary.text.push_str(&report.text);
            summary.sentences.push(Pick {
                span: Span::new(start, summary.text.len()),
                score: report.score,
                truncated: report.truncated,
                why: Vec::new(),
                origin: Some(report.origin),
            });
        }
        summary
    }

    /// The best sentence that can be cut to fit, so cut.
    fn cut_best(&self, room: Room) -> Option<Report> {
        let mut best: Vec<&Held> = self.held.iter().collect();
        best.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
        best.into_iter().find_map(|held| {
            let text = &held.report.text;
            let kept = &text[room.cut(text, Span::new(0, text.len()))?];
            Some(Report {
                text: format!("{kept}{ELLIPSIS}"),
                score: held.worth(),
                truncated: true,
                ..held.report.clone()
            })
        })
    }
}

fn order(a: &Held, b: &Held) -> std::cmp::Ordering {
    chronological(&a.report, &b.report)
}

fn chronological(a: &Report, b: &Report) -> std::cmp::Ordering {
    let key = |r: &Report| {
        (
            r.origin.date.is_none(),
            r.origin.date.clone(),
            r.document,
            r.origin.code_points.start,
        )
    };
    key(a).cmp(&key(b))
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
        let mut across = Across::new(Summarizer::new(budget));
        for (name, date, sentences) in documents {
            let text = sentences.join(" ");
            let mut start = 0;
            let spans: Vec<Sentence> = sentences
                .iter()
                .map(|s| {
                    let span = start..start + s.len();
                    start += s.len() + 1;
                    Sentence {
                        span: span.into(),
                        paragraph: None,
                        kind: None,
                    }
                })
                .collect();
            let source = Source {
                id: Some((*name).to_owned()),
                date: date.map(str::to_owned),
            };
            across.add(&source, &Input::new(&Reading::new(&text, spans)));
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
        let mut across = Across::new(Summarizer::new(Budget::Words(50)));
        for i in 0..2000 {
            let text =
                format!("Storm number{i} struck harbour{i} and sank vessel{i} near island{i}.");
            let sentences = [Sentence {
                span: Span::new(0, text.len()),
                paragraph: None,
                kind: None,
            }];
            let reading = Reading::new(&text, &sentences[..]);
            across.add(&Source::default(), &Input::new(&reading));
            assert!(across.held.len() <= KEPT);
        }
        assert_eq!(across.documents(), 2000);
    }
}

//! What a sentence needs around it to be understood by someone who reads only the summary.

use crate::Input;
use crate::lexicon::Traits;
use crate::lists::Lists;
use crate::wording::Wording;
use crate::words::Word;
use document::{
    Entity, EntityType, Mention, MentionKind, Quote, QuoteType, Sentence, SentenceKind,
};
use std::ops::Range;
use text::Reading;

/// What a sentence leans on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Needs {
    /// The sentence before: this one opens on a pronoun or connective, or is a quotation whose speaker is named there.
    pub previous: bool,
    /// Subjects that a sentence before introduces and that this one takes for introduced: each is to be asked of
    /// [`Readability::introducing`].
    pub introductions: Vec<u32>,
}

/// Which sentences may be picked, and with which others.
///
/// What one sentence introduces and another takes for introduced is called a subject: a term that is the last word of a
/// name, an entity, or the source of a quotation. Subjects are numbered in this order.
#[derive(Debug)]
pub(crate) struct Readability {
    /// Each sentence's needs.
    pub needs: Vec<Needs>,
    /// Which sentences are no running text, or a quotation that is cut in half.
    pub barred: Vec<bool>,
    /// For each subject, the sentences that introduce it, in the order of the text.
    introducing: Lists<u32>,
    /// The numbers of the subjects that are entities.
    entities: Range<u32>,
}

/// Needs and introductions while they are collected.
struct Introductions<'a> {
    reading: &'a Reading<'a>,
    needs: Vec<Needs>,
    /// A subject, and a sentence that introduces it.
    found: Vec<(u32, u32)>,
}

/// A sentence with more than this share of its text in quotation marks is a bare quotation: it leans on the sentence
/// that says whose it is. Chosen by hand, so that a word or two outside of the marks (*he said*) do not hide it.
const BARE_QUOTATION: f64 = 0.8;

/// So many of the sentences that introduce a subject are looked at when one that is picked already is looked for.
/// Looking at all of them for each mention would take quadratic time, and a name stands in full more often only rarely.
const INTRODUCTIONS_TRIED: usize = 8;

impl Readability {
    /// Looks at each sentence and those before it; `terms` is how many distinct terms there are.
    pub(crate) fn new(
        input: &Input<'_>,
        words: &Lists<Word>,
        wording: &[Wording],
        terms: usize,
    ) -> Self {
        let mut collected = Introductions {
            reading: input.reading,
            needs: Vec::with_capacity(words.len()),
            found: Vec::new(),
        };
        let barred = collected.by_words(words, wording, terms);
        let entities = input.entities.unwrap_or_default();
        let quotes = input.quotes.unwrap_or_default();
        for (subject, entity) in (terms as u32..).zip(entities) {
            collected.by_entity(subject, entity);
        }
        for (subject, quote) in ((terms + entities.len()) as u32..).zip(quotes) {
            collected.by_quotation(subject, quote);
        }
        let subjects = terms + entities.len() + quotes.len();
        Self {
            introducing: Lists::sorted(subjects, collected.found.iter().copied()),
            needs: collected.needs,
            barred,
            entities: terms as u32..(terms + entities.len()) as u32,
        }
    }

    /// Bars only what is certainly no part of the story: for a text in which nothing else can be picked.
    pub(crate) fn without_constraints(text: &str, sentences: &[Sentence]) -> Self {
        Self {
            needs: vec![Needs::default(); sentences.len()],
            barred: sentences.iter().map(|s| !is_last_resort(text, s)).collect(),
            introducing: Lists::default(),
            entities: 0..0,
        }
    }

    /// Whether a subject is one of the input's entities.
    pub(crate) fn is_entity(&self, subject: u32) -> bool {
        self.entities.contains(&subject)
    }

    /// Whether a sentence may be picked and leans on no other.
    pub(crate) fn stands_alone(&self, i: usize) -> bool {
        !self.barred[i] && self.needs[i] == Needs::default()
    }

    /// The first sentence that introduces a subject; `None` where one that does, up to sentence `i`, is picked already.
    pub(crate) fn introducing(
        &self,
        subject: u32,
        i: usize,
        picked: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let list = self.introducing.of(subject as usize);
        let before = list.iter().map(|&j| j as usize).take_while(|&j| j <= i);
        if before.take(INTRODUCTIONS_TRIED).any(picked) {
            return None;
        }
        list.first().map(|&j| j as usize)
    }
}

impl Introductions<'_> {
    /// What the words of each sentence show by themselves. Returns which sentences are barred.
    fn by_words(&mut self, words: &Lists<Word>, wording: &[Wording], terms: usize) -> Vec<bool> {
        // The last sentence that has a name in full, by the name's last word.
        let mut named_in: Vec<Option<u32>> = vec![None; terms];
        let mut barred = Vec::with_capacity(words.len());
        let sentences = self.reading.sentences().iter().zip(words.iter());
        for (((sentence, own), wording), i) in sentences.zip(wording).zip(0_u32..) {
            let text = &self.reading.text()[sentence.span];
            for name in full_names(text, own) {
                if named_in[name as usize].replace(i) != Some(i) {
                    self.found.push((name, i));
                }
            }
            let Wording { opening, marks } = wording;
            let bare = marks.quoted_share > BARE_QUOTATION
                && !own.iter().any(|w| w.traits.has(Traits::SPEECH));
            let mut introductions: Vec<u32> = speakers(own)
                .filter(|&name| named_in[name as usize].is_some_and(|last| last != i))
                .collect();
            introductions.dedup();
            self.needs.push(Needs {
                previous: i > 0 && (opening.pronoun || opening.connective || bare),
                introductions,
            });
            let story =
                is_running_text(self.reading.text(), sentence) && !is_labelled_value(text, own);
            barred.push(own.is_empty() || !story || marks.cut);
        }
        barred
    }

    /// A sentence that mentions an entity by a description (*the company*), or a person by the surname alone, leans on the
    /// one that has the name in full. Pronouns count only at the opening of a sentence, where [`Wording`] finds them:
    /// inside it, they mostly stand for somebody whom it names.
    fn by_entity(&mut self, subject: u32, entity: &Entity) {
        if entity.kind.is_value() {
            return;
        }
        let mut introduced = false;
        let reading = self.reading;
        let of = |m: &Mention| reading.sentence_with(m.span.start);
        for here in entity.mentions.chunk_by(|a, b| of(a) == of(b)) {
            let Some(i) = of(&here[0]) else { continue };
            let mut names = here
                .iter()
                .filter(|m| m.kind == MentionKind::Name)
                .map(|m| m.span.get(reading.text()).unwrap_or_default())
                .peekable();
            let described = here.iter().any(|m| m.kind == MentionKind::Nominal);
            let leans = if names.peek().is_none() {
                described
            } else {
                let short =
                    |name: &str| name.split_whitespace().count() == 1 && entity.name.contains(' ');
                if !names.all(short) {
                    introduced = true;
                    self.found.push((subject, i as u32));
                }
                entity.kind == EntityType::Person
            };
            if leans && introduced && self.found.last() != Some(&(subject, i as u32)) {
                self.needs[i].introductions.push(subject);
            }
        }
    }

    /// A sentence that is a bare quotation leans on the one that says whose it is.
    fn by_quotation(&mut self, subject: u32, quote: &Quote) {
        if quote.kind == QuoteType::Indirect {
            return;
        }
        let mentions = quote.source.iter().chain(&quote.cue);
        let mut attributing: Vec<usize> = mentions
            .filter_map(|span| self.reading.sentence_with(span.start))
            .collect();
        attributing.sort_unstable();
        attributing.dedup();
        for &content in &quote.content {
            for i in self.reading.sentences_over(content) {
                let sentence = self.reading.sentences()[i].span;
                let quoted = sentence.intersection(content).len() as f64;
                let bare = quoted > BARE_QUOTATION * sentence.len() as f64;
                if !bare || attributing.binary_search(&i).is_ok() {
                    continue;
                }
                match attributing.first() {
                    Some(&first) if first < i => self.needs[i].introductions.push(subject),
                    _ => self.needs[i].previous |= i > 0,
                }
            }
        }
        let introducing = attributing.iter().map(|&i| (subject, i as u32));
        self.found.extend(introducing);
    }
}

/// Whether a sentence is part of the story, and no headline, byline, caption, list item or stage direction.
fn is_running_text(text: &str, sentence: &Sentence) -> bool {
    sentence.kind.is_none() && !is_direction(text, sentence)
}

/// Whether a few words alone in brackets say what is heard or done beside the words: `[Recess.]`, `(Laughter.)`.
fn is_direction(text: &str, sentence: &Sentence) -> bool {
    /// A sentence of the article in brackets has more words.
    const MOST_WORDS: usize = 5;
    let start = sentence
        .label
        .map_or(sentence.span.start, |label| label.end);
    let said = text.get(start..sentence.span.end).unwrap_or_default();
    let said = said.trim().trim_end_matches('.');
    let inner = (said.strip_prefix('[').and_then(|s| s.strip_suffix(']')))
        .or(said.strip_prefix('(').and_then(|s| s.strip_suffix(')')));
    inner.is_some_and(|inner| inner.split_whitespace().count() <= MOST_WORDS)
}

/// Whether a sentence is a label and its value, such as `Referee: T. Lund.`: a list item in running text.
fn is_labelled_value(sentence: &str, words: &[Word]) -> bool {
    /// A sentence with more words after a colon says something.
    const MOST_WORDS: usize = 5;
    let label = words.first().and_then(|w| sentence.get(w.end as usize..));
    words.len() <= MOST_WORDS && label.is_some_and(|rest| rest.starts_with(": "))
}

/// Whether a sentence may be picked where nothing else can be: running text or a headline.
pub(crate) fn is_last_resort(text: &str, sentence: &Sentence) -> bool {
    is_running_text(text, sentence) || sentence.kind == Some(SentenceKind::Headline)
}

/// The terms of the last words of names that stand in a sentence in full: a capitalised word after another.
fn full_names(sentence: &str, words: &[Word]) -> impl Iterator<Item = u32> {
    words.windows(2).filter_map(|pair| {
        // "J. Doe", "Anne-Marie Doe"
        let joined = |between: &str| {
            between
                .chars()
                .all(|c| c.is_whitespace() || matches!(c, '.' | '-'))
        };
        let between = pair[0].end as usize..pair[1].start as usize;
        (pair[0].capital
            && pair[1].capital
            && (pair[1].follows || sentence.get(between).is_some_and(joined)))
        .then_some(pair[1].term)
    })
}

/// The terms of the names next to a verb of saying: *Doe said*, *said Doe*.
fn speakers(words: &[Word]) -> impl Iterator<Item = u32> {
    words.windows(2).filter_map(|pair| {
        if !pair[1].follows {
            return None;
        }
        if pair[0].is_name() && pair[1].traits.has(Traits::SPEECH) {
            Some(pair[0].term)
        } else if pair[0].traits.has(Traits::SPEECH) && pair[1].is_name() {
            Some(pair[1].term)
        } else {
            None
        }
    })
}

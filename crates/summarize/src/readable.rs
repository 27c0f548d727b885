//! What a sentence needs around it to be understood by someone who reads only the summary.

use crate::Input;
use crate::features::{Wording, slice};
use crate::lexicon::Traits;
use crate::lists::Lists;
use crate::words::Word;
use document::{
    Entity, EntityType, Mention, MentionKind, Quote, QuoteType, Sentence, SentenceKind, Span,
};
use std::ops::Range;

/// What a sentence leans on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// It opens on a pronoun or connective, or is a quotation whose speaker is named before.
    pub previous: bool,
    /// It takes these for introduced, and a sentence before it introduces them: numbers of lists in
    /// [`Readability::introducing`].
    pub introductions: Vec<u32>,
}

/// What may be picked, and with what.
#[derive(Debug)]
pub struct Readability {
    /// Each sentence's needs.
    pub needs: Vec<Needs>,
    /// What is not running text, or a quotation cut in half.
    pub barred: Vec<bool>,
    /// The sentences that introduce somebody or something, in the order of the text: by the last word of a name that
    /// they have in full, then by entity, then by quotation.
    introducing: Lists<u32>,
    /// The numbers of those lists that are of entities.
    entities: Range<u32>,
}

/// What introduces what, in the making.
struct Introductions<'a> {
    text: &'a str,
    sentences: &'a [Sentence],
    needs: Vec<Needs>,
    /// What is introduced, and by which sentence.
    found: Vec<(u32, u32)>,
}

impl Readability {
    /// Looks at each sentence and those before it; `terms` is how many distinct terms there are.
    pub fn new(
        input: &Input<'_>,
        sentences: &[Sentence],
        words: &Lists<Word>,
        wording: &[Wording],
        terms: usize,
    ) -> Self {
        let mut making = Introductions {
            text: input.reading.text(),
            sentences,
            needs: Vec::with_capacity(sentences.len()),
            found: Vec::new(),
        };
        let barred = making.by_words(words, wording, terms);
        let entities = input.entities.unwrap_or_default();
        let quotes = input.quotes.unwrap_or_default();
        for (key, entity) in (terms as u32..).zip(entities) {
            making.by_entity(key, entity);
        }
        for (key, quote) in ((terms + entities.len()) as u32..).zip(quotes) {
            making.by_quotation(key, quote);
        }
        let keys = terms + entities.len() + quotes.len();
        Self {
            introducing: Lists::sorted(keys, making.found.iter().copied()),
            needs: making.needs,
            barred,
            entities: terms as u32..(terms + entities.len()) as u32,
        }
    }

    /// Only what is certainly no story is barred: for a text in which nothing else can be picked.
    pub fn without_constraints(sentences: &[Sentence]) -> Self {
        Self {
            needs: vec![Needs::default(); sentences.len()],
            barred: sentences.iter().map(|s| !is_last_resort(s)).collect(),
            introducing: Lists::default(),
            entities: 0..0,
        }
    }

    /// Whether an introduction is one that only the record's entities ask for.
    pub fn is_entity(&self, key: u32) -> bool {
        self.entities.contains(&key)
    }

    /// Whether a sentence may be picked and leans on no other.
    pub fn stands_alone(&self, i: usize) -> bool {
        !self.barred[i] && self.needs[i] == Needs::default()
    }

    /// The first sentence that introduces this; `None` where one up to sentence `i` is picked already.
    pub fn introducing(&self, key: u32, i: usize, picked: impl Fn(usize) -> bool) -> Option<usize> {
        let list = self.introducing.of(key as usize);
        let mut before = list.iter().map(|&j| j as usize).take_while(|&j| j <= i);
        // A handful of sentences is enough to look at: a name in full more often than that is rare, and looking at all
        // of them for each mention would be quadratic.
        if before.by_ref().take(8).any(picked) {
            return None;
        }
        list.first().map(|&j| j as usize)
    }
}

impl Introductions<'_> {
    /// What the words of each sentence show by themselves. Gives what is barred.
    fn by_words(&mut self, words: &Lists<Word>, wording: &[Wording], terms: usize) -> Vec<bool> {
        // The last sentence that has a name in full, by the name's last word.
        let mut named_in: Vec<Option<u32>> = vec![None; terms];
        let mut barred = Vec::with_capacity(self.sentences.len());
        let sentences = self.sentences.iter().zip(words.iter()).zip(wording);
        for (((sentence, own), wording), i) in sentences.zip(0_u32..) {
            let text = slice(self.text, sentence.span);
            for name in full_names(text, own) {
                if named_in[name as usize].replace(i) != Some(i) {
                    self.found.push((name, i));
                }
            }
            let Wording { opening, marks } = wording;
            let orphan =
                marks.quoted_share > 0.8 && !own.iter().any(|w| w.traits.has(Traits::SPEECH));
            let mut introductions: Vec<u32> = speakers(own)
                .filter(|&name| named_in[name as usize].is_some_and(|last| last != i))
                .collect();
            introductions.dedup();
            self.needs.push(Needs {
                previous: i > 0 && (opening.pronoun || opening.connective || orphan),
                introductions,
            });
            let story = is_running_text(sentence) && !is_labelled_value(text, own);
            barred.push(own.is_empty() || !story || marks.cut);
        }
        barred
    }

    /// A sentence that has an entity by a description (*the company*) or a person by the surname alone leans on the one
    /// that has the name in full. Pronouns inside a sentence bother nobody; at its opening, its words tell.
    fn by_entity(&mut self, key: u32, entity: &Entity) {
        if entity.kind.is_value() {
            return;
        }
        let mut introduced = false;
        let of = |m: &Mention| sentence_at(self.sentences, m.span);
        for here in entity.mentions.chunk_by(|a, b| of(a) == of(b)) {
            let Some(i) = of(&here[0]) else { continue };
            let mut names = here
                .iter()
                .filter(|m| m.kind == MentionKind::Name)
                .map(|m| slice(self.text, m.span))
                .peekable();
            let described = here.iter().any(|m| m.kind == MentionKind::Nominal);
            let leans = if names.peek().is_none() {
                described
            } else {
                let short =
                    |name: &str| name.split_whitespace().count() == 1 && entity.name.contains(' ');
                if !names.all(short) {
                    introduced = true;
                    self.found.push((key, i as u32));
                }
                entity.kind == EntityType::Person
            };
            if leans && introduced && self.found.last() != Some(&(key, i as u32)) {
                self.needs[i].introductions.push(key);
            }
        }
    }

    /// A sentence that is all quotation leans on the one that says whose.
    fn by_quotation(&mut self, key: u32, quote: &Quote) {
        if quote.kind == QuoteType::Indirect {
            return;
        }
        let at = |span: &Span| sentence_at(self.sentences, *span);
        let mut says: Vec<usize> = quote
            .source
            .iter()
            .chain(&quote.cue)
            .filter_map(at)
            .collect();
        says.sort_unstable();
        says.dedup();
        for piece in &quote.content {
            let Some(first) = at(piece) else { continue };
            for i in first..self.sentences.len() {
                let span = &self.sentences[i].span;
                if span.start >= piece.end {
                    break;
                }
                // Sentences of other programs may overlap.
                let shared = piece
                    .end
                    .min(span.end)
                    .saturating_sub(piece.start.max(span.start));
                // Four fifths, as for sentences whose quotations nobody has worked out.
                if 5 * shared <= 4 * span.len() || says.binary_search(&i).is_ok() {
                    continue;
                }
                match says.first() {
                    Some(&said) if said < i => self.needs[i].introductions.push(key),
                    _ => self.needs[i].previous |= i > 0,
                }
            }
        }
        self.found.extend(says.iter().map(|&i| (key, i as u32)));
    }
}

/// The sentence in which a span begins.
fn sentence_at(sentences: &[Sentence], span: Span) -> Option<usize> {
    let at = sentences.partition_point(|s| s.span.end <= span.start);
    sentences
        .get(at)
        .is_some_and(|s| s.span.start <= span.start)
        .then_some(at)
}

/// Whether a sentence is part of the story, and no headline, byline, caption or list item.
pub fn is_running_text(sentence: &Sentence) -> bool {
    sentence.kind.is_none()
}

/// Whether a sentence is a label and its value, such as `Referee: T. Lund.`: a list item in running text.
fn is_labelled_value(sentence: &str, words: &[Word]) -> bool {
    const FEW: usize = 6;
    let label = words.first().and_then(|w| sentence.get(w.end as usize..));
    words.len() < FEW && label.is_some_and(|rest| rest.starts_with(": "))
}

/// Whether a sentence may be taken if there is no other.
pub fn is_last_resort(sentence: &Sentence) -> bool {
    matches!(sentence.kind, None | Some(SentenceKind::Headline))
}

/// The last words of names that stand here in full: a capitalised word after another.
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

/// The names next to a verb of saying: *Doe said*, *said Doe*.
fn speakers(words: &[Word]) -> impl Iterator<Item = u32> {
    words.windows(2).filter_map(|pair| {
        if !pair[1].follows {
            return None;
        }
        let is_name = |w: &Word| w.capital && w.is_content();
        if is_name(&pair[0]) && pair[1].traits.has(Traits::SPEECH) {
            Some(pair[0].term)
        } else if pair[0].traits.has(Traits::SPEECH) && is_name(&pair[1]) {
            Some(pair[1].term)
        } else {
            None
        }
    })
}

//! Who is behind a quotation's source: one of the document's entities, or nobody where it is not sure.
//!
//! A wrong name is the worst that can come out of this program, so every rule here needs its evidence in the text: a name
//! that is the head of the source, an entity that the mention was linked to, or a pronoun right after a quotation whose
//! speaker it continues. What the rules are worth was measured on GUM's train part (80 speakers named, 8 of them wrong) and
//! dev part (15, none wrong), with the fast model from bare text.

use crate::names::{Bearer, Surnames, is_office, untitled};
use crate::source_head::is_head;
use document::{Entity, EntityType, Mention, MentionKind, Quote, QuoteType, Span, Speaker};
use text::{Reading, is_closing_mark};

/// A mention and the number of its entity.
#[derive(Debug, Clone, Copy)]
struct EntityMention<'a> {
    mention: &'a Mention,
    entity: usize,
}

/// The document's mentions of what can speak.
struct Speakers<'a> {
    reading: &'a Reading<'a>,
    entities: &'a [Entity],
    /// In the order of the text.
    mentions: Vec<EntityMention<'a>>,
    surnames: Surnames<'a>,
    /// By entity, the pronoun that was its source before.
    pronouns: Vec<Option<Pronoun>>,
}

/// A pronoun that stands for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
}

/// The speaker of the quotation before.
struct Previous {
    entity: usize,
    /// The last byte of the quotation's content, and the number of the paragraph that this is in.
    end: usize,
    paragraph: usize,
}

/// How many bytes before a pronoun are searched within its paragraph. A bound for texts without paragraphs: twice and
/// half of it name the same speakers on GUM, but for one more right with half.
const LOOK_BACK: usize = 2000;

/// A speaker's label has at most so many bytes, title included. (Half and half more give the same on 900 articles of
/// PolNeAR and GUM.)
const LONGEST_LABEL: usize = 60;

/// At most so many words of a label stand before the name: “THE WITNESS Ana Brito:”.
const WORDS_BEFORE_LABEL: usize = 2;

/// Names the speakers of `quotes`, which are in the order of the text. Ids are those of `entities`.
pub(crate) fn resolve(reading: &Reading<'_>, entities: &[Entity], quotes: &mut [Quote]) {
    let mut speakers = Speakers::new(reading, entities);
    let mut previous: Option<Previous> = None;
    for quote in quotes {
        let start = start_of(quote);
        let paragraph = reading.paragraph_at(start);
        let near = (previous.as_ref()).filter(|before| paragraph <= before.paragraph + 1);
        let entity = match quote.source.first() {
            Some(source) => speakers.of_source(*source, near),
            // “…”, adding that …: the clause before it has the source.
            None if !quote.cue.is_empty() => near
                .filter(|before| reading.sentence_at(before.end) == reading.sentence_at(start))
                .map(|before| before.entity),
            // A quotation alone goes on with the one before, if nothing stands between its start and that of its paragraph
            // or sentence.
            None if quote.kind == QuoteType::Direct && begins_a_sentence(reading, start) => {
                near.map(|before| before.entity)
            }
            None => None,
        };
        let entity = entity.and_then(|e| speakers.named_entity(e));
        let end = quote.content.last().map_or(start, |c| c.end).max(start + 1) - 1;
        previous = entity.map(|entity| Previous {
            entity,
            end,
            paragraph: reading.paragraph_at(end),
        });
        quote.speaker = entity.and_then(|e| entities.get(e)).map(|e| {
            let mut speaker = Speaker::new(match e.kind {
                EntityType::Person => untitled(&e.name),
                _ => &e.name,
            });
            speaker.entity = Some(e.id.clone());
            speaker
        });
    }
}

/// Whether nothing but marks stands between this byte and the start of its paragraph or the end of a sentence.
fn begins_a_sentence(reading: &Reading<'_>, at: usize) -> bool {
    let paragraph = reading.paragraphs().get(reading.paragraph_at(at));
    let before = paragraph.and_then(|p| reading.text().get(p.start..at));
    let before = before.unwrap_or_default().trim_end();
    before.is_empty()
        || before.ends_with(|c| is_closing_mark(c) || matches!(c, '.' | '!' | '?' | '…'))
}

/// Where a quotation begins.
fn start_of(quote: &Quote) -> usize {
    let spans = quote.content.iter().chain(&quote.cue).chain(&quote.source);
    spans.map(|s| s.start).min().unwrap_or(0)
}

impl<'a> Speakers<'a> {
    fn new(reading: &'a Reading<'a>, entities: &'a [Entity]) -> Self {
        use EntityType::{Fac, Gpe, Misc, Norp, Org, Person};
        let mut mentions: Vec<EntityMention> = entities
            .iter()
            .enumerate()
            .filter(|(_, e)| matches!(e.kind, Person | Org | Gpe | Norp | Fac | Misc))
            .flat_map(|(entity, e)| {
                let mentions = e.mentions.iter();
                mentions.map(move |mention| EntityMention { mention, entity })
            })
            .collect();
        mentions.sort_by_key(|m| (m.mention.span.start, m.mention.span.end));
        let persons = entities.iter().enumerate();
        let persons = persons.filter(|(_, e)| e.kind == Person);
        Self {
            reading,
            entities,
            mentions,
            surnames: Surnames::new(persons.map(|(number, e)| (number, e.name.as_str()))),
            pronouns: vec![None; entities.len()],
        }
    }

    /// The text of these bytes; `None` where they are none of it.
    fn text(&self, start: usize, end: usize) -> Option<&'a str> {
        self.reading.text().get(start..end)
    }

    /// The entity that a speaker is to be called by, if it is clear: not one whose name is an office; and for a surname
    /// that is all of somebody's name, the one person who bears it.
    fn named_entity(&self, entity: usize) -> Option<usize> {
        let this = self.entities.get(entity)?;
        if this.name.split(' ').all(is_office) {
            return None;
        }
        if this.kind != EntityType::Person || this.name.contains(' ') {
            return Some(entity);
        }
        match self.surnames.bearer(&this.name) {
            Bearer::Nobody => Some(entity),
            Bearer::One(bearer) => Some(bearer),
            Bearer::Several => None,
        }
    }

    /// The mentions that begin within a span.
    fn within(&self, span: Span) -> impl Iterator<Item = EntityMention<'a>> {
        let first = self
            .mentions
            .partition_point(|m| m.mention.span.start < span.start);
        self.mentions[first..]
            .iter()
            .copied()
            .take_while(move |m| m.mention.span.start < span.end)
    }

    /// The entity that a source names; `previous` is the one that spoke just before.
    fn of_source(&mut self, source: Span, previous: Option<&Previous>) -> Option<usize> {
        let words = source.get(self.reading.text())?.trim().to_lowercase();
        match words.as_str() {
            "he" => self.of_pronoun(source, Pronoun::He, previous),
            "she" => self.of_pronoun(source, Pronoun::She, previous),
            "i" => self.of_turn(source.start),
            "who" => self.antecedent(source.start),
            "we" | "you" | "they" | "it" => None,
            // A source that runs on into the next clause is no source.
            _ if [" and", " though", " but"]
                .iter()
                .any(|end| words.ends_with(end)) =>
            {
                None
            }
            // “Both the council and the harbour board” may be one entity, but is two speakers.
            _ if words.starts_with("both ") => None,
            _ => self.of_name(source),
        }
    }

    /// The one entity whose name is the head of a source: the only person in it, or else the only entity.
    fn of_name(&self, source: Span) -> Option<usize> {
        let text = self.reading.text();
        let heads: Vec<EntityMention> = self
            .within(source)
            .filter(|m| is_head(text, source, m.mention.span))
            .collect();
        let first = heads.first()?;
        let Some(person) = heads.iter().find(|m| self.is_person(m.entity)) else {
            let alone = heads.iter().all(|m| m.entity == first.entity);
            return alone.then_some(first.entity);
        };
        let name = person.mention.span;
        // Two people say it together, or the words leave open which of two it was: neither of them alone. (GUM train: 9 wrong
        // of 83 without this.)
        let joined = |m: &EntityMention| {
            let other = m.mention.span;
            let between = self.text(other.end.min(name.end), other.start.max(name.start));
            between.is_some_and(|words| words.contains(" and "))
        };
        let others = heads
            .iter()
            .any(|m| m.entity != person.entity && (self.is_person(m.entity) || joined(m)));
        // GUM train: 9 wrong of 82 without this.
        let apart = (self.text(first.mention.span.end, name.start))
            .is_some_and(|between| between.contains(','));
        // “Ana Brito and Harbour Watch”, of which the second is no entity. (GUM dev: 1 wrong of 16 without this.)
        let another = self
            .text(name.end, source.end)
            .and_then(|after| after.strip_prefix(" and "))
            .is_some_and(|other| other.starts_with(char::is_uppercase));
        (!others && !apart && !another).then_some(person.entity)
    }

    /// Whom a pronoun stands for: as the entities have it; else who spoke just before, where nobody else was named
    /// since; else the only person whom the paragraph has named so far. Never somebody who was the other pronoun
    /// before.
    fn of_pronoun(
        &mut self,
        source: Span,
        pronoun: Pronoun,
        previous: Option<&Previous>,
    ) -> Option<usize> {
        let linked = self.within(source).next().map(|m| m.entity);
        let entity = linked.or_else(|| {
            let Some(previous) = previous.filter(|p| self.is_person(p.entity)) else {
                return self.only_person(source.start);
            };
            let since = Span::new(previous.end.min(source.start), source.start);
            let mut named = self.named(since);
            let continues = named.all(|m| m.entity == previous.entity);
            continues.then_some(previous.entity)
        })?;
        if self.is_named_after(entity, pronoun, source.start) {
            return None;
        }
        let before = self.pronouns.get_mut(entity)?;
        (*before.get_or_insert(pronoun) == pronoun).then_some(entity)
    }

    /// The one person named in a paragraph before byte `end`, if it is one.
    fn only_person(&self, end: usize) -> Option<usize> {
        let mut people = self.named(Span::new(self.search_from(end)?, end));
        let first = people.next()?;
        people
            .all(|m| m.entity == first.entity)
            .then_some(first.entity)
    }

    /// Whether the paragraph of byte `at` has this pronoun before it first names the entity: the pronoun then stands
    /// for somebody else, known from an earlier paragraph: “She joined the board, where she met Ana Brito.” (GUM
    /// without this: train 9 wrong of 82, dev 1 of 16.)
    fn is_named_after(&self, entity: usize, pronoun: Pronoun, at: usize) -> bool {
        let mentions = self.entities.get(entity).map(|e| &e.mentions);
        let name = mentions.and_then(|m| m.iter().find(|m| m.kind == MentionKind::Name));
        let (Some(name), Some(start)) = (name, self.search_from(at)) else {
            return false;
        };
        let pronoun = match pronoun {
            Pronoun::He => "he",
            Pronoun::She => "she",
        };
        let before = self.text(start, name.span.start.min(at));
        before.is_some_and(|before| {
            before
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.eq_ignore_ascii_case(pronoun))
        })
    }

    /// Where the search for what a pronoun at this byte stands for begins: with its paragraph, or [`LOOK_BACK`] before
    /// it.
    fn search_from(&self, at: usize) -> Option<usize> {
        let paragraph = (self.reading.paragraphs()).get(self.reading.paragraph_at(at))?;
        Some(paragraph.start.max(at.saturating_sub(LOOK_BACK)))
    }

    /// The people whom the text names in a span, but for those whom a quotation in it names.
    fn named(&self, span: Span) -> impl Iterator<Item = EntityMention<'a>> {
        self.within(span)
            .filter(|m| m.mention.kind == MentionKind::Name && self.is_person(m.entity))
            .filter(|m| {
                let start = m.mention.span.start;
                self.reading.quotation_at(start).is_none()
            })
    }

    /// Who speaks in a turn of an interview or a court's record: `Ana Brito: I think …`.
    fn of_turn(&self, at: usize) -> Option<usize> {
        let paragraph = (self.reading.paragraphs()).get(self.reading.paragraph_at(at))?;
        let label = Span::new(paragraph.start, at.min(paragraph.start + LONGEST_LABEL));
        let named = self.within(label).next()?;
        let before = self.text(paragraph.start, named.mention.span.start)?;
        let after = self.text(named.mention.span.end, at)?;
        let is_label =
            after.starts_with(':') && before.split_whitespace().count() <= WORDS_BEFORE_LABEL;
        is_label.then_some(named.entity)
    }

    fn is_person(&self, entity: usize) -> bool {
        self.entities
            .get(entity)
            .is_some_and(|e| e.kind == EntityType::Person)
    }

    /// The antecedent of a relative pronoun at this byte: the name that ends right before it.
    fn antecedent(&self, at: usize) -> Option<usize> {
        let next = self.mentions.partition_point(|m| m.mention.span.start < at);
        let last = self.mentions.get(next.checked_sub(1)?)?;
        let between = self.text(last.mention.span.end, at)?;
        between
            .trim_matches([' ', ','])
            .is_empty()
            .then_some(last.entity)
    }
}

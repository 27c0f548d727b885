//! Who is behind a quotation's source: one of the document's entities, or nobody where it is not sure.
//!
//! A wrong name is the worst that can come out of this program, so every rule here needs its evidence in the text: a name
//! that is the head of the source, an entity that the mention was linked to, or a pronoun right after a quotation whose
//! speaker it continues.

use crate::layout::Layout;
use document::{Entity, EntityType, Mention, MentionKind, Quote, QuoteType, Span, Speaker};

/// A mention and the number of its entity.
#[derive(Clone, Copy)]
struct Known<'a> {
    mention: &'a Mention,
    entity: usize,
}

/// The document's mentions of what can speak, in order.
struct Speakers<'a> {
    text: &'a str,
    entities: &'a [Entity],
    mentions: Vec<Known<'a>>,
    /// By entity, whether it was “she” or “he” as a source before.
    pronouns: Vec<Option<bool>>,
}

/// A pronoun goes back no more bytes than this within a paragraph.
const FARTHEST: usize = 2000;

/// A speaker's label in bytes, title included.
const LONGEST_LABEL: usize = 60;

/// Names the speakers of `quotes`, which are in the order of the text. Ids are those of `entities`.
pub(crate) fn resolve(layout: &Layout, entities: &[Entity], quotes: &mut [Quote]) {
    let mut speakers = Speakers::new(layout.text, entities);
    let mut last: Option<Last> = None;
    for quote in quotes {
        let start = start_of(quote);
        let paragraph = layout.paragraph_at(start);
        let near = last.as_ref().filter(|l| paragraph <= l.paragraph + 1);
        let entity = match quote.source.first() {
            Some(source) => speakers.of_source(layout, source, near),
            // “…”, adding that …: the clause before it has the source.
            None if !quote.cue.is_empty() => near
                .filter(|l| layout.sentence_at(l.end) == layout.sentence_at(start))
                .map(|l| l.entity),
            // It floats: the paragraph before told who speaks.
            None if quote.kind != QuoteType::Indirect => near.map(|l| l.entity),
            None => None,
        };
        let end = quote.content.last().map_or(start, |c| c.end).max(start + 1) - 1;
        last = entity.map(|entity| Last {
            entity,
            end,
            paragraph: layout.paragraph_at(end),
        });
        quote.speaker = entity.and_then(|e| entities.get(e)).map(|e| Speaker {
            name: e.name.clone(),
            entity: Some(e.id.clone()),
        });
    }
}

/// The speaker of the quotation before.
struct Last {
    entity: usize,
    /// The last byte of its content, and the paragraph that this is in.
    end: usize,
    paragraph: usize,
}

/// Where a quotation begins.
fn start_of(quote: &Quote) -> usize {
    let spans = quote.content.iter().chain(&quote.cue).chain(&quote.source);
    spans.map(|s| s.start).min().unwrap_or(0)
}

impl<'a> Speakers<'a> {
    fn new(text: &'a str, entities: &'a [Entity]) -> Self {
        use EntityType::{Fac, Gpe, Misc, Norp, Org, Person};
        let mut mentions: Vec<Known> = entities
            .iter()
            .enumerate()
            .filter(|(_, e)| matches!(e.kind, Person | Org | Gpe | Norp | Fac | Misc))
            .flat_map(|(entity, e)| {
                e.mentions
                    .iter()
                    .map(move |mention| Known { mention, entity })
            })
            .collect();
        mentions.sort_by_key(|k| (k.mention.span.start, k.mention.span.end));
        Self {
            text,
            entities,
            mentions,
            pronouns: vec![None; entities.len()],
        }
    }

    /// The mentions that begin within a span.
    fn within(&self, span: &Span) -> impl Iterator<Item = Known<'a>> {
        let first = self
            .mentions
            .partition_point(|k| k.mention.span.start < span.start);
        self.mentions[first..]
            .iter()
            .copied()
            .take_while(|k| k.mention.span.start < span.end)
    }

    /// The entity that a source names; `before` is the one that spoke just before.
    fn of_source(
        &mut self,
        layout: &Layout,
        source: &Span,
        before: Option<&Last>,
    ) -> Option<usize> {
        let words = self.text.get(source.clone())?.trim().to_lowercase();
        match words.as_str() {
            "he" | "she" => return self.of_pronoun(layout, source, words == "she", before),
            "i" => return self.of_turn(layout, source.start),
            "who" => return self.antecedent(source.start),
            "we" | "you" | "they" | "it" => return None,
            _ => {}
        }
        // A source that runs on into the next clause is no source.
        if words.ends_with(" and") || words.ends_with(" though") || words.ends_with(" but") {
            return None;
        }
        let heads: Vec<Known> = self
            .within(source)
            .filter(|k| self.is_head(source, &k.mention.span))
            .collect();
        let first = heads.first()?;
        let Some(person) = heads.iter().find(|k| self.is_person(k.entity)) else {
            return Some(first.entity);
        };
        // Two people say it together, or the words do not tell which of two it was: neither of them alone.
        let between = self
            .text
            .get(first.mention.span.end..person.mention.span.start);
        let others = heads
            .iter()
            .any(|k| self.is_person(k.entity) && k.entity != person.entity);
        let apart = between.is_some_and(|b| b.contains(','));
        (!others && !apart).then_some(person.entity)
    }

    /// Whom “he” or “she” is: as the entities have it; else who spoke just before, where nobody else was named since; else
    /// the only person whom the paragraph has named so far. Never somebody who was the other pronoun before.
    fn of_pronoun(
        &mut self,
        layout: &Layout,
        source: &Span,
        she: bool,
        before: Option<&Last>,
    ) -> Option<usize> {
        let linked = self.within(source).next().map(|k| k.entity);
        let entity = linked.or_else(|| {
            let Some(before) = before.filter(|b| self.is_person(b.entity)) else {
                let number = layout.paragraph_at(source.start);
                return self.only_person(layout, number, source.start);
            };
            let since = before.end.min(source.start)..source.start;
            let others = self
                .people_named(layout, &since)
                .any(|e| e != before.entity);
            (!others).then_some(before.entity)
        })?;
        let said = self.pronouns.get_mut(entity)?;
        (*said.get_or_insert(she) == she).then_some(entity)
    }

    /// The one person named in a paragraph before byte `end`, if it is one.
    fn only_person(&self, layout: &Layout, paragraph: usize, end: usize) -> Option<usize> {
        let paragraph = layout.paragraphs.get(paragraph)?;
        let end = paragraph.end.min(end);
        let span = paragraph.start.max(end.saturating_sub(FARTHEST))..end;
        let mut people = self.people_named(layout, &span);
        let first = people.next()?;
        people.all(|e| e == first).then_some(first)
    }

    /// The people whom the text names in a span, but for those whom a quotation in it names.
    fn people_named(&self, layout: &Layout, span: &Span) -> impl Iterator<Item = usize> {
        self.within(span)
            .filter(|k| k.mention.kind == MentionKind::Name && self.is_person(k.entity))
            .filter(|k| layout.quotation_at(k.mention.span.start).is_none())
            .map(|k| k.entity)
    }

    /// Who speaks in a turn of an interview or a court's record: `Ana Brito: I think …`.
    fn of_turn(&self, layout: &Layout, at: usize) -> Option<usize> {
        let paragraph = layout.paragraphs.get(layout.paragraph_at(at))?;
        let label = paragraph.start..at.min(paragraph.start + LONGEST_LABEL);
        let known = self.within(&label).next()?;
        let after = self.text.get(known.mention.span.end..at)?;
        let before = self.text.get(paragraph.start..known.mention.span.start)?;
        (after.starts_with(':') && before.split_whitespace().count() <= 2).then_some(known.entity)
    }

    fn is_person(&self, entity: usize) -> bool {
        self.entities
            .get(entity)
            .is_some_and(|e| e.kind == EntityType::Person)
    }

    /// Whom a relative pronoun at this byte goes back to: the name that ends right before it.
    fn antecedent(&self, at: usize) -> Option<usize> {
        let next = self.mentions.partition_point(|k| k.mention.span.start < at);
        let known = self.mentions.get(next.checked_sub(1)?)?;
        let between = self.text.get(known.mention.span.end..at)?;
        (between.trim_matches([' ', ',']).is_empty()).then_some(known.entity)
    }

    /// Whether a mention is what a source is about, and not part of a longer description: not `Smith` in
    /// “Smith’s lawyer”, “a friend of Smith” or “Smith supporters”.
    fn is_head(&self, source: &Span, mention: &Span) -> bool {
        let (Some(before), Some(after)) = (
            self.text.get(source.start..mention.start),
            self.text.get(mention.end.min(source.end)..source.end),
        ) else {
            return false;
        };
        let mut words = before.split_whitespace().rev();
        let governor =
            words.find(|w| !["the", "a", "an", "President", "Mr.", "Mrs.", "Ms."].contains(w));
        let governed = governor.is_some_and(|w| {
            [
                "of", "for", "from", "in", "at", "by", "with", "to", "on", "near", "against",
                "under", "from",
            ]
            .contains(&w)
        });
        let possessive = after.starts_with("’s ")
            || after.starts_with("'s ")
            || after.starts_with("’ ")
            || after.starts_with("' ");
        let modifies = after.strip_prefix(' ').is_some_and(|rest| {
            rest.starts_with(char::is_alphanumeric)
                && ![
                    "of", "who", "from", "in", "and", "himself", "herself", "itself", "for", "at",
                    "on",
                ]
                .contains(&rest.split_whitespace().next().unwrap_or_default())
        });
        !governed && !possessive && !modifies
    }
}

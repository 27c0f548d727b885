//! Who is behind a quotation's source: one of the document's entities, or nobody where it is not sure.
//!
//! A wrong name is the worst that can come out of this program, so every rule here needs its evidence in the text: a name
//! that is the head of the source, an entity that the mention was linked to, or a pronoun right after a quotation whose
//! speaker it continues.

use document::{Entity, EntityType, Mention, MentionKind, Quote, QuoteType, Span, Speaker};
use model::Set;
use std::collections::HashMap;
use std::sync::LazyLock;
use text::Reading;

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
    /// By the last word of persons' longer names, the one who bears it; nobody where several do.
    surnames: HashMap<&'a str, Option<usize>>,
    /// By entity, whether it was “she” or “he” as a source before.
    pronouns: Vec<Option<bool>>,
}

/// A pronoun goes back no more bytes than this within a paragraph.
const FARTHEST: usize = 2000;

/// A speaker's label in bytes, title included.
const LONGEST_LABEL: usize = 60;

/// Names the speakers of `quotes`, which are in the order of the text. Ids are those of `entities`.
pub(crate) fn resolve(reading: &Reading<'_>, entities: &[Entity], quotes: &mut [Quote]) {
    let mut speakers = Speakers::new(reading.text(), entities);
    let mut last: Option<Last> = None;
    for quote in quotes {
        let start = start_of(quote);
        let paragraph = reading.paragraph_at(start);
        let near = last.as_ref().filter(|l| paragraph <= l.paragraph + 1);
        let entity = match quote.source.first() {
            Some(source) => speakers.of_source(reading, *source, near),
            // “…”, adding that …: the clause before it has the source.
            None if !quote.cue.is_empty() => near
                .filter(|l| reading.sentence_at(l.end) == reading.sentence_at(start))
                .map(|l| l.entity),
            // It floats: what comes before told who speaks, if nothing stands between that and the start of its paragraph
            // or its sentence.
            None if quote.kind == QuoteType::Direct && begins_a_sentence(reading, start) => {
                near.map(|l| l.entity)
            }
            None => None,
        };
        let entity = entity.and_then(|e| speakers.known_by_name(e));
        let end = quote.content.last().map_or(start, |c| c.end).max(start + 1) - 1;
        last = entity.map(|entity| Last {
            entity,
            end,
            paragraph: reading.paragraph_at(end),
        });
        quote.speaker = entity.and_then(|e| entities.get(e)).map(|e| Speaker {
            name: untitled(e).to_owned(),
            entity: Some(e.id.clone()),
        });
    }
}

/// Whether nothing but marks stands between this byte and the start of its paragraph or the end of a sentence.
fn begins_a_sentence(reading: &Reading<'_>, at: usize) -> bool {
    let paragraph = reading.paragraphs().get(reading.paragraph_at(at));
    let before = paragraph.and_then(|p| reading.text().get(p.start..at));
    let before = before.unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', '”', '"', '’', '\'', '»', '…'])
}

/// Offices: words that are a person's title or stand for the person, but are no name.
fn is_office(word: &str) -> bool {
    OFFICES.contains(word.to_lowercase().as_str())
}

static OFFICES: LazyLock<Set<&str>> =
    LazyLock::new(|| include_str!("../data/offices.txt").lines().collect());

/// A person's name without what stands before it: “Eleni Vasilakou” of “Civil Protection Minister Eleni Vasilakou” and of
/// “Undersecretary Eleni Vasilakou”.
fn untitled(entity: &Entity) -> &str {
    let name = entity.name.as_str();
    if entity.kind != EntityType::Person {
        return name;
    }
    let mut rest = name;
    for (at, _) in name.match_indices(' ') {
        let (before, after) = (&name[..at], &name[at + 1..]);
        // “Martin Luther King Jr.” has its last word only after the king.
        let office = before.rsplit(' ').next().is_some_and(is_office);
        if office && after.contains(' ') {
            rest = after;
        }
    }
    rest
}

/// Whether two names differ in one letter at most: “Kristin” and “Kristen” are one person, spelt in a hurry.
fn spelt_alike(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() <= 1
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
        let mut surnames = HashMap::new();
        for (number, entity) in entities.iter().enumerate() {
            if let (Person, Some((_, surname))) = (entity.kind, entity.name.rsplit_once(' ')) {
                let bearer = surnames.entry(surname).or_insert(Some(number));
                if bearer.is_none_or(|b| !spelt_alike(&entities[b].name, &entity.name)) {
                    *bearer = None;
                }
            }
        }
        Self {
            text,
            entities,
            mentions,
            surnames,
            pronouns: vec![None; entities.len()],
        }
    }

    /// The entity that a speaker is to be called by, if it is clear: not one whose name is an office; and for a surname that
    /// is all of somebody's name, the one person who bears it.
    fn known_by_name(&self, entity: usize) -> Option<usize> {
        let this = self.entities.get(entity)?;
        if this.name.split(' ').all(is_office) {
            return None;
        }
        if this.kind != EntityType::Person || this.name.contains(' ') {
            return Some(entity);
        }
        match self.surnames.get(this.name.as_str()) {
            None => Some(entity),
            Some(bearer) => *bearer,
        }
    }

    /// The mentions that begin within a span.
    fn within(&self, span: Span) -> impl Iterator<Item = Known<'a>> {
        let first = self
            .mentions
            .partition_point(|k| k.mention.span.start < span.start);
        self.mentions[first..]
            .iter()
            .copied()
            .take_while(move |k| k.mention.span.start < span.end)
    }

    /// The entity that a source names; `before` is the one that spoke just before.
    fn of_source(
        &mut self,
        reading: &Reading<'_>,
        source: Span,
        before: Option<&Last>,
    ) -> Option<usize> {
        let words = source.get(self.text)?.trim().to_lowercase();
        match words.as_str() {
            "he" | "she" => return self.of_pronoun(reading, source, words == "she", before),
            "i" => return self.of_turn(reading, source.start),
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
            .filter(|k| self.is_head(source, k.mention.span))
            .collect();
        let first = heads.first()?;
        if words.starts_with("both ") {
            return None;
        }
        let Some(person) = heads.iter().find(|k| self.is_person(k.entity)) else {
            let alone = heads.iter().all(|k| k.entity == first.entity);
            return alone.then_some(first.entity);
        };
        // Two people say it together, or the words do not tell which of two it was: neither of them alone.
        let between = self
            .text
            .get(first.mention.span.end..person.mention.span.start);
        let joined = |k: &Known| {
            let from = k.mention.span.end.min(person.mention.span.end);
            let to = k.mention.span.start.max(person.mention.span.start);
            let between = self.text.get(from..to);
            between.is_some_and(|b| b.contains(" and "))
        };
        let others = heads
            .iter()
            .any(|k| k.entity != person.entity && (self.is_person(k.entity) || joined(k)));
        let apart = between.is_some_and(|b| b.contains(','));
        let after = self.text.get(person.mention.span.end..source.end);
        let another = after
            .and_then(|after| after.strip_prefix(" and "))
            .is_some_and(|name| name.starts_with(char::is_uppercase));
        (!others && !apart && !another).then_some(person.entity)
    }

    /// Whom “he” or “she” is: as the entities have it; else who spoke just before, where nobody else was named since; else
    /// the only person whom the paragraph has named so far. Never somebody who was the other pronoun before.
    fn of_pronoun(
        &mut self,
        reading: &Reading<'_>,
        source: Span,
        she: bool,
        before: Option<&Last>,
    ) -> Option<usize> {
        let linked = self.within(source).next().map(|k| k.entity);
        let entity = linked.or_else(|| {
            let Some(before) = before.filter(|b| self.is_person(b.entity)) else {
                return self.only_person(reading, source.start);
            };
            let since = Span::new(before.end.min(source.start), source.start);
            let others = self
                .named(reading, since)
                .any(|k| k.entity != before.entity);
            (!others).then_some(before.entity)
        })?;
        if self.is_introduced_after_pronoun(reading, entity, source.start, she) {
            return None;
        }
        let said = self.pronouns.get_mut(entity)?;
        (*said.get_or_insert(she) == she).then_some(entity)
    }

    /// The one person named in a paragraph before byte `end`, if it is one.
    fn only_person(&self, reading: &Reading<'_>, end: usize) -> Option<usize> {
        let paragraph = reading.paragraphs().get(reading.paragraph_at(end))?;
        let start = paragraph.start.max(end.saturating_sub(FARTHEST));
        let span = Span::new(start, end);
        let mut people = self.named(reading, span);
        let first = people.next()?;
        people
            .all(|k| k.entity == first.entity)
            .then_some(first.entity)
    }

    /// Whether the paragraph of byte `at` has somebody as “he” or “she” already when it is the first to name the entity:
    /// “At school he met Peter Stone” is about somebody else.
    fn is_introduced_after_pronoun(
        &self,
        reading: &Reading<'_>,
        entity: usize,
        at: usize,
        she: bool,
    ) -> bool {
        let mentions = self.entities.get(entity).map(|e| &e.mentions);
        let name = mentions.and_then(|m| m.iter().find(|m| m.kind == MentionKind::Name));
        let paragraph = reading.paragraphs().get(reading.paragraph_at(at));
        let (Some(name), Some(paragraph)) = (name, paragraph) else {
            return false;
        };
        let start = paragraph.start.max(at.saturating_sub(FARTHEST));
        let pronoun = if she { "she" } else { "he" };
        let before = self.text.get(start..name.span.start.min(at));
        before.is_some_and(|before| {
            before
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.eq_ignore_ascii_case(pronoun))
        })
    }

    /// The people whom the text names in a span, but for those whom a quotation in it names.
    fn named(&self, reading: &Reading<'_>, span: Span) -> impl Iterator<Item = Known<'a>> {
        self.within(span)
            .filter(|k| k.mention.kind == MentionKind::Name && self.is_person(k.entity))
            .filter(|k| reading.quotation_at(k.mention.span.start).is_none())
    }

    /// Who speaks in a turn of an interview or a court's record: `Ana Brito: I think …`.
    fn of_turn(&self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        let paragraph = reading.paragraphs().get(reading.paragraph_at(at))?;
        let label = Span::new(paragraph.start, at.min(paragraph.start + LONGEST_LABEL));
        let known = self.within(label).next()?;
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
    fn is_head(&self, source: Span, mention: Span) -> bool {
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

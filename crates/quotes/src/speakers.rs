//! Who is behind a quotation's source: one of the document's entities, or nobody where it is not sure.
//!
//! A wrong name is the worst that can come out of this program, so every rule here needs its evidence in the text: a name
//! that is the head of the source, an entity that the mention was linked to, or a pronoun right after a quotation whose
//! speaker it continues.

use crate::layout::Layout;
use document::{Entity, EntityType, Mention, Quote, Span, Speaker};

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
}

/// Names the speakers of `quotes`, which are in the order of the text. Ids are those of `entities`.
pub(crate) fn resolve(layout: &Layout, entities: &[Entity], quotes: &mut [Quote]) {
    let speakers = Speakers::new(layout.text, entities);
    // The speaker of the quotation before, and the paragraph in which that one ended.
    let mut last: Option<(usize, usize)> = None;
    for quote in quotes {
        let start = start_of(quote);
        let paragraph = layout.paragraph_at(start);
        let near = last.filter(|&(_, before)| paragraph <= before + 1);
        let entity = match quote.source.first() {
            Some(source) => speakers.of_source(source, near.map(|(entity, _)| entity)),
            // It floats: the paragraph before told who speaks.
            None => near.map(|(entity, _)| entity),
        };
        let end = quote.content.last().map_or(start, |c| c.end);
        last = entity.map(|entity| (entity, layout.paragraph_at(end.saturating_sub(1))));
        quote.speaker = entity.and_then(|e| entities.get(e)).map(|e| Speaker {
            name: e.name.clone(),
            entity: Some(e.id.clone()),
        });
    }
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
    fn of_source(&self, source: &Span, before: Option<usize>) -> Option<usize> {
        let words = self.text.get(source.clone())?.trim();
        match words.to_lowercase().as_str() {
            "he" | "she" => {
                let linked = self.within(source).next().map(|k| k.entity);
                return linked.or(before.filter(|&e| self.is_person(e)));
            }
            "who" => return self.antecedent(source.start),
            _ => {}
        }
        let heads: Vec<Known> = self
            .within(source)
            .filter(|k| self.is_head(source, &k.mention.span))
            .collect();
        let people = || heads.iter().filter(|k| self.is_person(k.entity));
        if let Some(first) = people().next() {
            // Two people say it together: neither of them alone.
            let others = people().any(|k| k.entity != first.entity);
            return (!others).then_some(first.entity);
        }
        heads.first().map(|k| k.entity)
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

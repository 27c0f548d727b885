//! What there is to show.

use document::{Dateline, Entity, Metadata, Quote, Sentence, Span, Summary};
use std::collections::HashMap;

/// A text with its annotations. Those that are missing are not shown.
///
/// ```
/// let article = view::Article { text: "“Yes”, said Ana Roe.", ..Default::default() };
/// let look = view::Look { width: 40, color: false, furniture: false };
/// assert_eq!(view::terminal(&article, look), "“Yes”, said Ana Roe.\n");
/// ```
#[derive(Debug, Default)]
pub struct Article<'a> {
    /// The article.
    pub text: &'a str,
    /// Its name or number.
    pub id: Option<String>,
    /// Its title, where that is not in the text.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Its language, as BCP 47 has it.
    pub lang: Option<String>,
    /// In the order of the text.
    pub sentences: Vec<Sentence>,
    /// Header stretches.
    pub metadata: Vec<Metadata>,
    /// Where and when it was filed.
    pub dateline: Option<Dateline>,
    /// `None` where they were not looked for.
    pub entities: Option<Vec<Entity>>,
    /// `None` where they were not looked for.
    pub quotes: Option<Vec<Quote>>,
    /// The sentences that tell the story.
    pub summary: Option<Summary>,
    /// What could not be shown, or went wrong before, as messages.
    pub problems: Vec<String>,
}

/// Somebody who is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedSpeaker {
    /// The fullest name.
    pub name: String,
    /// Which of the article's quotations are theirs, by number.
    pub quotes: Vec<usize>,
}

impl<'a> Article<'a> {
    /// The entities; none where they were not looked for.
    pub(crate) fn entities(&self) -> &[Entity] {
        self.entities.as_deref().unwrap_or_default()
    }

    /// The quotations; none where they were not looked for.
    pub(crate) fn quotes(&self) -> &[Quote] {
        self.quotes.as_deref().unwrap_or_default()
    }

    /// The text at a span; empty where the span does not fit.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        span.get(self.text).unwrap_or_default()
    }

    /// The text at some spans as one line.
    pub(crate) fn line(&self, spans: &[Span]) -> String {
        text::on_one_line(self.text, spans)
    }

    /// Who is quoted, in the order in which they first speak.
    pub fn speakers(&self) -> Vec<QuotedSpeaker> {
        let mut speakers: Vec<QuotedSpeaker> = Vec::new();
        let mut known: HashMap<(bool, &str), usize> = HashMap::new();
        for (i, quote) in self.quotes().iter().enumerate() {
            let Some(speaker) = &quote.speaker else {
                continue;
            };
            // Two people may have one name; an entity is one of them.
            let key = match &speaker.entity {
                Some(entity) => (true, entity.as_str()),
                None => (false, speaker.name.as_str()),
            };
            let at = *known.entry(key).or_insert_with(|| {
                speakers.push(QuotedSpeaker {
                    name: speaker.name.clone(),
                    quotes: Vec::new(),
                });
                speakers.len() - 1
            });
            speakers[at].quotes.push(i);
        }
        speakers
    }

    /// For each quotation the number of its speaker among `speakers`; `None` where no speaker is known.
    pub(crate) fn speaker_of_quotes(&self, speakers: &[QuotedSpeaker]) -> Vec<Option<usize>> {
        let mut numbers = vec![None; self.quotes().len()];
        for (i, speaker) in speakers.iter().enumerate() {
            for &quote in &speaker.quotes {
                numbers[quote] = Some(i);
            }
        }
        numbers
    }

    /// What to call it: its title, else its id.
    pub(crate) fn name(&self) -> Option<&str> {
        let names = [&self.title, &self.id].into_iter().flatten();
        let mut names = names.map(String::as_str);
        names.find(|name| !name.trim().is_empty())
    }
}

//! One article: its text with everything that is marked in it.

use super::escape::{escape, escaped};
use crate::article::{Article, QuotedSpeaker};
use crate::blocks::{Block, BlockKind, blocks, furniture, headline};
use crate::layers::{QuotationEnds, Stretch, flatten, runs};
use document::{Entity, MentionKind, SentenceKind, Span};

/// Colours of speakers, used in turn; `page.css` has them.
const TINTS: usize = 8;
/// Problems that are listed; the rest are counted.
const PROBLEMS: usize = 8;

/// An article with all that its HTML is made from.
pub(super) struct Body<'p, 'a> {
    pub article: &'p Article<'a>,
    /// Its place on the page, from 1.
    pub number: usize,
    blocks: Vec<Block>,
    headline: Option<usize>,
    pub speakers: Vec<QuotedSpeaker>,
    /// For each quotation the number of its speaker.
    pub of_quotes: Vec<Option<usize>>,
    /// In the order of [`Layer`].
    pub layers: [Vec<Stretch>; 4],
    ends: QuotationEnds,
    /// All mentions in the order of their entities: the entity, and which of its mentions.
    mentions: Vec<(usize, usize)>,
}

/// What is marked in the text.
pub(super) enum Layer {
    /// A sentence of the summary.
    Pick,
    Quote,
    Cue,
    Mention,
}

impl<'p, 'a> Body<'p, 'a> {
    pub(super) fn new(article: &'p Article<'a>, number: usize) -> Self {
        let blocks = blocks(article);
        let speakers = article.speakers();
        let quotes = || article.quotes().iter().enumerate();
        let picks = article.summary.iter().flat_map(|s| &s.sentences);
        let is_whole = |s: Span| s.len() >= article.text.trim().len();
        let picks = picks.zip(0..).map(|(p, i)| (p.span, i));
        let contents = quotes().flat_map(|(i, q)| q.content.iter().map(move |s| (*s, i)));
        let cues = quotes().flat_map(|(i, q)| q.cue.iter().map(move |s| (*s, i)));
        let mentions: Vec<(usize, usize)> = (article.entities().iter().enumerate())
            .flat_map(|(e, entity)| (0..entity.mentions.len()).map(move |m| (e, m)))
            .collect();
        let places = mentions.iter().zip(0..).map(|(&(e, m), i)| {
            let mention = &article.entities()[e].mentions[m];
            (mention.span, i)
        });
        let text = article.text;
        let layers = [
            // Where a pick is the whole text, marking it would show nothing.
            flatten(text, picks.filter(|(s, _)| !is_whole(*s))),
            flatten(text, contents),
            flatten(text, cues),
            flatten(text, places),
        ];
        Self {
            headline: headline(article, &blocks),
            blocks,
            of_quotes: article.speaker_of_quotes(&speakers),
            speakers,
            layers,
            ends: QuotationEnds::new(text, article.quotes()),
            mentions,
            article,
            number,
        }
    }

    /// What to call the article in plain text.
    pub(super) fn title(&self) -> String {
        match self.headline {
            Some(i) => self.article.line(&[self.blocks[i].span]),
            None => match self.article.name() {
                Some(name) => text::fold_space(name),
                None => format!("Article {}", self.number),
            },
        }
    }

    pub(super) fn html(&self) -> String {
        let n = self.number;
        let mut out = String::with_capacity(self.article.text.len() * 5);
        let lang = self.article.lang.as_deref().unwrap_or("en");
        out.push_str(&format!(
            "<article id=\"d{n}\" aria-labelledby=\"d{n}-title\" tabindex=\"-1\">\n<header>\n<h1 id=\"d{n}-title\" lang=\"{}\">",
            escaped(lang)
        ));
        let mut seen = Seen::new(self);
        match self.headline {
            Some(i) => self.marked(self.blocks[i].span, &mut seen, &mut out),
            None => escape(&self.title(), &mut out),
        }
        out.push_str("</h1>\n");
        self.facts(&mut out);
        out.push_str("</header>\n<div class=\"columns\">\n");
        out.push_str(&format!(
            "<div class=\"text\" lang=\"{}\">\n",
            escaped(lang)
        ));
        self.text(&mut seen, &mut out);
        out.push_str("</div>\n<aside aria-label=\"What was found\">\n");
        self.summary(&mut out);
        self.who_said_what(&mut out);
        self.named(&mut out);
        out.push_str("</aside>\n</div>\n</article>\n");
        out
    }

    /// Id, date, address, and what went wrong.
    fn facts(&self, out: &mut String) {
        let article = self.article;
        let mut facts = Vec::new();
        if let Some(id) = article.id.as_ref().filter(|id| **id != self.title()) {
            facts.push(escaped(id));
        }
        if let Some(date) = &article.date {
            facts.push(escaped(date));
        }
        if let Some(url) = &article.url {
            let address = escaped(url);
            // Any other scheme could be a script.
            facts.push(
                if url.starts_with("https://") || url.starts_with("http://") {
                    format!("<a href=\"{address}\" rel=\"noreferrer noopener\">{address}</a>")
                } else {
                    address
                },
            );
        }
        if !facts.is_empty() {
            out.push_str(&format!("<p class=\"facts\">{}</p>\n", facts.join(" · ")));
        }
        if !article.problems.is_empty() {
            out.push_str("<ul class=\"problems\">");
            for problem in article.problems.iter().take(PROBLEMS) {
                out.push_str(&format!("<li>{}</li>", escaped(problem)));
            }
            if article.problems.len() > PROBLEMS {
                let more = article.problems.len() - PROBLEMS;
                out.push_str(&format!("<li>and {more} more</li>"));
            }
            out.push_str("</ul>\n");
        }
    }

    fn text(&self, seen: &mut Seen, out: &mut String) {
        let mut list = false;
        // Where the furniture ends that is being written, which the reader unfolds.
        let mut unfolded = None;
        for (i, block) in self.blocks.iter().enumerate() {
            if unfolded == Some(i) {
                out.push_str("</details>\n");
                unfolded = None;
            }
            if self.headline == Some(i) {
                continue;
            }
            let item = block.kind == BlockKind::Sentences(SentenceKind::ListItem);
            if item != list {
                out.push_str(if item { "<ul>\n" } else { "</ul>\n" });
                list = item;
            }
            if unfolded.is_none()
                && let Some((folded, what)) = furniture(&self.blocks[i..])
            {
                let summary = format!("<details class=\"furniture\"><summary>{what}</summary>\n");
                out.push_str(&summary);
                unfolded = Some(i + folded);
            }
            let (open, close) = match block.kind {
                BlockKind::Metadata => ("<p class=\"metadata\">", "</p>"),
                BlockKind::Sentences(SentenceKind::Headline) => ("<h2>", "</h2>"),
                BlockKind::Sentences(SentenceKind::ListItem) => ("<li>", "</li>"),
                BlockKind::Sentences(SentenceKind::Byline) => ("<p class=\"byline\">", "</p>"),
                BlockKind::Sentences(SentenceKind::Caption) => ("<p class=\"caption\">", "</p>"),
                BlockKind::Sentences(SentenceKind::Timestamp) => {
                    ("<p class=\"timestamp\">", "</p>")
                }
                BlockKind::Sentences(SentenceKind::SpeakerLabel) => ("<p class=\"label\">", "</p>"),
                BlockKind::Sentences(SentenceKind::Table) => ("<p class=\"row\">", "</p>"),
                BlockKind::Paragraph | BlockKind::Sentences(_) => ("<p>", "</p>"),
            };
            out.push_str(open);
            self.marked(block.span, seen, out);
            out.push_str(close);
            out.push('\n');
        }
        if list {
            out.push_str("</ul>\n");
        }
        if unfolded.is_some() {
            out.push_str("</details>\n");
        }
    }

    /// The text at a span with everything that is marked in it. Each run has elements of its own, because marks may overlap
    /// and elements may not.
    fn marked(&self, span: Span, seen: &mut Seen, out: &mut String) {
        let n = self.number;
        for run in runs(span, &self.layers, self.ends.bytes()) {
            let over = |layer: Layer| run.over[layer as usize];
            let mut closing: Vec<&str> = Vec::new();
            if let Some(pick) = over(Layer::Pick) {
                let id = seen.id(Layer::Pick, pick, || format!(" id=\"d{n}-s{pick}\""));
                out.push_str(&format!("<mark{id}>"));
                closing.push("</mark>");
            }
            if let Some(quote) = over(Layer::Quote) {
                let id = seen.id(Layer::Quote, quote, || format!(" id=\"d{n}-q{quote}\""));
                let tint = tint(self.of_quotes[quote]);
                out.push_str(&format!(
                    "<span{id} class=\"quote {tint}\" data-q=\"{quote}\">"
                ));
                closing.push("</span>");
            }
            if let Some(quote) = over(Layer::Cue) {
                out.push_str(&format!("<span class=\"cue\" data-q=\"{quote}\">"));
                closing.push("</span>");
            }
            if let Some(mention) = over(Layer::Mention) {
                let (e, m) = self.mentions[mention];
                let entity = &self.article.entities()[e];
                let id = seen.id(Layer::Mention, mention, || format!(" id=\"d{n}-e{e}-{m}\""));
                let class = match entity.mentions[m].kind {
                    MentionKind::Name => "name",
                    MentionKind::Nominal => "name nominal",
                    MentionKind::Pronoun => "name pronoun",
                    MentionKind::Value => "value",
                };
                let what = escaped(&describe(entity));
                out.push_str(&format!(
                    "<a{id} class=\"{class}\" data-e=\"{e}\" href=\"#d{n}-e{e}\" title=\"{what}\">"
                ));
                closing.push("</a>");
            }
            escape(self.article.slice(run.span), out);
            for close in closing.iter().rev() {
                out.push_str(close);
            }
            for &quote in self.ends.at(run.span.end) {
                let speaker = self.of_quotes[quote];
                let name = match speaker {
                    Some(speaker) => escaped(&self.speakers[speaker].name),
                    None => "not sure who".to_owned(),
                };
                let tint = tint(speaker);
                out.push_str(&format!("<span class=\"by {tint}\"> [{name}]</span>"));
            }
        }
    }
}

/// Which marks have had a run in the text: the first run of each bears its id, for links to find.
struct Seen([Vec<bool>; 4]);

impl Seen {
    fn new(body: &Body<'_, '_>) -> Self {
        let picks = body
            .article
            .summary
            .as_ref()
            .map_or(0, |s| s.sentences.len());
        let quotes = body.article.quotes().len();
        Self([picks, quotes, quotes, body.mentions.len()].map(|n| vec![false; n]))
    }

    fn id(&mut self, layer: Layer, i: usize, id: impl Fn() -> String) -> String {
        if std::mem::replace(&mut self.0[layer as usize][i], true) {
            String::new()
        } else {
            id()
        }
    }
}

/// The class of a speaker's colour.
pub(super) fn tint(speaker: Option<usize>) -> String {
    match speaker {
        Some(speaker) => format!("t{}", speaker % TINTS),
        None => "tx".to_owned(),
    }
}

/// An entity for a tooltip: its type, its name, its value.
fn describe(entity: &Entity) -> String {
    let kind = entity.kind.as_str();
    match value(entity) {
        Some(value) => format!("{kind}: {} ({value})", entity.name),
        None => format!("{kind}: {}", entity.name),
    }
}

/// The value of a date, an amount and the like, or the country of a place.
pub(super) fn value(entity: &Entity) -> Option<String> {
    let value = entity.value.clone().or_else(|| entity.country.clone())?;
    // The value of a length of time, `P3Y`, has its unit in it.
    let unit = entity.unit.as_ref().filter(|_| !value.starts_with('P'));
    Some(match unit {
        Some(unit) => format!("{value} {unit}"),
        None => value,
    })
}

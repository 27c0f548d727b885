//! One article: its text with what is marked in it, and beside it who said what and who is named.

use super::bars;
use super::escape::{escape, escaped};
use crate::article::{Article, KINDS, Speaker};
use crate::blocks::{Block, BlockKind, blocks, headline};
use crate::layers::{Piece, flatten, runs};
use document::{Entity, MentionKind, SentenceKind, Span, Value};

/// Colours of speakers, used in turn; `page.css` has them.
const TINTS: usize = 8;
/// Problems that are told of one by one.
const PROBLEMS: usize = 8;

/// The parts of an article's HTML.
pub(super) struct Body<'p, 'a> {
    article: &'p Article<'a>,
    number: usize,
    blocks: Vec<Block>,
    headline: Option<usize>,
    pub speakers: Vec<Speaker>,
    of_quotes: Vec<Option<usize>>,
    /// In the order of [`Layer`].
    layers: [Vec<Piece>; 4],
    /// Where quotations end, with their numbers, in the order of the text.
    ends: Vec<(usize, usize)>,
    /// All mentions in the order of their entities: the entity, and which of its mentions.
    mentions: Vec<(usize, usize)>,
}

enum Layer {
    Pick,
    Quote,
    Cue,
    Mention,
}

impl<'p, 'a> Body<'p, 'a> {
    pub fn new(article: &'p Article<'a>, number: usize) -> Self {
        let blocks = blocks(article);
        let speakers = article.speakers();
        let quotes = || article.quotes().iter().enumerate();
        let picks = article.summary.iter().flat_map(|s| &s.sentences);
        let whole = |s: Span| s.len() >= article.text.trim().len(); // marking everything marks nothing
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
            flatten(text, picks.filter(|(s, _)| !whole(*s))),
            flatten(text, contents),
            flatten(text, cues),
            flatten(text, places),
        ];
        let mut ends: Vec<(usize, usize)> = quotes()
            .filter_map(|(i, q)| Some((q.content.iter().map(|s| s.end).max()?, i)))
            .filter(|(end, _)| text.is_char_boundary(*end))
            .collect();
        ends.sort_unstable();
        Self {
            headline: headline(article, &blocks),
            blocks,
            of_quotes: article.speaker_of_quotes(&speakers),
            speakers,
            layers,
            ends,
            mentions,
            article,
            number,
        }
    }

    /// What to call the article in plain text.
    pub fn title(&self) -> String {
        match self.headline {
            Some(i) => self
                .article
                .line(std::slice::from_ref(&self.blocks[i].span)),
            None => match self.article.name() {
                Some(name) => name.split_whitespace().collect::<Vec<_>>().join(" "),
                None => format!("Article {}", self.number),
            },
        }
    }

    pub fn html(&self) -> String {
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
        self.said(&mut out);
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
        for (i, block) in self.blocks.iter().enumerate() {
            if self.headline == Some(i) {
                continue;
            }
            let item = block.kind == BlockKind::Sentences(SentenceKind::ListItem);
            if item != list {
                out.push_str(if item { "<ul>\n" } else { "</ul>\n" });
                list = item;
            }
            let (open, close) = match block.kind {
                BlockKind::Paragraph => ("<p>", "</p>"),
                BlockKind::Metadata => ("<p class=\"metadata\">", "</p>"),
                BlockKind::Sentences(SentenceKind::Headline) => ("<h2>", "</h2>"),
                BlockKind::Sentences(SentenceKind::ListItem) => ("<li>", "</li>"),
                BlockKind::Sentences(SentenceKind::Byline) => ("<p class=\"byline\">", "</p>"),
                BlockKind::Sentences(SentenceKind::Caption) => ("<p class=\"caption\">", "</p>"),
                BlockKind::Sentences(SentenceKind::Timestamp) => {
                    ("<p class=\"timestamp\">", "</p>")
                }
            };
            out.push_str(open);
            self.marked(block.span, seen, out);
            out.push_str(close);
            out.push('\n');
        }
        if list {
            out.push_str("</ul>\n");
        }
    }

    /// A piece of the text with everything in it that is marked, each run in elements of its own, so that what
    /// overlaps needs no nesting.
    fn marked(&self, span: Span, seen: &mut Seen, out: &mut String) {
        let n = self.number;
        let cuts: Vec<usize> = {
            let first = self.ends.partition_point(|(end, _)| *end <= span.start);
            let within = self.ends[first..].iter().map(|(end, _)| *end);
            within.take_while(|end| *end <= span.end).collect()
        };
        for run in runs(span, &self.layers, &cuts) {
            let over = |layer: Layer| run.over[layer as usize];
            let mut closing: Vec<&str> = Vec::new();
            if let Some(pick) = over(Layer::Pick) {
                let id = seen.id(Layer::Pick, pick, || format!(" id=\"d{n}-s{pick}\""));
                out.push_str(&format!("<mark{id}>"));
                closing.push("</mark>");
            }
            if let Some(quote) = over(Layer::Quote) {
                let id = seen.id(Layer::Quote, quote, || format!(" id=\"d{n}-q{quote}\""));
                let tint = self.tint(quote);
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
            let first = self.ends.partition_point(|(end, _)| *end < run.span.end);
            for (_, quote) in self.ends[first..]
                .iter()
                .take_while(|(end, _)| *end == run.span.end)
            {
                let name = match self.of_quotes[*quote] {
                    Some(speaker) => escaped(&self.speakers[speaker].name),
                    None => "not sure who".to_owned(),
                };
                let tint = self.tint(*quote);
                out.push_str(&format!("<span class=\"by {tint}\"> [{name}]</span>"));
            }
        }
    }

    fn tint(&self, quote: usize) -> String {
        tint(self.of_quotes[quote])
    }

    fn summary(&self, out: &mut String) {
        let Some(summary) = &self.article.summary else {
            return;
        };
        let n = self.number;
        if summary.sentences.is_empty() && summary.quotes.is_none() {
            return;
        }
        out.push_str("<section class=\"summary\">\n<h2>Summary</h2>\n<ol>\n");
        for (i, pick) in summary.sentences.iter().enumerate() {
            let text = escaped(&self.article.line(std::slice::from_ref(&pick.span)));
            let ellipsis = if pick.truncated { "…" } else { "" };
            let marked = self.layers[Layer::Pick as usize]
                .iter()
                .any(|(_, p)| *p == i);
            out.push_str(&match marked {
                true => format!("<li><a href=\"#d{n}-s{i}\">{text}{ellipsis}</a>"),
                false => format!("<li>{text}{ellipsis}"),
            });
            if let Some(origin) = &pick.origin {
                let from = [&origin.id, &origin.date].into_iter().flatten();
                let from: Vec<String> = from.map(|s| escaped(s)).collect();
                out.push_str(&format!(
                    " <span class=\"facts\">({})</span>",
                    from.join(", ")
                ));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n");
        let quotes = summary.quotes.iter().flatten();
        for said in quotes {
            out.push_str(&format!(
                "<p><b>{}:</b> {}</p>\n",
                escaped(&said.speaker),
                escaped(&said.text)
            ));
        }
        out.push_str("</section>\n");
    }

    /// Who said what: the legend of the colours, and every quotation.
    fn said(&self, out: &mut String) {
        let Some(quotes) = &self.article.quotes else {
            return;
        };
        out.push_str("<section class=\"said\">\n<h2>Who said what</h2>\n");
        if quotes.is_empty() {
            out.push_str("<p>No quotations.</p>\n</section>\n");
            return;
        }
        let unsure: Vec<usize> = (0..quotes.len())
            .filter(|&q| self.of_quotes[q].is_none())
            .collect();
        let mut speakers: Vec<(String, &[usize], String)> = (self.speakers.iter().enumerate())
            .map(|(i, s)| (escaped(&s.name), s.quotes.as_slice(), tint(Some(i))))
            .collect();
        if !unsure.is_empty() {
            speakers.push(("Not sure who".to_owned(), &unsure, tint(None)));
        }
        let mut rows: Vec<(String, usize, String)> = speakers
            .iter()
            .map(|(name, quotes, tint)| (format!("<bdi>{name}</bdi>"), quotes.len(), tint.clone()))
            .collect();
        rows.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
        bars("Quotations of each speaker", &rows, out);
        for (name, theirs, tint) in &speakers {
            out.push_str(&format!(
                "<h3 class=\"{tint}\"><bdi>{name}</bdi></h3>\n<ul>\n"
            ));
            for &q in *theirs {
                let quote = &quotes[q];
                let text = escaped(&self.article.line(&quote.content));
                let denied = if quote.denied { " (denied)" } else { "" };
                out.push_str(&format!(
                    "<li data-q=\"{q}\"><a href=\"#d{}-q{q}\">{text}</a> <span class=\"facts\">{}{denied}</span></li>\n",
                    self.number,
                    quote.kind.as_str()
                ));
            }
            out.push_str("</ul>\n");
        }
        out.push_str("</section>\n");
    }

    /// The entities by type, each with links to its mentions.
    fn named(&self, out: &mut String) {
        let Some(entities) = &self.article.entities else {
            return;
        };
        out.push_str("<section class=\"named\">\n<h2>Names and values</h2>\n");
        if entities.is_empty() {
            out.push_str("<p>None.</p>\n</section>\n");
            return;
        }
        let of = |kind| {
            entities
                .iter()
                .enumerate()
                .filter(move |(_, e)| e.kind == kind)
        };
        let rows: Vec<(String, usize, String)> = KINDS
            .iter()
            .map(|(kind, what)| ((*what).to_owned(), of(*kind).count(), String::new()))
            .filter(|(_, n, _)| *n > 0)
            .collect();
        bars("How many of each type", &rows, out);
        let n = self.number;
        for (kind, what) in KINDS {
            if of(kind).next().is_none() {
                continue;
            }
            out.push_str(&format!("<h3>{what}</h3>\n<ul>\n"));
            for (e, entity) in of(kind) {
                out.push_str(&format!(
                    "<li id=\"d{n}-e{e}\" data-e=\"{e}\" tabindex=\"-1\"><bdi>{}</bdi>",
                    escaped(&entity.name)
                ));
                if let Some(more) = value(entity) {
                    out.push_str(&format!(" <span class=\"facts\">{}</span>", escaped(&more)));
                }
                out.push_str(" <span class=\"places\">");
                for m in 0..entity.mentions.len() {
                    let label = escaped(&entity.name);
                    out.push_str(&format!(
                        "<a href=\"#d{n}-e{e}-{m}\" aria-label=\"{label}, mention {}\">{}</a> ",
                        m + 1,
                        m + 1
                    ));
                }
                out.push_str("</span></li>\n");
            }
            out.push_str("</ul>\n");
        }
        out.push_str("</section>\n");
    }
}

/// The first run of each marked thing bears its id, so that links find it.
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

fn tint(speaker: Option<usize>) -> String {
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

fn value(entity: &Entity) -> Option<String> {
    let value = match &entity.value {
        Some(Value::Iso(iso)) => Some(iso.clone()),
        Some(Value::Number(n)) => Some(n.to_string()),
        None => entity.country.clone(),
    }?;
    Some(match &entity.unit {
        Some(unit) => format!("{value} {unit}"),
        None => value,
    })
}

//! What stands beside an article: its summary, who said what, and who and what is named.

use super::article::{Body, Layer, tint, value};
use super::bars;
use super::escape::escaped;
use document::EntityType;

impl Body<'_, '_> {
    /// The picked sentences, each with a link to its place in the text.
    pub(super) fn summary(&self, out: &mut String) {
        let Some(summary) = &self.article.summary else {
            return;
        };
        let n = self.number;
        if summary.sentences.is_empty() && summary.quotes.is_none() {
            return;
        }
        out.push_str("<section class=\"summary\">\n<h2>Summary</h2>\n<ol>\n");
        for (i, pick) in summary.sentences.iter().enumerate() {
            let text = escaped(&self.article.line(&[pick.span]));
            let ellipsis = if pick.truncated { "…" } else { "" };
            let picks = &self.layers[Layer::Pick as usize];
            let marked = picks.iter().any(|(_, pick)| *pick == i);
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

    /// Every quotation by its speaker, in the speaker's colour.
    pub(super) fn who_said_what(&self, out: &mut String) {
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
    pub(super) fn named(&self, out: &mut String) {
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
        let rows: Vec<(String, usize, String)> = EntityType::ALL
            .iter()
            .map(|&kind| (kind.heading().to_owned(), of(kind).count(), String::new()))
            .filter(|(_, n, _)| *n > 0)
            .collect();
        bars("How many of each type", &rows, out);
        let n = self.number;
        for &kind in EntityType::ALL {
            if of(kind).next().is_none() {
                continue;
            }
            out.push_str(&format!("<h3>{}</h3>\n<ul>\n", kind.heading()));
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

//! The index of a page of several articles.

use super::article::Body;
use super::bars;
use super::escape::escaped;
use crate::Article;
use serde::Serialize;
use std::collections::HashMap;

/// Rows of a chart beside the list.
const ROWS: usize = 12;
/// Speakers that the list names under an article's title.
const SPEAKERS: usize = 4;

/// An article in the index; the page's script searches in this.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub title: String,
    #[serde(skip)]
    facts: Vec<String>,
    #[serde(skip)]
    summary: String,
    speakers: Vec<Quoted>,
    names: Vec<String>,
}

/// A speaker, with the number and the words of each quotation.
#[derive(Debug, Serialize)]
struct Quoted {
    name: String,
    quotes: Vec<(usize, String)>,
}

impl Listed {
    pub(super) fn new(article: &Article<'_>, body: &Body<'_, '_>) -> Self {
        let title = body.title();
        let speakers = body.speakers.iter().map(|speaker| Quoted {
            name: speaker.name.clone(),
            quotes: (speaker.quotes.iter())
                .map(|&q| (q, article.line(&article.quotes()[q].content)))
                .collect(),
        });
        let names = article.entities().iter().filter(|e| !e.kind.is_value());
        let mut names: Vec<String> = names.map(|e| e.name.clone()).collect();
        names.sort();
        names.dedup();
        let facts = [&article.id, &article.date];
        Self {
            facts: (facts.into_iter().flatten())
                .filter(|fact| **fact != title)
                .cloned()
                .collect(),
            title,
            summary: article
                .summary
                .as_ref()
                .and_then(|s| s.sentences.first())
                .map(|pick| article.line(&[pick.span]))
                .unwrap_or_default(),
            speakers: speakers.collect(),
            names,
        }
    }
}

/// Writes the index: a search, the list of articles, and who is quoted and named most.
pub(super) fn write(articles: &[Listed], out: &mut String) {
    out.push_str("<section id=\"index\" aria-labelledby=\"index-title\" tabindex=\"-1\">\n");
    out.push_str(&format!(
        "<h1 id=\"index-title\">{} articles</h1>\n",
        articles.len()
    ));
    // Without its script the search would do nothing: the script takes `hidden` away.
    out.push_str(
        "<form id=\"search\" role=\"search\" hidden>\n\
         <label>Speaker <input id=\"by-speaker\" type=\"search\" list=\"speakers\" autocomplete=\"off\"></label>\n\
         <label>Name or title <input id=\"by-name\" type=\"search\" list=\"names\" autocomplete=\"off\"></label>\n\
         <output id=\"found\" for=\"by-speaker by-name\"></output>\n\
         <datalist id=\"speakers\"></datalist><datalist id=\"names\"></datalist>\n</form>\n",
    );
    out.push_str("<ol class=\"list\">\n");
    for (i, listed) in articles.iter().enumerate() {
        out.push_str(&format!(
            "<li data-d=\"{i}\"><a href=\"#d{}\">{}</a>",
            i + 1,
            escaped(&listed.title)
        ));
        if !listed.facts.is_empty() {
            let facts = escaped(&listed.facts.join(" · "));
            out.push_str(&format!(" <span class=\"facts\">{facts}</span>"));
        }
        if !listed.summary.is_empty() {
            out.push_str(&format!("<p>{}</p>", escaped(&listed.summary)));
        }
        if !listed.speakers.is_empty() {
            let named = listed.speakers.iter().take(SPEAKERS);
            let mut named: Vec<String> = named.map(|s| escaped(&s.name)).collect();
            if listed.speakers.len() > SPEAKERS {
                named.push(format!("{} more", listed.speakers.len() - SPEAKERS));
            }
            out.push_str(&format!(
                "<p class=\"facts\">Quoted: {}</p>",
                named.join(", ")
            ));
        }
        out.push_str("<ul class=\"hits\"></ul></li>\n");
    }
    out.push_str("</ol>\n<div class=\"overview\">\n");
    let quoted = articles.iter().flat_map(|e| &e.speakers);
    let quoted = most(quoted.map(|s| (s.name.as_str(), s.quotes.len())));
    if !quoted.is_empty() {
        bars("Most quoted (quotations)", &quoted, out);
    }
    let named = articles.iter().flat_map(|e| &e.names);
    let named = most(named.map(|name| (name.as_str(), 1)));
    if !named.is_empty() {
        bars("Most named (articles)", &named, out);
    }
    out.push_str("</div>\n</section>\n");
}

/// The names with the largest sums, the largest first.
fn most<'e>(counts: impl Iterator<Item = (&'e str, usize)>) -> Vec<(String, usize, String)> {
    let mut sums: HashMap<&str, usize> = HashMap::new();
    for (name, n) in counts {
        *sums.entry(name).or_default() += n;
    }
    let mut sums: Vec<(&str, usize)> = sums.into_iter().collect();
    sums.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    sums.truncate(ROWS);
    let row =
        |(name, n): (&str, usize)| (format!("<bdi>{}</bdi>", escaped(name)), n, String::new());
    sums.into_iter().map(row).collect()
}

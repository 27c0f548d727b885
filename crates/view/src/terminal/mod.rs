//! An article in lines of a width, with colours for a terminal.

mod lines;

use crate::Article;
use crate::blocks::{BlockKind, blocks, furniture, headline};
use crate::layers::{QuotationEnds, Stretch, flatten, runs};
use document::{EntityType, MentionKind, SentenceKind, Span};
use lines::{Lines, Style};

/// How the lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line, at least 8. A longer word goes over several lines.
    pub width: usize,
    /// Whether colours are written (ANSI escape sequences, the terminal's own 16 colours).
    pub color: bool,
    /// Whether adverts, menus and other parts of the page are shown, or one line says how many there are.
    pub furniture: bool,
}

// Parameters of the escape sequence SGR (ECMA-48). Its colours are those of the terminal's theme, which keeps them legible
// on light and on dark.

/// The colours of speakers, used in turn.
const SPEAKERS: [&str; 6] = ["32", "36", "35", "33", "34", "31"];
/// The colour of quotations whose speaker is not known.
const NOT_SURE: &str = "90";
const PROBLEM: &str = "31";
const BOLD: &str = "1";
const DIM: &str = "2";
const UNDERLINED: &str = "4";
const BOLD_UNDERLINED: &str = "1;4";

/// The article as lines: its title, its problems, the summary, and the text, in which names stand out and each quotation
/// has its speaker's colour and is followed by the speaker's name; at the end, how often everybody is quoted. Columns are
/// counted as terminals do: two for a wide character, none for a combining one.
///
/// ```
/// let text = "The quick brown fox";
/// let article = view::Article { text, title: Some("Fox".to_owned()), ..Default::default() };
/// let look = view::Look { width: 10, color: false, furniture: false };
/// assert_eq!(view::terminal(&article, look), "Fox\n\nThe quick\nbrown fox\n");
/// ```
pub fn terminal(article: &Article<'_>, look: Look) -> String {
    let mut out = Lines::new(look);
    let blocks = blocks(article);
    let headline = headline(article, &blocks);
    let painter = Painter::new(article);

    let title = headline.map(|i| article.line(&[blocks[i].span]));
    let name = title.as_deref().or(article.name());
    if let Some(name) = name {
        out.words(name, &Style::default().with(BOLD));
        out.end();
    }
    let facts = [&article.id, &article.date, &article.url];
    let facts: Vec<&str> = facts
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|fact| Some(*fact) != name)
        .collect();
    if !facts.is_empty() {
        out.words(&facts.join(" · "), &Style::default().with(DIM));
        out.end();
    }
    for problem in &article.problems {
        out.words(&format!("! {problem}"), &Style::default().with(PROBLEM));
        out.end();
    }
    out.blank();
    summary(article, &mut out);
    let mut unfolded = 0;
    for (i, block) in blocks.iter().enumerate() {
        if headline == Some(i) || i < unfolded {
            continue;
        }
        if !look.furniture
            && let Some((folded, what)) = furniture(&blocks[i..])
        {
            out.words(&format!("⋯ {what}"), &Style::default().with(DIM));
            out.end();
            unfolded = i + folded;
            if unfolded < blocks.len() {
                out.blank();
            }
            continue;
        }
        let base = match block.kind {
            BlockKind::Sentences(SentenceKind::Headline) => Style::default().with(BOLD),
            BlockKind::Metadata
            | BlockKind::Sentences(SentenceKind::Byline | SentenceKind::Boilerplate) => {
                Style::default().with(DIM)
            }
            BlockKind::Sentences(SentenceKind::SpeakerLabel) => Style::default().with(BOLD),
            _ => Style::default(),
        };
        painter.paint(block.span, &base, &mut out);
        out.end();
        let next = blocks.get(i + 1).map(|b| b.kind);
        let goes_on = match block.kind {
            BlockKind::Metadata
            | BlockKind::Sentences(
                SentenceKind::ListItem | SentenceKind::Table | SentenceKind::Boilerplate,
            ) => next == Some(block.kind),
            BlockKind::Sentences(SentenceKind::SpeakerLabel) => next == Some(BlockKind::Paragraph),
            _ => false,
        };
        if next.is_some() && !goes_on {
            out.blank();
        }
    }
    painter.legend(&mut out);
    out.text
}

fn summary(article: &Article<'_>, out: &mut Lines) {
    let Some(summary) = &article.summary else {
        return;
    };
    // A summary of several documents is the text itself.
    let whole = summary.text.trim() == article.text.trim();
    if whole || (summary.sentences.is_empty() && summary.quotes.is_none()) {
        return;
    }
    let bar = Style::default().with(DIM);
    out.words("Summary", &Style::default().with(BOLD));
    out.end();
    for pick in &summary.sentences {
        let ellipsis = if pick.truncated { "…" } else { "" };
        let text = article.line(&[pick.span]);
        out.indent("│ ", &bar);
        out.words(&format!("• {text}{ellipsis}"), &Style::default());
        out.end();
    }
    for said in summary.quotes.iter().flatten() {
        out.indent("│ ", &bar);
        out.words(
            &format!("{}: {}", said.speaker, said.text),
            &Style::default(),
        );
        out.end();
    }
    out.unindent();
    out.blank();
}

/// The layers of an article, and their colours.
struct Painter<'p, 'a> {
    article: &'p Article<'a>,
    /// Quotations, then names.
    layers: [Vec<Stretch>; 2],
    speakers: Vec<crate::QuotedSpeaker>,
    /// For each quotation the number of its speaker.
    of_quotes: Vec<Option<usize>>,
    ends: QuotationEnds,
}

impl<'p, 'a> Painter<'p, 'a> {
    fn new(article: &'p Article<'a>) -> Self {
        let quotes = article.quotes().iter().enumerate();
        let contents = quotes.flat_map(|(i, q)| q.content.iter().map(move |s| (*s, i)));
        let names = article.entities().iter().enumerate().flat_map(|(i, e)| {
            let named = e.mentions.iter().filter(|m| m.kind == MentionKind::Name);
            named.map(move |m| (m.span, i))
        });
        let speakers = article.speakers();
        Self {
            article,
            layers: [
                flatten(article.text, contents),
                flatten(article.text, names),
            ],
            of_quotes: article.speaker_of_quotes(&speakers),
            speakers,
            ends: QuotationEnds::new(article.text, article.quotes()),
        }
    }

    fn paint(&self, span: Span, base: &Style, out: &mut Lines) {
        for run in runs(span, &self.layers, self.ends.bytes()) {
            let mut style = base.clone();
            match (run.over[0], run.over[1]) {
                (Some(quote), None) => style = style.with(self.color(quote)),
                (Some(quote), Some(_)) => {
                    style = style.with(BOLD_UNDERLINED).with(self.color(quote))
                }
                (None, Some(name)) => {
                    style = style.with(match self.article.entities()[name].kind {
                        EntityType::Person => BOLD_UNDERLINED,
                        _ => UNDERLINED,
                    });
                }
                (None, None) => {}
            }
            out.words(self.article.slice(run.span), &style);
            for &quote in self.ends.at(run.span.end) {
                let name = match self.of_quotes[quote] {
                    Some(speaker) => self.speakers[speaker].name.as_str(),
                    None => "?",
                };
                let style = Style::default().with(BOLD).with(self.color(quote));
                out.words(" ", &Style::default());
                out.words(&format!("‹{name}›"), &style);
            }
        }
    }

    fn color(&self, quote: usize) -> &'static str {
        self.of_quotes[quote].map_or(NOT_SURE, |speaker| SPEAKERS[speaker % SPEAKERS.len()])
    }

    /// How often everybody is quoted, and how many names of each type there are.
    fn legend(&self, out: &mut Lines) {
        let plain = Style::default();
        let unsure = self.of_quotes.iter().filter(|of| of.is_none()).count();
        if !self.of_quotes.is_empty() {
            out.blank();
            out.words("Quoted: ", &Style::default().with(BOLD));
            for (i, speaker) in self.speakers.iter().enumerate() {
                let color = SPEAKERS[i % SPEAKERS.len()];
                let style = Style::default().with(color);
                out.words(if i == 0 { "" } else { " · " }, &plain);
                out.words(&speaker.name, &style);
                out.words(&format!(" {}", speaker.quotes.len()), &plain);
            }
            if unsure > 0 {
                out.words(if self.speakers.is_empty() { "" } else { " · " }, &plain);
                out.words("not sure", &Style::default().with(NOT_SURE));
                out.words(&format!(" {unsure}"), &plain);
            }
            out.end();
        }
        let names: Vec<String> = EntityType::NAMES
            .iter()
            .filter_map(|kind| {
                let n = self.article.entities().iter().filter(|e| e.kind == *kind);
                let n = n.count();
                (n > 0).then(|| format!("{} {n}", kind.heading().to_lowercase()))
            })
            .collect();
        if !names.is_empty() {
            if self.of_quotes.is_empty() {
                out.blank();
            }
            out.words("Named: ", &Style::default().with(BOLD));
            out.words(&names.join(" · "), &plain);
            out.end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use document::{Entity, Mention, Quote, QuoteType, Sentence, Speaker};
    use unicode_width::UnicodeWidthStr;

    fn quote(content: Vec<Span>, speaker: Option<&str>) -> Quote {
        let mut quote = Quote::new("q", QuoteType::Direct, content);
        quote.speaker = speaker.map(Speaker::new);
        quote
    }

    fn plain(width: usize) -> Look {
        Look {
            width,
            color: false,
            furniture: false,
        }
    }

    #[test]
    fn furniture_is_folded_and_rows_stand_together() {
        let text = "Home\nSport\nFerry sinks\nAnn 3 1\nBob 2 2\nIt sank.\nShare";
        let kinds = [
            Some(SentenceKind::Boilerplate),
            Some(SentenceKind::Boilerplate),
            Some(SentenceKind::Headline),
            Some(SentenceKind::Table),
            Some(SentenceKind::Table),
            None,
            Some(SentenceKind::Boilerplate),
        ];
        let sentences = text
            .lines()
            .zip(kinds)
            .enumerate()
            .map(|(i, (line, kind))| {
                let start = line.as_ptr().addr() - text.as_ptr().addr();
                Sentence::new(start..start + line.len())
                    .with_paragraph(i)
                    .with_kind(kind)
            });
        let article = Article {
            text,
            sentences: sentences.collect(),
            ..Article::default()
        };
        assert_eq!(
            terminal(&article, plain(80)),
            "Ferry sinks\n\n⋯ 2 lines of the page\n\nAnn 3 1\nBob 2 2\n\nIt sank.\n\n⋯ 1 line of the page\n"
        );
        let whole = Look {
            furniture: true,
            ..plain(80)
        };
        assert_eq!(
            terminal(&article, whole),
            "Ferry sinks\n\nHome\nSport\n\nAnn 3 1\nBob 2 2\n\nIt sank.\n\nShare\n"
        );
    }

    #[test]
    fn no_line_is_wider_than_asked_whatever_the_script() {
        let texts = [
            "The quick brown fox jumps over the lazy dog, again and again and again.",
            "東京都は金曜日、新しい条例を可決した。「これは始まりだ」と知事は述べた。",
            "👩‍👩‍👧‍👦 family 🇨🇭 flags e\u{301}e\u{301}e\u{301} accents Donaudampfschifffahrtsgesellschaftskapitän",
        ];
        for text in texts {
            for width in [8, 13, 20, 80] {
                let article = Article {
                    text,
                    ..Article::default()
                };
                let lines = terminal(&article, plain(width));
                for line in lines.lines() {
                    assert!(line.width() <= width, "{line:?} is wider than {width}");
                }
                let solid = |s: &str| s.split_whitespace().collect::<String>();
                assert_eq!(solid(&lines), solid(text));
            }
        }
    }

    #[test]
    fn the_speaker_follows_the_quotation() {
        let text = "“Yes”, said Ana Roe. “No”, they said.";
        let at = |s: &str| text.find(s).unwrap()..text.find(s).unwrap() + s.len();
        let mut article = Article {
            text,
            quotes: Some(vec![
                quote(vec![at("“Yes”").into()], Some("Ana Roe")),
                quote(vec![at("“No”").into()], None),
            ]),
            entities: Some(vec![Entity::new(
                "e1",
                EntityType::Person,
                "Ana Roe",
                vec![Mention::new(at("Ana Roe"), MentionKind::Name)],
            )]),
            ..Article::default()
        };
        assert_eq!(
            terminal(&article, plain(80)),
            "“Yes” ‹Ana Roe›, said Ana Roe. “No” ‹?›, they said.\n\n\
             Quoted: Ana Roe 1 · not sure 1\nNamed: people 1\n"
        );
        let look = Look {
            width: 80,
            color: true,
            furniture: false,
        };
        let shown = terminal(&article, look);
        assert!(shown.starts_with("\x1b[32m“Yes”\x1b[0m"), "{shown:?}");
        assert!(
            shown.contains("\x1b[1;4mAna\x1b[0m\x1b[1;4m \x1b[0m\x1b[1;4mRoe\x1b[0m"),
            "{shown:?}"
        );
        // Every escape sequence ends on its line: a pager may begin anywhere.
        assert!(
            shown
                .lines()
                .all(|l| l.matches("\x1b[0m").count() * 2 == l.matches("\x1b[").count())
        );
        // Spans of another text do no harm.
        article.text = "“Y€s";
        assert!(terminal(&article, look).contains("Y€s"));
    }

    #[test]
    fn an_articles_escape_sequences_are_shown() {
        let article = Article {
            text: "red \x1b[31mred\x07 \u{9b}2J",
            title: Some("\x1b]0;title\x07".into()),
            problems: vec!["`x\x1b[2J`".into()],
            ..Article::default()
        };
        let shown = terminal(&article, plain(80));
        assert!(shown.contains("␛[31mred␇"), "{shown}");
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
    }
}

//! An article in lines of a width, with colours for a terminal.

use crate::Article;
use crate::article::KINDS;
use crate::blocks::{BlockKind, blocks, headline};
use crate::layers::{Piece, flatten, runs};
use crate::visible::visible;
use document::{EntityType, MentionKind, SentenceKind, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How the lines are to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line. A word that is wider is cut.
    pub width: usize,
    /// Whether colours are written (ANSI escape sequences, the terminal's own 16 colours).
    pub color: bool,
}

/// One colour a speaker, in turn; all of them legible on dark and on light by every theme's own choice.
const SPEAKERS: [&str; 6] = ["32", "36", "35", "33", "34", "31"];
const NOT_SURE: &str = "90";
const BOLD: &str = "1";
const DIM: &str = "2";

/// What a piece of text is shown with: parameters of the escape sequence SGR.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style(String);

impl Style {
    fn with(mut self, parameter: &str) -> Self {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        self.0.push_str(parameter);
        self
    }
}

/// The article as lines: its title, what is wrong with it, the summary, and the text, in which names stand out, each
/// quotation has its speaker's colour and is followed by the speaker; at the end how often everybody is quoted.
/// Columns are counted as terminals do: wide characters for two, combining ones for none.
pub fn terminal(article: &Article<'_>, look: Look) -> String {
    let mut out = Lines::new(look);
    let blocks = blocks(article);
    let headline = headline(article, &blocks);
    let painter = Painter::new(article);

    let title = headline.map(|i| painter.article.line(std::slice::from_ref(&blocks[i].span)));
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
        out.words(&format!("! {problem}"), &Style::default().with("31"));
        out.end();
    }
    out.blank();
    summary(article, &mut out);
    for (i, block) in blocks.iter().enumerate() {
        if headline == Some(i) {
            continue;
        }
        let base = match block.kind {
            BlockKind::Sentences(SentenceKind::Headline) => Style::default().with(BOLD),
            BlockKind::Metadata | BlockKind::Sentences(SentenceKind::Byline) => {
                Style::default().with(DIM)
            }
            _ => Style::default(),
        };
        painter.paint(block.span, &base, &mut out);
        out.end();
        let item = BlockKind::Sentences(SentenceKind::ListItem);
        let next = blocks.get(i + 1).map(|b| b.kind);
        let lists = block.kind == item && next == Some(item);
        let heads = block.kind == BlockKind::Metadata && next == Some(BlockKind::Metadata);
        if next.is_some() && !lists && !heads {
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
        let text = article.line(std::slice::from_ref(&pick.span));
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
    layers: [Vec<Piece>; 2],
    speakers: Vec<crate::Speaker>,
    of_quotes: Vec<Option<usize>>,
    /// Where quotations end, with their numbers.
    ends: Vec<(usize, usize)>,
    cuts: Vec<usize>,
}

impl<'p, 'a> Painter<'p, 'a> {
    fn new(article: &'p Article<'a>) -> Self {
        let quotes = article.quotes().iter().enumerate();
        let contents = quotes
            .clone()
            .flat_map(|(i, q)| q.content.iter().map(move |s| (*s, i)));
        let names = article.entities().iter().enumerate().flat_map(|(i, e)| {
            let named = e.mentions.iter().filter(|m| m.kind == MentionKind::Name);
            named.map(move |m| (m.span, i))
        });
        let speakers = article.speakers();
        let mut ends: Vec<(usize, usize)> = quotes
            .filter_map(|(i, q)| Some((q.content.iter().map(|s| s.end).max()?, i)))
            .filter(|(end, _)| article.text.is_char_boundary(*end))
            .collect();
        ends.sort_unstable();
        Self {
            article,
            layers: [
                flatten(article.text, contents),
                flatten(article.text, names),
            ],
            of_quotes: article.speaker_of_quotes(&speakers),
            speakers,
            cuts: ends.iter().map(|(end, _)| *end).collect(),
            ends,
        }
    }

    fn paint(&self, span: Span, base: &Style, out: &mut Lines) {
        for run in runs(span, &self.layers, &self.cuts) {
            let mut style = base.clone();
            match (run.over[0], run.over[1]) {
                (Some(quote), None) => style = style.with(self.color(quote)),
                (Some(quote), Some(_)) => style = style.with("1;4").with(self.color(quote)),
                (None, Some(name)) => {
                    style = style.with(match self.article.entities()[name].kind {
                        EntityType::Person => "1;4",
                        _ => "4",
                    });
                }
                (None, None) => {}
            }
            out.words(self.article.slice(run.span), &style);
            let first = self.ends.partition_point(|(end, _)| *end < run.span.end);
            for (_, quote) in self.ends[first..]
                .iter()
                .take_while(|(end, _)| *end == run.span.end)
            {
                let name = match self.of_quotes[*quote] {
                    Some(speaker) => self.speakers[speaker].name.as_str(),
                    None => "?",
                };
                let style = Style::default().with(BOLD).with(self.color(*quote));
                out.words(" ", &Style::default());
                out.words(&format!("‹{name}›"), &style);
            }
        }
    }

    fn color(&self, quote: usize) -> &'static str {
        self.of_quotes[quote].map_or(NOT_SURE, |speaker| SPEAKERS[speaker % SPEAKERS.len()])
    }

    /// How often everybody is quoted, and how many entities of each type there are.
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
        let names: Vec<String> = KINDS
            .iter()
            .filter(|(kind, _)| !kind.is_value())
            .filter_map(|(kind, what)| {
                let n = self.article.entities().iter().filter(|e| e.kind == *kind);
                let n = n.count();
                (n > 0).then(|| format!("{} {n}", what.to_lowercase()))
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

/// Lines that are being filled with words.
struct Lines {
    text: String,
    look: Look,
    /// What each line begins with.
    indent: Option<(&'static str, Style)>,
    column: usize,
    /// A word that has not ended yet, in pieces of different styles, and its width.
    word: Vec<(String, Style)>,
    word_width: usize,
    /// White space before the word, if any, and its style.
    space: Option<Style>,
}

impl Lines {
    fn new(look: Look) -> Self {
        let look = Look {
            width: look.width.max(8), // below that nothing is legible anyway
            ..look
        };
        Self {
            text: String::new(),
            look,
            indent: None,
            column: 0,
            word: Vec::new(),
            word_width: 0,
            space: None,
        }
    }

    /// Lines begin with this from here on; the current one too, where nothing is in it.
    fn indent(&mut self, indent: &'static str, style: &Style) {
        self.indent = Some((indent, style.clone()));
    }

    fn unindent(&mut self) {
        self.indent = None;
    }

    /// Adds text, folding its white space; it goes on from what was added before.
    fn words(&mut self, text: &str, style: &Style) {
        for grapheme in text.graphemes(true) {
            if grapheme.chars().all(char::is_whitespace) {
                self.end_word();
                self.space.get_or_insert_with(|| style.clone());
                continue;
            }
            let shown: String = grapheme.chars().map(visible).collect();
            let width = shown.width();
            // Chinese and Japanese have no spaces: a line may end before and after any wide character.
            if width > 1 {
                self.end_word();
            }
            if self.word_width + width > self.room() {
                self.end_word();
            }
            self.word_width += width;
            match self.word.last_mut() {
                Some((piece, last)) if last == style => piece.push_str(&shown),
                _ => self.word.push((shown, style.clone())),
            }
            if width > 1 {
                self.end_word();
            }
        }
    }

    /// Columns of a line after its indent.
    fn room(&self) -> usize {
        let indent = self.indent.as_ref().map_or(0, |(indent, _)| indent.width());
        self.look.width.saturating_sub(indent).max(1)
    }

    /// Puts the word where it fits: on this line, or else on the next one.
    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let space = self.space.take();
        let needed = self.word_width + usize::from(space.is_some());
        if self.column > 0 && self.column + needed > self.room() {
            self.break_line();
        }
        if self.column == 0 {
            if let Some((indent, style)) = self.indent.clone() {
                self.put(indent, &style);
            }
        } else if let Some(style) = space {
            self.put(" ", &style);
            self.column += 1;
        }
        for (piece, style) in std::mem::take(&mut self.word) {
            self.put(&piece, &style);
        }
        self.column += self.word_width;
        self.word_width = 0;
    }

    fn put(&mut self, text: &str, style: &Style) {
        if self.look.color && !style.0.is_empty() {
            self.text
                .push_str(&format!("\x1b[{}m{text}\x1b[0m", style.0));
        } else {
            self.text.push_str(text);
        }
    }

    fn break_line(&mut self) {
        self.text.push('\n');
        self.column = 0;
    }

    /// Ends the line, if anything is on it.
    fn end(&mut self) {
        self.end_word();
        self.space = None;
        if self.column > 0 {
            self.break_line();
        }
    }

    /// An empty line, but not two, and none at the top.
    fn blank(&mut self) {
        self.end();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use document::{Entity, Mention, Quote, QuoteType, Speaker};

    fn quote(content: Vec<Span>, speaker: Option<&str>) -> Quote {
        Quote {
            id: "q".into(),
            kind: QuoteType::Direct,
            content,
            cue: Vec::new(),
            source: Vec::new(),
            speaker: speaker.map(|name| Speaker {
                name: name.into(),
                entity: None,
            }),
            score: None,
            denied: false,
        }
    }

    fn plain(width: usize) -> Look {
        Look {
            width,
            color: false,
        }
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
            entities: Some(vec![Entity {
                id: "e1".into(),
                kind: EntityType::Person,
                name: "Ana Roe".into(),
                mentions: vec![Mention {
                    span: at("Ana Roe").into(),
                    kind: MentionKind::Name,
                    score: None,
                }],
                country: None,
                value: None,
                unit: None,
            }]),
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

//! The text as paragraphs, headlines and list items.

use crate::Article;
use crate::layers::flatten;
use document::{SentenceKind, Span};

/// A part of the text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Without white space around it.
    pub span: Span,
    pub kind: BlockKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    /// A header stretch.
    Metadata,
    Sentences(SentenceKind),
}

impl Block {
    /// Whether it belongs to the page and not to the article: an advert, a menu, the headline of another story.
    pub(crate) fn is_furniture(&self) -> bool {
        self.kind == BlockKind::Sentences(SentenceKind::Boilerplate)
    }
}

/// How many blocks from the first on are furniture, and what stands in the place of more than none.
pub(crate) fn furniture(blocks: &[Block]) -> Option<(usize, String)> {
    let folded = blocks.iter().take_while(|b| b.is_furniture()).count();
    let lines = if folded == 1 { "line" } else { "lines" };
    (folded > 0).then(|| (folded, format!("{folded} {lines} of the page")))
}

/// The blocks of an article: all of its text but white space, in order. They are the paragraphs of its sentences; text
/// without sentences is cut at blank lines, and where there are none, at line ends.
pub(crate) fn blocks(article: &Article<'_>) -> Vec<Block> {
    let text = article.text;
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    // The paragraph and kind of the last block, which sentences with the same join.
    let mut joins: Option<(usize, Option<SentenceKind>)> = None;
    for sentence in article.sentences.iter() {
        let (Some(paragraph), Some(_)) = (sentence.paragraph, sentence.span.get(text)) else {
            continue;
        };
        let start = sentence.span.start.max(at);
        if sentence.span.end <= start {
            continue;
        }
        if !text[at..start].trim().is_empty() {
            without_sentences(text, Span::new(at, start), &mut blocks);
            joins = None;
        }
        let of = (paragraph, sentence.kind);
        let item = matches!(sentence.kind, Some(SentenceKind::ListItem));
        match blocks.last_mut() {
            Some(last) if joins == Some(of) && !item => last.span.end = sentence.span.end,
            _ => blocks.push(Block {
                span: Span::new(start, sentence.span.end),
                kind: sentence
                    .kind
                    .map_or(BlockKind::Paragraph, BlockKind::Sentences),
            }),
        }
        joins = Some(of);
        at = sentence.span.end;
    }
    without_sentences(text, Span::new(at, text.len()), &mut blocks);
    let headers = flatten(text, article.metadata.iter().map(|m| (m.span, 0)));
    for block in &mut blocks {
        let next = headers.partition_point(|(h, _)| h.end < block.span.end);
        let within = headers
            .get(next)
            .is_some_and(|(h, _)| h.start <= block.span.start);
        if block.kind == BlockKind::Paragraph && within {
            block.kind = BlockKind::Metadata;
        }
    }
    blocks
}

/// Adds the blocks of text that no sentence covers: cut at blank lines, or without any, at line ends.
fn without_sentences(text: &str, span: Span, blocks: &mut Vec<Block>) {
    let is_blank = |line: &str| line.trim().is_empty();
    let has_blank_lines = text[span].trim().lines().any(is_blank);
    let mut open: Option<Span> = None;
    let mut at = span.start;
    let mut push = |lines: Option<Span>| {
        if let Some(lines) = lines {
            let raw = &text[lines];
            let start = lines.start + (raw.len() - raw.trim_start().len());
            let end = start + raw.trim().len();
            blocks.push(Block {
                span: Span::new(start, end),
                kind: BlockKind::Paragraph,
            });
        }
    };
    for line in text[span].split_inclusive('\n') {
        let end = at + line.len();
        if is_blank(line) {
            push(open.take());
        } else {
            match &mut open {
                Some(lines) if has_blank_lines => lines.end = end,
                _ => push(open.replace(Span::new(at, end))),
            }
        }
        at = end;
    }
    push(open);
}

/// The number of the block that serves as the article's title: a headline at the top, where the article has no title.
pub(crate) fn headline(article: &Article<'_>, blocks: &[Block]) -> Option<usize> {
    let titled = article.title.as_ref().is_some_and(|t| !t.trim().is_empty());
    let first = blocks
        .iter()
        .position(|b| b.kind != BlockKind::Metadata && !is_byline(b) && !b.is_furniture())?;
    let is_headline = blocks[first].kind == BlockKind::Sentences(SentenceKind::Headline);
    (is_headline && !titled).then_some(first)
}

fn is_byline(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Sentences(SentenceKind::Byline | SentenceKind::Timestamp)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use document::Sentence;
    use proptest::prelude::*;

    fn texts(article: &Article<'_>) -> Vec<String> {
        let all = blocks(article);
        all.iter()
            .map(|b| article.text[b.span].to_owned())
            .collect()
    }

    #[test]
    fn without_sentences_blank_lines_or_lines_separate_paragraphs() {
        let wrapped = Article {
            text: " One\r\ntwo.\r\n \r\n\r\nThree.\n",
            ..Article::default()
        };
        assert_eq!(texts(&wrapped), ["One\r\ntwo.", "Three."]);
        let lines = Article {
            text: "One.\nTwo.",
            ..Article::default()
        };
        assert_eq!(texts(&lines), ["One.", "Two."]);
        assert!(blocks(&Article::default()).is_empty());
    }

    proptest! {
        #[test]
        fn all_text_is_in_a_block_once(
            text in "[a-cé“ \n]{0,60}",
            sentences in prop::collection::vec((0..70usize, 0..20usize, 0..4usize, any::<bool>()), 0..8),
        ) {
            let mut sentences: Vec<Sentence> = sentences.into_iter().map(|(start, length, paragraph, item)| {
                Sentence::new(start..start + length)
                    .with_paragraph((paragraph > 0).then_some(paragraph))
                    .with_kind(item.then_some(SentenceKind::ListItem))
            }).collect();
            sentences.sort_by_key(|s| s.span.start);
            let article = Article { text: &text, sentences, ..Article::default() };
            let all = blocks(&article);
            let mut shown = String::new();
            for pair in all.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for block in &all {
                shown.push_str(&text[block.span]);
            }
            let solid = |s: &str| s.split_whitespace().collect::<String>();
            prop_assert_eq!(solid(&shown), solid(&text));
        }
    }
}

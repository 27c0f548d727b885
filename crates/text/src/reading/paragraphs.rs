//! Sentences that fit the text, and the paragraphs that they make up.

use crate::quotation::Quotation;
use crate::turns;
use document::{Sentence, SentenceKind, Span};
use std::borrow::Cow;

/// The sentences that fit the text, in order and without overlap; where there is none, its lines.
pub(super) fn usable<'t>(text: &str, sentences: Cow<'t, [Sentence]>) -> Cow<'t, [Sentence]> {
    let mut end = 0;
    let fits = sentences.iter().map(|sentence| {
        let span = sentence.span;
        let fits = span.start >= end && !span.is_empty() && span.get(text).is_some();
        if fits {
            end = span.end;
        }
        fits
    });
    let fits: Vec<bool> = fits.collect();
    if !fits.contains(&true) {
        return Cow::Owned(lines(text));
    }
    if !fits.contains(&false) {
        return sentences;
    }
    let kept = sentences.iter().zip(fits).filter(|(_, fits)| *fits);
    kept.map(|(sentence, _)| sentence.clone()).collect()
}

/// Whether a sentence belongs to the page and not to the article.
pub(super) fn is_furniture(sentence: &Sentence) -> bool {
    sentence.kind == Some(SentenceKind::Boilerplate)
}

/// The spans of the sentences that belong to the page.
pub(super) fn furniture(sentences: &[Sentence]) -> Vec<Span> {
    let of_page = sentences.iter().filter(|sentence| is_furniture(sentence));
    of_page.map(|sentence| sentence.span).collect()
}

/// Each line that is not blank, as a sentence and a paragraph.
fn lines(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            let sentence = Sentence::new(start..start + line.trim_end().len());
            sentences.push(sentence.with_paragraph(sentences.len()));
        }
        start += line.len();
    }
    sentences
}

/// The paragraphs that sentences make up.
pub(super) fn paragraphs(text: &str, sentences: &[Sentence]) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut number = None;
    for sentence in sentences {
        let span = sentence.span;
        let before = paragraphs.last().map_or(0, |p| p.end);
        let begins = match (sentence.paragraph, number) {
            (Some(this), Some(before)) => this != before,
            _ => text[before..span.start].contains('\n'),
        };
        match paragraphs.last_mut() {
            Some(paragraph) if !begins => paragraph.end = span.end,
            _ => paragraphs.push(span),
        }
        number = sentence.paragraph;
    }
    paragraphs
}

/// In a transcript between marks, `“MORENO: We waited.`, the label says whose words follow; it is not one of them.
pub(super) fn leave_out_labels(text: &str, paragraphs: &[Span], outermost: &mut Vec<Quotation>) {
    for q in outermost.iter_mut() {
        let begins = paragraphs.binary_search_by_key(&q.span.start, |p| p.start);
        let inner = q.inner.get(text).unwrap_or_default();
        if let (Ok(_), Some(label)) = (begins, turns::label(inner)) {
            q.span.start = q.inner.start + label;
            q.inner.start = q.span.start;
        }
    }
    outermost.retain(|q| !q.inner.is_empty());
}

/// Makes one paragraph of an introduction that ends in a colon and the quotation that begins the next.
pub(super) fn join_introductions(text: &str, paragraphs: &mut Vec<Span>, outermost: &[Quotation]) {
    let mut next = 0;
    paragraphs.dedup_by(|paragraph, before| {
        let starts_before = |q: &Quotation| q.span.start < paragraph.start;
        while outermost.get(next).is_some_and(starts_before) {
            next += 1;
        }
        let opens = outermost
            .get(next)
            .is_some_and(|q| q.span.start == paragraph.start);
        let joins = opens && text[*before].trim_end().ends_with(':');
        if joins {
            before.end = paragraph.end;
        }
        joins
    });
}

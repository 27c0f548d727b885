//! The paragraphs of a text as the model of lines sees them.

use crate::labels::Labels;
use crate::page::Page;
use crate::{Located, Opening, Segmenter, Sentences};
use document::{SentenceKind, Span};
use std::borrow::Cow;
use tagger::Rows;

pub use crate::kinds::{FEATURE_SET, KINDS, LineModel};

/// The paragraphs of a text: where each is, and whether it is running text beyond doubt, which the model is not asked about;
/// and their features.
pub fn paragraphs(segmenter: &Segmenter, text: &str) -> (Vec<(Span, bool)>, Rows) {
    let (blocks, page) = page(segmenter, text);
    let mut rows = Rows::default();
    for i in 0..page.len() {
        page.features(i, |feature| rows.push(feature));
        rows.end_row();
    }
    let plain = (0..page.len()).map(|i| page.is_plain(i));
    (blocks.into_iter().zip(plain).collect(), rows)
}

/// What a model takes them to be.
pub fn kinds(
    segmenter: &Segmenter,
    model: &LineModel,
    text: &str,
) -> (Vec<Span>, Vec<Option<SentenceKind>>) {
    let (blocks, page) = page(segmenter, text);
    (blocks, model.kinds(&page))
}

fn page(segmenter: &Segmenter, text: &str) -> (Vec<Span>, Page) {
    let opening = Opening::read(text);
    let mut scan = Sentences::new(segmenter, text, Cow::Borrowed(&opening));
    let located: Vec<Located> = std::iter::from_fn(|| scan.next_located()).collect();
    let blocks = crate::blocks(text, &located, &Labels::read(text));
    let page = Page::new(text, &blocks, (&opening).into(), segmenter.lexicon());
    (blocks.into_iter().map(|block| block.span).collect(), page)
}

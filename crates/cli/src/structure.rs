//! A record's structure: what it holds of it, and the rest worked out.

use document::{Dateline, Document, DocumentError};
use segment::Segmenter;
use text::Reading;

/// What the stages behind `segment` read.
pub struct Structure<'t> {
    pub reading: Reading<'t>,
    pub dateline: Option<Dateline>,
    /// ISO 8601.
    pub date: Option<String>,
}

/// The structure of a document: sentences, dateline and date are those of the record where it has them.
pub fn structure<'t>(document: &Document<'t>) -> Result<Structure<'t>, DocumentError> {
    let text = document.text();
    let date = document.string("date").map(String::from);
    let sentences = document.sentences()?;
    let dateline = document.dateline()?;
    let found = Segmenter::new().segment(&segment::Input {
        text,
        date: date.as_deref(),
        sentences: sentences.as_deref(),
    });
    Ok(Structure {
        reading: Reading::new(text, found.sentences),
        dateline: dateline.or(found.dateline),
        date: date.or(found.date),
    })
}

//! What the stages behind `segment` read of a record.

use document::{Dateline, Document, DocumentError};
use segment::Segmenter;
use text::Reading;

/// A document's structure.
pub(crate) struct Structure<'t> {
    /// With the record's sentences, where it has them.
    pub reading: Reading<'t>,
    /// As the text itself has it, whatever the record says.
    pub dateline: Option<Dateline>,
    /// Likewise; ISO 8601.
    pub date: Option<String>,
}

/// The structure of a document; what its record lacks is worked out.
pub(crate) fn structure<'t>(document: &Document<'t>) -> Result<Structure<'t>, DocumentError> {
    let text = document.text();
    let date = document.string("date");
    let lang = document.string("lang");
    let sentences = document.sentences()?;
    let found = Segmenter::new().segment(&segment::Input {
        text,
        date: date.as_deref(),
        lang: lang.as_deref(),
        sentences: sentences.as_deref(),
    });
    Ok(Structure {
        reading: Reading::new(text, found.sentences),
        dateline: found.dateline,
        date: found.date,
    })
}

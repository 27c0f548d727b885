//! A record as a stage sees it.

use crate::span::WireSpan;
use crate::wire::plain::read_string;
use crate::{
    Annotation, Dateline, DocumentError, Entity, Metadata, Offsets, Provenance, Quote, Record,
    Sentence, Span, entries, wire,
};
use serde::Serialize;
use std::borrow::Cow;

/// A record with a text. Annotations are read when asked for, and checked against the text.
///
/// ```
/// use document::{Annotation, Document, Provenance, Record, Sentence};
/// let record = Record::parse(r#"{"text":"Olé! Yes."}"#)?;
/// let text = record.text()?;
/// let document = Document::new(&record, &text);
/// let sentences = vec![Sentence::new(0.."Olé!".len())];
/// let by = Provenance::new("segment", "1.0.0");
/// let mut line = String::new();
/// document.write(&by, &[Annotation::Sentences(sentences)], &mut line)?;
/// assert_eq!(line, r#"{"text":"Olé! Yes.","sentences":[{"start":0,"end":4,"text":"Olé!"}],"#.to_owned()
///     + r#""pipeline":[{"tool":"segment","version":"1.0.0"}]}"#);
/// # Ok::<(), document::DocumentError>(())
/// ```
#[derive(Debug)]
pub struct Document<'d> {
    record: &'d Record<'d>,
    offsets: Offsets<'d>,
}

impl<'a> Record<'a> {
    /// The article.
    pub fn text(&self) -> Result<Cow<'a, str>, DocumentError> {
        let json = self.get("text").ok_or(DocumentError::NoText)?;
        read_string(json).ok_or(if json.starts_with('"') {
            DocumentError::LoneSurrogate
        } else {
            DocumentError::TextIsNoString
        })
    }

    /// Appends the record with an entry in `errors` that says why a program could not use it.
    pub fn write_error(
        &self,
        by: &Provenance,
        code: &str,
        message: &str,
        out: &mut String,
    ) -> Result<(), DocumentError> {
        let errors = entries::errors(self, by, code, message)?;
        self.write(&[("errors", Some(errors))], out);
        Ok(())
    }
}

impl<'d> Document<'d> {
    /// A document of a record and its text (see [`Record::text`]).
    pub fn new(record: &'d Record<'d>, text: &'d str) -> Self {
        Self {
            record,
            offsets: Offsets::new(text),
        }
    }

    /// The article.
    pub fn text(&self) -> &'d str {
        self.offsets.text()
    }

    /// The text's offsets in bytes and code points.
    pub fn offsets(&self) -> &Offsets<'d> {
        &self.offsets
    }

    /// Whether the record has a field of this name, whatever its value.
    pub fn has(&self, field: &str) -> bool {
        self.record.get(field).is_some()
    }

    /// An input field that is a string: `id`, `title`, `date`, `lang` … `None` where it is absent or no string.
    pub fn string(&self, field: &str) -> Option<Cow<'d, str>> {
        self.record.string(field)
    }

    /// `sentences`, in the order of the text, if the record has them.
    pub fn sentences(&self) -> Result<Option<Vec<Sentence>>, DocumentError> {
        let mut sentences = self.field("sentences", wire::sentences)?;
        // Whoever made them may have listed them in another order; readers rely on the text's.
        if let Some(all) = &mut sentences {
            all.sort_by_key(|s| (s.span.start, s.span.end));
        }
        Ok(sentences)
    }

    /// `metadata`, if the record has it.
    pub fn metadata(&self) -> Result<Option<Vec<Metadata>>, DocumentError> {
        self.field("metadata", wire::metadata)
    }

    /// `dateline`, if the record has one.
    pub fn dateline(&self) -> Result<Option<Dateline>, DocumentError> {
        Ok(self.field("dateline", wire::dateline)?.flatten())
    }

    /// `entities`, if the record has them.
    pub fn entities(&self) -> Result<Option<Vec<Entity>>, DocumentError> {
        self.field("entities", wire::entities)
    }

    /// `quotes`, if the record has them.
    pub fn quotes(&self) -> Result<Option<Vec<Quote>>, DocumentError> {
        self.field("quotes", wire::quotes)
    }

    /// A stretch of the text as records have it: `{"start":…,"end":…,"text":…}`, in code points. For fields of another
    /// program's own ([`Annotation::other`]).
    ///
    /// # Panics
    ///
    /// Where the span does not lie on character boundaries of the text.
    pub fn slice(&self, span: Span) -> impl Serialize + use<'d> {
        WireSpan::new(span, &self.offsets)
    }

    /// Appends the record with the annotations in it, and with the program that made them in its `pipeline`.
    pub fn write(
        &self,
        by: &Provenance,
        annotations: &[Annotation],
        out: &mut String,
    ) -> Result<(), DocumentError> {
        let pipeline = entries::pipeline(self.record, by)?;
        let errors = entries::without_error(self.record, by);
        let mut fields: Vec<_> = annotations.iter().map(|a| (a.field(), true)).collect();
        fields.push(("pipeline", true));
        if let Some(errors) = &errors {
            fields.push(("errors", errors.is_some()));
        }
        let value = |i: usize, out: &mut String| match i.checked_sub(annotations.len()) {
            None => annotations[i].write(&self.offsets, out),
            Some(0) => out.push_str(&pipeline),
            Some(_) => out.push_str(
                errors
                    .as_ref()
                    .and_then(|e| e.as_deref())
                    .unwrap_or_default(),
            ),
        };
        self.record.write_fields(&fields, value, out);
        Ok(())
    }

    fn field<T>(
        &self,
        name: &'static str,
        read: impl Fn(&str, &Offsets<'_>) -> Result<T, DocumentError>,
    ) -> Result<Option<T>, DocumentError> {
        match self.json(name) {
            None => Ok(None),
            Some(json) => read(json, &self.offsets).map(Some),
        }
    }

    /// A field's value as it is written; `None` where it is absent or null.
    pub(crate) fn json(&self, name: &str) -> Option<&'d str> {
        self.record.get(name).filter(|json| *json != "null")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY: Provenance = Provenance::new("segment", "2");

    fn annotate(line: &str) -> String {
        let record = Record::parse(line).unwrap();
        let text = record.text().unwrap();
        let mut sentence = Sentence::new(0..text.len());
        sentence.paragraph = Some(0);
        let mut out = String::new();
        Document::new(&record, &text)
            .write(&BY, &[Annotation::Sentences(vec![sentence])], &mut out)
            .unwrap();
        out
    }

    #[test]
    fn a_rerun_changes_no_byte() {
        for line in [
            r#"{"text":"Olé"}"#,
            r#" { "text" : "x" , "pipeline" : [ ] } "#,
            r#"{"text":"x","pipeline":[ {"tool":"a","tool":"b"} , {"n":1e400}, [[1]] ]}"#,
            r#"{"pipeline":[{"tool":"segment","version":"1","more":true},{"tool":"z"}],"text":"x"}"#,
            r#"{"errors":null,"pipeline":null,"text":"x"}"#,
        ] {
            let once = annotate(line);
            assert_eq!(annotate(&once), once, "{line}");
            assert!(
                once.contains(r#"{"tool":"segment","version":"2"}"#),
                "{once}"
            );
            assert!(!once.contains(r#""version":"1""#), "{once}");
        }
        assert_eq!(
            annotate(r#"{"pipeline":[{"tool":"a"},[[1]]],"text":"x"}"#),
            r#"{"pipeline":[{"tool":"a"},[[1]],{"tool":"segment","version":"2"}],"text":"x","#
                .to_owned()
                + r#""sentences":[{"start":0,"end":1,"text":"x","paragraph":0}]}"#
        );
    }

    #[test]
    fn an_error_is_replaced_and_removed_by_its_tool_alone() {
        let record =
            Record::parse(r#"{"text":7,"errors":[{"tool":"quotes","code":"old"}]}"#).unwrap();
        let mut out = String::new();
        record
            .write_error(&BY, "bad-text", "\"no\"", &mut out)
            .unwrap();
        assert_eq!(
            out,
            r#"{"text":7,"errors":[{"tool":"quotes","code":"old"},"#.to_owned()
                + r#"{"tool":"segment","code":"bad-text","message":"\"no\""}]}"#
        );
        let mended = annotate(&out.replace(":7", ":\"x\""));
        assert!(
            mended.contains(r#""errors":[{"tool":"quotes","code":"old"}]"#),
            "{mended}"
        );
        let alone = annotate(r#"{"errors":[{"tool":"segment"}],"text":"x"}"#);
        assert!(!alone.contains("errors"), "{alone}");
        let foreign = Record::parse(r#"{"errors":"none"}"#).unwrap();
        assert!(
            foreign
                .write_error(&BY, "", "", &mut String::new())
                .is_err()
        );
    }

    #[test]
    fn reads_what_other_programs_wrote() {
        let line = r#"{"text":"Ana met EU.","sentences":[{"start":0,"end":11}],
            "entities":[{"type":"PER","mentions":[{"start":0,"end":3,"text":"Ana"}]},
                        {"id":7,"type":"WHAT","name":"European Union","mentions":[]}],
            "quotes":null}"#;
        let record = Record::parse(line).unwrap();
        let text = record.text().unwrap();
        let document = Document::new(&record, &text);
        assert_eq!(document.sentences().unwrap().unwrap()[0].span, 0..11);
        let entities = document.entities().unwrap().unwrap();
        assert_eq!(entities[0].kind, crate::EntityType::Person);
        assert_eq!(entities[0].name, "Ana");
        assert_eq!(entities[1].id, "7");
        assert_eq!(document.quotes().unwrap(), None);
        let broken = Record::parse(r#"{"text":"x","entities":{"a":1}}"#).unwrap();
        let error = Document::new(&broken, "x").entities().unwrap_err();
        assert_eq!(error.code(), "bad-field");
        assert!(
            error.to_string().starts_with("`entities`: invalid type"),
            "{error}"
        );
    }
}

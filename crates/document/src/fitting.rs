//! All annotations of a record, for showing them to people.

use crate::{
    Dateline, Document, DocumentError, Entity, Metadata, Offsets, Quote, Sentence, Summary, wire,
};
use serde::Deserialize;

/// The annotations of a record that fit its text.
///
/// A stage that works on annotations needs all of them to be right, and refuses a record where one is not. People want
/// to see what there is: an entry that does not fit is left out, with the reason in `misfits`.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Fitting {
    /// What the record is called; some number their records.
    pub id: Option<String>,
    /// In the order of the text; `None` where nobody has worked them out.
    pub sentences: Option<Vec<Sentence>>,
    /// Empty where nobody has worked them out.
    pub metadata: Vec<Metadata>,
    /// Where and when the report was filed.
    pub dateline: Option<Dateline>,
    /// `None` where nobody has worked them out.
    pub entities: Option<Vec<Entity>>,
    /// `None` where nobody has worked them out.
    pub quotes: Option<Vec<Quote>>,
    /// `None` where nobody has worked it out. Its reasons (`why`) are not read.
    pub summary: Option<Summary>,
    /// What stages before could not do, as `tool: message`.
    pub errors: Vec<String>,
    /// What was left out, and why.
    pub misfits: Vec<DocumentError>,
}

/// An entry of `errors`.
#[derive(Deserialize)]
struct ToolError {
    tool: String,
    message: String,
}

impl Document<'_> {
    /// The annotations of the record that fit its text.
    pub fn fitting(&self) -> Fitting {
        let mut misfits = Vec::new();
        let mut sentences = self.list("sentences", wire::sentence, &mut misfits);
        if let Some(all) = &mut sentences {
            all.sort_by_key(|s| (s.span.start, s.span.end));
        }
        let number = |id: &&str| id.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        Fitting {
            id: match self.string("id") {
                Some(id) => Some(id.into_owned()),
                None => self.json("id").filter(number).map(str::to_owned),
            },
            sentences,
            metadata: self
                .list("metadata", wire::metadata_entry, &mut misfits)
                .unwrap_or_default(),
            dateline: self.dateline().unwrap_or_else(|e| {
                misfits.push(e);
                None
            }),
            entities: self.list("entities", wire::entity, &mut misfits),
            quotes: self.list("quotes", wire::quote, &mut misfits),
            summary: self.summary(&mut misfits),
            errors: self.errors(),
            misfits,
        }
    }

    fn list<T>(
        &self,
        field: &'static str,
        read: impl Fn(&str, &Offsets<'_>, usize) -> Result<T, DocumentError>,
        misfits: &mut Vec<DocumentError>,
    ) -> Option<Vec<T>> {
        let json = self.json(field)?;
        let items = match wire::items(field, json) {
            Ok(items) => items,
            Err(e) => {
                misfits.push(e);
                return None;
            }
        };
        let mut found = Vec::with_capacity(items.len());
        for (i, item) in items.into_iter().enumerate() {
            match read(item, self.offsets(), i) {
                Ok(annotation) => found.push(annotation),
                Err(e) => misfits.push(e),
            }
        }
        Some(found)
    }

    fn errors(&self) -> Vec<String> {
        let entries = self.json("errors").map(|json| wire::items("errors", json));
        let entries = entries.and_then(Result::ok).unwrap_or_default();
        let read = entries
            .into_iter()
            .filter_map(|entry| serde_json::from_str::<ToolError>(entry).ok());
        read.map(|e| format!("{}: {}", e.tool, e.message)).collect()
    }

    fn summary(&self, misfits: &mut Vec<DocumentError>) -> Option<Summary> {
        match wire::summary(self.json("summary")?, self.offsets()) {
            Ok((summary, wrong)) => {
                misfits.extend(wrong);
                Some(summary)
            }
            Err(e) => {
                misfits.push(e);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;

    #[test]
    fn keeps_what_fits_and_says_what_does_not() {
        let line = r#"{"text":"Ana met Zoë.",
            "sentences":[{"start":5,"end":99},{"start":8,"end":11},{"start":0,"end":3},"x",
                         {"start":0,"end":12,"label":{"start":4,"end":7}},
                         {"start":0,"end":3,"label":{"start":0,"end":7}}],
            "entities":[{"name":"nobody"},{"name":"Zoë","mentions":[{"start":8,"end":11,"text":"Zoë"}]},
                        {"mentions":[{"start":8,"end":12,"text":"Zoë"}]}],
            "quotes":{"a":1},
            "summary":{"text":"Zoë.","sentences":[{"start":8,"end":12},{"start":0,"end":3,"text":"Bob"}],
                       "quotes":[{"speaker":"Ana","text":"Zoë","content":[]}, 7]}}"#;
        let line = line.replace('\n', " ");
        let record = Record::parse(&line).unwrap();
        let text = record.text().unwrap();
        let fitting = Document::new(&record, &text).fitting();
        let spans: Vec<_> = fitting.sentences.unwrap().iter().map(|s| s.span).collect();
        assert_eq!(spans, [0..3, 8..12]);
        assert_eq!(fitting.entities.unwrap()[0].name, "Zoë");
        assert_eq!(fitting.quotes, None);
        let summary = fitting.summary.unwrap();
        assert_eq!(
            (summary.sentences.len(), summary.text.as_str()),
            (1, "Zoë.")
        );
        assert_eq!(summary.quotes.unwrap()[0].speaker, "Ana");
        let reasons: Vec<String> = fitting.misfits.iter().map(ToString::to_string).collect();
        for (reason, beginning) in reasons.iter().zip([
            "`sentences[0]`: 5..99 lies outside the text",
            "`sentences`: invalid type: string",
            "`sentences[4].label`: no beginning of its sentence",
            "`sentences[5].label`: no beginning of its sentence",
            "`entities`: missing field `mentions`",
            "`entities[2].mentions[0]`: the text at 8..12",
            "`quotes`: invalid type: map",
            "`summary.sentences[1]`: the text at 0..3",
            "`summary`: invalid type: integer",
        ]) {
            assert!(reason.starts_with(beginning), "{reason}");
        }
        assert_eq!(reasons.len(), 9, "{reasons:?}");
    }

    #[test]
    fn without_annotations_nothing_is_a_misfit() {
        let record = Record::parse(
            r#"{"id":12345678901234567890,"text":"x","entities":null,
            "errors":[{"tool":"quotes","code":"c","message":"why"}, 7]}"#,
        )
        .unwrap();
        let fitting = Document::new(&record, "x").fitting();
        assert!(fitting.misfits.is_empty());
        assert_eq!(fitting.id.as_deref(), Some("12345678901234567890"));
        assert_eq!(fitting.errors, ["quotes: why"]);
        assert!(fitting.entities.is_none() && fitting.sentences.is_none());
        for (id, shown) in [
            ("-7", Some("-7")),
            ("true", None),
            ("[1]", None),
            ("\"é\"", Some("é")),
        ] {
            let line = format!("{{\"id\":{id},\"text\":\"x\"}}");
            let record = Record::parse(&line).unwrap();
            let fitting = Document::new(&record, "x").fitting();
            assert_eq!(fitting.id.as_deref(), shown);
        }
    }
}

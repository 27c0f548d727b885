//! What was found in an article.

use crate::Given;
use document::{
    Annotation, Dateline, Document, DocumentError, Entity, Metadata, Mode, Provenance, Quote,
    QuoteType, Record, Sentence, Span, Summary,
};
use serde_json::json;

/// A text with what a [`Pipeline`](crate::Pipeline) found in it. Spans count bytes of [`Article::text`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Article<'t> {
    /// As it was given.
    pub text: &'t str,
    /// As it was given.
    pub given: Given<'t>,
    /// In order; every character that is not white space is in one of them or in `metadata`.
    pub sentences: Vec<Sentence>,
    /// Header lines that belong to no sentence, such as `Published: 3 Dec 2024`.
    pub metadata: Vec<Metadata>,
    /// Where and when the report was filed.
    pub dateline: Option<Dateline>,
    /// The date of the article in ISO 8601: as it was given, or else as its header or dateline has it.
    pub date: Option<String>,
    /// Names and values, in the order of their first mentions.
    pub entities: Vec<Entity>,
    /// In the order of the text. [`Article::quotations`] gives them with their words.
    pub quotes: Vec<Quote>,
    /// Empty where the text is blank.
    pub summary: Summary,
    pub(crate) model: &'static str,
}

impl Article<'_> {
    /// Who said what, in the order of the text.
    ///
    /// ```
    /// let article = newstext::Pipeline::fast().read("“We won,” said Ana Roe.");
    /// let quotation = article.quotations().next().expect("a quotation");
    /// assert_eq!(quotation.text(), "“We won,”");
    /// assert_eq!(quotation.cue(), "said");
    /// assert_eq!(quotation.source(), "Ana Roe");
    /// assert_eq!(quotation.speaker(), Some("Ana Roe"));
    /// assert_eq!(quotation.entity().expect("somebody").mentions.len(), 1);
    /// ```
    pub fn quotations(&self) -> impl Iterator<Item = Quotation<'_>> {
        let quotation = |quote| Quotation {
            quote,
            article: self,
        };
        self.quotes.iter().map(quotation)
    }

    /// The record as one line of JSON, without a line feed: that which `segment | entities | quotes | summarize` write for
    /// the text and what was given besides. Its offsets count Unicode code points.
    ///
    /// With the fast model the bytes are the same. The accurate model is asked here once for entities and quotations, the
    /// programs ask it once each: then it stops earlier, at tokens of whose label it is sure. So scores differ a little,
    /// and now and then the type of an entity (three in the 22 articles that the project tests with).
    ///
    /// ```
    /// let article = newstext::Pipeline::fast().read("Olé! It rained.");
    /// let beginning = r#"{"text":"Olé! It rained.","sentences":[{"start":0,"end":4,"text":"Olé!","paragraph":0},"#;
    /// assert!(article.to_json().starts_with(beginning));
    /// ```
    ///
    /// # Panics
    ///
    /// Where a field was changed and holds a span now that does not fit the text.
    pub fn to_json(&self) -> String {
        let mut line = self.bare_record();
        for (tool, annotations) in self.stages() {
            let by = Provenance {
                model: matches!(tool, "entities" | "quotes").then(|| self.model.to_owned()),
                ..Provenance::new(tool, env!("CARGO_PKG_VERSION"))
            };
            line = annotated(&line, &by, &annotations).expect("a record without odd fields");
        }
        line
    }

    /// The record before anything is found.
    fn bare_record(&self) -> String {
        let Given { id, title, date } = self.given;
        let given = [("id", id), ("title", title), ("date", date)];
        let fields: Vec<String> = given
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .chain([("text", self.text)])
            .map(|(name, value)| format!("\"{name}\":{}", json!(value)))
            .collect();
        format!("{{{}}}", fields.join(","))
    }

    /// Each tool with what it adds.
    fn stages(&self) -> [(&'static str, Vec<Annotation>); 4] {
        let mut structure = vec![
            Annotation::Sentences(self.sentences.clone()),
            Annotation::Metadata(self.metadata.clone()),
            Annotation::Dateline(self.dateline.clone()),
        ];
        if let (Some(date), None) = (&self.date, self.given.date) {
            structure.push(Annotation::Date(date.clone()));
        }
        [
            ("segment", structure),
            (
                "entities",
                vec![Annotation::Entities(self.entities.clone())],
            ),
            ("quotes", vec![Annotation::Quotes(self.quotes.clone())]),
            ("summarize", vec![Annotation::Summary(self.summary.clone())]),
        ]
    }
}

/// A record with a tool's annotations in it.
fn annotated(
    line: &str,
    by: &Provenance,
    annotations: &[Annotation],
) -> Result<String, DocumentError> {
    let record = Record::parse(line)?;
    let text = record.text()?;
    let mut out = String::new();
    Document::new(&record, &text).write(by, annotations, &mut out)?;
    Ok(out)
}

/// A quotation of an article, with its words.
#[derive(Debug, Clone, Copy)]
pub struct Quotation<'a> {
    /// Where they stand.
    pub quote: &'a Quote,
    article: &'a Article<'a>,
}

impl<'a> Quotation<'a> {
    /// What was said, with its quotation marks; pieces of it are joined with one space, and so are lines.
    pub fn text(self) -> String {
        self.line(&self.quote.content)
    }

    /// The words that attribute it, `said`; empty where there are none.
    pub fn cue(self) -> String {
        self.line(&self.quote.cue)
    }

    /// Whom this place of the text names as the source, `the mayor`; empty where it names nobody.
    pub fn source(self) -> String {
        self.line(&self.quote.source)
    }

    /// The fullest name in the article of whoever said it; `None` where that is not sure.
    pub fn speaker(self) -> Option<&'a str> {
        Some(self.quote.speaker.as_ref()?.name.as_str())
    }

    /// The speaker among [`Article::entities`].
    pub fn entity(self) -> Option<&'a Entity> {
        let id = self.quote.speaker.as_ref()?.entity.as_ref()?;
        self.article.entities.iter().find(|e| e.id == *id)
    }

    /// Whether it was said or thought.
    pub fn mode(self) -> Option<Mode> {
        self.quote.mode
    }

    /// How much of it stands in quotation marks.
    pub fn kind(self) -> QuoteType {
        self.quote.kind
    }

    fn line(self, spans: &[Span]) -> String {
        let text = self.article.text;
        let words = spans.iter().flat_map(|&span| text[span].split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    }
}

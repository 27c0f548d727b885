//! All stages after one another, on one reading of the text.

use crate::Article;
use entities::{Gazetteer, Recognizer};
use quotes::Extractor;
use segment::Segmenter;
use summarize::{Budget, Summarizer};
use text::Reading;

/// What is known of an article besides its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given<'a> {
    /// What its record is called.
    pub id: Option<&'a str>,
    /// Its headline, where that is not part of the text.
    pub title: Option<&'a str>,
    /// When it was published, in ISO 8601; "on Monday" and a year that the text does not name are worked out from it.
    pub date: Option<&'a str>,
}

/// Finds sentences, entities and quotations, and summarizes.
#[derive(Debug)]
pub struct Pipeline {
    segmenter: Segmenter,
    recognizer: Recognizer,
    extractor: Extractor,
    summarizer: Summarizer,
    model: &'static str,
}

impl Pipeline {
    /// With the fast models, which are linear.
    pub fn fast() -> Self {
        Self::of("fast", Recognizer::fast(), Extractor::fast())
    }

    /// With the accurate model, a small neural network. It reads a text once for entities and quotations.
    ///
    /// ```
    /// let text = "“It works,” Ada Lovelace told the Royal Society in London.";
    /// let article = newstext::Pipeline::accurate().read(text);
    /// let names: Vec<&str> = article.entities.iter().map(|e| e.name.as_str()).collect();
    /// assert_eq!(names, ["Ada Lovelace", "Royal Society", "London"]);
    /// ```
    #[cfg(feature = "accurate")]
    pub fn accurate() -> Self {
        Self::of("accurate", Recognizer::accurate(), Extractor::accurate())
    }

    fn of(model: &'static str, recognizer: Recognizer, extractor: Extractor) -> Self {
        Self {
            segmenter: Segmenter::new(),
            recognizer,
            extractor,
            summarizer: Summarizer::new(),
            model,
        }
    }

    /// How long summaries may be: three sentences by default.
    ///
    /// ```
    /// use newstext::{Budget, Pipeline};
    /// let pipeline = Pipeline::fast().with_budget(Budget::Words(6));
    /// let article = pipeline.read("The bridge opened in Oslo. Many people came to see the king cut the ribbon there.");
    /// assert_eq!(article.summary.text, "The bridge opened in Oslo.");
    /// ```
    pub fn with_budget(mut self, budget: Budget) -> Self {
        self.summarizer.budget = budget;
        self
    }

    /// Also finds the names of a gazetteer, whatever the model says of them.
    ///
    /// ```
    /// use newstext::{EntityType, Gazetteer, Pipeline};
    /// let gazetteer = Gazetteer::parse("Blue Heron\tORG\tid-7\n")?;
    /// let article = Pipeline::fast().with_gazetteer(gazetteer).read("He left Blue Heron in May.");
    /// assert_eq!(article.entities[0].kind, EntityType::Org);
    /// # Ok::<(), newstext::GazetteerError>(())
    /// ```
    pub fn with_gazetteer(mut self, gazetteer: Gazetteer) -> Self {
        self.recognizer = self.recognizer.with_gazetteer(gazetteer);
        self
    }

    /// Reads an article of which nothing but the text is known. Time and memory are linear in its length.
    pub fn read<'t>(&self, text: &'t str) -> Article<'t> {
        self.read_with(text, Given::default())
    }

    /// Reads an article of which more is known.
    ///
    /// ```
    /// use newstext::{Given, Pipeline};
    /// let given = Given { date: Some("2024-12-03"), ..Given::default() };
    /// let article = Pipeline::fast().read_with("The bridge opened on Monday.", given);
    /// assert_eq!(article.entities[0].value, Some("2024-12-02".into()));
    /// ```
    pub fn read_with<'t>(&self, text: &'t str, given: Given<'t>) -> Article<'t> {
        let found = self.segmenter.segment(&segment::Input {
            date: given.date,
            ..segment::Input::new(text)
        });
        let reading = Reading::new(text, &found.sentences[..]);
        let scores = self.extractor.scores(&reading);
        let date = given.date.or(found.date.as_deref());
        let entities = self.recognizer.entities(&entities::Input {
            date,
            dateline: found.dateline.as_ref(),
            scores: scores.as_ref(),
            ..entities::Input::new(&reading)
        });
        let quotes = self.extractor.quotes(&quotes::Input {
            entities: Some(&entities),
            dateline: found.dateline.as_ref(),
            scores: scores.as_ref(),
            ..quotes::Input::new(&reading)
        });
        let summary = self.summarizer.summarize(&summarize::Input {
            title: given.title,
            entities: Some(&entities),
            quotes: Some(&quotes),
            ..summarize::Input::new(&reading)
        });
        Article {
            date: date.map(str::to_owned),
            sentences: found.sentences,
            metadata: found.metadata,
            dateline: found.dateline,
            entities,
            quotes,
            summary,
            text,
            given,
            model: self.model,
        }
    }
}

impl Default for Pipeline {
    /// With the best model that is part of the program: the accurate one, or the fast one where the crate is built without
    /// the feature `accurate`.
    fn default() -> Self {
        #[cfg(feature = "accurate")]
        return Self::accurate();
        #[cfg(not(feature = "accurate"))]
        Self::fast()
    }
}

//! Who said what in news text: sentences, names and values, quotations with their speakers, and a summary.
//!
//! ```
//! use newstext::Pipeline;
//!
//! let text = "OSLO, March 3 (Wire) — “The bridge opens on Monday,” said Ana Roe, the mayor. She added that it had cost \
//!             $5 million. Unions rejected the plan.";
//! let article = Pipeline::fast().read(text);
//! for quotation in article.quotations() {
//!     println!("{}: {}", quotation.speaker().unwrap_or("somebody"), quotation.text());
//! }
//! # let said: Vec<_> = article.quotations().map(|q| (q.speaker(), q.text())).collect();
//! # assert_eq!(said[0], (Some("Ana Roe"), "“The bridge opens on Monday,”".to_owned()));
//! # assert_eq!(said[1], (Some("Ana Roe"), "that it had cost $5 million".to_owned()));
//! ```
//!
//! [`Pipeline::fast`] reads hundreds of thousands of words a second; [`Pipeline::accurate`] finds more and errs less, at a
//! fiftieth of the speed. A pipeline is made once and serves all threads. What it finds is in plain types ([`Entity`],
//! [`Quote`], [`Summary`] …) whose spans count **bytes**, so that `&text[span]` is what they are about.
//! [`Article::to_json`] writes the record that the programs `segment | entities | quotes | summarize` write, where offsets
//! count Unicode code points.
//!
//! The text is English news. No text is sent anywhere, nothing is read from disk, and equal input gives equal output on
//! every machine.
//!
//! In a debug build the accurate model takes a hundred times as long. Build in release, or add this to `Cargo.toml`:
//!
//! ```toml
//! [profile.dev.package.newstext-encoder]
//! opt-level = 3
//! ```
//!
//! # Features
//!
//! - `accurate` (default): the accurate model. Without it, a program is 24 MB smaller, and [`Pipeline::fast`] is all there
//!   is.
//! - `cli` (default): the programs. A library needs none of it: `default-features = false, features = ["accurate"]`.

mod article;
mod pipeline;

pub use article::{Article, Quotation};
pub use document::{
    Dateline, Entity, EntityType, Mention, MentionKind, Metadata, Mode, Pick, Quote, QuoteType,
    Sentence, SentenceKind, Span, Speaker, Summary, UnknownName,
};
pub use entities::{Gazetteer, GazetteerError};
pub use pipeline::{Given, Pipeline};
pub use summarize::Budget;

//! The sentences that tell the story: an extractive summary of one news article, or of several on one event.
//!
//! ```
//! use summarize::{Budget, Input, Summarizer};
//!
//! let text = "A flood has cut off the town of Elmford. Nobody was hurt. The river Elm rose by two metres overnight, \
//!             the town’s mayor said.";
//! let reading = segment::Segmenter::new().read(text);
//! let summary = Summarizer::new(Budget::Words(10)).summarize(&Input::new(&reading));
//! assert!(summary.text.split_whitespace().count() <= 10);
//! ```
//!
//! A learnt ranker scores each sentence by its place, its length, how central it is among the others, the names in it
//! and more ([`features`]); sentences are picked best first, less what they repeat ([`Summarizer`]). What a reader of
//! the summary alone could not follow is not picked, or only with what it leans on. Time and memory are linear in the
//! text.

mod across;
#[doc(hidden)]
pub mod analysis;
mod budget;
mod digest;
pub mod features;
mod forest;
mod graph;
mod lexicon;
mod lists;
pub mod model;
mod porter;
mod readable;
mod select;
mod summarizer;
#[doc(hidden)]
pub mod words;

pub use across::{Across, Source};
pub use budget::Budget;
pub use summarizer::{Input, Order, Summarizer};

//! The sentences that tell the story: an extractive summary of one news article, or of several on one event.
//!
//! ```
//! use summarize::{Budget, Input, Summarizer};
//!
//! let text = "A flood has cut off the town of Elmford. Nobody was hurt. The river Elm rose by two metres overnight, \
//!             the town’s mayor said.";
//! let reading = segment::Segmenter::new().read(text);
//! let summary = Summarizer::new().with_budget(Budget::Words(10)).summarize(&Input::new(&reading));
//! assert!(summary.text.split_whitespace().count() <= 10);
//! ```
//!
//! A trained ranker scores each sentence by its place, its length, how central it is among the others, the names in it
//! and more: [`FEATURES`]. Sentences are picked best first, less what they repeat. A sentence that a reader of the summary
//! alone could not follow is picked only with those that it leans on. Time and memory are linear in the text.

// Without the trainer's door, what stands behind it is not reachable.
#![cfg_attr(not(feature = "training"), allow(unreachable_pub))]

mod across;
mod analysis;
mod budget;
mod digest;
mod features;
mod forest;
mod graph;
mod input;
mod lexicon;
mod lists;
mod porter;
mod ranker;
mod readable;
mod rows;
mod select;
mod summarizer;
#[cfg(feature = "training")]
pub mod training;
mod wording;
mod words;

pub use across::{Across, FromDocument};
pub use budget::Budget;
pub use features::FEATURES;
pub use input::Input;
pub use summarizer::{Order, Summarizer};

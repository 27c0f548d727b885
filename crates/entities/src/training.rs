//! What training and evaluating the name model share with using it.

pub use crate::features::feature_set;
pub use crate::layout::Sequence;
pub use crate::observations::Observations;
pub use crate::places::place;

//! What training and evaluating the name model share with using it.

use document::EntityType;

pub use crate::features::feature_set;
pub use crate::layout::Sequence;
pub use crate::observations::Observations;
pub use crate::places::place;

/// The types of the name model, in the order of its labels.
pub const KINDS: [EntityType; 9] = [
    EntityType::Person,
    EntityType::Org,
    EntityType::Gpe,
    EntityType::Loc,
    EntityType::Fac,
    EntityType::Norp,
    EntityType::Product,
    EntityType::Event,
    EntityType::Misc,
];

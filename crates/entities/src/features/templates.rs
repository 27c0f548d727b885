//! The feature templates.

use crate::layout::Mode;
use crate::words::{Case, Word};
use tagger::{Rows, feature};

/// What a feature is about. Its number, by the order here, is part of a model: [`super::feature_set`] notices a change.
#[derive(Debug, Clone, Copy)]
pub(super) enum Template {
    Bias,
    Lower,
    Exact,
    Shape,
    Prefix,
    Suffix,
    First,
    FirstShape,
    Last,
    LowerNear,
    ShapeNear,
    Edge,
    LowerBefore,
    LowerAfter,
    ShapeBefore,
    ShapeAfter,
    ShapeAround,
    SuffixNear,
    Cluster,
    CoarseBefore,
    CoarseAfter,
    CoarseAround,
    Unclustered,
    Joined,
    LineBreak,
    Gazetteer,
    GazetteerShape,
    Passage,
    PassageShape,
    RunPlace,
    RunFirst,
    RunLast,
    RunLastCluster,
    RunBefore,
    RunAfter,
    RunAround,
    RunBeforeCluster,
    RunAfterCluster,
    SeenLower,
    SeenName,
    SeenOnlyLower,
    SeenNameFirst,
    SeenBefore,
    SeenAfter,
    NameBefore,
    NameAfter,
    NameBeforeGazetteer,
    Acronym,
}
pub(super) use Template as T;

/// Adds a feature to the row of the current token.
pub(super) fn push(rows: &mut Rows, template: Template, value: u64) {
    rows.push(feature(template as u32, value));
}

/// A word's shape as a feature: in a passage that is all in capitals or all in lower case, ordinary words share one.
pub(super) fn shape(word: &Word, mode: Mode) -> u64 {
    match (mode, word.case) {
        (Mode::Capitals, Case::Upper) => 1,
        (Mode::Lower, Case::Lower) => 2,
        _ => word.shape,
    }
}

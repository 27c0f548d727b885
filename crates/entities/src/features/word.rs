//! Features of one word. They may depend on nothing but what [`Word::key`] covers: a scorer keeps their sums by that key.

use super::templates::{T, push, shape};
use crate::layout::Mode;
use crate::words::Word;
use model::combine;
use tagger::Rows;

/// Features of a token's own word.
pub(super) fn own(word: &Word, mode: Mode, rows: &mut Rows) {
    let shape = shape(word, mode);
    push(rows, T::Bias, 0);
    push(rows, T::Lower, word.lower);
    push(rows, T::Shape, shape);
    if mode == Mode::Normal && word.letters > 0 {
        push(rows, T::Exact, word.exact);
    }
    if word.letters > 0 {
        for (n, &prefix) in word.prefixes.iter().enumerate().filter(|(_, p)| **p != 0) {
            push(rows, T::Prefix, prefix.wrapping_add(n as u64));
        }
        for (n, &suffix) in word.suffixes.iter().enumerate().filter(|(_, s)| **s != 0) {
            push(rows, T::Suffix, suffix.wrapping_add(n as u64));
        }
        if word.entry.fine() == 0 {
            push(rows, T::Unclustered, shape);
        }
    }
}

/// Features of a token that has this word `distance` tokens after it, before it where negative; at 0 it is its own.
pub(super) fn near(word: &Word, mode: Mode, distance: isize, rows: &mut Rows) {
    let place = |value: u64| combine(value, distance as u64);
    if distance != 0 {
        push(rows, T::LowerNear, place(word.lower));
        push(rows, T::ShapeNear, place(shape(word, mode)));
    }
    if word.entry.fine() != 0 {
        for (grain, cluster) in word.entry.clusters.into_iter().enumerate() {
            let cluster = combine(cluster.into(), grain as u64);
            push(rows, T::Cluster, place(cluster));
        }
    }
}

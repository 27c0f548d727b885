//! The learnt ranker, read in place.
//!
//! A model is one run of little-endian 32-bit words: the mark [`MAGIC`]; the numbers of terms, trees and nodes; the
//! ranker's log-odds before it knows anything; what redundancy costs, by length of summary ([`Model::redundancy`]); the
//! terms (the upper halves of their stems' hashes, ascending); their rarities; the trees' roots; the nodes. A node is
//! its feature (or [`LEAF`]), its threshold, its left child (the right one follows it) and its value: what the score
//! would be if the tree ended there. With a value at every node, a path through a tree tells what each feature on it
//! added to the score.

use crate::features::{COUNT, NAMES, Row};
use crate::forest::Forest;
use std::borrow::Cow;
use std::sync::LazyLock;

/// How a model begins: name and version of the format.
pub const MAGIC: u32 = u32::from_le_bytes(*b"NSu1");
/// The feature of a node without children.
pub const LEAF: u32 = u32::MAX;
/// Below each of these lengths of summary in words, and above the last, redundancy has a cost of its own.
pub const LENGTHS: [f64; 2] = [35.0, 100.0];

const WORD: usize = 4;
const HEADER: usize = 5 + LENGTHS.len() + 1;
const NODE: usize = 4;

/// Scores sentences.
#[derive(Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    terms: usize,
    trees: usize,
    nodes: usize,
    forest: Forest,
}

/// One node of a decision tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// An index into [`NAMES`], or [`LEAF`].
    pub feature: u32,
    /// Rows whose feature is at most this go to the left.
    pub threshold: f32,
    /// The left child's index; the right child's is one more. Both are above the node's own.
    pub left: u32,
    /// What the tree adds to the score if it ends here.
    pub value: f32,
}

/// What a model is made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// The log-odds before any tree.
    pub base: f32,
    /// See [`Model::redundancy`].
    pub redundancy: [f32; LENGTHS.len() + 1],
    /// Hash of a term's stem, and its rarity.
    pub terms: Vec<(u64, f32)>,
    /// Each tree's nodes, the root first.
    pub trees: Vec<Vec<Node>>,
}

/// The built-in model.
pub static BUILT_IN: LazyLock<Model> = LazyLock::new(|| {
    Model::read(include_bytes!("../model/ranker.bin").as_slice())
        .expect("the tests read the built-in model")
});

impl Parts {
    /// The model's bytes.
    pub fn pack(&self) -> Vec<u8> {
        let mut terms: Vec<(u32, f32)> = self.terms.iter().map(|&(h, r)| (key(h), r)).collect();
        terms.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        terms.dedup_by_key(|t| t.0);
        let nodes: usize = self.trees.iter().map(Vec::len).sum();
        let mut words = vec![
            MAGIC,
            terms.len() as u32,
            self.trees.len() as u32,
            nodes as u32,
            self.base.to_bits(),
        ];
        words.extend(self.redundancy.iter().map(|r| r.to_bits()));
        words.extend(terms.iter().map(|t| t.0));
        words.extend(terms.iter().map(|t| t.1.to_bits()));
        let mut root = 0;
        for tree in &self.trees {
            words.push(root);
            root += tree.len() as u32;
        }
        let mut root = 0;
        for tree in &self.trees {
            for node in tree {
                words.extend([
                    node.feature,
                    node.threshold.to_bits(),
                    root + node.left,
                    node.value.to_bits(),
                ]);
            }
            root += tree.len() as u32;
        }
        words.iter().flat_map(|w| w.to_le_bytes()).collect()
    }
}

impl Model {
    /// A model over its bytes; `None` where they are none, or its trees would lead astray.
    pub fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let mut model = Self {
            bytes: bytes.into(),
            terms: 0,
            trees: 0,
            nodes: 0,
            forest: Forest::default(),
        };
        if model.bytes.len() < HEADER * WORD || model.word(0) != MAGIC {
            return None;
        }
        [model.terms, model.trees, model.nodes] = [1, 2, 3].map(|at| model.word(at) as usize);
        let words = HEADER + 2 * model.terms + model.trees + NODE * model.nodes;
        let sound = model.bytes.len() == words * WORD
            && (0..model.trees).all(|t| model.root(t) < model.nodes)
            && (0..model.nodes).all(|at| {
                let node = model.node(at);
                let left = node.left as usize;
                node.feature == LEAF
                    || (node.feature < COUNT as u32 && left > at && left + 1 < model.nodes)
            });
        if !sound {
            return None;
        }
        let roots = (0..model.trees).map(|tree| model.root(tree));
        model.forest = Forest::new(roots, |at| model.node(at))?;
        Some(model)
    }

    /// Each sentence's score, 0 to 1.
    pub fn scores(&self, rows: &[Row]) -> Vec<f64> {
        let base = f64::from(self.float(4));
        let mut scores = self.forest.sums(base, rows);
        let probability = |odds: f64| 1.0 / (1.0 + libm::exp(-odds));
        scores.iter_mut().for_each(|s| *s = probability(*s));
        scores
    }

    /// What each feature adds to the score's log-odds (Saabas 2014: the changes of value along each tree's path, by the
    /// feature that was asked).
    pub fn contributions(&self, row: &Row) -> [(&'static str, f64); COUNT] {
        let mut sums = NAMES.map(|name| (name, 0.0));
        for tree in 0..self.trees {
            let mut node = self.node(self.root(tree));
            while let Some(asked) = row.get(node.feature as usize) {
                let right = usize::from(*asked > node.threshold);
                let next = self.node(node.left as usize + right);
                sums[node.feature as usize].1 += f64::from(next.value) - f64::from(node.value);
                node = next;
            }
        }
        sums
    }

    /// How rare a term is in news: ln(documents / documents that have it); for a term that the model lacks, that of
    /// its rarest.
    pub fn rarity(&self, term: u64) -> f32 {
        let keys = &self.bytes[HEADER * WORD..(HEADER + self.terms) * WORD];
        let keys = keys.as_chunks::<WORD>().0;
        match keys.binary_search_by_key(&key(term), |&word| u32::from_le_bytes(word)) {
            Ok(at) => self.float(HEADER + self.terms + at),
            Err(_) => RAREST,
        }
    }

    /// What a resemblance of 1 to a picked sentence takes from a score, in a summary of about so many words; tuned by
    /// cross-validation.
    pub fn redundancy(&self, words: f64) -> f64 {
        let at = LENGTHS.iter().filter(|&&length| words >= length).count();
        f64::from(self.float(5 + at))
    }

    fn root(&self, tree: usize) -> usize {
        self.word(HEADER + 2 * self.terms + tree) as usize
    }

    fn node(&self, at: usize) -> Node {
        let first = HEADER + 2 * self.terms + self.trees + NODE * at;
        let bytes = &self.bytes[first * WORD..(first + NODE) * WORD];
        let word = |i: usize| [bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]];
        Node {
            feature: u32::from_le_bytes(word(0)),
            threshold: f32::from_le_bytes(word(4)),
            left: u32::from_le_bytes(word(8)),
            value: f32::from_le_bytes(word(12)),
        }
    }

    fn word(&self, at: usize) -> u32 {
        let bytes = &self.bytes[at * WORD..(at + 1) * WORD];
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }

    fn float(&self, at: usize) -> f32 {
        f32::from_bits(self.word(at))
    }
}

/// The rarity of terms in fewer documents than the trainer counts.
pub const RAREST: f32 = 8.0;

/// A term's key in the table: 32 of its hash's 64 bits, so that one in 100,000 unknown terms passes for a known one.
fn key(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::fnv;

    fn stump() -> Parts {
        let node = |feature, threshold, left, value| Node {
            feature,
            threshold,
            left,
            value,
        };
        Parts {
            base: -1.0,
            redundancy: [0.1, 0.2, 0.3],
            terms: vec![(fnv(b"flood"), 4.5), (fnv(b"elm"), 7.25)],
            trees: vec![
                vec![
                    node(2, 0.5, 1, 0.25),
                    node(LEAF, 0.0, 0, 2.0),
                    node(LEAF, 0.0, 0, -0.5)
                ];
                2
            ],
        }
    }

    #[test]
    fn what_was_packed_is_read_in_place() {
        let model = Model::read(stump().pack()).expect("sound");
        let mut row = [0.0; COUNT];
        let odds = |score: f64| (score / (1.0 - score)).ln();
        assert!((odds(model.scores(&[row])[0]) - 3.0).abs() < 1e-9);
        assert_eq!(model.contributions(&row)[2], (NAMES[2], 2.0 * 1.75));
        row[2] = 1.0;
        assert!((odds(model.scores(&[row])[0]) + 2.0).abs() < 1e-9);
        assert_eq!(model.rarity(fnv(b"elm")), 7.25);
        assert_eq!(model.rarity(fnv(b"unknown")), RAREST);
        let costs = [10.0, 60.0, 500.0].map(|words| model.redundancy(words) as f32);
        assert_eq!(costs, [0.1, 0.2, 0.3]);
    }

    #[test]
    fn broken_bytes_are_refused() {
        let sound = stump().pack();
        for cut in 0..sound.len() {
            assert!(Model::read(sound[..cut].to_vec()).is_none(), "{cut}");
        }
        // A child that points back would be an endless walk.
        let mut parts = stump();
        parts.trees[1][0].left = 0;
        let back = parts.pack();
        let mut astray = sound.clone();
        let left = sound.len() - (3 * NODE - 2) * WORD;
        astray[left..left + WORD].copy_from_slice(&1_u32.to_le_bytes());
        assert!(Model::read(astray).is_none());
        assert!(Model::read(back).is_none());
    }

    #[test]
    fn the_built_in_model_is_sound() {
        assert!(BUILT_IN.trees > 0 && BUILT_IN.terms > 10_000);
    }
}

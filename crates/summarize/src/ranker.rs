//! The learnt ranker, read in place.
//!
//! ```text
//! header                    see [`model::Format`]; the feature set is which features there are
//! base, f32                 the ranker's log-odds before it knows anything
//! redundancy, f32 × 3       what it costs, by length of summary, see [`Model::redundancy`]
//! terms                     rarities, f32, by the hashes of stems, see [`model::WordTable`]
//! trees, nodes, u32 each    how many
//! roots, u32                the nodes that trees begin with
//! nodes, 16 bytes           feature or [`LEAF`], u32; threshold, f32; left child, u32; value, f32
//! ```
//!
//! A node's right child follows the left one. Its value is what the score would be if the tree ended there: so a path
//! through a tree shows what each feature on it added to the score.

use crate::features::{COUNT, FEATURES, Row};
use crate::forest::{Forest, LEAF, Node};
use model::{Error, Format, WordTable};
use std::sync::LazyLock;

const FORMAT: Format = Format {
    name: "a ranker of sentences",
    magic: b"NTRANKER",
    version: 1,
};
/// What a model must have been trained with: a new number for every change to [`crate::features`] or to terms.
const FEATURE_SET: u64 = 1;

/// Below each of these lengths of summary in words, and above the last, redundancy has a cost of its own.
pub const LENGTHS: [f64; 2] = [35.0, 100.0];

/// Bytes of a root and of a node.
const ROOT: usize = 4;
const NODE: usize = 16;

/// A key of 32 bits beside those of the bucket: one in a billion unknown terms passes for a known one.
type Terms<'m> = WordTable<'m, 4, 4>;

/// Scores sentences.
#[derive(Debug)]
pub struct Model {
    base: f64,
    redundancy: [f32; LENGTHS.len() + 1],
    terms: Terms<'static>,
    roots: Vec<usize>,
    nodes: Vec<Node>,
    forest: Forest,
}

/// What a model is made of.
#[cfg(any(test, feature = "training"))]
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

static BYTES: &[u8] = include_bytes!("../model/ranker.bin");

/// The built-in model.
pub(crate) static BUILT_IN: LazyLock<Model> = LazyLock::new(|| {
    let model = Model::read(BYTES, |terms| terms);
    model.expect("the built-in model fits this version, as a test shows")
});

#[cfg(any(test, feature = "training"))]
impl Parts {
    /// The model's bytes.
    pub fn pack(&self) -> Vec<u8> {
        let mut body = Vec::new();
        let mut put = |bytes: [u8; 4]| body.extend(bytes);
        put(self.base.to_le_bytes());
        self.redundancy.iter().for_each(|r| put(r.to_le_bytes()));
        // Of two terms that the table cannot tell apart, the more frequent one stays.
        let mut terms = self.terms.clone();
        terms.sort_by(|a, b| a.1.total_cmp(&b.1));
        let terms = terms
            .into_iter()
            .map(|(hash, rarity)| (hash, rarity.to_le_bytes()));
        body.extend(Terms::new(terms).pack());
        let mut put = |number: usize| body.extend((number as u32).to_le_bytes());
        put(self.trees.len());
        put(self.trees.iter().map(Vec::len).sum());
        let mut root = 0;
        for tree in &self.trees {
            put(root);
            root += tree.len();
        }
        let mut root = 0;
        for tree in &self.trees {
            for node in tree {
                body.extend(node.feature.to_le_bytes());
                body.extend(node.threshold.to_le_bytes());
                body.extend((root + node.left).to_le_bytes());
                body.extend(node.value.to_le_bytes());
            }
            root += tree.len() as u32;
        }
        FORMAT.pack(FEATURE_SET, &body)
    }
}

impl Model {
    /// A model from elsewhere, such as a file; every byte of it is checked.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let model = Self::read(bytes, Terms::into_owned)?;
        FORMAT.check(bytes)?;
        Ok(model)
    }

    fn read<'m>(
        bytes: &'m [u8],
        keep: impl FnOnce(Terms<'m>) -> Terms<'static>,
    ) -> Result<Self, Error> {
        let mut reader = FORMAT.read(bytes, FEATURE_SET)?;
        let base = reader.f32()?.into();
        let mut redundancy = [0.0; LENGTHS.len() + 1];
        for cost in &mut redundancy {
            *cost = reader.f32()?;
        }
        let terms = Terms::read(&mut reader)?;
        let [trees, nodes] = [reader.u32()?, reader.u32()?].map(|count| count as usize);
        let roots = reader.take(trees.saturating_mul(ROOT))?;
        let roots: Vec<usize> = roots
            .as_chunks::<ROOT>()
            .0
            .iter()
            .map(|root| u32::from_le_bytes(*root) as usize)
            .collect();
        let nodes = reader.take(nodes.saturating_mul(NODE))?;
        let nodes: Vec<Node> = nodes.as_chunks().0.iter().map(Node::of).collect();
        let is_sound = |(at, node): (usize, &Node)| {
            let left = node.left as usize;
            node.feature == LEAF
                || (node.feature < COUNT as u32 && left > at && left + 1 < nodes.len())
        };
        let sound =
            roots.iter().all(|&root| root < nodes.len()) && nodes.iter().enumerate().all(is_sound);
        let forest = sound.then(|| Forest::new(roots.iter().copied(), |at| nodes[at]));
        let forest = forest.flatten().ok_or(reader.damaged("its trees"))?;
        reader.end()?;
        Ok(Self {
            base,
            redundancy,
            terms: keep(terms),
            roots,
            nodes,
            forest,
        })
    }

    /// Each sentence's score, 0 to 1.
    pub fn scores(&self, rows: &[Row]) -> Vec<f64> {
        let mut scores = self.forest.sums(self.base, rows);
        let probability = |odds: f64| 1.0 / (1.0 + libm::exp(-odds));
        scores.iter_mut().for_each(|s| *s = probability(*s));
        scores
    }

    /// What each feature adds to the score's log-odds (Saabas 2014: the changes of value along each tree's path, by the
    /// feature that was asked).
    pub fn contributions(&self, row: &Row) -> [(&'static str, f64); COUNT] {
        let mut sums = FEATURES.map(|name| (name, 0.0));
        for &root in &self.roots {
            let mut node = self.nodes[root];
            while let Some(asked) = row.get(node.feature as usize) {
                let right = usize::from(*asked > node.threshold);
                let next = self.nodes[node.left as usize + right];
                sums[node.feature as usize].1 += f64::from(next.value) - f64::from(node.value);
                node = next;
            }
        }
        sums
    }

    /// How rare a term is in news: ln(documents / documents that have it); for a term that the model lacks, that of
    /// its rarest.
    pub fn rarity(&self, term: u64) -> f32 {
        let rarity = self.terms.get(term);
        rarity.map_or(RAREST, |bytes| f32::from_le_bytes(*bytes))
    }

    /// What a resemblance of 1 to a picked sentence takes from a score, in a summary of about so many words; tuned by
    /// cross-validation.
    pub fn redundancy(&self, words: f64) -> f64 {
        let at = LENGTHS.iter().filter(|&&length| words >= length).count();
        self.redundancy[at].into()
    }
}

impl Node {
    fn of(bytes: &[u8; NODE]) -> Self {
        let word = |at: usize| [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
        Self {
            feature: u32::from_le_bytes(word(0)),
            threshold: f32::from_le_bytes(word(4)),
            left: u32::from_le_bytes(word(8)),
            value: f32::from_le_bytes(word(12)),
        }
    }
}

/// The rarity of terms in fewer documents than the trainer counts.
pub const RAREST: f32 = 8.0;

#[cfg(test)]
mod tests {
    use super::*;
    use model::hash;

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
            terms: vec![(hash(b"flood"), 4.5), (hash(b"elm"), 7.25)],
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
        let model = Model::from_bytes(&stump().pack()).expect("sound");
        let mut row = [0.0; COUNT];
        let odds = |score: f64| (score / (1.0 - score)).ln();
        assert!((odds(model.scores(&[row])[0]) - 3.0).abs() < 1e-9);
        assert_eq!(model.contributions(&row)[2], (FEATURES[2], 2.0 * 1.75));
        row[2] = 1.0;
        assert!((odds(model.scores(&[row])[0]) + 2.0).abs() < 1e-9);
        assert_eq!(model.rarity(hash(b"elm")), 7.25);
        assert_eq!(model.rarity(hash(b"unknown")), RAREST);
        let costs = [10.0, 60.0, 500.0].map(|words| model.redundancy(words) as f32);
        assert_eq!(costs, [0.1, 0.2, 0.3]);
    }

    #[test]
    fn broken_bytes_are_refused() {
        let sound = stump().pack();
        let refused = |bytes: &[u8]| Model::from_bytes(bytes).unwrap_err().to_string();
        for cut in 0..sound.len() {
            refused(&sound[..cut]);
        }
        for place in 0..sound.len() {
            let mut changed = sound.clone();
            changed[place] ^= 1;
            refused(&changed);
        }
        // A child that points back would be an endless walk; past the last node there is none.
        for left in [0, 5] {
            let mut parts = stump();
            parts.trees[1][0].left = left;
            assert_eq!(
                refused(&parts.pack()),
                "a ranker of sentences is damaged (its trees): copy the file again"
            );
        }
    }

    /// What the program leaves out for the sake of a quick start.
    #[test]
    fn the_built_in_model_is_whole() {
        Model::from_bytes(BYTES).unwrap();
        assert!(!BUILT_IN.roots.is_empty() && BUILT_IN.terms.len() > 10_000);
    }
}

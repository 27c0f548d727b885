//! The trees laid out for scoring: by feature, not by tree, and for several sentences at a time.
//!
//! In a walk down a tree, every step waits for the one before, and the processor guesses half of them wrong. Here the
//! questions of all trees are sorted by feature and threshold: those that a sentence answers with "more" come first in
//! each feature's list, and each rules out the leaves on the left of its node. The first leaf left in a tree is the one
//! where a walk would end (QuickScorer: Lucchese et al. 2015). [`LANES`] sentences are asked side by side, for which the
//! compiler uses vector instructions (V-QuickScorer: Lucchese et al. 2016).

use crate::features::{COUNT, Row};

/// One node of a decision tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// An index into [`FEATURES`](crate::FEATURES), or [`LEAF`].
    pub feature: u32,
    /// Rows whose feature is at most this go to the left.
    pub threshold: f32,
    /// The left child's index; the right child's is one more. Both are above the node's own.
    pub left: u32,
    /// What the tree adds to the score if it ends here.
    pub value: f32,
}

/// The feature of a node without children.
pub const LEAF: u32 = u32::MAX;

/// A tree may have so many leaves: twice those of the built-in model, and no more than a [`Question::kept`] has bits.
const LEAVES: usize = 16;
/// How many sentences are scored side by side: as many `f32` as a register of AVX2 holds.
const LANES: usize = 8;

/// Trees, by feature.
#[derive(Debug, Default)]
pub(crate) struct Forest {
    questions: Vec<Question>,
    /// Where each feature's questions end.
    ends: Vec<usize>,
    /// The leaves' values, [`LEAVES`] places a tree, from left to right.
    values: Vec<f32>,
}

#[derive(Debug, Clone, Copy)]
struct Question {
    threshold: f32,
    tree: u32,
    /// The leaves of its tree that are left for a row with more than `threshold`.
    kept: u32,
}

impl Forest {
    /// Lays out the trees with these roots; every child must be above its parent. `None` where one has too many leaves.
    pub(crate) fn new(
        roots: impl Iterator<Item = usize>,
        node: impl Fn(usize) -> Node,
    ) -> Option<Self> {
        let mut by_feature: [Vec<Question>; COUNT] = std::array::from_fn(|_| Vec::new());
        let mut values = Vec::new();
        for (root, tree) in roots.zip(0_u32..) {
            let first = values.len();
            // Nodes to visit, the leftmost last; a question is asked once the leaves on its left are counted.
            let mut stack = vec![(root, None)];
            while let Some((at, asked_from)) = stack.pop() {
                let asked = node(at);
                let leaf = values.len() - first;
                if let Some(from) = asked_from {
                    let left = bits(leaf) & !bits(from);
                    by_feature[asked.feature as usize].push(Question {
                        threshold: asked.threshold,
                        tree,
                        kept: !left,
                    });
                } else if asked.feature == LEAF {
                    if leaf == LEAVES {
                        return None;
                    }
                    values.push(asked.value);
                } else {
                    let left = asked.left as usize;
                    stack.extend([(left + 1, None), (at, Some(leaf)), (left, None)]);
                }
            }
            values.resize(first + LEAVES, 0.0);
        }
        let mut forest = Self {
            values,
            ..Self::default()
        };
        for mut questions in by_feature {
            questions.sort_unstable_by(|a, b| a.threshold.total_cmp(&b.threshold));
            forest.questions.extend(questions);
            forest.ends.push(forest.questions.len());
        }
        Some(forest)
    }

    /// For each row, `base` and what each tree adds to it, in the order of the trees.
    pub(crate) fn sums(&self, base: f64, rows: &[Row]) -> Vec<f64> {
        let mut sums = Vec::with_capacity(rows.len());
        let mut leaves = vec![[0; LANES]; self.values.len() / LEAVES];
        for rows in rows.chunks(LANES) {
            leaves.fill([u32::MAX; LANES]);
            let mut start = 0;
            for (feature, &end) in self.ends.iter().enumerate() {
                let mut values = [f32::NEG_INFINITY; LANES];
                let row_values = rows.iter().map(|row| row[feature]);
                values.iter_mut().zip(row_values).for_each(|(v, r)| *v = r);
                // Up to the place of the largest value, at least one row answers with "more".
                let most = values.into_iter().fold(f32::NEG_INFINITY, f32::max);
                let questions = &self.questions[start..end];
                let more = questions.partition_point(|q| most > q.threshold);
                for question in &questions[..more] {
                    if let Some(leaves) = leaves.get_mut(question.tree as usize) {
                        rule_out(leaves, &values, question);
                    }
                }
                start = end;
            }
            let mut odds = [base; LANES];
            for (leaves, values) in leaves.iter().zip(self.values.chunks_exact(LEAVES)) {
                for (odds, leaves) in odds.iter_mut().zip(leaves) {
                    *odds += f64::from(values[leaves.trailing_zeros() as usize % LEAVES]);
                }
            }
            sums.extend(&odds[..rows.len()]);
        }
        sums
    }
}

/// Rules out the leaves on the left of a question, for the sentences whose answer is "more".
fn rule_out(leaves: &mut [u32; LANES], values: &[f32; LANES], question: &Question) {
    for (leaves, value) in leaves.iter_mut().zip(values) {
        *leaves &= if *value > question.threshold {
            question.kept
        } else {
            u32::MAX
        };
    }
}

/// A mask of the first `n` leaves.
fn bits(n: usize) -> u32 {
    ((1_u64 << n.min(LEAVES)) - 1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree over the first three features, grown at random, best leaf or not.
    fn tree(seed: &mut u32, leaves: usize) -> Vec<Node> {
        let mut below = |n: u32| {
            *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (*seed >> 8) % n
        };
        let leaf = |value| Node {
            feature: LEAF,
            threshold: 0.0,
            left: 0,
            value,
        };
        let mut nodes = vec![leaf(0.0)];
        let mut open = vec![0];
        for _ in 1..leaves {
            let at: usize = open.swap_remove(below(open.len() as u32) as usize);
            nodes[at].feature = below(3);
            nodes[at].threshold = below(10) as f32;
            nodes[at].left = nodes.len() as u32;
            for _ in 0..2 {
                open.push(nodes.len());
                nodes.push(leaf(below(1000) as f32));
            }
        }
        nodes
    }

    #[test]
    fn ends_where_a_walk_down_the_tree_does() {
        let mut seed = 5;
        for leaves in 1..=LEAVES {
            let nodes = tree(&mut seed, leaves);
            let forest = Forest::new(std::iter::once(0), |at| nodes[at]).expect("few leaves");
            // Not a multiple of what is scored side by side.
            let rows: Vec<Row> = (0..999)
                .map(|n| {
                    let mut row = [0.0; COUNT];
                    for (feature, place) in [1, 10, 100].into_iter().enumerate() {
                        row[feature] = (n / place % 10) as f32;
                    }
                    row
                })
                .collect();
            let walked: Vec<f64> = rows
                .iter()
                .map(|row| {
                    let mut node = nodes[0];
                    while node.feature != LEAF {
                        let right = row[node.feature as usize] > node.threshold;
                        node = nodes[node.left as usize + usize::from(right)];
                    }
                    0.5 + f64::from(node.value)
                })
                .collect();
            assert_eq!(forest.sums(0.5, &rows), walked);
        }
        let large = tree(&mut seed, LEAVES + 1);
        assert!(Forest::new(std::iter::once(0), |at| large[at]).is_none());
    }
}

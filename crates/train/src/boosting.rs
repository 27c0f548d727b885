//! Gradient-boosted trees that rank the rows of a list, by histograms, best leaf first (Friedman 2001; Ke et al. 2017).
//! The loss is listwise: the cross-entropy between a list's labels and the softmax of its scores (ListNet, Cao et al.
//! 2007). Small and slow enough to be read; equal data and seed give equal trees.

use ::summarize::training::{COUNT, LEAF, Node, Row};

/// How to boost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) trees: usize,
    pub(crate) leaves: usize,
    pub(crate) rate: f64,
    /// The fewest rows a leaf may have.
    pub(crate) least: usize,
    /// The L2 penalty on a leaf's value.
    pub(crate) penalty: f64,
    /// The share of rows that each tree sees.
    pub(crate) rows: f64,
    /// The share of features that each tree may ask.
    pub(crate) features: f64,
    pub(crate) seed: u64,
}

/// How many thresholds a feature may have.
const BINS: usize = 255;

/// The rows, each feature as the number of thresholds below it.
struct Binned {
    bins: Vec<[u8; COUNT]>,
    thresholds: Vec<Vec<f32>>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    gradient: f64,
    curvature: f64,
    rows: usize,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.gradient += other.gradient;
        self.curvature += other.curvature;
        self.rows += other.rows;
    }
    fn less(self, other: Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            curvature: self.curvature - other.curvature,
            rows: self.rows - other.rows,
        }
    }
    fn gain(self, penalty: f64) -> f64 {
        self.gradient * self.gradient / (self.curvature + penalty)
    }
    /// The Newton step.
    fn value(self, options: &Options) -> f32 {
        (-options.rate * self.gradient / (self.curvature + options.penalty)) as f32
    }
}

struct Split {
    gain: f64,
    feature: usize,
    bin: u8,
}

/// A leaf that may yet be split.
struct Open {
    node: usize,
    rows: Vec<u32>,
    sum: Sum,
    split: Option<Split>,
}

/// The score before any tree, which is the log-odds of the mean label, and the trees. `lists` says how many of the rows
/// belong together, in their order.
pub(crate) fn boost(
    rows: &[Row],
    labels: &[f64],
    lists: &[usize],
    options: &Options,
) -> (f32, Vec<Vec<Node>>) {
    let data = Binned::new(rows);
    let mean = labels.iter().sum::<f64>() / labels.len() as f64;
    let base = libm::log(mean / (1.0 - mean)) as f32;
    let mut odds = vec![f64::from(base); rows.len()];
    let mut random = Random(options.seed);
    let mut trees = Vec::new();
    for _ in 0..options.trees {
        let steps = steps(&odds, labels, lists);
        let sample: Vec<u32> = (0..rows.len() as u32)
            .filter(|_| random.share() < options.rows)
            .collect();
        let mut features: Vec<usize> = (0..COUNT)
            .filter(|_| random.share() < options.features)
            .collect();
        if features.is_empty() {
            features.push(random.below(COUNT));
        }
        let tree = grow(&data, &steps, sample, &features, options);
        for (row, odds) in rows.iter().zip(&mut odds) {
            let mut node = &tree[0];
            while node.feature != LEAF {
                let right = row[node.feature as usize] > node.threshold;
                node = &tree[node.left as usize + usize::from(right)];
            }
            *odds += f64::from(node.value);
        }
        trees.push(tree);
    }
    (base, trees)
}

/// The loss's first and second derivative at each row. A list counts as much as its labels sum to.
fn steps(odds: &[f64], labels: &[f64], lists: &[usize]) -> Vec<Sum> {
    let mut steps = Vec::with_capacity(odds.len());
    let (mut odds, mut labels) = (odds, labels);
    for &length in lists {
        let (list, rest) = odds.split_at(length);
        let (wanted, unwanted) = labels.split_at(length);
        (odds, labels) = (rest, unwanted);
        let top = list.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = list.iter().map(|o| libm::exp(o - top)).collect();
        let whole: f64 = weights.iter().sum();
        let mass: f64 = wanted.iter().sum();
        steps.extend(weights.iter().zip(wanted).map(|(weight, label)| {
            let p = weight / whole;
            Sum {
                gradient: mass * p - label,
                curvature: (mass * p * (1.0 - p)).max(LEAST_CURVATURE),
                rows: 1,
            }
        }));
    }
    steps
}

/// Keeps a step finite where a list's softmax is all but decided.
const LEAST_CURVATURE: f64 = 1e-3;

fn grow(
    data: &Binned,
    steps: &[Sum],
    sample: Vec<u32>,
    features: &[usize],
    options: &Options,
) -> Vec<Node> {
    let open = |node, rows: Vec<u32>| {
        let mut sum = Sum::default();
        rows.iter().for_each(|&r| sum.add(steps[r as usize]));
        let split = data.best_split(steps, &rows, sum, features, options);
        Open {
            node,
            rows,
            sum,
            split,
        }
    };
    let leaf = |sum: Sum| Node {
        feature: LEAF,
        threshold: 0.0,
        left: 0,
        value: sum.value(options),
    };
    let root = open(0, sample);
    let mut tree = vec![leaf(root.sum)];
    let mut frontier = vec![root];
    for _ in 1..options.leaves {
        let gain = |o: &Open| o.split.as_ref().map_or(0.0, |s| s.gain);
        let Some(best) = (0..frontier.len()).reduce(|a, b| {
            if gain(&frontier[b]) > gain(&frontier[a]) {
                b
            } else {
                a
            }
        }) else {
            break;
        };
        let Open {
            node,
            rows,
            split: Some(split),
            ..
        } = frontier.swap_remove(best)
        else {
            break;
        };
        let (left, right): (Vec<u32>, Vec<u32>) = rows
            .into_iter()
            .partition(|&r| data.bins[r as usize][split.feature] <= split.bin);
        let at = tree.len();
        tree[node].feature = split.feature as u32;
        tree[node].threshold = data.thresholds[split.feature][usize::from(split.bin)];
        tree[node].left = at as u32;
        for (node, rows) in [(at, left), (at + 1, right)] {
            let child = open(node, rows);
            tree.push(leaf(child.sum));
            frontier.push(child);
        }
    }
    tree
}

impl Binned {
    fn new(rows: &[Row]) -> Self {
        let thresholds: Vec<Vec<f32>> = (0..COUNT)
            .map(|feature| cuts(rows.iter().map(|row| row[feature]).collect()))
            .collect();
        let bin = |row: &Row| {
            std::array::from_fn(|feature| {
                thresholds[feature].partition_point(|&cut| cut < row[feature]) as u8
            })
        };
        let bins = rows.iter().map(bin).collect();
        Self { bins, thresholds }
    }

    fn best_split(
        &self,
        steps: &[Sum],
        rows: &[u32],
        whole: Sum,
        features: &[usize],
        options: &Options,
    ) -> Option<Split> {
        let mut best: Option<Split> = None;
        let mut histogram = vec![Sum::default(); BINS + 1];
        for &feature in features {
            histogram.fill(Sum::default());
            for &r in rows {
                histogram[usize::from(self.bins[r as usize][feature])].add(steps[r as usize]);
            }
            let mut left = Sum::default();
            for (bin, sum) in histogram
                .iter()
                .enumerate()
                .take(self.thresholds[feature].len())
            {
                left.add(*sum);
                let right = whole.less(left);
                if left.rows < options.least || right.rows < options.least {
                    continue;
                }
                let gain = left.gain(options.penalty) + right.gain(options.penalty)
                    - whole.gain(options.penalty);
                if gain > best.as_ref().map_or(1e-9, |b| b.gain) {
                    best = Some(Split {
                        gain,
                        feature,
                        bin: bin as u8,
                    });
                }
            }
        }
        best
    }
}

/// At most [`BINS`] values that part the others into runs of about equal length. A value that many rows share, as many
/// share 0, is a run of its own and leaves the other runs to the rest.
fn cuts(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let (mut cuts, mut run, mut left) = (Vec::new(), 0, values.len());
    for same in values.chunk_by(|a, b| a == b) {
        run += same.len();
        if run * (BINS - cuts.len()) >= left {
            cuts.push(same[0]);
            left -= run;
            run = 0;
        }
        if cuts.len() == BINS {
            break;
        }
    }
    cuts
}

/// SplitMix64 (Steele et al. 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
    fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_an_interaction_and_does_so_twice_alike() {
        let mut random = Random(7);
        let lists = [20; 100];
        let rows: Vec<Row> = (0..2000)
            .map(|_| std::array::from_fn(|_| random.share() as f32))
            .collect();
        let label = |row: &Row| f64::from(u8::from((row[3] > 0.5) != (row[5] > 0.3)));
        let labels: Vec<f64> = rows.iter().map(label).collect();
        let options = Options {
            trees: 60,
            leaves: 6,
            rate: 0.2,
            least: 20,
            penalty: 1.0,
            rows: 0.8,
            features: 0.9,
            seed: 1,
        };
        let (base, trees) = boost(&rows, &labels, &lists, &options);
        let parts = ::summarize::training::Parts {
            base,
            trees,
            ..Default::default()
        };
        let model = ::summarize::training::Model::from_bytes(&parts.pack())
            .expect("a packed model is sound");
        let scores = model.scores(&rows);
        // Of the pairs in a list with different labels, how many are in the right order.
        let (mut right, mut pairs) = (0, 0);
        for (scores, labels) in scores.chunks(20).zip(labels.chunks(20)) {
            for (a, wanted) in scores.iter().zip(labels).filter(|(_, l)| **l > 0.5) {
                for (b, _) in scores.iter().zip(labels).filter(|(_, l)| *l < wanted) {
                    pairs += 1;
                    right += usize::from(a > b);
                }
            }
        }
        assert!(right * 100 > pairs * 98, "{right} of {pairs}");
        assert_eq!(boost(&rows, &labels, &lists, &options).1, parts.trees);
    }
}

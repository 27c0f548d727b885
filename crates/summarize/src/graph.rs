//! Which sentences resemble which: an inverted index with bounded neighbours, and centrality on it.
//!
//! All pairs of sentences are O(n²). Here a sentence is compared with those that share a term with it and stand within
//! [`REACH`] places of it in that term's list of sentences, and keeps its [`NEIGHBOURS`] most similar ones, so that time
//! and memory are linear in the text. In a document of up to `REACH` sentences, longer than most news, nothing is lost.

/// How far to look along each term's list of sentences, to either side.
const REACH: usize = 32;
/// How many neighbours a sentence keeps.
const NEIGHBOURS: usize = 32;
/// Weaker resemblance is noise: LexRank's threshold (Erkan & Radev 2004 take 0.1 without background frequencies).
const FAINT: f64 = 0.05;

/// A sentence as its distinct terms, in ascending order, with weights of unit length.
pub type Vector = Vec<(u32, f64)>;

/// A sentence that resembles another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its index.
    pub sentence: usize,
    /// The cosine of the two vectors.
    pub cosine: f64,
    /// How many terms they have in common.
    pub shared: usize,
}

/// For each term, the sentences that have it, in the order of the text: one run of memory, as long documents are walked
/// through at random.
struct Postings {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
}

impl Postings {
    fn new(vectors: &[Vector], terms: usize) -> Self {
        let mut starts = vec![0_u32; terms + 1];
        for &(term, _) in vectors.iter().flatten() {
            starts[term as usize + 1] += 1;
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let mut ends = starts.clone();
        let mut entries = vec![(0, 0.0); starts[terms] as usize];
        for (i, vector) in vectors.iter().enumerate() {
            for &(term, weight) in vector {
                let end = &mut ends[term as usize];
                entries[*end as usize] = (i as u32, weight as f32);
                *end += 1;
            }
        }
        Self { starts, entries }
    }

    fn of(&self, term: u32) -> &[(u32, f32)] {
        let term = term as usize;
        &self.entries[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// Each sentence's neighbours, by index.
#[derive(Debug)]
pub struct Graph {
    neighbours: Vec<Vec<Neighbour>>,
}

impl Graph {
    /// Compares the sentences; `terms` is how many distinct terms there are.
    pub fn new(vectors: &[Vector], terms: usize) -> Self {
        let postings = Postings::new(vectors, terms);
        let mut place = vec![0_usize; terms];
        let mut seen = vec![(0.0, 0); vectors.len()];
        let mut touched = Vec::new();
        let neighbours = vectors
            .iter()
            .enumerate()
            .map(|(i, vector)| {
                for &(term, weight) in vector {
                    let list = postings.of(term);
                    let at = place[term as usize];
                    place[term as usize] += 1;
                    let near = &list[at.saturating_sub(REACH)..list.len().min(at + REACH + 1)];
                    for &(j, other) in near {
                        let (cosine, shared) = &mut seen[j as usize];
                        if *shared == 0 {
                            touched.push(j);
                        }
                        *cosine += weight * f64::from(other);
                        *shared += 1;
                    }
                }
                let mut found: Vec<Neighbour> = touched
                    .drain(..)
                    .map(|j| {
                        let (cosine, shared) = std::mem::take(&mut seen[j as usize]);
                        Neighbour {
                            sentence: j as usize,
                            cosine,
                            shared,
                        }
                    })
                    .filter(|n| n.sentence != i && n.cosine > FAINT)
                    .collect();
                if found.len() > NEIGHBOURS {
                    let closer = |a: &Neighbour, b: &Neighbour| {
                        (b.cosine.total_cmp(&a.cosine)).then(a.sentence.cmp(&b.sentence))
                    };
                    found.select_nth_unstable_by(NEIGHBOURS, closer);
                    found.truncate(NEIGHBOURS);
                    found.shrink_to_fit();
                }
                found.sort_unstable_by_key(|n| n.sentence);
                found
            })
            .collect();
        Self { neighbours }
    }

    /// The neighbours of sentence `i`, in the order of the text.
    pub fn of(&self, i: usize) -> &[Neighbour] {
        &self.neighbours[i]
    }

    /// How much `i` resembles `j`; 0 where they are no neighbours.
    pub fn cosine(&self, i: usize, j: usize) -> f64 {
        let found = self.of(i).binary_search_by_key(&j, |n| n.sentence);
        found.map_or(0.0, |at| self.of(i)[at].cosine)
    }

    /// LexRank: how often a walk over resembling sentences comes by, times the number of sentences, so that the mean is
    /// 1. The rounds are few and fixed: the order settles long before the values do.
    pub fn centrality(&self) -> Vec<f64> {
        const DAMPING: f64 = 0.85;
        const ROUNDS: usize = 12;
        let n = self.neighbours.len();
        let out: Vec<f64> = self
            .neighbours
            .iter()
            .map(|list| list.iter().map(|n| n.cosine).sum())
            .collect();
        let mut rank = vec![1.0; n];
        for _ in 0..ROUNDS {
            let mut next = vec![1.0 - DAMPING; n];
            let mut idle = 0.0;
            for (i, list) in self.neighbours.iter().enumerate() {
                if list.is_empty() {
                    idle += rank[i];
                }
                for neighbour in list {
                    next[neighbour.sentence] += DAMPING * rank[i] * neighbour.cosine / out[i];
                }
            }
            let shared = DAMPING * idle / n as f64;
            next.iter_mut().for_each(|r| *r += shared);
            rank = next;
        }
        rank
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(terms: &[u32]) -> Vector {
        let weight = 1.0 / (terms.len() as f64).sqrt();
        terms.iter().map(|&t| (t, weight)).collect()
    }

    #[test]
    fn agrees_with_all_pairs_on_a_short_document() {
        let vectors: Vec<Vector> = (0..30u32).map(|i| unit(&[i % 5, 5 + i % 7, 12])).collect();
        let graph = Graph::new(&vectors, 13);
        for i in 0..30 {
            for j in (0..30).filter(|&j| j != i) {
                let exact: f64 = vectors[i]
                    .iter()
                    .flat_map(|a| vectors[j].iter().filter(|b| a.0 == b.0).map(|b| a.1 * b.1))
                    .sum();
                assert!((graph.cosine(i, j) - exact).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_hub_is_central_and_a_stranger_is_not() {
        let vectors = [
            unit(&[0, 1, 2]),
            unit(&[0, 3]),
            unit(&[1, 4]),
            unit(&[2, 5]),
            unit(&[6]),
        ];
        let rank = Graph::new(&vectors, 7).centrality();
        assert!((1..5).all(|i| rank[0] > rank[i] && rank[4] <= rank[i]));
        assert!((rank.iter().sum::<f64>() - 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_word_in_every_sentence_costs_no_more_than_linear_memory() {
        let vectors = vec![unit(&[0]); 5000];
        let graph = Graph::new(&vectors, 1);
        assert!((0..5000).all(|i| graph.of(i).len() <= NEIGHBOURS));
    }
}

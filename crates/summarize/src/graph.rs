//! Which sentences resemble which: an inverted index with bounded neighbours, and centrality on it.
//!
//! All pairs of sentences are O(n²). Here a sentence is compared with those that share a term with it and stand within
//! [`REACH`] places of it in that term's list of sentences, and keeps its [`NEIGHBOURS`] most similar ones, so that time
//! and memory are linear in the text. In a document of up to `REACH` sentences, longer than most news, nothing is lost.

use crate::lists::Lists;

/// How far to look along each term's list of sentences, to either side. A bound on time; longer than most articles.
const REACH: usize = 32;
/// How many neighbours a sentence keeps. A bound on memory, like [`REACH`].
const NEIGHBOURS: usize = 32;
/// Weaker resemblance is noise. Chosen by hand; LexRank has 0.1, without background frequencies (Erkan & Radev 2004).
const FAINT: f32 = 0.05;

/// A term of a sentence and its weight; a sentence's distinct terms are in ascending order, and of unit length.
pub(crate) type Weighted = (u32, f32);

/// A sentence that resembles another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Neighbour {
    /// Its index.
    pub sentence: u32,
    /// The cosine of the two sentences' terms.
    pub cosine: f32,
    /// How many terms they have in common.
    pub shared: u32,
}

/// Each sentence's neighbours, in the order of the text.
#[derive(Debug)]
pub(crate) struct Graph {
    neighbours: Lists<Neighbour>,
}

impl Graph {
    /// Compares the sentences; `terms` is how many distinct terms there are.
    pub(crate) fn new(sentences: &Lists<Weighted>, terms: usize) -> Self {
        // For each term, the sentences that have it: an inverted index.
        let entries = sentences.iter().zip(0_u32..).flat_map(|(sentence, i)| {
            sentence
                .iter()
                .map(move |&(term, weight)| (term, (i, weight)))
        });
        let index: Lists<(u32, f32)> = Lists::sorted(terms, entries);
        let mut place = vec![0_u32; terms];
        let mut seen = vec![(0.0_f32, 0_u32); sentences.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut found: Vec<Neighbour> = Vec::new();
        let mut neighbours = Lists::default();
        for (sentence, i) in sentences.iter().zip(0_u32..) {
            for &(term, weight) in sentence {
                let list = index.of(term as usize);
                if list.len() == 1 {
                    continue;
                }
                let at = place[term as usize] as usize;
                place[term as usize] += 1;
                let near = &list[at.saturating_sub(REACH)..list.len().min(at + REACH + 1)];
                for &(j, other) in near {
                    let (cosine, shared) = &mut seen[j as usize];
                    if *shared == 0 {
                        touched.push(j);
                    }
                    *cosine += weight * other;
                    *shared += 1;
                }
            }
            for sentence in touched.drain(..) {
                let (cosine, shared) = std::mem::take(&mut seen[sentence as usize]);
                if sentence != i && cosine > FAINT {
                    found.push(Neighbour {
                        sentence,
                        cosine,
                        shared,
                    });
                }
            }
            if found.len() > NEIGHBOURS {
                found.select_nth_unstable_by(NEIGHBOURS, |a, b| {
                    (b.cosine.total_cmp(&a.cosine)).then(a.sentence.cmp(&b.sentence))
                });
                found.truncate(NEIGHBOURS);
            }
            found.sort_unstable_by_key(|n| n.sentence);
            found.drain(..).for_each(|n| neighbours.push(n));
            neighbours.close();
        }
        Self { neighbours }
    }

    /// The neighbours of sentence `i`, in the order of the text.
    pub(crate) fn of(&self, i: usize) -> &[Neighbour] {
        self.neighbours.of(i)
    }

    /// How `i` resembles `j`; `None` where they are no neighbours.
    pub(crate) fn between(&self, i: usize, j: usize) -> Option<&Neighbour> {
        let found = self.of(i).binary_search_by_key(&(j as u32), |n| n.sentence);
        found.ok().map(|at| &self.of(i)[at])
    }

    /// LexRank: how often a random walk over resembling sentences visits each, times the number of sentences, so that the
    /// mean is 1. The rounds are few and fixed: the order of sentences settles long before the values do.
    pub(crate) fn centrality(&self) -> Vec<f64> {
        /// As PageRank has it (Brin & Page 1998).
        const DAMPING: f64 = 0.85;
        const ROUNDS: usize = 12;
        let n = self.neighbours.len();
        let out: Vec<f64> = self
            .neighbours
            .iter()
            .map(|list| list.iter().map(|n| f64::from(n.cosine)).sum())
            .collect();
        let mut rank = vec![1.0; n];
        let mut next = vec![0.0; n];
        for _ in 0..ROUNDS {
            next.fill(1.0 - DAMPING);
            let mut idle = 0.0;
            for ((list, out), rank) in self.neighbours.iter().zip(&out).zip(&rank) {
                if list.is_empty() {
                    idle += rank;
                }
                let share = DAMPING * rank / out;
                for neighbour in list {
                    next[neighbour.sentence as usize] += share * f64::from(neighbour.cosine);
                }
            }
            let shared = DAMPING * idle / n as f64;
            next.iter_mut().for_each(|r| *r += shared);
            std::mem::swap(&mut rank, &mut next);
        }
        rank
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(sentences: &[&[u32]], terms: usize) -> Graph {
        let mut lists = Lists::default();
        for sentence in sentences {
            let weight = 1.0 / (sentence.len() as f32).sqrt();
            sentence.iter().for_each(|&t| lists.push((t, weight)));
            lists.close();
        }
        Graph::new(&lists, terms)
    }

    #[test]
    fn agrees_with_all_pairs_on_a_short_document() {
        let sentences: Vec<[u32; 3]> = (0..30u32).map(|i| [i % 5, 5 + i % 7, 12]).collect();
        let slices: Vec<&[u32]> = sentences.iter().map(|s| &s[..]).collect();
        let graph = graph(&slices, 13);
        for (i, a) in sentences.iter().enumerate() {
            for (j, b) in sentences.iter().enumerate().filter(|(j, _)| *j != i) {
                let shared = a.iter().filter(|t| b.contains(t)).count();
                let found = graph.between(i, j).expect("all share a term");
                assert_eq!(found.shared as usize, shared);
                assert!((found.cosine - shared as f32 / 3.0).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_hub_is_central_and_a_stranger_is_not() {
        let rank = graph(&[&[0, 1, 2], &[0, 3], &[1, 4], &[2, 5], &[6]], 7).centrality();
        assert!((1..5).all(|i| rank[0] > rank[i] && rank[4] <= rank[i]));
        assert!((rank.iter().sum::<f64>() - 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_word_in_every_sentence_costs_no_more_than_linear_memory() {
        let graph = graph(&[&[0][..]; 5000], 1);
        assert!((0..5000).all(|i| graph.of(i).len() <= NEIGHBOURS));
    }
}

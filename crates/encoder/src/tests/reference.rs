//! The pass as the papers have it, in `f64` and without a thought for speed.

use super::{EXIT, HIDDEN, LAYERS, weights};
use crate::file::HEAD;
use crate::windows::Window;
use crate::{pack, product};
use std::collections::BTreeMap;

/// A row as whole steps of a scale, `most` of them to each side.
fn rounded(row: &[f64], scale: f64, most: f64) -> Vec<f64> {
    let steps = row.iter().map(|x| (x / scale).round().clamp(-most, most));
    steps.map(|steps| steps * scale).collect()
}

/// An output's weights as they are multiplied.
fn rounded_weights(row: &[f64]) -> Vec<f64> {
    let scale = pack::scale(&row.iter().map(|&w| w as f32).collect::<Vec<_>>());
    rounded(row, scale.into(), product::LARGEST_WEIGHT.into())
}

/// A word's embedding.
fn rounded_word(row: &[f64]) -> Vec<f64> {
    let greatest = row.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    rounded(row, greatest / 127.0, 127.0)
}

/// A row's activations as they are multiplied: 126 steps from the least to the greatest, 0 being one of them.
fn rounded_activations(row: &[f64]) -> Vec<f64> {
    let least = row.iter().copied().fold(0.0, f64::min);
    let greatest = row.iter().copied().fold(0.0, f64::max);
    let scale = (greatest - least) / 126.0;
    let zero = (-least / scale).round();
    let steps = row.iter().map(|x| (x / scale + zero).round() - zero);
    steps.map(|steps| steps * scale).collect()
}

/// What is found for a token.
pub(crate) struct Scored {
    pub by_head: Vec<Vec<f64>>,
    /// At the exit.
    pub settled: bool,
}

/// The tiny model's weights.
pub(crate) struct Reference {
    weights: BTreeMap<String, Vec<f64>>,
}

impl Reference {
    pub(crate) fn new() -> Self {
        let weights = weights().into_iter().map(|(name, tensor)| {
            let tensor: Vec<f64> = tensor.into_iter().map(f64::from).collect();
            (name, tensor)
        });
        Self {
            weights: weights.collect(),
        }
    }

    fn row(&self, table: &str, number: usize) -> &[f64] {
        &self.weights[table][number * HIDDEN..][..HIDDEN]
    }

    /// Weights times a row, both rounded where the product is one of bytes.
    pub(crate) fn linear(&self, name: &str, row: &[f64], bytes: bool) -> Vec<f64> {
        let row = if bytes {
            rounded_activations(row)
        } else {
            row.to_vec()
        };
        let weights = self.weights[&format!("{name}.weight")].chunks(row.len());
        let outputs = weights.zip(&self.weights[&format!("{name}.bias")]);
        outputs
            .map(|(w, bias)| {
                let w = if bytes {
                    rounded_weights(w)
                } else {
                    w.to_vec()
                };
                w.iter().zip(&row).map(|(w, x)| w * x).sum::<f64>() + bias
            })
            .collect()
    }

    fn norm(&self, name: &str, row: &[f64]) -> Vec<f64> {
        let n = row.len() as f64;
        let mean = row.iter().sum::<f64>() / n;
        let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        let weight = &self.weights[&format!("{name}.LayerNorm.weight")];
        let bias = &self.weights[&format!("{name}.LayerNorm.bias")];
        let scaled = row.iter().map(|x| (x - mean) / (variance + 1e-12).sqrt());
        scaled
            .zip(weight)
            .zip(bias)
            .map(|((x, w), b)| x * w + b)
            .collect()
    }

    /// The scores of a window's tokens by the wanted heads.
    pub(crate) fn scores(&self, window: &Window, heads: &[&str]) -> Vec<Scored> {
        let mut rows: Vec<Vec<f64>> = (0..window.ids.len())
            .map(|i| {
                let mut row = rounded_word(
                    self.row("embeddings.word_embeddings.weight", window.ids[i].into()),
                );
                for (table, number) in [
                    ("position", i),
                    ("token_type", 0),
                    ("case", window.cases[i].into()),
                    ("quotation", window.places[i].into()),
                ] {
                    let table = format!("embeddings.{table}_embeddings.weight");
                    row.iter_mut()
                        .zip(self.row(&table, number))
                        .for_each(|(x, y)| *x += y);
                }
                self.norm("embeddings", &row)
            })
            .collect();
        let by_heads = |at: &str, row: &[f64]| -> Vec<Vec<f64>> {
            let scores = heads
                .iter()
                .map(|head| self.linear(&format!("{at}.{head}"), row, false));
            scores.collect()
        };
        let mut scored = Vec::new();
        // By piece: whether the last token that is labelled at or before it is settled.
        let mut settled = vec![false; rows.len()];
        for layer in 0..LAYERS {
            if layer == EXIT.after {
                for (number, &(_, piece)) in window.tokens.iter().enumerate() {
                    let by_head = by_heads("exits", &rows[piece]);
                    let sure = by_head.iter().all(|s| likeliest(s) > EXIT.threshold.into());
                    let next = window.tokens.get(number + 1).map(|(_, piece)| *piece);
                    settled[piece..next.unwrap_or(rows.len())].fill(sure);
                    scored.push(Scored {
                        by_head,
                        settled: sure,
                    });
                }
            }
            let layer = |name: &str| format!("encoder.layer.{layer}.{name}");
            let part = |part: &str| -> Vec<Vec<f64>> {
                let name = layer(&format!("attention.self.{part}"));
                rows.iter()
                    .map(|row| self.linear(&name, row, true))
                    .collect()
            };
            let (queries, keys, values) = (part("query"), part("key"), part("value"));
            rows = rows
                .iter()
                .zip(queries)
                .zip(&settled)
                .map(|((row, query), settled)| {
                    if *settled {
                        return row.clone();
                    }
                    let mut context = Vec::new();
                    for head in (0..HIDDEN).step_by(HEAD) {
                        let of = |row: &Vec<f64>| row[head..head + HEAD].to_vec();
                        let dot = |key: &Vec<f64>| -> f64 {
                            of(&query).iter().zip(of(key)).map(|(a, b)| a * b).sum()
                        };
                        let scores: Vec<f64> = keys
                            .iter()
                            .map(|k| (dot(k) / (HEAD as f64).sqrt()).exp())
                            .collect();
                        let sum: f64 = scores.iter().sum();
                        context.extend((0..HEAD).map(|d| {
                            let of_value = scores.iter().zip(&values).map(|(s, v)| s * v[head + d]);
                            of_value.sum::<f64>() / sum
                        }));
                    }
                    let add = |row: &[f64], more: Vec<f64>| -> Vec<f64> {
                        row.iter().zip(more).map(|(a, b)| a + b).collect()
                    };
                    let output = self.linear(&layer("attention.output.dense"), &context, true);
                    let row = self.norm(&layer("attention.output"), &add(row, output));
                    let mut inner = self.linear(&layer("intermediate.dense"), &row, true);
                    for x in &mut inner {
                        let within =
                            (2.0 / std::f64::consts::PI).sqrt() * (*x + 0.044715 * x.powi(3));
                        *x *= (1.0 + within.tanh()) / 2.0;
                    }
                    let outer = self.linear(&layer("output.dense"), &inner, true);
                    self.norm(&layer("output"), &add(&row, outer))
                })
                .collect();
        }
        for (scored, (_, piece)) in scored.iter_mut().zip(&window.tokens) {
            if !scored.settled {
                scored.by_head = by_heads("heads", &rows[*piece]);
            }
        }
        scored
    }
}

/// The probability of the likeliest label.
fn likeliest(scores: &[f64]) -> f64 {
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    1.0 / scores.iter().map(|s| (s - most).exp()).sum::<f64>()
}

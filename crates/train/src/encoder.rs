//! What the encoder is trained on: windows of word pieces with the labels that their tokens may have.
//!
//! The training itself is in Python (`scripts/train/encoder`), on these numbers only: pieces, windows and labels are made
//! here, by the code that the tools run.

use crate::corpus::{self, Gold};
use crate::files;
use crate::marks::{self, Corpus, DEV, Reader, TRAIN};
use crate::roles::Roles;
use ::encoder::training::{Exit, Vocabulary, windows};
use ::entities::training::Observations;
use anyhow::{Context, Result};
use document::{EntityType, Span};
use segment::Segmenter;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use tagger::Labels;
use text::Reading;

/// One line of the output: a window, and the labels that its tokens may have.
#[derive(Serialize)]
struct Example<'e> {
    head: &'static str,
    corpus: &'e str,
    /// By piece: its number, and its token's case and place among quotation marks.
    ids: &'e [u16],
    cases: &'e [u8],
    states: &'e [u8],
    /// The place of the first piece of each token that is labelled from this window.
    places: Vec<usize>,
    /// The labels that each of those may have, bit `1 << label`.
    allowed: Vec<u64>,
}

/// Writes `train.jsonl`, `dev.jsonl` and `transitions.json` to the folder `out`, given the corpora and the file of the
/// pretrained model's vocabulary.
pub(crate) fn examples(corpora: &Path, vocabulary: &Path, out: &Path) -> Result<()> {
    let pieces = files::read_text(vocabulary)?;
    let packed = Vocabulary::pack(pieces.lines());
    let packed = packed.with_context(|| vocabulary.display().to_string())?;
    let vocabulary = Vocabulary::read(&packed)?;
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    let create = |name: &str| -> Result<Writer> {
        let path = out.join(name);
        let file = File::create(&path).with_context(|| path.display().to_string())?;
        Ok(Writer {
            vocabulary,
            out: BufWriter::new(file),
            bigrams: BTreeMap::from([
                ("quotes", Bigrams::new(::quotes::training::KINDS.len())),
                ("entities", Bigrams::new(EntityType::NAMES.len())),
            ]),
        })
    };
    let gold = marks::read(corpora, &TRAIN)?;
    let nationalities = marks::nationalities(&gold);
    let mut train = create("train.jsonl")?;
    train.quotes("polnear-train", &corpora.join("quotes/polnear.train.jsonl"))?;
    for (corpus, documents) in &gold {
        train.entities(corpus, documents, &nationalities)?;
    }
    let transitions: BTreeMap<_, _> = (train.bigrams.iter())
        .map(|(head, bigrams)| (head, bigrams.transitions()))
        .collect();
    files::write(
        &out.join("transitions.json"),
        serde_json::to_string(&transitions)?,
    )?;
    train.out.flush()?;
    let mut dev = create("dev.jsonl")?;
    dev.quotes("polnear-dev", &corpora.join("quotes/polnear.dev.jsonl"))?;
    for (corpus, documents) in &marks::read(corpora, &DEV)? {
        dev.entities(corpus, documents, &nationalities)?;
    }
    Ok(dev.out.flush()?)
}

/// After how many layers `scripts/train/encoder` trains the exit.
const EXIT_AFTER: usize = 3;

/// From which probability of its label a token needs no more layers there; see the curve in the model's card.
pub(crate) const SETTLED_FROM: f32 = 0.95;

/// Packs a checkpoint, a safetensors file, with the file of the pretrained model's vocabulary. If the checkpoint has an
/// exit, a token whose label has the probability `settled_from` there needs no more layers.
pub(crate) fn pack(
    checkpoint: &Path,
    vocabulary: &Path,
    out: &Path,
    settled_from: f32,
) -> Result<()> {
    let tensors =
        tensors(&files::read(checkpoint)?).with_context(|| checkpoint.display().to_string())?;
    let exit = Exit {
        after: EXIT_AFTER,
        threshold: settled_from,
    };
    let packed = ::encoder::training::pack(
        &tensors,
        files::read_text(vocabulary)?.lines(),
        &Labels::new(::quotes::training::KINDS)?,
        &Labels::new(EntityType::NAMES.iter().map(|t| t.as_str()))?,
        Some(exit).filter(|_| tensors.keys().any(|name| name.starts_with("exits."))),
    )?;
    files::write(out, packed)
}

/// The tensors of a safetensors file by name, as far as they are floats of 32 bits: the length of a header, the header in
/// JSON, and the numbers (github.com/huggingface/safetensors).
fn tensors(file: &[u8]) -> Result<BTreeMap<String, Vec<f32>>> {
    #[derive(Deserialize)]
    struct Tensor {
        dtype: String,
        data_offsets: [usize; 2],
    }
    let cut = || "the checkpoint is cut short";
    let (length, rest) = file.split_first_chunk().with_context(cut)?;
    let length = usize::try_from(u64::from_le_bytes(*length))?;
    let (header, data) = rest.split_at_checked(length).with_context(cut)?;
    let header: BTreeMap<String, Tensor> = serde_json::from_slice(header)?;
    let floats = header
        .into_iter()
        .filter(|(_, tensor)| tensor.dtype == "F32");
    floats
        .map(|(name, tensor)| {
            let [start, end] = tensor.data_offsets;
            let (numbers, _) = data.get(start..end).with_context(cut)?.as_chunks();
            Ok((
                name,
                numbers.iter().map(|n| f32::from_le_bytes(*n)).collect(),
            ))
        })
        .collect()
}

struct Writer<'v> {
    vocabulary: Vocabulary<'v>,
    out: BufWriter<File>,
    /// By head.
    bigrams: BTreeMap<&'static str, Bigrams>,
}

impl Writer<'_> {
    fn quotes(&mut self, corpus: &str, file: &Path) -> Result<()> {
        for gold in corpus::read(file)? {
            let roles = Roles::new(&gold.quotes);
            self.document("quotes", corpus, &gold, |reading, _| {
                let spans: Vec<Span> = reading.tokens().iter().map(|t| t.span).collect();
                roles
                    .labels(&spans)
                    .iter()
                    .map(|label| 1 << label)
                    .collect()
            })?;
        }
        Ok(())
    }

    fn entities(
        &mut self,
        corpus: &Corpus,
        documents: &[Gold],
        nationalities: &HashSet<String>,
    ) -> Result<()> {
        let reader = Reader {
            corpus,
            nationalities,
        };
        for gold in documents {
            self.document("entities", corpus.file, gold, |reading, observed| {
                reader.allowed(gold, reading, observed)
            })?;
        }
        Ok(())
    }

    /// Writes the windows of a document; `allowed` says which labels each of its tokens may have.
    fn document(
        &mut self,
        head: &'static str,
        corpus: &str,
        gold: &Gold,
        allowed: impl Fn(&Reading<'_>, &Observations) -> Vec<u64>,
    ) -> Result<()> {
        // Sentences are those that the tool will find, not the corpus's.
        let reading = Segmenter::new().read(&gold.text);
        let mut allowed = allowed(&reading, &Observations::new(&reading));
        for section in reading.sections() {
            let allowed = &mut allowed[section.range()];
            // A span that goes on from the section before begins again.
            if let Some(first) = allowed.first_mut() {
                *first = marks::begins(*first);
            }
            if let Some(bigrams) = self.bigrams.get_mut(head) {
                bigrams.count(allowed);
            }
        }
        for window in windows(&self.vocabulary, &reading) {
            let example = Example {
                head,
                corpus,
                ids: &window.ids,
                cases: &window.cases,
                states: &window.places,
                places: window.tokens.iter().map(|(_, place)| *place).collect(),
                allowed: window.tokens.iter().map(|(n, _)| allowed[*n]).collect(),
            };
            serde_json::to_writer(&mut self.out, &example)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// How often each label follows each other one, where both are known.
struct Bigrams {
    labels: usize,
    counts: Vec<f64>,
}

/// How much the transitions count in decoding: less than 1, as the encoder sees the neighbours already. From trials of a
/// prototype on PolNeAR's dev part.
const TRANSITION_WEIGHT: f64 = 0.3;

/// How often each pair counts as seen before any is: no pair is impossible for want of examples.
const UNSEEN: f64 = 0.1;

impl Bigrams {
    fn new(kinds: usize) -> Self {
        let labels = 1 + 2 * kinds;
        Self {
            labels,
            counts: vec![UNSEEN; labels * labels],
        }
    }

    fn count(&mut self, allowed: &[u64]) {
        for pair in allowed.windows(2) {
            if pair.iter().all(|set| set.is_power_of_two()) {
                let [previous, next] = [pair[0], pair[1]].map(|set| set.trailing_zeros() as usize);
                self.counts[previous * self.labels + next] += 1.0;
            }
        }
    }

    /// By previous and next label, the score of the pair: the logarithm of how many times likelier the next label is after
    /// the previous one than anywhere, weighted.
    fn transitions(&self) -> Vec<Vec<f64>> {
        let row = |previous: usize| &self.counts[previous * self.labels..][..self.labels];
        let all: f64 = self.counts.iter().sum();
        let share = |next: usize| {
            (0..self.labels)
                .map(|previous| row(previous)[next])
                .sum::<f64>()
                / all
        };
        (0..self.labels)
            .map(|previous| {
                let total: f64 = row(previous).iter().sum();
                let ratio = |next| libm::log(row(previous)[next] / total / share(next));
                (0..self.labels)
                    .map(|next| TRANSITION_WEIGHT * ratio(next))
                    .collect()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_are_read_by_name() {
        let header = br#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"ids":{"dtype":"I64","shape":[0],"data_offsets":[12,12]}}"#;
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend(header);
        file.extend([1.0f32, -2.5, 3.0].iter().flat_map(|x| x.to_le_bytes()));
        let expected = [("a", vec![1.0, -2.5]), ("b", vec![3.0])];
        let expected = expected.map(|(name, numbers)| (name.to_owned(), numbers));
        assert_eq!(tensors(&file).unwrap(), expected.into());
        for end in [0, 7, 8, 100, file.len() - 1] {
            assert!(tensors(&file[..end]).is_err());
        }
    }

    #[test]
    fn transitions_are_log_ratios_of_known_pairs() {
        let mut bigrams = Bigrams::new(1);
        bigrams.count(&[1, 2, 4, 1, 1 | 2, 2]);
        let transitions = bigrams.transitions();
        // Seen once of three: O B, B I, I O.
        assert!(transitions[0][1] > 0.0 && transitions[1][2] > 0.0 && transitions[2][0] > 0.0);
        assert!(transitions[0][2] < 0.0 && transitions[1][1] < 0.0);
    }
}

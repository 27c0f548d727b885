//! Sentence segmentation against two peers, in time and in instructions.
//!
//! `cargo run --release -- time FILE.jsonl...` times each contender over the same documents, in one process and on one
//! thread; the best of several runs counts. `instructions` needs no quiet machine: it has callgrind count what
//! `pass` and `hostile` run.

use icu_segmenter::{SentenceSegmenter, options::SentenceBreakInvariantOptions};
use std::hint::black_box;
use std::time::Instant;

/// Runs of each contender, of which the fastest counts.
const RUNS: usize = 7;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["time", ref files @ ..] => time(&texts(files)?),
        ["pass", contender, passes, ref files @ ..] => pass(contender, passes.parse()?, &texts(files)?)?,
        ["hostile", contender, unit, bytes] => hostile(contender, unit, bytes.parse()?)?,
        _ => return Err("time FILE... | pass CONTENDER PASSES FILE... | hostile CONTENDER UNIT BYTES".into()),
    }
    Ok(())
}

/// A segmenter: its name, and a function that counts the sentences (or marks) that it finds in a text.
type Contender = (&'static str, Box<dyn Fn(&str) -> usize>);

fn contenders() -> [Contender; 5] {
    let segmenter = segment::Segmenter::new();
    let structure = segmenter.clone();
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    [
        ("ranges", Box::new(move |text| segmenter.sentences(text).count())),
        ("structure", Box::new(move |text| structure.segment(text, None).sentences.len())),
        ("icu_segmenter", Box::new(move |text| icu.segment_str(text).count() - 1)),
        ("sentencex", Box::new(|text| sentencex::segment("en", text).len())),
        // What a scan for full stops costs: no segmenter can be faster.
        ("memchr3", Box::new(|text| memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()).count())),
    ]
}

fn contender(name: &str) -> Result<Contender> {
    let mut all = contenders().into_iter();
    all.find(|(known, _)| *known == name).ok_or_else(|| format!("no contender {name}").into())
}

fn texts(files: &[&str]) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(file)?.lines() {
            let record: serde_json::Value = serde_json::from_str(line)?;
            texts.push(record["text"].as_str().unwrap_or_default().to_owned());
        }
    }
    Ok(texts)
}

fn time(texts: &[String]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} documents, {bytes} bytes", texts.len());
    for (name, each) in contenders() {
        let run = || texts.iter().map(|text| each(text)).sum::<usize>();
        let times = (0..RUNS).map(|_| {
            let begin = Instant::now();
            black_box(run());
            begin.elapsed()
        });
        let best = times.min().unwrap_or_default();
        println!("{name:14} {:9.1} MB/s  {:8} found", bytes as f64 / 1e6 / best.as_secs_f64(), run());
    }
}

/// Goes through the texts `passes` times. The cost of one pass is the difference between two calls.
fn pass(name: &str, passes: usize, texts: &[String]) -> Result<()> {
    let (_, each) = contender(name)?;
    for _ in 0..passes {
        black_box(texts.iter().map(|text| each(text)).sum::<usize>());
    }
    println!("{}", texts.iter().map(String::len).sum::<usize>());
    Ok(())
}

fn hostile(name: &str, unit: &str, bytes: usize) -> Result<()> {
    let (_, each) = contender(name)?;
    black_box(each(&unit.repeat(bytes / unit.len().max(1))));
    Ok(())
}

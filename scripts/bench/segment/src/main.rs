//! Sentence segmentation against two peers, in time and in instructions.
//!
//! `cargo run --release -- time FILE.jsonl...` times each contender over the same documents, in one process and on one
//! thread. Give it megabytes of distinct text: a processor that meets a short text again and again learns its branches by
//! heart, which no real text allows it. `instructions` needs no quiet machine: it has callgrind count what `pass` and
//! `hostile` run. The other program here, `minimal`, is for comparing whole programs.

use icu_segmenter::{SentenceSegmenter, options::SentenceBreakInvariantOptions};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds, in each of which every contender goes through the documents once; their medians count.
const ROUNDS: usize = 9;

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
        ("structure", Box::new(move |text| structure.segment(&segment::Input::new(text)).sentences.len())),
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
    println!("{} documents, {bytes} bytes, {ROUNDS} rounds", texts.len());
    println!("{:14} {:>9} {:>22}", "", "MB/s", "times icu_segmenter");
    let contenders = contenders();
    let peer = contenders.iter().position(|(name, _)| *name == "icu_segmenter").unwrap_or(0);
    // In turn, so that a machine that slows down slows all of them.
    let rounds: Vec<Vec<f64>> = (0..ROUNDS)
        .map(|_| contenders.iter().map(|(_, each)| seconds(|| texts.iter().map(|text| each(text)).sum())).collect())
        .collect();
    for (i, (name, _)) in contenders.iter().enumerate() {
        let speed = median(rounds.iter().map(|round| bytes as f64 / 1e6 / round[i]));
        let ratio = |round: &Vec<f64>| round[peer] / round[i];
        let (low, high) = rounds.iter().map(ratio).fold((f64::MAX, 0.0_f64), |(low, high), r| (low.min(r), high.max(r)));
        println!("{name:14} {speed:9.1} {:8.2} ({low:.2} to {high:.2})", median(rounds.iter().map(ratio)));
    }
}

/// What the work takes of this thread's processor time, which other processes do not count in; where the system does not
/// tell it, of the clock's.
fn seconds(work: impl FnOnce() -> usize) -> f64 {
    let begin = (Instant::now(), on_processor());
    black_box(work());
    let spent = on_processor().zip(begin.1).map(|(end, begin)| end - begin);
    spent.unwrap_or_else(|| begin.0.elapsed()).as_secs_f64()
}

/// Linux: the processor time of this thread, the kernel's included. Linux brings it up to date where the thread gives way.
fn on_processor() -> Option<Duration> {
    std::thread::yield_now();
    let status = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    status.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
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

//! Sentence segmentation against two peers: `cargo run --release -- FILE.jsonl...`, records with a `text`.
//!
//! Same documents, same process, one thread. Each contender runs over all documents several times; the best time
//! counts. Then time(2n)/time(n) on hostile input, which stays near 2 as long as the segmenter is linear.

use icu_segmenter::{SentenceSegmenter, options::SentenceBreakInvariantOptions};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The best of so many runs.
const RUNS: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut texts = Vec::new();
    let mut records = String::new();
    for file in std::env::args().skip(1) {
        for line in std::fs::read_to_string(file)?.lines() {
            let record: serde_json::Value = serde_json::from_str(line)?;
            let text = record["text"].as_str().unwrap_or_default().to_owned();
            records.push_str(&serde_json::json!({ "text": text }).to_string());
            records.push('\n');
            texts.push(text);
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} documents, {bytes} bytes", texts.len());

    let segmenter = segment::Segmenter::new();
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let report = |name: &str, each: &mut dyn FnMut(&str) -> usize| {
        let mut found = 0;
        let time = best(|| found = texts.iter().map(|text| each(text)).sum());
        let rate = bytes as f64 / 1e6 / time.as_secs_f64();
        println!("{name:28} {rate:9.1} MB/s  {found:8} sentences");
        rate
    };
    let ranges = report("segment, ranges", &mut |text| segmenter.sentences(text).count());
    let whole = report("segment, whole structure", &mut |text| segmenter.segment(text, None).sentences.len());
    let icu = report("icu_segmenter", &mut |text| icu.segment_str(text).count() - 1);
    let sentencex = report("sentencex", &mut |text| sentencex::segment("en", text).len());
    let marks = report("memchr3 over .!? (ceiling)", &mut |text| {
        memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()).count()
    });
    println!("ranges: {:.2} x icu_segmenter, {:.1} x sentencex; whole: {:.2} x icu_segmenter; ceiling {:.1} x icu_segmenter",
        ranges / icu, ranges / sentencex, whole / icu, marks / icu);

    println!("\nhostile input, time(2n)/time(n), n = 1 MiB");
    for unit in ["“", "a.", ".", "(", "x", "\"", "a. ", "A. b ", ".)", "? ", "\n", "a\n", "[1]", ".[1] ", ". . ", "…", "—", "1. ", "• a "] {
        let once = unit.repeat((1 << 20) / unit.len());
        let twice = once.repeat(2);
        let short = best(|| black_box(segmenter.sentences(black_box(&once)).count()));
        let long = best(|| black_box(segmenter.sentences(black_box(&twice)).count()));
        println!("{unit:8?} {:6.2}  ({:.1} MB/s)", long.as_secs_f64() / short.as_secs_f64(), 1.048 / short.as_secs_f64());
    }
    Ok(())
}

fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            black_box(run());
            begin.elapsed()
        })
        .min()
        .unwrap_or_default()
}

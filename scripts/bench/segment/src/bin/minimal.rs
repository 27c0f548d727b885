//! The least that a program must do which puts ICU4X's sentences into JSON Lines: `minimal FILE.jsonl` writes each record
//! with `sentences`, of which each has its offsets in code points and its text, as `segment` has them.

use icu_segmenter::{SentenceSegmenter, options::SentenceBreakInvariantOptions};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("minimal FILE.jsonl")?;
    let mut input = BufReader::with_capacity(1 << 18, File::open(path)?);
    let mut out = BufWriter::with_capacity(1 << 18, std::io::stdout().lock());
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut line = String::new();
    let mut sentences = Vec::new();
    while input.read_line(&mut line)? > 0 {
        let Record { text } = serde_json::from_str(&line)?;
        sentences.clear();
        let (mut from, mut start) = (0, 0);
        for to in segmenter.segment_str(&text).skip(1) {
            let whole = &text[from..to];
            let trimmed = whole.trim_end();
            let end = start + trimmed.chars().count();
            sentences.push((start, end, from, from + trimmed.len()));
            start = end + whole[trimmed.len()..].chars().count();
            from = to;
        }
        let record = line.trim_end();
        out.write_all(&record.as_bytes()[..record.len() - 1])?;
        out.write_all(b",\"sentences\":")?;
        let list = sentences.iter().map(|&(start, end, from, to)| Sentence { start, end, text: &text[from..to] });
        serde_json::to_writer(&mut out, &list.collect::<Vec<_>>())?;
        out.write_all(b"}\n")?;
        line.clear();
    }
    out.flush()?;
    Ok(())
}

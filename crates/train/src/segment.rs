//! The sentence model: word statistics from plain news, weights from annotated sentences.

use crate::corpus::{self, Gold};
use crate::files;
use crate::logistic::{self, Example, Options};
use anyhow::Result;
use document::Span;
use segment::training::{FEATURES, Key, Lexicon, Trait, WordFacts, listed, observe, pack};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use text::abbreviations;
use text::reporting::{self, Use};

/// Plain news from which words are counted.
const PLAIN: [&str; 5] = [
    "quotes/polnear.train.jsonl",
    "summarize/cnndm_val_train.jsonl",
    "entities/worldwide-train.jsonl",
    "unlabelled/bbc.jsonl",
    "segment/brown_press.train.jsonl",
];

/// Annotated sentences from which weights are learnt, and how much an example of theirs counts. The first three are
/// gold. The others are news that other tools split, or that comes one sentence a line: nearly all of their sentences are
/// right, and they have what the small gold sets lack: datelines, ranks, firms, quotations with their reporting clauses.
const ANNOTATED: [(&str, f64); 6] = [
    ("segment/gum.train.jsonl", 1.0),
    ("segment/ewt.train.jsonl", 1.0),
    ("segment/brown_press.train.jsonl", 1.0),
    ("summarize/cnndm_val_train.jsonl", 0.5),
    ("unlabelled/voa.jsonl", 0.5),
    ("entities/wikigold-train.jsonl", 0.5),
];

/// Genres of GUM whose licence allows non-commercial use only: nothing is learnt from them.
pub(crate) const EXCLUDED: [&str; 5] = ["essay", "fiction", "letter", "podcast", "whow"];

const OPTIONS: Options = Options {
    epochs: 12,
    rate: 0.15,
    decay: 2e-3,
};
/// The integer that stands for a weight of 1 in the packed model.
const SCALE: f64 = 256.0;
/// Words that were seen more rarely get no class.
const SEEN: u32 = 6;
/// Longer words are no abbreviations; in bytes.
const LONGEST_ABBREVIATION: usize = 16;
/// Longer words are left out of those that may begin a sentence; in bytes.
const LONGEST_START: usize = 24;

/// Trains on `corpora` and writes the model to `out`. Of the Brown corpus, documents whose number modulo 3 is `hold`
/// are left out.
pub(crate) fn train(corpora: &Path, out: &Path, hold: Option<usize>) -> Result<()> {
    let mut words = Words::default();
    for name in PLAIN {
        for gold in corpus::read(&corpora.join(name))? {
            words.count(&gold.text);
        }
    }
    let lexicon = lexicon(&words);
    let mut examples = Vec::new();
    for (name, weight) in ANNOTATED {
        for (i, gold) in corpus::read(&corpora.join(name))?.into_iter().enumerate() {
            let held = name.contains("brown") && hold == Some(i % 3);
            if !held && !EXCLUDED.contains(&gold.genre.as_str()) {
                collect(joined(gold), &lexicon, weight, &mut examples);
            }
        }
    }
    println!(
        "{} examples, lexicon of {} words",
        examples.len(),
        lexicon.len()
    );
    let weights = learn(&examples);
    files::write(out, pack(&lexicon, &weights))
}

/// How often the plain news has a word before a full stop.
#[derive(Default)]
struct Count {
    /// Occurrences before a full stop.
    stopped: u32,
    /// Of these, before a word in lower case or a comma: the sentence goes on.
    inside: u32,
    /// Occurrences without a full stop.
    plain: u32,
}

/// How often it has a word in lower case, and capitalised.
#[derive(Default)]
struct Start {
    lower: u32,
    /// Capitalised after a plain lower-case word: a name.
    name: u32,
    /// Capitalised after a lower-case word of four letters or more and a full stop: the start of a sentence.
    start: u32,
}

#[derive(Default)]
struct Words {
    before: BTreeMap<String, Count>,
    after: BTreeMap<String, Start>,
}

impl Words {
    fn count(&mut self, text: &str) {
        let mut previous = "";
        let mut tokens = text.split_whitespace().peekable();
        while let Some(token) = tokens.next() {
            let word = token.trim_start_matches(['(', '"', '“', '‘', '\'', '[']);
            let next = tokens.peek().copied().unwrap_or_default();
            self.before(word, next);
            self.after(word, previous);
            previous = token;
        }
    }

    fn before(&mut self, word: &str, next: &str) {
        let word = word.rsplit(['-', '—', '–', '/']).next().unwrap_or(word);
        let comma = word.ends_with(".,");
        let stopped = word.strip_suffix(".,").or_else(|| word.strip_suffix('.'));
        let base = stopped.unwrap_or(word.trim_end_matches([',', ';', ':']));
        if base.is_empty() || base.len() > LONGEST_ABBREVIATION || base.ends_with('.') {
            return;
        }
        let count = self.before.entry(base.to_owned()).or_default();
        match stopped {
            Some(_) if next.is_empty() => {}
            Some(_) => {
                count.stopped += 1;
                count.inside += u32::from(comma || next.starts_with(char::is_lowercase));
            }
            None => count.plain += 1,
        }
    }

    fn after(&mut self, word: &str, previous: &str) {
        let end = word
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(word.len());
        let word = &word[..end];
        if word.is_empty() || word.len() > LONGEST_START {
            return;
        }
        let lower_word = |w: &str| !w.is_empty() && w.chars().all(char::is_lowercase);
        let start = self.after.entry(word.to_lowercase()).or_default();
        if lower_word(word) {
            start.lower += 1;
        } else if lower_word(previous) {
            start.name += 1;
        } else if previous
            .strip_suffix('.')
            .is_some_and(|w| w.len() > 3 && lower_word(w))
        {
            start.start += 1;
        }
    }
}

/// Abbreviations and counts in one table.
fn lexicon(words: &Words) -> Lexicon<'static> {
    let mut classes: BTreeMap<Cow<str>, u32> = BTreeMap::new();
    for (word, kind) in abbreviations::all() {
        *classes.entry(word).or_default() |= kind.bit();
    }
    let mut before: BTreeMap<&str, WordFacts> = BTreeMap::new();
    for (word, count) in &words.before {
        let stopped = stopped(count);
        if stopped > 1 {
            before.insert(word, WordFacts::new(0, stopped, 0));
        }
    }
    for (word, classes) in &classes {
        let stopped = words.before.get(word.as_ref()).map_or(0, stopped);
        before.insert(word, WordFacts::new(*classes, stopped, 0));
    }
    let mut after: BTreeMap<Cow<str>, WordFacts> = BTreeMap::new();
    for (word, count) in &words.after {
        after.insert(word.into(), WordFacts::new(0, 0, starts(count)));
    }
    let verbs = reporting::verbs(Use::Quotation).iter();
    for (key, of) in verbs
        .map(|verb| (Key::After(verb), Trait::Reports))
        .chain(listed())
    {
        let facts = match key {
            Key::Before(word) => before.entry(word).or_default(),
            Key::After(word) => after.entry(word.to_lowercase().into()).or_default(),
        };
        *facts = facts.with(of);
    }
    // `Int’l` is `Int'l`.
    let curly: Vec<(String, WordFacts)> = before
        .iter()
        .filter(|(word, _)| word.contains('\''))
        .map(|(word, facts)| (word.replace('\'', "’"), *facts))
        .collect();
    for (word, facts) in &curly {
        before.insert(word, *facts);
    }
    let before = before
        .into_iter()
        .map(|(word, entry)| (Key::Before(word), entry));
    let after = after.iter().map(|(word, entry)| (Key::After(word), *entry));
    Lexicon::new(before.chain(after))
}

/// The class of a word before a full stop. 0: too rare; 1: hardly ever inside a sentence; up to 5: nearly always an
/// abbreviation.
///
/// The bounds here and in [`starts`] were set by hand. Training gives each class a weight of its own, so that their exact
/// places matter little.
fn stopped(count: &Count) -> u32 {
    if count.stopped < 3 {
        return u32::from(count.plain >= SEEN);
    }
    let inside = f64::from(count.inside) / f64::from(count.stopped);
    let ratio = f64::from(count.stopped) / f64::from(count.stopped + count.plain);
    match inside {
        _ if inside > 0.25 && ratio > 0.5 => 5,
        _ if inside > 0.25 => 4,
        _ if inside > 0.05 && ratio > 0.5 => 3,
        _ if ratio > 0.8 && count.stopped > 5 => 2,
        _ => 1,
    }
}

/// The class of a word after a full stop. 0: too rare; 1: a name; up to 7: capitalised only where it begins a sentence.
fn starts(count: &Start) -> u32 {
    let capital = count.name + count.start;
    if capital + count.lower < SEEN {
        return 0;
    }
    let share = (f64::from(count.start) + 0.5) / (f64::from(capital) + 1.0);
    let common = f64::from(count.lower) / f64::from(capital + count.lower);
    match share {
        _ if common < 0.1 && share < 0.2 => 1,
        _ if common < 0.1 => 2,
        _ if share < 0.2 => 3,
        _ if share < 0.5 => 4,
        _ if share < 0.8 => 5,
        _ if share < 0.95 => 6,
        _ => 7,
    }
}

/// A document with one sentence a line, as two of the corpora have them, becomes running text; any other stays as it is.
fn joined(mut gold: Gold) -> Gold {
    let by_line = gold.text.contains('\n') && !gold.text.contains("\n\n");
    if by_line {
        gold.sentences.clear();
        let mut at = 0;
        for line in gold.text.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            gold.sentences.push(document::Sentence::new(at..end));
            at += line.len();
        }
        gold.text = gold.text.replace('\n', " ");
    }
    gold
}

fn collect(gold: Gold, lexicon: &Lexicon, weight: f64, examples: &mut Vec<Example>) {
    let sentences: Vec<Span> = gold.sentences.iter().map(|s| s.span).collect();
    observe(&gold.text, &sentences, lexicon, |features, ends| {
        let features = features
            .iter()
            .filter_map(|f| u32::try_from(*f).ok())
            .collect();
        examples.push(Example {
            features,
            holds: ends,
            weight,
        });
    });
}

/// The packed weights.
fn learn(examples: &[Example]) -> Vec<i16> {
    const MOST: f64 = i16::MAX as f64;
    logistic::learn(examples, FEATURES, &OPTIONS)
        .into_iter()
        .map(|weight| libm::round(weight * SCALE).clamp(-MOST, MOST) as i16)
        .collect()
}

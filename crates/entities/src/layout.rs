//! The layout of a text for the tagger: its passages, how each is written, and where names may be in it.

use crate::lexicon::{self, Entry};
use crate::words::{Case, Word, Words};
use document::TokenRange;
use text::{Gap, Reading};

/// How a passage is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As sentences are.
    Normal,
    /// In capitals, as a headline may be: case says nothing of names.
    Capitals,
    /// Without any capital.
    Lower,
}

/// A sentence, or a line outside sentences: no feature looks beyond it.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    /// Token range.
    pub tokens: TokenRange,
    pub mode: Mode,
    /// A small number, see [`passage_kind`].
    pub kind: u64,
}

/// Tokens that are labelled together: those that may be part of a name, and those close to them. The other tokens, more than
/// half of a text, are outside names; no features are made for them.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// Token range.
    pub tokens: TokenRange,
    pub(crate) passage: usize,
}

/// So many tokens on either side of a word that may start a name are labelled with it. In news, one name in a hundred has a
/// word further off.
const REACH: usize = 2;

/// The lexicon's gazetteers, a bit each, that have the token's word alone, and that have a longer phrase it is part of; and
/// whether that phrase begins here.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LexiconMatch {
    pub one: u16,
    pub more: u16,
    pub begins: bool,
}

/// A line of this many bytes may have been wrapped in the middle of a sentence. A shorter one is a headline, a row of a table
/// or a dateline, and a passage of its own.
const WRAPPED: usize = 50;

/// The tokens of each passage: of sentences, split behind lines too short to be wrapped, and of lines outside sentences.
pub(crate) fn passages(reading: &Reading<'_>) -> Vec<TokenRange> {
    let mut passages: Vec<TokenRange> = Vec::new();
    // The sentence of the token before.
    let mut previous = None;
    let mut line = 0;
    for (i, token) in reading.tokens().iter().enumerate() {
        let sentence = reading.sentence_of(i);
        let short = token.span.start - line < WRAPPED;
        if token.gap == Gap::Line {
            line = token.span.start;
        }
        let apart =
            sentence != previous || (token.gap == Gap::Line && (sentence.is_none() || short));
        match passages.last_mut() {
            Some(passage) if !apart => passage.end = i + 1,
            _ => passages.push(TokenRange::new(i, i + 1)),
        }
        previous = sentence;
    }
    passages
}

/// The sequences of all passages, in order.
pub(crate) fn sequences(words: &Words, passages: &[Passage]) -> Vec<Sequence> {
    let mut sequences: Vec<Sequence> = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        let mut last: Option<TokenRange> = None;
        for token in passage.tokens {
            let word = words.at(token);
            let places = Entry::BIG_CITY | Entry::CITY | Entry::COUNTRY | Entry::STATE;
            if !may_be_named(word, passage.mode) && word.entry.bits & places == 0 {
                continue;
            }
            let start = token.saturating_sub(REACH).max(passage.tokens.start);
            let end = (token + REACH + 1).min(passage.tokens.end);
            match &mut last {
                Some(sequence) if start <= sequence.end => sequence.end = end,
                _ => {
                    let done = last.replace(TokenRange::new(start, end));
                    sequences.extend(done.map(|tokens| Sequence {
                        tokens,
                        passage: number,
                    }));
                }
            }
        }
        sequences.extend(last.map(|tokens| Sequence {
            tokens,
            passage: number,
        }));
    }
    sequences
}

/// Whether a word may be part of a name by its case; in a text without case any word may.
pub(crate) fn may_be_named(word: &Word, mode: Mode) -> bool {
    match mode {
        Mode::Normal => matches!(word.case, Case::Capital | Case::Upper | Case::Mixed),
        Mode::Capitals | Mode::Lower => word.letters > 0,
    }
}

/// A passage is in capitals where more than this share of its words are, in hundredths. Chosen by hand; the models are trained
/// with it.
const SHARE_OF_CAPITALS: usize = 70;

/// And where at least so many of them are: an acronym alone is no passage in capitals.
const LEAST_CAPITALS: usize = 3;

/// A passage is in lower case where all its words are, and at least so many: fewer may be a fragment.
const LEAST_LOWER: usize = 4;

/// How a passage is written.
pub(crate) fn mode(words: &Words, passage: TokenRange) -> Mode {
    let (mut upper, mut capital, mut lower) = (0, 0, 0);
    for word in passage.range().map(|token| words.at(token)) {
        match word.case {
            Case::Upper => upper += 1,
            Case::Capital | Case::Mixed => capital += 1,
            Case::Lower => lower += 1,
            Case::None => {}
        }
    }
    if upper >= LEAST_CAPITALS && 100 * upper > SHARE_OF_CAPITALS * (upper + capital + lower) {
        Mode::Capitals
    } else if upper + capital == 0 && lower >= LEAST_LOWER {
        Mode::Lower
    } else {
        Mode::Normal
    }
}

/// The kind of a passage as a number below 32: its length (2 bits), whether it ends as a sentence does, whether most of its
/// words are capital (a headline or a table), and whether over a third have digits.
pub(crate) fn passage_kind(words: &Words, passage: TokenRange) -> u64 {
    let length = match passage.len() {
        0..=2 => 0,
        3..=5 => 1,
        6..=10 => 2,
        _ => 3,
    };
    let stops = passage.range().rev().take(2).any(|t| words.at(t).is_stop);
    let (mut capitals, mut digits) = (0, 0);
    for word in passage.range().map(|t| words.at(t)) {
        capitals += usize::from(word.is_capital());
        digits += usize::from(word.has_digit);
    }
    let many = |n: usize| u64::from(2 * n > passage.len());
    length
        | u64::from(stops) << 2
        | many(capitals) << 3
        | u64::from(3 * digits > passage.len()) << 4
}

/// By token, the longest phrases of the lexicon's gazetteers, without overlap.
pub(crate) fn matches(words: &Words, passages: &[Passage]) -> Vec<LexiconMatch> {
    let mut matches = vec![LexiconMatch::default(); words.ids.len()];
    for passage in passages {
        let mut taken = passage.tokens.start;
        for first in passage.tokens {
            let word = words.at(first);
            if !may_be_named(word, passage.mode) {
                continue;
            }
            matches[first].one = word.entry.gazetteers();
            if first < taken || !word.entry.is_prefix() {
                continue;
            }
            let (mut phrase, mut longest) = (word.lower, None);
            for next in first + 1..passage.tokens.end.min(first + LONGEST_PHRASE) {
                phrase = lexicon::longer(phrase, words.at(next).lower);
                let entry = lexicon::word(phrase);
                if entry.gazetteers() != 0 {
                    longest = Some((next + 1, entry.gazetteers()));
                }
                if !entry.is_prefix() {
                    break;
                }
            }
            if let Some((end, more)) = longest {
                for (token, found) in matches[first..end].iter_mut().enumerate() {
                    found.more = more;
                    found.begins = token == 0;
                }
                taken = end;
            }
        }
    }
    matches
}

/// The most words of a gazetteer's phrase.
const LONGEST_PHRASE: usize = 5;

/// So many joining words may follow each other: "Bank of the South".
const MOST_JOINING: usize = 2;

/// By token, the run that it is in of words that may be part of a name, joined by short words in lower case: "Ministry of
/// Foreign Affairs".
pub(crate) fn runs(words: &Words, passages: &[Passage]) -> Vec<TokenRange> {
    let mut runs = vec![TokenRange::default(); words.ids.len()];
    let joins = |token: usize| words.at(token).joins_names();
    let named = |token: usize| may_be_named(words.at(token), Mode::Normal);
    // In a passage that is all capitals or all lower case, case shows no run.
    for passage in passages
        .iter()
        .filter(|passage| passage.mode == Mode::Normal)
    {
        let passage = &passage.tokens;
        let mut start = passage.start;
        while start < passage.end {
            if !named(start) {
                start += 1;
                continue;
            }
            let mut end = start + 1;
            loop {
                let mut next = end;
                while next < passage.end && next < end + MOST_JOINING && joins(next) {
                    next += 1;
                }
                if next < passage.end && named(next) {
                    end = next + 1;
                } else {
                    break;
                }
            }
            runs[start..end].fill(TokenRange::new(start, end));
            start = end;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use document::Sentence;

    #[test]
    fn lines_and_sentences_are_units() {
        let long = "Then the rain that had fallen since the morning in Oslo";
        let text = format!("Rain in Oslo\nIt fell. {long}\nstopped. More");
        let sentence = |start: &str, end: &str| {
            Sentence::new(text.find(start).unwrap()..text.find(end).unwrap() + end.len())
        };
        let passages = |sentences: &[Sentence]| passages(&Reading::new(&text, sentences));
        assert_eq!(passages(&[]), [0..3, 3..17, 17..20]);
        // The second sentence runs over a line feed; "More" is in no sentence.
        let sentences = [sentence("It", "fell."), sentence("Then", "stopped.")];
        assert_eq!(passages(&sentences), [0..3, 3..6, 6..19, 19..20]);
        // What is called a sentence runs on from a headline.
        assert_eq!(
            passages(&[sentence("Rain", "fell.")]),
            [0..3, 3..6, 6..17, 17..20]
        );
    }
}

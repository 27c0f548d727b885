//! An article with what the tools found in it, in bytes of its text.

use super::claim::Snippet;
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ops::Range;

/// A record that came out of the pipe.
pub(crate) struct Outcome {
    pub record: Value,
    pub text: String,
    /// The byte at which each code point begins, and the text's length.
    bytes: Vec<usize>,
}

impl Outcome {
    pub(crate) fn new(record: Value) -> Self {
        let text = record["text"]
            .as_str()
            .expect("a record has a text")
            .to_owned();
        let bytes = text
            .char_indices()
            .map(|(byte, _)| byte)
            .chain([text.len()])
            .collect();
        Self {
            record,
            text,
            bytes,
        }
    }

    /// The items of a list of the record; none where it is missing.
    pub(crate) fn list(&self, field: &str) -> &[Value] {
        self.record[field].as_array().map_or(&[], Vec::as_slice)
    }

    /// The bytes of a `{start,end}`.
    pub(crate) fn span(&self, value: &Value) -> Range<usize> {
        let byte = |key: &str| {
            let offset = value[key]
                .as_u64()
                .and_then(|n| self.bytes.get(usize::try_from(n).ok()?));
            *offset.unwrap_or_else(|| panic!("{key} of {value} is outside the text"))
        };
        byte("start")..byte("end")
    }

    /// The bytes of a list of `{start,end}`.
    pub(crate) fn spans(&self, list: &Value) -> Vec<Range<usize>> {
        list.as_array()
            .map_or(Vec::new(), |all| all.iter().map(|s| self.span(s)).collect())
    }

    /// All places where the article has these words. Without any, the fact itself is wrong.
    pub(crate) fn places(&self, snippet: &Snippet) -> Result<Vec<Range<usize>>, BadFact> {
        let regex = Regex::new(&snippet.pattern).expect("words were escaped");
        let group = usize::from(snippet.one_place);
        let places: Vec<_> = regex
            .captures_iter(&self.text)
            .filter_map(|c| c.get(group).map(|m| m.range()))
            .collect();
        if places.is_empty() {
            return Err(BadFact(format!("the article has no “{}”", snippet.text)));
        }
        Ok(places)
    }

    /// The one place where the article has these words.
    pub(crate) fn place(&self, snippet: &Snippet) -> Result<Range<usize>, BadFact> {
        let places = self.places(snippet)?;
        match places.as_slice() {
            [one] => Ok(one.clone()),
            _ => Err(BadFact(format!(
                "the article has “{}” {} times: add words to make it clear which one",
                snippet.text,
                places.len()
            ))),
        }
    }

    /// The letters and digits in these ranges. White space and quotation marks do not count when quotations are compared.
    pub(crate) fn letters(&self, ranges: &[Range<usize>]) -> BTreeSet<usize> {
        let mut letters = BTreeSet::new();
        for (i, range) in ranges.iter().enumerate() {
            let piece = &self.text[range.clone()];
            // PolNeAR counts an opening "that" as content; a fact may leave it out.
            let from = match piece.strip_prefix("that ") {
                Some(_) if i == 0 => "that ".len(),
                _ => 0,
            };
            let found = piece
                .char_indices()
                .filter(|(at, c)| *at >= from && c.is_alphanumeric());
            letters.extend(found.map(|(at, _)| range.start + at));
        }
        letters
    }

    /// The text of several ranges, for a message.
    pub(crate) fn show(&self, ranges: &[Range<usize>]) -> String {
        let pieces: Vec<&str> = ranges.iter().map(|r| &self.text[r.clone()]).collect();
        pieces.join(" + ")
    }
}

/// A fact that cannot be met, whatever the tools write: its words are not in the article, or not in one place.
#[derive(Debug)]
pub(crate) struct BadFact(pub String);

/// Whether two ranges share a byte.
pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

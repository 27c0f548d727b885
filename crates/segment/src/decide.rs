//! Does a sentence end here?

use crate::candidate::Candidate;
use crate::kinds::LineModel;
use crate::lexicon::{Lexicon, STARTER, WordFacts};
use crate::marks::Mark;
use crate::model::Model;
use crate::rules::by_rule;
use crate::word::Word;
use std::collections::HashSet;
use text::abbreviations::Kind;

/// Finds sentences, and what stands around them. Cheap to make; one serves any number of texts and threads.
#[derive(Debug, Clone)]
pub struct Segmenter {
    model: Model,
    lines: LineModel,
    custom: HashSet<String>,
}

impl Default for Segmenter {
    fn default() -> Self {
        Self {
            model: Model::built_in(),
            lines: LineModel::built_in(),
            custom: HashSet::new(),
        }
    }
}

impl Segmenter {
    /// A segmenter with the built-in model and its abbreviations.
    pub fn new() -> Self {
        Self::default()
    }

    /// A segmenter with another model, from its file's bytes, every one of which is checked.
    ///
    /// ```
    /// let foreign = segment::Segmenter::from_bytes(b"%PDF-1.7".to_vec()).unwrap_err();
    /// assert_eq!(foreign.to_string(), "not a model of sentences: give a file of that kind");
    /// ```
    pub fn from_bytes(model: Vec<u8>) -> Result<Self, model::Error> {
        Ok(Self {
            model: Model::from_bytes(&model)?,
            ..Self::default()
        })
    }

    /// Adds abbreviations, with or without their final full stop: after one of them a sentence goes on, unless the
    /// paragraph ends.
    ///
    /// ```
    /// let segmenter = segment::Segmenter::new().with_abbreviations(["Komm."]);
    /// assert_eq!(segmenter.sentences("The Komm. Berlin sat. It rose.").count(), 2);
    /// ```
    pub fn with_abbreviations(
        mut self,
        abbreviations: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        let words = abbreviations
            .into_iter()
            .map(|word| word.as_ref().trim().trim_end_matches('.').to_owned());
        self.custom.extend(words.filter(|word| !word.is_empty()));
        self
    }

    /// Tells what paragraphs are.
    pub(crate) fn lines(&self) -> &LineModel {
        &self.lines
    }

    pub(crate) fn lexicon(&self) -> &Lexicon<'static> {
        &self.model.lexicon
    }

    /// Where the sentence that begins at `start` ends if it ends with the mark at byte `at`, and that is beyond doubt;
    /// `Some(None)` where it is beyond doubt that it goes on. It ends at a full stop between a word of small letters that is
    /// no abbreviation and a capitalised word. It does not end at one inside a number, an address or an abbreviation, nor after
    /// a title. Nine of ten candidates need nothing more.
    pub(crate) fn plainly(&self, text: &str, start: usize, at: usize) -> Option<Option<usize>> {
        /// Letters of the word: a shorter one may be an abbreviation.
        const SHORTEST: usize = 4;
        const GOES_ON: Option<Option<usize>> = Some(None);
        let bytes = text.as_bytes();
        let last = *bytes[start..at].last()?;
        // Bytes of the mark with what closes, and whether a name may go on with the capital.
        let (marks, name_may_follow) = match bytes.get(at..)? {
            [b'.', b' ', b'A'..=b'Z', ..] => (1, true),
            [b'.', b'\n', b'A'..=b'Z', ..]
            | [b'.', b' ', b'"', b'A'..=b'Z', ..]
            | [b'.', b' ', 0xE2, 0x80, 0x9C, b'A'..=b'Z', ..] => (1, false),
            [b'.', b'"', b' ', b'A'..=b'Z', ..] => (2, false),
            [b'.', 0xE2, 0x80, 0x9D, b' ', b'A'..=b'Z', ..] => (4, false),
            [b'.', b'a'..=b'z', ..] => return GOES_ON,
            // After a word, it may be a footnote's number.
            [b'.', b'0'..=b'9', ..] if last.is_ascii_digit() => return GOES_ON,
            // `U.S.`
            [b'.', b'A'..=b'Z', ..] if last.is_ascii_uppercase() => return GOES_ON,
            // `U.S. officials`, `a.m. on`
            [b'.', b' ', b'a'..=b'z', ..]
                if last.is_ascii_alphanumeric() && bytes[start..at - 1].ends_with(b".") =>
            {
                return GOES_ON;
            }
            _ => return None,
        };
        let word = Word::before(bytes, at).filter(|word| word.apart)?;
        let facts = self.lexicon().find(word.hash());
        if facts != WordFacts::default() {
            // `Mr. Khan`
            let title = word.capital && name_may_follow && facts.classes() == Kind::Open.bit();
            return title.then_some(None);
        }
        if !self.custom.is_empty() && self.custom.contains(&text[at - word.len..at]) {
            return None;
        }
        // After a name, a capital may go on with it, and `“The Mindset.” Penn Journal` is a title.
        let ends = if word.len >= SHORTEST && (!word.capital || (marks == 1 && !name_may_follow)) {
            true
        } else {
            // `Boston. He said`, `over it. The`
            let next = Word::after(bytes, at + 2).filter(|next| next.apart)?;
            name_may_follow
                && word.len > 1
                && self.lexicon().find_after(next.hash_folded()).starts() >= STARTER
        };
        ends.then_some(Some(at + marks))
    }

    /// Whether the sentence that begins at `start` ends at `candidate`.
    pub(crate) fn ends(&self, text: &str, candidate: &Candidate, start: usize) -> bool {
        if let Some(ends) = by_rule(text, candidate, start, self.lexicon()) {
            return ends;
        }
        if candidate.mark == Mark::Stop
            && !self.custom.is_empty()
            && self.custom.contains(candidate.left)
        {
            return false;
        }
        self.model.score(text, candidate, start) > 0
    }
}

//! What a sentence needs around it to be understood by someone who reads only the summary.

use crate::features::{opening, quoted_share};
use crate::lexicon::Traits;
use crate::words::{Word, Words};
use document::{Sentence, SentenceKind};

/// What a sentence leans on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// It opens on a pronoun or connective, or is a quotation whose speaker is named before.
    pub previous: bool,
    /// It names these speakers (terms) by surname only, and a sentence before it has the full name.
    pub names: Vec<u32>,
}

/// What may be picked, and with what.
#[derive(Debug)]
pub struct Readability {
    /// Each sentence's needs.
    pub needs: Vec<Needs>,
    /// What is not running text, or a quotation cut in half.
    pub barred: Vec<bool>,
    /// The sentences which have a name in full, by its last word, in the order of the text.
    named_in: Vec<Vec<usize>>,
}

impl Readability {
    /// Looks at each sentence and those before it.
    pub fn new(text: &str, sentences: &[Sentence], words: &Words) -> Self {
        let mut named_in: Vec<Vec<usize>> = vec![Vec::new(); words.terms.len()];
        let mut needs = Vec::with_capacity(sentences.len());
        let mut barred = Vec::with_capacity(sentences.len());
        for (i, sentence) in sentences.iter().enumerate() {
            let own = words.of(i);
            for name in full_names(text, own) {
                let list = &mut named_in[name as usize];
                if list.last() != Some(&i) {
                    list.push(i);
                }
            }
            let slice = text.get(sentence.span.clone()).unwrap_or("");
            let opening = opening(slice, own, text);
            let orphan =
                quoted_share(slice) > 0.8 && !own.iter().any(|w| w.traits.has(Traits::SPEECH));
            let mut names: Vec<u32> = speakers(own)
                .filter(|&name| {
                    let list = &named_in[name as usize];
                    !list.is_empty() && list.last() != Some(&i)
                })
                .collect();
            names.dedup();
            needs.push(Needs {
                previous: i > 0 && (opening.pronoun || opening.connective || orphan),
                names,
            });
            barred.push(own.is_empty() || !is_running_text(sentence) || is_cut_quotation(slice));
        }
        Self {
            needs,
            barred,
            named_in,
        }
    }

    /// Only what is certainly no story is barred: for a text in which nothing else can be picked.
    pub fn without_constraints(sentences: &[Sentence]) -> Self {
        Self {
            needs: vec![Needs::default(); sentences.len()],
            barred: sentences.iter().map(|s| !is_last_resort(s)).collect(),
            named_in: Vec::new(),
        }
    }

    /// Whether a sentence may be picked and leans on no other.
    pub fn stands_alone(&self, i: usize) -> bool {
        !self.barred[i] && self.needs[i] == Needs::default()
    }

    /// The first sentence that has this name in full; `None` where one up to sentence `i` is picked already.
    pub fn naming(&self, name: u32, i: usize, picked: impl Fn(usize) -> bool) -> Option<usize> {
        let list = &self.named_in[name as usize];
        let before = list.iter().take_while(|&&j| j <= i);
        // A handful of sentences is enough to look at: a name in full more often than that is rare, and looking at all
        // of them for each mention would be quadratic.
        if before.take(8).any(|&j| picked(j)) {
            return None;
        }
        list.first().copied()
    }
}

/// Whether a sentence is part of the story, and no headline, byline, caption or list item.
pub fn is_running_text(sentence: &Sentence) -> bool {
    sentence.kind.is_none()
}

/// Whether a sentence may be taken if there is no other.
pub fn is_last_resort(sentence: &Sentence) -> bool {
    matches!(sentence.kind, None | Some(SentenceKind::Headline))
}

/// Whether a quotation begins or ends outside the sentence.
fn is_cut_quotation(sentence: &str) -> bool {
    let count = |mark| sentence.chars().filter(|&c| c == mark).count();
    count('"') % 2 == 1 || count('“') != count('”')
}

/// The last words of names that stand here in full: a capitalised word after another.
fn full_names(text: &str, words: &[Word]) -> impl Iterator<Item = u32> {
    words.windows(2).filter_map(|pair| {
        let between = text.get(pair[0].end..pair[1].start).unwrap_or(",");
        // "J. Doe", "Anne-Marie Doe"
        let joined = between
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '.' | '-'));
        (pair[0].capital && pair[1].capital && joined).then_some(pair[1].term)
    })
}

/// The names next to a verb of saying: *Doe said*, *said Doe*.
fn speakers(words: &[Word]) -> impl Iterator<Item = u32> {
    words.windows(2).filter_map(|pair| {
        if !pair[1].follows {
            return None;
        }
        let is_name = |w: &Word| w.capital && w.is_content();
        if is_name(&pair[0]) && pair[1].traits.has(Traits::SPEECH) {
            Some(pair[0].term)
        } else if pair[0].traits.has(Traits::SPEECH) && is_name(&pair[1]) {
            Some(pair[1].term)
        } else {
            None
        }
    })
}

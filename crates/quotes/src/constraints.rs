//! Which labels each word of a paragraph may have, whatever the model's scores say.

use crate::part::Role;
use crate::setting::{Setting, setting};
use crate::words::ParagraphWords;
use document::TokenRange;
use model::hash;
use tagger::Labels;
use text::{Place, Reading};

/// Labels as bits: bit `1 << label` is set where the label is allowed.
pub(crate) type LabelSet = u64;

const BEGIN_CONTENT: LabelSet = 1 << Labels::begin(Role::Content as usize);
const INSIDE_CONTENT: LabelSet = inside(Role::Content);

const fn inside(role: Role) -> LabelSet {
    1 << Labels::inside(role as usize)
}

/// How often a participle must be a cue to begin a new clause: [`cue`](crate::lexicon::Known::cue) class 2 is more than a
/// tenth of its occurrences.
const CUE_PARTICIPLE: u8 = 2;

/// The labels that each word of a paragraph may have; `tokens` are the paragraph's.
pub(crate) fn allowed_labels(
    reading: &Reading<'_>,
    tokens: TokenRange,
    paragraph: &ParagraphWords,
) -> Vec<LabelSet> {
    let mut allowed = vec![LabelSet::MAX; tokens.len()];
    follow_marks(reading, tokens, paragraph, &mut allowed);
    end_with_sentences(reading, tokens, &mut allowed);
    end_before_participles(paragraph, &mut allowed);
    allowed
}

/// A marked stretch that is speech is one content, and one that is set off like speech ends with its closing mark.
fn follow_marks(
    reading: &Reading<'_>,
    tokens: TokenRange,
    paragraph: &ParagraphWords,
    allowed: &mut [LabelSet],
) {
    let mut first = 0;
    while let Some(word) = paragraph.words.get(first) {
        let number = match word.place {
            Place::Outside => None,
            _ => reading.quotation_of(tokens.start + first),
        };
        let Some(number) = number else {
            first += 1;
            continue;
        };
        let belongs = |&token: &usize| reading.quotation_of(token) == Some(number);
        let rest = tokens.start + first..tokens.end;
        let end = first + rest.take_while(belongs).count();
        let setting = setting(reading, &reading.outermost()[number]);
        if setting == Setting::Speech {
            allowed[first] &= BEGIN_CONTENT;
            allowed[first + 1..end].fill(INSIDE_CONTENT);
        }
        if setting != Setting::Inline
            && let Some(after) = allowed.get_mut(end)
        {
            *after &= !INSIDE_CONTENT;
        }
        first = end;
    }
}

/// A cue or a source ends with its sentence: “… Dr. Roe of the Survey. Sgt. Lee put it more plainly:” are two sources.
/// (PolNeAR's dev part has few such: exact sources with the fast model are 86.1 %, and 86.2 without this or without the
/// next.)
fn end_with_sentences(reading: &Reading<'_>, tokens: TokenRange, allowed: &mut [LabelSet]) {
    const GOES_ON: LabelSet = inside(Role::Cue) | inside(Role::Source);
    let mut before = None;
    for (token, allowed) in tokens.range().zip(allowed) {
        let sentence = reading.sentence_of(token);
        if sentence.is_some() && sentence != before {
            *allowed &= !GOES_ON;
            before = sentence;
        }
    }
}

/// “…, warning that …”, “…, expressing hope that …”: a new quotation of the same source, not more of the content before.
fn end_before_participles(paragraph: &ParagraphWords, allowed: &mut [LabelSet]) {
    let (ing, that) = (hash(b"ing"), hash(b"that"));
    let words = &paragraph.words;
    for (i, three) in words.windows(3).enumerate() {
        let cue = &three[1];
        let participle =
            cue.suffix == ing && cue.known.cue >= CUE_PARTICIPLE && cue.place == Place::Outside;
        let introduces =
            three[2].lower == that || words.get(i + 3).is_some_and(|w| w.lower == that);
        if three[0].comma && participle && introduces {
            allowed[i + 1] &= !INSIDE_CONTENT;
        }
    }
}

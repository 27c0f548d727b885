//! How a sentence is worded: how it opens, and how much of it is quoted.

use crate::lexicon::{Traits, traits};
use crate::words::Word;
use text::is_opening_mark;

/// What both the ranker and [`crate::readable`] ask.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wording {
    /// How it opens.
    pub opening: Opening,
    /// Its quotation marks.
    pub marks: Marks,
}

impl Wording {
    /// Of a sentence with these words.
    pub(crate) fn of(sentence: &str, words: &[Word]) -> Self {
        Self {
            opening: opening(sentence, words),
            marks: Marks::of(sentence),
        }
    }
}

/// Whether a sentence opens on a word that leans on the sentence before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Opening {
    /// *He*, *This*, *When she*.
    pub pronoun: bool,
    /// *But*, *In addition*.
    pub connective: bool,
}

/// No two words in the lists are longer together, in bytes.
const LONGEST_PAIR: usize = 32;
/// A pronoun of [`Traits::REACHING`] is looked for among so many first words: *When she*, *And when she*.
const OPENING_WORDS: usize = 3;

/// How a sentence with these words opens.
fn opening(sentence: &str, words: &[Word]) -> Opening {
    // What begins with a bullet, a dash or another mark leans on nothing.
    let plain =
        sentence.starts_with(|c: char| c.is_alphanumeric() || is_opening_mark(c) || c == '(');
    let (true, Some(first)) = (plain, words.first()) else {
        return Opening::default();
    };
    let pair = words
        .get(1)
        .and_then(|second| sentence.get(first.start as usize..second.end as usize))
        .map_or(Traits::default(), pair_traits);
    let reaching = words
        .iter()
        .take(OPENING_WORDS)
        .enumerate()
        .take_while(|(at, w)| *at == 0 || w.follows)
        .any(|(_, w)| w.traits.has(Traits::REACHING));
    let opens = |list| first.traits.has(list) || pair.has(list);
    Opening {
        pronoun: reaching || opens(Traits::PRONOUN),
        connective: opens(Traits::CONNECTIVE),
    }
}

/// The lists that two words with a space between them are in.
fn pair_traits(pair: &str) -> Traits {
    let mut hyphenated = [0; LONGEST_PAIR];
    let Some(hyphenated) = hyphenated.get_mut(..pair.len()) else {
        return Traits::default();
    };
    for (to, from) in hyphenated.iter_mut().zip(pair.bytes()) {
        *to = if from == b' ' {
            b'-'
        } else {
            from.to_ascii_lowercase()
        };
    }
    traits(hyphenated)
}

/// The double quotation marks of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Marks {
    /// The share of its bytes between them; a mark that is not closed reaches to the end.
    pub quoted_share: f64,
    /// Whether one is missing: the quotation begins or ends outside the sentence.
    pub cut: bool,
}

impl Marks {
    /// Of one sentence. Marks are searched by their first bytes, as most sentences have none.
    pub(crate) fn of(sentence: &str) -> Self {
        let bytes = sentence.as_bytes();
        let (mut straight, mut opening, mut closing) = (0_usize, 0_usize, 0_usize);
        let mut inside = None;
        let mut quoted = 0;
        for at in memchr::memchr2_iter(b'"', "“".as_bytes()[0], bytes) {
            let rest = &bytes[at..];
            let (opens, closes, len) = if rest[0] == b'"' {
                straight += 1;
                (true, true, 1)
            } else if rest.starts_with("“".as_bytes()) {
                opening += 1;
                (true, false, "“".len())
            } else if rest.starts_with("”".as_bytes()) {
                closing += 1;
                (false, true, "”".len())
            } else {
                continue;
            };
            match inside {
                None if opens => inside = Some(at),
                Some(from) if closes => {
                    quoted += at + len - from;
                    inside = None;
                }
                _ => {}
            }
        }
        quoted += inside.map_or(0, |from| sentence.len() - from);
        Self {
            quoted_share: quoted as f64 / (1 + sentence.len()) as f64,
            cut: straight % 2 == 1 || opening != closing,
        }
    }
}

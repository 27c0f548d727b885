//! What the model sees of a candidate: numbers of weights, one for each thing that is the case.

use crate::candidate::Candidate;
use crate::lexicon::{Key, Lexicon};
use model::{hash, hash_folded};

/// What a model must have been trained with: a new number for every change to features.
pub(crate) const FEATURE_SET: u64 = 2;

/// Bits of a feature's number: weights that share one are few enough not to matter.
pub(crate) const BITS: u32 = 16;

/// Odd numbers without a pattern: the first is 2^64 over the golden ratio, the others are primes of xxHash.
const MIX: [u64; 5] = [
    0x9E37_79B9_7F4A_7C15,
    0xC2B2_AE3D_27D4_EB4F,
    0x1656_67B1_9E37_79F9,
    0x85EB_CA77_C2B2_AE63,
    0x27D4_EB2F_1656_67C5,
];

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    None,
    /// `J`
    Initial,
    /// `v`
    Letter,
    /// `etc`
    ShortLower,
    Lower,
    /// `Sen`
    ShortCapital,
    /// `Mr`, `Sgt`: no vowel
    Consonants,
    Capital,
    /// `NATO`
    Capitals,
    Number,
    /// `U.S`, `a.m`
    Letters,
    /// `example.com`, `Ph.D`
    Dotted,
    /// `3pm`, `$4`
    Mixed,
    /// `@`, `/` or `:` in it
    Address,
    Other,
}

/// Calls `emit` with each feature of `candidate`; `start` is where its sentence begins.
pub(crate) fn features(
    text: &str,
    candidate: &Candidate,
    start: usize,
    lexicon: &Lexicon,
    mut emit: impl FnMut(usize),
) {
    let c = candidate;
    let left = lexicon.get(Key::Before(c.left));
    let right = lexicon.after(c.right);
    let next = Ahead::read(text, c, lexicon);
    let behind = Behind::read(text, c, start);

    let mark = c.mark as u64;
    let close = u64::from(c.quoted) | u64::from(c.bracketed) << 1;
    let gap = c.gap as u64;
    let open = opening(c.opens);
    let left_shape = shape(c.left) as u64;
    let right_shape = shape(c.right) as u64;
    let left_word = hash_folded(c.left.as_bytes());
    let right_word = hash(c.right.as_bytes());
    let starts = u64::from(right.starts());
    let stopped = u64::from(left.stopped());
    let classes = u64::from(left.classes());
    let length = bucket(c.at - start);
    let after = next.after;

    let mut template = 0u64;
    let mut put = |values: [u64; 4]| {
        template += 1;
        // Five products that do not wait for each other, then one to spread the bits.
        let mixed = values
            .iter()
            .zip(MIX)
            .fold(MIX[4].wrapping_mul(template), |sum, (value, by)| {
                sum.wrapping_add(value.wrapping_mul(by))
            });
        emit((((mixed ^ mixed >> 29).wrapping_mul(MIX[0])) >> (64 - BITS)) as usize);
    };
    put([mark, right_shape, 0, 0]);
    put([mark, right_shape, close, gap]);
    put([mark, right_shape, open, close]);
    put([mark, starts, right_shape, 0]);
    put([mark, left_shape, right_shape, 0]);
    put([left_shape, starts, next.shape, 0]);
    put([left_shape, right_shape, next.shape, mark]);
    put([left_word, mark, 0, 0]);
    put([left_word, right_shape, 0, 0]);
    put([left_word, starts, mark, 0]);
    put([right_word, mark, 0, 0]);
    put([right_word, u64::from(classes != 0), left_shape, 0]);
    put([stopped, right_shape, mark, 0]);
    put([stopped, starts, left_shape, 0]);
    put([classes, right_shape, 0, 0]);
    put([classes, starts, right_shape, 0]);
    put([classes, starts, next.shape, 0]);
    put([classes, right_shape, after, 0]);
    put([behind.shape, left_shape, right_shape, mark]);
    put([behind.shape, classes, starts, 0]);
    put([length, left_shape, right_shape, mark]);
    put([length, open, mark, 0]);
    put([u64::from(behind.bracket), right_shape, close, mark]);
    put([next.reports, close, mark, right_shape]);
    put([next.reports, close, mark, starts]);
    put([u64::from(c.before), left_shape, right_shape, mark]);
    put([gap, close, left_shape, right_shape]);
    put([run(text, c), mark, right_shape, gap]);
    put([length, classes, starts, right_shape]);
    put([behind.word, left_word, right_shape, 0]);
}

/// How many marks: `!!!`, and whether they are spaced.
fn run(text: &str, c: &Candidate) -> u64 {
    let marks = text.as_bytes()[c.at..c.end]
        .iter()
        .take_while(|b| matches!(b, b'.' | b'!' | b'?'))
        .count();
    let spaced = text[..c.at].ends_with(' ');
    marks.min(6) as u64 | u64::from(spaced) << 3
}

/// What stands before the word before the mark.
struct Behind {
    shape: u64,
    word: u64,
    /// A bracket is open.
    bracket: bool,
}

impl Behind {
    /// Bytes that are looked at for an open bracket.
    const BRACKET: usize = 256;
    const WORD: usize = 24;

    fn read(text: &str, c: &Candidate, start: usize) -> Self {
        let floor = c
            .left_start
            .saturating_sub(Self::WORD)
            .max(start)
            .min(c.left_start);
        let window = &text[text.ceil_char_boundary(floor)..c.left_start];
        let spaced = window.trim_end();
        let word = &spaced[spaced.rfind(' ').map_or(0, |i| i + 1)..];
        let from = c.at.saturating_sub(Self::BRACKET).max(start);
        let bytes = &text.as_bytes()[from..c.at];
        let bracket = memchr::memrchr2(b'(', b')', bytes).is_some_and(|i| bytes[i] == b'(');
        Self {
            shape: if c.left_start == start {
                15
            } else {
                shape(word) as u64
            },
            word: hash(word.as_bytes()),
            bracket,
        }
    }
}

/// What follows the word after the mark.
struct Ahead {
    after: u64,
    shape: u64,
    /// 1: the next words report; 2: they do after a name; 0: they do not.
    reports: u64,
}

impl Ahead {
    const WINDOW: usize = 64;

    fn read(text: &str, c: &Candidate, lexicon: &Lexicon) -> Self {
        let from = c.right_start + c.right.len();
        let window = &text[from..text.floor_char_boundary((from + Self::WINDOW).min(text.len()))];
        let after = match window.chars().next() {
            None | Some(' ' | '\n') => 0,
            Some('.') => 1,
            Some(',') => 2,
            Some('\'' | '’') => 3,
            Some('-' | '–') => 4,
            Some(')' | ']') => 5,
            Some(':' | ';') => 6,
            Some(_) => 7,
        };
        let mut words = window.split([' ', '\n']).skip(1);
        let second = words.next().unwrap_or_default();
        let mut reports = 0;
        if c.quoted {
            let is_verb = |word: &str| {
                let word = word.trim_end_matches([',', '.', ':', ';']);
                lexicon.after(word).reports()
            };
            reports = if is_verb(c.right) {
                1
            } else if is_verb(second) {
                2
            } else if !second.ends_with(['.', ';']) && words.by_ref().take(3).any(is_verb) {
                3
            } else {
                0
            };
        }
        let second = second.trim_start_matches(['"', '“', '‘', '(', '\'']);
        let letters = second
            .find(|ch: char| !ch.is_alphanumeric())
            .unwrap_or(second.len());
        Self {
            after,
            shape: if after == 0 {
                shape(&second[..letters]) as u64
            } else {
                16 + after
            },
            reports,
        }
    }
}

fn opening(opens: Option<char>) -> u64 {
    match opens {
        None => 0,
        Some('(' | '[' | '{') => 1,
        Some('—' | '–' | '-') => 2,
        Some('•' | '·' | '*' | '⁃') => 3,
        Some('#' | '<') => 4,
        Some('\'' | '‘' | '’' | '`') => 5,
        Some(_) => 6,
    }
}

/// A length in classes of about half a doubling.
fn bucket(bytes: usize) -> u64 {
    match bytes {
        0..4 => 0,
        4..8 => 1,
        8..16 => 2,
        16..32 => 3,
        32..64 => 4,
        64..256 => 5,
        _ => 6,
    }
}

fn shape(word: &str) -> Shape {
    // What most words are, without a look at each of their letters' class.
    let bytes = word.as_bytes();
    if let [first, rest @ ..] = bytes
        && rest.iter().all(u8::is_ascii_lowercase)
    {
        let vowel = |b: &u8| {
            matches!(
                b.to_ascii_lowercase(),
                b'a' | b'e' | b'i' | b'o' | b'u' | b'y'
            )
        };
        match (first, bytes.len()) {
            (b'a'..=b'z', 1) => return Shape::Letter,
            (b'a'..=b'z', 2..=3) => return Shape::ShortLower,
            (b'a'..=b'z', _) => return Shape::Lower,
            (b'A'..=b'Z', 1) => return Shape::Initial,
            (b'A'..=b'Z', _) if !bytes.iter().any(vowel) => return Shape::Consonants,
            (b'A'..=b'Z', 2..=4) => return Shape::ShortCapital,
            (b'A'..=b'Z', _) => return Shape::Capital,
            _ => {}
        }
    }
    let mut chars = word.chars();
    let Some(first) = chars.next() else {
        return Shape::None;
    };
    let (mut letters, mut capitals, mut digits, mut stops, mut address, mut vowels) =
        (0, 0, 0, 0, false, 0);
    let mut long_part = 0;
    let mut part = 0;
    for c in word.chars() {
        if c == '.' {
            stops += 1;
            part = 0;
            continue;
        }
        part += 1;
        long_part = long_part.max(part);
        if c.is_ascii_digit() {
            digits += 1;
        } else if c.is_alphabetic() {
            letters += 1;
            capitals += usize::from(c.is_uppercase());
            vowels += usize::from(matches!(
                c.to_ascii_lowercase(),
                'a' | 'e' | 'i' | 'o' | 'u' | 'y'
            ));
        } else {
            address |= matches!(c, '@' | '/' | ':');
        }
    }
    let one = chars.next().is_none();
    match () {
        () if address => Shape::Address,
        () if stops > 0 && letters > 0 && long_part == 1 => Shape::Letters,
        () if stops > 0 && letters > 0 => Shape::Dotted,
        () if digits > 0 && letters == 0 => Shape::Number,
        () if digits > 0 => Shape::Mixed,
        () if letters == 0 => Shape::Other,
        () if one && first.is_uppercase() => Shape::Initial,
        () if one => Shape::Letter,
        () if capitals == 0 && letters <= 3 => Shape::ShortLower,
        () if capitals == 0 => Shape::Lower,
        () if capitals == letters => Shape::Capitals,
        () if first.is_uppercase() && vowels == 0 => Shape::Consonants,
        () if first.is_uppercase() && letters <= 4 => Shape::ShortCapital,
        () if first.is_uppercase() => Shape::Capital,
        () => Shape::Other,
    }
}

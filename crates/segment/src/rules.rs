//! Candidates that need no model: what grammar or typography settles.
//!
//! A rule is here because the gold sets have too few cases of it to learn it from, or because the sets disagree and
//! the convention for news is the one of the rule.

use crate::candidate::{Candidate, Spacing};
use crate::lexicon::{Key, Lexicon, STARTER};
use crate::marks::Mark;
use text::abbreviations::Kind;
use text::{is_closing_mark, is_opening_mark};

/// `WordFacts::starts` of words that are names, or of which too little was seen, goes up to this: fewer than a fifth of their
/// capitals begin a sentence (`starts` in the trainer).
const NAME: u32 = 3;

/// Whether a sentence that begins at `start` ends at the candidate; `None` where only the model can tell.
pub(crate) fn by_rule(text: &str, c: &Candidate, start: usize, lexicon: &Lexicon) -> Option<bool> {
    if c.gap == Spacing::End {
        return Some(true);
    }
    // An ellipsis that the sentence begins with, or the number of a list's item.
    let first = is_first(text, start, c.left_start);
    if c.at == start || (first && c.mark == Mark::Stop && is_marker(c.left)) {
        return Some(false);
    }
    match (c.gap, c.mark) {
        (Spacing::None, _) if !may_lack_blank(text, c, lexicon) => Some(false),
        (Spacing::None, _) => None,
        (_, Mark::Dash) => dash(c, lexicon),
        (_, Mark::Ellipsis) => ellipsis(c),
        _ if c.right_is_lower() => lower(c, lexicon),
        _ if c.right.is_empty() && text[c.right_start..].starts_with([',', ';', ')']) => {
            Some(false)
        }
        (_, Mark::Stop) => stop(text, c, start, lexicon),
        _ => None,
    }
}

/// Before a word in lower case a sentence ends only in careless writing, of which the gold sets have enough; it does
/// not after closing marks (`“Why?” he asked`, `(see p. 5.) and`) nor after what may be an abbreviation.
fn lower(c: &Candidate, lexicon: &Lexicon) -> Option<bool> {
    let left = lexicon.get(Key::Before(c.left));
    let abbreviated =
        left.classes() != 0 || left.stopped() > 1 || c.left.len() < 2 || c.left.contains('.');
    (c.quoted || c.bracketed || (c.mark == Mark::Stop && abbreviated)).then_some(false)
}

/// `I` is a capital everywhere and says nothing after an ellipsis, after which most sentences go on; `[...]` stands
/// for words, not for an end.
fn ellipsis(c: &Candidate) -> Option<bool> {
    let within =
        (c.right == "I" && !c.quoted) || c.right_is_lower() || (c.left.is_empty() && c.bracketed);
    within.then_some(false)
}

/// A dash breaks speech off where a word that begins sentences follows in capitals (`You said — No, listen`).
fn dash(c: &Candidate, lexicon: &Lexicon) -> Option<bool> {
    let lower_left = c
        .left
        .chars()
        .next_back()
        .is_none_or(|l| l.is_lowercase() || l == '-');
    let right = lexicon.after(c.right);
    let breaks_off =
        lower_left && c.opens.is_none() && c.right_is_upper() && right.starts() >= STARTER;
    (!breaks_off).then_some(false)
}

/// A full stop before a word that is not in lower case.
fn stop(text: &str, c: &Candidate, start: usize, lexicon: &Lexicon) -> Option<bool> {
    if text[c.end..].starts_with(" . . . ") {
        return Some(true);
    }
    let after = text[c.right_start + c.right.len()..]
        .chars()
        .next()
        .unwrap_or(' ');
    let digit = c.right.starts_with(|r: char| r.is_ascii_digit());
    let classes = lexicon.get(Key::Before(c.left)).classes();
    let has = |class: Kind| classes & class.bit() != 0;
    if c.opens == Some('§') {
        return Some(false);
    }
    if c.end > c.at + 1 || c.opens.is_some() {
        return None;
    }
    // `Mr. Khan`, `Roe v. Wade`; `St. Louis` may also be a street's end. `No. 5`, `Dec. 10`, `5 ft. 6 in.`
    if classes == Kind::Open.bit()
        || (digit && (has(Kind::Number) || has(Kind::Month) || has(Kind::Unit)))
    {
        return Some(false);
    }
    let right = lexicon.after(c.right);
    // `St. Mark's`: what may be a title is one before a name.
    if has(Kind::Open) && c.right_is_upper() && right.starts() <= NAME {
        return Some(false);
    }
    let starter = |least| c.right_is_upper() && right.starts() >= least && after == ' ';
    // `John Q. Public`, `W.E.B. Du Bois`, `U. S. Army`; `you and I. Did` is not a name.
    let initial = (classes == 0 || c.left.len() == 1)
        && is_initials(c.left)
        && (c.left != "I" || follows_capital(text, c));
    if initial && c.right_is_upper() && !starter(STARTER) {
        return Some(false);
    }
    // `Acme Inc. The price …`, `at 9 a.m. Markets fell`, not `at 9 a.m. Monday`
    let ending = [Kind::Company, Kind::Suffix, Kind::Acronym]
        .into_iter()
        .any(has);
    let begins = (ending && starter(STARTER - 1)) || (has(Kind::Time) && starter(STARTER - 2));
    if begins && is_followed_by_lower(text, c) {
        return Some(true);
    }
    // `At 5 a.m. Mr. Smith …`: there was no verb yet.
    (has(Kind::Time) && is_fronted(&text[start..c.left_start])).then_some(false)
}

/// `J`, `W.E.B`: single capitals with full stops between them.
fn is_initials(word: &str) -> bool {
    // Most words are longer than their first letter.
    !matches!(word.as_bytes(), [_, b'a'..=b'z', ..])
        && word
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// Whether the word before `left` is a name's or begins the sentence.
fn follows_capital(text: &str, c: &Candidate) -> bool {
    /// Bytes of that word that are looked at.
    const WORD: usize = 24;
    let floor = text.ceil_char_boundary(c.left_start.saturating_sub(WORD));
    let word = text[floor..c.left_start].trim_end().rsplit(' ').next();
    word.is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// `The price`, not `The Hague` or `In U.S.`
fn is_followed_by_lower(text: &str, c: &Candidate) -> bool {
    let rest = &text[c.right_start + c.right.len()..];
    rest.strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(|r: char| r.is_lowercase()))
}

/// Whether nothing but bullets stands between `start` and `at`.
fn is_first(text: &str, start: usize, at: usize) -> bool {
    /// Bytes of bullets, brackets and blanks before an item's number.
    const BULLETS: usize = 8;
    at >= start
        && at - start <= BULLETS
        && text[start..at].chars().all(|c| " •⁃▪●‣-–*(".contains(c))
}

/// A few words that a preposition begins: an adverbial phrase.
fn is_fronted(sentence: &str) -> bool {
    /// Words of the longest such phrase: a clause that has more has its verb by then.
    const WORDS: usize = 6;
    const LEADS: [&str; 9] = [
        "At", "On", "By", "In", "Around", "About", "Before", "After", "From",
    ];
    let mut words = sentence.split_whitespace();
    words.next().is_some_and(|word| LEADS.contains(&word)) && words.take(WORDS).count() < WORDS
}

/// `12`, `a`, `IV`
fn is_marker(word: &str) -> bool {
    let roman = |c: char| matches!(c, 'I' | 'V' | 'X');
    !word.is_empty()
        && (word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
            || word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase())
            || word.len() <= 4 && word.chars().all(roman) && word != "I")
}

/// Bytes after a mark that are searched for the signs of an address.
const ADDRESS: usize = 64;

/// Whether a blank may be missing here (`ended.The`): not in addresses, names of files, numbers and initials.
fn may_lack_blank(text: &str, c: &Candidate, lexicon: &Lexicon) -> bool {
    let opens = c.opens.is_none_or(|open| {
        // A straight single mark may be an apostrophe.
        open == '(' || is_opening_mark(open) && open != '\''
    });
    let closed = c.quoted || c.bracketed || c.mark != Mark::Stop;
    let left = c
        .left
        .trim_end_matches(|c| is_closing_mark(c) || matches!(c, ')' | '%'));
    let word = left.len() > 1
        && left.ends_with(|l: char| l.is_lowercase() || l.is_ascii_digit())
        && !left.contains(['@', '/', '.', ':', '_', '#', '=']);
    let window =
        &text[c.right_start..text.floor_char_boundary(text.len().min(c.right_start + ADDRESS))];
    let token = &window[..window.find(char::is_whitespace).unwrap_or(window.len())];
    let title = lexicon.get(Key::Before(c.right)).classes() == Kind::Open.bit();
    let domain = matches!(c.right, "Com" | "Org" | "Net" | "Co" | "Gov" | "Edu" | "Js");
    let dotted = token
        .get(c.right.len()..)
        .is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
    let plain = !token.contains(['@', '/', '_', '=']) && (title || !dotted) && !domain;
    opens && (word || closed) && c.right_is_upper() && plain
}

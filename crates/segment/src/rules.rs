//! Candidates that need no model: what grammar or typography settles.
//!
//! A rule is here because the gold sets have too few cases of it to learn it from, or because the sets disagree and
//! the convention for news is the one of the rule.

use crate::candidate::{Candidate, Spacing};
use crate::citation;
use crate::clause;
use crate::lexicon::{Key, Lexicon, STARTER, Trait};
use crate::marks::Mark;
use text::abbreviations::Kind;
use text::calendar;
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
    if said_before(text, c, start, lexicon) {
        return Some(false);
    }
    if c.smiles && !c.right_is_lower() {
        return Some(true);
    }
    match (c.gap, c.mark) {
        (Spacing::None, _) if !may_lack_blank(text, c, lexicon) => Some(false),
        (Spacing::None, _) => None,
        (_, Mark::Dash) => dash(c, lexicon),
        (_, Mark::Ellipsis) => ellipsis(text, c),
        (_, Mark::Exclamation) if is_marked_name(text, c, lexicon) => {
            let begins =
                lexicon.is_starter(c.right) && next_word(text, c).starts_with(char::is_lowercase);
            Some(begins && c.right_is_upper())
        }
        _ if c.right_is_lower() => lower(text, c, lexicon),
        _ if c.right.is_empty() && text[c.right_start..].starts_with([',', ';', ')']) => {
            Some(false)
        }
        (_, Mark::Stop) => stop(text, c, start, lexicon),
        _ => None,
    }
}

/// `“Why?” Hale asked.`, `“Why?” 34-year-old Hale asked.`
fn said_before(text: &str, c: &Candidate, start: usize, lexicon: &Lexicon) -> bool {
    c.quoted
        && c.mark != Mark::Stop
        && c.opens.is_none()
        && (c.right_is_upper() || c.right.starts_with(|r: char| r.is_ascii_digit()))
        && text[..c.end].ends_with(|m| is_closing_mark(m) || is_opening_mark(m) || m == '`')
        && clause::reports(text, c, start, lexicon)
}

/// Whether the mark is a name's own: `Yahoo! Finance`.
fn is_marked_name(text: &str, c: &Candidate, lexicon: &Lexicon) -> bool {
    if c.end != c.at + 1 || c.right.is_empty() {
        return false;
    }
    let before = citation::previous(text, c.left_start);
    let previous = text[..c.left_start].trim_end().len() - before.len();
    let names = [
        c.left,
        &text[previous..c.at],
        &text[c.left_start..c.right_start + c.right.len()],
    ];
    names
        .iter()
        .any(|name| lexicon.get(Key::Before(name)).has(Trait::Marked))
}

/// Before a word in lower case a sentence ends only in careless writing, of which the gold sets have enough; it does
/// not after closing marks (`“Why?” he asked`, `(see p. 5.) and`) nor after what may be an abbreviation.
fn lower(text: &str, c: &Candidate, lexicon: &Lexicon) -> Option<bool> {
    let left = lexicon.get(Key::Before(c.left));
    let abbreviated = left.classes() != 0
        || left.has(Trait::Cited)
        || left.stopped() > 1
        || c.left.len() < 2
        || c.left.contains('.');
    // `Happy!... no one had said so`
    let drawn_out = c.mark != Mark::Stop && text[..c.end].ends_with(['.', '…']);
    let stop = c.mark == Mark::Stop && abbreviated;
    (c.quoted || c.bracketed || drawn_out || stop).then_some(false)
}

/// `I` is a capital everywhere and says nothing after an ellipsis, after which most sentences go on; `[...]` stands
/// for words, not for an end.
fn ellipsis(text: &str, c: &Candidate) -> Option<bool> {
    let within =
        (c.right == "I" && !c.quoted) || c.right_is_lower() || (c.left.is_empty() && c.bracketed);
    // Three stand for words, the fourth for the end.
    let four = text[c.at..c.end].starts_with(". . . .") && c.right_is_upper();
    match () {
        () if within => Some(false),
        () if four => Some(true),
        () => None,
    }
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
    // `Rob K. & Co.`
    if c.left.starts_with(char::is_uppercase) && text[c.end..].starts_with(" & ") {
        return Some(false);
    }
    if let Some(ends) = citation::ends(text, c, lexicon) {
        return Some(ends);
    }
    let after = text[c.right_start + c.right.len()..]
        .chars()
        .next()
        .unwrap_or(' ');
    let digit = c.right.starts_with(|r: char| r.is_ascii_digit());
    let classes = classes(text, c, lexicon);
    let has = |class: Kind| classes & class.bit() != 0;
    let ending = [Kind::Company, Kind::Suffix, Kind::Acronym]
        .into_iter()
        .any(has);
    match c.opens {
        None => {}
        Some('§') => return Some(false),
        // `Acme Inc. (NYSE: ACM) said`, `approx. $40`
        Some('(') if has(Kind::Company) && !is_sentence_in_brackets(text, c) => return Some(false),
        Some('$' | '€' | '£') if has(Kind::Number) => return Some(false),
        Some('@' | '#' | '©' | '®' | '™' | '•' | '⁃') if is_plain(c.left) => {
            return Some(true);
        }
        Some(open) => {
            let begins = (ending || has(Kind::Time))
                && is_opening_mark(open)
                && c.right_is_upper()
                && next_word(text, c).starts_with(char::is_lowercase);
            return begins.then_some(true);
        }
    }
    if c.end > c.at + 1 {
        // `… is the law.1 Plaintiff says`
        let note = text[c.at + 1..c.end].bytes().all(|b| b.is_ascii_digit());
        return (note && c.right_is_upper()).then_some(true);
    }
    let right = lexicon.after(c.right);
    let next = next_word(text, c);
    // `take vitamin C. Doctors say so`
    if is_initials(c.left) && c.left.len() == 1 && is_lettered(text, c, lexicon) {
        return Some(true);
    }
    // `Mr. Khan`, `Roe v. Wade`; `St. Louis` may also be a street's end. `No. 5`, `Dec. 10`, `5 ft. 6 in.`
    if classes == Kind::Open.bit()
        || (digit && (has(Kind::Number) || has(Kind::Month) || has(Kind::Unit)))
    {
        return Some(false);
    }
    // `St. Mark's`: what may be a title is one before a name.
    if has(Kind::Open) && c.right_is_upper() && right.starts() <= NAME {
        return Some(false);
    }
    // `Govt. House`: an adjective is cut short.
    let continued = right.starts() < STARTER || !next.starts_with(char::is_lowercase);
    if has(Kind::Open) && has(Kind::Company) && c.right_is_upper() && continued {
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
    // `a book on Malcolm X. It was long.`
    if initial && c.left.len() == 1 && starter(STARTER) && next.starts_with(char::is_lowercase) {
        return Some(true);
    }
    // `J.A. 102`: the record of a case.
    if initial && digit && c.left.contains('.') {
        return Some(false);
    }
    // `Acme Corp. CEO Ana Roe`, `Acme Corp. Monday said`
    let role =
        right.has(Trait::Role) && c.right_is_upper() && !next.starts_with(char::is_lowercase);
    let time = has(Kind::Time);
    let day = calendar::weekday(c.right).is_some() && !AUXILIARIES.contains(&next);
    if has(Kind::Company) && (role || day && next.starts_with(char::is_lowercase)) || time && day {
        return Some(false);
    }
    // `4:50 p.m. EDT`
    if time && calendar::time_zones().contains(c.right) {
        return Some(false);
    }
    // In capitals throughout no word says whether it is a name.
    if (ending || has(Kind::Time))
        && is_capitals(c.right)
        && (is_capitals(next) || is_capitals(citation::previous(text, c.left_start)))
    {
        let adverbial = LEADS.iter().any(|lead| lead.eq_ignore_ascii_case(c.right));
        return Some(right.starts() >= STARTER && !(time && adverbial));
    }
    // `Acme Inc. The price …`, `at 9 a.m. Markets fell`, not `at 9 a.m. Monday`
    let begins = (ending && starter(STARTER - 1)) || (has(Kind::Time) && starter(STARTER - 2));
    if begins && next.starts_with(char::is_lowercase) {
        return Some(true);
    }
    // `At 5 a.m. Mr. Smith …`: there was no verb yet.
    let before = &text[start..c.left_start];
    if time && is_fronted(before) {
        return Some(false);
    }
    let clause =
        (time || has(Kind::Company) && has_verb(before)) && begins_clause(&text[c.right_start..]);
    clause.then_some(true)
}

/// The kinds of abbreviation that the word before the mark is; of `SGT` among other capitals, what `Sgt` is.
fn classes(text: &str, c: &Candidate, lexicon: &Lexicon) -> u32 {
    let classes = lexicon.get(Key::Before(c.left)).classes();
    if classes != 0 || !is_capitals(c.left) || !is_capitals(c.right) {
        return classes;
    }
    let before =
        citation::previous(text, c.left_start).trim_end_matches(|b: char| !b.is_alphanumeric());
    if !(before.is_empty() || is_capitals(before)) {
        return 0;
    }
    let (first, rest) = c.left.split_at(1);
    lexicon
        .get(Key::Before(
            &(first.to_owned() + &rest.to_ascii_lowercase()),
        ))
        .classes()
}

/// Verbs after which a weekday is their subject.
const AUXILIARIES: [&str; 6] = ["is", "was", "will", "would", "has", "had"];

/// Whether a word is likely to be a finite verb: `is`, `belongs`, `closed`, and a few that are irregular.
fn is_verb(word: &str) -> bool {
    const IRREGULAR: [&str; 26] = [
        "is", "are", "was", "were", "will", "would", "has", "had", "can", "could", "may", "must",
        "won", "left", "took", "made", "went", "came", "began", "became", "told", "said", "got",
        "ran", "lost", "built",
    ];
    let ending = word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss");
    let lower = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
    lower && ending || IRREGULAR.contains(&word)
}

/// Whether one of the last words is likely to be a verb.
fn has_verb(sentence: &str) -> bool {
    /// Words that are looked at.
    const WORDS: usize = 24;
    sentence.rsplit(' ').take(WORDS).any(is_verb)
}

/// `Ana Silva will speak`: a few capitals and a verb.
fn begins_clause(rest: &str) -> bool {
    /// Words of a name.
    const NAME: usize = 4;
    let mut words = rest.split(' ').take(NAME);
    let verb =
        words.find(|word| !word.starts_with(char::is_uppercase) || word.ends_with(['.', ',']));
    verb.is_some_and(is_verb)
}

/// `(The price was not disclosed.)` is one, `(NYSE: ACM)` is none.
fn is_sentence_in_brackets(text: &str, c: &Candidate) -> bool {
    /// Bytes of a stock exchange's name with a share's, or of a short form of a firm's name.
    const LONGEST: usize = 120;
    let rest =
        &text[c.right_start..text.floor_char_boundary(text.len().min(c.right_start + LONGEST))];
    let inner = rest.split(')').next().unwrap_or_default();
    inner.len() == rest.len() || inner.ends_with(['.', '!', '?'])
}

/// A word in lower case that is not short.
fn is_plain(word: &str) -> bool {
    word.len() > 2 && word.chars().all(char::is_lowercase)
}

/// Whether the word before the single capital `left` is one that letters number: `Plan B`.
fn is_lettered(text: &str, c: &Candidate, lexicon: &Lexicon) -> bool {
    let before = citation::previous(text, c.left_start);
    c.right_is_upper() && lexicon.after(before).has(Trait::Lettered)
}

/// Two capitals or more, and no small letter.
fn is_capitals(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The word after the next one.
fn next_word<'t>(text: &'t str, c: &Candidate) -> &'t str {
    let rest = &text[c.right_start + c.right.len()..];
    let rest = rest.strip_prefix(' ').unwrap_or_default();
    let end = rest
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(rest.len());
    &rest[..end]
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

/// Whether nothing but bullets stands between `start` and `at`.
fn is_first(text: &str, start: usize, at: usize) -> bool {
    /// Bytes of bullets, brackets and blanks before an item's number.
    const BULLETS: usize = 8;
    at >= start
        && at - start <= BULLETS
        && text[start..at].chars().all(|c| " •⁃▪●‣-–*(".contains(c))
}

/// What begins an adverbial phrase.
const LEADS: [&str; 13] = [
    "At", "On", "By", "In", "Around", "About", "Before", "After", "From", "Since", "Until", "Just",
    "Shortly",
];

/// A few words that a preposition begins: an adverbial phrase.
fn is_fronted(sentence: &str) -> bool {
    /// Words of the longest such phrase: a clause that has more has its verb by then.
    const WORDS: usize = 6;
    let mut words = sentence.split_whitespace();
    words.next().is_some_and(|word| LEADS.contains(&word)) && words.take(WORDS).count() < WORDS
}

/// `12`, `a`, `B`, `IV`
fn is_marker(word: &str) -> bool {
    let roman = |c: char| matches!(c, 'I' | 'V' | 'X');
    !word.is_empty()
        && (word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
            || word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic())
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

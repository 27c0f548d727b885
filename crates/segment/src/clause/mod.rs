//! Does a reporting clause follow a quotation: `“Why?” one of them asked as the doors closed.`
//!
//! The clause is a noun phrase and a verb that reports, after which the sentence ends or an adverbial follows. Where what
//! is reported follows the verb, it is a sentence of its own: `“Why?” Hale said he did not know.`

mod words;

use crate::candidate::Candidate;
use crate::lexicon::Lexicon;
use std::borrow::Cow;
use text::calendar;
use text::is_opening_mark;
use words::{Token, WORD_CLASSES, Words, in_small_letters, is_in_capitals};

/// Words of a clause that are looked at: the subject with what is said of it in between, and what follows the verb.
const WORDS: usize = 40;

/// Bytes that are looked at.
const WINDOW: usize = 320;

/// Words of a subject that is no name; a longer one has a verb of its own.
const PHRASE: usize = 9;

/// Whether a clause that reports the quotation which ends at the candidate follows it.
pub(crate) fn reports(text: &str, c: &Candidate, start: usize, lexicon: &Lexicon) -> bool {
    if is_attributed(text, c, start, lexicon) {
        return false;
    }
    let end = text.floor_char_boundary(text.len().min(c.right_start + WINDOW));
    let window = &text[c.right_start..end];
    let window = &window[..window.find("\n\n").unwrap_or(window.len())];
    let capitals = is_in_capitals(c.left, window);
    let window = match capitals {
        true => Cow::Owned(in_small_letters(window, lexicon)),
        false => Cow::Borrowed(window),
    };
    let mut tokens = [Token::read(""); WORDS];
    let mut len = 0;
    for (token, read) in tokens.iter_mut().zip(window.split_whitespace()) {
        *token = Token::read(read);
        len += 1;
    }
    let clause = Clause {
        tokens: &tokens[..len],
        words: &WORD_CLASSES,
        lexicon,
        capitals,
    };
    clause
        .verb()
        .is_some_and(|verb| clause.is_said_before(verb))
}

/// Whether the sentence names a speaker before the quotation: `Lee asked, “Why?” Roe laughed.`
fn is_attributed(text: &str, c: &Candidate, start: usize, lexicon: &Lexicon) -> bool {
    /// Bytes of a long quotation.
    const QUOTATION: usize = 512;
    let floor = text.ceil_char_boundary(c.at.saturating_sub(QUOTATION).max(start));
    let before = text[floor..c.at]
        .rfind(['“', '"', '«', '„'])
        .map_or("", |open| &text[floor..floor + open]);
    let word = before.trim_end().trim_end_matches([',', ':']);
    let word = &word[word.rfind(' ').map_or(0, |i| i + 1)..];
    lexicon.after(word).reports()
}

struct Clause<'t> {
    tokens: &'t [Token<'t>],
    words: &'t Words,
    lexicon: &'t Lexicon<'t>,
    /// All of it is written in capitals, so that `SHE` may go on with a sentence.
    capitals: bool,
}

impl Clause<'_> {
    fn is_verb(&self, token: &Token) -> bool {
        !token.is_upper() && self.lexicon.after(token.word).reports()
    }

    /// The place of the verb after a subject.
    fn verb(&self) -> Option<usize> {
        let first = self.tokens.first()?;
        let number = first.word.starts_with(|c: char| c.is_ascii_digit());
        if first.opens.is_some() || !(first.is_upper() || number) {
            return None;
        }
        let name = !number && !first.is_in(&self.words.determiner);
        let other = first.is_in(&self.words.subject) && first.word != "I" && !self.capitals;
        if name && (other || self.is_lead(first)) {
            return None;
        }
        // A comma is open: what stands between it and the next one says more of the subject.
        let mut aside = false;
        // A relative clause has begun, or the words after a bracket.
        let mut relative = None;
        let mut lower = 0;
        for (i, token) in self.tokens.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| &self.tokens[i]);
            if token.opens.is_some_and(is_opening_mark) {
                return None;
            }
            // `Roe, 61, from Leeds, said`
            let open = aside && !before.is_some_and(Token::has_comma);
            if i > 0 && !open && self.is_verb(token) && self.may_report(i, name, relative) {
                return Some(i);
            }
            if token.stops(self.lexicon) {
                return None;
            }
            let comma = token.has_comma();
            if aside {
                // `Six months ago, he was told …`
                if !open && token.is_in(&self.words.subject) && token.word != "who" {
                    return None;
                }
                aside = !comma;
                continue;
            }
            if comma {
                aside = true;
                continue;
            }
            if relative.is_some() {
                continue;
            }
            let infinitive = token.word == "to" && !name;
            if matches!(token.word, "who" | "which" | "whose" | "whom" | "that") && i > 0
                || infinitive
            {
                relative = Some(i);
                continue;
            }
            if i > 0 && !self.continues_subject(i, name, before?, &mut lower) {
                return None;
            }
        }
        None
    }

    /// Whether the word at `i` may belong to the subject.
    fn continues_subject(&self, i: usize, name: bool, before: &Token, lower: &mut usize) -> bool {
        let (token, words) = (&self.tokens[i], self.words);
        let joined = before.is_in(&words.preposition) || before.word == "and" || before.word == "&";
        if token.is_upper() || token.opens == Some('(') || token.word.starts_with(char::is_numeric)
        {
            return true;
        }
        if token.is_in(&words.determiner) {
            return joined || before.word.ends_with("ing") || before.is_in(&words.determiner);
        }
        if token.is_in(&words.object) {
            return joined;
        }
        if matches!(token.word, "had" | "has" | "have") {
            let next = self.tokens[i + 1..].iter().find(|t| !t.is_adverb(words));
            return next.is_some_and(|next| self.is_verb(next));
        }
        if token.word == "and" {
            return *lower < 2;
        }
        if token.is_in(&words.auxiliary)
            || token.is_in(&words.subject)
            || token.is_in(&words.subordinator) && !token.is_in(&words.preposition)
            || token.is_in(&words.complementizer)
        {
            return false;
        }
        if token.is_in(&words.preposition) || token.is_adverb(words) || self.is_particle(token) {
            return true;
        }
        // After a name, a word that is none of it may be its verb: `Hale left the room and said so`.
        *lower += 1;
        *lower <= PHRASE && (!name || joined || before.is_genitive() || self.leads_to_name(i))
    }

    /// `Labour leader Hale said`, `Police officers said`: one or two words in lower case, and the verb right after them or
    /// a name.
    fn leads_to_name(&self, i: usize) -> bool {
        let rest = &self.tokens[i..];
        let lower = rest
            .iter()
            .take_while(|t| !t.is_upper() && t.marks.is_empty() && !self.is_verb(t))
            .count();
        let names = rest[lower..]
            .iter()
            .take_while(|t| t.is_upper() && !t.has_comma())
            .count();
        let verb = rest.get(lower + names);
        lower <= 2 && verb.is_some_and(|t| self.is_verb(t))
    }

    fn is_particle(&self, token: &Token) -> bool {
        matches!(
            token.word,
            "de" | "da"
                | "di"
                | "du"
                | "del"
                | "della"
                | "dos"
                | "van"
                | "von"
                | "der"
                | "den"
                | "la"
                | "le"
                | "al"
                | "el"
                | "bin"
                | "ibn"
                | "y"
                | "e"
        ) || token.word.starts_with("al-")
    }

    /// A word that begins an adverbial or a clause, not a name: `In May Hale said`, `That …`, `If …`.
    fn is_lead(&self, token: &Token) -> bool {
        let words = self.words;
        token.word != "Other"
            && (token.is_in(&words.preposition)
                || token.is_in(&words.subordinator)
                || token.is_in(&words.complementizer)
                || token.is_in(&words.auxiliary)
                || token.is_in(&words.object)
                || token.is_adverb(words))
    }

    /// Whether the verb at `i` is the main verb of the clause.
    fn may_report(&self, i: usize, name: bool, relative: Option<usize>) -> bool {
        let (verb, before) = (&self.tokens[i], &self.tokens[i - 1]);
        let barred = |t: &Token| {
            matches!(t.word, "and" | "but" | "or" | "not" | "to" | "never")
                || t.is_in(&self.words.auxiliary) && !matches!(t.word, "had" | "has" | "have")
                || t.is_in(&self.words.preposition)
                || t.is_in(&self.words.determiner)
                    && i > 1
                    && !matches!(t.word, "other" | "others" | "all")
        };
        let person = name && !before.is_in(&self.words.determiner);
        !barred(before)
            && relative.is_none_or(|at| i > at + 2)
            && (person || !verb.is_in(&self.words.weak))
    }

    /// Whether what follows the verb at `i` leaves the quotation as what was said.
    fn is_said_before(&self, i: usize) -> bool {
        let (verb, words) = (&self.tokens[i], self.words);
        let rest = &self.tokens[i + 1..];
        if verb.marks.contains(':') {
            return rest
                .first()
                .is_some_and(|t| t.opens.is_none() && !t.is_upper());
        }
        let Some(next) = rest.first() else {
            return true;
        };
        if !verb.marks.is_empty() {
            // What somebody else says to it: `Roe replied, “No.”`
            let answers = next.opens.is_some_and(is_opening_mark) && next.is_upper();
            return !(answers && verb.has_comma());
        }
        if next.opens.is_some_and(is_opening_mark) {
            return false;
        }
        if next.word.is_empty() || next.word.starts_with(['—', '–', '-']) || next.opens == Some('(')
        {
            return true;
        }
        let noun_phrase = |t: &Token| {
            (t.is_in(&words.determiner) && !(t.word == "this" || t.word == "that"))
                || t.is_in(&words.object)
                || t.is_upper()
                || t.is_in(&words.hearers)
        };
        if verb.is_in(&words.hears) && noun_phrase(next) && !self.is_day(next) {
            return self.is_only_heard(rest);
        }
        let second = rest.get(1);
        if next.word == "to" {
            return second.is_some_and(noun_phrase) && self.is_adverbial(rest);
        }
        let period = || {
            let period = [
                "week",
                "month",
                "year",
                "morning",
                "evening",
                "time",
                "summer",
                "weekend",
                "afternoon",
                "season",
                "day",
                "times",
            ];
            second.is_some_and(|s| period.contains(&s.word))
        };
        let adverbial = next.is_adverb(words)
            || self.is_day(next)
            || next.is_in(&words.determiner) && period()
            || next.word.ends_with("ing") && !next.is_in(&words.complementizer)
            || next.is_in(&words.preposition)
                && !(next.word == "for" || next.word == "about" && verb.is_in(&words.hears))
            || next.is_in(&words.subordinator)
                && !matches!(
                    next.word,
                    "if" | "where" | "who" | "whose" | "which" | "so" | "than"
                );
        adverbial && self.is_adverbial(rest)
    }

    fn is_day(&self, token: &Token) -> bool {
        token.is_upper() && calendar::weekday(token.word).is_some()
    }

    /// Whether nothing in the rest of the sentence is what somebody said: no `that`, no clause of its own.
    fn is_adverbial(&self, rest: &[Token]) -> bool {
        let words = self.words;
        let mut subordinate = false;
        for (i, token) in rest.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| &rest[i]);
            let after = |t: &Token| {
                t.is_in(&words.subordinator) || t.has_comma() || t.is_in(&words.preposition)
            };
            if token.opens.is_some_and(is_opening_mark) {
                return false;
            }
            subordinate |= token.is_in(&words.subordinator);
            let demonstrative =
                token.word == "that" && before.is_some_and(|t| t.is_in(&words.preposition));
            if !subordinate && !demonstrative && matches!(token.word, "that" | "whether" | "if")
                || token.is_in(&words.subject)
                    && token.word != "who"
                    && !subordinate
                    && !before.is_some_and(after)
                || token.is_in(&words.auxiliary) && !subordinate && before.is_some()
            {
                return false;
            }
            if token.has_comma() || token.stops(self.lexicon) {
                let next = rest.get(i + 1);
                let clause = |t: &Token| t.is_in(&words.subject) && t.word != "who";
                let quotes = token.marks.contains(':') || token.has_comma();
                let other = |t: &Token| t.opens.is_some_and(is_opening_mark) && t.is_upper();
                return !next.is_some_and(|t| quotes && other(t) || token.has_comma() && clause(t));
            }
        }
        true
    }

    /// Whether the rest of the sentence names those who heard it, and no more.
    fn is_only_heard(&self, rest: &[Token]) -> bool {
        let words = self.words;
        for (i, token) in rest.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| &rest[i]);
            let ahead = rest.get(i + 1);
            let verb_follows = token.word == "to"
                && ahead.is_none_or(|t| {
                    !t.is_upper() && !t.is_in(&words.determiner) && !t.is_in(&words.object)
                });
            if verb_follows
                || i > 0 && token.is_in(&words.complementizer)
                || matches!(token.word, "for" | "about" | "question" | "questions")
            {
                return false;
            }
            if token.has_comma() || token.stops(self.lexicon) {
                return true;
            }
            if i > 0
                && token.is_in(&words.subordinator)
                && !matches!(token.word, "and" | "or" | "who")
            {
                return true;
            }
            let joined =
                before.is_none_or(|t| t.is_in(&words.preposition) || t.is_in(&words.determiner));
            if i > 0
                && (token.is_in(&words.subject) && token.word != "who"
                    || token.is_in(&words.auxiliary)
                    || matches!(token.word, "his" | "her" | "its" | "their") && !joined)
            {
                return false;
            }
        }
        true
    }
}

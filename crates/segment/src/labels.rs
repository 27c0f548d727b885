//! Speakers' labels: what looks like one on a line (see [`text::turns`]) is one where the whole text speaks for it.
//!
//! `NOTE:`, `WASHINGTON:`, `STRENGTHS:` and `Jane Roe:` look alike. That they name speakers is shown by labels that come
//! again, by titles and roles (`SEN.`, `HOST`), by names that the text has elsewhere, and by talk after the colon.

mod alone;

use crate::marks::without_closing;
use alone::{Bare, bare_labels, bare_name};
use document::Span;
use std::collections::HashMap;
use text::turns::{self, Form};

/// In small letters a label needs more: so many lines that begin with one.
const FEWEST_SMALL: usize = 3;

/// The labels of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels {
    /// In the order of the text.
    spans: Vec<Span>,
}

/// A line that may begin with a label.
struct Line<'t> {
    label: Span,
    form: Form,
    key: &'t str,
    words: usize,
    /// The label as it is written.
    text: &'t str,
    shown: bool,
    /// What follows ends as a sentence does.
    talk: bool,
    asks: bool,
    /// Its label is set in bold, as Markdown has it.
    bold: bool,
    timed: bool,
}

/// What the text says of a key.
#[derive(Default, Clone, Copy)]
struct Key<'t> {
    lines: usize,
    /// Lines that begin with the very label that the first one has.
    same: usize,
    first: &'t str,
    shown: bool,
    /// Lines that are a question, as an interviewer's are.
    asks: usize,
    /// It ends labels of different lengths: `HELEN VOSS`, `VOSS`.
    varied: bool,
    words: usize,
    /// It stands inside a sentence as a name.
    mentioned: bool,
}

impl Key<'_> {
    /// The text has it more than once, or shows otherwise that it names a speaker.
    fn is_speaker(self) -> bool {
        let asks = self.lines > 1 && self.asks == self.lines;
        let repeated_name = self.same > 1 && self.words > 1;
        self.shown || self.varied || self.mentioned || asks || repeated_name
    }
}

impl Labels {
    /// The labels of `text`, in linear time.
    pub(crate) fn read(text: &str) -> Self {
        let mut lines = Vec::new();
        let mut names: Vec<Bare> = Vec::new();
        let mut at = 0;
        let mut waiting = false;
        let mut number = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let line = text[at..end].trim_start();
            let start = end - line.len();
            at = end + 1;
            let line = line.trim_end();
            if line.is_empty() {
                continue;
            }
            number += 1;
            if let Some(found) = turns::read(line) {
                let rest = line[found.len..].trim();
                lines.push(Line {
                    label: Span::new(start, start + found.len),
                    form: found.form,
                    key: found.key,
                    words: found.words,
                    text: &line[..found.len],
                    shown: found.shown,
                    talk: rest.is_empty() || is_talk(rest),
                    asks: rest.ends_with('?'),
                    bold: line.starts_with("**"),
                    timed: found.timed,
                });
            }
            if let Some(name) = names.last_mut().filter(|_| waiting) {
                name.said = is_talk(line);
                name.shown |= line.ends_with('?');
            }
            let name = bare_name(line);
            waiting = name.is_some();
            if let Some(shown) = name {
                names.push(Bare {
                    span: Span::new(start, start + line.len()),
                    number,
                    said: false,
                    shown,
                });
            }
        }
        let mut spans = colon_labels(text, &lines);
        if spans.is_empty() {
            spans = bare_labels(text, &names);
        }
        Self { spans }
    }

    /// The label of a sentence, which may be all of it.
    pub(crate) fn of(&self, text: &str, sentence: Span) -> Option<Span> {
        // A name without a colon is one only where its line is a sentence.
        let fits = |label: &Span| {
            let within = label.end < sentence.end && text[*label].ends_with([':', '.', '*']);
            within || *label == sentence
        };
        self.at(sentence.start).filter(fits)
    }

    /// The label that begins at byte `at`.
    pub(crate) fn at(&self, at: usize) -> Option<Span> {
        let index = self.spans.binary_search_by_key(&at, |span| span.start);
        index.ok().map(|index| self.spans[index])
    }
}

/// The labels with a colon (or `Q.`), form by form.
fn colon_labels<'t>(text: &str, lines: &[Line<'t>]) -> Vec<Span> {
    if lines.is_empty() {
        return Vec::new();
    }
    let mut keys: HashMap<(Form, &'t str), Key<'t>> = HashMap::new();
    for line in lines {
        let key = keys.entry((line.form, line.key)).or_default();
        key.varied |= key.lines > 0 && key.words != line.words;
        if key.lines == 0 {
            key.first = line.text;
        }
        key.lines += 1;
        key.same += usize::from(key.first == line.text);
        key.words = line.words;
        key.shown |= line.shown;
        key.asks += usize::from(line.asks);
    }
    // One label alone makes no transcript, whatever the text has of its name.
    if lines.len() > 1 {
        find_mentions(text, &mut keys);
    }
    let takes = |form| {
        let of_form: Vec<&Line<'t>> = lines.iter().filter(|line| line.form == form).collect();
        is_transcript(form, &of_form, &keys)
    };
    let taken = [Form::Capitals, Form::Letter, Form::Small].map(|form| (form, takes(form)));
    let letters = taken.contains(&(Form::Letter, true));
    let is_taken = |line: &&Line<'_>| {
        let key = keys[&(line.form, line.key)];
        match line.form {
            // `MR JUSTICE HALE:` among `Q.` and `A.`
            Form::Capitals if letters && line.shown => true,
            // In small letters each name needs evidence of its own: an article has many a colon.
            Form::Small if !line.talk => false,
            Form::Small if key.lines == 1 && !key.is_speaker() && !line.bold => false,
            form => taken.contains(&(form, true)),
        }
    };
    lines
        .iter()
        .filter(is_taken)
        .map(|line| line.label)
        .collect()
}

/// Whether the lines that begin with what looks like a label of this form are a transcript's.
fn is_transcript<'t>(
    form: Form,
    lines: &[&Line<'t>],
    keys: &HashMap<(Form, &'t str), Key<'t>>,
) -> bool {
    let of = |line: &Line<'t>| keys[&(form, line.key)];
    let talk = lines.iter().filter(|line| line.talk).count();
    let shown = lines.iter().any(|line| of(line).is_speaker());
    let again = lines.iter().any(|line| of(line).lines > 1);
    let again_and_shown = lines
        .iter()
        .any(|line| (of(line).same > 1 || of(line).varied) && of(line).is_speaker());
    let two = lines.iter().any(|line| line.key != lines[0].key);
    match form {
        Form::Letter => {
            // `A. First, B. Second` is a list.
            let asked = lines.iter().filter(|line| line.key == "Q").count();
            let answered = lines.len() - asked;
            asked > 1 || (asked > 0 && (answered > 0 || lines.iter().any(|line| line.asks)))
        }
        Form::Capitals => {
            let by_title = lines.iter().filter(|line| line.shown).count() > 1 && two;
            lines.len() > 1 && 4 * talk >= 3 * lines.len() && ((again && shown) || by_title)
        }
        Form::Small => {
            // `Question: …? Spokesman: …`; a time before each is an automatic transcript's.
            let talks = lines.iter().any(|line| line.asks || line.timed);
            let roles = lines.iter().all(|line| line.shown) && talks;
            let enough = lines.len() >= FEWEST_SMALL && again_and_shown;
            two && 5 * talk >= 4 * lines.len() && (roles || enough)
        }
    }
}

/// Finds the keys that stand inside sentences as names.
fn find_mentions<'t>(text: &str, keys: &mut HashMap<(Form, &'t str), Key<'t>>) {
    let lower: HashMap<String, Vec<(Form, &str)>> =
        keys.keys().fold(HashMap::new(), |mut lower, key| {
            let of: &mut Vec<_> = lower.entry(key.1.to_lowercase()).or_default();
            of.push(*key);
            lower
        });
    let longest = lower.keys().map(String::len).max().unwrap_or_default();
    for line in text.lines() {
        let body =
            turns::read(line.trim_start()).map_or(line, |label| &line.trim_start()[label.len..]);
        let mut inside = false;
        for word in body.split_whitespace() {
            let name = word
                .trim_matches(|c: char| !c.is_alphabetic())
                .trim_end_matches("’s")
                .trim_end_matches("'s");
            if inside && name.len() <= longest && name.starts_with(char::is_uppercase) {
                for key in lower.get(&name.to_lowercase()).into_iter().flatten() {
                    if let Some(key) = keys.get_mut(key) {
                        key.mentioned = true;
                    }
                }
            }
            inside = !word.ends_with(['.', '!', '?', ':', '“', '"']) || turns::is_title(name);
        }
    }
}

/// Words that end as a sentence does, or break off; figures (`Roe: 1,204 votes.`) are none.
fn is_talk(line: &str) -> bool {
    let end = without_closing(line);
    !line.starts_with(|c: char| c.is_ascii_digit())
        && end.len() > 1
        && end.ends_with(['.', '!', '?', '…', '—', '–', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<&str> {
        Labels::read(text)
            .spans
            .iter()
            .map(|span| &text[*span])
            .collect()
    }

    #[test]
    fn a_transcript_shows_its_labels() {
        for (text, expected) in [
            (
                "HELEN VOSS: Good morning.\n\nSEN. RUTH CALLOWAY (D-OR): Good morning.\n\nVOSS: Will you vote?",
                vec!["HELEN VOSS:", "SEN. RUTH CALLOWAY (D-OR):", "VOSS:"],
            ),
            (
                "ANA ROE, HOST:\n\nIt rains.\n\nTOM HILL, BYLINE: It does.\n\nROE: Thanks.",
                vec!["ANA ROE, HOST:", "TOM HILL, BYLINE:", "ROE:"],
            ),
            (
                "Q. Were you there?\nA. I was.\nMR JUSTICE HALE: You were?\nMR JUSTICE HALE: Go on.",
                vec!["Q.", "A.", "MR JUSTICE HALE:", "MR JUSTICE HALE:"],
            ),
            (
                "The novelist Ines Barrow spoke to us.\n\nInterviewer: Where did it begin?\n\nBarrow: With a stain.\n\n\
                 Interviewer: And then?\n\nBarrow: I lost it.",
                vec!["Interviewer:", "Barrow:", "Interviewer:", "Barrow:"],
            ),
            (
                ">> ANA ROE: It rains.\n>> TOM HILL: It does.",
                vec![">> ANA ROE:", ">> TOM HILL:"],
            ),
            (
                "**Ana Roe:** Why?\n\n**Tom Hill:** I like it.\n\n**Ana Roe:** Really?",
                vec!["**Ana Roe:**", "**Tom Hill:**", "**Ana Roe:**"],
            ),
            (
                "Ana Roe\nWill you vote for it?\nTom Hill\nI will not.\nAna Roe\nWhy?\nTom Hill\nIt is bad.",
                vec!["Ana Roe", "Tom Hill", "Ana Roe", "Tom Hill"],
            ),
            (
                "[00:00:01] Ana Roe: Welcome…\n\n[00:01:12] Tom Hill: Good to be here.",
                vec!["[00:00:01] Ana Roe:", "[00:01:12] Tom Hill:"],
            ),
            (
                "ANA ROE: It rains.\n\nJO HILL [laughs]: It does.\n\nANA ROE: So, Jo Hill, why? Ask Ana Roe.",
                vec!["ANA ROE:", "JO HILL [laughs]:", "ANA ROE:"],
            ),
            (
                "Question: Is it true?\n\nSpokesman: It is.",
                vec!["Question:", "Spokesman:"],
            ),
            (
                "NYT: Why?\n\nKim Roe: I like it.\n\nNYT: Really?\n\nRoe: Yes, I do.",
                vec!["NYT:", "NYT:"],
            ),
            (
                "ANA ROE\n\nWill you vote for it?\n\nTOM HILL\n\nI will not.\n\nANA ROE\n\nWhy?",
                vec!["ANA ROE", "TOM HILL", "ANA ROE"],
            ),
        ] {
            assert_eq!(labels(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_labels_is_none() {
        for text in [
            "Note: It rained.\n\nNote: It rained again.\n\nNote: It stopped.",
            "New Delhi: It rained.\n\nMumbai: It did not.\n\nOslo: It snowed.",
            "ISLAMABAD: Growers threatened to block the road.\n\nThey did.",
            "PHOTO: A ship.\n\nPHOTO: Another ship.",
            "WHAT: A walk.\n\nWHEN: Monday.\n\nWHERE: Oslo.",
            "STRENGTHS: Fast.\n\nFLAWS: Small.\n\nSTRENGTHS: Tall.\n\nFLAWS: Slow.",
            "Pros: Light.\n\nFlaws: Loud.\n\nPros: Cheap.\n\nFlaws: Ugly.",
            "A. The first point.\nB. The second.\nA. Again.",
            "RESULTS\n\nBrayford 3 Marwick 0\n\nTABLE\n\nBrayford 3",
            "Ana Roe: one to watch.",
            "The Left was ahead of the Right.\n\nSafe Left: Oslo.\n\nLeans Left: Split.\n\nLeans Right: Nice.",
            "10:15 GMT\nFloods rise\nThey rose.\nAna Roe\n10:10 GMT\nRoads shut\nThey are shut.\nAna Roe\nTom Hill\nIt rains.",
            "",
        ] {
            assert_eq!(labels(text), [""; 0], "{text}");
        }
    }
}

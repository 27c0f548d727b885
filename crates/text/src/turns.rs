//! Turns of a transcript: the label that says who speaks.
//!
//! What a label looks like can be said of one line; whether a line that looks so is one needs the document: `NOTE:`,
//! `WASHINGTON:` and `Jane Roe:` may all stand before a colon. [`read`] is the grammar of one line.

use crate::lists::{self, WordSet};
use std::sync::LazyLock;

const LIST: &str = include_str!("../data/turns.txt");

/// A label and its colon have at most so many bytes, with title, party and what the speaker is.
const LONGEST: usize = 80;

/// A speaker's name has at most so many words, its title included.
const MOST_WORDS: usize = 5;

/// Particles of names, in small letters among capitals.
const PARTICLES: [&str; 10] = [
    "de", "da", "del", "van", "von", "der", "bin", "al", "la", "of",
];

/// How a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// `JANE ROE:`, `SEN. RUTH CALLOWAY (D-OR):`
    Capitals,
    /// `Q.`, `A:`
    Letter,
    /// `Jane Roe:`, `Interviewer:`
    Small,
}

/// What looks like the label of a speaker at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'l> {
    /// Bytes from the line's start to the colon, which is included, or to the full stop of `Q.`. A time before the name,
    /// `[00:01:12] Jane Roe:`, and what is heard, `JANE ROE [laughs]:`, are part of the label.
    pub len: usize,
    /// How it is written.
    pub form: Form,
    /// The last word of the speaker's name: `CALLOWAY` for `SEN. RUTH CALLOWAY (D-OR):`; `Q` or `A`.
    pub key: &'l str,
    /// Words of the name, its title included.
    pub words: usize,
    /// A title, a role, a party in brackets, a time with seconds or `>>` shows that it names a speaker.
    pub shown: bool,
    /// A time with seconds stands before the name.
    pub timed: bool,
}

/// What looks like a speaker's label at the start of `line`; `None` where there is none. A word that heads lines of pages
/// (`Note:`, `Photo:`) is none.
///
/// ```
/// use text::turns::{Form, read};
/// let label = read("SEN. RUTH CALLOWAY (D-OR): Good morning.").expect("a label");
/// assert_eq!((label.len, label.form, label.key), (26, Form::Capitals, "CALLOWAY"));
/// assert_eq!(read("Q. Why?").map(|label| label.form), Some(Form::Letter));
/// assert_eq!(read("Note: It rained."), None);
/// ```
pub fn read(line: &str) -> Option<Label<'_>> {
    let start = before_name(line);
    let begins = &line[..start];
    let timed = begins.matches(':').count() > 1;
    let shown = timed || begins.contains(">>");
    let found = letter(line, start).or_else(|| named(line, start, shown))?;
    Some(Label { timed, ..found })
}

/// How many bytes of a line stand before the name of its label: `>>`, the marks of Markdown, and the time that automatic
/// transcripts have, in brackets or as hours, minutes and seconds.
///
/// ```
/// assert_eq!(text::turns::before_name("[00:01:12] Jane Roe: We waited."), "[00:01:12] ".len());
/// assert_eq!(text::turns::before_name("**Jane Roe:** We waited."), "**".len());
/// assert_eq!(text::turns::before_name("10:15 We waited."), 0);
/// ```
pub fn before_name(line: &str) -> usize {
    let mut rest = past_marks(line);
    if let Some(len) = time(rest) {
        rest = past_marks(rest[len..].trim_start());
    }
    line.len() - rest.len()
}

/// The line from where `>>` and the marks of Markdown are over.
fn past_marks(line: &str) -> &str {
    let rest = line.trim_start_matches(['>', '*', '_']);
    match line.starts_with(">>") {
        true => rest.trim_start(),
        false => rest,
    }
}

/// How many bytes the time takes at the start of a line: `[1:12]`, `(00:01:12.5)`, `00:01:12`. Without brackets it needs
/// seconds, since `10:15` heads many a line that is no talk.
fn time(line: &str) -> Option<usize> {
    let close = match line.chars().next()? {
        '[' => Some(']'),
        '(' => Some(')'),
        _ => None,
    };
    let begin = usize::from(close.is_some());
    let digits = line[begin..].find(|c: char| !(c.is_ascii_digit() || ":.,".contains(c)))?;
    let written = &line[begin..begin + digits];
    let colons = written.matches(':').count();
    let sound = written.split(':').all(|part| {
        let whole = part.split(['.', ',']).next().unwrap_or_default();
        matches!(whole.len(), 1 | 2)
    });
    let after = line[begin + digits..].chars().next()?;
    match close {
        Some(close) => (sound && colons > 0 && after == close).then_some(digits + 2),
        None => (sound && colons == 2 && after.is_whitespace()).then_some(digits),
    }
}

/// How many bytes a label in capitals takes at the start of a line, its colon and the space after it included; `None`
/// where the line has no label or nothing follows it.
///
/// ```
/// assert_eq!(text::turns::label("J. P. MORENO: We waited."), Some("J. P. MORENO: ".len()));
/// assert_eq!(text::turns::label("Note: We waited."), None);
/// ```
pub fn label(line: &str) -> Option<usize> {
    let found = read(line).filter(|label| label.form == Form::Capitals)?;
    let rest = line.get(found.len..)?;
    let indent = rest.len() - rest.trim_start().len();
    (indent > 0).then_some(found.len + indent)
}

/// Whether a word before a colon is about the page or the text, and neither a speaker nor a place: `Note`, `PHOTO`.
///
/// ```
/// assert!(text::turns::is_heading("NOTE") && !text::turns::is_heading("Oslo"));
/// ```
pub fn is_heading(word: &str) -> bool {
    static HEADINGS: LazyLock<WordSet> = LazyLock::new(|| words("heading"));
    HEADINGS.contains(&word.to_lowercase().replace('’', "'"))
}

/// Whether a word is a title before a speaker's name: `SEN.`, `Mr`.
///
/// ```
/// assert!(text::turns::is_title("SEN.") && !text::turns::is_title("ST."));
/// ```
pub fn is_title(word: &str) -> bool {
    static TITLES: LazyLock<WordSet> = LazyLock::new(|| words("title"));
    TITLES.contains(&word.trim_end_matches('.').to_lowercase())
}

/// Whether a word names a speaker by what they do: `HOST`, `Interviewer`.
///
/// ```
/// assert!(text::turns::is_role("Host") && !text::turns::is_role("Roe"));
/// ```
pub fn is_role(word: &str) -> bool {
    static ROLES: LazyLock<WordSet> = LazyLock::new(|| words("role"));
    ROLES.contains(&word.to_lowercase())
}

fn words(section: &str) -> WordSet {
    lists::section(LIST, section)
        .flat_map(str::split_whitespace)
        .collect()
}

/// `Q.` and `A:`
fn letter(line: &str, start: usize) -> Option<Label<'_>> {
    let key = line.get(start..=start)?;
    let marked = matches!(key, "Q" | "A") && line.get(start + 1..)?.starts_with(['.', ':']);
    let len = closed(line, start, start + 2).filter(|_| marked)?;
    Some(Label {
        len,
        form: Form::Letter,
        key,
        words: 1,
        shown: true,
        timed: false,
    })
}

/// A name or a role before a colon.
fn named(line: &str, start: usize, shown: bool) -> Option<Label<'_>> {
    let window = &line.as_bytes()[start..line.len().min(start + LONGEST)];
    // Most lines have none; looking for any takes less time than looking for the first.
    if !window.iter().fold(false, |any, b| any | (*b == b':')) {
        return None;
    }
    let colon = start + window.iter().position(|b| *b == b':')?;
    let len = closed(line, start, colon + 1)?;
    let body = without_sound(line.get(start..colon)?.trim_end_matches(['*', '_']));
    let (name, rest) = split_name(body)?;
    // `Figures (Table 2):`, `Ana, please read this:`
    let small = |word: &str| word.starts_with(char::is_lowercase) && !PARTICLES.contains(&word);
    if (rest.starts_with('(') && !is_party(rest))
        || (rest.starts_with(',') && !rest.contains('(') && rest.split(' ').any(small))
    {
        return None;
    }
    let mut found = Label {
        len,
        form: form(name)?,
        key: "",
        words: 0,
        shown: shown || is_party(rest),
        timed: false,
    };
    let first = name.split(' ').next().unwrap_or_default();
    for word in name.split(' ') {
        let begins = word.chars().next().is_some_and(char::is_uppercase);
        let number = found.words > 0 && word.bytes().all(|b| b.is_ascii_digit());
        if word.is_empty() || !(PARTICLES.contains(&word) || begins || number) {
            return None;
        }
        found.words += 1;
        // `HOST`, `THE COURT`, `UNIDENTIFIED MALE`, but not `BooleanPolygon Operator`.
        let role = found.words == 1 || first.eq_ignore_ascii_case("the");
        found.shown |= is_title(word) || (role && is_role(word));
        found.key = word;
    }
    // What a speaker is, `JANE ROE, HOST`.
    found.shown |= rest
        .split([',', ' ', '(', ')'])
        .any(|word| is_title(word) || is_role(word));
    let about = (is_heading(first) || is_heading(found.key)) && !is_role(found.key);
    let sound = found.words <= MOST_WORDS && !about && name.chars().any(char::is_alphabetic);
    sound.then_some(found)
}

/// What stands before the brackets that say what is heard: `JANE ROE [laughs]`.
///
/// ```
/// assert_eq!(text::turns::without_sound("JANE ROE [laughs]"), "JANE ROE");
/// ```
pub fn without_sound(name: &str) -> &str {
    match name.split_once(" [") {
        Some((before, sound)) if sound.ends_with(']') => before.trim_end(),
        _ => name,
    }
}

/// The name, and what follows it: a party in brackets, or a comma and what the speaker is.
fn split_name(body: &str) -> Option<(&str, &str)> {
    let known = |c: char| c.is_alphanumeric() || " .,’'-–&/()#".contains(c);
    if !body.chars().all(known) || body.ends_with(' ') {
        return None;
    }
    let end = body.find([',', '(']).unwrap_or(body.len());
    let (name, rest) = body.split_at(end);
    Some((name.trim_end(), rest))
}

/// `(D-OR)`, `(Brayford) (Lab)`, `(via translator)`
fn is_party(rest: &str) -> bool {
    rest.starts_with('(') && rest.ends_with(')') && !rest.bytes().any(|b| b.is_ascii_digit())
}

/// How a name is written; `McCARTHY` is in capitals.
fn form(name: &str) -> Option<Form> {
    let mut letters = 0;
    let mut small = 0;
    for word in name.split(' ').filter(|word| !PARTICLES.contains(word)) {
        let rest = word.strip_prefix("Mc").or(word.strip_prefix("Mac"));
        let word = rest.filter(|rest| rest.len() > 1).unwrap_or(word);
        letters += word.chars().filter(|c| c.is_alphabetic()).count();
        small += word.chars().filter(|c| c.is_lowercase()).count();
    }
    match (letters, small) {
        (0 | 1, _) => None,
        (_, 0) => Some(Form::Capitals),
        _ => Some(Form::Small),
    }
}

/// Where a label that began at `start` and whose colon ends at `end` is over, with the marks of Markdown that close it; a
/// blank or nothing follows.
fn closed(line: &str, start: usize, end: usize) -> Option<usize> {
    let rest = line.get(end..)?;
    let marks = match start {
        0 => 0,
        _ => rest.len() - rest.trim_start_matches(['*', '_']).len(),
    };
    let rest = &rest[marks..];
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(end + marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_transcripts_write() {
        use Form::{Capitals, Letter, Small};
        for (label, form, key, shown) in [
            ("MR. SMITH:", Capitals, "SMITH", true),
            ("J. P. MORENO:", Capitals, "MORENO", false),
            ("SEN. RUTH CALLOWAY (D-OR):", Capitals, "CALLOWAY", true),
            ("JOHN DOE, BBC NEWS:", Capitals, "DOE", false),
            ("STEVE ANDRADE, HOST:", Capitals, "ANDRADE", true),
            ("JANE ROE (via translator):", Capitals, "ROE", true),
            ("McCARTHY:", Capitals, "McCARTHY", false),
            ("UNIDENTIFIED MALE:", Capitals, "MALE", true),
            ("SPEAKER 1:", Capitals, "1", true),
            ("THE PRESIDENT:", Capitals, "PRESIDENT", true),
            (">> JANE ROE:", Capitals, "ROE", true),
            ("**JANE ROE:**", Capitals, "ROE", false),
            ("LEYLA AL-AMIN:", Capitals, "AL-AMIN", false),
            ("Q.", Letter, "Q", true),
            ("A:", Letter, "A", true),
            ("**Q:**", Letter, "Q", true),
            ("Jane Roe:", Small, "Roe", false),
            ("Interviewer:", Small, "Interviewer", true),
            ("Dr Ludwig van Hoek:", Small, "Hoek", true),
            ("Ana Roe (Brayford) (Lab):", Small, "Roe", true),
            ("[00:01:12] Ana Roe:", Small, "Roe", true),
            ("(1:12) **Ana Roe:**", Small, "Roe", false),
            ("00:01:12.500 ANA ROE:", Capitals, "ROE", true),
            ("[00:01] Q:", Letter, "Q", true),
            ("JO HILL [laughs]:", Capitals, "HILL", false),
        ] {
            for rest in ["", " We waited."] {
                let line = format!("{label}{rest}");
                let found = read(&line).unwrap_or_else(|| panic!("{line}"));
                assert_eq!((found.len, found.form, found.key), (label.len(), form, key));
                assert_eq!(found.shown, shown, "{line}");
            }
        }
    }

    #[test]
    fn what_heads_a_line_is_no_label() {
        for line in [
            "",
            ":",
            "Note: It rained.",
            "UPDATE: It rained.",
            "Photo: Ana Roe",
            "Editor’s Note: It rained.",
            "Delegate Update: It rained.",
            "Ana, please read this: It rained.",
            "Re: rain",
            "Sort Operator (Listing 1): It rained.",
            "PHOTO: Ana Roe",
            "Related: Floods",
            "READ MORE: Floods",
            "Ingredients: eggs",
            "He said: Go.",
            "10:15 GMT",
            "10:15 Ana Roe: We waited.",
            "[00:01:12] It rained.",
            "[2024] Ana Roe: We waited.",
            "[00:01:12 Ana Roe: We waited.",
            "[laughs]: no",
            "http://example.com",
            "JANE ROE:We waited.",
            "JANE “JO” ROE: We waited.",
            "What now? Nothing: no.",
            "Queue here.",
            "A bus came.",
            "é: a",
            "The minister of the interior said on Monday in a statement: no.",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn a_label_inside_marks_is_in_capitals() {
        assert_eq!(label("MORENO: We waited."), Some(8));
        assert_eq!(label("MORENO:"), None);
        assert_eq!(label("Moreno: We waited."), None);
        assert_eq!(label("Q: Why?"), None);
    }
}

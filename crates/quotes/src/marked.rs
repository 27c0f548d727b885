//! Where quotation marks and model meet: the marks know better than the model where a quotation begins and ends.

use crate::linking::{Part, Role};
use document::Span;
use text::Reading;
use text::quotation::Quotation;

/// A marked stretch of fewer words is as often a title, a nickname or a word in doubt as it is speech.
const FEWEST_WORDS: usize = 5;

/// A subject with its apposition has at most so many words.
const LONGEST_SUBJECT: usize = 15;

/// Brings parts into line with the marks of `reading`: contents go to the marks of the quotation that they mostly fill.
/// `parts` are ordered and disjoint before and after.
pub(crate) fn reconcile(reading: &Reading<'_>, parts: &mut Vec<Part>) {
    let mut absorbed = vec![false; parts.len()];
    let mut next = 0;
    for q in reading.outermost() {
        while parts.get(next).is_some_and(|p| p.span.end <= q.span.start) {
            next += 1;
        }
        let mut end = next;
        while parts.get(end).is_some_and(|p| p.span.start < q.span.end) {
            end += 1;
        }
        // What the model found in it; a neighbour may reach in from either side.
        let sure: Vec<usize> = (next..end).filter(|&i| !parts[i].spare).collect();
        let content = |i: &usize| parts[*i].role == Role::Content;
        let whole = sure.iter().all(content)
            && 2 * sure
                .iter()
                .map(|&i| overlap(parts[i].span, q.span))
                .sum::<usize>()
                > q.span.len();
        if let (true, Some(&first), Some(&last)) = (whole, sure.first(), sure.last()) {
            let lower = parts[..next].last().map_or(0, |before| before.span.end);
            let upper = parts.get(end).map_or(usize::MAX, |after| after.span.start);
            let start = q.span.start.max(lower).min(parts[first].span.start);
            let stop = parts[last].span.end.max(q.span.end.min(upper));
            parts[first].span = Span::new(start, stop);
            // Further pieces of it, and what was in doubt, are no more.
            absorbed[next..end].fill(true);
            absorbed[first] = false;
        }
    }
    let mut absorbed = absorbed.into_iter();
    parts.retain(|_| absorbed.next() != Some(true));
    name_inverted_subjects(reading, parts);
    drop_titles(reading, parts);
    end_before_commas(reading, parts);
    find_inverted_subjects(reading, parts);
}

/// Words that end the subject of an inverted clause: what follows tells when, where or how.
const AFTER_SUBJECT: [&str; 16] = [
    "on",
    "in",
    "at",
    "after",
    "before",
    "when",
    "while",
    "as",
    "during",
    "to",
    "by",
    "yesterday",
    "last",
    "with",
    "and",
    "that",
];

/// “This is not over!” shouted one of the striking drivers: what follows the one word between speech and the end of the
/// clause says who, if nothing else does.
fn find_inverted_subjects(reading: &Reading<'_>, parts: &mut Vec<Part>) {
    let sure: Vec<&Part> = parts.iter().filter(|p| !p.spare).collect();
    let mut found = Vec::new();
    for (i, two) in sure.windows(2).enumerate() {
        let (speech, cue) = (two[0], two[1]);
        let marked = speech.role == Role::Content
            && cue.role == Role::Cue
            && reading.text().get(speech.span.end..cue.span.start) == Some(" ")
            && reading
                .quotation_at(speech.span.end.saturating_sub(1))
                .is_some_and(|q| {
                    q.closed && q.span.end == speech.span.end && looks(reading, q) != Looks::Inline
                });
        let verb = cue.span.get(reading.text()).unwrap_or_default();
        let limit = sure
            .get(i + 2)
            .map_or(reading.text().len(), |next| next.span.start);
        let (Some(rest), true) = (
            reading.text().get(cue.span.end..limit),
            marked && verb.chars().all(char::is_lowercase),
        ) else {
            continue;
        };
        let clause = rest
            .split(['.', ',', ';', ':', '\n', '“', '"', '(', '–', '—'])
            .next()
            .unwrap_or_default();
        let Some(clause) = clause.strip_prefix(' ') else {
            continue;
        };
        let subject: Vec<&str> = clause
            .split(' ')
            .take_while(|w| w.trim() == *w && !w.is_empty() && !AFTER_SUBJECT.contains(w))
            .collect();
        let end = subject.iter().map(|w| w.len() + 1).sum::<usize>();
        let words = subject.len();
        if (1..=LONGEST_SUBJECT).contains(&words) {
            let start = cue.span.end + 1;
            found.push(Part {
                span: Span::new(start, start + end - 1),
                role: Role::Source,
                score: cue.score,
                spare: false,
            });
        }
    }
    // In place of what the model thought possible there.
    let mut next = 0;
    parts.retain(|p| {
        while found
            .get(next)
            .is_some_and(|f: &Part| f.span.end <= p.span.start)
        {
            next += 1;
        }
        found.get(next).is_none_or(|f| p.span.end <= f.span.start)
    });
    parts.append(&mut found);
    parts.sort_by_key(|p| p.span.start);
}

/// “The band opened with “Northern Rain””: a few words in marks within a sentence, every one with a capital, are the title
/// of a work or a name, whatever the model takes them for. So is a nickname.
fn drop_titles(reading: &Reading<'_>, parts: &mut Vec<Part>) {
    parts.retain(|part| {
        let Some(q) = reading.quotation_at(part.span.start) else {
            return true;
        };
        let alone = part.role == Role::Content && q.span.end >= part.span.end;
        let inner = q.inner.get(reading.text()).unwrap_or_default();
        let name = is_title(inner) || is_nickname(reading.text(), q);
        !(alone && name && looks(reading, q) == Looks::Inline)
    });
}

/// A comma behind words without marks belongs to the clause around them: in PolNeAR's train part one such content in two
/// hundred ends with it.
fn end_before_commas(reading: &Reading<'_>, parts: &mut [Part]) {
    for part in parts.iter_mut().filter(|p| p.role == Role::Content) {
        let content = part.span.get(reading.text()).unwrap_or_default();
        if let Some(words) = content.strip_suffix(',')
            && words.ends_with(char::is_alphanumeric)
            && reading.quotation_at(part.span.end - 1).is_none()
        {
            part.span.end -= 1;
        }
    }
}

/// Whether a marked word stands within somebody's name: Robert C. “Bobby” Lowe.
fn is_nickname(text: &str, q: &Quotation) -> bool {
    let capital = |words: &str| words.starts_with(char::is_uppercase);
    let before = text.get(..q.span.start).and_then(|t| t.strip_suffix(' '));
    let before = before.and_then(|t| t.rsplit([' ', '\n']).next());
    let after = text.get(q.span.end..).and_then(|t| t.strip_prefix(' '));
    let inner = q.inner.get(text).unwrap_or_default();
    let word = !inner.contains(|c: char| !c.is_alphanumeric() && c != '-');
    word && [before, Some(inner), after]
        .into_iter()
        .all(|words| words.is_some_and(capital))
}

/// Two to eight words that begin with capitals, but for the small ones between them.
fn is_title(words: &str) -> bool {
    let small = |w: &str| {
        matches!(
            w,
            "a" | "an" | "and" | "for" | "in" | "of" | "on" | "or" | "the" | "to" | "with"
        )
    };
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let count = words.split_whitespace().count();
    (2..=8).contains(&count)
        && words.split_whitespace().next().is_some_and(capital)
        && words.split_whitespace().all(|w| capital(w) || small(w))
        && !words.ends_with(['.', ',', '!', '?'])
}

/// “…,” said her lawyer, Omar Haddad: what follows a cue that follows speech is its subject, even where the model, which
/// sees as many contents as subjects after a cue, takes it for a further content.
fn name_inverted_subjects(reading: &Reading<'_>, parts: &mut [Part]) {
    let sure: Vec<usize> = (0..parts.len()).filter(|&i| !parts[i].spare).collect();
    for three in sure.windows(3) {
        let [speech, cue, subject] = [three[0], three[1], three[2]].map(|i| &parts[i]);
        let roles =
            [speech.role, cue.role, subject.role] == [Role::Content, Role::Cue, Role::Content];
        let apart = |a: &Part, b: &Part| reading.text().get(a.span.end..b.span.start) != Some(" ");
        if !roles || apart(speech, cue) || apart(cue, subject) {
            continue;
        }
        let marked = reading
            .quotation_at(speech.span.end - 1)
            .is_some_and(|q| q.span.end == speech.span.end && looks(reading, q) != Looks::Inline);
        let words = subject.span.get(reading.text()).unwrap_or_default();
        let clause = ["that ", "to ", "if ", "whether ", "how ", "why ", "what "]
            .iter()
            .any(|c| words.starts_with(c));
        let unmarked = reading.quotation_at(subject.span.start).is_none();
        if marked && unmarked && !clause && words.split_whitespace().nth(LONGEST_SUBJECT).is_none()
        {
            parts[three[2]].role = Role::Source;
        }
    }
}

/// How many bytes two spans share.
fn overlap(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// What a marked stretch is by its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looks {
    /// Whole sentences or clauses, set off from the text before them and long enough: somebody's speech.
    Speech,
    /// Set off and ended like speech, but as short as a title: if it is a content, it ends with its closing mark.
    SetOff,
    /// Part of the sentence around it.
    Inline,
}

/// How a marked stretch looks: whether a comma, a colon or the paragraph's start sets it off, and whether it ends with
/// punctuation as speech does (inside the marks, or a comma after them in the style of many translations).
pub(crate) fn looks(reading: &Reading<'_>, q: &Quotation) -> Looks {
    let (Some(inner), Some(paragraph)) = (
        q.inner.get(reading.text()),
        reading.paragraphs().get(reading.paragraph_at(q.span.start)),
    ) else {
        return Looks::Inline;
    };
    let inner = inner.trim();
    let before = reading
        .text()
        .get(paragraph.start..q.span.start)
        .unwrap_or_default()
        .trim_end();
    let set_off = before.is_empty() || before.ends_with([',', ':', '.', '?', '!', '—', '–']);
    let ends = inner.ends_with(['.', ',', '!', '?', '…', '—', '-']);
    let comma = reading.text()[q.span.end..].starts_with(',');
    // Name: ‘The harbour is ours’, a headline.
    let rest = reading
        .text()
        .get(q.span.end..paragraph.end)
        .unwrap_or_default();
    let ends = ends || before.ends_with(':') && rest.trim().is_empty();
    let sound = q.closed || q.goes_on;
    if !set_off || !sound || !(ends || comma || q.goes_on) {
        return Looks::Inline;
    }
    let begins = before.is_empty() || !before.ends_with(',') || ends;
    let long = inner.split_whitespace().nth(FEWEST_WORDS - 1).is_some();
    if begins && long {
        Looks::Speech
    } else {
        Looks::SetOff
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str, words: &str, role: Role) -> Part {
        let start = text.find(words).unwrap_or_default();
        Part {
            span: Span::new(start, start + words.len()),
            role,
            score: 0.5,
            spare: false,
        }
    }

    fn contents(text: &str, mut parts: Vec<Part>) -> Vec<String> {
        reconcile(&Reading::new(text, vec![]), &mut parts);
        assert!(parts.is_sorted_by_key(|p| p.span.start));
        parts
            .iter()
            .filter(|p| p.role == Role::Content)
            .map(|p| text[p.span].to_owned())
            .collect()
    }

    #[test]
    fn contents_go_to_the_marks_that_they_mostly_fill() {
        let text = "“We will go home. We are tired,” he said.";
        let whole = ["“We will go home. We are tired,”"];
        let pieces = ["“We will go home.", "We are tired,”"].map(|p| part(text, p, Role::Content));
        assert_eq!(contents(text, pieces.to_vec()), whole);
        assert_eq!(
            contents(
                text,
                vec![part(text, "will go home. We are", Role::Content)]
            ),
            whole
        );
    }

    #[test]
    fn speech_is_set_off_and_long() {
        let of = |text: &str| {
            let reading = Reading::new(text, vec![]);
            looks(&reading, &reading.outermost()[0])
        };
        for text in [
            "“We will go home tomorrow,” he said.",
            "“We will go home tomorrow”, he said.",
            "He said: “We will go home tomorrow.”",
            "“We are all very tired\n“and hungry.”",
        ] {
            assert_eq!(of(text), Looks::Speech, "{text}");
        }
        assert_eq!(of("“No!” he said."), Looks::SetOff);
        assert_eq!(of("The film, “A Long Way Home,” won."), Looks::SetOff);
        assert_eq!(
            of("He spoke of “a land of milk and honey” there."),
            Looks::Inline
        );
        assert_eq!(of("“We will go home, he said."), Looks::Inline);
    }

    #[test]
    fn a_comma_outside_of_marks_ends_a_content() {
        let of = |text: &str, words: &str| contents(text, vec![part(text, words, Role::Content)]);
        let text = "She warned of rain in the north, he wrote.";
        assert_eq!(of(text, "rain in the north,"), ["rain in the north"]);
        let text = "“Rain in the north,” she said.";
        assert_eq!(of(text, "“Rain in the north,”"), ["“Rain in the north,”"]);
    }

    #[test]
    fn titles_are_no_contents() {
        let of = |text: &str, words: &str| contents(text, vec![part(text, words, Role::Content)]);
        let none: [&str; 0] = [];
        let text = "The band opened with “Rain in the North” and left.";
        assert_eq!(of(text, "“Rain in the North”"), none);
        let text = "She spoke of “rain in the north” and left.";
        assert_eq!(of(text, "“rain in the north”").len(), 1);
        let text = "Rep. Robert C. “Bobby” Lowe left.";
        assert_eq!(of(text, "“Bobby”"), none);
        let text = "He called it “Bobby” Lowe’s day.";
        assert_eq!(of(text, "“Bobby”").len(), 1);
        let text = "“Rain in the North,” she said.";
        assert_eq!(of(text, "“Rain in the North,”").len(), 1);
    }
}

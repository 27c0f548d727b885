//! Where quotation marks and the model disagree: the marks know better where a quotation begins and ends.

use crate::inversion;
use crate::part::{Part, Role};
use crate::setting::{Setting, setting};
use document::Span;
use std::ops::RangeInclusive;
use text::Reading;
use text::quotation::Quotation;

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
        // What the model is sure of in it; the first and the last may begin before it or end after it.
        let sure = || (next..end).filter(|&i| !parts[i].fallback);
        let filled: usize = sure().map(|i| overlap(parts[i].span, q.span)).sum();
        let contents_fill_it =
            2 * filled > q.span.len() && sure().all(|i| parts[i].is_sure_content());
        if let (true, Some(first), Some(last)) =
            (contents_fill_it, sure().next(), sure().next_back())
        {
            let lower = parts[..next].last().map_or(0, |before| before.span.end);
            let upper = parts.get(end).map_or(usize::MAX, |after| after.span.start);
            let start = q.span.start.max(lower).min(parts[first].span.start);
            let stop = parts[last].span.end.max(q.span.end.min(upper));
            parts[first].span = Span::new(start, stop);
            // The first content takes in the others and the fallbacks.
            absorbed[next..end].fill(true);
            absorbed[first] = false;
        }
    }
    let mut absorbed = absorbed.into_iter();
    parts.retain(|_| absorbed.next() != Some(true));
    inversion::name_subjects(reading, parts);
    drop_titles(reading, parts);
    end_before_commas(reading, parts);
    inversion::find_subjects(reading, parts);
}

/// “The band opened with “Northern Rain””: a few words in marks within a sentence, every one with a capital, are the
/// title of a work or a name, whatever the model takes them for. So are nicknames. (Without this, F1 of contents on
/// PolNeAR's dev part is the same to 0.02 points; the hard cases have such titles.)
fn drop_titles(reading: &Reading<'_>, parts: &mut Vec<Part>) {
    parts.retain(|part| {
        let Some(q) = reading.quotation_at(part.span.start) else {
            return true;
        };
        let alone = part.role == Role::Content && q.span.end >= part.span.end;
        let inner = q.inner.get(reading.text()).unwrap_or_default();
        let name = is_title(inner) || is_nickname(reading.text(), q);
        !(alone && name && setting(reading, q) == Setting::Inline)
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

/// Words that titles spell small (compare the Chicago Manual of Style, 8.159, “headline style”).
const SMALL_IN_TITLES: [&str; 11] = [
    "a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with",
];

/// How many words a title has. (A single word may be anything; 4 or 12 at most change nothing on PolNeAR's dev part.)
const TITLE_WORDS: RangeInclusive<usize> = 2..=8;

/// Whether all words begin with capitals, but for the small ones between them.
fn is_title(words: &str) -> bool {
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let mut all = words.split_whitespace();
    TITLE_WORDS.contains(&all.clone().count())
        && all.clone().next().is_some_and(capital)
        && all.all(|w| capital(w) || SMALL_IN_TITLES.contains(&w))
        && !words.ends_with(['.', ',', '!', '?'])
}

/// How many bytes two spans share.
fn overlap(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
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
            fallback: false,
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

//! Headlines: sentences without a full stop, in a grammar of their own that articles' texts do not teach.
//!
//! “Mayor says harbour will reopen in May”, “Harbour to reopen in May, mayor says”. The bounds were set by hand on the hard
//! cases in `tests/cases/forms.txt`; PolNeAR's dev part, in which headlines are rare, scores the same without all this.

use crate::part::{Part, Role};
use document::Span;
use text::Reading;
use text::reporting::{self, Use};

/// A headline's subject, “mayor” or “two former ministers”, has at most so many words.
const LONGEST_SUBJECT: usize = 5;

/// A longer line, in words, is a paragraph that lost its full stop.
const LONGEST_HEADLINE: usize = 20;

/// What a headline says has at least so many words: “Fish, chips says” is no report.
const SHORTEST_CONTENT: usize = 3;

/// The score of parts found here: no model gave one, and as often as not a headline needs a reader to tell.
const SCORE: f64 = 0.5;

/// Completes the parts of headlines, which are ordered and disjoint before and after: a content that all but reaches the
/// end reaches it, and a reporting clause at the end is found.
pub(crate) fn complete(reading: &Reading<'_>, parts: &mut Vec<Part>) {
    let mut found = Vec::new();
    let mut next = 0;
    for paragraph in reading.paragraphs() {
        let first = next;
        while parts
            .get(next)
            .is_some_and(|p| p.span.start < paragraph.end)
        {
            next += 1;
        }
        let line = paragraph.get(reading.text()).unwrap_or_default().trim_end();
        let ends = line.ends_with(|c: char| !c.is_alphanumeric());
        let headline = !ends
            && !line.contains('\n')
            && line.split_whitespace().nth(LONGEST_HEADLINE).is_none();
        if !headline {
            continue;
        }
        let end = paragraph.start + line.len();
        let inside = &mut parts[first..next];
        match inside.iter_mut().rfind(|p| p.is_sure_content()) {
            Some(last) => {
                let rest = reading.text().get(last.span.end..end).unwrap_or_default();
                let words = rest.trim_start();
                if !words.is_empty() && !words.contains(|c: char| !c.is_alphanumeric()) {
                    last.span.end = end;
                }
            }
            None => {
                if let Some(clause) = clause_at_end(line, paragraph.start) {
                    found.push((first..next, clause));
                }
            }
        }
    }
    for (replaced, clause) in found.into_iter().rev() {
        parts.splice(replaced, clause);
    }
    // A part that grew may have grown over fallbacks.
    let mut end = 0;
    parts.retain(|p| {
        let kept = p.span.start >= end;
        end = end.max(p.span.end);
        kept
    });
}

/// Content, source and cue of “Harbour to reopen in May, mayor says”, a line that begins at byte `start`.
fn clause_at_end(line: &str, start: usize) -> Option<[Part; 3]> {
    let (content, clause) = line.rsplit_once(", ")?;
    let (source, cue) = clause.rsplit_once(' ')?;
    let said = content
        .split_whitespace()
        .nth(SHORTEST_CONTENT - 1)
        .is_some();
    let subject = !source.trim().is_empty() && source.split_whitespace().count() <= LONGEST_SUBJECT;
    let trimmed = [content, source].iter().all(|part| part.trim() == *part);
    if !said || !subject || !trimmed || !reporting::verbs(Use::Headline).contains(cue) {
        return None;
    }
    let from = start + content.len() + 2;
    let part = |span: Span, role| Part {
        span,
        role,
        score: SCORE,
        fallback: false,
    };
    Some([
        part(Span::new(start, start + content.len()), Role::Content),
        part(Span::new(from, from + source.len()), Role::Source),
        part(
            Span::new(from + source.len() + 1, start + line.len()),
            Role::Cue,
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(text: &str, contents: &[&str]) -> Vec<String> {
        let mut parts: Vec<Part> = contents
            .iter()
            .map(|words| {
                let start = text.find(words).unwrap_or_default();
                Part {
                    span: Span::new(start, start + words.len()),
                    role: Role::Content,
                    score: 1.0,
                    fallback: false,
                }
            })
            .collect();
        complete(&Reading::new(text, vec![]), &mut parts);
        parts.iter().map(|p| text[p.span].to_owned()).collect()
    }

    #[test]
    fn a_clause_at_the_end() {
        let text = "Harbour to reopen in May, mayor says\nIt rained.";
        assert_eq!(
            completed(text, &[]),
            ["Harbour to reopen in May", "mayor", "says"]
        );
        for none in [
            "Harbour to reopen in May, mayor says.",
            "Fish, chips says",
            "Rain, wind and snow",
        ] {
            assert!(completed(none, &[]).is_empty(), "{none}");
        }
    }

    #[test]
    fn the_last_word_is_part_of_it() {
        let text = "Mayor says harbour will reopen in May";
        assert_eq!(
            completed(text, &["harbour will reopen in"]),
            ["harbour will reopen in May"]
        );
        let text = "Mayor says harbour will reopen in late May";
        assert_eq!(
            completed(text, &["harbour will reopen in"]),
            ["harbour will reopen in"]
        );
    }
}

//! How a marked stretch stands in its sentence: as speech, or as words that the sentence is made of.

use text::Reading;
use text::quotation::Quotation;

/// A marked stretch of fewer words is as often a title, a nickname or a word in doubt as it is speech. (F1 of
/// attribution on PolNeAR's dev part, fast model: 66.6 with 3 and with 4, 66.7 with 5, 6 and 8.)
const FEWEST_WORDS: usize = 5;

/// How a marked stretch stands in the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Whole sentences or clauses, set off from the text before them and long enough: somebody's speech.
    Speech,
    /// Set off and ended like speech, but as short as a title: if it is a content, it ends with its closing mark.
    SetOff,
    /// Part of the sentence around it.
    Inline,
}

/// The setting of a quotation: whether a comma, a colon or the paragraph's start sets it off, and whether it ends with
/// punctuation as speech does (inside the marks, or a comma after them in the style of many translations).
pub(crate) fn setting(reading: &Reading<'_>, q: &Quotation) -> Setting {
    let text = reading.text();
    let (Some(inner), Some(paragraph)) = (
        q.inner.get(text),
        reading.paragraphs().get(reading.paragraph_at(q.span.start)),
    ) else {
        return Setting::Inline;
    };
    let inner = inner.trim();
    let before = text.get(paragraph.start..q.span.start);
    let before = before.unwrap_or_default().trim_end();
    let after = text.get(q.span.end..paragraph.end).unwrap_or_default();

    let set_off = before.is_empty() || before.ends_with([',', ':', '.', '?', '!', '—', '–']);
    // Name: ‘The harbour is ours’, a headline.
    let headline = before.ends_with(':') && after.trim().is_empty();
    let ends = headline || inner.ends_with(['.', ',', '!', '?', '…', '—', '-']);
    let comma = text[q.span.end..].starts_with(',');
    let whole = q.closed || q.goes_on;
    if !set_off || !whole || !(ends || comma || q.goes_on) {
        return Setting::Inline;
    }
    // “The film, “A Long Way”, won”: between commas as likely a title.
    let between_commas = before.ends_with(',') && !ends;
    let long = inner.split_whitespace().nth(FEWEST_WORDS - 1).is_some();
    if long && !between_commas {
        Setting::Speech
    } else {
        Setting::SetOff
    }
}

/// Whether a marked stretch that is set off like speech ends at byte `end`, its closing mark included.
pub(crate) fn set_off_until(reading: &Reading<'_>, end: usize) -> bool {
    let last = end
        .checked_sub(1)
        .and_then(|byte| reading.quotation_at(byte));
    last.is_some_and(|q| q.span.end == end && setting(reading, q) != Setting::Inline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_set_off_and_long() {
        let of = |text: &str| {
            let reading = Reading::new(text, vec![]);
            setting(&reading, &reading.outermost()[0])
        };
        for text in [
            "“We will go home tomorrow,” he said.",
            "“We will go home tomorrow”, he said.",
            "He said: “We will go home tomorrow.”",
            "“We are all very tired\n“and hungry.”",
        ] {
            assert_eq!(of(text), Setting::Speech, "{text}");
        }
        assert_eq!(of("“No!” he said."), Setting::SetOff);
        assert_eq!(of("The film, “A Long Way Home,” won."), Setting::SetOff);
        assert_eq!(
            of("He spoke of “a land of milk and honey” there."),
            Setting::Inline
        );
        assert_eq!(of("“We will go home, he said."), Setting::Inline);
    }
}

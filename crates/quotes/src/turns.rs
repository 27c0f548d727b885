//! The turns of a transcript: what somebody says after a label with their name, without quotation marks.

use document::{Mode, Quote, QuoteType, Sentence, SentenceKind, Span};
use std::collections::HashSet;
use text::Reading;
use text::turns::Form;

/// What somebody says until the next label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The speaker's name in the label: without its colon, its marks, a time before it and what is heard after it.
    source: Span,
    /// The colon of the label, if it has one.
    cue: Option<Span>,
    /// A span for each paragraph, without the label.
    content: Vec<Span>,
}

impl Turn {
    /// From the label to the last word.
    pub(crate) fn span(&self) -> Span {
        let end = self.content.last().map_or(self.source.end, |last| last.end);
        Span::new(self.source.start, end)
    }

    /// The turn as a quotation, without an id and a speaker. It has no score, since no model judged it.
    pub(crate) fn quote(self) -> Quote {
        let mut quote = Quote::new(String::new(), QuoteType::Direct, self.content);
        quote.mode = Some(Mode::Speech);
        quote.cue = self.cue.into_iter().collect();
        quote.source = vec![self.source];
        quote
    }
}

/// The turns of a text, in order, as the labels of its sentences and the lines of kind `speaker-label` begin them. A label
/// such as `Q:` names nobody: what follows it is no turn. Nor is what follows a paragraph that looks like a label of the
/// document's form and was not found to be one: whose words they are is not sure.
pub(crate) fn turns(reading: &Reading<'_>) -> Vec<Turn> {
    let text = reading.text();
    let mut turns: Vec<Turn> = Vec::new();
    let labelled = reading.sentences().iter().filter(|s| label(s).is_some());
    let forms: HashSet<Form> = labelled.filter_map(|s| form(text, s)).collect();
    let mut open = false;
    let mut paragraph = None;
    for sentence in reading.sentences() {
        let label = label(sentence);
        open &= !form(text, sentence).is_some_and(|form| forms.contains(&form));
        if let Some(label) = label {
            let turn = begin(text, label);
            open = turn.is_some();
            turns.extend(turn);
            paragraph = None;
        }
        open &= !ends_talk(sentence);
        let end = sentence.span.end;
        let start = label.map_or(sentence.span.start, |label| label.end.min(end));
        let said = trimmed(text, Span::new(start, end));
        if let Some(turn) = turns.last_mut().filter(|_| open)
            && is_talk(sentence)
            && !is_direction(&text[said])
        {
            match turn.content.last_mut() {
                Some(piece) if paragraph == Some(sentence.paragraph) => piece.end = said.end,
                _ => turn.content.push(said),
            }
            paragraph = Some(sentence.paragraph);
        }
    }
    // Where the last turn ends is not written. Its first paragraph is sure; what follows may be the article again.
    if let Some(last) = turns.last_mut() {
        last.content.truncate(1);
    }
    turns.retain(|turn| !turn.content.is_empty());
    turns
}

/// The label of a sentence, or all of it where it is one.
fn label(sentence: &Sentence) -> Option<Span> {
    match sentence.kind {
        Some(SentenceKind::SpeakerLabel) => Some(sentence.span),
        _ => sentence.label,
    }
}

/// How what looks like a label is written, where a sentence begins a line with one.
fn form(text: &str, sentence: &Sentence) -> Option<Form> {
    let before = text
        .get(..sentence.span.start)?
        .trim_end_matches([' ', '\t']);
    let begins = before.is_empty() || before.ends_with('\n');
    let line = sentence.span.get(text).filter(|_| begins)?;
    text::turns::read(line).map(|label| label.form)
}

/// The turn that a label begins; `None` where the label is an initial such as `Q.`, which names nobody.
fn begin(text: &str, label: Span) -> Option<Turn> {
    let written = text.get(label.start..label.end)?.trim_end();
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '_');
    let head = written.trim_end_matches(marks);
    let name = head.strip_suffix(':').unwrap_or(head);
    let name = text::turns::without_sound(name.trim_end_matches(marks));
    let dashes = name.trim_start_matches(['-', '–', ' ']);
    let begins = name.len() - dashes.len() + text::turns::before_name(dashes);
    let source = Span::new(label.start + begins, label.start + name.len());
    let letters = source.get(text)?.chars().filter(|c| c.is_alphabetic());
    let end = label.start + head.len();
    (letters.count() > 1).then(|| Turn {
        source,
        cue: head.ends_with(':').then(|| Span::new(end - 1, end)),
        content: Vec::new(),
    })
}

/// Whether a sentence is part of what is said. A list item is: transcripts write dashes before turns.
fn is_talk(sentence: &Sentence) -> bool {
    matches!(sentence.kind, None | Some(SentenceKind::ListItem))
}

/// Whether a sentence shows that the talk is over, or that another part of it begins.
fn ends_talk(sentence: &Sentence) -> bool {
    let kind = sentence.kind;
    matches!(kind, Some(SentenceKind::Headline | SentenceKind::Byline))
}

/// `(LAUGHTER)`, `[Crosstalk]`: what is heard beside the words.
fn is_direction(said: &str) -> bool {
    said.is_empty()
        || (said.starts_with('(') && said.ends_with(')'))
        || (said.starts_with('[') && said.ends_with(']'))
}

fn trimmed(text: &str, span: Span) -> Span {
    let raw = text.get(span.start..span.end).unwrap_or_default();
    let start = span.start + (raw.len() - raw.trim_start().len());
    Span::new(start, start + raw.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sources and contents of the turns of these lines: each a paragraph, with the bytes of its label and its kind.
    fn found(lines: &[(&str, usize, Option<SentenceKind>)]) -> Vec<(String, Vec<String>)> {
        let (mut text, mut sentences) = (String::new(), Vec::new());
        for (i, (line, label, kind)) in lines.iter().enumerate() {
            let start = text.len();
            text.push_str(line);
            let label = (*label > 0).then(|| Span::new(start, start + label));
            let sentence = Sentence::new(start..text.len()).with_paragraph(i);
            sentences.push(sentence.with_kind(*kind).with_label(label));
            text.push_str("\n\n");
        }
        let said = |span: &Span| text[*span].to_owned();
        turns(&Reading::new(&text, sentences))
            .iter()
            .map(|turn| (said(&turn.source), turn.content.iter().map(said).collect()))
            .collect()
    }

    #[test]
    fn a_turn_goes_on_until_the_next_label() {
        let label = Some(SentenceKind::SpeakerLabel);
        let turns = found(&[
            ("ANA ROE: Good morning.", 8, None),
            ("(LAUGHTER)", 0, None),
            ("It rains.", 0, None),
            ("Q: Why?", 2, None),
            ("Bo Hale:", 0, label),
            ("I do not know.", 0, None),
            ("In other news", 0, Some(SentenceKind::Headline)),
            ("The port is shut.", 0, None),
            (">> SEN. RUTH CALLOWAY (D-OR): Nor do I.", 29, None),
            ("The bill failed in May.", 0, None),
        ]);
        let expected = [
            ("ANA ROE", vec!["Good morning.", "It rains."]),
            ("Bo Hale", vec!["I do not know."]),
            ("SEN. RUTH CALLOWAY (D-OR)", vec!["Nor do I."]),
        ];
        let expected = expected.map(|(source, said)| (source.to_owned(), said));
        assert_eq!(turns.len(), expected.len());
        for (turn, (source, said)) in turns.into_iter().zip(expected) {
            assert_eq!(turn.0, source);
            assert_eq!(turn.1, said);
        }
    }

    #[test]
    fn a_source_is_a_name_without_marks() {
        let label = Some(SentenceKind::SpeakerLabel);
        let turns = found(&[
            ("**Guardian:** Why now?", 13, None),
            ("**Ana Roe**", 0, label),
            ("It rains.", 0, None),
            ("[00:01:12] Bo Hale: I see.", 19, None),
            ("- JO HILL [laughs]: Do you?", 19, None),
        ]);
        let sources: Vec<&str> = turns.iter().map(|turn| turn.0.as_str()).collect();
        assert_eq!(sources, ["Guardian", "Ana Roe", "Bo Hale", "JO HILL"]);
        assert_eq!(turns[0].1, ["Why now?"]);
    }

    #[test]
    fn a_turn_ends_where_somebody_else_may_speak() {
        let turns = found(&[
            ("Ana Roe: It rains.", 8, None),
            ("It always does.", 0, None),
            ("Jo Hill, MP: They do not.", 0, None),
            ("Nobody knows.", 0, None),
            ("Ana Roe: Yes.", 8, None),
            ("TODAY: It may stop.", 0, None),
            ("Ana Roe: Go.", 8, None),
        ]);
        let said: Vec<&Vec<String>> = turns.iter().map(|turn| &turn.1).collect();
        // Capitals are another form than this transcript's labels.
        let second = ["Yes.", "TODAY: It may stop."];
        assert_eq!(*said[0], ["It rains.", "It always does."]);
        assert_eq!(
            (said[1].as_slice(), said.len()),
            (&second.map(str::to_owned)[..], 3)
        );
    }

    #[test]
    fn labels_from_elsewhere_do_no_harm() {
        let text = "Ö: ü.";
        for label in [Span::new(0, 3), Span::new(0, 0), Span::new(1, 99)] {
            let sentence = Sentence::new(0..text.len()).with_label(label);
            assert_eq!(turns(&Reading::new(text, vec![sentence])), []);
        }
    }
}

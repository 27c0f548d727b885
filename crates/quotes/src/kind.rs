//! How much of a quotation stands in quotation marks.

use document::{QuoteType, Span};
use text::Reading;

/// One letter in so many may stand outside the marks of a direct quotation: a slip of the marks, and no mixed
/// quotation. The types of the training corpora were derived with the same tolerance; 25 and 100 give the same figures
/// on PolNeAR's dev part.
const SLIP: usize = 50;

/// The type of a quotation with this content. Single marks count where they are the outer ones: the British style.
pub(crate) fn kind(reading: &Reading<'_>, content: &[Span]) -> QuoteType {
    let (mut inside, mut outside) = (0, 0);
    for piece in content {
        let mut from = piece.start;
        let first = reading
            .outermost()
            .partition_point(|q| q.span.end <= piece.start);
        for q in reading.outermost()[first..]
            .iter()
            .take_while(|q| q.span.start < piece.end)
        {
            let start = q.span.start.max(piece.start);
            let end = q.span.end.min(piece.end);
            outside += letters(reading.text(), Span::new(from, start));
            inside += letters(reading.text(), Span::new(start, end));
            from = end;
        }
        outside += letters(reading.text(), Span::new(from, piece.end));
    }
    if inside == 0 {
        QuoteType::Indirect
    } else if outside * SLIP <= inside + outside {
        QuoteType::Direct
    } else {
        QuoteType::Mixed
    }
}

fn letters(text: &str, span: Span) -> usize {
    span.get(text)
        .map_or(0, |s| s.chars().filter(|c| c.is_alphanumeric()).count())
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // a content of one span
mod tests {
    use super::*;

    fn of(text: &str) -> QuoteType {
        let reading = Reading::new(text, vec![]);
        kind(&reading, &[Span::new(0, text.len())])
    }

    #[test]
    fn all_some_or_none_of_the_words_stand_in_marks() {
        assert_eq!(of("“We will go,”"), QuoteType::Direct);
        assert_eq!(of("‘We don’t mind the workers’ plans,’"), QuoteType::Direct);
        assert_eq!(of("that they were “very tired” by then"), QuoteType::Mixed);
        assert_eq!(of("that they won’t go"), QuoteType::Indirect);
        assert_eq!(of("“Open to the end"), QuoteType::Direct);
    }
}

//! Which sentence each token stands in.

use crate::Token;
use document::Sentence;

/// The number of the sentence that each token begins in; `None` outside all. Both are in order; of sentences that overlap
/// the first that has not ended counts.
pub fn sentence_of_each<'t>(
    tokens: &'t [Token],
    sentences: &'t [Sentence],
) -> impl Iterator<Item = Option<usize>> + 't {
    let mut spans = sentences.iter().map(|s| &s.span).enumerate().peekable();
    tokens.iter().map(move |token| {
        let start = token.span.start;
        while spans.next_if(|(_, s)| s.end <= start).is_some() {}
        let within = spans.peek().filter(|(_, s)| s.start <= start);
        within.map(|(number, _)| *number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_between_sentences_are_in_none() {
        let text = "One two. Three four five";
        let sentence = |span| Sentence {
            span,
            paragraph: None,
            kind: None,
        };
        let numbers = |sentences: &[Sentence]| {
            let tokens = crate::tokens(text);
            sentence_of_each(&tokens, sentences).collect::<Vec<_>>()
        };
        let found = numbers(&[sentence(0..8), sentence(15..19)]);
        assert_eq!(found, [Some(0), Some(0), Some(0), None, Some(1), None]);
        assert_eq!(numbers(&[]), [None; 6]);
    }
}

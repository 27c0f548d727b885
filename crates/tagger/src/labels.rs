//! The BIO scheme: which labels there are, which may follow which, and the spans that a sequence of them stands for.

use crate::Error;
use document::TokenRange;
use model::Reader;

/// A label's number: 0 is [`OUTSIDE`], `1 + 2 * kind` begins a span of that kind, `2 + 2 * kind` goes on with it.
pub type Label = u8;

/// The label of a token that belongs to no span.
pub const OUTSIDE: Label = 0;

/// So that a set of labels fits a `u64`.
pub(crate) const MOST_LABELS: usize = 64;

/// A label for outside, and two for each kind.
const MOST_KINDS: usize = (MOST_LABELS - 1) / 2;

/// The BIO labels over some kinds of spans (entity types, parts of a quotation).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    kinds: Vec<String>,
}

/// A span that a sequence of labels stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSpan {
    /// Half-open range of token numbers, never empty.
    pub tokens: TokenRange,
    /// Number of the kind, see [`Labels::kinds`].
    pub kind: usize,
}

impl Labels {
    /// The labels over these kinds: 1 to 31 different names of 1 to 255 bytes.
    pub fn new<K: Into<String>>(kinds: impl IntoIterator<Item = K>) -> Result<Self, Error> {
        let kinds: Vec<String> = kinds.into_iter().map(Into::into).collect();
        if kinds.is_empty() || kinds.len() > MOST_KINDS {
            return Err(Error::Kinds("there must be 1 to 31 of them"));
        }
        if kinds
            .iter()
            .any(|k| k.is_empty() || k.len() > u8::MAX.into())
        {
            return Err(Error::Kinds("a name must have 1 to 255 bytes"));
        }
        if (1..kinds.len()).any(|i| kinds[..i].contains(&kinds[i])) {
            return Err(Error::Kinds("a name occurs twice"));
        }
        Ok(Self { kinds })
    }

    /// The labels in a model's file: how many kinds, `u8`; then each name as its length, `u8`, and UTF-8.
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = vec![self.kinds.len() as u8];
        for kind in &self.kinds {
            bytes.push(kind.len() as u8);
            bytes.extend(kind.bytes());
        }
        bytes
    }

    /// Labels from a model's file, as [`Labels::pack`] writes them.
    pub fn read(reader: &mut Reader) -> Result<Self, Error> {
        let mut kinds = Vec::new();
        for _ in 0..reader.u8()? {
            let length = reader.u8()?;
            let name = std::str::from_utf8(reader.take(length.into())?);
            kinds.push(name.map_err(|_| reader.damaged("a kind's name is not UTF-8"))?);
        }
        Self::new(kinds)
    }

    /// The kinds' names, by number.
    pub fn kinds(&self) -> &[String] {
        &self.kinds
    }

    /// How many labels there are.
    #[allow(clippy::len_without_is_empty)] // OUTSIDE is always there
    pub fn len(&self) -> usize {
        1 + 2 * self.kinds.len()
    }

    /// The label of the first token of a span of this kind.
    pub const fn begin(kind: usize) -> Label {
        (1 + 2 * kind) as Label
    }

    /// The label of a later token of a span of this kind.
    pub const fn inside(kind: usize) -> Label {
        (2 + 2 * kind) as Label
    }

    /// The kind of span that a token with this label belongs to.
    pub fn kind(label: Label) -> Option<usize> {
        (label != OUTSIDE).then(|| (usize::from(label) - 1) / 2)
    }

    /// Whether a label goes on with a span that another token began.
    pub fn is_inside(label: Label) -> bool {
        label != OUTSIDE && label.is_multiple_of(2)
    }

    /// Whether `next` may come after `previous`, or first where that is `None`: a span goes on only where one of its
    /// kind has begun.
    pub fn may_follow(previous: Option<Label>, next: Label) -> bool {
        !Self::is_inside(next) || previous.and_then(Self::kind) == Self::kind(next)
    }

    /// The spans of a sequence, in its order. A label that goes on with nothing begins a span.
    pub fn spans(&self, labels: &[Label]) -> Vec<LabelSpan> {
        let mut spans: Vec<LabelSpan> = Vec::new();
        let mut previous = None;
        for (token, &label) in labels.iter().enumerate() {
            if let Some(kind) = Self::kind(label) {
                match spans.last_mut() {
                    Some(span) if Self::is_inside(label) && Self::may_follow(previous, label) => {
                        span.tokens.end = token + 1;
                    }
                    _ => spans.push(LabelSpan {
                        tokens: TokenRange::new(token, token + 1),
                        kind,
                    }),
                }
            }
            previous = Some(label);
        }
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_begin_at_b_and_at_an_i_that_goes_on_with_nothing() {
        let labels = Labels::new(["x", "y"]).unwrap();
        let (bx, ix, by, iy) = (1, 2, 3, 4);
        let span = |tokens, kind| LabelSpan { tokens, kind };
        assert_eq!(
            labels.spans(&[bx, ix, bx, 0, iy, iy, ix, by]),
            [
                span(TokenRange::new(0, 2), 0),
                span(TokenRange::new(2, 3), 0),
                span(TokenRange::new(4, 6), 1),
                span(TokenRange::new(6, 7), 0),
                span(TokenRange::new(7, 8), 1)
            ]
        );
        assert_eq!(labels.spans(&[]), []);
    }

    #[test]
    fn only_a_span_of_the_same_kind_goes_on() {
        assert!(!Labels::may_follow(None, 2));
        assert!(!Labels::may_follow(Some(OUTSIDE), 2));
        assert!(!Labels::may_follow(Some(1), 4));
        assert!(Labels::may_follow(Some(1), 2) && Labels::may_follow(Some(2), 2));
        assert!(Labels::may_follow(Some(2), 3) && Labels::may_follow(Some(2), OUTSIDE));
    }

    #[test]
    fn unusable_kinds_are_refused() {
        assert!(Labels::new(Vec::<String>::new()).is_err());
        assert!(Labels::new(["a", "b", "a"]).is_err());
        assert!(Labels::new(["a", ""]).is_err());
        assert!(Labels::new((0..32).map(|i| i.to_string())).is_err());
        assert_eq!(
            Labels::new((0..31).map(|i| i.to_string())).unwrap().len(),
            63
        );
    }
}

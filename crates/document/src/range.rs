//! Ranges whose type says what they count: bytes, tokens or code points.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Index, Range};

macro_rules! ranges {
    ($($(#[$doc:meta])* $name:ident)+) => { $(
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
        )]
        pub struct $name {
            /// The first one inside.
            pub start: usize,
            /// The first one behind it.
            pub end: usize,
        }

        impl $name {
            /// From `start` up to, and without, `end`.
            pub const fn new(start: usize, end: usize) -> Self {
                Self { start, end }
            }

            /// How many it holds; 0 where it ends before it starts.
            pub const fn len(self) -> usize {
                self.end.saturating_sub(self.start)
            }

            /// Whether it holds none.
            pub const fn is_empty(self) -> bool {
                self.end <= self.start
            }

            /// Whether this one is inside.
            pub const fn contains(self, at: usize) -> bool {
                self.start <= at && at < self.end
            }

            /// Whether the two have something in common.
            pub const fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }

            /// What the two have in common; empty where that is nothing.
            pub fn intersection(self, other: Self) -> Self {
                Self::new(self.start.max(other.start), self.end.min(other.end))
            }

            /// The same as the standard library's type.
            pub const fn range(self) -> Range<usize> {
                self.start..self.end
            }
        }

        impl From<Range<usize>> for $name {
            fn from(range: Range<usize>) -> Self {
                Self::new(range.start, range.end)
            }
        }

        impl PartialEq<Range<usize>> for $name {
            fn eq(&self, other: &Range<usize>) -> bool {
                self.range() == *other
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.range().fmt(f)
            }
        }
    )+ };
}

ranges! {
    /// A half-open range of **bytes** of a text, on character boundaries: text is indexed with it.
    ///
    /// ```
    /// use document::Span;
    /// let text = "“Olé!” she said";
    /// let quoted = Span::new(0, "“Olé!”".len());
    /// assert_eq!(&text[quoted], "“Olé!”");
    /// assert_eq!(quoted.get("no"), None);
    /// assert_eq!(quoted, 0..11);
    /// ```
    Span

    /// A half-open range of **tokens**, by their numbers: a slice of tokens is indexed with it.
    ///
    /// ```
    /// use document::TokenRange;
    /// let tokens = ["Ada", "Lovelace", "left"];
    /// assert_eq!(tokens[TokenRange::new(0, 2)], ["Ada", "Lovelace"]);
    /// ```
    TokenRange

    /// A half-open range of **Unicode code points** of a text, as the record counts; see [`Offsets`](crate::Offsets).
    CodePoints
}

impl Span {
    /// The stretch of `text`; `None` where it does not fit.
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

impl Index<Span> for str {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

impl Index<Span> for String {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

impl<T> Index<TokenRange> for [T] {
    type Output = [T];

    fn index(&self, tokens: TokenRange) -> &[T] {
        &self[tokens.range()]
    }
}

impl<T> Index<TokenRange> for Vec<T> {
    type Output = [T];

    fn index(&self, tokens: TokenRange) -> &[T] {
        &self[tokens.range()]
    }
}

impl IntoIterator for TokenRange {
    type Item = usize;
    type IntoIter = Range<usize>;

    fn into_iter(self) -> Range<usize> {
        self.range()
    }
}

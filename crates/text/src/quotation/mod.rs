//! Quotation marks: which stretches of a text stand between them.
//!
//! A deterministic state machine over the marks of a paragraph, in time linear in the text. It knows straight marks
//! (`"…"`, `'…'`, ` ``…'' `), curly ones (`“…”`, `‘…’`), guillemets in both directions (`«…»`, `»…«`) and the German
//! style (`„…“`, `‚…‘`); it tells the British single mark from an apostrophe by the characters around it and by what
//! follows in the paragraph.
//!
//! Writers break the rules in ways that readers hardly notice, so nothing here is an error:
//!
//! - a mark left open runs to the end of its paragraph; where the next paragraph opens with a mark of the same kind, the
//!   quotation goes on there (the printers' convention, Chicago Manual of Style, 13.32), and [`Quotation::goes_on`] says so;
//! - a mark left open before another of its kind opens ends there: a closing mark was forgotten;
//! - a closing mark without an opening one is ignored.

mod marks;
mod pairing;
#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // one span is what is expected there
mod tests;

use document::Span;
use marks::{Family, Role, marks};
use pairing::pair;

/// A stretch between quotation marks.
///
/// ```
/// use document::Span;
/// let text = "“We won, she said.";
/// let unclosed = text::quotation::quotations(text, [Span::new(0, text.len())])[0];
/// assert_eq!(&text[unclosed.inner], "We won, she said.");
/// assert!(!unclosed.closed && !unclosed.goes_on);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// Its marks included, in bytes.
    pub span: Span,
    /// Without the marks.
    pub inner: Span,
    /// How many other quotations it stands in.
    pub depth: usize,
    /// Whether its marks are single ones.
    pub single: bool,
    /// Whether it has a closing mark; without one it runs to the end of its paragraph, or to the next mark that opens.
    pub closed: bool,
    /// Whether it is left open at the end of its paragraph and the next one opens with a mark of the same kind.
    pub goes_on: bool,
}

/// The quotations of `text` in the order of their opening marks: an outer one comes before those inside it. In time linear
/// in the text.
///
/// `paragraphs` are ordered, disjoint ranges of bytes of the text on character boundaries; others are left out.
///
/// ```
/// use document::Span;
/// let text = "“We don't ‘negotiate’,” she said. The '90s are over.";
/// let found = text::quotation::quotations(text, [Span::new(0, text.len())]);
/// let inner: Vec<&str> = found.iter().map(|q| &text[q.inner]).collect();
/// assert_eq!(inner, ["We don't ‘negotiate’,", "negotiate"]);
/// assert_eq!((found[0].depth, found[1].depth), (0, 1));
/// ```
pub fn quotations(text: &str, paragraphs: impl IntoIterator<Item = Span>) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    // The quotations of the paragraph before, and where it ended.
    let mut before = (0, 0);
    for paragraph in paragraphs {
        let Some(body) = paragraph.get(text) else {
            continue;
        };
        let marks = marks(body, paragraph.start);
        if let Some(first) = marks.first()
            && first.role != Role::Close
            && text[paragraph.start..first.at.start].trim().is_empty()
        {
            let (from, end) = before;
            carry_on(&mut out[from..], end, first.family);
        }
        before = (out.len(), paragraph.end);
        pair(&marks, paragraph.end, &mut out);
    }
    finish(text, out)
}

/// Marks the last quotation that a paragraph left open at its `end` as going on in the next.
fn carry_on(of_paragraph: &mut [Quotation], end: usize, family: Family) {
    let single = family == Family::Single;
    let open = of_paragraph
        .iter_mut()
        .rev()
        .find(|q| !q.closed && q.span.end == end && q.single == single);
    if let Some(q) = open {
        q.goes_on = true;
    }
}

/// Ends what was left open, drops what holds nothing, and counts depths.
fn finish(text: &str, mut found: Vec<Quotation>) -> Vec<Quotation> {
    // Where the next quotation with marks of the same size, single or double, begins. A quotation without a closing mark
    // reaches to the end of its paragraph so far; one that begins later is in another paragraph.
    let mut next = [usize::MAX; 2];
    for q in found.iter_mut().rev() {
        let next = &mut next[usize::from(q.single)];
        if !q.closed && !q.goes_on && *next < q.span.end {
            q.span.end = *next;
        }
        *next = q.span.start;
    }
    found.retain_mut(|q| {
        if !q.closed {
            let end = q.span.end.max(q.inner.start);
            q.inner.end = q.inner.start + text[q.inner.start..end].trim_end().len();
            q.span.end = q.inner.end;
            // A single mark that nothing closes is an apostrophe, unless the next paragraph goes on with another.
            if q.single && !q.goes_on {
                return false;
            }
        }
        text[q.inner].contains(|c: char| !c.is_whitespace())
    });
    let mut ends: Vec<usize> = Vec::new();
    for q in &mut found {
        while ends.last().is_some_and(|&end| end <= q.span.start) {
            ends.pop();
        }
        q.depth = ends.len();
        ends.push(q.span.end);
    }
    found
}

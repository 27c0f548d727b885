//! Pairs the marks of a paragraph.

use super::Quotation;
use super::marks::{Family, Mark, Role};
use document::Span;

/// Pairs the marks of one paragraph, which ends at byte `end`, like brackets.
pub(super) fn pair(marks: &[Mark], end: usize, out: &mut Vec<Quotation>) {
    let sure = sure_close_ahead(marks);
    let mut stack: Vec<(usize, Family)> = Vec::new();
    // How many of each family are on the stack, so that a stray closing mark costs nothing.
    let mut open = [0usize; 3];
    for (i, mark) in marks.iter().enumerate() {
        let is_open = match mark.family {
            // What looks like a closing single mark inside a double quotation that is still open is an apostrophe.
            Family::Single => stack.last().is_some_and(|top| top.1 == Family::Single),
            family => open[family as usize] > 0,
        };
        let closes = match mark.role {
            Role::Open => false,
            Role::Toggle | Role::Close => is_open,
            Role::MayClose => is_open && !sure[i],
        };
        if closes {
            while let Some((index, family)) = stack.pop() {
                open[family as usize] -= 1;
                out[index].inner.end = mark.at.start;
                out[index].span.end = mark.at.start;
                if family == mark.family {
                    out[index].span.end = mark.at.end;
                    out[index].closed = true;
                    break;
                }
            }
        } else if matches!(mark.role, Role::Open | Role::Toggle) {
            stack.push((out.len(), mark.family));
            open[mark.family as usize] += 1;
            out.push(Quotation {
                span: Span::new(mark.at.start, end),
                inner: Span::new(mark.at.end, end),
                depth: 0,
                single: mark.family == Family::Single,
                closed: false,
                goes_on: false,
            });
        }
    }
}

/// For each mark, whether a sure closing single mark follows before the next single one that opens.
fn sure_close_ahead(marks: &[Mark]) -> Vec<bool> {
    let mut ahead = vec![false; marks.len()];
    let mut sure = false;
    for (i, mark) in marks.iter().enumerate().rev() {
        ahead[i] = sure;
        if mark.family == Family::Single {
            match mark.role {
                Role::Close => sure = true,
                Role::Open | Role::Toggle => sure = false,
                Role::MayClose => {}
            }
        }
    }
    ahead
}

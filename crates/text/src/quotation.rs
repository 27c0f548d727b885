//! Quotation marks: which stretches of a text stand between them.
//!
//! A deterministic state machine over the marks of a paragraph, in time linear in the text. It knows straight marks
//! (`"…"`, `'…'`, ` ``…'' `), curly ones (`“…”`, `‘…’`), guillemets in both directions (`«…»`, `»…«`) and the German
//! style (`„…“`, `‚…‘`); it tells the British single mark from an apostrophe by the characters around it and by what
//! follows in the paragraph.
//!
//! Writers break the rules in ways that readers hardly notice, so nothing here is an error:
//!
//! - a mark left open runs to the end of its paragraph; where the next paragraph opens with a mark of the same kind, that is
//!   the printers' convention for a quotation that goes on (Chicago Manual of Style, 13.32), and [`Quotation::goes_on`]
//!   says so;
//! - a mark left open before another of its kind opens ends there: a closing mark was forgotten;
//! - a closing mark without an opening one is passed over.

use document::Span;

/// A stretch between quotation marks.
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

/// Families of marks: one only closes what one of its own family opened. Straight and curly double marks are one
/// family, since careless texts mix them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// `"`, `“ ”`, `„ “` and ` `` '' `
    Double,
    /// `« »` and `‹ ›`, either way round
    Guillemet,
    /// `'`, `‘ ’` and `‚ ‘`
    Single,
}

/// What a mark may be, judged by itself and its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    /// Closes where one of its family is open, and opens otherwise.
    Toggle,
    Close,
    /// `s'` before a space: the end of a quotation, or a plural possessive.
    MayClose,
}

#[derive(Debug, Clone)]
struct Mark {
    at: Span,
    family: Family,
    role: Role,
}

/// The quotations of `text` in the order of their opening marks, outer ones before those that they hold.
///
/// `paragraphs` are ordered, disjoint ranges of bytes of the text on character boundaries; others are passed over.
///
/// ```
/// let text = "“We don't ‘negotiate’,” she said. The '90s are over.";
/// let found = text::quotation::quotations(text, [0..text.len()]);
/// let inner: Vec<&str> = found.iter().map(|q| &text[q.inner.clone()]).collect();
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

/// Pairs the marks of one paragraph, which ends at byte `end`, like brackets.
fn pair(marks: &[Mark], end: usize, out: &mut Vec<Quotation>) {
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

/// Ends what was left open, drops what holds nothing, and counts depths.
fn finish(text: &str, mut found: Vec<Quotation>) -> Vec<Quotation> {
    // Where the next quotation with marks of the same size begins. What is open still ends with its paragraph, so a
    // start beyond that is another paragraph's.
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

/// The marks of one paragraph; `offset` is where it begins in the text.
fn marks(body: &str, offset: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        if matches!(c, '`' | '\'') && chars.next_if(|&(_, next)| next == c).is_some() {
            end += 1;
        }
        let after = &body[end..];
        let found = match c {
            '"' | '“' | '”' | '„' | '‟' => {
                Some((Family::Double, by_neighbours(c, before, after)))
            }
            '`' | '\'' if end - at == 2 => Some((Family::Double, by_neighbours(c, before, after))),
            '«' | '»' | '‹' | '›' => {
                Some((Family::Guillemet, by_neighbours(c, before, after)))
            }
            '\'' | '‘' | '’' | '‚' | '‛' => {
                single(c, before, after).map(|role| (Family::Single, role))
            }
            _ => None,
        };
        if let Some((family, role)) = found {
            marks.push(Mark {
                at: Span::new(offset + at, offset + end),
                family,
                role,
            });
        }
        before = Some(c);
    }
    marks
}

/// Whether a mark after this character may open: the paragraph's start, a space, a bracket, a dash, another mark.
fn may_open_after(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{<—–-/:…\"'“„«‹‘‚`*_".contains(c))
}

/// Whether a mark before this text may open: something follows at once that is no closing punctuation.
fn may_open_before(after: &str) -> bool {
    after.chars().next().is_some_and(|c| {
        !c.is_whitespace() && !",.;:!?)]}”’»›".contains(c) || after.starts_with("...")
    })
}

/// The role that a mark's neighbours give it; where they leave it open, its shape's.
fn by_neighbours(mark: char, before: Option<char>, after: &str) -> Role {
    let opens = may_open_after(before) && may_open_before(after);
    let closes = before.is_some_and(|c| !c.is_whitespace())
        && !after.starts_with(|c: char| c.is_alphanumeric());
    match (opens, closes) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ => match mark {
            '“' | '„' | '‟' | '«' | '‹' | '`' => Role::Open,
            '”' | '»' | '›' => Role::Close,
            // Inches and seconds: `6"x4"`.
            _ if before.is_some_and(|c| c.is_ascii_digit()) => Role::Close,
            _ => Role::Toggle,
        },
    }
}

/// Short forms that begin with an apostrophe, in lower case.
const ELIDED: [&str; 9] = [
    "em", "tis", "twas", "til", "cause", "bout", "n", "cos", "round",
];

/// The role of a single mark by its neighbours; `None` for an apostrophe.
fn single(mark: char, before: Option<char>, after: &str) -> Option<Role> {
    let next = after.chars().next();
    let next_is_word = next.is_some_and(char::is_alphanumeric);
    if may_open_after(before) && may_open_before(after) {
        // The shape of `‘` says nothing: word processors put it before a decade and a short form too.
        let word_end = after
            .char_indices()
            .take(6)
            .find(|(_, c)| !c.is_alphanumeric())
            .map_or(after.len().min(6), |(at, _)| at);
        let word = after.get(..word_end).unwrap_or_default();
        let decade = word.strip_suffix('s').unwrap_or(word);
        let is_year = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
        if ELIDED.contains(&word) || is_year && mark != '‘' || is_year && decade != word {
            return None;
        }
        return Some(if mark == '’' {
            Role::Toggle
        } else {
            Role::Open
        });
    }
    let before = before.filter(|c| !c.is_whitespace())?;
    if before.is_alphanumeric() {
        if next_is_word {
            return None; // don't, O'Brien
        }
        // Before punctuation it is the end even after an s: ‘…the talks’, he said.
        let plain_space = next.is_some_and(char::is_whitespace);
        return Some(match before {
            's' | 'S' | 'n' | 'z' | 'x' if plain_space => Role::MayClose,
            _ => Role::Close,
        });
    }
    // After punctuation: `…,’ he said`, and with the space forgotten, `…,’he said`.
    Some(Role::Close)
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // one span is what is expected there
mod tests {
    use super::*;

    /// The quotations of `text`, its lines being its paragraphs: what stands inside, with `>` for each level of depth and
    /// `…` or `→` where no mark closes it.
    fn found(text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            lines.push(Span::new(start, start + line.trim_end().len()));
            start += line.len();
        }
        quotations(text, lines)
            .iter()
            .map(|q| {
                assert!(q.span.start < q.inner.start && q.inner.end <= q.span.end);
                let end = match (q.closed, q.goes_on) {
                    (true, _) => "",
                    (false, true) => "→",
                    (false, false) => "…",
                };
                format!("{}{}{end}", ">".repeat(q.depth), &text[q.inner])
            })
            .collect()
    }

    #[test]
    fn styles() {
        assert_eq!(found("\"Yes,\" he said. \"No.\""), ["Yes,", "No."]);
        assert_eq!(found("“Yes,” he said. “No.”"), ["Yes,", "No."]);
        assert_eq!(found("„Ja“, sagte er. „Nein.“"), ["Ja", "Nein."]);
        assert_eq!(found("„Ja”, powiedział."), ["Ja"]);
        assert_eq!(found("«Yes», he said. « No. »"), ["Yes", " No. "]);
        assert_eq!(found("»Ja«, sagte er. »Nein.«"), ["Ja", "Nein."]);
        assert_eq!(found("”Yes,” he said."), ["Yes,"]);
        assert_eq!(found("``Yes,'' he said."), ["Yes,"]);
        assert_eq!(found("‘Yes,’ he said. ‘No.’"), ["Yes,", "No."]);
        assert_eq!(found("'Yes,' he said. 'No.'"), ["Yes,", "No."]);
        assert_eq!(found("‚Ja‘, sagte er."), ["Ja"]);
        assert_eq!(
            found("“Yes,\" he said, and \"no,” she said."),
            ["Yes,", "no,"]
        );
        assert_eq!(found("(“Yes”)—“no”…"), ["Yes", "no"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        for none in [
            "The workers' pay and the teachers' pay rose in the '90s.",
            "It’s the miners’ day, said O’Brien’s friend, ’cause we don’t.",
            "Rock 'n' roll, the class of '08, 'em and 'tis.",
            "He stood 6'2\" tall and ran 100' in 5\".",
            "Goin' to the market, James' dog.",
        ] {
            assert_eq!(found(none), [""; 0], "{none}");
        }
        assert_eq!(
            found("‘We don’t mind the workers’ demands in the ’90s,’ said O’Brien."),
            ["We don’t mind the workers’ demands in the ’90s,"]
        );
        assert_eq!(
            found("'It's the teachers' pay that's low,' he said, 'isn't it?'"),
            ["It's the teachers' pay that's low,", "isn't it?"]
        );
        assert_eq!(
            found("Critics call it the ‘bedroom tax’ and ‘cuts’ too."),
            ["bedroom tax", "cuts"]
        );
    }

    #[test]
    fn nesting() {
        assert_eq!(
            found("“She said ‘no’ and “never” and ‘“not now”’,” he said."),
            [
                "She said ‘no’ and “never” and ‘“not now”’,",
                ">no",
                ">never",
                ">“not now”",
                ">>not now"
            ]
        );
        assert_eq!(
            found("'He called it \"madness\",' she said."),
            ["He called it \"madness\",", ">madness"]
        );
        assert_eq!(
            found("\"It was \"too loud\" for them,\" he said."),
            ["It was \"too loud\" for them,", ">too loud"]
        );
    }

    #[test]
    fn forgotten_marks() {
        assert_eq!(found("“Yes, he said.\nHe left."), ["Yes, he said.…"]);
        assert_eq!(found("“Yes, he said. “No.”"), ["Yes, he said.…", "No."]);
        assert_eq!(found("Yes,” he said. “No.”"), ["No."]);
        assert_eq!(found("‘Yes, he said. It was the ‘end’."), ["end"]);
    }

    #[test]
    fn over_paragraphs() {
        assert_eq!(
            found("“One.\n“Two “so-called” b.\n“Three,” he said.\nFour."),
            ["One.→", "Two “so-called” b.→", ">so-called", "Three,"]
        );
        assert_eq!(found("He said: ‘One.\n‘Two,’ he added."), ["One.→", "Two,"]);
        assert_eq!(found("“One.\nTwo.”\n“Three.”"), ["One.…", "Three."]);
    }

    #[test]
    fn any_text_takes_linear_time() {
        let n = 200_000;
        for hostile in [
            "“", "\"", "'", "‘a", "a’ ", "” ", "“a ”", "s' ", "``", "“ ‘", "«»\n",
        ] {
            quotations(&hostile.repeat(n), [Span::new(0, hostile.len() * n)]);
        }
        let deep = format!("{}a{}", "“b ".repeat(n), "”".repeat(n));
        assert_eq!(
            quotations(&deep, [Span::new(0, deep.len())])
                .last()
                .map(|q| q.depth),
            Some(n - 1)
        );
        // Ranges that are none are passed over.
        assert!(
            quotations("“é”", [Span::new(1, 4), Span::new(3, 1), Span::new(0, 900)]).is_empty()
        );
    }
}

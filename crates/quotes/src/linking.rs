//! From spans to quotations: which content was attributed by which cue to which source.
//!
//! Whatever finds the spans, this joins them, by distance and by what stands between. On the gold spans of PolNeAR's dev
//! part the rules join 95 % of the quotations rightly.

use document::Span;
use text::Reading;

/// The parts of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What was said.
    Content,
    /// The words that attribute it.
    Cue,
    /// Whom they attribute it to.
    Source,
}

/// A span that a finder took for part of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// In bytes.
    pub span: Span,
    /// What it is.
    pub role: Role,
    /// The probability that it is that.
    pub score: f64,
    /// Whether it is only likelier than most, and counts where a quotation would else lack it.
    pub spare: bool,
}

/// Parts that make one quotation; indices of the parts given to [`link`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Linked {
    pub content: Vec<usize>,
    pub cue: Option<usize>,
    pub source: Option<usize>,
}

/// How many cues or sources on each side of a part are looked at: enough for a clause before and one behind, and a bound
/// keeps a paragraph with thousands of them linear.
const NEAREST: usize = 2;

/// What separates two parts.
struct Gap {
    bytes: usize,
    sentences: usize,
}

struct Linker<'a> {
    reading: &'a Reading<'a>,
    parts: &'a [Part],
    /// Indices of the parts of a role, in order, by role; the spare ones apart.
    of: [Vec<usize>; 3],
    spare: [Vec<usize>; 3],
}

/// Joins `parts`, which are ordered and disjoint, into quotations, in the order of their first content.
pub(crate) fn link(reading: &Reading<'_>, parts: &[Part]) -> Vec<Linked> {
    let mut quotations: Vec<Linked> = Vec::new();
    let mut rest = 0..parts.len();
    for paragraph in reading.paragraphs() {
        let in_paragraph = rest.start
            ..rest.start + parts[rest.clone()].partition_point(|p| p.span.start < paragraph.end);
        rest.start = in_paragraph.end;
        if !in_paragraph.is_empty() {
            let before = quotations.len();
            let first = in_paragraph.start;
            let mut made = Linker::new(reading, parts, in_paragraph).link();
            if before > 0 && goes_on(reading, parts, &quotations[before - 1], first) {
                carry_on(&mut quotations[before - 1], &mut made, first);
            }
            quotations.append(&mut made);
        }
    }
    quotations
}

/// Whether a quotation was left open before the paragraph whose first part this is: the printers' convention for a
/// quotation over several paragraphs.
fn goes_on(reading: &Reading<'_>, parts: &[Part], last: &Linked, first: usize) -> bool {
    let Some(&content) = last.content.last() else {
        return false;
    };
    let (before, after) = (&parts[content], &parts[first]);
    let open = before
        .span
        .end
        .checked_sub(1)
        .and_then(|byte| reading.quotation_at(byte))
        .is_some_and(|q| q.goes_on);
    open && after.role == Role::Content
        && reading.paragraph_at(after.span.start) == reading.paragraph_at(before.span.start) + 1
        && reading
            .quotation_at(after.span.start)
            .is_some_and(|q| q.span.start == after.span.start)
        && reading
            .paragraphs()
            .get(reading.paragraph_at(after.span.start))
            .is_some_and(|p| p.start == after.span.start)
}

/// Gives the first content of a paragraph to the quotation that goes on; a cue that the paragraph has for it is that
/// quotation's only where it has none of its own yet.
fn carry_on(last: &mut Linked, made: &mut Vec<Linked>, first: usize) {
    let Some(index) = made.iter().position(|q| q.content.first() == Some(&first)) else {
        return;
    };
    if last.cue.is_none() || made[index].cue.is_none() {
        let more = made.remove(index);
        last.content.extend(more.content);
        last.cue = last.cue.or(more.cue);
        last.source = last.source.or(more.source);
    }
}

impl<'a> Linker<'a> {
    fn new(reading: &'a Reading<'a>, parts: &'a [Part], range: std::ops::Range<usize>) -> Self {
        let of = |spare: bool| {
            [Role::Content, Role::Cue, Role::Source].map(|role| {
                let mut of_role: Vec<usize> = range.clone().collect();
                of_role.retain(|&i| parts[i].role == role && parts[i].spare == spare);
                of_role
            })
        };
        Self {
            reading,
            parts,
            of: of(false),
            spare: of(true),
        }
    }

    fn of(&self, role: Role) -> &[usize] {
        &self.of[role as usize]
    }

    fn link(&self) -> Vec<Linked> {
        let cues = self.of(Role::Cue);
        let mut made: Vec<Linked> = cues
            .iter()
            .map(|&cue| Linked {
                cue: Some(cue),
                ..Linked::default()
            })
            .collect();
        let contents = self.of(Role::Content);
        let mut owners: Vec<Option<usize>> =
            contents.iter().map(|&c| self.cue_of(c, cues)).collect();
        for at in 0..contents.len() {
            let owner = owners[at].or_else(|| self.neighbour_of(at, contents, &owners));
            let owner = owner.unwrap_or_else(|| {
                let spare = &self.spare[Role::Cue as usize];
                made.push(Linked {
                    cue: self.cue_of(contents[at], spare).map(|number| spare[number]),
                    ..Linked::default()
                });
                made.len() - 1
            });
            owners[at] = Some(owner);
            made[owner].content.push(contents[at]);
        }
        for q in made.iter_mut().filter(|q| q.content.is_empty()) {
            q.content.extend(self.spare_content(q.cue));
        }
        made.retain(|q| !q.content.is_empty());
        self.give_sources(&mut made);
        for q in &mut made {
            q.content.sort_unstable();
            self.drop_preamble(q);
            self.drop_epilogue(q);
        }
        made.sort_by_key(|q| q.content[0]);
        made
    }

    /// “Speaking of the dam, X said that it holds”: what stands before the clause is not said, if the clause has its “that”
    /// or a colon.
    fn drop_preamble(&self, q: &mut Linked) {
        let Some(cue) = q.cue else { return };
        let after = q.content.iter().find(|&&c| c > cue);
        let introduced = after.is_some_and(|&c| {
            let words = self.parts[c].span.get(self.reading.text());
            let clause = self
                .reading
                .text()
                .get(self.parts[cue].span.start..self.parts[c].span.start);
            words.is_some_and(|w| w.starts_with("that "))
                || clause.is_some_and(|clause| clause.trim_end().ends_with(':'))
        });
        if introduced {
            let marked = |c: usize| {
                self.reading
                    .quotation_at(self.parts[c].span.start)
                    .is_some()
            };
            q.content.retain(|&c| c > cue || marked(c));
        }
    }

    /// “…,” he said, cutting off a reporter: what follows the clause in its sentence and has no marks is not said, if what
    /// was said is set off by its own.
    fn drop_epilogue(&self, q: &mut Linked) {
        let Some(cue) = q.cue else { return };
        let marked = |c: usize| {
            let span = &self.parts[c].span;
            let last = self.reading.quotation_at(span.end.saturating_sub(1));
            last.is_some_and(|m| m.span.start <= span.start)
        };
        if q.content.iter().any(|&c| c < cue && marked(c)) {
            let unmarked = |c: usize| {
                self.reading
                    .quotation_at(self.parts[c].span.start)
                    .is_none()
            };
            q.content
                .retain(|&c| c < cue || !unmarked(c) || self.gap(cue, c).sentences > 0);
        }
    }

    /// The quotation of the nearer neighbour of a content without a cue of its own, where both stand in marks:
    /// “A,” he said. “B.”
    fn neighbour_of(
        &self,
        at: usize,
        contents: &[usize],
        owners: &[Option<usize>],
    ) -> Option<usize> {
        let marked = |at: usize| {
            let start = self.parts[contents[at]].span.start;
            self.reading.quotation_at(start).is_some()
        };
        let candidates = [
            at.checked_sub(1),
            (at + 1 < contents.len()).then_some(at + 1),
        ];
        candidates
            .into_iter()
            .flatten()
            .filter(|&other| owners[other].is_some() && marked(at) && marked(other))
            .min_by_key(|&other| self.gap(contents[at], contents[other]).bytes)
            .and_then(|other| owners[other])
    }

    /// The likeliest spare content beside a cue.
    fn spare_content(&self, cue: Option<usize>) -> Option<usize> {
        let cue = cue?;
        let spare = &self.spare[Role::Content as usize];
        nearest(spare, cue)
            .map(|(number, _)| spare[number])
            .filter(|&content| {
                let gap = self.gap(content, cue);
                gap.sentences == 0
                    && gap.bytes < 60
                    && self.between(Role::Content, content, cue) == 0
                    && self.between(Role::Cue, content, cue) == 0
            })
            .max_by(|&a, &b| self.parts[a].score.total_cmp(&self.parts[b].score))
    }

    /// The number of the one among `cues` that attributes this content.
    fn cue_of(&self, content: usize, cues: &[usize]) -> Option<usize> {
        let part = &self.parts[content];
        let marked = self.reading.quotation_at(part.span.start).is_some();
        let mut best: Option<(usize, usize)> = None;
        for (number, between_cues) in nearest(cues, content) {
            let cue = cues[number];
            let gap = self.gap(content, cue);
            let other_contents = self.between(Role::Content, content, cue);
            if other_contents > 0 && !(marked && gap.sentences <= 2) {
                continue;
            }
            let mut cost = gap.bytes + 60 * gap.sentences + 80 * between_cues;
            // A reporting clause after the content is set off from it: “…,” he said.
            let text = self.reading.text();
            let set_off = text[..part.span.end]
                .ends_with([',', '”', '"', '’', '\'', '»', '?', '!'])
                || text[part.span.end..].starts_with(',');
            if cue > content && !set_off {
                cost += 8;
            }
            if cost < 150 && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// Each source goes to one cue, the nearest pair first. A cue that is left without shares the subject to its left,
    /// “he said …, adding …”, unless a spare source is nearer.
    fn give_sources(&self, made: &mut [Linked]) {
        let sources = self.of(Role::Source);
        let spare = &self.spare[Role::Source as usize];
        let mut pairs = Vec::new();
        for (number, q) in made.iter().enumerate() {
            let Some(cue) = q.cue else { continue };
            for (source, _) in nearest(sources, cue) {
                let source = sources[source];
                let cost = self.cost_of_source(source, cue);
                if cost < 120 {
                    pairs.push((cost, number, source));
                }
            }
        }
        pairs.sort_unstable();
        let mut used = vec![false; made.len() + self.parts.len()];
        for (_, number, source) in pairs {
            if made[number].source.is_none() && !used[source] {
                made[number].source = Some(source);
                used[source] = true;
            }
        }
        // The quotation before, which may have a source that was only a spare part.
        let mut last: Option<(usize, usize)> = None;
        for q in made.iter_mut() {
            let Some(cue) = q.cue else { continue };
            if let Some(source) = q.source {
                last = Some((cue, source));
                continue;
            }
            let shared = nearest(sources, cue)
                .map(|(number, between)| {
                    let source = sources[number];
                    let gap = self.gap(source, cue);
                    let after = usize::from(source > cue);
                    let cost = gap.bytes + 200 * gap.sentences + 100 * after + 40 * between;
                    (cost, source)
                })
                .filter(|&(cost, _)| cost < 300);
            let own = nearest(spare, cue)
                .map(|(number, _)| (self.cost_of_source(spare[number], cue), spare[number]))
                .filter(|&(cost, _)| cost < 120);
            let found = shared.chain(own).min().map(|(_, source)| source);
            let same_sentence =
                |&(before, _): &(usize, usize)| self.gap(before, cue).sentences == 0;
            q.source = found.or(last.filter(same_sentence).map(|(_, source)| source));
            last = q.source.map(|source| (cue, source)).or(last);
        }
    }

    /// How far a source is from being that of a cue.
    fn cost_of_source(&self, source: usize, cue: usize) -> usize {
        let gap = self.gap(source, cue);
        gap.bytes
            + 100 * gap.sentences
            + 60 * self.between(Role::Cue, source, cue)
            + 50 * self.between(Role::Content, source, cue)
    }

    fn gap(&self, a: usize, b: usize) -> Gap {
        let (first, last) = (&self.parts[a.min(b)].span, &self.parts[a.max(b)].span);
        Gap {
            bytes: last.start.saturating_sub(first.end),
            sentences: self.reading.sentence_at(last.start)
                - self.reading.sentence_at(first.end.saturating_sub(1)),
        }
    }

    /// How many parts of a role stand between two parts.
    fn between(&self, role: Role, a: usize, b: usize) -> usize {
        let of_role = self.of(role);
        let after = of_role.partition_point(|&i| i <= a.min(b));
        let before = of_role.partition_point(|&i| i < a.max(b));
        before.saturating_sub(after)
    }
}

/// The parts of `of_role` nearest to part `to` on each side: their numbers, and how many of the role stand between.
fn nearest(of_role: &[usize], to: usize) -> impl Iterator<Item = (usize, usize)> {
    let after = of_role.partition_point(|&i| i < to);
    let before = (after.saturating_sub(NEAREST)..after).rev().enumerate();
    let behind = (after..(after + NEAREST).min(of_role.len())).enumerate();
    before
        .chain(behind)
        .map(|(between, number)| (number, between))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Links the parts that a text marks with `[`…`]` for contents, `{`…`}` for cues and `<`…`>` for sources.
    fn linked(marked: &str) -> Vec<String> {
        let mut text = String::new();
        let mut parts: Vec<Part> = Vec::new();
        for c in marked.chars() {
            let role = match c {
                '[' | ']' => Role::Content,
                '{' | '}' => Role::Cue,
                '<' | '>' => Role::Source,
                _ => {
                    text.push(c);
                    continue;
                }
            };
            if "[{<".contains(c) {
                let span = text.len()..text.len();
                parts.push(Part {
                    span: span.into(),
                    role,
                    score: 1.0,
                    spare: false,
                });
            } else if let Some(part) = parts.last_mut() {
                part.span.end = text.len();
            }
        }
        let reading = Reading::new(&text, vec![]);
        let words = |i: usize| &text[parts[i].span];
        link(&reading, &parts)
            .iter()
            .map(|q| {
                let content: Vec<&str> = q.content.iter().map(|&i| words(i)).collect();
                let one = |i: Option<usize>| i.map_or("-", words);
                format!("{} {}: {}", one(q.source), one(q.cue), content.join(" / "))
            })
            .collect()
    }

    #[test]
    fn clauses_before_inside_and_after() {
        assert_eq!(linked("[“A,”] <X> {said}. [“B.”]"), ["X said: “A,” / “B.”"]);
        assert_eq!(linked("[“A,”] <X> {said}, [“b.”]"), ["X said: “A,” / “b.”"]);
        assert_eq!(
            linked("<X> {said} [that a], {adding} [that b]."),
            ["X said: that a", "X adding: that b"]
        );
        assert_eq!(
            linked("[“A,”] {said} <X>. [“B,”] {replied} <Y>."),
            ["X said: “A,”", "Y replied: “B,”"]
        );
    }

    #[test]
    fn over_paragraphs() {
        assert_eq!(linked("<X> {said}: [“A.]\n[“B.”]"), ["X said: “A. / “B.”"]);
        assert_eq!(
            linked("[“A,”] <X> {said}.\n[“B.”]"),
            ["X said: “A,”", "- -: “B.”"]
        );
        assert_eq!(linked("[“A.]\n[“B,”] <X> {said}."), ["X said: “A. / “B,”"]);
    }

    #[test]
    fn a_paragraph_of_nothing_but_cues_is_linear() {
        assert_eq!(linked(&"{said} [a] <X> ".repeat(20_000)).len(), 20_000);
    }
}

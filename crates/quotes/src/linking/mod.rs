//! From parts to quotations: which content was attributed by which cue to which source.
//!
//! Whatever finds the parts, this joins them, by distance and by what stands between; see [`costs`] for how well.

mod costs;

use crate::part::{Part, Role};
use costs::Gap;
use std::ops::Range;
use text::{Reading, is_closing_mark};

/// The parts of one quotation: indices of the parts given to [`link`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// In the order of the text, never empty.
    pub content: Vec<usize>,
    pub cue: Option<usize>,
    pub source: Option<usize>,
}

/// How many cues or sources on each side of a part are looked at: enough for a clause before and one behind (one or
/// three change attribution on PolNeAR's dev part by less than 0.1), and a bound keeps a paragraph with thousands of
/// them linear.
const NEAREST: usize = 2;

/// Joins `parts`, which are ordered and disjoint, into quotations, in the order of their first content.
pub(crate) fn link(reading: &Reading<'_>, parts: &[Part]) -> Vec<Attribution> {
    let mut quotations: Vec<Attribution> = Vec::new();
    let mut first = 0;
    for paragraph in reading.paragraphs() {
        let rest = &parts[first..];
        let end = first + rest.partition_point(|p| p.span.start < paragraph.end);
        if first < end {
            let mut made = Linker::new(reading, parts, first..end).link();
            if let Some(last) = quotations.last_mut()
                && goes_on(reading, parts, last, first)
            {
                carry_on(last, &mut made, first);
            }
            quotations.append(&mut made);
        }
        first = end;
    }
    quotations
}

/// Whether a quotation was left open before the paragraph whose first part this is: the printers' convention for a
/// quotation over several paragraphs.
fn goes_on(reading: &Reading<'_>, parts: &[Part], last: &Attribution, first: usize) -> bool {
    let Some(&content) = last.content.last() else {
        return false;
    };
    let (before, after) = (parts[content].span, parts[first].span);
    let final_byte = before.end.saturating_sub(1);
    let open = reading.quotation_at(final_byte);
    let opens = reading.quotation_at(after.start);
    let paragraph = reading.paragraph_at(after.start);
    parts[first].role == Role::Content
        && open.is_some_and(|q| q.goes_on)
        && opens.is_some_and(|q| q.span.start == after.start)
        && paragraph == reading.paragraph_at(before.start) + 1
        && reading.paragraphs()[paragraph].start == after.start
}

/// Gives the first content of a paragraph to the quotation that goes on; a cue that the paragraph has for it is that
/// quotation's only where it has none of its own yet.
fn carry_on(last: &mut Attribution, made: &mut Vec<Attribution>, first: usize) {
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

/// Joins the parts of one paragraph.
struct Linker<'a> {
    reading: &'a Reading<'a>,
    parts: &'a [Part],
    /// By role, the indices of the paragraph's parts in order; fallbacks apart.
    of_role: [Vec<usize>; 3],
    fallbacks: [Vec<usize>; 3],
}

impl<'a> Linker<'a> {
    fn new(reading: &'a Reading<'a>, parts: &'a [Part], paragraph: Range<usize>) -> Self {
        let mut linker = Self {
            reading,
            parts,
            of_role: Default::default(),
            fallbacks: Default::default(),
        };
        for i in paragraph {
            let lists = match parts[i].fallback {
                false => &mut linker.of_role,
                true => &mut linker.fallbacks,
            };
            lists[parts[i].role as usize].push(i);
        }
        linker
    }

    fn of(&self, role: Role) -> &[usize] {
        &self.of_role[role as usize]
    }

    fn fallbacks(&self, role: Role) -> &[usize] {
        &self.fallbacks[role as usize]
    }

    fn link(&self) -> Vec<Attribution> {
        let mut made = self.attribute_contents();
        for q in made.iter_mut().filter(|q| q.content.is_empty()) {
            q.content.extend(self.fallback_content(q.cue));
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

    /// A quotation for each cue with the contents that it attributes, perhaps none, and one for each content that is
    /// left.
    fn attribute_contents(&self) -> Vec<Attribution> {
        let with_cue = |cue: Option<usize>| Attribution {
            cue,
            ..Attribution::default()
        };
        let cues = self.of(Role::Cue);
        let mut made: Vec<Attribution> = cues.iter().map(|&cue| with_cue(Some(cue))).collect();
        let contents = self.of(Role::Content);
        let mut owners: Vec<Option<usize>> =
            contents.iter().map(|&c| self.cue_of(c, cues)).collect();
        for (at, &content) in contents.iter().enumerate() {
            let owner = owners[at].or_else(|| self.neighbour_of(at, &owners));
            let owner = owner.unwrap_or_else(|| {
                let cues = self.fallbacks(Role::Cue);
                let cue = self.cue_of(content, cues).map(|number| cues[number]);
                made.push(with_cue(cue));
                made.len() - 1
            });
            owners[at] = Some(owner);
            made[owner].content.push(content);
        }
        made
    }

    /// The number, among `cues`, of the one that attributes this content.
    fn cue_of(&self, content: usize, cues: &[usize]) -> Option<usize> {
        let span = self.parts[content].span;
        let (said, rest) = self.reading.text().split_at(span.end);
        // A reporting clause after the content is set off from it: “…,” he said.
        let set_off = said.ends_with(|c| is_closing_mark(c) || matches!(c, ',' | '?' | '!'))
            || rest.starts_with(',');
        let marked = self.is_marked(content);
        let cost = |&number: &usize| {
            let cue = cues[number];
            // In marks, several sentences may be one content's pieces: “A,” he said. “B.” “C.”
            if !marked && self.between(Role::Content, content, cue) > 0 {
                return None;
            }
            let gap = self.gap(content, cue);
            Some((costs::of_content(gap, cue < content || set_off)?, number))
        };
        let costs = nearest(cues, content).filter_map(|number| cost(&number));
        // Of two at the same cost the one that `nearest` has first.
        costs
            .min_by_key(|&(cost, _)| cost)
            .map(|(_, number)| number)
    }

    /// The quotation of the nearer neighbour of a content without a cue of its own, where both stand in marks:
    /// “A,” he said. “B.” `at` is the content's number, `owners` the contents' quotations as far as they are known.
    fn neighbour_of(&self, at: usize, owners: &[Option<usize>]) -> Option<usize> {
        let contents = self.of(Role::Content);
        if !self.is_marked(contents[at]) {
            return None;
        }
        let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let owned = neighbours.filter_map(|number| Some((contents.get(number)?, owners[number]?)));
        owned
            .filter(|&(&other, _)| self.is_marked(other))
            .min_by_key(|&(&other, _)| self.gap(contents[at], other).bytes)
            .map(|(_, owner)| owner)
    }

    /// The likeliest fallback content beside a cue.
    fn fallback_content(&self, cue: Option<usize>) -> Option<usize> {
        let cue = cue?;
        let contents = self.fallbacks(Role::Content);
        nearest(contents, cue)
            .map(|number| contents[number])
            .filter(|&content| {
                costs::reaches_fallback(self.gap(content, cue))
                    && self.between(Role::Content, content, cue) == 0
                    && self.between(Role::Cue, content, cue) == 0
            })
            .max_by(|&a, &b| self.parts[a].score.total_cmp(&self.parts[b].score))
    }

    /// Each source goes to one cue, the nearest pair first. A cue that is left without shares another's source, “he
    /// said …, adding …”, unless a fallback is nearer.
    fn give_sources(&self, made: &mut [Attribution]) {
        let sources = self.of(Role::Source);
        let mut pairs = Vec::new();
        for (quotation, q) in made.iter().enumerate() {
            let Some(cue) = q.cue else { continue };
            for number in nearest(sources, cue) {
                if let Some(cost) = self.cost_of_source(sources[number], cue) {
                    pairs.push((cost, quotation, number));
                }
            }
        }
        pairs.sort_unstable();
        let mut taken = vec![false; sources.len()];
        for (_, quotation, number) in pairs {
            if made[quotation].source.is_none() && !taken[number] {
                made[quotation].source = Some(sources[number]);
                taken[number] = true;
            }
        }
        self.share_sources(made);
    }

    /// Gives a source to each quotation with a cue that has none: the nearest, be it another's or a fallback, or else
    /// that of the quotation before in the same sentence.
    fn share_sources(&self, made: &mut [Attribution]) {
        let sources = self.of(Role::Source);
        let fallbacks = self.fallbacks(Role::Source);
        // The cue and the source of the quotation before. (The source may be a fallback, which is not among `sources`.)
        let mut before: Option<(usize, usize)> = None;
        for q in made {
            let Some(cue) = q.cue else { continue };
            if q.source.is_none() {
                let shared = nearest(sources, cue).filter_map(|number| {
                    let source = sources[number];
                    let gap = self.gap(source, cue);
                    Some((costs::of_shared_source(gap, source > cue)?, source))
                });
                let own = nearest(fallbacks, cue).filter_map(|number| {
                    let source = fallbacks[number];
                    Some((self.cost_of_source(source, cue)?, source))
                });
                let same_sentence =
                    before.filter(|&(cue_before, _)| self.gap(cue_before, cue).sentences == 0);
                let nearest = shared.chain(own).min().map(|(_, source)| source);
                q.source = nearest.or(same_sentence.map(|(_, source)| source));
            }
            before = q.source.map(|source| (cue, source)).or(before);
        }
    }

    fn cost_of_source(&self, source: usize, cue: usize) -> Option<usize> {
        costs::of_source(
            self.gap(source, cue),
            self.between(Role::Cue, source, cue),
            self.between(Role::Content, source, cue),
        )
    }

    /// “Speaking of the dam, X said that it holds”: what stands before the clause is not said, if the clause has its
    /// “that” or a colon. (Gold parts: 0.1 points more with this.)
    fn drop_preamble(&self, q: &mut Attribution) {
        let Some(cue) = q.cue else { return };
        let Some(&after) = q.content.iter().find(|&&c| c > cue) else {
            return;
        };
        let (text, span) = (self.reading.text(), self.parts[after].span);
        let clause = text.get(self.parts[cue].span.start..span.start);
        let colon = clause.is_some_and(|clause| clause.trim_end().ends_with(':'));
        let that = (span.get(text)).is_some_and(|words| words.starts_with("that "));
        if colon || that {
            q.content.retain(|&c| c > cue || self.is_marked(c));
        }
    }

    /// “…,” he said, cutting off a reporter: what follows the clause in its sentence and has no marks is not said, if
    /// what was said is set off by its own.
    fn drop_epilogue(&self, q: &mut Attribution) {
        let Some(cue) = q.cue else { return };
        let whole = |c: usize| {
            let span = self.parts[c].span;
            let last = self.reading.quotation_at(span.end.saturating_sub(1));
            last.is_some_and(|m| m.span.start <= span.start)
        };
        if q.content.iter().any(|&c| c < cue && whole(c)) {
            q.content
                .retain(|&c| c < cue || self.is_marked(c) || self.gap(cue, c).sentences > 0);
        }
    }

    /// Whether a part begins between quotation marks, or with one.
    fn is_marked(&self, part: usize) -> bool {
        let start = self.parts[part].span.start;
        self.reading.quotation_at(start).is_some()
    }

    fn gap(&self, a: usize, b: usize) -> Gap {
        let (first, last) = (self.parts[a.min(b)].span, self.parts[a.max(b)].span);
        let sentence = |byte: usize| self.reading.sentence_at(byte);
        Gap {
            bytes: last.start.saturating_sub(first.end),
            sentences: sentence(last.start) - sentence(first.end.saturating_sub(1)),
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

/// The numbers of those in `of_role` that are nearest to part `to`, at most [`NEAREST`] on each side: first those
/// before it, the nearest first, then those behind it.
fn nearest(of_role: &[usize], to: usize) -> impl Iterator<Item = usize> {
    let behind = of_role.partition_point(|&i| i < to);
    let before = (behind.saturating_sub(NEAREST)..behind).rev();
    before.chain(behind..(behind + NEAREST).min(of_role.len()))
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
                    fallback: false,
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

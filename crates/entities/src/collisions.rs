//! Names and values that overlap: "May" the prime minister, "Sunday Times", "7-Eleven".

use crate::Name;
use crate::values::ValueMention;
use document::{EntityType, Span};

/// Drops the one of each overlapping pair that has less evidence. Names and values are in the order of the text, and stay so.
///
/// A name that reaches beyond the value on either side is a name ("Sunday Times", "May 4th Movement"), and so is a person ("Theresa
/// May", "May said"). Where a value covers the name or is the same stretch, the grammar has the better evidence: months
/// and amounts follow it, a name is only a guess from capitals.
pub(crate) fn settle(
    names: Vec<Name>,
    values: Vec<ValueMention>,
) -> (Vec<Name>, Vec<ValueMention>) {
    let mut kept_names = Vec::with_capacity(names.len());
    let mut keep_value = vec![true; values.len()];
    let mut first = 0;
    for name in names {
        while values
            .get(first)
            .is_some_and(|v| v.span.end <= name.span.start)
        {
            first += 1;
        }
        let overlapping =
            || (first..values.len()).take_while(|&v| values[v].span.start < name.span.end);
        let wins = overlapping().all(|v| !keep_value[v] || name_wins(&name, &values[v]));
        if wins {
            for v in overlapping() {
                keep_value[v] = false;
            }
            kept_names.push(name);
        }
    }
    let mut keep = keep_value.into_iter();
    let kept_values = values
        .into_iter()
        .filter(|_| keep.next().unwrap_or(true))
        .collect();
    (kept_names, kept_values)
}

fn name_wins(name: &Name, value: &ValueMention) -> bool {
    if !name.span.overlaps(value.span) {
        return true;
    }
    let covers = value.span.start <= name.span.start && name.span.end <= value.span.end;
    let one_word = value.kind == EntityType::Date && value.span == name.span;
    !covers || one_word && name.kind == EntityType::Person
}

/// Drops the items that overlap one of some names which take precedence. All are in the order of the text.
pub(crate) fn drop_overlapping<T>(
    found: &mut Vec<T>,
    span: impl Fn(&T) -> Span,
    preferred: &[Name],
) {
    let mut first = 0;
    found.retain(|item| {
        let span = span(item);
        while preferred
            .get(first)
            .is_some_and(|name| name.span.end <= span.start)
        {
            first += 1;
        }
        !preferred
            .get(first)
            .is_some_and(|name| name.span.overlaps(span))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(span: Span, kind: EntityType) -> Name {
        Name {
            span,
            kind,
            score: 1.0,
        }
    }

    fn value(span: Span, kind: EntityType) -> ValueMention {
        ValueMention {
            span,
            kind,
            value: None,
            number: None,
            unit: None,
        }
    }

    /// How many names and values stay.
    fn stay(
        name_at: Span,
        kind: EntityType,
        value_at: Span,
        value_kind: EntityType,
    ) -> (usize, usize) {
        let (names, values) = settle(vec![name(name_at, kind)], vec![value(value_at, value_kind)]);
        (names.len(), values.len())
    }

    #[test]
    fn a_name_beats_a_value_that_is_part_of_it() {
        // "Sunday Times", "7-Eleven"
        assert_eq!(
            stay(
                Span::new(0, 12),
                EntityType::Org,
                Span::new(0, 6),
                EntityType::Date
            ),
            (1, 0)
        );
        assert_eq!(
            stay(
                Span::new(0, 8),
                EntityType::Org,
                Span::new(0, 1),
                EntityType::Cardinal
            ),
            (1, 0)
        );
    }

    #[test]
    fn a_value_beats_a_name_within_it_but_for_a_person() {
        // "December" for a place, "USD" of "USD 5", "May" the person
        assert_eq!(
            stay(
                Span::new(0, 8),
                EntityType::Gpe,
                Span::new(0, 8),
                EntityType::Date
            ),
            (0, 1)
        );
        assert_eq!(
            stay(
                Span::new(0, 3),
                EntityType::Org,
                Span::new(0, 5),
                EntityType::Money
            ),
            (0, 1)
        );
        assert_eq!(
            stay(
                Span::new(0, 3),
                EntityType::Person,
                Span::new(0, 3),
                EntityType::Date
            ),
            (1, 0)
        );
    }

    #[test]
    fn spans_that_only_touch_both_stay() {
        assert_eq!(
            stay(
                Span::new(0, 3),
                EntityType::Org,
                Span::new(3, 5),
                EntityType::Money
            ),
            (1, 1)
        );
    }
}

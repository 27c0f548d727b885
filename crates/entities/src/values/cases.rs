//! The cases of `tests/cases/values.tsv`, which says itself how to add one, and of `amounts.tsv`.

use super::calendar::Day;
use super::{Context, ValueMention, find};
use crate::countries;
use text::Reading;

fn found(text: &str, date: &str) -> Vec<ValueMention> {
    let currencies = text
        .split(' ')
        .filter_map(countries::lookup)
        .map(|(country, _)| country.currency)
        .collect();
    let context = Context {
        reference: Day::parse(date),
        currencies,
    };
    find(&Reading::new(text, vec![]), &context, |_| true)
}

#[test]
fn every_case_is_read_as_its_line_says() {
    check(include_str!("../../tests/cases/values.tsv"), 300);
}

#[test]
fn hard_amounts_are_read_as_their_lines_say() {
    check(include_str!("../../tests/cases/amounts.tsv"), 140);
}

fn check(table: &str, at_least: usize) {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for (n, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        cases += 1;
        let columns: Vec<&str> = line.split('\t').collect();
        let [marked, date, kind, value, unit] = columns[..] else {
            panic!("line {}: five columns, please", n + 1);
        };
        let text = marked.replace(['[', ']'], "");
        let all = found(&text, date);
        let mut of_kind = all.iter().filter(|f| f.kind.as_str() == kind);
        let right = match (marked.find('['), marked.find(']')) {
            (Some(start), Some(end)) => of_kind.any(|f| {
                f.span == (start..end - 1)
                    && f.value.as_deref().unwrap_or("-") == value
                    && f.unit.as_deref().unwrap_or("-") == unit
            }),
            _ => of_kind.next().is_none(),
        };
        if !right {
            let got: Vec<String> = all
                .iter()
                .map(|f| {
                    let value = f.value.as_deref().unwrap_or("-");
                    format!(
                        "{} {:?} {value} {:?}",
                        f.kind.as_str(),
                        &text[f.span],
                        f.unit
                    )
                })
                .collect();
            wrong.push(format!(
                "line {}: {marked}\n    got {}",
                n + 1,
                got.join("; ")
            ));
        }
    }
    assert!(cases >= at_least, "only {cases} cases were read");
    assert!(
        wrong.is_empty(),
        "{} of {cases} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn values_are_in_order_apart_and_as_they_are_written() {
    let texts = [
        "",
        "$",
        "5",
        "$5-",
        "1,1,1,1",
        "May May May 5 5 5",
        "one hundred hundred thousand one",
        "3.12.2024.5",
        "“$5 – $6” to 7 %",
        "Q",
        "Q3Q4",
        "last last last week",
        "12:",
        "'80",
        "½ 1½ €½",
        "2024-13-45 99/99/9999",
        "\u{feff}3\u{a0}km",
        "1st 2nd 3rd century",
        "the 0th of May 0000",
    ];
    for text in texts {
        for date in ["-", "2024-12-03", "0001-01-01", "9999-12-31"] {
            let mut end = 0;
            for found in found(text, date) {
                assert!(
                    end <= found.span.start && found.span.start < found.span.end,
                    "{text:?}"
                );
                assert!(found.span.get(text).is_some(), "{text:?}");
                end = found.span.end;
            }
        }
    }
}

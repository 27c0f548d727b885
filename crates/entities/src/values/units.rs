//! Units of measure, from `data/units.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The most tokens of a unit: "barrels of oil per day".
pub(super) const LONGEST: usize = 5;

/// From the [`key`] of a form to its symbol.
static SYMBOLS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/units.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(symbol, forms)| forms.split("; ").map(move |form| (key(form), symbol)))
        .collect()
});

/// The symbol of a unit that is written so, `km` for "kilometres".
pub(super) fn symbol(form: &str) -> Option<&'static str> {
    SYMBOLS.get(&key(form)).copied()
}

/// Longer forms are words, whose case does not matter; `M` is mega and `m` milli.
fn key(form: &str) -> String {
    if form.chars().count() <= 2 {
        form.to_owned()
    } else {
        form.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_symbols() {
        assert_eq!(symbol("Kilometres"), Some("km"));
        assert_eq!(symbol("°C"), Some("°C"));
        assert_eq!((symbol("MW"), symbol("mw")), (Some("MW"), None));
        assert!(
            SYMBOLS
                .keys()
                .all(|form| form.split(' ').count() <= LONGEST)
        );
    }
}

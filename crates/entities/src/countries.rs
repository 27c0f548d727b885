//! Countries by the names of the countries and of their peoples.
//!
//! The list is `data/countries.tsv`; its first lines name its sources and say how to extend it. It is read once, at the first
//! use, in about 0.1 ms.

use model::Map;
use std::sync::LazyLock;
use text::fold_mark;

/// One country of ISO 3166-1.
#[derive(Debug)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// ISO 4217.
    pub currency: &'static str,
    /// Whether something else has its usual name too: Georgia.
    pub ambiguous: bool,
}

/// What a name has to do with its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// `Iran`, `Islamic Republic of Iran`
    Country,
    /// `Iranian`, `Iranians`
    People,
    /// `Tehran`
    Capital,
}

/// The most words of a country's name that a text is searched for: "Democratic Republic of the Congo".
pub(crate) const LONGEST: usize = 5;

struct Table {
    countries: Vec<Country>,
    /// From a name in lower case to the index of its country.
    names: Map<String, (usize, Sense)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        countries: Vec::new(),
        names: Map::default(),
    };
    for line in include_str!("../data/countries.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(code), Some(currency), Some(capital), Some(names), Some(peoples)) = (
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
        ) else {
            continue; // the head of the file
        };
        let index = table.countries.len();
        table.countries.push(Country {
            code,
            currency,
            ambiguous: names.contains('?'),
        });
        let list = |names: &'static str| names.split("; ").filter(|name| !name.is_empty());
        for name in list(names) {
            table.names.insert(
                name.trim_end_matches('?').to_lowercase(),
                (index, Sense::Country),
            );
        }
        for name in list(peoples) {
            let name = name.to_lowercase();
            // "Swiss" and "Chinese" have no plural of their own.
            if !name.ends_with(['s', 'h']) && !name.ends_with("ese") {
                table
                    .names
                    .entry(format!("{name}s"))
                    .or_insert((index, Sense::People));
            }
            table.names.entry(name).or_insert((index, Sense::People));
        }
        table
            .names
            .entry(capital.to_lowercase())
            .or_insert((index, Sense::Capital));
    }
    table
});

/// The country that a name stands for, in any case but lower case: "turkey" and "us" are ordinary words.
pub(crate) fn lookup(name: &str) -> Option<(&'static Country, Sense)> {
    if !name.starts_with(char::is_uppercase) && !name.starts_with("mainland") {
        return None;
    }
    let name: String = name.chars().map(fold_mark).collect();
    lookup_lower(&name.to_lowercase())
}

/// [`lookup`] of a name that has been put into lower case.
pub(crate) fn lookup_lower(name: &str) -> Option<(&'static Country, Sense)> {
    let table = &*TABLE;
    let &(index, sense) = table.names.get(name)?;
    Some((table.countries.get(index)?, sense))
}

/// The ISO 4217 code, if some country pays with this currency.
pub(crate) fn currency(code: &str) -> Option<&'static str> {
    if code.len() != 3 {
        return None;
    }
    let countries = TABLE.countries.iter();
    countries
        .map(|country| country.currency)
        .find(|c| *c == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str) -> Option<(&'static str, Sense)> {
        lookup(name).map(|(country, sense)| (country.code, sense))
    }

    #[test]
    fn countries_go_by_usual_and_official_names() {
        assert_eq!(code("Iran"), Some(("IR", Sense::Country)));
        assert_eq!(
            code("Islamic Republic of Iran"),
            Some(("IR", Sense::Country))
        );
        assert_eq!(code("U.S."), Some(("US", Sense::Country)));
        assert_eq!(code("SYRIA"), Some(("SY", Sense::Country)));
        assert_eq!(code("Georgia"), Some(("GE", Sense::Country)));
        assert_eq!(code("Côte d’Ivoire"), Some(("CI", Sense::Country)));
    }

    #[test]
    fn peoples_have_plurals() {
        assert_eq!(code("Iranian"), Some(("IR", Sense::People)));
        assert_eq!(code("Syrians"), Some(("SY", Sense::People)));
        assert_eq!(code("British"), Some(("GB", Sense::People)));
        assert_eq!(code("Britishs"), None);
    }

    #[test]
    fn ordinary_words_and_shared_names_are_no_countries() {
        for name in ["us", "turkey", "Congolese", "Korean", ""] {
            assert_eq!(code(name), None, "{name}");
        }
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines = include_str!("../data/countries.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(TABLE.countries.len(), lines);
        assert!(TABLE.countries.iter().all(|c| c.code.len() == 2));
    }
}

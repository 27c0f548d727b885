//! Currencies by their signs and words, from `data/currencies.tsv`.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// The most tokens of a sign: "U.S. $".
pub(super) const LONGEST_SIGN: usize = 5;

/// What a currency's sign or word stands for.
#[derive(Debug, Clone)]
pub(super) struct Currency {
    /// ISO 4217, where no country that is named says otherwise; `None` where several currencies share the word.
    code: Option<&'static str>,
    /// The ISO 4217 codes of those that share it.
    shared: Vec<&'static str>,
    /// What one of it is: 0.01 for cents.
    pub factor: f64,
}

impl Currency {
    /// The ISO 4217 code, from the currencies of the countries that the text names.
    pub(super) fn code(&self, named: &BTreeSet<&'static str>) -> Option<&'static str> {
        let mut among = self
            .shared
            .iter()
            .copied()
            .filter(|code| named.contains(code));
        match (among.next(), among.next()) {
            (None, _) => self.code,
            (Some(only), None) => Some(only),
            // Of several the usual one, if it is among them.
            _ => self.code.filter(|code| named.contains(code)),
        }
    }
}

#[derive(Default)]
struct Currencies {
    signs: HashMap<&'static str, Currency>,
    words: HashMap<&'static str, Currency>,
}

static CURRENCIES: LazyLock<Currencies> = LazyLock::new(|| {
    let mut currencies = Currencies::default();
    let table = include_str!("../../data/currencies.tsv").lines();
    for line in table.filter(|line| !line.starts_with('#')) {
        let forms = |column: &'static str| column.split("; ").filter(|form| !form.is_empty());
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or_default();
        let (code, signs, words, shared) = (column(), column(), column(), column());
        let currency = Currency {
            code: Some(code).filter(|code| *code != "-"),
            shared: forms(shared).collect(),
            factor: column().parse().unwrap_or(1.0),
        };
        for sign in forms(signs) {
            currencies.signs.insert(sign, currency.clone());
        }
        for word in forms(words) {
            currencies.words.insert(word, currency.clone());
        }
    }
    currencies
});

/// The currency of a sign or code that stands before an amount; case counts.
pub(super) fn of_sign(sign: &str) -> Option<&'static Currency> {
    CURRENCIES.signs.get(sign)
}

/// The currency of a word that stands behind an amount, in any case.
pub(super) fn of_word(word: &str) -> Option<&'static Currency> {
    CURRENCIES.words.get(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_words_have_codes() {
        let none = BTreeSet::new();
        let code = |currency: Option<&Currency>| currency.and_then(|c| c.code(&none));
        assert_eq!(code(of_sign("US$")), Some("USD"));
        assert_eq!(code(of_sign("us$")), None);
        assert_eq!(code(of_word("Euros")), Some("EUR"));
        assert_eq!(code(of_word("rupees")), None);
    }

    #[test]
    fn a_country_that_is_named_settles_a_shared_word() {
        let code =
            |word, named: &[&'static str]| of_word(word)?.code(&named.iter().copied().collect());
        assert_eq!(code("rupees", &["NPR"]), Some("NPR"));
        assert_eq!(code("rupees", &["NPR", "INR"]), None);
        assert_eq!(code("cents", &[]), Some("USD"));
        assert_eq!(code("cents", &["EUR"]), Some("EUR"));
        assert_eq!(code("cents", &["EUR", "USD"]), Some("USD"));
        assert_eq!(code("cents", &["EUR", "CAD"]), None);
    }
}

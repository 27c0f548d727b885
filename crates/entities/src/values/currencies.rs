//! Currencies by their signs and words, from `data/currencies.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The most tokens of a sign: "U.S. $".
pub(super) const LONGEST_SIGN: usize = 5;

/// What a currency's word stands for.
#[derive(Debug, Default)]
pub(super) struct Currency {
    /// ISO 4217; `None` where several currencies share the word.
    pub code: Option<&'static str>,
    /// The ISO 4217 codes of those that share it.
    pub shared: Vec<&'static str>,
}

#[derive(Default)]
struct Currencies {
    /// From a sign to its code.
    signs: HashMap<&'static str, &'static str>,
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
        let code = Some(code).filter(|code| *code != "-");
        for sign in forms(signs) {
            currencies.signs.insert(sign, code.unwrap_or_default());
        }
        for word in forms(words) {
            let shared = forms(shared).collect();
            currencies.words.insert(word, Currency { code, shared });
        }
    }
    currencies
});

/// The ISO 4217 code of a sign or code that stands before an amount; case counts.
pub(super) fn of_sign(sign: &str) -> Option<&'static str> {
    CURRENCIES.signs.get(sign).copied()
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
        assert_eq!((of_sign("US$"), of_sign("us$")), (Some("USD"), None));
        assert_eq!(of_word("Euros").and_then(|euro| euro.code), Some("EUR"));
        let rupees = of_word("rupees").map(|rupee| (rupee.code, rupee.shared.contains(&"INR")));
        assert_eq!(rupees, Some((None, true)));
    }
}

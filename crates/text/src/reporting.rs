//! Verbs that report what somebody says or thinks. Each part of a text is read with a set of its own.

use crate::lists::{self, WordSet};
use std::sync::LazyLock;

const LIST: &str = include_str!("../data/reporting.txt");

/// What a verb's place in the text says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Use {
    /// After the quotation that it reports: “…,” muttered Lee. The sentence model is trained with these.
    Quotation,
    /// After the one who speaks: Lee told Kim.
    Subject,
    /// Between a quotation and the one who speaks: “…,” said Lee.
    Inverted,
    /// At the end of a headline: Harbour to reopen, mayor says.
    Headline,
    /// In a sentence that attributes words to somebody.
    Attribution,
    /// Where somebody does not hold what is reported.
    Denial,
}

/// Each use with its name in the list, in the order of [`Use`].
const USES: [(Use, &str); 6] = [
    (Use::Quotation, "quotation"),
    (Use::Subject, "subject"),
    (Use::Inverted, "inverted"),
    (Use::Headline, "headline"),
    (Use::Attribution, "attribution"),
    (Use::Denial, "denial"),
];

/// The verbs of a use, in lower case.
///
/// ```
/// use text::reporting::{Use, verbs};
/// assert!(verbs(Use::Subject).contains("told"));
/// assert!(!verbs(Use::Inverted).contains("told"));
/// ```
pub fn verbs(of: Use) -> &'static WordSet {
    static SETS: LazyLock<[WordSet; USES.len()]> = LazyLock::new(|| {
        USES.map(|(_, name)| {
            let rows = lists::lines(LIST).filter_map(|line| line.split_once('\t'));
            rows.filter(|(_, uses)| uses.split(' ').any(|of| of == name))
                .map(|(verb, _)| verb)
                .collect()
        })
    });
    &SETS[of as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_use_has_a_name_and_verbs() {
        for (i, (of, name)) in USES.into_iter().enumerate() {
            assert_eq!(i, of as usize, "{name}");
            assert!(verbs(of).iter().count() > 5, "{name}");
        }
        for line in lists::lines(LIST) {
            let (verb, uses) = line.split_once('\t').expect("two columns");
            assert_eq!(verb, verb.to_lowercase());
            for of in uses.split(' ') {
                assert!(USES.iter().any(|(_, name)| *name == of), "{line}");
            }
        }
    }
}

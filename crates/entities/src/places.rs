//! Places that the lexicon's gazetteers list.

use crate::lexicon::{Entry, longer, word};
use crate::words::lower_hash;
use document::EntityType;

/// What a place's name names: a country, state or city ([`EntityType::Gpe`]) or a continent ([`EntityType::Loc`]); `None`
/// where no gazetteer has it.
pub fn place(name: &str) -> Option<EntityType> {
    let tokens = text::tokens(name);
    let mut hashes = tokens.iter().map(|token| lower_hash(&name[token.span]));
    let first = hashes.next()?;
    let bits = word(hashes.fold(first, longer)).bits;
    let gpe = Entry::CITY | Entry::BIG_CITY | Entry::COUNTRY | Entry::STATE;
    if bits & Entry::CONTINENT != 0 {
        Some(EntityType::Loc)
    } else {
        (bits & gpe != 0).then_some(EntityType::Gpe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_the_type_of_their_gazetteer() {
        assert_eq!(place("New York City"), Some(EntityType::Gpe));
        assert_eq!(place("AFRICA"), Some(EntityType::Loc));
        assert_eq!(place("Soccer"), None);
        assert_eq!(place(""), None);
    }
}

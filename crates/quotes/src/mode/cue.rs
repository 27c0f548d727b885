//! The words of cues, by what they do with their content: `data/cues.txt`.

use model::{Map, hash};
use std::sync::LazyLock;
use text::lists;

/// What a cue's head word does with its content; the sections of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Says something, whatever follows.
    Speech,
    /// Says something where a clause or a quotation follows.
    Report,
    /// Says something where a quotation follows.
    Quotation,
    /// Holds it to be so.
    Thought,
    /// Says nothing.
    Act,
}

impl Class {
    /// Each with the name of its section.
    const NAMES: [(&str, Self); 5] = [
        ("speech", Self::Speech),
        ("report", Self::Report),
        ("quotation", Self::Quotation),
        ("thought", Self::Thought),
        ("act", Self::Act),
    ];
}

/// A word that is the head of cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// Its base form.
    pub base: &'static str,
    pub class: Class,
}

/// The head that has this form, in lower case.
pub(super) fn head(form: &str) -> Option<Head> {
    HEADS.get(&hash(form.as_bytes())).copied()
}

static HEADS: LazyLock<Map<u64, Head>> = LazyLock::new(|| {
    let mut heads = Map::default();
    for (section, line) in lists::sections(include_str!("../../data/cues.txt")) {
        let Some((_, class)) = Class::NAMES.into_iter().find(|(name, _)| *name == section) else {
            continue;
        };
        for word in line.split(' ') {
            let mut spelt = word.split('/');
            let base = spelt.next().unwrap_or_default();
            let head = Head { base, class };
            let mut add = |form: &str| {
                heads.entry(hash(form.as_bytes())).or_insert(head);
            };
            spelt.for_each(&mut add);
            regular(base, &mut add);
        }
    }
    heads
});

/// The regular forms of a verb. One too many (“thinked”) does no harm.
fn regular(base: &str, mut add: impl FnMut(&str)) {
    add(base);
    let stem = base.strip_suffix('e').unwrap_or(base);
    for ending in ["s", "es", "ed", "ing"] {
        add(&format!("{stem}{ending}"));
    }
    add(&format!("{base}s"));
    if let Some(stem) = base.strip_suffix('y') {
        add(&format!("{stem}ies"));
        add(&format!("{stem}ied"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_their_base_and_class() {
        let of = |form: &str| head(form).map(|head| (head.base, head.class));
        for form in ["say", "says", "said", "saying"] {
            assert_eq!(of(form), Some(("say", Class::Speech)), "{form}");
        }
        for form in ["deny", "denies", "denied", "denying"] {
            assert_eq!(of(form), Some(("deny", Class::Speech)), "{form}");
        }
        assert_eq!(of("conceded"), Some(("concede", Class::Report)));
        assert_eq!(of("praising"), Some(("praise", Class::Quotation)));
        assert_eq!(of("hoped"), Some(("hope", Class::Thought)));
        assert_eq!(of("refused"), Some(("refuse", Class::Act)));
        assert_eq!(of("harbour"), None);
    }

    #[test]
    fn every_word_is_in_one_section() {
        let mut bases: Vec<&str> = lists::sections(include_str!("../../data/cues.txt"))
            .flat_map(|(_, line)| line.split(' '))
            .filter_map(|word| word.split('/').next())
            .collect();
        let all = bases.len();
        bases.sort_unstable();
        bases.dedup();
        assert_eq!(bases.len(), all);
        for (section, _) in lists::sections(include_str!("../../data/cues.txt")) {
            assert!(Class::NAMES.iter().any(|(name, _)| *name == section));
        }
    }
}

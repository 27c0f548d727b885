//! Full stops inside a legal citation: `Roe v. Doe, 123 F. Supp. 2d 456, 460 (N.D. Cal. 1999)`.
//!
//! A citation sentence stands for itself (`The claim fails. Id. at 5. We affirm.`); nothing in it ends a sentence.

use crate::candidate::Candidate;
use crate::lexicon::{Key, Lexicon, Trait};
use text::abbreviations::Kind;

/// Bytes after an abbreviation in which the sign of a section, or a year in brackets, shows that a citation goes on.
const AHEAD: usize = 48;

/// What follows the abbreviation of a court or state and is none itself.
const WORDS: [&str; 4] = ["Code", "LEXIS", "Order", "WL"];

/// Whether a sentence ends at a full stop that stands in a citation, or right before one; `None` outside.
pub(crate) fn ends(text: &str, c: &Candidate, lexicon: &Lexicon) -> Option<bool> {
    if c.quoted || c.bracketed {
        return None;
    }
    let rest = &text[c.right_start..];
    let cited = |word: &str| lexicon.get(Key::Before(word)).has(Trait::Cited);
    let digit = c.right.starts_with(|r: char| r.is_ascii_digit());
    if rest.starts_with(['§', '¶']) && (cited(c.left) || c.left.contains('.')) {
        return Some(false);
    }
    if !cited(c.left) {
        // `See Ex. A. The`, `art. III. The`, `cmt. c. The`
        let part = c.left.len() <= 4 && is_numeral(c.left) && c.left != "v";
        if part && c.right_is_upper() && !rest[c.right.len()..].starts_with('.') {
            let before = previous(text, c.left_start).strip_suffix('.');
            if let Some(before) = before.filter(|before| before.len() > 1) {
                return cited(before).then_some(true);
            }
        }
        // `… is denied. 42 U.S.C. § 1983.`
        let word = c.left.len() > 3 && c.left.bytes().all(|b| b.is_ascii_lowercase());
        return (word && digit && is_source(&rest[c.right.len()..], &cited)).then_some(true);
    }
    let short = matches!(c.left, "Id" | "id" | "Ibid" | "ibid");
    if matches!(c.opens, Some('(' | '[')) {
        return (short || digit || c.right_is_lower()).then_some(false);
    }
    // `Ass'n [1998] UKHL 4`: a year, not the number of a note.
    if text[..c.end].ends_with(']') {
        return Some(false);
    }
    if c.end > c.at + 1 || c.opens.is_some() {
        return None;
    }
    let after = &rest[c.right.len()..];
    // `Was he there? No. 12 people were.`, `at Acme Corp. 12 workers`: only among other parts of a citation.
    let classes = lexicon.get(Key::Before(c.left)).classes();
    let ending = [
        Kind::Company,
        Kind::State,
        Kind::Place,
        Kind::Suffix,
        Kind::Acronym,
    ];
    let ambiguous = ending.iter().any(|kind| classes & kind.bit() != 0);
    let before = previous(text, c.left_start);
    let among =
        before.ends_with('.') || before.ends_with(|b: char| b.is_ascii_digit()) || c.before == '(';
    let numeral = is_numeral(c.right)
        && (c.right.len() > 1 && c.right.bytes().all(|b| b.is_ascii_uppercase())
            || c.left.starts_with('E') && c.right.len() == 1
            || after.starts_with(['-', ',', '.', ')']));
    let answer = c.left.eq_ignore_ascii_case("no") && c.right == "No";
    let name = dotted(rest);
    let shortened = cited(name) && (after.starts_with('.') || name.contains(['\'', '’']));
    let firm = lexicon.get(Key::Before(c.right)).classes() & Kind::Company.bit() != 0;
    // `Ohio St. 3d`
    let series = digit && c.right.ends_with(['d', 'h']);
    let goes_on = series
        || (digit && (among || !ambiguous))
        || c.right_is_lower()
        || numeral && c.left != "No"
        || !answer && (cited(c.right) && after.starts_with('.') || shortened)
        || firm && after.starts_with(['.', ','])
        || WORDS.contains(&c.right);
    if goes_on {
        return Some(false);
    }
    // `Id. The court …`, `15 U.S.C. § 1 et seq. The Act …`
    if (short || c.left == "seq") && c.right_is_upper() {
        return Some(true);
    }
    leads_to_section(rest).then_some(false)
}

/// `Penal Code § 187`, `Rev. Code Ann. § 2`, `App. 2001)`: capitals and abbreviations up to the sign, and no other words.
fn leads_to_section(rest: &str) -> bool {
    let window = &rest[..rest.floor_char_boundary(AHEAD.min(rest.len()))];
    let mut words = window.split(' ');
    let sign = words
        .by_ref()
        .find(|word| !word.starts_with(char::is_uppercase) && *word != "&");
    let sign = sign.unwrap_or_default();
    sign.starts_with('§') || sign == "ch."
}

/// ` U.S.C. §`, ` F.3d 12`, ` Stat. 5`: what a volume's number stands before.
fn is_source(rest: &str, cited: &impl Fn(&str) -> bool) -> bool {
    let Some(rest) = rest.strip_prefix(' ') else {
        return false;
    };
    let word = rest.split(' ').next().unwrap_or_default();
    let after = rest[word.len()..].trim_start_matches(' ');
    let source = word.strip_suffix('.').unwrap_or(word);
    source.contains('.')
        && cited(source)
        && after.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase() || c == '§')
}

/// The abbreviation that `rest` begins with, its inner stops in it: `S.D.N.Y` of `S.D.N.Y. 1999`.
fn dotted(rest: &str) -> &str {
    let word = rest.split([' ', ')', ',']).next().unwrap_or_default();
    word.strip_suffix('.').unwrap_or(word)
}

/// `4`, `III`, `A`, `c`
fn is_numeral(word: &str) -> bool {
    let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L');
    !word.is_empty()
        && (word.bytes().all(|b| b.is_ascii_digit())
            || word.chars().all(roman)
            || word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The word before byte `at`, with its marks.
pub(crate) fn previous(text: &str, at: usize) -> &str {
    /// Bytes of that word that are looked at.
    const WORD: usize = 24;
    let floor = text.ceil_char_boundary(at.saturating_sub(WORD));
    let word = text[floor..at].trim_end().rsplit([' ', '\n']).next();
    word.unwrap_or_default()
        .trim_start_matches(['(', '[', '“', '"'])
}

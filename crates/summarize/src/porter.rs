//! Porter's suffix stripping ("An algorithm for suffix stripping", Program 14, 1980), so that *kidneys* and *kidney*,
//! *transplanted* and *transplants* count as one term. ROUGE compares stems of the same kind.

/// Stems a lower-case word in place; a word with anything but `a`–`z` in it, or of under four letters, stays as it is.
pub fn stem(word: &mut Vec<u8>) {
    if word.len() < 4 || !word.iter().all(u8::is_ascii_lowercase) {
        return;
    }
    plural(word);
    past_and_progressive(word);
    if word.ends_with(b"y") && has_vowel(&word[..word.len() - 1]) {
        replace(word, 1, b"i");
    }
    double_suffixes(word);
    full_suffixes(word);
    residual_suffixes(word);
    tidy(word);
}

fn is_consonant(word: &[u8], i: usize) -> bool {
    match word[i] {
        b'a' | b'e' | b'i' | b'o' | b'u' => false,
        b'y' => i == 0 || !is_consonant(word, i - 1),
        _ => true,
    }
}

/// Porter's *m*: how many times a vowel run is followed by a consonant run.
fn measure(stem: &[u8]) -> usize {
    let mut m = 0;
    let mut vowel_before = false;
    for i in 0..stem.len() {
        let consonant = is_consonant(stem, i);
        m += usize::from(consonant && vowel_before);
        vowel_before = !consonant;
    }
    m
}

fn has_vowel(stem: &[u8]) -> bool {
    (0..stem.len()).any(|i| !is_consonant(stem, i))
}

fn ends_in_double_consonant(word: &[u8]) -> bool {
    let n = word.len();
    n >= 2 && word[n - 1] == word[n - 2] && is_consonant(word, n - 1)
}

/// Porter's *\*o*: consonant, vowel, consonant other than w, x, y (`hop`, not `snow`).
fn ends_in_short_syllable(word: &[u8]) -> bool {
    let n = word.len();
    n >= 3
        && is_consonant(word, n - 3)
        && !is_consonant(word, n - 2)
        && is_consonant(word, n - 1)
        && !matches!(word[n - 1], b'w' | b'x' | b'y')
}

fn replace(word: &mut Vec<u8>, suffix: usize, by: &[u8]) {
    word.truncate(word.len() - suffix);
    word.extend_from_slice(by);
}

fn plural(word: &mut Vec<u8>) {
    if word.ends_with(b"sses") || word.ends_with(b"ies") {
        replace(word, 2, b"");
    } else if word.ends_with(b"s") && !word.ends_with(b"ss") {
        replace(word, 1, b"");
    }
}

fn past_and_progressive(word: &mut Vec<u8>) {
    let n = word.len();
    if word.ends_with(b"eed") {
        if measure(&word[..n - 3]) > 0 {
            replace(word, 1, b"");
        }
        return;
    }
    let suffix = [b"ed".as_slice(), b"ing"]
        .into_iter()
        .find(|s| word.ends_with(s) && has_vowel(&word[..n - s.len()]));
    let Some(suffix) = suffix else { return };
    replace(word, suffix.len(), b"");
    if word.ends_with(b"at") || word.ends_with(b"bl") || word.ends_with(b"iz") {
        word.push(b'e');
    } else if ends_in_double_consonant(word) && !matches!(word.last(), Some(b'l' | b's' | b'z')) {
        word.pop();
    } else if measure(word) == 1 && ends_in_short_syllable(word) {
        word.push(b'e');
    }
}

/// Replaces the first suffix of the table that the word ends in, where enough of a stem is left.
fn replace_first(word: &mut Vec<u8>, table: &[(&[u8], &[u8])]) {
    if let Some((suffix, by)) = table.iter().find(|(suffix, _)| word.ends_with(suffix))
        && measure(&word[..word.len() - suffix.len()]) > 0
    {
        replace(word, suffix.len(), by);
    }
}

// Like Porter's program, the three functions below first look at the letter before the last: few words go on from there.

fn double_suffixes(word: &mut Vec<u8>) {
    let table: &[(&[u8], &[u8])] = match word[..] {
        [.., b'a', _] => &[(b"ational", b"ate"), (b"tional", b"tion")],
        [.., b'c', _] => &[(b"enci", b"ence"), (b"anci", b"ance")],
        [.., b'e', _] => &[(b"izer", b"ize")],
        [.., b'l', _] => &[
            (b"abli", b"able"),
            (b"alli", b"al"),
            (b"entli", b"ent"),
            (b"eli", b"e"),
            (b"ousli", b"ous"),
        ],
        [.., b'o', _] => &[(b"ization", b"ize"), (b"ation", b"ate"), (b"ator", b"ate")],
        [.., b's', _] => &[
            (b"alism", b"al"),
            (b"iveness", b"ive"),
            (b"fulness", b"ful"),
            (b"ousness", b"ous"),
        ],
        [.., b't', _] => &[(b"aliti", b"al"), (b"iviti", b"ive"), (b"biliti", b"ble")],
        _ => return,
    };
    replace_first(word, table);
}

fn full_suffixes(word: &mut Vec<u8>) {
    let table: &[(&[u8], &[u8])] = match word[..] {
        [.., b'a', _] => &[(b"ical", b"ic")],
        [.., b's', _] => &[(b"ness", b"")],
        [.., b't', _] => &[(b"icate", b"ic"), (b"iciti", b"ic")],
        [.., b'u', _] => &[(b"ful", b"")],
        [.., b'v', _] => &[(b"ative", b"")],
        [.., b'z', _] => &[(b"alize", b"al")],
        _ => return,
    };
    replace_first(word, table);
}

fn residual_suffixes(word: &mut Vec<u8>) {
    let suffixes: &[&[u8]] = match word[..] {
        [.., b'a', _] => &[b"al"],
        [.., b'c', _] => &[b"ance", b"ence"],
        [.., b'e', _] => &[b"er"],
        [.., b'i', _] => &[b"ic"],
        [.., b'l', _] => &[b"able", b"ible"],
        [.., b'n', _] => &[b"ant", b"ement", b"ment", b"ent"],
        [.., b'o', _] => &[b"ion", b"ou"],
        [.., b's', _] => &[b"ism"],
        [.., b't', _] => &[b"ate", b"iti"],
        [.., b'u', _] => &[b"ous"],
        [.., b'v', _] => &[b"ive"],
        [.., b'z', _] => &[b"ize"],
        _ => return,
    };
    let Some(suffix) = suffixes.iter().find(|s| word.ends_with(s)) else {
        return;
    };
    let rest = &word[..word.len() - suffix.len()];
    let applies = *suffix != b"ion" || matches!(rest.last(), Some(b's' | b't'));
    if applies && measure(rest) > 1 {
        replace(word, suffix.len(), b"");
    }
}

fn tidy(word: &mut Vec<u8>) {
    if word.ends_with(b"e") {
        let rest = &word[..word.len() - 1];
        let m = measure(rest);
        if m > 1 || (m == 1 && !ends_in_short_syllable(rest)) {
            word.pop();
        }
    }
    if word.ends_with(b"ll") && measure(word) > 1 {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_as_porters_paper_does() {
        for (word, expected) in [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("caress", "caress"),
            ("cats", "cat"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("motoring", "motor"),
            ("sing", "sing"),
            ("conflated", "conflat"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("digitizer", "digit"),
            ("vietnamization", "vietnam"),
            ("hopefulness", "hope"),
            ("triplicate", "triplic"),
            ("electrical", "electr"),
            ("replacement", "replac"),
            ("adoption", "adopt"),
            ("probate", "probat"),
            ("controll", "control"),
            ("roll", "roll"),
            ("was", "was"),
            ("3rds", "3rds"),
        ] {
            let mut bytes = word.as_bytes().to_vec();
            stem(&mut bytes);
            assert_eq!(String::from_utf8_lossy(&bytes), expected, "{word}");
        }
    }
}

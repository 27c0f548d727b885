//! Sentences in scripts that do not write capitals, or end sentences with marks of their own: `।`, `؟`, `。`.
//!
//! Their marks are hardly ever part of an abbreviation, so that no model is needed. Where a sentence goes on after a
//! quotation, the language's own rules of punctuation say so.

/// Whether a character ends sentences: those of Unicode's property Sentence_Terminal (PropList 16.0, the source of SATerm in
/// UAX #29), without those of English, which may also be part of words, U+2024, which is a leader, and U+104A, which is the
/// comma of Burmese.
pub(crate) fn is_terminal(c: char) -> bool {
    matches!(
        c,
        '\u{589}'
            | '\u{61D}'..='\u{61F}'
            | '\u{6D4}'
            | '\u{700}'..='\u{702}'
            | '\u{7F9}'
            | '\u{837}'
            | '\u{839}'
            | '\u{83D}'..='\u{83E}'
            | '\u{964}'..='\u{965}'
            | '\u{104B}'
            | '\u{1362}'
            | '\u{1367}'..='\u{1368}'
            | '\u{166E}'
            | '\u{1735}'..='\u{1736}'
            | '\u{17D4}'..='\u{17D5}'
            | '\u{1803}'
            | '\u{1809}'
            | '\u{1944}'..='\u{1945}'
            | '\u{1AA8}'..='\u{1AAB}'
            | '\u{1B4E}'..='\u{1B4F}'
            | '\u{1B5A}'..='\u{1B5B}'
            | '\u{1B5E}'..='\u{1B5F}'
            | '\u{1B7D}'..='\u{1B7F}'
            | '\u{1C3B}'..='\u{1C3C}'
            | '\u{1C7E}'..='\u{1C7F}'
            | '\u{203C}'
            | '\u{2047}'..='\u{2049}'
            | '\u{2CF9}'..='\u{2CFB}'
            | '\u{2E2E}'
            | '\u{2E3C}'
            | '\u{2E53}'..='\u{2E54}'
            | '\u{3002}'
            | '\u{A4FF}'
            | '\u{A60E}'..='\u{A60F}'
            | '\u{A6F3}'
            | '\u{A6F7}'
            | '\u{A876}'..='\u{A877}'
            | '\u{A8CE}'..='\u{A8CF}'
            | '\u{A92F}'
            | '\u{A9C8}'..='\u{A9C9}'
            | '\u{AA5D}'..='\u{AA5F}'
            | '\u{AAF0}'..='\u{AAF1}'
            | '\u{ABEB}'
            | '\u{FE12}'
            | '\u{FE15}'..='\u{FE16}'
            | '\u{FE52}'
            | '\u{FE56}'..='\u{FE57}'
            | '\u{FF01}'
            | '\u{FF0E}'
            | '\u{FF1F}'
            | '\u{FF61}'
            | '\u{10A56}'..='\u{10A57}'
            | '\u{10F55}'..='\u{10F59}'
            | '\u{10F86}'..='\u{10F89}'
            | '\u{11047}'..='\u{11048}'
            | '\u{110BE}'..='\u{110C1}'
            | '\u{11141}'..='\u{11143}'
            | '\u{111C5}'..='\u{111C6}'
            | '\u{111CD}'
            | '\u{111DE}'..='\u{111DF}'
            | '\u{11238}'..='\u{11239}'
            | '\u{1123B}'..='\u{1123C}'
            | '\u{112A9}'
            | '\u{113D4}'..='\u{113D5}'
            | '\u{1144B}'..='\u{1144C}'
            | '\u{115C2}'..='\u{115C3}'
            | '\u{115C9}'..='\u{115D7}'
            | '\u{11641}'..='\u{11642}'
            | '\u{1173C}'..='\u{1173E}'
            | '\u{11944}'
            | '\u{11946}'
            | '\u{11A42}'..='\u{11A43}'
            | '\u{11A9B}'..='\u{11A9C}'
            | '\u{11C41}'..='\u{11C42}'
            | '\u{11EF7}'..='\u{11EF8}'
            | '\u{11F43}'..='\u{11F44}'
            | '\u{16A6E}'..='\u{16A6F}'
            | '\u{16AF5}'
            | '\u{16B37}'..='\u{16B38}'
            | '\u{16B44}'
            | '\u{16D6E}'..='\u{16D6F}'
            | '\u{16E98}'
            | '\u{1BC9F}'
            | '\u{1DA88}'
    )
}

/// Whether `text` has a letter or a mark of such a script; of blocks without one nothing else here is asked. It looks at the
/// first bytes of the characters: those from U+0580 on, apart from the punctuation of U+2000 to U+2FFF.
pub(crate) fn has_other_script(text: &str) -> bool {
    /// Bytes that are looked at together, which lets the compiler use wide registers.
    const TOGETHER: usize = 64;
    let leads = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(false, |found, b| found | (*b >= 0xD6 && *b != 0xE2))
    };
    text.as_bytes().chunks(TOGETHER).any(leads)
}

/// The next mark of these scripts at or after `at`; `end` where there is none.
pub(crate) fn next_mark(text: &str, at: usize, end: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    let mut chars = text[at..end].char_indices();
    chars
        .find(|(_, c)| is_terminal(*c))
        .map_or(end, |(i, _)| at + i)
}

/// What a mark of these scripts, or of English after one of their letters, does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The sentence ends at this byte, behind what closes with it.
    Ends(usize),
    /// It goes on from here.
    GoesOn(usize),
}

/// What the mark at byte `at` does, in a sentence that begins at `start` and a block that ends at `limit`; `None` where it
/// is for English rules to say.
pub(crate) fn verdict(text: &str, start: usize, at: usize, limit: usize) -> Option<Verdict> {
    let rest = &text[at..limit];
    let mark = rest.chars().next()?;
    let before = text[start..at].chars().next_back();
    let own = is_terminal(mark);
    let caseless = before.is_some_and(is_caseless);
    let english = caseless && matches!(mark, '.' | '!' | '?');
    if !own && !english {
        return None;
    }
    let marks = run(rest, |c| {
        is_terminal(c) || matches!(c, '.' | '!' | '?' | '…')
    });
    let closing = run(&rest[marks..], closes);
    let end = at + marks + closing;
    let after = &text[end..limit];
    let next = after.trim_start();
    let first = next.chars().next();
    let spaced = next.len() < after.len();
    let unspaced = "。！？｡．".contains(mark) || before.is_some_and(is_unspaced);
    let goes_on = match first {
        None => false,
        // UAX #29, rule SB8a.
        Some(c) if continues(c) => true,
        Some(_) if unspaced && is_within_clause(text, start, end, limit) => true,
        Some(_) if spaced => mark == '.' && is_abbreviated(&text[start..at]),
        // The name of a book or a film may end with a mark.
        Some(_) if text[..end].ends_with(['》', '〉']) => true,
        Some(_) if closing > 0 => quotes(next),
        // `３．５`, and English marks between letters: `U.S.` is not in these scripts, `本当?うん` is.
        Some(c) if matches!(mark, '．' | '﹒' | '.') => mark == '.' || c.is_alphanumeric(),
        Some(_) => !own && !before.is_some_and(is_unspaced),
    };
    Some(match goes_on {
        true => Verdict::GoesOn(end),
        false => Verdict::Ends(end),
    })
}

/// Whether byte `at` stands within a quotation after which the sentence goes on: `首相は「減税を行う。国民のためだ。」と述べた。`
fn is_within_clause(text: &str, start: usize, at: usize, limit: usize) -> bool {
    /// Bytes before and after that are looked at for the brackets: some two hundred characters each.
    const QUOTATION: usize = 600;
    let opening = |c: char| matches!(c, '「' | '『' | '“');
    let closing = |c: char| matches!(c, '」' | '』' | '”');
    let before = &text[text.ceil_char_boundary(at.saturating_sub(QUOTATION).max(start))..at];
    if unmatched(before.chars().rev(), closing, opening).is_none() {
        return false;
    }
    let after = &text[at..text.floor_char_boundary(limit.min(at + QUOTATION))];
    let Some(end) = unmatched(after.chars(), opening, closing) else {
        return false;
    };
    let next = &text[at + end..limit];
    next.starts_with(|c| continues(c) || is_terminal(c)) || quotes(next)
}

/// Bytes up to the first character that ends what none of them began, itself included.
fn unmatched(
    chars: impl Iterator<Item = char>,
    begins: impl Fn(char) -> bool,
    ends: impl Fn(char) -> bool,
) -> Option<usize> {
    let (mut depth, mut len) = (0, 0);
    for c in chars {
        len += c.len_utf8();
        if begins(c) {
            depth += 1;
        } else if ends(c) {
            if depth == 0 {
                return Some(len);
            }
            depth -= 1;
        }
    }
    None
}

/// Bytes of the characters at the front of `text` that `keep` holds for.
fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

/// Quotation marks and brackets that close, of any script.
pub(crate) fn closes(c: char) -> bool {
    text::is_closing_mark(c)
        || matches!(c, ')' | ']' | '}')
        || (c > '\u{2FFF}' && "）］｝」』】〉》〕〗〙｣｠〞〟＂".contains(c))
}

/// A comma, colon or semicolon; class SContinue of UAX #29 without the dashes, which may introduce who has said it.
fn continues(c: char) -> bool {
    ",:;՝،؛߸、，：；､︐︑﹐﹑﹕".contains(c)
}

/// A letter of a script without capitals. Georgian has some, but its texts do not use them.
fn is_caseless(c: char) -> bool {
    let georgian = ('\u{10D0}'..='\u{10FF}').contains(&c);
    c.is_alphabetic() && (georgian || !c.is_lowercase() && !c.is_uppercase())
}

/// A letter of Chinese or Japanese, which do not put blanks between words or sentences.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// Whether the word before a full stop is an abbreviation: a single letter (`د.` for Dr.), or a title that is common in news.
fn is_abbreviated(sentence: &str) -> bool {
    /// Dr. and Prof. in Hindi, Marathi and Urdu.
    const TITLES: [&str; 5] = ["डॉ", "डा", "प्रो", "प्रा", "ڈاکٹر"];
    let word = sentence
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphabetic());
    word.chars().count() == 1 || TITLES.contains(&word)
}

/// Whether what follows a quotation says who has said it, so that the sentence goes on.
///
/// Japanese puts a particle behind the bracket, mostly と (Ministry of Education, くぎり符号の使ひ方, 1946: the full stop stands
/// inside of 「」, and the sentence goes on with と). Chinese puts the reporting clause there: “……。”他说。(GB/T 15834-2011).
fn quotes(after: &str) -> bool {
    const PARTICLES: [&str; 11] = [
        "と",
        "って",
        "など",
        "なんて",
        "の",
        "を",
        "が",
        "は",
        "に",
        "へ",
        "で",
    ];
    /// Words that begin with one of the particles and may begin a sentence.
    const WORDS: [&str; 8] = [
        "とても",
        "ところ",
        "はい",
        "はじ",
        "がん",
        "にほ",
        "でも",
        "のち",
    ];
    const VERBS: [&str; 16] = [
        "说", "說", "道", "问", "問", "称", "稱", "表示", "指出", "强调", "強調", "回答", "喊",
        "写道", "解释", "补充",
    ];
    /// Characters of the longest reporting clause, subject and title included.
    const CLAUSE: usize = 16;
    let japanese = PARTICLES.iter().any(|particle| after.starts_with(particle))
        && !WORDS.iter().any(|word| after.starts_with(word));
    let clause = after.char_indices().take(CLAUSE);
    let clause = clause.take_while(|(_, c)| is_unspaced(*c));
    let clause = &after[..clause.last().map_or(0, |(at, c)| at + c.len_utf8())];
    let denied = clause.contains(['不', '没', '沒', '未']);
    japanese || (!denied && VERBS.iter().any(|verb| clause.ends_with(verb)))
}

/// Whether most letters at the start of a text are Latin. What lines look like was learnt from English pages: a text in another
/// script gets no kinds from it.
pub(crate) fn is_latin(text: &str) -> bool {
    /// Letters that are looked at.
    const LETTERS: usize = 200;
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(LETTERS);
    let latin = letters().filter(|c| matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'));
    2 * latin.count() >= letters().count()
}

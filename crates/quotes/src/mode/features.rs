//! What tells a statement from an attitude, a plan or an act: the features of a quotation.
//!
//! They are looked at once a quotation, not once a word, so that they may be dear: the words of its cue, and those before
//! it, the form of its content, its source, and how they stand to each other.

use super::cue::{self, Class, Head};
use document::{Quote, QuoteType, Span, TokenRange};
use model::{combine, hash};
use text::{Gap, Place, Reading, fold_mark};

/// Changes with every change of the features or of the list of cues, so that weights of others are refused.
pub(crate) const FEATURE_SET: u64 = 0x6D6F_6465_0000_0004;

/// A subject and its auxiliaries stand at most so many words before a cue's head: “has also now repeatedly said”.
const WORDS_BEFORE: usize = 5;
/// The auxiliaries of a head are among so many words before it.
const AUXILIARIES: usize = 3;
/// A content's verb is looked for among so many of its first words.
const OPENING: usize = 14;

/// The features of a quotation.
pub(super) struct Features<'a> {
    reading: &'a Reading<'a>,
    quote: &'a Quote,
    /// The hash of each.
    pub hashes: Vec<u64>,
    /// The head of its cue, if that is a listed word.
    pub head: Option<Head>,
    /// Whether the cue is a passive without its agent, or denies or delays what it says.
    pub withheld: bool,
}

impl<'a> Features<'a> {
    /// Those of a quotation that the accurate model found, or the fast one: their scores mean different things.
    pub(super) fn new(reading: &'a Reading<'a>, quote: &'a Quote, accurate: bool) -> Self {
        let mut features = Self {
            reading,
            quote,
            hashes: vec![hash(b"bias")],
            head: None,
            withheld: false,
        };
        features.content(accurate);
        features.source();
        match quote.cue.first() {
            Some(&first) => features.cue(first),
            None => features.without_cue(),
        }
        features
    }

    fn add(&mut self, name: &str, values: &[&str]) {
        let values = values.iter().map(|value| hash(value.as_bytes()));
        self.hashes
            .push(values.fold(hash(name.as_bytes()), combine));
    }

    fn kind(&self) -> &'static str {
        self.quote.kind.as_str()
    }

    /// The words of spans, in lower case.
    fn words(&self, spans: &[Span]) -> Vec<String> {
        let tokens = spans.iter().map(|&span| self.reading.tokens_in(span));
        tokens.flat_map(|tokens| self.words_of(tokens)).collect()
    }

    fn words_of(&self, tokens: TokenRange) -> Vec<String> {
        tokens
            .into_iter()
            .map(|t| lower(self.reading.word(t)))
            .collect()
    }

    fn content(&mut self, accurate: bool) {
        let kind = self.kind();
        let form = self.form();
        let words: usize = (self.quote.content.iter())
            .map(|&span| self.reading.tokens_in(span).into_iter().count())
            .sum();
        let length = match words {
            0..3 => "1",
            3..7 => "3",
            7..13 => "7",
            13..31 => "13",
            _ => "31",
        };
        self.add("type", &[kind]);
        self.add("form", &[form]);
        self.add("length", &[length, kind]);
        if let Some(score) = self.quote.score {
            let bucket = SCORES.iter().filter(|&&bound| score >= bound).count();
            let bucket = char::from(b'0' + bucket as u8).to_string();
            let model = if accurate { "accurate" } else { "fast" };
            self.add("score", &[&bucket, model]);
            self.add("score of type", &[&bucket, kind]);
        }
        if self.quote.content.len() > 1 {
            self.add("pieces", &[]);
        }
        if let (Some(&first), Some(&last)) = (self.quote.content.first(), self.quote.content.last())
        {
            let reading = self.reading;
            let start = lower(reading.word(reading.token_at(first.start)));
            self.add("content begins", &[&start]);
            let next = reading.token_at(last.end);
            let after = match reading.tokens().get(next) {
                Some(token) if token.gap == Gap::Line => "line",
                Some(_) => match reading.word(next) {
                    "." | "!" | "?" => ".",
                    "," => ",",
                    word if word.starts_with(char::is_alphanumeric) => "word",
                    _ => "mark",
                },
                None => "line",
            };
            self.add("content before", &[after, kind]);
            let broken = |span: &Span| {
                let text = span.get(reading.text());
                text.is_some_and(|text| text.contains('\n'))
            };
            if self.quote.content.iter().any(broken) {
                self.add("content over lines", &[kind]);
            }
        }
    }

    /// Whether it says that something was not said: a clause under a listed cue, “did not tell them that it was gone”. The
    /// annotated articles have 18 denials, too few to learn from that they are statements.
    pub(super) fn is_denial(&self) -> bool {
        self.quote.denied && coarse(self.form()) == "clause" && self.by_list() == Some(true)
    }

    /// Whether it is a statement as far as the list of cues can tell; `None` where its head is not in the list.
    pub(super) fn by_list(&self) -> Option<bool> {
        let form = coarse(self.form());
        let Some(head) = self.head else {
            // A label: “Ana Roe: We waited.”
            return (unlisted(&self.words(&self.quote.cue)) == "mark").then_some(true);
        };
        let fits = match head.class {
            Class::Speech => true,
            Class::Report => form == "clause" || form == "quotation",
            Class::Quotation => form == "quotation",
            Class::Thought => form == "clause",
            Class::Act => false,
        };
        Some(fits && !self.withheld)
    }

    /// The form of the content, by its first words.
    fn form(&self) -> &'static str {
        let Some(&first) = self.quote.content.first() else {
            return "none";
        };
        let tokens = self.reading.tokens_in(first);
        if self.reading.place(tokens.start) == Place::Opening {
            return "quotation";
        }
        let words: Vec<String> = (tokens.into_iter().take(OPENING))
            .map(|t| lower(self.reading.word(t)))
            .collect();
        let Some(start) = words.first().map(String::as_str) else {
            return "none";
        };
        match start {
            "that" => "that",
            "to" => "infinitive",
            "whether" | "if" | "how" | "why" | "what" | "who" | "when" | "where" | "which" => {
                "question"
            }
            "of" | "about" | "on" | "for" | "from" | "in" | "with" | "against" | "by" | "at"
            | "over" | "into" | "as" => "preposition",
            _ if start.ends_with("ing") => "participle",
            _ if is_pronoun(start) || start == "there" || words.iter().any(|w| is_finite(w)) => {
                "clause"
            }
            // “Prices rose, the bank said”: a clause alone may stand before its cue.
            _ if self
                .quote
                .cue
                .first()
                .is_some_and(|cue| first.start < cue.start) =>
            {
                "clause"
            }
            _ => "thing",
        }
    }

    fn source(&mut self) {
        let kind = self.kind();
        let cue = if self.quote.cue.is_empty() { "" } else { "cue" };
        let Some(&source) = self.quote.source.first() else {
            self.add("no source", &[cue, kind]);
            return;
        };
        let tokens = self.reading.tokens_in(source);
        let words = self.words_of(tokens);
        let (first, last) = (
            words.first().map_or("", String::as_str),
            words.last().map_or("", String::as_str),
        );
        let sort = match first {
            "it" | "there" => "it",
            "which" | "that" | "this" | "these" => "relative",
            _ if is_pronoun(first) => "pronoun",
            "the" | "a" | "an" | "some" | "many" => "common",
            _ if self.starts_with_capital(source) => "name",
            _ => "common",
        };
        self.add("source", &[sort]);
        self.add("source of", &[sort, cue, kind]);
        self.add("source ends", &[last]);
        if words.len() > 8 {
            self.add("long source", &[]);
        }
    }

    fn starts_with_capital(&self, span: Span) -> bool {
        let text = span.get(self.reading.text());
        text.is_some_and(|text| text.starts_with(char::is_uppercase))
    }

    fn cue(&mut self, first: Span) {
        let words = self.words(&self.quote.cue);
        let at = words.iter().position(|word| cue::head(word).is_some());
        let place = at.unwrap_or_default();
        let form = words.get(place).cloned().unwrap_or_default();
        let head = cue::head(&form);
        self.head = head;
        let base = head.map_or("", |head| head.base);
        let class = head.map_or_else(|| unlisted(&words), |head| name(head.class));
        let content = self.form();
        let kind = self.kind();
        self.add("class", &[class]);
        self.add("class of form", &[class, content]);
        self.add("class of type", &[class, kind]);
        self.add("head", &[base]);
        self.add("head of form", &[base, coarse(content)]);
        if head.is_none() {
            self.add("cue", &[&words.join(" ")]);
        }
        let source = self.quote.source.first().map_or(first, |&source| source);
        let paragraph = self.reading.paragraph_at(source.start);
        let opens = self
            .reading
            .paragraphs()
            .get(paragraph)
            .is_some_and(|p| p.start == source.start);
        if class == "mark" && opens {
            self.add("label", &[kind]);
        }
        self.add("cue ends", &[words.last().map_or("", String::as_str)]);
        self.add(
            "cue words",
            &[["0", "1", "2", "3", "4"][words.len().min(4)]],
        );

        let token = self.reading.token_at(first.start);
        if matches!(self.reading.place(token), Place::Inside) {
            self.add("cue inside marks", &[kind]);
        }
        let mut before = self.before(token);
        let subject = before.len();
        before.extend(words.iter().take(place).cloned());
        self.auxiliaries(&before, &form, head, &words[(place + 1).min(words.len())..]);
        if before[..subject]
            .iter()
            .chain(&words)
            .any(|w| is_prospective(w))
        {
            self.add("prospective", &[]);
        }
        self.order(first);
    }

    /// The words of the clause before a token, back to its source at most.
    fn before(&self, token: usize) -> Vec<String> {
        let pieces = self.quote.source.iter().chain(&self.quote.content);
        let start = self.reading.tokens().get(token).map_or(0, |t| t.span.start);
        let bound = pieces
            .filter(|piece| piece.end <= start)
            .map(|piece| self.reading.token_at(piece.end))
            .max();
        let from = token
            .saturating_sub(WORDS_BEFORE)
            .max(bound.unwrap_or_default());
        let mut words: Vec<String> = Vec::new();
        for t in from..token {
            let word = lower(self.reading.word(t));
            if word.starts_with(|c: char| ".;:,\"“”()—".contains(c)) {
                words.clear();
            } else {
                words.push(word);
            }
        }
        words
    }

    /// What the words before the head make of it: a passive, a negation, something that has not been said yet.
    fn auxiliaries(&mut self, before: &[String], form: &str, head: Option<Head>, after: &[String]) {
        let near = &before[before.len().saturating_sub(AUXILIARIES)..];
        let class = head.map_or("", |head| name(head.class));
        let base = head.map_or("", |head| head.base);
        let progressive = form.ends_with("ing") && base != "according";
        let is_base = form == base;
        let shape = match form {
            _ if progressive => "ing",
            _ if is_base => "base",
            _ if form.ends_with('s') => "s",
            _ => "past",
        };
        self.add("shape", &[shape]);
        if !progressive && !is_base && near.iter().any(|w| is_form_of_be(w)) {
            let by = after.iter().any(|w| w == "by") || self.by_follows();
            let by = if by { "by" } else { "" };
            let source = if self.quote.source.is_empty() {
                ""
            } else {
                "source"
            };
            self.withheld |= by.is_empty();
            self.add("passive", &[by]);
            self.add("passive of class", &[class, by]);
            self.add("passive of head", &[base]);
            self.add("passive with", &[source]);
        }
        if near.iter().any(|w| is_negation(w)) {
            self.add("negation", &[]);
            self.add("negation of class", &[class]);
        }
        for word in near.iter().filter(|w| is_modal(w)) {
            self.withheld = true;
            self.add("modal", &[]);
            self.add("modal verb", &[word]);
        }
        if near.iter().rev().take(2).any(|w| w == "to") {
            self.withheld = true;
            self.add("infinitive", &[]);
        }
        self.add("before", &[near.last().map_or("", String::as_str)]);
    }

    fn by_follows(&self) -> bool {
        let end = self.quote.cue.last().map_or(0, |cue| cue.end);
        self.reading.is_one_of(self.reading.token_at(end), &["by"])
    }

    /// How cue, source and content stand to each other, and what introduces their clause.
    fn order(&mut self, cue: Span) {
        let Some((first, last)) = self.quote.content.first().zip(self.quote.content.last()) else {
            return;
        };
        let (first, last) = (*first, *last);
        let source = self.quote.source.first().copied();
        let subject = match source {
            None => "none",
            Some(source) if source.start < cue.start => "before",
            Some(_) => "after",
        };
        let content = if first.start < cue.start {
            "before"
        } else {
            "after"
        };
        self.add("order", &[content, subject]);
        let class = self.head.map_or("", |head| name(head.class));
        self.add("order of class", &[class, content, subject]);
        let clause = source.map_or(cue.start, |source| source.start.min(cue.start));
        let opening = self.reading.token_at(clause).checked_sub(1);
        let word = opening.map_or_else(String::new, |t| lower(self.reading.word(t)));
        if is_conjunction(&word) {
            self.add("conjunction", &[&word]);
        }
        let kind = self.kind();
        if content == "after" {
            let end = self.quote.cue.last().map_or(cue.end, |cue| cue.end);
            let tokens = TokenRange::new(
                self.reading.token_at(end),
                self.reading
                    .token_at(first.start)
                    .max(self.reading.token_at(end)),
            );
            let between = self.words_of(tokens);
            let said = between
                .iter()
                .filter(|w| w.starts_with(char::is_alphanumeric));
            let gap = match said.count() {
                0 if between.is_empty() => "none",
                0 => "mark",
                1..=2 => "words",
                _ => "far",
            };
            self.add("gap", &[gap]);
        } else {
            let next = lower(self.reading.word(self.reading.token_at(last.end)));
            let next = if matches!(next.as_str(), "," | ".") {
                next
            } else {
                String::new()
            };
            self.add("after content", &[&next, kind]);
        }
    }

    /// A quotation in marks that no clause attributes.
    fn without_cue(&mut self) {
        let Some(&first) = self.quote.content.first() else {
            return;
        };
        let kind = self.kind();
        let source = if self.quote.source.is_empty() {
            ""
        } else {
            "source"
        };
        self.add("no cue", &[kind, source]);
        if self.quote.kind != QuoteType::Direct {
            return;
        }
        let reading = self.reading;
        let tokens = reading.tokens_in(first);
        let inner = reading.word(tokens.start + 1);
        if inner.starts_with(char::is_lowercase) {
            self.add("no cue, lower case", &[]);
        }
        let paragraph = reading.paragraphs().get(reading.paragraph_at(first.start));
        if paragraph.is_some_and(|p| p.start == first.start) {
            self.add("no cue, opens its paragraph", &[]);
        }
        let said = first.get(reading.text()).unwrap_or_default();
        let said = said.trim_end_matches(|c| fold_mark(c) == '"' || fold_mark(c) == '\'');
        if said.ends_with(['.', '!', '?', ',', '…']) {
            self.add("no cue, whole", &[]);
        }
        let before = tokens.start.checked_sub(1).map_or("", |t| reading.word(t));
        self.add("no cue, after", &[&lower(before)]);
    }
}

/// Scores from which the next class begins.
const SCORES: [f64; 6] = [0.3, 0.5, 0.7, 0.85, 0.95, 0.99];

fn lower(word: &str) -> String {
    word.chars()
        .map(fold_mark)
        .flat_map(char::to_lowercase)
        .collect()
}

fn name(class: Class) -> &'static str {
    match class {
        Class::Speech => "speech",
        Class::Report => "report",
        Class::Quotation => "quotation",
        Class::Thought => "thought",
        Class::Act => "act",
    }
}

/// The class of a cue that has no listed word.
fn unlisted(words: &[String]) -> &'static str {
    let word = |w: &String| w.starts_with(char::is_alphabetic);
    if words.iter().any(word) {
        "other"
    } else {
        "mark"
    }
}

/// The form of a content, of a finite clause whether with “that” or without.
fn coarse(form: &'static str) -> &'static str {
    match form {
        "that" | "question" | "clause" => "clause",
        other => other,
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "they" | "it" | "we" | "i" | "you" | "who" | "him" | "them"
    )
}

/// Whether a word shows that a clause is finite: an auxiliary, or its contraction.
fn is_finite(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "does"
            | "did"
            | "do"
            | "n't"
            | "'re"
            | "'ve"
            | "'m"
    ) || is_modal(word)
}

fn is_form_of_be(word: &str) -> bool {
    matches!(
        word,
        "am" | "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "'re" | "'m"
    )
}

fn is_modal(word: &str) -> bool {
    matches!(
        word,
        "will"
            | "would"
            | "could"
            | "may"
            | "might"
            | "should"
            | "can"
            | "must"
            | "shall"
            | "'ll"
            | "wo"
    )
}

fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not" | "n't" | "never" | "neither" | "nor" | "no" | "nobody" | "without" | "cannot"
    )
}

/// Words beside a verb of saying that has not been, or will not be, said.
fn is_prospective(word: &str) -> bool {
    matches!(
        word,
        "expected"
            | "likely"
            | "due"
            | "set"
            | "going"
            | "about"
            | "yet"
            | "ready"
            | "able"
            | "declined"
            | "refused"
    )
}

fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "if" | "when"
            | "unless"
            | "until"
            | "before"
            | "whether"
            | "after"
            | "as"
            | "because"
            | "while"
            | "although"
            | "though"
            | "but"
            | "and"
            | "that"
            | "who"
            | "than"
    )
}

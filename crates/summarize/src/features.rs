//! What the ranker sees of a sentence.

use crate::graph::{Graph, Weighted};
use crate::lexicon::{Traits, traits};
use crate::lists::Lists;
use crate::words::Word;
use document::{Sentence, Span};
use std::ops::Range;

macro_rules! features {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// The features, in the order of a [`Row`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Feature { $($(#[$doc])* $variant),+ }
        /// The features' names; they are what `--explain` prints.
        pub const NAMES: [&str; COUNT] = [$($name),+];
        /// How many features there are.
        pub const COUNT: usize = [$($name),+].len();
    };
}

// Places and counts are capped, so that a long document looks like a long article and not like nothing ever seen.
// A feature `…-relative` is the standard score of another within the document.
features! {
    /// 1 / (1 + place).
    PositionInverse = "position-inverse",
    /// Place / number of sentences.
    PositionShare = "position-share",
    /// How many sentences come before, at most [`FAR`].
    Position = "position",
    /// How many come after, at most [`FAR`].
    PositionFromEnd = "position-from-end",
    /// ln of the number of sentences.
    DocumentLength = "document-length",
    /// ln(1 + words).
    LengthLog = "length-log",
    /// Of `length-log`.
    LengthRelative = "length-relative",
    /// LexRank; the document's mean is 1.
    Centrality = "centrality",
    /// Of `centrality`.
    CentralityRelative = "centrality-relative",
    /// Cosine with the sum of all sentences.
    Centroid = "centroid",
    /// Of `centroid`.
    CentroidRelative = "centroid-relative",
    /// Mean share of its terms in all words, times 20.
    TermFrequency = "term-frequency",
    /// Of `term-frequency`.
    TermFrequencyRelative = "term-frequency-relative",
    /// How rare its terms are in news, on average.
    Specificity = "specificity",
    /// Cosine with the title; 0 without one.
    LikeTitle = "like-title",
    /// Cosine with the first sentence.
    LikeFirst = "like-first",
    /// Cosine with the sum of the first three.
    LikeFirstThree = "like-first-three",
    /// Cosine with the sentence before.
    LikePrevious = "like-previous",
    /// Cosine with the sentence after.
    LikeNext = "like-next",
    /// The greatest cosine with a sentence before.
    LikeEarlier = "like-earlier",
    /// The greatest cosine with a sentence after.
    LikeLater = "like-later",
    /// The share of its terms that no sentence before has.
    NewTerms = "new-terms",
    /// ln(1 + uses in the document) of those terms, summed.
    NewSalience = "new-salience",
    /// Capitalised words inside it, as many as look like names.
    Names = "names",
    /// Those by words.
    NameDensity = "name-density",
    /// ln(1 + further uses of its names in the document).
    NameSalience = "name-salience",
    /// Of `name-salience`.
    NameSalienceRelative = "name-salience-relative",
    /// Names that no sentence before has.
    NewNames = "new-names",
    /// How many of the document's 3 most used names it has.
    TopNames = "top-names",
    /// How many of the document's 10 most used terms it has.
    TopTerms = "top-terms",
    /// Words with a digit.
    Numbers = "numbers",
    /// The share of it in quotation marks.
    QuotedShare = "quoted-share",
    /// The same of the sentence after.
    NextQuotedShare = "next-quoted-share",
    /// Verbs of saying.
    SpeechVerbs = "speech-verbs",
    /// Words that mark what is new.
    CueWords = "cue-words",
    /// *I*, *we* and their forms.
    FirstPerson = "first-person",
    /// Whether it opens on a pronoun.
    OpensOnPronoun = "opens-on-pronoun",
    /// Whether it opens on a connective.
    OpensOnConnective = "opens-on-connective",
    /// Whether the next one opens on a pronoun, and so goes on about this one.
    NextOpensOnPronoun = "next-opens-on-pronoun",
    /// Whether it is a question.
    Question = "question",
    /// Whether it has parentheses.
    Parentheses = "parentheses",
}

/// One sentence's features, in the order of [`NAMES`].
pub type Row = [f32; COUNT];

/// Which features are also compared within the document.
const RELATIVE: [(Feature, Feature); 5] = [
    (Feature::LengthLog, Feature::LengthRelative),
    (Feature::Centrality, Feature::CentralityRelative),
    (Feature::Centroid, Feature::CentroidRelative),
    (Feature::TermFrequency, Feature::TermFrequencyRelative),
    (Feature::NameSalience, Feature::NameSalienceRelative),
];

/// Places beyond the 50th are alike.
const FAR: usize = 50;

/// What is known of the document before its sentences are looked at one by one.
#[derive(Debug)]
pub struct Context<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Their weighted terms.
    pub vectors: &'a Lists<Weighted>,
    /// How rare each term is in news.
    pub rarity: &'a [f32],
    /// The title's terms, ascending.
    pub title: &'a [u32],
    /// How each sentence opens, and what it quotes.
    pub wording: &'a [Wording],
}

/// What the ranker and readability both ask of a sentence's wording.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wording {
    /// How it opens.
    pub opening: Opening,
    /// Its quotation marks.
    pub marks: Marks,
}

impl Wording {
    /// Of a sentence with these words.
    pub fn of(sentence: &str, words: &[Word]) -> Self {
        Self {
            opening: opening(sentence, words),
            marks: Marks::of(sentence),
        }
    }
}

fn set(row: &mut Row, feature: Feature, value: f64) {
    row[feature as usize] = value as f32;
}

fn set_if(row: &mut Row, feature: Feature, is: bool) {
    set(row, feature, f64::from(u8::from(is)));
}

impl Context<'_> {
    /// Every sentence's features, but for those that compare it with others.
    pub fn rows(&self, words: &Lists<Word>) -> Vec<Row> {
        let mut rows = vec![[0.0; COUNT]; self.sentences.len()];
        self.place(words, &mut rows);
        self.terms(words, &mut rows);
        self.names(words, &mut rows);
        self.wording(words, &mut rows);
        rows
    }

    /// Adds the features that compare a sentence with others. Apart from the rest, so that a long document's words
    /// need not be kept while its sentences are compared.
    pub fn compare(&self, graph: &Graph, rows: &mut [Row]) {
        self.resemblance(graph, rows);
        for (from, to) in RELATIVE {
            standardise(rows, from as usize, to as usize);
        }
    }

    fn place(&self, words: &Lists<Word>, rows: &mut [Row]) {
        let n = rows.len();
        for (i, row) in rows.iter_mut().enumerate() {
            let length = words.of(i).len() as f64;
            set(row, Feature::PositionInverse, 1.0 / (1.0 + i as f64));
            set(row, Feature::PositionShare, i as f64 / n as f64);
            set(row, Feature::Position, i.min(FAR) as f64);
            set(row, Feature::PositionFromEnd, (n - 1 - i).min(FAR) as f64);
            set(row, Feature::DocumentLength, libm::log(n as f64));
            set(row, Feature::LengthLog, libm::log(1.0 + length));
        }
    }

    fn resemblance(&self, graph: &Graph, rows: &mut [Row]) {
        let n = rows.len();
        let centrality = graph.centrality();
        let centroid = self.sum(0..n);
        let first = self.sum(0..n.min(1));
        let lead = self.sum(0..n.min(3));
        let mut title = vec![0.0; self.rarity.len()];
        for &term in self.title {
            title[term as usize] = f64::from(self.rarity[term as usize]);
        }
        let title = unit(title);
        for (i, row) in rows.iter_mut().enumerate() {
            let vector = self.vectors.of(i);
            let cosine = |j: usize| graph.between(i, j).map_or(0.0, |n| f64::from(n.cosine));
            let neighbours = graph.of(i);
            let (earlier, later) =
                neighbours.split_at(neighbours.partition_point(|n| (n.sentence as usize) < i));
            let most = |list: &[crate::graph::Neighbour]| {
                f64::from(list.iter().map(|n| n.cosine).fold(0.0, f32::max))
            };
            set(row, Feature::Centrality, centrality[i]);
            set(row, Feature::Centroid, product(vector, &centroid));
            set(row, Feature::LikeTitle, product(vector, &title));
            set(row, Feature::LikeFirst, product(vector, &first));
            set(row, Feature::LikeFirstThree, product(vector, &lead));
            set(
                row,
                Feature::LikePrevious,
                i.checked_sub(1).map_or(0.0, cosine),
            );
            set(row, Feature::LikeNext, cosine(i + 1));
            set(row, Feature::LikeEarlier, most(earlier));
            set(row, Feature::LikeLater, most(later));
        }
    }

    fn terms(&self, words: &Lists<Word>, rows: &mut [Row]) {
        let mut frequency = vec![0_u32; self.rarity.len()];
        for word in words.all().iter().filter(|w| w.is_content()) {
            frequency[word.term as usize] += 1;
        }
        let total = frequency
            .iter()
            .map(|&f| f64::from(f))
            .sum::<f64>()
            .max(1.0);
        let mut in_top = vec![false; self.rarity.len()];
        top(&frequency, 10)
            .iter()
            .for_each(|&t| in_top[t as usize] = true);
        let mut seen = vec![false; self.rarity.len()];
        for (i, row) in rows.iter_mut().enumerate() {
            let vector = self.vectors.of(i);
            let distinct = 1.0 + vector.len() as f64;
            let (mut content, mut uses) = (0_u32, 0_u64);
            for word in words.of(i).iter().filter(|w| w.is_content()) {
                content += 1;
                uses += u64::from(frequency[word.term as usize]);
            }
            let (mut rare, mut new, mut salience, mut hits) = (0.0, 0.0, 0.0, 0.0);
            for &(term, _) in vector {
                rare += f64::from(self.rarity[term as usize]);
                hits += f64::from(u8::from(in_top[term as usize]));
                if !std::mem::replace(&mut seen[term as usize], true) {
                    new += 1.0;
                    if frequency[term as usize] > 1 {
                        salience += libm::log(f64::from(frequency[term as usize]));
                    }
                }
            }
            let share = uses as f64 / total;
            set(
                row,
                Feature::TermFrequency,
                20.0 * share / (1.0 + f64::from(content)),
            );
            set(row, Feature::Specificity, rare / distinct);
            set(row, Feature::NewTerms, new / distinct);
            set(row, Feature::NewSalience, salience);
            set(row, Feature::TopTerms, hits);
        }
    }

    fn names(&self, words: &Lists<Word>, rows: &mut [Row]) {
        // How often each term is used as a name, where the capital is not the sentence's.
        let mut uses = vec![0_u32; self.rarity.len()];
        for sentence in words.iter() {
            for word in sentence.iter().skip(1).filter(|w| is_name(w)) {
                uses[word.term as usize] += 1;
            }
        }
        let top = top(&uses, 3);
        let mut seen = vec![false; self.rarity.len()];
        let mut names: Vec<u32> = Vec::new();
        for (i, row) in rows.iter_mut().enumerate() {
            let sentence = words.of(i);
            names.clear();
            let used = |w: &&Word| is_name(w) && uses[w.term as usize] > 0;
            names.extend(sentence.iter().filter(used).map(|w| w.term));
            let count = names.len() as f64;
            names.sort_unstable();
            names.dedup();
            let further: f64 = names.iter().map(|&t| f64::from(uses[t as usize] - 1)).sum();
            let new = names
                .iter()
                .filter(|&&t| !std::mem::replace(&mut seen[t as usize], true))
                .count();
            let hits = top.iter().filter(|t| names.contains(t)).count();
            set(row, Feature::Names, count);
            set(
                row,
                Feature::NameDensity,
                count / (1.0 + sentence.len() as f64),
            );
            set(row, Feature::NameSalience, libm::log(1.0 + further));
            set(row, Feature::NewNames, new as f64);
            set(row, Feature::TopNames, hits as f64);
        }
    }

    fn wording(&self, words: &Lists<Word>, rows: &mut [Row]) {
        for i in 0..rows.len() {
            let words = words.of(i);
            let sentence = slice(self.text, self.sentences[i].span);
            let Wording { opening, marks } = self.wording[i];
            let quoted = marks.quoted_share;
            let count = |list| words.iter().filter(|w| w.traits.has(list)).count() as f64;
            let numbers = words.iter().filter(|w| w.digit).count();
            let row = &mut rows[i];
            set(row, Feature::Numbers, numbers as f64);
            set(row, Feature::QuotedShare, quoted);
            set(row, Feature::SpeechVerbs, count(Traits::SPEECH));
            set(row, Feature::CueWords, count(Traits::CUE));
            set(row, Feature::FirstPerson, count(Traits::FIRST_PERSON));
            set_if(row, Feature::OpensOnPronoun, opening.pronoun);
            set_if(row, Feature::OpensOnConnective, opening.connective);
            let question = sentence.trim_end_matches(['"', '”']).ends_with('?');
            set_if(row, Feature::Question, question);
            let parenthesis = memchr::memchr(b'(', sentence.as_bytes());
            set_if(row, Feature::Parentheses, parenthesis.is_some());
            if i > 0 {
                let before = &mut rows[i - 1];
                set(before, Feature::NextQuotedShare, quoted);
                set_if(before, Feature::NextOpensOnPronoun, opening.pronoun);
            }
        }
    }

    /// The summed vectors of a run of sentences, at unit length, by term.
    fn sum(&self, sentences: Range<usize>) -> Vec<f64> {
        let mut dense = vec![0.0; self.rarity.len()];
        for i in sentences {
            for &(term, weight) in self.vectors.of(i) {
                dense[term as usize] += f64::from(weight);
            }
        }
        unit(dense)
    }
}

/// The text at a span; nothing where it does not fit.
pub fn slice(text: &str, span: Span) -> &str {
    span.get(text).unwrap_or("")
}

/// Whether a word looks like a name; the first word of a sentence only is one if it is used as one elsewhere.
fn is_name(word: &Word) -> bool {
    word.capital && word.is_content()
}

/// Whether a sentence opens on a word that leans on the sentence before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opening {
    /// *He*, *This*, *When she*.
    pub pronoun: bool,
    /// *But*, *In addition*.
    pub connective: bool,
}

/// No two words in the lists are longer than this together, in bytes.
const LONGEST_PAIR: usize = 32;

/// How a sentence with these words opens.
fn opening(sentence: &str, words: &[Word]) -> Opening {
    // A list mark or a dateline before the first word is no opening that leans on anything.
    let plain = sentence.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'(".contains(c));
    let (true, Some(first)) = (plain, words.first()) else {
        return Opening::default();
    };
    let pair = words
        .get(1)
        .and_then(|second| sentence.get(first.start as usize..second.end as usize))
        .map_or(Traits::default(), pair_traits);
    let reaching = words
        .iter()
        .take(3)
        .enumerate()
        .take_while(|(at, w)| *at == 0 || w.follows)
        .any(|(_, w)| w.traits.has(Traits::REACHING));
    let opens = |list| first.traits.has(list) || pair.has(list);
    Opening {
        pronoun: reaching || opens(Traits::PRONOUN),
        connective: opens(Traits::CONNECTIVE),
    }
}

/// What the lists know of two words with a space between them.
fn pair_traits(pair: &str) -> Traits {
    let mut hyphened = [0; LONGEST_PAIR];
    let Some(hyphened) = hyphened.get_mut(..pair.len()) else {
        return Traits::default();
    };
    for (to, from) in hyphened.iter_mut().zip(pair.bytes()) {
        *to = if from == b' ' {
            b'-'
        } else {
            from.to_ascii_lowercase()
        };
    }
    traits(hyphened)
}

/// The double quotation marks of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Marks {
    /// The share of its bytes between them; a mark that is not closed reaches to the end.
    pub quoted_share: f64,
    /// Whether one is missing: the quotation begins or ends outside the sentence.
    pub cut: bool,
}

impl Marks {
    /// Most sentences have none, so they are looked for by their first bytes.
    pub fn of(sentence: &str) -> Self {
        let bytes = sentence.as_bytes();
        let (mut straight, mut opening, mut closing) = (0_usize, 0_usize, 0_usize);
        let mut inside = None;
        let mut quoted = 0;
        for at in memchr::memchr2_iter(b'"', "“".as_bytes()[0], bytes) {
            let rest = &bytes[at..];
            let (opens, closes, len) = if rest[0] == b'"' {
                straight += 1;
                (true, true, 1)
            } else if rest.starts_with("“".as_bytes()) {
                opening += 1;
                (true, false, "“".len())
            } else if rest.starts_with("”".as_bytes()) {
                closing += 1;
                (false, true, "”".len())
            } else {
                continue;
            };
            match inside {
                None if opens => inside = Some(at),
                Some(from) if closes => {
                    quoted += at + len - from;
                    inside = None;
                }
                _ => {}
            }
        }
        quoted += inside.map_or(0, |from| sentence.len() - from);
        Self {
            quoted_share: quoted as f64 / (1 + sentence.len()) as f64,
            cut: straight % 2 == 1 || opening != closing,
        }
    }
}

fn product(vector: &[Weighted], dense: &[f64]) -> f64 {
    vector
        .iter()
        .map(|&(term, weight)| f64::from(weight) * dense[term as usize])
        .sum()
}

/// `dense` at unit length; all 0 stays so.
fn unit(mut dense: Vec<f64>) -> Vec<f64> {
    let length = dense.iter().map(|v| v * v).sum::<f64>().sqrt();
    if length > 0.0 {
        dense.iter_mut().for_each(|v| *v /= length);
    }
    dense
}

/// The `k` most frequent terms that occur more than once; of equals, the ones that come first.
fn top(counts: &[u32], k: usize) -> Vec<u32> {
    let mut terms: Vec<u32> = (0..counts.len() as u32)
        .filter(|&t| counts[t as usize] > 1)
        .collect();
    terms.sort_unstable_by_key(|&t| (std::cmp::Reverse(counts[t as usize]), t));
    terms.truncate(k);
    terms
}

/// Writes the standard scores of feature `from` to feature `to`.
fn standardise(rows: &mut [Row], from: usize, to: usize) {
    let n = rows.len() as f64;
    let mean = rows.iter().map(|r| f64::from(r[from])).sum::<f64>() / n;
    let variance = rows
        .iter()
        .map(|r| (f64::from(r[from]) - mean) * (f64::from(r[from]) - mean))
        .sum::<f64>()
        / n;
    let deviation = variance.sqrt() + 1e-6;
    for row in rows {
        row[to] = ((f64::from(row[from]) - mean) / deviation) as f32;
    }
}

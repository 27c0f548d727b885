//! The list of what the ranker sees of a sentence.

macro_rules! features {
    ($(#[doc = $doc:literal] $variant:ident = $name:literal),+ $(,)?) => {
        /// The features, in the order of a [`Row`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Feature { $(#[doc = $doc] $variant),+ }

        /// The names of the features by which the ranker scores a sentence: the values of [`Reason::feature`].
        ///
        /// Counts and places are capped at 50. “Terms” are the stems of words that are no function words; “cosine” is the
        /// resemblance of two sentences' terms, 0 to 1. A name that ends in `-relative` is the standard score of another
        /// feature within the document.
        ///
        /// [`Reason::feature`]: document::Reason::feature
        ///
        $(#[doc = concat!("- `", $name, "`:", $doc)])+
        pub const FEATURES: [&str; COUNT] = [$($name),+];

        /// How many features there are.
        pub const COUNT: usize = [$($name),+].len();
    };
}

features! {
    /// 1 / (1 + place).
    PositionInverse = "position-inverse",
    /// Place / number of sentences.
    PositionShare = "position-share",
    /// How many sentences come before it, at most 50.
    Position = "position",
    /// How many sentences come after it, at most 50.
    PositionFromEnd = "position-from-end",
    /// ln of the number of sentences.
    DocumentLength = "document-length",
    /// ln(1 + words).
    LengthLog = "length-log",
    /// `length-log` within the document.
    LengthRelative = "length-relative",
    /// LexRank; the document's mean is 1.
    Centrality = "centrality",
    /// `centrality` within the document.
    CentralityRelative = "centrality-relative",
    /// Cosine with the sum of all sentences.
    Centroid = "centroid",
    /// `centroid` within the document.
    CentroidRelative = "centroid-relative",
    /// Mean share of its terms in all uses of terms, times 20.
    TermFrequency = "term-frequency",
    /// `term-frequency` within the document.
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
    /// The sum of ln(uses in the document) of those terms.
    NewSalience = "new-salience",
    /// Capitalised words that look like names.
    Names = "names",
    /// `names` by the number of words.
    NameDensity = "name-density",
    /// ln(1 + further uses of its names in the document).
    NameSalience = "name-salience",
    /// `name-salience` within the document.
    NameSalienceRelative = "name-salience-relative",
    /// How many of its names no sentence before has.
    NewNames = "new-names",
    /// How many of the document's 3 most used names it has.
    TopNames = "top-names",
    /// How many of the document's 10 most used terms it has.
    TopTerms = "top-terms",
    /// How many words it has with a digit.
    Numbers = "numbers",
    /// The share of its bytes in quotation marks.
    QuotedShare = "quoted-share",
    /// `quoted-share` of the sentence after.
    NextQuotedShare = "next-quoted-share",
    /// How many verbs of saying it has.
    SpeechVerbs = "speech-verbs",
    /// How many words it has that mark news, such as *announced*.
    CueWords = "cue-words",
    /// How many forms of *I* and *we* it has.
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

/// One sentence's features, in the order of [`FEATURES`].
pub type Row = [f32; COUNT];

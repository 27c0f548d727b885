//! The language of facts: `key: column | column`.

/// A piece of the article, as a fact quotes it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Snippet {
    /// As written.
    pub text: String,
    /// A regular expression that finds it; its group 1, if any, is what the fact is about.
    pub pattern: String,
    /// Whether brackets mark one place, as in `told [her] lawyer`; without them the words count wherever they occur.
    pub one_place: bool,
}

/// What a fact claims.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Claim {
    Sentences(usize),
    Paragraphs(usize),
    /// A sentence of this kind; `None` is running text.
    Sentence(Option<&'static str>, Snippet),
    OutsideSentences(Snippet),
    Metadata {
        key: String,
        value: String,
    },
    /// The dateline's text, then `(place|agency|date, value)`.
    Dateline(Snippet, Vec<(String, String)>),
    NoDateline,
    Date(Option<String>),
    Entity {
        types: Vec<String>,
        name: String,
    },
    Mention {
        types: Vec<String>,
        text: Snippet,
    },
    NoMention(Snippet),
    Together(Vec<Snippet>),
    Apart(Snippet, Snippet),
    Country {
        text: Snippet,
        code: String,
    },
    Value {
        text: Snippet,
        kind: String,
        value: Option<String>,
        unit: Option<String>,
    },
    Quote {
        content: Vec<Snippet>,
        whole: bool,
        conditions: Vec<Condition>,
    },
    NoQuote(Snippet),
    SummaryHas(Vec<Snippet>),
    SummaryNever(Snippet),
}

/// What must be true of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Type(String),
    /// `None`: the quotation has no speaker.
    Speaker(Option<String>),
    NotSpeaker(String),
    Source(String),
    Cue(String),
    Denied,
}

impl Claim {
    /// The tool that the fact is about.
    pub(crate) fn tool(&self) -> &'static str {
        match self {
            Self::Sentences(_)
            | Self::Paragraphs(_)
            | Self::Sentence(..)
            | Self::OutsideSentences(_)
            | Self::Metadata { .. }
            | Self::Dateline(..)
            | Self::NoDateline
            | Self::Date(_) => "segment",
            Self::Entity { .. }
            | Self::Mention { .. }
            | Self::NoMention(_)
            | Self::Together(_)
            | Self::Apart(..)
            | Self::Country { .. }
            | Self::Value { .. } => "entities",
            Self::Quote { .. } | Self::NoQuote(_) => "quotes",
            Self::SummaryHas(_) | Self::SummaryNever(_) => "summarize",
        }
    }

    pub(crate) fn parse(statement: &str) -> Result<Self, String> {
        if statement == "no date" {
            return Ok(Self::Date(None));
        }
        if statement == "no dateline" {
            return Ok(Self::NoDateline);
        }
        let (key, rest) = statement
            .split_once(": ")
            .ok_or("a fact is a key, a colon and what it is about")?;
        let columns: Vec<&str> = rest.split(" | ").map(str::trim).collect();
        let columns = columns.as_slice();
        let kind = |kind| match columns {
            [text] => Ok(Self::Sentence(kind, Snippet::parse(text)?)),
            _ => Err(wants("one text")),
        };
        match key {
            "sentences" => Ok(Self::Sentences(number(rest)?)),
            "paragraphs" => Ok(Self::Paragraphs(number(rest)?)),
            "sentence" => kind(None),
            "headline" => kind(Some("headline")),
            "byline" => kind(Some("byline")),
            "caption" => kind(Some("caption")),
            "list item" => kind(Some("list-item")),
            "timestamp" => kind(Some("timestamp")),
            "outside sentences" => Ok(Self::OutsideSentences(Snippet::parse(rest)?)),
            "metadata" => match columns {
                [key, value] => Ok(Self::Metadata {
                    key: (*key).into(),
                    value: (*value).into(),
                }),
                _ => Err(wants("key | value")),
            },
            "dateline" => {
                let parts = columns[1..].iter().map(|part| match part.split_once(' ') {
                    Some((name @ ("place" | "agency" | "date"), value)) => {
                        Ok((name.into(), value.into()))
                    }
                    _ => Err(wants("text | place … | agency … | date …")),
                });
                Ok(Self::Dateline(
                    Snippet::parse(columns[0])?,
                    parts.collect::<Result<_, String>>()?,
                ))
            }
            "date" => Ok(Self::Date(Some(rest.into()))),
            "entity" => match columns {
                [types, name] => Ok(Self::Entity {
                    types: alternatives(types),
                    name: (*name).into(),
                }),
                _ => Err(wants("TYPE | name")),
            },
            "mention" => match columns {
                [types, text] => Ok(Self::Mention {
                    types: alternatives(types),
                    text: Snippet::parse(text)?,
                }),
                _ => Err(wants("TYPE | text")),
            },
            "no mention" => Ok(Self::NoMention(Snippet::parse(rest)?)),
            "together" if columns.len() > 1 => Ok(Self::Together(snippets(columns)?)),
            "apart" => match columns {
                [a, b] => Ok(Self::Apart(Snippet::parse(a)?, Snippet::parse(b)?)),
                _ => Err(wants("text | text")),
            },
            "country" => match columns {
                [text, code] => Ok(Self::Country {
                    text: Snippet::parse(text)?,
                    code: (*code).into(),
                }),
                _ => Err(wants("text | code")),
            },
            "value" => match columns {
                [text, kind, value, unit @ ..] if unit.len() < 2 => Ok(Self::Value {
                    text: Snippet::parse(text)?,
                    kind: (*kind).into(),
                    value: (*value != "none").then(|| (*value).into()),
                    unit: unit.first().map(|u| (*u).into()),
                }),
                _ => Err(wants("text | TYPE | value | unit")),
            },
            "quote" | "quote with" => Ok(Self::Quote {
                content: snippets(&columns[0].split(" + ").collect::<Vec<_>>())?,
                whole: key == "quote",
                conditions: columns[1..]
                    .iter()
                    .map(|d| Condition::parse(d))
                    .collect::<Result<_, _>>()?,
            }),
            "no quote" => Ok(Self::NoQuote(Snippet::parse(rest)?)),
            "summary has" => Ok(Self::SummaryHas(snippets(columns)?)),
            "summary never" => Ok(Self::SummaryNever(Snippet::parse(rest)?)),
            _ => Err(format!("no fact begins with “{key}:”")),
        }
    }
}

impl Condition {
    fn parse(text: &str) -> Result<Self, String> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match (word, rest) {
            ("direct" | "indirect" | "mixed", "") => Ok(Self::Type(text.into())),
            ("denied", "") => Ok(Self::Denied),
            ("speaker", "nobody") => Ok(Self::Speaker(None)),
            ("speaker", name) if !name.is_empty() => Ok(Self::Speaker(Some(name.into()))),
            ("source", words) if !words.is_empty() => Ok(Self::Source(words.into())),
            ("cue", words) if !words.is_empty() => Ok(Self::Cue(words.into())),
            ("not", rest) => match rest.strip_prefix("speaker ") {
                Some(name) => Ok(Self::NotSpeaker(name.into())),
                None => Err(format!("“{text}” is not a condition on a quotation")),
            },
            _ => Err(format!("“{text}” is not a condition on a quotation")),
        }
    }
}

impl Snippet {
    /// `[…]` leaves words out. Other brackets hold what the fact is about; the words around them only find it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let mut pattern = String::from("(?s)");
        for (i, piece) in text.split("[…]").enumerate() {
            if i > 0 {
                pattern.push_str(r"\s*.*?\s*");
            }
            let escaped: Vec<String> = piece.split_whitespace().map(regex::escape).collect();
            pattern.push_str(&escaped.join(r"\s+"));
        }
        let one_place = pattern.contains(r"\[");
        if one_place {
            pattern = pattern.replacen(r"\[", "(", 1).replacen(r"\]", ")", 1);
        }
        if text.is_empty() || one_place && !pattern.contains(')') || pattern.contains(r"\[") {
            return Err(format!("“{text}” cannot be searched for"));
        }
        Ok(Self {
            text: text.to_owned(),
            pattern,
            one_place,
        })
    }
}

fn snippets(texts: &[&str]) -> Result<Vec<Snippet>, String> {
    texts.iter().map(|text| Snippet::parse(text)).collect()
}

fn alternatives(types: &str) -> Vec<String> {
    types.split(" or ").map(str::to_owned).collect()
}

fn number(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| format!("“{text}” is not a number"))
}

fn wants(what: &str) -> String {
    format!("expected after the colon: {what}")
}

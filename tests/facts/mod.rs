//! Facts about an article, one a line: read from a file, checked against a record.
//!
//! `tests/golden/README.md` explains the language to those who write the files.

mod article;
mod check;
mod claim;
mod self_test;

pub(crate) use article::Outcome;
pub(crate) use check::check;
use claim::Claim;

/// A file of facts. Everything in it but the marks is kept as it is.
pub(crate) struct FactFile {
    lines: Vec<Line>,
}

enum Line {
    /// A comment or a blank line.
    Other(String),
    Fact(Fact),
}

/// One fact.
pub(crate) struct Fact {
    /// Its line in the file, from 1.
    pub number: usize,
    /// The models with which the tools get it wrong.
    pub missed_by: Vec<String>,
    /// As it is written, without the mark.
    pub statement: String,
    pub claim: Claim,
}

const MARK: &str = "[missed by ";

impl FactFile {
    /// Reads a file; an error names the line that is not a fact.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut lines = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                lines.push(Line::Other(line.to_owned()));
                continue;
            }
            let number = i + 1;
            let (missed_by, statement) = match line.strip_prefix(MARK) {
                None => (Vec::new(), line),
                Some(rest) => {
                    let (models, statement) = rest
                        .split_once("] ")
                        .ok_or(format!("line {number}: the mark has no end"))?;
                    (models.split(", ").map(str::to_owned).collect(), statement)
                }
            };
            let statement = statement.trim();
            lines.push(Line::Fact(Fact {
                number,
                missed_by,
                statement: statement.to_owned(),
                claim: Claim::parse(statement).map_err(|why| format!("line {number}: {why}"))?,
            }));
        }
        Ok(Self { lines })
    }

    pub(crate) fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.lines.iter().filter_map(|line| match line {
            Line::Fact(fact) => Some(fact),
            Line::Other(_) => None,
        })
    }

    pub(crate) fn facts_mut(&mut self) -> impl Iterator<Item = &mut Fact> {
        self.lines.iter_mut().filter_map(|line| match line {
            Line::Fact(fact) => Some(fact),
            Line::Other(_) => None,
        })
    }
}

impl std::fmt::Display for FactFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.lines {
            match line {
                Line::Other(text) => writeln!(f, "{text}")?,
                Line::Fact(fact) if fact.missed_by.is_empty() => writeln!(f, "{}", fact.statement)?,
                Line::Fact(fact) => {
                    writeln!(f, "{MARK}{}] {}", fact.missed_by.join(", "), fact.statement)?;
                }
            }
        }
        Ok(())
    }
}

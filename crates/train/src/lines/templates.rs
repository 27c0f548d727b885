//! Runs of lines with gaps, and what fills the gaps.

use super::mix::{Chance, Lines, Zone};
use anyhow::{Context, Result, bail};
use segment::training::pages::{self, Kind};
use std::collections::BTreeMap;
use text::lists;

pub(crate) struct Templates {
    runs: Vec<(Zone, Lines)>,
    fillings: BTreeMap<String, Vec<String>>,
}

impl Templates {
    /// `titles` are those of articles.
    pub(crate) fn new(templates: &str, fillings: &str, titles: Vec<String>) -> Result<Self> {
        let mut by_gap: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (gap, line) in lists::sections(fillings) {
            let words = line
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty());
            by_gap
                .entry(gap.to_owned())
                .or_default()
                .extend(words.map(str::to_owned));
        }
        by_gap.insert("title".to_owned(), titles);
        let mut zone = Zone::Above;
        let mut runs: Vec<(Zone, Lines)> = Vec::new();
        let mut begins = true;
        for line in templates.lines().filter(|line| !line.starts_with("# ")) {
            match line.trim() {
                "" => begins = true,
                "[above]" => zone = Zone::Above,
                "[inside]" => zone = Zone::Inside,
                "[below]" => zone = Zone::Below,
                _ => {
                    let (marks, words) = line
                        .split_once('|')
                        .with_context(|| format!("no mark: {line}"))?;
                    let kinds: Vec<Kind> = pages::kinds("templates", marks);
                    if begins {
                        runs.push((zone, Vec::new()));
                    }
                    begins = false;
                    let Some((_, run)) = runs.last_mut() else {
                        bail!("no run")
                    };
                    run.push((words.to_owned(), kinds));
                }
            }
        }
        Ok(Self {
            runs,
            fillings: by_gap,
        })
    }

    pub(crate) fn runs(&self) -> impl Iterator<Item = (Zone, &Lines)> {
        self.runs.iter().map(|(zone, run)| (*zone, run))
    }

    /// The run with its gaps filled.
    pub(crate) fn fill(&self, run: &Lines, chance: &mut Chance) -> Lines {
        let capitals = chance.one_in(8);
        run.iter()
            .map(|(line, kinds)| {
                let mut filled = String::new();
                let mut rest = line.as_str();
                while let Some((before, after)) = rest.split_once('{') {
                    let (gap, after) = after.split_once('}').unwrap_or((after, ""));
                    filled.push_str(before);
                    let word = self.filling(gap, chance);
                    match capitals && gap == "name" {
                        true => filled.push_str(&word.to_uppercase()),
                        false => filled.push_str(&word),
                    }
                    rest = after;
                }
                filled.push_str(rest);
                (filled, kinds.clone())
            })
            .collect()
    }

    fn filling(&self, gap: &str, chance: &mut Chance) -> String {
        match gap {
            "name" => format!(
                "{} {}",
                self.filling("first", chance),
                self.filling("last", chance)
            ),
            "day" | "hour" => format!("{}", 1 + chance.below(28)),
            "minute" => format!("{:02}", chance.below(60)),
            "year" => format!("{}", 1995 + chance.below(32)),
            "n" => format!("{}", 1 + chance.below(40)),
            "k" => match chance.below(3) {
                0 => format!("{},{:03}", 1 + chance.below(40), chance.below(1000)),
                1 => format!("{}", 100 + chance.below(9000)),
                _ => format!("{}", 100_000 + chance.below(9_000_000)),
            },
            _ => chance.pick(&self.fillings[gap]).clone(),
        }
    }
}

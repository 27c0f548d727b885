//! The document's date, from whichever line says it. A wrong date is worse than none: running text, captions, related stories
//! and what may be read in two ways say nothing.

use crate::date::Date;
use crate::kind;
use crate::lists::IN_BYLINES;
use crate::timestamp::{Day, Role, Stamp};

/// Bytes at the end of a text in which it may say when it was published.
const FOOT: usize = 2048;

/// Lines at the end of a text in which it may say when it was published.
const FOOT_LINES: usize = 20;

/// A line that gives somebody's name or a place and then the date has at most so many bytes.
const LONGEST: usize = 160;

/// Words of a bare name or place beside a date.
const MOST_WORDS: usize = 4;

/// Names in a row beside a date, between bars: author, agency, place.
const MOST_GROUPS: usize = 3;

/// What parts a name from the date behind it.
const PARTING: [char; 9] = [',', '|', '•', '·', '-', '–', '—', '/', ':'];

/// Words in the title of what appears with a date in it: `Transcript: Ana Roe on “Forum”, March 4, 2025`.
const REGULAR: [&str; 7] = [
    "transcript",
    "briefing",
    "bulletin",
    "newsletter",
    "edition",
    "digest",
    "brief",
];

/// The days that the lines of a page's head name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Days {
    published: Vec<Named>,
    /// A date on its own, or beside an author.
    bare: Vec<Named>,
    /// The same after running text: it is the article's if more running text follows, else another story's.
    held: Vec<Named>,
    updated: Vec<Named>,
}

/// A day and the byte at which the line that names it begins.
type Named = (usize, Day);

/// A line of the head, and what stands around it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HeadLine<'t> {
    pub(crate) text: &'t str,
    /// The byte at which it begins.
    pub(crate) at: usize,
    /// The role that the line above it gives to a date: `Published`.
    pub(crate) above: Option<Role>,
    /// It is the first of the text.
    pub(crate) first: bool,
    /// Running text stands before it.
    pub(crate) after_prose: bool,
}

impl Days {
    /// Adds what a line of the head says.
    pub(crate) fn add_line(&mut self, head: HeadLine<'_>) {
        let (line, first) = (head.text, head.first);
        // Most lines are long or without a number.
        if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        let said = || {
            let date = said(line)?;
            let days = vec![(Role::Published, Day::Known(date))];
            Some(Stamp { days })
        };
        let stamp = Stamp::read(line)
            .or_else(|| beside(line, first))
            .or_else(said);
        for (role, day) in stamp.unwrap_or_default().days {
            match (role, head.above) {
                (Role::Bare, Some(above)) => self.add(above, (head.at, day)),
                (Role::Bare, None) if head.after_prose => self.held.push((head.at, day)),
                (role, _) => self.add(role, (head.at, day)),
            }
        }
    }

    /// Running text follows what has been added.
    pub(crate) fn prose_follows(&mut self) {
        self.bare.append(&mut self.held);
    }

    /// Adds the value of a header whose key has this role.
    pub(crate) fn add_value(&mut self, value: &str, at: usize, role: Role) {
        let days = Stamp::read(value).map(|stamp| stamp.days);
        let days = days.unwrap_or_else(|| {
            let date = Date::from_iso(value).map(|date| (Role::Bare, Day::Known(date)));
            date.into_iter().collect()
        });
        for (own, day) in days {
            let role = if own == Role::Bare { role } else { own };
            self.add(role, (at, day));
        }
    }

    fn add(&mut self, role: Role, day: Named) {
        let days = match role {
            Role::Published => &mut self.published,
            Role::Bare => &mut self.bare,
            Role::Updated => &mut self.updated,
        };
        days.push(day);
    }

    /// The document's date: that of its publication, else the one that stands alone at its head, else that of the dateline,
    /// else what its foot says, else that of its last update. What stands at a byte that `is_furniture` is not asked.
    pub(crate) fn date(
        &self,
        filed: Option<Date>,
        text: &str,
        is_furniture: impl Fn(usize) -> bool,
    ) -> Option<Date> {
        let of_article = |days: &[Named]| -> Vec<Day> {
            let of_article = days.iter().filter(|(at, _)| !is_furniture(*at));
            of_article.map(|(_, day)| *day).collect()
        };
        let [published, bare, updated] =
            [&self.published, &self.bare, &self.updated].map(|days| of_article(days));
        let others = || {
            let all = published.iter().chain(&bare).chain(&updated);
            let others = all.filter_map(|day| match day {
                Day::Known(date) | Day::Partial(date) => Some(*date),
                Day::Open(_) => None,
            });
            others.chain(filed)
        };
        // `07/03/2025` beside `7 March` is settled.
        let known = |day: &Day| match day {
            Day::Known(date) => Some(*date),
            Day::Partial(_) => None,
            Day::Open(digits) => {
                let says = |date: Option<Date>| {
                    date.filter(|date| others().any(|other| other.is_same_day(*date)))
                };
                match (says(digits.day_first), says(digits.month_first)) {
                    (Some(_), Some(_)) => None,
                    (one, other) => one.or(other),
                }
            }
        };
        let published = published.iter().find_map(known);
        // Dates that differ are those of other stories, or of what happened.
        let mut dates = bare.iter().filter_map(known);
        let first = dates.next();
        let bare = first.filter(|first| dates.all(|date| date == *first));
        let filed = filed.filter(|date| date.year.is_some());
        published
            .or(bare)
            .or(filed)
            .or_else(|| at_foot(text))
            .or_else(|| updated.iter().find_map(known))
    }
}

/// A date beside an author, a place or the name of a regular text: `By Ana Roe | March 4, 2025`, `4 March 2025 by Ana Roe`.
fn beside(line: &str, first: bool) -> Option<Stamp> {
    // Without its year a date says little.
    let mut digits = 0;
    let year = |b: u8| {
        digits = if b.is_ascii_digit() { digits + 1 } else { 0 };
        digits == 4
    };
    if !line.bytes().any(year) {
        return None;
    }
    behind(line, first).or_else(|| before(line, first))
}

/// `Ana Roe, 4 March 2025`
fn behind(line: &str, first: bool) -> Option<Stamp> {
    let starts = memchr::memchr_iter(b' ', line.as_bytes()).map(|at| at + 1);
    let (at, stamp) = starts
        .filter(|at| {
            line[*at..].starts_with(char::is_alphanumeric) && Stamp::may_begin(&line[*at..])
        })
        .find_map(|at| Stamp::read(&line[at..]).map(|stamp| (at, stamp)))?;
    let front = line[..at].trim_end();
    let name = front.trim_end_matches(PARTING).trim_end();
    let wide = line[..at].ends_with("  ") || line[..at].ends_with('\t');
    let dated = name
        .strip_suffix(" of")
        .or(name.strip_suffix(" for"))
        .or(name.strip_suffix(" from"));
    let parted = name.len() < front.len() || wide || dated.is_some();
    let regular = parted_words(name).any(|word| REGULAR.contains(&word.to_lowercase().as_str()));
    let named = is_author(name) || (!first && parted && is_names(dated.unwrap_or(name)));
    (named || regular).then_some(stamp)
}

/// `4 March 2025 by Ana Roe`, `March 4, 2025 | Ana Roe`
fn before(line: &str, first: bool) -> Option<Stamp> {
    if first || !Stamp::may_begin(line) {
        return None;
    }
    let ends = line.match_indices([' ', '|', '•', '·', '/']);
    let (rest, stamp) = ends
        .rev()
        .find_map(|(at, _)| Some((&line[at..], Stamp::read(line[..at].trim_end())?)))?;
    let name = rest.trim_start();
    let bare = name.trim_start_matches(['|', '•', '·', '/', ' ']);
    let named = is_author(name) || (bare.len() < name.len() && is_names(bare));
    named.then_some(stamp)
}

fn is_author(name: &str) -> bool {
    let lower = name.trim_start().to_lowercase();
    let by = ["by ", "by: ", "posted by ", "published by ", "story by "];
    kind::is_byline(name)
        || by.iter().any(|by| {
            lower
                .strip_prefix(by)
                .is_some_and(|_| is_names(&name[by.len()..]))
        })
}

/// A few words with capitals, or several groups of them: `Ana Roe`, `Ana Roe | TNN | New Delhi`.
fn is_names(text: &str) -> bool {
    let groups = text.split(['|', '•', '·', '/']);
    groups.clone().count() <= MOST_GROUPS
        && groups.into_iter().all(|group| {
            let mut words = group.split_whitespace();
            words.clone().count() <= MOST_WORDS
                && words.clone().next().is_some()
                && words.all(|word| {
                    let capital = word.starts_with(char::is_uppercase) || IN_BYLINES.contains(word);
                    capital
                        && word
                            .chars()
                            .all(|c| c.is_alphabetic() || "’'-.,".contains(c))
                })
        })
}

fn parted_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
}

/// The date that the foot of a page gives for the publication, where all of its lines that give one agree.
fn at_foot(text: &str) -> Option<Date> {
    let foot = &text[text.ceil_char_boundary(text.len().saturating_sub(FOOT))..];
    let mut end = foot.len();
    let feeds = memchr::memrchr_iter(b'\n', foot.as_bytes()).map(|feed| feed + 1);
    let lines = feeds.chain([0]).map(|start| {
        let line = foot[start..end].trim();
        end = start.saturating_sub(1);
        line
    });
    let lines = lines.filter(|line| !line.is_empty());
    let mut dates = lines.take(FOOT_LINES).filter_map(said);
    let first = dates.next()?;
    dates.all(|date| date == first).then_some(first)
}

/// `First published on 4 March 2025 at 10.15`, `This report by NW was first published March 4, 2025.`, `Published in Dawn,
/// March 4th, 2025`, `AP-NY-03-04-98 1412EST`.
fn said(line: &str) -> Option<Date> {
    let line = line.trim_matches(['(', ')', '[', ']', '*', '_', '.']);
    // Most lines begin with other words.
    let begins = [
        "This ",
        "First ",
        "Originally ",
        "Published",
        "Posted",
        "Story ",
        "Article ",
    ];
    if !begins.iter().any(|begin| line.starts_with(begin)) {
        return of_wire(line);
    }
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let words = parted_words(line).map(str::to_lowercase);
    let published = words
        .into_iter()
        .find(|word| matches!(word.as_str(), "published" | "posted" | "appeared"))?;
    let at = line.to_ascii_lowercase().find(&published)? + published.len();
    let rest = line.get(at..)?;
    // The date ends the line; the paper's name may stand before it.
    let starts = rest.match_indices([' ', ':']).map(|(at, _)| at + 1);
    let stamp = starts
        .filter(|at| rest[*at..].starts_with(char::is_alphanumeric))
        .find_map(|at| Stamp::read(&rest[at..]))?;
    match stamp.days[..] {
        [(Role::Bare | Role::Published, Day::Known(date)), ..] => Some(date),
        _ => None,
    }
}

/// The last line of old agency copy, `AP-NY-03-04-98 1412EST`; American, as its zone says.
fn of_wire(line: &str) -> Option<Date> {
    if line.len() > LONGEST {
        return None;
    }
    let (name, time) = line.split_at(memchr::memchr(b' ', line.as_bytes())?);
    let time = &time[1..];
    let (name, year) = name.rsplit_once('-')?;
    let american = ["EST", "EDT", "CST", "CDT", "PST", "PDT"];
    let zone = time
        .trim_end_matches('<')
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let (name, day) = name.rsplit_once('-')?;
    let (office, month) = name.rsplit_once('-')?;
    let capitals = office.bytes().all(|b| b.is_ascii_uppercase() || b == b'-');
    if !capitals || !american.contains(&zone) || year.len() != 2 {
        return None;
    }
    let year: u16 = year.parse().ok()?;
    let century = if year < 70 { 2000 } else { 1900 };
    Date::from_iso(&format!("{}-{month}-{day}", century + year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Option<String> {
        let mut days = Days::default();
        let mut above = None;
        for (i, line) in lines.iter().enumerate() {
            days.add_line(HeadLine {
                text: line,
                above,
                first: i == 0,
                ..HeadLine::default()
            });
            above = Stamp::announced(line);
        }
        days.date(None, "", |_| false).map(Date::iso)
    }

    #[test]
    fn the_head_gives_the_date() {
        for lines in [
            &["Ferry sinks", "Tue 4 Mar 2025 10.15 GMT"][..],
            &["Ferry sinks", "By Ana Roe | March 4, 2025"],
            &["Ferry sinks", "Ana Roe, 4 March 2025"],
            &["Ferry sinks", "Ana Roe  4 March 2025"],
            &["Ferry sinks", "Posted by Ana Roe on March 4, 2025"],
            &["Ferry sinks", "London, 4 March 2025"],
            &[
                "Ferry sinks",
                "Published",
                "4 March 2025",
                "Updated",
                "5 March 2025",
            ],
            &["Ferry sinks", "5 March 2025", "Published 4 March 2025"],
            &[
                "Ferry sinks",
                "Last updated: March 4, 2025 at 4:50 p.m. EDT",
            ],
            &["Ferry sinks", "Published: 07:00, 4 March 2025"],
            &["Ferry sinks", "04/03/2025", "4 March"],
            &["Ferry sinks", "2025-03-04T10:15:00Z"],
            &[
                "Transcript: Sen. Roe on “Forum,” March 4, 2025",
                "It rained.",
            ],
        ] {
            assert_eq!(of(lines).as_deref(), Some("2025-03-04"), "{lines:?}");
        }
    }

    #[test]
    fn what_may_be_another_date_is_none() {
        for lines in [
            &["Ferry sinks", "04/03/2025"][..],
            &["Ferry sinks", "4 March"],
            &["Ferry sinks", "4 March 2025", "Port shut", "3 March 2025"],
            &["Ferry sinks in Oslo on 4 March 2025"],
            &["Song Contest, 4 March 2025"],
            &["Ferry sinks", "A ship in Split, 4 March 2025"],
            &["Ferry sinks", "Photo: Ana Roe, 4 March 2025"],
            &["Ferry sinks", "© 2025"],
            &["Ferry sinks", "March 4, 2025 – Flood in Oslo"],
            &["Ferry sinks", "March 4, 2025: The ferry sinks"],
            &["Ferry sinks", "The council will meet on 4 March 2025"],
        ] {
            assert_eq!(of(lines), None, "{lines:?}");
        }
    }

    #[test]
    fn the_foot_gives_the_date_where_it_is_the_publication() {
        for line in [
            "First published on 4 March 2025 at 10.15",
            "This report by The Wire was first published March 4, 2025.",
            "Published in Dawn, March 4th, 2025",
            "This story was originally published March 4, 2025 at 5:00 AM.",
            "(First published: 4 March 2025)",
            "AP-NY-03-04-25 1412EST",
            "APNP-03-04-25 1412EST<",
        ] {
            let text = format!("It rained.\n\n{line}\n");
            assert_eq!(
                at_foot(&text).map(Date::iso).as_deref(),
                Some("2025-03-04"),
                "{line}"
            );
        }
        for line in [
            "© 2025",
            "4 March 2025",
            "The book was first published on 4 March 2025.",
            "Published in Dawn, March 4th",
            "This rule applies from 4 March 2025.",
            "First published on 4 March 2025\nFirst published on 5 March 2025",
            "Published 4 March 2025 by Hale, it sold.",
        ] {
            let text = format!("It rained.\n\n{line}\n");
            assert_eq!(at_foot(&text), None, "{line}");
        }
    }
}

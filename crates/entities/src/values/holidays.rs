//! Holidays, from `data/holidays.tsv`.

use super::Match;
use super::calendar::Day;
use super::dates::nearest;
use super::tokens::Tokens;
use super::years::{year_after, year_named_after};
use std::collections::HashMap;
use std::sync::LazyLock;

/// On which day of a year a holiday is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    /// Month and day.
    Date(u32, u32),
    /// The so-manieth weekday (Monday is 0) of a month; -1 is the last.
    Weekday(u32, i64, i64),
    /// So many days after Easter Sunday.
    Easter(i64),
    /// It differs between calendars or countries.
    Unknown,
}

struct Holiday {
    words: Vec<&'static str>,
    rule: Rule,
    /// Where this is paid with, the day is another.
    except: Option<&'static str>,
}

/// Holidays by their first word in lower case, the longer names first.
static HOLIDAYS: LazyLock<HashMap<String, Vec<Holiday>>> = LazyLock::new(|| {
    let mut holidays: HashMap<String, Vec<Holiday>> = HashMap::new();
    let lines = include_str!("../../data/holidays.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(name), Some(rule)) = (columns.next(), columns.next()) else {
            continue;
        };
        let words: Vec<&str> = name
            .split_inclusive(['\'', '.', ' '])
            .flat_map(|part| {
                let end = part.len() - usize::from(part.ends_with(['\'', '.', ' ']));
                [&part[..end], part[end..].trim()]
            })
            .filter(|word| !word.is_empty())
            .collect();
        let first = words[0].to_lowercase();
        holidays.entry(first).or_default().push(Holiday {
            words,
            rule: rule_of(rule).expect("a rule of the file's first lines"),
            except: columns.next(),
        });
    }
    for of_word in holidays.values_mut() {
        of_word.sort_by_key(|holiday| std::cmp::Reverse(holiday.words.len()));
    }
    holidays
});

fn rule_of(rule: &'static str) -> Option<Rule> {
    if rule == "-" {
        return Some(Rule::Unknown);
    }
    if let Some(days) = rule.strip_prefix("easter ") {
        return days.parse().ok().map(Rule::Easter);
    }
    if let Some((month, day)) = rule.split_once('-').filter(|_| !rule.contains(' ')) {
        return Some(Rule::Date(month.parse().ok()?, day.parse().ok()?));
    }
    let mut parts = rule.split(' ');
    let month = parts.next()?.parse().ok()?;
    let weekday = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let short = parts.next()?;
    let weekday = weekday.iter().position(|day| *day == short)? as i64;
    Some(Rule::Weekday(month, weekday, parts.next()?.parse().ok()?))
}

impl Rule {
    fn day(self, year: i64) -> Option<Day> {
        match self {
            Self::Date(month, day) => Day::of(year, month, day),
            Self::Weekday(month, weekday, -1) => {
                let days = text::calendar::days_in(month, Some(year));
                Some(Day::of(year, month, days)?.on_or_before(weekday))
            }
            Self::Weekday(month, weekday, nth) => {
                let first = Day::of(year, month, 1)?.on_or_after(weekday);
                Some(Day(first.0 + 7 * (nth - 1)))
            }
            Self::Easter(days) => Some(Day(easter(year)?.0 + days)),
            Self::Unknown => None,
        }
    }
}

/// Easter Sunday of the Gregorian calendar: the "anonymous" algorithm (Nature, 20 April 1876; Meeus, Astronomical
/// Algorithms, chapter 8).
fn easter(year: i64) -> Option<Day> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::of(
        year,
        u32::try_from(n / 31).ok()?,
        u32::try_from(n % 31 + 1).ok()?,
    )
}

/// The words that a holiday can begin with, in lower case.
pub(super) fn openings() -> impl Iterator<Item = &'static str> {
    HOLIDAYS.keys().map(String::as_str)
}

/// `Christmas`, `Thanksgiving Day`, `Easter 2023`, `last Halloween`
pub(super) fn holiday(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if !tokens.capital(i) {
        return None;
    }
    let holiday = HOLIDAYS
        .get(&tokens.text(i).to_lowercase())?
        .iter()
        .find(|holiday| {
            let words = holiday.words.iter().enumerate();
            words.clone().all(|(n, word)| {
                tokens.is(i + n, &[word]) || *word == "'" && tokens.is(i + n, &["’"])
            })
        })?;
    let next = i + holiday.words.len();
    // "Christmas Island", "Easter Road", and "Eid al-Fitr", which is one of two
    if tokens.is_word(next) && tokens.capital(next) && !tokens.is(next, &["Day", "Eve"]) {
        return None;
    }
    let elsewhere = holiday
        .except
        .is_some_and(|code| tokens.context.currencies.contains(code));
    let day = |year| holiday.rule.day(year).filter(|_| !elsewhere);
    let (year, after) = year_after(tokens, next);
    let value = match (year, tokens.context.reference) {
        (Some(year), _) => day(year),
        (None, Some(reference)) => match year_named_after(tokens, next, reference.civil().0) {
            Some(year) => day(year),
            None => nearest(tokens, i, next, day),
        },
        _ => None,
    };
    Some(Match::date(i, after, value.map(Day::iso)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_when_it_was() {
        let days = [
            (1961, "04-02"),
            (2000, "04-23"),
            (2008, "03-23"),
            (2024, "03-31"),
            (2038, "04-25"),
        ];
        for (year, day) in days {
            assert_eq!(easter(year).map(Day::iso), Some(format!("{year}-{day}")));
        }
    }

    #[test]
    fn weekdays_of_months_are_counted_from_either_end() {
        let thanksgiving = Rule::Weekday(11, 3, 4).day(2024).map(Day::iso);
        assert_eq!(thanksgiving.as_deref(), Some("2024-11-28"));
        let memorial = Rule::Weekday(5, 0, -1).day(2024).map(Day::iso);
        assert_eq!(memorial.as_deref(), Some("2024-05-27"));
    }
}

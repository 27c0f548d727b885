//! Words that refer to a time without naming one.
//!
//! `now`, `recently`, `currently`, `nowadays`, `lately`, `the past` and `the future` are a TIME without a value: the
//! present, the past and the future are no dates. `That year`, `the next day` and `two years later` count from the date that the
//! text named last, `a year earlier` from the one in its sentence or else from the report.

use super::Match;
use super::calendar::Day;
use super::stretches::Stretch;
use super::tokens::Tokens;
use super::words::TimeUnit;

pub(super) fn reference(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    vague(tokens, i)
        .or_else(|| same(tokens, i))
        .or_else(|| end_of(tokens, i))
        .or_else(|| weekend(tokens, i))
        .or_else(|| year_before(tokens, i))
        .or_else(|| away(tokens, i))
}

/// Behind "the past" and "the future" these show that they stand alone: "the past year" and "the future king" do not.
const AFTER_NOUN: &[&str] = &[
    "and", "or", "but", "to", "as", "when", "for", "with", "is", "was",
];

/// `now`, `recently`, `the future`
fn vague(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let adverb = tokens.is(i, &["now", "recently", "currently", "nowadays", "lately"])
        && !tokens.is_before(i, &["most", "more"])
        // "until recently", but "now-defunct" and "Right Now" the song
        && tokens.skip_hyphen(i + 1) == i + 1
        && !(tokens.capital(i) && i > 0 && tokens.capital(i - 1));
    let noun = tokens.is(i, &["future", "past"])
        && tokens.is_before(i, &["the", "near", "distant", "recent"])
        && tokens.skip_hyphen(i + 1) == i + 1
        && (!tokens.is_word(i + 1) || tokens.is(i + 1, AFTER_NOUN));
    (adverb || noun).then(|| Match::time(i, i + 1, None))
}

/// The date that the text named last.
fn named(tokens: &Tokens<'_>) -> Option<Stretch> {
    tokens.anchor.or(tokens.anchor_before)
}

/// `that year`, `the same day`, `the following month`, `the previous day`, `the next day`
fn same(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    if matches!(tokens.time_unit(i), Some((TimeUnit::Quarter, false)))
        && tokens.is_before(i, &["the"])
        && !tokens.is(i + 1, &["of"])
        && let Some(quarter) = named_quarter(tokens)
    {
        return Some(Match::date(i, i + 1, Some(quarter)));
    }
    // "That" itself opens nothing.
    if let Some((unit, false)) = tokens.time_unit(i)
        && tokens.is_before(i, &["that"])
        && !unit.of_clock()
    {
        let value = named(tokens).and_then(|named| named.within(unit, 0));
        return Some(Match::date(i - 1, i + 1, value));
    }
    const STEPS: &[(&str, i64)] = &[("same", 0), ("following", 1), ("previous", -1), ("next", 1)];
    let count = tokens.of(i, STEPS)?;
    if tokens.is(i, &["next"]) && !tokens.is_before(i, &["the"]) {
        return None;
    }
    let (unit, plural) = tokens.time_unit(i + 1)?;
    if (unit, count) == (TimeUnit::Quarter, 0) && !plural {
        return Some(Match::date(i, i + 2, named_quarter(tokens)));
    }
    // "The next week" is the one after the report's.
    let of_report = tokens.is(i, &["next"]) && unit != TimeUnit::Day;
    if plural || of_report || unit.of_clock() || unit == TimeUnit::Quarter {
        return None;
    }
    let value = named(tokens).and_then(|named| named.within(unit, count));
    Some(Match::date(i, i + 2, value))
}

/// `the end of the year`, `later in the month`: the report's, where no other is named.
fn end_of(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (unit, plural) = tokens.time_unit(i)?;
    if plural || !matches!(unit, TimeUnit::Year | TimeUnit::Month | TimeUnit::Week) {
        return None;
    }
    let the = i >= 3
        && tokens.is_before(i, &["the"])
        && (tokens.is(i - 2, &["of"])
            && tokens.is(
                i - 3,
                &["end", "rest", "remainder", "beginning", "start", "middle"],
            )
            || tokens.is(i - 2, &["in"]) && tokens.is(i - 3, &["earlier", "later"]));
    let end = tokens.skip_hyphen(i + 1);
    let year_end = unit == TimeUnit::Year
        && tokens.is(end, &["end"])
        && tokens.is_before(i, &["by", "at", "before"]);
    if !the && !year_end {
        return None;
    }
    let named_here = tokens.anchor.and_then(|named| named.within(unit, 0));
    let value = named_here.or_else(|| report(tokens)?.within(unit, 0));
    Some(Match::date(
        i,
        if year_end { end + 1 } else { i + 1 },
        value,
    ))
}

/// The quarter that the text named last.
fn named_quarter(tokens: &Tokens<'_>) -> Option<String> {
    named(tokens)
        .filter(|named| matches!(named, Stretch::Quarter(_)))?
        .shifted(0, TimeUnit::Year)
}

/// `year-ago`, `year-earlier`: a year before the quarter, month or year that its sentence names, or else before the report.
fn year_before(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let at = tokens.skip_hyphen(i + 1);
    let before = matches!(tokens.time_unit(i)?, (TimeUnit::Year, false))
        && at > i + 1
        && tokens.is(at, &["ago", "earlier"]);
    before.then(|| {
        let from = tokens.anchor.or_else(|| report(tokens));
        let value = from.and_then(|from| from.shifted(-1, TimeUnit::Year));
        Match::date(i, at + 1, value)
    })
}

fn report(tokens: &Tokens<'_>) -> Option<Stretch> {
    tokens.context.reference.map(Stretch::Day)
}

/// `over the weekend`: the last one before the report, or the coming one where the words look ahead.
fn weekend(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    use super::tense::{Direction, direction};
    let the = matches!(tokens.time_unit(i)?, (TimeUnit::Weekend, false))
        && tokens.is_before(i, &["the"])
        && !tokens.is(i + 1, &["of", "before", "after", "when"])
        && tokens.skip_hyphen(i + 1) == i + 1;
    the.then(|| {
        let value = tokens.context.reference.map(|day| {
            let saturday = match direction(tokens, i, i + 1) {
                Some(Direction::Future) => day.on_or_after(6).on_or_before(5),
                _ => day.on_or_before(5),
            };
            format!("{}/{}", saturday.iso(), Day(saturday.0 + 1).iso())
        });
        Match::date(i, i + 1, value)
    })
}

/// `a year earlier`, `two days later`, `the year before`
fn away(tokens: &Tokens<'_>, i: usize) -> Option<Match> {
    let (count, at) = if tokens.is(i, &["a", "an"]) {
        (Some(1.0), i + 1)
    } else if let Some(number) = tokens.number(i, false) {
        (Some(number.value), tokens.skip_hyphen(number.next))
    } else if tokens.time_unit(i).is_some() && tokens.is_before(i, &["the"]) {
        (Some(1.0), i)
    } else if tokens.is(i, &["several", "few", "many"]) {
        (None, i + 1)
    } else {
        (None, i)
    };
    let (unit, plural) = tokens.time_unit(at)?;
    let sentence_goes_on = tokens.is_word(at + 2)
        && !tokens.is(at + 2, &["and", "but", "when", "as", "in", "on", "at"]);
    let step = match tokens.text(at + 1).to_ascii_lowercase().as_str() {
        "earlier" | "previously" => -1,
        // "Two days before the vote" is a length.
        "before" if !(sentence_goes_on || plural && at == i) => -1,
        "later" | "afterwards" | "afterward" if at > i || plural => 1,
        _ => return None,
    };
    if tokens.is(at + 1, &["later", "earlier"]) && tokens.is(at + 2, &["than"]) {
        return None;
    }
    let from = match (tokens.anchor, step) {
        (Some(here), _) => Some(here),
        (None, -1) => report(tokens),
        _ => tokens.anchor_before,
    };
    let whole = count.filter(|count| count.fract() == 0.0 && *count < 10_000.0);
    let value = from
        .zip(whole)
        .and_then(|(from, count)| from.shifted(step * count as i64, unit));
    Some(unit.point(i, at + 2, value))
}

//! One line of JSON Lines: which fields it has, and how to change some of them and no other byte.

use crate::DocumentError;
use crate::wire::plain::{read_string, write_string};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A JSON object whose values have been checked for their form but not looked into.
///
/// Values keep their bytes: nesting of any depth, numbers of any size and lone surrogates pass through.
///
/// ```
/// use document::Record;
/// let record = Record::parse(r#"{"text":"Hello.", "n":1e400}"#)?;
/// assert_eq!(record.get("n"), Some("1e400"));
/// let mut out = String::new();
/// record.write(&[("text", Some("\"Bye.\"".into())), ("lang", Some("\"en\"".into()))], &mut out);
/// assert_eq!(out, r#"{"text":"Bye.", "n":1e400,"lang":"en"}"#);
/// # Ok::<(), document::DocumentError>(())
/// ```
#[derive(Debug)]
pub struct Record<'a> {
    raw: &'a str,
    members: Vec<Member<'a>>,
}

/// A key and a value as they are written, both slices of [`Record::raw`].
#[derive(Debug)]
struct Member<'a> {
    key: &'a str,
    value: &'a str,
}

/// A field's new value as JSON, or `None` to take the field out.
pub type Change<'c> = (&'c str, Option<String>);

impl<'a> Record<'a> {
    /// Reads a line that holds one JSON object and nothing else but white space.
    pub fn parse(line: &'a str) -> Result<Self, DocumentError> {
        let raw = line.trim_matches([' ', '\t', '\r', '\n']);
        if !raw.starts_with('{') {
            // serde_json would speak of our visitor; a reader wants to know what was found.
            return Err(DocumentError::NotAnObject);
        }
        let Members(members) =
            serde_json::from_str(raw).map_err(|e| DocumentError::of_json(e, raw))?;
        Ok(Self { raw, members })
    }

    /// The record of a plain text: `{"id":…,"text":…}`, written into `room`, which is emptied first.
    ///
    /// ```
    /// use document::Record;
    /// let mut room = String::new();
    /// let record = Record::of_text("a.txt", "“Yes.”\n", &mut room);
    /// assert_eq!(record.raw(), r#"{"id":"a.txt","text":"“Yes.”\n"}"#);
    /// assert_eq!(record.text()?, "“Yes.”\n");
    /// # Ok::<(), document::DocumentError>(())
    /// ```
    pub fn of_text(id: &str, text: &str, room: &'a mut String) -> Self {
        const KEYS: [&str; 2] = ["\"id\"", "\"text\""];
        room.clear();
        room.reserve(text.len() + text.len() / 16 + id.len() + 32);
        let mut places = [(0, 0, 0); 2];
        for ((key, value), place) in KEYS.into_iter().zip([id, text]).zip(&mut places) {
            room.push(if room.is_empty() { '{' } else { ',' });
            let key_at = room.len();
            room.push_str(key);
            room.push(':');
            let value_at = room.len();
            write_string(value, room);
            *place = (key_at, value_at, room.len());
        }
        room.push('}');
        let raw = room.as_str();
        let member = |(key, value, end)| Member {
            key: &raw[key..value - 1],
            value: &raw[value..end],
        };
        Self {
            raw,
            members: places.map(member).into(),
        }
    }

    /// The object as it is written, without white space around it.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// The value of a field as it is written. Of duplicate keys the last one counts.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        let last = self.members.iter().rev().find(|m| m.is(name))?;
        Some(last.value)
    }

    /// The value that a JSON Pointer (RFC 6901) names, as it is written.
    pub fn pointer(&self, pointer: &str) -> Option<&'a str> {
        let mut value = self.raw;
        for token in pointer.strip_prefix('/')?.split('/') {
            let name = token.replace("~1", "/").replace("~0", "~");
            value = match value.as_bytes().first()? {
                b'{' => Record::parse(value).ok()?.get(&name)?,
                b'[' => {
                    let items: Vec<&'a RawValue> = serde_json::from_str(value).ok()?;
                    items.get(name.parse::<usize>().ok()?)?.get()
                }
                _ => return None,
            };
        }
        Some(value)
    }

    /// A field's string; `None` where it is absent or no string.
    pub fn string(&self, name: &str) -> Option<Cow<'a, str>> {
        read_string(self.get(name)?)
    }

    /// Appends the record with some fields changed. A field that it has keeps its place, a new one goes to the end;
    /// all other bytes stay as they are.
    pub fn write(&self, changes: &[Change<'_>], out: &mut String) {
        let fields: Vec<_> = changes
            .iter()
            .map(|(name, value)| (*name, value.is_some()))
            .collect();
        let value = |i: usize, out: &mut String| {
            out.push_str(changes[i].1.as_deref().unwrap_or_default());
        };
        self.write_fields(&fields, value, out);
    }

    /// Like [`Record::write`]: the names of fields with whether they stay, and `value`, which appends the value of the field
    /// of that number.
    pub(crate) fn write_fields(
        &self,
        fields: &[(&str, bool)],
        value: impl Fn(usize, &mut String),
        out: &mut String,
    ) {
        let offset = |part: &str| part.as_ptr() as usize - self.raw.as_ptr() as usize;
        // Where each field's effective value stands: of duplicates the last one.
        let places: Vec<Option<usize>> = fields
            .iter()
            .map(|(name, _)| self.members.iter().rposition(|m| m.is(name)))
            .collect();
        let mut first_gap = None;
        let mut end = "{".len();
        let mut any = false;
        out.push('{');
        for (i, member) in self.members.iter().enumerate() {
            let gap = &self.raw[end..offset(member.key)];
            end = offset(member.value) + member.value.len();
            let first_gap = *first_gap.get_or_insert(gap);
            let change = fields.iter().position(|(name, _)| member.is(name));
            if change.is_some_and(|c| !fields[c].1) {
                continue;
            }
            // Without the members that were taken out before it, this one is the first.
            out.push_str(if any { gap } else { first_gap });
            out.push_str(&self.raw[offset(member.key)..offset(member.value)]);
            match change {
                Some(c) if places[c] == Some(i) => value(c, out),
                _ => out.push_str(member.value),
            }
            any = true;
        }
        for (i, ((name, stays), place)) in fields.iter().zip(places).enumerate() {
            if !stays || place.is_some() {
                continue;
            }
            if any {
                out.push(',');
            }
            write_string(name, out);
            out.push(':');
            value(i, out);
            any = true;
        }
        out.push_str(&self.raw[end..]);
    }
}

impl Member<'_> {
    fn is(&self, name: &str) -> bool {
        let key = &self.key[1..self.key.len() - 1];
        key == name || (key.contains('\\') && read_string(self.key).is_some_and(|k| k == name))
    }
}

struct Members<'a>(Vec<Member<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::with_capacity(16);
                // Raw keys too: one with a lone surrogate is no valid string, and none of ours.
                while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    members.push(Member {
                        key: key.get(),
                        value: value.get(),
                    });
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(line: &str, changes: &[(&str, Option<&str>)]) -> String {
        let changes: Vec<Change<'_>> = changes
            .iter()
            .map(|(name, value)| (*name, value.map(str::to_owned)))
            .collect();
        let mut out = String::new();
        Record::parse(line).unwrap().write(&changes, &mut out);
        out
    }

    #[test]
    fn keeps_every_byte_that_it_does_not_own() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        for value in [
            "1e400",
            "12345678901234567890123",
            "-0.0",
            "1.50",
            r#""\ud800""#,
            r#""\u0041\/""#,
            r#"{ "a" : [ 1 , 2 ] }"#,
            &deep,
        ] {
            let line = format!("{{ \"k\" :\t{value} ,\"\\udfff\":1, \"text\" : \"x\" }}");
            assert_eq!(write(&line, &[]), line);
            let added = write(&line, &[("n", Some("1"))]);
            assert_eq!(added, format!("{},\"n\":1 }}", &line[..line.len() - 2]));
            assert_eq!(
                write(&added, &[("n", None)]),
                line,
                "and takes it out again"
            );
        }
    }

    #[test]
    fn replaces_in_place_the_last_of_duplicates() {
        assert_eq!(
            write(r#"{"a":1,"b":2,"a":3}"#, &[("a", Some("9"))]),
            r#"{"a":1,"b":2,"a":9}"#
        );
        assert_eq!(
            write(r#"{"a":1,"b":2,"a":3}"#, &[("a", None)]),
            r#"{"b":2}"#
        );
        assert_eq!(
            write(r#"{"\u0061":1, "b":2}"#, &[("a", Some("9"))]),
            r#"{"\u0061":9, "b":2}"#
        );
        assert_eq!(
            Record::parse(r#"{"a":1,"a":2}"#).unwrap().get("a"),
            Some("2")
        );
    }

    #[test]
    fn adds_to_and_empties_an_object() {
        assert_eq!(write("{ }", &[("a", Some("1"))]), "{\"a\":1 }");
        assert_eq!(write(r#"{ "a":1, "b":2 }"#, &[("a", None)]), r#"{ "b":2 }"#);
        assert_eq!(write(r#"{ "a":1, "b":2 }"#, &[("b", None)]), r#"{ "a":1 }"#);
        assert_eq!(
            write(r#"{ "a":1 }"#, &[("a", None), ("b", Some("2"))]),
            r#"{"b":2 }"#
        );
        assert_eq!(write("{}", &[("a", None)]), "{}");
    }

    #[test]
    fn refuses_what_is_no_object() {
        for line in [
            "",
            "[]",
            "\"{}\"",
            "{",
            "{}x",
            "{} {}",
            r#"{"a"}"#,
            "{\"a\":1,}",
            "null",
        ] {
            assert!(Record::parse(line).is_err(), "{line}");
        }
        assert_eq!(Record::parse(" {}\t\r").unwrap().raw(), "{}");
    }

    #[test]
    fn follows_pointers() {
        let record = Record::parse(r#"{"a":{"b/c":[1,{"~":"x"}]},"":5}"#).unwrap();
        assert_eq!(record.pointer("/a/b~1c/1/~0"), Some("\"x\""));
        assert_eq!(record.pointer("/a/b~1c/0"), Some("1"));
        assert_eq!(record.pointer("/"), Some("5"));
        for absent in ["", "a", "/x", "/a/b~1c/2", "/a/b~1c/-1", "/a/b~1c/0/0"] {
            assert_eq!(record.pointer(absent), None, "{absent}");
        }
    }
}

//! What becomes of a document: each kind of input, each verdict of a stage, each thing that can be wrong.

use crate::stage::{Kept, Obey, obey, run};
use stream::DiagnosticKind::{BadRecord, Notice};
use stream::{FieldPointer, Framing, Options, Output};

const MADE: &str = r#""date":"2024-12-03","pipeline":[{"tool":"obey","version":"1"}]}"#;

fn records() -> Options {
    Options {
        framing: Framing::Records,
        keep_rejects: true,
        ..Options::default()
    }
}

#[test]
fn a_record_gets_what_the_stage_adds() {
    let input = b" {\"text\":\"a\", \"n\":1e400} \r\n\n{\"text\":\"b\"}";
    let kept = obey(&records(), input);
    assert_eq!(
        kept.lines(),
        [
            format!("{{\"text\":\"a\", \"n\":1e400,{MADE}"),
            format!("{{\"text\":\"b\",{MADE}")
        ]
    );
    assert_eq!((kept.summary.documents, kept.summary.bad), (2, 0));
    assert_eq!(kept.summary.bytes, input.len() as u64);
    assert!(kept.output.ends_with("}\n"));
}

#[test]
fn texts_lines_and_paragraphs_become_records_that_say_where_they_stood() {
    let framed = |framing| {
        let options = Options {
            framing,
            ..Options::default()
        };
        let kept = obey(&options, b"One \"1\".\r\nTwo.\n\n\nThree. \n");
        let line = |line: &&str| {
            let (id, rest) = line.split_once("\",\"text\":\"").unwrap();
            let id = id.trim_start_matches(|c| c != ':').trim_matches(['"', ':']);
            let place = id.rsplit_once(':').map_or("", |(_, place)| place);
            let (text, _) = rest.split_once("\",\"date\"").unwrap();
            format!("{place} {text}")
        };
        kept.lines().iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        framed(Framing::Text),
        [r#" One \"1\".\r\nTwo.\n\n\nThree. \n"#]
    );
    assert_eq!(
        framed(Framing::Lines),
        [r#"1 One \"1\"."#, "2 Two.", "5 Three. "]
    );
    assert_eq!(
        framed(Framing::Paragraphs),
        [r#"1 One \"1\".\r\nTwo."#, "5 Three."]
    );
}

#[test]
fn what_is_no_record_is_reported_and_kept_for_rejects() {
    let input = b"{\"text\":\"a\"}\n[]\n{\"text\":\"\xff\"}\n{\"text\":\"b\"}\n{\"text\":";
    let kept = obey(&records(), input);
    assert_eq!(kept.lines().len(), 2);
    assert_eq!(
        kept.messages(),
        [
            "2: not a JSON object",
            "3: invalid UTF-8 at byte 10",
            "5: truncated record: EOF while parsing a value at byte 8",
        ]
    );
    assert_eq!(kept.rejects, b"[]\n{\"text\":\"\xff\"}\n{\"text\":\n");
    assert_eq!((kept.summary.documents, kept.summary.bad), (5, 3));
    let dropped = Options {
        keep_rejects: false,
        ..records()
    };
    assert_eq!(
        obey(&dropped, input),
        Kept {
            rejects: Vec::new(),
            ..kept
        }
    );
}

#[test]
fn invalid_utf8_is_replaced_where_that_is_wanted() {
    let lossy = Options {
        lossy: true,
        ..records()
    };
    let kept = obey(&lossy, b"{\"text\":\"\xff\"}\n");
    assert_eq!(kept.lines(), [format!("{{\"text\":\"\u{fffd}\",{MADE}")]);
    assert_eq!(kept.summary.bad, 0);
}

#[test]
fn a_record_without_a_text_goes_on_with_the_reason() {
    let kept = obey(
        &records(),
        b"{\"id\":1}\n{\"text\":7}\n{\"errors\":7,\"text\":7}\n",
    );
    let error = |code: &str, message: &str| {
        format!(r#""errors":[{{"tool":"obey","code":"{code}","message":"{message}"}}]}}"#)
    };
    assert_eq!(
        kept.lines(),
        [
            r#"{"id":1,"#.to_owned() + &error("no-text", "the record has no `text`"),
            r#"{"text":7,"#.to_owned() + &error("bad-text", "`text` is no string"),
            r#"{"errors":7,"text":7}"#.to_owned(),
        ]
    );
    assert_eq!(
        kept.messages(),
        [
            "1: the record has no `text`",
            "2: `text` is no string",
            "3: `text` is no string; `errors`: is no list",
        ]
    );
    assert!(kept.rejects.is_empty(), "they are records");
}

#[test]
fn a_panic_harms_its_own_record_alone() {
    let input = b"{\"text\":\"a\"}\n{\"text\":\"panic\"}\n{\"text\":\"b\"}\n";
    let kept = obey(&records(), input);
    let lines = kept.lines();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[1],
        r#"{"text":"panic","errors":[{"tool":"obey","code":"panic","message":"internal error: on request"}]}"#
    );
    assert_eq!(
        kept.said,
        [(BadRecord, "2: internal error: on request".to_owned())]
    );
}

#[test]
fn a_stage_may_pass_on_collect_or_print_in_part() {
    let input = br#"{"text":"pass on"}
{"text":"in part"}
{"text":"collect"}
{"text":"keep"}
{"text":"a"}
"#;
    let finish = || Obey {
        finish: Some("the end\n"),
        ..Obey::default()
    };
    let kept = run(finish, &records(), input);
    let lines = kept.lines();
    assert_eq!(lines[0], r#"{"text":"pass on"}"#);
    assert_eq!(lines[1], "in part?");
    assert_eq!(lines[2], r#"{"text":"keep"}"#);
    assert_eq!(lines[3], format!("{{\"text\":\"a\",{MADE}"));
    assert_eq!(lines[4..], ["the end"]);
    assert_eq!(
        kept.said,
        [
            (Notice, "1: not for us".to_owned()),
            (BadRecord, "2: `summary`: is odd".to_owned())
        ]
    );
    assert_eq!((kept.summary.documents, kept.summary.bad), (5, 1));

    let printed = Options {
        output: Output::Printed,
        ..records()
    };
    let kept = run(finish, &printed, input);
    assert_eq!(kept.lines(), ["in part?", "a!", "the end"]);
}

#[test]
fn a_bad_record_is_not_printed() {
    let printed = Options {
        output: Output::Printed,
        ..records()
    };
    let kept = obey(
        &printed,
        b"{\"text\":7}\n{\"text\":\"panic\"}\n{\"text\":\"a\"}\n",
    );
    assert_eq!(kept.lines(), ["a!"]);
    assert_eq!(kept.summary.bad, 2);
}

#[test]
fn pointers_add_what_is_absent() {
    let pointer = |field, pointer: &str| FieldPointer {
        field,
        pointer: pointer.to_owned(),
    };
    let options = Options {
        pointers: vec![pointer("text", "/body/0"), pointer("title", "/head")],
        ..records()
    };
    let kept = obey(
        &options,
        b"{\"body\":[\"a\"],\"head\":\"h\"}\n{\"text\":\"own\",\"body\":[\"a\"]}\n{\"body\":[]}\n",
    );
    let lines = kept.lines();
    assert_eq!(
        lines[0],
        format!(r#"{{"body":["a"],"head":"h","text":"a","title":"h",{MADE}"#)
    );
    assert_eq!(lines[1], format!(r#"{{"text":"own","body":["a"],{MADE}"#));
    assert_eq!(kept.messages(), ["3: the record has no `text`"]);
}

#[test]
fn a_document_is_too_long_from_one_byte_over_the_limit() {
    // However long it is: within a read, and over several.
    for length in [0, 1, 300_000, 2_000_000] {
        let at_limit = format!("{{\"text\":\"{}\"}}\n", "x".repeat(length));
        let input = format!("{{\"text\":\"a\"}}\n{at_limit}{{\"text\":\"b\"}}\n");
        let limit = |max_record| Options {
            max_record,
            ..records()
        };
        let whole = obey(&limit(at_limit.len().max(13)), input.as_bytes());
        assert_eq!((whole.lines().len(), whole.summary.bad), (3, 0), "{length}");
        if length < 13 {
            continue; // its neighbours are as long
        }
        let kept = obey(&limit(at_limit.len() - 1), input.as_bytes());
        assert_eq!((kept.lines().len(), kept.summary.bad), (2, 1), "{length}");
        let said = format!(
            "2: longer than {} bytes, the limit set by --max-record",
            at_limit.len() - 1
        );
        assert_eq!(kept.messages(), [said]);
        assert!(kept.rejects == at_limit.as_bytes());
        assert_eq!(kept.summary.documents, 3);
        let dropped = Options {
            keep_rejects: false,
            ..limit(at_limit.len() - 1)
        };
        let dropped = obey(&dropped, input.as_bytes());
        assert_eq!(dropped.output, kept.output);
        assert!(dropped.rejects.is_empty());
    }
}

#[test]
fn a_text_that_is_too_long_is_one_bad_document() {
    let options = Options {
        framing: Framing::Text,
        max_record: 100_000,
        keep_rejects: true,
        ..Options::default()
    };
    let text = "A line.\n".repeat(100_000);
    let kept = obey(&options, text.as_bytes());
    assert_eq!((kept.output.as_str(), kept.summary.bad), ("", 1));
    assert!(kept.rejects == text.as_bytes());
}

#[test]
fn a_document_as_long_as_the_limit_needs_no_line_feed() {
    let record = format!("{{\"text\":\"{}\"}}", "x".repeat(1000));
    for (limit, bad) in [(record.len(), 0), (record.len() - 1, 1)] {
        let options = Options {
            max_record: limit,
            ..records()
        };
        assert_eq!(obey(&options, record.as_bytes()).summary.bad, bad);
    }
}

#[test]
fn a_document_far_over_the_limit_is_counted_once_and_rejected_whole() {
    let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(2_000_000));
    let input = format!("{{\"text\":\"a\"}}\n{long}{{\"text\":\"b\"}}\n");
    let options = Options {
        max_record: 100_000,
        ..records()
    };
    let kept = obey(&options, input.as_bytes());
    assert_eq!((kept.summary.documents, kept.summary.bad), (3, 1));
    assert_eq!((kept.lines().len(), kept.said.len()), (2, 1));
    assert!(kept.rejects == long.as_bytes());
}

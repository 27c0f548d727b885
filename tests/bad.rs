//! The catalogue of bad input (`bad/make` writes it) through every tool. Each line has the outcome that the record's
//! contract demands, and the good lines around it come out as they would without it.

mod tool;

use serde_json::Value;
use tool::{FIELDS, Ran, TOOLS, run};

#[derive(Debug)]
struct Case {
    name: String,
    bytes: Vec<u8>,
    /// Whether `bytes` are UTF-8.
    utf8: bool,
    outcome: Outcome,
    /// A part of the message.
    says: String,
    code: String,
    /// The tools with this outcome, the others accept the line; all tools where absent.
    tools: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    Rejected,
    Refused,
    Accepted,
}

impl Case {
    fn read(json: &str) -> Self {
        let case: Value = serde_json::from_str(json).expect("the catalogue is JSON Lines");
        let string = |field: &str| case[field].as_str().map(str::to_owned);
        let byte = |digits: &[u8]| {
            let digits = std::str::from_utf8(digits).expect("ASCII");
            u8::from_str_radix(digits, 16).expect("two hexadecimal digits")
        };
        let bytes = match (string("line"), string("hex")) {
            (Some(line), None) => line.into_bytes(),
            (None, Some(hex)) => hex.as_bytes().chunks(2).map(byte).collect(),
            _ => panic!("{json} has one of line and hex"),
        };
        Self {
            name: string("name").expect("a name"),
            utf8: std::str::from_utf8(&bytes).is_ok(),
            bytes,
            outcome: match string("outcome").as_deref() {
                Some("rejected") => Outcome::Rejected,
                Some("refused") => Outcome::Refused,
                Some("accepted") => Outcome::Accepted,
                other => panic!("{other:?} is not an outcome"),
            },
            says: string("says").unwrap_or_default(),
            code: string("code").unwrap_or_default(),
            tools: case["tools"].as_array().map(|tools| {
                let name = |tool: &Value| tool.as_str().expect("a tool's name").to_owned();
                tools.iter().map(name).collect()
            }),
        }
    }

    fn outcome(&self, tool: &str) -> Outcome {
        let reads = |tools: &Vec<String>| tools.iter().any(|t| t == tool);
        match self.outcome {
            Outcome::Refused if !self.tools.as_ref().is_none_or(reads) => Outcome::Accepted,
            outcome => outcome,
        }
    }
}

fn catalogue() -> Vec<Case> {
    let cases: Vec<Case> = include_str!("bad/catalogue.jsonl")
        .lines()
        .map(Case::read)
        .collect();
    assert!(cases.len() >= 500);
    cases
}

fn neighbour(n: usize) -> String {
    format!(
        r#"{{"id":{n},"text":"“We shall open gate {n},” said Zoë Roe on Monday.","mine":[1e400,"\ud800"]}}"#
    )
}

/// Bad lines, each between two good ones.
fn stream(cases: &[Case]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (n, case) in cases.iter().enumerate() {
        stream.extend_from_slice(neighbour(n).as_bytes());
        stream.push(b'\n');
        stream.extend_from_slice(&case.bytes);
        stream.push(b'\n');
    }
    stream
}

/// A line as JSON. Lone surrogates and numbers out of range, which serde_json refuses, are replaced before.
fn read(line: &str) -> Value {
    let mut whole = String::new();
    for (n, part) in line.split("\\ud").enumerate() {
        whole.push_str(if n == 0 { "" } else { "\\\\ud" });
        whole.push_str(part);
    }
    let whole = whole.replace("1e400", "1").replace("1e999999", "1");
    serde_json::from_str(&whole).unwrap_or_else(|e| panic!("{e}: {line}"))
}

fn check(tool: &str, field: &str, cases: &[Case], ran: &Ran) {
    let clean: String = (0..cases.len()).map(|n| neighbour(n) + "\n").collect();
    let clean = run(tool, &[], clean);
    assert_eq!(clean.code, Some(0), "{}", clean.stderr);
    let mut good = clean.stdout.lines();
    let mut out = ran.stdout.lines();
    let mut messages = ran.stderr.lines();
    for (n, case) in cases.iter().enumerate() {
        let at = || format!("{tool}, {}", case.name);
        assert_eq!(out.next(), good.next(), "before {}", at());
        let outcome = case.outcome(tool);
        if outcome != Outcome::Accepted {
            let message = messages
                .next()
                .unwrap_or_else(|| panic!("{}: no message", at()));
            let expected = format!("{tool}: -:{}: ", 2 * n + 2);
            assert!(message.starts_with(&expected), "{}: {message}", at());
            assert!(message.contains(&case.says), "{}: {message}", at());
            for ours in ["internal error", "struct ", "enum "] {
                assert!(!message.contains(ours), "{}: {message}", at());
            }
        }
        if outcome == Outcome::Rejected {
            continue;
        }
        let line = out.next().unwrap_or_else(|| panic!("{}: no line", at()));
        let record = read(line);
        if outcome == Outcome::Accepted {
            assert!(record.get(field).is_some(), "{}: {line}", at());
            let errors = record["errors"].as_array().into_iter().flatten();
            assert!(errors.into_iter().all(|e| e["tool"] != tool), "{}", at());
            continue;
        }
        let given = std::str::from_utf8(&case.bytes).expect("only rejected lines are not UTF-8");
        if case.says.starts_with("`pipeline") || case.code != "bad-field" {
            let kept = given.trim_end().trim_end_matches('}').trim_end();
            assert!(line.starts_with(kept), "{}: {line}", at());
        }
        let errors = record["errors"].as_array();
        let error = errors.and_then(|e| e.last()).unwrap_or(&Value::Null);
        assert_eq!(error["tool"], tool, "{}: {line}", at());
        assert_eq!(error["code"], case.code.as_str(), "{}: {line}", at());
    }
    assert_eq!(out.next(), None, "{tool}");
    assert_eq!(messages.next(), None, "{tool}");
}

#[test]
fn every_bad_line_has_its_outcome_and_its_neighbours_are_unchanged() {
    let cases = catalogue();
    let stream = stream(&cases);
    for (tool, field) in TOOLS.into_iter().zip(FIELDS) {
        let ran = run(tool, &["--jobs", "2"], &stream);
        assert_eq!(ran.code, Some(1), "{tool}");
        check(tool, field, &cases, &ran);
        let skipped = run(tool, &["--jobs", "3", "--on-error", "skip"], &stream);
        assert_eq!((skipped.code, skipped.stderr.as_str()), (Some(0), ""));
        assert!(
            skipped.stdout == ran.stdout,
            "{tool}: skipping changes what comes out"
        );
    }
}

/// Bad lines as whole inputs, as records and as text. Every seventh, to save time.
#[test]
fn a_bad_line_may_be_the_whole_input() {
    for case in catalogue().iter().step_by(7) {
        for tool in TOOLS {
            let ran = run(tool, &["--from", "jsonl", "--jobs", "1"], &case.bytes);
            let expected = if case.outcome(tool) == Outcome::Accepted {
                0
            } else {
                1
            };
            assert_eq!(
                ran.code,
                Some(expected),
                "{tool}, {}: {}",
                case.name,
                ran.stderr
            );
            let text = run(tool, &["--from", "text", "--jobs", "1"], &case.bytes);
            let utf8 = i32::from(!case.utf8);
            assert_eq!(
                text.code,
                Some(utf8),
                "{tool}, {}: {}",
                case.name,
                text.stderr
            );
        }
    }
}

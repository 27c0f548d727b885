//! Each stage alone and in a pipe: what it adds, what it keeps, what it takes from the user.

use super::TEXT;
use crate::tool::{FIELDS, TOOLS, file, run, shell};

#[test]
fn each_tool_works_alone_and_adds_its_field_only() {
    for (tool, field) in TOOLS.iter().zip(FIELDS) {
        let text = run(tool, &[], TEXT);
        assert_eq!((text.code, text.stderr.as_str()), (Some(0), ""), "{tool}");
        let record = &text.records()[0];
        assert_eq!(record["id"], "-");
        assert_eq!(record["text"], TEXT);
        assert_eq!(record["pipeline"][0]["tool"], *tool);
        assert!(!record[field].is_null(), "{tool}: {record}");
        for other in FIELDS {
            assert!(
                other == field || record.get(other).is_none(),
                "{tool} wrote {other}"
            );
        }
    }
}

#[test]
fn any_order_of_stages_gives_the_same_annotations() {
    let straight = shell(&format!(
        "printf '%s' '{TEXT}' | segment | entities | quotes | summarize"
    ));
    let other = shell(&format!(
        "printf '%s' '{TEXT}' | segment | quotes | entities | quotes | summarize"
    ));
    let (straight, other) = (&straight.records()[0], &other.records()[0]);
    for field in FIELDS {
        assert_eq!(straight[field], other[field], "{field}");
    }
}

#[test]
fn a_stage_keeps_the_bytes_that_are_not_its_own() {
    let unusual = r#"{ "k":1e400 ,"id":12345678901234567890123,"text":"Zoë said “no”. 🎉 Yes.","bad":"\ud800","n":-0.0, "k":1.50 }"#;
    let deep = format!(
        "{{\"text\":\"x\",\"deep\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    for tool in TOOLS {
        for line in [unusual, &deep] {
            let once = run(tool, &[], line);
            assert_eq!(once.code, Some(0), "{tool} {}", once.stderr);
            let kept = line.trim_end_matches('}').trim_end();
            assert!(
                once.stdout.starts_with(kept),
                "{tool} changed what it does not own"
            );
            let twice = run(tool, &[], &once.stdout);
            assert_eq!(twice.stdout, once.stdout, "{tool}: a rerun changes no byte");
        }
    }
}

#[test]
fn records_in_other_languages_go_on_unchanged() {
    let line = r#"{"lang":"de","text":"„Nein“, sagte Kanzlerin Anna Müller in Berlin."}"#;
    for tool in ["entities", "quotes"] {
        let ran = run(tool, &[], format!("{line}\n{line}\n"));
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(0), format!("{line}\n{line}\n").as_str())
        );
        assert_eq!(ran.stderr.lines().count(), 1, "said once");
        assert!(ran.stderr.contains("--any-lang"));
        assert_eq!(run(tool, &["--quiet"], line).stderr, "");
        assert_eq!(
            run(tool, &["--any-lang"], line).records()[0]["pipeline"][0]["tool"],
            tool
        );
        assert_eq!(run(tool, &["--format", "tsv"], line).stdout, "");
        for english in ["en", "EN-gb", "en_US", ""] {
            let ran = run(tool, &[], line.replace("de", english));
            assert!(ran.records()[0].get("pipeline").is_some(), "{english}");
        }
    }
}

#[test]
fn abbreviations_and_gazetteers_of_the_user_are_used() {
    let list = file("abbreviations", "Zzyx\n\n  frob.\n");
    let text = "He met Zzyx. Alba and the frob. Committee. It ended.";
    let plain = run("segment", &["--format", "text"], text);
    let with = run(
        "segment",
        &[
            "--format",
            "text",
            "--abbreviations",
            list.to_str().unwrap(),
        ],
        text,
    );
    assert_eq!(
        (plain.lines().len(), with.lines().len()),
        (4, 2),
        "{}",
        with.stdout
    );

    let names = file(
        "gazetteer.tsv",
        "Quux Ltd\tORG\tQ1\nthe Zorb\tPRODUCT\tQ2\n",
    );
    let found = run(
        "entities",
        &["--format", "tsv", "--gazetteer", names.to_str().unwrap()],
        "They bought Quux Ltd and the Zorb on a whim.",
    );
    assert!(
        found.stdout.contains("\tORG\tQuux Ltd\t1\n"),
        "{}",
        found.stdout
    );
    assert!(
        found.stdout.contains("\tPRODUCT\tthe Zorb\t1\n"),
        "{}",
        found.stdout
    );
    let wrong = file("wrong.tsv", "Quux\tORG\nOne\tPLANET\n");
    let wrong = run("entities", &["--gazetteer", wrong.to_str().unwrap()], "x");
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.stderr.contains("wrong.tsv") && wrong.stderr.contains('2'),
        "{}",
        wrong.stderr
    );
    for (tool, flag) in [("segment", "--abbreviations"), ("entities", "--gazetteer")] {
        let absent = run(tool, &[flag, "/nowhere"], "x");
        assert_eq!((absent.code, absent.stdout.as_str()), (Some(2), ""));
        assert!(
            absent.stderr.contains("/nowhere: No such file"),
            "{}",
            absent.stderr
        );
    }
}

#[test]
fn the_record_names_the_model_and_a_damaged_model_is_an_error() {
    for tool in ["entities", "quotes"] {
        let version = run(tool, &["-V"], "").stdout;
        assert!(version.contains("(models accurate, fast)"), "{version}");
        let model =
            |flags: &[&str]| run(tool, flags, TEXT).records()[0]["pipeline"][0]["model"].clone();
        assert_eq!(model(&[]), "accurate");
        assert_eq!(model(&["--model", "accurate"]), "accurate");
        assert_eq!(model(&["--model", "fast"]), "fast");
        for (name, bytes) in [
            ("empty.bin", &b""[..]),
            ("text.bin", b"not a model at all"),
            ("cut.bin", b"NTENCODE\x01\0\0\0"),
        ] {
            let wrong = file(name, bytes);
            let ran = run(tool, &["--model", wrong.to_str().unwrap()], TEXT);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
            assert!(
                ran.stderr.starts_with(&format!("{tool}: --model ")),
                "{}",
                ran.stderr
            );
        }
        assert_eq!(run(tool, &["--model", "/nowhere"], TEXT).code, Some(2));
    }
    for (tool, field, path, same) in [
        (
            "entities",
            "entities",
            "crates/entities/model/names.bin",
            "fast",
        ),
        ("quotes", "quotes", "crates/quotes/model/quotes.bin", "fast"),
        (
            "entities",
            "entities",
            "crates/encoder/model/encoder.bin",
            "accurate",
        ),
        (
            "quotes",
            "quotes",
            "crates/encoder/model/encoder.bin",
            "accurate",
        ),
    ] {
        let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
        let own = &run(tool, &["--model", &path], TEXT).records()[0];
        let built_in = &run(tool, &["--model", same], TEXT).records()[0];
        assert_eq!(own[field], built_in[field]);
        let name = path.rsplit('/').next().unwrap();
        assert_eq!(own["pipeline"][0]["model"], name);
    }
}

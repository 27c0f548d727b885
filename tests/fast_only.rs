//! The programs and the library without the accurate model:
//! `cargo test --no-default-features --features cli --test fast_only`.

#![cfg(not(feature = "accurate"))]

mod tool;

const TEXT: &str = "“We open on Monday,” said Ana Roe in Oslo.";

#[test]
fn the_fast_model_is_the_default() {
    for name in ["entities", "quotes"] {
        let ran = tool::run(name, &[], TEXT);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert_eq!(ran.records()[0]["pipeline"][0]["model"], "fast");
        let version = tool::run(name, &["-V"], "").stdout;
        assert!(version.ends_with("(models fast)\n"), "{version}");
        let help = tool::run(name, &["--help"], "").stdout;
        assert!(help.contains("built without the accurate one"), "{help}");
    }
    let article = newstext::Pipeline::default().read(TEXT);
    let speakers: Vec<_> = article.quotations().map(|q| q.speaker()).collect();
    assert_eq!(speakers, [Some("Ana Roe")]);
}

#[test]
fn the_accurate_model_is_refused_by_name_and_by_file() {
    let encoder = tool::file("fast-only.bin", b"NTENCODE, and more");
    for name in ["entities", "quotes"] {
        for model in ["accurate", encoder.to_str().expect("a path")] {
            let ran = tool::run(name, &["--model", model], TEXT);
            assert_eq!(ran.code, Some(2));
            assert!(ran.stderr.contains("built without"), "{}", ran.stderr);
        }
    }
}

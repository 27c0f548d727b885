//! Usage errors, help, man pages and completions.

use crate::tool::{TOOLS, run};

#[test]
fn usage_errors_exit_with_2_and_help_with_0() {
    for tool in TOOLS.into_iter().chain(["view"]) {
        for wrong in [
            &["--no-such-flag"][..],
            &["--jobs", "0"],
            &["--max-record", "x"],
            &["--format", "xml"],
        ] {
            let ran = run(tool, wrong, "");
            assert_eq!(
                (ran.code, ran.stdout.as_str()),
                (Some(2), ""),
                "{tool} {wrong:?}"
            );
            assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
        }
        let version = run(tool, &["-V"], "");
        assert!(
            version
                .stdout
                .starts_with(&format!("{tool} {}", env!("CARGO_PKG_VERSION")))
        );
        let (short, long) = (run(tool, &["-h"], ""), run(tool, &["--help"], ""));
        assert_eq!((short.code, long.code), (Some(0), Some(0)));
        assert!(long.stdout.contains("Examples:") && long.stdout.len() > short.stdout.len());
    }
    assert_eq!(run("quotes", &["--speaker", "("], "").code, Some(2));
    assert_eq!(run("quotes", &["--type", "loud"], "").code, Some(2));
    assert_eq!(run("entities", &["--types", "PLANET"], "").code, Some(2));
    for tool in ["entities", "quotes"] {
        for wrong in ["-0.1", "1.5", "nan", "inf", "high"] {
            let output = run(tool, &["--min-score", wrong], "");
            assert_eq!(output.code, Some(2), "{tool} --min-score {wrong}");
        }
        for right in ["0", "0.5", "1"] {
            let output = run(tool, &["--model", "fast", "--min-score", right], "");
            assert_eq!(output.code, Some(0), "{tool} --min-score {right}");
        }
    }
    for wrong in [
        &["--ratio", "0"][..],
        &["--ratio", "1.5"],
        &["--words", "5", "--sentences", "2"],
    ] {
        assert_eq!(run("summarize", wrong, "").code, Some(2), "{wrong:?}");
    }
}

#[test]
fn man_page_and_completions_are_generated() {
    for tool in TOOLS.into_iter().chain(["view"]) {
        let man = run(tool, &["--generate", "man"], "");
        assert!(
            man.stdout.contains(&format!(".TH {tool} 1")),
            "{}",
            &man.stdout[..200]
        );
        for flag in [
            "\\-\\-on\\-error",
            "\\-\\-max\\-record",
            "EXAMPLES",
            "EXIT STATUS",
        ] {
            assert!(man.stdout.contains(flag), "{flag}");
        }
        for shell in ["bash", "zsh", "fish"] {
            let script = run(tool, &["--generate", shell], "");
            assert_eq!(script.code, Some(0));
            assert!(script.stdout.contains("max-record"), "{tool} {shell}");
        }
    }
}

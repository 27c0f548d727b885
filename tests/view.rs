//! `view`: what people see, in a pipe, on a terminal and in a browser.

#![allow(clippy::unwrap_used)] // a test may panic

mod tool;

use std::process::{Command, Stdio};
use tool::{file, path, run, shell};

/// The examples with all annotations.
fn annotated(files: &str) -> String {
    let ran = shell(&format!(
        "segment {files} | entities --model fast | quotes --model fast | summarize"
    ));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

/// Whether a program is installed; if not, prints that a test is skipped.
fn have(program: &str) -> bool {
    let found = shell(&format!("command -v {program}")).code == Some(0);
    if !found {
        eprintln!("skipped: no {program}");
    }
    found
}

const HOSTILE: &str = r#"{"id":"<b>","title":"</title></script><script>document.title='owned'</script>","url":"javascript:alert(1)","text":"Hello <script>document.title='owned'</script> <img src=x onerror=alert(1)> \u001b[31m\u0000 “Yes” & said <b>Ana</b>.","quotes":[{"content":[{"start":77,"end":90}],"speaker":{"name":"</script><script>alert(1)</script>"}}],"entities":[{"id":"\" onmouseover=alert(1) ","type":"<T>","name":"'\"><img src=x onerror=alert(1)>","mentions":[{"start":0,"end":9},{"start":3,"end":40},{"start":5,"end":30}]}]}
{"text":"Nothing noted."}
"#;

#[test]
fn in_a_pipe_it_is_plain_text_of_80_columns() {
    let seen = run("view", &[], annotated("examples/summit.txt"));
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""));
    assert!(!seen.stdout.contains('\x1b'));
    assert!(seen.lines().iter().all(|l| l.chars().count() <= 80));
    for part in [
        "examples/summit.txt\n2024-09-17\n\nSummary\n│ • ",
        "That hour is worth more than any plane.” ‹Leïla Ben Hamouda›",
        "Quoted: Eleni Vasilakou ",
        "Named: people ",
    ] {
        let folded = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            folded(&seen.stdout).contains(&folded(part)),
            "{}",
            seen.stdout
        );
    }
    let narrow = run("view", &["--width", "30"], annotated("examples/summit.txt"));
    assert!(narrow.lines().iter().all(|l| l.chars().count() <= 30));
}

#[test]
fn colours_are_for_terminals_or_on_request() {
    let record = annotated("examples/summit.txt");
    let asked = run("view", &["--color", "always"], &record);
    assert!(asked.stdout.contains("\x1b[32m"), "{}", asked.stdout);
    if !have("script") {
        return;
    }
    let input = file("view-terminal.jsonl", &record);
    let view = format!("{} {}", path("view"), input.display());
    let on_terminal = |before: &str| {
        let command = format!("stty rows 24 cols 70; {before} {view}");
        shell(&format!("script -qec '{command}' /dev/null </dev/null")).stdout
    };
    let paged = on_terminal("PAGER=\"sed s/^/PAGED:/\"");
    assert!(
        paged.contains("PAGED:") && paged.contains("\x1b[32m"),
        "{paged}"
    );
    let plain = on_terminal("PAGER=cat NO_COLOR=1");
    assert!(
        plain.contains("Vasilakou") && !plain.contains("\x1b["),
        "{plain}"
    );
    assert!(plain.lines().all(|l| l.trim_end().chars().count() <= 70));
    let left = on_terminal("PAGER=\"head -n 1\"");
    assert!(
        left.contains("summit.txt") && !left.contains("view:"),
        "{left}"
    );
    let short = file("view-short.jsonl", "{\"text\":\"Short.\"}");
    let short = format!("PAGER=false {} {}", path("view"), short.display());
    let shown = shell(&format!("script -qec '{short}' /dev/null </dev/null")).stdout;
    assert!(shown.contains("Short."), "{shown}");
}

#[test]
fn annotations_that_do_not_fit_are_reported_and_the_rest_is_shown() {
    let line = r#"{"id":9,"text":"Zoë said no.","quotes":[{"content":[{"start":9,"end":11}],"speaker":{"name":"Zoë"}},{"content":[{"start":0,"end":99}]}],"entities":7,"errors":[{"tool":"ner","code":"x","message":"out of memory"}]}"#;
    let seen = run(
        "view",
        &[],
        format!("{line}\n{{bad\n{{\"text\":\"Next.\"}}\n"),
    );
    assert_eq!(seen.code, Some(1));
    for part in [
        "! ner: out of memory",
        "! `entities`: invalid type",
        "Zoë said no ‹Zoë›.",
        "─\n\nNext.\n",
    ] {
        assert!(seen.stdout.contains(part), "{part}: {}", seen.stdout);
    }
    assert!(
        seen.stderr
            .starts_with("view: -:1: `entities`: invalid type")
    );
    assert!(seen.stderr.contains("view: -:2: "), "{}", seen.stderr);
    let skipped = run(
        "view",
        &["--html", "--on-error", "skip"],
        format!("{line}\n{{bad\n"),
    );
    assert_eq!((skipped.code, skipped.stderr.as_str()), (Some(0), ""));
    assert!(skipped.stdout.contains("0..99 lies outside the text"));
    assert_eq!(run("view", &[], "{\"body\":1}").code, Some(1));
    assert_eq!(run("view", &["--format", "json"], "").code, Some(2));
    assert_eq!(run("view", &["/nowhere"], "").code, Some(2));
}

#[test]
fn plain_text_is_shown_as_it_is() {
    let seen = run("view", &["examples/interview.txt"], "");
    assert_eq!(seen.code, Some(0));
    assert!(
        seen.stdout
            .contains("\n\nQ: What has changed most?\n\nA: The ice.")
    );
    let page = run("view", &["--html", "examples/interview.txt"], "");
    assert!(page.stdout.contains("<p>Q: What has changed most?</p>"));
    let empty = run("view", &["--html"], "");
    assert!(empty.stdout.contains("0 articles"));
}

#[test]
fn a_page_escapes_all_that_it_shows() {
    let page = run("view", &["--html"], HOSTILE);
    assert_eq!(page.code, Some(0), "{}", page.stderr);
    // The page's own two.
    assert_eq!(page.stdout.matches("<script").count(), 2);
    assert_eq!(page.stdout.matches("</script").count(), 2);
    for never in [
        "<img",
        "<b>Ana",
        "href=\"javascript",
        "\" onmouseover",
        "\x1b",
        "\0",
    ] {
        assert!(!page.stdout.contains(never), "{never}");
    }
    assert!(
        page.stdout
            .contains("&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;")
    );
}

#[test]
fn a_reader_clicks_through_a_page() {
    let Some(browser) = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|b| shell(&format!("command -v {b}")).code == Some(0))
    else {
        return eprintln!("skipped: no Chromium");
    };
    if !have("node") {
        return;
    }
    let many = run(
        "view",
        &["--html"],
        annotated("examples/*.txt examples/wire.jsonl"),
    );
    let many = file("view-many.html", many.stdout);
    let hostile = file(
        "view-hostile.html",
        run("view", &["--html"], HOSTILE).stdout,
    );
    let ran = Command::new("node")
        .args(["tests/browser/view.mjs", browser])
        .args([many, hostile])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert_eq!(said.trim(), "all well");
}

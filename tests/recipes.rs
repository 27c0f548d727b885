//! Runs what the README, the pages in `docs/` and each tool's `--help` tell people to type.
//!
//! A block of ```sh runs in a scratch copy of `examples/`, with the tools first in PATH. It must succeed and print
//! something; where a block of ```text follows, exactly that. `<!-- not run: reason -->` before a block exempts it, and
//! a block whose programs are not installed is skipped, with a message on stderr.

mod tool;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Programs that not everybody has: the words that show that a recipe uses one, and a command that succeeds where it is
/// installed.
const PROGRAMS: [(&str, &str); 13] = [
    ("jq ", "jq --version"),
    ("parallel ", "parallel --version"),
    ("duckdb ", "duckdb --version"),
    // `->>` is from SQLite 3.38.
    (
        "sqlite3 ",
        "test \"$(sqlite3 :memory: \"SELECT '[1]' ->> 0\")\" = 1",
    ),
    ("python3 ", "python3 --version"),
    ("scripts/check-stage ", "python3 --version"),
    ("scripts/convert/", "python3 --version"),
    ("scripts/swap/", "python3 --version"),
    ("import pandas", "python3 -c 'import pandas'"),
    ("import duckdb", "python3 -c 'import duckdb'"),
    ("pysbd-sentences", "python3 -c 'import pysbd'"),
    (
        "spacy-entities",
        "python3 -c \"import importlib, os, spacy; importlib.import_module(os.environ.get('SPACY_MODEL', 'en_core_web_sm'))\"",
    ),
    ("xargs ", "xargs true </dev/null"),
];

/// A script that the documentation tells people to type.
struct Recipe {
    /// Where it is written.
    place: String,
    script: String,
    expected: Option<String>,
}

impl Recipe {
    fn run(&self) {
        self.run_in(&self.folder());
    }

    fn run_in(&self, folder: &Path) {
        for (sign, probe) in PROGRAMS {
            if self.script.contains(sign) && !bash(probe, Path::new(".")).2 {
                eprintln!(
                    "skipped: {}: {} does not work here",
                    self.place,
                    sign.trim()
                );
                return;
            }
        }
        let (stdout, stderr, success) = bash(&self.script, folder);
        let place = &self.place;
        assert!(success, "{place} fails:\n{stdout}{stderr}");
        match &self.expected {
            Some(expected) => assert_eq!(&stdout, expected, "{place}:\n{stderr}"),
            None => assert!(
                !stdout.trim().is_empty(),
                "{place} prints nothing:\n{stderr}"
            ),
        }
    }

    /// A folder of its own with a copy of `examples/`, and the project's `scripts/` and `docs/`.
    fn folder(&self) -> PathBuf {
        let name: String = self
            .place
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("recipes")
            .join(name);
        let _ = fs::remove_dir_all(&folder); // of an earlier run
        fs::create_dir_all(folder.join("examples")).expect("a scratch folder can be made");
        for file in fs::read_dir("examples").expect("examples can be read") {
            let file = file.expect("examples can be read").path();
            let name = file.file_name().expect("a file has a name");
            fs::copy(&file, folder.join("examples").join(name)).expect("an example can be copied");
        }
        for shared in ["scripts", "docs"] {
            let here = std::env::current_dir().expect("a test runs in a folder");
            std::os::unix::fs::symlink(here.join(shared), folder.join(shared))
                .expect("a scratch folder takes links");
        }
        folder
    }
}

/// Standard output and standard error of a script, and whether each of its commands succeeded.
fn bash(script: &str, folder: &Path) -> (String, String, bool) {
    let output = Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", tool::search_path())
        .env("LC_ALL", "C.UTF-8") // `sort` and `ls` in one order everywhere
        .stdin(Stdio::null())
        .output()
        .expect("bash starts");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    (
        text(output.stdout),
        text(output.stderr),
        output.status.success(),
    )
}

/// A fenced block of a Markdown file.
struct Block {
    /// Its first line in the file, from 1.
    number: usize,
    language: String,
    text: String,
    /// Whether it comes right after the block before.
    follows: bool,
    /// Whether a comment exempts it.
    exempt: bool,
}

fn blocks(file: &str) -> Vec<Block> {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let mut blocks = Vec::new();
    let (mut exempt, mut follows) = (false, false);
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text = lines
                .by_ref()
                .map(|(_, line)| format!("{line}\n"))
                .take_while(|line| line != "```\n")
                .collect();
            blocks.push(Block {
                number: number + 1,
                language: language.to_owned(),
                text,
                follows,
                exempt,
            });
            (exempt, follows) = (false, true);
        } else if !line.trim().is_empty() {
            exempt = line.starts_with("<!-- not run: ");
            follows = false;
        }
    }
    blocks
}

/// The recipes of a Markdown file.
fn recipes(file: &str) -> Vec<Recipe> {
    let blocks = blocks(file);
    let pairs = blocks
        .iter()
        .zip(blocks.iter().skip(1).map(Some).chain([None]));
    let runs = pairs.filter(|(block, _)| block.language == "sh" && !block.exempt);
    runs.map(|(block, next)| Recipe {
        place: format!("{file}:{}", block.number),
        script: block.text.clone(),
        expected: next
            .filter(|n| n.follows && n.language == "text")
            .map(|n| n.text.clone()),
    })
    .collect()
}

/// The examples in a tool's help: what follows `$ `, and lines after it that are indented further.
fn examples(tool: &str) -> Vec<Recipe> {
    let mut command = tool::command(tool, &["--help"]);
    // In a narrow terminal the help wraps its examples.
    let output = command
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("the tool starts");
    let help = String::from_utf8(output.stdout).expect("help is UTF-8");
    let mut examples: Vec<Recipe> = Vec::new();
    let mut inside = false;
    for line in help.lines() {
        if let Some(script) = line.strip_prefix("    $ ") {
            let place = format!("{tool} --help, example {}", examples.len() + 1);
            examples.push(Recipe {
                place,
                script: format!("{script}\n"),
                expected: None,
            });
            inside = true;
        } else if let (true, Some(more), Some(example)) =
            (inside, line.strip_prefix("      "), examples.last_mut())
        {
            example.script.push_str(&format!("{more}\n"));
        } else {
            inside = false;
        }
    }
    examples
}

#[test]
fn the_readme_runs() {
    let recipes = recipes("README.md");
    assert!(
        recipes.len() >= 3,
        "{} recipes in the README",
        recipes.len()
    );
    recipes.iter().for_each(Recipe::run);
}

#[test]
fn the_readmes_record_is_right() {
    let article = fs::read_to_string("examples/summit.txt").expect("the example can be read");
    let article: Vec<char> = article.chars().collect();
    let json = blocks("README.md")
        .into_iter()
        .find(|b| b.language == "json")
        .expect("the README shows a record");
    let record: Value = serde_json::from_str(&json.text).expect("it is JSON");
    assert!(spans(&record, &article) >= 4);
}

#[test]
fn the_readmes_article_is_what_is_shown() {
    let excerpt = blocks("README.md")
        .into_iter()
        .find(|b| b.language == "text")
        .expect("the README shows a piece of an article");
    let pipe = "segment examples/summit.txt | entities | quotes | summarize | view";
    let (shown, said, success) = bash(pipe, Path::new("."));
    assert!(success, "{said}");
    assert!(excerpt.text.lines().count() > 4);
    assert!(shown.contains(&excerpt.text), "{shown}");
}

/// Compares each span with the article, up to the `…` that shortens it, and counts the spans.
fn spans(value: &Value, article: &[char]) -> usize {
    let below = match value {
        Value::Array(all) => all.iter().map(|v| spans(v, article)).sum(),
        Value::Object(fields) => fields.values().map(|v| spans(v, article)).sum(),
        _ => 0,
    };
    let (Some(start), Some(end), Some(text)) = (
        value["start"].as_u64(),
        value["end"].as_u64(),
        value["text"].as_str(),
    ) else {
        return below;
    };
    let slice: String = article[start as usize..end as usize].iter().collect();
    match text.strip_suffix(" …") {
        Some(beginning) => assert!(slice.starts_with(beginning), "{slice}"),
        None => assert_eq!(slice, text),
    }
    below + 1
}

#[test]
fn the_recipes_run() {
    let recipes = recipes("docs/recipes.md");
    assert!(recipes.len() >= 12, "{} recipes", recipes.len());
    recipes.iter().for_each(Recipe::run);
}

#[test]
fn the_tutorial_runs() {
    let recipes = recipes("docs/tutorial.md");
    assert!(recipes.len() >= 10, "{} recipes", recipes.len());
    // A step uses the files of the steps before it, so all run in one folder.
    let folder = recipes[0].folder();
    recipes.iter().for_each(|step| step.run_in(&folder));
}

#[test]
fn the_reference_is_what_the_schema_says() {
    if !bash("python3 --version", Path::new(".")).2 {
        return eprintln!("skipped: no python3");
    }
    let (_, said, success) = bash("scripts/reference --check", Path::new("."));
    assert!(success, "{said}");
}

#[test]
fn own_stages_run() {
    let recipes = recipes("docs/own-stages.md");
    assert!(recipes.len() >= 10, "{} recipes", recipes.len());
    recipes.iter().for_each(Recipe::run);
}

#[test]
fn the_helps_examples_run() {
    for tool in tool::TOOLS.into_iter().chain(["view"]) {
        let examples = examples(tool);
        assert!(
            examples.len() >= 2,
            "{tool} has {} examples",
            examples.len()
        );
        examples.iter().for_each(Recipe::run);
    }
}

/// `scripts/records.py` names file and line, skips what is bad, and ends with the tools' exit codes.
#[test]
fn a_converter_reports_bad_records_and_goes_on() {
    if !bash("python3 --version", Path::new(".")).2 {
        return eprintln!("skipped: no python3");
    }
    let csv = |input: &str| {
        let script = format!(
            "set +e; {input} | scripts/swap/to-csv sentences 2>&1 >/dev/null; echo ${{PIPESTATUS[-1]}}"
        );
        bash(&script, Path::new(".")).0
    };
    let records = r#"printf '%s\n' '{"text":"A."}' '' '[1]' '{"id":1}' '{"text":"B.","sentences":[{}]}' '{"text":"C"'"#;
    let complaints = "to-csv: -:3: not a JSON object\n\
        to-csv: -:4: the record has no `text`\n\
        to-csv: -:5: KeyError: 'start'\n\
        to-csv: -:6: not a JSON object: Expecting ',' delimiter: character 12\n1\n";
    assert_eq!(csv(records), complaints);
    assert_eq!(csv(&format!("{records} | gzip")), complaints);
    assert_eq!(csv("segment examples/summit.txt"), "0\n");
    let cut = csv("segment examples/summit.txt | gzip | head -c 500");
    assert!(cut.starts_with("to-csv: -:1: Compressed file ended") && cut.ends_with("\n2\n"));
    let (_, said, success) = bash("scripts/measure/summary-defects /nowhere", Path::new("."));
    assert!(!success);
    assert_eq!(
        said,
        "summary-defects: /nowhere: No such file or directory\n"
    );
}

/// `scripts/README.md` states the rule: what people run has no extension and hyphens, what code imports has `.py` and
/// underscores.
#[test]
fn scripts_follow_the_naming_rule_and_are_listed() {
    use std::os::unix::fs::PermissionsExt;
    let readme = fs::read_to_string("scripts/README.md").expect("scripts have a README");
    let listed: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    for name in &listed {
        assert!(Path::new("scripts").join(name).is_file(), "no {name}");
    }
    let files = scripts(Path::new("scripts"));
    assert!(files.len() > 30, "{files:?}");
    for file in files {
        let name = file.strip_prefix("scripts").expect("it is below scripts");
        let name = name.to_str().expect("names are UTF-8");
        let is_run = fs::metadata(&file).expect("a script can be read");
        let is_run = is_run.permissions().mode() & 0o100 != 0;
        // spark-submit takes a file for Python's only by its extension.
        if name == "spark/annotate.py" {
            assert!(is_run);
        } else if is_run {
            assert!(!name.contains(['.', '_']), "{name} is run");
        } else if let Some(module) = name.strip_suffix(".py") {
            assert!(!module.contains('-'), "{name} is imported");
        }
        assert!(listed.contains(&name), "scripts/README.md lacks {name}");
    }
}

/// The files below a folder, without READMEs and Rust crates but for what people run in them.
fn scripts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("scripts can be read") {
        let path = entry.expect("scripts can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if !["target", "src", "__pycache__"].contains(&name.as_ref()) {
                found.extend(scripts(&path));
            }
        } else if !["README.md", "Cargo.toml", "Cargo.lock", ".gitignore"].contains(&name.as_ref())
        {
            found.push(path);
        }
    }
    found
}

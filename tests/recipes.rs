//! What the README, `docs/recipes.md` and each tool's `--help` tell people to type, typed.
//!
//! A block of ```sh runs in a scratch copy of `examples/`, with the tools first in PATH. It must succeed and print
//! something; where a block of ```text follows, exactly that. `<!-- not run: reason -->` before a block exempts it, and
//! a block whose programs are not installed is skipped, with a word on stderr.

mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Programs that not everybody has: the word that gives a recipe's need away, and how to see whether it is met.
const PROGRAMS: [(&str, &str); 7] = [
    ("jq ", "jq --version"),
    ("parallel ", "parallel --version"),
    ("duckdb ", "duckdb --version"),
    // `->>` is from SQLite 3.38.
    (
        "sqlite3 ",
        "test \"$(sqlite3 :memory: \"SELECT '[1]' ->> 0\")\" = 1",
    ),
    ("python3 ", "python3 --version"),
    ("import pandas", "python3 -c 'import pandas'"),
    ("xargs ", "xargs true </dev/null"),
];

/// Something to type.
struct Recipe {
    /// Where it is written.
    place: String,
    script: String,
    expected: Option<String>,
}

impl Recipe {
    fn run(&self) {
        for (word, probe) in PROGRAMS {
            if self.script.contains(word) && !bash(probe, Path::new(".")).2 {
                eprintln!("skipped: {}: no {}", self.place, word.trim());
                return;
            }
        }
        let (stdout, stderr, success) = bash(&self.script, &self.folder());
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

    /// A folder of its own with a copy of `examples/`.
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
        folder
    }
}

/// What a script prints and says, and whether each of its commands succeeded.
fn bash(script: &str, folder: &Path) -> (String, String, bool) {
    let tools = Path::new(tool::path("segment"))
        .parent()
        .expect("a program is in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(tools.to_owned()).chain(std::env::split_paths(&path)));
    let output = Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path.expect("folders of PATH have no colon"))
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

/// The recipes of a Markdown file.
fn recipes(file: &str) -> Vec<Recipe> {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"));
    let mut recipes: Vec<Recipe> = Vec::new();
    let mut exempt = false;
    // Whether a ```text would belong to the last recipe.
    let mut fresh = false;
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| *line != "```")
                .collect();
            let block = block.join("\n") + "\n";
            match language {
                "sh" if !exempt => recipes.push(Recipe {
                    place: format!("{file}:{}", number + 1),
                    script: block,
                    expected: None,
                }),
                "text" if fresh => {
                    if let Some(recipe) = recipes.last_mut() {
                        recipe.expected = Some(block);
                    }
                }
                _ => {}
            }
            fresh = language == "sh" && !exempt;
            exempt = false;
        } else if !line.trim().is_empty() {
            exempt = line.starts_with("<!-- not run: ");
            fresh = false;
        }
    }
    recipes
}

/// The examples in a tool's help: what follows `$ `, and lines after it that are indented further.
fn examples(tool: &str) -> Vec<Recipe> {
    let mut command = tool::command(tool, &["--help"]);
    // A wrapped line would be no longer what one can type.
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
fn the_recipes_run() {
    let recipes = recipes("docs/recipes.md");
    assert!(recipes.len() >= 12, "{} recipes", recipes.len());
    recipes.iter().for_each(Recipe::run);
}

#[test]
fn the_helps_examples_run() {
    for tool in tool::TOOLS {
        let examples = examples(tool);
        assert!(
            examples.len() >= 2,
            "{tool} has {} examples",
            examples.len()
        );
        examples.iter().for_each(Recipe::run);
    }
}

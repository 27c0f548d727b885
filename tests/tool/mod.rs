//! Runs the real binaries as a shell would.
#![allow(dead_code, clippy::unwrap_used)] // each test file uses its own part; a test may panic

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The four stages, in the order of the pipe.
pub(crate) const TOOLS: [&str; 4] = ["segment", "entities", "quotes", "summarize"];

/// The field that each stage adds.
pub(crate) const FIELDS: [&str; 4] = ["sentences", "entities", "quotes", "summary"];

/// The path of a tool's binary.
pub(crate) fn path(tool: &str) -> &'static str {
    match tool {
        "segment" => env!("CARGO_BIN_EXE_segment"),
        "entities" => env!("CARGO_BIN_EXE_entities"),
        "quotes" => env!("CARGO_BIN_EXE_quotes"),
        "summarize" => env!("CARGO_BIN_EXE_summarize"),
        "view" => env!("CARGO_BIN_EXE_view"),
        other => panic!("no tool {other}"),
    }
}

/// A tool with arguments, all of its streams piped.
pub(crate) fn command(tool: &str, args: &[&str]) -> Command {
    let mut command = Command::new(path(tool));
    command
        .args(args)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a finished tool wrote, and its exit code; no code where a signal ended it.
#[derive(Debug)]
pub(crate) struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Ran {
    fn new(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
            code: output.status.code(),
        }
    }

    /// The lines of output.
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }

    /// The records of output.
    pub(crate) fn records(&self) -> Vec<serde_json::Value> {
        self.lines()
            .iter()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect()
    }
}

/// Runs a tool on its standard input.
pub(crate) fn run(tool: &str, args: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let mut child = command(tool, args).spawn().unwrap();
    feed(&mut child, input.as_ref());
    Ran::new(child.wait_with_output().unwrap())
}

/// The value of PATH, with the folder of the tools first.
pub(crate) fn search_path() -> OsString {
    let tools = Path::new(path("segment")).parent().unwrap();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(tools.to_owned()).chain(std::env::split_paths(&others));
    std::env::join_paths(all).unwrap()
}

/// Runs a line of bash with the tools first in PATH, without input.
pub(crate) fn shell(line: &str) -> Ran {
    let output = Command::new("bash")
        .args(["-c", line])
        .env("PATH", search_path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran::new(output)
}

/// Writes the input from a thread of its own, so that a full pipe does not block the test, and closes it.
pub(crate) fn feed(child: &mut Child, input: &[u8]) {
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    std::thread::spawn(move || {
        // This fails where the tool ends before it has read everything, as it may.
        let _ = stdin.write_all(&input);
    });
}

/// A scratch file of this name with these bytes.
pub(crate) fn file(name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

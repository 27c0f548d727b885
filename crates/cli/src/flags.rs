//! The flags that all tools share.

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum, ValueHint};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use stream::{FieldPointer, Framing, Input, Options, Output};

/// What is read, how it is written, and what becomes of bad records.
#[derive(Debug, Args)]
pub struct StreamFlags {
    /// Files to read, `-` for the standard input
    ///
    /// JSON Lines or plain text, plain or compressed with gzip or zstd. Without a file, the standard input is read.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,

    /// Read also the files whose names stand in FILE, one a line
    #[arg(long, value_name = "FILE", help_heading = "Input", value_hint = ValueHint::FilePath)]
    files_from: Option<PathBuf>,

    /// What the input is
    #[arg(
        long,
        value_enum,
        default_value = "auto",
        value_name = "FORM",
        help_heading = "Input"
    )]
    from: InputForm,

    /// Take a missing `text` from this JSON Pointer, such as /article/body
    #[arg(long, value_name = "POINTER", help_heading = "Input", value_parser = pointer)]
    text_field: Option<String>,

    /// Take a missing `title` from this JSON Pointer
    #[arg(long, value_name = "POINTER", help_heading = "Input", value_parser = pointer)]
    title_field: Option<String>,

    /// Take a missing `date` from this JSON Pointer
    #[arg(long, value_name = "POINTER", help_heading = "Input", value_parser = pointer)]
    date_field: Option<String>,

    /// Replace invalid UTF-8 by U+FFFD instead of rejecting the record
    #[arg(long, help_heading = "Input")]
    lossy: bool,

    /// The longest record that is read, in bytes, or with K, M or G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size, help_heading = "Input")]
    max_record: usize,

    /// What to do about bad records
    #[arg(
        long,
        value_enum,
        default_value = "report",
        value_name = "ACTION",
        help_heading = "Errors"
    )]
    pub on_error: OnError,

    /// Keep lines that are no records in FILE, as they are
    #[arg(long, value_name = "FILE", help_heading = "Errors", value_hint = ValueHint::FilePath)]
    pub rejects: Option<PathBuf>,

    /// Say nothing about bad records; the exit code still does
    #[arg(long, short, help_heading = "Errors")]
    pub quiet: bool,

    /// Threads; the output is the same for every number [default: the processor's cores]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Write the man page or a shell's completions, and stop
    #[arg(long, value_enum, value_name = "WHAT")]
    pub generate: Option<Generate>,
}

/// How a stage's results are written.
#[derive(Debug, Args)]
pub(crate) struct FormatFlags {
    /// How to write
    #[arg(
        long,
        short,
        value_enum,
        default_value = "json",
        help_heading = "Output"
    )]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InputForm {
    /// JSON Lines if the first character is `{`, else plain text
    Auto,
    /// A JSON object a line
    Jsonl,
    /// Plain text, one document a file
    Text,
    /// Plain text, one document a line
    Lines,
    /// Plain text, one document a paragraph (up to a blank line)
    Paragraphs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON Lines: the record, with this tool's fields
    Json,
    /// One item a line, for reading
    Text,
    /// One item a line, in columns; the first one is the document's id
    Tsv,
}

/// What to do about a bad record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// Say what is wrong, go on, exit with 1 at the end
    Report,
    /// Go on in silence and exit with 0
    Skip,
    /// Say what is wrong and stop, exit with 1
    Fail,
}

/// What `--generate` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Generate {
    Man,
    Bash,
    Zsh,
    Fish,
}

/// The form of printed lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// For reading.
    Text,
    /// In columns.
    Tsv,
}

impl StreamFlags {
    /// Whether nothing but the standard input is read, and for want of anything else.
    pub fn reads_stdin_only(&self) -> bool {
        self.files.is_empty() && self.files_from.is_none() && self.generate.is_none()
    }

    /// The inputs, in order. The list of `--files-from` is read as it is used, so that it may be endless.
    pub fn inputs(&self) -> Result<Box<dyn Iterator<Item = Input> + Send>> {
        let files: Vec<Input> = self.files.iter().map(Input::new).collect();
        let Some(list) = &self.files_from else {
            return Ok(if files.is_empty() {
                Box::new(std::iter::once(Input::Stdin))
            } else {
                Box::new(files.into_iter())
            });
        };
        let named = || format!("--files-from {}", list.display());
        let mut reader: Box<dyn BufRead + Send> = if list.as_os_str() == "-" {
            if files.contains(&Input::Stdin) {
                bail!("the standard input cannot be both a document and --files-from's list");
            }
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(list).with_context(named)?))
        };
        reader.fill_buf().with_context(named)?; // a folder opens, but cannot be read
        let listed = reader
            .split(b'\n')
            .map_while(|line| line.ok())
            .filter(|line| !line.is_empty())
            .map(|line| {
                use std::os::unix::ffi::OsStringExt;
                Input::new(std::ffi::OsString::from_vec(line))
            });
        Ok(Box::new(files.into_iter().chain(listed)))
    }

    /// What the stream is to do.
    pub fn options(&self, output: Output) -> Options {
        let pointers = [
            ("text", &self.text_field),
            ("title", &self.title_field),
            ("date", &self.date_field),
        ];
        Options {
            framing: match self.from {
                InputForm::Auto => Framing::Auto,
                InputForm::Jsonl => Framing::Records,
                InputForm::Text => Framing::Text,
                InputForm::Lines => Framing::Lines,
                InputForm::Paragraphs => Framing::Paragraphs,
            },
            pointers: pointers
                .into_iter()
                .filter_map(|(field, pointer)| {
                    let pointer = pointer.clone()?;
                    Some(FieldPointer { field, pointer })
                })
                .collect(),
            jobs: match self.jobs {
                Some(jobs) => jobs.into(),
                None => std::thread::available_parallelism().map_or(1, usize::from),
            },
            max_record: self.max_record,
            lossy: self.lossy,
            stop_at_first: self.on_error == OnError::Fail,
            keep_rejects: self.rejects.is_some(),
            output,
        }
    }
}

impl FormatFlags {
    /// Whether records or lines are written.
    pub(crate) fn output(&self) -> Output {
        match self.lines() {
            None => Output::Records,
            Some(_) => Output::Printed,
        }
    }

    /// The form of printed lines; `None` where records are written.
    pub(crate) fn lines(&self) -> Option<Lines> {
        match self.format {
            Format::Json => None,
            Format::Text => Some(Lines::Text),
            Format::Tsv => Some(Lines::Tsv),
        }
    }
}

/// The text of a file that the user wrote for us.
pub(crate) fn read_list(flag: &str, path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{flag} {}", path.display()))
}

fn pointer(text: &str) -> Result<String, String> {
    if text.starts_with('/') {
        Ok(text.to_owned())
    } else {
        // People who do not know JSON Pointer mean a field.
        Ok(format!("/{}", text.replace('~', "~0").replace('/', "~1")))
    }
}

fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: usize = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        other => return Err(format!("`{other}` is none of K, M and G")),
    };
    let number: usize = digits.parse().map_err(|_| "no whole number".to_owned())?;
    match number.checked_mul(unit) {
        Some(bytes) if bytes > 0 => Ok(bytes),
        _ => Err("no possible size".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("1"), Ok(1));
        assert_eq!(size("2k"), Ok(2048));
        assert_eq!(size("64M"), Ok(64 << 20));
        for wrong in ["", "M", "0", "-1", "1T", "1.5M", "99999999999999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_field_is_a_pointer_too() {
        assert_eq!(pointer("/a/b"), Ok("/a/b".into()));
        assert_eq!(pointer("maintext"), Ok("/maintext".into()));
        assert_eq!(pointer("a/b~"), Ok("/a~1b~0".into()));
    }
}

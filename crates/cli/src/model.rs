//! What `entities` and `quotes` share: their model, and what it is asked for.

use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

/// What depends on whether the accurate model is part of the program.
#[cfg(feature = "accurate")]
mod built_in {
    pub(super) const NAMES: &str = "accurate, fast";
    pub(super) const DEFAULT: &str = "accurate";
    pub(super) const VALUES: &str = "accurate|fast|FILE";
    pub(super) const HELP: &str = "The model: accurate, fast, or a file";
    pub(super) const LONG_HELP: &str = "The model: accurate, fast, or a file\n\n\
        accurate, a small neural network, finds more and errs less; fast, a linear model, reads about fifty times as many \
        words a second, for bulk. Both are built in; docs/figures.md has their figures. A file may be of either kind.";
}
#[cfg(not(feature = "accurate"))]
mod built_in {
    pub(super) const NAMES: &str = "fast";
    pub(super) const DEFAULT: &str = "fast";
    pub(super) const VALUES: &str = "fast|FILE";
    pub(super) const HELP: &str = "The model: fast, or a file";
    pub(super) const LONG_HELP: &str = "The model: fast, or a file\n\n\
        fast is a linear model, for bulk. This program was built without the accurate one.";
}

/// The flags of a tool with a model.
#[derive(Debug, Args)]
pub(crate) struct ModelFlags {
    #[arg(
        long,
        value_name = built_in::VALUES,
        default_value = built_in::DEFAULT,
        help = built_in::HELP,
        long_help = built_in::LONG_HELP,
        value_parser = choice,
        help_heading = "Model"
    )]
    model: Model,

    /// Only what the model gives at least this score
    #[arg(
        long,
        value_name = "0…1",
        default_value_t = 0.0,
        value_parser = score,
        allow_negative_numbers = true,
        help_heading = "Output"
    )]
    pub min_score: f64,

    /// Try documents in other languages than English too
    #[arg(long, help_heading = "Input")]
    pub any_lang: bool,
}

#[derive(Debug, Clone)]
enum Model {
    Accurate,
    Fast,
    File(PathBuf),
}

impl ModelFlags {
    /// The names of the built-in models, the default first, for `-V`.
    pub(crate) const BUILT_IN: &'static str = built_in::NAMES;

    /// The model's name in `pipeline`.
    pub(crate) fn name(&self) -> String {
        match &self.model {
            Model::Accurate => "accurate".to_owned(),
            Model::Fast => "fast".to_owned(),
            Model::File(path) => path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into(),
        }
    }

    /// How many bytes of input a thread takes at a time: a second's work at most, see [`stream::Stage::batch_bytes`].
    pub(crate) fn batch_bytes(&self) -> usize {
        match &self.model {
            Model::Fast => 256 << 10,
            Model::Accurate | Model::File(_) => 8 << 10,
        }
    }

    /// What works with the model: the best one or the fast one of those built in, or what is made of a file's bytes.
    pub(crate) fn load<T, E>(
        &self,
        best: impl FnOnce() -> T,
        fast: impl FnOnce() -> T,
        from_bytes: impl FnOnce(Vec<u8>) -> Result<T, E>,
    ) -> Result<T>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let path = match &self.model {
            Model::Accurate => return Ok(best()),
            Model::Fast => return Ok(fast()),
            Model::File(path) => path,
        };
        let named = || format!("--model {}", path.display());
        let bytes = std::fs::read(path).with_context(named)?;
        from_bytes(bytes).with_context(named)
    }
}

fn choice(text: &str) -> Result<Model, String> {
    match text {
        "accurate" if cfg!(feature = "accurate") => Ok(Model::Accurate),
        "accurate" => Err("this program was built without the accurate model".to_owned()),
        "fast" => Ok(Model::Fast),
        path => Ok(Model::File(path.into())),
    }
}

fn score(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err("a score is at least 0 and at most 1".to_owned()),
    }
}

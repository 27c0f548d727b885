//! What `entities` and `quotes` share: their model, and what it is asked for.

use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

/// The flags of a tool with a model.
#[derive(Debug, Args)]
pub struct ModelFlags {
    /// The model: fast (built in, linear), or a file
    #[arg(long, value_name = "fast|FILE", default_value = "fast", value_parser = choice, help_heading = "Model")]
    model: Model,

    /// Only what the model gives at least this score
    #[arg(
        long,
        value_name = "0…1",
        default_value_t = 0.0,
        help_heading = "Output"
    )]
    pub min_score: f64,

    /// Try documents in other languages than English too
    #[arg(long, help_heading = "Input")]
    pub any_lang: bool,
}

#[derive(Debug, Clone)]
enum Model {
    Fast,
    File(PathBuf),
}

impl ModelFlags {
    /// The name of the built-in model, for `-V`.
    pub const BUILT_IN: &'static str = "fast";

    /// The model's name in `pipeline`.
    pub fn name(&self) -> String {
        match &self.model {
            Model::Fast => Self::BUILT_IN.to_owned(),
            Model::File(path) => path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into(),
        }
    }

    /// What works with the model: the built-in one, or what is made of a file's bytes.
    pub fn load<T, E>(
        &self,
        fast: impl FnOnce() -> T,
        from_bytes: impl FnOnce(Vec<u8>) -> Result<T, E>,
    ) -> Result<T>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let Model::File(path) = &self.model else {
            return Ok(fast());
        };
        let named = || format!("--model {}", path.display());
        let bytes = std::fs::read(path).with_context(named)?;
        from_bytes(bytes).with_context(named)
    }
}

fn choice(text: &str) -> Result<Model, String> {
    match text {
        "fast" => Ok(Model::Fast),
        "accurate" => Err("this version has no accurate model, only fast".to_owned()),
        path => Ok(Model::File(path.into())),
    }
}

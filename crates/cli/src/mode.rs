//! Which quotations are shown, by what kind of saying they are.

use clap::ValueEnum;
use document::Mode;

/// A choice of modes. A quotation of another program, which need not say its mode, counts as speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeFlag {
    /// What was said, written or shown
    Speech,
    /// What somebody holds to be so: believes, fears, hopes that …
    Thought,
    /// Both, and what is neither: attitudes, plans and acts
    All,
}

impl ModeFlag {
    pub(crate) fn shows(self, mode: Option<Mode>) -> bool {
        match self {
            Self::Speech => mode != Some(Mode::Thought),
            Self::Thought => mode == Some(Mode::Thought),
            Self::All => true,
        }
    }
}

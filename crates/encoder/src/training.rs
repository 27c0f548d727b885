//! What only a trainer needs: word pieces and windows as the encoder reads them, and packing trained weights into a file.

pub use crate::file::Exit;
pub use crate::pack::pack;
pub use crate::vocabulary::Vocabulary;
pub use crate::windows::{LONGEST, Window, windows};

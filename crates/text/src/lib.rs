//! What the stages share of a text: [`Reading`], a text read once, and what it is made of: tokens, quotation marks, turns
//! of a transcript; one way to fold marks, dashes and white space; and word lists that more than one stage needs: the
//! [`calendar`], [`abbreviations`], [`reporting`] verbs.

pub mod abbreviations;
pub mod calendar;
mod fold;
pub mod lists;
pub mod quotation;
mod reading;
pub mod reporting;
mod tokens;
pub mod turns;

pub use fold::{fold_dash, fold_mark, fold_space, is_apostrophe, on_one_line};
pub use reading::{Place, Reading};
pub use tokens::{Gap, Token, tokens};

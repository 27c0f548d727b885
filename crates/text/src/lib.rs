//! What the stages share of a text: [`Reading`], a text read once, and what it is made of: tokens, quotation marks, turns
//! of a transcript; one way to fold marks, dashes and white space; and word lists that more than one stage needs: the
//! [`calendar`], [`abbreviations`], [`reporting`] verbs.

pub mod abbreviations;
pub mod calendar;
mod fold;
pub mod lists;
mod marks;
pub mod quotation;
mod reading;
pub mod reporting;
mod tokens;
pub mod turns;

pub use fold::{fold_dash, fold_space, on_one_line};
pub use marks::{
    fold_mark, is_apostrophe, is_closing_mark, is_genitive, is_opening_mark, strip_genitive,
};
pub use reading::{Place, Reading};
pub use tokens::{Gap, Token, tokens};

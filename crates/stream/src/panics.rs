//! A panic is our own mistake. It must not lose a document in silence: neither the one at hand nor its neighbours.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The result of the work, or the message of its panic. What the work left unfinished must not be used afterwards.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|panic| format!("internal error: {}", message(&*panic)))
}

fn message(panic: &(dyn Any + Send)) -> &str {
    if let Some(message) = panic.downcast_ref::<&str>() {
        message
    } else if let Some(message) = panic.downcast_ref::<String>() {
        message
    } else {
        "panic"
    }
}

//! A panic is a fault of ours, and no reason to lose a document in silence: neither this one nor its neighbours.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What the work gives, or what it said when it panicked. Nothing that the work has half done may be used afterwards.
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

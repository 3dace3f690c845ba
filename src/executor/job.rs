//! A job: what an executor asks of the work of one task, whatever the type of its future.

use crate::trace::Observation;
use std::task::{Context, Poll};

/// What a hand-written future can say of itself.
pub type Observe<F> = fn(&F) -> Observation;

/// A task's work, whatever the type of its future.
pub(super) trait Job {
    /// Polls the future; a value that is ready stays in the job.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()>;

    /// What the future says of itself.
    fn observe(&self) -> Option<Observation>;

    /// Drops the future.
    fn drop_future(&mut self);

    /// Hands the value, or that there is none, to the join handle and wakes whoever awaits it.
    fn settle(&mut self);
}

//! A job: the future of one task, its result, and whoever joins it.

use super::join::Shared;
use crate::trace::Observation;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
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

/// The one kind of job.
pub(super) struct FutureJob<F: Future> {
    pub(super) future: Option<Pin<Box<F>>>,
    pub(super) value: Option<F::Output>,
    pub(super) shared: Rc<Shared<F::Output>>,
    pub(super) observe: Option<Observe<F>>,
}

impl<F: Future> Job for FutureJob<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let future = self.future.as_mut().expect("a job is not polled after it is done");
        future.as_mut().poll(cx).map(|value| self.value = Some(value))
    }

    fn observe(&self) -> Option<Observation> {
        let future = self.future.as_ref()?;
        self.observe.map(|observe| observe(future.as_ref().get_ref()))
    }

    fn drop_future(&mut self) {
        self.future = None;
    }

    fn settle(&mut self) {
        self.shared.settle(self.value.take());
    }
}

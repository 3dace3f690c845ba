//! The one kind of job: a future, its result, and whoever joins it.

use super::job::{Job, Observe};
use super::join::Shared;
use crate::trace::Observation;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

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

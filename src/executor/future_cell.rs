//! The two kinds of future cells: with a handle that wants the value, and without.
//!
//! A future cell is what lies in a task's slot. This file knows what a task does with its value, and not how it is stored.

use super::join::Shared;
use super::observe::Observe;
use super::tasks::FutureCell;
use crate::record::Observation;
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// This file: no line of it is a reader's, though a task's own future is polled here.
pub(super) const FILE: &str = file!();

pin_project! {
    /// A future, and nothing else.
    pub(super) struct Detached<F> {
        #[pin]
        future: F,
    }
}

impl<F> Detached<F> {
    pub(super) fn new(future: F) -> Self {
        Detached { future }
    }
}

impl<F: Future<Output = ()> + 'static> FutureCell for Detached<F> {
    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.project().future.poll(cx)
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(&self.future).addr()
    }
}

pin_project! {
    /// A future, its value between the last poll and the end, and where that goes then.
    pub(super) struct Joined<F: Future> {
        #[pin]
        future: Option<F>,
        value: Option<F::Output>,
        shared: Rc<Shared<F::Output>>,
        observe: Option<Observe<F>>,
    }
}

impl<F: Future> Joined<F> {
    pub(super) fn new(future: F, shared: Rc<Shared<F::Output>>, observe: Option<Observe<F>>) -> Self {
        Joined { future: Some(future), value: None, shared, observe }
    }
}

impl<F: Future + 'static> FutureCell for Joined<F> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let future = this.future.as_pin_mut().expect("a task is not polled after its end");
        future.poll(cx).map(|value| *this.value = Some(value))
    }

    fn end(self: Pin<&mut Self>) {
        let mut this = self.project();
        this.future.set(None);
        this.shared.complete(this.value.take());
    }

    fn observe(&self) -> Option<Observation> {
        Some(self.observe?(self.future.as_ref()?))
    }

    fn address(&self) -> usize {
        self.future.as_ref().map_or(0, |future| std::ptr::from_ref(future).addr())
    }
}

//! `watched`: records the polls of a future that is not the prelude's.

use crate::executor::{Declared, enter};
use crate::trace::FutureRole;
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pin_project! {
    /// A future whose polls are recorded. Made by [`watched`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct Watched<F> {
        #[pin]
        future: F,
        name: &'static str,
        is_done: bool,
    }
}

/// Records the polls of a future under this name, also those after it was ready, which are passed on.
pub fn watched<F: Future>(name: &'static str, future: F) -> Watched<F> {
    Watched { future, name, is_done: false }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let entered = enter(Declared::new(self.name, FutureRole::Watched), &*self);
        let this = self.project();
        if *this.is_done {
            entered.again();
        }
        let poll = this.future.poll(cx);
        if poll.is_ready() {
            *this.is_done = true;
            entered.ready();
        }
        poll
    }
}

//! `watched` and `called`: records what becomes of a future that is not the prelude's.

use crate::executor::{Declared, begun, created, discarded, enter_marked, forget, polled_with};
use crate::record::Mark;
use crate::trace::FutureRole;
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a future that is watched has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    Unpolled,
    Polled,
    Done,
}

pin_project! {
    /// A future whose polls are recorded. Made by [`watched`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct Watched<F> {
        #[pin]
        future: F,
        name: &'static str,
        life: Life,
        mark: Mark,
    }

    impl<F> PinnedDrop for Watched<F> {
        fn drop(this: Pin<&mut Self>) {
            match this.life {
                Life::Unpolled => discarded(Declared::new(this.name, FutureRole::Watched), this.mark),
                Life::Polled | Life::Done => forget(this.mark),
            }
        }
    }
}

/// Records the polls of a future under this name, also those after it was ready, which are passed on; where it is made; and
/// that it is dropped without a poll, if it is.
#[track_caller]
pub fn watched<F: Future>(name: &'static str, future: F) -> Watched<F> {
    let mark = created(Declared::new(name, FutureRole::Watched));
    Watched { future, name, life: Life::Unpolled, mark }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let is_first = self.life == Life::Unpolled;
        let entered = enter_marked(Declared::new(self.name, FutureRole::Watched), &*self, self.mark, is_first);
        polled_with(cx.waker());
        let this = self.project();
        match this.life {
            Life::Done => entered.again(),
            Life::Unpolled | Life::Polled => *this.life = Life::Polled,
        }
        let poll = this.future.poll(cx);
        if poll.is_ready() {
            *this.life = Life::Done;
            entered.ready();
        }
        poll
    }
}

pin_project! {
    /// A future whose making and beginning are recorded. Made by [`called`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct Called<F> {
        #[pin]
        future: F,
        name: &'static str,
        unpolled: Option<Mark>,
    }

    impl<F> PinnedDrop for Called<F> {
        fn drop(this: Pin<&mut Self>) {
            if let Some(mark) = this.unpolled {
                discarded(Declared::new(this.name, FutureRole::Called), mark);
            }
        }
    }
}

/// Records where an async fn was called, that its future is polled for the first time, or that it is dropped without a poll:
/// nothing of what it does when it runs.
#[track_caller]
pub fn called<F: Future>(name: &'static str, future: F) -> Called<F> {
    Called { future, name, unpolled: Some(created(Declared::new(name, FutureRole::Called))) }
}

impl<F: Future> Future for Called<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        if let Some(mark) = this.unpolled.take() {
            begun(mark);
        }
        this.future.poll(cx)
    }
}

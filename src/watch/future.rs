//! A watched future.

use super::log::{Log, Number, Open, What};
use super::waker::{self, TaskWaker};
use std::any::Any;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// What a watched future is to its log.
struct Seen {
    log: Arc<Log>,
    of: Number,
    /// A task or an await, from its first poll on.
    way: Way,
}

enum Way {
    NotPolled,
    Task(Arc<TaskWaker>),
    Await,
    /// It was ready, or panicked: what becomes of later polls is between others.
    Over,
}

pin_project_lite::pin_project! {
    /// A future that a [`Watch`](super::Watch) records. It is ready when the one inside of it is, with its value.
    #[must_use = "futures do nothing unless you await or spawn them"]
    pub struct Watched<F> {
        // Dropped first: what its drop does stands before its end.
        #[pin]
        future: F,
        seen: Dropped,
    }
}

/// Records the end of a future when it is dropped.
struct Dropped(Option<Seen>);

impl Drop for Dropped {
    fn drop(&mut self) {
        if let Some(seen) = &self.0 {
            seen.log.record(seen.of, What::Dropped);
        }
    }
}

impl<F> Watched<F> {
    pub(super) fn new(log: Option<Arc<Log>>, name: &str, at: &'static Location<'static>, future: F) -> Self {
        let seen = log.and_then(|log| {
            let of = log.made(name, at, size_of::<F>())?;
            Some(Seen { log, of, way: Way::NotPolled })
        });
        Watched { future, seen: Dropped(seen) }
    }
}

impl<F> std::fmt::Debug for Watched<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watched").finish_non_exhaustive()
    }
}

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        match &mut this.seen.0 {
            Some(seen) => seen.poll(this.future, cx),
            None => this.future.poll(cx),
        }
    }
}

impl Seen {
    fn poll<F: Future>(&mut self, future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Seen { log, of, way } = self;
        let within = log.polled_here();
        match way {
            Way::NotPolled if within.is_some() => {
                log.is_await(*of);
                *way = Way::Await;
            }
            Way::NotPolled => *way = Way::Task(TaskWaker::new(log, *of, cx.waker())),
            Way::Task(waker) if !waker.is_around(cx.waker()) => *waker = TaskWaker::new(log, *of, cx.waker()),
            Way::Task(_) | Way::Await => {}
            Way::Over => return future.poll(cx),
        }
        // An await outside of every task's poll is nobody's.
        if matches!(way, Way::Await) && within.is_none() {
            return future.poll(cx);
        }
        log.record(*of, What::PollStarted);
        let polled = {
            let _open = Open::new(log, *of);
            let poll = |cx: &mut Context<'_>| catch_unwind(AssertUnwindSafe(|| future.poll(cx)));
            match way {
                Way::Task(waker) => log.polls(*of, || poll(&mut Context::from_waker(waker.lend().waker()))),
                Way::NotPolled | Way::Await | Way::Over => {
                    if !waker::is_of(cx.waker(), log) {
                        log.record(*of, What::Wrapped);
                    }
                    poll(cx)
                }
            }
        };
        match &polled {
            Ok(Poll::Pending) => log.record(*of, What::Pending),
            Ok(Poll::Ready(_)) => log.record(*of, What::Ready),
            Err(panic) => log.panicked(*of, message(&**panic)),
        }
        if !matches!(polled, Ok(Poll::Pending)) {
            *way = Way::Over;
        }
        polled.unwrap_or_else(|panic| resume_unwind(panic))
    }
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without a text")
}

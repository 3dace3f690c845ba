//! `framed`: records the polls of a future under the name of its type, and what was taken from the heap for it.

use super::name::short_name;
use crate::alloc::uncounted;
use crate::executor::{enter_named, heap};
use crate::trace::FutureRole;
use pin_project_lite::pin_project;
use std::any::type_name;
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

pin_project! {
    /// A future whose polls are recorded as frames. It is as large as the future itself. Made by [`framed`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless awaited"]
    pub struct Framed<F> {
        #[pin]
        future: F,
        // It is dropped after the future.
        after: After,
    }
}

/// When it is dropped, what was given back to the heap until then is recorded.
#[derive(Debug)]
struct After;

impl Drop for After {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            heap(None);
        }
    }
}

/// Records each poll of the future, called as its type; and, where the heap is told, what was taken from it up to here, at the
/// line of the caller, and what was given back when the future is dropped.
#[track_caller]
pub fn framed<F: Future>(future: F) -> Framed<F> {
    heap(Some(Location::caller()));
    Framed { future, after: After }
}

impl<F: Future> Future for Framed<F> {
    type Output = F::Output;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let entered = enter_named(name_of::<F>, FutureRole::Watched, &*self);
        let poll = self.project().future.poll(cx);
        if poll.is_ready() {
            entered.ready();
        }
        poll
    }
}

/// The short name of a type, made once: a future has no room for it.
fn name_of<F>() -> &'static str {
    static NAMES: Mutex<Vec<(&str, &str)>> = Mutex::new(Vec::new());
    uncounted(|| {
        let of = type_name::<F>();
        let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&(_, name)) = names.iter().find(|&&(known, _)| known == of) {
            return name;
        }
        let name: &str = Box::leak(short_name(of).into_boxed_str());
        names.push((of, name));
        name
    })
}

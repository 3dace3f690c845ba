//! wasm-bindgen's own `JsFuture`, with its polls and its wakes recorded.

use crate::alloc::uncounted;
use crate::executor::{Declared, Handle, enter, keeps};
use crate::trace::FutureRole;
use crate::trace::event::{Event, WakeSource};
use crate::trace::ids::PromiseId;
use js_sys::Promise;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::JsValue;

/// The promise that this scenario's Rust side awaits.
pub(super) const ASKED: PromiseId = PromiseId(1);

/// A promise as a future: the real one inside, polled with a waker that says who wakes.
pub(in crate::interop) struct JsFuture {
    inner: wasm_bindgen_futures::JsFuture,
    promise: PromiseId,
}

impl From<Promise> for JsFuture {
    fn from(promise: Promise) -> Self {
        Numbered(promise, ASKED).into()
    }
}

/// A promise, and its number in the trace.
pub(in crate::interop) struct Numbered(pub(in crate::interop) Promise, pub(in crate::interop) PromiseId);

impl From<Numbered> for JsFuture {
    fn from(Numbered(promise, number): Numbered) -> Self {
        JsFuture { inner: promise.into(), promise: number }
    }
}

impl Future for JsFuture {
    type Output = Result<JsValue, JsValue>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let entered = enter(Declared::new("JsFuture", FutureRole::Leaf), &*self);
        let waker = match Handle::current() {
            Some(executor) => Waker::from(uncounted(|| {
                Arc::new(Reaction { waker: cx.waker().clone(), executor, promise: self.promise })
            })),
            None => cx.waker().clone(),
        };
        let poll = Pin::new(&mut self.inner).poll(&mut Context::from_waker(&waker));
        match &poll {
            Poll::Ready(_) => entered.ready(),
            Poll::Pending => keeps(WakeSource::Promise(self.promise), cx.waker()),
        }
        poll
    }
}

/// A waker that `JsFuture` keeps in the promise's reactions, and nowhere else: when it is woken, a reaction runs.
struct Reaction {
    waker: Waker,
    executor: Handle,
    promise: PromiseId,
}

impl Wake for Reaction {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let promise = self.promise;
        let reaction = |name: &dyn Fn(&str) -> _| Event::Reaction { promise, name: name("JsFuture") };
        self.executor.wake_as(&self.waker, WakeSource::Promise(promise), reaction);
    }
}

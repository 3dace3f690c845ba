//! What JavaScript has for futures, with what is done with it recorded: wasm-bindgen's own `JsFuture`, and the browser's
//! `AbortController`.

use super::foreign::Foreign;
use super::live::{Page, current, number_of, with_page};
use crate::alloc::uncounted;
use crate::executor::{Declared, Entered, Handle, enter, keeps};
use crate::record::Recorder;
use crate::trace::FutureRole;
use crate::trace::event::{Event, Settled, WakeSource};
use crate::trace::ids::PromiseId;
use js_sys::Promise;
use std::cell::RefCell;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::prelude::*;

/// A promise as a future: the real one inside, polled with a waker that says who wakes.
pub(super) struct JsFuture {
    real: wasm_bindgen_futures::JsFuture,
    promise: PromiseId,
}

impl From<Promise> for JsFuture {
    fn from(promise: Promise) -> Self {
        JsFuture { promise: number_of(&promise), real: promise.into() }
    }
}

/// A promise of a run that gives its numbers itself, and its number in the trace.
pub(super) struct Numbered(pub(super) Promise, pub(super) PromiseId);

impl From<Numbered> for JsFuture {
    fn from(Numbered(promise, number): Numbered) -> Self {
        JsFuture { promise: number, real: promise.into() }
    }
}

impl Future for JsFuture {
    type Output = Result<JsValue, JsValue>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let promise = self.promise;
        let between = |waker, polled_by| Reaction { waker, polled_by, promise };
        let leaf = Leaf::enter("JsFuture", &*self, WakeSource::Promise(promise), cx, between);
        leaf.poll(cx, |cx| Pin::new(&mut self.real).poll(cx))
    }
}

/// A poll of something of JavaScript's, with a waker in between that says who wakes.
pub(super) struct Leaf {
    entered: Entered,
    waker: Waker,
    by: WakeSource,
}

impl Leaf {
    /// Begins it, from the line of the caller. `between` is that waker, made of the task's own and of who polls it.
    #[track_caller]
    pub(super) fn enter<F, W: Wake + Send + Sync + 'static>(
        name: &'static str,
        future: &F,
        by: WakeSource,
        cx: &Context<'_>,
        between: impl FnOnce(Waker, Handle) -> W,
    ) -> Self {
        let entered = enter(Declared::new(name, FutureRole::Leaf), future);
        let own = cx.waker().clone();
        let waker = match Handle::current() {
            Some(polled_by) => Waker::from(uncounted(|| Arc::new(between(own, polled_by)))),
            None => own,
        };
        Leaf { entered, waker, by }
    }

    /// Polls it; where it is pending, it keeps the task's waker.
    pub(super) fn poll<T>(self, cx: &Context<'_>, poll: impl FnOnce(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        let poll = poll(&mut Context::from_waker(&self.waker));
        match &poll {
            Poll::Ready(_) => self.entered.ready(),
            Poll::Pending => keeps(self.by, cx.waker()),
        }
        poll
    }
}

/// A waker that `JsFuture` keeps in the promise's reactions, and nowhere else: when it is woken, a reaction runs.
struct Reaction {
    waker: Waker,
    /// An executor of ours, or a run whose task another executor polls.
    polled_by: Handle,
    promise: PromiseId,
}

impl Wake for Reaction {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let promise = self.promise;
        let reaction = |name: &dyn Fn(&str) -> _| Event::Reaction { promise, name: name("JsFuture") };
        let mut is_foreign = false;
        with_page(self.polled_by.number(), |page| {
            is_foreign = true;
            page.record(|r| Event::Reaction { promise, name: r.name("JsFuture") });
            let before = page.set_source(WakeSource::Promise(promise));
            self.waker.wake_by_ref();
            page.set_source(before);
        });
        if !is_foreign {
            self.polled_by.wake_as(&self.waker, WakeSource::Promise(promise), reaction);
        }
    }
}

/// The number of the first promise of a run.
pub(super) const FIRST: PromiseId = PromiseId(1);

/// wasm-bindgen's own, with its polls recorded, and how it settles its promise. It is a part of the run.
pub(super) fn future_to_promise<F>(future: F) -> Promise
where
    F: Future<Output = Result<JsValue, JsValue>> + 'static,
{
    let page = current();
    let number = page.next_promise();
    let recorded = Foreign::new(&page, &task_name::<F>(), future);
    let settled = page.clone();
    let promise = wasm_bindgen_futures::future_to_promise(async move {
        let result = recorded.await;
        let (how, value) = match &result {
            Ok(value) => (Settled::Resolved, value.as_string().unwrap_or_default()),
            Err(reason) => (Settled::Rejected, String::from(js_sys::Object::from(reason.clone()).to_string())),
        };
        settled.settles(number, how, &value);
        settled.part_is_over();
        result
    });
    page.promise_created(number, &format!("future_to_promise({})", task_name::<F>()), &promise);
    promise
}

/// The name of an async fn, by the type of its future.
fn task_name<F>() -> String {
    let name = std::any::type_name::<F>().trim_end_matches("::{{closure}}");
    name.rsplit("::").next().unwrap_or(name).to_owned()
}

mod real {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        pub(super) type AbortController;
        #[wasm_bindgen(constructor)]
        pub(super) fn new() -> AbortController;
        #[wasm_bindgen(method, getter)]
        pub(super) fn signal(this: &AbortController) -> JsValue;
        #[wasm_bindgen(method)]
        pub(super) fn abort(this: &AbortController);
    }
}

/// An `AbortController` whose calls of `abort` are recorded, once it is known what they stop.
pub(super) struct AbortController {
    real: real::AbortController,
    of: RefCell<Option<(Page, PromiseId)>>,
}

impl AbortController {
    pub(super) fn new() -> Self {
        AbortController { real: real::AbortController::new(), of: RefCell::default() }
    }

    /// Its signal, for what `promise` stands for.
    pub(super) fn signal(&self, page: &Page, promise: PromiseId) -> JsValue {
        self.of.replace(Some((page.clone(), promise)));
        self.real.signal()
    }

    pub(super) fn abort(&self) {
        if let Some((page, promise)) = &*self.of.borrow() {
            page.record(|_| Event::Aborted { promise: *promise });
        }
        self.real.abort();
    }
}

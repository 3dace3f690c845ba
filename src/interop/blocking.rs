//! `blocking`, recorded as it happens: the scenario's own tasks on our executor, whose long job keeps the page's processor busy for
//! real; and a worker, with an instance of this module of its own, for the job that is to run elsewhere.
//!
//! How a worker is made, the page says: it knows where its scripts lie, and what its policy lets begin. The worker is made before
//! the run, as a pool has its threads, and ended with it. What the worker does is not seen: a job is with it from the
//! message to it until the message from it.

use super::devtools::spawn;
use super::live::{Extent, OfPage, PATIENCE, never_begun, record as record_live};
use super::put;
use super::runs::Ending;
use super::traced::JsFuture;
use crate::record::TraceRecorder;
use crate::scenario::{BlockingParams, Pool, Setup, blocking_code as code};
use js_sys::{Function, Object, Promise};
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[wasm_bindgen(module = "/src/scenario/blocking/page.js")]
extern "C" {
    fn ready(worker: &JsValue) -> Promise;
    #[wasm_bindgen(js_name = spawnBlocking)]
    fn spawn_blocking(worker: &JsValue, ms: u32, trace: &Object) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    type RealWorker;
    #[wasm_bindgen(method)]
    fn terminate(this: &RealWorker);
}

thread_local! {
    /// What makes a worker that has an instance of this module.
    static MAKE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// How long a worker may take to begin, in ms.
const STARTS_WITHIN: u32 = 5000;

/// Workers are made by this from here on: it returns one that sends a message when it is ready.
pub fn make_workers_by(make: Function) {
    MAKE.set(Some(make));
}

/// Records one run.
pub(crate) async fn record(params: BlockingParams, setup: Setup) -> TraceRecorder {
    // Where no way wants one, nobody is told why there is none.
    let started = if params.has_worker() { Thread::start().await } else { Some(Err(String::new())) };
    let Some(thread) = started else { return never_begun(&setup, params.others + 1) };
    let patience = params.longest() + PATIENCE;
    record_live(setup, Extent { parts: 1, patience, grace: 0 }, move |page| {
        let pool = Pool::Worker(thread.map(|thread| Worker { thread, page: page.part() }));
        let over = Rc::new(Cell::new(false));
        // The others come first: their timers are set when the job begins.
        for n in 1..=params.others {
            drop(spawn(page.executor(), &format!("other {n}"), code::other(params.period, over.clone())));
        }
        let (ways, takes, pieces) = (params.ways(), params.job_takes, params.pieces);
        drop(spawn(page.executor(), "job", code::jobs(ways, takes, pieces, pool, over)));
        page.part().part_is_over_with_tasks();
    })
    .await
}

/// A worker that ends when this is dropped.
struct Thread(JsValue);

impl Drop for Thread {
    fn drop(&mut self) {
        self.0.unchecked_ref::<RealWorker>().terminate();
    }
}

impl Thread {
    /// Makes one, and waits until it has sent a message; in words, why there is none. Nothing, if the run was left meanwhile.
    async fn start() -> Option<Result<Self, String>> {
        let Some(make) = MAKE.with_borrow(Clone::clone) else { return Some(Err("this page makes none".to_owned())) };
        let thread = match make.call0(&JsValue::UNDEFINED) {
            Ok(worker) => Thread(worker),
            Err(why) => return Some(Err(text_of(&why))),
        };
        let ending = Ending::new();
        let answer: Rc<RefCell<Option<Result<JsValue, JsValue>>>> = Rc::default();
        let (came, into, first) = (ending.clone(), answer.clone(), ready(&thread.0));
        spawn_local(async move {
            let result = wasm_bindgen_futures::JsFuture::from(first).await;
            *into.borrow_mut() = Some(result);
            came.come();
        });
        ending.wait(STARTS_WITHIN).await;
        (!ending.is_left()).then(|| match answer.take() {
            Some(Ok(_)) => Ok(thread),
            Some(Err(why)) => Err(text_of(&why)),
            None => Err(format!("none began within {STARTS_WITHIN} ms")),
        })
    }
}

/// What was thrown, in words.
fn text_of(thrown: &JsValue) -> String {
    thrown.as_string().unwrap_or_else(|| Object::from(thrown.clone()).to_string().into())
}

/// A worker of a run.
pub(crate) struct Worker {
    thread: Thread,
    page: OfPage,
}

impl Worker {
    /// Sends it a job of so many ms; once the run is over, none.
    pub(crate) fn begin(&self, ms: u32) -> Answer {
        let Some(page) = self.page.page() else { return Answer(JsFuture::from(Promise::new(&mut |_, _| {}))) };
        let number = page.next_promise();
        let trace = page.for_js(number);
        // Before the message is sent: the worker may begin while this thread is kept from going on.
        let of = self.page.clone();
        let made = move |promise: Promise| {
            if let Some(page) = of.page() {
                page.promise_created(number, &format!("spawnBlocking({ms})"), &promise);
            }
        };
        put(&trace, "made", Closure::<dyn Fn(Promise)>::new(made).into_js_value());
        Answer(JsFuture::from(spawn_blocking(&self.thread.0, ms, &trace)))
    }
}

/// What comes back from a worker, as a future.
pub(crate) struct Answer(JsFuture);

impl Future for Answer {
    type Output = Result<(), String>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|answer| answer.map(drop).map_err(|why| text_of(&why)))
    }
}

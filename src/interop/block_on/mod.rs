//! `block-on`: one promise, waited for in three ways, one after the other: with `await`, on a stack that is set aside, and in a
//! loop that polls. Recorded as it happens, with the frames that the page gets meanwhile.
//!
//! The suspended function lives in a module of its own (`src/wasm/suspended`): what it imports, an engine without JSPI does
//! not have, and would refuse the whole module. The script loads it before the run, where it can be had; it records through
//! the object that the script hands to it. The engine's own work on that stack is not seen, only that the function calls and
//! that the call returns.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod awaited;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod busy;

use super::driver::in_macrotask;
use super::live::{Extent, OfPage, PATIENCE, Page, record as record_live};
use super::put;
use super::traced;
use crate::prelude::log;
use crate::record::{Recorder, TraceRecorder};
use crate::scenario::{BlockOnParams, Setup};
use crate::trace::event::Event;
use crate::trace::ids::TaskId;
use futures::channel::oneshot::{self, Sender};
use js_sys::{Object, Promise};
use std::panic::Location;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen(module = "/src/interop/block_on/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = later)]
    fn later_in_js(ms: u32, trace: &Object) -> Promise;
    fn load() -> Promise;
    fn suspend(module: &JsValue, promise: &Promise, meanwhile: &str, ms: u32, trace: &Object) -> Promise;
    fn frames(trace: &Object);
}

/// The second task that is spawned.
const BUSY: TaskId = TaskId(2);
/// How long a way goes on, in ms, beyond its budget and its promise: for the frames that follow.
const AFTER: u32 = 20;
/// The loop looks at the clock after so many polls.
const POLLS_BETWEEN_LOOKS: u32 = 64;
/// It ends after so many, even if the clock stands still.
const MOST_POLLS: u32 = 20_000_000;
/// It says how far it is so often.
const REPORTS: u64 = 10;

/// Records one run, in which the three ways follow each other.
pub(crate) async fn record(params: BlockOnParams, setup: Setup) -> TraceRecorder {
    // In place of a module, why there is none.
    let module = JsFuture::from(load()).await.unwrap_or_else(|reason| reason);
    let patience = 3 * (params.budget_ms + params.promise_ms + AFTER) + PATIENCE;
    record_live(setup, Extent { parts: 1, patience, grace: 0 }, move |page| {
        frames(&with_frames(page));
        let page = Rc::new(page.part());
        spawn_local(async move {
            ways(&page, &params, module).await;
            page.part_is_over();
        });
    })
    .await
}

/// The three ways, each begun in a task of the browser's of its own.
async fn ways(page: &Rc<OfPage>, params: &BlockOnParams, module: JsValue) {
    let (ms, budget) = (params.promise_ms, params.budget_ms);
    let lasts = ms.max(budget) + AFTER;
    let begun = page.now();
    let begin = move |page: &Page, done: Sender<()>| {
        let promise = later(page, ms);
        drop(page.executor().spawn("await", async move {
            awaited::ask(promise).await;
            // Gone, if the run is.
            let _ = done.send(());
        }));
    };
    in_turn(page, "await", 0, begin).await;

    let (rest, begun) = (rest_of(page, begun, lasts), page.now());
    let meanwhile = params.meanwhile;
    let begin = move |page: &Page, done: Sender<()>| {
        let promise = later(page, ms);
        let asked = suspend(&module, &promise, meanwhile.name(), ms / 2, &with_stack(page));
        spawn_local(async move {
            // It is never rejected.
            let _ = JsFuture::from(asked).await;
            let _ = done.send(());
        });
    };
    in_turn(page, "JSPI", rest, begin).await;

    let rest = rest_of(page, begun.saturating_add(u64::from(rest) * 1000), lasts);
    let begin = move |page: &Page, done: Sender<()>| {
        let promise = later(page, ms);
        let settled = promise.clone();
        let budget = Budget::new(page, budget);
        drop(page.executor().spawn("busy", async move {
            let value = busy::block_on(promise, budget);
            log!("{value:?}");
        }));
        spawn_local(async move {
            // Late: its callback has to wait for the loop.
            let _ = JsFuture::from(settled).await;
            let _ = done.send(());
        });
    };
    in_turn(page, "busy", rest, begin).await;
}

/// What is left of `ms` milliseconds.
fn rest_of(page: &OfPage, begun: u64, ms: u32) -> u32 {
    let gone = page.now().saturating_sub(begun) / 1000;
    u64::from(ms).saturating_sub(gone) as u32
}

/// Begins a way in `after` ms, and waits until it says that it is over, or the run is.
async fn in_turn(page: &Rc<OfPage>, name: &'static str, after: u32, begin: impl FnOnce(&Page, Sender<()>) + 'static) {
    let (done, over) = oneshot::channel();
    page.record(|r| Event::MacrotaskQueued { name: r.name(name), after });
    let of = page.clone();
    in_macrotask(after, move || {
        let Some(page) = of.page() else { return };
        let name = page.executor().recorder().name(name);
        page.record(|_| Event::MacrotaskStarted { name });
        begin(&page, done);
        page.record(|_| Event::MacrotaskEnded { name });
    });
    // Dropped, if the run is left.
    let _ = over.await;
}

/// The promise that is waited for; page.js settles it.
fn later(page: &Page, ms: u32) -> Promise {
    let number = page.next_promise();
    let promise = later_in_js(ms, &page.for_js(number));
    page.promise_created(number, "later()", &promise);
    promise
}

/// What the script and the suspended function record with. The promise is the one that was made last.
fn with_stack(page: &Page) -> Object {
    let promise = page.last_promise();
    let object = page.for_js(promise);
    let of = page.part();
    let suspends = move || {
        of.record(|r| {
            let site = r.site("suspended.rs", waiting_line(), 1);
            Event::StackSuspended { promise, site }
        });
    };
    put(&object, "suspends", Closure::<dyn Fn()>::new(suspends).into_js_value());
    let of = page.part();
    let resumes = move || of.record(|_| Event::StackResumed { promise });
    put(&object, "resumes", Closure::<dyn Fn()>::new(resumes).into_js_value());
    object
}

/// The line of `suspended.rs` that waits: the one that calls for it.
fn waiting_line() -> u32 {
    let mut lines = include_str!("suspended.rs").lines();
    lines.position(|line| line.contains("jspi_block_on_promise")).map_or(0, |line| line as u32 + 1)
}

/// What frames are counted with.
fn with_frames(page: &Page) -> Object {
    const NAME: &str = "frames";
    let object = Object::new();
    let of = page.part();
    let asked = move || of.record(|r| Event::FrameQueued { name: r.name(NAME) });
    put(&object, "frameAsked", Closure::<dyn Fn()>::new(asked).into_js_value());
    let of = page.part();
    let begins = move || {
        of.record(|r| Event::FrameStarted { name: r.name(NAME) });
        of.page().is_some()
    };
    put(&object, "frameBegins", Closure::<dyn Fn() -> bool>::new(begins).into_js_value());
    let of = page.part();
    let ends = move || of.record(|r| Event::FrameEnded { name: r.name(NAME) });
    put(&object, "frameEnds", Closure::<dyn Fn()>::new(ends).into_js_value());
    object
}

/// How long the loop may go on. It is asked after each poll, and says from time to time how many there were.
pub(super) struct Budget {
    page: OfPage,
    ms: u32,
    polls: u32,
    /// When it is spent, and when it tells next, by the run's clock: from the first poll on.
    end: u64,
    tells: u64,
}

impl Budget {
    fn new(page: &Page, ms: u32) -> Self {
        Budget { page: page.part(), ms, polls: 0, end: 0, tells: 0 }
    }

    #[track_caller]
    pub(super) fn is_spent(&mut self) -> bool {
        let all = u64::from(self.ms) * 1000;
        if self.polls == 0 {
            self.end = self.page.now() + all;
            self.tells = self.page.now() + all / REPORTS;
        }
        self.polls += 1;
        if !self.polls.is_multiple_of(POLLS_BETWEEN_LOOKS) {
            return false;
        }
        let now = self.page.now();
        let is_spent = now >= self.end || self.polls >= MOST_POLLS;
        if is_spent || now >= self.tells {
            self.tells = now + all / REPORTS;
            let (polls, at) = (self.polls, Location::caller());
            self.page.record(|r| {
                let site = r.site("busy.rs", at.line(), at.column());
                Event::Spun { task: BUSY, polls, site }
            });
        }
        is_spent
    }
}

//! `languages`, recorded as it happens: the tasks as promises, whose lanes are measured first, and then as futures on our executor,
//! whose run is recorded. Both keep the page's thread busy for real, one after the other, each on a clock of its own.
//!
//! Of promises it is seen when page.js calls a task, when the task computes, when it begins to wait, and for how long; that it
//! could go on is known from its timer's time, and not from the engine's queue. Schedulers that a page does not have are models.

use super::clock::BrowserClock;
use super::devtools::spawn;
use super::driver::{Timeouts, in_macrotask};
use super::live::{Extent, PATIENCE, never_begun, record as record_live};
use super::put;
use super::runs::Ending;
use crate::clock::Clock;
use crate::record::TraceRecorder;
use crate::scenario::{LanguagesParams, Setup};
use crate::sorting::insertion_sort;
use crate::trace::TimeUnit;
use crate::trace::tracks::{Entry, Phase};
use js_sys::{Array, Object};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/scenario/languages/page.js")]
extern "C" {
    fn script(all: &Array);
}

/// Records one run; before it, the promises.
pub(crate) async fn record(params: LanguagesParams, setup: Setup) -> TraceRecorder {
    let Some(measured) = Promises::measure(&params).await else {
        return never_begun(&setup, params.tasks);
    };
    let patience = patience_of(&params);
    // Before the clock begins to go.
    let tracks = params.live_tracks(measured, TimeUnit::BrowserUs.per_ms());
    record_live(setup, Extent { parts: 1, patience, grace: 0 }, move |page| {
        for (name, track) in tracks {
            page.executor().recorder().track(name, track);
        }
        for i in 0..params.tasks {
            drop(spawn(page.executor(), "task", params.task(i)));
        }
        page.part().part_is_over_with_tasks();
    })
    .await
}

/// How long it may take, in ms.
fn patience_of(params: &LanguagesParams) -> u32 {
    params.long + params.wait + 2 * params.tasks * params.compute + PATIENCE
}

/// The tasks as promises, under way.
struct Promises {
    clock: BrowserClock,
    entries: RefCell<Vec<Entry>>,
    left: Cell<u32>,
    timeouts: Timeouts,
    ending: Rc<Ending>,
}

impl Promises {
    /// What each of them did when; none if they were not all done, because the run was left.
    async fn measure(params: &LanguagesParams) -> Option<Vec<Entry>> {
        let this = Rc::new(Promises {
            clock: BrowserClock::new(),
            entries: RefCell::default(),
            left: Cell::new(params.tasks),
            timeouts: Timeouts::default(),
            ending: Ending::new(),
        });
        let all: Array = (0..params.tasks).map(|i| this.for_js(i, params)).collect();
        in_macrotask(0, {
            let this = this.clone();
            move || {
                if this.ending.is_to_come() {
                    this.clock.start();
                    script(&all);
                }
            }
        });
        this.ending.wait(patience_of(params)).await;
        this.timeouts.clear();
        let mut entries = this.entries.take();
        // In order but for what could go on, which was entered when it did.
        insertion_sort(&mut entries, |entry| entry.time);
        (this.left.get() == 0).then_some(entries)
    }

    fn enter(&self, time: u64, phase: Phase, task: u32) {
        if self.ending.is_to_come() {
            self.entries.borrow_mut().push(Entry { time, phase, task, worker: 0 });
        }
    }

    /// What page.js has of a task: its work, and what it says of it.
    fn for_js(self: &Rc<Self>, task: u32, params: &LanguagesParams) -> JsValue {
        let trace = Object::new();
        let put_phase = |name: &str, phase: Phase| {
            let this = self.clone();
            let enters = move || this.enter(this.clock.now(), phase, task);
            put(&trace, name, Closure::<dyn Fn()>::new(enters).into_js_value());
        };
        put_phase("arrives", Phase::Arrived);
        // When the wait that it is in was due.
        let due = Rc::new(Cell::new(None));
        let (this, at) = (self.clone(), due.clone());
        let computes = move || {
            let now = this.clock.now();
            if let Some(due) = at.take() {
                this.enter(now.min(due), Phase::Ready, task);
            }
            this.enter(now, Phase::Computing, task);
        };
        put(&trace, "computes", Closure::<dyn Fn()>::new(computes).into_js_value());
        let this = self.clone();
        let waits = move |ms: u32| {
            let now = this.clock.now();
            due.set(Some(now + u64::from(ms) * this.clock.unit().per_ms()));
            this.enter(now, Phase::Waiting, task);
        };
        put(&trace, "waits", Closure::<dyn Fn(u32)>::new(waits).into_js_value());
        let timeouts = self.timeouts.clone();
        put(&trace, "clears", Closure::<dyn Fn(JsValue)>::new(move |id| timeouts.push(id)).into_js_value());
        let this = self.clone();
        let ends = move || {
            this.enter(this.clock.now(), Phase::Finished, task);
            this.left.set(this.left.get().saturating_sub(1));
            if this.left.get() == 0 {
                this.ending.come();
            }
        };
        put(&trace, "ends", Closure::<dyn Fn()>::new(ends).into_js_value());

        let (work, [first, wait, then]) = (Object::new(), params.work(task));
        put(&work, "first", first);
        put(&work, "wait", wait);
        put(&work, "then", then);
        let all = Object::new();
        put(&all, "work", work);
        put(&all, "trace", trace);
        all.into()
    }
}

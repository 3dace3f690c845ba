//! `watch` in the browser's event loop, under `wasm_bindgen_futures`; and what it costs a poll there.

use futures::channel::oneshot;
use js_sys::Reflect;
use pollscope::trace::event::{DropReason, End, Event, WakeSource};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{TaskKind, Trace};
use pollscope::view::Viewer;
use pollscope::watch::{Watch, watch};
use std::cell::Cell;
use std::rc::Rc;
use std::task::Poll;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

#[path = "../../examples/watch_wasm_bindgen.rs"]
mod example;

/// A trace that was written, read with all its checks, and shown at each of its steps.
fn read(bytes: &[u8]) -> Trace {
    let trace = Trace::read(bytes).expect("the file is whole and in order");
    assert!(trace.head.is_of_another());
    let mut viewer = Viewer::of(trace.clone());
    for cursor in 0..=trace.len() {
        let _ = (viewer.frame(cursor, TaskId(1)), viewer.describe(cursor));
    }
    trace
}

fn count(trace: &Trace, is: impl Fn(Event) -> bool) -> usize {
    (0..trace.len()).filter(|&i| is(trace.event(i))).count()
}

#[wasm_bindgen_test]
async fn application_on_wasm_bindgen_futures_is_watched() {
    let trace = read(&example::recorded().await);
    let text = trace.to_text();
    let is_done = |e| matches!(e, Event::Dropped { reason: DropReason::Completed, .. });
    let mut names: Vec<&str> = (1..=3).map(|task| trace.task_name(TaskId(task))).collect();
    names.sort_unstable();
    assert_eq!(names, ["collector", "worker", "worker"], "{text}");
    assert_eq!(count(&trace, is_done), 3, "{text}");
    assert_eq!(trace.event(trace.len() - 1), Event::Ended { end: End::Completed }, "{text}");
    // One thread: no lanes.
    assert!(trace.tasks.iter().all(|task| task.kind == TaskKind::Future), "{text}");
    // The browser wakes whose pause is over, a worker the collector; and the collector's last poll has a wake before it.
    assert!(count(&trace, |e| matches!(e, Event::Woken { by: WakeSource::Outside, .. })) >= 2, "{text}");
    assert!(
        count(&trace, |e| matches!(e, Event::Woken { task: TaskId(1), by: WakeSource::Task(_), .. })) >= 1,
        "{text}"
    );
    assert!(text.contains("> pause at ") && text.contains("> receive at "), "{text}");
    assert_eq!(trace.head.files.len(), 1);
}

/// A task that a watched one spawns is its child, and it is not polled within the poll that spawned it.
#[wasm_bindgen_test]
async fn task_spawned_in_a_watched_poll_is_polled_after_it() {
    let recording = Watch::new("");
    let (done, is_done) = oneshot::channel();
    let inner = recording.clone();
    spawn_local(recording.watch("outer", async move {
        spawn_local(inner.watch("inner", async move {
            let _ = done.send(());
        }));
        watch("ready", std::future::ready(())).await;
    }));
    assert_eq!(is_done.await, Ok(()));
    let trace = read(&recording.finish());
    let text = trace.to_text();
    assert!(text.contains("task 2 spawned by task 1: inner"), "{text}");
    let at = |is: &dyn Fn(Event) -> bool| (0..trace.len()).find(|&i| is(trace.event(i)));
    let outer = at(&|e| matches!(e, Event::PollEnded { task: TaskId(1), .. })).expect("it ends");
    let inner = at(&|e| matches!(e, Event::PollStarted { task: TaskId(2), .. })).expect("it begins");
    assert!(outer < inner, "{text}");
}

/// What was dropped while it waited is told as that, and what is left is no deadlock.
#[wasm_bindgen_test]
async fn future_dropped_in_the_browser_was_cancelled_and_nothing_is_accused() {
    let recording = Watch::new("");
    let left = recording.watch("left", std::future::pending::<()>());
    let (sent, received) = oneshot::channel();
    spawn_local(async move {
        let mut both = futures::future::select(Box::pin(left), received);
        let _ = (&mut both).await;
    });
    let _ = sent.send(());
    let (done, is_done) = oneshot::channel();
    spawn_local(async move {
        let _ = done.send(());
    });
    assert_eq!(is_done.await, Ok(()));
    let trace = read(&recording.finish());
    assert_eq!(count(&trace, |e| matches!(e, Event::Dropped { reason: DropReason::Cancelled, .. })), 1);
    assert_eq!(trace.findings().all, []);
}

/// A task that gives way so often.
async fn gives_way(times: u32, done: Rc<Cell<u32>>) {
    for _ in 0..times {
        let mut is_over = false;
        std::future::poll_fn(|cx| {
            if std::hint::black_box(is_over) {
                return Poll::Ready(());
            }
            is_over = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
    done.set(done.get() + 1);
}

/// Every poll that happened stands in the trace, and its begin, its wake and its end with it. (`./build.sh bench --browser` says
/// what that costs.)
#[wasm_bindgen_test]
async fn every_poll_under_wasm_bindgen_futures_is_recorded_once() {
    const TASKS: u32 = 10;
    const TIMES: u32 = 100;
    let recording = Watch::new("");
    let done = Rc::new(Cell::new(0));
    for _ in 0..TASKS {
        spawn_local(recording.watch("task", gives_way(TIMES, done.clone())));
    }
    while done.get() < TASKS {
        let (turn, is_next) = oneshot::channel();
        spawn_local(async move {
            let _ = turn.send(());
        });
        let _ = is_next.await;
    }
    let trace = read(&recording.finish());
    let polls = count(&trace, |e| matches!(e, Event::PollStarted { .. }));
    let wakes = count(&trace, |e| matches!(e, Event::Woken { .. }));
    console_log!("{polls} polls, {wakes} wakes, {} events", trace.len());
    assert_eq!((polls, wakes), ((TASKS * (TIMES + 1)) as usize, (TASKS * TIMES) as usize));
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen::prelude::wasm_bindgen(js_namespace = performance, js_name = getEntriesByType)]
    fn entries(kind: &str) -> js_sys::Array;
}

/// The names of the measures with which DevTools make tracks.
fn tracks() -> Vec<String> {
    let get = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).unwrap_or_default();
    let is_track = |entry: &JsValue| {
        let detail = get(entry, "detail");
        detail.is_object() && get(&get(&detail, "devtools"), "dataType") == "track-entry"
    };
    entries("measure").iter().filter(is_track).filter_map(|entry| get(&entry, "name").as_string()).collect()
}

#[wasm_bindgen_test]
async fn recording_that_is_shown_in_devtools_puts_its_tasks_onto_tracks() {
    for is_shown in [true, false] {
        let recording = Watch::new("tracks");
        if is_shown {
            recording.show_in_devtools();
        }
        let (done, is_done) = oneshot::channel();
        spawn_local(recording.watch("shown", async move {
            watch("give way", gives_way(1, Rc::default())).await;
            let _ = done.send(());
        }));
        assert_eq!(is_done.await, Ok(()));
        let trace = read(&recording.finish());
        assert_eq!(count(&trace, |e| matches!(e, Event::PollStarted { .. })), 2);
        let named = |what: &str| tracks().iter().any(|name| name == &format!("1 shown: {what}"));
        if is_shown {
            assert!(named("poll 1") && named("poll 2") && named("ready"), "{:?}", tracks());
            // The next one takes them back.
            take_back();
            assert!(tracks().is_empty());
        } else {
            assert!(tracks().is_empty());
        }
    }
}

/// A recording without a task takes the measures of the one before back.
fn take_back() {
    let recording = Watch::new("");
    recording.show_in_devtools();
    let _ = recording.finish();
}

//! The executor on the browser's event loop: claim by claim, on queues that the test turns itself; and `event-loop`, on the real
//! ones.

use super::{live_of, logged, peeking};
use pollscope::alloc::held;
use pollscope::executor::{Executor, Plan, Schedule};
use pollscope::interop::{BrowserClock, EventLoop, leave_runs};
use pollscope::prelude::{sleep, yield_now};
use pollscope::record::TraceRecorder;
use pollscope::trace::event::{End, Event};
use pollscope::trace::{TimeUnit, Trace};
use pollscope::view::turns::violations;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = "
const real = { queueMicrotask, setTimeout, clearTimeout };
let microtasks = [];
let timeouts = new Map();
let last = 0;
export function hold() {
  [microtasks, timeouts] = [[], new Map()];
  globalThis.queueMicrotask = (f) => { microtasks.push(f); };
  globalThis.setTimeout = (f, ms) => { last += 1; timeouts.set(last, { f, ms }); return last; };
  globalThis.clearTimeout = (id) => { timeouts.delete(id); };
}
export function let_go() { Object.assign(globalThis, real); }
export const microtasks_held = () => microtasks.length;
export function run_microtasks() { while (microtasks.length) microtasks.shift()(); }
export const timeouts_held = () => Float64Array.from([...timeouts.values()].map(({ ms }) => ms));
export function fire() { const [id, { f }] = [...timeouts][0]; timeouts.delete(id); f(); }
export function lose() { timeouts.clear(); }
export function after(f, ms) { setTimeout(f, ms); }
export function wait(ms) { const begun = performance.now(); while (performance.now() - begun < ms); }
")]
extern "C" {
    /// From here on microtasks and timeouts are held, until the test runs them.
    fn hold();
    fn let_go();
    fn microtasks_held() -> u32;
    fn run_microtasks();
    fn timeouts_held() -> Vec<f64>;
    fn fire();
    fn lose();
    fn wait(ms: u32);
    fn after(f: &js_sys::Function, ms: u32);
}

type Live = Executor<TraceRecorder, Schedule>;

/// An executor that is driven by the browser, by the real clock.
fn driven() -> Live {
    let recorder = peeking().recorder(TimeUnit::BrowserUs);
    let executor = Executor::with_policy(recorder, Rc::new(BrowserClock::new()), Schedule::new(&Plan::default()));
    EventLoop::drive(&executor);
    executor
}

/// A list that tasks write to.
type Lines = Rc<RefCell<Vec<&'static str>>>;

fn says(lines: &Lines, line: &'static str) {
    lines.borrow_mut().push(line);
}

#[wasm_bindgen_test]
fn wakes_from_outside_schedule_one_drain() {
    hold();
    let executor = driven();
    for _ in 0..3 {
        executor.spawn_detached("task", async {});
    }
    assert_eq!((microtasks_held(), timeouts_held().len()), (1, 0));
    run_microtasks();
    assert_eq!((executor.alive(), microtasks_held()), (0, 0));
    executor.detach();
    let_go();
}

#[wasm_bindgen_test]
fn long_drains_give_the_thread_back_and_go_on_in_one_macrotask() {
    hold();
    let executor = driven();
    let stop = Rc::new(Cell::new(false));
    executor.spawn_detached("busy", {
        let stop = stop.clone();
        async move {
            while !stop.get() {
                yield_now().await;
            }
        }
    });
    run_microtasks();
    assert_eq!((microtasks_held(), timeouts_held()), (0, vec![0.0]), "it goes on in a macrotask");
    executor.spawn_detached("woken meanwhile", async {});
    assert_eq!((microtasks_held(), timeouts_held().len()), (0, 1), "that macrotask polls it, too");
    fire();
    assert_eq!((executor.alive(), timeouts_held().len()), (1, 1));
    stop.set(true);
    fire();
    assert_eq!((executor.alive(), timeouts_held().len()), (0, 0));
    executor.detach();
    let_go();
}

/// As in engines that run microtasks inside of `alert`.
#[wasm_bindgen_test]
fn drain_that_starts_inside_of_one_is_put_off() {
    hold();
    let executor = driven();
    let lines = Lines::default();
    executor.spawn_detached("alerts", {
        let lines = lines.clone();
        async move {
            sleep(1).await;
            says(&lines, "before");
            run_microtasks();
            says(&lines, "after");
        }
    });
    run_microtasks();
    wait(3);
    executor.spawn_detached("other", {
        let lines = lines.clone();
        async move { says(&lines, "other") }
    });
    assert_eq!(microtasks_held(), 1, "its drain is queued");
    // The timer's drain comes first, and the other one is started inside of it.
    fire();
    let other = lines.borrow().iter().position(|&line| line == "other");
    assert!(lines.borrow().ends_with(&["before", "after"]) || other == Some(2), "{lines:?}");
    assert!(!lines.borrow().windows(3).any(|three| three == ["before", "other", "after"]), "it was not entered");
    while !timeouts_held().is_empty() {
        fire();
    }
    assert_eq!((executor.alive(), lines.borrow().len()), (0, 3));
    executor.detach();
    let_go();
}

#[wasm_bindgen_test]
fn timers_share_one_timeout_which_goes_with_them() {
    hold();
    let executor = driven();
    let soon = executor.spawn("soon", sleep(20_000));
    for ms in [50_000, 70_000] {
        executor.spawn_detached("later", async move {
            sleep(ms).await;
        });
    }
    run_microtasks();
    let held = timeouts_held();
    assert!(held.len() == 1 && held[0] <= 20_000.0, "{held:?}");
    assert!(executor.cancel(soon.id()), "it waits");
    let held = timeouts_held();
    assert!(held.len() == 1 && held[0] > 20_000.0 && held[0] <= 50_000.0, "it is set anew: {held:?}");
    executor.detach();
    assert_eq!(timeouts_held().len(), 0, "an executor that is left has none");
    let_go();
}

#[wasm_bindgen_test]
fn timeouts_beyond_the_longest_come_in_pieces_and_early_ones_are_asked_for_again() {
    hold();
    let executor = driven();
    executor.spawn_detached("long", async { sleep(3_000_000_000).await });
    run_microtasks();
    assert_eq!(timeouts_held(), [2_147_483_647.0]);
    // Far too early; its piece is over, and the rest is asked for.
    fire();
    assert_eq!((executor.alive(), timeouts_held()), (1, vec![2_147_483_647.0]));
    executor.detach();

    let executor = driven();
    executor.spawn_detached("short", async { sleep(40_000).await });
    run_microtasks();
    fire();
    let held = timeouts_held();
    assert!(executor.alive() == 1 && held.len() == 1 && held[0] > 0.0 && held[0] <= 40_000.0, "{held:?}");
    executor.detach();
    let_go();
}

#[wasm_bindgen_test]
fn timeouts_that_got_lost_are_set_again() {
    hold();
    let executor = driven();
    executor.spawn_detached("sleeps", async { sleep(1).await });
    run_microtasks();
    lose();
    wait(1100);
    executor.spawn_detached("wakes", async {});
    run_microtasks();
    assert_eq!(timeouts_held(), [0.0]);
    fire();
    assert_eq!(executor.alive(), 0);
    executor.detach();
    let_go();
}

#[wasm_bindgen_test]
fn nothing_is_polled_once_the_executor_is_left() {
    hold();
    let executor = driven();
    executor.spawn_detached("task", async { sleep(0).await });
    executor.detach();
    let polls = executor.polls();
    run_microtasks();
    assert_eq!((executor.polls(), timeouts_held().len()), (polls, 0));
    let_go();
}

/// Sleeps that are cancelled leave no timeout; and with their executors, which have recorded them, they leave no byte.
#[wasm_bindgen_test]
fn cancelled_sleeps_leave_nothing_behind() {
    const RUNS: u32 = 20;
    const SLEEPS: u32 = 500;
    hold();
    let mut after = Vec::with_capacity(RUNS as usize);
    for _ in 0..RUNS {
        let executor = driven();
        let mut most = (0, 0);
        for ms in 0..SLEEPS {
            let sleeper = executor.spawn("sleeps", sleep(20_000 + ms));
            run_microtasks();
            most.0 = most.0.max(timeouts_held().len());
            executor.cancel(sleeper.id());
            run_microtasks();
            most.1 = most.1.max(timeouts_held().len());
        }
        assert_eq!((most, executor.alive()), ((1, 0), 0));
        executor.detach();
        drop(executor);
        after.push(held().now);
    }
    let_go();
    let (half, all) = (after[RUNS as usize / 2 - 1], after[RUNS as usize - 1]);
    assert!(all <= half, "after as many again: {after:?}");
}

/// Of two executors on one queue of microtasks, neither keeps the other waiting.
#[wasm_bindgen_test]
async fn foreign_executor_beside_it_interleaves() {
    let executor = driven();
    let lines = Lines::default();
    let task = |lines: Lines, names: [&'static str; 2]| async move {
        says(&lines, names[0]);
        let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await;
        says(&lines, names[1]);
    };
    executor.spawn_detached("ours", task(lines.clone(), ["our 1", "our 2"]));
    wasm_bindgen_futures::spawn_local(task(lines.clone(), ["their 1", "their 2"]));
    for _ in 0..10 {
        let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await;
    }
    assert_eq!(lines.borrow().len(), 4);
    let at = |line| lines.borrow().iter().position(|&is| is == line);
    assert!(at("our 1") < at("their 2") && at("their 1") < at("our 2"), "{lines:?}");
    executor.detach();
}

async fn run(given: &[(&str, &str)]) -> Trace {
    live_of("event-loop", given).await
}

#[wasm_bindgen_test]
async fn default_mix_runs_in_the_order_that_is_prescribed() {
    let trace = run(&[]).await;
    let lines = logged(&trace);
    assert_eq!(lines[..4], ["then 1", "microtask 1", "task 1", "task 1, woken"], "{}", trace.to_text());
    assert!(lines[4..].contains(&"timeout 1") && lines[4..].contains(&"frame 1"));
    assert!(trace.to_text().ends_with("end\n"));
    assert_eq!(violations(&trace), []);
}

#[wasm_bindgen_test]
async fn drain_in_a_macrotask_comes_after_all_microtasks() {
    let trace = run(&[("drain", "macrotask"), ("spawned", "first")]).await;
    let lines = logged(&trace);
    assert_eq!(lines[..2], ["then 1", "microtask 1"], "{}", trace.to_text());
    assert!(!trace.to_text().contains("microtask queued: drain"));
}

#[wasm_bindgen_test]
async fn task_that_never_waits_is_ended_by_the_budget_and_nothing_else_runs() {
    let trace = run(&[("greedy", "task")]).await;
    assert_eq!(trace.event(trace.len() - 1), Event::Ended { end: End::Polls(600) }, "{}", trace.to_text());
    assert!(!logged(&trace).contains(&"timeout 1") && !logged(&trace).contains(&"frame 1"));
}

#[wasm_bindgen_test]
async fn chain_of_microtasks_keeps_all_others_waiting_and_is_bounded() {
    let trace = run(&[("greedy", "microtask"), ("messages", "1")]).await;
    let lines = logged(&trace);
    let at = |line| lines.iter().position(|&is| is == line);
    assert!(at("endless 1") < at("timeout 1") && at("endless 1") < at("message 1") && at("endless 1") < at("frame 1"));
    assert_eq!(trace.to_text().matches("microtask > endless 1").count(), 100);
    assert_eq!(violations(&trace), []);
}

#[wasm_bindgen_test]
async fn run_that_is_left_ends_there() {
    let (trace, ()) = futures::future::join(run(&[("delay", "50")]), async {
        // One: an engine may take long for more of them.
        let turn = js_sys::Promise::new(&mut |resolve, _| after(&resolve, 0));
        let _ = wasm_bindgen_futures::JsFuture::from(turn).await;
        leave_runs();
    })
    .await;
    assert!(!logged(&trace).contains(&"timeout 1"), "{}", trace.to_text());
    assert!(matches!(trace.event(trace.len() - 1), Event::Ended { end: End::GaveUp(_) }));
}

/// A number that follows from the one before.
fn next(seed: &mut u32, below: u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    (*seed >> 8) % below
}

fn random_mix(seed: &mut u32) -> Vec<(&'static str, String)> {
    let sources = ["timeout", "message", "frame", "then", "microtask", "task"];
    let counts = ["timeouts", "messages", "frames", "thens", "microtasks", "rust_tasks"];
    let mut mix: Vec<(&'static str, String)> = counts.iter().map(|&field| (field, next(seed, 4).to_string())).collect();
    mix.push(("delay", next(seed, 5).to_string()));
    mix.push(("outer", sources[next(seed, 5) as usize].to_owned()));
    mix.push(("inner", sources[next(seed, 6) as usize].to_owned()));
    mix.push(("drain", ["microtask", "macrotask"][next(seed, 2) as usize].to_owned()));
    mix.push(("spawned", ["first", "last"][next(seed, 2) as usize].to_owned()));
    mix
}

/// A hundred at a time, on one event loop: what the one asks for comes between what the others do.
#[wasm_bindgen_test]
async fn thousand_random_mixes_run_in_an_order_that_is_prescribed() {
    let mut seed = 7;
    let mut callbacks = 0;
    for _ in 0..10 {
        let mixes: Vec<_> = (0..100).map(|_| random_mix(&mut seed)).collect();
        let made = async |mix: &[(&'static str, String)]| {
            let given: Vec<(&str, &str)> = mix.iter().map(|(field, value)| (*field, value.as_str())).collect();
            run(&given).await
        };
        let is_whole = |trace: &Trace| trace.event(trace.len() - 1) == Event::Ended { end: End::Completed };
        let runs = mixes.iter().map(|mix| async move {
            let first = made(mix).await;
            // A machine that is busy may give up some of a hundred side by side. What that one did is in order, too.
            let again = if is_whole(&first) { None } else { Some(made(mix).await) };
            (first, again)
        });
        for ((first, again), mix) in futures::future::join_all(runs).await.iter().zip(&mixes) {
            assert_eq!(violations(first), [], "{mix:?}\n{}", first.to_text());
            let trace = again.as_ref().unwrap_or(first);
            let end = trace.event(trace.len() - 1);
            assert_eq!(end, Event::Ended { end: End::Completed }, "{mix:?}\n{}", trace.to_text());
            assert_eq!(violations(trace), [], "{mix:?}\n{}", trace.to_text());
            callbacks += logged(trace).len();
        }
    }
    assert!(callbacks > 8000, "{callbacks}");
}

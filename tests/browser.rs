//! The executor, the real bytes and the promises, in a real browser. `./build.sh test` runs it.

#![cfg(target_arch = "wasm32")]

#[path = "browser/abort.rs"]
mod abort;
#[path = "browser/block_on.rs"]
mod block_on;
#[path = "browser/called.rs"]
mod called;
#[path = "browser/future_promise.rs"]
mod future_promise;
#[path = "browser/given.rs"]
mod given;
#[path = "browser/halves.rs"]
mod halves;
#[path = "browser/streams.rs"]
mod streams;
#[path = "browser/watch.rs"]
mod watch;

use js_sys::{Function, Promise, Reflect};
use pollscope::executor::{Executor, Plan};
use pollscope::interop;
use pollscope::prelude::{log, sleep, spawn};
use pollscope::record::Budget;
use pollscope::scenario::{Setup, find};
use pollscope::trace::event::{Event, Settled, WakeSource};
use pollscope::trace::ids::{PromiseId, TaskId};
use pollscope::trace::{Role, TaskKind, Trace};
use pollscope::view::Viewer;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "browser/turns.rs"]
mod turns;

/// What is allocated is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;

wasm_bindgen_test_configure!(run_in_browser);

fn peeking() -> Setup {
    Setup { peek: Some(interop::peek), ..Setup::default() }
}

fn run(id: &str, given: &[(&str, &str)]) -> Trace {
    find(id).and_then(|s| s.start(given, peeking())).expect("good parameters").run()
}

async fn live(given: &[(&str, &str)]) -> Trace {
    live_of("promise-future", given).await
}

async fn live_of(id: &str, given: &[(&str, &str)]) -> Trace {
    let scenario = find(id).expect("it is there");
    scenario.record(given, peeking()).await.expect("good parameters")
}

/// The first event that is as `is` says, at or after `from`.
fn find_event(trace: &Trace, from: usize, is: impl Fn(Event) -> bool) -> Option<usize> {
    (from..trace.len()).find(|&i| is(trace.event(i)))
}

/// The same, of one that is there; `what` it is called where it is not.
fn at(trace: &Trace, from: usize, what: &str, is: impl Fn(Event) -> bool) -> usize {
    find_event(trace, from, is).unwrap_or_else(|| panic!("{what} is not in\n{}", trace.to_text()))
}

fn logged(trace: &Trace) -> Vec<&str> {
    let text = |i| match trace.event(i) {
        Event::Logged { text, .. } => Some(trace.name(text)),
        _ => None,
    };
    (0..trace.len()).filter_map(text).collect()
}

#[wasm_bindgen_test]
fn executor_runs_a_hundred_thousand_timers_on_the_virtual_clock() {
    const TASKS: u32 = 100_000;
    let executor = Executor::new(());
    let done = Rc::new(Cell::new(0));
    for i in 0..TASKS {
        let done = done.clone();
        drop(executor.spawn("timer", async move {
            sleep(i % 1000).await;
            done.set(done.get() + 1);
        }));
    }
    executor.run();
    assert_eq!((done.get(), executor.now()), (TASKS, 999));
}

#[wasm_bindgen_test]
fn tasks_spawn_and_join_in_the_browser() {
    let executor = peeking().executor();
    drop(executor.spawn("main", async {
        let child = spawn(async {
            sleep(5).await;
            42
        });
        log!("got {}", child.await);
    }));
    executor.run();
    assert_eq!(logged(&executor.recorder().finish()), ["got 42"]);
}

/// What the trace was natively, it is here, line by line; sizes and addresses are not in its text.
#[wasm_bindgen_test]
fn traces_are_those_that_native_runs_make() {
    let natively = [
        ("state-machine", &[][..], include_str!("traces/state-machine.txt")),
        (
            "state-machine",
            &[("callers", "3"), ("written", "async_fn")],
            include_str!("traces/state-machine-callers.txt"),
        ),
        ("state-machine", &[("written", "callbacks")], include_str!("traces/state-machine-callbacks.txt")),
        ("poll-waker", &[], include_str!("traces/poll-waker.txt")),
        ("lost-wake", &[], include_str!("traces/lost-wake.txt")),
        ("executor", &[], include_str!("traces/executor.txt")),
        ("moving", &[], include_str!("traces/moving.txt")),
        ("call-centre", &[("callers", "2")], include_str!("traces/call-centre.txt")),
    ];
    for (id, given, expected) in natively {
        let text = run(id, given).to_text();
        let lines: Vec<&str> = text.lines().filter(|l| !l.contains(" allocated ")).collect();
        assert_eq!(lines.join("\n"), expected.trim_end(), "{id} {given:?}");
    }
}

/// Random runs, changed in random ways: each comes to the same trace as natively (`tests/contract/same.rs`).
#[wasm_bindgen_test]
fn random_runs_come_to_the_same_traces_as_natively() {
    let natively = include_str!("traces/same.txt");
    for line in natively.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        let [id, given, changes, digest] = parts[..] else { panic!("four parts: {line}") };
        let given: Vec<(&str, &str)> = given.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let plan = Plan { changes: Plan::read_changes(changes).expect("made well"), ..Plan::default() };
        let budget = Budget { polls: 2000, events: 6000, ..Budget::default() };
        let setup = Setup { plan, budget, ..peeking() };
        let trace = find(id).and_then(|s| s.start(&given, setup)).expect("good parameters").run();
        assert_eq!(trace.digest(), digest, "{line}\n{}", trace.to_text());
    }
    assert!(natively.lines().count() > 50);
}

/// The compiler numbers the states of an `async fn` 0, then 3 and up, and 1 at the end; the byte that does so is found.
#[wasm_bindgen_test]
fn discriminants_are_found_in_the_real_bytes() {
    let trace = run("state-machine", &[]);
    let mut replay = Viewer::of(trace);
    let machines = replay.frame(usize::MAX, TaskId::NONE).machines;
    let tags = |m: usize| machines[m].states.iter().map(|s| s.tag).collect::<Vec<_>>();
    assert!(machines[0].discriminant.is_some(), "the async fn's discriminant is found");
    assert_eq!(tags(0), [Some(0), Some(3), Some(4), Some(5), Some(1)]);
    assert!(machines[1].discriminant.is_some(), "the enum's discriminant is found");
    let by_hand = tags(1);
    assert!((0..4).all(|i| by_hand[i].is_some() && (0..i).all(|j| by_hand[i] != by_hand[j])), "{by_hand:?}");
}

#[wasm_bindgen_test]
fn snapshots_hold_the_bytes_of_the_whole_future_and_its_named_fields() {
    let trace = run("state-machine", &[]);
    let mut named = Vec::new();
    for i in 0..trace.len() {
        let Event::StateChanged { task, bytes, .. } = trace.event(i) else { continue };
        let (snapshot, info) =
            (trace.snapshot(bytes).expect("there are bytes"), trace.task(task).expect("it is there"));
        assert_eq!(snapshot.bytes.len() as u32, info.size);
        assert_eq!(snapshot.address, info.address, "a future that was polled stays where it is");
        for field in &snapshot.fields {
            assert!(field.offset + field.size <= info.size);
            named.push(trace.name(field.name).to_owned());
            if trace.name(field.name) == "target" && field.role == Role::Value {
                let at = field.offset as usize;
                let number = u32::from_le_bytes(snapshot.bytes[at..at + 4].try_into().expect("four bytes"));
                assert!(number == 12_345 || snapshot.bytes[at + 4..at + 8] == 12_345u32.to_le_bytes() || number > 0);
            }
        }
    }
    for name in [
        "clerk",
        "target",
        "clerk.listen()",
        "clerk.dial(&target)",
        "line.send(&target)",
        "asking",
        "ringing",
        "sending",
    ] {
        assert!(named.iter().any(|n| n == name), "{name} is among {named:?}");
    }
}

#[wasm_bindgen_test]
fn async_block_points_into_itself() {
    let trace = run("moving", &[]);
    let mut replay = Viewer::of(trace);
    let frame = replay.frame(usize::MAX, TaskId::NONE);
    let block = frame.slots.iter().find(|s| s.name == "async block").expect("it was looked at");
    let bytes = block.bytes.as_ref().expect("its bytes were read");
    let pointers: Vec<_> = bytes.fields.iter().filter_map(|f| f.target.as_ref()).collect();
    assert_eq!(pointers.len(), 1, "one pointer into itself");
    let target = pointers[0];
    assert!(!target.dangling && (block.address..block.address + block.size).contains(&target.address));
    let at = (target.address - block.address) as usize;
    assert_eq!(bytes.bytes[at..at + 2], 42u16.to_le_bytes(), "it points to the local");
}

#[wasm_bindgen_test]
fn answer_of_moving_is_read_off_the_value_that_moved() {
    let runs = [(&[][..], "old_address"), (&[("pin_first", "yes")], "still_right"), (&[("moves", "3")], "still_right")];
    for (given, answer) in runs {
        assert_eq!(run("moving", given).answer.as_deref(), Some(answer), "{given:?}");
    }
}

#[wasm_bindgen_test]
fn moved_future_s_pointer_dangles_in_four_real_bytes() {
    let trace = run("moving", &[]);
    let mut replay = Viewer::of(trace);
    let frame = replay.frame(usize::MAX, TaskId::NONE);
    let (here, there) = (&frame.slots[0], &frame.slots[1]);
    assert_eq!((here.size, there.size), (8, 8), "a u16, two bytes of padding, a pointer of four");
    let fields = &there.bytes.as_ref().expect("a value lives there").fields;
    let field = |name| fields.iter().find(|f| f.name == name).expect("a field of the struct");
    let target = field("local_ref").target.as_ref().expect("its bytes are known");
    let local_var = here.address + field("local_var").offset;
    assert_eq!((target.address, target.slot, target.dangling), (local_var, Some(0), true));
}

#[wasm_bindgen_test]
async fn promise_that_resolves_wakes_its_task_in_a_microtask_after_the_callback() {
    let trace = live(&[("wait", "5"), ("rust_ms", "12")]).await;
    let at = |from, what: &str, is: &dyn Fn(Event) -> bool| {
        find_event(&trace, from, is).unwrap_or_else(|| panic!("{what} is not in\n{}", trace.to_text()))
    };
    let asked = at(0, "first poll", &|e| e == Event::PollStarted { task: TaskId(1), nth: 1 });
    let settled = at(asked, "settled", &|e| {
        matches!(e, Event::PromiseSettled { promise: PromiseId(1), how: Settled::Resolved, .. })
    });
    let returned = at(settled, "end of callback", &|e| matches!(e, Event::MacrotaskEnded { .. }));
    let reaction = at(returned, "reaction", &|e| matches!(e, Event::Reaction { promise: PromiseId(1), .. }));
    let woken = at(reaction, "wake", &|e| {
        matches!(e, Event::Woken { task: TaskId(1), by: WakeSource::Promise(PromiseId(1)), .. })
    });
    let queued = at(woken, "drain queued", &|e| matches!(e, Event::MicrotaskQueued { .. }));
    let drained = at(queued, "drain", &|e| matches!(e, Event::MicrotaskStarted { .. }));
    let polled = at(drained, "second poll", &|e| e == Event::PollStarted { task: TaskId(1), nth: 2 });
    assert!(find_event(&trace, settled, |e| matches!(e, Event::MacrotaskStarted { .. })).is_none_or(|i| i > polled));
    assert_eq!(trace.answer.as_deref(), Some("after_callback"));
    assert_eq!(logged(&trace), ["Ok(JsValue(\"Hello from JavaScript\"))", "Hello from Rust"]);
    assert!(trace.to_text().ends_with("end\n"));
}

#[wasm_bindgen_test]
async fn promise_that_rejects_is_an_err_with_its_value() {
    let trace = live(&[("wait", "1"), ("rust_ms", "0"), ("outcome", "reject")]).await;
    assert!(logged(&trace).contains(&"Err(JsValue(\"The line is busy\"))"), "{:?}", logged(&trace));
}

#[wasm_bindgen_test]
async fn promise_that_never_settles_leaves_its_task_waiting() {
    let trace = live(&[("wait", "1"), ("rust_ms", "1"), ("outcome", "never")]).await;
    assert_eq!(logged(&trace), ["Hello from Rust"]);
    assert!(trace.to_text().ends_with("end: GaveUp(1)\n"), "{}", trace.to_text());
    assert_eq!(trace.answer.as_deref(), Some("never"));
}

#[wasm_bindgen_test]
async fn rust_future_is_awaited_by_javascript() {
    let trace = live(&[("wait", "0"), ("rust_ms", "3")]).await;
    let ready = find_event(&trace, 0, |e| matches!(e, Event::Dropped { task: TaskId(2), .. })).expect("reply is done");
    let settled = find_event(&trace, ready, |e| matches!(e, Event::PromiseSettled { promise: PromiseId(2), .. }));
    let reacted = find_event(&trace, settled.expect("its promise is settled"), |e| {
        matches!(e, Event::Reaction { promise: PromiseId(2), .. })
    });
    assert!(reacted.is_some(), "and page.js goes on");
}

#[wasm_bindgen_test]
async fn live_runs_do_not_mix() {
    let (a, b) =
        futures::future::join(live(&[("wait", "3"), ("rust_ms", "6")]), live(&[("wait", "4"), ("rust_ms", "5")])).await;
    for trace in [a, b] {
        assert_eq!(logged(&trace), ["Ok(JsValue(\"Hello from JavaScript\"))", "Hello from Rust"]);
        assert!(trace.tasks.iter().all(|t| t.kind == TaskKind::Future));
    }
}

#[wasm_bindgen_test]
async fn live_and_deterministic_scenarios_are_told_apart() {
    assert!(find("state-machine").expect("it is there").record(&[], peeking()).await.is_err());
    assert!(find("promise-future").and_then(|s| s.start(&[], peeking())).is_err());
    assert!(find("promise-future").expect("it is there").record(&[("wait", "x")], peeking()).await.is_err());
}

/// The bytes that `peek` reads are those that JavaScript sees at that address.
#[wasm_bindgen_test]
fn peek_reads_linear_memory() {
    let value: Box<[u8; 5]> = Box::new([1, 2, 3, 250, 0]);
    let mut out = [0; 5];
    interop::peek(std::ptr::from_ref(&*value).addr(), &mut out);
    assert_eq!(out, *value);
}

#[wasm_bindgen_test]
async fn microtasks_run_before_the_next_timeout() {
    let promise = Promise::resolve(&JsValue::from(7));
    let value = wasm_bindgen_futures::JsFuture::from(promise).await.expect("it resolves");
    assert_eq!(value.as_f64(), Some(7.0));
    let global = js_sys::global();
    assert!(Reflect::get(&global, &"queueMicrotask".into()).is_ok_and(|f| f.dyn_ref::<Function>().is_some()));
}

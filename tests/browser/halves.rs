//! The live halves of scenarios whose runs are made otherwise: `lazy`, `languages` and `blocking`, with real promises, a real
//! worker, and a page's thread that is kept busy for real.

use super::{at, find_event, live_of, logged};
use js_sys::{Function, Promise};
use pollscope::interop::{leave_runs, make_workers_by};
use pollscope::trace::event::{DropReason, End, Event, Settled};
use pollscope::trace::ids::{PromiseId, TaskId};
use pollscope::trace::tracks::Phase;
use pollscope::trace::{Mode, TimeUnit, Trace};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = "
export const began = { workers: 0, ended: 0 };
const Counted = class extends Worker {
  constructor(url) { super(url); began.workers += 1; }
  terminate() { began.ended += 1; super.terminate(); }
};
const of = (source) => new Counted(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
export const working = () => of(`
  postMessage('ready');
  onmessage = ({ data: { ms } }) => {
    const end = performance.now() + ms;
    let found = 0;
    while (performance.now() < end) found += 1;
    postMessage(found);
  };`);
export const broken = () => of('throw new Error(\"broken\")');
export const silent = () => of('');
export const forbidden = () => { throw new TypeError('forbidden here'); };
export const workers = () => began.workers - began.ended;
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
")]
extern "C" {
    fn working() -> JsValue;
    #[wasm_bindgen(catch)]
    fn broken() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn silent() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    fn forbidden() -> Result<JsValue, JsValue>;
    /// How many workers there are.
    fn workers() -> i32;
    fn wait(ms: u32) -> Promise;
}

fn end_of(trace: &Trace) -> Event {
    trace.event(trace.len() - 1)
}

/// Runs are made by default, and say which they are.
async fn live(id: &str, given: &[(&str, &str)]) -> Trace {
    let given: Vec<_> = [("runs", "live")].iter().chain(given).copied().collect();
    let trace = live_of(id, &given).await;
    assert_eq!((trace.head.mode, trace.unit), (Mode::Live, TimeUnit::BrowserUs));
    trace
}

/// The lines that one of the two languages wrote: those of page.js are no task's.
fn lines(trace: &Trace, of_page: bool) -> Vec<(usize, &str)> {
    let line = |i| match trace.event(i) {
        Event::Logged { task, text, .. } if task.is_some() != of_page => Some((i, trace.name(text))),
        _ => None,
    };
    (0..trace.len()).filter_map(line).collect()
}

fn line(trace: &Trace, of_page: bool, text: &str) -> usize {
    let found = lines(trace, of_page).into_iter().find(|(_, line)| *line == text);
    found.unwrap_or_else(|| panic!("{text:?} is not in\n{}", trace.to_text())).0
}

#[wasm_bindgen_test]
async fn call_of_an_async_function_of_javascript_runs_it_and_one_of_rust_does_not() {
    let trace = live("lazy", &[("held", "3"), ("takes", "5")]).await;
    let made = at(&trace, 0, "promise of hello", |e| match e {
        Event::PromiseCreated { name, .. } => trace.name(name) == "hello(takes)",
        _ => false,
    });
    // All inside of the call: no turn of the event loop ends in between.
    let (begun, returned) = (line(&trace, true, "hello: my first line"), line(&trace, true, "main: I hold a promise"));
    assert!(line(&trace, true, "main: I call hello") < begun && begun < made && made < returned);
    let ended = at(&trace, 0, "end of the script", |e| matches!(e, Event::MacrotaskEnded { .. }));
    assert!(returned < ended, "{}", trace.to_text());
    // Rust's runs in the poll in which it is awaited, as in a run that is made.
    let held = line(&trace, false, "main: I hold a future");
    assert!(held < line(&trace, false, "main: Await"));
    assert!(line(&trace, false, "main: Await") < line(&trace, false, "hello: my first line"));
    assert_eq!(trace.answer.as_deref(), Some("in_main"));
    assert_eq!(end_of(&trace), Event::Ended { end: End::Completed });
}

#[wasm_bindgen_test]
async fn promise_that_is_let_go_goes_on_and_a_future_that_is_dropped_does_not() {
    for (then, answer) in [("drop", "never"), ("spawn", "own_task"), ("poll_once", "in_main")] {
        let trace = live("lazy", &[("then", then), ("held", "1"), ("takes", "20")]).await;
        let last = line(&trace, true, "hello: my last line");
        assert!(line(&trace, true, "main: my last line") < last, "it goes on after {then}");
        at(&trace, last, "settled", |e| {
            matches!(e, Event::PromiseSettled { promise: PromiseId(1), how: Settled::Resolved, .. })
        });
        let ours: Vec<&str> = lines(&trace, false).into_iter().map(|(_, line)| line).collect();
        assert_eq!(ours.contains(&"hello: my last line"), then == "spawn", "{then}: {ours:?}");
        assert_eq!(ours.contains(&"hello: my first line"), then != "drop", "{then}: {ours:?}");
        assert_eq!(trace.answer.as_deref(), Some(answer));
    }
}

#[wasm_bindgen_test]
async fn lines_of_page_js_are_at_their_places() {
    let trace = live("lazy", &[("held", "0"), ("takes", "0")]).await;
    let file = trace.head.files.iter().find(|file| file.name == "page.js").expect("it is shown with the run");
    for (i, text) in lines(&trace, true) {
        let Event::Logged { site, .. } = trace.event(i) else { unreachable!("it is a line") };
        let site = trace.site(site).unwrap_or_else(|| panic!("{text} has a place"));
        let there = file.text.lines().nth(site.line as usize - 1).unwrap_or_default();
        assert!(there.contains("trace.log("), "{text}: {there}");
    }
}

#[wasm_bindgen_test]
async fn promises_take_turns_on_one_thread_and_run_when_they_are_called() {
    let trace = live("languages", &[("tasks", "4"), ("long", "12"), ("compute", "2"), ("wait", "5")]).await;
    let names: Vec<&str> = trace.tracks.iter().map(|track| trace.name(track.name)).collect();
    assert_eq!(names, ["os_threads", "goroutines", "promises", "futures", "futures_over"]);
    assert_eq!(trace.tracks.iter().map(|track| track.model).collect::<Vec<_>>(), [true, true, false, false, true]);
    let promises = &trace.tracks[2];
    assert!(promises.is_measured() && !trace.tracks[3].is_measured());
    // Each is called, and computes to its first wait, before the next one is called.
    // That one could go on meanwhile changes nothing.
    let own = promises.entries.iter().filter(|entry| entry.phase != Phase::Ready);
    let first: Vec<(u32, Phase)> = own.take(12).map(|entry| (entry.task, entry.phase)).collect();
    let eager = |task| [Phase::Arrived, Phase::Computing, Phase::Waiting].map(|phase| (task, phase));
    assert_eq!(first, (0..4).flat_map(eager).collect::<Vec<_>>());
    // One at a time, for at least as long as it says.
    let mut computing = None;
    for entry in &promises.entries {
        match entry.phase {
            Phase::Computing => assert_eq!(computing.replace((entry.task, entry.time)), None, "one thread"),
            Phase::Waiting | Phase::Finished => {
                let (task, since) = computing.take().expect("it has computed");
                let least = if entry.phase == Phase::Waiting && task == 0 { 12_000 } else { 2000 };
                assert_eq!(task, entry.task);
                assert!(entry.time - since + 1100 >= least, "{task} has computed from {since} to {}", entry.time);
            }
            _ => {}
        }
    }
    assert_eq!(promises.entries.iter().filter(|entry| entry.phase == Phase::Finished).count(), 4);
    // The futures compute for real, too; all are there before the first computes.
    let polled = at(&trace, 0, "poll", |e| matches!(e, Event::PollStarted { .. }));
    assert_eq!((0..polled).filter(|&i| matches!(trace.event(i), Event::Spawned { .. })).count(), 4);
    let worked = |e| matches!(e, Event::ClockAdvanced { task: TaskId(1), by, .. } if by >= 12_000);
    at(&trace, polled, "the long task's work", worked);
    assert_eq!(trace.answer.as_deref(), Some("one"));
}

/// When a job is with a worker: from its promise to what settles that.
fn with_worker(trace: &Trace) -> (usize, usize) {
    let sent = at(trace, 0, "a job for a worker", |e| matches!(e, Event::PromiseCreated { .. }));
    (sent, at(trace, sent, "its answer", |e| matches!(e, Event::PromiseSettled { .. })))
}

fn polls_of_others(trace: &Trace, from: usize, to: usize) -> usize {
    (from..to).filter(|&i| matches!(trace.event(i), Event::PollStarted { task: TaskId(1), .. })).count()
}

#[wasm_bindgen_test]
async fn job_keeps_the_thread_of_the_page_and_one_in_pieces_gives_it_back() {
    let given = [("job_takes", "40"), ("others", "1"), ("period", "4"), ("pieces", "4")];
    let block = live("blocking", &[&given[..], &[("way", "block")]].concat()).await;
    let worked =
        at(&block, 0, "the job", |e| matches!(e, Event::ClockAdvanced { task: TaskId(2), by, .. } if by >= 40_000));
    let begun = (0..worked).rfind(|&i| matches!(block.event(i), Event::PollStarted { .. })).expect("a poll");
    assert_eq!(polls_of_others(&block, begun, worked), 0);
    assert_eq!(block.answer.as_deref(), Some("job"));
    let pieces = live("blocking", &[&given[..], &[("way", "yield")]].concat()).await;
    let at_work: Vec<usize> =
        (0..pieces.len()).filter(|&i| matches!(pieces.event(i), Event::ClockAdvanced { .. })).collect();
    assert_eq!(at_work.len(), 4, "{}", pieces.to_text());
    // The other one is due in each of them, and has a turn before the job is done: timers are the event loop's, so that it may be
    // two pieces late.
    assert!(polls_of_others(&pieces, at_work[0], at_work[3]) > 0, "{}", pieces.to_text());
    assert_eq!(pieces.answer.as_deref(), Some("piece"));
}

#[wasm_bindgen_test]
async fn worker_computes_while_the_tasks_of_the_page_go_on() {
    make_workers_by(Function::from(Closure::<dyn Fn() -> JsValue>::new(working).into_js_value()));
    let given = [("way", "worker"), ("job_takes", "300"), ("others", "1"), ("period", "5")];
    let trace = live("blocking", &given).await;
    let (sent, answered) = with_worker(&trace);
    assert!(polls_of_others(&trace, sent, answered) >= 2, "{}", trace.to_text());
    assert!(find_event(&trace, 0, |e| matches!(e, Event::ClockAdvanced { .. })).is_none(), "the page has not computed");
    assert!(logged(&trace).iter().any(|line| line.ends_with(" primes were found")), "{}", trace.to_text());
    assert!(logged(&trace).contains(&"the job is done"));
    at(&trace, answered, "a poll of the job", |e| matches!(e, Event::PollStarted { task: TaskId(2), .. }));
    assert_eq!((trace.answer.as_deref(), workers()), (Some("in_time"), 0));
}

/// One at a time: what makes workers is the page's.
#[wasm_bindgen_test]
async fn worker_that_cannot_begin_is_told_and_one_that_is_left_ends() {
    let say = |make: fn() -> Result<JsValue, JsValue>| {
        make_workers_by(Function::from(Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(make).into_js_value()));
    };
    let given = [("way", "worker"), ("job_takes", "10"), ("others", "1"), ("period", "5")];
    for (make, why) in [(forbidden as fn() -> _, "forbidden here"), (broken as fn() -> _, "broken")] {
        say(make);
        let trace = live("blocking", &given).await;
        let told = logged(&trace).into_iter().find(|line| line.starts_with("no worker: "));
        assert!(told.is_some_and(|line| line.contains(why)), "{why}: {}", trace.to_text());
        assert_eq!((end_of(&trace), workers()), (Event::Ended { end: End::Completed }, 0));
    }
    say(silent);
    let left = RefCell::new(None);
    let (trace, ()) = futures::future::join(live("blocking", &given), async {
        JsFuture::from(wait(20)).await.expect("it comes");
        *left.borrow_mut() = Some(workers());
        leave_runs();
    })
    .await;
    assert_eq!((left.take(), workers()), (Some(1), 0));
    assert!(matches!(end_of(&trace), Event::Ended { end: End::GaveUp(_) }));
}

#[wasm_bindgen_test]
async fn live_half_that_is_left_ends_there() {
    for (id, given) in [
        ("lazy", &[("held", "500"), ("takes", "500")][..]),
        ("languages", &[("tasks", "2"), ("wait", "500")]),
        ("blocking", &[("way", "sleep"), ("job_takes", "300")]),
    ] {
        let (trace, ()) = futures::future::join(live(id, given), async {
            JsFuture::from(wait(20)).await.expect("it comes");
            leave_runs();
        })
        .await;
        assert!(matches!(end_of(&trace), Event::Ended { end: End::GaveUp(_) }), "{id}: {}", trace.to_text());
        let is_done = |e| matches!(e, Event::Dropped { reason: DropReason::Completed, .. });
        assert!(find_event(&trace, 0, is_done).is_none(), "{id}: {}", trace.to_text());
    }
}

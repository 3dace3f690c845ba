//! What is changed in a run: each change by its whole trace, and the text that a link carries.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::clock::VirtualClock;
use pollscope::executor::{Executor, Order, Plan, Schedule, report_panic};
use pollscope::prelude::*;
use pollscope::record::{Budget, TraceRecorder};
use pollscope::runner::{Explore, Part, Search};
use pollscope::scenario::{Job, Scenario, Setup, scenarios};
use pollscope::trace::event::{Change, WakeEffect};
use pollscope::trace::{Event, Kind, TimeUnit, Trace};
use pollscope::view::{Comparison, Made, Viewer, WhatIf};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// Runs the program of these tests: one task that sleeps and logs, one that gives way, one that waits for a value.
fn run(order: Order, changes: &str) -> Trace {
    let plan = Plan { order, changes: Plan::read_changes(changes).expect("good changes") };
    let recorder = TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None);
    let executor = Executor::with_policy(recorder, Rc::new(VirtualClock::default()), Schedule::new(&plan));
    let (sender, mut receiver) = executor.inside(channel);
    drop(executor.spawn("sleeps", async move {
        sleep(10).await;
        sender.send(1);
        log!("slept");
    }));
    drop(executor.spawn("yields", async {
        yield_now().await;
        log!("yielded");
    }));
    drop(executor.spawn("receives", async move {
        let got = receiver.recv().await;
        log!("got {got:?}");
    }));
    let _ = catch_unwind(AssertUnwindSafe(|| executor.run()));
    executor.reveal_owners();
    let mut trace = executor.recorder().finish();
    trace.missed = executor.policy().missed();
    trace
}

/// From now on panics of tasks are recorded, as the page's hook does; all others are a test's own.
fn report_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let message = info.payload().downcast_ref::<&str>().copied().unwrap_or_default();
            if !report_panic(message) {
                default(info);
            }
        }));
    });
}

/// What happened, without what belongs to recording alone.
fn events_of(trace: &Trace) -> Vec<String> {
    let text = trace.to_text();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|l| [" log: ", " changed: ", " lost", " panic: ", " end", "Cancelled"].iter().any(|w| l.contains(w)))
        .collect()
}

/// All that happened. What the plan itself allocates is no matter of the run.
fn whole(trace: &Trace) -> Vec<String> {
    trace.to_text().lines().filter(|l| !l.contains(" allocated ")).map(str::to_owned).collect()
}

/// The place of the first event whose line contains `what`.
fn place(trace: &Trace, what: &str) -> usize {
    let at = trace.to_text().lines().position(|line| line.contains(what));
    at.unwrap_or_else(|| panic!("{what} in\n{}", trace.to_text()))
}

/// Its number, as changes of version 1 count.
fn find(trace: &Trace, what: &str) -> usize {
    (0..place(trace, what)).filter(|&i| trace.columns.kind(i).since() == 1).count()
}

#[test]
fn run_without_changes_is_what_it_was() {
    let trace = run(Order::Fifo, "");
    assert_eq!(
        events_of(&trace),
        ["0 task 2 log: yielded", "10 task 1 log: slept", "10 task 3 log: got Some(1)", "10 end"]
    );
    assert_eq!(trace.missed, 0);
}

#[test]
fn lost_wake_leaves_its_task_asleep() {
    let at = find(&run(Order::Fifo, ""), "task 3 woken by channel 1");
    let trace = run(Order::Fifo, &format!("{at}.lose"));
    assert_eq!(
        events_of(&trace),
        ["0 task 2 log: yielded", "10 task 3 wake by channel 1 lost", "10 task 1 log: slept", "10 end: Deadlock(1)"]
    );
}

#[test]
fn wake_of_one_who_waits_polls_it_for_nothing() {
    let plain = run(Order::Fifo, "");
    let trace = run(Order::Fifo, &format!("{}.wake.3", find(&plain, "task 3 Pending") + 1));
    assert_eq!(events_of(&trace)[..2], ["0 changed: Wake task 3", "0 task 2 log: yielded"]);
    assert!(trace.to_text().contains("task 3 woken by outside"), "{}", trace.to_text());
}

#[test]
fn drop_cancels_between_two_polls() {
    let plain = run(Order::Fifo, "");
    // In the middle of the first poll of task 1: right after it.
    let trace = run(Order::Fifo, &format!("{}.drop.2", find(&plain, "task 1   > Sleep")));
    let events = events_of(&trace);
    assert_eq!(events[..2], ["0 changed: Drop task 2", "0 task 2 dropped: Cancelled"]);
    assert_eq!(events.last().map(String::as_str), Some("10 end"));
    let text = trace.to_text();
    assert!(text.find("task 1 Pending") < text.find("changed: Drop"), "{text}");
}

#[test]
fn timer_fires_before_its_time() {
    let plain = run(Order::Fifo, "");
    let trace = run(Order::Fifo, &format!("{}.fire.1", find(&plain, "task 1 Pending") + 1));
    assert_eq!(
        events_of(&trace),
        [
            "0 changed: Fire timer 1",
            "0 task 1 log: slept",
            "0 task 2 log: yielded",
            "0 task 3 log: got Some(1)",
            "0 end"
        ]
    );
}

#[test]
fn chosen_task_is_polled_out_of_turn() {
    let plain = run(Order::Fifo, "");
    let trace = run(Order::Fifo, &format!("{}.next.3", find(&plain, "task 1 poll 1")));
    let text = trace.to_text();
    assert!(text.find("task 3 poll 1") < text.find("task 1 poll 1"), "{text}");
    assert!(text.find("task 1 poll 1") < text.find("task 2 poll 1"), "the others keep their order: {text}");
}

#[test]
fn panic_that_is_asked_for_ends_the_run_inside_of_the_future() {
    let plain = run(Order::Fifo, "");
    report_panics();
    let trace = run(Order::Fifo, &format!("{}.panic", find(&plain, "task 2 poll 1")));
    assert_eq!(
        events_of(&trace),
        ["0 changed: Panic task 2", "0 task 2 panic: a panic was asked for here", "0 end: Panicked"]
            .map(str::to_owned)
            .into_iter()
            .collect::<Vec<_>>()
    );
}

#[test]
fn change_that_finds_nothing_is_counted_and_changes_nothing() {
    let plain = run(Order::Fifo, "");
    for changes in ["3.wake.9", "3.drop.9", "3.fire.9", "30.next.2", "1.lose", "4000000000.wake.1", "0.fire.1_2.lose"] {
        let trace = run(Order::Fifo, changes);
        assert_eq!(whole(&trace), whole(&plain), "{changes}");
        assert_eq!(trace.missed as usize, changes.split('_').count(), "{changes}");
    }
}

#[test]
fn orders_differ_and_the_same_seed_makes_the_same_run() {
    let first = |order| find(&run(order, ""), "task 3 poll 1") < find(&run(order, ""), "task 1 poll 1");
    assert!(!first(Order::Fifo));
    assert!(first(Order::Lifo));
    let random = |seed| run(Order::Random(seed), "").to_text();
    assert_eq!(random(3), random(3));
    assert!((0..20).any(|seed| random(seed) != random(3)));
}

#[test]
fn holder_of_a_sender_is_known_when_the_run_was_stuck() {
    let at = find(&run(Order::Fifo, ""), "task 1 woken by timer");
    let trace = run(Order::Fifo, &format!("{at}.lose"));
    assert!(
        matches!(events_of(&trace).last().map(String::as_str), Some("10 end: Deadlock(2)")),
        "{:?}",
        events_of(&trace)
    );
    let holders: Vec<(u32, u32)> = trace.holders.iter().map(|(source, task)| (source.0, task.0)).collect();
    assert_eq!(holders, [(1, 1)], "{}", trace.to_text());
}

/// A scenario's run with what is changed in it, to its end or its panic.
fn scenario_run(scenario: &Scenario, changes: &str) -> Trace {
    let plan = Plan { changes: Plan::read_changes(changes).expect("good changes"), ..Plan::default() };
    // Without the task that was to end the others, these go on until they have used up their polls.
    let budget = Budget { polls: 2000, ..Budget::default() };
    let mut job = scenario.start(&[], Setup { plan, budget, ..Setup::default() }).expect("it has defaults");
    let _ = catch_unwind(AssertUnwindSafe(|| job.drive()));
    job.finish()
}

/// Of the changes that are offered at a cursor those of the event itself, and one of those between polls: each time of
/// another kind, and about another task or timer.
fn some_of(cursor: usize, offered: Vec<WhatIf>) -> Vec<WhatIf> {
    let (here, later): (Vec<_>, Vec<_>) = offered.into_iter().partition(|o| matches!(o.kind, "lose" | "panic"));
    let kinds: BTreeSet<&str> = later.iter().map(|o| o.kind).collect();
    let kind = kinds.iter().nth(cursor % kinds.len().max(1));
    let of_kind: Vec<_> = later.iter().filter(|o| Some(&o.kind) == kind).collect();
    let one = of_kind.get(cursor / 2 % of_kind.len().max(1)).map(|&o| o.clone());
    here.into_iter().chain(one).collect()
}

/// Whether a change came at the event it was offered at, or, if it is made between polls, right after its poll.
fn is_right(plain: &Trace, cursor: usize, offered: &WhatIf, at: usize, event: Event) -> bool {
    let between = |kind| (cursor..at).all(|i| plain.columns.kind(i) != kind);
    match event {
        Event::WakeLost { task, .. } => offered.kind == "lose" && at + 1 == cursor && task.0 == offered.task,
        Event::Changed { change: Change::Panic, task, .. } => {
            offered.kind == "panic" && task.0 == offered.task && at >= cursor && between(Kind::PollEnded)
        }
        Event::Changed { change, task, timer } => {
            let whom = if change == Change::Fire { timer.0 } else { task.0 };
            let text = format!("-{change:?}.{whom}").to_lowercase();
            offered.change.ends_with(&text) && at >= cursor && between(Kind::PollStarted)
        }
        _ => false,
    }
}

/// How many wakes of a run poll somebody, and in how many polls a future is entered: each of those wakes may be lost, and each
/// of those polls panic.
fn wakes_and_polls(trace: &Trace) -> (usize, usize) {
    let (mut wakes, mut polls, mut is_entered) = (0, 0, false);
    for i in 0..trace.len() {
        match trace.event(i) {
            Event::Woken { effect: WakeEffect::Queued | WakeEffect::DuringPoll, .. } => wakes += 1,
            Event::PollStarted { .. } => is_entered = false,
            Event::Entered { .. } => polls += usize::from(!std::mem::replace(&mut is_entered, true)),
            _ => {}
        }
    }
    (wakes, polls)
}

#[test]
fn offered_change_acts_at_the_very_event_it_was_offered_at() {
    report_panics();
    let mut total = (0, 0);
    for scenario in scenarios().iter().filter(|s| s.info().kind == pollscope::scenario::Kind::Deterministic) {
        let plain = scenario_run(scenario, "");
        let mut viewer = Viewer::of(plain.clone());
        let (mut lost, mut panicked) = (0, BTreeSet::new());
        for cursor in 1..=plain.len() {
            for offered in some_of(cursor, viewer.what_ifs(cursor).all) {
                let what = format!("{} {} at {cursor}", scenario.id, offered.change);
                let changed = scenario_run(scenario, &offered.change);
                assert_eq!(changed.missed, 0, "{what} found nothing");
                let Event::Ended { end } = changed.event(changed.len() - 1) else { panic!("{what} leaves no end") };
                assert_eq!(changed.lost, 0, "{what} lost events, and came to {end:?}");
                let differs = Comparison::default().diverges_from(&viewer, &Viewer::of(changed.clone()));
                let at = differs.unwrap_or_else(|| panic!("{what} changed nothing"));
                let event = changed.event(at);
                assert!(is_right(&plain, cursor, &offered, at, event), "{what} came as {event:?} at {at}");
                match offered.kind {
                    "lose" => lost += 1,
                    "panic" => {
                        panicked.insert((0..cursor).rfind(|&i| plain.columns.kind(i) == Kind::PollStarted));
                    }
                    _ => {}
                }
            }
        }
        let all = (lost, panicked.len());
        assert_eq!(all, wakes_and_polls(&plain), "{}: each wake is lost, and each poll panics", scenario.id);
        total = (total.0 + all.0, total.1 + all.1);
    }
    println!("{} wakes were lost, and {} polls panicked", total.0, total.1);
}

#[test]
fn changes_of_a_run_are_named_with_the_cursors_they_were_asked_for_at() {
    let plain = run(Order::Fifo, "");
    let lost = find(&plain, "task 1 woken by timer 1");
    let text = format!("{lost}.lose_t2.p1-next.3_t1.w1-lose_nonsense_t9.w1-wake.2");
    let trace = run(Order::Fifo, &format!("{lost}.lose"));
    let polled = place(&trace, "task 2 poll 1") + 1;
    let spawned = place(&trace, "task 3 spawned") + 1;
    let lost_at = place(&plain, "task 1 woken by timer 1") + 1;
    let by_number = format!("{lost}.lose");
    let made = |change: &str, kind, whom, cursor, exact, without: &[&str]| {
        let without = without.join("_");
        Made { change: change.to_owned(), kind, whom, cursor, exact, without }
    };
    let (next, wake) = ("t2.p1-next.3", "t9.w1-wake.2");
    assert_eq!(
        Viewer::of(trace).changes(&text).all,
        [
            made(&by_number, "lose", 0, lost_at, true, &[next, "t1.w1-lose", wake]),
            made(next, "next", 3, polled, true, &[&by_number, "t1.w1-lose", wake]),
            made("t1.w1-lose", "lose", 0, lost_at, true, &[&by_number, next, wake]),
            made(wake, "wake", 2, spawned, false, &[&by_number, next, "t1.w1-lose"]),
        ]
    );
}

#[test]
fn many_polls_out_of_turn_are_one_order() {
    let trace = run(Order::Fifo, "");
    let order = "t1.p1-next.3_t3.p1-next.2_t2.p1-next.1";
    let text = format!("t1.w1-lose_{order}_t1.w2-lose_t1.p1-next.2");
    let all = Viewer::of(trace).changes(&text).all;
    let told: Vec<(&str, u32, &str)> = all.iter().map(|made| (made.kind, made.whom, &*made.change)).collect();
    assert_eq!(
        told,
        [("lose", 0, "t1.w1-lose"), ("order", 3, order), ("lose", 0, "t1.w2-lose"), ("next", 2, "t1.p1-next.2")]
    );
    assert_eq!(all[1].without, "t1.w1-lose_t1.w2-lose_t1.p1-next.2", "an order is taken away whole");
}

/// The memory of tasks that one run gives back serves the next: also where a run leaves tasks behind, or a waker of one.
#[test]
fn explored_runs_use_the_memory_of_those_before() {
    let kept: Rc<RefCell<Vec<Waker>>> = Rc::default();
    let wakers = kept.clone();
    let start = move |setup: Setup| {
        let executor = setup.executor();
        for n in 0..3_u8 {
            let kept = wakers.clone();
            drop(executor.spawn("task", async move {
                yield_now().await;
                if n == 2 {
                    std::future::poll_fn(|cx| {
                        kept.replace(vec![cx.waker().clone()]);
                        Poll::<()>::Pending
                    })
                    .await;
                }
                log!("{n}");
            }));
        }
        executor.spawn_detached("large", async {
            let large = [7_u8; 9000];
            yield_now().await;
            log!("{}", large.len());
        });
        Ok(Job::of_tasks(executor))
    };
    // Miri looks at each byte of the large future in each run.
    let budget = if cfg!(miri) { 4 } else { 12 };
    let search = Search { budget, part: Part::WHOLE, lines_in_order: false };
    let mut explore = Explore::of(start, Setup::default(), search, true);
    while !explore.advance(3).expect("it starts").ended {}
    let [outcome] = &explore.explored().outcomes[..] else { panic!("they all come to the same") };
    assert_eq!((&*outcome.lines.join(" "), outcome.polls), ("0 1 9000", 8));
    drop(explore);
    // The run is gone: the waker wakes nobody.
    kept.take().into_iter().for_each(Waker::wake);
}

//! What the scenarios of tasks, wakers and machines claim.

use super::{answer, run};
use pollscope::scenario::{Setup, find};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Event, Trace};

#[test]
fn sequential_join_waits_for_the_sum_in_a_loop_alone() {
    let scenario = find("sequential-join").expect("it is there");
    let one = |ways| run(scenario, &[("ways", ways), ("handles", "drop")]);
    assert_eq!(["loop", "join", "spawn", "unordered"].map(|way| one(way).end_time()), [60, 30, 30, 30]);
    assert_eq!(one("loop").answer.as_deref(), None, "one way alone is compared with none");
    let only = [("first", "25"), ("second", "0"), ("third", "0")];
    assert_eq!(run(scenario, &only).answer.as_deref(), Some("all"), "there is but one wait");
}

#[test]
fn blocking_stalls_the_others_until_it_gives_way() {
    let scenario = find("blocking").expect("it is there");
    let answers = ["block", "yield", "sleep"].map(|way| answer(scenario, &[("way", way)]).expect("it has one"));
    assert_eq!(answers, ["job", "piece", "in_time"]);
}

#[test]
fn rules_when_broken_are_told_by_the_compiler_or_by_the_run() {
    let scenario = find("rules").expect("it is there");
    let answers = |program| {
        ["await_outside", "forgotten_await", "blocking_io", "plain_fn"].map(|rule| {
            let given = [("rule", rule), ("program", program)];
            answer(scenario, &given).expect("each program has an end")
        })
    };
    assert_eq!(answers("broken"), ["refused", "unsaved", "late", "refused"]);
    assert_eq!(answers("kept"), ["well"; 4]);
}

#[test]
fn poll_waker_wastes_the_polls_of_the_one_without() {
    let scenario = find("poll-waker").expect("it is there");
    let wastes = |ring, look| answer(scenario, &[("ring", ring), ("look", look)]).expect("two are compared");
    assert_eq!(wastes("24", "6"), "more_often");
    assert_eq!(wastes("0", "1"), "as_often", "it has rung when they look first");
    assert_eq!(run(scenario, &[("trait_of", "real")]).answer.as_deref(), None, "one alone is compared with none");
}

#[test]
fn lost_wake_is_served_when_somebody_else_has_it_polled_or_never() {
    let scenario = find("lost-wake").expect("it is there");
    let answers = |leaf| {
        ["alone", "ticked", "handed_on"].map(|awaited| {
            let given = [("leaf", leaf), ("awaited", awaited)];
            answer(scenario, &given).expect("each call has an end, or none")
        })
    };
    assert_eq!(answers("keeps_waker"), ["on_ring"; 3]);
    assert_eq!(answers("forgets_waker"), ["never", "late", "never"]);
    assert_eq!(answers("keeps_first"), ["on_ring", "on_ring", "never"]);
    assert_eq!(answers("trusts_wakes"), ["on_ring", "early", "early"]);
}

#[test]
fn executor_polls_main_once_for_children_that_end_in_one_round() {
    let scenario = find("executor").expect("it is there");
    assert_eq!(run(scenario, &[("children", "0")]).answer.as_deref(), Some("once"));
    let by_chance = |seed| answer(scenario, &[("order", "random"), ("seed", seed)]).expect("main is polled");
    let answers: Vec<_> = ["1", "2", "3", "4", "5", "6", "7", "8"].map(by_chance).into();
    assert!(answers.iter().any(|answer| answer == "each" || answer == "other"), "{answers:?}");
}

#[test]
fn future_that_panics_when_it_is_polled_after_ready_ends_the_run() {
    let scenario = find("executor").expect("it is there");
    let mut job = scenario.start(&[("last", "panic")], Setup::default()).expect("good");
    let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job.drive()));
    let message = *unwound.expect_err("it panics").downcast::<&str>().expect("the compiler's own words");
    assert_eq!(message, "`async fn` resumed after completion");
    let text = job.finish().to_text();
    for answers in
        ["no_op: Ready(1), then Ready(1)", "falls_silent: Ready(1), then Pending", "counts: Ready(1), then Ready(2)"]
    {
        assert!(text.contains(answers), "{answers} is not in\n{text}");
    }
    let last: Vec<&str> = text.lines().rev().take(4).map(|line| line.trim_start_matches([' ', '2', '0'])).collect();
    let expected = ["end: Panicked", "task 7 panicked", "task 7 panic: ", "task 7 polled async_fn after Ready"];
    assert_eq!(last, expected, "{text}");
}

#[test]
fn call_centre_s_clerk_who_never_waits_serves_a_crowd_first() {
    let scenario = find("call-centre").expect("it is there");
    assert_eq!(run(scenario, &[]).answer.as_deref(), Some("async"));
    assert_eq!(run(scenario, &[("compare", "async")]).answer.as_deref(), None, "one alone is not the first of any");
}

#[test]
fn call_centre_takes_ten_thousand_callers() {
    let scenario = find("call-centre").expect("it is there");
    let trace = run(scenario, &[("callers", "10000"), ("gap", "0")]);
    let served = |i: &usize| matches!(trace.event(*i), Event::Dropped { .. });
    assert_eq!((0..trace.len()).filter(served).count(), 10_000);
    assert_eq!(trace.lost, 0);
}

#[test]
fn languages_answer_depends_on_cores_and_slices() {
    let scenario = find("languages").expect("it is there");
    let answer = |given: &[(&str, &str)]| answer(scenario, given);
    assert_eq!(answer(&[]), Some("one".to_owned()));
    assert_eq!(answer(&[("cores", "1")]), Some("futures".to_owned()));
    assert_eq!(answer(&[("cores", "1"), ("slice", "1000")]), Some("everywhere".to_owned()));
    assert_eq!(answer(&[("tasks", "1")]), None, "there is nobody to be held up");
}

#[test]
fn workers_take_ten_thousand_tasks() {
    for (id, given) in [
        ("concurrency-parallelism", &[("read", "async")][..]),
        ("concurrency-parallelism", &[("read", "nonblocking"), ("wait", "10000"), ("workers", "8")][..]),
        ("concurrency-parallelism", &[("read", "blocking")][..]),
        ("languages", &[][..]),
        ("languages", &[("slice", "1"), ("compute", "1000"), ("cores", "8")][..]),
    ] {
        let scenario = find(id).expect("it is there");
        let trace = run(scenario, &[&[("tasks", "10000")], given].concat());
        let done = |i: &usize| matches!(trace.event(*i), Event::Dropped { .. });
        assert_eq!((0..trace.len()).filter(done).count(), 10_000, "{id} {given:?}");
        assert!(trace.len() < 1_000_000, "{id} {given:?}: {} events", trace.len());
        // A model without room says when it was cut off, and has no entry later.
        for (track, cut) in trace.tracks.iter().filter_map(|t| Some((t, t.cut?))) {
            assert!(track.entries.iter().all(|entry| entry.time <= cut), "{id} {given:?}");
        }
    }
}

#[test]
fn line_that_is_cut_panics() {
    let scenario = find("state-machine").expect("it is there");
    let job = scenario.start(&[("line", "cut")], Setup::default()).expect("good");
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job.run()));
    std::panic::set_hook(hook);
    assert!(unwound.is_err());
}

/// What happens to a task, in a form that is the same for two that wait for the same: without places, bytes and numbers of things.
fn steps_of(trace: &Trace, task: TaskId) -> Vec<String> {
    let of_task = |i: usize| (trace.columns.task(i) == task).then(|| trace.event(i));
    let step = |event| match event {
        Event::PollStarted { nth, .. } => Some(format!("poll {nth}")),
        Event::PollEnded { outcome, .. } => Some(format!("{outcome:?}")),
        Event::StateChanged { from, to, .. } => Some(format!("{from} to {to}")),
        Event::Entered { future, .. } => Some(format!("into {}", trace.future_name(future))),
        Event::Exited { future, outcome, .. } => Some(format!("out of {}: {outcome:?}", trace.future_name(future))),
        Event::TimerSet { after, .. } => Some(format!("a timer in {after}")),
        Event::Woken { effect, .. } => Some(format!("woken: {effect:?}")),
        Event::Dropped { reason, .. } => Some(format!("{reason:?}")),
        _ => None,
    };
    let steps = (0..trace.len()).filter_map(|i| Some((trace.time(i), step(of_task(i)?)?)));
    steps.map(|(time, step)| format!("{time}: {step}")).collect()
}

/// Each row of the table: what is written with sugar goes through the same states at the same times as what is written without,
/// poll by poll, and one stands beside the other.
#[test]
fn state_machine_has_the_same_states_with_sugar_and_without() {
    let scenario = find("state-machine").expect("it is there");
    for row in ["without_async_fn", "without_block", "without_await", "without_async_trait"] {
        for rest in [&[][..], &[("ring", "0"), ("spread", "0")], &[("callers", "3"), ("gap", "5")]] {
            let trace = run(scenario, &[&[("written", row)], rest].concat());
            for sugar in (1..=trace.tasks.len() as u32).step_by(2) {
                let (with, without) = (steps_of(&trace, TaskId(sugar)), steps_of(&trace, TaskId(sugar + 1)));
                assert!(with.len() > 15, "{row}: {with:?}");
                assert_eq!(with, without, "{row}");
                let moves = |task: u32| {
                    let changes = (0..trace.len()).filter(|&i| trace.columns.task(i) == TaskId(task));
                    let states = changes.filter_map(|i| match trace.event(i) {
                        Event::StateChanged { from, to, .. } => Some((from, to)),
                        _ => None,
                    });
                    states.collect::<Vec<_>>()
                };
                let last = trace.machine_of(TaskId(sugar)).expect("it has one").states.len() as u16 - 1;
                let all: Vec<(u16, u16)> = (0..last).map(|from| (from, from + 1)).collect();
                assert_eq!(moves(sugar), all, "{row}: every state is met, one poll each");
            }
            // They step in turn: no form is ever more than one poll ahead of the other.
            let mut polls = vec![0_i32; trace.tasks.len()];
            for i in 0..trace.len() {
                if let Event::PollStarted { task, .. } = trace.event(i) {
                    polls[task.index() - 1] += 1;
                    let at = (task.index() - 1) & !1;
                    assert!((polls[at] - polls[at + 1]).abs() <= 1, "{row}");
                }
            }
        }
    }
}

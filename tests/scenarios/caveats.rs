//! What the scenarios of the caveats claim: cancelling, locks, boxes, depth.

use super::{answer, logged, run};
use pollscope::scenario::{Setup, find};
use pollscope::trace::{Event, Trace};

#[test]
fn cancel_drops_the_transfer_at_the_await_at_which_the_timeout_finds_it() {
    let scenario = find("cancel").expect("it is there");
    for cut in 1..=60_u32 {
        let where_at_the_end = |rest: &[(&str, &str)]| {
            let cut = cut.to_string();
            answer(scenario, &[&[("cut", &*cut)], rest].concat()).expect("it says where the money is")
        };
        let within = if cut < 10 {
            "first"
        } else if cut < 30 {
            "neither"
        } else {
            "second"
        };
        assert_eq!(where_at_the_end(&[]), within, "{cut} ms");
        let refunded = if within == "neither" { "first" } else { within };
        assert_eq!(where_at_the_end(&[("refund", "spawned")]), refunded, "{cut} ms, refund spawned");
        // A dropped handle detaches: it is no drop of the task.
        assert_eq!(where_at_the_end(&[("transfer", "spawned")]), "second", "{cut} ms, a task of its own");
    }
}

#[test]
fn cancel_drops_what_was_made_last_first_and_polls_no_refund() {
    let trace = run(find("cancel").expect("it is there"), &[]);
    let at = |is: &dyn Fn(Event) -> bool| (0..trace.len()).find(|&i| is(trace.event(i))).expect("it happens");
    let dropped = at(&|event| matches!(event, Event::Logged { text, .. } if trace.name(text) == "taken: dropped"));
    let refund = at(&|event| matches!(event, Event::Discarded { future, .. } if trace.future_name(future) == "refund"));
    let unlocked = at(&|event| matches!(event, Event::Unlocked { .. }));
    assert!(dropped < refund && refund < unlocked, "{dropped}, {refund}, {unlocked}");
}

#[test]
fn cancel_loses_bytes_with_the_frame_that_a_tick_drops_and_no_timeout_of_a_turn_fires() {
    let scenario = find("cancel").expect("it is there");
    let read = |given: &[(&str, &str)]| {
        let trace = run(scenario, given);
        let frames = logged(&trace).into_iter().filter_map(|line| line.strip_prefix("read: ")).map(str::to_owned);
        (frames.collect::<Vec<_>>(), logged(&trace).contains(&"timeout"))
    };
    assert_eq!(read(&[]), (vec!["ping".to_owned(), "gdon".to_owned()], false));
    let cured = [("reader", "kept"), ("timeout", "kept")];
    assert_eq!(read(&cured), (["ping", "pong", "done"].map(str::to_owned).to_vec(), true));
}

#[test]
fn futurelock_is_stuck_only_where_a_fair_lock_waits_for_a_try_that_is_kept() {
    let scenario = find("futurelock").expect("it is there");
    for first in ["kept", "dropped", "polled", "spawned"] {
        for lock in ["fair", "unfair"] {
            for (hold, late) in [(10_u32, 5_u32), (10, 8), (20, 5), (60, 0), (5, 10), (0, 5), (0, 0)] {
                let (held, gives_up) = (hold.to_string(), late.to_string());
                let given = [("first_try", first), ("lock", lock), ("hold", &*held), ("late", &*gives_up)];
                let trace = run(scenario, &given);
                let is_stuck = first == "kept" && lock == "fair" && late < hold;
                assert_eq!(trace.answer.as_deref() == Some("never"), is_stuck, "{given:?}");
                let found: Vec<&str> = trace.findings().all.iter().map(|finding| finding.cause.kind()).collect();
                assert_eq!(found, if is_stuck { vec!["futurelock"] } else { vec![] }, "{given:?}");
                assert_eq!(logged(&trace).contains(&"asker: done"), !is_stuck, "{given:?}");
            }
        }
    }
}

/// What a task took from the heap, in the order of the run: 1 for a box taken, -1 for one given back.
fn boxes_of(trace: &Trace, name: &str) -> Vec<i64> {
    let of_task = (0..trace.len()).filter(|&i| trace.task_name(trace.columns.task(i)) == name);
    let traffic = of_task.filter_map(|i| match trace.event(i) {
        Event::Boxed { count, bytes, .. } => {
            assert!(bytes > 0, "{name}");
            Some(i64::from(count))
        }
        Event::Freed { count, .. } => Some(-i64::from(count)),
        _ => None,
    });
    traffic.collect()
}

#[test]
fn async_trait_takes_a_box_for_each_read_of_the_macro_s_way_and_of_no_other() {
    let scenario = find("async-trait").expect("it is there");
    for reads in [2, 3, 8, 100] {
        for takes in ["0", "10"] {
            for known_as in ["known", "any"] {
                let reads_given = reads.to_string();
                let given = [("reads", &*reads_given), ("read_takes", takes), ("known_as", known_as)];
                let trace = run(scenario, &given);
                assert_eq!(trace.answer.as_deref(), Some("each"), "{given:?}");
                assert_eq!(boxes_of(&trace, "async_trait"), [1, -1].repeat(reads), "{given:?}: one after the other");
                assert_eq!(boxes_of(&trace, "by_hand"), [1, -1], "{given:?}");
                assert_eq!(boxes_of(&trace, "poll_read"), [0; 0], "{given:?}");
                assert_eq!(boxes_of(&trace, "async_fn"), [0; 0], "{given:?}");
                let is_refused = matches!(trace.event(0), Event::Refused { .. });
                assert_eq!(is_refused, known_as == "any", "{given:?}");
                assert_eq!(trace.tasks.len(), if is_refused { 3 } else { 4 }, "{given:?}: nothing of it runs");
            }
        }
    }
}

#[test]
fn recursion_takes_a_box_a_level_and_keeps_all_until_the_innermost_is_done() {
    let scenario = find("recursion").expect("it is there");
    for depth in [2, 6, 100] {
        let trace = run(scenario, &[("depth", &depth.to_string())]);
        assert_eq!(boxes_of(&trace, "boxed"), [vec![1; depth], vec![-1; depth]].concat());
        assert_eq!(boxes_of(&trace, "looped"), [0; 0]);
        assert_eq!(logged(&trace), [format!("{depth} levels"), format!("{depth} levels")]);
    }
}

#[test]
fn recursion_that_is_too_deep_for_the_stack_is_ended_with_a_sentence() {
    let scenario = find("recursion").expect("it is there");
    let mut job = scenario.start(&[("depth", "50000"), ("recursion", "boxed")], Setup::default()).expect("good");
    let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job.drive()));
    let message = *unwound.expect_err("it panics").downcast::<&str>().expect("the executor's own words");
    assert_eq!(message, "futures are polled or dropped within each other too deep for the stack");
    let text = job.finish().to_text();
    assert!(text.ends_with("end: Panicked\n"), "{}", text.lines().last().unwrap_or_default());
}

#[test]
fn mutex_is_stuck_or_panics_while_a_guard_is_held_over_an_await_and_is_done_without() {
    let scenario = find("mutex").expect("it is there");
    let answer = |mistake, guard| {
        let mut job = scenario.start(&[("mistake", mistake), ("guard", guard)], Setup::default()).expect("good");
        // A run that panics has its answer, too.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job.drive()));
        job.finish().answer
    };
    let held = [
        ("across", "each_other"),
        ("in_match", "itself"),
        ("while_let", "itself"),
        ("if_let", "itself"),
        ("order", "each_other"),
        ("ref_cell", "panics"),
        ("std_mutex", "panics"),
    ];
    for (mistake, ends) in held {
        assert_eq!(answer(mistake, "held").as_deref(), Some(ends), "{mistake}");
        assert_eq!(answer(mistake, "cured").as_deref(), Some("done"), "{mistake}, cured");
    }
}

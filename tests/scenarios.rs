//! The scenarios, by their whole traces.
//!
//! `UPDATE_EXPECT=1 cargo test --test scenarios` writes them anew; read what changed.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::expect_file;
use pollscope::scenario::{Kind, Scenario, Setup, find, scenarios};
use pollscope::trace::{Event, Trace};

fn run(scenario: &Scenario, given: &[(&str, &str)]) -> Trace {
    scenario.start(given, Setup::default()).expect("good parameters").run()
}

/// Compares a run with the one that stands in `traces/`, and its tracks with those beside it.
fn check(id: &str, given: &[(&str, &str)], answer: Option<&str>, name: &str) {
    let scenario = find(id).expect("it is there");
    let trace = run(scenario, given);
    assert_eq!(scenario.answer(&trace), answer, "{id} {given:?}");
    let text = trace.to_text();
    let lines: Vec<&str> = text.lines().filter(|l| !l.contains(" allocated ")).collect();
    expect_file![format!("traces/{name}.txt")].assert_eq(&format!("{}\n", lines.join("\n")));
    if !trace.tracks.is_empty() {
        expect_file![format!("traces/{name}.tracks.txt")].assert_eq(&trace.tracks_text());
    }
}

#[test]
fn state_machine_makes_the_same_polls_three_ways() {
    check("state-machine", &[], Some("four"), "state-machine");
}

#[test]
fn state_machine_interleaves_its_callers() {
    let given = [("callers", "3"), ("written", "async_fn")];
    check("state-machine", &given, Some("four"), "state-machine-callers");
}

#[test]
fn state_machine_of_callbacks_polls_nothing() {
    let given = [("written", "callbacks")];
    check("state-machine", &given, Some("never"), "state-machine-callbacks");
}

#[test]
fn lazy_runs_nothing_at_the_call() {
    check("lazy", &[], Some("in_main"), "lazy");
    check("lazy", &[("then", "spawn")], Some("own_task"), "lazy-spawn");
    check("lazy", &[("then", "poll_once")], Some("in_main"), "lazy-poll-once");
    check("lazy", &[("then", "drop")], Some("never"), "lazy-drop");
}

#[test]
fn sequential_join_waits_for_the_sum_in_a_loop_alone() {
    check("sequential-join", &[], Some("all_but_loop"), "sequential-join");
    let scenario = find("sequential-join").expect("it is there");
    let one = |ways| run(scenario, &[("ways", ways), ("handles", "drop")]);
    assert_eq!(["loop", "join", "spawn", "unordered"].map(|way| one(way).end_time()), [60, 30, 30, 30]);
    assert_eq!(scenario.answer(&one("loop")), None, "one way alone is compared with none");
    let only = [("first", "25"), ("second", "0"), ("third", "0")];
    assert_eq!(scenario.answer(&run(scenario, &only)), Some("all"), "there is but one wait");
}

#[test]
fn blocking_stalls_the_others_until_it_gives_way() {
    check("blocking", &[], Some("job"), "blocking");
    let scenario = find("blocking").expect("it is there");
    let answer = |way| scenario.answer(&run(scenario, &[("way", way)]));
    assert_eq!(["block", "yield", "sleep"].map(answer), [Some("job"), Some("piece"), Some("in_time")]);
}

#[test]
fn rules_when_broken_are_told_by_the_compiler_or_by_the_run() {
    let scenario = find("rules").expect("it is there");
    let answers = |program| {
        ["await_outside", "forgotten_await", "blocking_io", "plain_fn"].map(|rule| {
            let given = [("rule", rule), ("program", program)];
            scenario.answer(&run(scenario, &given)).expect("each program has an end")
        })
    };
    assert_eq!(answers("broken"), ["refused", "unsaved", "late", "refused"]);
    assert_eq!(answers("kept"), ["well"; 4]);
    check("rules", &[], Some("unsaved"), "rules");
    let blocks = [("rule", "blocking_io")];
    check("rules", &blocks, Some("late"), "rules-blocking-io");
    let plain = [("rule", "plain_fn"), ("program", "kept")];
    check("rules", &plain, Some("well"), "rules-plain-fn");
}

#[test]
fn poll_waker_wastes_the_polls_of_the_one_without() {
    check("poll-waker", &[], Some("ten_times"), "poll-waker");
    let scenario = find("poll-waker").expect("it is there");
    let answer = |ring, look| scenario.answer(&run(scenario, &[("ring", ring), ("look", look)]));
    assert_eq!(answer("24", "6"), Some("more_often"));
    assert_eq!(answer("0", "1"), Some("as_often"), "it has rung when they look first");
    assert_eq!(scenario.answer(&run(scenario, &[("trait_of", "real")])), None, "one alone is compared with none");
}

#[test]
fn lost_wake_is_served_when_somebody_else_has_it_polled_or_never() {
    check("lost-wake", &[], Some("never"), "lost-wake");
    let ticked = [("leaf", "keeps_waker"), ("awaited", "ticked")];
    check("lost-wake", &ticked, Some("on_ring"), "lost-wake-spurious");
    let masked = [("awaited", "ticked")];
    check("lost-wake", &masked, Some("late"), "lost-wake-masked");
    let stale = [("leaf", "keeps_first"), ("awaited", "handed_on")];
    check("lost-wake", &stale, Some("never"), "lost-wake-stale");

    let scenario = find("lost-wake").expect("it is there");
    let answers = |leaf| {
        ["alone", "ticked", "handed_on"].map(|awaited| {
            let given = [("leaf", leaf), ("awaited", awaited)];
            scenario.answer(&run(scenario, &given)).expect("each call has an end, or none")
        })
    };
    assert_eq!(answers("keeps_waker"), ["on_ring"; 3]);
    assert_eq!(answers("forgets_waker"), ["never", "late", "never"]);
    assert_eq!(answers("keeps_first"), ["on_ring", "on_ring", "never"]);
    assert_eq!(answers("trusts_wakes"), ["on_ring", "early", "early"]);
}

#[test]
fn executor_polls_main_once_for_children_that_end_in_one_round() {
    check("executor", &[], Some("twice"), "executor");
    let lifo = [("order", "lifo"), ("last", "nothing")];
    check("executor", &lifo, Some("twice"), "executor-lifo");
    let scenario = find("executor").expect("it is there");
    assert_eq!(scenario.answer(&run(scenario, &[("children", "0")])), Some("once"));
    let by_chance = |seed| scenario.answer(&run(scenario, &[("order", "random"), ("seed", seed)]));
    let answers: Vec<_> = ["1", "2", "3", "4", "5", "6", "7", "8"].map(by_chance).into();
    check("executor", &[("last", "small")], Some("twice"), "executor-small");
    assert!(answers.contains(&Some("each")) || answers.contains(&Some("other")), "{answers:?}");
}

#[test]
fn future_that_panics_when_it_is_polled_after_ready_ends_the_run() {
    let scenario = find("executor").expect("it is there");
    let mut job = scenario.start(&[("last", "panic")], Setup::default()).expect("good");
    let unwound = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| while !job.advance(u32::MAX).ended {}));
    let message = *unwound.expect_err("it panics").downcast::<&str>().expect("the compiler's own words");
    assert_eq!(message, "`async fn` resumed after completion");
    let text = job.finish().to_text();
    for answers in
        ["no_op: Ready(1), then Ready(1)", "falls_silent: Ready(1), then Pending", "counts: Ready(1), then Ready(2)"]
    {
        assert!(text.contains(answers), "{answers} is not in\n{text}");
    }
    assert!(text.ends_with("polled async_fn after Ready\n"), "{text}");
}

#[test]
fn moving_moves_once() {
    check("moving", &[], Some("old_address"), "moving");
}

#[test]
fn call_centre_runs_four_staffings_on_one_clock() {
    check("call-centre", &[("callers", "2")], Some("pool"), "call-centre");
}

#[test]
fn call_centre_s_clerk_who_never_waits_serves_a_crowd_first() {
    let scenario = find("call-centre").expect("it is there");
    assert_eq!(scenario.answer(&run(scenario, &[])), Some("async"));
    assert_eq!(scenario.answer(&run(scenario, &[("compare", "async")])), None, "one alone is not the first of any");
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
fn concurrency_overlaps_waiting_on_one_worker_and_computing_on_more() {
    let given = [("tasks", "2"), ("workers", "2")];
    check("concurrency-parallelism", &given, Some("many"), "concurrency-parallelism");
}

#[test]
fn concurrency_s_nonblocking_reads_ask_again_and_again() {
    let given = [("tasks", "2"), ("workers", "2"), ("wait", "6"), ("read", "nonblocking")];
    check("concurrency-parallelism", &given, Some("asking"), "concurrency-nonblocking");
}

#[test]
fn concurrency_s_blocking_reads_wait_one_at_a_time() {
    let given = [("tasks", "2"), ("workers", "2"), ("read", "blocking")];
    check("concurrency-parallelism", &given, Some("one"), "concurrency-blocking");
}

#[test]
fn languages_run_one_workload_under_four_schedulers() {
    check("languages", &[("tasks", "3")], Some("one"), "languages");
}

#[test]
fn languages_answer_depends_on_cores_and_slices() {
    let scenario = find("languages").expect("it is there");
    let answer = |given: &[(&str, &str)]| scenario.answer(&run(scenario, given));
    assert_eq!(answer(&[]), Some("one"));
    assert_eq!(answer(&[("cores", "1")]), Some("futures"));
    assert_eq!(answer(&[("cores", "1"), ("slice", "1000")]), Some("everywhere"));
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
fn seed_changes_a_run_and_the_same_seed_makes_it_again() {
    let scenario = find("state-machine").expect("it is there");
    let times = |seed| {
        let trace = run(scenario, &[("callers", "20"), ("seed", seed)]);
        (0..trace.len()).map(|i| trace.time(i)).collect::<Vec<_>>()
    };
    assert_eq!(times("1"), times("1"));
    assert_ne!(times("1"), times("2"));
}

#[test]
fn manifest_names_each_scenario_once_and_shows_the_code_that_is_compiled() {
    let mut ids: Vec<_> = scenarios().iter().map(|s| s.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), scenarios().len());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for scenario in scenarios() {
        let info = scenario.info();
        let room = if info.kind == Kind::Live { "interop" } else { "scenario" };
        let folder = root.join(room).join(info.id.replace('-', "_"));
        for file in info.files {
            let on_disk = std::fs::read_to_string(folder.join(file.name)).expect("a file of the scenario's folder");
            assert_eq!(file.source, on_disk, "{}/{}", info.id, file.name);
        }
        let is_refused = |name: &&str| {
            let said = info.files.iter().find(|f| f.name.strip_suffix(".stderr") == Some(name));
            said.is_some_and(|f| f.source.starts_with("error"))
        };
        for name in info.files.iter().filter_map(|f| f.name.strip_suffix(".rs")).filter(|n| !is_refused(n)) {
            let plumbing = std::fs::read_to_string(folder.join("mod.rs")).expect("the plumbing");
            assert!(plumbing.contains(&format!("mod {name};")), "{}: {name}.rs is compiled", info.id);
        }
    }
}

#[test]
fn every_line_of_a_trace_is_a_line_of_the_code() {
    for scenario in scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic) {
        let trace = run(scenario, &[]);
        let info = scenario.info();
        for site in &trace.sites[1..] {
            let file = info.files.iter().find(|f| f.name == trace.name(site.file));
            let line = file.and_then(|f| f.source.lines().nth(site.line as usize - 1));
            assert!(line.is_some_and(|l| !l.trim().is_empty()), "{}: {}:{}", info.id, trace.name(site.file), site.line);
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

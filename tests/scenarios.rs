//! The scenarios, by their whole traces.
//!
//! `UPDATE_EXPECT=1 cargo test --test scenarios` writes them anew; read what changed.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::expect_file;
use pollscope::scenario::{Kind, Recorded, Scenario, Setup, checks, find, scenarios};
use pollscope::trace::ids::TaskId;
use pollscope::trace::moment::moment_of;
use pollscope::trace::{Event, Trace};

/// What is taken from the heap is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;

fn run(scenario: &Scenario, given: &[(&str, &str)]) -> Trace {
    scenario.start(given, Setup::default()).expect("good parameters").run()
}

fn answer(scenario: &Scenario, given: &[(&str, &str)]) -> Option<String> {
    run(scenario, given).answer
}

#[test]
fn recorded_runs_are_made_again() {
    for checks in checks() {
        let scenario = find(checks.id).expect("it is there");
        let is_deterministic = scenario.info().kind == Kind::Deterministic;
        assert_eq!(!checks.recorded.is_empty(), is_deterministic, "{}: it has a recorded run", checks.id);
        for recorded in checks.recorded {
            let Recorded { name, given, answer } = recorded;
            let trace = run(scenario, given);
            assert_eq!(trace.answer.as_deref(), *answer, "{name}");
            let text = trace.to_text();
            let lines: Vec<&str> = text.lines().filter(|l| !l.contains(" allocated ")).collect();
            expect_file![format!("traces/{name}.txt")].assert_eq(&format!("{}\n", lines.join("\n")));
            if !trace.tracks.is_empty() {
                expect_file![format!("traces/{name}.tracks.txt")].assert_eq(&trace.tracks_text());
            }
        }
    }
}

/// A question without an answer, or an answer that no option is, is a question that nobody can be right about.
#[test]
fn answers_are_options_of_their_question() {
    for checks in checks() {
        let question = find(checks.id).expect("it is there").info().question;
        for answer in checks.recorded.iter().filter_map(|recorded| recorded.answer) {
            assert!(question.options.contains(&answer), "{}: {answer}", checks.id);
        }
        let is_answered = checks.recorded.iter().any(|recorded| recorded.answer.is_some());
        assert!(is_answered || checks.recorded.is_empty() || question.options.is_empty(), "{}", checks.id);
    }
}

/// What tasks logged, in order.
fn logged(trace: &Trace) -> Vec<&str> {
    let said = |i| match trace.event(i) {
        Event::Logged { text, .. } => Some(trace.name(text)),
        _ => None,
    };
    (0..trace.len()).filter_map(said).collect()
}

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
            let is_module = [format!("mod {name};"), format!("#[path = \"{name}.rs\"]")];
            assert!(is_module.iter().any(|module| plumbing.contains(module)), "{}: {name}.rs is compiled", info.id);
        }
    }
}

/// So many columns has a phone. What the compiler says is as wide as it says it, and scrolls.
#[test]
fn code_that_is_read_is_no_wider_than_a_phone() {
    const COLUMNS: usize = 48;
    let files =
        scenarios().iter().flat_map(|scenario| scenario.info().files.iter().map(move |file| (scenario.id, file)));
    let lines =
        files.filter(|(_, file)| [".rs", ".js"].iter().any(|end| file.name.ends_with(end))).flat_map(|(id, file)| {
            let lines = file.source.lines().zip(1..).filter(|(line, _)| line.chars().count() > COLUMNS);
            lines.map(move |(line, n)| format!("{id}/{}:{n}: {line}", file.name))
        });
    assert_eq!(lines.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn readme_lists_the_scenarios() {
    let readme = std::fs::read_to_string("README.md").expect("it is there");
    let table = readme.split_once("| scenario | what it shows |").expect("it has a table").1;
    let rows = table.lines().skip(2).map_while(|line| line.strip_prefix("| `")?.split_once('`')).map(|(id, _)| id);
    assert_eq!(rows.collect::<Vec<_>>(), scenarios().iter().map(|s| s.id).collect::<Vec<_>>());
}

#[test]
fn path_leads_through_scenarios_in_steps_of_minutes() {
    let manifest = pollscope::scenario::manifest();
    for (nth, id) in manifest.path.iter().enumerate() {
        find(id).expect("it is there");
        assert!(!manifest.path[..nth].contains(id), "{id} stands on it once");
    }
    assert!(manifest.scenarios.iter().all(|info| (1..=10).contains(&info.minutes)));
}

/// A small picture of the run ends there until it was seen, and goes on afterwards.
#[test]
fn deciding_moments_lie_within_the_default_run() {
    for info in scenarios().iter().map(Scenario::info) {
        let Some(decides) = info.pictured_to else { continue };
        let trace = run(find(info.id).expect("it is there"), &[]);
        let moment = decides.parse().expect("a moment");
        let cursor = (1..trace.len()).find(|&cursor| moment_of(&trace, cursor) == Some(moment));
        assert!(cursor.is_some(), "{}: {decides} is inside of its run", info.id);
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

/// What became of each request in a stack of `service-layer`, and when.
fn outcomes(trace: &Trace, stack: &str) -> Vec<(String, u64)> {
    let of = |i: usize| match trace.event(i) {
        Event::Logged { task, text, .. } if trace.task_name(task) == stack => {
            let (request, what) = trace.name(text).split_once(": ")?;
            let is_end = request.starts_with("request ") && !what.contains("Backend");
            is_end.then(|| (format!("{request} {what}"), trace.time(i)))
        }
        _ => None,
    };
    (0..trace.len()).filter_map(of).collect()
}

/// A run of `service-layer` with these two stacks.
fn stacks(left: &str, right: &str, rest: &[(&str, &str)]) -> Trace {
    let trace = run(find("service-layer").expect("it is there"), &[&[("left", left), ("right", right)], rest].concat());
    assert!(trace.findings().all.is_empty(), "{left}, {right}, {rest:?}: a sound stack is accused");
    trace
}

/// Both stacks of such a run.
fn both(left: &str, right: &str, rest: &[(&str, &str)]) -> [Vec<(String, u64)>; 2] {
    let trace = stacks(left, right, rest);
    [outcomes(&trace, "left"), outcomes(&trace, "right")]
}

fn ends(of: &[(&str, u64)]) -> Vec<(String, u64)> {
    of.iter().map(|&(what, ms)| (what.to_owned(), ms)).collect()
}

#[test]
fn service_layer_s_timeout_counts_all_tries_outside_of_a_retry_and_each_by_itself_inside() {
    for takes in [10_u64, 40, 60] {
        for limit in [5_u64, 30, 50, 80, 130] {
            for retries in 0..=3_u64 {
                for failures in 0..=3_u64 {
                    let form =
                        [("call_takes", takes), ("time_limit", limit), ("retries", retries), ("failures", failures)];
                    let form = form.map(|(name, value)| (name, value.to_string()));
                    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, &**value)).collect();
                    let tries = failures.min(retries) + 1;
                    let fails = failures > retries;
                    let answer = if fails { "Err(Unavailable)" } else { "Ok(200)" };
                    let one = |what: &str, ms: u64| vec![(format!("request 1 {what}"), ms)];
                    let all = takes * tries;
                    let outside = if all <= limit { one(answer, all) } else { one("Err(Elapsed)", limit) };
                    // A call that takes longer fails each time.
                    let inside =
                        if takes <= limit { one(answer, all) } else { one("Err(Elapsed)", limit * (retries + 1)) };
                    assert_eq!(both("timeout.retry", "retry.timeout", &form), [outside, inside], "{form:?}");
                }
            }
        }
    }
}

#[test]
fn service_layer_s_load_shed_refuses_what_a_limit_inside_of_it_has_no_room_for() {
    for (limit, form) in [("concurrency_limit", ("at_once", "1")), ("rate_limit", ("every", "40"))] {
        let form = [("requests", "3"), ("failures", "0"), form];
        let [shed, waits] = both(&format!("load_shed.{limit}"), &format!("{limit}.load_shed"), &form);
        let refused = [("request 2 Err(Overloaded)", 10), ("request 3 Err(Overloaded)", 20), ("request 1 Ok(200)", 40)];
        assert_eq!(shed, ends(&refused), "{limit}");
        let in_line = [("request 1 Ok(200)", 40), ("request 2 Ok(200)", 80), ("request 3 Ok(200)", 120)];
        assert_eq!(waits, ends(&in_line), "{limit}");
    }
}

/// Its clock begins with the call: who waits for `poll_ready` has not called yet.
#[test]
fn service_layer_s_timeout_counts_no_wait_for_a_limit_wherever_it_stands() {
    let form = [("requests", "3"), ("failures", "0")];
    let [outside, inside] = both("timeout.concurrency_limit", "concurrency_limit.timeout", &form);
    assert_eq!(outside, inside);
    assert_eq!(outside.last().map(|(what, ms)| (&**what, *ms)), Some(("request 3 Ok(200)", 120)));
    // A retry that waits for its next turn is called already: there it counts.
    let [counts, each] = both("timeout.retry.rate_limit", "retry.rate_limit.timeout", &[("time_limit", "90")]);
    assert_eq!(counts, ends(&[("request 1 Err(Elapsed)", 90)]));
    assert_eq!(each, ends(&[("request 1 Ok(200)", 100)]));
}

#[test]
fn service_layer_s_limits_count_tries_inside_of_a_retry_and_requests_outside() {
    let [tries, requests] = both("retry.concurrency_limit", "concurrency_limit.retry", &[("requests", "2")]);
    // Between two tries the permit is free, and the other request has it.
    assert_eq!(tries, ends(&[("request 2 Ok(200)", 80), ("request 1 Ok(200)", 120)]));
    assert_eq!(requests, ends(&[("request 1 Ok(200)", 80), ("request 2 Ok(200)", 120)]));
    let [tries, requests] = both("retry.rate_limit", "rate_limit.retry", &[]);
    assert_eq!(tries, ends(&[("request 1 Ok(200)", 100)]));
    assert_eq!(requests, ends(&[("request 1 Ok(200)", 80)]));
}

#[test]
fn service_layer_s_log_sees_each_try_inside_of_a_retry_and_each_request_outside() {
    let trace = stacks("log.retry", "retry.log", &[]);
    let lines = |stack: &str| {
        let is_of = |&i: &usize| trace.task_name(trace.columns.task(i)) == stack;
        let said = (0..trace.len()).filter(is_of).filter_map(|i| match trace.event(i) {
            Event::Logged { text, .. } => trace.name(text).strip_prefix("log: "),
            _ => None,
        });
        said.collect::<Vec<_>>()
    };
    assert_eq!(lines("left"), ["1 goes in", "Ok(200) comes out"]);
    assert_eq!(lines("right"), ["1 goes in", "Err(Unavailable) comes out", "1 goes in", "Ok(200) comes out"]);
}

/// Every order of up to three layers, over the same requests: each request comes to an end, and nothing is accused.
#[test]
fn service_layer_s_stacks_are_sound_in_every_order() {
    let all = ["log", "timeout", "retry", "rate_limit", "concurrency_limit", "load_shed"];
    let mut lists: Vec<Vec<&str>> = vec![vec![]];
    let mut i = 0;
    while i < lists.len() {
        let known = lists[i].clone();
        if known.len() < 3 {
            let others = all.iter().copied().filter(|one| !known.contains(one));
            lists.extend(others.map(|one| known.iter().copied().chain([one]).collect()));
        }
        i += 1;
    }
    assert_eq!(lists.len(), 157);
    let named = |list: &[&str]| if list.is_empty() { "none".to_owned() } else { list.join(".") };
    for list in &lists {
        let reversed: Vec<&str> = list.iter().rev().copied().collect();
        for form in [&[][..], &[("requests", "4"), ("failures", "3"), ("time_limit", "30")][..]] {
            for outcomes in both(&named(list), &named(&reversed), form) {
                assert_eq!(outcomes.len(), if form.is_empty() { 1 } else { 4 }, "{list:?}");
            }
        }
    }
}

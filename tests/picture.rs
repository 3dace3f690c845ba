//! Lanes to scale, and the marks beside them: what pictures are drawn from.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::expect;
use pollscope::scenario::{Setup, scenarios};
use pollscope::trace::Kind;
use pollscope::view::picture::{Lanes, Lasting, Of, Stretch, Try};
use pollscope::view::{Holder, ListingOf, TaskState, Viewer};

fn viewer(id: &str, given: &[(&str, &str)]) -> Viewer {
    let scenario = scenarios().iter().find(|s| s.id == id).expect("there is one");
    Viewer::of(scenario.start(given, Setup::default()).expect("these are good").run())
}

/// A stretch in a line.
fn line(stretch: &Stretch) -> String {
    let what = match &stretch.of {
        Of::Task { state, polls } => format!("{state:?} {polls}").to_lowercase(),
        Of::Future { name, depth, ready, line, .. } => {
            format!("{name} in {depth}, line {}, ready {ready}", line.as_ref().map_or(0, |place| place.line))
        }
        Of::Waker { by: Holder::Timer { deadline } } => format!("waker in timer {deadline}"),
        Of::Waker { by } => format!("waker with {by:?}"),
    };
    let Stretch { task, from, to, at, till, .. } = stretch;
    format!("{task}: {from} to {to} ms, {at} to {till}: {what}")
}

fn lines(lanes: &Lanes) -> Vec<String> {
    lanes.stretches.iter().map(line).collect()
}

#[test]
fn lanes_say_what_lasts_in_ms_and_between_which_events() {
    let lanes = viewer("lost-wake", &[("leaf", "keeps_waker")]).lanes(0.0);
    assert_eq!(lanes.lanes.iter().map(|lane| (lane.name.as_str(), lane.parent)).collect::<Vec<_>>(), [("alone", 0)]);
    assert_eq!(lanes.end, 30.0);
    assert_eq!(
        lines(&lanes),
        [
            "1: 0 to 0 ms, 4 to 5: spawned 0",
            "1: 0 to 0 ms, 5 to 6: ready 0",
            "1: 0 to 0 ms, 6 to 14: running 1",
            "1: 0 to 0 ms, 7 to 13: KeepsWaker in 0, line 10, ready false",
            "1: 0 to 30 ms, 12 to 18: waker with Bell { nth: 1 }",
            "1: 0 to 30 ms, 14 to 19: pending 0",
            "1: 30 to 30 ms, 19 to 21: ready 0",
            "1: 30 to 30 ms, 21 to 25: running 1",
            "1: 30 to 30 ms, 22 to 23: KeepsWaker in 0, line 10, ready true",
            "1: 30 to 30 ms, 25 to 0: done 0",
        ]
    );
}

#[test]
fn coarse_lanes_have_fewer_stretches_of_the_same_polls() {
    let viewer = viewer("poll-waker", &[]);
    let polls = |lanes: &Lanes, of: u32| {
        lanes
            .stretches
            .iter()
            .filter(|s| s.task == of)
            .map(|s| if let Of::Task { polls, .. } = s.of { polls } else { 0 })
            .sum::<u32>()
    };
    let (fine, coarse) = (viewer.lanes(0.0), viewer.lanes(2.0));
    assert_eq!((polls(&fine, 1), polls(&coarse, 1)), (25, 25));
    assert_eq!((polls(&fine, 2), polls(&coarse, 2)), (2, 2));
    let of = |task: u32| {
        lines(&coarse).into_iter().filter(move |line| line.starts_with(&format!("{task}: "))).collect::<Vec<_>>()
    };
    let first: Vec<String> = of(1);
    assert_eq!(
        first,
        [
            "1: 0 to 0 ms, 3 to 4: spawned 0",
            "1: 0 to 0 ms, 4 to 9: ready 0",
            "1: 0 to 25 ms, 9 to 248: running 25",
            "1: 25 to 25 ms, 248 to 0: done 0",
        ]
    );
}

#[test]
fn states_of_each_lane_follow_each_other_without_a_gap() {
    for scenario in scenarios() {
        let Ok(job) = scenario.start(&[], Setup::default()) else { continue };
        let viewer = Viewer::of(job.run());
        for least in [0.0, 3.0] {
            let lanes = viewer.lanes(least);
            let mut begun = 0;
            for task in 1..=lanes.lanes.len() as u32 {
                let states: Vec<&Stretch> =
                    lanes.stretches.iter().filter(|s| s.task == task && matches!(s.of, Of::Task { .. })).collect();
                for pair in states.windows(2) {
                    assert_eq!((pair[0].to, pair[0].till), (pair[1].from, pair[1].at), "{}, task {task}", scenario.id);
                }
                begun += states.iter().map(|s| if let Of::Task { polls, .. } = s.of { polls } else { 0 }).sum::<u32>();
                let still = states.iter().filter(|s| s.till == 0).count();
                assert_eq!(still, usize::from(!states.is_empty()), "{}, task {task}", scenario.id);
            }
            let trace = viewer.trace();
            let is_begin = |i: &usize| matches!(trace.columns.kind(*i), Kind::PollStarted | Kind::CallStarted);
            assert_eq!(begun as usize, (0..trace.len()).filter(is_begin).count(), "{}", scenario.id);
        }
    }
}

#[test]
fn futures_lie_within_the_polls_of_their_task() {
    for scenario in scenarios() {
        let Ok(job) = scenario.start(&[], Setup::default()) else { continue };
        let lanes = Viewer::of(job.run()).lanes(0.0);
        let polls: Vec<&Stretch> =
            lanes.stretches.iter().filter(|s| matches!(s.of, Of::Task { state: TaskState::Running, .. })).collect();
        for inside in lanes.stretches.iter().filter(|s| matches!(s.of, Of::Future { .. })) {
            let around = |poll: &&&Stretch| poll.task == inside.task && poll.at < inside.at && inside.till <= poll.till;
            assert_eq!(polls.iter().filter(around).count(), 1, "{}: {}", scenario.id, line(inside));
        }
    }
}

#[test]
fn marks_are_what_happened_beside_polls() {
    let mut viewer = viewer("lost-wake", &[("leaf", "keeps_waker")]);
    let marks = viewer.listing(ListingOf::Marks, usize::MAX, 100);
    assert!(!marks.is_cut);
    let kind = |description: &_| {
        let name = format!("{description:?}");
        name.split([' ', '{']).next().unwrap_or_default().to_owned()
    };
    let found: Vec<(u32, String)> = marks.events.iter().map(|mark| (mark.at, kind(&mark.event))).collect();
    let expected = [
        (1, "TimerSet"),
        (9, "FoundEmpty"),
        (15, "ClockAdvanced"),
        (16, "TimerFired"),
        (17, "Signalled"),
        (18, "WokenQueued"),
        (24, "Logged"),
        (27, "Ended"),
    ];
    assert_eq!(found.iter().map(|(at, name)| (*at, name.as_str())).collect::<Vec<_>>(), expected);
}

/// A try in a line.
fn stood(one: &Try) -> String {
    let Try { task, polls, from, at, turn, end, to, till, gave, .. } = one;
    let line = one.line.as_ref().map_or(0, |place| place.line);
    let since = if *at > 0 { format!("in line since {from} ms ({at})") } else { "never in line".to_owned() };
    format!(
        "{task}, line {line}, {} polls: {since}, turn {turn}, {end:?} at {to} ms ({till}), gave back {gave}",
        polls.len()
    )
}

#[test]
fn lines_of_a_mutex_say_who_stands_in_it_whose_turn_it_is_and_what_becomes_of_each() {
    let tries = |given: &[(&str, &str)]| -> Vec<String> {
        viewer("futurelock", given).lines().tries.iter().map(stood).collect()
    };
    expect![[r#"
        1, line 9, 1 polls: never in line, turn 0, Got at 0 ms (10), gave back 86
        2, line 11, 2 polls: in line since 0 ms (24), turn 88, Stands at 0 ms (0), gave back 0
        2, line 15, 2 polls: in line since 5 ms (57), turn 0, Stands at 0 ms (0), gave back 0
        3, line 16, 1 polls: in line since 7 ms (72), turn 0, Stands at 0 ms (0), gave back 0"#]]
    .assert_eq(&tries(&[]).join("\n"));
    expect![[r#"
        1, line 9, 1 polls: never in line, turn 0, Got at 0 ms (10), gave back 88
        2, line 12, 2 polls: in line since 0 ms (24), turn 0, Left at 5 ms (55), gave back 0
        2, line 15, 2 polls: in line since 5 ms (59), turn 90, Got at 10 ms (99), gave back 101
        3, line 16, 2 polls: in line since 7 ms (74), turn 103, Got at 10 ms (113), gave back 130"#]]
    .assert_eq(&tries(&[("first_try", "dropped")]).join("\n"));
}

#[test]
fn guards_say_who_has_what_since_which_line_and_who_waits_for_it() {
    let line = |lasting: &Lasting| {
        let Lasting { task, of, line, at, till, .. } = lasting;
        format!("{task}: {of:?}, line {}, {at} to {till}", line.as_ref().map_or(0, |place| place.line))
    };
    let lines = |all: &[Lasting]| all.iter().map(line).collect::<Vec<_>>();
    let guards = viewer("mutex", &[]).guards();
    assert_eq!(lines(&guards.held), ["1: Mutex { nth: 1 }, line 9, 8 to 0"], "its task sleeps with it");
    assert_eq!(
        lines(&guards.waits),
        ["1: Channel { nth: 1 }, line 10, 14 to 0", "2: Mutex { nth: 1 }, line 18, 21 to 0"]
    );
    let senders: Vec<_> = guards.senders.iter().map(|sending| (sending.task, &sending.of)).collect();
    assert_eq!(senders, [(2, &Holder::Channel { nth: 1 })]);

    let cured = viewer("mutex", &[("guard", "cured")]).guards();
    assert!(cured.held.iter().all(|guard| guard.till > guard.at), "{:?}", cured.held);
    assert!(cured.waits.iter().all(|wait| wait.till > wait.at), "{:?}", cured.waits);
    assert_eq!(cured.senders, []);

    // A `RefCell` says at which line it was borrowed; who asks for it in vain waits for nothing.
    let guards = viewer_of_panicking("mutex", &[("mistake", "ref_cell")]).guards();
    assert_eq!(lines(&guards.held), ["1: Mutex { nth: 1 }, line 7, 7 to 0"]);
    assert_eq!(guards.waits, []);
}

/// The same, of a run in which a task panics.
fn viewer_of_panicking(id: &str, given: &[(&str, &str)]) -> Viewer {
    let scenario = scenarios().iter().find(|s| s.id == id).expect("there is one");
    let mut job = scenario.start(given, Setup::default()).expect("these are good");
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job.drive()));
    assert!(ended.is_err(), "a task panics");
    Viewer::of(job.finish())
}

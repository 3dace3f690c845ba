//! A run of a million events: how much memory it takes, and how little is read of it to show any place.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../benches/page/million.rs"]
#[allow(dead_code, reason = "it is a program, too")]
mod million;

use million::{EVENTS, TASKS, million};
use pollscope::trace::event::End;
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Columns, Event, Trace};
use pollscope::view::checkpoints::MEMORY;
use pollscope::view::timeline::Window;
use pollscope::view::{FoldState, Replay, StepUnit};

#[test]
fn million_events_of_a_thousand_tasks_are_kept_and_found_within_bounds() {
    let trace = million();
    assert_eq!((trace.len(), trace.tasks.len()), (EVENTS, TASKS));
    assert_eq!(trace.event(EVENTS - 1), Event::Ended { end: End::Events(EVENTS as u32 - 1) });
    assert!(trace.len() * Columns::EVENT_BYTES <= 24 << 20, "the events take at most 24 MiB");

    let mut replay = Replay::new(trace.clone());
    let mut slices = 1;
    while !replay.prepare(50_000) {
        slices += 1;
    }
    assert_eq!(slices, EVENTS / 50_000, "it is made ready in slices");
    assert!(replay.memory() <= MEMORY && MEMORY <= 8 << 20, "checkpoints take {} bytes", replay.memory());
    assert!(replay.spacing() <= 4096, "up to {} events are folded for a frame", replay.spacing());
    assert!(replay.timeline_memory() <= 6 << 20, "the timeline's index takes {} bytes", replay.timeline_memory());
    println!(
        "checkpoints: {} bytes, one every {} events; timeline: {} bytes",
        replay.memory(),
        replay.spacing(),
        replay.timeline_memory()
    );

    states_are_the_fold(&mut replay, &trace);
    density_adds_up(&mut replay);
    jumps_end(&replay);
}

/// At random cursors.
fn states_are_the_fold(replay: &mut Replay, trace: &Trace) {
    let mut rng = fastrand::Rng::with_seed(4);
    let mut cursors: Vec<usize> = (0..40).map(|_| rng.usize(0..=EVENTS)).chain([0, EVENTS]).collect();
    let mut expected = cursors.clone();
    expected.sort_unstable();
    let mut folded = FoldState::default();
    let mut states = Vec::new();
    for &cursor in &expected {
        while folded.at < cursor {
            folded.apply(trace);
        }
        states.push(folded.clone());
    }
    rng.shuffle(&mut cursors);
    for cursor in cursors {
        let at = expected.binary_search(&cursor).expect("it is one of them");
        assert_eq!(*replay.seek(cursor), states[at], "at {cursor}");
    }
}

/// All that the lanes of the whole run show is as wide as its slots: one task is polled at a time.
fn density_adds_up(replay: &mut Replay) {
    let to = replay.extent();
    let window = Window { from: 0.0, to, width: 800.0, top: 0, rows: TASKS, seen: EVENTS };
    assert!(!replay.timeline(&window).exact, "a million events are not drawn one by one");
    let pixels = 100;
    let mut polling = vec![0.0; pixels];
    for lane in replay.density(&window, pixels).chunks(pixels) {
        for (sum, share) in polling.iter_mut().zip(lane) {
            let all = share.polling + share.queueing + share.waiting;
            assert!(all <= 1.01, "{share:?} fits in a pixel");
            *sum += share.polling;
        }
    }
    assert!(polling.iter().all(|&sum| (0.3..1.01).contains(&sum)), "{polling:?}");
    // The same window, nearer: a thousandth of it shows single polls.
    let near = Window { from: to / 2.0, to: to / 2.0 + 1000.0, width: 1000.0, rows: 12, ..window };
    let picture = replay.timeline(&near);
    assert!(picture.exact && picture.lanes.len() == 12);
}

fn jumps_end(replay: &Replay) {
    // There are no drops: the search comes to the end, and stays.
    assert_eq!(replay.step(0, StepUnit::Drop, true, TaskId::NONE), 0);
    assert_eq!(replay.step(EVENTS, StepUnit::Drop, false, TaskId(500)), EVENTS);
    let next = replay.step(EVENTS / 2, StepUnit::Wake, true, TaskId(77));
    assert_eq!(replay.task_of(next), TaskId(77));
    assert!(replay.step(EVENTS / 2, StepUnit::Tick, true, TaskId::NONE) > EVENTS / 2);
}

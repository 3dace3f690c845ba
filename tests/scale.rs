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
use pollscope::view::{State, StepUnit, Viewer};

#[test]
fn million_events_of_a_thousand_tasks_are_kept_and_found_within_bounds() {
    let trace = million();
    assert_eq!((trace.len(), trace.tasks.len()), (EVENTS, TASKS));
    assert_eq!(trace.event(EVENTS - 1), Event::Ended { end: End::Events(EVENTS as u32 - 1) });
    assert!(trace.len() * Columns::EVENT_BYTES <= 24 << 20, "the events take at most 24 MiB");

    let mut viewer = Viewer::new();
    viewer.grow(|known| *known = Trace { columns: Columns::default(), ..trace.clone() });
    for from in (0..EVENTS).step_by(1024) {
        let chunk = from..EVENTS.min(from + 1024);
        viewer.grow(|known| chunk.for_each(|i| known.columns.push(trace.time(i), trace.event(i))));
    }
    assert!(viewer.memory() <= MEMORY && MEMORY <= 8 << 20, "checkpoints take {} bytes", viewer.memory());
    assert!(viewer.spacing() <= 4096, "up to {} events are folded for a frame", viewer.spacing());
    assert!(viewer.timeline_memory() <= 6 << 20, "the timeline's index takes {} bytes", viewer.timeline_memory());
    println!(
        "checkpoints: {} bytes, one every {} events; timeline: {} bytes",
        viewer.memory(),
        viewer.spacing(),
        viewer.timeline_memory()
    );

    states_are_the_fold(&mut viewer, &trace);
    density_adds_up(&mut viewer);
    jumps_end(&viewer);
}

/// At random cursors.
fn states_are_the_fold(viewer: &mut Viewer, trace: &Trace) {
    let mut rng = fastrand::Rng::with_seed(4);
    let mut cursors: Vec<usize> = (0..40).map(|_| rng.usize(0..=EVENTS)).chain([0, EVENTS]).collect();
    let mut expected = cursors.clone();
    expected.sort_unstable();
    let mut folded = State::default();
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
        assert_eq!(*viewer.seek(cursor), states[at], "at {cursor}");
    }
}

/// All that the lanes of the whole run show is as wide as its slots: one task is polled at a time.
fn density_adds_up(viewer: &mut Viewer) {
    let to = viewer.extent();
    let window = Window { from: 0.0, to, width: 800.0, top: 0, rows: TASKS, seen: EVENTS };
    assert!(!viewer.timeline(&window).exact, "a million events are not drawn one by one");
    let pixels = 100;
    let mut polling = vec![0.0; pixels];
    for lane in viewer.density(&window, pixels).chunks(pixels) {
        for (sum, share) in polling.iter_mut().zip(lane) {
            let all = share.polling + share.queueing + share.waiting;
            assert!(all <= 1.01, "{share:?} fits in a pixel");
            *sum += share.polling;
        }
    }
    assert!(polling.iter().all(|&sum| (0.3..1.01).contains(&sum)), "{polling:?}");
    // The same window, nearer: a thousandth of it shows single polls.
    let near = Window { from: to / 2.0, to: to / 2.0 + 1000.0, width: 1000.0, rows: 12, ..window };
    let picture = viewer.timeline(&near);
    assert!(picture.exact && picture.lanes.len() == 12);
}

fn jumps_end(viewer: &Viewer) {
    // There are no drops: the search comes to the end, and stays.
    assert_eq!(viewer.step(0, StepUnit::Drop, true, TaskId::NONE), 0);
    assert_eq!(viewer.step(EVENTS, StepUnit::Drop, false, TaskId(500)), EVENTS);
    let next = viewer.step(EVENTS / 2, StepUnit::Wake, true, TaskId(77));
    assert_eq!(viewer.task_of(next), TaskId(77));
    assert!(viewer.step(EVENTS / 2, StepUnit::Tick, true, TaskId::NONE) > EVENTS / 2);
}

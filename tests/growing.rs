//! A run that grows: what is known of it is the same whether it came in pieces or at once.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Setup, find};
use pollscope::trace::format::{Reader, Writer};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Columns, Event, Trace};
use pollscope::view::timeline::Window;
use pollscope::view::{ListingOf, StepUnit, Viewer};
use std::fmt::Debug;

fn traces() -> Vec<(&'static str, Trace)> {
    let runs: [(&str, &[(&str, &str)]); 10] = [
        ("state-machine", &[("callers", "80"), ("gap", "1")]),
        ("state-machine", &[("callers", "12"), ("gap", "3")]),
        ("state-machine", &[("callers", "4"), ("written", "callbacks"), ("spread", "0")]),
        ("executor", &[("children", "9"), ("turns", "3")]),
        ("lost-wake", &[]),
        ("lazy", &[("then", "spawn")]),
        ("moving", &[("moves", "6")]),
        ("sequential-join", &[]),
        ("rules", &[("rule", "blocking_io")]),
        ("concurrency-parallelism", &[]),
    ];
    let run = |(id, given)| (id, find(id).and_then(|s| s.start(given, Setup::default())).expect("they are good").run());
    runs.map(run).into()
}

/// The trace without events, and without what is known only after them.
fn tables(trace: &Trace) -> Trace {
    let (columns, holders, keepers) = (Columns::default(), Vec::new(), Vec::new());
    Trace { columns, holders, keepers, tasks: Vec::new(), missed: 0, lost: 0, ..trace.clone() }
}

/// Appends the next events, and the tasks that they spawn.
fn push(known: &mut Trace, whole: &Trace, events: usize) {
    for i in known.len()..whole.len().min(known.len() + events) {
        if let Event::Spawned { task } = whole.event(i) {
            known.tasks.extend_from_slice(&whole.tasks[known.tasks.len()..task.0 as usize]);
        }
        known.columns.push(whole.time(i), whole.event(i));
    }
}

/// All that can be asked at a cursor.
fn at(viewer: &mut Viewer, cursor: usize) -> impl PartialEq + Debug + use<> {
    let len = viewer.trace().len();
    let (place, extent) = (viewer.place(cursor), viewer.extent());
    let near = Window { from: place - 200.0, to: place + 200.0, width: 400.0, top: 0, rows: 6, seen: cursor };
    let far = Window { from: 0.0, to: extent, seen: len, ..near };
    let timeline =
        (viewer.timeline(&near), viewer.timeline(&far), viewer.density(&far, 40), viewer.now(cursor, &[1, 2]));
    let found = (viewer.event_at(place, TaskId::NONE, len), viewer.event_at(place + 9.0, TaskId(1), len));
    let rows = (viewer.row_of(&far, TaskId(2)), viewer.task_of(cursor), viewer.cursor_at(viewer.time(cursor)));
    let units = [StepUnit::Event, StepUnit::Poll, StepUnit::Tick, StepUnit::Wake, StepUnit::Timer, StepUnit::Drop];
    let steps = units.map(|unit| [true, false].map(|forward| viewer.step(cursor, unit, forward, TaskId(1))));
    let lists = [ListingOf::Output, ListingOf::Order].map(|story| viewer.listing(story, cursor, 3));
    let drawn = (viewer.frame(cursor, TaskId::NONE), viewer.describe(cursor), viewer.what_ifs(cursor));
    (drawn, timeline, (place, extent), found, rows, steps, lists)
}

/// All that can be asked of a run as it is known now.
fn whole(viewer: &mut Viewer) -> impl PartialEq + Debug + use<> {
    (viewer.ticks(50), viewer.findings().clone(), viewer.trace().clone(), viewer.is_over())
}

#[test]
fn run_that_came_in_pieces_is_known_as_the_whole_one() {
    let mut rng = fastrand::Rng::with_seed(10);
    let traces = traces();
    assert!(traces.iter().any(|(_, trace)| trace.len() > 3 * Columns::CHUNK), "one has some checkpoints");
    for (name, trace) in traces {
        let (mut growing, mut expected) = (Viewer::new(), Viewer::of(trace.clone()));
        let (mut sent, mut writer, mut reader) = (tables(&trace), Writer::default(), Reader::default());
        while growing.trace().len() < trace.len() {
            let n = if rng.bool() { rng.usize(0..4) } else { rng.usize(0..1500) };
            push(&mut sent, &trace, n);
            let bytes = writer.chunk(&sent);
            // Bytes come as they like, a chunk in two pieces.
            let (a, b) = bytes.split_at(rng.usize(0..=bytes.len()));
            for piece in [a, b] {
                growing.grow(|known| reader.append(known, piece)).expect("it is what was written");
            }
        }
        growing.grow(|known| reader.append(known, &writer.end(&trace))).expect("it is what was written");
        assert_eq!(whole(&mut growing), whole(&mut expected), "{name}");
        for cursor in (0..=trace.len()).step_by(3 + trace.len() / 200).chain([trace.len()]) {
            assert_eq!(at(&mut growing, cursor), at(&mut expected, cursor), "{name} at {cursor}");
        }
    }
}

#[test]
fn run_that_grows_is_known_as_one_that_is_cut_off_there() {
    let mut rng = fastrand::Rng::with_seed(11);
    for (name, trace) in traces() {
        let mut growing = Viewer::new();
        growing.grow(|known| *known = tables(&trace));
        while growing.trace().len() < trace.len() {
            growing.grow(|known| push(known, &trace, rng.usize(1..150 + trace.len() / 10)));
            let len = growing.trace().len();
            let mut cut_off = Viewer::new();
            cut_off.grow(|known| {
                *known = tables(&trace);
                push(known, &trace, len);
            });
            assert_eq!(whole(&mut growing), whole(&mut cut_off), "{name}, {len} events");
            for cursor in [len, rng.usize(0..=len), rng.usize(0..=len), 0] {
                assert_eq!(at(&mut growing, cursor), at(&mut cut_off, cursor), "{name}, {len} events, at {cursor}");
            }
        }
    }
}

/// Events in an order that no run has, of things that are in the tables.
#[test]
fn no_query_panics_whatever_the_events() {
    let mut rng = fastrand::Rng::with_seed(12);
    let traces = traces();
    for round in 0..150 {
        let (name, trace) = rng.choice(&traces).expect("there are some");
        let (mut viewer, mut time) = (Viewer::new(), 0);
        viewer.grow(|known| *known = Trace { columns: Columns::default(), ..trace.clone() });
        for _ in 0..4 {
            viewer.grow(|known| {
                for _ in 0..rng.usize(0..120) {
                    time += if rng.u8(..) == 0 { u64::MAX / 8 } else { rng.u64(0..3) };
                    known.columns.push(time, trace.event(rng.usize(0..trace.len())));
                }
            });
            let len = viewer.trace().len();
            for cursor in [len, len / 2, rng.usize(0..=len), 0] {
                let known = at(&mut viewer, cursor);
                assert_eq!(known, at(&mut viewer, cursor), "{name}, round {round}, at {cursor}: it answers twice");
            }
            let known = whole(&mut viewer);
            assert_eq!(known, whole(&mut viewer));
        }
    }
}

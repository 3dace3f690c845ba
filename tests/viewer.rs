//! The viewer's answers at a cursor are the same however it came there.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Kind, Setup, find, scenarios};
use pollscope::trace::ids::TaskId;
use pollscope::trace::{Event, Trace};
use pollscope::view::timeline::Window;
use pollscope::view::{State, StepUnit, Tick, Viewer};

/// No parameters but the defaults.
const NONE: &[(&str, &str)] = &[];

/// Runs of every deterministic scenario: with defaults, and with what makes its trace another shape.
fn traces() -> Vec<(String, Trace)> {
    let shaped: [(&str, &[(&str, &str)]); 17] = [
        ("call-centre", &[("callers", "200"), ("gap", "0"), ("compare", "async")]),
        ("state-machine", &[("callers", "40"), ("gap", "3")]),
        ("state-machine", &[("callers", "5"), ("written", "callbacks"), ("spread", "0")]),
        ("state-machine", &[("callers", "9"), ("listen", "0"), ("ring", "0"), ("talk", "0"), ("gap", "0")]),
        ("first-poll", &[("task_1", "0"), ("task_2", "0")]),
        ("orders", &[("quotes", "0")]),
        ("lost-wake", &[("leaf", "keeps_first"), ("awaited", "handed_on")]),
        ("lost-wake", &[("leaf", "trusts_wakes"), ("awaited", "ticked")]),
        ("executor", &[("order", "lifo"), ("children", "9"), ("turns", "3")]),
        ("executor", &[("order", "random"), ("nudges", "12"), ("last", "small")]),
        ("moving", &[("moves", "6")]),
        ("moving", &[("pin_first", "yes"), ("moves", "3")]),
        ("lazy", &[("then", "spawn")]),
        ("lazy", &[("then", "poll_once"), ("held", "0")]),
        ("rules", &[("rule", "plain_fn"), ("program", "kept")]),
        ("concurrency-parallelism", &[("read", "nonblocking"), ("workers", "8")]),
        ("languages", &[("long", "60"), ("tasks", "5")]),
    ];
    let run = |(id, given): (&str, &[(&str, &str)])| {
        let job = find(id).and_then(|s| s.start(given, Setup::default())).expect("these parameters are good");
        (format!("{id} {given:?}"), job.run())
    };
    let by_default = scenarios()
        .iter()
        .filter(|scenario| scenario.info().kind == Kind::Deterministic)
        .map(|scenario| (scenario.id, NONE));
    by_default.chain(shaped).map(run).collect()
}

fn fold(trace: &Trace, cursor: usize) -> State {
    let mut state = State::default();
    while state.at < cursor {
        state.apply(trace);
    }
    state
}

/// All that is drawn at a cursor: the frame, the event described, and around it a window of the timeline in which polls are
/// drawn one by one, and one in which they are not.
fn at(viewer: &mut Viewer, k: usize) -> impl PartialEq + std::fmt::Debug + use<> {
    let place = viewer.place(k);
    let near = Window { from: place - 200.0, to: place + 200.0, width: 400.0, top: 0, rows: 6, seen: k };
    let far = Window { from: 0.0, to: viewer.extent(), ..near };
    // A window takes longer than a frame, and from one event to the next it is nearly the same.
    let windows = k.is_multiple_of(5).then(|| (viewer.timeline(&near), viewer.density(&far, 40)));
    (viewer.frame(k, TaskId::NONE), viewer.now(k, &[1, 2, 3]), windows)
}

#[test]
fn state_at_every_cursor_is_the_fold_of_the_events_before_it() {
    for (name, trace) in traces() {
        let mut folded = State::default();
        let mut viewer = Viewer::of(trace.clone());
        for cursor in 0..=trace.len() {
            assert_eq!(*viewer.seek(cursor), folded, "{name} at {cursor}, stepping forward");
            if cursor < trace.len() {
                folded.apply(&trace);
            }
        }
    }
}

#[test]
fn frame_is_the_same_by_stepping_forward_stepping_back_and_jumping() {
    for (name, trace) in traces() {
        let len = trace.len();
        let mut viewer = Viewer::of(trace);
        let forward: Vec<_> = (1..=len).map(|k| at(&mut viewer, k)).collect();
        for k in (1..=len).rev() {
            assert_eq!(at(&mut viewer, k), forward[k - 1], "{name} at {k}, stepping back");
        }
        let mut k = 1;
        for _ in 0..200 {
            k = (k * 7919 + 13) % len + 1;
            assert_eq!(at(&mut viewer, k), forward[k - 1], "{name} at {k}, jumping");
        }
    }
}

#[test]
fn seek_from_behind_a_checkpoint_agrees_with_the_fold() {
    for (name, trace) in traces() {
        let mut viewer = Viewer::of(trace.clone());
        for cursor in [trace.len(), 1, trace.len() / 2, 0, trace.len() / 3, usize::MAX] {
            assert_eq!(*viewer.seek(cursor), fold(&trace, cursor.min(trace.len())), "{name} at {cursor}");
        }
    }
}

#[test]
fn steps_lead_from_the_first_event_to_the_last_and_back() {
    for (name, trace) in traces() {
        let viewer = Viewer::of(trace);
        let len = viewer.trace().len();
        for unit in [StepUnit::Event, StepUnit::Poll, StepUnit::Tick] {
            let mut there = vec![0];
            while *there.last().expect("it begins with none") < len {
                let at = *there.last().expect("it begins with none");
                let next = viewer.step(at, unit, true, TaskId::NONE);
                assert!(next > at, "{name}: {unit:?} from {at} goes on");
                there.push(next);
            }
            let mut at = len;
            while at > 0 {
                let before = viewer.step(at, unit, false, TaskId::NONE);
                assert!(before < at, "{name}: {unit:?} from {at} goes back");
                assert!(there.contains(&before), "{name}: {unit:?} stops at {before} both ways");
                at = before;
            }
        }
    }
}

#[test]
fn jumps_stop_at_events_of_their_kind_and_stay_where_there_is_none() {
    let (_, trace) = traces().into_iter().find(|(name, _)| name.starts_with("state-machine")).expect("it is there");
    let viewer = Viewer::of(trace);
    let trace = viewer.trace();
    for (unit, name) in [
        (StepUnit::Wake, "woken by"),
        (StepUnit::Timer, "timer"),
        (StepUnit::Drop, "dropped: "),
        (StepUnit::State, "state"),
    ] {
        let lines: Vec<String> = trace.to_text().lines().map(str::to_owned).collect();
        let (mut at, mut stops) = (0, 0);
        loop {
            let next = viewer.step(at, unit, true, TaskId::NONE);
            if next == at {
                break;
            }
            assert!(lines[next - 1].contains(name), "{}", lines[next - 1]);
            assert_eq!(viewer.step(next, unit, false, TaskId::NONE), if stops == 0 { next } else { at }, "and back");
            (at, stops) = (next, stops + 1);
        }
        assert!(stops > 1, "{name}: {stops} of them");
    }
}

#[test]
fn trace_survives_writing_and_reading() {
    for (name, trace) in traces() {
        assert_eq!(Trace::read(&trace.write()).as_ref(), Ok(&trace), "{name}");
    }
    assert!(Trace::read(b"no trace").is_err());
    assert!(Trace::read(&[]).is_err());
}

#[test]
fn read_trace_with_a_dangling_reference_is_refused() {
    let (_, mut trace) = traces().remove(2);
    trace.names.truncate(1);
    assert!(Trace::read(&trace.write()).is_err());
}

#[test]
fn frame_is_bounded_in_a_run_of_many_tasks() {
    let given = [("callers", "1000"), ("gap", "0"), ("written", "async_fn")];
    let trace = find("state-machine").and_then(|s| s.start(&given, Setup::default())).expect("good").run();
    let mut viewer = Viewer::of(trace);
    let size = |f: &pollscope::view::Frame| serde_json::to_string(f).expect("a frame is plain data").len();
    let (mut most, mut cursor) = (0, 1);
    while cursor < viewer.trace().len() {
        most = most.max(size(&viewer.frame(cursor, TaskId::NONE)));
        cursor += 97;
    }
    assert!(most < 16_384, "a frame of 1,000 tasks takes {most} bytes");
}

#[test]
fn ticks_are_the_first_in_rank_of_the_events_at_each_place() {
    for (name, trace) in traces() {
        let viewer = Viewer::of(trace);
        let len = viewer.trace().len();
        for places in [1, 7, 100, 3 * len] {
            let mut first = vec![None; places + 1];
            for cursor in 1..=len {
                let place = (cursor as f64 * places as f64 / len as f64).round() as usize;
                let tick = match viewer.trace().event(cursor - 1) {
                    Event::Panicked { .. } => Tick::Panic,
                    Event::Moved { .. } => Tick::Move,
                    Event::PollStarted { .. } | Event::CallStarted { .. } => Tick::Poll,
                    Event::Woken { .. } | Event::Reaction { .. } => Tick::Wake,
                    _ => Tick::Other,
                };
                first[place] = first[place].max(Some(tick));
            }
            assert_eq!(viewer.ticks(places).places, first, "{name} in {places} places");
        }
    }
}

#[test]
fn event_that_is_described_is_the_frames() {
    for (name, trace) in traces() {
        let mut viewer = Viewer::of(trace);
        for k in (0..=viewer.trace().len()).rev() {
            assert_eq!(viewer.describe(k), viewer.frame(k, TaskId::NONE).description, "{name} at {k}");
        }
    }
}

#[test]
fn jumps_of_a_task_stop_at_its_events_alone() {
    for (name, trace) in traces() {
        let viewer = &Viewer::of(trace);
        let len = viewer.trace().len();
        for unit in [StepUnit::Event, StepUnit::Poll, StepUnit::Wake, StepUnit::Timer, StepUnit::Drop] {
            for task in [TaskId(1), TaskId(3)] {
                let all = |unit| {
                    let next = move |&at: &usize| {
                        let next = viewer.step(at, unit, true, TaskId::NONE);
                        (next > at && next < len).then_some(next)
                    };
                    std::iter::successors(next(&0), next)
                };
                let of_task: Vec<usize> = all(unit).filter(|&at| viewer.task_of(at) == task).collect();
                let next =
                    |&at: &usize| Some(viewer.step(at, unit, true, task)).filter(|&next| next > at && next < len);
                let jumped: Vec<usize> = std::iter::successors(next(&0), next).collect();
                assert_eq!(jumped, of_task, "{name}: {unit:?} of {task:?}");
                let back = |&at: &usize| Some(viewer.step(at, unit, false, task)).filter(|&to| to < at);
                let mut returned: Vec<usize> = std::iter::successors(back(&len), back).collect();
                returned.reverse();
                assert_eq!(returned, of_task, "{name}: {unit:?} of {task:?}, back");
            }
        }
    }
}

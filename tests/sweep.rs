//! The call centre's sweep: it says what recorded runs say, and it can be made in parts.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::alloc;
use pollscope::scenario::{SWEPT, Setup, Sweep, SweepPoint, find};
use pollscope::trace::tracks::Phase;
use pollscope::trace::{Event, Trace};
use pollscope::view::tracks::Tracks;
use std::collections::HashMap;

/// What is allocated is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;

type Given<'a> = &'a [(&'a str, &'a str)];

const FORMS: [Given<'static>; 5] = [
    &[],
    &[("gap", "0"), ("seed", "11")],
    &[("gap", "3"), ("clerks", "5"), ("chairs", "2"), ("change", "0")],
    &[("dial", "0"), ("talk", "7"), ("ring", "100"), ("spread", "60"), ("clerks", "64"), ("stack", "64")],
    &[("dial", "3"), ("ring", "0"), ("spread", "0"), ("clerks", "2"), ("chairs", "3")],
];

fn sweep_part(given: Given<'_>, most: u32, part: usize, parts: usize) -> Vec<SweepPoint> {
    let mut sweep = Sweep::new(given, most, part, parts).expect("good parameters");
    let (mut points, mut done) = (Vec::new(), 0.0);
    loop {
        let progress = sweep.advance();
        assert!((done..=1.0).contains(&progress.done), "{} after {done}", progress.done);
        done = progress.done;
        points.extend(progress.point);
        if progress.ended {
            assert_eq!(done, 1.0);
            return points;
        }
    }
}

fn sweep(given: Given<'_>, most: u32) -> Vec<SweepPoint> {
    sweep_part(given, most, 0, 1)
}

/// How long each call of a staffing took, in the order in which they ended, read off the entries and the events one by one.
fn takes(trace: &Trace, staffing: &str) -> Vec<u64> {
    let track = trace.tracks.iter().find(|t| trace.name(t.name) == staffing).expect("it is compared");
    let (mut came, mut takes) = (HashMap::new(), Vec::new());
    for entry in &track.entries {
        match entry.phase {
            Phase::Arrived => assert_eq!(came.insert(entry.task, entry.time), None),
            Phase::Finished => takes.push(entry.time - came[&entry.task]),
            _ => {}
        }
    }
    for i in (0..trace.len()).filter(|_| staffing == "async") {
        if let Event::Dropped { task, .. } = trace.event(i) {
            takes.push(trace.time(i) - came[&(task.0 - 1)]);
        }
    }
    takes
}

/// The point that a recorded run of as many callers says there is.
fn recorded(given: Given<'_>, point: &SweepPoint) -> SweepPoint {
    let callers = point.callers.to_string();
    let each = point.staffing == "each";
    let name = if each { "threads" } else { point.staffing };
    let mut given = given.to_vec();
    given.extend([("callers", &*callers), ("compare", name)]);
    if each {
        given.push(("clerks", &*callers));
    }
    let trace = find("call-centre").expect("it is there").start(&given, Setup::default()).expect("good").run();
    let tracks = Tracks::of(&trace).expect("it compares staffings");
    let [now] = <[_; 1]>::try_from(tracks.frame(&trace, trace.len()).tracks).expect("one is compared");
    let mut takes = takes(&trace, name);
    takes.sort_unstable();
    let percentile = |p: usize| takes[(takes.len() * p).div_ceil(100) - 1] as f64;
    assert_eq!(now.percentiles.expect("calls were served")[0], percentile(50));
    let size = if point.model { 0 } else { trace.tasks[0].size };
    SweepPoint {
        staffing: point.staffing,
        model: now.model,
        callers: now.finished,
        // Of the recorded run these are as many as there are callers.
        clerks: if each { point.clerks } else { now.threads },
        chairs: now.workers,
        all_served: now.all_finished.expect("all were served"),
        throughput: now.throughput,
        speaking: now.busy,
        takes: [percentile(50), percentile(95)],
        stacks: if each { point.stacks } else { now.stacks },
        future_size: size,
        most_alive: if point.model { 0 } else { (now.futures / f64::from(size)) as u32 },
        held: point.held,
    }
}

#[test]
fn sweep_says_what_recorded_runs_say() {
    for given in FORMS {
        let points = sweep(given, 500);
        assert_eq!(points.len(), 5 * SWEPT.iter().filter(|n| **n <= 500).count());
        for point in points {
            assert_eq!(point, recorded(given, &point), "{given:?}");
        }
    }
}

#[test]
fn parts_of_a_sweep_measure_what_the_whole_measures() {
    // The first executor of a thread leaves a register of executors behind.
    sweep(&[], 1);
    for given in FORMS {
        let whole = sweep(given, 200);
        for parts in [2, 3, 5, 8] {
            let mut measured: Vec<_> = (0..parts).flat_map(|part| sweep_part(given, 200, part, parts)).collect();
            let place = |p: &SweepPoint| whole.iter().position(|w| (w.callers, w.staffing) == (p.callers, p.staffing));
            measured.sort_by_key(place);
            assert_eq!(measured, whole, "{given:?} in {parts} parts");
        }
    }
}

#[test]
fn sweep_grows_as_it_must() {
    for given in FORMS {
        let points = sweep(given, 20_000);
        for staffing in ["one", "pool", "threads", "each", "async"] {
            let of: Vec<_> = points.iter().filter(|p| p.staffing == staffing).collect();
            assert_eq!(of.iter().map(|p| p.callers).collect::<Vec<_>>(), SWEPT[..of.len()]);
            for p in &of {
                assert!(p.speaking <= 1.0 + 1e-12, "nobody speaks more than always: {p:?}");
                assert!(p.takes[0] <= p.takes[1], "{p:?}");
                assert!(p.clerks <= p.callers || staffing != "each", "{p:?}");
                assert!(p.most_alive <= p.callers, "{p:?}");
                assert!(p.held >= f64::from(p.most_alive) * f64::from(p.future_size), "futures lie somewhere: {p:?}");
                assert_eq!(p.model, p.held == 0.0, "{p:?}");
            }
            for pair in of.windows(2) {
                assert!(pair[0].all_served <= pair[1].all_served, "more callers take no less time: {pair:?}");
            }
        }
        // One chair each, and one of the two waits with its callers.
        for (one, real) in of_both(&points, "one", "async") {
            assert!(real.all_served <= one.all_served, "who never waits is not later: {one:?} {real:?}");
        }
    }
}

fn of_both<'a>(
    points: &'a [SweepPoint],
    a: &'a str,
    b: &'a str,
) -> impl Iterator<Item = (&'a SweepPoint, &'a SweepPoint)> {
    let of = move |name| points.iter().filter(move |p| p.staffing == name);
    of(a).zip(of(b))
}

#[test]
fn sweep_gives_the_memory_of_each_point_back() {
    let mut sweep = Sweep::new(&[("gap", "0")], 100_000, 4, 5).expect("good");
    let before = alloc::held().now;
    let mut most = 0.0_f64;
    while let Some(point) = sweep.advance().point {
        most = most.max(point.held);
        // The executor's register of itself may keep a few hundred bytes for the next one.
        let kept = alloc::held().now - before;
        assert!(kept < 4096, "{kept} bytes are kept");
    }
    assert!(most > 100_000.0 * 20.0, "all of them were alive");
}

#[test]
fn sweep_refuses_what_the_form_refuses() {
    for given in [("gap", "-1"), ("cat", "1"), ("compare", "none")] {
        assert!(Sweep::new(&[given], 10, 0, 1).is_err(), "{given:?}");
    }
    // As many as the form's largest run, and more.
    assert!(Sweep::new(&[("callers", "10000")], 10, 0, 1).is_ok());
}

#[test]
fn sweep_of_no_time_at_all_has_no_throughput() {
    let points =
        sweep(&[("gap", "0"), ("dial", "0"), ("ring", "0"), ("spread", "0"), ("talk", "0"), ("change", "0")], 100);
    for p in points {
        assert_eq!((p.all_served, p.throughput, p.speaking, p.takes), (0.0, 0.0, 0.0, [0.0, 0.0]), "{p:?}");
    }
}

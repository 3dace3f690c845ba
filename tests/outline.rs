//! The outline of a run: every event is in it once, where its path leads, and nothing that was not seen yet.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../benches/page/million.rs"]
#[allow(dead_code, reason = "it is a program, too")]
mod million;

use pollscope::scenario::{Kind, Setup, find, scenarios};
use pollscope::trace::{Event, Trace};
use pollscope::view::Viewer;
use pollscope::view::outline::{Index, OutlineBy, OutlineItem, OutlineWhat, Part};

const ALL: Part = Part { from: 0, most: usize::MAX };

fn run(id: &str) -> Trace {
    let none: &[(&str, &str)] = &[];
    find(id).and_then(|scenario| scenario.start(none, Setup::default())).expect("these parameters are good").run()
}

fn index(trace: &Trace) -> Index {
    let mut index = Index::default();
    index.follow(trace);
    index
}

/// All items of an outline, from the top, each with its path.
fn walk(viewer: &mut Viewer, index: &Index, by: OutlineBy, seen: usize) -> Vec<(Vec<u32>, OutlineItem)> {
    let (mut found, mut left) = (Vec::new(), vec![Vec::new()]);
    while let Some(path) = left.pop() {
        let outline = viewer.outline(index, by, &path, ALL, seen);
        assert_eq!(outline.size as usize, outline.items.len());
        for (nth, item) in outline.items.into_iter().enumerate() {
            let below: Vec<u32> = path.iter().copied().chain([nth as u32]).collect();
            if item.children > 0 {
                left.push(below.clone());
            }
            found.push((below, item));
        }
    }
    found
}

#[test]
fn every_event_that_was_seen_is_in_the_outline_once_and_where_its_path_leads() {
    for scenario in scenarios().iter().filter(|scenario| scenario.info().kind == Kind::Deterministic) {
        let trace = run(scenario.id);
        if trace.len() > 1200 {
            continue;
        }
        let (index, mut viewer) = (index(&trace), Viewer::of(trace));
        let len = viewer.trace().len();
        for seen in [0, 1, len / 3, len] {
            let items = walk(&mut viewer, &index, OutlineBy::Task, seen);
            let mut leaves: Vec<u32> =
                items.iter().filter(|(_, item)| item.children == 0).map(|(_, item)| item.at).collect();
            leaves.sort_unstable();
            assert_eq!(leaves, (1..=seen as u32).collect::<Vec<_>>(), "{} of {seen}", scenario.id);
            for (path, item) in items.iter().filter(|(_, item)| item.children == 0) {
                assert_eq!(viewer.outline_path(&index, OutlineBy::Task, item.at as usize, seen), *path);
            }
        }
    }
}

#[test]
fn every_wake_that_was_seen_is_among_those_of_its_waker_and_leads_to_what_comes_of_it() {
    for scenario in scenarios().iter().filter(|scenario| scenario.info().kind == Kind::Deterministic) {
        let trace = run(scenario.id);
        if trace.len() > 1200 {
            continue;
        }
        let (index, mut viewer) = (index(&trace), Viewer::of(trace));
        let len = viewer.trace().len();
        for seen in [0, len / 2, len] {
            let items = walk(&mut viewer, &index, OutlineBy::Waker, seen);
            let is_woken = |at: usize| matches!(viewer.trace().event(at - 1), Event::Woken { .. });
            let wakes = (1..=seen).filter(|&at| is_woken(at)).count();
            assert_eq!(items.iter().filter(|(path, _)| path.len() == 2).count(), wakes, "{}", scenario.id);
            for (path, item) in items.iter().filter(|(path, item)| path.len() > 1 && item.children == 0) {
                let found = viewer.outline_path(&index, OutlineBy::Waker, item.at as usize, seen);
                // What follows a wake may be a wake itself, and is then found as that.
                let is_wake = matches!(viewer.trace().event(item.at as usize - 1), Event::Woken { .. });
                assert!(found == *path || is_wake, "{}: {found:?} for {path:?}", scenario.id);
            }
        }
    }
}

#[test]
fn outline_of_a_task_is_its_polls() {
    let trace = run("first-poll");
    let (index, mut viewer) = (index(&trace), Viewer::of(trace));
    let len = viewer.trace().len();
    let told = |item: &OutlineItem| match &item.what {
        OutlineWhat::Task { task, name, state } => format!("task {task} {name} {state:?}: {}", item.children),
        OutlineWhat::Nobody => format!("nobody: {}", item.children),
        OutlineWhat::Before { task } => format!("before the first poll of {task}: {}", item.children),
        OutlineWhat::Poll { task, nth, outcome, .. } => format!("poll {nth} of {task} {outcome:?}: {}", item.children),
        OutlineWhat::Waker { timers, by } => format!("timers {timers} {by:?}: {}", item.children),
        OutlineWhat::Event { .. } => format!("at {}", item.at),
    };
    let mut lines = |by, path: &[u32]| -> Vec<String> {
        viewer.outline(&index, by, path, ALL, len).items.iter().map(told).collect()
    };
    assert_eq!(lines(OutlineBy::Task, &[]).len(), 4);
    assert_eq!(
        lines(OutlineBy::Task, &[0]).iter().map(|line| line.split(':').next().unwrap_or("")).collect::<Vec<_>>(),
        ["before the first poll of 1", "poll 1 of 1 Some(Pending)", "poll 2 of 1 Some(Ready)"]
    );
    assert_eq!(lines(OutlineBy::Waker, &[]), ["timers true None: 3"]);
    assert_eq!(lines(OutlineBy::Task, &[9]), [""; 0], "a path that leads nowhere has nothing below it");
}

#[test]
fn outline_of_a_million_events_is_asked_for_in_parts() {
    let trace = million::million();
    let (mut index, mut viewer) = (Index::default(), Viewer::new());
    viewer.grow(|known| *known = trace);
    index.follow(viewer.trace());
    let len = viewer.trace().len();
    let part = viewer.outline(&index, OutlineBy::Task, &[], Part { from: 500, most: 7 }, len);
    assert_eq!((part.size as usize > million::TASKS, part.items.len()), (true, 7));
    let mut rng = fastrand::Rng::with_seed(4);
    for _ in 0..50 {
        let cursor = rng.usize(1..=len);
        let path = viewer.outline_path(&index, OutlineBy::Task, cursor, len);
        let (nth, above) = path.split_last().expect("every event is somewhere");
        let part = Part { from: *nth as usize, most: 1 };
        let items = viewer.outline(&index, OutlineBy::Task, above, part, len).items;
        assert_eq!(items.iter().map(|item| item.at as usize).collect::<Vec<_>>(), [cursor]);
    }
}

//! The timeline: what its windows show of whole runs.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{Setup, find};
use pollscope::trace::Kind;
use pollscope::trace::ids::TaskId;
use pollscope::view::timeline::{Lane, Share, TimelineFrame, Window};
use pollscope::view::{TaskState, Viewer};

fn viewer(scenario: &str, given: &[(&str, &str)]) -> Viewer {
    Viewer::of(find(scenario).and_then(|s| s.start(given, Setup::default())).expect("these are good").run())
}

fn whole(viewer: &Viewer, rows: usize) -> Window {
    let to = viewer.extent();
    Window { from: 0.0, to, width: to, top: 0, rows, seen: viewer.trace().len() }
}

fn runs() -> Vec<Viewer> {
    vec![
        viewer("state-machine", &[]),
        viewer("state-machine", &[("callers", "7"), ("gap", "3")]),
        viewer("state-machine", &[("callers", "6"), ("gap", "0"), ("written", "callbacks")]),
        viewer("call-centre", &[("callers", "20"), ("compare", "async")]),
    ]
}

/// What a picture with single polls says of each pixel.
fn shares(lane: &Lane, window: &Window, pixels: usize) -> Vec<Share> {
    let wide = (window.to - window.from) / pixels as f64;
    let mut shares = vec![Share::default(); pixels];
    let mut cover = |from: f64, to: f64, add: &dyn Fn(&mut Share, f64)| {
        for (i, share) in shares.iter_mut().enumerate() {
            let left = window.from + wide * i as f64;
            let part = (to.min(left + wide) - from.max(left)).max(0.0) / wide;
            add(share, part);
        }
    };
    for block in &lane.blocks {
        // The gap behind a poll is a part of its slot.
        let to = if block.over { block.to + 3.0 } else { block.to };
        cover(block.from, to, &|s, part| {
            s.polling += part;
            s.polled |= part > 0.0;
        });
    }
    for span in &lane.spans {
        let ready = span.state == TaskState::Ready;
        cover(span.from, span.to, &|s, part| *(if ready { &mut s.queueing } else { &mut s.waiting }) += part);
    }
    shares
}

#[test]
fn density_is_the_exact_picture_by_the_pixel() {
    for (n, mut viewer) in runs().into_iter().enumerate() {
        let len = viewer.trace().len();
        for seen in [len, len * 2 / 3, len / 2, 9, 1, 0] {
            let window = Window { seen, ..whole(&viewer, 30) };
            let (exact, pixels) = (viewer.timeline(&window), 57);
            assert!(exact.exact, "run {n} is drawn poll by poll");
            let density = viewer.density(&window, pixels);
            for (row, lane) in exact.lanes.iter().enumerate() {
                for (i, (a, b)) in shares(lane, &window, pixels).iter().zip(&density[row * pixels..]).enumerate() {
                    let near = |a: f64, b: f64| (a - b).abs() < 0.05;
                    let same = near(a.polling, b.polling) && near(a.queueing, b.queueing) && near(a.waiting, b.waiting);
                    assert!(same, "run {n}, seen {seen}, task {}, pixel {i}: {a:?}, {b:?}", lane.task);
                }
            }
        }
    }
}

#[test]
fn blocks_are_the_polls_of_the_run_in_order() {
    for mut viewer in runs() {
        let picture = viewer.timeline(&whole(&viewer, 100));
        for lane in &picture.lanes {
            let is_begin = |&i: &usize| matches!(viewer.trace().columns.kind(i), Kind::PollStarted | Kind::CallStarted);
            let events = 0..viewer.trace().len();
            let polls: Vec<f64> = events
                .filter(is_begin)
                .filter(|&i| viewer.task_of(i + 1) == TaskId(lane.task))
                .map(|i| viewer.place(i + 1))
                .collect();
            assert_eq!(lane.blocks.iter().map(|b| b.from).collect::<Vec<_>>(), polls, "of task {}", lane.task);
            assert!(lane.blocks.windows(2).all(|b| b[0].to < b[1].from), "polls do not overlap");
            assert_eq!(lane.end.map(|e| e.state), Some(TaskState::Done), "task {} ends", lane.task);
        }
    }
}

#[test]
fn positions_never_fall_and_events_are_found_by_them() {
    for viewer in runs() {
        let (len, mut before) = (viewer.trace().len(), 0.0);
        for cursor in 1..=len {
            let place = viewer.place(cursor);
            assert!(place >= before && place <= viewer.extent(), "at {cursor}: {place} after {before}");
            let found = viewer.event_at(place, TaskId::NONE, cursor);
            assert_eq!(found, cursor, "the last one seen at {place}");
            let task = viewer.task_of(cursor);
            assert_eq!(viewer.event_at(place, task, cursor), cursor, "and of its own task");
            before = place;
        }
    }
}

#[test]
fn a_window_shows_a_part_of_the_whole_picture() {
    for mut viewer in runs() {
        let all = whole(&viewer, 100);
        let picture = viewer.timeline(&all);
        for part in 0..4 {
            let from = all.to * f64::from(part) / 4.0;
            let window = Window { from, to: from + all.to / 4.0, width: all.to / 4.0, ..all };
            let near = viewer.timeline(&window);
            for lane in &near.lanes {
                let same = picture.lanes.iter().find(|l| l.task == lane.task).expect("it has a lane there, too");
                let inside = |l: &Lane| {
                    // A poll ends with the gap behind it.
                    let blocks = l.blocks.iter().filter(|b| b.from > window.from && b.to + 3.0 < window.to);
                    blocks.map(|b| (b.from, b.to, b.over)).collect::<Vec<_>>()
                };
                assert_eq!(inside(lane), inside(same), "task {} in part {part}", lane.task);
            }
            let wakes = |p: &TimelineFrame| p.wakes.iter().filter(|w| w.at > window.from && w.at < window.to).count();
            assert_eq!(wakes(&near), wakes(&picture));
        }
    }
}

#[test]
fn nothing_is_shown_of_what_was_not_seen() {
    for mut viewer in runs() {
        let len = viewer.trace().len();
        for seen in (0..len).step_by(3) {
            let window = Window { seen, ..whole(&viewer, 100) };
            let (picture, limit) = (viewer.timeline(&window), viewer.place(seen));
            let drawn = picture.lanes.iter().flat_map(|l| {
                let blocks = l.blocks.iter().map(|b| b.to);
                blocks.chain(l.spans.iter().map(|s| s.to)).chain(l.end.map(|e| e.at))
            });
            let drawn = drawn.chain(picture.wakes.iter().map(|w| w.at)).chain(picture.columns.iter().map(|c| c.to));
            let furthest = drawn.fold(0.0, f64::max);
            assert!(furthest <= limit, "seen {seen}: {furthest} is beyond {limit}");
            let pixels = 50;
            let beyond = (limit / window.to * pixels as f64).ceil() as usize;
            for lane in viewer.density(&window, pixels).chunks(pixels) {
                assert!(lane[beyond.min(pixels)..].iter().all(|s| *s == Share::default()), "seen {seen}");
            }
        }
    }
}

#[test]
fn lanes_that_do_not_fit_are_counted_and_can_be_reached() {
    let mut viewer = viewer("state-machine", &[("callers", "10"), ("gap", "3")]);
    let tasks = viewer.trace().tasks.len();
    let mut found = Vec::new();
    for top in (0..tasks).step_by(4) {
        let window = Window { top, ..whole(&viewer, 4) };
        let picture = viewer.timeline(&window);
        assert_eq!(picture.above as usize + picture.lanes.len() + picture.below as usize, tasks);
        for (row, lane) in picture.lanes.iter().enumerate() {
            assert_eq!(viewer.row_of(&window, TaskId(lane.task)), Some(top + row));
            found.push(lane.task);
        }
    }
    assert_eq!(found, (1..=tasks as u32).collect::<Vec<_>>());
    // Of tasks to come none is counted.
    let first = Window { seen: 3, ..whole(&viewer, 4) };
    assert_eq!(viewer.timeline(&first).below, 0);
}

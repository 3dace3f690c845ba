//! Stacks of futures, and what was taken from the heap: as the picture of both gets them.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::expect;
use pollscope::executor::Plan;
use pollscope::scenario::{Setup, find};
use pollscope::trace::Event;
use pollscope::view::Viewer;
use pollscope::view::picture::Stack;

/// What is taken from the heap is counted.
#[global_allocator]
static ALLOCATOR: pollscope::alloc::Counting = pollscope::alloc::Counting;

fn viewer(id: &str, given: &[(&str, &str)]) -> Viewer {
    let scenario = find(id).expect("there is one");
    Viewer::of(scenario.start(given, Setup::default()).expect("these are good").run())
}

/// A stack's last poll and its boxes. Bytes are those of this target, and are left out.
fn stacked(stack: &Stack) -> String {
    let last = stack.frames.iter().filter(|frame| frame.poll == 1);
    let frames = last.map(|frame| {
        let marks = [(frame.waits, " waits"), (frame.innermost, " innermost"), (frame.by_vtable, " by vtable")];
        let marks: String = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect();
        format!("  {} {}{marks}: {} to {}, ready {}", frame.depth, frame.name, frame.at, frame.till, frame.ready)
    });
    let boxes = stack.boxes.iter().map(|one| {
        let of = stack.frames.iter().find(|frame| frame.id == one.of).map_or("", |frame| &frame.name);
        format!("  {} box for {of}: {} to {}", one.count, one.at, one.till)
    });
    format!("{}, {} polls\n{}", stack.name, stack.polls.len(), frames.chain(boxes).collect::<Vec<_>>().join("\n"))
}

#[test]
fn frames_say_what_is_polled_within_what_and_what_each_box_was_taken_for() {
    let all = viewer("async-trait", &[("reads", "2")]).frames();
    assert_eq!(all.refused, []);
    expect![[r#"
        async_trait, 3 polls
          0 read_all<Source>: 14 to 23, ready false
          1 Pin<Box<dyn Future>> innermost by vtable: 16 to 22, ready false
          2 Sleep waits: 18 to 21, ready false
          1 box for Pin<Box<dyn Future>>: 15 to 84
          1 box for Pin<Box<dyn Future>>: 85 to 164
        async_fn, 3 polls
          0 read_all<Source>: 27 to 35, ready false
          1 Source::read innermost: 28 to 34, ready false
          2 Sleep waits: 30 to 33, ready false
        poll_read, 3 polls
          0 read_all<Source>: 38 to 46, ready false
          1 ReadFuture<Source> innermost: 39 to 45, ready false
          2 Sleep waits: 41 to 44, ready false
        by_hand, 3 polls
          0 read_all<dyn Read>: 50 to 58, ready false
          1 ReadFuture<dyn Read> innermost by vtable: 51 to 57, ready false
          2 Sleep waits: 53 to 56, ready false
          1 box for read_all<dyn Read>: 49 to 193"#]]
    .assert_eq(&all.stacks.iter().map(stacked).collect::<Vec<_>>().join("\n"));
    let all = viewer("recursion", &[("depth", "2")]).frames();
    assert!(all.refused[0].message.contains("E0733"), "{:?}", all.refused);
    expect![[r#"
        boxed, 2 polls
          0 count: 9 to 21, ready false
          1 Pin<Box<count>>: 11 to 20, ready false
          2 Pin<Box<count>> innermost: 13 to 19, ready false
          3 Sleep waits: 15 to 18, ready false
          1 box for Pin<Box<count>>: 10 to 51
          1 box for Pin<Box<count>>: 12 to 49
        looped, 2 polls
          0 count innermost: 25 to 31, ready false
          1 Sleep waits: 27 to 30, ready false"#]]
    .assert_eq(&all.stacks.iter().map(stacked).collect::<Vec<_>>().join("\n"));
}

#[test]
fn boxes_of_a_task_that_is_dropped_between_polls_go_with_it_and_are_no_other_task_s() {
    let changes = Plan::read_changes("70.drop.1").expect("made well");
    let setup = Setup { plan: Plan { changes, ..Plan::default() }, ..Setup::default() };
    let trace = find("async-trait").expect("it is there").start(&[], setup).expect("good").run();
    let given_back = (0..trace.len()).filter(|&i| matches!(trace.event(i), Event::Freed { .. }));
    let by: Vec<&str> = given_back.map(|i| trace.task_name(trace.columns.task(i))).collect();
    assert_eq!(by, ["by_hand"], "{}", trace.to_text());
    let all = Viewer::of(trace).frames();
    assert_eq!(all.stacks[0].boxes.len(), 1);
    assert_ne!(all.stacks[0].boxes[0].till, 0, "{:?}", all.stacks[0].boxes);
}

//! Moving values on real memory. Runs under Miri, too.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::pinning::{Arena, self_pointers};
use pollscope::scenario::{Setup, find};
use pollscope::trace::{Event, Role};
use pollscope::view::Viewer;
use std::rc::Rc;

#[test]
fn arena_moves_a_value_and_leaves_its_address_behind() {
    let mut arena = Arena::new(2);
    let first = std::ptr::from_ref(arena.put(0, String::from("here"))).addr();
    assert_eq!(first, arena.address(0));
    let value = arena.take().expect("it was put");
    assert_eq!(arena.value(), None);
    arena.put(1, value);
    assert_eq!(arena.value(), Some((1, &String::from("here"))));
    assert_ne!(arena.address(0), arena.address(1));
    arena.value_mut().expect("it was put").push('!');
    assert_eq!(arena.take().as_deref(), Some("here!"));
}

#[test]
fn arena_drops_its_value_once() {
    let value = Rc::new(());
    let mut arena = Arena::new(3);
    arena.put(2, value.clone());
    drop(arena);
    assert_eq!(Rc::strong_count(&value), 1);
    let mut arena = Arena::new(1);
    arena.put(0, value.clone());
    drop(arena.take());
    drop(arena);
    assert_eq!(Rc::strong_count(&value), 1);
}

#[test]
#[should_panic(expected = "the arena holds a value already")]
fn arena_holds_one_value() {
    let mut arena = Arena::new(2);
    arena.put(0, 1);
    arena.put(1, 2);
}

#[test]
fn self_pointers_are_found_where_they_are_aligned() {
    let bytes = |words: &[u32]| words.iter().flat_map(|w| w.to_le_bytes()).collect::<Vec<u8>>();
    assert_eq!(self_pointers(0x1000, &bytes(&[42, 0x1000, 0x1008, 0x100c, 7]), 4), [4, 8, 12]);
    assert_eq!(self_pointers(0x1000, &bytes(&[0x0fff, 0x1014]), 4), []);
    assert_eq!(self_pointers(0x1002, &bytes(&[0x1000_0000, 0x0000_1004]), 4), []);
    assert_eq!(self_pointers(0x1000, &[0, 0x10], 4), []);
}

/// The slots at the end of a run of `moving`: name, whether a value lives there, and where its pointer dangles.
fn slots_after(given: &[(&str, &str)]) -> Vec<(String, bool, Option<bool>)> {
    let trace = find("moving").and_then(|s| s.start(given, Setup::default())).expect("good").run();
    let mut replay = Viewer::of(trace);
    let frame = replay.frame(usize::MAX, Default::default());
    let dangling = |s: &pollscope::view::frame::SlotFrame| {
        let fields = &s.bytes.as_ref()?.fields;
        fields.iter().find(|f| f.role == Role::Pointer).and_then(|f| f.target.as_ref()).map(|t| t.dangling)
    };
    frame.slots.iter().map(|s| (s.name.clone(), s.alive, dangling(s))).collect()
}

#[test]
fn moved_value_points_to_where_it_was() {
    let slots = slots_after(&[]);
    assert_eq!(
        slots[0],
        ("here".into(), false, Some(true)),
        "what it left behind points to itself, where nothing lives"
    );
    assert_eq!(slots[1], ("there".into(), true, Some(true)));
    assert_eq!(slots[2], ("elsewhere".into(), false, None));
}

#[test]
fn value_moved_all_the_way_round_points_to_itself_again() {
    let slots = slots_after(&[("moves", "3")]);
    assert_eq!(slots[0], ("here".into(), true, Some(false)));
}

#[test]
fn pinned_value_stays_while_its_box_moves() {
    let slots = slots_after(&[("pin_first", "yes"), ("moves", "2")]);
    assert_eq!(slots[2], ("elsewhere".into(), true, Some(false)), "the box points to the heap, where the value lives");
    let heap = slots.iter().find(|s| s.0 == "heap").expect("the value is on the heap");
    assert_eq!((heap.1, heap.2), (true, Some(false)));
}

#[test]
fn answer_is_read_off_the_bytes() {
    let scenario = find("moving").expect("it is there");
    let runs = [(&[][..], "old_address"), (&[("pin_first", "yes")], "still_right"), (&[("moves", "3")], "still_right")];
    for (given, answer) in runs {
        let trace = scenario.start(given, Setup::default()).expect("good").run();
        assert_eq!(trace.answer.as_deref(), Some(answer));
        assert!((0..trace.len()).any(|i| matches!(trace.event(i), Event::Moved { .. })));
    }
}

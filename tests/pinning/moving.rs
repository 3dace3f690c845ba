//! `moving`: what is in the bytes of values that are moved from slot to slot.

use pollscope::scenario::{Setup, find};
use pollscope::trace::{Event, Role, Snapshot, Trace};
use pollscope::view::Viewer;

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
    let runs = [
        (&[][..], "old_address"),
        (&[("pin_first", "yes")], "still_right"),
        (&[("moves", "3")], "still_right"),
        (BLOCK, "still_right"),
        (&[("made_by", "compiler"), ("pin_first", "yes")], "still_right"),
    ];
    for (given, answer) in runs {
        let trace = scenario.start(given, Setup::default()).expect("good").run();
        assert_eq!(trace.answer.as_deref(), Some(answer));
        assert!((0..trace.len()).any(|i| matches!(trace.event(i), Event::Moved { .. })));
    }
}

const BLOCK: &[(&str, &str)] = &[("made_by", "compiler")];

/// A run of `moving`, and of each look at a value: where that is, and the snapshot.
fn looks(given: &[(&str, &str)]) -> (Trace, Vec<(String, Snapshot)>) {
    let trace = find("moving").and_then(|s| s.start(given, Setup::default())).expect("good").run();
    let look = |i| match trace.event(i) {
        Event::Placed { place, bytes } | Event::Moved { to: place, bytes, .. } => {
            Some((trace.place_name(place).to_owned(), trace.snapshot(bytes)?.clone()))
        }
        _ => None,
    };
    let all = (0..trace.len()).filter_map(look).collect();
    (trace, all)
}

/// A field's bytes, as a number.
fn field(trace: &Trace, snapshot: &Snapshot, name: &str) -> Option<u64> {
    let field = snapshot.fields.iter().find(|field| trace.name(field.name) == name)?;
    let bytes = &snapshot.bytes[field.offset as usize..(field.offset + field.size) as usize];
    Some(bytes.iter().rev().fold(0, |n, &byte| n << 8 | u64::from(byte)))
}

/// The number of the state, and the pointers into itself that are found among the bytes of a snapshot.
fn state_and_pointers(trace: &Trace, snapshot: &Snapshot) -> (Option<u64>, Vec<usize>) {
    let tag = snapshot.fields.iter().find(|field| field.role == Role::Discriminant);
    let state = tag.map(|field| u64::from(snapshot.bytes[field.offset as usize]));
    // Addresses are as long as this machine's; a snapshot has the lower half of one.
    let pointer = field(trace, snapshot, "local_ref").map(|address| address as u32);
    let is_inside = pointer.is_some_and(|at| snapshot.address <= at && at - snapshot.address < snapshot.size);
    let at = |f: &&pollscope::trace::Field| trace.name(f.name) == "local_ref";
    let offset = snapshot.fields.iter().find(at).filter(|_| is_inside).map(|field| field.offset as usize);
    (state, offset.into_iter().collect())
}

#[test]
fn async_block_points_to_nothing_before_its_first_poll_and_to_itself_after_it() {
    let (trace, all) = looks(BLOCK);
    let names: Vec<_> = all.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["here", "there", "async block", "async block", "copy", "async block"]);
    let states: Vec<_> = all.iter().map(|(_, look)| state_and_pointers(&trace, look)).collect();
    let unpolled = (Some(0), vec![]);
    assert_eq!(
        states[..3],
        [unpolled.clone(), unpolled.clone(), unpolled],
        "moved twice and pinned, it points nowhere"
    );
    assert_eq!(states[3], (Some(3), vec![0]), "polled, it holds an address within itself");
    assert_eq!(states[5], (Some(1), vec![]), "it has returned, and holds nothing");
    // The very same bytes, wherever it was.
    assert!(all[..3].iter().all(|(_, look)| look.bytes == all[0].1.bytes));
    assert!(all[..3].iter().all(|(_, look)| field(&trace, look, "value") == Some(42)));
    assert_eq!(field(&trace, &all[3].1, "local_var"), Some(42));
    let pointer = field(&trace, &all[3].1, "local_ref").map(|address| address as u32);
    let var = all[3].1.fields.iter().find(|f| trace.name(f.name) == "local_var").expect("it is held");
    assert_eq!(pointer, Some(all[3].1.address + var.offset), "what it points to is its own local_var");
}

#[test]
fn copied_bytes_point_to_where_they_were_copied_from() {
    for (given, owner) in [(BLOCK, "async block"), (&[("made_by", "compiler"), ("pin_first", "yes")], "heap")] {
        let (trace, all) = looks(given);
        let copied = all.iter().position(|(name, _)| name == "copy").expect("they are copied");
        let (copy, before) =
            (&all[copied].1, all[..copied].iter().rev().find(|(name, _)| name == owner).expect("of it"));
        assert_eq!(copy.bytes, before.1.bytes, "byte by byte");
        assert_ne!(copy.address, before.1.address);
        let pointer = field(&trace, copy, "local_ref").expect("it is among them") as u32;
        assert!(
            (before.1.address..before.1.address + before.1.size).contains(&pointer),
            "it names the block it is a copy of"
        );
        assert!(!(copy.address..copy.address + copy.size).contains(&pointer), "moved so, it would dangle");
    }
}

#[test]
fn pinned_block_stays_while_its_box_moves() {
    let (trace, all) = looks(&[("made_by", "compiler"), ("pin_first", "yes"), ("moves", "3")]);
    let heap: Vec<_> = all.iter().filter(|(name, _)| name == "heap").map(|(_, look)| look).collect();
    assert!(heap.len() > 4 && heap.iter().all(|look| look.address == heap[0].address), "its address never changes");
    let polled = &heap[1..heap.len() - 1];
    assert!(polled.iter().all(|look| state_and_pointers(&trace, look) == (Some(3), vec![0])));
    assert!(polled.iter().all(|look| look.bytes == polled[0].bytes), "not one byte of it changes while its box moves");
    assert_eq!(state_and_pointers(&trace, heap[heap.len() - 1]).0, Some(1), "it came to its end");
}

#[test]
fn nothing_but_what_a_block_holds_is_read() {
    let (_, all) = looks(BLOCK);
    for (_, look) in all {
        let held: u32 = look.fields.iter().map(|field| field.size).sum();
        assert_eq!(held, look.size, "each byte is a field's or padding");
        for field in look.fields.iter().filter(|field| field.role == Role::Padding) {
            assert!(look.bytes[field.offset as usize..][..field.size as usize].iter().all(|&byte| byte == 0));
        }
    }
}

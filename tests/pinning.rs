//! Moving values on real memory. Runs under Miri, too.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::pinning::{Arena, self_pointers};
use pollscope::scenario::{Setup, find};
use pollscope::trace::ids::BlobId;
use pollscope::trace::{Event, Role, Snapshot, Trace};
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

/// A run of `pin-ways`.
fn pin_ways(value: &str, by: &str, tried: &str) -> Trace {
    let given = [("pinned_value", value), ("pinned_by", by), ("tried", tried)];
    find("pin-ways").and_then(|s| s.start(&given, Setup::default())).expect("good").run()
}

/// The addresses of the bytes in a place of that name.
fn place_at(trace: &Trace, name: &str) -> std::ops::Range<u32> {
    let place = trace.places.iter().find(|place| trace.name(place.name) == name).unwrap_or_else(|| panic!("{name}"));
    place.address..place.address + place.size
}

/// The address that a field holds.
fn holds(trace: &Trace, bytes: BlobId, field: &str) -> u32 {
    let snapshot = trace.snapshot(bytes).expect("it was looked at");
    let field = snapshot.fields.iter().find(|f| trace.name(f.name) == field).unwrap_or_else(|| panic!("{field}"));
    snapshot.address_in(field).expect("it is an address")
}

#[cfg(not(miri))]
/// What came of the move in each way: the place that the value or the pointer has gone to, the code of the message, or `stays`.
fn tried(value: &str, tried: &str) -> String {
    let mut said = Vec::new();
    for way in ["new", "box_pin", "pin_macro", "new_unchecked"] {
        let trace = pin_ways(value, way, tried);
        let mut came = String::from("stays");
        let mut pinned = Vec::new();
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Pinned { by, place, .. } => pinned.extend([by, place]),
                Event::Moved { from, .. } if pinned.contains(&from) => {
                    let is_pointer = trace.place_name(from).ends_with("::pinned");
                    came = String::from(if is_pointer { "pointer" } else { "value" });
                }
                Event::Refused { message, .. } => {
                    let text = trace.name(message).split(['[', ']']).nth(1);
                    came = text.expect("an error has a code").to_owned();
                }
                _ => {}
            }
        }
        said.push(came);
    }
    said.join(" ")
}

#[cfg(not(miri))] // 48 runs: the memory of all ways is read by the tests below
#[test]
fn what_moves_of_a_pinned_value_depends_on_its_type_and_on_who_can_name_it() {
    let by_hand = [
        ("value", "E0277 E0507 E0507 E0507"),
        ("pointer", "E0277 pointer pointer pointer"),
        ("after", "E0277 E0382 E0382 value"),
        ("set", "E0277 stays stays stays"),
        ("get_mut", "E0277 E0277 E0277 E0277"),
        ("into_inner", "E0277 E0277 E0277 E0277"),
    ];
    let plain = [
        ("value", "E0507 E0507 E0507 E0507"),
        ("pointer", "pointer pointer pointer pointer"),
        ("after", "value E0382 E0382 value"),
        ("set", "stays stays stays stays"),
        ("get_mut", "value value value value"),
        ("into_inner", "value value value value"),
    ];
    for (value, table) in [("by_hand", by_hand), ("plain", plain)] {
        for (what, came) in table {
            assert_eq!(tried(value, what), came, "{value}, {what}");
        }
    }
}

#[test]
fn pin_is_an_address_and_its_value_lies_elsewhere() {
    for (value, tried) in [("by_hand", "pointer"), ("plain", "pointer"), ("by_hand", "after"), ("plain", "into_inner")]
    {
        let trace = pin_ways(value, "all", tried);
        for i in 0..trace.len() {
            let Event::Pinned { by, place, bytes } = trace.event(i) else { continue };
            let (pointer, value) = (&trace.places[by.index()], &trace.places[place.index()]);
            assert_eq!(holds(&trace, bytes, "pin"), value.address);
            assert!(pointer.address + pointer.size <= value.address || value.address + value.size <= pointer.address);
            assert_eq!(pointer.size, size_of::<usize>() as u32, "a Pin is as large as what it is made of");
        }
    }
}

#[test]
fn places_of_pinned_values_are_all_different() {
    for tried in ["value", "pointer", "after", "set", "get_mut", "into_inner"] {
        let trace = pin_ways("plain", "all", tried);
        for (i, place) in trace.places.iter().enumerate() {
            for other in &trace.places[..i] {
                let apart = place.address + place.size <= other.address || other.address + other.size <= place.address;
                assert!(apart, "{tried}: {} and {}", trace.name(place.name), trace.name(other.name));
            }
        }
    }
}

#[test]
fn pointer_that_moves_leaves_its_value_and_the_pointer_in_it_as_they_are() {
    let trace = pin_ways("by_hand", "all", "pointer");
    let mut moved = 0;
    for i in 0..trace.len() {
        match trace.event(i) {
            Event::Placed { place, bytes } if !trace.place_name(place).ends_with("::fut") => {
                let inside = holds(&trace, bytes, "local_ref");
                let is_polled = inside != 0;
                assert!(!is_polled || place_at(&trace, trace.place_name(place)).contains(&inside));
            }
            Event::Moved { from, to, bytes } if trace.place_name(from).ends_with("::pinned") => {
                moved += 1;
                let way = trace.place_name(from).trim_end_matches("::pinned");
                let name = format!(
                    "{way}::{}",
                    match way {
                        "box_pin" => "heap",
                        "pin_macro" => "hidden",
                        _ => "fut",
                    }
                );
                assert_ne!(trace.places[from.index()].address, trace.places[to.index()].address);
                assert_eq!(holds(&trace, bytes, "pin"), place_at(&trace, &name).start);
            }
            _ => {}
        }
    }
    assert_eq!(moved, 3, "in every way that a value that is not Unpin can be pinned in");
}

#[test]
fn value_that_moves_after_new_unchecked_points_to_where_it_was() {
    let trace = pin_ways("by_hand", "new_unchecked", "after");
    let moved = (0..trace.len()).find_map(|i| match trace.event(i) {
        Event::Moved { to, bytes, .. } => Some((to, bytes)),
        _ => None,
    });
    let (to, bytes) = moved.expect("nothing stops it");
    let inside = holds(&trace, bytes, "local_ref");
    assert!(place_at(&trace, "new_unchecked::fut").contains(&inside), "as it was made to");
    assert!(!place_at(&trace, trace.place_name(to)).contains(&inside), "where the value no longer is");
    assert_eq!(trace.answer.as_deref(), Some("unchecked"));
}

#[cfg(not(miri))] // its frames are nowhere near each other
#[test]
fn value_in_a_box_lies_far_from_all_frames_and_one_of_pin_macro_among_them() {
    let trace = pin_ways("by_hand", "all", "set");
    let frame = place_at(&trace, "box_pin::fut").start;
    let off = |name: &str| place_at(&trace, name).start.abs_diff(frame);
    assert!(off("pin_macro::hidden") < 0x1_0000 && off("box_pin::pinned") < 0x1_0000);
    assert!(off("box_pin::heap") > off("pin_macro::hidden"));
}

#[test]
fn set_writes_another_value_in_the_same_place() {
    for way in ["box_pin", "pin_macro", "new_unchecked"] {
        let trace = pin_ways("by_hand", way, "set");
        let seen: Vec<_> = (0..trace.len())
            .filter_map(|i| match trace.event(i) {
                Event::Placed { place, bytes } => Some((place, trace.snapshot(bytes)?.bytes.clone())),
                _ => None,
            })
            .collect();
        let [.., (polled, _), (set, bytes)] = &seen[..] else { panic!("{way}: it was looked at twice") };
        assert_eq!(polled, set, "{way}");
        assert!(bytes.windows(2).any(|two| two == 7u16.to_le_bytes()), "{way}: {bytes:?}");
    }
}

/// Nothing else of `pin-ways` is accused: a value that is `Unpin` may move, and so may every pointer.
#[cfg(not(miri))] // 12 runs, and nothing of memory
#[test]
fn only_a_value_that_points_to_where_it_was_pinned_is_accused() {
    for value in ["by_hand", "plain"] {
        for tried in ["value", "pointer", "after", "set", "get_mut", "into_inner"] {
            let found = pin_ways(value, "all", tried).findings().all;
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            let expected: &[&str] = match (value, tried) {
                ("by_hand", "after") => {
                    &["pinned_moved new_unchecked::fut to new_unchecked::moved at new_unchecked.rs:32"]
                }
                _ => &[],
            };
            assert_eq!(found, expected, "{value}, {tried}");
        }
    }
}

/// A run of `projection`.
fn projection(projected: &str, promise: &str) -> Trace {
    let given = [("projected", projected), ("promise", promise)];
    find("projection").and_then(|s| s.start(&given, Setup::default())).expect("good").run()
}

/// Pinned pointers and plain ones hold the addresses of their fields, and each future points into itself after each poll.
#[test]
fn fields_that_are_projected_to_stay_where_their_pointers_say() {
    for by in ["by_hand", "lite", "attribute"] {
        let trace = projection(by, "kept");
        let (mut pinned, mut polled) = (0, 0);
        for i in 0..trace.len() {
            match trace.event(i) {
                Event::Pinned { by, place, bytes } => {
                    pinned += 1;
                    assert_eq!(holds(&trace, bytes, "pointer"), trace.places[place.index()].address);
                    assert_eq!(trace.places[by.index()].size, size_of::<usize>() as u32);
                }
                Event::Placed { place, bytes } => match trace.place_name(place) {
                    "this.polls" => assert_eq!(holds(&trace, bytes, "pointer"), place_at(&trace, "polls").start),
                    name @ ("fut1" | "fut2") => {
                        let inside = holds(&trace, bytes, "local_ref");
                        assert!(inside == 0 || place_at(&trace, name).contains(&inside), "{by}: {name}");
                        polled += u32::from(inside != 0);
                    }
                    _ => {}
                },
                Event::Moved { .. } | Event::Refused { .. } => panic!("{by}: nothing moves, and all is compiled"),
                _ => {}
            }
        }
        assert_eq!((pinned, polled), (4, 4), "{by}: both futures, in both polls of the whole");
        assert_eq!(trace.answer.as_deref(), Some("stays"), "{by}");
        assert!(trace.findings().all.is_empty(), "{by}");
    }
}

/// Each of the four promises, broken: by hand the run shows what comes of it, and a macro has it refused.
#[test]
fn broken_promise_moves_the_field_or_forgets_it_and_with_a_macro_it_is_refused() {
    for (promise, came, code) in [
        ("unpin", "moves", "E0119"),
        ("drop", "moves", "E0119"),
        ("moved_out", "moves", "E0308"),
        ("not_dropped", "undropped", "E0308"),
    ] {
        let trace = projection("by_hand", promise);
        assert_eq!(trace.answer.as_deref(), Some(came), "{promise}");
        let field = place_at(&trace, "fut");
        let last = (0..trace.len()).rev().find_map(|i| match trace.event(i) {
            Event::Moved { to, bytes, .. } => Some((to, bytes)),
            Event::Placed { place, bytes } if trace.place_name(place) == "fut" => Some((place, bytes)),
            _ => None,
        });
        let (place, bytes) = last.expect("it was looked at");
        let inside = holds(&trace, bytes, "local_ref");
        if came == "moves" {
            assert!(field.contains(&inside), "{promise}: it still names its old place");
            assert!(!place_at(&trace, "moved").contains(&inside), "{promise}: where it no longer is");
            assert_eq!(trace.findings().all.len(), 1, "{promise}");
        } else {
            assert_eq!(trace.place_name(place), "fut");
            assert_eq!(inside, 0, "{promise}: another value, which nobody polled, lies there");
        }
        for by in ["lite", "attribute"] {
            let trace = projection(by, promise);
            let said = (0..trace.len()).find_map(|i| match trace.event(i) {
                Event::Refused { message, .. } => Some(trace.name(message).to_owned()),
                _ => None,
            });
            assert!(said.is_some_and(|said| said.starts_with(&format!("error[{code}]"))), "{by}: {promise}");
            assert_eq!(trace.answer.as_deref(), Some("refused"), "{by}: {promise}");
        }
    }
}

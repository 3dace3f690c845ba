//! `pin-ways`: where pinned values and their pointers lie, and what moves.

use pollscope::scenario::{Setup, find};
use pollscope::trace::ids::BlobId;
use pollscope::trace::{Event, Trace};

/// A run of `pin-ways`.
fn pin_ways(value: &str, by: &str, tried: &str) -> Trace {
    let given = [("pinned_value", value), ("pinned_by", by), ("tried", tried)];
    find("pin-ways").and_then(|s| s.start(&given, Setup::default())).expect("good").run()
}

/// The addresses of the bytes in a place of that name.
pub(super) fn place_at(trace: &Trace, name: &str) -> std::ops::Range<u32> {
    let place = trace.places.iter().find(|place| trace.name(place.name) == name).unwrap_or_else(|| panic!("{name}"));
    place.address..place.address + place.size
}

/// The address that a field holds.
pub(super) fn holds(trace: &Trace, bytes: BlobId, field: &str) -> u32 {
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
